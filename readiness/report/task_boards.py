"""The action plan as CSV: to read, and in the columns that task boards import.

Each board maps columns by the names in the first row; these are the names of its own exports:
Jira (Atlassian, "Prepare and structure your CSV file"; one row an issue, Summary is the one it needs),
Trello (a card a row, with the list it goes to) and Microsoft Planner (a task a row, with its bucket).
"""

import csv
import io
from collections.abc import Callable, Mapping
from enum import StrEnum

from readiness.report.model import ActionView, Report
from readiness.report.sentences import known_by
from readiness.text import unformulated


class Board(StrEnum):
    """What reads the CSV: a person or a spreadsheet, or the importer of a task board."""

    TABLE = "table"
    JIRA = "jira"
    TRELLO = "trello"
    PLANNER = "planner"


def plan_csv(report: Report, board: Board = Board.TABLE) -> bytes:
    """Return the plan's actions as CSV: UTF-8 with a byte order mark (Excel needs it), lines ending in CR LF.

    A table has all of them. A task board gets those to do and those done, even if the answers have moved past them.
    What was taken out, or is not for today, stays away. Cells that a spreadsheet would take for a formula begin with an
    apostrophe.
    """
    columns = _COLUMNS[board]
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(columns)
    actions = (one for one in report.every_action if board is Board.TABLE or one.counts_as is not None)
    rows.writerows([unformulated(read(action)) for read in columns.values()] for action in actions)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _title(action: ActionView) -> str:
    """Return the action's number and name: a meeting finds a task by the number that it has everywhere."""
    return f"{action.number}. {action.named}"


def _description(action: ActionView) -> str:
    return "\n".join(
        line
        for line in (
            action.detail,
            known_by(action),
            f"For: {action.label}." if action.label and not action.own else "",
            action.together,
            action.starts_from,
            f"Suggested owner: {action.role}." if action.role else "",
            f"Effort: {action.effort}." if action.effort else "",
            *action.comments,
        )
        if line
    )


def _status(words: Mapping[str, str]) -> Callable[[ActionView], str]:
    return lambda action: words[action.counts_as or action.status]


def _person(action: ActionView) -> str:
    return action.owner


def _due(action: ActionView) -> str:
    return action.due or ""


_Columns = Mapping[str, Callable[[ActionView], str]]

_TABLE: _Columns = {
    "No.": lambda action: str(action.number),
    "What to do": lambda action: action.title,
    "Details": lambda action: action.detail,
    "Who": _person,
    "Suggested owner": lambda action: action.role,
    "By when": _due,
    "Status": lambda action: "Taken out" if action.dropped else action.status_text,
    "Comments": lambda action: "\n".join(action.comments),
    "When": lambda action: action.horizon,
    "Effort": lambda action: action.effort,
    "Together": lambda action: action.together,
    "Starts from": lambda action: action.starts_from,
    "Holds a band back": lambda action: "yes" if action.holds_band else "",
    "How you will know": lambda action: action.sign,
    "For": lambda action: action.label,
    "Question": lambda action: ", ".join(map(str, action.question_numbers)),
    "To note": lambda action: action.mark or "",
    "Taken out because": lambda action: action.dropped or "",
    "Id": lambda action: action.id,
}

_JIRA: _Columns = {
    "Summary": _title,
    "Issue Type": lambda _: "Task",
    "Status": _status({"todo": "To Do", "doing": "In Progress", "stuck": "In Progress", "done": "Done"}),
    "Assignee": _person,
    "Due date": _due,
    "Labels": lambda action: " ".join(
        label for label in ("readiness", "blocked" if action.counts_as == "stuck" else "") if label
    ),
    "Description": _description,
}

_TRELLO: _Columns = {
    "Card Name": _title,
    "List Name": _status({"todo": "To do", "doing": "Doing", "stuck": "Stuck", "done": "Done"}),
    "Members": _person,
    "Due Date": _due,
    "Labels": lambda action: action.horizon,
    "Card Description": _description,
}

_PLANNER: _Columns = {
    "Task Name": _title,
    "Bucket Name": lambda action: f"{action.horizon}: {action.when}",
    "Progress": _status({"todo": "Not started", "doing": "In progress", "stuck": "In progress", "done": "Completed"}),
    "Priority": lambda action: "Important" if action.holds_band or action.start_here else "Medium",
    "Assigned To": _person,
    "Due Date": _due,
    "Labels": lambda action: "Stuck" if action.counts_as == "stuck" else "",
    "Description": _description,
}

_COLUMNS: Mapping[Board, _Columns] = {
    Board.TABLE: _TABLE,
    Board.JIRA: _JIRA,
    Board.TRELLO: _TRELLO,
    Board.PLANNER: _PLANNER,
}
