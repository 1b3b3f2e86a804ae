"""Text of a file that the program wrote, as it is kept in a golden file.

Nothing of the program itself is asked: these say what a reader of each format finds, however the format is made.
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pptx import Presentation

SCRUBBED = (
    (r"(\breadiness |readiness//)\d+\.\d+\.\d+\w*", r"\1VERSION"),
    (r'(\bpeer-workers |Now: |"version": "?)\d+\.\d+\.\d+', r"\1EDITION"),
    (r'(\bfingerprint |\bôl bys |"fingerprint": ")[0-9a-f]{16}', r"\1FINGERPRINT"),
    (r"^(DTSTAMP|LAST-MODIFIED|SEQUENCE):.*", r"\1:MOMENT"),
)
"""What changes with each release of the program, edition of the bank, or run, and what is kept in its place."""


def extracted(file: Path) -> str:
    """Return the text of the file, without what changes with each release, edition or run."""
    text = READERS.get(file.suffix, _plain)(file)
    for pattern, kept in SCRUBBED:
        text = re.sub(pattern, kept, text, flags=re.MULTILINE)
    return text


def _plain(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _pdf(file: Path) -> str:
    """Return the text page by page; how far apart columns are set is not kept, nor are empty lines."""
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return "".join(_lines(_page(done.stdout.decode())))


def _page(text: str) -> Iterator[str]:
    for number, page in enumerate(text.split("\f")[:-1], start=1):
        yield f"=== page {number} ==="
        for line in page.splitlines():
            if line.strip():
                yield re.sub(r" {2,}", "  ", line.strip())


def _docx(file: Path) -> str:
    """Return each paragraph after its style; a table's cells row by row, and header and foot of each section."""
    document: Any = Document(str(file))
    return "".join(_lines(_word(document)))


def _word(document: Any) -> Iterator[str]:
    yield from _word_blocks(document)
    for section in document.sections:
        for name in ("first_page_header", "header", "first_page_footer", "footer"):
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                yield f"=== {name} ==="
                yield from _word_blocks(part)


def _word_blocks(part: Any, start: str = "") -> Iterator[str]:
    for block in part.iter_inner_content():
        if hasattr(block, "rows"):
            yield f"{start}<table {block.style.name if block.style is not None else ''}>"
            for row in block.rows:
                yield f"{start}<row>"
                for cell in row.cells:
                    yield f"{start}<cell>"
                    yield from _word_blocks(cell, f"{start}  ")
            yield f"{start}</table>"
        else:
            words = _paragraph(block)
            yield f"{start}[{block.style.name}] {words}".rstrip()


def _paragraph(paragraph: Any) -> str:
    """Return all that the paragraph shows, in fields to fill in and links too, and what its pictures are said to be."""
    parts = []
    for element in paragraph._p.iter():  # noqa: SLF001
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag in (qn("w:tab"), qn("w:br")) and element.getparent().tag == qn("w:r"):
            parts.append("\t" if element.tag == qn("w:tab") else " / ")
        elif element.tag == qn("wp:docPr") and element.get("descr"):
            parts.append(f"(picture: {element.get('descr')})")
    return "".join(parts)


def _pptx(file: Path) -> str:
    """Return each slide's shapes in the order that they are read aloud in, a table's rows, and the words to say."""
    return "".join(_lines(_slides(file)))


def _slides(file: Path) -> Iterator[str]:
    for number, slide in enumerate(Presentation(str(file)).slides, start=1):
        yield f"=== slide {number} ==="
        for shape in slide.shapes:
            told = shape._element._nvXxPr.cNvPr.get("descr") or ""  # noqa: SLF001
            if shape.has_table:
                yield f"<table {told}>"
                yield from (
                    " | ".join(" / ".join(cell.text.split("\n")) for cell in row.cells) for row in shape.table.rows
                )
            elif shape.has_text_frame:
                yield from (f"[{shape.name}] {words}" for words in shape.text_frame.text.split("\n") if words)
            elif told:
                yield f"(picture: {told})"
        yield "--- to say ---"
        yield slide.notes_slide.notes_text_frame.text


INLINE = frozenset({"a", "abbr", "b", "br", "code", "em", "i", "img", "mark", "small", "span", "strong", "sub", "sup"})


class _Page(HTMLParser):
    """Collects what a page shows, a line for each block; headings, cells and items are told apart."""

    SIGNS: Mapping[str, str] = {
        "li": "- ",
        "td": "| ",
        "th": "|| ",
        "title": "(title) ",
        "caption": "(caption) ",
        "summary": "> ",
        **{f"h{level}": f"{'#' * level} " for level in range(1, 7)},
    }

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line, self._sign, self._hidden = "", "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script")
        if tag not in INLINE:
            self.end_line()
            self._sign = self.SIGNS.get(tag, self._sign)
        told = dict(attrs)
        for name in ("alt", "aria-label"):
            if words := told.get(name):
                self._line += f"({name}: {words})"
        if tag == "a" and (link := told.get("href")) and not link.startswith("#"):
            self._line += f"<{link}>"
        if tag == "br":
            self._line += " "

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script")
        if tag not in INLINE:
            self.end_line()
            self._sign = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._line += data

    def end_line(self) -> None:
        """Begin a new line, if there is anything on this one."""
        if words := " ".join(self._line.split()):
            self.lines.append(f"{self._sign}{words}")
            self._sign = ""
        self._line = ""


def _html(file: Path) -> str:
    page = _Page()
    page.feed(file.read_text("utf-8"))
    page.end_line()
    return "".join(_lines(page.lines))


def _xlsx(file: Path) -> str:
    """Return each cell that holds something, sheet by sheet, with what it is called by."""
    return "".join(_lines(_sheets(file)))


def _sheets(file: Path) -> Iterator[str]:
    for sheet in load_workbook(file):
        yield f"=== {sheet.title} ({sheet.sheet_state}) ==="
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield f"{cell.coordinate}: {cell.value!r}" if isinstance(cell.value, str) else _number(cell)
                if cell.comment is not None:
                    yield f"{cell.coordinate} says: {cell.comment.text!r}"


def _number(cell: Any) -> str:
    return f"{cell.coordinate}: {cell.value} as {cell.number_format}"


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"{line}\n"


def _jsonl(file: Path) -> str:
    """Return each line as JSON that can be read."""
    lines = file.read_text("utf-8").splitlines()
    return "".join(_lines(json.dumps(json.loads(line), ensure_ascii=False, indent=1) for line in lines))


READERS: Mapping[str, Callable[[Path], str]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".html": _html,
    ".xlsx": _xlsx,
    ".pptx": _pptx,
    ".jsonl": _jsonl,
}
