"""Opens what people send back: files of answers, our own forms filled in, and tables from survey programs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness.assessment.duplicates import each_once
from readiness.assessment.file_kinds import in_lines
from readiness.assessment.reading import ENDINGS, STDIN, holds_answers, no_answers, read_assessment
from readiness.assessment.roles import role_id
from readiness.bank.document import read_bytes
from readiness.bank.model import Bank
from readiness.errors import InputError, Place, Problem
from readiness.intake.columns import look_at
from readiness.intake.headings import Names
from readiness.intake.kinds import InputKind, is_pdf
from readiness.intake.mapping import Mapping
from readiness.intake.standard_input import LABEL, read_standard_input
from readiness.intake.summary import Counts, account_of_survey, some
from readiness.intake.survey import Gathered, digest, read_survey
from readiness.intake.tables import Table, read_table
from readiness.intake.teams import settle
from readiness.intake.undecided import HINT, Open, as_problem, told_together
from readiness.roundtrip.collected import Collected
from readiness.roundtrip.form_entries import Given
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from readiness.roundtrip.form_xlsx_read import is_form, read_filled_xlsx
from readiness.text import counted

_FORM_ENDINGS = (".pdf", ".xlsx", ".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was opened: a table still to be understood, or assessments as they are."""

    path: Path
    content: Table | Collected


