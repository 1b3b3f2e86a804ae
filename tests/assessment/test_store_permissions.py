"""Who may read and write a saved file, and what a link in its place leads to."""

import errno
import os
import stat
from pathlib import Path

import pytest

from readiness.assessment.draft import write_atomically
from readiness.assessment.store import AssessmentFile
from readiness.errors import InputError
from tests.assessment.stored import read, some
from tests.assessment.test_store_faults import NOBODY


def saved_in(folder: Path, umask: int = 0o022) -> int:
    """Return the permissions of a file of answers that is saved in the folder."""
    before = os.umask(umask)
    try:
        with AssessmentFile(folder / "a.json") as file:
            file.save(some())
    finally:
        os.umask(before)
    return stat.S_IMODE((folder / "a.json").stat().st_mode)


def test_only_the_owner_may_read_new_answers(tmp_path: Path) -> None:
    assert saved_in(tmp_path, 0) == 0o600


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    (tmp_path / "a.json").touch()
    (tmp_path / "a.json").chmod(mode)
    assert saved_in(tmp_path) == mode


@pytest.mark.parametrize(
    ("folder", "umask", "mode"),
    [(0o2770, 0o007, 0o660), (0o2775, 0o022, 0o640), (0o755, 0o002, 0o600), (0o1777, 0o002, 0o600)],
)
def test_new_answers_are_for_the_group_only_if_it_shares_the_folder(
    tmp_path: Path, folder: int, umask: int, mode: int
) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(folder)
    assert saved_in(tmp_path / "shared", umask) == mode


def test_a_file_keeps_its_group_or_loses_what_its_group_might(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.touch()
    path.chmod(0o664)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr("os.fchown", lambda _handle, owner, group: told.append((owner, group)))
    assert saved_in(tmp_path) == 0o664
    about = path.stat()
    assert told == [(-1, about.st_gid), (about.st_uid, about.st_gid)]
    plain = os.fstat
    monkeypatch.setattr("os.fstat", lambda handle: os.stat_result((*plain(handle)[:5], NOBODY, *plain(handle)[6:])))
    write_atomically(path, b"of another group")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_an_access_list_is_kept_and_that_of_a_folder_lets_others_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = {"a.json": b"who may read it", "shared": b"who may read what is made"}
    kept: list[bytes] = []

    def listed(path: Path, name: str, *, follow_symlinks: bool = True) -> bytes:
        if Path(path).name in lists and name == ACL[follow_symlinks]:
            return lists[Path(path).name]
        raise OSError(errno.ENODATA, os.strerror(errno.ENODATA))

    monkeypatch.setattr("os.getxattr", listed)
    monkeypatch.setattr("os.setxattr", lambda _handle, _name, value: kept.append(value))
    (tmp_path / "shared").mkdir()
    assert saved_in(tmp_path / "shared") == 0o660
    assert kept == []
    assert saved_in(tmp_path / "shared") == 0o660
    assert kept == [lists["a.json"]]


ACL = {False: "system.posix_acl_access", True: "system.posix_acl_default"}
"""Its name of a file, which is asked as it stands, and of a folder."""


def test_a_file_for_everybody_gets_the_permissions_that_new_files_have(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    before = os.umask(0o027)
    try:
        write_atomically(path, b"new", private=False)
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_of_ones_own_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target, path = tmp_path / "kept" / "target.json", tmp_path / "a.json"
    path.symlink_to(target)
    with AssessmentFile(path) as file:
        assert file.path == target
        file.save(some())
    assert path.is_symlink()
    assert read(target).responses == some().responses


def test_a_link_of_somebody_else_or_round_in_a_circle_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loop.json").symlink_to("loop.json")
    (tmp_path / "a.json").symlink_to("target.json")
    with pytest.raises(InputError, match="a link that somebody else made, or one that leads nowhere"):
        AssessmentFile(tmp_path / "loop.json")
    monkeypatch.setattr("os.geteuid", lambda: NOBODY)
    with pytest.raises(InputError, match="Name the file itself"):
        AssessmentFile(tmp_path / "a.json")


def test_a_link_in_the_way_of_a_result_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "target.md").write_text("precious", encoding="utf-8")
    (tmp_path / "report.md").symlink_to("target.md")
    write_atomically(tmp_path / "report.md", b"new", private=False)
    assert not (tmp_path / "report.md").is_symlink()
    assert (tmp_path / "target.md").read_text("utf-8") == "precious"
