"""Respondents collected from tables and files: their answers, and what tells each from all others."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from readiness.assessment.model import Assessment
from readiness.assessment.roles import role_id
from readiness.errors import Place, Problem
from readiness.intake.survey import Given, RowReading, SurveyReader
from readiness.intake.tables import TableRow
from readiness.intake.undecided import Open, OpenWords


@dataclass(frozen=True, slots=True)
class Gathered:
    """One respondent's answers; what tells them from all others (``key``); and the place they came from.

    ``surveyed``: whether they came from a table, and not from a form of ours or a file of answers. ``numbered``:
    whether the survey program tells them from all others, wherever they stand: then they have an id made of ``key``.
    """

    assessment: Assessment
    key: str
    place: Place
    surveyed: bool
    numbered: bool = False

    def with_id(self) -> Assessment:
        """Return the assessment as it is written: with what tells the respondent from others, where that is known."""
        if not self.numbered:
            return self.assessment
        respondent = self.assessment.respondent.model_copy(update={"id": digest(self.key)})
        return self.assessment.model_copy(update={"respondent": respondent})


def digest(text: str) -> str:
    """Return an id made of ``text``: the same for the same text, and hardly ever for another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SurveyReading:
    """What a table held: respondents, what is open, what is wrong, and what to tell about it.

    ``skipped``: rows (as numbered in the table) without a single answer. ``numbers``: the headings of columns in which
    numbers were taken for levels' values.
    """

    gathered: tuple[Gathered, ...]
    open: tuple[Open, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    skipped: tuple[int, ...]
    numbers: tuple[str, ...]


def read_survey(reader: SurveyReader) -> SurveyReading:
    """Return what the rows of a table in memory hold. If something is open or wrong, what it touches is left out."""
    gathered: list[Gathered] = []
    skipped: list[int] = []
    open_: dict[object, Open] = {}
    problems, notices = [*reader.problems], [*reader.layout.table.notices]
    keys = _Keys(reader)
    for row in reader.rows():
        reading = reader.read(row)
        problems += reading.problems
        notices += reading.notices
        for one in reading.open:
            _told_once(one, open_)
        if reading.assessment is not None:
            gathered.append(keys.gathered(row, reading, reading.assessment))
        elif reading.understood:
            skipped.append(row.number)
    found = (*reader.open, *sorted(open_.values(), key=_order))
    return SurveyReading(
        tuple(gathered), found, tuple(problems), tuple(notices), tuple(skipped), tuple(reader.cells.numbers)
    )


def _told_once(one: Open, open_: dict[object, Open]) -> None:
    """Add what is open: the same words in a column once, with how many rows have them; dates once a column."""
    key = (one.heading, one.words) if isinstance(one, OpenWords) else one.heading
    before = open_.setdefault(key, one)
    if isinstance(before, OpenWords) and before is not one:
        open_[key] = replace(before, rows=before.rows + 1)


def _order(one: Open) -> tuple[bool, int, int]:
    return isinstance(one, OpenWords), one.place.line or 0, one.place.column or 0


class _Keys:
    """Gives each respondent of a table a key that stays the same when more rows are added."""

    def __init__(self, reader: SurveyReader) -> None:
        self._reader = reader
        self._layout = reader.layout
        self._given: Counter[str] = Counter()
        self._first: dict[str, Assessment] = {}

    def gathered(self, row: TableRow, reading: RowReading, assessment: Assessment) -> Gathered:
        """Return a row's respondent."""
        place = Place(self._layout.table.file, row.number)
        if reading.whole:
            return gathered_whole(assessment, place, self._reader.given)
        key = self._key(reading, assessment)
        return Gathered(assessment, key, place, surveyed=True, numbered=bool(reading.numbered))

    def _key(self, reading: RowReading, assessment: Assessment) -> str:
        """Return what tells the row's respondent from all others.

        The organisation is as the row itself says: who gives it only the next time collects the same files.
        """
        place = [Path(self._layout.table.file).name, assessment.respondent.role or "", str(assessment.date)]
        names = [self._layout.vendor.name, reading.organisation, assessment.team.name]
        key = "\n".join([*names, *(reading.numbered or place)])
        if reading.numbered and self._first.setdefault(key, assessment) == assessment:
            return key  # a row that stands there twice
        self._given[key] += 1
        nth = self._given[key] + bool(reading.numbered)  # the first of those with a number is not counted
        return key if nth == 1 else f"{key}\n{nth}"


def gathered_whole(assessment: Assessment, place: Place, given: Given, nth: int = 0) -> Gathered:
    """Return the respondent of a whole assessment, the ``nth`` at its place, with what is given where it says nothing.

    An id tells it from others, else its content and place: people use the same names.
    """
    respondent, team = assessment.respondent, assessment.team
    if respondent.id is not None:
        key = f"{respondent.id}\n{role_id(respondent.role)}"
    else:
        content = assessment.model_copy(update={"revision": 0}).to_json()
        key = f"{Path(place.file).name}\n{place.line or nth}\n{digest(content)}"
    if respondent.role is None and given.role is not None:
        assessment = assessment.model_copy(update={"respondent": respondent.model_copy(update={"role": given.role})})
    if team.organisation is None and given.organisation is not None:
        organised = team.model_copy(update={"organisation": given.organisation})
        assessment = assessment.model_copy(update={"team": organised})
    return Gathered(assessment, key, place, surveyed=False)
