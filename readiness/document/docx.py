"""Sets a document out as a Word document, to go on working with."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, assert_never

from readiness.document.blocks import (
    Block,
    Callout,
    Card,
    Cards,
    Contents,
    Document,
    Fold,
    Heading,
    Hint,
    Paragraph,
    Points,
    ResultCard,
    Section,
    SideBySide,
    Tone,
)
from readiness.document.chart import Chart
from readiness.document.docx_file import DocxFile
from readiness.document.docx_styles import (
    ALERT,
    BAND,
    BESIDE,
    CALLOUT,
    CARD,
    CONTENTS,
    GAP,
    LEAD,
    LISTED,
    MADE,
    NOTE,
    NUMBERED,
    PICTURE,
    RESULT,
    SUBTITLE,
    TITLE,
    box,
    indent,
)
from readiness.document.docx_table import table_xml
from readiness.document.docx_xml import BREAK, Setting, Styled, bookmark, field_begins, field_ends, runs
from readiness.document.office_file import Properties
from readiness.document.spans import Line, Span, Spans, parts_of, quiet, spans, strong, text_of
from readiness.document.tables import Table
from readiness.text import safe
from readiness.theme.theme import LONG_TITLE, Theme

_LARGER = 1.5
"""How much larger a chart is drawn that stands alone."""
_MM = 36_000
_LOGO = 50, 15
"""Millimetres that a logo may take."""
_TONES = {Tone.PLAIN: "", Tone.LEAD: LEAD, Tone.NOTE: NOTE, Tone.ALERT: ALERT, Tone.MADE: MADE}
_BELONGS = (Table, Points, Chart, SideBySide, Cards)
"""Blocks that the paragraphs before them lead to."""
_TEXT = (str, Span, Spans, Paragraph)


def document_docx(document: Document, theme: Theme) -> bytes:
    """Return a document as a Word document (DOCX). The same document is the same bytes."""
    return _DocxWriter(document, theme).written()


def _leading(blocks: Sequence[Block]) -> list[bool]:
    """Return, for each block, whether it leads to a table or the like, maybe by further paragraphs."""
    leads, found = False, []
    for block in reversed(blocks):
        found.append(leads)
        leads = isinstance(block, _BELONGS) or (leads and isinstance(block, _TEXT))
    return found[::-1]


class _Nesting(NamedTuple):
    """Place that blocks stand in: Word's level of a heading of level 2, and if in a callout."""

    level: int = 1
    callout: bool = False


