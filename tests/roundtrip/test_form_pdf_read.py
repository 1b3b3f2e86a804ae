"""PDF forms that come back: the level that was ticked is the level that is read, whoever filled the form in."""

import datetime as dt
import io
import os
import struct
import warnings
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.fields import exact
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.roundtrip import form_pdf_process as pdf_fields
from readiness.roundtrip import form_pdf_read as filled_pdf
from readiness.roundtrip.form_entries import NO_REASON
from readiness.roundtrip.form_model import FormQuestion, FormView
from readiness.roundtrip.form_pdf_process import fields_of
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from readiness.text import safe_lines
from tests.conftest import EXAMPLES
from tests.forms import TEAM, bank_with_roles, blank, entries, filled_with_pikepdf, filled_with_pypdf, form_view
from tests.report.services import PROFILE, example
from tests.reports import pdftotext
from tests.small import small_bank

Fill = Callable[[bytes, Mapping[str, str]], bytes]
LIBRARIES = pytest.mark.parametrize("fill", [filled_with_pypdf, filled_with_pikepdf])


@pytest.fixture(scope="module")
def view(bank: Bank) -> FormView:
    return form_view(bank)


@pytest.fixture(scope="module")
def data(view: FormView) -> bytes:
    return blank(Format.PDF, view)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return bank_with_roles(tmp_path_factory.mktemp("small"), "[{id: a}, {id: b, values: [-1, 0.25, 2.5]}, {id: c}]")


@pytest.fixture(scope="module")
def little(small: Bank) -> bytes:
    return blank(Format.PDF, form_view(small, {}))


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], Path]:
    def save(data: bytes) -> Path:
        (tmp_path / "form.pdf").write_bytes(data)
        return tmp_path / "form.pdf"

    return save


def problems(path: Path, bank: Bank, **options: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        read_filled_pdf(path, bank, **options)
    return [str(problem).removeprefix(f"{path}: ") for problem in error.value.problems]


def answers(assessment: Assessment) -> dict[str, Response]:
    """Return the responses as a form can hold them: without what shows an answer."""
    return {name: given.model_copy(update={"evidence": ()}) for name, given in assessment.responses.items()}


@LIBRARIES
def test_an_example_comes_back_as_it_was_filled_in(
    bank: Bank, data: bytes, saved: Callable[[bytes], Path], fill: Fill
) -> None:
    [meant] = example("northside-cmht", bank)
    read = read_filled_pdf(saved(fill(data, entries(meant))), bank)
    [assessment] = read.assessments
    assert read.notices == ()
    assert assessment.responses == answers(meant)
    assert assessment.team == Team(name=TEAM, organisation="Alder Trust", profile=PROFILE)
    assert (assessment.date, assessment.respondent, assessment.bank) == (
        meant.date,
        meant.respondent,
        BankReference.to(bank),
    )


def ticks(view: FormView, turn: int) -> dict[str, str]:
    """Return an answer to each question: over seven turns, each answer once."""
    codes = {
        question.answer: [*(level.code for level in question.levels), "unknown", *_aside(question)]
        for question in view.questions
    }
    return {name: codes[name][(turn + at) % len(codes[name])] for at, name in enumerate(codes)}


def _aside(question: FormQuestion) -> list[str]:
    return [] if question.always else ["not-applicable"]


@pytest.mark.parametrize(("fill", "turns"), [(filled_with_pikepdf, range(7)), (filled_with_pypdf, (0, 3))])
def test_every_answer_of_every_question_is_read_as_what_was_ticked(
    view: FormView, data: bytes, fill: Fill, turns: Sequence[int]
) -> None:
    for turn in turns:
        ticked = ticks(view, turn)
        found = fields_of(fill(data, ticked))
        assert {name: found[name] for name in ticked} == {name: [code] for name, code in ticked.items()}


@LIBRARIES
def test_and_whatever_its_levels_are_worth(small: Bank, little: bytes, fill: Fill) -> None:
    view = form_view(small, {})
    for turn in range(7):
        ticked = ticks(view, turn)
        found = fields_of(fill(little, ticked))
        assert {name: found[name] for name in ticked} == {name: [code] for name, code in ticked.items()}


def test_what_a_form_says_is_seen_on_it_too(data: bytes, view: FormView, tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(filled_with_pypdf(data, {view.questions[3].note: "Seen on the page"}))
    assert "Seen on the page" in pdftotext(tmp_path / "form.pdf")


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60).filter(safe_lines)
notes = st.none() | texts


def _responses(small: Bank) -> st.SearchStrategy[dict[str, Response]]:
    def given_to(values: list[int | float]) -> st.SearchStrategy[Response | None]:
        levels = st.builds(lambda level, note: Response(level=level, note=note), st.sampled_from(values), notes)
        unknown = st.builds(lambda note: Response(unknown=True, note=note), notes)
        neither = st.builds(lambda why, note: Response(not_applicable=why, note=note), texts, notes)
        only = st.builds(lambda note: Response(note=note), texts)
        return st.none() | levels | unknown | neither | only

    return st.fixed_dictionaries(
        {question.id: given_to([level.value for level in question.levels]) for question in small.questions}
    ).map(lambda made: {name: response for name, response in made.items() if response})


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_whatever_is_filled_in_comes_back(small: Bank, little: bytes, drawn: st.DataObject, tmp_path: Path) -> None:
    meant = Assessment(
        bank=BankReference.to(small),
        team=Team(name=TEAM, organisation="Alder Trust"),
        respondent=Respondent(
            role=drawn.draw(st.none() | st.sampled_from(["peer-worker", "other"])),
            shown_alone=drawn.draw(st.sampled_from([True, None])),
        ),
        date=drawn.draw(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))),
        responses=drawn.draw(_responses(small).filter(bool)),
    )
    fill = drawn.draw(st.sampled_from([filled_with_pypdf, filled_with_pikepdf]))
    (tmp_path / "form.pdf").write_bytes(fill(little, entries(meant)))
    with pytest.MonkeyPatch.context() as patch:  # the process of its own has tests of its own
        patch.setattr(filled_pdf, "_fields", lambda path, _: fields_of(path.read_bytes()))
        read = read_filled_pdf(tmp_path / "form.pdf", small)
    assert read.notices == ()
    assert read.assessments == (meant.model_copy(update={"responses": _as_kept(meant.responses)}),)


