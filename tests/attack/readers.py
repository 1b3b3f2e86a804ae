"""Every reader of files that come in, behind one call: bytes in, an InputError or nothing out."""

import datetime as dt
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from openpyxl import Workbook

from readiness.assessment.reading import read_people
from readiness.bank.document import decode, parse_json, parse_yaml
from readiness.bank.load import find_bank, load_bank
from readiness.bank.model import Bank
from readiness.document.page_policy import refuse_references, with_policy
from readiness.document.write import Format
from readiness.errors import InputError, Problem
from readiness.intake.table_files import read_table
from readiness.resources import QUESTIONS, REPORT_TEMPLATES
from readiness.roundtrip.form_pdf_process import fields_of
from readiness.roundtrip.form_pdf_read import answers_in
from readiness.theme.assets_process import family_of, picture_of
from readiness.theme.style_addresses import FETCHING, refused_in
from readiness.theme.svg_policy import drawing_in, refused_in_drawing
from readiness.theme.theme_file import THEME_FILE, read_theme
from readiness.theme.word_parts import refuse_outside
from readiness.workbook_process import OpenBook
from readiness.zip_guard import check_package
from tests.attack.books import book as other_book
from tests.attack.pages import HEARD, SILENT
from tests.attack.word import HARMLESS, HOSTILE, word
from tests.forms import bank_with_roles, blank, filled_with_pypdf, form_view
from tests.spreadsheets import MIMETYPE, row_xml, spreadsheet

EXAMPLE = QUESTIONS / "peer-workers/examples/northside-cmht.yaml"
_SHIPPED = REPORT_TEMPLATES / "themes/sober" / THEME_FILE


class Reader(NamedTuple):
    """Reader, and what makes the file to begin from; ``more`` makes others for fuzzing, ``packed`` is true of a zip."""

    read: Callable[[bytes], object]
    make: Callable[[], bytes]
    more: Callable[[], Iterable[bytes]] = tuple
    packed: bool = False


@cache
def _bank() -> Bank:
    return load_bank(find_bank("peer-workers", QUESTIONS))


