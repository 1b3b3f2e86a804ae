"""Elements of a Word document (WordprocessingML, ECMA-376) as text: runs, paragraphs, pictures, fields.

Text is written at once; python-docx would search styles and siblings anew for every element that it adds.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from readiness.document.mark_english import LANGUAGE, parts

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RIGHT, CENTRE = '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def style_id(name: str) -> str:
    """Return the id that a document knows a style by."""
    return name.replace(" ", "")


def holdable(text: str) -> str:
    """Return text without the characters that XML 1.0 can't hold."""
    return _NOT_XML.sub("", text)


def xml_text(text: str) -> str:
    """Return text to stand in XML, in an element or an attribute."""
    return escape(holdable(text))


class Styled(NamedTuple):
    """Text with its character style, if it has one. ``more`` is further formatting, as elements."""

    text: str
    style: str = ""
    more: str = ""


def runs(pieces: Iterable[Styled]) -> str:
    """Return the text as runs, one for each stretch of one style; English parts are marked."""
    marked = (
        (part, style, more + (f'<w:lang w:val="{LANGUAGE}"/>' if english else ""))
        for text, style, more in pieces
        for part, english in parts(text)
    )
    return "".join(
        _run("".join(piece[0] for piece in same), style, more)
        for (style, more), same in groupby(marked, lambda piece: piece[1:])
    )


def _run(text: str, style: str, more: str) -> str:
    named = f'<w:rStyle w:val="{style_id(style)}"/>' if style else ""
    formatted = f"<w:rPr>{named}{more}</w:rPr>" if named or more else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{xml_text(text)}</w:t></w:r>'


class Setting(NamedTuple):
    """Setting of a paragraph: its style, and what differs from it.

    ``keep``: it stays on the page of the next one. ``numbering``: the list that it is of. ``more``: further elements.
    """

    style: str = ""
    keep: bool = False
    new_page: bool = False
    numbering: int = 0
    more: str = ""

    def paragraph(self, content: str) -> str:
        """Return a paragraph that holds ``content``; its properties have the order of the schema (CT_PPr)."""
        properties = (
            (f'<w:pStyle w:val="{style_id(self.style)}"/>' if self.style else "")
            + ("<w:keepNext/>" if self.keep else "")
            + ("<w:pageBreakBefore/>" if self.new_page else "")
            + (f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.numbering}"/></w:numPr>' if self.numbering else "")
            + self.more
        )
        return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"


def field(code: str, shown: str) -> str:
    """Return a field that shows ``shown`` until a word processor brings it up to date."""
    return f'<w:fldSimple w:instr=" {code} ">{runs([Styled(shown)])}</w:fldSimple>'


def field_begins(code: str) -> str:
    """Return the beginning of a field: all up to its end is what it shows, over several paragraphs."""
    instruction = f'<w:r><w:instrText xml:space="preserve"> {xml_text(code)} </w:instrText></w:r>'
    return _field_mark("begin") + instruction + _field_mark("separate")


def field_ends() -> str:
    """Return the end of a field."""
    return _field_mark("end")


def _field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def bookmark(name: str, number: int) -> str:
    """Return a place that links can lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def picture(relation: str, size: tuple[int, int], words: str, number: int) -> str:
    """Return a run with a picture in the line; ``words`` are its alternative text, ``size`` is in EMU."""
    width, height = size
    name = f'id="{number}" name="Picture {number}"'
    # Without distances of 0, LibreOffice moves the picture 3 mm to the right.
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr {name} descr="{xml_text(words)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
