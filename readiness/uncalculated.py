"""Marks cells whose formula was saved without its value: programs that only write workbooks do not work it out.

A reader of values takes such a cell for an empty one, so an answer in it would be lost.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

UNCALCULATED = "#FORMULA!"
"""Text of such a cell. No program shows it."""

_CHUNK = 1_000_000
# A cell (c) with a formula (f), and no value (v) or an empty one: ECMA-376, part 1, 18.3.1.4. Its prefix is kept.
_CELL = re.compile(
    rb"<(?P<prefix>(?:\w+:)?)c(?P<about>\s[^>]*)?>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:(?<=/)>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*(?:/>|>\s*</(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
_TYPE = re.compile(rb"""\st=["'](\w*)["']""")


def with_uncalculated_cells_marked(workbook: bytes) -> bytes:
    """Return the workbook (XLSX) with UNCALCULATED in each such cell of any sheet; the same if there are none.

    Raises what ``zipfile`` and its packers raise if the workbook is damaged.
    """
    with ZipFile(BytesIO(workbook)) as package:
        sheets = [part for part in package.infolist() if re.fullmatch(r"(?i)xl/worksheets/[^/]+\.xml", part.filename)]
        if not any(_mark(match) for part in sheets for text in _rows(package, part) for match in _CELL.finditer(text)):
            return workbook
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as copy:
            for part in package.infolist():
                with package.open(part) as file, copy.open(_undated(part), "w") as out:
                    for text in _rows(package, part) if part in sheets else iter(lambda: file.read(_CHUNK), b""):
                        out.write(_CELL.sub(_marked, text) if part in sheets else text)
    return made.getvalue()


def _undated(part: ZipInfo) -> ZipInfo:
    """Return a part of the same name that is of no day: the clock may stand before a package's first year."""
    made = ZipInfo(part.filename)
    made.compress_type = ZIP_DEFLATED
    return made


def _rows(package: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """Yield the text of a sheet, cut only at the end of a row's tag, or far from any."""
    before = b""
    with package.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = before + chunk
            head, tag, _rest = text.rpartition(b"row>")  # of a row's end, with whatever prefix
            end = max(len(head) + len(tag), len(text) - _CHUNK)
            yield text[:end]
            before = text[end:]
    yield before


def _mark(cell: re.Match[bytes]) -> bytes | None:
    """Return the cell with the mark, or None if it says that its value is a text, which is empty."""
    about, prefix = cell["about"] or b"", cell["prefix"]
    found = _TYPE.search(about)
    if found and found[1] == b"str":
        return None
    words = b"<@is><@t>%s</@t></@is></@c>".replace(b"@", prefix) % UNCALCULATED.encode()
    return b"<%sc%s t='inlineStr'>%s" % (prefix, _TYPE.sub(b"", about), words)


def _marked(cell: re.Match[bytes]) -> bytes:
    return _mark(cell) or cell[0]
