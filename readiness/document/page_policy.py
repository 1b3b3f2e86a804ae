"""Content policy of a web page: it fetches nothing and runs nothing, wherever it is opened.

The policy goes into the rendered page, so that no template can leave it out or precede it. A page from others'
templates is then read as a browser reads it, and may hold only listed things. So new ways to fetch or run are refused.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.errors import InputError, Problem
from readiness.text import safe
from readiness.theme import svg_policy
from readiness.theme.style_addresses import refused_in
from readiness.theme.svg_policy import DATA, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
_META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
_HEAD = re.compile(r"\s*<!DOCTYPE html>\s*<html(?:\s[^<>]*)?>\s*<head>\n?", re.IGNORECASE)


_HTML = "http://www.w3.org/1999/xhtml"
_ELEMENTS = {
    _HTML: words(
        "html head title meta style body main header footer nav section article aside div span p br wbr hr pre "
        "h1 h2 h3 h4 h5 h6 hgroup address blockquote q cite a abbr b bdi bdo code data dfn em i kbd mark s samp small "
        "strong sub sup time u var del ins ruby rb rt rtc rp ul ol li dl dt dd table caption colgroup col thead tbody "
        "tfoot tr th td figure figcaption img map area link details summary progress meter label input center font "
        "big tt strike"
    ),
    svg_policy.SVG: svg_policy.ELEMENTS,
}
_ATTRIBUTES = words(
    "id class lang dir title style role tabindex hidden translate slot part itemscope itemprop itemtype property "
    "alt width height colspan rowspan scope headers span start value reversed type open datetime name content charset "
    "media rel hreflang cite for abbr border align valign bgcolor cellpadding cellspacing nowrap color face size clear "
    "noshade compact rules frame summary loading decoding shape coords usemap min max low high optimum checked "
    "disabled readonly multiple http-equiv accesskey spellcheck inert xmlns target version prefix about resource "
    "typeof vocab draggable contenteditable dropzone"
)
_LINKS = ("#", "http:", "https:", "mailto:", "tel:")
"""What a person may follow, and a browser asks for only then."""
_HELD: dict[tuple[str, str], tuple[str, ...]] = {
    ("a", "href"): _LINKS,
    ("area", "href"): _LINKS,
    ("img", "src"): DATA,
    ("input", "src"): DATA,
    ("link", "href"): DATA,
    **svg_policy.HELD,
}
"""Attributes that hold an address, and how it may begin."""
_SAID = ("content-security-policy", "content-type", "x-ua-compatible", "content-language")
"""Which headers a page may give itself; others lead elsewhere, or set something in the browser."""


def with_policy(page: str) -> str:
    """Return the page with the content policy as the first of its head. Raises InputError if it has no head there."""
    head = _HEAD.match(page)
    if head is None:
        todo = 'Begin document.html.j2 with <!DOCTYPE html>, <html lang="{{ brand.language }}"> and <head>.'
        raise InputError(Problem("The page does not begin with a head, so its content policy has no place", todo))
    return f"{page[: head.end()]}{_META}{page[head.end() :]}"


def refuse_references(page: str) -> None:
    """Raise InputError with all that a page would fetch or run, or that is not listed."""
    import tinyhtml5

    root = tinyhtml5.parse(page)
    found = dict.fromkeys(safe(what)[:200] for what in (*_policy_missing(root), *_refused(root)))
    if found:
        todo = "Take it out of the templates. Write a picture as a data: address."
        raise InputError(Problem(f"The page asks for {what}, and a report asks for nothing", todo) for what in found)


def _policy_missing(root: "Element") -> Iterator[str]:
    first = next(iter(root.iter(f"{{{_HTML}}}meta")), None)
    begins = root.find(f"{{{_HTML}}}head/*")
    if first is None or first.get("content") != POLICY or begins is not first:
        yield "something before its content policy"


def _refused(root: "Element") -> Iterator[str]:
    for element in root.iter():
        full: object = element.tag
        if not isinstance(full, str):  # a comment
            continue
        space, _, tag = full.removeprefix("{").rpartition("}")
        if tag not in _ELEMENTS.get(space, ()):
            yield f"<{tag}>"
            continue
        for name, value in element.attrib.items():
            yield from _refused_attribute(space, tag, name, value)
        if tag == "style":
            yield from refused_in("".join(element.itertext()), allowed=(*DATA, "#"))


def _refused_attribute(space: str, tag: str, full: str, value: str) -> Iterator[str]:
    name = full.removeprefix(svg_policy.XLINK).lower()
    if (starts := _HELD.get((tag, name))) is not None:
        # Browsers leave out line breaks and tabs in an address, and control characters before it.
        address = re.sub(r"[\t\n\r]", "", value).lstrip("".join(map(chr, range(33)))).lower()
        if not address.startswith(starts):
            yield value or f"{name} without an address"
    elif name == "http-equiv":
        if value.strip().lower() not in _SAID:
            yield f'{name}="{value}"'
    elif space == svg_policy.SVG:
        yield from svg_policy.refused_attribute(name, value)
    elif name == "style":
        yield from refused_in(value, allowed=(*DATA, "#"))
    elif name not in _ATTRIBUTES and not name.startswith(("data-", "aria-")):
        yield f'{name}="{value}"'
