"""Whatever survey program people answered in, the same answers come back."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.model import Bank, Question
from readiness.intake.headings import Names
from readiness.intake.mapping import EVERY_COLUMN
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.mojibake import mended
from readiness.intake.sources import Intake, gather, open_sources
from readiness.intake.undecided import OpenWords, as_problem
from readiness.roundtrip.form_entries import Given
from readiness.scoring.score import standings
from readiness.text import safe
from readiness.xlsx_reader import is_error
from tests.exports.northside import FOLDER, TEAM, UNMATCHED, people
from tests.exports.people import sent
from tests.exports.shapes import SHAPES
from tests.intake.written import table

PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
NOTHING = Decisions(bank="peer-workers")


def collected(bank: Bank, path: Path, decisions: Decisions = NOTHING, given: Given | None = None) -> Intake:
    opened = open_sources([path], bank)
    assert not opened.problems
    return gather(opened.sources, bank, decisions, given or Given())


def assessments(gathering: Intake) -> list[Assessment]:
    assert (gathering.open, gathering.problems) == ((), ())
    return [one.assessment for one in gathering.gathered]


@pytest.mark.parametrize("name", SHAPES)
def test_an_export_is_collected_as_it_is(bank: Bank, name: str) -> None:
    assert assessments(collected(bank, FOLDER / name)) == [one.assessment for one in people(bank)]


@pytest.mark.parametrize("name", [*SHAPES, *UNMATCHED])
def test_the_files_are_what_the_shapes_write(bank: Bank, tmp_path: Path, name: str) -> None:
    {**SHAPES, **UNMATCHED}[name](bank, people(bank), tmp_path / name)
    assert cells(tmp_path / name) == cells(FOLDER / name), "write them again: python -m tests.exports.northside"


def cells(path: Path) -> object:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    book = load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets}


def test_the_same_answers_have_the_same_score_from_every_program(bank: Bank) -> None:
    scores = {standings(bank, assessments(collected(bank, FOLDER / name))).score().model_dump_json() for name in SHAPES}
    assert scores == {standings(bank, [one.assessment for one in people(bank)]).score().model_dump_json()}


def test_what_a_likert_question_lacks_is_given(bank: Bank) -> None:
    given = Given(team=TEAM, profile=PROFILE, role="other")
    [first, *_] = assessments(collected(bank, FOLDER / "microsoft-likert.xlsx", given=given))
    expected = people(bank)[0].assessment
    assert first.respondent.role == "other"
    assert first.team == expected.team
    answered = {name: response.level for name, response in first.responses.items()}
    assert answered == {name: one.level for name, one in expected.responses.items() if one.answered}


def test_codes_are_asked_for_and_then_known(bank: Bank) -> None:
    open_ = collected(bank, FOLDER / "limesurvey-codes.csv").open
    codes = {one.words for one in open_ if isinstance(one, OpenWords)}
    assert codes == {"AO01", "AO02", "AO03", "AO04", "AO05", "AO06", "AO07"}
    meanings = {f"AO0{at + 1}": at for at in range(5)} | {"AO06": "unknown", "AO07": "n/a"}
    decisions = Decisions(bank=bank.id, answers={EVERY_COLUMN: meanings})
    found = assessments(collected(bank, FOLDER / "limesurvey-codes.csv", decisions, Given(profile=PROFILE)))
    for one, expected in zip(found, people(bank), strict=True):
        assert levels(one) == levels(expected.assessment)


def levels(assessment: Assessment) -> Mapping[str, float | None]:
    return {name: response.level for name, response in assessment.responses.items() if response.answered}


@pytest.mark.parametrize("name", SHAPES)
def test_nobody_s_name_address_or_number_is_kept(bank: Bank, name: str) -> None:
    kept = "".join(one.to_json() for one in assessments(collected(bank, FOLDER / name)))
    for personal in ("example.org", "A Person", "Someone", "203.0.113", "11847200001", "48583952", "09:02"):
        assert personal not in kept


@pytest.mark.parametrize("name", ["kobo.csv", "kobo-labels.xlsx", "odk-central.csv"])
def test_our_own_form_asks_what_shows_an_answer_and_brings_it_back(bank: Bank, tmp_path: Path, name: str) -> None:
    one = people(bank)[0].assessment
    shown = Response(level=2, note="A note", evidence=("Minutes of May", "=1+1", "The role description; “draft”"))
    one = one.model_copy(update={"responses": {"language": shown, "pay-parity": Response(evidence=("A list",))}})
    SHAPES[name](bank, sent([one]), tmp_path / name)
    found = collected(bank, tmp_path / name)
    assert [dict(each.responses) for each in assessments(found)] == [one.responses]
    assert f"{len(bank.questions)} columns of what shows it" in " ".join(found.account)


@pytest.mark.parametrize("name", ["kobo.csv", "kobo-labels.xlsx", "odk-central.csv"])
@pytest.mark.parametrize("agreed", [True, None])
def test_our_own_form_asks_a_role_in_its_words_and_if_it_may_be_shown(
    bank: Bank, tmp_path: Path, name: str, agreed: Literal[True] | None
) -> None:
    profile = {**PROFILE, "stage": "established"}
    levels = {question.id: Response(level=question.levels[2].value) for question in bank.asked(profile)}
    one = Assessment(
        bank=BankReference.to(bank),
        team=Team(name="A", profile=profile),
        respondent=Respondent(role="peer-worker", shown_alone=agreed),
        date=dt.date(2026, 11, 22),
        responses=levels,
    )
    SHAPES[name](bank, sent([one]), tmp_path / name)
    assert assessments(collected(bank, tmp_path / name)) == [one]
    told = str(cells(tmp_path / name))
    assert ("I have one skilled person with time" in told) is False
    assert ("Some of us have somebody. Or all of us do" in told) is (name == "kobo-labels.xlsx")


def test_any_table_can_say_if_a_role_may_be_shown(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|role|Shown alone|language\n2026-11-22|Peer Worker|Yes|2\n2026-11-22|Other|no|2")
    found = assessments(collected(bank, path, given=Given(team=TEAM, profile=PROFILE)))
    assert [one.respondent.shown_alone for one in found] == [True, None]
    path = table(tmp_path, "date|role|Shown alone|language\n2026-11-22|Peer Worker|perhaps|2")
    [open_] = collected(bank, path, given=Given(team=TEAM, profile=PROFILE)).open
    told = str(as_problem(open_, bank, Names.of(bank, PROFILE)))
    assert told.endswith('"perhaps", in the column "Shown alone", is neither yes nor no. Write one of: yes, no.')


def test_that_what_always_applies_does_not_apply_is_told_once_a_file(bank: Bank, tmp_path: Path) -> None:
    question = next(question for question in bank.asked(PROFILE) if question.always)
    other = next(question for question in bank.asked(PROFILE) if not question.always)
    path = table(tmp_path, f"date|{question.id}|{other.id}\n2026-11-22|n/a|n/a\n2026-11-22|n/a|2")
    found = collected(bank, path, given=Given(team=TEAM, profile=PROFILE))
    assert found.notices == (
        (
            f"{path}: “Does not apply” is no answer to “{question.name}”. It applies to every service, so it counts as "
            "not known."
        ),
    )


def test_a_column_can_hold_what_shows_an_answer(bank: Bank, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        f"date|language|language evidence|What shows it: {bank.question_by_id['pay-parity'].name}\n"
        "2026-11-22|2|a\\nb|c",
    )
    given = Given(team=TEAM, profile=PROFILE)
    [one] = assessments(collected(bank, path, given=given))
    assert one.responses == {
        "language": Response(level=2, evidence=("a", "b")),
        "pay-parity": Response(evidence=("c",)),
    }
    long = table(tmp_path, f"date|language|language evidence\n2026-11-22|2|{'x' * 20_001}")
    [problem] = collected(bank, long, given=given).problems
    assert str(problem).startswith(f"{long}:2:3: There are more than 20000 characters")


PLAIN_TEXT = st.text(st.characters(codec="cp1252", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60).map(
    safe
)
WORDS = PLAIN_TEXT.filter(
    lambda text: (
        any(character.isalnum() for character in text) and text != "N/A" and not is_error(text) and mended(text) == text
    )
)


def responses_to(question: Question) -> st.SearchStrategy[Response | None]:
    """Return what anybody can answer; a note on "does not apply" is its reason in most programs, so there is none."""
    notes = st.none() | WORDS
    level = st.sampled_from([level.value for level in question.levels])
    aside = st.nothing() if question.always else st.builds(Response, not_applicable=WORDS)
    return st.one_of(
        st.none(),
        st.builds(Response, level=level, note=notes),
        st.builds(Response, unknown=st.just(value=True), note=notes),
        aside,
        st.builds(Response, note=WORDS),
    )


@st.composite
def answered(draw: st.DrawFn, bank: Bank) -> Assessment:
    profile = {entry.id: draw(st.sampled_from(entry.options)).id for entry in bank.profile}
    found = {question.id: draw(responses_to(question)) for question in bank.asked(profile)}
    responses = {name: response for name, response in found.items() if response is not None}
    first = bank.asked(profile)[0]
    return Assessment(
        bank=BankReference.to(bank),
        team=Team(name=draw(WORDS), profile=profile),
        respondent=Respondent(role=draw(st.sampled_from(bank.roles)).id),
        date=draw(st.dates(dt.date(2020, 1, 1), dt.date(2039, 12, 31))),
        responses=responses or {first.id: Response(unknown=True)},
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data(), name=st.sampled_from([*SHAPES]))
def test_any_answers_come_back_from_any_program(
    bank: Bank, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, name: str
) -> None:
    one = data.draw(answered(bank))
    path = tmp_path_factory.mktemp("shape") / name
    SHAPES[name](bank, sent([one]), path)
    # One row cannot say whether 03/04 is in March or April, unless the program says it otherwise.
    order = {"surveymonkey.csv": "month-first", "excel-windows.csv": "day-first"}.get(name)
    lowest = 0 if name == "redcap.csv" else None  # codes of a form's own, in which one row need have no 0
    decisions = Decisions.model_validate({"bank": bank.id, "dates": order, "numbers_from": lowest}, strict=False)
    assert assessments(collected(bank, path, decisions)) == [one]


def test_a_repeated_heading_and_a_quoted_line_break_keep_their_rows(bank: Bank, tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(
        [["team", "date", "pay-parity", "Comment", "language", "Comment"], ["A", "2026-11-22", "2", "x\ny", "3", "z"]]
    )
    (tmp_path / "a.csv").write_text(text.getvalue(), encoding="utf-8")
    [one] = assessments(collected(bank, tmp_path / "a.csv", given=Given(profile=PROFILE)))
    assert one.responses == {"pay-parity": Response(level=2, note="x\ny"), "language": Response(level=3, note="z")}
