"""Office documents are looked at before anything reads them."""

import zipfile
from pathlib import Path

import pytest

from readiness import zip_guard as package
from readiness.bank.document import MAX_BYTES
from readiness.errors import InputError
from readiness.zip_guard import check_package


def packed(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("picture.png", "\x89PNG <!DOCTYPE is only looked for in XML>")
    return path


def test_a_sound_package_passes(tmp_path: Path) -> None:
    check_package(packed(tmp_path / "a.docx"), "Word document")


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_package_is_refused_by_its_kind(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(InputError, match="This is not a Word document that we can read"):
        check_package(path, "Word document")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"0" * (package.MAX_UNPACKED + 1))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(InputError, match="would unpack to more than we read"):
        check_package(path, "workbook")


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(package.MAX_PARTS + 1):
            file.writestr(f"{number}.xml", "")
    with pytest.raises(InputError, match="would unpack to more than we read"):
        check_package(path, "workbook")


@pytest.mark.parametrize("name", ["extra.xml", "extra.XML", "sheet1.dat"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path: Path, encoding: str, name: str) -> None:
    path = packed(tmp_path / "a.xlsx")
    sheet = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'.encode(encoding)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(f"xl/{name}", sheet)
    with pytest.raises(InputError, match="not a workbook that we can read"):
        check_package(path, "workbook")


def test_a_locked_workbook_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="not a workbook that we can read"):
        check_package(path, "workbook")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="larger than 8 MB"):
        check_package(path, "workbook")
