"""Of a folder, each file is read, or it is said that it is not."""

import json
from pathlib import Path

import pytest

from readiness.assessment.endings import ENDINGS, LOCK, TABLES, ending
from readiness.assessment.folder_files import folder_files, holds_answers, not_read, people_named
from readiness.assessment.reading import read_assessment, read_assessments, read_team
from readiness.bank.model import Bank
from readiness.errors import MOST_TOLD, InputError, Place
from tests.conftest import assessment
from tests.small import small_bank


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("small"), "[{id: a}]")


def filled(folder: Path, *names: str, data: bytes = b"x") -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def told(folder: Path, *, below: bool = False) -> dict[str, str]:
    """Return what is said of each file in the folder that is not read, by its name."""
    left_out = folder_files(folder, ENDINGS, below=below).left_out
    return {Path(one.place.file).name: one.told.partition(": ")[2] for one in left_out if one.place}


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("a.json", ".json"),
        ("A (1).JSON", ".json"),
        ("a.json.txt", ".json"),
        ("a.Csv.TXT", ".csv"),
        ("a.yaml ", ".yaml"),
        ("notes.txt", ".txt"),
        ("a.b.txt", ".txt"),
        ("a", ""),
    ],
)
def test_an_ending_counts_in_any_case_and_as_mail_programs_make_it(name: str, known_as: str) -> None:
    assert ending(name) == known_as


def test_answers_are_read_with_their_ending_in_any_case(tmp_path: Path, small: Bank) -> None:
    names = ("a.json", "b (1).JSON", "c.json.txt", "d.Json")
    for at, name in enumerate(names):
        (tmp_path / name).write_text(assessment(small, {"a": at}).to_json())
    (tmp_path / "e.YML").write_text('bank: {id: small}\nteam: {name: N}\ndate: "2026-11-22"\nresponses: {a: 4}\n')
    reading = read_assessments([tmp_path], small)
    assert [one.responses["a"].level for one in reading.assessments] == [0, 1, 2, 3, 4]
    assert not reading.notices
    assert read_assessment(tmp_path / names[2], small)[0].responses["a"].level == 2


def test_a_file_without_an_ending_is_read_as_it_begins(tmp_path: Path, small: Bank) -> None:
    (tmp_path / "answers").write_text(assessment(small, {"a": 3}).to_json())
    assert read_assessment(tmp_path / "answers", small)[0].responses["a"].level == 3


def test_of_what_programs_keep_beside_answers_nothing_is_said(tmp_path: Path) -> None:
    names = (".hidden.json", "~$a.xlsx", ".~lock.a.ods#", "#a.json#", "a.json~", "a.json.bak", "Thumbs.db", "Icon\r")
    filled(tmp_path, *names, "mapping.yaml", "a.plan.json", ".a.json.lock", "__MACOSX/._a.json", ".git/config")
    (tmp_path / "empty").mkdir()
    assert told(tmp_path) == {}
    assert not any(map(holds_answers, names))
    assert folder_files(tmp_path, ENDINGS).files == ()


