"""Amounts packed into one number tell as much as the amounts, also if only some of them are packed."""

from hypothesis import given
from hypothesis import strategies as st

from readiness.scoring.packed import IndependentFields

AMOUNTS = st.lists(st.integers(0, 6), min_size=4, max_size=4)
VECTORS = st.lists(st.lists(AMOUNTS, min_size=1, max_size=4), min_size=1, max_size=4)


@given(VECTORS, st.data())
def test_sums_are_equal_packed_if_and_only_if_they_are_equal(
    vectors: list[list[list[int]]], data: st.DataObject
) -> None:
    # The last two amounts follow from the first two.
    whole = [[[*one, one[0] + 2 * one[1], 3 * one[2]] for one in each] for each in vectors]
    fields = IndependentFields(whole, room=2)
    added, packed = [], []
    for _ in range(2):
        chosen = [data.draw(st.sampled_from(each)) for each in whole]
        added.append([sum(each) for each in zip(*chosen, strict=True)])
        packed.append(sum(map(fields.pack, chosen)))
    assert (packed[0] == packed[1]) == (added[0] == added[1])
    assert not any(number & 3 for number in packed), "the room below is free"


def test_amounts_that_follow_from_others_take_no_room() -> None:
    fields = IndependentFields([[[1, 2, 500], [2, 4, 1000]]], room=0)
    assert [fields.pack(each) for each in ([0, 0, 0], [1, 2, 500], [2, 4, 1000])] == [0, 1, 2]
