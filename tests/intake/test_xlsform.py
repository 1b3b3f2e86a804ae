"""The questionnaire as an XLSForm: it converts without a warning, asks what the walk asks, and its names lead back."""

import io
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from readiness.bank.fields import holds
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake.headings import Names
from readiness.intake.mapping import ABOUT_A_QUESTION, Target, TargetKind
from readiness.intake.xlsform import build_xlsform, write_xlsform
from readiness.intake.xlsform_names import field_name, target_of
from tests.small import small_bank

ODD = """
- {id: 1-first, text: 'A < "b" & ''c'' ${d}?', values: [-1, 0.5, 2], help: "Line one\\nline two",
   when: {with-gaps: [an option, b]}}
- {id: plain, text: Plain, label: "Label's \\"own\\"",
   wording: [{when: {with-gaps: [b]}, text: "It's \\"b\\" now"}, {when: {with-gaps: [an option]}, help: Only help},
   {when: {with-gaps: [b]}, evidence: ["It's \\"this\\"", "${that}"]}]}
- {id: never, when: {with-gaps: [gone]}}
"""


@pytest.fixture
def odd(tmp_path: Path) -> Bank:
    """A bank with everything in it that a form's syntax could trip over; one question is asked of nobody."""
    bank = small_bank(tmp_path, ODD.replace("gone", "b"), profile="{with-gaps: [an option, b]}")
    never = bank.questions[2].model_copy(update={"when": {"with-gaps": ("gone",)}})
    return bank.model_copy(update={"questions": (*bank.questions[:2], never)})


def converted(bank: Bank) -> str:
    """Return the XForm that pyxform makes of the XLSForm, checked by ODK Validate where there is Java to run it."""
    form = io.BytesIO(write_xlsform(build_xlsform(bank)))
    result = convert(form, validate=shutil.which("java") is not None, file_type=".xlsx")
    assert result.warnings == []
    return str(result.xform)


def test_the_shipped_bank_converts_without_a_warning(bank: Bank) -> None:
    form = converted(bank)
    assert f'version="{bank.version}"' in form
    assert 'id="peer-workers"' in form


@pytest.mark.parametrize(
    "said",
    [
        {"wording": [{"when": {"role": ["me"]}, "text": "Word. " * 600}] * 10},
        {"wording": [{"when": {"role": ["me"]}, "evidence": ["Thing. " * 500] * 3}] * 4},
        {"evidence": ["Thing. " * 500] * 11},
        {"when": {"size": [f"{'a' * 40}-{at}" for at in range(500)]}},
    ],
)
def test_a_question_that_no_cell_can_hold_is_refused_by_name(tmp_path: Path, said: Mapping[str, object]) -> None:
    profile = json.dumps({"size": [f"{'a' * 40}-{at}" for at in range(500)]})
    questions = [{"id": "short"}, {"id": "long", **said}]
    bank = small_bank(tmp_path, json.dumps(questions), profile=profile, roles="[me]")
    with pytest.raises(InputError, match=r'The question "long" says more than .* and 32,767 are the most\. Shorten'):
        build_xlsform(bank)


def test_an_odd_bank_converts_too(odd: Bank) -> None:
    tree = etree.fromstring(converted(odd).encode())
    text = " ".join(tree.itertext())
    assert """A < "b" & 'c' $ {d}?""" in text
    assert {"-1", "0.5", "2", "option_1", "b"} <= set(text.split())
    relevant = {bind.get("nodeset"): bind.get("relevant") for bind in tree.iter("{*}bind")}
    assert relevant["/data/part_d/q_1_first"].split() == (
        "( /data/about/profile_with_gaps = 'option_1' or /data/about/profile_with_gaps = 'b')".split()  # noqa: SIM905
    )
    assert relevant["/data/part_d/q_never"] == "false()"


def test_a_question_is_shown_where_the_bank_asks_it(bank: Bank) -> None:
    rows = {row["name"]: row for row in build_xlsform(bank).survey if "name" in row}
    profiles = [
        {"setting": setting, "stage": stage, "employment": employment, "culturally-specific": culture}
        for setting in ("nhs", "voluntary")
        for stage in ("planning", "established")
        for employment in ("paid", "unpaid", "both")
        for culture in ("yes", "no")
    ]
    choices = build_xlsform(bank).choices
    for question in bank.questions:
        name = field_name(Target(TargetKind.QUESTION, question.id))
        fields = [row for field, row in rows.items() if field == name or field.startswith(f"{name}__")]
        for profile in profiles:
            for role in ("", "peer-worker", "other"):
                shown = [row for row in fields if true_for(row["relevant"], {**profile, "role": role})]
                assert len(shown) == holds(question.when, profile), (question.id, profile, role)
                for row in shown:
                    offered = row["type"].removeprefix("select_one ")
                    labels = [choice["label"] for choice in choices if choice["list_name"] == offered]
                    levels = [level.text for level in question.worded(profile, role or None).levels]
                    assert labels[: len(levels)] == levels
                    neither = ["Don’t know", "Does not apply to our service"]
                    assert labels[len(levels) :] == neither[: 2 - question.always]
        assert (field_name(Target(TargetKind.WHY, question.id)) in rows) is not question.always