NOT_WHOLE = "This file has not been downloaded whole, and was not read"
COMING = (
    # browsers, download programs and AirDrop: also before the file has its name, or with something after its ending
    *("b.json.crdownload", "C.JSON.part", "d.yaml.a1b2c3.partial", "e.json.txt.filepart", "c.json.opdownload"),
    *("Unconfirmed 583912.crdownload", "c.json (1).part", "xY3zab.part", "Unknown.download", "c.download"),
    *("0f8fad5b-d9cb-469f-a165-70867728950e.tmp", ".com.google.Chrome.aBcDeF", ".org.chromium.Chromium.Xy12Zw"),
    *("Answers of 3.11.part", "c.json.aria2", "c.json_1.part"),
    # disks that are synced
    *(".a.json.icloud", ".a.2025-10-14.json.icloud", "f.json.nextcloud", "f.json.owncloud", "c.yml (1).icloud"),
    *(".syncthing.g.json.tmp", "~syncthing~g.json.tmp", ".syncthing.9e107d9d372bb6826bd81d3542a419d6.tmp"),
    *(".unison.c.json.2f1a3b.unison.tmp", ".unison.north.0b1c.unison.tmp", ".getxfer.12.345.mega"),
    ".goutputstream-AB12CD",
)
COPIED = (
    *(".h.json.~1a2b", ".i.json.Xa1B2c", ".~j.json", ".~j.json.Ab1", ".k.yaml.bts", "l.json.tmp", "m.json.!sync"),
    *("c.json~1a2b.ffs_tmp", "c.json.ffs_tmp", "c.json_.gstmp", "c.json.sb-1a2b3c4d-AbCdEf", "c.json.123.TMP"),
    *(".in.c.json.", ".c.json.x1.part2", ".n.json.a.b.c", ".o (1).json (2)", "p.csv.json.temp"),
)
BESIDE = (
    *(".DS_Store", "desktop.ini", "Thumbs.db", "._c.json", ".directory", ".dropbox", ".dropbox.attr", ".nfs000012ab"),
    *("~$c.json", "~$form.xlsx", "~WRL0003.tmp", "ab12.tmp", ".~lock.c.csv#", "#c.json#", ".#c.json", "c.json~"),
    *(".c.json.swp", ".c.json.swo", ".c.yaml.un~", "c.json.bak", ".c.json.lock", ".readiness-journal.jsonl"),
    *(".readiness-draft-c.json.x1", ".hidden.json", ".pre-commit-config.yaml", ".eslintrc.json", ".my.csv.json"),
    *(".jsonlintrc", ".x.jsonnet", ".stfolder", ".sync.ffs_db", ".owncloudsync.log"),
)


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("endings", [ENDINGS, (*ENDINGS, *TABLES, ".pdf")])
def test_no_file_of_a_program_is_waited_for(tmp_path: Path, name: str, endings: tuple[str, ...]) -> None:
    filled(tmp_path, "a.json", name)
    found = folder_files(tmp_path, endings)
    assert ([file.name for file in found.files], found.left_out, found.awaited) == (["a.json"], (), ())


@pytest.mark.parametrize("name", [*COMING, *COPIED])
def test_answers_that_have_not_come_whole_are_not_done_without(tmp_path: Path, small: Bank, name: str) -> None:
    whole = assessment(small, {"a": 1}).to_json()
    filled(tmp_path, "a.json", data=whole.encode())
    filled(tmp_path, name, data=whole.encode())
    found = folder_files(tmp_path, ENDINGS)
    assert ([file.name for file in found.files], found.left_out) == (["a.json"], ())
    for given in (tmp_path, tmp_path / name)[: 1 + (name in COMING)]:  # also if it could be read
        with pytest.raises(InputError) as error:
            read_assessments([given], small)
        [problem] = error.value.problems
        assert (problem.what, Path(problem.place.file).name if problem.place else "") == (NOT_WHOLE, name)


@pytest.mark.parametrize("name", [".a.json.~1a2b", ".~a.json", "a.json.tmp", ".a.csv.X1y2Z3"])
def test_beside_the_whole_file_what_it_was_copied_by_is_nothing(tmp_path: Path, name: str) -> None:
    filled(tmp_path, "a.json", name)
    found = folder_files(tmp_path, ENDINGS)
    assert ([file.name for file in found.files], found.left_out, found.awaited) == (["a.json"], (), ())


def test_beside_the_note_that_it_is_downloaded_a_file_is_not_whole(tmp_path: Path) -> None:
    filled(tmp_path, "a.json", "a.json.aria2")
    assert len(folder_files(tmp_path, ENDINGS).awaited) == 1


def test_a_folder_with_nothing_whole_says_that_alone(tmp_path: Path, small: Bank) -> None:
    filled(tmp_path, ".a.json.icloud")
    with pytest.raises(InputError) as error:
        read_assessments([tmp_path], small)
    assert [problem.what for problem in error.value.problems] == [NOT_WHOLE]


