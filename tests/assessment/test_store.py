import datetime as dt
import errno
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import textwrap
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.assessment.draft import Draft, write_atomically
from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.assessment.store import AssessmentFile
from readiness.bank.document import parse_json
from readiness.bank.validation import validated
from readiness.errors import InputError

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
NAMES = WORDS.map(lambda text: f"x{text}")  # pydantic's \S and Python's isspace differ on rare characters
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
LEVELS = st.integers(-1_000_000, 1_000_000) | st.floats(-1_000_000, 1_000_000)
ANSWERS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    LEVELS.map(lambda value: {"level": value}),
    st.just({"unknown": True}),
    NAMES.map(lambda why: {"not_applicable": why}),
)
RESPONSES = st.builds(
    lambda answer, rest: Response.model_validate(answer | rest),
    ANSWERS,
    st.fixed_dictionaries({}, optional={"note": NAMES, "evidence": st.lists(NAMES, max_size=2)}),
)
ASSESSMENTS = st.builds(
    Assessment,
    bank=st.builds(BankReference, id=IDS, version=st.none() | NAMES, fingerprint=st.none() | NAMES),
    team=st.builds(Team, name=NAMES, organisation=st.none() | NAMES, profile=st.dictionaries(IDS, NAMES, max_size=2)),
    respondent=st.builds(Respondent, role=st.none() | NAMES),
    date=st.dates(),
    responses=st.dictionaries(IDS, RESPONSES, max_size=3),
    revision=st.integers(0, 10**9),
)


def some(note: str = "a note") -> Assessment:
    return Assessment(
        bank=BankReference(id="small"),
        team=Team(name="Northside"),
        date=dt.date(2026, 11, 22),
        responses={"a": Response(level=2, note=note)},
    )


def read(path: Path) -> Assessment:
    return validated(Assessment, parse_json(path.read_text(encoding="utf-8"), str(path)))


CHILD = """
import os, resource
from pathlib import Path
from readiness.assessment.model import Assessment, Response
from readiness.assessment.draft import Draft, write_atomically
from readiness.assessment.store import AssessmentFile
from readiness.bank.document import parse_json
from readiness.bank.validation import validated
from readiness.errors import InputError
"""


