"""Writes a Word document: real styles, tables whose headings repeat, fields, pictures that are read aloud.

What python-docx has no call for is written as the elements of ECMA-376 (WordprocessingML) that say it.
"""

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from lxml import etree

from readiness.language import _, spoken
from readiness.report.theme import Family, Theme

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

STRONG, LIGHT, SAID = "Strong", "Light", "Said"
"""Character styles: what stands out, what is quiet, and what a person wrote."""

BAND = "Report Band"
RESULT = "Report Result"
"""The paragraph styles of what a reader must see first: its text, and its title."""

_LISTED = "List Bullet"
_TABLE = "Report Table"
_PAGES = {"A4": (Mm(210), Mm(297)), "Letter": (Mm(215.9), Mm(279.4))}
_MARGIN = Mm(18)
_LONGEST = 255
"""Characters that a property of a document may have."""
_SIZES = {"Title": 2.5, "Subtitle": 1.15, "Heading 1": 1.75, "Heading 2": 1.25, "Heading 3": 1.1}
"""Sizes as multiples of the theme's text size."""

Run = str | tuple[str, str]
"""Text, or text and its character style."""

Runs = Run | Sequence[Run]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its alternative text; ``width`` in millimetres."""

    data: bytes
    alt: str
    width: float


Cell = Runs | Picture | Sequence["Runs"]


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
        for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
            del relations[name]  # a picture of an empty page of somebody else's
        self._page()
        self._styles()
        _embed_fonts(self._document.part, theme.families)

    @property
    def width(self) -> Emu:
        """How wide the text is."""
        section = self._document.sections[0]
        return Emu(section.page_width - section.left_margin - section.right_margin)

    def _page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = _PAGES[self._theme.page]
        section.left_margin = section.right_margin = section.top_margin = _MARGIN
        section.bottom_margin = Mm(20)

    def _styles(self) -> None:
        styles, theme = self._document.styles, self._theme
        normal = styles["Normal"]
        _set_font(normal, theme.font, theme.text_size + 0.4, theme.ink)
        normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{spoken()}"/>'))
        normal.paragraph_format.space_after = Pt(3)
        normal.paragraph_format.line_spacing = 1
        for name, times in _SIZES.items():
            colour = theme.ink if name in ("Title", "Heading 2", "Heading 3") else theme.accent
            _set_font(styles[name], theme.heading_font, theme.text_size * times, colour, bold=True)
            styles[name].font.italic = False
            styles[name].paragraph_format.space_before = Pt(0 if name in ("Title", "Subtitle") else theme.text_size)
            styles[name].paragraph_format.space_after = Pt(4)
            borders = styles[name].element.pPr.find(qn("w:pBdr"))
            if borders is not None:  # the default Title has a line under it
                styles[name].element.pPr.remove(borders)
        styles[_LISTED].paragraph_format.space_after = Pt(2)
        for name, colour, italic in ((LIGHT, theme.muted, False), (SAID, theme.ink, True)):
            style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
            style.font.color.rgb, style.font.italic = _rgb(colour), italic or None
        styles.element.append(_table_style(theme))
        styles.element.append(_band_style(theme))
        result = styles.add_style(RESULT, WD_STYLE_TYPE.PARAGRAPH)
        result.base_style = styles[BAND]
        _set_font(result, theme.heading_font, theme.text_size * 1.9, theme.ink, bold=True)

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

    def title(self, text: str) -> None:
        """Write the title."""
        self._document.add_paragraph(text, style="Title")

    def subtitle(self, text: str) -> None:
        """Write a line that goes with the title."""
        self._document.add_paragraph(text, style="Subtitle")

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """Write a heading, which stays with what comes after it. Those of level 1 stand in the contents."""
        paragraph = self._document.add_heading(text, level)
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
            _add_runs(self._document.add_paragraph(style=_LISTED), _as_runs(item))

    def picture(self, picture: Picture) -> None:
        """Write a picture on a line of its own, on the page of what comes next."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        self._put(paragraph, picture)

    def _put(self, paragraph: "Paragraph", picture: Picture) -> None:
        self._pictures += 1
        paragraph.paragraph_format.space_after = Pt(0)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.data), width=Mm(picture.width))
        properties = shape._inline.docPr  # noqa: SLF001 — python-docx has no other way to say what a picture shows
        properties.set("descr", picture.alt)
        properties.set("name", f"Picture {self._pictures}")

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Cell]], shares: Sequence[float]) -> None:
        """Write a table; ``shares`` of the width go to its columns. Its headings repeat, and no row is split."""
        table: Table = self._document.add_table(rows=1, cols=len(headings), style=_TABLE)
        table.autofit = False
        widths = [Emu(round(self.width * share / sum(shares))) for share in shares]
        head = table.rows[0]
        head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001
        for cell, heading in zip(head.cells, headings, strict=True):
            cell.paragraphs[0].add_run(heading)
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
        gap = self._document.add_paragraph().paragraph_format  # two tables that touch would become one
        gap.space_after, gap.line_spacing = Pt(0), Pt(6)

    def _fill(self, cell: "_Cell", what: Cell) -> None:
        paragraph = cell.paragraphs[0]
        if isinstance(what, Picture):
            self._put(paragraph, what)
            return
        for at, line in enumerate(_as_lines(what)):
            paragraph = cell.add_paragraph() if at else paragraph
            paragraph.paragraph_format.space_after = Pt(0)
            _add_runs(paragraph, _as_runs(line))

    def contents(self, heading: str) -> None:
        """Leave room for a table of contents: it is filled when the document is whole."""
        self._document.add_paragraph(heading, style="Heading 2")
        self._contents = self._document.add_paragraph()

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
    return isinstance(what, tuple) and len(what) == 2 and what[1] in (STRONG, LIGHT, SAID)  # noqa: PLR2004


