"""Package of a Word document: python-docx makes the fixed parts once for a theme, and each document adds its own."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import docx
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm
from lxml import etree

from readiness.document.chart import Chart
from readiness.document.docx_styles import (
    DOING,
    DONE,
    DROPPED,
    FONT_KIND,
    FOOTER,
    KEY,
    LIGHT,
    LINK,
    SAID,
    STRONG,
    STUCK,
    add_styles,
    font_parts,
)
from readiness.document.docx_xml import (
    BREAK,
    DECLARATION,
    NAMESPACES,
    RELATIONS,
    TAB,
    Setting,
    Styled,
    field,
    holdable,
    picture,
    runs,
    xml_text,
)
from readiness.document.office_file import Properties, chart_png, put, saved
from readiness.document.spans import SIGNS, STATUS_LOOKS, Line, Look, parts_of
from readiness.language import _, spoken
from readiness.theme.theme import Theme

_PAGES = {"A4": (Mm(210), Mm(297)), "Letter": (Mm(215.9), Mm(279.4))}
_MARGIN, _FOOT = Mm(18), Mm(24)
_LEFT_OUT = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")
"""Parts of python-docx's own document: a picture of its empty page, that it has no words, and its styles again."""
_STYLES: Mapping[Look, str] = {
    Look.STRONG: STRONG,
    Look.QUIET: LIGHT,
    Look.SAID: SAID,
    Look.KEY: KEY,
    Look.DOING: DOING,
    Look.STUCK: STUCK,
    Look.DONE: DONE,
    Look.LATE: STUCK,
    Look.DROPPED: DROPPED,
}
_NBSP = "\N{NO-BREAK SPACE}"
_EMU = 9525
"""Word's units of length in a pixel of a chart, of which 96 are an inch."""
_OUTSIDE = ("http", "https", "mailto", "tel", "")
"""Kinds of address that a link may lead to; "" is a file beside the document."""
_IN_ADDRESSES = "%/:?#@!$&'()*+,;=~"
_DOCUMENT, _FOOT_PART, _NUMBERS = "word/document.xml", "word/footer1.xml", "word/numbering.xml"
_LINKS, _PROPERTIES = "word/_rels/document.xml.rels", "docProps/core.xml"


class _Base(NamedTuple):
    """Beginning of every document in a theme: its fixed parts as an archive, its relations, and its page."""

    archive: bytes
    relations: str
    page: str


@lru_cache(maxsize=8)
def _base(theme: Theme, _language: str) -> _Base:
    """Return the fixed parts; the language that is spoken stands in the styles."""
    document: Any = docx.Document()
    package, part = document.part.package, document.part
    for owner in (package, part):
        for name in [name for name, one in owner.rels.items() if one.reltype.endswith(_LEFT_OUT)]:
            del owner.rels[name]
    section = document.sections[0]
    section.page_width, section.page_height = _PAGES[theme.page]
    section.left_margin = section.right_margin = section.top_margin = _MARGIN
    section.bottom_margin = _FOOT
    section.footer.is_linked_to_previous = False
    _set_up(document.settings.element)
    add_styles(document, theme, _width(theme))
    fonts = font_parts(theme.families)
    archive = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(archive, "w") as new:
        for name in old.namelist():
            if name not in (_DOCUMENT, _FOOT_PART, _NUMBERS, _LINKS, _PROPERTIES, *fonts):
                data = old.read(name)
                put(new, name, _with_media(data) if name == "[Content_Types].xml" else data)
        for name, data in fonts.items():
            put(new, name, data)
        relations = old.read(_LINKS).decode()
    page = etree.tostring(document.element.body.sectPr, encoding="unicode")
    return _Base(archive.getvalue(), relations.removesuffix("</Relationships>"), page)


def _set_up(settings: etree._Element) -> None:
    """Say that fonts are embedded, and that it is a document of today's Word, not one that needs compatibility."""
    zoom = settings.find(qn("w:zoom"))  # the schema (CT_Settings) has it before the fonts
    settings.insert(settings.index(zoom) + 1, parse_xml(f"<w:embedTrueTypeFonts {nsdecls('w')}/>"))
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _with_media(types: bytes) -> bytes:
    """Return the list of the kinds of parts with those of pictures and fonts."""
    kinds = "".join(f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in ("png", "jpeg"))
    return types.replace(b"<Default ", (kinds + FONT_KIND).encode() + b"<Default ", 1)


def _width(theme: Theme) -> int:
    return int(Emu(_PAGES[theme.page][0] - 2 * _MARGIN).twips)


