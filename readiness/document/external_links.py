"""What a web page would ask for: a report asks for nothing, and runs nothing, wherever it is opened."""

import re
from html.parser import HTMLParser

from readiness.errors import InputError, Problem

_ASKING = frozenset(
    ("src", "srcset", "href", "xlink:href", "poster", "data", "action", "formaction", "background", "ping")
)
_LINKS = frozenset(("a", "area"))
"""Elements whose address is asked for only when a person follows it."""
_IN_STYLE = re.compile(r"@import\b|url\(\s*+['\"]?+(?!data:image/|data:font/|#)[^'\")]*", re.IGNORECASE)


class _Found(HTMLParser):
    """Collects what a page would ask for, or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        if tag in ("script", "iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = (value or "").strip()
            if name.startswith("on") or (name == "http-equiv" and text.lower() == "refresh"):
                self.found.append(f'{name}="{text[:60]}"')
            elif name == "style":
                self._look_in(text)
            elif name in _ASKING and not text.lower().startswith(_allowed(tag)):
                self.found.append(text[:200] or f"{name} without an address")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._style = False

    def handle_endtag(self, tag: str) -> None:
        self._style = self._style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._style:
            self._look_in(data)

    def _look_in(self, style: str) -> None:
        self.found += [found[0][:200] for found in _IN_STYLE.finditer(style)]


def _allowed(tag: str) -> tuple[str, ...]:
    return ("#", "http:", "https:", "mailto:", "tel:") if tag in _LINKS else ("#", "data:image/", "data:font/")


def refuse_references(page: str) -> None:
    """Raise InputError with everything that the page would fetch or run when it is opened."""
    found = _Found()
    found.feed(page)
    found.close()
    todo = "Take it out of the templates. Write a picture as a data: address."
    problems = [Problem(f"The page asks for {what}, and a report asks for nothing", todo) for what in found.found]
    if problems:
        raise InputError(dict.fromkeys(problems))
