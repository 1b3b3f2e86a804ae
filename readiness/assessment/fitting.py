"""Says how answers fit the bank they were given to: one respondent's, or a group's."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice

from pydantic import ValidationError
from pydantic_core import to_json

from readiness.assessment.group import GroupAssessment, GroupResponse
from readiness.assessment.model import Assessment, BankReference, Response
from readiness.bank.document import DataPath, ParsedDocument
from readiness.bank.model import Bank
from readiness.errors import MOST_TOLD, InputError, Problem
from readiness.text import closest, counted, near, parse_number, short, some


def fit(assessment: Assessment | GroupAssessment, bank: Bank, document: ParsedDocument) -> list[str]:
    """Return what to tell the reader about how the answers fit the bank.

    Answers given to another version of the bank are kept and pointed out; in answers to this version, what the bank
    does not have is a mistake, and raises InputError.
    """
    file = document.place(()).file
    if assessment.bank.id != bank.id:
        raise InputError(_other_bank(assessment.bank.id, bank, document))
    found = [*_first(misfits(assessment, bank))]
    older = assessment.bank.is_another_edition(bank)
    if found and not older:
        raise InputError([Problem(what, todo, document.place(path)) for path, what, todo in found])
    notices = []
    if older:
        told = assessment.bank.version not in (None, bank.version)
        before = f"version {assessment.bank.version}" if told else "another edition"
        notices.append(f"{file}: answered with {before} of the questions; this is {bank.version}.")
    notices += [
        f"{document.place(path)}: {what}. It is kept, and does not count as it stands." for path, what, _ in found
    ]
    return notices


def _first(found: Iterator[tuple[DataPath, str, str]]) -> Iterator[tuple[DataPath, str, str]]:
    """Yield as many as are told, and that there are more: each takes time to find words for."""
    yield from islice(found, MOST_TOLD)
    if next(found, None) is not None:
        yield (), "There is more here that the question bank does not have", "Fix these first."


def misfits(assessment: Assessment | GroupAssessment, bank: Bank) -> Iterator[tuple[DataPath, str, str]]:
    """Yield what the bank has no place for: where it stands, what is wrong, and what to do."""
    yield from _profile_misfits(assessment.team.profile, bank)
    yield from _response_misfits(assessment.responses, bank)


def _profile_misfits(profile: Mapping[str, str], bank: Bank) -> Iterator[tuple[DataPath, str, str]]:
    options = {entry.id: [option.id for option in entry.options] for entry in bank.profile}
    for key, value in profile.items():
        path = ("team", "profile", key)
        if key not in options:
            todo = f"Use one of: {near(key, options)}." if options else "This question bank asks for none: take it out."
            yield path, f'The profile has no "{short(key)}"', todo
        elif value not in options[key]:
            yield path, f'"{short(value)}" is not an option for "{key}"', f"Use one of: {near(value, options[key])}."


def _response_misfits(
    responses: Mapping[str, Response | GroupResponse], bank: Bank
) -> Iterator[tuple[DataPath, str, str]]:
    for name, response in responses.items():
        question = bank.question_by_id.get(name)
        if question is None:
            close = closest(name, bank.question_by_id)
            todo = f'Did you mean "{close}"?' if close else "Look the ids up in the question bank."
            yield ("responses", name), f'There is no question "{short(name)}"', todo
            continue
        for path, value in _levels(response):
            if question.level(value) is None:
                todo = f"Use one of: {some([str(level.value) for level in question.levels])}."
                yield ("responses", name, *path), f'"{name}" has no level {value}', todo


def _levels(response: Response | GroupResponse) -> Iterator[tuple[DataPath, float]]:
    """Yield the values of the levels that are given, each with its place in the response."""
    if isinstance(response, Response):
        if response.level is not None:
            yield ("level",), response.level
        return
    for at, show in enumerate(response.shows):
        groups = [(("by_role", role), hands) for role, hands in (show.by_role or {}).items()]
        for path, hands in [*groups, *([(("together",), show.together)] if show.together else [])]:
            for key in hands.levels:
                yield ("shows", at, *path, "levels", key), parse_number(key) or 0


def not_asked(assessment: Assessment | GroupAssessment, bank: Bank, file: str) -> list[str]:
    """Return what to tell of questions that can't be known to be asked of a service with this profile."""
    notices = []
    used = {key for question in bank.questions for key in question.when or {}}
    missing = [entry.id for entry in bank.profile if entry.id in used and entry.id not in assessment.team.profile]
    if missing:
        notices.append(
            f"{file}: the profile leaves out {', '.join(missing)}, so questions that depend on it are not asked."
        )
    return notices


def unasked_answers(people: Sequence[Assessment], bank: Bank) -> Iterator[str]:
    """Yield what to tell of one team's answers to questions that are not asked of a service with its profile."""
    profile = {key: value for one in people for key, value in one.team.profile.items()}
    not_asked = bank.question_by_id.keys() - {question.id for question in bank.asked(profile)}
    given = [{name for name in not_asked if (said := one.responses.get(name)) and said.answered} for one in people]
    if who := sum(map(bool, given)):
        names = some([question.id for question in bank.ordered_questions if any(question.id in one for one in given)])
        what = "Answers to questions that are not asked of a service with this profile do not count"
        yield f"{what}. {counted(who, 'person has', 'people have')} some: {names}."


def misfits_beside(document: ParsedDocument, bank: Bank) -> Iterator[Problem]:
    """Yield what does not fit the bank among those parts of a document with mistakes that are right in themselves."""
    data = document.data if isinstance(document.data, dict) else {}
    reference, team, responses = (_mapping(data.get(key)) for key in ("bank", "team", "responses"))
    named = reference.get("id")
    if isinstance(named, str) and named != bank.id:
        yield _other_bank(named, bank, document)
        return
    with suppress(ValidationError):
        if BankReference.model_validate({"id": bank.id, **reference}).is_another_edition(bank):
            return
    profile = {key: value for key, value in _mapping(team.get("profile")).items() if isinstance(value, str)}
    right = {key: response for key, value in responses.items() if (response := _response(value)) is not None}
    for path, what, todo in _first(chain(_profile_misfits(profile, bank), _response_misfits(right, bank))):
        yield Problem(what, todo, document.place(path))


def _mapping(data: object) -> dict[str, object]:
    return data if isinstance(data, dict) else {}


def _response(data: object) -> Response | None:
    try:
        return Response.model_validate_json(to_json(data))
    except ValidationError:
        return None


def _other_bank(named: str, bank: Bank, document: ParsedDocument) -> Problem:
    what = f'These answers are for the question bank "{short(named)}", not "{bank.id}"'
    return Problem(what, "Name the right bank with --bank.", document.place(("bank", "id")))
