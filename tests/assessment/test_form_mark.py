"""The mark that a form carries, and the profile it is made for."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from readiness.assessment.form_mark import FormMark, answer_place, checked_profile, level_code, note_place, why_place
from readiness.bank.model import Bank
from readiness.errors import InputError
from tests.small import small_bank

PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}


def test_the_same_form_has_the_same_number_and_another_has_another(bank: Bank) -> None:
    mark = FormMark.of(bank, PROFILE, "Northside")
    assert mark == FormMark.of(bank, PROFILE, "Northside")
    others = [
        FormMark.of(bank, PROFILE, "Southside"),
        FormMark.of(bank, PROFILE, "Northside", "A trust"),
        FormMark.of(bank, PROFILE),
        FormMark.of(bank, {**PROFILE, "setting": "voluntary"}, "Northside"),
    ]
    others += [FormMark.of(bank, PROFILE, "Northside", role=role.id) for role in bank.roles]
    assert len({mark.id, *(other.id for other in others)}) == 5 + len(bank.roles)


def test_other_words_make_another_form_but_the_same_fingerprint(bank: Bank) -> None:
    question = bank.questions[0].model_copy(update={"text": "In other words?"})
    reworded = Bank.model_validate(
        bank.model_dump(by_alias=True) | {"questions": (question.model_dump(), *bank.model_dump()["questions"][1:])}
    )
    profile = {key: values[0] for key, values in (question.when or {}).items()} | PROFILE
    one, other = FormMark.of(bank, profile), FormMark.of(reworded, profile)
    assert one.bank == other.bank
    assert (one.id != other.id) == (question.id in {each.id for each in bank.asked(profile)})


def test_a_mark_comes_back_as_it_went(bank: Bank) -> None:
    mark = FormMark.of(bank, PROFILE, 'Team "ü" \u202e</script>')
    text = mark.to_json()
    assert text.isascii()
    assert "\n" not in text
    assert FormMark.model_validate(json.loads(text)) == mark


def test_a_mark_knows_no_other_field(bank: Bank) -> None:
    data = json.loads(FormMark.of(bank, PROFILE).to_json())
    with pytest.raises(ValidationError):
        FormMark.model_validate({**data, "extra": 1})


def test_a_level_has_its_value_for_a_code() -> None:
    assert [level_code(value) for value in (0, 3, 0.25, -1)] == ["0", "3", "0.25", "-1"]


def test_a_question_has_three_places_in_a_form_each_of_its_own_name() -> None:
    assert [place("pay") for place in (answer_place, why_place, note_place)] == ["answer:pay", "why:pay", "note:pay"]


def test_a_profile_that_is_whole_comes_back_in_the_banks_order(bank: Bank) -> None:
    assert list(checked_profile(bank, dict(reversed(PROFILE.items()))).items()) == list(PROFILE.items())


def test_all_that_is_wrong_with_a_profile_is_said_at_once(bank: Bank) -> None:
    with pytest.raises(InputError) as error:
        checked_profile(bank, {"setting": "army", "colour": "red", "stage": "planning", "employment": "paid"})
    said = [str(problem) for problem in error.value.problems]
    assert said[0] == 'The profile has no "colour". It has: setting, stage, employment, culturally-specific.'
    assert said[1].startswith('"army" is not an option for "setting". Say one of: setting=nhs (NHS trust), ')
    assert said[2].startswith('The profile does not say "culturally-specific" (Is the service run for ')
    assert "Say one of: culturally-specific=yes (" in said[2]
    assert len(said) == 3


def test_a_bank_without_a_profile_asks_for_none(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    assert checked_profile(bank, {}) == {}
    with pytest.raises(InputError, match=r'has no "setting"\. It has none\.'):
        checked_profile(bank, {"setting": "nhs"})
