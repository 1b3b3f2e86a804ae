"""The same report set by Typst, tagged for PDF/UA: the same text, tables and bars, but without links and contents.

Typst is no part of the project: ``pip install typst`` brings it, and without it the benchmark says so.
"""

import importlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from readiness.report.model import Report
from tests.bench.same_blocks import Bar, Part, Rows, Title, parts_of_report

_START = """
#set document(title: {title})
#set page(paper: "a4", margin: (x: 17mm, y: 17mm), numbering: "1 of 1")
#set text(size: 9pt, lang: "en")
#set par(leading: 0.5em)
#show heading.where(level: 1): set text(size: 25pt)
#show heading.where(level: 2): set text(size: 17pt, fill: rgb("#0b5563"))
#show heading.where(level: 3): set text(size: 11.5pt)
#let rule = (x, y) => (bottom: if y == 0 {{ 1pt + rgb("#0b5563") }} else {{ 0.5pt + gray }})
#let bar = share => pdf.artifact(
  box(width: 100%, height: 3mm, stroke: 0.5pt + gray, rect(width: share * 100%, height: 3mm, fill: blue)))
"""


def typst_pdf(report: Report) -> bytes:
    """Return the report as a PDF/UA-1 that Typst made."""
    typst: Any = importlib.import_module("typst")
    made: bytes = typst.compile(_source(report).encode(), pdf_standards=["ua-1"])
    return made


def _source(report: Report) -> str:
    parts = [*parts_of_report(report)]
    title = next(part.text for part in parts if isinstance(part, Title))
    return "\n\n".join((_START.format(title=json.dumps(title, ensure_ascii=False)), *map(_part, parts)))


def _said(text: str) -> str:
    """Return the text as Typst shows it as it is."""
    return f"#{json.dumps(text, ensure_ascii=False)}"


def _part(part: Part) -> str:
    match part:
        case Title(text, level):
            return f"{'=' * level} {_said(text)}"
        case Rows(shares, heads, rows):
            return _table(shares, heads, rows)
        case Bar(share):
            return f"#bar({share})"
        case _:
            return _said(part)


def _table(shares: Iterable[float], heads: Iterable[str], rows: Iterable[Sequence[Iterable[str | Bar]]]) -> str:
    columns = ", ".join(f"{share}fr" for share in shares)
    head = ", ".join(f"[*{_said(text)}*]" for text in heads)
    body = "".join(f"{', '.join(map(_cell, row))},\n" for row in rows)
    return f"#table(columns: ({columns}), stroke: rule, inset: (x: 1mm, y: 1.2mm),\ntable.header({head}),\n{body})"


def _cell(lines: Iterable[str | Bar]) -> str:
    broken = " \\ ".join(map(_part, lines))
    return f"[{broken}]"
