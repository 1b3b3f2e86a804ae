"""The same table read by ``collect`` and by a batch gives the same people, or is refused with the same problems."""

import csv
import datetime as dt
import io
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from readiness.assessment.model import Assessment, Respondent
from readiness.assessment.reading import read_team
from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.batch import row_reader
from readiness.batch.blocks import each_team
from readiness.batch.group_rows import Scattered, gathered, neighbours
from readiness.batch.row_reader import TableTerms
from readiness.batch.rows import Refused, assessments_of
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import Found, TeamRows
from readiness.errors import InputError, Problem
from readiness.intake.headings import Names
from readiness.intake.mapping import DateOrder
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.sources import gather, open_sources
from readiness.intake.survey import SurveyReader
from readiness.intake.table_files import open_table
from readiness.intake.undecided import OpenWords, as_problem
from readiness.resources import QUESTIONS
from readiness.roundtrip.form_entries import Given
from tests.batch.writing import PROFILE, read_all
from tests.exports.northside import FOLDER
from tests.exports.shapes import SHAPES

BANK = load_bank(QUESTIONS / "peer-workers")
TEAMS = [
    "North CMHT",
    "  North  CMHT ",
    "NORTH CMHT",
    "St Mary's",
    "St Mary’s",
    "Café",
    unicodedata.normalize("NFD", "Café"),
]
ORGANISATIONS = ["", "Trust", "Trust ", "Child's Trust", "Child’s Trust"]
ROLES = ["", "peer-worker", "Peer Workers", "Service manager"]
WORDS = ["", "0", "2", " 3 ", "4.0", "unknown", "Don’t know", "we don't know", "n/a", "n/a: not here"]
ODD = ["NA", "sometimes", "9"]
LEADS = ["{0}", "{1}", "{2}", "Q07. {1}", "{0}2", "{1} (2)"]
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d %B %Y", "%d.%m.%Y", "%Y/%m/%d 9:26:14 AM GMT+1"]
ASKED = ("language", "pay-parity", "task-management")
TABLES = ("csv", "xlsx", "jsonl", "parquet")
GIVEN = [Given(), Given(role="other", date=dt.date(2026, 11, 22)), Given(organisation="Trust")]
ORDERS = st.sampled_from([None, *DateOrder])


@dataclass(frozen=True)
class Made:
    """A table with headings, rows of cells, and titles above; ``kind`` is the kind of file to write.

    ``varied``: whether people of one team say different things of their service.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    titles: int
    kind: str
    encoding: str
    separator: str
    varied: bool

    def write(self, folder: Path) -> Path:
        path = folder / f"table.{self.kind}"
        titles = [["Our survey"]] * self.titles
        match self.kind:
            case "csv":
                text = io.StringIO()
                csv.writer(text, delimiter=self.separator).writerows([*titles, self.headings, *self.rows])
                path.write_bytes(text.getvalue().encode(self.encoding, "replace"))
            case "xlsx":
                book = Workbook()
                for row in [*titles, self.headings, *self.rows]:
                    book.active.append([cell or None for cell in row])
                book.save(path)
            case "jsonl":
                path.write_text("\n".join(map(json.dumps, self._objects())), "utf-8")
            case "parquet":
                pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
                columns = [[row[at] for row in self.rows] for at in range(len(self.headings))]
                table = pa.table([pa.array(column, pa.string()) for column in columns], names=list(self.headings))
                parquet.write_table(table, path)
        return path

    def _objects(self) -> list[dict[str, str]]:
        """Return the rows as objects; an empty cell may be left out, but for the first row's."""
        full = [dict(zip(self.headings, row, strict=True)) for row in self.rows]
        return [*full[:1], *({name: cell for name, cell in row.items() if cell} for row in full[1:])]


