"""Opens what people send back: files of answers, our own forms filled in, and tables from survey programs."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from readiness.assessment.always import counted_as_not_known
from readiness.assessment.duplicates import each_once
from readiness.assessment.endings import ending
from readiness.assessment.folder_files import folder_files, people_named
from readiness.assessment.not_whole import refuse_not_whole
from readiness.assessment.reading import STDIN, read_assessment
from readiness.assessment.team_names import identity
from readiness.assessment.unread_kinds import unread_kind
from readiness.bank.document import read_bytes
from readiness.bank.model import Bank
from readiness.errors import MOST_TOLD, InputError, Notice, Place, Problem
from readiness.intake.headings import Names
from readiness.intake.json_results import json_results
from readiness.intake.kinds import ASSESSMENTS, TABLES, InputKind, is_pdf, kind_of
from readiness.intake.left_out import LostRows, too_few
from readiness.intake.mapping import Mapping
from readiness.intake.missing import missing
from readiness.intake.respondents import Gathered, gathered_whole, read_survey
from readiness.intake.responses_once import each_response_once
from readiness.intake.several_teams import Stands, in_several_teams
from readiness.intake.sheets import unread_sheets
from readiness.intake.summary import Counts, account_of_survey, emptied_told, nothing_told
from readiness.intake.survey import SurveyReader
from readiness.intake.table_files import MAX_BYTES, in_memory, read_table, renamed
from readiness.intake.tables import InputTable
from readiness.intake.teams import named_once, settle
from readiness.intake.undecided import HINT, Open, as_problem, told_together
from readiness.opening import real
from readiness.roundtrip.collected import Collected
from readiness.roundtrip.form_entries import Given
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from readiness.roundtrip.form_xlsx_read import is_form, read_filled_xlsx
from readiness.temporary_folders import temporary_folder
from readiness.text import counted, short, some
from readiness.time_limit import SlowFiles

_ENDINGS = (".pdf", *TABLES, *ASSESSMENTS)
"""The endings of files that can hold answers."""

LABEL = Path("<stdin>")
"""The name of standard input in messages."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was opened: a table still to be understood, or assessments as they are."""

    path: Path
    content: InputTable | Collected


