"""Reads assessments, and says where they do not fit the bank."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import to_json

from readiness.assessment.always import counted_as_not_known
from readiness.assessment.duplicates import each_once
from readiness.assessment.endings import ENDINGS, PLAN_ENDING, ending
from readiness.assessment.file_kinds import EDITS, foreign, written_by_us
from readiness.assessment.folder_files import folder_files, holds_answers
from readiness.assessment.model import Assessment, Response, Team
from readiness.assessment.unread_kinds import no_answers, unread_kind
from readiness.bank.document import MAX_BYTES, DataPath, ParsedDocument, decode, parse_json, read_bytes
from readiness.bank.model import Bank
from readiness.bank.recovering import parse_yaml_on
from readiness.bank.validation import in_order, validated
from readiness.errors import InputError, Notice, Place, Problem

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Reading:
    """Assessments that were read, what the reader should be told about them, and the files they were read from."""

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
            assessment, told = _fitted(document, unreadable, bank)
        except InputError as error:
            problems += error.problems
        else:
            assessments.append(assessment)
            files.append(path)
            notices += [*told, *_not_asked(assessment, bank, str(path))]
            notices += counted_as_not_known([assessment], bank, str(path))
    if not problems and not assessments:
        problems.append(Problem("There are no answers here, only files that we wrote", "Name a file of answers."))
    if problems:
        raise InputError([*problems, *left_out])
    return Reading(tuple(assessments), (*map(Notice.of, left_out), *notices), tuple(files))


def read_team(paths: Iterable[Path], bank: Bank) -> Reading:
    """Return the assessments in ``paths``, all of one team: its respondents, each once (``each_once``).

    ``files`` are all that were read. Raises InputError if they are of several teams, naming them.
    """
    reading = read_assessments(paths, bank)
    teams = {
        (assessment.team.organisation, assessment.team.name): assessment.team for assessment in reading.assessments
    }
    if len(teams) > 1:
        names = "; ".join(str(team) for team in teams.values())
        raise InputError(Problem(f"These are answers about {len(teams)} teams: {names}", "Name one team's files."))
    once = each_once(reading.assessments, [str(file) for file in reading.files], bank.roles)
    kept = tuple(reading.assessments[at] for at in once.kept)
    return Reading(kept, (*reading.notices, *once.notices), reading.files)


def one_team(assessments: Sequence[Assessment]) -> Team:
    """Return the team that the assessments are about, with all that they say of its profile.

    Raises InputError where one contradicts another.
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
            if not found:
                todo = f"Answers are in files ending in {', '.join(ENDINGS)}."
                problems.append(Problem(f"There are no answers in the folder {path}", todo))
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def read_assessment(path: Path, bank: Bank) -> tuple[Assessment, list[str]]:
    """Return the assessment in the file, and what to tell the reader. Raises InputError with all its problems."""
    return _fitted(*_document(path), bank)


def _document(path: Path) -> tuple[ParsedDocument, list[Problem]]:
    """Return what stands in the file, and the problems of a YAML file that could be read past."""
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


def _fitted(document: ParsedDocument, unreadable: Sequence[Problem], bank: Bank) -> tuple[Assessment, list[str]]:
    """Return what ``fitted`` does. Raises InputError with its problems, and with those of what could not be read."""
    try:
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
        raise InputError(in_order([*error.problems, *_misfits_beside(document, bank)])) from None
    return assessment, fit(assessment, bank, document)


def _misfits_beside(document: ParsedDocument, bank: Bank) -> Iterator[Problem]:
    """Yield what does not fit the bank among those parts of a document with mistakes that are right in themselves."""
    data = document.data if isinstance(document.data, dict) else {}
    reference, team, responses = (_mapping(data.get(key)) for key in ("bank", "team", "responses"))
    named = reference.get("id")
    if isinstance(named, str) and named != bank.id:
        yield _other_bank(named, bank, document)
        return
    if reference.get("fingerprint") not in (None, bank.fingerprint):
        return
    profile = {key: value for key, value in _mapping(team.get("profile")).items() if isinstance(value, str)}
    right = {key: response for key, value in responses.items() if (response := _response(value)) is not None}
    for path, what, todo in (*_profile_misfits(profile, bank), *_response_misfits(right, bank)):
        yield Problem(what, todo, document.place(path))


def _mapping(data: object) -> dict[str, object]:
    return data if isinstance(data, dict) else {}


def _response(data: object) -> Response | None:
    try:
        return Response.model_validate_json(to_json(data))
    except ValidationError:
        return None


