"""Reads assessments, and says where they do not fit the bank."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readiness.assessment.always import counted_as_not_known
from readiness.assessment.duplicates import LEAST_LEFT, each_once
from readiness.assessment.endings import ENDINGS, PLAN_ENDING, ending
from readiness.assessment.file_kinds import EDITS, foreign, written_by_us
from readiness.assessment.fitting import fit, misfits_beside, not_asked
from readiness.assessment.folder_files import folder_files, holds_answers
from readiness.assessment.group import GroupAssessment, is_group
from readiness.assessment.model import Assessment, Team
from readiness.assessment.not_whole import refuse_not_whole
from readiness.assessment.team_names import identity
from readiness.assessment.unread_kinds import no_answers, unread_kind
from readiness.bank.document import MAX_BYTES, ParsedDocument, decode, parse_json, read_bytes
from readiness.bank.model import Bank
from readiness.bank.recovering import parse_yaml_on
from readiness.bank.validation import in_order, validated
from readiness.errors import Command, InputError, Notice, Place, Problem, first_of
from readiness.opening import real
from readiness.text import some

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Reading:
    """Assessments that were read, what the reader should be told about them, and the file each was read from."""

    assessments: tuple[Assessment, ...]
    notices: tuple[str | Notice, ...]
    files: tuple[Path, ...] = ()


def read_assessments(paths: Iterable[Path], bank: Bank) -> Reading:
    """Return the assessments in ``paths``: files, folders of files, or ``-`` for standard input.

    A report, a plan and the like that we wrote into a folder of answers is left out, with a notice.
    Raises InputError with every problem of every file.
    """
    given = tuple(paths)
    assessments: list[Assessment] = []
    files: list[Path] = []
    notices: list[str] = []
    problems: list[Problem] = []
    left_out: list[Problem] = []
    for path in _files(given, problems, left_out):
        try:
            document, unreadable = _document(path)
            kind = None if path in given else written_by_us(document.data)
            if kind is not None:
                notices.append(f"{path}: this is {kind}, and no answers. It was left out.")
                continue
            answers, told = _fitted(document, unreadable, bank)
            people = _people(answers, path)
        except InputError as error:
            problems += error.problems
        else:
            assessments += people
            files += [path] * len(people)
            notices += [*told, *not_asked(answers, bank, str(path))]
            notices += counted_as_not_known(people, bank, str(path))
    if not problems and not assessments:
        problems.append(Problem("There are no answers here, only files that we wrote", "Name a file of answers."))
    if problems:
        raise InputError(first_of([*problems, *left_out]))
    return Reading(tuple(assessments), (*map(Notice.of, left_out), *notices), tuple(files))


_OF_TWO = (
    "Two people are read here, and of two nothing is hidden: each can work out what the other said. "
    "If a file that was not read holds somebody’s answers, collect it first."
)


def read_team(paths: Iterable[Path], bank: Bank) -> Reading:
    """Return the assessments in ``paths``, all of one team: its respondents, each once (``each_once``).

    ``files`` are all that were read. Raises InputError if they are of several teams, naming them, or if there are
    other answers beside a group's: people who gave both would count twice.
    """
    reading = read_assessments(paths, bank)
    teams: dict[tuple[str, str], Team] = {}
    for one in reading.assessments:
        teams.setdefault(_names_of(one.team), one.team)
    reading = replace(reading, assessments=tuple(_spelt(one, teams) for one in reading.assessments))
    if len(teams) > 1:
        names = "; ".join(str(team) for team in teams.values())
        raise InputError(Problem(f"These are answers about {len(teams)} teams: {names}", "Name one team's files."))
    if group_alone(zip(map(str, reading.files), reading.assessments, strict=True)):
        return replace(reading, files=reading.files[:1])
    once = each_once(reading.assessments, [str(file) for file in reading.files], bank.roles)
    not_read = any(isinstance(told, Notice) for told in reading.notices)  # all else is said in plain text
    alone = (_OF_TWO,) if not_read and len(once.kept) == LEAST_LEFT - 1 else ()
    return Reading(once.of(reading.assessments), (*reading.notices, *alone, *once.notices), reading.files)


def _names_of(team: Team) -> tuple[str, str]:
    return identity(team.organisation or ""), identity(team.name)


def _spelt(one: Assessment, teams: Mapping[tuple[str, str], Team]) -> Assessment:
    """Return the assessment with its team's names as they are first spelt."""
    first = teams[_names_of(one.team)]
    if (first.name, first.organisation) == (one.team.name, one.team.organisation):
        return one
    team = one.team.model_copy(update={"name": first.name, "organisation": first.organisation})
    return one.model_copy(update={"team": team})


