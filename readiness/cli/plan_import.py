"""``readiness plan --from``: brings back what was changed in a workbook, after a person has seen it and said yes."""

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from readiness.cli.inputs import OpenedTeam
from readiness.cli.invocation import Invocation, answer_again
from readiness.cli.streams import notify, prompt, say
from readiness.errors import Command, InputError, Place, Problem
from readiness.signals import told_to_end
from readiness.terminals import is_terminal
from readiness.text import short, unended

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from readiness.plan.edits import Choices
    from readiness.plan.merge import Cell, ChangedValue
    from readiness.plan.model import Plan
    from readiness.roundtrip.plan_workbook_read import Tracker
    from readiness.team import AssessedTeam


class Prefer(StrEnum):
    """Whose value is kept where it was changed both here and in the workbook."""

    WORKBOOK = "workbook"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What was agreed to beforehand: ``yes`` to all changes, and whose values are kept; None: it is asked."""

    yes: bool
    prefer: Prefer | None


def take_over(opened: OpenedTeam, workbook: Path, invocation: Invocation, agreeing: Agreeing) -> "AssessedTeam":
    """Return the team with what was changed in ``workbook`` in the edits of its plan.

    A value that was changed here as well is asked about. Raises InputError if there is nobody to ask, if the workbook
    is another team's, or unreadable. Then nothing is taken.
    """
    from readiness.plan.edits import choices_of
    from readiness.plan.edits_file import read_overlay
    from readiness.plan.files import PlanFile
    from readiness.plan.merge import merge
    from readiness.roundtrip.plan_workbook_read import read_tracker

    team = opened.team
    choices = choices_of(team.bank)
    tracker = read_tracker(workbook, choices)
    path = opened.place.file
    with PlanFile(path) as file:
        before = team.with_edits(read_overlay(path, team.bank, team.team))
        tracker = _of_this_plan(tracker, before, workbook)
        merged = merge(before.overlay, before.computed, before.plan, tracker.sent, tracker.rows)
        numbers = {action.id: action.number for action in before.plan.numbered}
        notify(_left_alone(tracker, {action.id: action.number for action in before.plan.actions}))
        notify(_left_empty(merged.emptied, numbers))
        notify(_known_again([numbers[name] for name in merged.known_again]))
        if merged.conflicts:
            telling = _Telling(choices, numbers, workbook)
            preferred = _preferred(merged.conflicts, telling, agreeing.prefer)
            merged = merge(before.overlay, before.computed, before.plan, tracker.sent, tracker.rows, preferred)
        if not merged.changes:
            say(
                "There is nothing to bring back from the workbook."
                if merged.conflicts
                else "There is nothing new in the workbook: nothing was changed in it, or it was brought back already."
            )
            return before
        after = before.with_edits(merged.overlay)
        for line in _told(merged.changes, before.plan, after.plan, choices):
            say(line)
        if not agreeing.yes and not _agreed():
            say("Nothing was brought back.")
            raise typer.Exit
        after = after.with_edits(file.save(merged.overlay))
    say(f"Brought back, and saved in {path}.")
    now_done = {change.name for change in merged.changes if (change.field, change.after) == ("status", "done")}
    done = (number for action in after.plan.actions if action.id in now_done for number in action.question_numbers)
    if again := answer_again(done, invocation):
        say(again)
    return after


def spare_changes(out: Path, opened: OpenedTeam) -> None:
    """Raise InputError if ``out`` is a workbook of a plan with changes that were not brought back."""
    from readiness.bank.document import read_bytes
    from readiness.plan.edits import choices_of
    from readiness.plan.merge import merge
    from readiness.roundtrip.plan_workbook_read import read_tracker

    if out.is_symlink() or not out.is_file() or not is_plan_workbook(read_bytes(out)):
        return
    back = Command("plan", tuple(map(str, opened.files)), ("--from", str(out)))
    team = opened.team
    try:
        tracker = _of_this_plan(read_tracker(out, choices_of(team.bank)), team, out)
    except InputError:
        what = "This workbook of a plan may hold changes that were not brought back, so it was not touched"
        todo = "Choose another name, or delete it if nobody needs it. To see what is in the way"
        raise InputError(Problem(what, todo, Place(str(out)), back)) from None
    merged = merge(team.overlay, team.computed, team.plan, tracker.sent, tracker.rows)
    if merged.changes or merged.conflicts or tracker.foreign or tracker.copies or tracker.pasted or tracker.notes:
        what = "Somebody has changed this workbook, and not all of it is in the plan, so it was not touched"
        todo = "Choose another name, or delete it if nobody needs it. To bring its changes back"
        raise InputError(Problem(what, todo, Place(str(out)), back))


def is_plan_workbook(data: bytes) -> bool:
    """Return whether a file is a workbook of a plan."""
    from readiness.assessment.file_kinds import PLAN_WORKBOOK, foreign

    return foreign(data, "") == PLAN_WORKBOOK


def _of_this_plan(tracker: "Tracker", team: "AssessedTeam", workbook: Path) -> "Tracker":
    """Return the workbook with the ids that its actions have today. One without an id may be of any plan of the team.

    Raises InputError if it is or could be of another team, if it is of another plan, or if it is not known which
    actions of today it means.
    """
    edits = team.overlay
    again = "Write a new workbook with plan -o, and make the changes in it again."
    is_this = edits.id is not None and tracker.plan == edits.id  # even if its team had another name then
    if not is_this and not team.team.is_called(tracker.team, tracker.organisation):
        about = f"{tracker.team} ({tracker.organisation})" if tracker.organisation else tracker.team or "no team"
        what = f"This workbook is about {short(about)}, and the answers are about {team.team}"
        raise InputError(Problem(what, "Name the right files.", Place(str(workbook))))
    if not is_this and bool(tracker.organisation) != bool(team.team.organisation):
        silent = "These answers name" if tracker.organisation else "This workbook names"
        what = f"{silent} no organisation, so it could be of another team's plan. Nothing was brought back"
        todo = f"Name the plan that it was written from with --plan. If there is none: {again}"
        raise InputError(Problem(what, todo, Place(str(workbook))))
    if not is_this and edits.id and tracker.plan:
        what = f"This workbook is of another plan of {edits.team}, so nothing was brought back"
        raise InputError(Problem(what, f"Name its plan with --plan. If that is gone: {again}", Place(str(workbook))))
    if tracker.version in ("", team.bank.version):
        return tracker
    if not is_this:
        what = f"This workbook is of version {short(tracker.version)} of the questions, and this is {team.bank.version}"
        raise InputError(Problem(what, again, Place(str(workbook))))
    return tracker.by_number(edits.numbers)


def _left_alone(tracker: "Tracker", numbers: "Mapping[str, int]") -> "Iterator[str]":
    """Yield notices on what is not brought back, and on actions that the workbook lacks."""
    from readiness.plan.edits import FIELD_WORDS, Field
    from readiness.plan.sheets import PLAN_SHEET
    from readiness.text import listed, some

    if columns := tracker.foreign:
        which = "This column stays in the workbook" if len(columns) == 1 else "These columns stay in the workbook"
        yield f"{which}, as the plan has no place for {'it' if len(columns) == 1 else 'them'}: {listed([*columns])}."
    if tracker.pasted:
        yield f"Not brought back, as these cells are in columns that only tell something: {some(tracker.pasted)}."
    if tracker.notes:
        todo = f'Write what they say under "{FIELD_WORDS[Field.COMMENTS]}".'
        yield f"Notes on cells are not brought back: {some(tracker.notes)}. {todo}"
    for copy in tracker.copies:
        what = f'The sheet "{short(copy)}" is a copy of the plan with changes in it, and they are not brought back'
        yield f'{what}. Make them in the sheet "{PLAN_SHEET}".'
    if gone := sorted(numbers[name] for name in tracker.gone if name in numbers):
        which = "action" if len(gone) == 1 else "actions"
        what = f"{which} {listed([str(number) for number in gone])}"
        todo = f'To take one out, write why under "{FIELD_WORDS[Field.DROPPED]}".'
        yield f"Not in the workbook any more, and still in the plan: {what}. {todo}"


def _left_empty(emptied: "Sequence[ChangedValue]", numbers: "Mapping[str, int]") -> "Iterator[str]":
    """Yield what to say of cells that were emptied in the workbook, and that no action can do without."""
    from readiness.plan.edits import FIELD_WORDS, Field
    from readiness.text import listed

    mine = [change for change in emptied if change.name in numbers]
    for field in dict.fromkeys(change.field for change in mine):
        which = listed([f"action {numbers[change.name]}" for change in mine if change.field is field])
        what = f'"{FIELD_WORDS[field]}" is empty in the workbook, and stays in the plan as it is: {which}.'
        todo = f' To take one out, write why under "{FIELD_WORDS[Field.DROPPED]}".' if field is Field.TITLE else ""
        yield what + todo


def _known_again(numbers: "Sequence[int]") -> "Iterator[str]":
    """Yield what to say of new rows that were taken for actions which are here already."""
    from readiness.text import listed

    if numbers:
        which = listed([f"action {number}" for number in numbers])
        what = f"A new row counts as an action that was written in the same words: {which}"
        yield f"{what}. If it is another action, write it in other words."


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a conflict is told with: the words for values, the numbers of actions by their ids, and the workbook."""

    choices: "Choices"
    numbers: "Mapping[str, int]"
    workbook: Path

    def action(self, change: "ChangedValue") -> str:
        """Return which action it is: with its number, where it has one."""
        return _action(change, self.numbers)

    def sides(self, change: "ChangedValue") -> tuple[str, str]:
        """Return in words what stands here, and what stands in the workbook."""
        from readiness.plan.edits import in_words

        here, there = (unended(in_words(change.field, text, self.choices)) for text in (change.before, change.after))
        return here or "nothing", there or "nothing"


