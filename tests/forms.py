"""Blank forms, and people who fill them in: with two libraries that know nothing of each other, or in a workbook."""

import io
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader, PdfWriter

from readiness.assessment.form_mark import FormMark, answer_place, level_code, note_place, why_place
from readiness.assessment.model import Assessment, Response
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.roundtrip.form_formats import render_form
from readiness.roundtrip.form_model import FormView, build_form
from readiness.theme.theme import Theme
from tests.conftest import bank_from
from tests.report.services import PROFILE, SOBER
from tests.small import spelled_out

ESTABLISHED = {"setting": "voluntary", "stage": "established", "employment": "both", "culturally-specific": "yes"}
TEAM = "Northside CMHT"


ROLES = (
    {"id": "peer-worker", "label": "Peer Worker", "one": "Peer Worker", "many": "Peer Workers"},
    {"id": "other", "label": "Other", "one": "somebody else", "many": "others"},
)


def bank_with_roles(
    folder: Path, questions: str, roles: Sequence[Mapping[str, str]] = ROLES, profile: str = "{}"
) -> Bank:
    """Return a small bank of the questions, YAML, with the roles."""
    data = {**spelled_out(questions, profile=profile), "roles": [*roles]}
    return bank_from(folder, yaml.safe_dump(data, sort_keys=False))


def form_view(
    bank: Bank,
    profile: Mapping[str, str] = PROFILE,
    team: str | None = TEAM,
    organisation: str | None = "Alder Trust",
    role: str | None = None,
) -> FormView:
    return build_form(bank, FormMark.of(bank, profile, team, organisation, role), role)


def blank(format_: Format, view: FormView, theme: Theme = SOBER) -> bytes:
    """Return the form's file; each is made once."""
    return _blank(format_, view.model_dump_json(by_alias=True), theme)


@cache
def _blank(format_: Format, view: str, theme: Theme) -> bytes:
    data, told = render_form(format_, FormView.model_validate(json.loads(view)), theme)
    assert told == ()
    return data


def entries(assessment: Assessment) -> dict[str, str]:
    """Return what a person puts into the places of a form who means what the assessment says."""
    who = assessment.respondent
    filled = {"date": f"{assessment.date:%d/%m/%Y}", "role": who.role or ""}
    filled["shown-alone"] = "yes" if who.shown_alone else ""
    for question, response in assessment.responses.items():
        filled[answer_place(question)] = code_of(response)
        filled[why_place(question)] = response.not_applicable or ""
        filled[note_place(question)] = response.note or ""
    return {place: text for place, text in filled.items() if text}


def code_of(response: Response) -> str:
    if response.unknown:
        return "unknown"
    if response.not_applicable:
        return "not-applicable"
    return "" if response.level is None else level_code(response.level)


def is_choice(place: str) -> bool:
    return place in ("role", "shown-alone") or place.startswith("answer:")


def filled_with_pypdf(data: bytes, filled: Mapping[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    values = {place: f"/{text}" if is_choice(place) else text for place, text in filled.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def filled_with_pikepdf(data: bytes, filled: Mapping[str, str]) -> bytes:
    """Fill in as a viewer does: the group's value, and the state of each of its buttons."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        acro: Any = pdf.Root.AcroForm
        for field in acro.Fields:
            text = filled.get(str(field.T))
            if text is None:
                continue
            if "/Kids" not in field:
                field.V = pikepdf.String(text)
                continue
            field.V = pikepdf.Name(f"/{text}")
            for button in field.Kids:
                on = f"/{text}" in button.AP.N
                button.AS = field.V if on else pikepdf.Name.Off
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def filled_workbook(data: bytes, view: FormView, filled: Mapping[str, str], path: Path) -> Path:
    """Fill the workbook in by choosing from its lists, and save it as ``path``."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 7).value: row for row in range(1, sheet.max_row + 1)}
    words = {question.answer: _words(question.levels) for question in view.questions}
    words["role"] = {role.code: role.text for role in view.roles}
    words["shown-alone"] = {"yes": "Yes", "no": "No"}
    for place, text in filled.items():
        kind, _, question = place.partition(":")
        row = rows[answer_place(question) if question else place]
        column = {"why": 5, "note": 6}.get(kind, 4)
        sheet.cell(row, column).value = words[place][text] if place in words else text
    book.save(path)
    return path


def _words(levels: Any) -> dict[str, str]:
    numbered = {level.code: f"{number}. {level.text}" for number, level in enumerate(levels, start=1)}
    return {**numbered, "unknown": "Don’t know", "not-applicable": "Does not apply"}


def form_sheet(data: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(data)).worksheets[0]