def one_team(assessments: Sequence[Assessment]) -> Team:
    """Return the team that the assessments are about, with all that they say of its profile.

    Raises InputError if one contradicts another.
    """
    profile: dict[str, str] = {}
    for assessment in assessments:
        for key, value in assessment.team.profile.items():
            if profile.setdefault(key, value) != value:
                what = f'The answers about {assessment.team} differ on "{key}": {profile[key]} and {value}'
                raise InputError(Problem(what, "Correct the profile in one of the files."))
    return assessments[0].team.model_copy(update={"profile": profile})


def _files(paths: Iterable[Path], problems: list[Problem], left_out: list[Problem]) -> Iterator[Path]:
    """Yield the files, each once, however often it is named. Adds why others in folders are ``left_out``."""
    seen = set()
    for path in paths:
        found: Sequence[Path] = [path]
        if path.is_dir():
            inside = folder_files(path, ENDINGS)
            found = inside.files
            left_out += inside.left_out
            problems += inside.awaited
            if not (found or inside.awaited):
                todo = f"Answers are in files ending in {', '.join(ENDINGS)}."
                problems.append(Problem(f"There are no answers in the folder {path}", todo))
        for file in found:
            if real(file) not in seen:
                seen.add(real(file))
                yield file


def read_assessment(path: Path, bank: Bank) -> tuple[Assessment, list[str]]:
    """Return the assessment in the file, and what to tell the reader. Raises InputError with all its problems."""
    answers, told = _fitted(*_document(path), bank)
    if isinstance(answers, Assessment):
        return answers, told
    go_on = Command("workshop", (str(path),))
    raise InputError(
        Problem("These are a group’s answers, and no single person’s", "To go on", Place(str(path)), go_on)
    )


def read_group(path: Path, bank: Bank) -> tuple[GroupAssessment, list[str]]:
    """Return a group's answers in the file, and what to tell the reader. Raises InputError with all its problems."""
    answers, told = _fitted(*_document(path), bank)
    if isinstance(answers, GroupAssessment):
        return answers, told
    go_on = Command("assess", (str(path),))
    raise InputError(Problem("These are one person’s answers, and no group’s", "To go on", Place(str(path)), go_on))


def read_people(path: Path, bank: Bank) -> tuple[tuple[Assessment, ...], list[str]]:
    """Return the people whose answers are in the file, one or a group's, and what to tell the reader.

    Raises InputError with all its problems.
    """
    answers, told = _fitted(*_document(path), bank)
    return _people(answers, path), told


def group_alone(assessments: Iterable[tuple[str, Assessment]]) -> bool:
    """Return whether these are a group's answers; each assessment comes with the name of its file.

    Raises InputError if there are other answers beside a group's: people who gave both would count twice.
    """
    named = [*assessments]
    group = next((file for file, one in named if one.dealt is not None), None)
    others = [file for file in dict.fromkeys(file for file, _ in named) if file != group]
    if group is None:
        return False
    if others:
        what = f"These are a group’s answers, and there are others beside them: {some(others)}"
        todo = "People who gave both would count twice. Name the group’s file alone, or only the others."
        raise InputError(Problem(what, todo, Place(group)))
    return True


def _people(answers: Assessment | GroupAssessment, path: Path) -> tuple[Assessment, ...]:
    people = answers.respondents
    if not people:
        what = "Nobody is in the room yet: this group’s answers say of no one that they are present"
        raise InputError(Problem(what, "To go on", Place(str(path)), Command("workshop", (str(path),))))
    return people