def _as_kept(responses: Mapping[str, Response]) -> dict[str, Response]:
    def kept(text: str | None) -> str | None:
        return "\n".join(safe_lines(text)) if text else None

    return {
        name: given.model_copy(update={"note": kept(given.note), "not_applicable": kept(given.not_applicable)})
        for name, given in responses.items()
    }


def test_a_value_that_is_no_whole_number_stays_exact(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    [read] = read_filled_pdf(
        saved(filled_with_pypdf(little, {"answer:b": "0.25", "date": "1/2/2026"})), small
    ).assessments
    assert exact(read.responses["b"].level or 0) == exact(0.25)
    assert read.date == dt.date(2026, 2, 1)


def test_does_not_apply_stands_without_a_reason_and_a_reason_without_a_tick_is_a_note(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    filled = {
        "answer:a": "not-applicable",
        "answer:b": "2.5",
        "why:b": "Not here",
        "note:b": "True",
        "date": "2026-02-01",
    }
    path = saved(filled_with_pikepdf(little, {**filled, "why:c": "Too early"}))
    read = read_filled_pdf(path, small)
    assert read.assessments[0].responses == {
        "a": Response(not_applicable=NO_REASON),
        "b": Response(level=2.5, note="True\nNot here"),
        "c": Response(note="Too early"),
    }
    kept = "has a reason why it does not apply, but that is not ticked. It is kept as a note."
    assert read.notices == (
        f"{path}: “Question a” does not apply, and the form does not say why.",
        f"{path}: “Question b” {kept}",
        f"{path}: “Question c” {kept}",
    )


def test_a_form_without_a_date_counts_on_the_day_it_was_saved(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    path = saved(filled_with_pypdf(little, {"answer:a": "1"}))
    os.utime(path, (1_750_000_000, 1_750_000_000))
    read = read_filled_pdf(path, small)
    assert read.assessments[0].date == dt.datetime.fromtimestamp(1_750_000_000).astimezone().date()
    assert read.notices == (
        f"{path}: The form has no date. It counts as filled in when the file was saved, 2025-06-15.",
    )


@pytest.mark.parametrize("time", [253_402_387_200, -100_000_000_000, 10**18])
def test_a_form_saved_in_no_year_of_a_calendar_needs_a_date(
    time: int, small: Bank, little: bytes, saved: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat  # few file systems keep such a time

    def strange(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = stat(path, follow_symlinks=follow_symlinks)
        return os.stat_result((*found[:8], time, found[9]))

    monkeypatch.setattr(Path, "stat", strange)
    dated = saved(filled_with_pypdf(little, {"answer:a": "1", "date": "1/1/2026"}))
    assert read_filled_pdf(dated, small).assessments[0].date == dt.date(2026, 1, 1)
    [said] = problems(saved(filled_with_pypdf(little, {"answer:a": "1"})), small)
    assert said.startswith("The form has no date, and the file does not say when it was saved. Write the date into it")


def test_a_team_that_the_form_asks_for_is_read_and_has_to_be_there(small: Bank, saved: Callable[[bytes], Path]) -> None:
    asks = blank(Format.PDF, form_view(small, {}, None, None))
    filled = {"answer:a": "1", "date": "1/1/2026"}
    path = saved(filled_with_pypdf(asks, {**filled, "team": " South\u202eside ", "organisation": "A trust"}))
    [read] = read_filled_pdf(path, small).assessments
    assert read.team == Team(name="Southside", organisation="A trust")
    assert problems(saved(filled_with_pypdf(asks, {**filled, "team": " "})), small) == [
        "The form does not say which team it is about. Write the team’s name into it, or give it with --team."
    ]


def _with_two_ticks(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        [group] = [field for field in pdf.Root.AcroForm.Fields if field.T == "answer:a"]
        group.V = pikepdf.Name("/1")
        group.Kids[1].AS = pikepdf.Name("/1")
        group.Kids[4].AS = pikepdf.Name("/4")
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_all_that_is_wrong_in_a_form_is_said_at_once(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    filled = filled_with_pikepdf(little, {"answer:b": "surely", "date": "soon", "note:c": "x"})
    assert problems(saved(_with_two_ticks(filled)), small) == [
        "There is more than one answer in “Question a”: 1, 4. Open the form, choose one of them, and save it.",
        "“Question b” has an answer that the form does not offer: surely. Choose one of its answers.",
        '"soon" is not understood. Write a date, such as 31/01/2027.',
    ]


def test_a_level_that_the_bank_does_not_have_is_refused_with_the_levels_there_are(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    path = saved(filled_with_pikepdf(little, {"answer:b": "7", "date": "1/1/2026"}))
    assert problems(path, small) == ['"b" has no level 7. Use -1, 0.25 or 2.5.']


def test_a_note_that_is_too_long_is_refused(small: Bank, little: bytes, saved: Callable[[bytes], Path]) -> None:
    path = saved(filled_with_pikepdf(little, {"note:c": "x" * 20_001, "date": "1/1/2026"}))
    assert problems(path, small) == ["responses.c.note is too long. Keep it to 20000 characters."]


def test_a_form_that_nobody_filled_in_is_refused(small: Bank, little: bytes, saved: Callable[[bytes], Path]) -> None:
    [said] = problems(saved(little), small)
    assert said.startswith("Nothing is filled in in this form.")


def test_a_form_for_another_bank_is_refused(bank: Bank, little: bytes, saved: Callable[[bytes], Path]) -> None:
    path = saved(filled_with_pypdf(little, {"answer:a": "1"}))
    assert problems(path, bank) == [
        'This form asks the questions of "small", not of "peer-workers". Name the right bank with --bank.'
    ]


def test_answers_to_an_older_edition_are_kept_and_pointed_out(
    tmp_path: Path, small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    newer = small_bank(tmp_path, "[{id: a, weight: 2}, {id: b, values: [0, 1]}]")
    path = saved(filled_with_pypdf(little, {"answer:a": "3", "answer:b": "0.25", "answer:c": "1", "date": "1/1/2026"}))
    read = read_filled_pdf(path, newer)
    assert read.assessments[0].bank == BankReference.to(small)
    assert {name: given.level for name, given in read.assessments[0].responses.items()} == {"a": 3, "b": 0.25, "c": 1}
    assert read.notices == (
        f"{path}: answered with another edition of the questions; this is 1.",
        f'{path}: "b" has no level 0.25. It is kept, and does not count.',
        f'{path}: There is no question "c". It is kept, and does not count.',
    )


def test_a_mark_that_was_changed_is_refused(small: Bank, little: bytes, saved: Callable[[bytes], Path]) -> None:
    path = saved(filled_with_pikepdf(little, {"readiness-form": '{"schema": 1', "answer:a": "1"}))
    assert problems(path, small)[0].startswith("The hidden part of this form, which says what it asks, is damaged.")


def test_a_program_that_gives_a_group_options_changes_no_answer(little: bytes) -> None:
    with pikepdf.open(io.BytesIO(filled_with_pikepdf(little, {"answer:b": "0.25"}))) as pdf:
        [group] = [field for field in pdf.Root.AcroForm.Fields if field.T == "answer:b"]
        group.Opt = pikepdf.Array([pikepdf.String(str(next(iter(kid.AP.N)))[1:]) for kid in group.Kids])
        for at, kid in enumerate(group.Kids):
            [name] = map(str, kid.AP.N)
            kid.AP.N = pikepdf.Dictionary({f"/{at}": kid.AP.N[name]})
            kid.AS = pikepdf.Name(f"/{at}") if name == "/0.25" else pikepdf.Name.Off
        group.V = pikepdf.Name("/1")
        out = io.BytesIO()
        pdf.save(out)
    assert fields_of(out.getvalue())["answer:b"] == ["0.25"]


def test_a_pdf_that_was_printed_to_a_pdf_is_told_from_one_that_is_not_ours(
    tmp_path: Path, small: Bank, saved: Callable[[bytes], Path]
) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "printed.pdf")
    assert problems(tmp_path / "printed.pdf", small)[0].startswith(
        "There is nothing in this PDF that could be filled in."
    )
    other = pikepdf.open(io.BytesIO(blank(Format.PDF, form_view(small, {}))))
    for field in other.Root.AcroForm.Fields:
        field.T = pikepdf.String(f"other-{field.T}")
    out = io.BytesIO()
    other.save(out)
    assert problems(saved(out.getvalue()), small) == [
        "This PDF is not one of our forms. Fill in one that was made here, with: readiness form -o form.pdf"
    ]


@pytest.mark.parametrize(
    "rubbish", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x00" * 5000, (EXAMPLES / "northside-cmht.yaml").read_bytes()]
)
def test_what_is_no_pdf_is_refused(small: Bank, saved: Callable[[bytes], Path], rubbish: bytes) -> None:
    [said] = problems(saved(rubbish), small)
    assert said.startswith("This is not a PDF that we can read.")


def test_a_form_cut_short_is_refused_or_read_but_never_crashes_us(little: bytes) -> None:
    filled = filled_with_pypdf(little, {"answer:a": "1"})
    for part in range(1, 12):
        cut = filled[: len(filled) * part // 12]
        try:
            found = fields_of(cut)
        except Exception:  # noqa: BLE001, S112 — the process of its own turns whatever it is into a refusal
            continue
        assert found.get("answer:a", ["1"]) in (["1"], [])


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, small: Bank) -> None:
    assert problems(tmp_path / "gone.pdf", small) == ["There is no such file. Check the name."]
    (tmp_path / "large.pdf").write_bytes(b"%PDF" + b"\x00" * 8_000_001)
    assert problems(tmp_path / "large.pdf", small) == ["The file is larger than 8 MB. Check that it is the right file."]


def _of(field: pikepdf.Dictionary, pdf: pikepdf.Pdf) -> bytes:
    page = pdf.add_blank_page()
    field = pdf.make_indirect(field)
    page.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_parents_that_go_round_in_a_circle_end() -> None:
    pdf = pikepdf.new()
    field = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, T=pikepdf.String("a"))
    )
    field.Parent = field
    assert [len(name) for name in fields_of(_of(field, pdf))] == [39]


def test_a_file_that_asks_for_more_memory_than_a_form_takes_is_refused(
    small: Bank, saved: Callable[[bytes], Path]
) -> None:
    """An object stream of a few kilobytes unpacks to gigabytes: pypdf has a limit, and the process has another."""
    packed = zlib.compress(zlib.compress(b"0" * 300_000_000, 1), 9)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(packed)
    body = b"%PDF-1.7\n1 0 obj\n" + stream + packed + b"\nendstream\nendobj\n"
    assert len(body) < 100_000
    table = struct.pack(">BHB", 1, 9, 0)
    xref = len(body)
    body += b"2 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 3 0 R/Index[1 1 3 1]/Length 8>>stream\n"
    body += table + struct.pack(">BHB", 2, 1, 0) + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % xref
    [said] = problems(saved(body), small)
    assert said.startswith("This is not a PDF that we can read.")


def test_a_file_that_takes_too_long_is_stopped(small: Bank, little: bytes, saved: Callable[[bytes], Path]) -> None:
    [said] = problems(saved(little), small, deadline=0.01)
    assert said.startswith("Reading this PDF took more than 0.01 seconds, and was stopped. Open it in the program ")


def test_more_fields_or_text_than_any_form_has_is_refused(little: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = filled_with_pikepdf(little, {"note:a": "x" * 500})
    monkeypatch.setattr(pdf_fields, "MAX_TEXT", 100)
    assert fields_of(filled)["note:a"] == ["x" * 100]
    monkeypatch.setattr(pdf_fields, "MAX_ALL", 90)
    with pytest.raises(ValueError, match="more than any form holds"):
        fields_of(filled)
    monkeypatch.setattr(pdf_fields, "MAX_ALL", 10_000)
    monkeypatch.setattr(pdf_fields, "MAX_FIELDS", 10)
    with pytest.raises(ValueError, match="more than any form holds"):
        fields_of(filled)


def test_a_form_that_was_locked_without_a_password_is_read(little: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(filled_with_pypdf(little, {"answer:a": "3"}))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert fields_of(out.getvalue())["answer:a"] == ["3"]


def _encrypted(data: bytes, user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=6 if user else 4))
    return out.getvalue()


def test_a_form_that_may_not_be_edited_but_opens_is_read(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    path = saved(_encrypted(filled_with_pikepdf(little, {"answer:a": "3", "team": "N"}), ""))
    [assessment] = read_filled_pdf(path, small).assessments
    assert assessment.responses["a"].level == 3


def test_a_form_that_opens_only_with_a_password_is_said_to_be_that(
    small: Bank, little: bytes, saved: Callable[[bytes], Path]
) -> None:
    [told] = problems(saved(_encrypted(little, "secret")), small)
    assert "This PDF opens only with a password. Open it with its password, and save it without one." in told


def test_a_form_that_this_computer_can_not_unlock_is_said_to_be_that(
    small: Bank, little: bytes, saved: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cryptography").mkdir()
    (tmp_path / "cryptography" / "__init__.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    [told] = problems(saved(_encrypted(little, "")), small)
    assert "This PDF is protected, and the part that reads such files is not installed. Install it: pip" in told


def _joined_by_pypdf(forms: Sequence[bytes]) -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    for form in forms:
        writer.append(io.BytesIO(form))
    writer.write(out)
    return out.getvalue()


def _joined_by_pikepdf(forms: Sequence[bytes]) -> bytes:
    """Join them as programs do that know nothing of forms, and be warned of it."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for form in forms:
            with pikepdf.open(io.BytesIO(form)) as one:
                pdf.pages.extend(one.pages)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("joined", [_joined_by_pypdf, _joined_by_pikepdf])
def test_several_forms_in_one_pdf_are_told_and_never_mixed(
    small: Bank, little: bytes, saved: Callable[[bytes], Path], joined: Callable[[Sequence[bytes]], bytes]
) -> None:
    forms = [filled_with_pikepdf(little, {"answer:a": level, "team": "N"}) for level in ("1", "1", "3")]
    with warnings.catch_warnings(action="ignore"):
        data = joined(forms)
    assert problems(saved(data), small) == [
        "There are 3 forms in this PDF, put together as one file. Send each form as a file of its own, as it was saved."
    ]