def _other_bank(named: str, bank: Bank, document: ParsedDocument) -> Problem:
    what = f'These answers are for the question bank "{named}", not "{bank.id}"'
    return Problem(what, "Name the right bank with --bank.", document.place(("bank", "id")))


def _no_answers(plan: Path, data: object) -> Problem:
    """Return what to say where a plan file is given in the place of answers: which answers it belongs to."""
    name = plan.name.removesuffix(PLAN_ENDING)
    found = [file for ending in ENDINGS if (file := plan.with_name(name + ending)).is_file()]
    team = data.get("team") if isinstance(data, dict) else None
    if not found and plan.parent.is_dir():
        beside = (file for file in sorted(plan.parent.iterdir()) if file.is_file() and holds_answers(file.name))
        found = [file for file in beside if _team_in(file) == team]
    here = f"Name its answers: {_or(map(str, found))}." if found else "Name the file of answers it belongs to."
    what = "This is a plan file with the changes that a person made, and no answers"
    return Problem(what, here, Place(str(plan)))


def _team_in(file: Path) -> str | None:
    """Return the name of the team that the file is about; None where it can't be told."""
    try:
        data = _document(file)[0].data
    except InputError:
        return None
    team = data.get("team") if isinstance(data, dict) else None
    name = team.get("name") if isinstance(team, dict) else None
    return name if isinstance(name, str) else None


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise InputError(Problem("Standard input is closed", "Pipe the answers in, or name a file.", Place("-")))
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if not data.strip():
        what = "Nothing came in on standard input"
        raise InputError(Problem(what, "Pipe the answers in, or name a file.", Place("-")))
    return data


def fit(assessment: Assessment, bank: Bank, document: ParsedDocument) -> list[str]:
    """Return what to tell the reader about how the assessment fits the bank.

    Answers given to another version of the bank are kept and pointed out; in answers to this version, what the bank
    does not have is a mistake, and raises InputError.
    """
    file = document.place(()).file
    if assessment.bank.id != bank.id:
        raise InputError(_other_bank(assessment.bank.id, bank, document))
    misfits = [*_profile_misfits(assessment.team.profile, bank), *_response_misfits(assessment.responses, bank)]
    older = assessment.bank.is_another_edition(bank)
    if misfits and not older:
        raise InputError([Problem(what, todo, document.place(path)) for path, what, todo in misfits])
    notices = []
    if older:
        told = assessment.bank.version not in (None, bank.version)
        before = f"version {assessment.bank.version}" if told else "another edition"
        notices.append(f"{file}: answered with {before} of the questions; this is {bank.version}.")
    notices += [f"{document.place(path)}: {what}. It is kept, and does not count." for path, what, _ in misfits]
    return notices


def _profile_misfits(profile: Mapping[str, str], bank: Bank) -> Iterator[tuple[DataPath, str, str]]:
    options = {entry.id: [option.id for option in entry.options] for entry in bank.profile}
    for key, value in profile.items():
        path = ("team", "profile", key)
        if key not in options:
            todo = f"Use {_or(options)}." if options else "This question bank asks for none: take it out."
            yield path, f'The profile has no "{key}"', todo
        elif value not in options[key]:
            yield path, f'"{value}" is not an option for "{key}"', f"Use {_or(options[key])}."


def _response_misfits(responses: Mapping[str, Response], bank: Bank) -> Iterator[tuple[DataPath, str, str]]:
    for name, response in responses.items():
        question = bank.question_by_id.get(name)
        if question is None:
            close = get_close_matches(name, bank.question_by_id, n=1)
            todo = f'Did you mean "{close[0]}"?' if close else "Look the ids up in the question bank."
            yield ("responses", name), f'There is no question "{name}"', todo
        elif response.level is not None and question.level(response.level) is None:
            values = _or(str(level.value) for level in question.levels)
            yield ("responses", name, "level"), f'"{name}" has no level {response.level}', f"Use {values}."


def _not_asked(assessment: Assessment, bank: Bank, file: str) -> list[str]:
    notices = []
    used = {key for question in bank.questions for key in question.when or {}}
    missing = [entry.id for entry in bank.profile if entry.id in used and entry.id not in assessment.team.profile]
    if missing:
        notices.append(
            f"{file}: the profile leaves out {', '.join(missing)}, so questions that depend on it are not asked."
        )
    asked = {question.id for question in bank.asked(assessment.team.profile)}
    extra = [name for name in assessment.responses if name in bank.question_by_id and name not in asked]
    if extra:
        notices.append(f"{file}: not asked of a service with this profile, and not counted: {', '.join(extra)}.")
    return notices


def _or(words: Iterable[str]) -> str:
    *rest, last = words
    return f"{', '.join(rest)} or {last}" if rest else last
