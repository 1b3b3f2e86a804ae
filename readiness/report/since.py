"""What has changed since last time, in a few sentences: for page one of a report."""

from collections.abc import Iterator

from readiness.bank.model import Bank
from readiness.language import _, in_long, n_
from readiness.plan.progress import TeamComparison
from readiness.report.comparison_document import silent
from readiness.report.model import SinceView
from readiness.scoring.comparison import Doubt, Move
from readiness.scoring.explain import band_starts
from readiness.scoring.rounding import in_words


def since_view(bank: Bank, found: TeamComparison) -> SinceView:
    """Return what has changed between the first date and the last, and what was done of the plan."""
    return SinceView(date=in_long(found.before.date), told=" ".join(_told(bank, found)))


def _told(bank: Bank, found: TeamComparison) -> Iterator[str]:
    if found.silent:
        yield silent(bank, found)
    if found.alike is None or found.alike.change is None:
        yield _("Nothing was asked and known at both dates, so like can’t be compared with like.")
    else:
        yield n_(
            "{before} then and {after} now, over the {count} question asked and known at both dates.",
            "{before} then and {after} now, over the {count} questions asked and known at both dates.",
            found.alike_questions,
            before=in_words(found.alike.before.score, band_starts(bank)),
            after=in_words(found.alike.after.score, band_starts(bank)),
        )
        yield from _moved(found)
    if Doubt.EDITION in found.doubts:
        yield _("The questions were another edition then.")
    yield from _done(found)


def _moved(found: TeamComparison) -> Iterator[str]:
    up, down = (sum(one.move is move for one in found.questions) for move in (Move.UP, Move.DOWN))
    if up:
        yield n_("{count} question moved up.", "{count} questions moved up.", up)
    if down:
        yield n_("{count} question moved down.", "{count} questions moved down.", down)


def _done(found: TeamComparison) -> Iterator[str]:
    if not found.done:
        return
    yield n_("{count} action of the plan was done.", "{count} actions of the plan were done.", len(found.done))
    moved = sum(one.move is Move.UP for one in found.done)
    if moved:
        yield n_("The question of {count} of them moved up.", "The questions of {count} of them moved up.", moved)
