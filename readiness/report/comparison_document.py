"""Comparison of a team at two dates as a document."""

from collections.abc import Iterator, Mapping, Sequence

from readiness.bank.model import Bank, Question, exact
from readiness.document.blocks import Block, Column, Document, Heading, Paragraph, Points, Table, Tone, of_numbers
from readiness.document.charts import ThenAndNowChart
from readiness.document.values import score_view
from readiness.language import N_, _, in_long, n_
from readiness.scoring.compare import Comparison, Move, Moved, MovedQuestion, QuestionThen, Then
from readiness.scoring.model import State
from readiness.scoring.rounding import in_words
from readiness.text import listed

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


def comparison_document(bank: Bank, found: Comparison) -> Document:
    """Return the comparison: what moved overall and in each part, then question by question."""
    team = found.team
    return Document(
        title=_("{team}: then and now", team=team.name),
        kicker=bank.title,
        lines=[team.organisation] if team.organisation else [],
        running=_("{team}: then and now", team=team.name),
        date=found.after.date,
        blocks=[*_blocks(bank, found)],
    )


def _blocks(bank: Bank, found: Comparison) -> Iterator[Block]:
    yield _("Then: {before}. Now: {after}.", before=_then(found.before), after=_then(found.after))
    yield _overall(found.overall)
    if found.before.band and found.after.band and (found.before.band.held_by or found.after.band.held_by):
        before, after = (_held(bank, then.held_by) for then in (found.before.band, found.after.band))
        yield _("A higher band was held back by: {before}. It is held back by: {after}.", before=before, after=after)
    rows = [(_("Overall"), found.overall), *((domain.title, domain) for domain in found.domains)]
    rows += [(_("What helps (facilitators)"), found.facilitators)]
    rows += [(_("What gets in the way, guarded against (barriers)"), found.barriers)]
    columns = (
        Column(_("Part"), share=4, row_header=True),
        Column(_("From 0 to 100: ○ then, ● now"), share=3, drawn=True),
        *of_numbers(_("Then"), _("Now"), _("Change")),
    )
    yield Table(columns, [(name, _chart(moved), *_cells(moved)) for name, moved in rows])
    if any(_is_doubtful(moved) for _name, moved in rows):
        yield Paragraph(_("“?”: what was or is not known could explain the change."), Tone.NOTE)
    if found.before.other_edition or found.after.other_edition:
        yield _("Answers were given to another edition of the questions: some could not be compared.")
    for move, heading in _HEADINGS.items():
        moved = [_question(bank, question) for question in found.questions if question.move is move]
        if moved:
            yield Heading(_(heading, count=len(moved)), 2)
            yield Points(moved)
    same = sum(question.move is Move.SAME for question in found.questions)
    yield n_("{count} question as before.", "{count} questions as before.", same)
    if found.before.respondents != found.after.respondents:
        yield _("Not the same number of people answered, so the change can lie in who answered.")
    yield _("A change can come from who answered, and from what they know now, as well as from the service.")


def _chart(moved: Moved) -> ThenAndNowChart:
    return ThenAndNowChart(score_view(moved.before), score_view(moved.after))


def _then(then: Then) -> str:
    people = n_("{count} person", "{count} people", then.respondents)
    return ", ".join([in_long(then.date), people, then.band.label if then.band else _("no score")])


def _held(bank: Bank, gates: Sequence[str]) -> str:
    return listed([bank.question_by_id[name].name for name in gates], _("and")) if gates else _("nothing")


def _overall(moved: Moved) -> str:
    if moved.change is None:
        return _("There is no score then or now, so there is nothing to compare overall.")
    before, after = in_words(moved.before.score), in_words(moved.after.score)
    told = _("The score was {before}, and is {after} out of 100.", before=before, after=after)
    if not _is_doubtful(moved):
        return told
    return f"{told} " + _(
        "Allowing for what is not known: {low_then} to {high_then} then, {low_now} to {high_now} now. The change "
        "is not certain.",
        low_then=in_words(moved.before.low),
        high_then=in_words(moved.before.high),
        low_now=in_words(moved.after.low),
        high_now=in_words(moved.after.high),
    )


def _cells(moved: Moved) -> tuple[str, str, str]:
    change = "–" if moved.change is None else f"{moved.change:+g}" if moved.change else "0"
    doubt = " ?" if _is_doubtful(moved) else ""
    return in_words(moved.before.score), in_words(moved.after.score), change.replace("-", "−") + doubt


def _is_doubtful(moved: Moved) -> bool:
    """Return whether there is a change that what was or is not known could explain."""
    all_known = moved.before.low == moved.before.high and moved.after.low == moved.after.high
    return bool(moved.change) and not moved.firm and not all_known


def _question(bank: Bank, moved: MovedQuestion) -> str:
    question = bank.question_by_id[moved.id]
    before, after = (_stood(question, each) for each in (moved.before, moved.after))
    if before == after:
        return f"{question.name}: {after}"
    return f"{question.name}: " + _("{before}, now {after}", before=before, after=after)


def _stood(question: Question, then: QuestionThen | None) -> str:
    if then is None:
        return _("not asked")
    if then.value is None:
        return _(_STATES[then.state])
    values = [exact(level.value) for level in question.levels]
    if then.value in values:
        return _("step {step} of {all}", step=values.index(then.value) + 1, all=len(values))
    above = next(at for at, value in enumerate(values) if value > then.value)
    return _("between steps {below} and {above} of {all}", below=above, above=above + 1, all=len(values))