@st.composite
def tables(draw: st.DrawFn) -> Made:
    """Return a table of a few people, as a person or a program could have made it, with one flaw at the most."""
    flaw = draw(st.sampled_from(["none", "none", "profile", "words", "dates", "columns"]))
    fixed = {
        draw(st.sampled_from(["team", "Team name", "SERVICE", "What is the name of your team or service?"])): TEAMS,
        draw(st.sampled_from(["organisation", "Organization Name"])): ORGANISATIONS,
        draw(st.sampled_from(["role", "Your role", "What is your own role?"])): ROLES,
    }
    columns: list[tuple[str, Sequence[str]]] = [*fixed.items(), *((key, [value]) for key, value in PROFILE.items())]
    if flaw == "profile":
        columns[-3:-2] = [("stage", ["planning", "introducing", ""])]
    for name in ASKED:
        question = BANK.question_by_id[name]
        words = [*WORDS, *(level.text for level in question.levels), question.levels[1].text.upper()]
        lead, second = draw(st.permutations(LEADS))[:2]
        texts = question.text, question.label or name
        columns.append((lead.format(name, *texts), [*words, *ODD] if flaw == "words" else words))
        if draw(st.booleans()) and flaw == "columns":
            columns.append((second.format(name, *texts), ["", "", "2"]))
    extra = [("Comments", ["", "Ask HR"]), (f"{ASKED[0]} note", ["", "A note"]), ("shoe size", [""]), ("", [""])]
    extra += [(f"why {ASKED[1]}", ["", "All unpaid"]), (f"{ASKED[2]} evidence", ["", "Minutes"])]
    extra += [("shoe size", ["", "44"]), ("", ["", "x"])] if flaw == "columns" else []
    columns += draw(st.lists(st.sampled_from(extra), max_size=2))
    form = draw(st.sampled_from(DAYS))
    days = [draw(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))) for _ in range(4)]
    written = [f"{day:{form}}" for day in (days if flaw == "dates" else [day.replace(day=22) for day in days])]
    if flaw == "dates":
        written += [f"{days[0]:{draw(st.sampled_from(DAYS))}}", "", "soon"]
    columns.append((draw(st.sampled_from(["date", "Date of answers"])), written))
    columns = draw(st.permutations(columns))
    kind = draw(st.sampled_from(TABLES))
    if kind in ("jsonl", "parquet"):
        columns = [*dict(columns).items()]
    rows = [[draw(st.sampled_from(cells)) for _, cells in columns] for _ in range(draw(st.integers(1, 8)))]
    return Made(
        headings=[heading for heading, _ in columns],
        rows=rows,
        titles=draw(st.integers(0, 2)) if kind in ("csv", "xlsx") else 0,
        kind=kind,
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])),
        separator=draw(st.sampled_from(",;\t|")),
        varied=flaw == "profile",
    )


def decisions() -> st.SearchStrategy[Decisions]:
    """Return what a person may have decided."""
    answers: list[Mapping[str, Mapping[str, str | int]]] = [
        {},
        {"every column": {"sometimes": 2, "NA": "no answer", "n/a": "n/a: decided"}},
        {"team": {"NORTH CMHT": "North CMHT"}, "role": {"Peer Workers": "team-member"}},
    ]
    columns = [{}, {"shoe size": "ignore"}]
    return st.builds(
        Decisions,
        bank=st.just(BANK.id),
        dates=ORDERS,
        columns=st.sampled_from(columns),
        answers=st.sampled_from(answers),
    )


Person = tuple[object, ...]


def person(one: Assessment) -> Person:
    said = sorted(one.team.profile.items()), sorted(one.responses.items(), key=itemgetter(0))
    return (str(one.team), one.respondent, one.date, *said, one.bank)


def collected(bank: Bank, path: Path, decided: Decisions, told: Given) -> tuple[list[Person], list[Problem]]:
    """Return the people whom ``collect`` finds, or the problems, each as of one cell."""
    opened = open_sources([path], bank, given=told)
    found = gather(opened.sources, bank, decided, told)
    names = Names.of(bank, told.profile)
    alone = [replace(one, rows=1, columns=1) if isinstance(one, OpenWords) else one for one in found.open]
    problems = [*opened.problems, *found.problems, *(as_problem(one, bank, names) for one in alone)]
    return [] if problems else [person(one.with_id()) for one in found.gathered], problems


def batched(bank: Bank, path: Path, decided: Decisions, told: Given) -> tuple[list[Person], list[Problem]]:
    """Return the people whom a batch finds, and the problems."""
    marking, terms = Marking(bank), TableTerms.of(bank, decided, told)
    try:
        found: list[Found] = [*each_team(neighbours(read_all(marking, path, terms=terms), marking, told))]
    except Scattered:
        found = [*gathered(read_all(marking, path, terms=terms), marking, told)]
    teams = [one for one in found if isinstance(one, TeamRows)]
    problems = [problem for one in found if isinstance(one, Refused) for problem in one.problems]
    return [person(one) for team in teams for one in assessments_of(team.rows, bank)], problems


