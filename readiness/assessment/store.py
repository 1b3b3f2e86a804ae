"""Keeps answers, or a person's edits of a plan, in a file so that what was once acknowledged is never lost.

Each save writes a new file beside the old one, has the disk confirm it, and puts it in the old one's place in one step:
whatever happens in between, one of the two is there, whole. A lock keeps a second writer out for as long as the
file is open, and a change made by something that knows no locks is noticed before it would be overwritten.

The lock is a hidden file beside the one it guards, so that two machines that share a folder see the same one; and it
stays when it is free: where one writer takes it away while another waits for it, a third gets a new one, and then two
write at once.
"""

import contextlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Generic, Protocol, Self, TypeVar

from filelock import FileLock, Timeout

from readiness.assessment.group import GroupAssessment
from readiness.assessment.model import Assessment
from readiness.errors import InputError, Place, Problem

_OURS = ".readiness-"


class Draft:
    """A file on its way into ``path``: wholly or not at all. A symlink there is replaced, never followed.

    Write to ``file``, then ``commit`` or ``discard``. A ``private`` file can be read by its owner only, another by
    whoever may read what this person makes.
    Raises OSError where it can't be written; the old file is then untouched.
    """

    def __init__(self, path: Path, *, private: bool = True) -> None:
        handle, name = tempfile.mkstemp(prefix=f"{_OURS}{path.name}.", suffix=".tmp", dir=path.parent)
        self.file = os.fdopen(handle, "wb")
        self._path, self._draft, self._private = path, Path(name), private

    def commit(self) -> None:
        """Put what was written in the place of what is there, once the disk has confirmed it."""
        with self.file:
            self.file.flush()
            os.fsync(self.file.fileno())
        if not self._private:
            self._draft.chmod(0o666 & ~_umask())
        self._draft.replace(self._path)
        _sync_folder(self._path.parent)

    def discard(self) -> None:
        """Leave what is there as it is."""
        with contextlib.suppress(OSError):  # a full disk refuses the last of what nobody wants any more
            self.file.close()
        self._draft.unlink(missing_ok=True)


def write_atomically(path: Path, data: bytes, *, private: bool = True) -> None:
    """Put ``data`` into ``path`` as a Draft does.

    Raises OSError where it can't be written; the old file is then untouched.
    """
    draft = Draft(path, private=private)
    try:
        draft.file.write(data)
        draft.commit()
    except BaseException:
        draft.discard()
        raise


def sweep(folder: Path, name: str = "*") -> None:
    """Remove what a save that was cut off left behind in ``folder``, of files whose names fit the pattern ``name``."""
    for stray in folder.glob(f"{_OURS}{name}.????????.tmp"):  # mkstemp's eight characters
        stray.unlink(missing_ok=True)


def _umask() -> int:
    """Return which permissions this person's new files do not get; it can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Have the disk confirm the folder's entries, where we may read it (on Windows nobody can, and nobody need)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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

    Raises InputError where somebody else has it open, or the folder can't be written.
    """

    holds: ClassVar[str]
    """What the file holds, as the second half of a sentence: "these answers"."""
    last: ClassVar[str]
    """What is saved each time: "your last answer"."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)
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
            sweep(self.path.parent, _literal(self.path.name))
            self._on_disk = self._read()
        except BaseException:
            self._lock.release()
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

        Raises InputError where the disk refuses, or where something else has changed the file: it is then untouched.
        """
        if self._read() != self._on_disk:
            what = f"Something else has changed this file since it was opened, so {self.last} was not saved in it"
            raise InputError(Problem(what, "Look at the file, then run the same command again.", Place(str(self.path))))
        saved = kept.model_copy(update={"revision": kept.revision + 1})
        data = saved.to_json().encode()
        type(saved).model_validate_json(
            data
        )  # what could not be read again is a bug of ours, and never gets into a file
        try:
            write_atomically(self.path, data)
        except OSError as error:
            raise InputError(self._cannot_save(error)) from None
        self._on_disk = data
        self.saved = True
        return saved

    def _read(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(self._cannot_save(error)) from None

    def _cannot_save(self, error: OSError) -> Problem:
        what = f"{self.holds.capitalize()} can't be saved here ({error.strerror or error})"
        todo = "Make room, or choose another folder. All that was saved before is still in the file."
        return Problem(what, todo, Place(str(self.path)))


class GroupFile(KeptFile[GroupAssessment]):
    """The file of a group's answers."""

    holds = "this group’s answers"
    last = "what you counted last"


class AssessmentFile(KeptFile[Assessment]):
    """The file of one assessment."""

    holds = "these answers"
    last = "your last answer"


def _literal(name: str) -> str:
    """Return ``name`` with what a glob pattern would read otherwise taken literally."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)
