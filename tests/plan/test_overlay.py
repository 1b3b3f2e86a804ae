import datetime as dt
import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.bank.document import parse_json
from readiness.bank.load import load_bank
from readiness.bank.validation import validated
from readiness.dates import EARLIEST, LATEST
from readiness.errors import InputError
from readiness.plan.overlay import Edit, Overlay, OwnIds, Status, Wording
from readiness.resources import DEFAULT_BANK, QUESTIONS

BANK = load_bank(QUESTIONS / DEFAULT_BANK)
BLANK = Overlay.blank(BANK, "Northside")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)
EDITS = st.builds(
    Edit,
    owner=st.none() | TEXT,
    due=st.none() | st.dates(EARLIEST, LATEST),
    status=st.none() | st.sampled_from(Status),
    title=st.none() | TEXT,
    comments=st.lists(TEXT, max_size=2).map(tuple),
    dropped=st.none() | TEXT,
    before=st.none() | st.builds(Wording, title=TEXT),
)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]+(-[a-z]+){0,2}", fullmatch=True).filter(lambda name: len(name) <= 73), EDITS, max_size=4
    )
)
def test_what_is_kept_in_a_file_reads_back_as_the_same(actions: dict[str, Edit]) -> None:
    overlay = BLANK.model_copy(update={"actions": actions})
    assert Overlay.model_validate_json(overlay.to_json()) == overlay


def test_a_file_holds_only_what_was_changed() -> None:
    overlay = BLANK.with_edit("a", Edit(owner="Sam Okafor", due=dt.date(2027, 1, 31)))
    assert json.loads(overlay.to_json())["actions"] == {"a": {"owner": "Sam Okafor", "due": "2027-01-31"}}
    remarked = BLANK.with_edit("a", Edit(comments=("Began in May", "Stuck")))
    assert json.loads(remarked.to_json())["actions"] == {"a": {"comments": ["Began in May", "Stuck"]}}


def test_a_file_can_be_read_by_a_person() -> None:
    overlay = Overlay.model_validate({"bank": {"id": "small"}, "team": "Tŷ Ni", "actions": {"a": {"owner": "Siân"}}})
    assert overlay.to_json().splitlines() == [
        "{",
        '  "schema": 1,',
        '  "bank": {',
        '    "id": "small"',
        "  },",
        '  "team": "Tŷ Ni",',
        '  "actions": {',
        '    "a": {',
        '      "owner": "Siân"',
        "    }",
        "  },",
        '  "revision": 0',
        "}",
    ]


def test_an_edit_that_changes_nothing_is_taken_out() -> None:
    overlay = BLANK.with_edit("a", Edit(owner="Sam")).with_edit("b", Edit(status=Status.DOING))
    assert overlay.edit("a").owner == "Sam"
    left = overlay.with_edit("a", Edit(before=Wording(title="As it was")))
    assert list(left.actions) == ["b"]
    assert left.edit("a") == Edit()


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("own-x", Edit(owner="Sam")),
        ("a", Edit(owner="Sam").model_copy(update={"owner": "x" * 301})),
        ("a", Edit(owner="Sam").model_copy(update={"due": dt.date(1850, 1, 1)})),
        ("A B", Edit(owner="Sam")),
        ("x" * 74, Edit(owner="Sam")),
    ],
)
def test_what_could_not_be_read_again_is_not_taken(name: str, edit: Edit) -> None:
    with pytest.raises(ValueError, match=r"does not say what to do|at most 300|no day to plan for|pattern|at most 73"):
        BLANK.with_edit(name, edit)


def test_a_plan_that_is_full_takes_no_more_edits_and_says_so() -> None:
    full = BLANK.model_copy(update={"actions": {f"own-{at}": Edit(title="Ask") for at in range(2_000)}})
    with pytest.raises(InputError, match=r"can keep 2,000 actions .* so nothing was changed\. Take actions"):
        full.with_edit("a", Edit(owner="Sam"))
    assert full.with_edit("own-7", Edit(title="Tell")).edit("own-7").title == "Tell"
    assert len(full.with_edit("own-7", Edit()).with_edit("a", Edit(owner="Sam")).actions) == 2_000


def test_of_days_taken_back_the_latest_are_kept() -> None:
    due = dt.date(2027, 1, 31)
    full = BLANK.model_copy(update={"undated": {f"own-{at}": due for at in range(10_000)}}).with_edit(
        "a", Edit(due=due)
    )
    again = Overlay.model_validate_json(full.with_edit("a", Edit()).to_json())
    assert [*again.undated] == [*(f"own-{at}" for at in range(1, 10_000)), "a"]


@pytest.mark.parametrize("due", [EARLIEST, LATEST])
def test_the_first_and_the_last_day_to_plan_for_are_among_them(due: dt.date) -> None:
    assert BLANK.with_edit("a", Edit(due=due)).edit("a").due == due


def test_an_edit_again_stays_in_its_place() -> None:
    overlay = BLANK.with_edit("a", Edit(owner="Sam")).with_edit("b", Edit(owner="Ali")).with_edit("a", Edit(owner="Jo"))
    assert [(name, edit.owner) for name, edit in overlay.actions.items()] == [("a", "Jo"), ("b", "Ali")]


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Ask the Trust board!", [], "own-ask-the-trust-board"),
        ("Ask the Trust board", ["own-ask-the-trust-board"], "own-ask-the-trust-board-2"),
        ("Ask", ["own-ask", "own-ask-2", "own-ask-3"], "own-ask-4"),
        ("?!", [], "own-action"),
        ("Ēkas", [], "own-kas"),
        (f"({'a' * 45})", [], f"own-{'a' * 40}"),
        (f"{'a' * 39} board", [], f"own-{'a' * 39}"),
    ],
)
def test_an_own_action_gets_an_id_from_its_words(title: str, taken: list[str], name: str) -> None:
    assert OwnIds(taken).new(title) == name


@given(TEXT, st.lists(st.sampled_from(["own-a", "own-action", "own-a-2"])))
def test_an_own_action_never_gets_an_id_that_is_taken_or_not_an_id(title: str, taken: list[str]) -> None:
    name = OwnIds(taken).new(title)
    assert name not in taken
    Overlay.model_validate_json(BLANK.with_edit(name, Edit(title="T")).to_json())


@pytest.mark.parametrize(
    ("key", "held"),
    [
        ("actions", {f"own-{at}": {"title": "Ask"} for at in range(2_001)}),
        ("numbers", {f"own-{at}": at for at in range(1, 10_002)}),
        ("undated", {f"own-{at}": "2027-01-31" for at in range(10_001)}),
    ],
)
def test_a_plan_of_more_than_anybody_has_is_refused(key: str, held: Mapping[str, object]) -> None:
    data = {"schema": 1, "bank": {"id": BANK.id}, "team": "Northside", key: held}
    with pytest.raises(InputError, match=f"{key} has too many entries"):
        validated(Overlay, parse_json(json.dumps(data), "n.plan.json"))
