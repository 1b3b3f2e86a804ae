"""Every answer put into a table comes out as it was, or is asked about, or its row is named as left out."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from readiness.assessment.cells import NO_REASON
from readiness.assessment.model import Assessment, Response
from readiness.bank.model import Bank, Question
from readiness.batch.blocks import each_row
from readiness.batch.row_reader import TableTerms, table_rows
from readiness.batch.rows import Refused, RespondentRow, assessment_of
from readiness.batch.scorer import Marking
from readiness.intake.mapping import DateOrder, LowestNumber, Target, TargetKind
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.sources import Intake, gather, open_sources
from readiness.intake.table_files import open_table
from readiness.intake.undecided import Open, OpenColumn, OpenDates, OpenNumbers, OpenWords
from readiness.roundtrip.form_entries import Given

PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
TOLD = Given(team="Elm Row Team", profile=PROFILE)
ASKED = ("language", "pay-parity", "task-management", "over-formalisation", "flexible-policies")
UNKNOWN, NOT_OURS = Response(unknown=True), Response(not_applicable=NO_REASON)

FRAMES = (
    "{text}",
    "{at}. {text}",
    "Q{at}. {text}",
    "Q0{at}) {text}",
    "{text}\u00a0",
    "{text}\n{help}",
    "{id}",
    "{label}",
)
"""Ways to head a question: all are known, or asked about."""
ODD_FRAMES = ("About you > {text}", "How true is it? {text}", "Item {at}", "{text} (pick the one that fits)")
VALUES = ("value", "from 1", "words", "words with value", "words from 1")
CODES = (("6", "7"), ("12", "13"), ("98", "99"), ("Don’t know", "n/a"), ("-1", "-2"))
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d %B %Y", "%d/%m/%y %H:%M", "%A, %d %B %Y at %H:%M")
DAYS_OF_JAVASCRIPT = "%a %b %d %Y %H:%M:%S GMT+0000 (Greenwich Mean Time)"
STATUS: Mapping[str, Sequence[str]] = {
    "": (),
    "Timestamp": ("Timestamp",),
    "Microsoft": ("ID", "Start time", "Completion time", "Email", "Name"),
    "LimeSurvey": ("id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "seed. Seed"),
}
"""Columns of survey programs, by which they are known."""


@dataclass(frozen=True)
class Made:
    """A table, and what each of its rows says: its answers by question, and its date.

    ``order`` is that of day and month; ``lowest`` the number of the lowest level; ``headed`` what stands below which
    heading.
    """

    rows: Sequence[Sequence[str]]
    said: Sequence[tuple[Mapping[str, Response], dt.datetime]]
    titles: int
    headed: Mapping[str, Target]
    codes: Mapping[str, str]
    lowest: LowestNumber
    order: DateOrder
    kind: str
    encoding: str
    separator: str
    typed: bool

    def write(self, folder: Path) -> Path:
        """Write the table into the folder, and return its file."""
        path = folder / f"table.{self.kind}"
        title = ["Answers of November", *[""] * (len(self.rows[0]) - 1)]  # as spreadsheets save it
        rows = [*([title] * self.titles), *self.rows]
        if self.kind == "csv":
            text = io.StringIO()
            csv.writer(text, delimiter=self.separator).writerows(rows)
            path.write_bytes(text.getvalue().encode(self.encoding, "replace"))
            return path
        book = Workbook()
        for row in rows:
            book.active.append([self._cell(text) for text in row])
        book.save(path)
        return path

    def _cell(self, text: str) -> str | int | None:
        """Return a cell of a workbook: a number as one, if the program writes numbers."""
        return int(text) if self.typed and text.lstrip("-").isdecimal() else text or None

    def decided(self, one: Open, decisions: Decisions) -> Decisions:
        """Return the decisions with that of the person who made the table on what is open."""
        match one:
            case OpenColumn():
                return decisions.with_column(one.heading, self.headed[one.heading])
            case OpenNumbers():
                return decisions.with_numbers(self.lowest, one.place.file)
            case OpenDates():
                return decisions.model_copy(update={"dates": self.order})
            case OpenWords():
                return decisions.with_answer(one.heading, one.words, self.codes[one.words])


@st.composite
def tables(draw: st.DrawFn, bank: Bank, form: str) -> Made:
    """Return a table as one of many programs could have written it, with answers in one of the forms in ``VALUES``."""
    codes = draw(st.sampled_from(CODES))
    asked = draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=len(ASKED), unique=True))
    frames = draw(st.lists(st.sampled_from([*FRAMES, *FRAMES, *ODD_FRAMES]), min_size=1, max_size=2))
    status = draw(st.sampled_from([*STATUS]))
    day_form = draw(st.sampled_from([*DAYS, DAYS_OF_JAVASCRIPT]))
    count = draw(st.integers(1, 4))
    said = [
        ({name: found for name in asked if (found := draw(_answers(bank.question_by_id[name])))}, _day(draw))
        for _ in range(count)
    ]
    columns: list[tuple[str, Target, list[str]]] = []
    for at, name in enumerate(asked, start=1):
        question = bank.question_by_id[name]
        heading = draw(st.sampled_from(frames)).format(
            at=at, text=question.text, id=name, label=question.label or name, help=question.help or "Pick one"
        )
        cells = [_cell(question, answers.get(name), form, codes) for answers, _ in said]
        columns.append((heading, Target(TargetKind.QUESTION, name), cells))
    dated = [f"{day:{day_form}}" for _, day in said]
    columns.append((draw(st.sampled_from(["date", "Date of answers"])), Target(TargetKind.DATE), dated))
    columns.append(("What is your own role?", Target(TargetKind.ROLE), ["Peer Worker"] * count))
    if draw(st.booleans()):
        columns.append(("Favourite colour", Target(TargetKind.IGNORE), ["red"] * count))
    shuffled = draw(st.permutations(columns))
    own = [(name, _own(name, count)) for name in STATUS[status]]
    headings = [*(name for name, _ in own), *(heading for heading, _, _ in shuffled)]
    below = [cells for _, cells in own] + [cells for _, _, cells in shuffled]
    known = {" ".join(heading.split()): target for heading, target, _ in columns}
    return Made(
        rows=[headings, *(list(row) for row in zip(*below, strict=True))],
        said=said,
        titles=draw(st.integers(0, 2)),
        headed=known,
        codes={codes[0]: "unknown", codes[1]: "n/a"},
        lowest=1 if form == "from 1" else 0,
        order=DateOrder.MONTH_FIRST if day_form.startswith("%m") else DateOrder.DAY_FIRST,
        kind=draw(st.sampled_from(["csv", "csv", "xlsx"])),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
        separator=draw(st.sampled_from(",;\t")),
        typed=draw(st.booleans()),
    )


def _day(draw: st.DrawFn) -> dt.datetime:
    day = draw(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
    return dt.datetime.combine(day, dt.time(9, 26))


def _answers(question: Question) -> st.SearchStrategy[Response | None]:
    level = st.sampled_from([Response(level=level.value) for level in question.levels])
    return level | level | st.sampled_from([None, UNKNOWN, UNKNOWN if question.always else NOT_OURS])


def _cell(question: Question, said: Response | None, form: str, codes: tuple[str, str]) -> str:
    """Return an answer as it is written in this form."""
    if said is None:
        return ""
    if said.level is None:
        return codes[0] if said.unknown else codes[1]
    at = question.position(said.level) or 0
    value, place, words = str(question.levels[at].value), str(at + 1), question.levels[at].text
    forms = (value, place, words, f"{value} - {words}", f"{place}. {words}")
    return dict(zip(VALUES, forms, strict=True))[form]


def _own(name: str, count: int) -> list[str]:
    """Return the cells of a survey program's own column."""
    if "time" in name or "Date" in name:
        return [f"2026-10-14 09:{at:02d}:13" for at in range(count)]
    numbered = name.casefold().startswith(("id", "seed", "last"))
    return [str(at) if numbered else "" for at in range(1, count + 1)]


