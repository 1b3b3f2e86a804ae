"""The page about templates says what there is: it is made from the templates and from the view model."""

import os
import re
from collections.abc import Callable, Iterator
from types import NoneType
from typing import Annotated, get_args, get_origin

from pydantic import BaseModel

from readiness.report.brand import brand
from readiness.report.model import Report
from readiness.resources import REPORT_TEMPLATES
from tests.program import ROOT
from tests.report.services import SOBER

PAGE = ROOT / "docs" / "templates.md"
BRAND = {
    "name": "whose report it is; may be empty",
    "contact": "how to reach them; may be empty",
    "footer": "a line for the foot of each page; may be empty",
    "logo": "the picture as a data: address, or none",
    "logo_width": "in CSS pixels, or none",
    "logo_height": "in CSS pixels, or none",
    "language": "its tag, such as en-GB",
    "large": "whether the print is large: then nothing stands side by side",
    "long_title": "a title of more characters is set smaller",
    "parts": "the names of the parts, in order",
    "titles": "the title of each part, by its name",
    "contents": "a list with `id` and `title` of each part after the first page",
}
CHARTS = {
    "scale": "the score on the scale with its bands",
    "domains": "a bar for each domain, by its id",
    "steps": "the steps of each answer below the top, by the question’s id",
    "helps": "an arrow for each answer that helps, by the question’s id",
    "hinders": "an arrow for each answer about what gets in the way, by the question’s id",
    "spreads": "columns for how answers spread, one chart for each of a question’s `rows`, by the question’s id",
}
HEAD = """# Templates of your own

Reports are made from [Jinja](https://jinja.palletsprojects.com) templates. With `--templates FOLDER`, a
template in your folder goes before ours of the same name. You need to write only what you change.

To change one block, extend our template under the name `shipped/…`. This file, `FOLDER/sections/plan.html.j2`,
puts a sentence before the plan, and leaves all else as it is:

```jinja
{% extends "shipped/sections/plan.html.j2" %}
{% block lead %}
<p>We go through this plan with you on the first Monday of each month.</p>
{{ super() }}
{% endblock %}
```

`_("…")` looks words of ours up in the language of the report, and fills in blanks: `{{ _("by {date}", date=x) }}`.
Words that are in no catalogue stay as they are.

To change looks, write `FOLDER/own.css`. It is read after our style sheets. `var(--accent)`, `var(--warm)`,
`var(--ink)`, `var(--muted)`, `var(--line)`, `var(--paper)`, `var(--tint)`, `var(--warm_tint)`, `var(--font)`
and `var(--heading)` stand for what the theme says.

Templates are fenced: they get plain data and can change none of it, they reach no network, and they read no
file outside your folder and ours. They are stopped when they take more than a minute. Where something in them
is wrong, the message names the file and the line. Pictures in your folder can be shown in the PDF. For the web
page, which is one file, write them as `data:` addresses.
"""


def test_the_page_about_templates_says_what_there_is(report: Callable[[str], Report]) -> None:
    assert [*brand(report("northside"), SOBER)] == [*BRAND]
    text = "\n".join((HEAD, *_blocks(), *_facts()))
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8"), "READINESS_UPDATE_GOLDEN=1 writes it anew"


def _blocks() -> Iterator[str]:
    yield "## The templates and their blocks\n"
    yield "| template | blocks |\n|---|---|"
    for path in sorted(REPORT_TEMPLATES.rglob("*")):
        name = path.relative_to(REPORT_TEMPLATES).as_posix()
        if name.startswith(("portfolio", "page")):
            continue  # of many teams: it takes a theme, but no templates of one's own
        if name.endswith(".j2"):
            found = dict.fromkeys(re.findall(r"{% block (\w+)", path.read_text("utf-8")))
            yield f"| `{name}` | {', '.join(f'`{block}`' for block in found) or 'none: replace the file'} |"
        elif name.endswith(".css"):
            yield f"| `{name}` | a style sheet: add to it with `own.css`, or replace the file |"
    yield ""


def _facts() -> Iterator[str]:
    yield "## What a template gets\n"
    for title, facts in (("brand", BRAND), ("charts", CHARTS)):
        yield f"### `{title}`\n"
        yield from (f"- `{title}.{name}`: {words}" for name, words in facts.items())
        yield ""
    waiting: list[type[BaseModel]] = [Report]
    for model in waiting:
        name = "report" if model is Report else model.__name__
        yield f"### `{name}`\n"
        yield " ".join((model.__doc__ or "").split()).replace("``", "`") + "\n"
        for field, info in model.model_fields.items():
            yield f"- `{info.alias or field}`: {_kind(info.annotation, waiting)}"
        yield ""


def _kind(annotation: object, waiting: list[type[BaseModel]]) -> str:
    """Return what a field holds, in words; a model it holds is put among those ``waiting``."""
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0], waiting)
    parts = [part for part in get_args(annotation) if part not in (NoneType, Ellipsis)]
    if get_origin(annotation) is tuple:
        return f"list of {_kind(parts[0], waiting)}"
    if NoneType in get_args(annotation):
        return f"{_kind(parts[0], waiting)}, or none"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in waiting:
            waiting.append(annotation)
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    words = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return words[annotation] if isinstance(annotation, type) else "whole number"
