"""Writes a document as a page: the same for the web page and for the PDF."""

import base64
from functools import cache
from pathlib import Path

from markupsafe import Markup

from readiness.bank.document import decode, read_bytes
from readiness.document.blocks import Document
from readiness.document.mark_english import marked
from readiness.document.page_blocks import document_values
from readiness.document.page_policy import refuse_references, with_policy
from readiness.document.templates import html_environment, render
from readiness.document.web_fonts import is_enough, part_of
from readiness.opening import real
from readiness.resources import REPORT_TEMPLATES
from readiness.text import without_controls
from readiness.theme.identity import identity
from readiness.theme.theme import FALLBACK, Theme, face_name

_PAGE = "document.html.j2"
IN_ENGLISH = "a"
"""What stands in English is in this element of a page for a PDF: of those that WeasyPrint tags, the one left over."""
_LINING = 'font-feature-settings:"lnum";'
_WEIGHTS = {"regular": (400, "normal"), "bold": (600, "normal"), "italic": (400, "italic")}


def document_html(document: Document, theme: Theme, style: str = "", english: str = "") -> str:
    """Return the document as a well-formed HTML page.

    ``style`` is a style sheet of ours to stand in it: the page is then for a screen. ``english`` is the element for
    what stands in English, if it is another than that of such a page.
    """
    made = render(
        html_environment(theme.templates),
        _PAGE,
        theme.templates,
        document=document_values(document, theme, screen=bool(style)),
        brand=identity(theme),
        screen=bool(style),
        style=Markup(style),  # noqa: S704 — our own file, never a person's words
    )
    return marked(made, english or ("span" if style else IN_ENGLISH))


def render_html(document: Document, theme: Theme, *more: str) -> bytes:
    """Return the document as one web page that needs no network, no script and no other file. UTF-8.

    ``more`` names style sheets of ours that go after those of every page.
    """
    made = document_html(document, theme, screen_style(theme, *more))
    if not is_enough(made):
        made = document_html(document, theme, screen_style(theme, *more, whole_fonts=True))
    page = with_policy(made)
    if theme.templates:
        refuse_references(page)
    return page.encode()


def stylesheet(theme: Theme, *names: str) -> str:
    """Return the style sheets called ``names``, one after the other, in the theme's colours.

    Those of the theme's own templates go before ours.
    """
    sheets = (
        _own_sheet(theme, f"{name}.css") or (REPORT_TEMPLATES / f"{name}.css").read_text("utf-8") for name in names
    )
    return theme.apply("\n".join(sheets))


def own_style(theme: Theme) -> str:
    """Return the style sheet ``own.css`` of the theme's templates, which adds to ours; empty if there is none."""
    return theme.apply(_own_sheet(theme, "own.css"))


def _own_sheet(theme: Theme, name: str) -> str:
    """Return that style sheet of the theme's templates; empty if it is absent, or lies outside of them."""
    path = theme.templates / name if theme.templates else None
    if path is None or not path.is_file() or not real(path).is_relative_to(real(path.parent)):
        return ""
    return without_controls(decode(read_bytes(path), str(path)))


def screen_style(theme: Theme, *more: str, whole_fonts: bool = False) -> str:
    """Return the style sheet of a web page, with fonts and all, light and dark; ``more`` names sheets that go last."""
    light = stylesheet(theme, "style", "screen", *more)
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n{_dark(theme)}\n}}"
    return "\n".join((font_faces(theme, inline=True, whole=whole_fonts), light, dark, own_style(theme)))


def _dark(theme: Theme) -> str:
    """Return the style sheet for a dark screen. Charts carry literal colours, which are found and changed by them."""
    dark = theme.dark()
    pairs = [
        (getattr(theme, name), getattr(dark, name))
        for name in ("paper", "line", "accent", "ink", "tint", "warm", "warm_tint")
    ]
    charts = [f'svg [{what}="{old}"]{{{what}:{new}}}' for old, new in pairs for what in ("fill", "stroke")]
    return "\n".join((stylesheet(dark, "style", "screen", "dark"), *charts))


@cache
def font_faces(theme: Theme, *, inline: bool, whole: bool = False) -> str:
    """Return the part of a style sheet that names the theme's fonts.

    ``inline`` puts our own fonts in, the part for web pages or ``whole``. Without it, they are named by their files. A
    theme's own always go in whole. A web page does without our italic: a browser slants the upright one. In a PDF, the
    faces for headings have lining figures.
    """
    faces = []
    for family in theme.families:
        for face, (weight, slant) in _WEIGHTS.items():
            path: Path | None = getattr(family, face)
            name = face_name(family)
            if path is None or (inline and name == FALLBACK and face == "italic"):
                continue
            shipped = not inline and path.is_relative_to(REPORT_TEMPLATES)
            held = path if whole or not inline else part_of(path)
            source = path.relative_to(REPORT_TEMPLATES).as_posix() if shipped else _as_data(held)
            # WeasyPrint loses memory for each line whose style asks for lining figures, and none for such a face.
            lining = not inline and family == theme.heading_font != theme.font
            faces.append(
                f'@font-face{{font-family:"{name}";font-weight:{weight};font-style:{slant};font-display:swap;'
                f'{_LINING if lining else ""}src:url("{source}")}}'
            )
    return "\n".join(faces)


def _as_data(path: Path) -> str:
    return f"data:font/{path.suffix[1:].lower()};base64,{base64.b64encode(path.read_bytes()).decode()}"
