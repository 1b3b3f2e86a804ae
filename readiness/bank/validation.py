"""Where a model refuses data, says so in words a person can act on, with the place in the file."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, to_json

from readiness.bank.document import DataPath, ParsedDocument
from readiness.errors import MOST_TOLD, InputError, Problem

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], document: ParsedDocument) -> Model:
    """Return the document as ``model``, read as strictly as JSON is: "2" is no number, true is not 1.

    Raises InputError with every problem of the document, in the order they stand in.
    """
    try:
        return model.model_validate_json(to_json(document.data))
    except ValidationError as error:
        raise InputError(_problems(error, document, model)) from None


def _problems(error: ValidationError, document: ParsedDocument, model: type[BaseModel]) -> list[Problem]:
    seen: dict[DataPath, Problem] = {}
    details = [(_real_path(detail["loc"], document), detail) for detail in error.errors(include_url=False)]
    around = {path[:length] for path, _ in details for length in range(len(path))}
    for path, detail in details[:MOST_TOLD]:
        # pydantic leaves wrong entries out when it counts: a list is not too short because one of its entries is wrong
        if not (path in around and detail["type"] == "too_short"):
            seen.setdefault(path, _problem(detail, path, document, model))
    more = len(details) - MOST_TOLD
    rest = [Problem(f"There are {more} more problems", "Fix these first.", document.place(()))] if more > 0 else []
    return [*in_order(seen.values()), *rest]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order in which they stand in their file."""
    return sorted(problems, key=_order)


def _order(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)


def _real_path(loc: DataPath, document: ParsedDocument) -> DataPath:
    """Return ``loc`` without what pydantic adds for the members of a union, which stands nowhere in the file."""
    path: DataPath = ()
    for part in loc:
        if (*path, part) in document.places:
            path = (*path, part)
        elif part == loc[-1] and part not in _UNION_MEMBERS:
            return (*path, part)
    return path


_UNION_MEMBERS = frozenset({"int", "float", "str", "[key]"})


def _problem(detail: ErrorDetails, path: DataPath, document: ParsedDocument, model: type[BaseModel]) -> Problem:
    what, todo = _WORDS.get(detail["type"], _other)(detail, _name(path))
    if detail["type"] == "extra_forbidden" and (close := _close(path, document, model)):
        todo = f'Did you mean "{close}"? If not, take it out.'
    return Problem(what, todo, document.place(path))


def _close(path: DataPath, document: ParsedDocument, model: type[BaseModel]) -> str | None:
    """Return the field whose name is nearest to what stands at ``path``, of those that do not stand beside it."""
    beside = {place[-1] for place in document.places if place and place[:-1] == path[:-1]}
    known = [name for name in _fields(model) if name not in beside]
    return next(iter(get_close_matches(str(path[-1]), known, n=1)), None)


def _fields(model: type[BaseModel]) -> list[str]:
    """Return the name of every field of the model, and of those it is made of."""
    schema = model.model_json_schema()
    return [
        *dict.fromkeys(
            name for part in (schema, *schema.get("$defs", {}).values()) for name in part.get("properties", ())
        )
    ]


def _name(path: DataPath) -> str:
    """Return the path as a person would write it: ``questions[2].text``, counted from 1."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name or "The file"


def _limit(detail: ErrorDetails, key: str) -> object:
    return detail.get("ctx", {}).get(key)


def _missing(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is missing", "Add it."


def _unknown(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is not a field that is known here", "Check the spelling, or take it out."


def _not_text(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} must be text", "Write words; put quotes around a number or around true and false."


def _not_number(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} must be a number", "Write a number without quotes."


def _not_integer(detail: ErrorDetails, name: str) -> tuple[str, str]:
    if isinstance(detail["input"], float):
        return f"{name} must be a whole number", "Write a number without a decimal point."
    return _not_number(detail, name)


def _not_list(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} must be a list", 'Start each entry with "- ", or put them in [ ].'


def _not_mapping(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} must have named fields", 'Write it as "name: value".'


def _choice(detail: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is not one of the words allowed", f"Use {_limit(detail, 'expected')}."


def _pattern(_: ErrorDetails, name: str) -> tuple[str, str]:
    return (
        f"{name} is empty, or is not of the right form",
        "Ids: small letters, digits and single hyphens. Texts: words.",
    )


def _empty(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is empty", "Write something, or take it out."


def _not_boolean(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} must be true or false", "Write true or false, in small letters and without quotes."


def _short(detail: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} has too few entries", f"It needs at least {_limit(detail, 'min_length')}."


def _long(detail: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is too long", f"Keep it to {_limit(detail, 'max_length')} characters."


def _many(detail: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} has too many entries", f"Keep it to {_limit(detail, 'max_length')}."


def _bounds(detail: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is out of range", f"{detail['msg'].removeprefix('Input ').capitalize()}."


def _date(_: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is not a date", "Write year-month-day, like 2026-11-22."


def _own(detail: ErrorDetails, name: str) -> tuple[str, str]:
    what, _, todo = detail["msg"].removeprefix("Value error, ").rpartition(". ")
    return f"{name}: {what}", f"{todo}."


def _other(detail: ErrorDetails, name: str) -> tuple[str, str]:
    return f"{name} is not right: {detail['msg']}", "Fix it."


_WORDS: Mapping[str, Callable[[ErrorDetails, str], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _not_text,
    "bool_type": _not_boolean,
    "int_type": _not_integer,
    "float_type": _not_number,
    "tuple_type": _not_list,
    "list_type": _not_list,
    "model_type": _not_mapping,
    "model_attributes_type": _not_mapping,
    "mapping_type": _not_mapping,
    "dict_type": _not_mapping,
    "enum": _choice,
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_short": _empty,
    "too_short": _short,
    "too_long": _many,
    "string_too_long": _long,
    "greater_than": _bounds,
    "greater_than_equal": _bounds,
    "less_than": _bounds,
    "less_than_equal": _bounds,
    "date_from_datetime_parsing": _date,
    "date_parsing": _date,
    "date_type": _date,
    "value_error": _own,
}
