"""Keeps answers, or a person's edits of a plan, in a file so that what was once acknowledged is never lost.

Each save is a draft that takes the old file's place. A lock keeps a second writer out for as long as the file is open,
and a change made by something that knows no locks is noticed before it would be overwritten.

The lock is a hidden file beside the one it guards, so that two machines that share a folder see the same one; and it
stays when it is free: where one writer takes it away while another waits for it, a third gets a new one, and then two
write at once.
"""

import os
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Generic, Protocol, Self, TypeVar

from filelock import FileLock, Timeout

from readiness.assessment.draft import sweep, write_atomically
from readiness.assessment.group import GroupAssessment
from readiness.assessment.model import Assessment
from readiness.assessment.not_whole import refuse_to_begin
from readiness.bank.document import MAX_NODES, decode, parse_json
from readiness.errors import InputError, Place, Problem
from readiness.opening import FEWER_FILES, TOO_MANY_OPEN, opened, real


def lock_of(path: Path) -> FileLock:
    """Return the lock in the file ``path``, which need not be there. Raises InputError if it is no ordinary file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        what = "This is in the place of the file that keeps a second writer out, and is none"
        raise InputError(Problem(what, "Remove it, or give it another name.", Place(str(path))))
    return FileLock(path, timeout=0)


class Revised(Protocol):
    """Something kept in a file that counts how often it was saved."""

    @property
    def revision(self) -> int:
        """How often the file was saved."""
        ...

    def model_copy(self, *, update: dict[str, object]) -> Self:
        """Return a copy with other values."""
        ...

    def to_json(self) -> str:
        """Return what stands in the file."""
        ...

    @classmethod
    def model_validate_json(cls, json_data: str | bytes) -> Self:
        """Return what a file holds; raises ValueError where it could not be read."""
        ...


Kept = TypeVar("Kept", bound=Revised)


class KeptFile(Generic[Kept]):
    """A file open for one writer. Use it in a ``with`` statement.

    ``path`` is where it is: where a link of this person's own leads, that is where they keep it.
    Raises InputError if somebody else has it open, or the folder can't be written.
    """

    holds: ClassVar[str]
    """What the file holds, as the second half of a sentence: "these answers"."""
    last: ClassVar[str]
    """What is saved each time: "your last answer"."""

    def __init__(self, path: Path) -> None:
        self.path = led_to(path)
        self._lock = lock_of(self.path.with_name(f".{self.path.name}.lock"))
        self._on_disk: bytes | None = None
        self.saved = False
        """Whether something was saved since it was opened."""

    def __enter__(self) -> Self:
        try:
            self._lock.acquire()
        except Timeout:
            what = f"Somebody else is working on {self.holds}"
            todo = "Close the other window, or wait until they have finished."
            raise InputError(Problem(what, todo, Place(str(self.path)))) from None
        except OSError as error:
            raise InputError(self._cannot_save(error)) from None
        try:
            sweep(self.path.parent, {self.path.name})
            refuse_to_begin(self.path)
            self._on_disk = self._read()
        except BaseException as error:
            self._lock.release()
            if isinstance(error, OSError):
                raise InputError(self._cannot_save(error)) from None
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._lock.release()

    @property
    def exists(self) -> bool:
        """Whether the file was there when it was opened, or has been saved since."""
        return self._on_disk is not None

    def save(self, kept: Kept) -> Kept:
        """Save, and return what was saved: its revision is one higher.

        A file that was moved or deleted meanwhile is written again: all is known that was in it. Raises InputError if
        the disk refuses, if something else has changed the file, or if it would be too large to be read again: it is
        then untouched.
        """
        if self._read() not in (self._on_disk, None):
            what = f"Something else has changed this file since it was opened, so {self.last} was not saved in it"
            raise InputError(Problem(what, "Look at the file, then run the same command again.", Place(str(self.path))))
        saved = kept.model_copy(update={"revision": kept.revision + 1})
        data = saved.to_json().encode()
        type(saved).model_validate_json(
            data
        )  # what could not be read again is a bug of ours, and never gets into a file
        self._can_be_read_again(data)
        try:
            write_atomically(self.path, data)
        except OSError as error:
            raise InputError(self._cannot_save(error)) from None
        self._on_disk = data
        self.saved = True
        return saved

    def _read(self) -> bytes | None:
        try:
            with opened(self.path) as file:
                return file.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(self._cannot_save(error)) from None

    def _can_be_read_again(self, data: bytes) -> None:
        """Raise InputError if what is to be saved is larger than a file that is read may be."""
        if len(data) < MAX_NODES:  # each of its parts takes more than a byte
            return
        try:
            parse_json(decode(data, str(self.path)), str(self.path))
        except InputError:
            what = f"With this, {self.holds} would be too much for one file, so {self.last} was not saved"
            raise InputError(
                Problem(what, "Write less, or take out notes and comments.", Place(str(self.path)))
            ) from None

    def _cannot_save(self, error: OSError) -> Problem:
        what = f"{self.holds.capitalize()} can't be saved here ({error.strerror or error})"
        todo = "Make room, or choose another folder. All that was saved before is still in the file."
        if error.errno in TOO_MANY_OPEN:
            todo = FEWER_FILES
        return Problem(what, todo, Place(str(self.path)))


def led_to(path: Path) -> Path:
    """Return where the link ``path`` leads; a path that is no link as it is.

    Raises InputError if somebody else made the link, or if it leads round in a circle.
    """
    if not path.is_symlink():
        return path
    target = real(path)
    not_ours = hasattr(os, "geteuid") and path.lstat().st_uid != os.geteuid()
    if not_ours or target.is_symlink():
        what = "This is a link that somebody else made, or one that leads nowhere, and it was not followed"
        raise InputError(Problem(what, "Name the file itself.", Place(str(path))))
    return target


class GroupFile(KeptFile[GroupAssessment]):
    """The file of a group's answers."""

    holds = "this group’s answers"
    last = "what you counted last"


class AssessmentFile(KeptFile[Assessment]):
    """The file of one assessment."""

    holds = "these answers"
    last = "your last answer"
