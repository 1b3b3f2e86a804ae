"""Kinds of files that people send and no command reads, each with what to do about it; and those to collect first."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from readiness.assessment.endings import ENDINGS, LINES, ending
from readiness.assessment.file_kinds import FORM, JSON_LINES, PDF, PLAN_WORKBOOK, TABLE, WORKBOOK
from readiness.errors import Command, Place, Problem

COLLECTED = (WORKBOOK, FORM, PDF, TABLE, PLAN_WORKBOOK, JSON_LINES)
"""Kinds of files, as ``foreign`` names them, that some other command reads."""


class UnreadKind(NamedTuple):
    """A kind of file that no command reads ("a Word document"), and what to do about it."""

    kind: str
    todo: str


_AS_TABLE = "Open it, and save it as .xlsx or .csv."
_TYPE_IN = "If there are answers in it, type them into a form or a file of answers."
_WORD = UnreadKind("a Word document", _TYPE_IN)
_OLD_WORKBOOK = UnreadKind("a workbook of the old kind (.xls)", "Open it, and save it as .xlsx.")
_BINARY_WORKBOOK = UnreadKind("a binary workbook (.xlsb)", "Open it, and save it as .xlsx.")
_LOCKED = UnreadKind("an office file that is locked by a password", "Open it, and save it without the password.")
_APPLE = UnreadKind("a file of Apple’s Numbers or Pages", "Open it, choose Export To, and export it as Excel or CSV.")
_PACKED = UnreadKind("a packed folder", "Unpack it, and name the files in it.")
_MAIL = UnreadKind("an e-mail", "Save the file that is attached to it, and name that.")
_LINK = UnreadKind("a link to a file, and not the file", "Open it, and download the file itself.")
_PICTURE = UnreadKind("a picture", _TYPE_IN)
_BLANK_FORM = UnreadKind(
    "the form itself, without answers",
    "Open it in a web browser, press “Save my answers to a file”, and send the .json file that this saves.",
)
_OUR_PAGE = UnreadKind("a web page that readiness wrote, and no answers", "Name the file of answers.")
_PAGE = UnreadKind(
    "a web page",
    "If it is a form that somebody filled in, ask them to save their answers from it, and to send that file. "
    "If it came from a survey program, export the answers again: the program may want a sign-in.",
)

_BY_ENDING: Mapping[str, UnreadKind] = {
    **dict.fromkeys((".xls", ".xlt"), _OLD_WORKBOOK),
    ".xlsb": _BINARY_WORKBOOK,
    **dict.fromkeys((".numbers", ".pages"), _APPLE),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf"), _WORD),
    **dict.fromkeys((".zip", ".7z", ".rar", ".gz", ".tar"), _PACKED),
    **dict.fromkeys((".eml", ".msg"), _MAIL),
    **dict.fromkeys((".gsheet", ".gdoc", ".gform", ".url", ".webloc", ".lnk"), _LINK),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".heic", ".gif", ".tif", ".tiff", ".webp", ".svg"), _PICTURE),
    **dict.fromkeys((".htm", ".html", ".mht", ".mhtml", ".webarchive"), _PAGE),
    **dict.fromkeys((".md", ".markdown"), UnreadKind("a text in Markdown", _TYPE_IN)),
    ".ics": UnreadKind("a calendar", "Name the file of answers."),
    ".sav": UnreadKind("a file of SPSS", "Export the answers as .csv or .xlsx."),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), UnreadKind("slides", _TYPE_IN)),
}
_BY_START: Mapping[bytes, UnreadKind] = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"7z\xbc\xaf": _PACKED,
    b"Rar!": _PACKED,
    b"\x1f\x8b": _PACKED,
    b"{\\rtf": _WORD,
    b"$FL2": _BY_ENDING[".sav"],
    b"MIME-Version:": _PAGE,
    b"bplist00": _PAGE,
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that an office file of today is in, if it is locked by a password."""
_BY_PART: Mapping[str, UnreadKind] = {
    "word/document.xml": _WORD,
    "xl/workbook.bin": _BINARY_WORKBOOK,
    "Index/Document.iwa": _APPLE,
    "ppt/presentation.xml": _BY_ENDING[".pptx"],
}
_READ = ("xl/workbook.xml", "content.xml")
"""The part that a workbook is known by, and an OpenDocument spreadsheet."""

_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<!-- saved from")
_MADE_HERE = b'content="readiness '
_FORM_PAGE = b'id="mark"'
_PARTS = 500
_MIMETYPE = 200
"""Bytes of the part that says what kind of file it is in; it can say that it unpacks to gigabytes."""


def unread_kind(data: bytes, name: str) -> UnreadKind | None:
    """Return what kind of file that no command reads this is, by how it begins or its name; None for all others."""
    by_ending = _BY_ENDING.get(Path(name.strip().lower()).suffix)
    if data.startswith(b"PK"):
        return _packed(data, by_ending)
    if data.startswith(_OLD_OFFICE):
        return _LOCKED if _ENCRYPTED in data else by_ending or _OLD_WORKBOOK
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower().startswith(_PAGE_STARTS):
        return _page(data)
    return next((kind for mark, kind in _BY_START.items() if data.startswith(mark)), by_ending)


def _page(data: bytes) -> UnreadKind:
    if _MADE_HERE in data:
        return _BLANK_FORM if _FORM_PAGE in data else _OUR_PAGE
    return _PAGE


def _packed(data: bytes, by_ending: UnreadKind | None) -> UnreadKind | None:
    """Return what a zip is, by its parts; None if it is a workbook, or damaged: then its reader says so."""
    from zipfile import ZipFile  # noqa: PLC0415 — takes time, and answers are no zip

    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.namelist()[:_PARTS]
            kind = next((_BY_PART[part] for part in parts if part in _BY_PART), None)
            if kind is None and "mimetype" in parts:
                with package.open("mimetype") as part:
                    if b"opendocument.text" in part.read(_MIMETYPE):
                        return _WORD
    except Exception:  # noqa: BLE001 — zipfile, zlib and the other packers each have their own
        return by_ending
    if kind is not None:
        return kind
    return None if any(part in _READ for part in parts) else by_ending or _PACKED


def no_answers(kind: str, file: str) -> Problem:
    """Return what to say of a file that is of another kind than answers are (``foreign``)."""
    if kind == JSON_LINES:
        named = file if file == "-" or ending(file) in LINES else str(Path(file).with_suffix(LINES[0]))
        first = "To score" if named == file else f"Have its name end in {LINES[0]}, then score"
        score = Command("batch", (named,), ("-o", "scores"))
        what = "These are JSON lines, and no file of answers"
        return Problem(what, f"{first} each of its lines", Place(file), score)
    if kind == PLAN_WORKBOOK:
        todo = "Name the file of answers that it is made from, and bring the workbook back with plan --from."
    elif kind in COLLECTED:
        collect = Command("collect", (file,), ("-o", "answers"))
        todo = "To make answers of a filled-in form or a survey"
        return Problem(f"This is {kind}, and no answers", todo, Place(file), collect)
    else:
        *rest, last = ENDINGS
        todo = f"Name the file of answers: it ends in {', '.join(rest)} or {last}."
    return Problem(f"This is {kind}, and no answers", todo, Place(file))
