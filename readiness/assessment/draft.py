"""Puts a file in another's place in one step, and keeps who may use it.

What is written goes to a new file beside the old one, the disk confirms it, and it takes the old one's name: whatever
happens in between, one of the two is there, whole.
"""

import contextlib
import hashlib
import io
import os
import stat
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.in_use import InUse, is_in_use

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_OURS = ".readiness-"
_CHANCE = "????????"
"""The eight characters of mkstemp, as a pattern."""
_AT_ONCE = 1 << 16
"""Bytes that are written to a file at a time."""
_ACL, _FOLDER_ACL = "system.posix_acl_access", "system.posix_acl_default"
"""Where Linux keeps who else may use a file, and who else may use what is made in a folder (acl(5))."""


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Have each OSError name ``path``: no person knows the name of its draft."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


class _Hashed(io.FileIO):
    """A file whose digest grows as it is written; errors name the ``path`` it is for."""

    def __init__(self, handle: int, path: Path) -> None:
        super().__init__(handle, "wb")
        self.sha256 = hashlib.sha256()
        self._path = path

    def write(self, data: "ReadableBuffer", /) -> int:
        with _naming(self._path), memoryview(data) as view:
            written = super().write(view)
            self.sha256.update(view[:written])
        return written


class Draft:
    """A file on its way into ``path``: wholly or not at all. A symlink there is replaced, never followed.

    Write to ``file``, then ``commit`` or ``discard``. Permissions, group and access list of a file there are kept. A
    new ``private`` one can be read by its owner only, or also by its group in a folder shared with that group; another
    by whoever may read what this person makes.
    Raises OSError that names ``path`` if it can't be written; the old file is then untouched.
    """

    def __init__(self, path: Path, *, private: bool = True) -> None:
        with _naming(path):
            handle, name = tempfile.mkstemp(prefix=f"{_OURS}{path.name}.", suffix=".tmp", dir=path.parent)
        self._hashed = _Hashed(handle, path)
        self.file = io.BufferedWriter(self._hashed, _AT_ONCE)
        self._path, self._draft, self._private = path, Path(name), private
        self._in_use = InUse(handle)

    @property
    def digest(self) -> str:
        """SHA-256 of all that was written so far."""
        self.file.flush()
        return self._hashed.sha256.hexdigest()

    def commit(self, *, replace: bool = True) -> None:
        """Put what was written in its place once the disk has confirmed it; a file is there to ``replace``, or none is.

        Raises FileExistsError if one is there that may not be replaced.
        """
        with _naming(self._path):
            with self.file:
                self.file.flush()
                self._allow()
                os.fsync(self.file.fileno())
            if replace:
                self._draft.replace(self._path)
            else:
                _put_new(self._draft, self._path)
            self._in_use.end()
            _sync_folder(self._path.parent)

    def _allow(self) -> None:
        """Allow what the file that is replaced allows; of a new one, what its folder says."""
        try:
            before = self._path.lstat()
        except FileNotFoundError:
            before = None
        if before is None or not stat.S_ISREG(before.st_mode):
            self._draft.chmod(self._new_mode())
            return
        handle, mode = self.file.fileno(), stat.S_IMODE(before.st_mode)
        if not _has_group(handle, before):
            mode &= ~0o070 | (mode & 0o007) << 3  # another group gets no more than everybody has
        with contextlib.suppress(OSError, AttributeError):  # only Linux keeps lists so, and most files have none
            os.removexattr(handle, _ACL)
        self._draft.chmod(mode)
        with contextlib.suppress(OSError, AttributeError):
            os.setxattr(handle, _ACL, os.getxattr(self._path, _ACL, follow_symlinks=False))

    def _new_mode(self) -> int:
        folder = self._path.parent.stat()
        if _has_list(self._path.parent):  # it says who else may use the file; nobody else may
            return 0o660
        if not self._private:
            return 0o666 & ~_umask()
        # The group that new files get may write in the folder, and not everybody: then they share it.
        of_group = folder.st_mode & (stat.S_IWGRP | stat.S_IWOTH) == stat.S_IWGRP
        is_shared = of_group and os.fstat(self.file.fileno()).st_gid == folder.st_gid
        return 0o660 & ~_umask() if is_shared else 0o600

    def discard(self) -> None:
        """Leave what is there as it is."""
        with contextlib.suppress(OSError):  # a full disk refuses the last of what nobody wants any more
            self.file.close()
        self._draft.unlink(missing_ok=True)
        self._in_use.end()


def write_atomically(path: Path, data: bytes, *, private: bool = True, replace: bool = True) -> None:
    """Put ``data`` into ``path`` as a Draft does.

    Raises OSError that names ``path`` if it can't be written; the old file is then untouched.
    """
    draft = Draft(path, private=private)
    try:
        draft.file.write(data)
        draft.commit(replace=replace)
    except BaseException:
        draft.discard()
        raise


def sweep(folder: Path, names: Collection[str] | None = None) -> None:
    """Remove what saves that were cut off left behind in ``folder``, of files with these ``names``, or of all.

    What another process is writing just now stays.
    """
    for stray in folder.glob(f"{_OURS}*.{_CHANCE}.tmp"):
        name = stray.name[len(_OURS) : -len(f".{_CHANCE}.tmp")]
        if (names is None or name in names) and not is_in_use(stray):
            stray.unlink(missing_ok=True)


def _has_group(handle: int, before: os.stat_result) -> bool:
    """Return whether the open file has the group of the one before it, and its owner if we may say so."""
    for owner in (-1, before.st_uid):
        with contextlib.suppress(OSError, AttributeError):  # only root gives files away, and Windows has no groups
            os.fchown(handle, owner, before.st_gid)
    return os.fstat(handle).st_gid == before.st_gid


def _has_list(folder: Path) -> bool:
    """Return whether the folder says of single people who may use what is made in it."""
    try:
        return bool(os.getxattr(folder, _FOLDER_ACL))
    except (OSError, AttributeError):
        return False


def _put_new(draft: Path, path: Path) -> None:
    """Give the draft its name. Raises FileExistsError if something has that name."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # some disks know no second name; then an empty file keeps the name for us
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            draft.replace(path)
        except BaseException:
            path.unlink()
            raise
    else:
        draft.unlink()


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
