"""The result at a glance: what it says with a score, and without one."""

from pathlib import Path

from readiness.bank.model import Bank
from readiness.document.values import score_view
from readiness.report.report_document import report_document
from readiness.report.result_card import bands_of, result_card
from readiness.report.score_document import score_document
from readiness.report.view import build_report
from readiness.scoring.explain import band_starts
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.document.told import texts
from tests.report.services import SOBER
from tests.small import LITTLE, small_bank


def card_of(bank: Bank, answers: dict[str, object]) -> tuple[str, str | None, str, str, list[bool]]:
    score = AssessedTeam(bank, [assessment(bank, answers)]).score
    made = result_card("The result", score_view(score.overall, band_starts(bank)), bands_of(bank, score))
    return made.label, made.number, made.unit, made.range, [mark.reached for mark in made.marks]


def test_a_score_is_told_with_its_band_and_with_its_range_if_something_is_not_known(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]", enough=LITTLE)
    first, *_, last = bank.bands
    assert card_of(bank, {"a": 4, "b": 4})[:4] == (last.label, "100", "out of 100", "")
    label, number, _, could_be, reached = card_of(bank, {"a": 0, "b": "unknown"})
    assert (label, number, could_be) == (first.label, "0", "0 to 50, for what is not known")
    assert reached.index(True) == 0


def test_without_a_score_there_is_no_number_and_no_band(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    assert card_of(bank, {"a": "unknown"}) == (
        "No score yet",
        None,
        "",
        "0 to 100, for what is not known",
        [False] * len(bank.bands),
    )


def test_no_dash_stands_where_a_number_is_missing(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    team = AssessedTeam(bank, [assessment(bank, {"a": "unknown"})])
    for document in (report_document(build_report(team), SOBER), score_document(team)):
        said = [*texts(document)]
        assert "No score yet" in said
        assert [text for text in said if "– of" in text or "– out of" in text] == []
