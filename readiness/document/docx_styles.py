"""Styles of a Word document in a theme's colours and fonts, and the fonts themselves.

Elements of ECMA-376 (WordprocessingML) are written out if python-docx has no call for them.
"""

import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from readiness.document.docx_xml import DECLARATION, NAMESPACES, PACKAGE_RELATIONS, RELATIONS, style_id, xml_text
from readiness.language import spoken
from readiness.theme.theme import Family, Theme

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle
    from lxml.etree import _Element as Element

_FromDocx = Any
"""Document, of which python-docx leaves most types open."""

STRONG, LIGHT, SAID, KEY, BESIDE, LINK = "Strong", "Light", "Said", "Key", "Beside", "Hyperlink"
"""Character styles: emphasis, quiet text, a person's words, a small tag, the small end of a heading, and links."""
DOING, STUCK, DONE, DROPPED = "Doing", "Stuck", "Done", "Dropped"
"""Character styles: how far an action is."""

TITLE, SUBTITLE, CONTENTS, FOOTER = "Title", "Subtitle", "toc 1", "Footer"
LISTED, NUMBERED = "List Bullet", "List Number"
BAND, RESULT = "Report Band", "Report Result"
"""Paragraph styles of the result: its text, and its title."""
LEAD, NOTE, MADE, ALERT = "Report Lead", "Report Note", "Report Made", "Report Alert"
CALLOUT, CARD, PICTURE = "Report Callout", "Report Card", "Report Picture"
CELL, HEAD, FILLED, GAP = "Report Cell", "Report Head", "To Fill In", "Report Gap"
"""Paragraph styles of tables: text, headings, a word with a line under it to write on, and the gap below a table."""
TABLE = "Report Table"

MARGIN = 120
"""Twips between a table's columns."""
_INDENT = 200
_FOOT = 0.83
_LISTED = 284
_SIZES = {TITLE: 2.5, SUBTITLE: 1.15, "Heading 1": 1.75, "Heading 2": 1.25, "Heading 3": 1.1}
"""Sizes as multiples of the theme's text size."""
_KEPT = {"Normal", "Normal Table", "Default Paragraph Font", "No List", LISTED, NUMBERED, FOOTER, STRONG, *_SIZES}
"""Styles of python-docx's own document that stay; their names ignore case."""


