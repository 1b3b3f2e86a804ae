"""Where views differ: what is said, what is not called agreement, and what nobody is shown."""

from collections.abc import Mapping, Sequence

import pytest

from readiness.bank.model import Bank
from readiness.report.differences import TALK, views
from readiness.report.model import Report, ViewsView
from readiness.report.view import build_report
from readiness.report.views_sheet import view_columns, view_rows
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.report.differing import BANK, EVEN, ONE, SIX, bank_of, found, only, team
from tests.report.services import SERVICES

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


def test_one_person_has_no_views_that_differ() -> None:
    assert views(AssessedTeam(ONE, team(1))) is None


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