class _DocxWriter:
    """Walks a document from top to bottom."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self._document = document
        self._theme = theme
        self._sections = [(f"_Toc{number:08d}", section) for number, section in enumerate(document.sections, 1)]
        self._file = DocxFile(theme, {section.name: place for place, section in self._sections})
        self._anchor = ""
        self._new_page = False

    def written(self) -> bytes:
        document, theme = self._document, self._theme
        self._head()
        self._write(document.blocks, _Nesting())
        return self._file.save(Properties.of(document, theme), document.running or document.title)

    def _put(self, setting: Setting, content: str) -> None:
        """Put in a paragraph; the first of a section is a place to turn to, maybe on a new page."""
        self._file.add(setting._replace(new_page=setting.new_page or self._new_page).paragraph(self._anchor + content))
        self._anchor, self._new_page = "", False

    def _gap(self) -> None:
        """Put a small gap; without one, two tables become one."""
        self._put(Setting(GAP), "")

    def _head(self) -> None:
        document, theme = self._document, self._theme
        if logo := theme.logo:
            wide, high = _LOGO
            width = min(wide, high * logo.width / logo.height) * _MM
            size = round(width), round(width * logo.height / logo.width)
            shown = self._file.picture(logo.data, logo.media_type.removeprefix("image/"), size, theme.name)
            self._put(Setting(PICTURE), shown)
            self._gap()
        if document.kicker:
            self._put(Setting(SUBTITLE), self._file.line(document.kicker, bold=True))
        title = text_of(document.title)
        smaller = f'<w:sz w:val="{round(theme.text_size * 1.6) * 2}"/>' if len(title) > LONG_TITLE else ""
        self._put(Setting(TITLE), self._file.line(title, bold=True, more=smaller))
        for line in (*document.lines, theme.whose):
            if parts_of(line):
                self._put(Setting(LEAD), self._file.line(line))

    def _write(self, blocks: Sequence[Block], place: _Nesting) -> None:
        for block, leads in zip(blocks, _leading(blocks), strict=True):
            self._block(block, place, leads=leads)

    def _block(self, block: Block, place: _Nesting, *, leads: bool) -> None:
        match block:
            case str() | Span() | Spans() | Paragraph():
                self._paragraph(block, place, leads=leads)
            case Heading(text, level, beside):
                self._heading(text, level + place.level - 2, place, beside)
            case Points():
                self._points(block, place)
            case Table():
                self._table(block)
            case Chart():
                self._put(Setting(PICTURE), self._file.chart(block, self._file.width, larger=_LARGER))
            case ResultCard() | Cards() | Contents():
                self._part(block, place)
            case Callout() | SideBySide() | Fold() | Section():
                self._group(block, place)
            case Hint():
                pass
            case _:
                assert_never(block)

    def _part(self, block: ResultCard | Cards | Contents, place: _Nesting) -> None:
        match block:
            case ResultCard():
                self._result(block, place)
            case Cards(cards):
                self._cards(cards)
            case Contents(title):
                self._contents(title, place)
            case _:
                assert_never(block)

    def _group(self, block: Callout | SideBySide | Fold | Section, place: _Nesting) -> None:
        match block:
            case Callout(title, inside):
                within = place._replace(callout=True)
                self._heading(title, 2, within)
                self._write(inside, within)
                self._gap()
            case SideBySide(first, second):
                self._write((*first, *second), place)
            case Fold(title, inside, printed):
                self._write((Heading(title), *inside) if printed else (), place)
            case Section():
                self._section(block)
            case _:
                assert_never(block)

    def _section(self, section: Section) -> None:
        self._new_page = section.new_page
        places = ((number, place) for number, (place, one) in enumerate(self._sections) if one is section)
        self._anchor = "".join(bookmark(place, number) for number, place in places)
        if section.shown:
            self._heading(section.title, 1, _Nesting())
        # A section that says its title itself has its headings one below that.
        self._write(section.blocks, _Nesting(1 if section.shown else 2))

    def _heading(self, text: str, level: int, place: _Nesting, beside: str = "") -> None:
        content = self._file.line(text, bold=True)
        if beside := safe(beside):
            content += runs([Styled(" "), Styled(beside, BESIDE, '<w:b w:val="0"/>')])
        self._put(Setting(f"Heading {min(max(level, 1), 3)}", more=self._boxed(place)), content)

    def _boxed(self, place: _Nesting, *, listed: bool = False) -> str:
        """Return what sets a paragraph of another style into the box of a callout."""
        if not place.callout:
            return ""
        space = '<w:spacing w:before="0" w:after="0"/>'
        return box(self._theme.warm_tint, self._theme.warm) + space + indent(listed=listed)

    def _paragraph(self, block: Line | Paragraph, place: _Nesting, *, leads: bool = False) -> None:
        line, tone = (block.line, block.tone) if isinstance(block, Paragraph) else (block, Tone.PLAIN)
        if parts_of(line):
            style = _TONES[tone] or (CALLOUT if place.callout else "")
            setting = Setting(
                style, keep=leads or tone is Tone.LEAD, more="" if style == CALLOUT else self._boxed(place)
            )
            self._put(setting, self._file.line(line, bold=tone is Tone.ALERT))

    def _table(self, table: Table) -> None:
        if not table.rows:
            return
        if self._anchor or self._new_page:
            self._gap()
        self._file.add(table_xml(self._file, table))
        self._gap()

    def _points(self, points: Points, place: _Nesting) -> None:
        style, numbering = (NUMBERED, self._file.numbering()) if points.numbered else (LISTED, 0)
        setting = Setting(style, numbering=numbering, more=self._boxed(place, listed=True))
        for item in points.items:
            self._put(setting, self._file.line(item))

    def _result(self, card: ResultCard, place: _Nesting) -> None:
        self._heading(card.title, 1, place)
        self._put(Setting(RESULT), self._file.line(card.label, bold=True))
        if card.meaning:
            self._put(Setting(BAND, keep=True), self._file.line(card.meaning))
        number = "" if card.number is None else f"{card.number} {card.unit}".strip()
        if number or card.range:
            line = spans(strong(f"{number}," if number and card.range else number), card.range)
            self._put(Setting(BAND, keep=True), self._file.line(line))
        if card.scale:
            self._put(Setting(PICTURE), self._file.chart(card.scale, self._file.width, larger=_LARGER))
        if card.marks:
            self._put(Setting(), self._file.line(card.marks_line))
        for note in card.notes:
            self._paragraph(strong(note), place)

    def _cards(self, cards: Iterable[Card]) -> None:
        for card in cards:
            content = self._file.line(strong(f"{card.lead}{card.title}"))
            lines = [part for line in card.lines for part in parts_of(line)]
            below = self._file.line(Spans([*(quiet(part.text) for part in lines), *card.tags]))
            self._put(Setting(CARD), content + (BREAK + below if below else ""))

    def _contents(self, title: str, place: _Nesting) -> None:
        """Put a table of contents: a line for each section, which leads to it.

        Nobody knows the pages before the layout, and a word processor warns its reader before it fills them in. So it
        has none, and is whole as it stands; the field brings it up to date after changes.
        """
        listed = [(name, section) for name, section in self._sections if section.listed]
        if not listed:
            return
        self._heading(title, 2, place)
        last = len(listed) - 1
        for at, (name, section) in enumerate(listed):
            text = self._file.line(section.title)
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{text}</w:hyperlink>'
            begins = field_begins('TOC \\o "1-1" \\n \\h \\z \\u') if at == 0 else ""
            ends = field_ends() if at == last else ""
            self._put(Setting(CONTENTS, keep=at < last), begins + link + ends)
