import json
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from readiness.bank.fields import Condition, exact, holds
from readiness.bank.model import Bank, Kind
from tests.bank.modelled import PROFILE, QUESTIONS
from tests.conftest import bank_from
from tests.small import small_bank, spelled_out


@pytest.mark.parametrize(
    ("condition", "profile", "answer"),
    [
        (None, {}, True),
        ({}, {}, True),
        ({"stage": ("early",)}, {"stage": "early"}, True),
        ({"stage": ("early", "late")}, {"stage": "late", "pay": "paid"}, True),
        ({"stage": ("early",)}, {"stage": "late"}, False),
        ({"stage": ("early",)}, {}, False),
        ({"stage": ()}, {"stage": "early"}, False),
        ({"stage": ("early",), "pay": ("paid",)}, {"stage": "early", "pay": "paid"}, True),
        ({"stage": ("early",), "pay": ("paid",)}, {"stage": "early", "pay": "unpaid"}, False),
    ],
)
def test_a_condition_holds_where_every_key_has_one_of_its_values(
    condition: Condition | None, profile: dict[str, str], answer: object
) -> None:
    assert holds(condition, profile) is answer


def test_questions_are_asked_domain_by_domain_and_only_where_their_condition_holds(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS, domains="{d: 1, e: 2}", profile=PROFILE)
    assert [question.id for question in bank.asked({"stage": "late"})] == ["b", "a", "c", "z"]
    assert [question.id for question in bank.asked({"stage": "over"})] == ["b", "c", "z"]
    assert [question.id for question in bank.asked({})] == ["b", "c", "z"]


WORDED = """
    - id: a
      help: Some help
      evidence: [A list]
      wording:
        - {when: {stage: [late]}, text: Late words, evidence: [A late list]}
        - {when: {pay: [unpaid]}, text: Unpaid words, help: Unpaid help, who_knows: Volunteers}
"""


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ({}, ("Question a", "Some help", None, ("A list",))),
        ({"stage": "late"}, ("Late words", "Some help", None, ("A late list",))),
        ({"pay": "unpaid"}, ("Unpaid words", "Unpaid help", "Volunteers", ("A list",))),
        ({"stage": "late", "pay": "unpaid"}, ("Unpaid words", "Unpaid help", "Volunteers", ("A late list",))),
    ],
)
def test_each_wording_that_fits_changes_what_it_names_and_the_last_one_wins(
    tmp_path: Path, profile: dict[str, str], words: tuple[object, ...]
) -> None:
    bank = small_bank(tmp_path, WORDED, profile="{stage: [early, late], pay: [paid, unpaid]}")
    [question] = bank.asked(profile)
    assert (question.text, question.help, question.who_knows, question.evidence) == words
    assert (question.levels, question.actions) == (bank.questions[0].levels, bank.questions[0].actions)


REWORDED = """
    - id: a
      values: [0, 0.5]
      wording:
        - {when: {stage: [late]}, text: Late words}
        - {when: {role: [peer-worker], stage: [late]}, text: Your words, levels: [Mine is low, Mine is high]}
        - {when: {role: [nurse, peer-worker]}, help: Say how it is for you}
"""


@pytest.mark.parametrize(
    ("stage", "role", "words", "levels"),
    [
        ("late", None, ("Late words", None), ["Level 0", "Level 0.5"]),
        ("late", "peer-worker", ("Your words", "Say how it is for you"), ["Mine is low", "Mine is high"]),
        ("late", "nurse", ("Late words", "Say how it is for you"), ["Level 0", "Level 0.5"]),
        ("early", "peer-worker", ("Question a", "Say how it is for you"), ["Level 0", "Level 0.5"]),
        ("early", "gardener", ("Question a", None), ["Level 0", "Level 0.5"]),
    ],
)
def test_a_role_has_its_own_words_for_a_question_and_its_levels_which_are_worth_the_same(
    tmp_path: Path, stage: str, role: str | None, words: tuple[object, ...], levels: list[str]
) -> None:
    bank = small_bank(tmp_path, REWORDED, profile="{stage: [early, late]}", roles="[nurse, peer-worker]")
    [question] = bank.asked({"stage": stage}, role)
    assert (question.text, question.help) == words
    assert [level.text for level in question.levels] == levels
    assert [level.value for level in question.levels] == [0, 0.5]


def test_what_to_reach_is_the_goal_or_else_what_the_level_says(tmp_path: Path) -> None:
    goals, none = small_bank(tmp_path, "[{id: a, values: [0, 1, 2], goal: [First, Second]}, {id: b}]").questions
    assert [goals.goal_of(at) for at in (1, 2)] == ["First", "Second"]
    assert none.goal_of(1) == "Level 1"


@pytest.mark.parametrize(
    ("profile", "owner"),
    [({"setting": "nhs"}, "HR lead"), ({"setting": "voluntary"}, "Whoever hires"), ({}, "Whoever hires")],
)
def test_an_action_has_the_owner_that_fits_the_setting(tmp_path: Path, profile: dict[str, str], owner: str) -> None:
    changed = spelled_out("[{id: a, values: [0, 1]}]", profile="{setting: [nhs, voluntary]}", roles="[peer-worker]")
    changed["questions"][0]["actions"][0] |= {
        "owner": {"nhs": "HR lead", "other": "Whoever hires"},
        "with": ["peer-worker"],
    }
    [question] = bank_from(tmp_path, yaml.safe_dump(changed)).asked(profile)
    [action] = question.actions
    assert (action.owner, action.with_) == (owner, ("peer-worker",))


