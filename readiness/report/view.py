"""Gathers everything a report shows, as plain data. Nothing is drawn here."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from readiness import __version__
from readiness.bank.fields import exact
from readiness.bank.model import Bank, Domain, Kind, Question
from readiness.document.values import score_view
from readiness.language import _, drafted, in_long, n_, spoken
from readiness.plan.model import Plan
from readiness.plan.overlay import Status
from readiness.plan.stretch import Stretch
from readiness.report.actions import action_views, behind, horizon_view, progress
from readiness.report.differences import views
from readiness.report.first_actions import first_actions, later_in_words, lowest_named
from readiness.report.model import (
    ActionView,
    AnswerView,
    AskView,
    DomainView,
    Fact,
    HeldView,
    ReasonView,
    Report,
    SinceView,
    SourceView,
)
from readiness.report.notes import NOTHING, Notes, Said, default_notes, notes_of, notes_told
from readiness.report.result_card import bands_of
from readiness.report.sentences import KEY_WORDS, KIND_WORDS, sentences, why_first
from readiness.report.who_answered import answered_by, older_bank
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.explain import band_starts, explain, held, minimum_in_words, set_aside, too_little_known, unheard
from readiness.scoring.model import DomainScore, Gate, Score, State
from readiness.scoring.rounding import in_words
from readiness.scoring.standing import Standing
from readiness.team import AssessedTeam
from readiness.text import ended

if TYPE_CHECKING:
    from readiness.plan.progress import TeamComparison

STRONG = Fraction(3, 4)
"""From this share on an answer counts as strong: on the five-step ladder, from "routine, and checked"."""


def build_report(
    team: AssessedTeam,
    *,
    notes: Notes | None = None,
    today: dt.date | None = None,
    since: "TeamComparison | None" = None,
) -> Report:
    """Return the report about the team.

    ``notes`` says which notes are shown; without it, those of several people are left out: they can hold personal data.
    What is late is told as of ``today``, else as of the day of the answers. So the same files always give the same
    report. ``since`` is what has changed since earlier answers, in the same words.
    """
    bank, assessments, stands, score = team.bank, team.assessments, team.standings, team.score
    notes = notes or default_notes(len(assessments))
    said = notes_of(assessments, notes)
    if len(assessments) >= LEAST_GROUP:  # a note at a question that few answered is as good as their answer
        said = {
            one.question.id: said[one.question.id] for one in stands.questions if one.known and one.question.id in said
        }
    answers = [
        _answer(bank, standing, said.get(standing.question.id, NOTHING), number)
        for number, standing in enumerate(stands.questions, start=1)
    ]
    date = team.date
    today = today or date
    plan = team.plan.on(today)
    start = plan.start_on(today)
    actions = action_views(plan.actions, today, bank, start=start)
    first_three = action_views(start, today, bank, start=start)
    to_do = [action for action in actions if action.status != Status.DONE]
    past = action_views(plan.past, today, bank)
    first = first_actions([*to_do, *(action for action in past if action.late or action.counts_as == Status.STUCK)])
    bands = bands_of(bank, score)
    return Report(
        language=spoken(),
        draft=draft_note(),
        older_bank=older_bank(bank, assessments),
        title=bank.title,
        team=stands.team.name,
        organisation=stands.team.organisation,
        date=date.isoformat(),
        date_text=in_long(date),
        answered_by=answered_by(bank, score.voices),
        profile=facts_of(bank, stands.team.profile),
        overall=score_view(score.overall, band_starts(bank)),
        band=next((band for band in bands if band.reached), None),
        provisional=score.band is not None and score.band.provisional,
        bands=bands,
        headline=_headline(bank, score),
        limits=tuple(filter(None, (unheard(bank, score), too_little_known(bank, score)))),
        set_aside=set_aside(bank, score) or None,
        since=None if since is None else _since(bank, since),
        explanation=explain(bank, score),
        held_text=held(bank, score) or None,
        held_by=_held(bank, score, answers),
        start=first_three,
        behind=behind(actions, past),
        lowest=lowest_named(answers, start, to_do) if start else None,
        first=first,
        later=later_in_words(len({action.id for action in to_do} - {action.id for action in first})),
        facilitators=score_view(score.facilitators, band_starts(bank)),
        barriers=score_view(score.barriers, band_starts(bank)),
        helps=_of_kind(answers, Kind.FACILITATOR),
        hinders=_of_kind(answers, Kind.BARRIER),
        domains=tuple(
            _domain(bank, domain, part, answers, _of_domain(domain, plan, actions))
            for domain, part in zip(bank.domains, score.domains, strict=True)
        ),
        horizons=tuple(horizon_view(horizon, actions) for horizon in Stretch),
        progress=progress(plan, today) if team.overlay.actions else None,
        dropped=action_views(plan.dropped, today, bank),
        past=past,
        strong=tuple(answer.label for answer in answers if answer.strong),
        open=tuple(filter(_is_open, answers)),
        asks=tuple(_asks(answers)),
        notes_left_out=len(assessments) > 1 and notes is Notes.NONE,
        notes_told=notes_told(len(assessments), notes),
        views=views(team),
        sources=tuple(
            SourceView(number=number, citation=source.citation, url=source.url, about=source.about)
            for number, source in enumerate(bank.sources, start=1)
        ),
        sentences=sentences(
            bank,
            [one.question.name for one in stands.questions if one.question.minimum is not None],
            __version__,
            holds=any(action.holds_band for action in actions),
            several=len(assessments) > 1,
            first=why_first(
                scored=not score.too_little_known,
                soonest=len({action.horizon_id for action in first_three}) > 1,
                holds=any(action.holds_band for action in first_three),
            ),
        ),
        bank=f"{bank.id} {bank.version}",
        fingerprint=bank.fingerprint,
        version=__version__,
    )


def _since(bank: Bank, found: "TeamComparison") -> SinceView:
    from readiness.report.since import since_view  # most reports have no date to compare with

    return since_view(bank, found)


def draft_note() -> str | None:
    """Return what a reader should know of the language that is spoken; None if its words have been reviewed."""
    if not drafted():
        return None
    return _("This translation is a draft, for review. What is not translated yet stands in English.")


def _headline(bank: Bank, score: Score) -> str:
    """Return the result in one sentence."""
    if score.band is None:
        return _("There is no result yet, as too little is known.")
    number = in_words(score.overall.score, band_starts(bank))
    return _("{team} is at “{band}”, {score} out of 100.", team=score.team.name, band=score.band.label, score=number)


def _is_open(answer: AnswerView) -> bool:
    return answer.state in (State.UNKNOWN, State.UNANSWERED)


def _asks(answers: Sequence[AnswerView]) -> Iterator[AskView]:
    """Yield what nobody knows, by whom to ask, in the questions' order."""
    asked = dict.fromkeys(_whom(answer) for answer in answers if _is_open(answer))
    for whom in asked:
        yield AskView(who=whom, questions=tuple(one for one in answers if _is_open(one) and _whom(one) == whom))


