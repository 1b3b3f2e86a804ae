"""The form as a PDF: fields that any viewer can fill in, and a page that is worth printing."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.roundtrip.form_formats import render_form
from readiness.roundtrip.form_model import FormView
from readiness.theme.theme_file import find_theme, read_theme
from tests.accessible import findings
from tests.forms import ESTABLISHED, blank, form_view
from tests.report.reading import squeezed
from tests.report.services import NAME, ORGANISATION
from tests.report.test_report_docx import BRANDED
from tests.reports import pdftotext
from tests.small import small_bank

PDF = Format.PDF


@cache
def opened(data: bytes) -> Any:
    return pikepdf.open(io.BytesIO(data))


def fields(data: bytes) -> dict[str, Any]:
    acro = opened(data).Root.AcroForm
    return {str(field.T): field for field in acro.Fields}


def widgets(data: bytes) -> list[Any]:
    return [one for page in opened(data).pages for one in page.get("/Annots", []) if one.Subtype == "/Widget"]


@pytest.fixture(scope="module")
def view(bank: Bank) -> FormView:
    return form_view(bank)


@pytest.fixture(scope="module")
def data(view: FormView) -> bytes:
    return blank(PDF, view)


def test_every_question_has_its_places_and_no_field_stands_there_twice(view: FormView, data: bytes) -> None:
    names = [str(field.T) for field in opened(data).Root.AcroForm.Fields]
    asked = [name for question in view.questions for name in (question.answer, question.note)]
    asked += [question.why for question in view.questions if not question.always]
    assert sorted(names) == sorted([*asked, "date", "role", "shown-alone", "readiness-choices", "readiness-form"])


def test_whether_a_role_may_be_shown_is_ticked_by_nobody_beforehand(data: bytes) -> None:
    group = fields(data)["shown-alone"]
    assert [[state[1:] for state in button.AP.N] for button in group.Kids] == [["yes"], ["no"]]
    assert group.V == "/Off"
    assert str(group.Kids[0].TU) == "May your role’s answers be shown in the report although few of you answered? Yes"


def test_the_buttons_of_a_question_are_named_after_its_answers(view: FormView, data: bytes) -> None:
    found = fields(data)
    for question in view.questions:
        group = found[question.answer]
        codes = [[state[1:] for state in button.AP.N] for button in group.Kids]
        aside = [] if question.always else ["not-applicable"]
        assert codes == [[code] for code in (*(level.code for level in question.levels), "unknown", *aside)]
        assert (group.FT, group.V, int(group.Ff) >> 15 & 1) == ("/Btn", "/Off", 1)
        assert "/Opt" not in group
        for button in group.Kids:
            assert "/T" not in button
            assert button.Parent.objgen == group.objgen
            assert button.AS == "/Off"


def test_every_field_says_what_it_is_for_and_is_tagged_and_printed(view: FormView, data: bytes) -> None:
    seen = [widget for widget in widgets(data) if not int(widget.F) & 2]
    places = sum(len(question.levels) + (2 if question.always else 4) for question in view.questions)
    assert len(seen) == places + len(view.roles) + len(("date", "yes", "no"))
    for widget in seen:
        assert str(widget.TU).strip()
        assert "/StructParent" in widget
        assert int(widget.F) == 4
    first = view.questions[0]
    texts = [str(button.TU) for button in fields(data)[first.answer].Kids]
    assert texts[0] == f"1. {first.levels[0].text}"
    assert texts[-1] == "1. Don’t know"
    other = next(question for question in view.questions if not question.always)
    texts = [str(button.TU) for button in fields(data)[other.answer].Kids]
    assert texts[-2:] == [f"{other.number}. Don’t know", f"{other.number}. Does not apply"]
    assert all(page.Tabs == "/S" for page in opened(data).pages)


def test_a_question_stands_on_one_page(data: bytes) -> None:
    pages = {one.objgen: number for number, page in enumerate(opened(data).pages) for one in page.get("/Annots", [])}
    for name, field in fields(data).items():
        if name.startswith("answer:"):
            places = [name.replace("answer", kind) for kind in ("why", "note")]
            others = [fields(data)[place] for place in places if place in fields(data)]
            assert len({pages[one.objgen] for one in (*field.Kids, *others)}) == 1


def test_a_question_longer_than_a_page_is_still_one_question(tmp_path: Path) -> None:
    levels = [{"text": f"Level {value}. {'Many words, again and again. ' * 110}"} for value in range(4)]
    bank = small_bank(tmp_path, json.dumps([{"id": "a", "values": [0, 1, 2, 3], "levels": levels}]))
    view = form_view(bank, {}, None, None)
    found = fields(blank(PDF, view))
    assert [next(iter(button.AP.N)) for button in found["answer:a"].Kids] == [
        *("/0", "/1", "/2", "/3", "/unknown", "/not-applicable"),
    ]
    assert {button.Parent.objgen for button in found["answer:a"].Kids} == {found["answer:a"].objgen}
    assert len({widget.P.objgen for widget in found["answer:a"].Kids}) > 1
    assert {"team", "organisation"} <= {*found}


def test_the_mark_is_hidden_in_it(view: FormView, data: bytes) -> None:
    hidden = fields(data)["readiness-form"]
    assert json.loads(str(hidden.V)) == json.loads(view.mark.to_json())
    assert int(hidden.F) & 2


def test_a_role_that_is_known_is_ticked(bank: Bank) -> None:
    group = fields(blank(PDF, form_view(bank, role="peer-worker")))["role"]
    assert group.V == "/peer-worker"
    assert [button.AS for button in group.Kids].count("/peer-worker") == 1


def test_a_role_that_is_known_stands_on_its_line_if_a_bank_has_no_roles(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    role = "Chef de file, équipe (Nord)"
    data = blank(PDF, form_view(bank, {}, role=role))
    assert str(fields(data)["role"].V) == role
    (tmp_path / "form.pdf").write_bytes(data)
    assert role in pdftotext(tmp_path / "form.pdf", "-layout")
    assert str(fields(blank(PDF, form_view(bank, {}, role="Kierownik zespołu")))["role"].V) == "Kierownik zespołu"
    assert str(fields(blank(PDF, form_view(bank, {})))["role"].V) == ""


def test_the_same_form_gives_the_same_bytes(view: FormView, data: bytes) -> None:
    assert render_form(PDF, view, read_theme(find_theme("sober"))) == (data, ())


def test_nothing_that_is_asked_is_left_out(view: FormView, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(data)
    shown = squeezed(pdftotext(tmp_path / "form.pdf", "-raw"))
    for question in view.questions:
        for text in (question.text, question.help or "", *(level.text for level in question.levels)):
            assert squeezed(text) in shown
    for text in (view.mark.id, view.mark.bank.fingerprint or "", "Alder Trust", "Planning: nobody is in post yet"):
        assert squeezed(text) in shown


@pytest.mark.parametrize(("name", "profile"), [("large-print", ESTABLISHED), ("branded", None)])
def test_the_checker_of_accessibility_finds_nothing(
    bank: Bank, view: FormView, tmp_path: Path, name: str, profile: dict[str, str] | None
) -> None:
    theme = BRANDED if name == "branded" else read_theme(find_theme(name))
    shown = form_view(bank, profile, None, None) if profile else view
    (tmp_path / "form.pdf").write_bytes(blank(PDF, shown, theme))
    assert findings(tmp_path / "form.pdf") == []


def test_a_hostile_name_changes_nothing_but_itself(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: an-id-almost-as-long-as-a-bank-may-have-which-is-sixty-four}]")
    view = form_view(bank, {}, NAME, ORGANISATION)
    data, _ = render_form(PDF, view, read_theme(find_theme("sober")))
    assert {*fields(data)} == {*fields(blank(PDF, form_view(bank, {})))}
    assert json.loads(str(fields(data)["readiness-form"].V))["team"] == NAME
    (tmp_path / "form.pdf").write_bytes(data)
    assert squeezed('<b>Team</b> & "Co" {{ 7*7 }}') in squeezed(pdftotext(tmp_path / "form.pdf", "-raw"))
