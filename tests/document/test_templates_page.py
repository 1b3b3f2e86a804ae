"""The page about templates of one's own is made from the templates and what they get, and its examples work."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import ndiff
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from markupsafe import Markup
from pydantic import BaseModel

from readiness.document import page_values
from readiness.document.html import document_html, render_html
from readiness.report.model import Report
from readiness.report.report_document import report_document
from readiness.report.word_template import word_brand
from readiness.resources import REPORT_TEMPLATES
from readiness.theme.identity import identity
from readiness.theme.theme import Theme
from tests.document.kitchen import KITCHEN
from tests.program import ROOT
from tests.report.services import SOBER

PAGE = ROOT / "docs" / "own-templates.md"
START = "## What there is\n"
BRAND = {
    "name": "whose document it is; may be empty",
    "contact": "how to reach them; may be empty",
    "footer": "a line for the foot of each page; may be empty",
    "logo": "the picture as a data: address, or none",
    "logo_width": "in CSS pixels, or none",
    "logo_height": "in CSS pixels, or none",
    "language": "its tag, such as en-GB",
    "large": "whether the print is large: then nothing stands side by side",
    "long_title": "a title of more characters is set smaller",
}
KINDS = {str: "text", Markup: "HTML", int: "whole number", float: "number", bool: "true or false"}
ROLES = {"DocumentValues": "document", "SectionValues": "section"}
"""The names that two of the values have in templates; a block is called ``block``."""


def test_the_page_about_templates_says_what_there_is(report: Callable[[str], Report]) -> None:
    assert [*identity(SOBER)] == [*BRAND]
    told = PAGE.read_text("utf-8")
    text = (
        told.partition(START)[0]
        + START
        + "\n"
        + "\n".join((*_templates(), *_sections(report), *_facts(), *_word(report), ""))
    )
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        PAGE.write_text(text, encoding="utf-8")
    assert text == told, "READINESS_UPDATE_GOLDEN=1 writes it anew"


def _templates() -> Iterator[str]:
    yield "### Templates\n\n| template | what it sets out | its Jinja blocks |\n|---|---|---|"
    names = ["document.html.j2", "section.html.j2", "blocks.html.j2"]
    names += sorted(f"blocks/{path.name}" for path in (REPORT_TEMPLATES / "blocks").iterdir())
    for name in names:
        text = (REPORT_TEMPLATES / name).read_text("utf-8")
        found = re.findall(r"{% block (\w+)", text)
        words = re.match(r"{# (.+?)\.? #}\n", text)
        assert words, f"{name} begins with a comment that says what it sets out"
        yield f"| `{name}` | {words[1]} | {', '.join(f'`{block}`' for block in found) or '–'} |"
    yield (
        "\nStyle sheets: `style.css` for both, `print.css` for a PDF, `browser.css` after it for one that a browser "
        "makes, `screen.css` and `dark.css` for a web page.\n"
    )


def _sections(report: Callable[[str], Report]) -> Iterator[str]:
    yield "### Sections of a report\n\n| template of your own | section |\n|---|---|"
    documents = (report_document(report("riverside"), SOBER), report_document(report("northside"), SOBER))
    brief = report_document(report("northside"), SOBER.brief())
    titles = dict[str, str]()
    for section in (each for document in (*documents, brief) for each in document.sections):
        titles.setdefault(section.style, "each part" if section.kind else section.title)
    yield from (f"| `sections/{style}.html.j2` | {title} |" for style, title in titles.items())
    yield ""


def _facts() -> Iterator[str]:
    yield "### What a template gets\n"
    yield "`screen` is true for a web page and false for a PDF. `brand` says whose document it is:\n"
    yield from (f"- `brand.{name}`: {words}" for name, words in BRAND.items())
    yield "\nText is escaped as it is shown; HTML was escaped before.\n"
    yield "| what | what it is | its fields |\n|---|---|---|"
    found = [value for value in vars(page_values).values() if is_typeddict(value)]
    for values in sorted(found, key=lambda value: [*ROLES].index(value.__name__) if value.__name__ in ROLES else 2):
        about = " ".join((values.__doc__ or "").split()).replace("``", "`")
        hints = get_type_hints(values).items()
        fields = ", ".join(f"`{field}` ({_kind(hint)})" for field, hint in hints if field != "kind")
        yield f"| {_name(values)} | {about} | {fields} |"


def _name(values: Any) -> str:
    if role := ROLES.get(values.__name__):
        return f"`{role}`"
    hint = get_type_hints(values).get("kind")
    if hint and get_args(hint) != ("part",):
        return f"`block` {get_args(hint)[0]}"
    return str(values.__name__.removesuffix("Values").lower())


def _kind(hint: Any) -> str:
    """Return what a field holds, in words."""
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return f"list of {'blocks' if get_args(inner) else _kind(inner)}"
    return KINDS[hint] if hint in KINDS else _name(hint).strip("`")


WORD = {
    "parts": "the names of the parts, in order",
    "titles": "the title of each part, by its name",
    "contents": "a list with `id` and `title` of each part after the first page",
}


def _word(report: Callable[[str], Report]) -> Iterator[str]:
    """Yield what a Word document of one's own gets: the values of a report, model by model."""
    assert [*word_brand(report("northside"), SOBER)] == [*BRAND, *WORD]
    yield "\n## What a Word document of your own gets\n"
    yield "`{{ report.team }}` and the like stand for facts. `brand` is that of above, and has besides:\n"
    yield from (f"- `brand.{name}`: {words}" for name, words in WORD.items())
    yield "\n| what | what it is | its fields |\n|---|---|---|"
    waiting: list[type[BaseModel]] = [Report]
    for model in waiting:
        about = " ".join((model.__doc__ or "").split()).replace("``", "`")
        fields = [
            f"`{info.alias or field}` ({_kind_in_report(info.annotation, waiting)})"
            for field, info in model.model_fields.items()
        ]
        yield f"| {'`report`' if model is Report else _model_name(model)} | {about} | {', '.join(fields)} |"


