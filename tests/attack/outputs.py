"""Where data leaves the program: found in the syntax of every module, by the names of all that writes."""

import ast
import csv
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree
from pikepdf import Array, Dictionary, Pdf, Stream, String
from pyarrow import parquet

from tests.program import controls
from tests.reports import pdftotext

PACKAGE = Path(__file__).parents[2] / "readiness"

_WRITERS = {
    *("print", "echo", "secho", "input", "Console", "print_exception", "print_exc", "warn", "basicConfig"),
    *("writelines", "write_text", "write_bytes", "writestr", "DictWriter", "dump"),
    *("Draft", "write_atomically", "fdopen", "mkstemp", "copyfile", "copyfileobj", "copy2", "copytree", "move"),
    *("Popen", "system", "check_call", "check_output", "sendall", "symlink_to", "hardlink_to"),
}
"""Last parts of the names of functions that write, or start something that does."""
_OF_A_MODULE = {"csv.writer", "subprocess.run"}
_OFFICE = {"docx", "docxtpl", "pptx", "openpyxl", "pikepdf", "PIL"}
"""Libraries whose documents save themselves; other things that are saved are ours, and end in one of the writers."""
_STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}


def writers() -> Mapping[str, set[str]]:
    """Return the names of what writes in each module of the program, by the module's path."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if names := set(written_in(file.read_text("utf-8"))):
            found[file.relative_to(PACKAGE).with_suffix("").as_posix()] = names
    return found


def written_in(source: str) -> Iterator[str]:
    """Yield the names of what writes in the source: of calls, and of streams that are handed on."""
    tree = ast.parse(source)
    office = bool(_OFFICE & set(_imported(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _called(node, office=office)
            yield from filter(None, map(_stream, (*node.args, *(word.value for word in node.keywords))))
        elif isinstance(node, ast.Assign | ast.Return | ast.NamedExpr) and node.value and (name := _stream(node.value)):
            yield name


def _called(node: ast.Call, *, office: bool) -> Iterator[str]:
    match node.func:
        case ast.Name(id=name) if name in _WRITERS:
            yield name
        case ast.Attribute(value=of, attr=name):
            if name in _WRITERS or name == "write" or (name == "save" and office):
                yield name
            elif isinstance(of, ast.Name) and f"{of.id}.{name}" in _OF_A_MODULE:
                yield f"{of.id}.{name}"
    if isinstance(node.func, ast.Name | ast.Attribute) and _last(node.func) in {"open", "ZipFile"} and _writes(node):
        yield _last(node.func)


def _last(name: ast.Name | ast.Attribute) -> str:
    return name.id if isinstance(name, ast.Name) else name.attr


def _stream(value: ast.expr) -> str:
    match value:
        case ast.Attribute(value=ast.Name(id="sys"), attr=name) if name in _STREAMS:
            return name
    return ""


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _writes(call: ast.Call) -> bool:
    """Return whether a file is opened for writing, or in a mode that only a run would tell."""
    at = 1 if isinstance(call.func, ast.Name) or _last(call.func) == "ZipFile" else 0  # type: ignore[arg-type]
    given = [*call.args[at : at + 1], *(word.value for word in call.keywords if word.arg == "mode")]
    return any(not isinstance(mode, ast.Constant) or set(str(mode.value)) & set("wax+") for mode in given)


def raw_in(file: Path) -> list[str]:
    """Return the characters in a file that was written, in what it shows and in what is kept about it, that turn,
    hide or move a cursor.
    """
    return [found for text in READERS.get(file.suffix, _plain)(file) for found in controls(text.replace("\t", " "))]


def formulas_in(file: Path) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet would compute, wherever it splits the lines."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        lines = text.readlines()
    rows = [*csv.reader(lines), *csv.reader(lines, delimiter=";"), *(line.split(";") for line in lines)]
    begins = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
    return [cell for cell in chain(*rows) if cell.lstrip(' "').startswith(begins) and not _NUMBER.fullmatch(cell)]


_NUMBER = re.compile(r"-?[0-9.]+")


def _plain(file: Path) -> Iterator[str]:
    text = file.read_bytes().decode("utf-8")
    yield text.removeprefix("\ufeff").replace("\r\n", "\n") if file.suffix in {".csv", ".ics"} else text


def _office(file: Path) -> Iterator[str]:
    with ZipFile(file) as package:
        for part in package.namelist():
            yield part
            if part.endswith((".xml", ".rels")):
                for element in etree.fromstring(package.read(part)).iter(etree.Element):
                    yield from (element.text or "", element.tail or "", *map(str, element.attrib.values()))


def _pdf(file: Path) -> Iterator[str]:
    yield pdftotext(file).replace("\f", "\n")
    with Pdf.open(file) as pdf:
        for value in pdf.objects:
            yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    """Yield the texts in an object of a PDF: what it says of itself, its outline, links and tags."""
    if isinstance(value, Dictionary | Stream):
        for name, each in dict(value if isinstance(value, Dictionary) else value.stream_dict).items():
            if not getattr(each, "is_indirect", False) and name not in _BYTES:
                yield from _strings(each)
    elif isinstance(value, Array):
        for each in value:
            if not getattr(each, "is_indirect", False):
                yield from _strings(each)
    elif isinstance(value, String):
        yield str(value)


_BYTES = {"/ID", "/Ordering", "/Registry", "/CharSet", "/Panose"}
"""Strings of a PDF that are no texts."""


def _parquet(file: Path) -> Iterator[str]:
    table = parquet.read_table(file)
    yield from table.column_names
    yield from (str(value) for column in table.columns for value in column.to_pylist())


READERS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    ".docx": _office,
    ".xlsx": _office,
    ".pptx": _office,
    ".pdf": _pdf,
    ".parquet": _parquet,
}
