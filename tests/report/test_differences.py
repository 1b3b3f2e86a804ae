"""Where views differ: what is said, what is not called agreement, and what nobody is shown."""

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.report.differences import TALK, views
from readiness.report.model import DifferenceView, Report, ViewsView
from readiness.report.view import build_report
from readiness.report.views_sheet import view_columns, view_rows
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.team import AssessedTeam
from tests.assessment.groups import group
from tests.conftest import ROLES as BANK_ROLES
from tests.conftest import assessment
from tests.report.services import SERVICES
from tests.small import LITTLE, spelled_out

QUESTIONS = "[{id: q}, {id: r, values: [0, 0.25, 1]}, {id: s, domain: e}]"
ROLES = ("peer-worker", "team-member", "service-manager", "other", None)


def bank_of(questions: str, domains: str = "{d: 1}") -> Bank:
    """Return a small bank with the roles of the shipped one."""
    roles = [role.model_dump(mode="json", by_alias=True, exclude_none=True) for role in BANK_ROLES]
    return Bank.model_validate_json(json.dumps({**spelled_out(questions, domains, enough=LITTLE), "roles": roles}))


BANK = bank_of(QUESTIONS, "{d: 1, e: 2}")
LEVELS = {question.id: [level.value for level in question.levels] for question in BANK.questions}
ONE = bank_of("[{id: q}]")
EVEN = bank_of("[{id: q, values: [0, 1, 2, 3]}]")


SIX = """
[{id: a}, {id: b}, {id: c}, {id: x, domain: e}, {id: y, domain: e}, {id: z, domain: e}]
"""


@st.composite
def teams(draw: st.DrawFn) -> list[Assessment]:
    """Draw up to 35 people; roles come in lumps, so that groups of every size are met."""
    respondents = []
    for role in draw(st.permutations(ROLES)):
        for _ in range(draw(st.sampled_from([0, 1, 2, 4, 5, 6, 7]))):
            answers: dict[str, object] = {
                name: value
                for name, values in LEVELS.items()
                if (value := draw(st.sampled_from([None, *values, *values]))) is not None
            }
            respondents.append(assessment(BANK, answers, role=role))
    return respondents or [assessment(BANK, {"q": 1}), assessment(BANK, {"q": 2})]


def found(respondents: Sequence[Assessment], bank: Bank = ONE, least: int = 5) -> ViewsView:
    made = views(AssessedTeam(bank, respondents, min_group=least))
    assert made is not None
    return made


def team(*counts: int, role: str | None = None, bank: Bank = ONE) -> list[Assessment]:
    """Return people who chose the steps that often, from the lowest."""
    return [assessment(bank, {"q": at}, role=role) for at, count in enumerate(counts) for _ in range(count)]


def only(*counts: int, bank: Bank = ONE) -> DifferenceView:
    [one] = found(team(*counts, bank=bank), bank).questions
    return one


# --- in words ---


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((2, 3, 1, 2, 2), "Views lie far apart, from step 1 to step 5."),
        ((4, 1, 0, 1, 4), "Answers fall into two groups, with nobody in between."),
        ((1, 0, 0, 4, 4), "Views lie far apart, from step 1 to step 5."),  # one person alone is no camp
        ((0, 4, 4, 3, 0), "Views differ."),
        ((0, 0, 4, 5, 0), "Views lie close together."),
        ((0, 0, 0, 0, 7), "Everybody chose step 5."),
        ((0, 0, 6, 0, 0), "Everybody chose the middle. That can be agreement, or a way not to choose."),
        ((0, 1, 8, 1, 0), "Nearly everybody chose the middle. That can be agreement, or a way not to choose."),
        ((0, 2, 7, 1, 0), "Views lie close together."),
        ((0, 0, 0, 4, 0), "Too few answers to call this agreement."),
        ((0, 0, 3, 0, 0), "Too few answers to call this agreement."),
        ((1, 0, 1, 0, 1), "Views lie far apart, from step 1 to step 5."),
    ],
)
def test_how_answers_spread_is_said_in_words(counts: tuple[int, ...], said: str) -> None:
    assert only(*counts).said == said


@pytest.mark.parametrize(
    ("counts", "middle"), [((0, 4, 4, 0), True), ((1, 0, 0, 9), False), ((0, 0, 4, 4), False), ((0, 0, 9, 0), True)]
)
def test_an_even_number_of_steps_has_two_in_the_middle(counts: tuple[int, ...], *, middle: bool) -> None:
    assert (
        only(*counts, bank=EVEN).said.lower().removeprefix("nearly ").startswith("everybody chose the middle") == middle
    )


def test_two_steps_have_no_middle() -> None:
    bank = bank_of("[{id: q, values: [0, 1]}]")
    assert only(0, 6, bank=bank).said == "Everybody chose step 2."


