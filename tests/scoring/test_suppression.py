"""What nobody can find out: somebody who has all score files of a team, of today and of an earlier day, and subtracts.

What such a reader has are counts of people, the answers to questions that are known, and those of roles that are shown:
all else in a score follows from these. From them nobody can tell what was said of a question that is not known, nor
what a hidden role said.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.assessment.model import Team
from readiness.scoring.agreement import r_wg_j
from readiness.scoring.by_role import Voice
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.rounding import measured, shown
from readiness.scoring.score import Standings
from readiness.scoring.spread import Spread
from readiness.scoring.standing import Standing
from readiness.scoring.team_score import voice_score
from tests.scoring.readers import (
    BANK,
    LEVELS,
    MANY,
    ROLES,
    Person,
    counts,
    file_of,
    of_day,
    people,
    question,
    said_otherwise,
    shown_at,
    two_days,
    two_days_of_a_question_few_know,
    with_two_exchanged,
    without_alpha,
)

# --- all that is in a score follows from what is meant to be told ---


def retold(found: Mapping[str, Any]) -> Standings:
    """Return standings made from the counts and distributions in a score file, and from nothing else."""
    made = []
    for asked in BANK.asked(found["team"]["profile"]):
        one = question(found, asked.id)
        told = one["agreement"]["distribution"]
        made_up = (one["k"], *[0] * (len(asked.levels) - 1))  # what is not told may be anything: here, the lowest
        left_out = one["n"] if one["state"] == "unanswered" else 0
        made.append(
            Standing(asked, counts(told) if told else made_up, one["not_applicable"], one["not_known"], left_out)
        )
    return Standings(BANK, Team.model_validate(found["team"]), found["voices"], tuple(made))


@MANY
@given(people(), st.integers(LEAST_GROUP, 6))
def test_all_that_is_in_a_score_follows_from_counts_and_from_the_answers_that_are_told(
    everybody: list[Person], least: int
) -> None:
    found = file_of(everybody, least)
    stands = retold(found)
    again = json.loads(stands.score().model_dump_json(by_alias=True))
    for part in (*again["domains"], *again["questions"]):
        part["agreement"] = next(one for one in (*found["domains"], *found["questions"]) if one["id"] == part["id"])[
            "agreement"
        ]
    assert again | {"roles": found["roles"], "warning": found["warning"]} == found
    for domain in found["domains"]:
        told = [
            counts(one["agreement"]["distribution"])
            for one in found["questions"]
            if one["domain"] == domain["id"] and one["agreement"]["distribution"]
        ]
        ratings = [[at for at, count in enumerate(each) for _ in range(count)] for each in told]
        assert domain["agreement"]["questions"] == len(told)
        assert domain["agreement"]["r_wg_j"] == measured(r_wg_j(ratings, [len(each) for each in told]))
    for role in found["roles"]:
        spreads = {
            one["id"]: Spread(stands.bank.question_by_id[one["id"]], counts(one["distribution"]))
            for one in role["questions"]
        }
        theirs = voice_score(BANK, stands.team, Voice(role["role"], role["n"], spreads))
        assert role["score"] == shown(theirs.overall.score)
        assert [one["score"] for one in role["domains"]] == [shown(domain.score) for domain in theirs.domains]


# --- what fewer than three said of a question ---


@MANY
@given(two_days_of_a_question_few_know(), st.integers(LEAST_GROUP, 6), st.data())
def test_what_was_said_of_a_question_that_is_not_known_changes_nothing_in_either_file(
    days: tuple[list[Person], list[bool], list[bool]], least: int, data: st.DataObject
) -> None:
    everybody, before, after = days
    files = [file_of(of_day(everybody, day), least) for day in (before, after)]
    other = said_otherwise(data, everybody, files)
    assert [file_of(of_day(other, day), least) for day in (before, after)] == files


# --- what a hidden role said ---


@MANY
@given(people(), st.integers(LEAST_GROUP, 6))
def test_who_subtracts_finds_no_hidden_role(everybody: list[Person], least: int) -> None:
    assume(len(everybody) > 2)  # two people know what each other said
    found = file_of(everybody, least)
    refused = {person.role for person in everybody if not person.agreed} | {None}
    shown_roles = {role["role"] for role in found["roles"]}
    for name in LEVELS:
        gave = [person for person in everybody if person.level(name) is not None]
        roles = shown_at(found, name)
        if question(found, name)["state"] != "answered":
            assert roles == {}  # nothing to subtract from, and nothing to subtract
            continue
        left = [person for person in gave if person.role not in roles]
        total = counts(question(found, name)["agreement"]["distribution"])
        shown_in_all = [sum(column) for column in zip(*roles.values(), strict=True)] or [0] * len(total)
        assert sum(total) - sum(shown_in_all) == len(left)
        assert all(sum(cell) >= least or role not in refused for role, cell in roles.items())
        exposed = [person for person in left if person.role in refused]
        if roles and exposed:
            assert len(exposed) >= least
            hidden = {person.role for person in everybody if person.role not in shown_roles} | {
                person.role for person in left
            }
            assert len(hidden) > 1 or hidden == {None}


SOME_ROLES = st.sets(st.sampled_from([*filter(None, ROLES)]))


@MANY
@given(people(), SOME_ROLES, SOME_ROLES, st.integers(LEAST_GROUP, 6))
def test_nobody_is_left_over_where_people_agreed_or_took_it_back_after_the_first_report(
    everybody: list[Person], then: set[str], now: set[str], least: int
) -> None:
    assume(len(everybody) > 2)
    agreed = [[replace(person, agreed=person.role in some) for person in everybody] for some in (then, now)]
    files = [file_of(some, least) for some in agreed]
    for name in LEVELS:
        told = {role for found in files for role in shown_at(found, name)}
        left = [person for person in everybody if person.level(name) is not None and person.role not in told]
        assert not told or len(left) >= least or all(person.role in then | now for person in left)


@MANY
@given(two_days(), st.integers(LEAST_GROUP, 6), st.data())
def test_of_people_who_answered_on_both_days_nobody_in_a_hidden_role_can_be_told_from_another(
    days: tuple[list[Person], list[bool], list[bool]], least: int, data: st.DataObject
) -> None:
    # Both might as well have said what the other did: so neither file tells, nor both of them together.
    everybody, before, after = days
    files = [file_of(of_day(everybody, day), least) for day in (before, after)]
    other = with_two_exchanged(everybody, before, after, files, data)
    again = [file_of(of_day(other, day), least) for day in (before, after)]
    assert list(map(without_alpha, again)) == list(map(without_alpha, files))


def test_two_files_that_are_one_person_apart_tell_what_that_person_said() -> None:
    # Neither file does. So `compare` tells no single questions then, and who keeps files has to know it.
    team = [Person("team-member", agreed=False, said={"q": level, "r": 1, "s": 0}) for level in (0, 1, 1, 3, 4)]
    newcomer = Person("peer-worker", agreed=False, said={"q": 0, "r": 0, "s": 4})
    before, after = file_of(team), file_of([*team, newcomer])
    assert shown_at(after, "q") == {}
    for name in LEVELS:
        old, new = (counts(question(found, name)["agreement"]["distribution"]) for found in (before, after))
        found = [LEVELS[name][at] for at in range(len(new)) if new[at] > old[at]]
        assert found == [newcomer.said[name]]
