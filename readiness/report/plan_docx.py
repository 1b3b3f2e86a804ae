"""The action plan in a Word document."""

from collections.abc import Iterator

from readiness.document.docx import Run, ToFillIn, WordFile
from readiness.document.docx_styles import DOING, DONE, LIGHT, SAID, STRONG, STUCK
from readiness.language import _
from readiness.report.model import ActionView, Report
from readiness.theme.theme import PART_TITLES, Part, Theme

_STATES = {"doing": ("→", DOING), "stuck": ("!", STUCK), "done": ("✓", DONE)}
"""The sign and the look of how far an action is: they tell it in black and white too."""


def who(action: ActionView) -> Run:
    """Return who does an action: the person named, or who is suggested."""
    return (action.owner, STRONG) if action.owner else (action.by_whom, LIGHT)


def when(action: ActionView) -> Iterator[Run]:
    """Yield when, and how far it is."""
    yield action.due_words or action.horizon
    yield from how_far(action)


def how_far(action: ActionView) -> Iterator[Run]:
    """Yield how far an action is, as tags that are told apart in black and white too."""
    if action.status in _STATES:
        sign, look = _STATES[action.status]
        yield (f"\N{NO-BREAK SPACE}{sign} {action.status_text}\N{NO-BREAK SPACE}", look)
    if action.late:
        late = _("Late")
        yield (f"\N{NO-BREAK SPACE}! {late}\N{NO-BREAK SPACE}", STUCK)


def write_plan(file: WordFile, report: Report, _theme: Theme) -> None:
    """Write the action plan."""
    file.heading(_(PART_TITLES[Part.PLAN]))
    lead = (report.sentences.plan, report.sentences.worth, report.progress or report.sentences.fill_in)
    file.paragraph(" ".join(lead), keep=True)
    for horizon in report.horizons:
        if horizon.actions:
            file.heading(f"{horizon.title}: {horizon.when}", 2)
            rows = [
                (str(action.number), [*_what(action)], action.sign, [*who_and_when(action)])
                for action in horizon.actions
            ]
            headings = (_("No."), _("What to do"), _("How you will know"), _("Who and when"))
            file.table(headings, rows, (7, 43, 25, 25))
    if not any(horizon.actions for horizon in report.horizons):
        file.paragraph(report.sentences.nothing_to_plan)
    if report.past:
        file.heading(_("Not in today’s plan any more"), 2)
        file.bullets(
            [(numbered(action), f" {action.state} {action.mark or ''}", *_said(action)) for action in report.past]
        )
    if report.dropped:
        file.heading(_("Taken out of the plan"), 2)
        file.bullets(
            [(numbered(action), " " + _("Why:") + " ", (action.dropped or "", SAID)) for action in report.dropped]
        )


def numbered(action: ActionView) -> Run:
    """Return the action’s number and title."""
    return f"{action.number}. {action.title}", STRONG


def _said(action: ActionView) -> Iterator[Run]:
    for line in action.comments:
        yield (f" {line}", SAID)


def _what(action: ActionView) -> Iterator[Run | tuple[Run, ...]]:
    yield ((action.title, STRONG), (" " + _("holds the band"), LIGHT)) if action.holds_band else (action.title, STRONG)
    if action.detail:
        yield action.detail
    yield (action.facts, LIGHT)
    for line in action.comments:
        yield (line, SAID)


def who_and_when(action: ActionView) -> Iterator[Run | ToFillIn]:
    """Yield who does an action, how far it is and by when, with lines to write on for what is not decided."""
    if action.by_whom:
        yield who(action)
    yield from how_far(action)
    if action.due_words:
        yield action.due_words
    if not action.owner:
        yield ToFillIn(_("Name"))
    if action.status == "todo":
        yield ToFillIn(_("Start"))
    if not action.due_words and action.status != "done":
        yield ToFillIn(_("Done by"))
