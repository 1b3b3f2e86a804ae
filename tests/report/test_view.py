"""A report's data: what it says about a service."""

import datetime as dt
from pathlib import Path

import pytest

from readiness.assessment.model import BankReference, Response
from readiness.bank.model import Bank
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.route import cheapest_route, target_band
from readiness.report.plan_document import plan_document, route_document
from readiness.report.report_document import report_document
from readiness.report.score_document import score_document
from readiness.report.view import build_report
from readiness.scoring.model import State
from readiness.scoring.rounding import shown
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.report.services import PROFILE, SERVICES, SOBER, asked, example
from tests.report.views import Reports, answers
from tests.reports import as_page
from tests.small import small_bank

EXAMPLES = ("northside", "harbour")


@pytest.mark.parametrize("name", EXAMPLES)
def test_numbers_are_those_of_the_score(name: str, bank: Bank, report: Reports) -> None:
    scored, made = standings(bank, SERVICES[name](bank)).score(), report(name)
    for part, view in [
        (scored.overall, made.overall),
        (scored.facilitators, made.facilitators),
        (scored.barriers, made.barriers),
        *((domain, view.overall) for domain, view in zip(scored.domains, made.domains, strict=True)),
    ]:
        assert (view.score, view.low, view.high) == (shown(part.score), shown(part.low), shown(part.high))


@pytest.mark.parametrize("name", EXAMPLES)
def test_band_is_the_one_reached_and_bands_cover_the_whole_scale(name: str, bank: Bank, report: Reports) -> None:
    made, band = report(name), standings(bank, SERVICES[name](bank)).score().band
    assert band is not None
    assert made.band is not None
    assert made.band.id == band.id
    assert made.provisional == band.provisional
    assert [view.id for view in made.bands if view.reached] == [band.id]
    assert made.bands[0].start == 0
    assert [view.end for view in made.bands] == [*(view.start for view in made.bands[1:]), 100]


@pytest.mark.parametrize("name", EXAMPLES)
def test_plan_stands_in_the_report_whole_and_in_order(name: str, bank: Bank, report: Reports) -> None:
    stands = standings(bank, SERVICES[name](bank))
    plan = build_plan(PlanBasis.of(stands))
    found = sorted((a for horizon in report(name).horizons for a in horizon.actions), key=lambda a: a.number)
    assert [action.id for action in found] == [action.id for action in plan.actions]
    assert [action.number for action in found] == [*range(1, len(found) + 1)]
    assert [action.id for action in report(name).start] == [
        action.id for action in plan.start_on(dt.date(2026, 11, 22))
    ]


@pytest.mark.parametrize("name", SERVICES)
def test_every_question_asked_stands_in_one_part_once_and_is_strong_missing_or_open(
    name: str, bank: Bank, report: Reports
) -> None:
    made = report(name)
    answers = [answer for domain in made.domains for answer in domain.answers]
    assert {answer.id for answer in answers} == {
        one.question.id for one in standings(bank, SERVICES[name](bank)).questions
    }
    assert sorted(answer.number for answer in answers) == [*range(1, len(answers) + 1)]
    for domain in made.domains:
        sorted_out = [*domain.strong, *domain.missing, *domain.open]
        left = [answer for answer in domain.answers if answer.state != State.NOT_APPLICABLE]
        assert sorted(sorted_out, key=lambda a: a.number) == left


