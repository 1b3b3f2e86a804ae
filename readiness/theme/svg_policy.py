"""Content policy of SVG pictures, in pages and in documents: listed elements only, and none that fetch or run."""

import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from readiness.theme.style_addresses import refused_in

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def words(text: str) -> frozenset[str]:
    """Return the words of a text, as a set."""
    return frozenset(text.split())


SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
XLINK = "{http://www.w3.org/1999/xlink}"
ELEMENTS = words(
    "svg g defs desc title metadata symbol use switch path rect circle ellipse line polyline polygon text tspan "
    "textPath image linearGradient radialGradient stop pattern clipPath mask marker style filter feBlend "
    "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap "
    "feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode "
    "feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence"
)
DATA = ("data:image/", "data:font/")
HELD: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("image", "href"): DATA,
    ("use", "href"): ("#",),
    ("textPath", "href"): ("#",),
    ("linearGradient", "href"): ("#",),
    ("radialGradient", "href"): ("#",),
    ("pattern", "href"): ("#",),
    ("filter", "href"): ("#",),
}
"""Attributes that hold an address, and how it may begin."""
_ASKING = ("href", "src", "{http://www.w3.org/xml/1998/namespace}base", "xml:base")
"""Attributes that hold an address, on elements that need none; in small letters."""
_HIDING = ("data:image/svg", "data:image/gzip")
"""Addresses of pictures in a picture, which nobody looks into."""
_MOST = 5_000_000
"""Bytes of a picture in a document, unpacked; drawings take some thousands."""
_PACKED = b"\x1f\x8b"
"""How a packed picture begins (gzip, as .svgz)."""
_GZIP = 31
"""What zlib calls it."""
_STANDARD = "http://www.w3.org/"
"""Where the type of drawings is kept; no program asks for it there."""


def refused_attribute(name: str, value: str) -> Iterator[str]:
    """Yield what an attribute of SVG that is not in ``HELD`` would fetch or run; ``name`` is in small letters."""
    if name.startswith("on") or name in _ASKING:
        yield f'{name}="{value}"'
    if "(" in value:  # any of these attributes may be a style, and only a function fetches
        yield from refused_in(value, allowed=(*DATA, "#"))


def drawing_in(data: bytes) -> bytes | None:
    """Return the SVG picture in ``data``, unpacked and cut where it gets too large; None if it begins as none."""
    if data.startswith(_PACKED):
        try:
            data = zlib.decompressobj(_GZIP).decompress(data, _MOST + 1)
        except zlib.error:
            return None
    return data if data[:_MOST].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<") else None


def refused_in_drawing(drawing: bytes) -> Iterator[str]:
    """Yield what an SVG picture would fetch or run, or that it is too large. Raises ValueError if it is damaged."""
    from lxml import etree

    if len(drawing) > _MOST:
        yield f"more than {_MOST // 1_000_000} MB"
        return
    try:
        root = etree.fromstring(drawing, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise ValueError from error
    if (doctype := root.getroottree().docinfo.internalDTD) is not None:
        if next(doctype.iterentities(), None) is not None:
            yield "words that it declares itself (<!ENTITY>)"
        if not (doctype.system_url or _STANDARD).startswith(_STANDARD):
            yield doctype.system_url
    yield from (f"<?{each.target}?>" for each in root.itersiblings(etree.PI, preceding=True))
    for element in root.iter(etree.Element):
        yield from _refused_element(element)


def _refused_element(element: "Element") -> Iterator[str]:
    space, _, tag = element.tag.removeprefix("{").rpartition("}")
    if space not in (SVG, "", _XHTML):  # what drawing programs keep for themselves
        return
    if space == _XHTML or tag not in ELEMENTS:
        yield f"<{tag}>"
    for full, value in element.attrib.items():
        name, address = full.removeprefix(XLINK).lower(), "".join(value.split()).lower()
        if any(hiding in address for hiding in _HIDING):
            yield "a picture in this picture"
        elif (starts := HELD.get((tag, name))) is None:
            yield from refused_attribute(name, value)
        elif not address.startswith(starts):
            yield value or f"{name} without an address"
    if tag == "style":
        yield from refused_in("".join(element.itertext()), allowed=(*DATA, "#"))