def add_styles(document: _FromDocx, theme: Theme, width: int) -> None:
    """Give the document's styles the looks of the theme, and add those of a report; ``width`` of the text in twips."""
    styles = document.styles
    _drop_others(styles.element)
    normal = styles["Normal"]
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{spoken()}"/>'))
    _set_font(normal, theme.font, _text_size(theme), theme.ink)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1
    for name, times in _SIZES.items():
        colour = theme.ink if name in (TITLE, "Heading 2", "Heading 3") else theme.accent
        _set_font(styles[name], theme.heading_font, theme.text_size * times, colour, bold=True)
        styles[name].font.italic = False
        styles[name].paragraph_format.space_before = Pt(0 if name in (TITLE, SUBTITLE) else theme.text_size)
        styles[name].paragraph_format.space_after = Pt(4)
        borders = styles[name].element.pPr.find(qn("w:pBdr"))
        if borders is not None:  # the default Title has a line under it
            styles[name].element.pPr.remove(borders)
    styles[STRONG].font.color.rgb = _rgb(theme.ink)
    for name, numbering in ((LISTED, 1), (NUMBERED, 2)):
        styles[name].element.pPr.numPr.numId.val = numbering
        styles[name].paragraph_format.space_after = Pt(2)
    foot = styles[FOOTER].element.pPr
    foot.remove(foot.find(qn("w:tabs")))
    foot.insert(0, parse_xml(f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:pos="{width}"/></w:tabs>'))
    styles[FOOTER].font.color.rgb, styles[FOOTER].font.size = _rgb(theme.muted), Pt(round(theme.text_size * _FOOT))
    for xml in (*_paragraph_styles(theme), *_character_styles(theme), _table_style(theme)):
        styles.element.append(parse_xml(xml))


def _text_size(theme: Theme) -> float:
    return theme.text_size + 0.4


def _drop_others(styles: "Element") -> None:
    """Drop styles that nothing uses, and what leads to them: most are of tables, and they are 300 kB."""
    kept = {name.lower() for name in _KEPT}
    for style in styles.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")).lower() not in kept:
            styles.remove(style)
        elif (link := style.find(qn("w:link"))) is not None:
            style.remove(link)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())


def _half_points(size: float) -> int:
    return round(size * 2)


def _set_font(style: "ParagraphStyle", family: Family, size: float, colour: str, *, bold: bool = False) -> None:
    style.font.size, style.font.color.rgb = Pt(_half_points(size) / 2), _rgb(colour)
    style.font.bold = bold or None
    properties = style.element.get_or_add_rPr()
    properties.append(parse_xml(f'<w14:numForm xmlns:w14="{_WORD_2010}" w14:val="lining"/>'))  # not old-style digits
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # the default template names the fonts of its own theme, which would win
    for script in _SCRIPTS:
        fonts.set(qn(f"w:{script}"), family.name)


def _fonts(family: Family) -> str:
    return "<w:rFonts" + "".join(f' w:{script}="{xml_text(family.name)}"' for script in _SCRIPTS) + "/>"


def _style(kind: str, name: str, based_on: str, inside: str) -> str:
    base = f'<w:basedOn w:val="{style_id(based_on)}"/>' if based_on else ""
    return (
        f'<w:style {nsdecls("w")} w:type="{kind}" w:customStyle="1" w:styleId="{style_id(name)}">'
        f'<w:name w:val="{name}"/>{base}<w:qFormat/>{inside}</w:style>'
    )


def _paragraph_style(name: str, of_paragraph: str, of_text: str = "", based_on: str = "Normal") -> str:
    return _style("paragraph", name, based_on, f"<w:pPr>{of_paragraph}</w:pPr><w:rPr>{of_text}</w:rPr>")


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour[1:]}"/>'


def _size(size: float) -> str:
    return f'<w:sz w:val="{_half_points(size)}"/>'


def _space(before: float = 0, after: float = 0) -> str:
    """Return the free space around a paragraph, given in points."""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'


def box(ground: str, line: str) -> str:
    """Return the ground of a paragraph, with a thick line at its left."""
    return (
        f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="{ground[1:]}"/>'
        f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{line[1:]}"/>'
        f'<w:bottom w:val="single" w:sz="4" w:space="3" w:color="{ground[1:]}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground[1:]}"/>'
    )


def indent(*, listed: bool = False) -> str:
    """Return the indent of a paragraph in a box; a list's has its mark at the box's edge."""
    return f'<w:ind w:left="{_INDENT + _LISTED}" w:hanging="{_LISTED}"/>' if listed else f'<w:ind w:left="{_INDENT}"/>'


def _paragraph_styles(theme: Theme) -> Iterable[str]:
    yield _paragraph_style(BAND, box(theme.tint, theme.accent) + _space() + indent())
    title = f"{_fonts(theme.heading_font)}<w:b/>{_size(theme.text_size * 1.9)}"
    yield _paragraph_style(RESULT, "<w:keepNext/>", title, based_on=BAND)
    yield _paragraph_style(CALLOUT, box(theme.warm_tint, theme.warm) + _space() + indent())
    yield _paragraph_style(LEAD, "", _colour(theme.muted))
    yield _paragraph_style(NOTE, "", _colour(theme.muted))
    yield _paragraph_style(MADE, "", _colour(theme.muted) + _size(theme.text_size * _FOOT))
    yield _paragraph_style(ALERT, "", f"<w:b/>{_colour(theme.warm)}")
    yield _paragraph_style(CARD, f"<w:keepNext/><w:keepLines/>{_space(after=4)}")
    yield _paragraph_style(PICTURE, f"<w:keepNext/>{_space(before=6)}")
    yield _paragraph_style(CELL, _space(), _size(theme.text_size))
    yield _paragraph_style(HEAD, "<w:keepNext/>", f"<w:b/>{_colour(theme.accent)}", based_on=CELL)
    yield _paragraph_style(GAP, '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>')
    side = f'w:val="single" w:sz="4" w:space="1" w:color="{theme.line[1:]}"'
    lines = f"<w:pBdr><w:bottom {side}/><w:between {side}/></w:pBdr>{_space(before=2)}"
    yield _paragraph_style(FILLED, lines, _colour(theme.muted) + _size(theme.text_size))
    yield _paragraph_style(CONTENTS, _space(after=1)).replace(' w:customStyle="1"', "")


