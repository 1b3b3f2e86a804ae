"""How a Word document looks: its styles in a theme's colours and fonts, and the fonts themselves.

What python-docx has no call for is written as the elements of ECMA-376 (WordprocessingML) that say it.
"""

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from lxml import etree

from readiness.language import spoken
from readiness.theme.theme import Family, Theme

if TYPE_CHECKING:
    from docx.styles.style import CharacterStyle, ParagraphStyle

STRONG, LIGHT, SAID = "Strong", "Light", "Said"
"""Character styles: what stands out, what is quiet, and what a person wrote."""

DOING, STUCK, DONE = "Doing", "Stuck", "Done"
"""Character styles: how far an action is."""

CHARACTER_STYLES = (STRONG, LIGHT, SAID, DOING, STUCK, DONE)

BAND = "Report Band"
RESULT = "Report Result"
"""The paragraph styles of what a reader must see first: its text, and its title."""

FILLED = "To Fill In"
"""The paragraph style of a word with a line under it, to write on."""

LISTED = "List Bullet"
CONTENTS = "toc 1"
TABLE = "Report Table"

_SIZES = {"Title": 2.5, "Subtitle": 1.15, "Heading 1": 1.75, "Heading 2": 1.25, "Heading 3": 1.1}
"""Sizes as multiples of the theme's text size."""


def add_styles(document: Any, theme: Theme) -> None:  # noqa: ANN401 — python-docx's document
    """Give the document's styles the looks of the theme, and add those of a report."""
    styles = document.styles
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
    styles[LISTED].paragraph_format.space_after = Pt(2)
    for name, colour, italic in ((LIGHT, theme.muted, False), (SAID, theme.ink, True)):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb, style.font.italic = _rgb(colour), italic or None
    for name, colour, ground, line in (
        (DOING, theme.accent, theme.paper, 4),
        (STUCK, theme.warm, theme.warm_tint, 12),
        (DONE, theme.paper, theme.accent, 4),
    ):
        _set_box(styles.add_style(name, WD_STYLE_TYPE.CHARACTER), colour, ground, line)
    contents = styles.add_style(CONTENTS, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    contents.base_style, contents.paragraph_format.space_after = normal, Pt(1)
    filled = styles.add_style(FILLED, WD_STYLE_TYPE.PARAGRAPH)
    filled.base_style = normal
    filled.paragraph_format.space_before, filled.paragraph_format.space_after = Pt(3), Pt(0)
    side = f'w:val="single" w:sz="4" w:space="1" w:color="{theme.line[1:]}"'
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}><w:bottom {side}/><w:between {side}/></w:pBdr>")
    filled.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    styles.element.append(_table_style(theme))
    styles.element.append(_band_style(theme))
    result = styles.add_style(RESULT, WD_STYLE_TYPE.PARAGRAPH)
    result.base_style = styles[BAND]
    _set_font(result, theme.heading_font, theme.text_size * 1.9, theme.ink, bold=True)


def _set_box(style: "CharacterStyle", colour: str, ground: str, line: int) -> None:
    """Put the style's text into a box on ``ground``; ``line`` is how thick its sides are, in eighths of a point."""
    style.font.color.rgb, style.font.bold = _rgb(colour), True
    properties = style.element.get_or_add_rPr()
    properties.append(
        parse_xml(f'<w:bdr {nsdecls("w")} w:val="single" w:sz="{line}" w:space="0" w:color="{colour[1:]}"/>')
    )
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground[1:]}"/>'))


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())


def _set_font(style: "ParagraphStyle", family: Family, size: float, colour: str, *, bold: bool = False) -> None:
    style.font.size, style.font.color.rgb = Pt(round(size * 2) / 2), _rgb(colour)
    style.font.bold = bold or None
    properties = style.element.get_or_add_rPr()
    if not properties.findall(f"{{{_WORD_2010}}}numForm"):  # digits as high as capitals, where a font has others too
        properties.append(parse_xml(f'<w14:numForm xmlns:w14="{_WORD_2010}" w14:val="lining"/>'))
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # the default template names the fonts of its own theme, which would win
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), family.name)


_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_FACES = {"regular": "embedRegular", "bold": "embedBold", "italic": "embedItalic"}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FONT_KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


def embed_fonts(document: Any, families: Iterable[Family]) -> None:  # noqa: ANN401 — python-docx's parts
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
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE.replace(" ", "")}">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
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
        f'<w:top w:val="single" w:sz="4" w:space="5" w:color="{theme.tint[1:]}"/>'
        f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{theme.accent[1:]}"/>'
        f'<w:bottom w:val="single" w:sz="4" w:space="5" w:color="{theme.tint[1:]}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.tint[1:]}"/>'
        '<w:spacing w:before="0" w:after="0"/><w:ind w:left="200"/></w:pPr></w:style>'
    )