def test_of_two_who_are_left_it_is_said_that_nothing_is_hidden(tmp_path: Path, small: Bank) -> None:
    filled(tmp_path, "a.json", "b.json", data=assessment(small, {"a": 1}).to_json().encode())
    assert not any("Two people are read" in str(one) for one in read_team([tmp_path], small).notices)
    filled(tmp_path, "c.txt")
    first, second, *_alike = read_team([tmp_path], small).notices
    assert "c.txt" in str(first)
    assert "of two nothing is hidden" in str(second)


@pytest.mark.parametrize("below", [True, False])
def test_a_download_that_is_a_folder_has_not_come_whole_either(tmp_path: Path, *, below: bool) -> None:
    coming = [".unison.south.1a2b.unison.tmp", "Unknown.download", "b.json.download"]
    filled(tmp_path, "a.json", "north.part/c.json", ".d.json.x/d.json", *(f"{name}/b.json" for name in coming))
    found = folder_files(tmp_path, ENDINGS, below=below)
    assert [file.name for file in found.files] == ["a.json", "c.json"][: 1 + below]
    assert [problem.place and Path(problem.place.file).name for problem in found.awaited] == coming


def test_of_another_kind_what_has_not_come_whole_is_told(tmp_path: Path) -> None:
    names = {
        "film.mp4.part",
        ".report.pdf.icloud",
        ".x.numbers.icloud",
        ".syncthing.film.mp4.tmp",
        "photo.jpg.nextcloud",
    }
    filled(tmp_path, *names)
    assert {*told(tmp_path)} == names
    todo = "Wait until all of it is here, or download it again. If it is not needed, take it out of the folder."
    assert {*told(tmp_path).values()} == {f"{NOT_WHOLE}. {todo}"}
    assert folder_files(tmp_path, ENDINGS).awaited == ()
    assert len(folder_files(tmp_path, (".pdf", *TABLES)).awaited) == 1


def test_a_file_that_nothing_is_known_of_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b'\xef\xbb\xbf{"schema": 1}')
    (tmp_path / "c.txt").write_bytes(b" \n")
    found = told(tmp_path)
    assert found["a.dat"].endswith(
        f"If it holds answers, have its name end in what it is: {', '.join((*ENDINGS, *TABLES))} or .pdf."
    )
    assert found["b"].endswith("If it holds answers, have its name end in .json.")
    assert found["c.txt"].endswith("There is nothing in it. If it should hold answers, ask for it again.")


