import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.assessment.draft import Draft, write_atomically
from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.assessment.store import AssessmentFile
from readiness.errors import InputError
from tests.assessment.stored import in_child, names, read, some

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