def _preferred(conflicts: "Sequence[ChangedValue]", telling: _Telling, prefer: Prefer | None) -> "frozenset[Cell]":
    """Return the values of which the workbook's is to be taken.

    Raises InputError with every conflict where nobody chose and nobody can be asked.
    """
    if prefer is not None:
        chosen = conflicts if prefer is Prefer.WORKBOOK else ()
        for change in conflicts:
            here, there = telling.sides(change)
            kept = f'the workbook\'s is taken: "{there}"' if chosen else f'the plan\'s is kept: "{here}"'
            say(f"{telling.action(change)}: both were changed, and {kept}.")
        return frozenset((change.name, change.field) for change in chosen)
    if not is_terminal("stdin"):
        say("Nothing was brought back: values were changed both here and in the workbook.")
        say("To choose for each, run this in a terminal. For all at once: --prefer workbook, or --prefer plan.")
        raise InputError(_conflict(change, telling) for change in conflicts)
    say(f"Changed both here and in the workbook: {len(conflicts)}. Which is right?")
    return frozenset((change.name, change.field) for change in conflicts if _theirs(change, telling))


def _theirs(change: "ChangedValue", telling: _Telling) -> bool:
    """Ask whether the workbook's value is right. Raises Exit where a person stops here: nothing is taken then."""
    from readiness.plan.edits import FIELD_WORDS

    here, there = telling.sides(change)
    say(f'{telling.action(change)}: "{FIELD_WORDS[change.field]}"')
    say(f"  1. Here: {here}")
    say(f"  2. In the workbook: {there}")
    while True:
        typed = _answer("1 or 2, or q to bring nothing back > ")
        if typed in ("1", "2"):
            return typed == "2"
        if typed in ("q", ""):
            say("Nothing was brought back.")
            raise typer.Exit