def _character_styles(theme: Theme) -> Iterable[str]:
    def style(name: str, formatting: str) -> str:
        return _style("character", name, "", f"<w:rPr>{formatting}</w:rPr>")

    def tag(name: str, colour: str, ground: str, line: int, *, bold: bool = True) -> str:
        """Return a style that puts text into a box; ``line`` is how thick its sides are, in eighths of a point."""
        sides = f'<w:bdr w:val="single" w:sz="{line}" w:space="0" w:color="{colour[1:]}"/>'
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground[1:]}"/>'
        return style(name, ("<w:b/>" if bold else "") + _colour(colour) + sides + shading)

    yield style(LIGHT, _colour(theme.muted))
    yield style(SAID, f"<w:i/>{_colour(theme.ink)}")
    yield style(BESIDE, f"{_fonts(theme.font)}{_colour(theme.muted)}{_size(_text_size(theme))}")
    yield style(LINK, f'{_colour(theme.accent)}<w:u w:val="single"/>').replace(' w:customStyle="1"', "")
    yield tag(KEY, theme.accent, theme.paper, 4, bold=False)
    yield tag(DOING, theme.accent, theme.paper, 4)
    yield tag(STUCK, theme.warm, theme.warm_tint, 12)
    yield tag(DONE, theme.paper, theme.accent, 4)
    yield tag(DROPPED, theme.muted, theme.paper, 4)


def _table_style(theme: Theme) -> str:
    line, accent = theme.line[1:], theme.accent[1:]
    # Headings are bold by their paragraph style: bold in both would be none, by the rule of toggles (17.7.3).
    return _style(
        "table",
        TABLE,
        "Table Normal",
        f'<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{line}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{line}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        f'<w:bottom w:w="30" w:type="dxa"/><w:right w:w="{MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{accent}"/></w:tcBorders></w:tcPr></w:tblStylePr>',
    )


_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")
_FACES = {"regular": "embedRegular", "bold": "embedBold", "italic": "embedItalic"}
FONTS, FONT_LINKS = "word/fontTable.xml", "word/_rels/fontTable.xml.rels"
"""Parts that list the fonts, and lead to them."""
FONT_KIND = '<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'


def font_parts(families: Iterable[Family]) -> Mapping[str, bytes]:
    """Return the parts that embed the fonts, so that it looks the same without them installed.

    Their first 32 bytes are mixed with a key, as ECMA-376 part 4 (font embedding) has it.
    """
    found: dict[str, bytes] = {}
    table, links = "", ""
    for family in families:
        embedded = ""
        for face, element in _FACES.items():
            path: Path | None = getattr(family, face)
            if path is not None:
                key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{family.name} {face}")).upper()
                found[f"word/fonts/{key}.odttf"] = _mixed(path.read_bytes(), key)
                relation = f"rId{len(found)}"
                links += f'<Relationship Id="{relation}" Type="{RELATIONS}/font" Target="fonts/{key}.odttf"/>'
                embedded += f'<w:{element} r:id="{relation}" w:fontKey="{{{key}}}"/>'
        table += f'<w:font w:name="{xml_text(family.name)}">{embedded}</w:font>'
    found[FONTS] = f"{DECLARATION}<w:fonts {NAMESPACES}>{table}</w:fonts>".encode()
    found[FONT_LINKS] = f'{DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONS}">{links}</Relationships>'.encode()
    return found


def _mixed(data: bytes, key: str) -> bytes:
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data, mask, strict=False)) + data[len(mask) :]
