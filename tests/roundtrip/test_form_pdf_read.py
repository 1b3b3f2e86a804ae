"""PDF forms that come back: the level that was ticked is the level that is read, whoever filled the form in."""

import datetime as dt
import io
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.fields import exact
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.roundtrip import form_pdf_read as filled_pdf
from readiness.roundtrip.form_entries import NO_REASON
from readiness.roundtrip.form_model import FormQuestion, FormView
from readiness.roundtrip.form_pdf_process import fields_of
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from readiness.text import safe_lines
from tests.forms import TEAM, blank, entries, filled_with_pikepdf, filled_with_pypdf, form_view
from tests.report.services import PROFILE, example
from tests.reports import pdftotext
from tests.roundtrip.pdf_forms import LIBRARIES, Fill, answers, problems
from tests.small import small_bank


@LIBRARIES
def test_an_example_comes_back_as_it_was_filled_in(
    bank: Bank, shipped_form: bytes, saved: Callable[[bytes], Path], fill: Fill
) -> None:
    [meant] = example("northside-cmht", bank)
    read = read_filled_pdf(saved(fill(shipped_form, entries(meant))), bank)
    [assessment] = read.assessments
    assert read.notices == ()
    assert assessment.responses == answers(meant)
    assert assessment.team == Team(name=TEAM, organisation="Alder Trust", profile=PROFILE)
    assert (assessment.date, assessment.respondent, assessment.bank) == (
        meant.date,
        meant.respondent,
        BankReference.to(bank),
    )


def ticks(shipped_view: FormView, turn: int) -> dict[str, str]:
    """Return an answer to each question: over seven turns, each answer once."""
    codes = {
        question.answer: [*(level.code for level in question.levels), "unknown", *_aside(question)]
        for question in shipped_view.questions
    }
    return {name: codes[name][(turn + at) % len(codes[name])] for at, name in enumerate(codes)}


def _aside(question: FormQuestion) -> list[str]:
    return [] if question.always else ["not-applicable"]


@pytest.mark.parametrize(("fill", "turns"), [(filled_with_pikepdf, range(7)), (filled_with_pypdf, (3,))])
def test_every_answer_of_every_question_is_read_as_what_was_ticked(
    shipped_view: FormView, shipped_form: bytes, fill: Fill, turns: Sequence[int]
) -> None:
    for turn in turns:
        ticked = ticks(shipped_view, turn)
        found = fields_of(fill(shipped_form, ticked))
        assert {name: found[name] for name in ticked} == {name: [code] for name, code in ticked.items()}


@LIBRARIES
def test_and_whatever_its_levels_are_worth(small: Bank, little: bytes, fill: Fill) -> None:
    shipped_view = form_view(small, {})
    for turn in range(7):
        ticked = ticks(shipped_view, turn)
        found = fields_of(fill(little, ticked))
        assert {name: found[name] for name in ticked} == {name: [code] for name, code in ticked.items()}


def test_what_a_form_says_is_seen_on_it_too(shipped_form: bytes, shipped_view: FormView, tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(
        filled_with_pypdf(shipped_form, {shipped_view.questions[3].note: "Seen on the page"})
    )
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
        patch.setattr(filled_pdf, "fields_of", lambda path, *_: fields_of(path.read_bytes()))
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


def _with_two_ticks(shipped_form: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(shipped_form)) as pdf:
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
    assert problems(path, small) == ['"b" has no level 7. Use one of: -1, 0.25, 2.5.']


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
        f'{path}: "b" has no level 0.25. It is kept, and does not count as it stands.',
        f'{path}: There is no question "c". It is kept, and does not count as it stands.',
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