def test_an_action_says_six_words(tmp_path: Path) -> None:
    [question] = small_bank(tmp_path, "[{id: a, values: [0, 1]}]").questions
    [action] = question.actions
    assert action.words == {
        "title": "Do it",
        "detail": "In some way",
        "owner": "A manager",
        "sign": "It is done",
        "horizon": "now",
        "effort": 1,
    }


def test_a_band_needs_the_voices_that_fit_the_profile(tmp_path: Path) -> None:
    bands = """
        - {id: low, from: 0}
        - {id: top, from: 50, voices: [{role: nurse}, {role: peer-worker, when: {stage: [late]}}]}
    """
    bank = small_bank(
        tmp_path, "[{id: a}]", bands=bands, profile="{stage: [early, late]}", roles="[nurse, peer-worker, other]"
    )
    low, top = bank.bands
    assert low.voices_needed({"stage": "late"}) == ()
    assert top.voices_needed({"stage": "late"}) == ("nurse", "peer-worker")
    assert top.voices_needed({"stage": "early"}) == top.voices_needed({}) == ("nurse",)
    assert bank.roles_needed == {"nurse", "peer-worker"}


def test_a_bank_that_says_nothing_of_it_asks_for_half_of_each_domain_and_0_65_of_all(tmp_path: Path) -> None:
    enough = small_bank(tmp_path, "[{id: a}]").enough
    assert (enough.domain, enough.overall) == (0.5, 0.65)


def test_a_level_without_a_value_is_worth_its_position(tmp_path: Path) -> None:
    changed = spelled_out("[{id: a, values: [0, 1, 2]}]")
    changed["questions"][0]["levels"] = [{"text": "x"}, {"text": "y"}, {"text": "z", "value": 2}]
    bank = bank_from(tmp_path, yaml.safe_dump(changed))
    assert [level.value for level in bank.questions[0].levels] == [0, 1, 2]


def test_shares_and_values_of_uneven_levels_are_exact(tmp_path: Path) -> None:
    [question] = small_bank(tmp_path, "[{id: a, values: [-0.1, 0.3, 0.5]}]").questions
    assert question.share(exact(0.3)) == Fraction(2, 3)
    assert question.value(Fraction(2, 3)) == Fraction(3, 10)
    assert [question.level_at(Fraction(at, 6)) for at in range(7)] == [0, 0, 0, 0, 1, 1, 2]
    found = question.level(0.3)
    assert found is not None
    assert found.text == "Level 0.3"
    assert question.level(0.15) is None
    assert [action.id for action in question.actions_to(found)] == ["a-1"]


@settings(deadline=None, max_examples=30)
@given(st.fractions(0, 1))
def test_a_share_is_that_of_its_value(share: Fraction) -> None:
    bank = Bank.model_validate_json(json_of("[{id: a, values: [1, 2.5, 7]}]"))
    assert bank.questions[0].share(bank.questions[0].value(share)) == share


def json_of(questions: str) -> str:
    return json.dumps(spelled_out(questions))


@pytest.mark.parametrize(
    ("bands", "gated"),
    [
        ("[{id: a, from: 0}, {id: b, from: 50}]", [False, True]),
        ("[{id: a, from: 0}, {id: b, from: 50, gated: true}, {id: c, from: 60}]", [False, True, False]),
        ("[{id: a, from: 0}, {id: b, from: 50, gated: false}]", [False, True]),
    ],
)
def test_the_top_band_is_gated_where_no_band_says_that_it_is(tmp_path: Path, bands: str, gated: list[bool]) -> None:
    assert [band.gated for band in small_bank(tmp_path, "[{id: a}]", bands=bands).bands] == gated


def test_the_first_finding_makes_a_question_a_facilitator_or_a_barrier(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, findings: [b, a]}, {id: b, kind: barrier, findings: [a, b]}]")
    assert [bank.kind(question) for question in bank.questions] == [Kind.BARRIER, Kind.FACILITATOR]


def test_a_question_and_a_finding_are_found_by_their_ids(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS, domains="{d: 1, e: 2}", profile=PROFILE)
    assert bank.question_by_id["b"] is bank.questions[1]
    assert bank.finding_by_id["b"] is bank.findings[1]


def test_a_question_is_named_by_its_label_or_else_by_its_text(tmp_path: Path) -> None:
    first, second = small_bank(tmp_path, "[{id: a, label: In short}, {id: b}]").questions
    assert (first.name, second.name) == ("In short", "Question b")


def test_an_option_is_shown_by_its_label_and_an_unknown_one_as_it_is(bank: Bank) -> None:
    setting = bank.profile[0]
    assert setting.label("nhs") == "NHS trust"
    assert setting.label("gone") == "gone"
    assert setting.label(None) is None


def test_a_bank_can_not_be_changed(bank: Bank) -> None:
    with pytest.raises(ValidationError):
        setattr(bank.questions[0], "text", "Other")  # noqa: B010 — mypy would refuse it, and so does the model
