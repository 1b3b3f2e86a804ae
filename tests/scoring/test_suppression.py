"""What nobody can find out: somebody who has all score files of a team, of today and of an earlier day, and subtracts.

What such a reader has are counts of people, the answers to questions that are known, and those of roles that are shown:
all else in a score follows from these. From them nobody can tell what was said of a question that is not known, nor
what a hidden role said.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment, Respondent, Team
from readiness.assessment.roles import role_id
from readiness.bank.model import Bank
from readiness.scoring.agreement import r_wg_j
from readiness.scoring.by_role import Spread, Voice, Who, voices_of
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.rounding import measured, shown
from readiness.scoring.score import Standings
from readiness.scoring.standing import Standing
from readiness.scoring.team_score import voice_score
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.scoring.cases import SET_ASIDE, UNKNOWN
from tests.small import spelled_out

ROLES = ("peer-worker", "team-member", "service-manager", "other", None)
BANDS = """
    - {id: low, from: 0}
    - {id: middle, from: 50}
    - {id: top, from: 80, voices: [{role: peer-worker}]}
"""
BANK = Bank.model_validate_json(
    json.dumps(
        spelled_out(
            "[{id: q, minimum: 2}, {id: r, values: [0, 0.25, 1], always: true}, {id: s, domain: e, kind: barrier}]",
            "{d: 1, e: 2}",
            bands=BANDS,
            enough="{domain: 0.5, overall: 0.4}",
            roles="[service-manager, team-member, peer-worker, other]",
        )
    )
)
LEVELS = {question.id: [level.value for level in question.levels] for question in BANK.questions}
MANY = settings(max_examples=80, deadline=None)


@dataclass(frozen=True)
class Person:
    """One who answered: a role, if its answers may be shown though few hold it, and what was said, by question."""

    role: str | None
    agreed: bool
    said: Mapping[str, object]

    def saying(self, name: str, answer: object) -> "Person":
        return Person(self.role, self.agreed, {**self.said, name: answer})

    def level(self, name: str) -> object:
        """Return the level given, or None."""
        answer = self.said.get(name)
        return None if isinstance(answer, str) else answer

    @property
    def assessment(self) -> Assessment:
        respondent = Respondent(role=self.role, shown_alone=True if self.agreed else None)
        return assessment(BANK, self.said).model_copy(update={"respondent": respondent})


def file_of(people: Sequence[Person], least: int = 5) -> dict[str, Any]:
    """Return the score file of a team, as ``readiness score --format json`` prints it."""
    team = AssessedTeam(BANK, [person.assessment for person in people], min_group=least)
    found: dict[str, Any] = json.loads(team.score.model_dump_json(by_alias=True))
    return found


def question(found: Mapping[str, Any], name: str) -> Any:
    return next(one for one in found["questions"] if one["id"] == name)


def counts(distribution: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    return tuple(one["n"] for one in distribution)


def shown_at(found: Mapping[str, Any], name: str) -> dict[str, tuple[int, ...]]:
    """Return the roles that are shown at a question, with the counts of their answers."""
    return {
        role["role"]: counts(one["distribution"])
        for role in found["roles"]
        for one in role["questions"]
        if one["id"] == name
    }


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    """Draw two people or more; roles come in lumps, so that groups of every size are met."""
    found = []
    for role in draw(st.permutations(ROLES)):
        size = draw(st.sampled_from([0, 1, 2, 4, 5, 6, 7]))
        consent = draw(st.sampled_from(["all", "none", "some"]))
        for _ in range(size):
            said = {
                name: value
                for name, values in LEVELS.items()
                if (value := draw(st.sampled_from([None, *values, *values, UNKNOWN, SET_ASIDE]))) is not None
            }
            agreed = consent == "all" or (consent == "some" and draw(st.booleans()))
            found.append(Person(role, agreed, said))
    few = [Person("other", agreed=False, said={"q": 1}), Person(None, agreed=False, said={"q": 2})]
    return found if len(found) > 1 else [*found, *few]


@st.composite
def two_days(draw: st.DrawFn) -> tuple[list[Person], list[bool], list[bool]]:
    """Draw people, and who of them answered on the earlier day and who today: at least two each time."""
    everybody = draw(people())
    days = st.sampled_from([(True, True), (True, True), (True, True), (True, False), (False, True)])
    came = [(True, True), (True, True), *(draw(days) for _ in everybody[2:])]
    return everybody, [before for before, _ in came], [after for _, after in came]


@st.composite
def two_days_of_a_question_few_know(draw: st.DrawFn) -> tuple[list[Person], list[bool], list[bool]]:
    """Draw the same where fewer people gave one question a level, on either day, than it takes to be known."""
    everybody, before, after = draw(two_days())
    name = draw(st.sampled_from([*LEVELS]))
    few = draw(st.sets(st.sampled_from(range(len(everybody))), min_size=1, max_size=2 if len(everybody) > 4 else 1))
    level = st.sampled_from(LEVELS[name])
    said = [one.saying(name, draw(level) if at in few else UNKNOWN) for at, one in enumerate(everybody)]
    return said, before, after


def said_otherwise(
    data: st.DataObject, everybody: Sequence[Person], files: Sequence[Mapping[str, Any]]
) -> list[Person]:
    """Return the people with other levels for all questions that are known in none of the files."""
    other = [*everybody]
    for name, levels in LEVELS.items():
        if "answered" not in {question(found, name)["state"] for found in files}:
            instead = st.sampled_from(levels)
            other = [one if one.level(name) is None else one.saying(name, data.draw(instead)) for one in other]
    assume(other != everybody)  # otherwise there is nothing to find out
    return other


def of_day(everybody: Sequence[Person], present: Sequence[bool]) -> list[Person]:
    return [person for person, here in zip(everybody, present, strict=True) if here]


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
        if roles and any(person.role in refused for person in left):
            assert len(left) >= least
            hidden = {person.role for person in left}
            assert len(hidden) > 1 or hidden == {None}


def swapped(everybody: Sequence[Person], name: str, pair: tuple[int, int]) -> list[Person]:
    one, other = (everybody[at].said[name] for at in pair)
    return [
        person.saying(name, {pair[0]: other, pair[1]: one}[at]) if at in pair else person
        for at, person in enumerate(everybody)
    ]


def without_alpha(found: dict[str, Any]) -> dict[str, Any]:
    for domain in found["domains"]:
        domain["agreement"] = domain["agreement"] | {"alpha": None}
    return found


def alike_to_readers(
    everybody: list[Person], before: list[bool], after: list[bool], files: list[dict[str, Any]]
) -> list[tuple[str, tuple[int, int]]]:
    """Return the pairs of people, by question, who answered on both days and whose roles are shown in neither file.

    They gave different levels: only then can one be told from the other.
    """
    hidden = [
        (name, at)
        for name in LEVELS
        for at, person in enumerate(everybody)
        if before[at] and after[at] and person.level(name) is not None
        if not any(role_id(person.role, BANK.roles) in shown_at(found, name) for found in files)
    ]
    return [
        (name, (at, to))
        for name, at in hidden
        for other, to in hidden
        if other == name and at < to and everybody[at].level(name) != everybody[to].level(name)
    ]


def with_two_exchanged(
    everybody: list[Person], before: list[bool], after: list[bool], files: list[Any], data: st.DataObject
) -> list[Person]:
    """Return everybody, after two whom no file tells apart exchanged an answer. Without two, the example is left."""
    pairs = alike_to_readers(everybody, before, after, files)
    assume(pairs)
    name, pair = data.draw(st.sampled_from(pairs))
    return swapped(everybody, name, pair)


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


# --- all there is to try ---

TWO_LEVELS = Bank.model_validate_json(json.dumps(spelled_out("[{id: q, values: [0, 1]}, {id: r, values: [0, 1]}]")))
Rows = Sequence[tuple[int | None, ...]]


def read_off(rows: Rows, who: Sequence[Who]) -> tuple[Any, ...]:
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
    said = voices_of(stands, rows, who, LEAST_GROUP)
    return (
        tuple((one.n, one.spread.counts if one.spread else None) for one in said.questions),
        measured(said.domains["d"].alpha),
        tuple(
            (role.role, tuple((name, spread.counts) for name, spread in role.spreads.items())) for role in said.roles
        ),
    )


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
    # Whatever three people say who did not agree to be shown, and two who did: all that is told can be read in another
    # way, too, unless all that are hidden said the same.
    who = [Who("three")] * 3 + [Who("two", agreed=True)] * 2
    worlds = defaultdict(list)
    for groups in teams([3, 2]):
        worlds[read_off([row for rows in groups for row in rows], who)].append(groups[0])
    hidden = 0
    for (questions, _alpha, roles), three in worlds.items():
        told = [(role, dict(spreads)) for role, spreads in roles]
        for at, (name, (_n, total)) in enumerate(zip("qr", questions, strict=True)):
            if total is None or name in dict(told).get("three", {}) or 0 in left_over(total, told, name):
                continue
            hidden += 1
            ways = {tuple(sorted(said for row in rows if (said := row[at]) is not None)) for rows in three}
            assert len(ways) > 1, (name, questions, roles)
    assert hidden > 50


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
