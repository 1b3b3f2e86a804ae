"""Remembers which file was made from what, so that a batch that was stopped goes on where it was, and nothing is lost.

``ledger.jsonl`` has a line for each file. While a batch runs, a journal beside it gets a line *before* each file is
put in its place: a file that neither knows was changed by somebody else, and is not ours to overwrite.

Whoever sent a folder may have written its ledger, so only lines about files that a batch makes count. Both files are
private: a digest of answers tells somebody who knows all but one of them which guess is right.
"""

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter

from readiness.assessment.draft import Draft, write_atomically
from readiness.errors import Place, Problem
from readiness.opening import NoFileError, opened, paths_below

LEDGER = "ledger.jsonl"
JOURNAL = ".readiness-journal.jsonl"
_MADE = r"^(reports/[^./\\:\x00-\x1f]{1,80}\.[a-z]+|(portfolio|scores)\.[a-z]+|(shards/[0-9]+-of-[0-9]+/)?errors\.csv)$"
"""Names of the files that a batch makes, in its folder."""
_SHARDS = "shards/"
_Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A file of a batch. ``made_from`` and ``holds`` are digests: of all that it was made from, and of its bytes.

    ``told`` is what a person should be told about it. ``team`` is the team's slug, "" for what is about all.
    ``made_from`` is "" if the file could not be made anew: it is still ours, but no longer right; and for files that
    each run makes anew. ``answers`` is a digest of the answers alone; "" if nobody needs to know.
    """

    file: Annotated[str, Field(pattern=_MADE)]
    team: str
    made_from: _Digest | Literal[""]
    holds: _Digest
    told: tuple[str, ...] = ()
    answers: _Digest | Literal[""] = ""


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
                    self._know(entry)
        # Made anew, as what has its name may be a link, and a line in it may be cut off.
        write_atomically(home / JOURNAL, b"".join(map(_line, _read(home / JOURNAL))))
        self._journal = (home / JOURNAL).open("ab")

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
        self._expect(entry)
        write_atomically(self._folder / entry.file, data, private=False)

    def commit(self, file: str, draft: Draft, *, force: bool) -> list[Problem]:
        """Put a draft in its place. Return the problem if somebody has changed the file there, and it stays."""
        if not force and not self.is_ours(file):
            draft.discard()
            return [changed_by_somebody(self._folder / file)]
        self._expect(LedgerEntry(file, "", "", draft.digest))
        draft.commit()
        return []

    def _expect(self, entry: LedgerEntry) -> None:
        self._journal.write(_line(entry))
        self._journal.flush()
        self._asked.add(entry.file)
        self._know(entry)

    def _know(self, entry: LedgerEntry) -> None:
        self._entries[entry.file] = entry
        self._ours.setdefault(entry.file, set()).add(entry.holds)

    @property
    def teams(self) -> set[str]:
        """The slugs of the teams that have files."""
        return {entry.team for entry in self.entries if entry.team}

    def remove(self, file: str) -> None:
        """Remove the file, if it is there, and forget it."""
        (self._folder / file).unlink(missing_ok=True)
        self._entries.pop(file, None)

    def clean(self, teams: Collection[str]) -> int:
        """Remove the files of these teams, and return how many: not what somebody has changed."""
        old = [entry for entry in self.entries if entry.team in teams and self.is_ours(entry.file)]
        for entry in old:
            self.remove(entry.file)
        return len(old)

    def close(self) -> None:
        """Write the ledger anew, sorted, with the files that are there, and do without the journal."""
        self._journal.close()
        kept = self._asked & self._entries.keys() if self._apart else self._entries
        mine = [file for file in sorted(kept) if self._apart or not file.startswith(_SHARDS)]
        lines = [_line(self._entries[file]) for file in mine if (self._folder / file).is_file()]
        write_atomically(self._home / LEDGER, b"".join(lines))
        (self._home / JOURNAL).unlink()


_ENTRY = TypeAdapter(LedgerEntry)


def _read(path: Path) -> Iterator[LedgerEntry]:
    if not path.is_file():
        return
    with opened(path) as file:
        for line in file:
            with contextlib.suppress(ValueError):  # a line that was cut off, or that we have not written
                yield _ENTRY.validate_json(line)


def _line(entry: LedgerEntry) -> bytes:
    return f"{json.dumps(asdict(entry))}\n".encode()


def has_begun(home: Path) -> bool:
    """Return if a batch that keeps its ledger in ``home`` has made anything yet."""
    return any((home / name).exists() for name in (LEDGER, JOURNAL))


def journalled(home: Path) -> tuple[LedgerEntry, ...]:
    """Return what a batch that did not come to its end has made, as its journal in ``home`` says."""
    return tuple(_read(home / JOURNAL))


def changed_by_somebody(path: Path) -> Problem:
    """Return that a file is not as it was made, and was left alone."""
    what = "Somebody has changed this file since it was made, so it was not made again"
    return Problem(what, "Move it elsewhere, or add --force to have it overwritten.", Place(str(path)))


def digest(*parts: str) -> str:
    """Return a digest of texts in order, which no other texts have."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


class Unordered:
    """A digest of digests, in any order."""

    def __init__(self) -> None:
        self._sum = 0

    def add(self, digest: str) -> None:
        """Take in one."""
        self._sum += int(digest, 16)

    def hexdigest(self) -> str:
        """Return the digest of all."""
        return digest(str(self._sum))


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
    files = [path for path in sorted(paths_below(folder)) if path.is_file() and "__pycache__" not in path.parts]
    return digest(*(part for file in files for part in (file.relative_to(folder).as_posix(), digest_of(file) or "")))
