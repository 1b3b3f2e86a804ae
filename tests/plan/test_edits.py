import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.plan.edits import (
    EFFORT_WORDS,
    Field,
    about,
    in_words,
    moved,
    parse_value,
    values_of,
    with_own,
    with_value,
)
from readiness.plan.overlay import Overlay, Status
from readiness.plan.stretch import Stretch
from tests.plan.service import NEW, Service


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (Field.OWNER, "  Sam Okafor ", "Sam Okafor"),
        (Field.DUE, "31/1/2027", "2027-01-31"),
        (Field.DUE, "2027-01-31", "2027-01-31"),
        (Field.STATUS, "To do", "todo"),
        (Field.STATUS, "DONE", "done"),
        (Field.HORIZON, "Later", "later"),
        (Field.EFFORT, "3", "3"),
        (Field.EFFORT, "Some weeks of someone's time", "2"),
        (Field.DOMAIN, "domain D", "d"),
        (Field.DUE, "1/1/2000", "2000-01-01"),
        (Field.DUE, "31/12/2100", "2100-12-31"),
        (Field.COMMENTS, " one \n\n two ", "one\ntwo"),
        (Field.COMMENTS, f"{'x' * 20_000}\n{'y' * 20_000}", f"{'x' * 20_000}\n{'y' * 20_000}"),
        (Field.OWNER, "Sam\nOkafor", "Sam Okafor"),
        (Field.TITLE, "x" * 300, "x" * 300),
        (Field.DROPPED, "No money until 2028", "No money until 2028"),
        *[(field, "  ", "") for field in Field],
    ],
)
def test_a_value_is_kept_as_it_is_meant(field: Field, typed: str, kept: str) -> None:
    assert parse_value(field, typed, _SHARED.choices) == kept


@pytest.mark.parametrize(
    ("field", "typed", "todo"),
    [
        (Field.DUE, "soon", "Write a date, such as 31/01/2027."),
        (Field.DUE, "31/02/2027", "Write a date, such as 31/01/2027."),
        *[
            (Field.DUE, day, "Write a date from 2000 to 2100.")
            for day in ("31/12/1999", "1/1/2101", "1/1/0001", "31/12/9999")
        ],
        (Field.EFFORT, "4", f"Use one of: {'; '.join(EFFORT_WORDS.values())}."),
        (Field.DOMAIN, "f", "Use one of: Domain d, Domain e."),
        (Field.STATUS, "nearly", "Use one of: To do, Doing, Stuck, Done."),
        (Field.HORIZON, "today", "Use one of: Now, When you have room, Next, Later."),
        (Field.TITLE, "x" * 301, "Keep it to 300 characters."),
        (Field.OWNER, "x" * 301, "Keep it to 300 characters."),
        (Field.OWNER, f"{'x' * 200} {'y' * 200}", "Keep it to 300 characters."),
        (Field.DETAIL, "x" * 20_001, "Keep it to 20000 characters."),
        *[
            (Field.DROPPED, word, "Say why in words, or leave it empty to keep the action.")
            for word in ("False", "FALSCH", "no", "n", "0", "0.0", "yes", "TRUE", "8")
        ],
    ],
)
def test_what_is_not_understood_is_refused_with_what_to_do(field: Field, typed: str, todo: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(todo)}$"):
        parse_value(field, typed, _SHARED.choices)


@given(st.sampled_from([*Field]), st.text())
def test_whatever_is_taken_can_be_kept_in_a_file_and_read_again(field: Field, typed: str) -> None:
    try:
        value = parse_value(field, typed, _SHARED.choices)
    except ValueError:
        return
    overlay = with_value(_SHARED.blank, _SHARED.plan, "a-2", field, value)
    assert Overlay.model_validate_json(overlay.to_json()) == overlay
    assert parse_value(field, value, _SHARED.choices) == value


def test_each_field_can_be_set_and_then_reads_back(service: Service) -> None:
    overlay = service.blank
    for field, text in NEW.items():
        overlay = with_value(overlay, service.plan, "a-2", field, text)
    (dropped,) = service.live(overlay).dropped
    assert values_of(dropped) == NEW
    assert (dropped.due, dropped.status, dropped.horizon) == (dt.date(2027, 1, 31), Status.DOING, Stretch.LATER)


@given(st.permutations(list(NEW)))
def test_taking_every_value_back_leaves_no_edit_in_whatever_order(order: list[Field]) -> None:
    service = _SHARED
    overlay = service.blank
    for field in order:
        overlay = with_value(overlay, service.plan, "a-2", field, NEW[field])
    for field in reversed(order):
        overlay = with_value(overlay, service.plan, "a-2", field, "")
    assert overlay.actions == {}