def test_with_few_answers_nothing_is_shown_of_them() -> None:
    people = [*team(1, 1), assessment(ONE, {"q": "unknown"})]
    [one] = found(people).questions
    assert (one.n, one.rows, one.mean, one.r_wg) == (2, (), None, None)
    assert one.said == "Too few people gave a level, so it is not shown which."
    [one] = found([assessment(ONE, {}) for _ in range(3)]).questions
    assert one.said == "Nobody gave a level."


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        ((0, 5), (0, 0, 5), "about one step"),
        ((1, 4), (0, 0, 4, 1), "1 to 2 steps"),
        ((5,), (0, 0, 5), "about 2 steps"),
        ((5,), (0, 0, 0, 0, 5), "about 4 steps"),
    ],
)
def test_a_gap_between_roles_is_said_to_the_nearest_half_step(
    low: tuple[int, ...], high: tuple[int, ...], steps: str
) -> None:
    people = [*team(*low, role="peer-worker"), *team(*high, role="service-manager")]
    [one] = found(people).questions
    assert one.gaps == (f"Peer Workers put this {steps} lower than service managers.",)
    assert one.prompt is not None
    assert one.prompt.startswith("Ask each group for one example")


def test_less_than_a_step_is_no_gap() -> None:
    people = [*team(1, 4, role="peer-worker"), *team(0, 4, 1, role="service-manager")]
    assert found(people).questions[0].gaps == ()


def test_one_role_alone_is_held_against_everyone_else() -> None:
    people = [*team(5, role="peer-worker"), *team(0, 0, 0, 3, role="team-member"), *team(0, 0, 0, 2)]
    made = found(people)
    [one] = made.questions
    assert one.gaps == ("Peer Workers put this about 3 steps lower than everyone else.",)
    assert [(row.who, row.n, row.text) for row in one.rows] == [
        ("Everybody", 10, "5 · 0 · 0 · 5 · 0"),
        ("Peer Workers", 5, "5 · 0 · 0 · 0 · 0"),
        ("Everyone else", 5, "0 · 0 · 0 · 5 · 0"),
    ]
    assert [(group.who, group.n, group.overall) for group in made.groups] == [
        ("Everybody", 10, "38"),
        ("Peer Workers", 5, "0"),
        ("Everyone else", 5, "75"),
    ]
    assert made.told[0] == "10 people answered: 5 Peer Workers and 5 other people."


def test_a_group_s_score_says_on_how_many_questions_it_stands_and_none_stands_on_fewer_than_half() -> None:
    bank = bank_of(SIX, "{d: 1, e: 1}")
    everything = {"a": 1, "b": 1, "c": 1, "x": 1, "y": 1, "z": 1}
    peers = [assessment(bank, everything, role="peer-worker") for _ in range(4)]
    peers.append(assessment(bank, {"a": 2, "b": 1, "x": 1}, role="peer-worker"))
    made = found([*peers, *(assessment(bank, everything) for _ in range(5))], bank)
    everybody, some, _ = made.groups
    assert (everybody.overall, everybody.domains) == ("25", ("26", "25"))
    assert (some.overall, some.domains) == ("26 (3 of 6)", ("28 (2 of 3)", "–"))
    assert made.groups_note.endswith("A dash: fewer than half can.")


def test_groups_of_which_hardly_a_question_can_be_shown_have_no_table() -> None:
    bank = bank_of(SIX, "{d: 1, e: 1}")
    everything = {"a": 1, "b": 1, "c": 1, "x": 1, "y": 1, "z": 1}
    peers = [assessment(bank, everything, role="peer-worker") for _ in range(4)]
    peers.append(assessment(bank, {"a": 2}, role="peer-worker"))
    made = found([*peers, *(assessment(bank, everything) for _ in range(5))], bank)
    assert made.groups == ()
    assert [len(one.rows) for one in made.questions] == [3, 1, 1, 1, 1, 1]


def test_the_workbook_measures_no_agreement_of_a_few() -> None:
    def measures(made: ViewsView) -> Sequence[object]:
        return next(tuple(row[-5:-1]) for row in view_rows(made, ["D"]) if row[0] == 1)

    assert measures(found(team(1, 1, 2))) == (None,) * 4
    assert measures(found(team(2, 2, 3))) == (2.143, 0.9, 0.595, 0.735)


def test_the_workbook_has_one_number_a_cell() -> None:
    made = found(team(1, 2, 2, 3, 4))
    headings = [heading for heading, _width in view_columns(made)]
    rows = [dict(zip(headings, row, strict=True)) for row in view_rows(made, ["D"])]
    [asked] = [row for row in rows if row["No."] == 1 and row["In words"]]
    assert [asked[f"Step {step}"] for step in range(1, 6)] == [*made.questions[0].rows[0].counts]
    assert sum(made.questions[0].rows[0].counts) == asked["People"]
    assert not any(" · " in str(cell) for row in rows for cell in row.values())