def _document(path: Path) -> tuple[ParsedDocument, list[Problem]]:
    """Return what stands in the file, and the problems of a YAML file that could be read past."""
    refuse_not_whole(path)
    file = str(path)
    raw = _standard_input() if path == STDIN else read_bytes(path)
    if unread := unread_kind(raw, file):
        raise InputError(Problem(f"This is {unread.kind}, and no answers", unread.todo, Place(file)))
    if kind := foreign(raw, file):
        raise InputError(no_answers(kind, file))
    text = decode(raw, file)
    named = ending(file)
    is_json = named == ".json" or (named not in ENDINGS and text.lstrip().startswith("{"))
    return (parse_json(text, file), []) if is_json else parse_yaml_on(text, file)


def _fitted(
    document: ParsedDocument, unreadable: Sequence[Problem], bank: Bank
) -> tuple[Assessment | GroupAssessment, list[str]]:
    """Return the answers in the document, and what to tell the reader.

    Raises InputError with all its problems, and with those of what could not be read.
    """
    result: tuple[Assessment | GroupAssessment, list[str]]
    try:
        if is_group(document.data):
            group = validated(GroupAssessment, document)
            result = group, fit(group, bank, document)
        else:
            result = fitted(document, bank)
    except InputError as error:
        raise InputError(in_order([*unreadable, *error.problems])) from None
    if unreadable:
        raise InputError(in_order(unreadable))
    return result


def fitted(document: ParsedDocument, bank: Bank) -> tuple[Assessment, list[str]]:
    """Return the assessment in the document, and what to tell the reader. Raises InputError with all its problems."""
    file = Path(document.place(()).file)
    kind = "plain text" if isinstance(document.data, str) else written_by_us(document.data)
    if file.name.endswith(PLAN_ENDING) or kind == EDITS:
        raise InputError(_no_answers(file, document.data))
    if kind is not None:
        raise InputError(Problem(f"This is {kind}, and no answers", "Name the file of answers.", Place(str(file))))
    try:
        assessment = validated(Assessment, document)
    except InputError as error:
        raise InputError(in_order([*error.problems, *misfits_beside(document, bank)])) from None
    return assessment, fit(assessment, bank, document)


def _no_answers(plan: Path, data: object) -> Problem:
    """Return what to say where a plan file is given in the place of answers: which answers it belongs to."""
    name = plan.name.removesuffix(PLAN_ENDING)
    found = [file for ending in ENDINGS if (file := plan.with_name(name + ending)).is_file()]
    team = data.get("team") if isinstance(data, dict) else None
    if not found and plan.parent.is_dir():
        beside = (file for file in sorted(plan.parent.iterdir()) if file.is_file() and holds_answers(file.name))
        found = [file for file in beside if (one := team_in(file)) and one.name == team]
    named = some([*map(str, found)], " or ")
    here = f"Name its answers: {named}." if named else "Name the file of answers it belongs to."
    what = "This is a plan file with the changes that a person made, and no answers"
    return Problem(what, here, Place(str(plan)))


def team_in(file: Path) -> Team | None:
    """Return the team that the file is about, unchecked; None if it can't be told."""
    try:
        return team_named(_document(file)[0].data)
    except InputError:
        return None


def team_named(data: object) -> Team | None:
    """Return the team that a document names, unchecked, without its profile; None if it names none."""
    team = data.get("team") if isinstance(data, dict) else None
    name, organisation = (team.get(key) if isinstance(team, dict) else None for key in ("name", "organisation"))
    if not isinstance(name, str):
        return None
    return Team.model_construct(name=name, organisation=organisation if isinstance(organisation, str) else None)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError(Problem("Standard input is closed", "Pipe the answers in, or name a file.", Place("-")))
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if not data.strip():
        what = "Nothing came in on standard input"
        raise InputError(Problem(what, "Pipe the answers in, or name a file.", Place("-")))
    return data