def test_a_value_that_the_plan_has_itself_is_no_edit(service: Service) -> None:
    own = values_of(service.action(service.blank))
    overlay = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam")
    for field in Field:
        if field is not Field.HORIZON:
            overlay = with_value(overlay, service.plan, "a-2", field, own[field])
    assert overlay.actions == {}
    assert with_value(service.blank, service.plan, "a-2", Field.TITLE, own[Field.TITLE]) == service.blank


@pytest.mark.parametrize(("suggested", "kept"), [("now", Stretch.NOW), ("next", None)])
def test_now_is_a_choice_even_where_it_is_suggested_as_what_is_suggested_may_have_to_wait(
    service: Service, suggested: str, kept: Stretch | None
) -> None:
    first, *rest = service.plan.actions
    plan = service.plan.model_copy(update={"actions": (first.model_copy(update={"horizon": suggested}), *rest)})
    assert with_value(service.blank, plan, first.id, Field.HORIZON, suggested).edit(first.id).horizon == kept


def test_what_an_action_is_for_names_all_of_its_questions() -> None:
    assert about([8], "Words") == "Question 8: Words"
    assert about([8, 12, 3], "Words; Pay; Rules") == "Questions 8, 12 and 3: Words; Pay; Rules"
    assert (about([], "Your own action"), about([8], "")) == ("Your own action", "")


def test_an_edit_keeps_what_the_action_said_then(service: Service) -> None:
    edit = with_value(service.blank, service.plan, "a-2", Field.OWNER, "Sam").edit("a-2")
    assert edit.before is not None
    assert edit.before.title == service.action(service.blank).title


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (Field.DUE, "2027-01-02", "2 January 2027"),
        (Field.STATUS, "todo", "To do"),
        (Field.EFFORT, "1", "a meeting or a page"),
        (Field.DOMAIN, "e", "Domain e"),
        (Field.DOMAIN, "gone-since", "gone-since"),
        (Field.COMMENTS, "one\ntwo", "one; two"),
        (Field.OWNER, "Sam", "Sam"),
        *[(field, "", "") for field in Field],
    ],
)
def test_a_value_is_said_as_people_say_it(service: Service, field: Field, value: str, words: str) -> None:
    assert in_words(field, value, service.choices) == words


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Sam", "Ann", "Who: Sam → Ann"),
        ("Sam Jr.", "", "Who: Sam Jr. → empty"),
        ("", "Ann", "Who: Ann"),
        ("Ann", "Ann", "Who: still Ann"),
        ("", "", "Who: still empty"),
    ],
)
def test_what_became_of_a_value_is_told_in_sentences_with_one_stop(before: str, after: str, told: str) -> None:
    assert moved(Field.OWNER, before, after, {}) == told


def test_what_became_of_a_day_or_a_choice_is_told_in_the_words_of_its_field(service: Service) -> None:
    told = moved(Field.DUE, "2027-01-31", "2027-02-01", service.choices)
    assert told == "By when: 31 January 2027 → 1 February 2027"
    assert moved(Field.STATUS, "todo", "done", service.choices) == "Status: To do → Done"


def test_a_day_that_is_taken_back_is_remembered_until_there_is_another(service: Service) -> None:
    overlay = with_value(service.blank, service.plan, "a-2", Field.DUE, "2027-01-31")
    assert overlay.undated == {}
    overlay = with_value(overlay, service.plan, "a-2", Field.DUE, "")
    assert overlay.undated == {"a-2": dt.date(2027, 1, 31)}
    assert with_value(overlay, service.plan, "a-2", Field.OWNER, "Sam").undated == overlay.undated
    assert Overlay.model_validate_json(overlay.to_json()) == overlay
    assert with_value(overlay, service.plan, "a-2", Field.DUE, "2027-02-01").undated == {}


def test_what_nobody_has_said_of_an_action_is_empty(service: Service) -> None:
    values = values_of(service.action(service.blank))
    assert [field for field, text in values.items() if not text] == [
        Field.OWNER,
        Field.DUE,
        Field.COMMENTS,
        Field.DROPPED,
    ]


def test_an_own_action_has_an_id_of_its_own_and_what_was_said(service: Service) -> None:
    overlay, name = with_own(service.blank, service.plan, {**NEW, Field.DROPPED: ""})
    assert name == "own-in-our-words"
    assert values_of(service.action(overlay, name)) == {**NEW, Field.DROPPED: ""}
    _, other = with_own(overlay, service.plan, {Field.TITLE: "In our words!"})
    assert other == "own-in-our-words-2"


@pytest.fixture(scope="module", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _SHARED  # noqa: PLW0603 — hypothesis can't take a fixture of a single test
    _SHARED = Service(tmp_path_factory.mktemp("shared"))


_SHARED: Service