def test_the_main_words_are_told_with_the_role_before_the_first_question(bank: Bank) -> None:
    rows = {row["name"]: row for row in build_xlsform(bank).survey if "name" in row}
    assert bank.texts.terms
    assert rows["role"]["hint"].endswith(bank.texts.terms)


def test_how_to_choose_is_told_before_the_first_question_and_once(bank: Bank) -> None:
    assert bank.texts.choosing
    notes = [row["label"] for row in build_xlsform(bank).survey if row["type"] == "note"]
    assert [bank.texts.choosing in note for note in notes] == [True, False, False, False, False]


def test_it_asks_at_the_end_if_the_role_may_be_shown(bank: Bank) -> None:
    *_, group, asked, end = build_xlsform(bank).survey
    assert (group["type"], group["relevant"], end["type"]) == ("begin_group", "${role} != ''", "end_group")
    assert (asked["type"], asked["name"]) == ("select_one yes_no", "shown_alone")
    assert asked["label"] == "May your role’s answers be shown in the report although few of you answered?"


def test_a_bank_without_roles_takes_any_words_for_one(odd: Bank, bank: Bank) -> None:
    types = [{row.get("name"): row["type"] for row in build_xlsform(one).survey}["role"] for one in (odd, bank)]
    assert types == ["text", "select_one roles"]


def true_for(relevant: str, profile: dict[str, str]) -> bool:
    """Return what the condition comes to; it holds nothing but comparisons, "and", "or", "not" and brackets."""
    values = re.sub(r"\$\{(?:profile_)?(\w+)\}", lambda found: repr(profile[found[1].replace("_", "-")]), relevant)
    assert re.fullmatch(r"[\w\s()='-]*", values)
    return bool(eval(values.replace(" = ", " == ") or "True"))  # noqa: S307 — the line above says what it can be


def test_words_that_depend_on_the_profile_are_computed_and_the_last_that_fits_wins(bank: Bank) -> None:
    rows = {row["name"]: row for row in build_xlsform(bank).survey if "name" in row}
    question = bank.question_by_id["career-progression"]
    assert rows["q_career_progression"]["label"] == "${words_career_progression}"
    calculation = rows["words_career_progression"]["calculation"]
    texts = [*(wording.text for wording in reversed(question.wording) if wording.text), question.text]
    places = [calculation.index(str(text)) for text in texts]
    assert places == sorted(places)


def test_every_name_of_the_form_leads_back_to_what_it_stands_for(bank: Bank, odd: Bank) -> None:
    for one in (bank, odd):
        for question in one.questions:
            for kind in ABOUT_A_QUESTION:
                target = Target(kind, question.id)
                for group in ("", "group/sub/", "group-sub-"):
                    assert target_of(f"{group}{field_name(target)}", one) == target
        written = [row["name"] for row in build_xlsform(one).survey if row["type"] not in ("begin_group", "end_group")]
        for name in written:
            assert Names.of(one, {}).find(name), name
        for entry in one.profile:
            target = Target(TargetKind.PROFILE, entry.id)
            assert target_of(field_name(target), one) == target


IDS = st.lists(st.text("qnote1", min_size=1, max_size=4), min_size=1, max_size=3).map("-".join)


@given(st.sets(IDS, min_size=1, max_size=6))
def test_different_ids_have_different_names(ids: set[str]) -> None:
    names = [field_name(Target(kind, one)) for one in ids for kind in ABOUT_A_QUESTION]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+_[a-z0-9_]+", name) for name in names)


@pytest.mark.parametrize("heading", ["q_", "q_nothing", "x_pay_parity", "Q_pay_parity", "${words_nothing}", "about_x"])
def test_what_only_looks_like_one_of_our_names_is_none(bank: Bank, heading: str) -> None:
    assert target_of(heading, bank) is None


def test_the_same_bank_gives_the_same_bytes_and_no_formula(bank: Bank) -> None:
    data = write_xlsform(build_xlsform(bank))
    assert data == write_xlsform(build_xlsform(bank))
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["survey", "choices", "settings"]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.rows for cell in row)
