"""Puts right what browsers write into a PDF's tags."""

import re
from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject

_ROLES = {"/Strong": "/Span", "/Em": "/Span"}
"""Tags of PDF 2.0 in older files, and what they are there: readers leave out the text of a tag that they don't know."""
_ID = re.compile(rb"node\d{8}")


def mend_browser_tags(root: DictionaryObject) -> None:
    """Make the tags of a PDF, by its ``root``, such that all is read out, and once."""
    tree = root.get("/StructTreeRoot", DictionaryObject()).get_object()
    roles = {NameObject(name): NameObject(role) for name, role in _ROLES.items()}
    tree[NameObject("/RoleMap")] = DictionaryObject(roles)
    for element in _elements(tree):
        if element.get("/S") == "/TH":
            for part in _elements(element):
                _say_once(part)


def _elements(of: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the tags below this one."""
    waiting = _kids(of)
    while waiting:
        found = waiting.pop().get_object()
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            waiting += _kids(found)


def _kids(of: DictionaryObject) -> list[PdfObject]:
    if "/K" not in of:
        return []
    kids = of["/K"]
    return [*kids] if isinstance(kids, ArrayObject) else [of.raw_get("/K")]


def _say_once(part: DictionaryObject) -> None:
    """Leave out the heading of a column as it is repeated on the next pages: text there names its page."""
    kids = _kids(part)
    if own := [kid for kid in kids if not _is_elsewhere(kid)]:
        part[NameObject("/K")] = ArrayObject(own)


def _is_elsewhere(kid: PdfObject) -> bool:
    found = kid.get_object()
    return isinstance(found, DictionaryObject) and "/MCID" in found


def renumbered(pdf: bytes) -> bytes:
    """Return the PDF with the ids of its tags counted from 0: a browser begins anywhere."""
    ids = {name: b"node%08d" % number for number, name in enumerate(sorted({*_ID.findall(pdf)}))}
    return _ID.sub(lambda found: ids[found[0]], pdf)