TWO_DAYS = (
    "Two reports of this team from different days can tell what neither does, if one person more answered. Take care "
    "who gets both."
)


def test_who_answered_is_said_as_far_as_it_may_be() -> None:
    assert found(team(2, 6, role="peer-worker")).told == ("8 people answered: 8 Peer Workers.", TWO_DAYS)
    first, second, third = found([*team(3, 3, role="peer-worker"), *team(1, role="service-manager")]).told
    assert first == "7 people answered."
    assert second.startswith("No role is shown by itself. That takes at least 5 people")
    assert third == TWO_DAYS
    assert found(team(1, 1, 1)).told[-1].startswith("With so few people")


def test_hands_counted_together_are_shown_for_no_role_and_that_is_said() -> None:
    here = {"peer-worker": 6, "service-manager": 6}
    alone = found(group(ONE, here, {"q": [[6, 0, 0, 0, 6]]}).respondents)
    assert alone.told == (
        "12 people answered.",
        "At 1 question all hands were counted together: it is shown for no role.",
        TWO_DAYS,
    )
    assert "by role" not in alone.questions[0].said
    by_role = {"peer-worker": [6], "service-manager": [0, 0, 0, 0, 6]}
    assert "Peer Workers" in found(group(ONE, here, {"q": [by_role]}).respondents).told[0]


def test_a_role_that_agreed_and_is_still_not_shown_is_told_why() -> None:
    why = (
        "All {} agreed to be shown, but they are not: their answers, subtracted from everybody’s, would give away "
        "people who did not agree."
    )

    def told(here: Mapping[str, int], *agreed: str) -> Sequence[str]:
        by_role = {role: [0, count] for role, count in here.items()}
        return found(group(ONE, here, {"q": [by_role]}, shown_alone=agreed).respondents).told

    three = {"peer-worker": 2, "service-manager": 1, "team-member": 1}
    assert why.format("service managers") in told({"peer-worker": 3, "service-manager": 2}, "service-manager")
    assert why.format("service managers and team members") in told(three, "team-member", "service-manager")
    assert not any("agreed to be shown" in one for one in (*told(three), *told(three, *three)))


def test_of_two_people_nothing_is_hidden_and_they_are_told_so() -> None:
    made = found([*team(1, role="peer-worker"), *team(0, 0, 0, 1, role="service-manager")])
    assert made.told == (
        "2 people answered: 1 service manager and 1 Peer Worker.",
        "Two people answered. Each can work out what the other said, so nothing is hidden here.",
    )
    assert [(row.who, row.text) for row in made.questions[0].rows] == [
        ("Everybody", "1 · 0 · 0 · 1 · 0"),
        ("Service managers", "0 · 0 · 0 · 1 · 0"),
        ("Peer Workers", "1 · 0 · 0 · 0 · 0"),
    ]


def test_who_stands_apart_from_the_many_is_counted_from_three_people_on() -> None:
    assert only(1, 0, 0, 20).said == "The middle answer is step 4; 1 of 21 chose a step much lower."
    assert "chose a step much" not in only(1, 0, 0, 1).said


def test_one_person_has_no_views_that_differ() -> None:
    assert views(AssessedTeam(ONE, team(1))) is None


def test_a_question_that_too_few_of_a_role_answered_says_so_where_it_matters() -> None:
    peers = [assessment(BANK, {"s": 1} | ({"q": 0} if at < 4 else {}), role="peer-worker") for at in range(6)]
    others = [assessment(BANK, {"s": 1, "q": 4}, role="team-member") for _ in range(6)]
    by_id = {one.id: one for one in found([*peers, *others], BANK).questions}
    assert by_id["q"].said.endswith("Too few answered to show this by role.")
    assert [row.who for row in by_id["q"].rows] == ["Everybody"]
    assert len(by_id["s"].rows) == 3


# --- order, and what to talk about ---


def test_the_least_agreement_comes_first_and_what_nobody_answered_last(bank: Bank) -> None:
    made = found(SERVICES["riverside"](bank), bank)
    spread = [one.sd for one in made.questions if one.sd is not None]
    assert spread == sorted(spread, reverse=True)
    assert len(made.questions) == 26
    people = [assessment(BANK, {"r": value, "s": 1}) for value in (0, 1, 1)]
    assert [one.id for one in found(people, BANK).questions] == ["r", "s", "q"]


def test_there_is_no_more_to_talk_about_than_a_meeting_has_time_for(bank: Bank) -> None:
    made = found(SERVICES["riverside"](bank), bank)
    assert len(made.talk) == TALK
    assert made.talk == made.questions[:TALK]
    assert all(one.prompt and one.look_at for one in made.talk)


