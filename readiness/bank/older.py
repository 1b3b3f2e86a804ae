"""Reads a bank that an earlier version of this program was for: fields that are no longer known are left out."""

from pathlib import Path

from readiness.bank.document import ParsedDocument
from readiness.bank.load import read_bank
from readiness.bank.model import Bank
from readiness.bank.validation import validated

_KNOWN = {field.alias or name for name, field in Bank.model_fields.items()}


def load_older_bank(folder: Path) -> tuple[Bank, tuple[str, ...]]:
    """Return the bank in ``folder``, and the names of fields that are no longer known, which were left out.

    It is not held to the rules of today: nobody is asked its questions any more.
    Raises InputError with all that can't be read.
    """
    document = read_bank(folder)
    data = document.data if isinstance(document.data, dict) else {}
    gone = tuple(name for name in data if name not in _KNOWN)
    kept = {name: value for name, value in data.items() if name in _KNOWN}
    return validated(Bank, ParsedDocument(kept, document.places)), gone