def _of_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    def reader(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            return read(path)

    return reader


def _text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: read(decode(data, "file"))


def _word(path: Path) -> None:
    check_package(path, "Word document")
    refuse_outside(path.read_bytes(), path)


def _workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Team", "Role"])
    book.active.append(["Northside", "Peer Worker"])
    book.save(out)
    return out.getvalue()


def _other_workbooks() -> Iterator[bytes]:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Team", "Date", "Level", "When", "Sum"])
    book.active.append([True, dt.date(2026, 11, 22), 2.5, dt.time(9, 30), "=SUM(C2:C3)"])
    book.active.append(["_x000D_", dt.datetime(2026, 11, 22, 9), "#N/A", dt.timedelta(hours=30), None])  # noqa: DTZ001 — cells have no zone
    book.active.merge_cells("A4:B5")
    book.create_sheet("Notes").append(["a\nb"])
    book.save(out)
    yield out.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        yield other_book(Path(folder) / "t.xlsx").read_bytes()


def _inside(data: bytes) -> None:
    """Read all sheets of a workbook here, so that coverage can guide."""
    with suppress(MemoryError):  # in its process, it is told as too large
        _read_all(OpenBook(data, Path("t.xlsx")))


def _read_all(book: OpenBook) -> None:
    for sheet in book.sheets:
        nth = 0
        while json.loads(book.answer(sheet, nth))["rows"]:
            nth += 1


_DRAWING = b"""<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><style>.a { fill: url(#g) }</style>
<linearGradient id="g"/><use xlink:href="#a"/><path class="a" style="fill: red" clip-path="url(#c)"/></svg>"""


def _drawing(data: bytes) -> None:
    drawing = drawing_in(data)
    if drawing is not None:
        with suppress(ValueError):  # damaged
            list(refused_in_drawing(drawing))


def _picture(form: str = "PNG") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((20, 20), 50).save(out, form)
    return out.getvalue()


def _font() -> bytes:
    """Return a font of some letters: a whole one takes ten times as long to read."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    letters, out = subset.Subsetter(), io.BytesIO()
    letters.populate(text="Northside, 2026")
    with TTFont(REPORT_TEMPLATES / "fonts/Vollkorn-SemiBold.ttf", recalcTimestamp=False) as font:
        letters.subset(font)
        font.save(out)
    return out.getvalue()


def _pages() -> Iterable[bytes]:
    return (vector("x").encode() for vector in (*HEARD.values(), *SILENT.values()))


def _styles() -> Iterable[bytes]:
    return (f'@import "a"; [b] {{ c: {name}("d", url(e), var(f)) }}'.encode() for name in sorted(FETCHING))


def _documents() -> Iterable[bytes]:
    return (*(document for document, _ in HOSTILE.values()), *HARMLESS.values())


@cache
def _form_bank() -> Bank:
    with tempfile.TemporaryDirectory() as folder:
        return bank_with_roles(Path(folder), "[{id: a}, {id: b, values: [-1, 0.25, 2.5]}]")


def _filled_form() -> bytes:
    blank_form = blank(Format.PDF, form_view(_form_bank(), {}))
    return filled_with_pypdf(
        blank_form, {"date": "22/11/2026", "role": "peer-worker", "answer:a": "2", "note:a": "We do."}
    )


def _form(data: bytes) -> object:
    """Read a filled form here, so that coverage can guide."""
    try:
        fields = fields_of(data)
    except Exception as error:  # in its process, it ends that process, which is told in words
        raise InputError(Problem("This is not a PDF that we can read", "Save it again.")) from error
    return answers_in(json.loads(json.dumps(fields)), "form.pdf", _form_bank())


def _content() -> bytes:
    """Return the part of a spreadsheet that holds its cells."""
    headings, cells = ["Team", "Date", "Level"], ["Northside", dt.date(2026, 11, 22), 2.5, None, True]
    repeated = row_xml(["Southside", '<table:table-cell table:number-columns-repeated="3"/>', "x"], repeated=3)
    with tempfile.TemporaryDirectory() as folder:
        made = spreadsheet(Path(folder) / "t.ods", {"Answers": [headings, cells, repeated], "Notes": [["a\nb", "c"]]})
        with ZipFile(made) as package:
            return package.read("content.xml")


def _spreadsheet(content: bytes) -> None:
    """Read all sheets of a spreadsheet with these cells here: a changed package would only be a damaged one."""
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("mimetype", MIMETYPE)
        package.writestr("content.xml", content)
    _read_all(OpenBook(out.getvalue(), Path("t.ods")))


def _parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    columns = {
        "team": ["Northside", "Northside", None],
        "date": [dt.date(2026, 11, 22), None, dt.date(2026, 11, 23)],
        "when": [dt.datetime(2026, 11, 22, 9), None, None],  # noqa: DTZ001 — as surveys write it
        "language": [1, 2, None],
        "which-peers": [0.5, float("nan"), 3.0],
        "ticked": [["a", "b"], [], None],
    }
    parquet.write_table(pa.table(columns), out, compression="none")
    return out.getvalue()


READERS: Mapping[str, Reader] = {
    "yaml": Reader(_text(lambda text: parse_yaml(text, "file")), EXAMPLE.read_bytes),
    "json": Reader(
        _text(lambda text: parse_json(text, "file.json")), lambda: b'{"schema": 1, "team": {"name": "Northside"}}'
    ),
    "answers": Reader(_of_file("a.yaml", lambda path: read_people(path, _bank())), EXAMPLE.read_bytes),
    "answers-json": Reader(
        _of_file("a.json", lambda path: read_people(path, _bank())), lambda: b'{"schema": 1, "team": {}}'
    ),
    "theme": Reader(_of_file(THEME_FILE, lambda path: read_theme(path.parent)), _SHIPPED.read_bytes),
    "csv": Reader(_of_file("t.csv", read_table), lambda: b'Team,Role\n"North, side",Peer Worker\n'),
    "workbook": Reader(_of_file("t.xlsx", read_table), _workbook, packed=True),
    "workbook-inside": Reader(_inside, _workbook, _other_workbooks, packed=True),
    "spreadsheet": Reader(_spreadsheet, _content),
    "parquet": Reader(_of_file("t.parquet", read_table), _parquet),
    "form": Reader(_form, _filled_form),
    "word": Reader(_of_file("t.docx", _word), word, _documents, packed=True),
    "drawing": Reader(_drawing, lambda: _DRAWING),
    "page": Reader(
        _text(lambda text: refuse_references(with_policy(text))), HEARD["style in CDATA"]("x").encode, _pages
    ),
    "style": Reader(
        _text(lambda text: [*refused_in(text, allowed=("#",))]),
        lambda: b"h1 { background: url(#a), image-set() }",
        _styles,
    ),
    "picture": Reader(picture_of, _picture, lambda: [_picture("JPEG")]),
    "font": Reader(lambda data: family_of(data, "a.ttf"), _font),
}


@cache
def sound(name: str) -> bytes:
    """Return the file that the reader begins from."""
    return READERS[name].make()


def seeds(name: str) -> list[bytes]:
    """Return all files that fuzzing of the reader begins from, the sound one first."""
    return [sound(name), *READERS[name].more()]


def try_input(name: str, data: bytes) -> None:
    """Read the bytes. Anything but success or an InputError goes on up: it is a fault of ours."""
    with suppress(InputError):
        READERS[name].read(data)
