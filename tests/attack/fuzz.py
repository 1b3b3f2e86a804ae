"""Coverage-guided fuzzing of the readers: ``python -m tests.attack.fuzz [READER...] [--seconds 60]``.

With atheris, new paths in our code guide it; without, hypothesis changes a sound file at random. An input that a reader
fails at is kept in ``tests/attack/found``, where each run of the tests tries it again.
"""

import argparse
import hashlib
import io
import logging
import os
import random
import re
import subprocess
import sys
import traceback
import zlib
from pathlib import Path
from time import monotonic
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from hypothesis import given as drawn
from hypothesis import settings

FOUND = Path(__file__).parent / "found"
OURS = "readiness"
PARSERS = ("PIL", "fontTools", "openpyxl", "pypdf", "tinycss2", "tinyhtml5")
"""Packages in Python that take files apart for us; without their paths, all damaged files look alike."""
ROOM = 4
"""Times the size of the largest file to begin from: a longer input is cut, and such a file would come in damaged."""
_REACHED = re.compile(r"#\d+\s+(?:INITED|DONE)\s+cov: (\d+)")
_ITSELF = 0.2
"""Share of the changes to a zip that change its bytes, and not a part in it."""
_LONGEST_WORD = 64
"""Bytes that libFuzzer takes as one word of its dictionary."""
_UNPACKED_NOT = (BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


def main() -> None:
    """Fuzz each reader in a process of its own, and print a line for each; exit 1 if one failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readers", nargs="*", metavar="READER", help="as in tests/attack/readers.py; without, all")
    options.add_argument("--seconds", type=int, default=60, help="for each reader")
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.inside:
        _fuzz(given.readers[0], given.seconds)
        return
    from tests.attack.readers import READERS  # not in the process that fuzzes: there it is instrumented first

    failed = 0
    for name in given.readers or READERS:
        command = [sys.executable, "-m", "tests.attack.fuzz", name, "--seconds", str(given.seconds), "--inside"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        lines = (done.stdout + done.stderr).splitlines()
        said = [line for line in lines if line.startswith(("kept ", "Done ", "tried "))]
        reached = [int(found[1]) for line in lines if (found := _REACHED.match(line))]
        said += [f"{reached[0]} branches reached at first, {reached[-1]} at last"] if reached else []
        said += [f"ended with {done.returncode}: {lines[-1:]}"] if done.returncode else []
        failed += done.returncode != 0
        print(f"{name}: {'; '.join(said)}", flush=True)
    sys.exit(bool(failed))


def _one(name: str, data: bytes) -> None:
    from tests.attack.readers import try_input

    try:
        try_input(name, data)
    except Exception:
        FOUND.mkdir(exist_ok=True)
        file = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
        file.write_bytes(data)
        print(f"kept {file.name}: {traceback.format_exc().splitlines()[-1][:200]}", flush=True)
        raise


def _fuzz(name: str, seconds: int) -> None:
    if OURS in sys.modules:
        raise AssertionError("what is imported already is not instrumented, and guides nothing")
    try:
        import atheris
    except ImportError:
        print("tried without atheris, by chance alone", flush=True)
        _by_chance(name, seconds)
        return
    with atheris.instrument_imports(include=[OURS, *PARSERS]):
        from tests.attack.mutations import HOSTILE
        from tests.attack.readers import READERS, seeds, try_input

        begun = [*seeds(name), *(file.read_bytes() for file in sorted(FOUND.glob(f"{name}-{'?' * 12}")))]
        for seed in begun:  # some parts are imported only when a file is read
            try_input(name, seed)
    logging.disable()  # a damaged font has parsers log 65,000 lines
    corpus = Path("fuzz-corpus", name)  # what a run found stays, and guides the next
    corpus.mkdir(parents=True, exist_ok=True)
    for nth, seed in enumerate(begun):
        (corpus / f"seed-{nth}").write_bytes(seed)
    words = ("".join(rf"\x{byte:02x}" for byte in word) for word in HOSTILE if len(word) <= _LONGEST_WORD)
    dictionary = corpus.with_suffix(".words")
    dictionary.write_text("".join(f'"{word}"\n' for word in words), "ascii")
    most = ROOM * max(map(len, begun)) + 4_096
    libfuzzer = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        f"-max_len={most}",
        f"-artifact_prefix={corpus}-",
        f"-dict={dictionary}",
    ]
    inside = {"custom_mutator": changed_inside} if READERS[name].packed else {}
    atheris.Setup([sys.argv[0], *libfuzzer, str(corpus)], lambda data: _one(name, data), **inside)
    atheris.Fuzz()


def changed_inside(data: bytes, most: int, seed: int) -> bytes:
    """Return the zip with one of its parts changed; a zip that is changed itself is mostly only damaged."""
    import atheris

    chance = random.Random(seed)
    try:
        with ZipFile(io.BytesIO(data)) as package:
            parts = [(part.filename, package.read(part)) for part in package.infolist()]
    except _UNPACKED_NOT:
        parts = []
    if not parts or chance.random() < _ITSELF:
        return bytes(atheris.Mutate(data, most))
    nth = chance.randrange(len(parts))
    name, part = parts[nth]
    parts[nth] = name, atheris.Mutate(part, 2 * len(part) + 1_000)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(name, part)
    return out.getvalue()


def _by_chance(name: str, seconds: int) -> None:
    from tests.attack.mutations import mutated  # only here: instrumented imports come first

    @settings(database=None, deadline=None)
    @drawn(mutated(name))
    def test(data: bytes) -> None:
        _one(name, data)

    fuzz_one_input = vars(test)["hypothesis"].fuzz_one_input
    end, count = monotonic() + seconds, 0
    while monotonic() < end:
        fuzz_one_input(os.urandom(4096))
        count += 1
    print(f"Done {count} inputs", flush=True)


if __name__ == "__main__":
    main()
