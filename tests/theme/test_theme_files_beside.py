"""The files that a theme names: its logo, fonts and Word template."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from docx import Document
from fontTools.ttLib import TTFont
from PIL import Image

from readiness.report.model import Report
from readiness.theme.assets import MAX_FONT_BYTES
from readiness.theme.theme import Theme
from readiness.theme.theme_file import read_theme
from tests.reports import as_html, as_pdf
from tests.theme.themed import FONTS, Write, logo, wrong


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPEG"),
        (b"GIF89a" + bytes(20), "not a PNG or JPEG"),
        (b"", "not a PNG or JPEG"),
        (logo()[:60], "damaged"),
        (logo((3000, 2000)), "3000 by 2000 pixels"),
        (logo() + bytes(1_000_001), "larger than 1 MB"),
    ],
)
def test_a_logo_of_a_wrong_kind_or_size_is_refused(write: Write, data: bytes, words: str) -> None:
    folder = write('name = "Lantern"', 'logo = "logo.png"')
    (folder / "logo.png").write_bytes(data)
    (said,) = wrong(folder)
    assert said.startswith("2:1: ")
    assert words in said


def test_a_small_picture_that_unpacks_to_gigabytes_is_never_unpacked(write: Write) -> None:
    for side, words in ((13_000, "13000 by 13000 pixels"), (20_000, "has too many pixels")):
        out = io.BytesIO()
        Image.new("1", (side, side)).save(out, "PNG")
        assert len(out.getvalue()) < 100_000
        folder = write('name = "Lantern"', 'logo = "logo.png"')
        (folder / "logo.png").write_bytes(out.getvalue())
        assert words in wrong(folder)[0]


@pytest.mark.parametrize(
    "line", ['logo = "a\\u0000.png"', 'word_template = "a\\u0000.docx"', 'font = {regular = "a\\u0000.ttf"}']
)
def test_a_name_that_no_file_can_have_is_refused(write: Write, line: str) -> None:
    assert "can’t hold the character NUL" in wrong(write('name = "N"', line))[0]


def test_a_file_outside_the_folder_is_refused_even_through_a_link(write: Write) -> None:
    folder = write('name = "Lantern"', 'logo = "link.png"')
    (folder / "link.png").symlink_to("/etc/passwd")
    assert "lies outside" in wrong(folder)[0]


def test_a_font_of_ones_own_is_embedded(write: Write, report: Callable[[str], Report]) -> None:
    theme = read_theme(write('font = {regular = "regular.ttf"}', 'heading_font = {bold = "bold.ttf"}'))
    assert (theme.font.name, theme.heading_font.name) == ("Source Sans 3", "Vollkorn")
    assert b"Vollkorn" in b"".join(_font_names(theme, report))
    page = as_html(report("harbour"), theme).decode()
    assert page.count('url("data:font/ttf;base64,') == 2  # ours are there in part
    assert page.count('url("data:font/woff2;base64,') == 2


def _font_names(theme: Theme, report: Callable[[str], Report]) -> list[bytes]:
    pdf = pikepdf.open(io.BytesIO(as_pdf(report("harbour"), theme)[0]))
    found = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
    return [str(item["/BaseFont"]).encode() for item in found]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"wOFF" + bytes(40), "is not a TTF or OTF font"),
        (b"", "is empty, or larger than 2 MB"),
        (bytes(MAX_FONT_BYTES + 1), "is empty, or larger than 2 MB"),
        ((FONTS / "Vollkorn-SemiBold.ttf").read_bytes()[:4000], "is damaged"),
    ],
)
def test_a_font_that_can_not_be_embedded_is_refused(write: Write, data: bytes, words: str) -> None:
    folder = write('font = {regular = "regular.ttf"}')
    (folder / "regular.ttf").write_bytes(data)
    assert words in wrong(folder)[0]


@pytest.mark.parametrize("rights", [0x0002, 0x0200])
def test_a_font_that_may_not_be_embedded_is_refused(write: Write, rights: int) -> None:
    folder = write('font = {regular = "regular.ttf"}')
    with TTFont(folder / "regular.ttf") as font:
        font["OS/2"].fsType = rights
        font.save(folder / "other.ttf")
    (folder / "other.ttf").rename(folder / "regular.ttf")
    assert "may not be embedded" in wrong(folder)[0]


def test_a_font_needs_a_file(write: Write) -> None:
    assert "No file of the font is named" in wrong(write("font = {}"))[0]


def test_a_word_template_is_a_word_document_in_the_folder(write: Write) -> None:
    assert "is not a Word document" in wrong(write('word_template = "logo.png"'))[0]
    assert "There is no file" in wrong(write('word_template = "ours.docx"'))[0]
    folder = write('word_template = "ours.docx"')
    (folder / "ours.docx").write_bytes(b"plain text")
    assert "is not a Word document" in wrong(folder)[0]
    Document().save(str(folder / "ours.docx"))
    assert read_theme(folder).word_template == folder / "ours.docx"
