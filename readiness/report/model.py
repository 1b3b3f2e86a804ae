"""What a report holds: plain data, ready to be shown. Every text in it is safe to show as it is."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from readiness.bank.action_words import ActionWords
from readiness.document.values import BandView, ReportModel, ScoreView, Shown, SpreadView


class Fact(ReportModel):
    """Something known about the service."""

    label: Shown
    value: Shown


class HeldView(ReportModel):
    """A question that holds a band back: what it needs, and where it stands."""

    label: Shown
    needs: Shown
    now: Shown


class ActionView(ReportModel, ActionWords[Shown, Shown, Shown]):
    """An action, ready to be shown.

    ``number`` is the action's own, from 1: once the plan has left the machine, it stays. ``label`` says what it is for,
    in a few words, and ``question_numbers`` which questions that is. ``named`` is the title with what it is for, where
    it stands alone. ``effort`` is empty if nobody gave one. ``owner`` is who was named for it, empty if nobody
    was; ``role`` who is suggested; ``by_whom`` says which of the two it is. ``due`` is a date as 2027-01-31, and
    ``due_words`` says it, and if it is ``late``; ``time_frame`` says by when, or else within which months. ``horizon``
    is the stretch of time that it is shown in: that of its date, and without one the suggested one, if there is room.
    ``status`` is one of todo, doing, stuck and done; ``counts_as`` is how far it is where progress is counted: what the
    answers have got past is done, and None is not to be done today. ``own``: the team's own action, which belongs to no
    question. ``mark`` says what a person who edited it should know; ``dropped`` why it is not to be done. ``together``
    says who must be in on it, ``starts_from`` who puts its question lower than all together, so that it starts there,
    ``holds`` which band waits for it; all may be empty. ``facts`` says in a line what it is for, what it takes, and
    who is in on it; ``state`` how far it is, who does it, by when.
    """

    id: Shown
    number: int
    questions: tuple[Shown, ...]
    question_numbers: tuple[int, ...]
    label: Shown
    named: Shown
    horizon_id: Shown
    when: Shown
    together: Shown
    starts_from: Shown
    holds_band: bool
    holds: Shown
    start_here: bool
    role: Shown
    by_whom: Shown
    due: Shown | None
    due_text: Shown | None
    due_words: Shown | None
    late: bool
    time_frame: Shown
    status: Shown
    status_text: Shown
    counts_as: Shown | None
    comments: tuple[Shown, ...]
    own: bool
    mark: Shown | None
    dropped: Shown | None
    facts: Shown
    state: Shown


class HorizonView(ReportModel):
    """The actions of one stretch of time, in order: now, room (when there is room for them), next, later."""

    id: Shown
    title: Shown
    when: Shown
    actions: tuple[ActionView, ...]


class AnswerView(ReportModel):
    """A question and where it stands.

    ``step`` counts levels from 1: the level it stands at. ``share`` is the mean of what answers count, from 0 to 1;
    both are None if it is not known. ``answer`` says it in words; ``counts`` has the people on each step, lowest first,
    if several answered. ``next`` is what to reach, ``keep`` what to keep doing at the top.
    """

    id: Shown
    number: int
    label: Shown
    question: Shown
    kind: Shown
    key: bool
    state: Shown
    step: int | None
    steps: int
    share: float | None
    strong: bool
    answer: Shown
    counts: Shown | None
    next: Shown | None
    keep: Shown | None
    who_knows: Shown | None
    note: tuple[Shown, ...]
    evidence: tuple[Shown, ...]


class AskView(ReportModel):
    """Whom to ask, and the questions that they may know about."""

    who: Shown
    questions: tuple[AnswerView, ...]


class ReasonView(ReportModel):
    """Why something matters: the finding, and its source's number in the list of sources."""

    statement: Shown
    kind: Shown
    kind_text: Shown
    key: bool
    source: int


class DomainView(ReportModel):
    """One part of the report: where the service is; what is strong, missing and not known; what to do, and why."""

    id: Shown
    title: Shown
    about: Shown
    overall: ScoreView
    answered: Shown
    known: Shown
    strong: tuple[AnswerView, ...]
    missing: tuple[AnswerView, ...]
    open: tuple[AnswerView, ...]
    actions: tuple[ActionView, ...]
    why: tuple[ReasonView, ...]
    answers: tuple[AnswerView, ...]


class DifferenceView(ReportModel):
    """A question, and how far the ``n`` answers to it lie apart: in words, and as measures for those who know them.

    ``rows`` hold everybody's answers first, then those of each group that can be shown; none where fewer than three
    answered. ``gaps`` say in words how far groups lie apart. Where there is something to talk about, ``prompt`` says
    how, and ``look_at`` names what would show where the service stands. ``mean`` (from 1), ``sd`` and ``ad`` are in
    steps, ``r_wg`` goes from 0 to 1.
    """

    id: Shown
    number: int
    label: Shown
    question: Shown
    n: int
    rows: tuple[SpreadView, ...]
    said: Shown
    gaps: tuple[Shown, ...]
    prompt: Shown | None
    look_at: tuple[Shown, ...]
    mean: float | None
    sd: float | None
    r_wg: float | None
    ad: float | None