def problems_of_table(bank: Bank, path: Path, decided: Decisions, told: Given) -> list[Problem]:
    """Return what is wrong with the table as a whole."""
    try:
        return [*SurveyReader(open_table(path), Names.of(bank, told.profile), decided, told).table_problems()]
    except InputError as error:
        return [*error.problems]


def once(problems: Sequence[Problem]) -> dict[tuple[str, str], Problem]:
    """Return each problem at its first place: ``collect`` says once what a batch says of each row."""
    first: dict[tuple[str, str], Problem] = {}
    for problem in sorted(
        problems, key=lambda one: (one.place.line or 0, one.place.column or 0) if one.place else (0, 0)
    ):
        column = str(problem.place.column) if problem.place and "--day-first" in problem.todo else problem.what
        first.setdefault((column, problem.todo), problem)
    return first


def by_text(people: Sequence[Person]) -> list[str]:
    return sorted(map(repr, people))


CASES = st.tuples(tables(), decisions(), st.sampled_from(GIVEN))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=CASES)
def test_any_table_gives_the_same_people_or_the_same_problems(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[Made, Decisions, Given]
) -> None:
    table, decided, told = case
    told = replace(told, profile=PROFILE) if table.varied else told
    path = table.write(tmp_path_factory.mktemp("same"))
    people, problems = collected(BANK, path, decided, told)
    rows, refused = batched(BANK, path, decided, told)
    if not problems:
        assert refused == []
        assert by_text(rows) == by_text(people)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(row_reader, "SAMPLE", 4)
            assert (by_text(rows), []) == in_order(batched(BANK, path, decided, told)), "as far as a sample goes"
        return
    of_table = problems_of_table(BANK, path, decided, told)
    if of_table:  # a batch reads no row of such a table, while collect tells what else it finds
        assert refused == of_table
        assert set(refused) <= set(problems)
    else:  # a batch also names a team of which too few rows are left
        assert once([one for one in refused if not one.what.startswith("Only ")]) == once(problems)


def in_order(found: tuple[Sequence[Person], list[Problem]]) -> tuple[list[str], list[Problem]]:
    return by_text(found[0]), found[1]


@pytest.mark.parametrize("name", SHAPES)
def test_any_survey_program_gives_the_same_people(bank: Bank, tmp_path: Path, name: str) -> None:
    path = tmp_path / Path(name).with_suffix(".csv" if name.endswith("txt") else Path(name).suffix)
    path.write_bytes((FOLDER / name).read_bytes())
    decided = Decisions(bank=bank.id)
    people, problems = collected(bank, path, decided, Given())
    assert problems == []
    assert len(people) == 3
    rows, refused = batched(bank, path, decided, Given())
    assert refused == []
    assert by_text(rows) == by_text(people)


@pytest.mark.parametrize("id_", ["", f", id: {'a' * 16}"])
def test_an_agreement_taken_back_counts_in_each_way_of_reading(bank: Bank, tmp_path: Path, id_: str) -> None:
    answers = "".join(f"  {question.id}: 2\n" for question in bank.questions[:12])
    for name, agrees in (("1.yaml", ", shown_alone: true"), ("2.yaml", "")):
        who = f"respondent: {{role: peer-worker{id_}{agrees}}}"
        head = f"bank: {{id: peer-workers}}\nteam: {{name: A}}\n{who}\ndate: 2026-11-22\nresponses:\n"
        (tmp_path / name).write_text(head + answers, encoding="utf-8")
    [one] = read_team([tmp_path], bank).assessments
    assert one.respondent.shown_alone is None
    decided = Decisions(bank=bank.id)
    assert collected(bank, tmp_path, decided, Given()) == ([person(one)], [])
    assert batched(bank, tmp_path, decided, Given()) == ([person(one)], [])


def test_an_agreement_taken_back_counts_in_a_table(bank: Bank, tmp_path: Path) -> None:
    names = [question.id for question in bank.questions[:12]]
    rows = [f"A,peer-worker,2026-11-22,{agrees},{','.join('2' for _ in names)}" for agrees in ("yes", "no")]
    path = tmp_path / "table.csv"
    path.write_text("\n".join([f"team,role,date,shown_alone,{','.join(names)}", *rows]), encoding="utf-8")
    decided = Decisions(bank=bank.id, columns={"shown_alone": "shown_alone"})
    for read in (collected, batched):
        people, problems = read(bank, path, decided, Given(profile=PROFILE))
        assert ([said_by for _, said_by, *_ in people], problems) == ([Respondent(role="peer-worker")], [])
