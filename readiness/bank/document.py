"""Reads YAML and JSON into plain data, and remembers where each part stood.

Both readers refuse what makes files lie or machines stall: duplicate keys, YAML aliases and tags, NaN and infinity.
Nesting past 20 levels, more than 200,000 nodes and more than 8 MB are refused, too. YAML's plain words keep their
meaning for a person: ``no`` is the word "no", and ``2026-11-22`` is text. Only ``true`` and ``false`` are booleans.
"""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from readiness.errors import InputError, Place, Problem
from readiness.opening import FEWER_FILES, TOO_MANY_OPEN, NoFileError, opened
from readiness.text import short

# libyaml's parser is 15 times as fast, where PyYAML was built with it.
_YamlParser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

MAX_BYTES = 8_000_000
MAX_DEPTH = 20
MAX_NODES = 200_000
MAX_DIGITS = 18

DataPath = tuple[str | int, ...]

_INTEGER = re.compile(rf"[-+]?[0-9]{{1,{MAX_DIGITS}}}")
_DECIMAL = re.compile(rf"[-+]?[0-9]{{1,{MAX_DIGITS}}}\.[0-9]{{1,{MAX_DIGITS}}}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Plain data read from one file, with the place of every key and list item in it.

    ``places`` maps a path such as ``("questions", 0, "text")`` to where it stands; ``()`` is the document itself.
    """

    data: object
    places: dict[DataPath, Place]

    def place(self, path: DataPath) -> Place:
        """Return where ``path`` stands, or the nearest part around it that the file has."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def decode(raw: bytes, file: str) -> str:
    """Return the bytes of ``file`` as text, without a byte order mark.

    Raises InputError if they are too many, or not UTF-8.
    """
    if len(raw) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB"
        raise InputError(Problem(what, "Check that it is the right file.", Place(file)))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem("This is not UTF-8 text", 'Save the file again as "UTF-8".', Place(file, line))
        raise InputError(problem) from None


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return what is in the file; raises InputError where it can't be read. Stops one byte after ``most``."""
    try:
        with opened(path) as file:
            return file.read(most + 1)
    except FileNotFoundError:
        problem = Problem("There is no such file", "Check the name.", Place(str(path)))
    except IsADirectoryError:
        problem = Problem("This is a folder", "Name a file in it.", Place(str(path)))
    except NoFileError:
        problem = Problem("This is no ordinary file, and was not read", "Name a file.", Place(str(path)))
    except OSError as error:
        todo = FEWER_FILES if error.errno in TOO_MANY_OPEN else "Check who may read it."
        problem = Problem(f"The file can't be read ({error.strerror})", todo, Place(str(path)))
    raise InputError(problem)


def parse(text: str, file: str) -> ParsedDocument:
    """Return the document in ``text``: as JSON where ``file`` ends in .json, as YAML otherwise.

    Raises InputError with the line and column of what is wrong.
    """
    return parse_json(text, file) if file.endswith(".json") else parse_yaml(text, file)


def read_document(path: Path) -> ParsedDocument:
    """Return the document in the file, as ``parse`` reads it. Raises InputError if it can't be read."""
    return parse(decode(read_bytes(path), str(path)), str(path))


def parse_json(text: str, file: str) -> ParsedDocument:
    """Return the JSON document in ``text``. Raises InputError with the line and column of what is wrong."""

    def refuse(word: str) -> NoReturn:
        raise InputError(Problem(f"{word} is not a number here", "Write an ordinary number.", Place(file)))

    def finite(digits: str) -> float:
        number = float(digits)
        return number if math.isfinite(number) else refuse(digits)

    try:
        data = json.loads(text, parse_constant=refuse, parse_float=finite)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        what = error.msg.removesuffix(" at").removesuffix(" starting")  # the place goes before
        raise InputError(Problem(f"This is not JSON: {what}", "Fix it on this line.", place)) from None
    except RecursionError:
        raise _too_deep(Place(file)) from None
    except ValueError:
        what = "A number here has too many digits"
        raise InputError(Problem(what, "Write an ordinary number.", Place(file))) from None
    return ParsedDocument(data, _json_places(text, file))


def _json_places(text: str, file: str) -> dict[DataPath, Place]:
    """Return the places in ``text``, known to be valid JSON; refuses duplicate keys and lone surrogates."""
    reader = _JsonPlaces(file)
    line, line_start, last = 1, 0, 0
    for token in _JSON_TOKEN.finditer(text):
        newlines = text.count("\n", last, token.start())
        if newlines:
            line += newlines
            line_start = text.rindex("\n", last, token.start()) + 1
        last = token.start()
        reader.take(token.group(), Place(file, line, last - line_start + 1))
    if reader.problems:
        raise InputError(reader.problems)
    return reader.places


class _JsonPlaces:
    """Notes the place of each key and list item, token by token."""

    def __init__(self, file: str) -> None:
        self.places: dict[DataPath, Place] = {(): Place(file, 1, 1)}
        self.problems: list[Problem] = []
        self._open: list[
            tuple[DataPath, int | None]
        ] = []  # each container around: its path, and items so far in a list
        self._path: DataPath = ()
        self._key_next = False

    def take(self, word: str, place: Place) -> None:
        if word[0] == '"' and _has_lone_surrogate(word):
            self.problems.append(Problem("This text holds half a character", "Take the broken character out.", place))
        if self._key_next and word[0] == '"':
            self._key(json.loads(word), place)
            return
        if word not in ",:]}":
            self._item(place)
        if word in "{[":
            if len(self._open) >= MAX_DEPTH:
                raise _too_deep(place)
            self._open.append((self._path, None if word == "{" else 0))
            self._key_next = word == "{"
        elif word in "}]":
            self._path, _ = self._open.pop()
            self._key_next = False
        elif word == ",":
            self._key_next = self._open[-1][1] is None

    def _key(self, key: str, place: Place) -> None:
        self._path = (*self._open[-1][0], key)
        if self._path in self.places:
            self.problems.append(_duplicate(key, self.places[self._path], place))
        self._note(place)
        self._key_next = False

    def _item(self, place: Place) -> None:
        """Where a list is open, note its next item."""
        if self._open and (index := self._open[-1][1]) is not None:
            path, _ = self._open[-1]
            self._open[-1] = (path, index + 1)
            self._path = (*path, index)
            self._note(place)

    def _note(self, place: Place) -> None:
        self.places[self._path] = place
        if len(self.places) > MAX_NODES:
            raise _too_large(place)


def _has_lone_surrogate(token: str) -> bool:
    return "\\u" in token and any("\ud800" <= character <= "\udfff" for character in json.loads(token))


def parse_yaml(text: str, file: str) -> ParsedDocument:
    """Return the YAML document in ``text``. Raises InputError with the line and column of what is wrong."""
    reader = YamlReader(text, file)
    document = reader.read()
    if reader.problems:
        raise InputError(reader.problems)
    return document


class YamlReader:
    """Builds plain data from the parser's events, checking each before anything is built from it."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._text = text
        self._places: dict[DataPath, Place] = {}
        self.problems: list[Problem] = []
        """What is wrong, and did not stop the reading: keys that stand there twice."""
        self._next_event: Callable[[], yaml.Event]

    def read(self) -> ParsedDocument:
        """Return the document. Raises InputError if it can't be read to its end."""
        try:
            self._next_event = _YamlParser(self._text).get_event
            data = self._document()
        except yaml.reader.ReaderError as error:
            line = self._text.encode()[: error.position].count(b"\n") + 1  # libyaml counts bytes
            what = "The text holds a character that YAML does not allow"
            raise InputError(Problem(what, "Take it out.", Place(self._file, line))) from None
        except yaml.MarkedYAMLError as error:
            raise InputError(self._syntax(error)) from None
        return ParsedDocument(data, self._places)

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        place = Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)
        if error.problem and "mapping values are not allowed" in error.problem:
            todo = 'Put quotes around text that holds ": ", like this: "n/a: why".'
            return Problem("There is a second colon on this line", todo, place)
        todo = "Look at the spaces at the start of the line, and at quotes and brackets."
        return Problem(f"This is not YAML: {error.problem or error.context}", todo, place)

    def _document(self) -> object:
        event = self._next_event()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self._next_event()
        self._places[()] = Place(self._file, 1, 1)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        data = self._node(event, (), 0)
        self._next_event()  # the end of the document
        event = self._next_event()
        if not isinstance(event, yaml.StreamEndEvent):
            raise InputError(Problem("A second document begins here", 'Take the "---" out.', self._at(event)))
        return data

    def _at(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)

    def _node(self, event: yaml.Event, path: DataPath, depth: int) -> object:
        if len(self._places) > MAX_NODES:
            raise _too_large(self._at(event))
        self._refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if depth >= MAX_DEPTH:
            raise _too_deep(self._at(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _refuse_extras(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = 'An anchor or alias ("&" or "*") is not allowed'
            raise InputError(Problem(what, "Write the text out, or put quotes around it.", self._at(event)))
        if getattr(event, "tag", None) is not None:
            what = 'A tag ("!") is not allowed'
            raise InputError(Problem(what, "Take it out, or put quotes around the text.", self._at(event)))

    def _sequence(self, path: DataPath, depth: int) -> list[object]:
        items: list[object] = []
        while not isinstance(event := self._next_event(), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self._places[here] = self._at(event)
            items.append(self._node(event, here, depth + 1))
        return items

    def _mapping(self, path: DataPath, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(event := self._next_event(), yaml.MappingEndEvent):
            self._refuse_extras(event)
            if not isinstance(event, yaml.ScalarEvent):
                what = "A key must be a word"
                raise InputError(Problem(what, "Look for a missing quote or bracket.", self._at(event)))
            key = event.value
            here = (*path, key)
            if key in mapping:
                self.problems.append(_duplicate(key, self._places[here], self._at(event)))
            self._places[here] = self._at(event)
            mapping[key] = self._node(self._next_event(), here, depth + 1)
        return mapping


def _scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    text: str = event.value
    if event.style:  # quoted, or a block
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _duplicate(key: str, first: Place, place: Place) -> Problem:
    return Problem(
        f'"{short(key)}" stands here a second time (first in line {first.line})', "Keep one of the two.", place
    )


def _too_deep(place: Place) -> InputError:
    return InputError(Problem(f"The file is nested more than {MAX_DEPTH} levels deep", "Check the file.", place))


def _too_large(place: Place) -> InputError:
    return InputError(Problem(f"The file holds more than {MAX_NODES:,} parts", "Check the file.", place))
