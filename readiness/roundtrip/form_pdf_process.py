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
_DIGITS = 6
"""Digits of an option's position: Python refuses to read numbers of thousands of them."""
OUTSIDE = "outside our fields"
"""The name under which texts stand that somebody put on a page beside the fields: typed on it, or as a note."""
_NO_TEXTS = ("/Link", "/Popup")
"""Say what they lead to, or repeat a note."""


class LockedError(Exception):
    """A file that does not open without a password."""


class TooMuchError(Exception):
    """A file that holds more than any form."""


def fields_of(data: bytes) -> Mapping[str, list[str]]:
    """Return each field's content by its full name: its text, or the names of ticked buttons.

    What is seen on a page counts, and what its field says: if they differ, both are returned. What hidden fields hold
    is returned as often as it is there. Texts beside the fields stand under OUTSIDE.
    Raises LockedError if the file wants a password, TooMuchError if it holds more than any form, and what pypdf does if
    it is no PDF.
    """
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise LockedError
    found: dict[str, list[str]] = {}
    total = 0
    for entry in _entries(reader):
        if total > MAX_ALL:
            raise TooMuchError
        name, texts, counts_again = _said(entry)
        values = found.setdefault(name, [])
        values += [text for text in texts if text and (counts_again or text not in values)]
        total += len(name) + sum(map(len, values))
    return found


def _said(entry: DictionaryObject) -> tuple[str, list[str], bool]:
    """Return the name of what lies on a page, its texts, and whether they count again if they are there already."""
    if entry.get("/Subtype") != "/Widget":
        return OUTSIDE, [] if entry.get("/Subtype") in _NO_TEXTS else [_text(_plain(entry.get("/Contents")))], False
    line = [*_line(entry)]
    name = ".".join(reversed([str(part["/T"])[:MAX_NAME] for part in line if "/T" in part]))[:MAX_NAME]
    value = _inherited(line, "/V")
    if _inherited(line, "/FT") == "/Btn":
        options = _inherited(line, "/Opt")
        return name, [*dict.fromkeys(_ticked(state, options) for state in (value, entry.get("/AS")))], False
    if not _text(value) and (rich := _text(_inherited(line, "/RV"))):
        return OUTSIDE, [rich], False
    return name, [_text(value)], _is_hidden(entry)


def _is_hidden(widget: DictionaryObject) -> bool:
    flags = _plain(widget.get("/F"))
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def _entries(reader: PdfReader) -> Iterator[DictionaryObject]:
    looked_at = 0
    for page in reader.pages:
        annotations = _plain(page.get("/Annots"))
        entries = annotations if isinstance(annotations, ArrayObject) else ArrayObject()
        looked_at += 1 + len(entries)
        if looked_at > MAX_ENTRIES:
            raise TooMuchError
        for entry in entries:
            found = _plain(entry)
            if isinstance(found, DictionaryObject):
                yield found


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
    if isinstance(options, ArrayObject) and name.isdecimal() and len(name) <= _DIGITS and int(name) < len(options):
        option = _plain(options[int(name)])
        return _text(_plain(option[0]) if isinstance(option, ArrayObject) and option else option)
    return name


def _text(value: object) -> str:
    """Return a text that is kept as a string or, as programs may with a long one, as a stream (ISO 32000-1, 7.9.3)."""
    if isinstance(value, StreamObject):
        value = create_string_object(value.get_data())
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return str(value)[:MAX_TEXT] if isinstance(value, (str, int, float)) else ""


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
