"""Package of a presentation in the looks of a theme: python-pptx makes its parts, and each slide adds its shapes."""

import io
from collections.abc import Iterable
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from readiness.document.chart import Chart
from readiness.document.docx_xml import holdable
from readiness.document.office_file import Properties, chart_png, saved, undated
from readiness.document.pptx_xml import (
    ACCENT,
    EMU,
    HEADING_FONT,
    MUTED,
    NAMESPACES,
    Area,
    SlideTable,
    filled,
    picture,
    placeholder,
    run,
    shape,
)
from readiness.document.type_measure import OTHER_FONT, lines_needed
from readiness.language import spoken
from readiness.theme.theme import SHIPPED_FONTS, Theme

WIDE, HIGH = 960.0, 540.0
"""Points of a slide, 16 to 9."""
SIDE, _BESIDE = 44.0, 20.0
_TITLE = Area(SIDE, 30, WIDE - 2 * SIDE, 54)
_KICKER = Area(SIDE, 14, WIDE - 2 * SIDE, 18)
_FOOT = Area(SIDE, 510, 760, 20)
_NUMBER = Area(WIDE - SIDE - 80, 510, 80, 20)
_EDGE = Area(0, 0, 12, HIGH)
_LOGO = 150, 46
_LARGEST, _SMALLEST, _SMALL = 30, 14, 11
"""Points of a title, of the longest one, and of the foot."""
_FromPptx = Any
"""Slide or shape, whose types python-pptx leaves open for the most part."""
_LAYOUT = "Title Only"
_LEFT_OUT = ("/thumbnail", "/extended-properties", "/printerSettings")
"""Parts of python-pptx's own presentation: a picture of its empty slide, its counts and somebody's printer."""
_EVERYWHERE = "Arial"
"""Font in place of the shipped ones, which slides can't hold: at most a tenth wider, and on every machine."""


class SlideFile:
    """Slide that shapes are put on, from top to bottom, which is the order that they are read aloud in."""

    def __init__(self, slide: _FromPptx, theme: Theme, number: int) -> None:
        self._slide, self._theme = slide, theme
        self._place = number
        self._number = 1

    def _next(self) -> int:
        self._number += 1
        return self._number

    def add(self, made: str) -> None:
        """Add a shape, as an element."""
        self._slide.shapes.element.append(parse_xml(made))

    def box(self, name: str, area: Area, lines: Iterable[str], ground: str = "") -> None:
        """Add a box with paragraphs."""
        self.add(shape(self._next(), name, area, lines, ground))

    def table(self, made: SlideTable, area: Area) -> None:
        """Add a table."""
        self.add(made.xml(self._next(), area))

    def chart(self, chart: Chart, area: Area, words: str) -> None:
        """Add a chart as a picture, in the middle of the area's height, as wide as the area at most."""
        wide, high = chart.size
        scale = min(area.width / wide, area.height / high)
        fit = Area(area.left, area.top + (area.height - high * scale) / 2, wide * scale, high * scale)
        data = io.BytesIO(chart_png(chart.svg(self._theme), wide))
        _image, relation = self._slide.part.get_or_add_image_part(data)
        self.add(picture(self._next(), relation, fit, words))

    def begin(self, title: str, kicker: str) -> None:
        """Put the title in its place; ``kicker`` stands above it."""
        self._slide.shapes.title.text_frame.text = holdable(title)
        self._number = max(one.shape_id for one in self._slide.shapes)
        paragraph = self._slide.shapes.title.text_frame.paragraphs[0]
        paragraph.font.size = Pt(_title_size(title, self._theme))
        if kicker:
            looks = f' lang="{spoken()}" sz="1400" b="1"'
            self.box("Kicker", _KICKER, [f"<a:p>{run(kicker, looks, ACCENT)}</a:p>"])

    def end(self, running: str, speech: str) -> None:
        """Put in the foot and the number of the slide, and the words to say with it."""
        foot = run(running, f' lang="{spoken()}" sz="{_SMALL * 100}"', MUTED, "+mn-lt")
        self.add(placeholder(self._next(), "ftr", 11, f'<a:pPr algn="l"/>{foot}'))
        field = f'<a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum"><a:rPr lang="{spoken()}"/>'
        self.add(placeholder(self._next(), "sldNum", 12, f"{field}<a:t>{self._place}</a:t></a:fld>"))
        if speech:
            self._slide.notes_slide.notes_text_frame.text = holdable(speech)


