"""The same facts stand in every format."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from readiness.bank.model import Bank
from readiness.document.values import ScoreView, SpreadView
from readiness.document.write import Format
from readiness.plan.stretch import Stretch
from readiness.report.formats import REPORT_FORMATS, render_here
from readiness.report.model import Report
from tests.report.planned import Planned, worked_on
from tests.report.reading import READERS, read, squeezed
from tests.report.services import SOBER

Reports = Callable[[str], Report]
Written = Callable[[Format, str], tuple[bytes, list[str]]]
InPlan = Callable[[Format], str]
DATA = (Format.JSON, Format.XLSX)
"""What holds all that is known, to count in."""
SCREENS = (*DATA, Format.HTML)
"""What has room for why each part matters: on paper the report stays short without it."""
WHOLE = [form for form in REPORT_FORMATS if form is not Format.PPTX]
"""What holds the whole report: slides hold page one, and what to do now."""
TEXT = [form for form in WHOLE if form is not Format.JSON]


def facts(report: Report, form: Format) -> Iterator[str]:
    """Yield everything that a reader must find in the format."""
    yield from (report.title, report.team, report.organisation or "", report.date_text, report.answered_by)
    yield from reasons(report, form)
    yield from (report.sentences.terms or "", report.sentences.not_validated, report.sentences.claim)
    for kind in (report.facilitators, report.barriers) if form in DATA else ():
        yield kind.range_text if kind.low != kind.high else ""
    for fact in report.profile:
        yield from (fact.label, fact.value)
    for band in report.bands:
        yield from (band.label, band.meaning)
    for held in report.held_by:
        yield from (held.label, held.needs, held.now)
    yield from parts(report, form)
    for horizon in report.horizons:
        for action in horizon.actions:
            yield from (
                action.title,
                action.detail,
                action.owner or action.role,
                action.sign,
                action.when,
            )
            if form in DATA or horizon.id == Stretch.NOW:
                yield action.effort
    yield from views(report, form)
    for source in report.sources:
        yield from (source.citation, source.url or "", source.about or "")
    yield from (report.bank, report.fingerprint, report.version)


def reasons(report: Report, form: Format) -> Iterator[str]:
    """Yield why the result is what it is: in sentences, or, on a page, beside what is drawn."""
    if form in DATA:
        yield from report.explanation
        return
    yield from report.limits
    yield from (report.set_aside or "", report.sentences.provisional if report.provisional else "")
    yield (report.held_text or "") if not report.held_by else ""


def parts(report: Report, form: Format) -> Iterator[str]:
    """Yield everything about each part: its score, what it stands on, and where each question stands."""
    for domain in report.domains:
        yield from (domain.title, domain.about, number(domain.overall, form), domain.overall.range_text, domain.known)
        if form in SCREENS:
            yield from (reason.statement for reason in domain.why)
        for answer in domain.answers:
            yield from (answer.question, answer.answer, answer.keep or "", *answer.note, *answer.evidence)
        yield from (answer.next or "" for answer in domain.missing)
        yield from (answer.label for answer in (*domain.strong, *domain.missing, *domain.open))
        yield from (answer.who_knows or "" for answer in domain.open)


def number(score: ScoreView, form: Format) -> str:
    """Return a score as the format shows it: without one, the cell of a workbook is empty."""
    if form is Format.JSON:
        return "" if score.score is None else f"{score.score:g}"
    return "" if form is Format.XLSX and score.score is None else score.text


def views(report: Report, form: Format) -> Iterator[str]:
    """Yield everything about where views differ. A workbook has each number in a cell of its own."""
    if report.views is None:
        return
    yield from (*report.views.told, report.views.meaning, report.views.measure if report.views.questions else "")
    for group in report.views.groups:
        yield group.who
        for score in (group.overall, *group.domains):
            yield from score.partition("(") if form is Format.XLSX else (score,)
    for one in report.views.questions:
        yield from (one.label, one.said, *one.gaps, f"{one.n}", *(counted(row, form) for row in one.rows[:1]))
    for one in report.views.talk:
        yield from (one.question, one.prompt or "", *one.look_at)
        yield from (text for row in one.rows for text in (row.who, counted(row, form)))


def counted(row: SpreadView, form: Format) -> str:
    """Return how many chose each step, as the format shows it."""
    return "".join(map(str, row.counts)) if form is Format.XLSX else row.text


def edits(report: Report, form: Format) -> Iterator[str]:
    """Yield everything about a plan that somebody has worked on."""
    kept = [action for horizon in report.horizons for action in horizon.actions]
    for action in (*kept, *report.past):
        yield from (action.title, action.status_text if action.status != "todo" else "", *action.comments)
        yield action.owner
        yield action.mark or ""
    yield from (action.title for action in kept if action.own)
    for action in report.dropped:
        yield from (action.title, action.dropped or "")
    if form is not Format.JSON:  # there the number is a field
        point = "" if form is Format.XLSX else "."
        yield from (f"{action.number}{point}{action.title}" for action in (*report.past, *report.dropped))
    yield report.progress or ""
    yield report.older_bank or ""
    yield report.behind or ""


def numbers(report: Report, form: Format) -> Iterator[str]:
    """Yield every number that a reader must find, with what stands beside it."""
    yield f"{report.overall.text} out of 100"
    for domain in report.domains:
        yield f"{domain.title} {number(domain.overall, form)} {domain.overall.range_text} {domain.known}"
    for domain in report.domains:
        for answer in domain.answers:
            before = {Format.MARKDOWN: ".", Format.XLSX: domain.title}.get(form, "")
            yield f"{answer.number}{before}{answer.question}"


@pytest.mark.parametrize("form", WHOLE)
def test_every_edit_of_a_plan_stands_in_it(form: Format, planned: Planned, in_plan: InPlan) -> None:
    text = in_plan(form)
    assert [
        fact for fact in (*edits(planned.report, form), *facts(planned.report, form)) if squeezed(fact) not in text
    ] == []
    due = [
        action.due_text if form not in (Format.JSON, Format.XLSX) else action.due
        for horizon in planned.report.horizons
        for action in horizon.actions
        if action.due
    ]
    assert due
    assert [date for date in due if squeezed(date or "") not in text] == []


@pytest.mark.parametrize("form", TEXT)
def test_every_number_stands_in_it_beside_what_it_is_about(form: Format, planned: Planned, in_plan: InPlan) -> None:
    text = in_plan(form)
    assert [number for number in numbers(planned.report, form) if squeezed(number) not in text] == []


def test_stuck_done_and_taken_out_are_told_apart_without_colour(in_plan: InPlan) -> None:
    page = in_plan(Format.PDF)
    assert [sign in page for sign in ("!Stuck", "✓Done", "×Takenout")] == [True] * 3
    word = in_plan(Format.DOCX)
    assert [sign in word for sign in ("!Stuck", "✓Done")] == [True] * 2


@pytest.fixture(scope="module")
def planned(bank: Bank) -> Planned:
    return worked_on(bank)


@pytest.fixture(scope="module")
def in_plan(planned: Planned) -> Callable[[Format], str]:
    """Return the squeezed text of the report whose plan somebody has worked on."""
    return cache(lambda form: read(form, render_here(form, planned.report, SOBER)[0]))


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("name", ["northside", "harbour", "nothing", "top", "several", "riverside"])
def test_every_fact_stands_in_it(form: Format, name: str, report: Reports, written: Written) -> None:
    text = read(form, written(form, name)[0])
    assert [fact for fact in facts(report(name), form) if squeezed(fact) not in text] == []


@pytest.mark.parametrize("form", TEXT)
@pytest.mark.parametrize("name", ["northside", "harbour"])
def test_score_and_range_stand_beside_the_part_they_are_about(
    form: Format, name: str, report: Reports, written: Written
) -> None:
    text = read(form, written(form, name)[0])
    for domain in report(name).domains:
        row = f"{domain.title} {number(domain.overall, form)} {domain.overall.range_text} {domain.known}"
        assert squeezed(row) in text


@pytest.mark.parametrize("form", TEXT)
@pytest.mark.parametrize("name", ["northside", "harbour"])
def test_owner_and_sign_stand_with_their_action(form: Format, name: str, report: Reports, written: Written) -> None:
    text = read(form, written(form, name)[0])
    for horizon in report(name).horizons:
        for action in horizon.actions:
            start = text.rindex(squeezed(f"{action.title}"), 0, text.index(squeezed(action.detail)))
            entry = text[start : start + len(squeezed(action.title + action.detail + action.sign)) + 400]
            assert squeezed(action.sign) in entry
            assert squeezed(action.role if form is Format.XLSX else action.by_whom) in entry


@pytest.mark.parametrize("form", TEXT)
def test_band_stands_with_the_overall_score_and_its_range(form: Format, report: Reports, written: Written) -> None:
    made = report("northside")
    assert made.band is not None
    text = read(form, written(form, "northside")[0])
    could_be = f"{made.overall.range_text}, for what is not"
    assert squeezed(made.band.label) in text[: text.index(squeezed(could_be))]
    assert squeezed(f"{made.overall.text} out of 100") in text


@pytest.mark.parametrize("form", TEXT)
def test_without_a_score_it_says_so_and_no_dash_stands_for_a_number(
    form: Format, report: Reports, written: Written
) -> None:
    text = read(form, written(form, "nothing")[0])
    assert "Noscoreyet" in text
    assert "–outof100" not in text
    assert all(squeezed(limit) in text for limit in report("nothing").limits)


@pytest.mark.parametrize("form", TEXT)
def test_each_note_stands_with_its_question(form: Format, report: Reports, written: Written) -> None:
    text = read(form, written(form, "harbour")[0])
    appendix = text[text.rindex("Allanswers") :]
    for answer in (answer for domain in report("harbour").domains for answer in domain.answers if answer.note):
        after = appendix[appendix.index(squeezed(answer.question)) :]
        note = squeezed(answer.note[0])
        assert after.index(note) < len(squeezed(answer.question + answer.answer)) + 40


@pytest.mark.parametrize("form", TEXT)
@pytest.mark.parametrize("name", ["northside", "nothing", "unknown", "top", "several"])
def test_what_is_not_there_leaves_no_trace_of_the_program(form: Format, name: str, written: Written) -> None:
    text = READERS[form](written(form, name)[0]).replace("None of the", "")
    assert not [word for word in ("None", "Undefined", "nan", "{{", "{%", "&amp;", "&lt;") if word in text.split()]


@pytest.mark.parametrize("form", TEXT)
def test_counts_and_number_of_people_stand_with_their_group(form: Format, report: Reports, written: Written) -> None:
    text = read(form, written(form, "riverside")[0])
    made = report("riverside").views
    assert made is not None
    assert len(made.talk) > 3
    for row in (row for one in made.talk for row in one.rows):
        counts = squeezed(counted(row, form))
        rows = (f"{row.who}({row.n}){counts}", f"{row.who}{counts}{row.n}", f"{row.who}{row.n}{counts}")
        assert any(squeezed(each) in text.replace(",atsteps1to5:", "") for each in rows)


@pytest.mark.parametrize("form", TEXT)
def test_where_one_person_answered_nothing_is_said_of_differing_views(form: Format, written: Written) -> None:
    assert "Whereviewsdiffer" not in read(form, written(form, "northside")[0])


@pytest.mark.parametrize("form", TEXT)
def test_several_people_are_told_that_notes_are_left_out(form: Format, written: Written) -> None:
    text = read(form, written(form, "several")[0])
    assert squeezed("Their notes are left out, because notes can hold personal data.") in text
    assert "Saidinprivate" not in text


@pytest.mark.parametrize("form", TEXT)
def test_says_before_any_score_that_it_is_no_validated_measure(form: Format, report: Reports, written: Written) -> None:
    text = read(form, written(form, "top")[0])
    said = squeezed("This is a tool to plan with, and not a validated measure.")
    assert text.index(said) < text.index(squeezed(report("top").band.meaning))  # type: ignore[union-attr]


def test_json_reads_back_as_the_same_report(report: Reports) -> None:
    made = report("northside")
    assert Report.model_validate_json(render_here(Format.JSON, made, SOBER)[0]) == made


@pytest.mark.parametrize("form", [form for form in REPORT_FORMATS if form is not Format.PDF])
def test_same_report_gives_the_same_bytes(form: Format, report: Reports, written: Written) -> None:
    assert render_here(form, report("northside"), SOBER)[0] == written(form, "northside")[0]
