"""Somebody who has all that is released of a team, and all of an earlier day: reports, scores, comparison, portfolio.

`tests/scoring/test_suppression.py` plays the one who has score files. Here is everything else that leaves the program.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.batch.portfolio import PortfolioBuilder
from readiness.report.view import build_report
from readiness.scoring.compare import compare
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.team import AssessedTeam
from tests.batch.region import outcome
from tests.scoring.readers import (
    BANK,
    LEVELS,
    Person,
    file_of,
    of_day,
    said_otherwise,
    two_days,
    two_days_of_a_question_few_know,
    with_two_exchanged,
    without_alpha,
)

Days = tuple[list[Person], list[bool], list[bool]]
FEW = settings(max_examples=25, deadline=None)
OTHERS = [Person("team-member", agreed=False, said={"q": 2, "r": 0.25, "s": 3}) for _ in range(3)]
"""Another team of the portfolio."""


def teams(everybody: Sequence[Person], days: Sequence[list[bool]], least: int) -> list[AssessedTeam]:
    """Return the team as it was on each day; a person keeps an id, so that it is known who came and went."""
    answers = [person.assessment for person in everybody]
    named = [
        one.model_copy(update={"respondent": one.respondent.model_copy(update={"id": f"{at:08}"})})
        for at, one in enumerate(answers)
    ]
    return [
        AssessedTeam(BANK, [one for one, here in zip(named, day, strict=True) if here], min_group=least) for day in days
    ]


def released(everybody: Sequence[Person], days: Sequence[list[bool]], least: int) -> list[Any]:
    """Return the contents of each report, of the comparison and of each portfolio, but for measures of agreement.

    Alpha and the intraclass correlation are of whole people: an exchange of single answers may change them.
    """
    dated = teams(everybody, days, least)
    found = [json.loads(build_report(team).model_dump_json()) for team in dated]
    found += [without_alpha(json.loads(team.score.model_dump_json(by_alias=True))) for team in dated]
    found += [json.loads(compare(BANK, dated, least).model_dump_json())]
    for day in days:
        builder = PortfolioBuilder(BANK, least)
        for people in (of_day(everybody, day), OTHERS):
            builder.add(outcome(BANK, [person.assessment for person in people], least))
        found.append(json.loads(builder.build().model_dump_json()))
    return [without_correlations(one) for one in found]


def without_correlations(value: Any) -> Any:
    """Return the value without what measures agreement over whole people, wherever that is in it."""
    if isinstance(value, dict):
        return {name: without_correlations(part) for name, part in value.items() if name not in WHOLE_PEOPLE}
    return [without_correlations(part) for part in value] if isinstance(value, list) else value


WHOLE_PEOPLE = {"alpha", "icc1", "icc2"}


@FEW
@given(two_days(), st.integers(LEAST_GROUP, 6), st.data())
def test_nothing_that_is_released_tells_one_of_a_hidden_role_from_another(
    days: Days, least: int, data: st.DataObject
) -> None:
    everybody, before, after = days
    files = [file_of(of_day(everybody, day), least) for day in (before, after)]
    other = with_two_exchanged(everybody, before, after, files, data)
    assert released(other, (before, after), least) == released(everybody, (before, after), least)


@FEW
@given(two_days_of_a_question_few_know(), st.integers(LEAST_GROUP, 6), st.data())
def test_nothing_that_is_released_tells_what_was_said_of_a_question_that_is_not_known(
    days: Days, least: int, data: st.DataObject
) -> None:
    everybody, before, after = days
    files = [file_of(of_day(everybody, day), least) for day in (before, after)]
    other = said_otherwise(data, everybody, files)
    assert released(other, (before, after), least) == released(everybody, (before, after), least)


def test_comparison_alone_tells_no_single_answer_of_a_newcomer() -> None:
    # The questions of a part are hidden in its sum: what moves it the same way in another split is told the same.
    team = [Person("team-member", agreed=False, said={"q": level, "r": 1, "s": 0}) for level in (0, 1, 1, 3, 4)]
    newcomer = Person("peer-worker", agreed=False, said={"q": 0, "r": 1, "s": 4})
    other = newcomer.saying("q", 4).saying("r", 0)
    days = ([True] * 5 + [False], [True] * 6)
    found, again = (
        json.loads(compare(BANK, teams([*team, one], days, 5), 5).model_dump_json()) for one in (newcomer, other)
    )
    assert found["questions_hidden"]
    assert found["questions"] == []
    assert again == found


def test_comparison_alone_tells_nothing_of_a_newcomer_but_what_the_whole_tells() -> None:
    # A part with one question is that question, and of one who said the same throughout a part tells each answer.
    team = [Person("team-member", agreed=False, said={"q": level, "r": 1, "s": 0}) for level in (0, 1, 1, 3, 4)]
    days = ([True] * 5 + [False], [True] * 6)
    told: defaultdict[str, set[str]] = defaultdict(set)
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for said in product(*LEVELS.values()):
        newcomer = Person("peer-worker", agreed=False, said=dict(zip(LEVELS, said, strict=True)))
        dated = teams([*team, newcomer], days, 5)
        found = json.loads(compare(BANK, dated, 5).model_dump_json())
        whole = json.dumps([found["after"], found["alike"], found["doubts"]])
        told[whole].add(json.dumps(found))
        parts[whole].add(json.dumps([domain.score for domain in dated[1].score.domains], default=str))
    assert {len(each) for each in told.values()} == {1}
    assert max(map(len, parts.values())) > 1, "the whole leaves open what a part would tell"