def read(bank: Bank, path: Path, decisions: Decisions) -> Intake:
    opened = open_sources([path], bank)
    assert not opened.problems
    return gather(opened.sources, bank, decisions, TOLD)


def decided(bank: Bank, path: Path, made: Made) -> tuple[Decisions, Intake]:
    """Return what is gathered once all that is open is decided, each thing once."""
    decisions = Decisions(bank=bank.id)
    if made.lowest == 1 and any("--numbers-from 1" in told for told in read(bank, path, decisions).account):
        decisions = decisions.with_numbers(1)
    for _ in range(100):
        found = read(bank, path, decisions)
        if not found.open:
            return decisions, found
        before, decisions = decisions, made.decided(found.open[0], decisions)
        assert decisions != before, found.open[0]
    raise AssertionError("this goes on for ever")


def batched(bank: Bank, path: Path, decisions: Decisions) -> dict[int, Assessment]:
    """Return what a batch reads, by row."""
    found = [*each_row(table_rows(open_table(path), Marking(bank), TableTerms.of(bank, decisions, TOLD)))]
    assert not [one for one in found if isinstance(one, Refused) and one.problems]
    return {row.number: assessment_of(row, bank) for row in found if isinstance(row, RespondentRow)}


def told_as_left_out(lines: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of rows that are said to be left out."""
    for line in lines:
        if "left out" in line.casefold():
            yield from (int(word) for word in line.replace(",", " ").replace(".", " ").split() if word.isdecimal())


@pytest.mark.parametrize("form", VALUES)
@pytest.mark.parametrize("examples", [12, pytest.param(500, marks=pytest.mark.long)])
def test_every_answer_comes_out_or_is_asked_about_or_told(
    bank: Bank, tmp_path_factory: pytest.TempPathFactory, examples: int, form: str
) -> None:
    @settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )
    @given(made=tables(bank, form))
    def holds(made: Made) -> None:
        path = made.write(tmp_path_factory.mktemp("any"))
        decisions, found = decided(bank, path, made)
        if found.problems:
            # Nobody answered a question: then there is nothing to lose.
            assert not any(answers for answers, _ in made.said), found.problems
            return
        rows = {one.place.line: one.assessment for one in found.gathered}
        left_out = {*told_as_left_out([*found.account, *found.notices])}
        for number, (answers, day) in enumerate(made.said, start=made.titles + 2):
            if number in rows:
                assert {**rows[number].responses} == {**answers}
                assert rows[number].date == day.date()
            else:
                assert number in left_out
        in_batch = batched(bank, path, decisions)
        assert {number: one.responses for number, one in in_batch.items()} == {
            number: one.responses for number, one in rows.items()
        }

    holds()