class GroupView(ReportModel):
    """A group of ``n`` people, with the score of what they said: overall, then for each domain; see ``groups_note``."""

    who: Shown
    n: int
    overall: Shown
    domains: tuple[Shown, ...]


class ViewsView(ReportModel):
    """Where the views of several people differ.

    ``told`` says who answered, and what is held back; ``meaning`` what differences are, ``measure`` what is called one.
    ``groups`` hold everybody first, then those that can be shown; ``groups_note`` says what their scores stand on.
    ``gap`` says on which part Peer Workers and the others lie furthest apart, if that may be shown. ``talk`` are the
    questions to talk about first, ``questions`` all of them, the least agreement first.
    """

    told: tuple[Shown, ...]
    meaning: Shown
    measure: Shown
    groups: tuple[GroupView, ...]
    groups_note: Shown
    gap: Shown | None
    talk: tuple[DifferenceView, ...]
    questions: tuple[DifferenceView, ...]


class SinceView(ReportModel):
    """What has changed since last time, in sentences; ``date`` is the day of the earlier answers."""

    date: Shown
    told: Shown


class SourceView(ReportModel):
    """Something published that the questions stand on."""

    number: int
    citation: Shown
    url: Shown | None
    about: Shown | None


class Sentences(ReportModel):
    """What stands in every report in our own words: leads of its parts, how the score works, what it does not claim."""

    provisional: Shown
    held: Shown
    forces: Shown
    guarded: Shown
    nothing_known: Shown
    first: Shown
    plan: Shown
    fill_in: Shown
    nothing_to_plan: Shown
    open: Shown
    notes_left_out: Shown
    score: tuple[Shown, ...]
    bands: Shown
    terms: Shown | None
    not_validated: Shown
    claim: Shown
    made_with: Shown


class Report(ReportModel):
    """The whole report about one team.

    ``headline`` is the result in a sentence, ``limits`` what a reader must know before it: voices that were not heard,
    too little known. ``asks`` has what nobody knows, by whom to ask.

    ``language`` is its tag (BCP 47), and ``draft`` says so where its texts are a draft translation. ``progress`` says
    how far the plan is, once somebody works with it. ``dropped`` are actions that were taken out, ``past`` those that
    were worked on and are not in today's plan. ``held_text`` says what a band waits for or will need;
    ``held_by`` has it in full. ``behind`` names the actions that are late or stuck; ``lowest`` the questions on their
    lowest step that ``start`` has nothing for. ``first`` are those to look at first, in a report of two pages: what
    somebody has taken on, then what is suggested first; ``later`` says how many more there are.
    ``since`` is there if earlier answers are known. ``views`` are there where several people answered; ``notes_told``
    is what to know of their notes. ``older_bank`` says so where answers were given to another version of the
    questions than ``bank``.
    """

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    language: Shown
    draft: Shown | None
    older_bank: Shown | None
    title: Shown
    team: Shown
    organisation: Shown | None
    date: Shown
    date_text: Shown
    answered_by: Shown
    profile: tuple[Fact, ...]
    overall: ScoreView
    band: BandView | None
    provisional: bool
    bands: tuple[BandView, ...]
    headline: Shown
    limits: tuple[Shown, ...]
    set_aside: Shown | None
    since: SinceView | None
    strong: tuple[Shown, ...]
    asks: tuple[AskView, ...]
    explanation: tuple[Shown, ...]
    held_text: Shown | None
    held_by: tuple[HeldView, ...]
    start: tuple[ActionView, ...]
    behind: Shown | None
    lowest: Shown | None
    first: tuple[ActionView, ...]
    later: Shown | None
    facilitators: ScoreView
    barriers: ScoreView
    helps: tuple[AnswerView, ...]
    hinders: tuple[AnswerView, ...]
    domains: tuple[DomainView, ...]
    horizons: tuple[HorizonView, ...]
    progress: Shown | None
    dropped: tuple[ActionView, ...]
    past: tuple[ActionView, ...]
    open: tuple[AnswerView, ...]
    notes_left_out: bool
    notes_told: Shown | None
    views: ViewsView | None
    sources: tuple[SourceView, ...]
    sentences: Sentences
    bank: Shown
    fingerprint: Shown
    version: Shown

    @property
    def planned(self) -> tuple[ActionView, ...]:
        """Actions of today's plan, the soonest first."""
        return tuple(action for horizon in self.horizons for action in horizon.actions)

    @property
    def every_action(self) -> tuple[ActionView, ...]:
        """Actions of today's plan, then those worked on that are not in it, then those taken out."""
        return (*self.planned, *self.past, *self.dropped)

    @property
    def day(self) -> dt.date:
        """The day it is of."""
        return dt.date.fromisoformat(self.date)