@pytest.mark.parametrize(
    ("more", "rest"), [(0, []), (1, ["1 more file was not read."]), (5, ["5 more files were not read."])]
)
def test_of_very_many_files_the_first_are_told_and_the_rest_are_counted(
    tmp_path: Path, more: int, rest: list[str]
) -> None:
    filled(tmp_path, *(f"{at}.dat" for at in range(MOST_TOLD + more)))
    notices = folder_files(tmp_path, ENDINGS).notices
    assert [notice.told for notice in notices[MOST_TOLD:]] == rest


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig"])
def test_text_that_looks_like_a_table_is_read_if_tables_are(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes("date\ta\r\n2026-11-22\t1\r\n".encode(encoding))
    (tmp_path / "b.txt").write_bytes("Dear all,\r\n\tsee a.txt\r\n".encode(encoding))
    (tmp_path / "c.txt").write_bytes("one\tline".encode(encoding))
    (tmp_path / "d.txt").symlink_to("gone")
    assert [file.name for file in folder_files(tmp_path, TABLES).files] == ["a.txt"]
    assert folder_files(tmp_path, ENDINGS).files == ()


def test_a_table_and_a_form_are_to_be_collected_first(tmp_path: Path) -> None:
    filled(tmp_path, "a.csv", "b.pdf", data=b"%PDF-1.7")
    found = folder_files(tmp_path, ENDINGS)
    assert [notice.told.partition(": ")[2] for notice in found.notices] == [
        "This is a PDF, and was not read. To make answers of a filled-in form or a survey"
    ] * 2
    assert [notice.command.paths for notice in found.notices if notice.command] == [
        (str(tmp_path / "a.csv"),),
        (str(tmp_path / "b.pdf"),),
    ]


def test_a_folder_in_a_folder_is_told_or_read_with_it(tmp_path: Path) -> None:
    filled(tmp_path, "a.json", "in/b.json", "in/deeper/c.json", "in/d.zip")
    assert told(tmp_path) == {
        "in": "This is a folder in a folder, and was not read. Name it, too, if it holds answers."
    }
    found = folder_files(tmp_path, ENDINGS, below=True)
    assert [file.name for file in found.files] == ["a.json", "b.json", "c.json"]
    assert [*told(tmp_path, below=True)] == ["d.zip"]


def test_a_link_that_leads_back_is_not_followed(tmp_path: Path) -> None:
    filled(tmp_path, "a.json")
    (tmp_path / "back").symlink_to(tmp_path, target_is_directory=True)
    assert [file.name for file in folder_files(tmp_path, ENDINGS, below=True).files] == ["a.json"]
    assert "back" in told(tmp_path, below=True)


def test_what_a_batch_has_written_and_the_folder_it_writes_in_are_left_aside(tmp_path: Path) -> None:
    filled(tmp_path, "a.json", "made/scores.csv", "made/reports/b.json", f"made/{LOCK}", "out/c.json")
    found = folder_files(tmp_path, ENDINGS, below=True, aside=tmp_path / "out")
    assert [file.name for file in found.files] == ["a.json"]
    assert found.left_out == ()


@pytest.mark.parametrize("below", [True, False])
def test_answers_beside_what_a_batch_has_written_are_told(tmp_path: Path, *, below: bool) -> None:
    filled(tmp_path, "a.json", "made/b.json", f"made/{LOCK}")
    for folder in (tmp_path, tmp_path / "made"):
        [told] = folder_files(folder, ENDINGS, below=below).left_out
        assert told.place == Place(str(tmp_path / "made"))
        assert told.what == "This folder was written by a batch, so nothing in it was read"


def test_a_folder_that_can_not_be_looked_into_hides_nothing_until_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    (tmp_path / "loop").symlink_to("loop")
    assert [file.name for file in folder_files(tmp_path, ENDINGS, below=True).files] == ["a.json"]
    with pytest.raises(InputError, match=r"The folder can't be read"):
        folder_files(tmp_path / ("x" * 300), ENDINGS)


def test_of_files_that_are_named_no_copy_counts_unless_all_are_copies(tmp_path: Path) -> None:
    today, copy = tmp_path / "b.json", tmp_path / "b.2025-10-01.json"
    for file, day in ((today, "2026-10-14"), (copy, "2025-10-01")):
        file.write_text(json.dumps({"team": {"name": "N"}, "date": day, "responses": {"a": 1}}), "utf-8")
    kept, [told] = people_named([today, copy, tmp_path])
    assert (kept, told.place) == ([today, tmp_path], Place(str(copy)))
    assert people_named([copy]) == ([copy], ())
    today.unlink()
    assert people_named([copy, tmp_path]) == ([copy, tmp_path], ())


def test_a_folder_without_answers_is_told_with_what_is_in_it(tmp_path: Path, small: Bank) -> None:
    filled(tmp_path, "a.zip", data=b"PK no zip")
    with pytest.raises(InputError) as error:
        read_assessments([tmp_path], small)
    assert [problem.what for problem in error.value.problems] == [
        f"There are no answers in the folder {tmp_path}",
        "This is a packed folder, and was not read",
    ]


def test_what_is_not_read_is_told_beside_what_is_wrong(tmp_path: Path, small: Bank) -> None:
    filled(tmp_path, "a.json", "b.zip", data=b"{")
    with pytest.raises(InputError) as error:
        read_assessments([tmp_path], small)
    assert error.value.problems[-1].what == "This is a packed folder, and was not read"


def test_a_file_or_folder_that_can_not_be_opened_is_told(tmp_path: Path) -> None:
    assert not_read(tmp_path / "gone.dat").what == "There is no such file"
    with pytest.raises(InputError, match="The folder can't be read"):
        folder_files(tmp_path / "gone", ENDINGS)
