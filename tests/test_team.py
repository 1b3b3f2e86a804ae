"""One team, worked out: what follows from its answers is made once, and edits of its plan fit any language."""

from gettext import NullTranslations
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.bank.translate import in_words, texts
from readiness.errors import InputError
from readiness.language import speaking
from readiness.plan.edits import Field, with_value
from readiness.plan.model import Mark
from readiness.plan.overlay import Overlay
from readiness.report.languages import catalogue
from readiness.team import AssessedTeam
from tests.conftest import DATE, assessment
from tests.forms import bank_with_roles
from tests.small import small_bank


@pytest.fixture
def small(tmp_path: Path) -> Bank:
    return small_bank(tmp_path, "[{id: a}, {id: b}]")


def edited(team: AssessedTeam, name: str) -> Overlay:
    return with_value(team.overlay, team.computed, name, Field.OWNER, "Ann")


def test_other_edits_of_a_plan_change_nothing_that_follows_from_the_answers(small: Bank) -> None:
    team = AssessedTeam(small, [assessment(small, {"a": 1, "b": 2})] * 3)
    other = team.with_edits(edited(team, "a-2"))
    assert (other.standings, other.computed) == (team.standings, team.computed)
    assert other.standings is team.standings
    assert other.computed is team.computed
    assert [action.assigned for action in other.plan.actions] == ["Ann", None]
    assert [action.assigned for action in team.plan.actions] == [None, None]


def test_the_numbers_to_keep_are_those_that_the_plan_shows(small: Bank) -> None:
    team = AssessedTeam(small, [assessment(small, {"a": 1, "b": 2})])
    assert team.overlay == Overlay.blank(small, "Northside")
    assert team.numbered.numbers == {"a-2": 1, "b-3": 2}
    by_hand = edited(team, "b-3").model_copy(update={"numbers": {"b-3": 1}})
    other = team.with_edits(by_hand)
    assert other.numbered.numbers == {"b-3": 1, "a-2": 2}
    assert {action.id: action.number for action in other.plan.actions} == other.numbered.numbers
    assert other.with_edits(other.numbered).plan == other.plan


@pytest.mark.parametrize("answer", [1, "unknown"])
def test_what_is_only_translated_is_not_called_reworded_whatever_is_spoken(small: Bank, answer: object) -> None:
    team = AssessedTeam(small, [assessment(small, {"a": answer, "b": 4})])
    [action] = team.computed.actions
    edits = edited(team, action.id)
    welsh = in_words(small, {key: f"Gair {at}" for at, key in enumerate(texts(small))})
    with speaking("cy", catalogue("cy")):
        told = AssessedTeam(small, team.assessments, edits).told_in(welsh)
        [shown] = told.plan.actions
    assert shown.title != action.title
    assert (shown.assigned, shown.mark) == ("Ann", None)
    with speaking("cy", NullTranslations()):  # had it been edited in other words, that would be said
        older = edits.model_copy(update={"actions": {action.id: _as_it_was(edits, action.id)}})
        [shown] = AssessedTeam(small, team.assessments, older).told_in(welsh).plan.actions
    assert shown.mark is Mark.REWORDED


def _as_it_was(edits: Overlay, name: str) -> object:
    edit = edits.edit(name)
    assert edit.before is not None
    return edit.model_copy(update={"before": edit.before.model_copy(update={"title": "As an older bank had it"})})


def test_a_role_is_one_in_every_language_however_it_is_written(tmp_path: Path) -> None:
    bank = bank_with_roles(tmp_path, "[{id: a}]")
    welsh = in_words(bank, {key: f"Gair {at}" for at, key in enumerate(texts(bank))})
    written = [assessment(bank, {"a": 1}, role=role) for role in ("peer-worker", "Peer Workers", "Cook")]
    team = AssessedTeam(bank, written)
    assert team.told_in(welsh).score.voices == team.score.voices == {"peer-worker": 2, "cook": 1}


def test_in_its_own_bank_a_team_is_told_as_it_is(small: Bank) -> None:
    team = AssessedTeam(small, [assessment(small, {"a": 1})])
    assert team.told_in(small) is team


def test_respondents_who_contradict_each_other_are_refused_as_soon_as_something_is_asked(small: Bank) -> None:
    early, late = (assessment(small, {}, {"stage": stage}) for stage in ("early", "late"))
    team = AssessedTeam(small, [early, late])
    assert team.date == DATE
    with pytest.raises(InputError, match='differ on "stage": early and late'):
        _ = team.team
