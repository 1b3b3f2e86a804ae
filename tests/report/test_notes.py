"""Notes in a report: none, redacted or all; and of several people, nobody's in particular."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.report.model import AnswerView, Report
from readiness.report.notes import Notes
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.program import EXAMPLES, run
from tests.report.services import PROFILE, SERVICES

NOTE = {"level": 1, "note": "Ring Ann on 0113 496 0000,\nor ann@example.org", "evidence": ["Minutes, LS2 9JT"]}

SET_ASIDE = "clinical-response-planned"
"""A question that need not apply to a service."""


def person(bank: Bank, responses: Mapping[str, object]) -> Assessment:
    return assessment(bank, responses, PROFILE)


def answer(made: Report, name: str = "language") -> AnswerView:
    return next(one for domain in made.domains for one in domain.answers if one.id == name)


def everything(made: Report) -> str:
    return made.model_dump_json()


def test_of_one_person_all_notes_are_shown_unless_somebody_says_otherwise(bank: Bank) -> None:
    one = [person(bank, {"language": NOTE})]
    assert answer(build_report(AssessedTeam(bank, one))).note == ("Ring Ann on 0113 496 0000,", "or ann@example.org")
    assert build_report(AssessedTeam(bank, one)).notes_told is None
    none = build_report(AssessedTeam(bank, one), notes=Notes.NONE)
    assert answer(none).note == answer(none).evidence == ()
    assert none.notes_told == "Notes are left out of this report."
    assert not none.notes_left_out


def test_of_several_people_none_are_shown_unless_somebody_says_otherwise(bank: Bank) -> None:
    several = [person(bank, {"language": NOTE}), person(bank, {"language": 2})]
    made = build_report(AssessedTeam(bank, several))
    assert made.notes_left_out
    assert made.notes_told is None
    assert "Ann" not in everything(made)
    shown = build_report(AssessedTeam(bank, several), notes=Notes.ALL)
    assert not shown.notes_left_out
    assert answer(shown).note == ("Ring Ann on 0113 496 0000,", "or ann@example.org")
    assert shown.notes_told == "Several people answered. Their notes stand without saying who wrote them."


@pytest.mark.parametrize("people", [1, 2])
def test_redacted_notes_keep_names_and_say_so(bank: Bank, people: int) -> None:
    made = build_report(AssessedTeam(bank, [person(bank, {"language": NOTE})] * people), notes=Notes.REDACTED)
    said = answer(made)
    assert said.note[:2] == ("Ring Ann on [phone number],", "or [e-mail address]")
    assert said.evidence == ("Minutes, [postcode]",)
    assert made.notes_told is not None
    assert "Names can’t be found in this way" in made.notes_told
    assert not [text for text in ("496", "example.org", "9JT") if text in everything(made)]


def test_why_a_question_does_not_apply_is_a_note_too(bank: Bank) -> None:
    one = [person(bank, {SET_ASIDE: "n/a: ask ann@example.org"})]
    assert answer(build_report(AssessedTeam(bank, one)), SET_ASIDE).answer == "Does not apply: ask ann@example.org"
    assert answer(build_report(AssessedTeam(bank, one), notes=Notes.NONE), SET_ASIDE).answer == "Does not apply."
    assert (
        answer(build_report(AssessedTeam(bank, one), notes=Notes.REDACTED), SET_ASIDE).answer
        == "Does not apply: ask [e-mail address]"
    )
    both = [*one, person(bank, {SET_ASIDE: "n/a: no leaflets"})]
    shown = answer(build_report(AssessedTeam(bank, both), notes=Notes.ALL), SET_ASIDE)
    assert shown.answer == "Does not apply."
    assert shown.note == ("ask ann@example.org", "no leaflets")


def test_nobody_can_tell_from_their_order_whose_notes_belong_together(bank: Bank) -> None:
    first = person(bank, {"language": {"level": 1, "note": "zebra", "evidence": ["B", "A"]}, "pay-parity": 1})
    second = person(bank, {"language": {"level": 3, "note": "Ant\nthen bee", "evidence": ["A"]}})
    for people in ([first, second], [second, first]):
        said = answer(build_report(AssessedTeam(bank, people), notes=Notes.ALL))
        assert said.note == ("Ant", "then bee", "zebra")
        assert said.evidence == ("A", "B")


def test_a_number_broken_by_hidden_signs_or_lines_goes_too(bank: Bank) -> None:
    note = {"level": 1, "note": "NHS 943\u200b476\x075919, and 0113\n496 0000"}
    made = build_report(AssessedTeam(bank, [person(bank, {"language": note})]), notes=Notes.REDACTED)
    assert " ".join(answer(made).note) == "NHS [NHS number], and [phone number]"


def test_hostile_notes_break_nothing(bank: Bank) -> None:
    for notes in Notes:
        assert build_report(AssessedTeam(bank, SERVICES["hostile"](bank) * 3), notes=notes).views is not None


def test_the_command_takes_all_three_and_warns_where_names_may_be_left(tmp_path: Path) -> None:
    riverside = EXAMPLES / "riverside"
    for notes in Notes:
        done = run("report", riverside, "-o", f"{notes}.md", "--notes", notes, cwd=tmp_path, code=0)
        text = (tmp_path / f"{notes}.md").read_text(encoding="utf-8")
        assert ("We are not in the team's group chat" in text) == (notes is not Notes.NONE)
        assert ("Names can’t be found" in done.stderr) == (notes is Notes.REDACTED)
    run("report", riverside, "-o", "plain.md", cwd=tmp_path, code=0)
    assert (tmp_path / "plain.md").read_bytes() == (tmp_path / "none.md").read_bytes()
    assert (
        "'none', 'redacted', 'all'"
        in run("report", riverside, "-o", "x.md", "--notes", "some", cwd=tmp_path, code=2).stderr
    )


def test_of_three_people_no_note_stands_at_a_question_that_too_few_answered(bank: Bank) -> None:
    several = [person(bank, {"language": NOTE, "pay-parity": 1}), *[person(bank, {"pay-parity": NOTE})] * 2]
    made = build_report(AssessedTeam(bank, several), notes=Notes.ALL)
    assert answer(made).note == answer(made).evidence == ()
    assert len(answer(made, "pay-parity").note) == 4
    assert made.notes_told is not None
    assert "Notes on questions that too few answered are left out." in made.notes_told
