"""A plan's edits in another language: no edit is lost, and nothing seems reworded that was only translated."""

from readiness.bank.model import Bank
from readiness.bank.translate import in_words, texts
from readiness.plan.apply import live_plan, retold
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, with_value
from readiness.plan.model import Mark, Plan
from readiness.plan.overlay import Edit, Overlay, Wording
from readiness.scoring.score import Standings, standings
from tests.report.services import example


def told(bank: Bank) -> tuple[Standings, Plan]:
    stands = standings(bank, example("northside-cmht", bank))
    return stands, build_plan(PlanBasis.of(stands))


def test_a_translated_action_keeps_its_edit_and_is_not_called_reworded(bank: Bank) -> None:
    stands, computed = told(bank)
    first, second, third, *_ = (action.id for action in computed.actions)
    overlay = Overlay.blank(bank, stands.team.name)
    overlay = with_value(overlay, computed, first, Field.OWNER, "Priya Nair")
    overlay = with_value(overlay, computed, second, Field.TITLE, "In our own words")
    overlay = overlay.with_edit(third, Edit(owner="Sam", before=Wording(title="What an older bank said")))
    overlay = overlay.with_edit("gone", Edit(owner="Ann", before=Wording(title="A step of an older bank")))
    overlay = overlay.with_edit("own-room", Edit(title="Book a room"))

    welsh = in_words(bank, {key: f"Gair {at}" for at, key in enumerate(texts(bank)) if ".actions." in key})
    translated, after = told(welsh)
    plan = live_plan(after, retold(overlay, computed, after), PlanBasis.of(translated))
    by_id = {action.id: action for action in (*plan.actions, *plan.past)}

    assert by_id[first].title.startswith("Gair ")
    assert (by_id[first].assigned, by_id[first].mark) == ("Priya Nair", None)
    assert (by_id[second].title, by_id[second].mark) == ("In our own words", None)
    assert by_id[third].mark is Mark.REWORDED
    assert (by_id["gone"].title, by_id["gone"].assigned) == ("A step of an older bank", "Ann")
    assert by_id["own-room"].title == "Book a room"


def test_in_the_same_language_nothing_changes(bank: Bank) -> None:
    _, computed = told(bank)
    overlay = with_value(Overlay.blank(bank, "x"), computed, computed.actions[0].id, Field.OWNER, "Ann")
    assert retold(overlay, computed, computed) == overlay


def test_an_edit_is_left_alone_where_it_remembers_nothing_or_its_action_is_in_one_plan_only(bank: Bank) -> None:
    _, computed = told(bank)
    first, second, *_ = computed.actions
    overlay = with_value(Overlay.blank(bank, "x"), computed, first.id, Field.OWNER, "Ann")
    overlay = overlay.with_edit(second.id, Edit(owner="Sam"))
    fewer = computed.model_copy(update={"actions": computed.actions[1:]})
    assert retold(overlay, computed, fewer) == overlay
    assert retold(overlay, fewer, computed) == overlay
