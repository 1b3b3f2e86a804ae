"""Elements of a presentation (DrawingML and PresentationML, ECMA-376) as text: paragraphs, shapes, tables, pictures.

Lengths are in points. Colours are those of the theme, by the names that a presentation has for them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from readiness.document.docx_xml import xml_text
from readiness.document.mark_english import LANGUAGE, parts
from readiness.document.spans import SIGNS, STATUS_LOOKS, Line, Look, parts_of
from readiness.language import spoken

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
ACCENT, WARM, MUTED, LINE, TINT, WARM_TINT = (f"accent{number}" for number in range(1, 7))
"""Colours of a theme, as a presentation calls them."""
HEADING_FONT = "+mj-lt"
EMU = 12_700
"""Units of length of an office file in a point."""
LEADING = 1.2
"""Height of a line, as a multiple of its size."""
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Table style "No Style, No Grid"."""
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_COLOURS: Mapping[Look, str] = {
    Look.QUIET: MUTED,
    Look.KEY: ACCENT,
    Look.DOING: ACCENT,
    Look.DONE: ACCENT,
    Look.STUCK: WARM,
    Look.LATE: WARM,
    Look.DROPPED: MUTED,
}


class Area(NamedTuple):
    """Rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    def xml(self, tag: str = "a:xfrm") -> str:
        """Return the rectangle as an element."""
        left, top, width, height = (round(each * EMU) for each in self)
        return f'<{tag}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></{tag}>'


class SlideLine(NamedTuple):
    """Paragraph of a slide. ``scale`` multiplies the size of the slide's text; ``before`` is a gap in lines."""

    line: Line
    scale: float = 1
    bold: bool = False
    colour: str = ""
    heading: bool = False
    bullet: str = ""
    before: float = 0.25
    right: bool = False

    @property
    def text(self) -> str:
        """Its text with the signs of its tags, as it is shown."""
        return " ".join(_shown(part.text, part.look) for part in parts_of(self.line))

    @property
    def strong(self) -> bool:
        """Whether any of it is bold."""
        return self.bold or any(part.look is Look.STRONG or part.look in STATUS_LOOKS for part in parts_of(self.line))

    def xml(self, size: float) -> str:
        """Return the paragraph; ``size`` is that of the slide's text."""
        own = size * self.scale
        indent = f' marL="{round(own * EMU)}" indent="{-round(own * EMU)}"' if self.bullet else ""
        align = ' algn="r"' if self.right else ""
        listed = f'<a:buFont typeface="Arial"/><a:buChar char="{self.bullet}"/>' if self.bullet else "<a:buNone/>"
        pitch = f'<a:lnSpc><a:spcPts val="{round(100 * own * LEADING)}"/></a:lnSpc>'  # the same in every font
        gap = f'<a:spcBef><a:spcPts val="{round(100 * own * self.before)}"/></a:spcBef>'
        return f"<a:p><a:pPr{indent}{align}>{pitch}{gap}{listed}</a:pPr>{''.join(self._runs(own))}</a:p>"

    def _runs(self, size: float) -> Iterator[str]:
        for at, part in enumerate(parts_of(self.line)):
            bold = self.bold or part.look is Look.STRONG or part.look in STATUS_LOOKS
            colour = _COLOURS.get(part.look, self.colour) if part.look else self.colour
            text = " " * (at > 0) + _shown(part.text, part.look)
            for words, english in parts(text):
                language = LANGUAGE if english else spoken()
                looks = f' lang="{language}" sz="{round(size * 100)}"{_flag("b", on=bold)}'
                looks += _flag("i", on=part.look is Look.SAID)
                yield run(words, looks, colour, HEADING_FONT if self.heading else "")


def _shown(text: str, look: Look | None) -> str:
    return f"{SIGNS[look]}\N{NO-BREAK SPACE}{text}" if look and look in SIGNS else text


def _flag(name: str, *, on: bool) -> str:
    return f' {name}="1"' if on else ""


