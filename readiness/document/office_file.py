"""What every office file needs: charts as pictures, and a package without the moment that it was written at."""

import datetime as dt
import io
import time
import zipfile
from functools import lru_cache
from typing import IO, NamedTuple, Protocol, Self

from readiness.document.blocks import Document
from readiness.document.docx_xml import holdable
from readiness.errors import InputError, Problem
from readiness.language import spoken
from readiness.text import safe
from readiness.theme.theme import Theme

_ZOOM, _SHARP = 4.0, 2000
"""Pixels of a picture for one of its chart, and how many are enough across a page: 290 an inch."""

_UNDATED = dt.date(2026, 1, 1)
"""Day of a document that has none: the same document is the same bytes on every day."""
_LONGEST = 255
"""Characters that a property of a file may have."""


_FIRST_YEAR = 1980


class Package(Protocol):
    """What python-docx and python-pptx call a document and a presentation."""

    def save(self, out: IO[bytes]) -> None:
        """Write it into a file."""


class Properties(NamedTuple):
    """Properties of a file: what it is, by whom, and of which day."""

    title: str
    subject: str
    author: str
    date: dt.date

    @classmethod
    def of(cls, document: Document, theme: Theme) -> Self:
        """Return the properties of a document in a theme."""
        author = theme.name or safe(document.author) or "readiness"
        return cls(document.full_title, safe(document.about), author, document.date or _UNDATED)

    def set_in(self, core: object) -> None:
        """Set the core properties of a package, as python-docx and python-pptx have them."""
        title, subject, author = (holdable(text)[:_LONGEST] for text in self[:3])
        day = dt.datetime.combine(self.date, dt.time())
        said = {"title": title, "subject": subject, "author": author, "last_modified_by": author}
        for name, value in {**said, "language": spoken(), "created": day, "modified": day}.items():
            setattr(core, name, value)


@lru_cache(maxsize=512)
def chart_png(svg: str, width: float) -> bytes:
    """Return a chart of that width as a picture (PNG); many of a batch's charts are the same."""
    from resvg_py import svg_to_bytes

    return svg_to_bytes(svg_string=svg, zoom=min(_ZOOM, _SHARP / width), skip_system_fonts=True)


def put(archive: zipfile.ZipFile, name: str, data: str | bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    """Put a part into an archive, without the moment that it is written at."""
    archive.writestr(zipfile.ZipInfo(name), data, how)


def saved(package: Package) -> bytes:
    """Return a package of python-docx or python-pptx as it is saved.

    Raises InputError if the clock stands before 1980: a package can't hold such a time, and they ask the clock.
    """
    if (year := time.localtime().tm_year) < _FIRST_YEAR:
        what = f"The clock of this computer stands in {year}, and such a file can hold no time before {_FIRST_YEAR}"
        raise InputError(Problem(what, "Set the clock, or make another kind of file."))
    out = io.BytesIO()
    package.save(out)
    return out.getvalue()


def undated(data: bytes) -> bytes:
    """Return the package without the moment that it was written at."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            put(new, part.filename, old.read(part))
    return out.getvalue()
