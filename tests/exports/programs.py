"""Page that says which survey programs are known, written from ``readiness.intake.vendors``.

``python -m tests.exports.programs`` writes it again.
"""

from collections.abc import Iterator

from readiness.intake.vendor import Aside, HeadingNames, RowRule, Vendor
from readiness.intake.vendors import PLAIN_TABLE, VENDORS
from readiness.words import CELL_NO
from tests.program import ROOT

PAGE = ROOT / "docs" / "programs.md"

_HEAD = """\
# Survey programs that are known

`readiness collect` and `readiness batch` read a program's export as it is. This page is written from
`readiness/intake/vendors.py`; after a change there, run `python -m tests.exports.programs`.

A program is known by its own columns: all of those named under "known by", each under one of its names. Case does not
matter, and `*` is any text. Of its own columns, only the date is kept. A number that tells responses apart is kept
only as a code made of it. In a table of an unknown program, the columns in the last section are left out, too.

[Some rows are left out](surveys.md#how-a-table-is-read): to count them, name their column under `columns` in a mapping
file, and say `ignore`. Further rows of headings, and headings that are repeated, do not count.

A time does not tell people apart. Without a number, people who edit their answers count twice if both exports are
collected. `score` then says that two files may be one person's. Name a column that tells responses apart with
`--response-column`, or in a mapping file as `response`.

A number tells responses apart, and not people: another survey can begin at 1 again. So `compare` does not know who
came or went, and tells the whole alone. [A code of their own](surveys.md#collect-what-comes-back) tells people apart.

"""
_REASONS = {
    Aside.UNFINISHED: "not finished",
    Aside.TEST: "tests",
    Aside.REFUSED: "refused",
    Aside.SPAM: "spam",
}


def page() -> str:
    """Return the page."""
    return _HEAD + "\n".join(["\n".join(_section(vendor)) for vendor in (*VENDORS, PLAIN_TABLE)])


def _section(vendor: Vendor) -> Iterator[str]:
    yield f"## {'Any other table' if vendor is PLAIN_TABLE else vendor.name}\n"
    yield "| | |\n|---|---|"
    known = [" or ".join(_named(names)) for names in vendor.signature]
    first = ", as the first column" if vendor.first else ""
    if known:
        yield f"| known by | {'; '.join(known)}{first} |"
    yield f"| its own columns | {', '.join(_named(vendor.own))} |"
    yield f"| date | {', '.join(_named(vendor.dates))} |"
    if vendor.number.names or vendor.identity.names:
        alone, together = " or ".join(_named(vendor.number)), ", ".join(_named(vendor.identity))
        others = f"{together}, taken together" if len(vendor.identity.names) > 1 else together
        yield f"| tells responses apart | {'; else '.join(filter(None, (alone, others)))} |"
    for rule in vendor.asides:
        yield f"| left out: {_REASONS[rule.reason]} | {_rule(rule)} |"
    if vendor.empty:
        yield f"| stands for an empty cell | {', '.join(f'`{text}`' for text in sorted(vendor.empty))} |"
    if vendor.below:
        yield f"| further rows of headings | {', '.join(vendor.below)} |"
    if vendor.date_order:
        yield f"| order of dates | {vendor.date_order} |"
    if vendor.rests_on:
        yield f"| rests on | {vendor.rests_on} |"
    yield ""


def _rule(rule: RowRule) -> str:
    texts = [f"`{text}`" if text else "nothing" for text in sorted(rule.texts)]
    if rule.opposite:
        texts = ["no" if rule.texts == CELL_NO else "yes"]
    columns = " and ".join(_named(rule.columns)) if rule.every else " or ".join(_named(rule.columns))
    return f"{', '.join(texts)} in {columns}"


def _named(headings: HeadingNames) -> list[str]:
    return [f"`{name}`" for name in dict.fromkeys(headings.written)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
