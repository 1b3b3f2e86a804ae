"""Reads TOML into plain data, and remembers where each key stands."""

import re
import tomllib
from pathlib import Path

from readiness.bank.document import DataPath, ParsedDocument, decode, read_bytes
from readiness.errors import InputError, Place, Problem
from readiness.theme.toml_guard import check_text, check_values

_NAME = r"""[\w-]++|"[^"\n]*+"|'[^'\n]*+'"""
_NAMES = re.compile(_NAME)
_TABLE = re.compile(rf"\s*+\[\s*+((?:{_NAME})(?:\s*+\.\s*+(?:{_NAME}))*+)\s*+\]")
_KEY = re.compile(rf"\s*+((?:{_NAME})(?:\s*+\.\s*+(?:{_NAME}))*+)\s*+=")


def read_toml(path: Path) -> ParsedDocument:
    """Return the document in the file, with the place of each key. Raises InputError if it is not TOML."""
    text = decode(read_bytes(path), str(path))
    check_text(text, str(path))
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of too many digits is no TOMLDecodeError
        found = re.search(r"line (\d+), column (\d+)", str(error))
        last = max(len(text.splitlines()), 1)  # where the error says "at end of document"
        place = Place(str(path), int(found[1]), int(found[2])) if found else Place(str(path), last)
        todo = 'Fix it on this line. Words stand in quotes: name = "Our name".'
        raise InputError(Problem("This is not written as TOML is", todo, place)) from None
    places = _places(text, str(path))
    check_values(data, places)
    return ParsedDocument(data, places)


def _places(text: str, file: str) -> dict[DataPath, Place]:
    """Return the place of each table and key. tomllib tells none."""
    places: dict[DataPath, Place] = {(): Place(file)}
    table: DataPath = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = _path(found[1])
            places.setdefault(table, Place(file, number, found.start(1) + 1))
        elif found := _KEY.match(line):
            places.setdefault((*table, *_path(found[1])), Place(file, number, found.start(1) + 1))
    return places


def _path(names: str) -> DataPath:
    return tuple(name.strip("\"'") for name in _NAMES.findall(names))
