"""Parts of a Word document that lead outside, or run something, wherever it is opened: a report may hold none.

What is allowed is listed, of relations between parts and of fields. All else is refused with the name of its part.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readiness.errors import InputError, Place, Problem
from readiness.text import safe
from readiness.theme.svg_policy import SVG, drawing_in, refused_in_drawing

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATIONS = frozenset(
    (
        *("officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail"),
        *("styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "font", "image"),
        *("header", "footer", "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds", "people"),
        *("commentsExtensible", "documenttasks", "glossaryDocument", "customXml", "customXmlProps", "hyperlink"),
        *("chart", "chartEx", "chartStyle", "chartColorStyle", "chartUserShapes", "themeOverride", "printerSettings"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing", "hdphoto"),
    )
)
"""Kinds of relations, by the last word of their address (ECMA-376, part 1, and Microsoft's own)."""
_NOT_XML = ("image", "thumbnail", "font", "printerSettings", "hdphoto", "hyperlink", "package")
"""Relations to parts that are not read as XML. A part that another leads to is looked at, as its name says XML."""
_FIELDS = frozenset(
    (
        *("ADVANCE", "ASK", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "CITATION", "COMMENTS"),
        *("COMPARE", "CREATEDATE", "DATE", "DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "EQ", "FILENAME", "FILESIZE"),
        *("FILLIN", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "IF", "INDEX", "INFO", "KEYWORDS"),
        *("LASTSAVEDBY", "LISTNUM", "MERGEFIELD", "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF"),
        *("PRINTDATE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "SET", "STYLEREF", "SUBJECT"),
        *("SYMBOL", "TA", "TC", "TIME", "TITLE", "TOA", "TOC", "USERADDRESS", "USERINITIALS", "USERNAME", "XE"),
    )
)
"""Fields (ECMA-376, part 1, 17.16.5) that work out something from the document itself."""
_LINKS = ("http", "https", "mailto", "tel", "")
_DRAWINGS = ("{*}imagedata", "{*}fill", "{*}stroke", "{*}OLEObject", "{*}shape", "{*}rect", "{*}group")
_ADDRESSES = ("src", "althref", "href")
"""Attributes of old drawings that lead elsewhere without a relation."""
_SCRAMBLED = ".odttf"
"""Ending of fonts, of which the first bytes are scrambled, and can be any."""
_MOST_ELEMENTS = 100_000
"""What a part may hold: its text is taken apart and put together again for each report, which takes the square."""
_INNER = "\0"
"""Stands in a field's code for a field in it, which could make any code."""


def refuse_outside(document: bytes, path: Path) -> None:
    """Raise InputError with each part of the Word document that leads outside or runs something; ``path`` names it."""
    from lxml import etree

    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for part in package.infolist():  # not by name: two can have the same, and programs differ in which they take
            name = part.filename
            kind = name.lower().rpartition(".")[2]  # a package's names are the same in capitals
            if kind not in ("xml", "rels"):
                found += [f"{safe(name)} {safe(each)[:200]}" for each in _picture(package, part)]
                continue
            try:
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                root = etree.fromstring(package.read(part), parser)
            except etree.XMLSyntaxError:
                found.append(f"{name} is damaged")
                continue
            if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
                found.append(f"{safe(name)} holds more than {_MOST_ELEMENTS:,} elements")
                continue
            what = [*(_relations(root) if kind == "rels" else _content(root))]
            if next(root.iter(f"{{{SVG}}}*"), None) is not None:
                what += _picture(package, part)
            found += [f"{safe(name)} {safe(each)[:200]}" for each in what]
    todo = "Take it out of the Word template: each report would hold it."
    if found:
        raise InputError(Problem(each, todo, Place(str(path))) for each in dict.fromkeys(found))


def _picture(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[str]:
    """Yield what a picture of a part would fetch or run, if it is an SVG: by what is in it, as its name can lie."""
    drawing = drawing_in(package.read(part))
    if drawing is None:
        return
    try:
        yield from (f"is a picture that asks for {what}" for what in refused_in_drawing(drawing))
    except ValueError:
        if not part.filename.lower().endswith(_SCRAMBLED):
            yield "is damaged"


def _relations(root: "Element") -> Iterator[str]:
    for relation in root.iter("{*}Relationship"):
        kind = str(relation.get("Type")).rpartition("/")[2]
        target = str(relation.get("Target"))
        outside = relation.get("TargetMode") == "External" or _scheme(target) or target.startswith(("//", "\\\\"))
        ending = "" if outside else urlsplit(target).path.lower().rpartition(".")[2]
        if kind == "package" and ending == "xlsx":  # the numbers of a chart
            continue
        if kind not in _RELATIONS:
            yield f"holds what a report may not ({kind}): {target}"
        elif outside and (kind != "hyperlink" or _scheme(target) not in _LINKS):
            yield f"leads outside ({kind}): {target}"
        elif kind not in _NOT_XML and ending != "xml":
            yield f"leads to a part whose name does not end in .xml ({kind}): {target}"


def _scheme(target: str) -> str:
    try:
        return urlsplit(target).scheme.lower()
    except ValueError:
        return "damaged"


def _content(root: "Element") -> Iterator[str]:
    if next(root.iter("{*}mailMerge"), None) is not None:
        yield "fetches letters’ addresses (mailMerge)"
    for code in (*(_of(field, "instr") for field in root.iter("{*}fldSimple")), *_codes(root)):
        yield from _field(code)
    for drawing in root.iter(*_DRAWINGS):
        for name, value in drawing.attrib.items():
            if name.rpartition("}")[2] in _ADDRESSES and not value.startswith("#"):
                yield f"leads outside: {value}"


def _codes(root: "Element") -> Iterator[str]:
    """Yield the code of each field; one field can go over several runs and paragraphs, and hold others."""
    open_: list[list[str]] = [[]]  # first what stands in no field at all
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}delInstrText"):
        if not element.tag.endswith("}fldChar"):
            open_[-1].append(element.text or "")
        elif (kind := _of(element, "fldCharType")) == "begin":
            open_[-1].append(_INNER)
            open_.append([])
        elif kind == "end" and len(open_) > 1:
            yield "".join(open_.pop())
    yield from map("".join, open_[1:])  # fields that never end
    yield "".join(open_[0]).replace(_INNER, "")


def _of(element: "Element", name: str) -> str:
    return next((value for full, value in element.attrib.items() if full.rpartition("}")[2] == name), "")


def _field(code: str) -> Iterator[str]:
    words = code.split()
    if not words or words[0].startswith("="):  # a sum
        return
    name = words[0].upper()
    if _INNER in name or name not in _FIELDS:
        yield f"has a field that a report may not have: {code.replace(_INNER, '{…}').strip()}"
    elif name == "HYPERLINK":
        address = next((word.strip('"“”') for word in words[1:] if not word.startswith("\\")), "")
        if _INNER in code or _scheme(address) not in _LINKS or address.startswith(("//", "\\\\")):
            yield f"leads outside: {code.replace(_INNER, '{…}').strip()}"
