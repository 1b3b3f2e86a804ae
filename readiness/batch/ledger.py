"""Remembers which file was made from what, so that a batch that was stopped goes on where it was, and nothing is lost.

``ledger.jsonl`` has a line for each file. While a batch runs, a journal beside it gets a line *before* each file is
put in its place: a file that neither knows was changed by somebody else, and is not ours to overwrite.
"""

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from readiness.assessment.store import write_atomically
from readiness.opening import NoFileError, opened

LEDGER = "ledger.jsonl"
JOURNAL = ".readiness-journal.jsonl"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A file of a batch. ``made_from`` and ``holds`` are digests: of all that it was made from, and of its bytes.

    ``told`` is what a person should be told about it. ``team`` is the team's slug, "" for what is about all.
    ``made_from`` is "" where the file was to be made anew, and could not be: it is still ours, but no longer right.
    """

    file: str
    team: str
    made_from: str
    holds: str
    told: tuple[str, ...] = ()


class Ledger:
    """The entries of one folder, with a journal that is open. Use it in a ``with`` statement.

    ``home`` is where this one is kept: it has what the ledgers of ``others`` know as well, or, where ``apart``, only
    what it was asked about. Where ledgers differ about a file, the last one holds: this one, or, where ``joining``,
    those of the others.
    """

    def __init__(
        self, folder: Path, home: Path, others: Sequence[Path] = (), *, apart: bool = False, joining: bool = False
    ) -> None:
        self._folder, self._home, self._apart = folder, home, apart
        self._asked: set[str] = set()
        self._entries: dict[str, LedgerEntry] = {}
        self._ours: dict[str, set[str]] = {}
        for kept in (home, *others) if joining else (*others, home):
            for name in (LEDGER, JOURNAL):
                for entry in _read(kept / name):
                    self._entries[entry.file] = entry
                    self._ours.setdefault(entry.file, set()).add(entry.holds)
        self._journal = (home / JOURNAL).open("ab")
        if (home / JOURNAL).stat().st_size:
            self._journal.write(b"\n")  # after a line that was cut off

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._journal.close()

    @property
    def entries(self) -> Iterable[LedgerEntry]:
        """The latest entry of each file."""
        return self._entries.values()

    def is_current(self, file: str, made_from: str) -> bool:
        """Return whether the file is there, whole, and made from just that."""
        self._asked.add(file)
        entry = self._entries.get(file)
        return entry is not None and entry.made_from == made_from and digest_of(self._folder / file) == entry.holds

    def is_whole(self, file: str) -> bool:
        """Return whether the file is there as it was made, whatever it was made from, and was not outdated since."""
        entry = self._entries.get(file)
        return entry is not None and bool(entry.made_from) and digest_of(self._folder / file) == entry.holds

    def outdate(self, file: str) -> None:
        """Know of the file, if there is one, that it could not be made anew."""
        self._asked.add(file)
        if file in self._entries:
            self._entries[file] = replace(self._entries[file], made_from="")

    def is_ours(self, file: str) -> bool:
        """Return whether what is there may be overwritten: it is as we left it, or nothing is there."""
        holds = digest_of(self._folder / file)
        return holds is None or holds in self._ours.get(file, ())

    def put(self, entry: LedgerEntry, data: bytes) -> None:
        """Put a file in its place; the journal knows of it before it is there."""
        self._journal.write(_line(entry))
        self._journal.flush()
        self._entries[entry.file] = entry
        self._ours.setdefault(entry.file, set()).add(entry.holds)
        write_atomically(self._folder / entry.file, data, private=False)

    def remove(self, entry: LedgerEntry) -> None:
        """Remove the file, and forget it."""
        (self._folder / entry.file).unlink(missing_ok=True)
        del self._entries[entry.file]

    def clean(self, teams: Collection[str]) -> int:
        """Remove the files of all but these teams, and return how many: not what somebody has changed."""
        old = [entry for entry in self.entries if entry.team and entry.team not in teams and self.is_ours(entry.file)]
        for entry in old:
            self.remove(entry)
        return len(old)

    def close(self) -> None:
        """Write the ledger anew, sorted, with the files that are there, and do without the journal."""
        self._journal.close()
        kept = self._asked & self._entries.keys() if self._apart else self._entries
        lines = [_line(self._entries[file]) for file in sorted(kept) if (self._folder / file).is_file()]
        write_atomically(self._home / LEDGER, b"".join(lines), private=False)
        (self._home / JOURNAL).unlink()


def _read(path: Path) -> Iterator[LedgerEntry]:
    if not path.is_file():
        return
    with path.open("rb") as file:
        for line in file:
            with contextlib.suppress(ValueError, TypeError, KeyError):  # a line that was cut off
                data = json.loads(line)
                yield LedgerEntry(data["file"], data["team"], data["made_from"], data["holds"], tuple(data["told"]))


def _line(entry: LedgerEntry) -> bytes:
    return f"{json.dumps(asdict(entry))}\n".encode()


def digest(*parts: str) -> str:
    """Return a digest of texts in order, which no other texts have."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def digest_of(path: Path) -> str | None:
    """Return a digest of the file's bytes; None where there is no such file, and "" where something else is."""
    try:
        with opened(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except (NoFileError, IsADirectoryError):
        return ""


def digest_of_folder(folder: Path) -> str:
    """Return a digest of all files below ``folder``: their names, and what they hold."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return digest(*(part for file in files for part in (file.relative_to(folder).as_posix(), digest_of(file) or "")))
