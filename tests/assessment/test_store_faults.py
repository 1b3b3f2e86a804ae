"""What saving leaves if it fails: full disks, folders that can't be written, limits."""

import errno
import hashlib
import os
import resource
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from readiness.assessment.draft import Draft, write_atomically
from readiness.assessment.model import Response
from readiness.assessment.store import AssessmentFile
from readiness.errors import InputError
from tests.assessment.stored import in_child, names, read, some


def test_the_temporary_file_has_the_name_that_is_swept(tmp_path: Path) -> None:
    killed = in_child(
        f"""
        os.fsync = lambda _: os._exit(9)
        write_atomically(Path({str(tmp_path / "a.json")!r}), b"half")
        """,
        exits=9,
    )
    assert killed == ""
    [stray] = names(tmp_path)
    assert stray.endswith(".tmp")
    with AssessmentFile(tmp_path / "a.json") as file:
        assert names(tmp_path) == set()
        assert not file.exists


NOBODY = 65534

FULL = os.strerror(errno.EFBIG)


def test_a_full_disk_keeps_the_old_file_whole_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path) as file:
        file.save(some())
    before = path.read_bytes()
    told = in_child(
        f"""
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, -1))
        path = Path({str(path)!r})
        with AssessmentFile(path) as file:
            assessment = validated(Assessment, parse_json(path.read_text(), "a.json"))
            saved = file.save(assessment)
            large = saved.model_copy(update={{"responses": {{"a": Response(level=3, note="x" * 5000)}}}})
            try:
                file.save(large)
            except InputError as error:
                print(error)
            file.save(saved)
        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
        """
    )
    todo = "Make room, or choose another folder. All that was saved before is still in the file."
    assert told == f"{path}: These answers can't be saved here ({FULL}). {todo}\n"
    assert read(path) == some().model_copy(update={"revision": 3})
    assert before != path.read_bytes()
    assert names(tmp_path) == {"a.json"}


def test_a_disk_that_fails_as_it_confirms_leaves_the_old_bytes_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"

    def broken(_handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with AssessmentFile(path) as file:
        saved = file.save(some())
        with monkeypatch.context() as patch:
            patch.setattr("os.fsync", broken)
            with pytest.raises(InputError, match=rf"can't be saved here \({os.strerror(errno.EIO)}\)"):
                file.save(saved)
        assert names(tmp_path) == {"a.json"}
        assert read(path) == saved
        assert file.save(saved).revision == 2


def test_a_save_that_fails_leaves_the_old_bytes_and_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, b"old")
    told = in_child(f"""
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, -1))
        try:
            write_atomically(Path({str(path)!r}), b"x" * 101)
        except OSError as error:
            print(error)
        else:
            raise AssertionError
        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    """)
    assert told == f"[Errno {errno.EFBIG}] {FULL}: {str(path)!r}\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"a.json"}


def test_a_folder_that_may_be_written_and_not_read_takes_a_save() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o333)
        me = os.geteuid()
        try:
            os.seteuid(me or NOBODY)  # root may read any folder
            write_atomically(Path(name) / "a.json", b"new")
        finally:
            os.seteuid(me)
            Path(name).chmod(0o700)
        assert (Path(name) / "a.json").read_bytes() == b"new"


def test_a_folder_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "a.json"
    with pytest.raises(InputError) as refused, AssessmentFile(path):
        pass
    assert str(refused.value).startswith(f"{path}: These answers can't be saved here (")


def test_a_folder_in_the_files_place_says_so_and_lets_the_next_one_in(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.mkdir()
    for _ in range(2):
        file = AssessmentFile(path)  # held, so that nothing but the code can let go of its lock
        with pytest.raises(InputError, match=rf"These answers can't be saved here \({os.strerror(errno.EISDIR)}\)"):
            file.__enter__()
        with pytest.raises(InputError, match=os.strerror(errno.EISDIR)), AssessmentFile(path):
            pass


def test_a_draft_knows_the_digest_of_all_that_was_written_so_far(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "a.csv")
    written = b""
    for data in (b"one", b"", b"x" * 200_000, b"two"):
        draft.file.write(data)
        written += data
        assert draft.digest == hashlib.sha256(written).hexdigest()
    draft.commit()
    assert (tmp_path / "a.csv").read_bytes() == written


@pytest.mark.parametrize("note", ["x" * 20_000, "ü" * 20_000])
def test_what_is_too_large_to_be_read_again_is_not_saved(tmp_path: Path, note: str) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path) as file:
        kept = file.save(some(note))
        before = path.read_bytes()
        evidence = Response(level=2, evidence=(note,) * 500)
        with pytest.raises(InputError, match="would be too much for one file, so your last answer was not saved"):
            file.save(kept.model_copy(update={"responses": {"a": evidence}}))
        assert path.read_bytes() == before
        file.save(kept)


@pytest.mark.no_cover
def test_what_has_too_many_parts_to_be_read_again_is_not_saved(tmp_path: Path) -> None:
    with AssessmentFile(tmp_path / "a.json") as file, pytest.raises(InputError, match="take out notes and comments"):
        file.save(some().model_copy(update={"responses": {"a": Response(level=2, evidence=("x",) * 200_000)}}))
    assert not (tmp_path / "a.json").exists()


def open_many(folder: Path) -> None:
    with ExitStack() as files:
        for at in range(100):
            files.enter_context(AssessmentFile(folder / f"{at}.json"))


def test_where_no_more_files_can_be_open_fewer_must_be_named(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, hard))
    try:
        with pytest.raises(InputError, match=r"\(Too many open files\)\. Name fewer files"):
            open_many(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
