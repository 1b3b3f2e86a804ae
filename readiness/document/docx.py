"""Writes a Word document: real styles, tables whose headings repeat, fields, pictures that are read aloud.

What python-docx has no call for is written as the elements of ECMA-376 (WordprocessingML) that say it.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Mm, Pt

from readiness.document.docx_styles import (
    CHARACTER_STYLES,
    CONTENTS,
    FILLED,
    LIGHT,
    LISTED,
    TABLE,
    add_styles,
    embed_fonts,
)
from readiness.document.mark_english import LANGUAGE, parts
from readiness.language import _, spoken
from readiness.theme.theme import LONG_TITLE, Theme

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_PAGES = {"A4": (Mm(210), Mm(297)), "Letter": (Mm(215.9), Mm(279.4))}
_MARGIN = Mm(18)
_SOMEBODY_ELSES = ("/thumbnail", "/extended-properties")
"""What python-docx's own document says of itself: a picture of its empty page, and that it has no words."""
_LONGEST = 255
"""Characters that a property of a document may have."""
Run = str | tuple[str, str]
"""Text, or text and its character style."""

Runs = Run | Sequence[Run]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its alternative text; ``width`` in millimetres."""

    data: bytes
    alt: str
    width: float


@dataclass(frozen=True, slots=True)
class ToFillIn:
    """A word above a line to write on, as wide as the cell."""

    label: str


Line = Runs | ToFillIn
Cell = Line | Picture | Sequence[Line]


class WordFile:
    """A Word document in the looks of a theme, written from top to bottom."""

    def __init__(self, theme: Theme, title: str, author: str, date: dt.date) -> None:
        self._theme = theme
        self._document: Any = Document()
        self._bookmarks: list[tuple[str, str]] = []
        self._contents: Paragraph | None = None
        self._pictures = 0
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title[:_LONGEST], author[:_LONGEST], ""
        properties.language, properties.last_modified_by = spoken(), author[:_LONGEST]
        properties.created = properties.modified = dt.datetime.combine(date, dt.time())
        relations = self._document.part.package.rels
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(_SOMEBODY_ELSES)]:
            del relations[name]
        self._page()
        add_styles(self._document, theme)
        embed_fonts(self._document.part, theme.families)

    @property
    def width(self) -> Emu:
        """How wide the text is."""
        section = self._document.sections[0]
        return Emu(section.page_width - section.left_margin - section.right_margin)

    def _page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = _PAGES[self._theme.page]
        section.left_margin = section.right_margin = section.top_margin = _MARGIN
        section.bottom_margin = Mm(24)

    def foot(self, left: str, second: str) -> None:
        """Write what stands at the foot of every page: two lines on the left, "Page 1 of 9" on the right."""
        page, of = _("Page"), _("of")
        paragraph = self._document.sections[0].footer.paragraphs[0]
        for stop in list(paragraph.style.paragraph_format.tab_stops):
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        paragraph.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{left}\t{page} ", style=LIGHT)
        _add_field(paragraph, "PAGE", "1")
        paragraph.add_run(f" {of} ", style=LIGHT)
        _add_field(paragraph, "NUMPAGES", "1")
        if second:
            paragraph.add_run().add_break()
            paragraph.add_run(second, style=LIGHT)

    def logo(self) -> None:
        """Write the theme's logo, where it has one."""
        if logo := self._theme.logo:
            width = min(50, 15 * logo.width / logo.height)
            self.picture(Picture(logo.data, self._theme.name, width), after=8)

    def title(self, text: str) -> None:
        """Write the title; a long one is smaller."""
        paragraph = self._document.add_paragraph(style="Title")
        _add_runs(paragraph, [text])
        if len(text) > LONG_TITLE:
            for run in paragraph.runs:
                run.font.size = Pt(round(self._theme.text_size * 1.6))

    def subtitle(self, text: str) -> None:
        """Write a line that goes with the title."""
        _add_runs(self._document.add_paragraph(style="Subtitle"), [text])

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """Write a heading, which stays with what comes after it. Those of level 1 stand in the contents."""
        paragraph = self._document.add_heading(level=level)
        _add_runs(paragraph, [text])
        paragraph.paragraph_format.page_break_before = new_page or None
        if level == 1:
            name = f"_Toc{len(self._bookmarks) + 1:08d}"
            _add_bookmark(paragraph, name, len(self._bookmarks) + 1)
            self._bookmarks.append((name, text))

    def paragraph(self, *runs: Run, style: str | None = None, keep: bool = False) -> None:
        """Write a paragraph; ``keep`` holds it on the page of what comes next."""
        paragraph = self._document.add_paragraph(style=style)
        paragraph.paragraph_format.keep_with_next = keep or None
        _add_runs(paragraph, runs)

    def bullets(self, items: Iterable[Runs]) -> None:
        """Write a list."""
        for item in items:
            _add_runs(self._document.add_paragraph(style=LISTED), _as_runs(item))

    def picture(self, picture: Picture, *, after: float = 0) -> None:
        """Write a picture on a line of its own, on the page of what comes next; ``after`` it, points are free."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(6)
        self._put(paragraph, picture)
        paragraph.paragraph_format.space_after = Pt(after)

    def _put(self, paragraph: "Paragraph", picture: Picture) -> None:
        self._pictures += 1
        paragraph.paragraph_format.space_after = Pt(0)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.data), width=Mm(picture.width))
        inline = shape._inline  # noqa: SLF001 — python-docx has no other way to say what a picture shows
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # where they are left out, LibreOffice moves the picture 3 mm to the right
        properties = inline.docPr
        properties.set("descr", picture.alt)
        properties.set("name", f"Picture {self._pictures}")

    def table(
        self, headings: Sequence[str], rows: Iterable[Sequence[Cell]], shares: Sequence[float], *, keep: bool = False
    ) -> None:
        """Write a table; ``shares`` of the width go to its columns. Its headings repeat, and no row is split.

        ``keep`` holds it on one page.
        """
        table: Table = self._document.add_table(rows=1, cols=len(headings), style=TABLE)
        table.autofit = False
        widths = [Emu(round(self.width * share / sum(shares))) for share in shares]
        head = table.rows[0]
        head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001
        for cell, heading in zip(head.cells, headings, strict=True):
            _add_runs(cell.paragraphs[0], [heading])
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        for row in rows:
            cells = table.add_row().cells  # type: ignore[no-untyped-call]
            for cell, what in zip(cells, row, strict=True):
                self._fill(cell, what)
        for each in table.rows:
            each._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
            for cell, width in zip(each.cells, widths, strict=True):
                cell.width = width
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        every = list(table.rows)
        together = every[:-1] if keep else [*every[1:2], *every[-2:-1]] if len(every) > 2 else []  # noqa: PLR2004
        for row in together:  # never one row alone at the head or the foot of a page
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
        gap = self._document.add_paragraph().paragraph_format  # two tables that touch would become one
        gap.space_after, gap.line_spacing = Pt(0), Pt(6)

    def _fill(self, cell: "_Cell", what: Cell) -> None:
        paragraph = cell.paragraphs[0]
        if isinstance(what, Picture):
            self._put(paragraph, what)
            return
        for at, line in enumerate(_as_lines(what)):
            paragraph = cell.add_paragraph() if at else paragraph
            if isinstance(line, ToFillIn):
                paragraph.style = FILLED
                _add_runs(paragraph, [(line.label, LIGHT)])
            else:
                paragraph.paragraph_format.space_after = Pt(0)
                _add_runs(paragraph, _as_runs(line))

    def contents(self, heading: str) -> None:
        """Leave room for a table of contents: it is filled when the document is whole."""
        _add_runs(self._document.add_paragraph(style="Heading 2"), [heading])
        self._contents = self._document.add_paragraph(style=CONTENTS)

    def save(self) -> bytes:
        """Return the document. What was written the same gives the same bytes."""
        if self._contents is not None:
            _fill_contents(self._contents, self._bookmarks)
        out = io.BytesIO()
        self._document.save(out)
        return undated(out.getvalue())


def _as_runs(what: Runs) -> Sequence[Run]:
    return [what] if isinstance(what, str) or _is_run(what) else list(what)  # type: ignore[list-item]


def _is_run(what: object) -> bool:
    return isinstance(what, tuple) and len(what) == 2 and what[1] in CHARACTER_STYLES  # noqa: PLR2004


def _as_lines(what: Any) -> Sequence[Line]:  # noqa: ANN401 — a cell's text in one of its three shapes
    """Return the lines of a cell: a list holds lines, anything else is one."""
    return what if isinstance(what, list) else [what]


def _add_runs(paragraph: "Paragraph", runs: Iterable[Run]) -> None:
    for run in runs:
        text, style = run if isinstance(run, tuple) else (run, None)
        for part, english in parts(text):
            added = paragraph.add_run(part)._r  # noqa: SLF001 — see below
            # By its id, which is its name: to look each one up would take half of the time a document takes.
            added.style = style
            if english:
                added.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}"/>'))


def _begin_field(paragraph: "Paragraph", code: str, style: str | None = None) -> None:
    """Begin a field: what is added until its end stands there until somebody has the field updated."""
    _add_mark(paragraph, "begin", style)
    run = paragraph.add_run(style=style)
    run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>'))  # noqa: SLF001
    _add_mark(paragraph, "separate", style)


def _add_mark(paragraph: "Paragraph", kind: str, style: str | None = None) -> None:
    mark = parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>')
    paragraph.add_run(style=style)._r.append(mark)  # noqa: SLF001


def _add_field(paragraph: "Paragraph", code: str, text: str) -> None:
    _begin_field(paragraph, code, LIGHT)
    paragraph.add_run(text, style=LIGHT)
    _add_mark(paragraph, "end", LIGHT)


def _add_bookmark(paragraph: "Paragraph", name: str, number: int) -> None:
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    paragraph._p.insert(1, start)  # noqa: SLF001 — after the paragraph's properties
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))  # noqa: SLF001


def _fill_contents(last: "Paragraph", entries: Sequence[tuple[str, str]]) -> None:
    """Make a table of contents that names ``entries`` and leads to them, a line each; ``last`` is its last line.

    Nobody knows the pages before the document is laid out, and a word processor asked to find out as it opens a file
    warns its reader. So it has none, and is whole as it stands; the field brings it up to date after changes.
    """
    lines = [last.insert_paragraph_before(style=last.style) for _entry in entries[1:]] + [last]
    _begin_field(lines[0], 'TOC \\o "1-1" \\n \\h \\z \\u')
    for line, (name, text) in zip(lines, entries, strict=True):
        line.paragraph_format.keep_with_next = line is not last or None
        link = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{name}" w:history="1"/>')
        line._p.append(link)  # noqa: SLF001
        link.append(line.add_run(text)._r)  # noqa: SLF001
    _add_mark(last, "end")


def undated(data: bytes) -> bytes:
    """Return the package without the moment it was written at."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
