"""The names that a plan's workbook is written by, and read back by: one side can't change them without the other."""

from readiness.assessment.file_kinds import PLAN_MARK

PLAN_SHEET = "Action plan"
"""The sheet that people work in; its headings are ``FIELD_WORDS``, ``ID_HEADING`` and ``TOLD_HEADINGS``."""

ID_HEADING = "Id"
"""The heading of the column that says which action a row is about."""

NUMBER, FOR, LOOK, MARK, ROLE, TOGETHER, COUNTS = TOLD_HEADINGS = (
    "No.",
    "For",
    "Look",
    "To note",
    "Suggested owner",
    "Together",
    "Counts as",
)
"""The headings of columns that tell something. They are read only to see if a row is still of one piece."""

SENT_TOLD = (NUMBER, FOR, MARK, ROLE, TOGETHER)
"""Those whose texts stand on the hidden sheet, too. The others are calculated."""

SENT_SHEET = PLAN_MARK
"""The hidden sheet with what stood in each row of the plan when it went out, and of which plan.

Its first row holds the names in ``OF_PLAN``, each with its value; its second row the headings: ``ID_HEADING``, the
fields and ``SENT_TOLD``.
"""

OF_PLAN = ("team", "organisation", "plan", "version")
"""The names by which a workbook says whose plan it is, the plan's id, and the version of its bank."""