@dataclass(frozen=True, slots=True)
class Opened:
    """The files that could be opened, what is wrong with the others, and which files of folders are not read."""

    sources: tuple[OpenedFile, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """All respondents of all files, what is open or wrong, and the account of each file.

    ``missing``: facts that only options can give, if something is open or wrong.
    """

    gathered: tuple[Gathered, ...]
    open: tuple[Open, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    account: tuple[str, ...]
    missing: Problem | None = None


def open_sources(
    paths: Iterable[Path], bank: Bank, kind: InputKind | None = None, given: Given | None = None
) -> Opened:
    """Return what is in the files, and in the files of folders. A file that is named twice counts once.

    Options that are ``given`` fill in for what a filled form leaves out.
    ``-`` is standard input, which holds a file of ``kind``; if that is None, of the kind that it begins like.
    """
    problems: list[Problem] = []
    notices: list[Notice] = []
    sources = []
    opener = _Opener(bank, given or Given())
    for path in dict.fromkeys(_files(paths, problems, notices)):
        try:
            if path == STDIN:
                sources.append(OpenedFile(LABEL, opener.standard_input(kind)))
            else:
                sources.append(OpenedFile(path, opener.content(path)))
        except InputError as error:
            problems += error.problems
    return Opened(tuple(sources), tuple(problems), tuple(notices))


def _files(paths: Iterable[Path], problems: list[Problem], notices: list[Notice]) -> Iterator[Path]:
    seen = set()
    people, copies = people_named([*paths])
    notices += map(Notice.of, copies)
    for path in people:
        found: Sequence[Path] = [path]
        if path.is_dir():
            inside = folder_files(path, _ENDINGS)
            found = inside.files
            problems += inside.awaited
            if found or inside.awaited:
                notices += inside.notices
            else:
                todo = f"Files end in {', '.join(_ENDINGS)}."
                problems += (Problem("There are no answers in this folder", todo, Place(str(path))), *inside.left_out)
        for file in found:
            if real(file) not in seen:
                seen.add(real(file))
                yield file


class _Opener:
    """Opens one file after the other. Names of the bank are made for the first table, and serve them all."""

    def __init__(self, bank: Bank, given: Given) -> None:
        self._bank = bank
        self._given = given
        self._slow = SlowFiles()

    @cached_property
    def _names(self) -> Names:
        return Names.of(self._bank, self._given.profile)

    def content(self, path: Path) -> InputTable | Collected:
        """Return what is in the file, by its beginning; the ending of its name tells answers from other text.

        PDFs are read as long as not too many were slow. Raises InputError if it can't be read.
        """
        refuse_not_whole(path)
        start = read_bytes(path)
        named = ending(path.name)
        one = named in ASSESSMENTS or (named not in _ENDINGS and kind_of(start) in ASSESSMENTS.values())
        if one:
            if results := json_results(path, str(path)):
                return in_memory(results)
            assessment, notices = read_assessment(path, self._bank)
            return Collected((assessment,), tuple(notices))
        if is_pdf(start) or named == ".pdf":
            return read_filled_pdf(path, self._bank, self._given, slow=self._slow)
        if start.startswith(b"PK") and unread_kind(start, path.name) is None and is_form(path):
            return read_filled_xlsx(path, self._bank, self._given)
        return read_table(path, self._names, self._given.sheet)

    def standard_input(self, kind: InputKind | None) -> InputTable | Collected:
        """Return what standard input holds: a file of ``kind``, or of the kind that it begins like.

        Raises InputError if nothing comes in, and as ``content``; LABEL is the file's name in all messages.
        """
        data = b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_BYTES + 1)
        if not data.strip():
            what = "Nothing came in on standard input"
            raise InputError(Problem(what, "Pipe a file in, or name it.", Place(str(LABEL))))
        with temporary_folder() as folder:
            copy = folder / f"input.{kind or kind_of(data)}"
            copy.write_bytes(data)
            try:
                content = self.content(copy)
            except InputError as error:
                raise renamed(error, copy, str(LABEL)) from None
        notices = tuple(notice.replace(str(copy), str(LABEL)) for notice in content.notices)
        if isinstance(content, InputTable):
            return replace(content, file=str(LABEL), notices=notices)
        return replace(content, notices=notices)


def gather(sources: Sequence[OpenedFile], bank: Bank, mapping: Mapping, given: Given) -> Intake:
    """Return all respondents in the files, each once."""
    names = Names.of(bank, given.profile)
    gathered: list[Gathered] = []
    open_: list[Open] = []
    problems: list[Problem] = []
    notices: list[str] = []
    account: list[str] = []
    readers: list[SurveyReader] = []
    lost = LostRows()
    for source in sources:
        if isinstance(source.content, Collected):
            place = Place(str(source.path))
            found = [
                gathered_whole(assessment, place, given, bank.roles, at)
                for at, assessment in enumerate(source.content.assessments)
            ]
            gathered += found
            notices += source.content.notices
            account.append(f"{source.path}: {Counts.of(found)}")
        else:
            reader = SurveyReader(source.content, names, mapping, given)
            readers.append(reader)
            reading = read_survey(reader)
            gathered += reading.gathered
            open_ += reading.open
            problems += reading.problems
            notices += reading.notices
            for row in reading.lost:
                lost.add(row)
            if not reader.cells.about_questions:
                problems += unread_sheets(source.content)
            if not (reading.gathered or reading.open or reading.problems):
                problems.append(
                    nothing_told(str(source.path), {aside: len(rows) for aside, rows in reading.asides.items()})
                )
            if reading.emptied:
                notices.append(emptied_told(str(source.path), reader.layout.vendor, reading.emptied))
            account += account_of_survey(reader.layout, reading, bank)
    unsettled = bool(open_ or problems)
    if not unsettled:
        once = each_response_once(named_once(gathered, notices))
        settled = settle([*once.kept.values()], bank, given)
        problems += (*once.problems, *settled.problems)
        of_file = defaultdict(list)
        for one in settled.gathered:
            of_file[one.place.file].append(one.assessment)
        for source in sources:  # only now is each profile whole, and with it what the team is asked
            notices += counted_as_not_known(of_file[str(source.path)], bank, str(source.path))
        notices += (*once.notices, *settled.notices)
        gathered = _each_person_once(settled.gathered, bank, problems, notices)
        teams = _by_team(gathered)
        notices += _in_several_teams(teams.values())
        small = (too_few(len(them), lost.of(whose), them[0].place) for whose, them in teams.items())
        problems += filter(None, small)
        notices += _none_left([short(row.of) for row, _ in lost.none_left(teams)])
    whole = [one for one in gathered if not one.surveyed]
    lacking = missing(readers, whole, open_, bank, given) if unsettled else None
    return Intake(tuple(gathered), tuple(open_), tuple(problems), tuple(notices), tuple(account), lacking)


def _none_left(teams: Sequence[str]) -> Iterator[str]:
    """Yield what to tell of teams that have no row left."""
    if teams:
        told = f"No row is left of {counted(len(teams), 'team')}: {some(teams)}. Files that were collected of"
        told += " it before stay." if len(teams) == 1 else " them before stay."
        yield f"{told} Delete those of people who have withdrawn."


def _by_team(gathered: Sequence[Gathered]) -> dict[tuple[str, str], list[Gathered]]:
    """Return the respondents by organisation and team, both as ``identity`` leaves them."""
    teams = defaultdict[tuple[str, str], list[Gathered]](list)
    for one in gathered:
        team = one.assessment.team
        teams[identity(team.organisation or ""), identity(team.name)].append(one)
    return teams


def _in_several_teams(teams: Iterable[Sequence[Gathered]]) -> Iterator[str]:
    """Yield which answers may be one person's, as they have one id in several teams."""
    found = defaultdict[str, list[Stands]](list)
    for team in teams:
        for sign, one in {one.sign: one for one in reversed(team) if one.sign}.items():
            found[sign].append((one.assessment.team, one.place))
    yield from in_several_teams(stands for stands in found.values() if len(stands) > 1)


def open_as_problems(open_: Sequence[Open], bank: Bank, given: Given) -> list[Problem]:
    """Return what is open as problems, the first of them if they are many, and last how to decide it."""
    names = Names.of(bank, given.profile)
    told = told_together(open_)
    problems = [as_problem(one, bank, names) for one in told[:MOST_TOLD]]
    if problems:
        more = f", and the first {MOST_TOLD} are listed" if len(told) > MOST_TOLD else ""
        problems.append(Problem(f"{counted(len(told), 'thing')} to be decided{more}; nothing was written", HINT))
    return problems


def _each_person_once(
    gathered: Sequence[Gathered], bank: Bank, problems: list[Problem], notices: list[str]
) -> list[Gathered]:
    try:
        once = each_once([one.with_id() for one in gathered], [str(one.place) for one in gathered], bank.roles)
    except InputError as error:
        problems += error.problems
        return [*gathered]
    notices += once.notices
    counted_once = once.of([one.assessment for one in gathered])
    return [replace(gathered[at], assessment=one) for at, one in zip(once.kept, counted_once, strict=True)]