def in_child(code: str, exits: int = 0) -> str:
    """Run the code in a process of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD + textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == exits, done.stderr
    return done.stdout


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}


@settings(deadline=None, max_examples=50)
@given(ASSESSMENTS)
def test_what_was_saved_is_what_is_read_whatever_the_words(
    tmp_path_factory: pytest.TempPathFactory, assessment: Assessment
) -> None:
    path = tmp_path_factory.mktemp("saved") / "a.json"
    with AssessmentFile(path) as file:
        saved = file.save(assessment)
    assert read(path) == saved
    assert saved == assessment.model_copy(update={"revision": assessment.revision + 1})


def test_each_save_counts_one_revision_on(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path) as file:
        first = file.save(some())
        second = file.save(first)
        assert (first.revision, second.revision, read(path).revision) == (1, 2, 2)


def test_a_file_exists_once_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path) as file:
        before = file.exists
        file.save(some())
        assert [before, file.exists] == [False, True]
    with AssessmentFile(path) as file:
        assert file.exists


@pytest.mark.parametrize("name", [".a.json.icloud", "a.json.crdownload"])
def test_nothing_is_begun_anew_while_the_file_has_not_come_whole(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with pytest.raises(InputError, match="has not been downloaded whole"), AssessmentFile(tmp_path / "a.json"):
        pass
    assert {path.name for path in tmp_path.iterdir()} <= {name, ".a.json.lock"}


@pytest.mark.parametrize("disk", ["knows links", "knows none"])
def test_what_is_there_by_now_is_not_replaced(tmp_path: Path, disk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if disk == "knows none":
        monkeypatch.setattr("os.link", none)
    path = tmp_path / "report.md"
    write_atomically(path, b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_atomically(path, b"second", replace=False)
    assert path.read_bytes() == b"first"
    assert names(tmp_path) == {"report.md"}


def test_where_a_new_file_cannot_get_its_name_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    path = tmp_path / "report.md"
    with monkeypatch.context() as disk:
        disk.setattr("os.link", refused)
        disk.setattr("os.replace", refused)
        with pytest.raises(OSError, match=r"report\.md"):
            write_atomically(path, b"first", replace=False)
    assert not names(tmp_path)
    write_atomically(path, b"second", replace=False)
    assert path.read_bytes() == b"second"


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_something_else_in_the_place_of_the_lock_is_named(tmp_path: Path, kind: str) -> None:
    lock = tmp_path / ".a.json.lock"
    lock.mkdir() if kind == "folder" else lock.symlink_to("elsewhere")
    with pytest.raises(InputError, match="in the place of the file that keeps a second writer out") as refused:
        AssessmentFile(tmp_path / "a.json")
    assert str(lock) in str(refused.value)


def test_a_save_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    with AssessmentFile(tmp_path / "a.json") as file:
        file.save(some())
        assert names(tmp_path) == {"a.json"}


def test_a_reader_who_has_the_file_open_keeps_reading_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, b"old")
    with path.open("rb") as reader:
        write_atomically(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"


def test_the_folder_is_opened_to_be_synced_once_the_new_file_stands_in_it(tmp_path: Path) -> None:
    told = in_child(f"""
        import sys
        path = Path({str(tmp_path / "a.json")!r})
        seen = []
        sys.addaudithook(lambda event, details: seen.append((event, details)))
        write_atomically(path, b"new")
        renamed = [event for event, _ in seen].index("os.rename")
        print([str(details[0]) for event, details in seen[renamed:] if event == "open"])
    """)
    assert told == f"{[str(tmp_path)]}\n"


def test_a_second_writer_is_kept_out_for_as_long_as_the_file_is_open(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    message = "Somebody else is working on these answers. Close the other window, or wait until they have finished."
    with AssessmentFile(path) as file:
        with pytest.raises(InputError) as refused, AssessmentFile(path):
            pass
        assert str(refused.value) == f"{path}: {message}"
        file.save(some())
    with AssessmentFile(path) as file:
        file.save(read(path))
    assert read(path).revision == 2


def test_a_writer_in_another_process_is_kept_out_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path):
        done = in_child(f"""
            try:
                AssessmentFile(Path({str(path)!r})).__enter__()
            except InputError as error:
                print(error)
        """)
    assert "Somebody else is working on these answers" in done


def test_a_writer_that_failed_lets_the_next_one_in(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(KeyboardInterrupt), AssessmentFile(path):
        raise KeyboardInterrupt
    with AssessmentFile(path) as file:
        file.save(some())


@pytest.mark.parametrize("change", [b"changed by hand", b""])
def test_a_change_by_something_that_knows_no_locks_is_noticed_and_kept(tmp_path: Path, change: bytes) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path) as file:
        saved = file.save(some())
        path.write_bytes(change)
        with pytest.raises(InputError) as refused:
            file.save(saved)
    assert str(refused.value) == (
        f"{path}: Something else has changed this file since it was opened, so your last answer was not saved in it. "
        "Look at the file, then run the same command again."
    )
    assert path.read_bytes() == change


def test_a_file_that_was_moved_or_deleted_meanwhile_is_written_again_with_all_that_was_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path) as file:
        saved = file.save(some())
        path.unlink()
        file.save(saved)
    assert read(path) == saved.model_copy(update={"revision": saved.revision + 1})


def test_a_file_that_appeared_since_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with AssessmentFile(path) as file:
        path.write_bytes(b"somebody's")
        with pytest.raises(InputError, match="Something else has changed this file"):
            file.save(some())
    assert path.read_bytes() == b"somebody's"


@pytest.mark.parametrize("name", ["a.json", "a[1]*?.json", "a"])
def test_what_a_killed_save_left_behind_is_swept_and_nothing_else(tmp_path: Path, name: str) -> None:
    strays = {f".readiness-{name}.{'x' * 8}.tmp", f".readiness-{name}._a1b2c3d.tmp"}
    others = {f".readiness-{name}.json.{'x' * 8}.tmp", ".readiness-b.json.xxxxxxxx.tmp", "a.tmp", ".readiness-a1.tmp"}
    for other in strays | others:
        (tmp_path / other).touch()
    with AssessmentFile(tmp_path / name):
        assert names(tmp_path) == others


def test_what_another_process_is_writing_is_not_swept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    one, other = Draft(path), Draft(path)
    in_child(f"from readiness.assessment.draft import sweep\nsweep(Path({str(tmp_path)!r}))")
    for draft, data in ((one, b"one"), (other, b"other")):
        draft.file.write(data)
        draft.commit()
        assert path.read_bytes() == data
    assert names(tmp_path) == {"a.json"}


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