class Deck:
    """Presentation in the looks of a theme, one slide after the other."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._file: Any = Presentation()
        self._file.slide_width, self._file.slide_height = Pt(WIDE), Pt(HIGH)
        [self._layout] = [one for one in self._file.slide_layouts if one.name == _LAYOUT]
        for other in [one for one in self._file.slide_layouts if one is not self._layout]:
            self._file.slide_layouts.remove(other)
        for owner in (self._file.part.package, self._file.part):
            rels = owner._rels  # noqa: SLF001 — there is no other way to those of a package
            for name in [name for name, one in rels.items() if one.reltype.endswith(_LEFT_OUT)]:
                rels.pop(name)
        self._dress()

    def slide(self) -> SlideFile:
        """Return a new slide, with nothing on it but its layout."""
        return SlideFile(self._file.slides.add_slide(self._layout), self._theme, len(self._file.slides))

    def _dress(self) -> None:
        """Give the master and its layout the colours, the fonts and the logo of the theme."""
        master, theme = self._file.slide_master, self._theme
        part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        part.blob = _theme_xml(part.blob, theme)
        title = _TITLE
        if logo := theme.logo:
            wide, high = _LOGO
            scale = min(wide / logo.width, high / logo.height)
            area = Area(WIDE - SIDE - logo.width * scale, _TITLE.top, logo.width * scale, logo.height * scale)
            _image, relation = self._layout.part.get_or_add_image_part(io.BytesIO(logo.data))
            self._layout.shapes.element.append(parse_xml(picture(99, relation, area, theme.name)))
            title = title._replace(width=title.width - area.width - _BESIDE)
        places = {"title": title, "ftr": _FOOT, "sldNum": _NUMBER}
        for one in [*master.placeholders, *self._layout.placeholders]:
            kind = one.element.ph.get("type")
            if kind in places:
                _put_at(one, places[kind])
            elif kind == "dt":
                one.element.getparent().remove(one.element)
            else:
                _put_at(one, Area(SIDE, 96, WIDE - 2 * SIDE, 400))
        master.shapes.element.insert(2, parse_xml(shape(98, "Edge", _EDGE, (), ACCENT)))
        styles = master.element.find(qn("p:txStyles"))
        styles.replace(styles.find(qn("p:titleStyle")), parse_xml(_TITLE_STYLE))

    def save(self, properties: Properties) -> bytes:
        """Return the presentation; the same is the same bytes."""
        properties.set_in(self._file.core_properties)
        self._file.core_properties.revision = 1
        return undated(saved(self._file))


_TITLE_STYLE = (
    f'<p:titleStyle {NAMESPACES}><a:lvl1pPr algn="l"><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
    f'<a:defRPr sz="{_LARGEST * 100}" b="1" kern="1200">{filled("tx1")}<a:latin typeface="{HEADING_FONT}"/>'
    "</a:defRPr></a:lvl1pPr></p:titleStyle>"
)


def _title_size(title: str, theme: Theme) -> int:
    """Return the largest size at which the title fits into its place, beside a logo too."""
    width = _TITLE.width - (_LOGO[0] + _BESIDE if theme.logo else 0)
    for size in range(_LARGEST, _SMALLEST, -1):
        lines = lines_needed(title, theme.heading_font, theme, width / OTHER_FONT / size, bold=True)
        if lines * size * 1.15 <= _TITLE.height:
            return size
    return _SMALLEST


def _put_at(one: _FromPptx, area: Area) -> None:
    one.left, one.top, one.width, one.height = (round(each * EMU) for each in area)
    body = one.element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
    for side in ("lIns", "rIns", "tIns", "bIns"):
        body.set(side, "0")
    kind = one.element.ph.get("type")
    if kind in ("ftr", "sldNum"):
        align = "l" if kind == "ftr" else "r"
        style = one.element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}")
        new = (
            f'<a:lstStyle {NAMESPACES}><a:lvl1pPr algn="{align}"><a:defRPr sz="{_SMALL * 100}">{filled(MUTED)}'
            "</a:defRPr></a:lvl1pPr></a:lstStyle>"
        )
        style.getparent().replace(style, parse_xml(new))


def _theme_xml(made: bytes, theme: Theme) -> bytes:
    """Return the theme part with the theme's colours and fonts."""
    root = etree.fromstring(made)
    colours = (
        ("dk1", theme.ink),
        ("lt1", theme.paper),
        ("dk2", theme.accent),
        ("lt2", theme.tint),
        ("accent1", theme.accent),
        ("accent2", theme.warm),
        ("accent3", theme.muted),
        ("accent4", theme.line),
        ("accent5", theme.tint),
        ("accent6", theme.warm_tint),
        ("hlink", theme.accent),
        ("folHlink", theme.muted),
    )
    scheme = root.find(f".//{qn('a:clrScheme')}")
    for child in list(scheme):
        scheme.remove(child)
    for name, colour in colours:
        kind = etree.SubElement(scheme, qn(f"a:{name}"))
        etree.SubElement(kind, qn("a:srgbClr")).set("val", colour.removeprefix("#"))
    for name, family in (("majorFont", theme.heading_font), ("minorFont", theme.font)):
        face = _EVERYWHERE if family.name in SHIPPED_FONTS else holdable(family.name)
        root.find(f".//{qn(f'a:{name}')}/{qn('a:latin')}").set("typeface", face)
    for one in (root, scheme, root.find(f".//{qn('a:fontScheme')}")):
        one.set("name", holdable(theme.name) or "readiness")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