def _as_lines(what: Any) -> Sequence[Runs]:  # noqa: ANN401 — a cell's text in one of its three shapes
    """Return the lines of a cell: a list holds lines, anything else is one."""
    return what if isinstance(what, list) else [what]


def _add_runs(paragraph: "Paragraph", runs: Iterable[Run]) -> None:
    for run in runs:
        text, style = run if isinstance(run, tuple) else (run, None)
        # By its id, which is its name: to look each one up would take half of the time a document takes.
        paragraph.add_run(text)._r.style = style  # noqa: SLF001 — see above


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())


def _set_font(style: "ParagraphStyle", family: Family, size: float, colour: str, *, bold: bool = False) -> None:
    style.font.size, style.font.color.rgb = Pt(round(size * 2) / 2), _rgb(colour)
    style.font.bold = bold or None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the default template names the fonts of its own theme, which would win
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), family.name)


_FACES = {"regular": "embedRegular", "bold": "embedBold", "italic": "embedItalic"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FONT_KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def _embed_fonts(document: Any, families: Iterable[Family]) -> None:  # noqa: ANN401 — python-docx's parts
    """Put the fonts into the document, so that it looks the same where they are not installed.

    Their first 32 bytes are mixed with a key, as ECMA-376 part 4 (font embedding) has it.
    """
    fonts = document.part_related_by(f"{_OFFICE}/fontTable")
    table = parse_xml(fonts.blob)
    for family in families:
        entry = parse_xml(f"<w:font {nsdecls('w', 'r')}/>")
        entry.set(qn("w:name"), family.name)
        for face, element in _FACES.items():
            path: Path | None = getattr(family, face)
            if path is not None:
                key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{family.name} {face}")).upper()
                name = PackURI(f"/word/fonts/{key}.odttf")
                part = Part(name, _FONT_KIND, _mixed(path.read_bytes(), key), document.package)
                relation = fonts.relate_to(part, f"{_OFFICE}/font")
                entry.append(parse_xml(f'<w:{element} {nsdecls("w", "r")} r:id="{relation}" w:fontKey="{{{key}}}"/>'))
        table.append(entry)
    fonts._blob = etree.tostring(table, encoding="UTF-8", standalone=True, xml_declaration=True)  # noqa: SLF001
    settings = document.settings.element
    zoom = settings.find(qn("w:zoom"))  # the schema (ECMA-376, CT_Settings) has it before what is added here
    settings.insert(
        0 if zoom is None else settings.index(zoom) + 1, parse_xml(f"<w:embedTrueTypeFonts {nsdecls('w')}/>")
    )


def _mixed(data: bytes, key: str) -> bytes:
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data, mask, strict=False)) + data[len(mask) :]


def _table_style(theme: Theme) -> Any:  # noqa: ANN401 — lxml has no types
    line, accent, size = theme.line[1:], theme.accent[1:], round(theme.text_size * 2)
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{_TABLE.replace(" ", "")}">'
        f'<w:name w:val="{_TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f'<w:rPr><w:sz w:val="{size}"/></w:rPr>'
        f'<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{line}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{line}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{accent}"/></w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{accent}"/></w:tcBorders></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )


def _band_style(theme: Theme) -> Any:  # noqa: ANN401 — lxml has no types
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{BAND.replace(" ", "")}">'
        f'<w:name w:val="{BAND}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:pBdr>'
        f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{theme.accent[1:]}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.tint[1:]}"/>'
        '<w:spacing w:before="0" w:after="0"/><w:ind w:left="200"/></w:pPr></w:style>'
    )


@contextmanager
def _field(paragraph: "Paragraph", code: str) -> Iterator[None]:
    """Put what is added within it into a field: what stands there until somebody has the field updated."""
    _add_mark(paragraph, "begin")
    run = paragraph.add_run()
    run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>'))  # noqa: SLF001
    _add_mark(paragraph, "separate")
    yield
    _add_mark(paragraph, "end")


def _add_mark(paragraph: "Paragraph", kind: str) -> None:
    mark = parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>')
    paragraph.add_run()._r.append(mark)  # noqa: SLF001


def _add_field(paragraph: "Paragraph", code: str, text: str) -> None:
    with _field(paragraph, code):
        paragraph.add_run(text, style=LIGHT)


def _add_bookmark(paragraph: "Paragraph", name: str, number: int) -> None:
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    paragraph._p.insert(1, start)  # noqa: SLF001 — after the paragraph's properties
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))  # noqa: SLF001


def _fill_contents(paragraph: "Paragraph", entries: Sequence[tuple[str, str]]) -> None:
    """Make ``paragraph`` a table of contents that names ``entries`` and leads to them.

    Nobody knows the pages before the document is laid out, and a word processor asked to find out as it opens a file
    warns its reader. So they come when the field is updated, as it is before printing.
    """
    with _field(paragraph, 'TOC \\o "1-1" \\h \\z \\u'):
        for at, (name, text) in enumerate(entries):
            link = parse_xml(f'<w:hyperlink {nsdecls("w")} w:anchor="{name}" w:history="1"/>')
            paragraph._p.append(link)  # noqa: SLF001
            link.append(paragraph.add_run(text)._r)  # noqa: SLF001
            if at + 1 < len(entries):
                paragraph.add_run(" · ", style=LIGHT)


def undated(data: bytes) -> bytes:
    """Return the package without the moment it was written at."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename), old.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
