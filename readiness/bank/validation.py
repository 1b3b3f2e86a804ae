"""Where a model refuses data, says so in words a person can act on, with the place in the file."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, to_json

from readiness.bank.document import MAX_DIGITS, DataPath, ParsedDocument
from readiness.errors import MOST_TOLD, InputError, Problem
from readiness.text import closest, short

Model = TypeVar("Model", bound=BaseModel)
Wrong = tuple[DataPath, str, str]
"""Something wrong: its path, what is wrong there, and what to do."""
_NUMERAL = re.compile(r"[-+]?([0-9]+)(?:\.([0-9]+))?")


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


def told(wrong: Iterable[Wrong], document: ParsedDocument) -> list[Problem]:
    """Return the first mistakes as problems, in the order they stand in, and that there are more if there are.

    The rest is never looked for: each takes time to find words for.
    """
    found = iter(wrong)
    problems = in_order(Problem(what, todo, document.place(path)) for path, what, todo in islice(found, MOST_TOLD))
    if next(found, None) is not None:
        problems.append(Problem("There are more problems", "Fix these first.", document.place(())))
    return problems


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
    what, todo = _in_words(detail, _name(path))
    if detail["type"] == "extra_forbidden" and (close := _close(path, document, model)):
        todo = f'Did you mean "{close}"? If not, take it out.'
    return Problem(what, todo, document.place(path))


def _close(path: DataPath, document: ParsedDocument, model: type[BaseModel]) -> str:
    """Return the field whose name is nearest to what stands at ``path``, of those that do not stand beside it."""
    beside: Any = document.data
    for part in path[:-1]:
        beside = beside[part]
    known = [name for name in _fields(model) if name not in beside]
    return closest(str(path[-1]), known)


@lru_cache(maxsize=20)
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
        name += f"[{part + 1}]" if isinstance(part, int) else f".{short(part)}" if name else short(part)
    return name or "The file"


def _in_words(detail: ErrorDetails, name: str) -> tuple[str, str]:
    """Return what is wrong with the field called ``name``, and what to do."""
    kind, said, given = detail["type"], detail["msg"], detail["input"]
    if kind == "value_error":  # of a validator of ours, which says both
        what, _, todo = said.removeprefix("Value error, ").rpartition(". ")
        return f"{name}: {what}", f"{todo}."
    if kind == "int_type" and isinstance(given, float):
        kind = "int_from_float"
    if _WORDS.get(kind) is _NUMBER and isinstance(given, str) and _is_too_long(given):
        kind = "too_many_digits"
    what, todo = _WORDS.get(kind, ("is not right: {said}", "Fix it."))
    known = {"said": said, "bound": said.removeprefix("Input ").capitalize(), **detail.get("ctx", {})}
    return f"{name} {what.format_map(known)}", todo.format_map(known)


def _is_too_long(text: str) -> bool:
    """Return whether the text is a number of so many digits that YAML leaves it as text."""
    found = _NUMERAL.fullmatch(text)
    return found is not None and any(len(digits) > MAX_DIGITS for digits in found.groups(""))


_NUMBER = ("must be a number", "Write a number without quotes.")
_LIST = ("must be a list", 'Start each entry with "- ", or put them in [ ].')
_NAMED_FIELDS = ("must have named fields", 'Write it as "name: value".')
_CHOICE = ("is not one of the words allowed", "Use {expected}.")
_BOUNDS = ("is out of range", "{bound}.")
_DATE = ("is not a date", "Write year-month-day, like 2026-11-22.")
_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", "Add it."),
    "extra_forbidden": ("is not a field that is known here", "Check the spelling, or take it out."),
    "string_type": ("must be text", "Write words; put quotes around a number or around true and false."),
    "bool_type": ("must be true or false", "Write true or false, in small letters and without quotes."),
    "int_type": _NUMBER,
    "too_many_digits": ("has too many digits", f"Write a number of up to {MAX_DIGITS} digits."),
    "int_from_float": ("must be a whole number", "Write a number without a decimal point."),
    "float_type": _NUMBER,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _NAMED_FIELDS,
    "model_attributes_type": _NAMED_FIELDS,
    "mapping_type": _NAMED_FIELDS,
    "dict_type": _NAMED_FIELDS,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "string_pattern_mismatch": (
        "is empty, or is not of the right form",
        "Ids: small letters, digits and single hyphens. Texts: words.",
    ),
    "string_too_short": ("is empty", "Write something, or take it out."),
    "too_short": ("has too few entries", "It needs at least {min_length}."),
    "too_long": ("has too many entries", "Keep it to {max_length}."),
    "string_too_long": ("is too long", "Keep it to {max_length} characters."),
    "greater_than": _BOUNDS,
    "greater_than_equal": _BOUNDS,
    "less_than": _BOUNDS,
    "less_than_equal": _BOUNDS,
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
}
"""What is wrong with a field, after its name, and what to do: by pydantic's name for the error."""