def _conflict(change: "ChangedValue", telling: _Telling) -> Problem:
    from readiness.bank.model import OWN
    from readiness.plan.edits import FIELD_WORDS, Field

    here, there = telling.sides(change)
    name = f'"{FIELD_WORDS[change.field]}"'
    what = f'{telling.action(change)}: {name} was changed here to "{here}" and in the workbook to "{there}"'
    todo = "Write it the same in both, or write the workbook anew and change that one."
    if change.field is Field.TITLE and change.name.startswith(OWN):
        todo += " If it is another action, empty the Id in its row."
    return Problem(what, todo, Place(str(telling.workbook)))


def _told(changes: "Sequence[ChangedValue]", before: "Plan", after: "Plan", choices: "Choices") -> "Iterator[str]":
    """Yield in words what is changed: each action with its number, and below it what becomes of it."""
    from readiness.plan.edits import DATE_FIRST, DETAILS_STAY, Field, moved

    was, will_be = ({action.id: action for action in plan.numbered} for plan in (before, after))
    by_name: dict[str, dict[Field, ChangedValue]] = {}
    for change in changes:
        by_name.setdefault(change.name, {})[change.field] = change
    for name, mine in by_name.items():
        action = was.get(name) or will_be[name]
        yield f"{action.number}. {unended(action.title)}{'' if name in was else _what_it_is(name)}"
        for field, change in mine.items():
            if field is not Field.TITLE:
                yield f"- {moved(field, change.before, change.after, choices)}"
                if field is Field.HORIZON and will_be[name].due:
                    yield f"- {DATE_FIRST}"
            elif name in was:
                yield f"- {moved(field, '', change.after, choices)}"
                if action.detail and Field.DETAIL not in mine:
                    yield f"- {DETAILS_STAY}"


def _what_it_is(name: str) -> str:
    """Return what to say of an action that was not in the plan, nor edited, until now."""
    from readiness.bank.model import OWN

    return " (new)" if name.startswith(OWN) else " (not in today’s plan)"


def _action(change: "ChangedValue", numbers: "Mapping[str, int]") -> str:
    number = numbers.get(change.name)
    title = unended(change.title)
    return title if number is None else f"{number}. {title}"


def _agreed() -> bool:
    """Return whether a person at the terminal says yes. Raises InputError if there is nobody to ask."""
    if not is_terminal("stdin"):
        what = "There is nobody to ask whether these changes are right, so nothing was brought back"
        raise InputError(Problem(what, "Look at them, then run it again with --yes."))
    return _answer("Take these over? y or n > ") in ("y", "yes")


def _answer(asked: str) -> str:
    """Return what a person types at the terminal; "" where they end the input. Raises Exit where they stop here."""

    def leave(code: int) -> NoReturn:
        say("")  # ends the line of the prompt that nobody answered
        say("Stopped. Nothing was brought back.")
        raise typer.Exit(code)

    prompt(asked)
    with told_to_end(leave):
        return sys.stdin.readline().strip().casefold()