class DocxFile:
    """Word document in the looks of a theme, written from top to bottom. ``places`` are where its own links lead."""

    def __init__(self, theme: Theme, places: Mapping[str, str]) -> None:
        self.theme = theme
        self.width = _width(theme)
        self._places = places
        self._base = _base(theme, spoken())
        self._body: list[str] = []
        self._pictures = 0
        self._media: dict[bytes, tuple[str, str]] = {}
        self._links: dict[str, str] = {}
        self._lists = 1

    def add(self, xml: str) -> None:
        """Add a paragraph or a table."""
        self._body.append(xml)

    def line(self, line: Line, *, bold: bool = False, more: str = "") -> str:
        """Return the content of a paragraph; ``bold`` if its style is bold: a bold one in it would undo that."""
        found: list[str] = []
        pieces: list[Styled] = []
        for at, span in enumerate(parts_of(line)):
            if at:
                pieces.append(Styled(" ", more=more))
            style = _STYLES[span.look] if span.look else ""
            text = _NBSP.join(("", SIGNS[span.look], span.text, "")) if span.look in STATUS_LOOKS else span.text
            if span.link and (leads := self._link(span.link)):
                found += (
                    runs(pieces),
                    f"<w:hyperlink {leads}>{runs([Styled(text, style or LINK, more)])}</w:hyperlink>",
                )
                pieces = []
            else:
                pieces.append(Styled(text, "" if bold and style == STRONG else style, more))
        return "".join((*found, runs(pieces)))

    def _link(self, address: str) -> str:
        """Return where a link leads to, as attributes; nothing if it may not lead there."""
        if address.startswith("#"):
            place = self._places.get(address[1:])
            return f'w:anchor="{place}"' if place else ""
        try:
            scheme = urlsplit(address).scheme
        except ValueError:
            return ""
        if scheme not in _OUTSIDE:
            return ""
        return f'r:id="{self._links.setdefault(address, f"rIdLink{len(self._links) + 1}")}"'

    def chart(self, chart: Chart, width: int, *, larger: float = 1) -> str:
        """Return a chart as a picture in a line, ``larger`` than drawn, and at most ``width`` twips wide."""
        wide, high = chart.size
        scale = min(larger * _EMU, width * 635 / wide)
        data = chart_png(chart.svg(self.theme), wide)
        return self.picture(data, "png", (round(wide * scale), round(high * scale)), chart.words)

    def picture(self, data: bytes, kind: str, size: tuple[int, int], words: str) -> str:
        """Return a picture in a line; ``kind`` is the ending of its file, ``size`` is in EMU."""
        self._pictures += 1
        at = len(self._media) + 1
        relation, _name = self._media.setdefault(data, (f"rIdPicture{at}", f"media/image{at}.{kind}"))
        return picture(relation, size, words, self._pictures)

    def numbering(self) -> int:
        """Return the number of a new numbered list."""
        self._lists += 1
        return self._lists

    def save(self, properties: Properties, running: str) -> bytes:
        """Return the document; the same is the same bytes. ``running`` stands at the foot of each page."""
        out = io.BytesIO(self._base.archive)
        with zipfile.ZipFile(out, "a") as archive:
            body = "".join((*self._body, self._base.page))
            put(archive, _DOCUMENT, f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
            put(archive, _LINKS, "".join(self._relations()))
            put(archive, _FOOT_PART, f"{DECLARATION}<w:ftr {NAMESPACES}>{self._foot(running)}</w:ftr>")
            put(archive, _NUMBERS, "".join(self._numbers()))
            put(archive, _PROPERTIES, _told(properties))
            for data, (_relation, name) in self._media.items():
                put(archive, f"word/{name}", data, zipfile.ZIP_STORED)
        return out.getvalue()

    def _relations(self) -> Iterator[str]:
        yield self._base.relations
        for relation, name in self._media.values():
            yield f'<Relationship Id="{relation}" Type="{RELATIONS}/image" Target="{name}"/>'
        for address, relation in self._links.items():
            # Word opens no document with an address that is none.
            target = f'Target="{xml_text(quote(holdable(address), safe=_IN_ADDRESSES))}" TargetMode="External"'
            yield f'<Relationship Id="{relation}" Type="{RELATIONS}/hyperlink" {target}/>'
        yield "</Relationships>"

    def _foot(self, running: str) -> str:
        """Return the foot of every page: up to two lines on the left, "Page 1 of 9" on the right."""
        page = runs([Styled(_("Page") + " ")]) + field("PAGE", "1")
        of = runs([Styled(" " + _("of") + " ")]) + field("NUMPAGES", "1")
        second = BREAK + self.line(self.theme.footer) if self.theme.footer else ""
        return Setting(FOOTER).paragraph(f"{self.line(running)}{TAB}{page}{of}{second}")

    def _numbers(self) -> Iterator[str]:
        """Yield the lists: one of bullets, and each numbered one, which begins at 1."""
        yield f"{DECLARATION}<w:numbering {NAMESPACES}>"
        for number, (kind, text) in enumerate((("bullet", "•"), ("decimal", "%1."))):
            yield (
                f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                '<w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
            )
        yield '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        for number in range(2, self._lists + 1):
            begins = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            yield f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{begins}</w:num>'
        yield "</w:numbering>"


def _told(properties: Properties) -> bytes:
    kind: Any = CorePropertiesPart  # of no package: it is put into an archive of ours
    part = kind.default(None)
    properties.set_in(part.core_properties)
    return bytes(part.blob)
