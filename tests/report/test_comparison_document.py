"""A comparison as a document: whole numbers that lie in the band of the result, and how sure a change is."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from readiness.assessment.model import Respondent
from readiness.bank.model import Bank
from readiness.document.blocks import Document, Heading, Paragraph, Points, Tone
from readiness.document.charts import ThenAndNowChart, TrendChart
from readiness.document.spans import text_of
from readiness.document.tables import Table
from readiness.plan.overlay import Edit, Overlay, Status
from readiness.plan.progress import TeamComparison
from readiness.report.comparison_document import comparison_document
from readiness.scoring.compare import compare
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.small import LITTLE, small_bank

MANY = 200


@pytest.fixture(scope="module")
def fine(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """A bank with so many questions that a score can lie just below a band."""
    questions = f"[{', '.join(f'{{id: q{at}}}' for at in range(MANY))}]"
    return small_bank(tmp_path_factory.mktemp("bank"), questions, enough=LITTLE, roles="[peer-worker, team-member]")


def told(bank: Bank, *dates: Sequence[Mapping[str, object]], roles: Sequence[Sequence[str]] = ()) -> Document:
    """Return the comparison of the dates, at each of which the people gave these answers, in these roles."""
    teams = [
        AssessedTeam(bank, [assessment(bank, one, role=role) for one, role in zip(people, whose, strict=True)])
        for people, whose in zip(dates, roles or [["team-member"] * len(people) for people in dates], strict=True)
    ]
    return compared(bank, teams)


def compared(bank: Bank, teams: Sequence[AssessedTeam], edits: Overlay | None = None) -> Document:
    """Return the comparison of the teams, with what was done of the plan with these edits."""
    blank = Overlay.blank(bank, "Northside")
    now = teams[-1].with_edits(edits or blank)
    found = TeamComparison.of(compare(bank, teams), bank, blank, now.plan)
    return comparison_document(bank, found)


def level(points: int) -> dict[str, object]:
    """Return answers that come to so many of 4 points a question."""
    return {f"q{at}": min(max(points - 4 * at, 0), 4) for at in range(MANY)}


def cells(document: Document, row: int = 0, table: int = 0) -> list[str]:
    """Return what a row of a table says beside its charts."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [cell for cell in tables[table].rows[row] if isinstance(cell, str)]


HALF = 2 * MANY
"""Points that make a score of 50."""


def test_a_number_never_lies_in_a_band_that_is_not_reached(fine: Bank) -> None:
    document = told(fine, [level(HALF - 1)], [level(HALF)])
    assert cells(document) == ["Overall", "49", "50", "+1"]
    assert cells(document, 1) == ["Domain d", "49", "50", "+1"]
    assert "Over all questions, the score was 49, and is 50 out of 100." in document.blocks


@pytest.mark.parametrize(
    ("then", "now", "change"), [(300, 324, "+3"), (324, 300, "−3"), (300, 300, "0"), (300, 301, "0"), (300, 380, "+10")]
)
def test_a_change_is_told_in_whole_numbers(fine: Bank, then: int, now: int, change: str) -> None:
    assert cells(told(fine, [level(then)], [level(now)]))[-1] == change


def test_each_part_has_its_picture(fine: Bank) -> None:
    document = told(fine, [level(400)], [level(500)], [level(600)])
    parts, trends = (block for block in document.blocks if isinstance(block, Table))
    assert {type(row[1]) for row in parts.rows} == {ThenAndNowChart}
    assert {type(row[1]) for row in trends.rows} == {TrendChart}
    assert [column.heading for column in trends.columns][2:] == ["Nov 2026"] * 3
    assert cells(document, table=1) == ["Overall", "50", "63", "75"]
    assert all(each.columns[0].row_header for each in (parts, trends))


def test_over_time_like_is_compared_with_like_too(fine: Bank) -> None:
    document = told(fine, [level(400)], [{"q0": 4, "q1": "unknown"}], [level(600)])
    assert cells(document, row=1, table=1) == ["Overall, like for like", "100", "100", "100"]
    assert "Like for like: over the 1 question asked and known at every date." in document.blocks
    apart = told(fine, [{"q0": 1}], [{"q1": 1}], [{"q2": 1}])
    assert cells(apart, row=1, table=1)[0] == "Domain d"


def test_what_was_done_is_told_with_what_became_of_its_question(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, label: Pay}, {id: b, label: Training}, {id: c}, {id: d}]")
    then, now = ({"a": 1, "b": 2, "c": 0, "d": 1}, {"a": 2, "b": 2, "c": 0, "d": 1})
    done = Edit(status=Status.DONE)
    actions = {"a-2": done, "b-3": done, "c-1": Edit(owner="Priya"), "own-talk": Edit(title="Talk", status=Status.DONE)}
    edits = Overlay.blank(bank, "Northside").model_copy(update={"actions": actions})
    teams = [AssessedTeam(bank, [assessment(bank, each)]) for each in (then, now)]
    blocks = compared(bank, teams, edits).blocks
    at = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and "Done" in block.text)
    points = blocks[at + 1]
    assert isinstance(points, Points)
    assert [text_of(line) for line in points.items] == [
        "Do it. Training: step 3 of 5 (as before).",
        "Talk.",
        "Do it. Pay: step 2 of 5, now step 3 of 5.",
    ]
    assert not [block for block in compared(bank, teams).blocks if isinstance(block, Heading) and "Done" in block.text]