def _whom(answer: AnswerView) -> str:
    return answer.who_knows or _("The people who do the work.")


def facts_of(bank: Bank, profile: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return what a profile says of the service, in the words of the bank."""
    return tuple(
        Fact(label=asked.text, value=asked.label(profile[asked.id]) or "")
        for asked in bank.profile
        if asked.id in profile
    )


def _held(bank: Bank, score: Score, answers: Iterable[AnswerView]) -> tuple[HeldView, ...]:
    held_by = score.band.held_by if score.band else ()
    unsure = {one.id for one in score.questions if one.gate is Gate.UNKNOWN and one.state is State.ANSWERED}
    doubt = _("Too few people know it to be sure.")
    return tuple(
        HeldView(
            label=answer.label,
            needs=minimum_in_words(bank, answer.id),
            now=" ".join((ended(answer.answer), doubt)) if answer.id in unsure else answer.answer,
        )
        for answer in answers
        if answer.id in held_by
    )


def _answer(bank: Bank, standing: Standing, said: Said, number: int) -> AnswerView:
    question, share, at = standing.question, standing.share, standing.stands
    top = len(question.levels) - 1
    return AnswerView(
        id=question.id,
        number=number,
        label=question.name,
        question=question.text,
        kind=bank.kind(question),
        key=any(bank.finding_by_id[name].key for name in question.findings),
        state=standing.state,
        step=None if at is None else at + 1,
        steps=len(question.levels),
        share=None if share is None else float(share),
        strong=at is not None and question.share(exact(question.levels[at].value)) >= STRONG,
        answer=_in_words(question, standing, said.why),
        counts=" · ".join(map(str, standing.counts)) if at is not None and standing.people > 1 else None,
        next=question.goal_of(at + 1) if at is not None and at < top else None,
        keep=(question.keep or question.levels[-1].text) if at == top else None,
        who_knows=question.who_knows,
        note=said.note,
        evidence=said.evidence,
    )


def _in_words(question: Question, standing: Standing, why: str | None) -> str:
    match standing.state:
        case State.UNKNOWN:
            return _("Not known.")
        case State.UNANSWERED:
            return _("Not answered.")
        case State.NOT_APPLICABLE:
            return _("Does not apply: {why}", why=why) if why else _("Does not apply.")
    return question.levels[standing.stands or 0].text


def _of_kind(answers: Iterable[AnswerView], kind: Kind) -> tuple[AnswerView, ...]:
    """Return the answers with a level, strongest first for what helps, weakest first for what gets in the way."""
    known = [answer for answer in answers if answer.kind == kind and answer.share is not None]
    return tuple(sorted(known, key=_share, reverse=kind is Kind.FACILITATOR))


def _domain(
    bank: Bank, domain: Domain, part: DomainScore, answers: Iterable[AnswerView], actions: Iterable[ActionView]
) -> DomainView:
    mine = tuple(answer for answer in answers if bank.question_by_id[answer.id].domain == domain.id)
    scored = [answer for answer in mine if answer.share is not None]
    coverage = part.coverage
    return DomainView(
        id=domain.id,
        title=domain.title,
        about=domain.about,
        overall=score_view(part, band_starts(bank)),
        answered=n_(
            "{answered} of {count} question answered",
            "{answered} of {count} questions answered",
            coverage.applicable,
            answered=coverage.answered,
        ),
        known=_("{known} of {all}", known=coverage.answered, all=coverage.applicable),
        strong=tuple(answer for answer in scored if answer.strong),
        missing=tuple(sorted((answer for answer in scored if not answer.strong), key=_share)),
        open=tuple(filter(_is_open, mine)),
        actions=tuple(actions),
        why=_reasons(bank, mine),
        answers=mine,
    )


def _of_domain(domain: Domain, plan: Plan, actions: Iterable[ActionView]) -> Iterator[ActionView]:
    return (view for action, view in zip(plan.actions, actions, strict=True) if action.domain == domain.id)


def _share(answer: AnswerView) -> float:
    return answer.share or 0


def _reasons(bank: Bank, answers: Iterable[AnswerView]) -> tuple[ReasonView, ...]:
    """Return the findings that the questions stand on, each once, in the questions' order."""
    names = dict.fromkeys(name for answer in answers for name in bank.question_by_id[answer.id].findings)
    findings = [bank.finding_by_id[name] for name in names]
    numbers = {source.id: number for number, source in enumerate(bank.sources, start=1)}
    return tuple(
        ReasonView(
            statement=finding.statement,
            kind=finding.kind,
            kind_text=_((KEY_WORDS if finding.key else KIND_WORDS)[finding.kind]),
            key=finding.key,
            source=numbers[finding.source],
        )
        for finding in findings
    )
