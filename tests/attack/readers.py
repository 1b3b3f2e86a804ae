"""Every reader of files that come in, behind one call: bytes in, an InputError or nothing out."""

import io
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from readiness.assessment.reading import read_people
from readiness.bank.document import decode, parse_json, parse_yaml
from readiness.bank.load import find_bank, load_bank
from readiness.bank.model import Bank
from readiness.document.page_policy import refuse_references, with_policy
from readiness.document.style_addresses import refused_in
from readiness.errors import InputError
from readiness.intake.table_files import read_table
from readiness.resources import QUESTIONS, REPORT_TEMPLATES
from readiness.theme.assets_process import family_of, picture_of
from readiness.theme.theme_file import THEME_FILE, read_theme
from readiness.theme.word_parts import refuse_outside
from readiness.zip_guard import check_package
from tests.attack.pages import HEARD
from tests.attack.word import word

EXAMPLE = QUESTIONS / "peer-workers/examples/northside-cmht.yaml"
_SHIPPED = REPORT_TEMPLATES / "themes/sober" / THEME_FILE


class Reader(NamedTuple):
    """Reader, with a file that it takes, to begin from."""

    read: Callable[[bytes], object]
    sound: bytes


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


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((20, 20), 50).save(out, "PNG")
    return out.getvalue()


READERS: Mapping[str, Reader] = {
    "yaml": Reader(_text(lambda text: parse_yaml(text, "file")), EXAMPLE.read_bytes()),
    "json": Reader(_text(lambda text: parse_json(text, "file.json")), b'{"schema": 1, "team": {"name": "Northside"}}'),
    "answers": Reader(_of_file("a.yaml", lambda path: read_people(path, _bank())), EXAMPLE.read_bytes()),
    "answers-json": Reader(_of_file("a.json", lambda path: read_people(path, _bank())), b'{"schema": 1, "team": {}}'),
    "theme": Reader(_of_file(THEME_FILE, lambda path: read_theme(path.parent)), _SHIPPED.read_bytes()),
    "csv": Reader(_of_file("t.csv", read_table), b'Team,Role\n"North, side",Peer Worker\n'),
    "workbook": Reader(_of_file("t.xlsx", read_table), _workbook()),
    "word": Reader(_of_file("t.docx", _word), word()),
    "page": Reader(_text(lambda text: refuse_references(with_policy(text))), HEARD["style in CDATA"]("x").encode()),
    "style": Reader(
        _text(lambda text: [*refused_in(text, allowed=("#",))]), b"h1 { background: url(#a), image-set() }"
    ),
    "picture": Reader(picture_of, _picture()),
    "font": Reader(
        lambda data: family_of(data, "a.ttf"), (REPORT_TEMPLATES / "fonts/Vollkorn-SemiBold.ttf").read_bytes()
    ),
}


def try_input(name: str, data: bytes) -> None:
    """Read the bytes. Anything but success or an InputError goes on up: it is a fault of ours."""
    with suppress(InputError):
        READERS[name].read(data)