def test_facts_about_northside_are_those_of_its_file(bank: Bank, report: Reports) -> None:
    made, source = report("northside"), example("northside-cmht", bank)[0]
    assert made.team == source.team.name
    assert made.organisation == source.team.organisation
    assert (made.date, made.date_text) == ("2026-10-14", "14 October 2026")
    assert made.answered_by == "service manager"
    assert len(made.profile) == len(source.team.profile)
    assert [answer.id for answer in made.open] == [
        answer.id for answer in answers(made) if answer.state in ("unknown", "unanswered")
    ]
    states = {answer.id: answer.state for answer in answers(made)}
    given = {name: response for name, response in source.responses.items() if response.answered}
    assert {name for name, state in states.items() if state == "unanswered"} == states.keys() - given.keys()
    assert {name for name, state in states.items() if state == "unknown"} == {
        name for name, response in given.items() if response.unknown
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_note_and_every_evidence_of_one_respondent_is_shown(name: str, bank: Bank, report: Reports) -> None:
    source = SERVICES[name](bank)[0]
    shown_answers = {answer.id: answer for answer in answers(report(name))}
    for question, response in source.responses.items():
        assert " ".join(shown_answers[question].note) == " ".join((response.note or "").split())
        assert shown_answers[question].evidence == response.evidence


def may_be_set_aside(bank: Bank) -> str:
    """Return a question that need not apply to a service."""
    return next(question.id for question in bank.asked(PROFILE) if not question.always)


def test_does_not_apply_says_why(bank: Bank) -> None:
    name = may_be_set_aside(bank)
    made = build_report(AssessedTeam(bank, [assessment(bank, {name: "n/a: there are no clinicians"}, PROFILE)]))
    answer = next(answer for answer in answers(made) if answer.id == name)
    assert answer.answer == "Does not apply: there are no clinicians"
    assert made.set_aside is not None
    assert f"“{bank.question_by_id[name].name}”" in made.set_aside


def test_does_not_apply_without_one_persons_reason_still_says_so(bank: Bank) -> None:
    name = may_be_set_aside(bank)
    one = assessment(bank, {name: "n/a: private reason"}, PROFILE)
    made = build_report(AssessedTeam(bank, [one, one]))
    assert next(answer for answer in answers(made) if answer.id == name).answer == "Does not apply."
    assert "private reason" not in made.model_dump_json()


def test_does_not_apply_to_a_question_that_always_does_is_not_known(bank: Bank) -> None:
    name = next(question.id for question in bank.asked(PROFILE) if question.always)
    made = build_report(AssessedTeam(bank, [assessment(bank, {name: "n/a: not ours"}, PROFILE)]))
    assert next(answer for answer in answers(made) if answer.id == name).state == "unknown"
    assert made.set_aside is None


def test_what_holds_the_band_says_what_it_needs_and_where_it_stands(bank: Bank) -> None:
    gate = next(question for question in bank.asked(PROFILE) if question.minimum is not None)
    responses: dict[str, object] = {name: levels[-1] for name, levels in asked(bank).items()}
    responses[gate.id] = gate.levels[0].value
    held = build_report(AssessedTeam(bank, [assessment(bank, responses, PROFILE)])).held_by
    assert gate.minimum is not None
    needed = gate.level(gate.minimum)
    assert needed is not None
    assert [(one.label, one.needs, one.now) for one in held] == [(gate.name, needed.text, gate.levels[0].text)]


def test_what_helps_is_strongest_first_and_what_hinders_weakest_first(report: Reports) -> None:
    made = report("northside")
    helps, hinders = [a.share or 0 for a in made.helps], [a.share or 0 for a in made.hinders]
    assert helps == sorted(helps, reverse=True)
    assert hinders == sorted(hinders)
    assert {a.kind for a in made.helps} == {"facilitator"}
    assert {a.kind for a in made.hinders} == {"barrier"}


def test_reasons_name_a_source_that_is_listed(report: Reports) -> None:
    made = report("northside")
    listed = {source.number for source in made.sources}
    assert {reason.source for domain in made.domains for reason in domain.why} <= listed


def test_role_left_out_is_one_person(report: Reports) -> None:
    assert report("top").answered_by == "one person"


def test_note_on_a_question_not_answered_is_shown(bank: Bank) -> None:
    one = assessment(bank, {next(iter(asked(bank))): Response(note="Will ask")}, PROFILE)
    first = answers(build_report(AssessedTeam(bank, [one])))[0]
    assert (first.state, first.note) == ("unanswered", ("Will ask",))


def test_date_is_the_latest_of_all_respondents(bank: Bank) -> None:
    one = assessment(bank, {}, PROFILE)
    earlier = one.model_copy(update={"date": one.date.replace(day=1)})
    assert build_report(AssessedTeam(bank, [one, earlier])).date == one.date.isoformat()


def test_what_holds_the_band_does_not_hide_what_is_not_known(bank: Bank) -> None:
    gate = next(question for question in bank.asked(PROFILE) if question.minimum is not None)
    responses: dict[str, object] = {name: levels[-1] for name, levels in asked(bank).items()}
    responses[gate.id] = "unknown"
    made = build_report(AssessedTeam(bank, [assessment(bank, responses, PROFILE)]))
    assert made.held_text in made.explanation
    assert any("1 question is not known" in sentence for sentence in made.explanation)
    assert (as_page(made, SOBER)).count("1 question is not known") == 1


def test_a_gate_that_too_few_know_says_so_beside_where_it_stands(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 9}, {id: g, minimum: 2, label: Pay}]")
    people = [assessment(bank, {"a": 4, "g": level}) for level in (3, 3, 3, "unknown", "unknown", "unknown")]
    made = build_report(AssessedTeam(bank, people))
    [held] = made.held_by
    assert held.now == "Level 3. Too few people know it to be sure."
    assert made.held_text == "“Band top” is held back until it is known that this is in place: “Pay”."
    assert [action.holds for horizon in made.horizons for action in horizon.actions] == [
        "“Band top” waits for this",
        "",
    ]


def test_another_banks_report_claims_nothing_about_peer_workers(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: g, minimum: 2, kind: barrier}]")
    bank = bank.model_copy(update={"findings": tuple(each.model_copy(update={"key": True}) for each in bank.findings)})
    made = build_report(AssessedTeam(bank, [assessment(bank, {"a": 1, "g": 1})]))
    words = made.model_dump_json()
    assert "Peer" not in words
    assert (
        "“Band top” also needs this to reach a minimum for more than half of all who answered: “Question g”."
        in made.sentences.bands
    )
    assert {reason.kind_text for domain in made.domains for reason in domain.why} == {"Key facilitator", "Key barrier"}


@pytest.mark.parametrize(
    ("version", "fingerprint", "told"),
    [
        (None, None, ""),
        (None, "0" * 16, "Answers were given to another edition of the questions than this report uses."),
        ("0.0.9", "0" * 16, "Then: version 0.0.9. Now: {now}."),
    ],
)
def test_answers_to_another_edition_of_the_questions_are_told_of(
    bank: Bank, version: str | None, fingerprint: str | None, told: str
) -> None:
    [today] = example("northside-cmht", bank)
    other = today.model_copy(update={"bank": BankReference(id=bank.id, version=version, fingerprint=fingerprint)})
    assert build_report(AssessedTeam(bank, [today])).older_bank is None
    team = AssessedTeam(bank, [today, other])
    report = build_report(team)
    assert (report.older_bank or "").endswith(told.format(now=bank.version))
    band = target_band(team.standings, "")
    route = route_document(team, band, cheapest_route(team.basis, band, {}))
    for document in (report_document(report, SOBER), score_document(team), plan_document(report), route):
        assert [line for line in document.lines if "another edition" in str(line)] == [
            *filter(None, [report.older_bank])
        ]
