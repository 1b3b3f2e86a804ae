"""A file of a kind that no command reads is said to be it, with what to do."""

import io
from zipfile import ZipFile

import pytest

from readiness.assessment.unread_kinds import unread_kind
from tests.assessment.test_file_kinds import packed

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
WORKBOOK = packed(xl__workbook="")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (OLD, "a.xls", "a workbook of the old kind (.xls)"),
        (OLD, "a.json", "a workbook of the old kind (.xls)"),
        (OLD, "a.doc", "a Word document"),
        (OLD, "a.msg", "an e-mail"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "an office file that is locked by a password"),
        (packed(word__document=""), "a.json", "a Word document"),
        (packed(ppt__presentation=""), "a.xlsx", "slides"),
        (packed(other=""), "a.numbers", "a file of Apple’s Numbers or Pages"),
        (packed(other=""), "a.xlsx", "a packed folder"),
        (packed(other=""), "A.ZIP", "a packed folder"),
        (b"PK no zip", "a.zip", "a packed folder"),
        (b"PK no zip", "a.xlsx", None),
        (WORKBOOK, "a.xlsx", None),
        (WORKBOOK, "a.zip", None),
        (packed(content=""), "a.ods", None),
        (b"<html><head>", "a.html", "a web page"),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML>", "a.xls", "a web page"),
        (b"<table><tr>", "a.csv", "a web page"),
        (
            b'<!doctype html><meta name="generator" content="readiness 1.0"/>',
            "a.htm",
            "a web page that readiness wrote",
        ),
        (
            b'<!doctype html><meta name="generator" content="readiness 1.0"/><script id="mark">',
            "form.html",
            "the form itself, without answers",
        ),
        (b"\x89PNG\r\n", "a", "a picture"),
        (b"GIF89a", "a.json", "a picture"),
        (b"anything", "photo.HEIC", "a picture"),
        (b"$FL2@(#)", "a", "a file of SPSS"),
        (b"# Ready for Peer Workers?", "form.md", "a text in Markdown"),
        (b"team,date", "a.csv", None),
        (b'{"schema": 1}', "a.json", None),
        (b"", "a.json", None),
    ],
)
def test_what_no_command_reads_is_known(data: bytes, name: str, kind: str | None) -> None:
    found = unread_kind(data, name)
    assert (found and found.kind.removesuffix(", and no answers")) == kind


def test_a_text_of_open_document_is_a_word_document() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as zipped:
        zipped.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        zipped.writestr("content.xml", "")
    found = unread_kind(out.getvalue(), "a.ods")
    assert found is not None
    assert found.kind == "a Word document"


def test_another_packed_file_that_says_its_type_is_no_word_document() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as zipped:
        zipped.writestr("mimetype", "application/epub+zip")
    found = unread_kind(out.getvalue(), "a.epub")
    assert found is not None
    assert "Word" not in found.kind