@dataclass(frozen=True, slots=True)
class Opened:
    """The files that could be opened, and what is wrong with the others."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """All respondents of all files, what is open or wrong, and the account of each file."""

    gathered: tuple[Gathered, ...]
    open: tuple[Open, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    account: tuple[str, ...]


def open_sources(
    paths: Iterable[Path], bank: Bank, kind: InputKind | None = None, given: Given | None = None
) -> Opened:
    """Return what is in the files, and in the files of folders. A file that is named twice counts once.

    What is ``given`` stands in for what a filled form leaves out.
    ``-`` is standard input, which holds a file of ``kind``; where that is None, of the kind that it begins like.
    """
    problems: list[Problem] = []
    sources = []
    for path in dict.fromkeys(_files(paths, problems)):
        try:
            if path == STDIN:
                sources.append(Source(LABEL, read_standard_input(kind, lambda copy: _content(copy, bank, given))))
            else:
                sources.append(Source(path, _content(path, bank, given)))
        except InputError as error:
            problems += error.problems
    return Opened(tuple(sources), tuple(problems))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    seen = set()
    for path in paths:
        found = [path] if not path.is_dir() else sorted(file for file in path.iterdir() if _can_hold_answers(file.name))
        if not found:
            todo = f"Files end in {', '.join((*_FORM_ENDINGS, *ENDINGS))}."
            problems.append(Problem("There are no answers in this folder", todo, Place(str(path))))
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _can_hold_answers(name: str) -> bool:
    in_use = name.startswith((".", "~$"))  # what office programs leave beside a file that is open
    return holds_answers(name) or (not in_use and name.lower().endswith(_FORM_ENDINGS))


def _content(path: Path, bank: Bank, given: Given | None) -> Table | Collected:
    """Return what is in the file, by what it begins with; the ending of its name tells answers from other text."""
    start = read_bytes(path)
    if path.suffix.lower() in ENDINGS:
        assessment, notices = read_assessment(path, bank)
        return Collected((assessment,), tuple(notices))
    if kind := in_lines(start, str(path)):
        raise InputError(no_answers(kind, str(path)))
    if is_pdf(start) or path.suffix.lower() == ".pdf":
        return read_filled_pdf(path, bank, given)
    if start.startswith(b"PK") and path.suffix.lower() == ".xlsx" and is_form(path):
        return read_filled_xlsx(path, bank, given)
    return read_table(path)


def gather(sources: Sequence[Source], bank: Bank, mapping: Mapping, given: Given) -> Gathering:
    """Return all respondents in the files, each once."""
    names = Names.of(bank, given.profile)
    gathered: list[Gathered] = []
    open_: list[Open] = []
    problems: list[Problem] = []
    notices: list[str] = []
    account: list[str] = []
    for source in sources:
        if isinstance(source.content, Collected):
            found = [_as_collected(source, at, bank, given) for at in range(len(source.content.assessments))]
            gathered += found
            notices += source.content.notices
            account.append(f"{source.path}: {Counts.of(found)}")
        else:
            sheet = look_at(source.content, bank, names, mapping)
            reading = read_survey(sheet, bank, mapping, given)
            gathered += reading.gathered
            open_ += reading.open
            problems += reading.problems
            if not (reading.gathered or reading.open or reading.problems):
                what = "No row of this table answers any question"
                todo = "Check that it is the right file, and the right bank (--bank)."
                problems.append(Problem(what, todo, Place(str(source.path))))
            account += account_of_survey(sheet, reading)
    if not open_ and not problems:
        settled = settle(_each_response_once(gathered, problems, notices), bank, given)
        problems += settled.problems
        notices += settled.notices
        gathered = _each_person_once(settled.gathered, bank, problems, notices)
    return Gathering(tuple(gathered), tuple(open_), tuple(problems), tuple(notices), tuple(account))


def open_as_problems(open_: Sequence[Open], bank: Bank, given: Given) -> list[Problem]:
    """Return what is open as problems, and last how to decide it."""
    names = Names.of(bank, given.profile)
    problems = [as_problem(one, bank, names) for one in told_together(open_)]
    if problems:
        problems.append(Problem(f"{counted(len(problems), 'thing')} to be decided; nothing was written", HINT))
    return problems


def _as_collected(source: Source, at: int, bank: Bank, given: Given) -> Gathered:
    """Return one of a file's assessments. An id tells it from others, else its content: people use the same names."""
    assert isinstance(source.content, Collected)  # noqa: S101 — only those hold assessments
    assessment = source.content.assessments[at]
    respondent = assessment.respondent
    content = assessment.model_copy(update={"revision": 0}).to_json()
    if respondent.id is None:
        key = f"{source.path.name}\n{at}\n{digest(content)}"
    else:
        key = f"{respondent.id}\n{role_id(respondent.role, bank.roles)}"
    if respondent.role is None and given.role is not None:
        respondent = respondent.model_copy(update={"role": given.role})
        assessment = assessment.model_copy(update={"respondent": respondent})
    if assessment.team.organisation is None and given.organisation is not None:
        team = assessment.team.model_copy(update={"organisation": given.organisation})
        assessment = assessment.model_copy(update={"team": team})
    return Gathered(assessment, key, Place(str(source.path)), surveyed=False)


def _each_response_once(gathered: Sequence[Gathered], problems: list[Problem], notices: list[str]) -> list[Gathered]:
    """Return each response once: two exports of one survey can hold the same rows. What has an id is left as it is."""
    kept: dict[str, Gathered] = {}
    again: list[str] = []
    for at, one in enumerate(gathered):
        before = kept.setdefault(f"{at}" if one.assessment.respondent.id else one.key, one)
        if before is one:
            continue
        if before.assessment == one.assessment:
            again.append(f"{one.place} (as {before.place})")
            continue
        what = f"This is the same response as in {before.place}, with other answers"
        problems.append(Problem(what, "Collect only the newer of the two files.", one.place))
    if again:
        what = "response stands in the files more than once, and counts once"
        who = counted(len(again), what, "responses stand in the files more than once, and count once")
        notices.append(f"{who}: {some(again)}.")
    return [*kept.values()]


def _each_person_once(
    gathered: Sequence[Gathered], bank: Bank, problems: list[Problem], notices: list[str]
) -> list[Gathered]:
    try:
        once = each_once([one.with_id() for one in gathered], [str(one.place) for one in gathered], bank.roles)
    except InputError as error:
        problems += error.problems
        return [*gathered]
    notices += once.notices
    return [gathered[at] for at in once.kept]
