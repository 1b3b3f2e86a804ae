"""Laws of the workshop: what holds whatever a facilitator types, in whatever order."""

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.reading import read_group
from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.interview.workshop import Workshop, begin_workshop
from readiness.interview.workshop_advance import advance_workshop
from readiness.interview.workshop_screen import workshop_screen
from tests.conftest import DATE
from tests.interview.conftest import SMALL
from tests.interview.rooms import group_of, in_room, told


def _small() -> Bank:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bank.yaml").write_text(SMALL, encoding="utf-8")
        return load_bank(Path(folder))


BANK = _small()
KEYS = (
    "",
    "1 1 0",
    "0 0 3",
    "2 0",
    "=1",
    "d",
    "n",
    "d1",
    "1: 1 1 0",
    "2: 0 1 2",
    "5 0 0",
    "a",
    "c",
    "t",
    "e",
    "e a note",
)
MOVES = (
    "Northside",
    "who",
    "1=4",
    "2=0",
    "2 3 0",
    "j",
    "j 1",
    "j 3",
    "j r",
    "?",
    "b",
    "s",
    "y",
    "x",
    "e -",
    "1",
    "2",
    "q",
)
lines = st.lists(st.one_of(st.sampled_from(KEYS + MOVES), st.text(max_size=12)), max_size=40)
starts = st.sampled_from([begin_workshop(BANK, DATE, None), in_room(BANK), in_room(BANK, by_role="n")])


def held(start: Workshop, keys: list[str]) -> list[Workshop]:
    """Return the workshop as it began and after each key; it stops where the workshop ends."""
    found = [start]
    for key in keys:
        if found[-1].ending is None:
            found.append(advance_workshop(found[-1], key))
    return found


@given(starts, lines)
def test_no_line_breaks_it_and_it_can_always_be_shown_saved_and_gone_on_with(start: Workshop, keys: list[str]) -> None:
    for workshop in held(start, keys):
        assert workshop_screen(workshop).prompt.endswith("> ")
    group = held(start, keys)[-1].group
    if group is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "g.json"
            path.write_text(group.to_json(), encoding="utf-8")
            assert read_group(path, BANK) == (group, [])
        again = begin_workshop(BANK, DATE, group)
        assert again.group == group
        assert workshop_screen(again).lines


@given(starts, lines)
def test_what_is_counted_is_never_lost_but_by_correcting_it(start: Workshop, keys: list[str]) -> None:
    found = held(start, keys)
    for before, after in pairwise(found):
        shows = before.group.responses if before.group else {}
        for name, response in shows.items():
            if response.shows and not (before.counting and before.counting.corrects):
                kept = group_of(after).responses[name].shows
                assert kept[: len(response.shows)] == response.shows


@given(st.permutations([1, 2, 3]), st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_the_order_in_which_roles_are_counted_does_not_matter(order: list[int], at: list[int]) -> None:
    room = in_room(BANK, present="2 3 1")
    typed = {number: f"{number}: ={at[number - 1] + 1}" for number in order}
    assert group_of(told(room, *(typed[number] for number in order))) == group_of(
        told(room, *(typed[number] for number in (1, 2, 3)))
    )
