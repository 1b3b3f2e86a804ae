"""A comparison in words and tables."""

from collections.abc import Iterator, Mapping, Sequence

from readiness.bank.model import Bank, Question, exact
from readiness.document.blocks import Block, Column, Grid, Heading, Points, ThenAndNow, of_numbers, of_words
from readiness.document.values import score_view
from readiness.language import in_long
from readiness.scoring.compare import Comparison, Move, Moved, MovedQuestion, QuestionThen, Then
from readiness.scoring.model import State
from readiness.scoring.rounding import in_words
from readiness.text import counted, listed

_HEADINGS: Mapping[Move, str] = {
    Move.UP: "Moved up",
    Move.DOWN: "Moved down",
    Move.NOW_KNOWN: "Known now",
    Move.NO_LONGER_KNOWN: "Not known any more",
    Move.STILL_OPEN: "Still not known, or not answered",
    Move.NOW_APPLIES: "Counts now, and did not then",
    Move.NO_LONGER_APPLIES: "Counted then, and does not now",
}
_STATES: Mapping[State, str] = {
    State.UNKNOWN: "not known",
    State.UNANSWERED: "not answered",
    State.NOT_APPLICABLE: "does not apply",
}


def comparison(bank: Bank, found: Comparison) -> Iterator[Block]:
    """Yield the parts of a comparison, in the order to read them."""
    yield Heading(f"{found.team.name}: then and now")
    if found.team.organisation:
        yield found.team.organisation
    yield f"Then: {_then(found.before)}. Now: {_then(found.after)}."
    yield _overall(found.overall)
    if found.before.band and found.after.band and (found.before.band.held_by or found.after.band.held_by):
        held = (_held(bank, then.held_by) for then in (found.before.band, found.after.band))
        yield "A higher band was held back by: {}. It is held back by: {}.".format(*held)
    rows = [("Overall", found.overall), *((domain.title, domain) for domain in found.domains)]
    rows += [("What helps (facilitators)", found.facilitators)]
    rows += [("What gets in the way, guarded against (barriers)", found.barriers)]
    chart = Column("From 0 to 100: ○ then, ● now", share=3, drawn=True)
    columns = (*of_words("Part", share=4), chart, *of_numbers("Then", "Now", "Change"))
    yield Grid(columns, [(name, _chart(moved), *_cells(moved)) for name, moved in rows])
    if any(_is_doubtful(moved) for _, moved in rows):
        yield "“?”: what was or is not known could explain the change."
    if found.before.other_edition or found.after.other_edition:
        yield "Answers were given to another edition of the questions: some could not be compared."
    for move, heading in _HEADINGS.items():
        moved = [_question(bank, question) for question in found.questions if question.move is move]
        if moved:
            yield Heading(f"{heading}: {len(moved)}")
            yield Points(moved)
    same = sum(question.move is Move.SAME for question in found.questions)
    yield f"{counted(same, 'question')} as before."
    if found.before.respondents != found.after.respondents:
        yield "Not the same number of people answered, so the change can lie in who answered."
    yield "A change can come from who answered, and from what they know now, as well as from the service."


def _chart(moved: Moved) -> ThenAndNow:
    return ThenAndNow(score_view(moved.before), score_view(moved.after))


def _then(then: Then) -> str:
    band = then.band.label if then.band else "no score"
    return f"{in_long(then.date)}, {counted(then.respondents, 'person', 'people')}, {band}"


def _held(bank: Bank, gates: Sequence[str]) -> str:
    return listed([bank.question_by_id[name].name for name in gates]) if gates else "nothing"


def _overall(moved: Moved) -> str:
    if moved.change is None:
        return "There is no score then or now, so there is nothing to compare overall."
    told = f"The score was {in_words(moved.before.score)}, and is {in_words(moved.after.score)} out of 100."
    if not _is_doubtful(moved):
        return told
    ranges = (
        f"it could have been {in_words(moved.before.low)} to {in_words(moved.before.high)}, and could be "
        f"{in_words(moved.after.low)} to {in_words(moved.after.high)}"
    )
    return f"{told} With what was and is not known, {ranges}: the change is not certain."


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
    return f"{question.name}: {after}" if before == after else f"{question.name}: {before}, now {after}"


def _stood(question: Question, then: QuestionThen | None) -> str:
    if then is None:
        return "not asked"
    if then.value is None:
        return _STATES[then.state]
    values = [exact(level.value) for level in question.levels]
    if then.value in values:
        return f"step {values.index(then.value) + 1} of {len(values)}"
    above = next(at for at, value in enumerate(values) if value > then.value)
    return f"between steps {above} and {above + 1} of {len(values)}"
