"""Reads the fields of a PDF in a process of its own, as a file can take all time or memory.

Started by ``form_pdf_read``, it reads a line with the seconds of the processor's time that it has, and then the file,
and writes the fields' values. It writes LOCKED if the file wants a password, TOO_MUCH if it holds too much, and nothing
of an unreadable file.
"""

import io
import json
import logging
import sys
from collections.abc import Iterator, Mapping

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject, create_string_object

from readiness.memory_limit import limit_memory
from readiness.time_limit import limit_time

MEMORY = 1_000_000_000
"""Bytes; a filled form takes 0.1 GB."""
MAX_ENTRIES = 20_000
"""Pages, and what lies on them: fields, links, notes. Our own form has 200. Pages can share one list of 60,000."""
MAX_TEXT = 200_000
"""Characters in one field."""
MAX_ALL = 8_000_000
"""Characters in all fields."""
MAX_NAME = 200
LOCKED, NO_CIPHER, TOO_MUCH = "locked", "no cipher", "too much"
"""Written of a file that wants a password, one protected in a way that this computer lacks, and a too large one."""
_DEEP = 20
_HIDDEN = 2
"""The flag of a field that nobody sees (ISO 32000-1, 12.5.3)."""
_OFF = "/Off"


class LockedError(Exception):
    """A file that does not open without a password."""


class TooMuchError(Exception):
    """A file that holds more than any form."""


def fields_of(data: bytes) -> Mapping[str, list[str]]:
    """Return each field's content by its full name: its text, or the names of ticked buttons.

    What is seen on a page counts, and what its field says: if they differ, both are returned. What hidden fields hold
    is returned as often as it is there. Raises LockedError if the file wants a password, TooMuchError if it holds more
    than any form, and what pypdf does if it is no PDF.
    """
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise LockedError
    found: dict[str, list[str]] = {}
    total = 0
    for widget in _widgets(reader):
        if total > MAX_ALL:
            raise TooMuchError
        line = [*_line(widget)]
        name = ".".join(reversed([str(part["/T"])[:MAX_NAME] for part in line if "/T" in part]))[:MAX_NAME]
        kind, value = _inherited(line, "/FT"), _inherited(line, "/V")
        values = found.setdefault(name, [])
        if kind == "/Btn":
            options = _inherited(line, "/Opt")
            for state in (value, widget.get("/AS")):
                ticked = _ticked(state, options)
                if ticked and ticked not in values:
                    values.append(ticked)
        else:
            text = _text(value)
            if text and (text not in values or _is_hidden(widget)):
                values.append(text)
        total += len(name) + sum(map(len, values))
    return found


def _is_hidden(widget: DictionaryObject) -> bool:
    flags = _plain(widget.get("/F"))
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def _widgets(reader: PdfReader) -> Iterator[DictionaryObject]:
    looked_at = 0
    for page in reader.pages:
        annotations = _plain(page.get("/Annots"))
        entries = annotations if isinstance(annotations, ArrayObject) else ArrayObject()
        looked_at += 1 + len(entries)
        if looked_at > MAX_ENTRIES:
            raise TooMuchError
        for entry in entries:
            widget = _plain(entry)
            if isinstance(widget, DictionaryObject) and widget.get("/Subtype") == "/Widget":
                yield widget


def _line(widget: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the widget and the fields above it, from which it inherits."""
    part: object = widget
    for _ in range(_DEEP):
        if not isinstance(part, DictionaryObject):
            return
        yield part
        part = _plain(part.get("/Parent"))


def _inherited(line: list[DictionaryObject], key: str) -> object:
    return next((_plain(part[key]) for part in line if key in part), None)


def _plain(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _ticked(state: object, options: object) -> str:
    """Return which answer the state of a button stands for; empty where it is off.

    Where a group has options, its states are positions in them (ISO 32000-1, 12.7.4.2.3). Ours have none, but a
    program that changed the file may have given it some.
    """
    if state is None or state == _OFF:
        return ""
    name = str(state).removeprefix("/")
    if isinstance(options, ArrayObject) and name.isdecimal() and int(name) < len(options):
        return _text(_plain(options[int(name)]))
    return name


def _text(value: object) -> str:
    """Return a text that is kept as a string or, as programs may with a long one, as a stream (ISO 32000-1, 7.9.3)."""
    if isinstance(value, StreamObject):
        value = create_string_object(value.get_data())
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return str(value)[:MAX_TEXT] if isinstance(value, str) else ""


def main() -> None:
    """Read the seconds and the file on standard input, and write its fields to standard output as JSON."""
    logging.disable()
    limit_memory(MEMORY)
    limit_time(float(sys.stdin.buffer.readline()))
    try:
        said: object = fields_of(sys.stdin.buffer.read())
    except LockedError:
        said = LOCKED
    except DependencyError:
        said = NO_CIPHER
    except TooMuchError:
        said = TOO_MUCH
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
