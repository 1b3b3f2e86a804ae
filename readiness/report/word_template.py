"""Fills in a client's own Word document with the same facts as every format."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateError

from readiness.document.office_file import saved, undated
from readiness.document.templates import in_words, word_environment
from readiness.errors import InputError, Place, Problem
from readiness.language import _
from readiness.report.model import Report
from readiness.text import safe
from readiness.theme.identity import identity
from readiness.theme.theme import PART_TITLES, Part, Theme
from readiness.theme.word_parts import refuse_outside
from readiness.zip_guard import check_package


def fill_word_template(template: Path, report: Report, theme: Theme) -> bytes:
    """Return the Word document ``template`` with its ``{{ … }}`` filled in. It gets ``report`` and ``brand``.

    Raises InputError if docxtpl is missing, if the file is no Word document, or if it can't be filled in. A report that
    would lead outside is refused too.
    """
    check_package(template, "Word document")
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        what = "To fill in a Word template, one more library is needed"
        todo = "Install the extra word-templates: docs/installing.md says how"
        raise InputError(Problem(what, todo)) from error
    facts = {"report": report.model_dump(mode="json", by_alias=True), "brand": word_brand(report, theme)}
    try:
        document = DocxTemplate(template)
        # By default docxtpl runs templates in an environment without a fence, and escapes nothing.
        document.render(facts, jinja_env=word_environment(), autoescape=True)
        data = saved(document)
    except (InputError, MemoryError):
        raise
    except TemplateError as error:
        raise InputError(_problem(template, error)) from error
    except Exception as error:
        what = f"This Word template can’t be filled in: {in_words(error)}"
        raise InputError(Problem(what, "Look at what stands between { and }.", Place(str(template)))) from error
    made = undated(data)
    refuse_outside(made, template)  # a template can make in filling in what it does not hold
    return made


def _problem(template: Path, error: TemplateError) -> Problem:
    near = " ".join(safe(line) for line in getattr(error, "docx_context", ()))
    place = f' Near: "{near.strip()[:120]}"' if near.strip() else ""
    what = f"This Word template can’t be filled in: {in_words(error)}.{place}"
    return Problem(what.rstrip("."), "Fix it there.", Place(str(template)))


def word_brand(report: Report, theme: Theme) -> dict[str, object]:
    """Return what a Word template gets to know of the theme. ``contents``: what comes after the first page."""
    return {
        **identity(theme),
        "parts": [part.value for part in theme.parts],
        "titles": {part.value: _(title) for part, title in PART_TITLES.items()},
        "contents": [{"id": name, "title": title} for name, title in _contents(report, theme)],
    }


def _contents(report: Report, theme: Theme) -> Iterator[tuple[str, str]]:
    for part in theme.parts:
        if part is Part.DOMAINS:
            yield from ((f"domain-{domain.id}", domain.title) for domain in report.domains)
        elif part not in _empty(report):
            yield part.value, _(PART_TITLES[part])


def _empty(report: Report) -> tuple[Part, ...]:
    """Return the parts that need no entry: the one that the contents stand in, and those with nothing to say."""
    return (Part.SUMMARY, *([] if report.open else [Part.OPEN]), *([] if report.views else [Part.VIEWS]))
