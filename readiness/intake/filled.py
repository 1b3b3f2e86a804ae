"""Tells whether a form in the place of a new one holds somebody's answers."""

from pathlib import Path

from readiness.assessment.file_kinds import FORM, foreign
from readiness.bank.document import read_bytes
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake.kinds import is_pdf
from readiness.roundtrip.form_entries import NOTHING_FILLED_IN, Given
from readiness.roundtrip.form_pdf_read import answers_in, fields_of, holds_form
from readiness.roundtrip.form_xlsx_read import read_filled_xlsx

_ANY_TEAM = Given(team="-")
"""A blank form may leave the team open. That alone says nothing of answers."""


def may_hold_answers(path: Path, bank: Bank) -> bool:
    """Return whether the file is one of our forms, and somebody filled it in, or it can't be told."""
    data = read_bytes(path)
    try:
        if is_pdf(data):
            fields = fields_of(path)
            if not holds_form(fields):
                return False
            answers_in(fields, str(path), bank, _ANY_TEAM)
        elif foreign(data, "") == FORM:
            read_filled_xlsx(path, bank, _ANY_TEAM)
        else:
            return False
    except InputError as error:
        return [problem.what for problem in error.problems] != [NOTHING_FILLED_IN]
    return True
