"""Comparison of a team at two dates or more as a document."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from readiness.assessment.roles import role_of_many
from readiness.bank.model import Bank, Question
from readiness.document.blocks import Block, Document, Heading, Paragraph, Points, Tone
from readiness.document.charts import ThenAndNowChart, TrendChart
from readiness.document.spans import Line, spans, strong
from readiness.document.tables import Cell, Column, Table, of_numbers
from readiness.document.values import score_view
from readiness.language import N_, _, in_long, in_short, n_
from readiness.plan.progress import DoneAction, TeamComparison
from readiness.report.who_answered import answered_by
from readiness.scoring.comparison import (
    Doubt,
    Move,
    Moved,
    MovedQuestion,
    QuestionThen,
    Then,
)
from readiness.scoring.explain import band_starts, names_in_short
from readiness.scoring.model import OVERALL, Range, State
from readiness.scoring.rounding import in_words
from readiness.text import listed, unended

_THEN_AND_NOW = 2
"""Dates of which nothing is told over time."""
_HEADINGS: Mapping[Move, str] = {
    Move.UP: N_("Moved up: {count}"),
    Move.DOWN: N_("Moved down: {count}"),
    Move.NOW_KNOWN: N_("Known now: {count}"),
    Move.NO_LONGER_KNOWN: N_("Not known any more: {count}"),
    Move.STILL_OPEN: N_("Still not known, or not answered: {count}"),
    Move.NOW_APPLIES: N_("Counts now, and did not then: {count}"),
    Move.NO_LONGER_APPLIES: N_("Counted then, and does not now: {count}"),
}
_STATES: Mapping[State, str] = {
    State.UNKNOWN: N_("not known"),
    State.UNANSWERED: N_("not answered"),
    State.NOT_APPLICABLE: N_("does not apply"),
}


def comparison_document(bank: Bank, found: TeamComparison) -> Document:
    """Return the comparison: like for like first, then each part, then question by question."""
    team = found.team
    title = _("{team}: then and now", team=team.name)
    return Document(
        title=title,
        kicker=bank.title,
        lines=[*([team.organisation] if team.organisation else []), _dates(found)],
        running=title,
        date=found.after.date,
        blocks=[*_blocks(bank, found)],
    )


def _dates(found: TeamComparison) -> str:
    """Return the day of the last date; of more than two dates, which of them are compared."""
    if len(found.dates) == _THEN_AND_NOW:
        return in_long(found.after.date)
    return _(
        "{then} compared with {now}: the first and the last of {count} dates",
        then=in_long(found.before.date),
        now=in_long(found.after.date),
        count=len(found.dates),
    )


def _blocks(bank: Bank, found: TeamComparison) -> Iterator[Block]:
    if found.silent:
        yield Paragraph(silent(bank, found), Tone.ALERT)
    yield Points([_then(bank, then) for then in found.dates])
    if found.bands_hidden:
        yield _("Bands are not told: a change could say what one person answered to a question that decides them.")
    yield from _alike(bank, found)
    yield from _overall(bank, found.overall)
    everywhere = [_(words) for doubt, words in _EVERYWHERE.items() if doubt in found.doubts]
    if everywhere and any(moved.change for _title, moved in _rows(found)):
        yield _("What else could explain any change here: {what}.", what=listed(everywhere, _("and")))
    if found.reworded:
        yield _(
            "Asked in other words then, so not compared: {names}.",
            names=names_in_short(bank.question_by_id[name].name for name in found.reworded),
        )
    yield _parts(bank, found)
    here = {doubt for _title, moved in _rows(found) if moved.is_doubtful for doubt in moved.doubts}
    if here:
        what = listed([_(words) for doubt, words in _IN_PART.items() if doubt in here], _("or"))
        yield Paragraph(_("“?”: {what} in that part could explain the change.", what=what), Tone.NOTE)
    if len(found.dates) > _THEN_AND_NOW:
        yield from _over_time(bank, found)
    yield from _done(bank, found)
    if found.questions_hidden:
        yield _(
            "Parts and single questions are not compared. Too few people came or went between the dates, or it can’t "
            "be told who did, so a change could say what one person answered."
        )
        return
    yield from _moves(bank, found)
    if found.left_out:
        names = names_in_short(bank.question_by_id[name].name for name in found.left_out)
        yield _(
            "Not compared: {names}. Too few people knew it at one date alone, so a change could say what one of them "
            "answered. Parts are not compared either, as they would tell it.",
            names=names,
        )


def silent(bank: Bank, found: TeamComparison) -> str:
    """Return which roles answered then and did not now, and what that means."""
    who = listed([role_of_many(role, bank.roles) for role in found.silent], _("and"))
    return _("Then, {who} answered. Now none of them did, so the change may only say that they are missing.", who=who)


def _then(bank: Bank, then: Then) -> Line:
    who = _("Answered by: {who}.", who=answered_by(bank, then.voices))
    score = in_words(then.overall.score, band_starts(bank))
    if then.overall.score is None:
        result = _("no score")
    else:
        result = f"{then.band.label}, {score}" if then.band else _("{score} out of 100", score=score)
    return spans(strong(f"{in_long(then.date)}:"), f"{result}.", who)


def _alike(bank: Bank, found: TeamComparison) -> Iterator[Block]:
    """Yield how the score moved over what was asked and known at both dates."""
    alike = found.alike
    if alike is None or alike.change is None:
        yield _("Nothing was asked and known at both dates, so like can’t be compared with like.")
        return
    yield _(
        "Like for like, over the {count} questions asked and known at both dates: {before} then, {after} now.",
        count=found.alike_questions,
        before=in_words(alike.before.score, band_starts(bank)),
        after=in_words(alike.after.score, band_starts(bank)),
    )


def _overall(bank: Bank, moved: Moved) -> Iterator[Block]:
    if moved.change is None:
        yield _no_score(moved)
        return
    starts = band_starts(bank)
    before, after = in_words(moved.before.score, starts), in_words(moved.after.score, starts)
    yield _("Over all questions, the score was {before}, and is {after} out of 100.", before=before, after=after)
    if moved.change and not moved.firm and any(one.low != one.high for one in (moved.before, moved.after)):
        yield _(
            "Allowing for what is not known: {low_then} to {high_then} then, {low_now} to {high_now} now. The change "
            "is not certain.",
            low_then=in_words(moved.before.low, starts),
            high_then=in_words(moved.before.high, starts),
            low_now=in_words(moved.after.low, starts),
            high_now=in_words(moved.after.high, starts),
        )


def _no_score(moved: Moved) -> str:
    if moved.after.score is not None:
        return _("Too little was known then for a score, so the whole can’t be compared.")
    if moved.before.score is not None:
        return _("Too little is known now for a score, so the whole can’t be compared.")
    return _("Too little was known then, and is known now, for a score, so the whole can’t be compared.")


_EVERYWHERE: Mapping[Doubt, str] = {
    Doubt.PROFILE: N_("other questions, as the service is at another stage or of another kind"),
    Doubt.VOICES: N_("who answered"),
    Doubt.EDITION: N_("another edition of the questions"),
}
"""What could explain a change in every part alike."""
_IN_PART: Mapping[Doubt, str] = {
    Doubt.NOT_KNOWN: N_("what is not known"),
    Doubt.SET_ASIDE: N_("what was set aside as not applying"),
}


def _rows(found: TeamComparison) -> list[tuple[str, Moved]]:
    kinds = (
        (_("What helps (facilitators)"), found.facilitators),
        (_("What gets in the way, guarded against (barriers)"), found.barriers),
    )
    return [
        (_("Overall"), found.overall),
        *((domain.title, domain) for domain in found.domains),
        *((title, moved) for title, moved in kinds if moved is not None),
    ]


def _parts(bank: Bank, found: TeamComparison) -> Table:
    columns = (
        Column(_("Part"), share=4, row_header=True),
        Column(_("From 0 to 100: ○ then, ● now"), share=3, drawn=True),
        *of_numbers(_("Then"), _("Now"), _("Change")),
    )
    return Table(columns, [(title, *_cells(each, band_starts(bank))) for title, each in _rows(found)])


def _cells(moved: Moved, starts: tuple[Fraction, ...]) -> tuple[ThenAndNowChart, str, str, str]:
    """Return the chart and the numbers; ``starts`` are where bands start."""
    then, now = score_view(moved.before, starts), score_view(moved.after, starts)
    if moved.change is None:
        return ThenAndNowChart(then, now), then.text, now.text, "–"
    change = f"{int(now.text) - int(then.text):+d}".replace("-", "−").replace("+0", "0")
    return ThenAndNowChart(then, now), then.text, now.text, change + (" ?" if moved.is_doubtful else "")


def _over_time(bank: Bank, found: TeamComparison) -> Iterator[Block]:
    yield Heading(_("Over time"), 2)
    yield _trends(bank, found)
    if found.trend_questions:
        yield n_(
            "Like for like: over the {count} question asked and known at every date.",
            "Like for like: over the {count} questions asked and known at every date.",
            found.trend_questions,
        )
    if not found.trends[0].alike:
        yield _("Like for like is not shown over time: with it, a change could say what one person answered.")
    if len(found.trends) == 1 and not found.parts_hidden:
        yield _("Parts are not shown over time: too few people came or went between two of the dates.")


def _trends(bank: Bank, found: TeamComparison) -> Table:
    columns = (
        Column(_("Part"), share=4, row_header=True),
        Column(_("From 0 to 100, over time"), share=3, drawn=True),
        *of_numbers(*(in_short(then.date) for then in found.dates)),
    )
    return Table(columns, [*_trend_rows(found, band_starts(bank))])


def _trend_rows(found: TeamComparison, starts: tuple[Fraction, ...]) -> Iterator[tuple[Cell, ...]]:
    for trend in found.trends:
        if trend.id != OVERALL:
            yield _trend(trend.title, trend.scores, starts)
            continue
        yield _trend(_("Overall"), trend.scores, starts)
        if found.trend_questions:
            yield _trend(_("Overall, like for like"), trend.alike, starts)


def _trend(title: str, scores: Sequence[Range], starts: tuple[Fraction, ...]) -> tuple[Cell, ...]:
    views = [score_view(score, starts) for score in scores]
    return title, TrendChart(views), *(view.text for view in views)


def _done(bank: Bank, found: TeamComparison) -> Iterator[Block]:
    """Yield what was done of the plan, and what became of the question of each action."""
    if not found.done:
        return
    moved = {question.id: question for question in found.questions}
    yield Heading(_("Done from the plan: {count}", count=len(found.done)), 2)
    yield Points([_done_line(bank, action, moved.get(action.question or "")) for action in found.done])
    yield Paragraph(_("What is done does not move a question. Only new answers do."), Tone.NOTE)


def _done_line(bank: Bank, action: DoneAction, moved: MovedQuestion | None) -> Line:
    title = strong(f"{unended(action.title)}.")
    if action.question is None:
        return spans(title)
    if moved is None:
        return spans(title, f"{bank.question_by_id[action.question].name}.")
    told = _question(bank, moved)
    return spans(title, _("{told} (as before).", told=told) if moved.move is Move.SAME else f"{told}.")


def _moves(bank: Bank, found: TeamComparison) -> Iterator[Block]:
    for move, heading in _HEADINGS.items():
        moved = [_question(bank, question) for question in found.questions if question.move is move]
        if moved:
            yield Heading(_(heading, count=len(moved)), 2)
            yield Points(moved)
    same = sum(question.move is Move.SAME for question in found.questions)
    yield n_("{count} question as before.", "{count} questions as before.", same)


def _question(bank: Bank, moved: MovedQuestion) -> str:
    question = bank.question_by_id[moved.id]
    before, after = (_stood(question, each) for each in (moved.before, moved.after))
    if before == after:
        return f"{question.name}: {after}"
    told = _("{before}, now {after}", before=before, after=after)
    return f"{question.name}: {told}"


def _stood(question: Question, then: QuestionThen | None) -> str:
    if then is None:
        return _("not asked")
    if then.stands is None:
        return _(_STATES[then.state])
    at = question.position(float(then.stands)) or 0
    return _("step {step} of {all}", step=at + 1, all=len(question.levels))
