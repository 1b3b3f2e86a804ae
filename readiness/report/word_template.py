"""Fills in a Word document of a client's own: the same facts as in every format, where its author put them."""

import io
from pathlib import Path

from jinja2 import TemplateError

from readiness.document.docx_file import undated
from readiness.document.templates import word_environment
from readiness.errors import InputError, Place, Problem
from readiness.report.brand import brand
from readiness.report.model import Report
from readiness.text import safe
from readiness.theme.theme import Theme
from readiness.zip_guard import check_package


def fill_word_template(template: Path, report: Report, theme: Theme) -> bytes:
    """Return the Word document ``template`` with its ``{{ … }}`` filled in. It gets ``report`` and ``brand``.

    Raises InputError where docxtpl is not installed, where the file is no Word document, and where what stands in it
    can't be filled in, with the words near by.
    """
    check_package(template, "Word document")
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        what = "To fill in a Word template, one more library is needed"
        todo = "Install it: pip install 'readiness[word-templates]'"
        raise InputError(Problem(what, todo)) from error
    facts = {"report": report.model_dump(mode="json", by_alias=True), "brand": brand(report, theme)}
    out = io.BytesIO()
    try:
        document = DocxTemplate(template)
        # By default docxtpl runs templates in an environment without a fence, and escapes nothing.
        document.render(facts, jinja_env=word_environment(), autoescape=True)
        document.save(out)
    except MemoryError:
        raise
    except TemplateError as error:
        raise InputError(_problem(template, error)) from error
    except Exception as error:
        what = f"This Word template can’t be filled in: {safe(str(error))[:200] or type(error).__name__}"
        raise InputError(Problem(what, "Look at what stands between { and }.", Place(str(template)))) from error
    return undated(out.getvalue())


def _problem(template: Path, error: TemplateError) -> Problem:
    near = " ".join(safe(line) for line in getattr(error, "docx_context", ()))
    place = f' Near: "{near.strip()[:120]}"' if near.strip() else ""
    what = f"This Word template can’t be filled in: {safe(str(error)).rstrip('.')}.{place}"
    return Problem(what.rstrip("."), "Mend it there.", Place(str(template)))
