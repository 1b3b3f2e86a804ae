"""Coverage-guided fuzzing of the readers: ``python -m tests.attack.fuzz [READER...] [--seconds 60]``.

With atheris, new paths in our code guide it; without, hypothesis changes a sound file at random. An input that a reader
fails at is kept in ``tests/attack/found``, where each run of the tests tries it again.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import traceback
from pathlib import Path
from time import monotonic

from hypothesis import given as drawn
from hypothesis import settings

FOUND = Path(__file__).parent / "found"


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
        failed += done.returncode != 0
        print(f"{name}: {'; '.join(said) or f'ended with {done.returncode}: {lines[-1:]}'}", flush=True)
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
    if "readiness" in sys.modules:
        raise AssertionError("what is imported already is not instrumented, and guides nothing")
    try:
        import atheris
    except ImportError:
        print("tried without atheris, by chance alone", flush=True)
        _by_chance(name, seconds)
        return
    with atheris.instrument_imports(include=["readiness"]):
        from tests.attack.readers import sound
    corpus = Path("fuzz-corpus", name)  # what a run found stays, and guides the next
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "sound").write_bytes(sound(name))
    libfuzzer = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=200000"]
    atheris.Setup([sys.argv[0], *libfuzzer, str(corpus)], lambda data: _one(name, data))
    atheris.Fuzz()


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