def _model_name(model: type[BaseModel]) -> str:
    return model.__name__.removesuffix("View").lower()


def _kind_in_report(annotation: Any, waiting: list[type[BaseModel]]) -> str:
    """Return what a field holds, in words; a model it holds is put among those ``waiting``."""
    parts = [part for part in get_args(annotation) if part not in (NoneType, Ellipsis)]
    if get_origin(annotation) is Annotated:
        return _kind_in_report(parts[0], waiting)
    if get_origin(annotation) is tuple:
        return f"list of {_kind_in_report(parts[0], waiting)}"
    if NoneType in get_args(annotation):
        return f"{_kind_in_report(parts[0], waiting)}, or none"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in waiting:
            waiting.append(annotation)
        return _model_name(annotation)
    return KINDS.get(annotation, "whole number")


EXAMPLES: dict[str, str] = dict(
    re.findall(r"`FOLDER/([\w./-]+)`[^`]*?```(?:jinja|css)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
)
"""The examples of the page, by the name of their file."""


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    """Return the theme with all examples of the page as templates of one's own."""
    for name, text in EXAMPLES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return replace(SOBER, templates=tmp_path)


def test_its_examples_change_what_they_say_and_nothing_else(theme: Theme) -> None:
    assert [*EXAMPLES] == ["sections/plan.html.j2", "blocks/callout.html.j2", "document.html.j2", "own.css"]
    made, shipped = (document_html(KITCHEN, each).splitlines() for each in (theme, SOBER))
    found = [line for line in ndiff(shipped, made) if line[0] in "+-" and line[2:]]
    assert found == [
        '+ <p class="lead">Prepared for the board of Northside.</p>',
        '- <h2 class="minor">What holds the next band back</h2>',
        "+ <p><strong>What holds the next band back</strong></p>",
        "+ <p>We go through this plan with you on the first Monday of each month.</p>",
    ]


def test_its_style_sheet_goes_into_the_web_page_in_the_colours_of_the_theme(theme: Theme) -> None:
    assert f"h2 {{ border-bottom: 1pt solid {SOBER.warm}; }}" in render_html(KITCHEN, theme).decode()
