"""The same report set by Typst: the same text and tables, to see what another typesetter takes for it.

Typst is no part of the project: ``pip install typst`` brings it, and without it the benchmark says so.
"""

import json
from collections.abc import Iterable, Iterator

from readiness.report.model import ActionView, DomainView, Report

_START = """
#set document(title: {title})
#set page(paper: "a4", margin: (x: 17mm, y: 17mm), numbering: "1 of 1")
#set text(size: 9.6pt, lang: "en")
#set par(leading: 0.5em)
#show heading.where(level: 1): set text(size: 17pt, fill: rgb("#0b5563"))
#show heading.where(level: 2): set text(size: 11.5pt)
#let rule = (x, y) => (bottom: if y == 0 {{ 1pt + rgb("#0b5563") }} else {{ 0.5pt + gray }})
"""


def typst_source(report: Report) -> str:
    """Return the report in Typst's markup: each part, table and chart of ours, but for links and tags."""
    return "\n".join(_lines(report))


def _said(text: str) -> str:
    """Return the text as Typst shows it as it is."""
    return f"#{json.dumps(text, ensure_ascii=False)}"


def _lines(report: Report) -> Iterator[str]:
    yield _START.format(title=json.dumps(f"{report.title} {report.team}", ensure_ascii=False))
    yield f"{_said(report.title)}\n\n#text(size: 25pt)[*{_said(report.team)}*]\n"
    yield f"{_said(f'{report.date_text}. {report.answered_by}')}\n"
    if report.band:
        yield f"#block(fill: luma(235), inset: 4mm, width: 100%)[*{_said(report.band.label)}*"
        yield _said(report.overall.text)
        yield f"\n{_said(report.band.meaning)}\n{_bar(report.overall.score)}]"
    rows = [
        (each.title, _bar(each.overall.score), each.overall.text, each.overall.range_text) for each in report.domains
    ]
    yield _table((34, 33, 9, 24), ("Part", "From 0 to 100", "Score", "Could be"), rows)
    yield from (f"{_said(sentence)}\n" for sentence in report.explanation)
    yield from (f"+ *{_said(action.title)}* {_said(action.owner)}" for action in report.start)
    yield "#outline(depth: 1)"
    yield "#pagebreak()\n= What helps, and what gets in the way"
    yield f"#grid(columns: 2, gutter: 5mm, [{_forces(report, helps=True)}], [{_forces(report, helps=False)}])"
    yield "#pagebreak()"
    for domain in report.domains:
        yield from _domain(domain)
    yield "#pagebreak()\n= The action plan"
    for horizon in report.horizons:
        yield f"== {_said(f'{horizon.title} {horizon.when}')}"
        yield _table(
            (6, 45, 27, 22), ("No.", "What to do", "How you will know", "Who and when"), map(_action, horizon.actions)
        )
    yield "= What we do not know"
    yield _table((50, 50), ("Question", "Whom to ask"), [(each.question, each.who_knows or "") for each in report.open])
    yield "= All answers"
    for domain in report.domains:
        yield f"== {_said(domain.title)}"
        answers = [
            (str(each.number), each.question, " ".join((each.answer, *each.note, *each.evidence)))
            for each in domain.answers
        ]
        yield _table((6, 34, 60), ("No.", "Question", "Answer"), answers)
    yield "= How the score works, and what it does not claim"
    yield from (
        f"{_said(paragraph)}\n"
        for paragraph in (*report.sentences.score, report.sentences.bands, report.sentences.claim)
    )
    yield from (f"+ {_said(source.citation)}" for source in report.sources)


def _forces(report: Report, *, helps: bool) -> str:
    rows = [
        (each.label, _bar((each.share or 0) * 100), f"{each.step} of {each.steps}")
        for each in (report.helps if helps else report.hinders)
    ]
    return _table((56, 30, 14), ("What", "In place", "Step"), rows)


def _domain(domain: DomainView) -> Iterator[str]:
    yield f"= {_said(domain.title)}\n{_said(domain.about)}\n\n{_bar(domain.overall.score)} {_said(domain.answered)}\n"
    yield "== What is strong"
    yield from (f"- *{_said(each.label)}* {_said(each.answer)}" for each in domain.strong)
    yield "== What is missing"
    missing = [(each.label, each.answer, each.next or "") for each in domain.missing]
    yield _table((26, 37, 37), ("What", "Today", "The next step up"), missing)
    yield "== What to do"
    actions = [(str(each.number), each.title, each.owner, each.horizon) for each in domain.actions]
    yield _table((6, 59, 26, 9), ("No.", "In the action plan", "Owner", "When"), actions)
    yield "== Why it matters"
    yield from (f"- {_said(each.statement)}" for each in domain.why)


def _action(action: ActionView) -> tuple[str, ...]:
    return str(action.number), f"{action.title} {action.detail} {action.facts}", action.sign, action.owner


def _bar(score: float | None) -> str:
    return f"#box(width: 100%, height: 3mm, stroke: 0.5pt + gray, rect(width: {score or 0}%, height: 3mm, fill: blue))"


def _table(widths: tuple[int, ...], heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    columns = ", ".join(f"{width}fr" for width in widths)
    head = ", ".join(f"[*{_said(text)}*]" for text in heads)
    body = "".join(f"{', '.join(_cell(text) for text in row)},\n" for row in rows)
    return f"#table(columns: ({columns}), stroke: rule, inset: (x: 1mm, y: 1.6mm),\ntable.header({head}),\n{body})"


def _cell(text: str) -> str:
    return f"[{text}]" if text.startswith("#box(") else f"[{_said(text)}]"
