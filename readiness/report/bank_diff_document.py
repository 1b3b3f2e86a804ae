"""What has changed between two versions of a bank, as a document."""

from collections.abc import Iterator

from readiness.bank.diff import BankDiff, Weighs
from readiness.bank.model import Bank
from readiness.document.blocks import Block, Document, Heading
from readiness.document.tables import Table, of_words
from readiness.text import counted

_TITLES = {
    Weighs.SCORES: "What scores",
    Weighs.CONTENT: "What is asked or suggested",
    Weighs.WORDS: "Words alone",
}
_MEANS = {
    "first": "The first number must go up: scores before and after are not alike.",
    "second": "The second number must go up: what is asked or suggested has changed. If a level now means something "
    "else, raise the first number, and write a migration.",
    "third": "The third number must go up: only words have changed.",
}


def bank_diff_document(bank: Bank, found: BankDiff) -> Document:
    """Return the changes by how much they weigh, and which version number they ask for."""
    title = f"{bank.id}: {found.old} and {found.new}"
    return Document(title=title, kicker=bank.title, running=title, blocks=[*_blocks(found)])


def _blocks(found: BankDiff) -> Iterator[Block]:
    if found.raises is None:
        yield "Nothing has changed."
        return
    number = "It has." if found.enough else f"It has not: {found.new} does not do."
    yield f"{_MEANS[found.raises]} {number}"
    for weighs, title in _TITLES.items():
        rows = [(change.of, change.id, change.what) for change in found.changes if change.weighs is weighs]
        if rows:
            yield Heading(f"{title}: {counted(len(rows), 'change')}", 2)
            yield Table([*of_words("Of", "Id", "What", share=2)], rows)
