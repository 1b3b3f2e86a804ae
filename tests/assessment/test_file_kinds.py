"""Reports, plans and the like that were written into the folder of the answers."""

import io
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from readiness.assessment.file_kinds import (
    ANSWERS,
    EDITS,
    GROUP,
    described,
    foreign,
    irreplaceable,
    written_by_us,
)
from readiness.assessment.reading import read_assessments
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.plan.overlay import Edit, Overlay
from tests.conftest import assessment
from tests.program import EXAMPLES, run
from tests.small import small_bank

NORTHSIDE = EXAMPLES / "northside-cmht.yaml"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the program writes as JSON, by what it is."""
    folder = tmp_path_factory.mktemp("written")
    commands = {
        "a report": ("report", NORTHSIDE, "-o", "-", "--format", "json"),
        "a score": ("score", NORTHSIDE, "--format", "json"),
        "a plan": ("plan", NORTHSIDE, "--format", "json"),
        "a way to a band": ("plan", NORTHSIDE, "--to", "next", "--format", "json"),
        "what a change would do": ("plan", NORTHSIDE, "--what-if", "language=4", "--format", "json"),
        "a comparison": ("compare", NORTHSIDE, NORTHSIDE, "--format", "json"),
        "a JSON schema": ("schema", "plan"),
        "a question bank": ("bank", "show", "--format", "json"),
        "a comparison of question banks": ("bank", "diff", "peer-workers", "peer-workers", "--format", "json"),
    }
    return {kind: run(*words, cwd=folder, code=0).stdout for kind, words in commands.items()}


def test_a_folder_of_answers_may_hold_what_we_wrote(tmp_path: Path, written: dict[str, str]) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "one.json").write_text(assessment(bank, {"a": 1}).to_json())
    written = {**written, EDITS: Overlay.blank(bank, "N").with_edit("a-1", Edit(owner="S")).to_json()}
    for kind, text in written.items():
        (folder / f"{kind}.json").write_text(text)
    reading = read_assessments([folder], bank)
    assert reading.files == (folder / "one.json",)
    assert sorted(map(str, reading.notices)) == sorted(
        f"{folder / kind}.json: this is {kind}, and no answers. It was left out." for kind in written
    )
    for kind in written:
        with pytest.raises(InputError):
            read_assessments([folder / f"{kind}.json"], bank)
    (folder / "one.json").unlink()
    with pytest.raises(InputError, match="There are no answers here, only files that we wrote"):
        read_assessments([folder], bank)


def test_answers_are_never_taken_for_what_we_wrote(tmp_path: Path, bank: Bank) -> None:
    told = json.loads(assessment(bank, {"language": 1}).to_json())
    assert written_by_us(told) is None
    assert written_by_us({**told, "actions": [], "keep": []}) is None
    assert written_by_us({"team": {"name": "N"}, "date": "2026-11-22"}) is None
    assert written_by_us(["overall"]) is None
    (tmp_path / "a.json").write_text('{"team": {"name": "N"}}')
    with pytest.raises(InputError, match="is missing"):
        read_assessments([tmp_path], bank)


def packed(**parts: str) -> bytes:
    """Return a zip with these parts: of each, its name and what it holds."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for name, text in parts.items():
            zipped.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (packed(xl__workbook='<sheet name="Summary"/><sheet name="readiness"/>'), "a.xlsx", "a workbook of the plan"),
        (packed(xl__workbook='<sheet name="readiness-form"/>'), "a.xlsx", "a form"),
        (packed(xl__workbook='<sheet name="Sheet1"/>'), "a.json", "a workbook"),
        (packed(word__document=""), "-", "a Word document"),
        (packed(other=""), "a.zip", "a packed file"),
        (b"PK and no more", "a.xlsx", "a packed file"),
        (b"%PDF-1.7", "a.json", "a PDF"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "a.json", "a web page"),
        (b"BEGIN:VCALENDAR", "a.ics", "a calendar"),
        (b"team,date", "a.CSV", "a table"),
        (b"team,date", "a.txt", None),
        (b'{"schema": 1}', "a.json", None),
        (b'{"schema": 1,\n"bank": {}}', "a.json", None),
        (b'{"a": 1}\r\n\r\n{"a": 2}', "-", "JSON lines"),
        (b"\xef\xbb\xbf{bank: small,\n{", "a.yaml", None),
        (b'{"team": "N"}', "a.jsonl", "JSON lines"),
        (b"[" * 100_000, "a.NDJSON", "JSON lines"),
        (b'{"overall": {}, "coverage": {}, "questions": []}\n', "scores.jsonl", "a score in each line"),
        (b"bank: {id: small}", "a.yaml", None),
    ],
)
def test_what_holds_no_answers_is_known_by_how_it_begins(data: bytes, name: str, kind: str | None) -> None:
    assert foreign(data, name) == kind


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            packed(xl__workbook='name="readiness"'),
            "This is a workbook of the plan, and no answers. Name the",
        ),
        (
            packed(xl__workbook=""),
            "This is a workbook, and no answers. To make answers of a filled-in form",
        ),
        (b'{"team": "N"}\n{"team": "M"}', "These are JSON lines, and no file of answers. Have its name end in"),
        (b"<html>", "This is a web page, and no answers. If it is a form that somebody filled in, ask them to save"),
        (
            b"BEGIN:VCALENDAR",
            "This is a calendar, and no answers. Name the file of answers: it ends in .json, .yaml or",
        ),
        (b'{"actions": [], "keep": []}', "This is a plan, and no answers. Name the file of answers."),
    ],
)
def test_a_file_of_another_kind_in_the_place_of_answers_is_said_to_be_it(
    tmp_path: Path, bank: Bank, data: bytes, told: str
) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(InputError) as error:
        read_assessments([tmp_path / "a.json"], bank)
    [problem] = error.value.problems
    assert str(problem).startswith(f"{tmp_path / 'a.json'}: {told}")


