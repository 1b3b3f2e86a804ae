"""Respondents collected from tables and files: their answers, and what tells each from all others."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from readiness.assessment.duplicates import BY_CHANCE
from readiness.assessment.model import Assessment
from readiness.assessment.roles import Roles, role_id
from readiness.assessment.team_names import identity
from readiness.errors import MOST_TOLD, InputError, Place, Problem
from readiness.intake.columns import SurveyColumn
from readiness.intake.left_out import LeftOut
from readiness.intake.mapping import TargetKind
from readiness.intake.survey import RowReading, SurveyReader
from readiness.intake.tables import TableRow
from readiness.intake.undecided import Open, OpenWords
from readiness.intake.vendor import Aside
from readiness.roundtrip.form_entries import Given
from readiness.text import safe


@dataclass(frozen=True, slots=True)
class Gathered:
    """One respondent's answers; what tells them from all others (``key``); and the place they came from.

    ``surveyed``: whether they came from a table, and not from a form of ours or a file of answers. ``numbered``:
    whether the survey program tells them from all others, wherever they stand: then they have an id made of ``key``.
    ``coded``: whether by a code that is the person's own in each survey, and not by the response's number.
    ``sent``: what tells the response if another team is named in it, if it has a number and a time.
    """

    assessment: Assessment
    key: str
    place: Place
    surveyed: bool
    numbered: bool = False
    coded: bool = False
    sent: str = ""

    @property
    def sign(self) -> str:
        """What is the same in whatever team the answers stand; "" if nothing is."""
        return self.sent if self.surveyed else self.assessment.respondent.id or ""

    @property
    def could_be_chance(self) -> bool:
        """Whether another person may have sent a file with the same answers: they are few, and no id tells."""
        answers = sum(one.answered for one in self.assessment.responses.values())
        return not self.surveyed and self.assessment.respondent.id is None and answers < BY_CHANCE

    def with_id(self) -> Assessment:
        """Return the assessment as it is written: with an id for the respondent, if there is one."""
        if not self.numbered:
            return self.assessment
        made = {"id": digest(self.key), "one_survey": None if self.coded else True}
        respondent = self.assessment.respondent.model_copy(update=made)
        return self.assessment.model_copy(update={"respondent": respondent})


def digest(text: str) -> str:
    """Return an id made of ``text``: the same for the same text, and hardly ever for another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SurveyReading:
    """Content of a table: respondents, what is open, what is wrong, and what to tell about it.

    ``rows``: their number. ``skipped``: those (as numbered in the table) without a single answer. ``asides``: those
    that are no answers, by the reason; ``lost``: those of them that somebody answered. ``emptied``: cells that could
    mean that a question does not apply. ``empty``: columns without a known meaning, and with nothing below.
    ``numbered``: the headings of columns in which numbers were taken for levels, of which the lowest is ``lowest``;
    ``assumed``: whether only the headings show that.
    """

    gathered: tuple[Gathered, ...]
    open: tuple[Open, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    rows: int
    skipped: tuple[int, ...]
    empty: tuple[SurveyColumn, ...]
    numbered: tuple[str, ...]
    lowest: int | None
    assumed: bool
    asides: Mapping[Aside, tuple[int, ...]]
    lost: tuple[LeftOut, ...]
    emptied: int


_MOST_UNDECIDED = 5_000
"""Rows with something to be decided, after which a table is not read on."""


def read_survey(reader: SurveyReader) -> SurveyReading:
    """Return what the rows of a table in memory hold. If something is open or wrong, what it touches is left out."""
    gathered: list[Gathered] = []
    skipped: list[int] = []
    open_: dict[object, Open] = {}
    problems, notices = [*reader.problems], [*reader.notices]
    asides: defaultdict[Aside, list[int]] = defaultdict(list)
    lost: list[LeftOut] = []
    emptied = undecided = 0
    keys = _RowKeys(reader)
    for row, reading in _readings(reader, problems):
        problems += reading.problems
        notices += reading.notices
        emptied += reading.emptied
        for one in reading.open:
            _told_once(one, open_)
        undecided += bool(reading.open)
        if reading.assessment is not None:
            gathered.append(keys.gathered(row, reading, reading.assessment))
        elif reading.aside:
            asides[reading.aside].append(row.number)
            if reading.lost and reading.team:
                organisation = reading.organisation or reader.given.organisation or ""
                lost.append(
                    LeftOut(safe(reading.team), safe(organisation), reading.aside, Place(reader.file, row.number))
                )
        elif reading.understood:
            skipped.append(row.number)
        if len(problems) > MOST_TOLD:
            what = f"More than {MOST_TOLD} things are wrong in this table, and no row after this one was read"
            problems.append(Problem(what, "Fix these first.", Place(reader.file, row.number)))
            break
        if undecided == _MOST_UNDECIDED:  # nothing is collected before a decision, and then all is read anew
            break
    found = (*reader.open, *sorted(open_.values(), key=_order))
    return SurveyReading(
        gathered=tuple(gathered),
        open=found,
        problems=tuple(problems),
        notices=tuple(notices),
        rows=sum(1 for _ in reader.rows()),
        skipped=tuple(skipped),
        empty=reader.unknown_empty,
        numbered=tuple(reader.cells.numbered),
        lowest=reader.cells.numbers.lowest,
        assumed=reader.cells.numbers.assumed,
        asides={aside: tuple(rows) for aside, rows in asides.items()},
        lost=tuple(lost),
        emptied=emptied,
    )


def _readings(reader: SurveyReader, problems: list[Problem]) -> Iterator[tuple[TableRow, RowReading]]:
    """Yield the rows, each with what it says. If one ends the table, ``problems`` gets what is wrong with it."""
    for row in reader.rows():
        try:
            reading = reader.read(row)
        except InputError as error:
            problems += error.problems
            return
        yield row, reading


def _told_once(one: Open, open_: dict[object, Open]) -> None:
    """Add what is open: the same words in a column once, with how many rows have them; dates once a column."""
    key = (one.heading, one.words) if isinstance(one, OpenWords) else one.heading
    before = open_.setdefault(key, one)
    if isinstance(before, OpenWords) and before is not one:
        open_[key] = replace(before, rows=before.rows + 1)


def _order(one: Open) -> tuple[bool, int, int]:
    return isinstance(one, OpenWords), one.place.line or 0, one.place.column or 0


class _RowKeys:
    """Gives each respondent of a table a key that stays the same when more rows are added."""

    def __init__(self, reader: SurveyReader) -> None:
        self._reader = reader
        self._coded = bool(reader.cells.columns(TargetKind.RESPONSE))
        self._given: Counter[str] = Counter()

    def gathered(self, row: TableRow, reading: RowReading, assessment: Assessment) -> Gathered:
        """Return a row's respondent."""
        place = Place(self._reader.layout.table.file, row.number)
        if reading.whole:
            return gathered_whole(assessment, place, self._reader.given, self._reader.cells.bank.roles)
        key = reading.response or self._key(reading, assessment)
        coded, sent = self._coded, reading.sent
        return Gathered(assessment, key, place, surveyed=True, numbered=reading.numbered, coded=coded, sent=sent)

    def _key(self, reading: RowReading, assessment: Assessment) -> str:
        """Return what tells the row's respondent from all others, if nothing in the row does.

        The organisation is as the row itself says: who gives it only the next time collects the same files.
        """
        layout = self._reader.layout
        whose = [identity(reading.organisation), identity(assessment.team.name)]
        place = [Path(layout.table.file).name, assessment.respondent.role or "", str(assessment.date)]
        key = "\n".join([layout.vendor.name, *whose, *place])
        self._given[key] += 1
        return key if self._given[key] == 1 else f"{key}\n{self._given[key]}"


def gathered_whole(assessment: Assessment, place: Place, given: Given, roles: Roles, nth: int = 0) -> Gathered:
    """Return the respondent of a whole assessment, the ``nth`` at its place, with what is given where it says nothing.

    An id tells it from others, else its content and place: people use the same names.
    """
    respondent, team = assessment.respondent, assessment.team
    if respondent.id is not None:
        key = f"{respondent.id}\n{role_id(respondent.role, roles)}"
    else:
        content = assessment.model_copy(update={"revision": 0}).to_json()
        key = f"{Path(place.file).name}\n{place.line or nth}\n{digest(content)}"
    if respondent.role is None and given.role is not None and assessment.dealt is None:
        assessment = assessment.model_copy(update={"respondent": respondent.model_copy(update={"role": given.role})})
    if team.organisation is None and given.organisation is not None:
        organised = team.model_copy(update={"organisation": given.organisation})
        assessment = assessment.model_copy(update={"team": organised})
    return Gathered(assessment, key, place, surveyed=False)