def run(text: str, looks: str, colour: str = "", font: str = "") -> str:
    """Return text of one look; ``looks`` are attributes."""
    inside = filled(colour) if colour else ""
    inside += f'<a:latin typeface="{font}"/>' if font else ""
    return f"<a:r><a:rPr{looks}>{inside}</a:rPr><a:t>{xml_text(text)}</a:t></a:r>"


def filled(colour: str) -> str:
    """Return the filling of a shape or of text."""
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def shape(number: int, name: str, area: Area, lines: Iterable[str], ground: str = "") -> str:
    """Return a box with paragraphs in it, without margins; an empty one is only a ground, which nobody reads aloud."""
    text = "".join(lines)
    extra = "" if text else _DECORATIVE
    body = f"<p:txBody>{_BODY}<a:lstStyle/>{text or '<a:p/>'}</p:txBody>"
    kind = ' txBox="1"' if text else ""
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{xml_text(name)}">{extra}</p:cNvPr>'
        f"<p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr><p:spPr>{area.xml()}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{filled(ground) if ground else "<a:noFill/>"}'
        f"<a:ln><a:noFill/></a:ln></p:spPr>{body}</p:sp>"
    )


_BODY = '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/></a:bodyPr>'


_KINDS = {"ftr": "Footer", "sldNum": "Slide number"}


def placeholder(number: int, kind: str, place: int, content: str) -> str:
    """Return a placeholder of the layout, filled with the content of its one paragraph."""
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{_KINDS[kind]} {number}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{place}"/></p:nvPr>'
        f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{content}</a:p></p:txBody></p:sp>"
    )


def picture(number: int, relation: str, area: Area, words: str) -> str:
    """Return a picture. ``words`` are its alternative text; without them, it repeats what stands beside it."""
    extra = "" if words else _DECORATIVE
    return (
        f'<p:pic {NAMESPACES}><p:nvPicPr><p:cNvPr id="{number}" name="Picture {number}" descr="{xml_text(words)}">'
        f'{extra}</p:cNvPr><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
        f'{area.xml()}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


class SlideTable(NamedTuple):
    """Table of a slide: its rows of cells as paragraphs, and the sizes of its columns and rows in points."""

    caption: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    heights: Sequence[float]
    heads: bool
    named: bool

    def xml(self, number: int, area: Area) -> str:
        """Return the table. Its first row is one of headings if it ``heads``, its first column if it is ``named``."""
        columns = "".join(f'<a:gridCol w="{round(width * EMU)}"/>' for width in self.widths)
        flags = _flag("firstRow", on=self.heads) + _flag("firstCol", on=self.named)
        rows = "".join(
            f'<a:tr h="{round(height * EMU)}">{"".join(self._cell(cell, head=self.heads and not at) for cell in row)}'
            "</a:tr>"
            for at, (row, height) in enumerate(zip(self.rows, self.heights, strict=True))
        )
        return (
            f'<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}" '
            f'descr="{xml_text(self.caption)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
            f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{area.xml('p:xfrm')}<a:graphic>"
            f'<a:graphicData uri="{_TABLE}"><a:tbl><a:tblPr{flags}><a:tableStyleId>{_PLAIN_TABLE}</a:tableStyleId>'
            f"</a:tblPr><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
        )

    @staticmethod
    def _cell(paragraphs: str, *, head: bool) -> str:
        pad, high = round(CELL_SIDE * EMU), round(CELL_EDGE * EMU)
        wide, colour = (1.25, ACCENT) if head else (0.5, LINE)
        below = f'<a:lnB w="{round(wide * EMU)}">{filled(colour)}</a:lnB>'
        return (
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs or _EMPTY}</a:txBody>"
            f'<a:tcPr marL="0" marR="{pad}" marT="{high}" marB="{high}">{below}<a:noFill/></a:tcPr></a:tc>'
        )


_EMPTY = '<a:p><a:endParaRPr sz="100"/></a:p>'
CELL_SIDE, CELL_EDGE = 8.0, 3.0
"""Points to the right of a cell's text, and above and below it."""