def test_prompts_take_nobodys_side(bank: Bank) -> None:
    made = found(SERVICES["riverside"](bank), bank)
    words = " ".join(filter(None, (one.prompt for one in made.questions))).lower()
    assert not [word for word in ("wrong", "should", "correct", "fail", "mistake", "believe") if word in words.split()]


def test_where_all_agree_there_is_nothing_to_talk_about_first() -> None:
    assert found(team(0, 0, 0, 0, 6)).talk == ()


# --- what nobody is shown ---


@settings(max_examples=60, deadline=None)
@given(teams(), st.integers(3, 6))
def test_no_subtraction_of_what_a_report_shows_leaves_fewer_people_than_may_be_shown(
    respondents: list[Assessment], least: int
) -> None:
    if len(respondents) < 3:
        return
    made = found(respondents, BANK, least)
    for one in made.questions:
        everybody, *groups = one.rows or (None,)
        if everybody is None:
            continue
        left = everybody.n
        for row in groups:
            assert row.n == sum(row.counts) >= least
            left -= row.n
        assert not groups or left == 0 or left >= least
    shown = {group.who for group in made.groups[1:]}
    assert all(row.who in shown for one in made.questions for row in one.rows[1:])


@settings(max_examples=20, deadline=None)
@given(teams())
def test_a_role_that_is_hidden_is_not_even_named(respondents: list[Assessment]) -> None:
    made = build_report(AssessedTeam(BANK, respondents))
    if made.views is None or len(respondents) < LEAST_GROUP:  # of two people nothing is hidden
        return
    asks_of_all = {"prompt"}  # words that are the same whoever answered
    text = made.views.model_dump_json(exclude={"talk": {"__all__": asks_of_all}, "questions": {"__all__": asks_of_all}})
    text = text.casefold()
    named = {"peer-worker": "peer worker", "team-member": "team member", "service-manager": "service manager"}
    counts = {role: sum(one.respondent.role == role for one in respondents) for role in ROLES if role}
    assert not [words for role, words in named.items() if counts[role] < 5 and words in text]


def test_the_order_of_respondents_changes_nothing(bank: Bank) -> None:
    people = SERVICES["riverside"](bank)
    dump = build_report(AssessedTeam(bank, people)).model_dump()
    assert build_report(AssessedTeam(bank, [*people[4:], *people[:4]][::-1])).model_dump() == dump


def test_the_report_of_one_person_has_none(bank: Bank) -> None:
    made: Mapping[str, Report] = {
        name: build_report(AssessedTeam(bank, SERVICES[name](bank))) for name in ("northside", "several")
    }
    assert made["northside"].views is None
    assert made["several"].views is not None


def test_the_gap_between_peer_workers_and_the_others_is_told_by_part_and_overall(bank: Bank) -> None:
    made = build_report(AssessedTeam(bank, SERVICES["riverside"](bank)))
    assert made.views is not None
    assert made.views.gap == (
        "Views lie furthest apart on “Valuing what is different”: Peer Workers 34, everyone else 58. "
        "Overall: Peer Workers 40, everyone else 57. These stand on 21 and 21 questions, the whole score on 26."
    )


@pytest.mark.parametrize("knows", [True, False])
def test_groups_that_are_both_below_the_whole_say_that_it_stands_on_more_questions(*, knows: bool) -> None:
    bank = bank_of("[{id: q}, {id: r}, {id: s}]")
    said: dict[str, object] = {"q": 1, "r": 1}
    people = [assessment(bank, said | ({"s": 1} if knows else {}), role="peer-worker") for _ in range(5)]
    people += [assessment(bank, said | ({"s": 4} if knows or at < 4 else {}), role="team-member") for at in range(5)]
    made = views(AssessedTeam(bank, people))
    assert made is not None
    assert made.gap is not None
    told = "Overall: team members 25, Peer Workers 25. These stand on 2 and 2 questions, the whole score on 3."
    assert (told in made.gap, "stand on" in made.gap) == (not knows, not knows)


def test_where_no_group_has_a_score_overall_only_the_part_is_told() -> None:
    parts = bank_of("[{id: q}, {id: r, domain: e}]", "{d: 1, e: 1}")
    bank = parts.model_copy(update={"enough": parts.enough.model_copy(update={"domain": 0.01, "overall": 1})})
    people = [assessment(bank, {"q": 1}, role="peer-worker") for _ in range(5)]
    people += [assessment(bank, {"q": 4}, role="team-member") for _ in range(5)]
    made = views(AssessedTeam(bank, people))
    assert made is not None
    assert made.gap is not None
    assert made.gap.startswith("Views lie furthest apart on “")
    assert "Overall" not in made.gap
