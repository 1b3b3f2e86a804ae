"""PDF forms that another program changed: notes kept elsewhere, text beside the fields, pages that are gone."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from readiness.assessment.form_mark import MARK
from readiness.bank.model import Bank
from readiness.roundtrip.form_model import FormView
from readiness.roundtrip.form_pdf_process import fields_of
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from tests.forms import filled_with_pikepdf
from tests.roundtrip.pdf_forms import LIBRARIES, Fill, problems


def changed(shipped_form: bytes, change: Callable[[pikepdf.Pdf, pikepdf.Object], None]) -> bytes:
    """Return the form after a program changed each field that a person writes in."""
    with pikepdf.open(io.BytesIO(shipped_form)) as pdf:
        for page in pdf.pages:
            for widget in page.Annots:
                if widget.get("/FT") == "/Tx" and "/T" in widget and not str(widget.T).startswith(MARK):
                    change(pdf, widget)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def as_stream(pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
    field.V = pdf.make_stream(b"\xfe\xff" + str(field.V).encode("utf-16-be"))


def below_another(pdf: pikepdf.Pdf, field: pikepdf.Object) -> None:
    field.Parent = pdf.make_indirect(pikepdf.Dictionary(T="page1", Kids=[field]))


@pytest.mark.parametrize("change", [as_stream, below_another])
def test_notes_are_found_however_a_program_keeps_them(
    small: Bank, little: bytes, saved: Callable[[bytes], Path], change: Callable[[pikepdf.Pdf, pikepdf.Object], None]
) -> None:
    filled = filled_with_pikepdf(little, {"answer:a": "1", "note:a": "A long story – “we asked”"})
    [told] = read_filled_pdf(saved(changed(filled, change)), small).assessments
    assert told.responses["a"].note == "A long story – “we asked”"


def typed_on_the_page(pdf: pikepdf.Pdf) -> None:
    for kind in ("FreeText", "Link", "Popup"):
        note = pikepdf.Dictionary(Subtype=pikepdf.Name(f"/{kind}"), Rect=[0, 0, 9, 9], Contents="We have no rota\x1b.")
        pdf.pages[0].Annots.append(pdf.make_indirect(note))


def field_of(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return next(widget for page in pdf.pages for widget in page.Annots if widget.get("/T") == name)


def renamed(pdf: pikepdf.Pdf) -> None:
    field_of(pdf, "note:a").T = "Text1"


def kept_as_rich_text_alone(pdf: pikepdf.Pdf) -> None:
    field = field_of(pdf, "note:a")
    field.RV = field.V
    del field.V


@pytest.mark.parametrize("change", [typed_on_the_page, renamed, kept_as_rich_text_alone])
def test_text_that_is_in_none_of_our_fields_is_told(
    small: Bank, little: bytes, saved: Callable[[bytes], Path], change: Callable[[pikepdf.Pdf], None]
) -> None:
    with pikepdf.open(io.BytesIO(filled_with_pikepdf(little, {"answer:a": "1", "note:a": "We have no rota."}))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    path = saved(out.getvalue())
    told = "There is text in this PDF that is in none of our fields, and was not read: “We have no rota.”."
    notices = [notice for notice in read_filled_pdf(path, small).notices if "none of our fields" in notice]
    assert notices == [f"{path}: {told}"]


def without_pages(shipped_form: bytes, *gone: int) -> bytes:
    """Return the form without some of its pages, counted from 0."""
    with pikepdf.open(io.BytesIO(shipped_form)) as pdf:
        for at in sorted(gone, reverse=True):
            del pdf.pages[at]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@LIBRARIES
@pytest.mark.parametrize("is_last", [True, False])
def test_pages_that_are_gone_are_told_with_their_questions(
    bank: Bank,
    shipped_view: FormView,
    shipped_form: bytes,
    saved: Callable[[bytes], Path],
    fill: Fill,
    *,
    is_last: bool,
) -> None:
    answers = {question.answer: question.levels[0].code for question in shipped_view.questions}
    filled = fill(shipped_form, {**answers, "date": "1/2/2026"})
    path = saved(without_pages(filled, *(range(4, 10) if is_last else [4])))
    left = fields_of(path.read_bytes())
    gone = [question.number for question in shipped_view.questions if question.answer not in left]
    assert len(gone) > 1
    assert gone == [*range(gone[0], gone[-1] + 1)]
    what = f"questions {gone[0]} to {gone[-1]}" + (" and the agreement to show a role’s answers" if is_last else "")
    todo = "If somebody took them out by mistake, ask for the whole form."
    assert (
        read_filled_pdf(path, bank).notices[0] == f"{path}: Pages of this form are missing: those with {what}. {todo}"
    )
    assert not any("missing" in told for told in read_filled_pdf(saved(filled), bank).notices)


def test_a_form_without_its_first_page_is_refused(
    bank: Bank, shipped_view: FormView, shipped_form: bytes, saved: Callable[[bytes], Path]
) -> None:
    filled = filled_with_pikepdf(shipped_form, {shipped_view.questions[-1].answer: "1"})
    what = "This form lacks its first page, which says what it asks. Send the form whole, with all its pages."
    assert problems(saved(without_pages(filled, 0)), bank) == [what]