def test_answers_are_told_from_what_we_wrote() -> None:
    assert described({"responses": {}, "team": {}}) == "a file of answers"
    assert described({"actions": [], "keep": []}) == "a plan"
    assert described({"team": "N"}) is None


def test_plain_text_is_said_to_be_that(tmp_path: Path, bank: Bank) -> None:
    (tmp_path / "notes.txt").write_text("Notes of the meeting. We talked.")
    with pytest.raises(InputError, match=r"This is plain text, and no answers\. Name the file of answers"):
        read_assessments([tmp_path / "notes.txt"], bank)


def test_json_lines_are_said_to_be_for_a_batch_in_one_line(tmp_path: Path) -> None:
    lines = '{"team": "N", "language": 2}\n{"team": "M", "language": 3}\n'
    (tmp_path / "some rows.jsonl").write_text(lines)
    told = run("score", "some rows.jsonl", cwd=tmp_path, code=1).stderr
    what = "some rows.jsonl: These are JSON lines, and no file of answers. To score each of its lines: "
    assert told.startswith(what)
    assert told.endswith(" batch 'some rows.jsonl' -o scores\n")
    assert told.count("\n") == 1
    piped = run("score", "-", cwd=tmp_path, typed=lines, code=1).stderr
    assert piped.partition(": ")[2].startswith("These are JSON lines")
    assert piped.endswith(" batch - -o scores\n")
    (tmp_path / "rows.json").write_text(lines)
    for command in (("score",), ("collect", "-o", "out")):
        told = run(*command, "rows.json", cwd=tmp_path, code=1).stderr
        assert "Have its name end in .jsonl, then score each of its lines: " in told
        assert told.endswith(" batch rows.jsonl -o scores\n")


ANSWERS_OF = '{"team": {"name": "N"}, "responses": {}}'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ANSWERS_OF, ANSWERS),
        (f"\ufeff{ANSWERS_OF}", ANSWERS),
        (ANSWERS_OF[:-1], ANSWERS),
        ("team: {name: N}\nresponses:\n  a: {level: 1}\n", ANSWERS),
        ("{team: {name: N}, 'responses': {}}", ANSWERS),
        ('{"present": {}, "responses": {}}', GROUP),
        ('{"team": "N", "actions": {}}', EDITS),
        ("# Report\n\nNo responses: none came.\n", None),
        ("<!DOCTYPE html><script>const a = {'responses': 1}</script>", None),
        ("[]", None),
        ("", None),
        ("[" * 100_000, None),
    ],
)
def test_what_people_made_is_known_even_if_it_cannot_be_read(text: str, kind: str | None) -> None:
    assert irreplaceable(text.encode()) == kind


def test_what_we_wrote_can_be_written_again(written: dict[str, str]) -> None:
    assert {irreplaceable(text.encode()) for text in written.values()} == {None}