def test_of_more_than_two_dates_it_says_which_are_compared(fine: Bank) -> None:
    three, two = (told(fine, *([level(400)] for _ in range(count))) for count in (3, 2))
    day = text_of(two.lines[-1])
    assert text_of(three.lines[-1]) == f"{day} compared with {day}: the first and the last of 3 dates"
    assert "compared" not in day


def marks(document: Document) -> list[str]:
    """Return what says what a mark beside a change means."""
    notes = [text_of(block.line) for block in document.blocks if isinstance(block, Paragraph)]
    return [note for note in notes if note.startswith("“?”")]


@pytest.mark.parametrize(
    ("open_", "reason"), [("unknown", "what is not known"), ("n/a: no", "what was set aside as not applying")]
)
def test_a_mark_is_only_beside_a_part_of_which_something_could_explain_the_change(
    tmp_path: Path, open_: str, reason: str
) -> None:
    questions = "[{id: a}, {id: b}, {id: c, domain: e}, {id: g, kind: barrier, domain: e}]"
    bank = small_bank(tmp_path, questions, domains="{d: 1, e: 1}", enough=LITTLE)
    then, now = {"a": 1, "b": open_, "c": 1, "g": 1}, {"a": 2, "b": 2, "c": 2, "g": 2}
    document = told(bank, [then], [now])
    rows = [cells(document, row) for row in range(5)]
    assert [(row[0].split(" ")[-1], row[-1].endswith("?")) for row in rows] == [
        ("Overall", True),
        ("d", True),
        ("e", False),
        ("(facilitators)", True),
        ("(barriers)", False),
    ]
    assert marks(document) == [f"“?”: {reason} in that part could explain the change."]
    assert not [block for block in document.blocks if isinstance(block, str) and "explain" in block]


def test_what_concerns_every_part_is_said_once(fine: Bank) -> None:
    document = told(fine, [level(400)], [level(424)], roles=[["team-member"], ["peer-worker"]])
    assert cells(document)[-1] == "+3"
    assert "What else could explain any change here: who answered." in document.blocks
    assert not marks(document)
    same = told(fine, [level(400)], [level(400)], roles=[["team-member"], ["peer-worker"]])
    assert cells(same)[-1] == "0"
    assert not [block for block in same.blocks if isinstance(block, str) and "explain" in block]


def test_silent_roles_come_first_in_one_sentence(fine: Bank) -> None:
    roles = [["peer-worker", "team-member", "porter"], ["other"]]
    first = told(fine, [level(1)] * 3, [level(1)], roles=roles).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.tone is Tone.ALERT
    who = "peer-workers, team-members and people with the role “porter”"
    assert text_of(first.line).startswith(f"Then, {who} answered. Now none of them did")


@pytest.fixture(scope="module")
def pay(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("pay"), "[{id: a}, {id: b, label: Pay}, {id: c}]")


def of_pay(bank: Bank, first: object, others: object = 1, people: int = 4) -> AssessedTeam:
    """Return a team, of four if nothing is said, of whom the first and the others said this of pay."""
    said = [assessment(bank, {"a": 1, "b": others if at else first, "c": 2}) for at in range(people)]
    whose = [Respondent(id=f"{at:016x}") for at in range(people)]
    return AssessedTeam(
        bank, [one.model_copy(update={"respondent": who}) for one, who in zip(said, whose, strict=True)]
    )


def test_a_question_that_one_more_person_knows_is_named_as_not_compared(pay: Bank) -> None:
    document = compared(pay, [of_pay(pay, "unknown"), of_pay(pay, 4)])
    assert document.blocks[-1] == (
        "Not compared: “Pay”. "
        "Too few people knew it at one date alone, so a change could say what one of them answered. "
        "Parts are not compared either, as they would tell it."
    )
    parts = next(block for block in document.blocks if isinstance(block, Table))
    assert [row[0] for row in parts.rows] == ["Overall"]


def test_where_bands_could_tell_what_a_newcomer_said_a_sentence_stands_instead(pay: Bank) -> None:
    document = compared(pay, [of_pay(pay, 1, people=3), of_pay(pay, 1)])
    results, why = document.blocks[:2]
    assert isinstance(results, Points)
    assert [text_of(line).split(". ")[0].split(": ")[1] for line in results.items] == ["33 out of 100"] * 2
    assert why == "Bands are not told: a change could say what one person answered to a question that decides them."
    assert not [block for block in document.blocks if "Band low" in str(block)]


def test_over_time_it_says_if_like_for_like_would_tell_what_one_person_said(pay: Bank) -> None:
    between = of_pay(pay, "unknown", "unknown")
    why = "Like for like is not shown over time: with it, a change could say what one person answered."
    for first, is_told in (("unknown", False), (4, True)):
        document = compared(pay, [of_pay(pay, first), between, of_pay(pay, 4)])
        tables = [block for block in document.blocks if isinstance(block, Table)]
        assert (why in document.blocks) is not is_told
        assert ("Overall, like for like" in [row[0] for row in tables[1].rows]) is is_told
