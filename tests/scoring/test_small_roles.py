"""A small role that is hidden: whatever a small team can say, nobody's answers follow from what is told."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from readiness.assessment.model import Team
from readiness.bank.model import Bank
from readiness.scoring.by_role import Voices, Who, voices_of
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.rounding import measured
from readiness.scoring.score import Standings
from readiness.scoring.standing import Standing
from readiness.team import AssessedTeam
from tests.scoring.readers import BANK, Person
from tests.small import spelled_out

TWO_LEVELS = Bank.model_validate_json(json.dumps(spelled_out("[{id: q, values: [0, 1]}, {id: r, values: [0, 1]}]")))
Rows = Sequence[tuple[int | None, ...]]


def read_off(rows: Rows, who: Sequence[Who], least: int = LEAST_GROUP) -> tuple[Any, ...]:
    """Return all that a reader learns from answers to two questions of two levels, in a team of these people."""
    columns = [*zip(*rows, strict=True)]
    stands = Standings(
        TWO_LEVELS,
        Team(name="Northside"),
        {},
        tuple(
            Standing(asked, (column.count(0), column.count(1)), not_known=column.count(None))
            for asked, column in zip(TWO_LEVELS.questions, columns, strict=True)
        ),
    )
    said = voices_of(stands, rows, who, least)
    return (
        tuple((one.n, one.spread.counts if one.spread else None) for one in said.questions),
        (measured(said.domains["d"].alpha), None if said.withholds("d") else apart(said, rows)),
        tuple(
            (role.role, tuple((name, spread.counts) for name, spread in role.spreads.items())) for role in said.roles
        ),
    )


def apart(said: Voices, rows: Rows) -> Fraction:
    """Return what a portfolio’s ICC may tell of one team: the sum of squares of its people’s scores around the mean."""
    known = [at for at, one in enumerate(said.questions) if one.spread]
    given = [[level for at in known if (level := row[at]) is not None] for row in rows]
    scores = [Fraction(sum(levels), len(levels)) for levels in given if levels]
    middle = Fraction(sum(scores), len(scores)) if scores else Fraction(0)
    return sum(((score - middle) ** 2 for score in scores), Fraction(0))


def teams(sizes: Sequence[int]) -> Iterator[tuple[Rows, ...]]:
    """Yield all that groups of these sizes can say, whoever of a group says what."""
    vectors = [*product([0, 1, None], repeat=2)]
    yield from product(*(combinations_with_replacement(vectors, size) for size in sizes))


def left_over(
    total: tuple[int, ...], roles: Sequence[tuple[str, Mapping[str, tuple[int, ...]]]], name: str
) -> list[int]:
    cells = [at[name] for _, at in roles if name in at]
    return [all_ - sum(cell[level] for cell in cells) for level, all_ in enumerate(total)]


def test_no_answers_of_a_hidden_role_follow_from_all_that_is_told_of_a_small_team() -> None:
    # Whatever three people say who did not agree to be shown, and two who did: all that is told before and after, and
    # before anybody's role was known, can be read in another way, too, unless all that are hidden said the same.
    before = [Who("three")] * 3 + [Who("two")] * 2
    after = [Who("three")] * 3 + [Who("two", agreed=True)] * 2
    worlds = defaultdict(list)
    for groups in teams([3, 2]):
        rows = [row for rows in groups for row in rows]
        (_, (alpha, _), _) = read_off(rows, [Who(None)] * 5)
        worlds[alpha, read_off(rows, before), read_off(rows, after)].append(groups[0])
    hidden = 0
    for (_, _, (questions, _alpha, roles)), three in worlds.items():
        told = [(role, dict(spreads)) for role, spreads in roles]
        for at, (name, (_n, total)) in enumerate(zip("qr", questions, strict=True)):
            if total is None or name in dict(told).get("three", {}) or 0 in left_over(total, told, name):
                continue
            hidden += 1
            ways = {tuple(sorted(said for row in rows if (said := row[at]) is not None)) for rows in three}
            assert len(ways) > 1, (name, questions, roles)
    assert hidden > 50


AGREED, OTHERS = Who("agreed", agreed=True), Who("others")


@pytest.mark.parametrize(
    ("who", "least"),
    [
        ([AGREED, *[Who("more", agreed=True)] * 3, *[OTHERS] * 2], 5),
        ([AGREED, *[Who("more", agreed=True)] * 2, OTHERS], 3),
        ([AGREED, *[OTHERS] * 3, Who(None)], 3),
        ([AGREED, *[OTHERS] * 2, *[Who("few")] * 2], 3),
        ([*[AGREED] * 2, *[OTHERS] * 5], 5),
        ([*[Who("large")] * 3, OTHERS, *[Who(None)] * 2], 3),
    ],
)
def test_whether_a_role_is_shown_tells_of_nobody_who_did_not_agree_what_they_said_or_that_they_did_not_know(
    who: Sequence[Who], least: int
) -> None:
    worlds = defaultdict(list)
    for said in product([0, 1, None], repeat=len(who)):
        worlds[read_off([(one, None) for one in said], who, least)].append(said)
    for found, ways in worlds.items():
        if found[0][0][1] is None:
            continue  # too few gave a level for anything to be told
        shown = {role for role, spreads in found[2] if spreads}
        exposed = [at for at, one in enumerate(who) if not one.agreed]
        rest = [at for at in exposed if who[at].role not in shown]
        groups = [range(len(who)), rest, [*{*exposed} - {*rest}]]
        alike = (group for group in groups if all(is_of_one_mind(said, group) for said in ways))
        admitted = {at for group in alike if len(group) >= least for at in group}
        for at in {*exposed} - admitted:
            assert len({said[at] for said in ways}) > 1, (who[at], found)


def is_of_one_mind(said: Sequence[int | None], group: Sequence[int]) -> bool:
    return len({said[at] for at in group}) <= 1


def test_a_small_role_that_agreed_in_vain_is_known_and_only_such_a_role() -> None:
    def in_vain(*roles: tuple[str | None, int, bool]) -> tuple[str, ...]:
        people = [Person(role, agreed, {"q": 1}) for role, count, agreed in roles for _ in range(count)]
        said = AssessedTeam(BANK, [person.assessment for person in people]).voices
        assert said is not None
        return said.agreed_but_hidden

    assert in_vain(("peer-worker", 3, False), ("service-manager", 2, True)) == ("service-manager",)
    assert in_vain(("peer-worker", 3, True), ("service-manager", 2, True)) == ()
    assert in_vain(("peer-worker", 3, True), (None, 6, True)) == ()
    assert in_vain(("peer-worker", 5, True), (None, 1, False)) == ()
