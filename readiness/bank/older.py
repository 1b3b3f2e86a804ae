"""Reads a bank for an earlier version of this program: unknown fields are left out."""

from pathlib import Path

from readiness.bank.check import check
from readiness.bank.document import ParsedDocument
from readiness.bank.load import read_bank
from readiness.bank.model import Bank
from readiness.bank.validation import validated
from readiness.errors import InputError

_KNOWN = {field.alias or name for name, field in Bank.model_fields.items()}


def load_older_bank(folder: Path) -> tuple[Bank, tuple[str, ...]]:
    """Return the bank in ``folder``, and the names of fields that are no longer known, which were left out.

    Raises InputError with all that can't be read, or does not fit together.
    """
    document = read_bank(folder)
    data = document.data if isinstance(document.data, dict) else {}
    gone = tuple(name for name in data if name not in _KNOWN)
    kept = {name: value for name, value in data.items() if name in _KNOWN}
    known = ParsedDocument(kept, document.places)
    bank = validated(Bank, known)
    if problems := check(bank, known):
        raise InputError(problems)
    return bank, gone
