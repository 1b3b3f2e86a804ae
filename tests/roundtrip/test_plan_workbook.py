"""The plan as a workbook: what a person finds when they open it."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from readiness.bank.model import Bank
from readiness.document.table_workbook import foot
from readiness.plan.apply import live_plan
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import EFFORT_WORDS, FIELD_WORDS, Field
from readiness.plan.overlay import STATUS_WORDS, Edit, Status, Wording
from readiness.plan.sheets import ID_HEADING, PLAN_SHEET, SENT_SHEET
from readiness.report.report_workbook import render_xlsx
from readiness.report.view import build_report
from readiness.roundtrip.plan_columns import COLUMNS
from readiness.roundtrip.plan_workbook import plan_workbook
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from tests.report.planned import DUE, FORMULA, Planned, worked_on
from tests.report.services import SERVICES, example
from tests.themes import default_theme


@pytest.fixture(scope="module")
def planned(bank: Bank) -> Planned:
    return worked_on(bank)


@pytest.fixture(scope="module")
def book(planned: Planned) -> Any:
    return load_workbook(io.BytesIO(plan_workbook(planned.report, planned.plan, default_theme(), planned.overlay)))


def rows(sheet: Any) -> Iterator[dict[str, Any]]:
    """Yield each action's row by its headings."""
    headings = [cell.value for cell in sheet[3]]
    for cells in sheet.iter_rows(min_row=4, values_only=True):
        if cells[0] is not None:
            yield dict(zip(headings, cells, strict=True))


def row(sheet: Any, name: str) -> dict[str, Any]:
    return next(row for row in rows(sheet) if row[ID_HEADING] == name)


def test_every_action_has_its_row_in_the_order_of_the_report(book: Any, planned: Planned) -> None:
    report = planned.report
    soonest = [action for horizon in report.horizons for action in horizon.actions]
    names = [action.id for action in (*soonest, *report.past, *report.dropped)]
    assert {*names} == {action.id for action in planned.plan.numbered}
    assert [row[ID_HEADING] for row in rows(book[PLAN_SHEET])] == names


def test_a_row_says_all_that_the_plan_says(book: Any, planned: Planned) -> None:
    first = planned.plan.actions[0]
    found = row(book[PLAN_SHEET], first.id)
    assert found[FIELD_WORDS[Field.TITLE]] == first.title
    assert found[FIELD_WORDS[Field.DETAIL]] == first.detail
    assert found[FIELD_WORDS[Field.SIGN]] == first.sign
    assert found[FIELD_WORDS[Field.OWNER]] == "Priya Nair"
    assert found["Suggested owner"] == first.owner
    assert found[FIELD_WORDS[Field.STATUS]] == "To do"
    assert found[FIELD_WORDS[Field.DUE]] == dt.datetime.combine(DUE, dt.time())


def test_a_row_says_who_must_be_in_on_it_and_whose_place_it_starts_from(bank: Bank) -> None:
    team = AssessedTeam(bank, SERVICES["riverside"](bank))
    data = plan_workbook(build_report(team), team.plan, default_theme(), team.overlay)
    sheet = load_workbook(io.BytesIO(data))[PLAN_SHEET]
    starts = {action.id for action in team.plan.actions if action.starts_from}
    with_peers = {action.id for action in team.plan.actions if action.with_}
    found = [*rows(sheet)]
    assert {one[ID_HEADING] for one in found if one["To note"] == "Starts from where Peer Workers put it."} == starts
    assert {one[ID_HEADING] for one in found if one["Together"] == "With Peer Workers, in work time."} == with_peers
    assert starts
    assert with_peers


def test_what_waits_for_room_stands_between_now_and_next(book: Any) -> None:
    stretches = [one[FIELD_WORDS[Field.HORIZON]] for one in rows(book[PLAN_SHEET])]
    in_plan = stretches[: max(at for at, words in enumerate(stretches) if words == "Later") + 1]
    assert [*dict.fromkeys(in_plan)] == ["Now", "When you have room", "Next", "Later"]


def test_dates_are_dates_and_what_looks_like_a_formula_is_text(book: Any, planned: Planned) -> None:
    sheet = book[PLAN_SHEET]
    assert row(sheet, planned.plan.actions[0].id)[FIELD_WORDS[Field.COMMENTS]] == f"Began in May\n{FORMULA}"
    formulas = {cell.column_letter for line in sheet.iter_rows(min_row=4) for cell in line if cell.data_type == "f"}
    assert formulas == {"G", "R"}


def test_it_can_be_filtered_and_its_header_stays(book: Any) -> None:
    sheet = book[PLAN_SHEET]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref.startswith("A3:S")
    assert sheet.print_title_rows == "$3:$3"


def test_status_and_horizon_are_chosen_from_a_list_and_dates_are_checked(book: Any, planned: Planned) -> None:
    rules = {rule.type: rule for rule in book[PLAN_SHEET].data_validations.dataValidation}
    lists = {
        str(rule.sqref)[0]: [cell.value for (cell,) in book[SENT_SHEET][rule.formula1.partition("!")[2]]]
        for rule in book[PLAN_SHEET].data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists == {
        "F": ["To do", "Doing", "Stuck", "Done"],
        "I": ["Now", "When you have room", "Next", "Later"],
        "N": [*EFFORT_WORDS.values()],
        "O": [domain.title for domain in planned.report.domains],
    }
    assert (rules["date"].operator, rules["date"].formula1, rules["date"].formula2) == (None, "36526", "73415")


def test_a_column_that_is_not_taken_over_refuses_what_is_typed(book: Any) -> None:
    refusing = {
        str(rule.sqref)[0]: rule for rule in book[PLAN_SHEET].data_validations.dataValidation if rule.type == "custom"
    }
    assert [book[PLAN_SHEET][f"{letter}3"].value for letter in sorted(refusing)] == [
        name for name, _ in COLUMNS if not isinstance(name, Field)
    ]
    assert {rule.error for rule in refusing.values()} == {"Change any cell under a dark heading."}
    assert all(rule.showErrorMessage for rule in refusing.values())


def test_what_colours_say_stands_beside_them_in_words(book: Any, planned: Planned) -> None:
    sheet = book[PLAN_SHEET]
    look = sheet["G4"].value
    assert '"Needs help"' in look
    assert '"Late"' in look
    stuck = next(action for action in planned.plan.actions if action.status == "stuck")
    computed = load_workbook(io.BytesIO(_data(planned)), data_only=True)[PLAN_SHEET]
    assert row(computed, stuck.id)["Look"] == "Needs help"


def _data(planned: Planned) -> bytes:
    return plan_workbook(planned.report, planned.plan, default_theme(), planned.overlay)


def test_the_summary_counts_what_the_plan_holds(planned: Planned) -> None:
    counts = _summary(planned)
    plan = planned.plan
    assert counts["To do"] == sum(action.counts_as == "todo" for action in (*plan.actions, *plan.past))
    assert (counts["Taken out"], counts["Not in today’s plan"]) == (1, 0)
    assert counts["Score"] == f"{planned.report.overall.text} out of 100"


def _summary(planned: Planned) -> dict[str, Any]:
    sheet = load_workbook(io.BytesIO(_data(planned)), data_only=True)["Summary"]
    return {label: value for label, value in sheet.iter_rows(min_col=1, max_col=2, values_only=True) if label}


def test_the_summary_counts_as_the_report_does_what_was_reached_too(bank: Bank) -> None:
    """What was worked on and is reached counts as done; what is not in today's plan counts nowhere."""
    planned = worked_on(bank)
    stands = standings(bank, example("northside-cmht", bank))
    computed = build_plan(PlanBasis.of(stands))
    reached = next(
        action.id
        for standing in stands.questions
        if standing.share
        for action in standing.question.actions_to(standing.question.levels[1])
    )
    edit = Edit(owner="Ann", due=DUE, status=Status.STUCK, before=Wording(title="It was to do"))
    overlay = planned.overlay.with_edit(reached, edit)
    report = build_report(AssessedTeam(bank, example("northside-cmht", bank), overlay))
    counts = _summary(Planned(report, live_plan(computed, overlay, PlanBasis.of(stands)), overlay))
    assert report.progress is not None
    said = [int(number) for number in re.findall(r"\d+", report.progress)]
    all_, rest, behind = said[0], said[1:6], said[6:]
    assert behind[0] == 1  # the one that was reached, and not marked as done
    assert rest == [counts[word] for word in ("Done", "Doing", "Stuck", "With a name", "With a date")]
    assert all_ == sum(counts[words] for words in STATUS_WORDS.values())
    assert counts["Done"] == 2


def test_what_is_marked_in_the_report_is_marked_in_its_row(planned: Planned) -> None:
    computed = load_workbook(io.BytesIO(_data(planned)), data_only=True)[PLAN_SHEET]
    gone = row(computed, "older-step")
    assert gone["To note"] == "The questions have changed, and no longer suggest this."
    assert (gone["Look"], gone["Counts as"]) == ("No longer suggested", "To do")  # Ann has taken it on
    dropped = row(computed, planned.plan.dropped[0].id)
    assert (dropped["Look"], dropped["Counts as"]) == ("Taken out", "Taken out")
    own = row(computed, "own-book-a-room")
    assert (own["For"], own[FIELD_WORDS[Field.EFFORT]], own["Counts as"]) == ("Your own action", None, "To do")


def test_when_is_as_the_date_says(book: Any, planned: Planned, bank: Bank) -> None:
    assert row(book[PLAN_SHEET], "own-book-a-room")[FIELD_WORDS[Field.HORIZON]] == "Now"
    first = next(action for action in planned.plan.actions if action.due == DUE)
    far = planned.overlay.edit(first.id).model_copy(update={"due": dt.date(2028, 1, 1)})
    overlay = planned.overlay.with_edit(first.id, far)
    stands = standings(bank, example("northside-cmht", bank))
    plan = live_plan(build_plan(PlanBasis.of(stands)), overlay, PlanBasis.of(stands))
    report = build_report(AssessedTeam(bank, example("northside-cmht", bank), overlay), today=DUE)
    sheet = load_workbook(io.BytesIO(plan_workbook(report, plan, default_theme(), planned.overlay)))[PLAN_SHEET]
    assert (first.horizon, row(sheet, first.id)[FIELD_WORDS[Field.HORIZON]]) == ("now", "Later")


def test_a_foot_keeps_to_what_a_workbook_takes_whatever_the_names(planned: Planned) -> None:
    theme = replace(default_theme(), footer="&" * 200)
    left = foot("A & B " * 40, planned.report.date_text, theme, "&A, page &P of &N")
    assert len(left) <= 255
    assert re.sub("&&", "", left).count("&") == 5


@pytest.mark.parametrize("name", ["R&D &G team", "&[Picture]", "\N{SEEDLING}" * 200])
def test_a_foot_is_printed_whatever_the_name(planned: Planned, name: str) -> None:
    theme = replace(default_theme(), footer=name)
    data = plan_workbook(planned.report.model_copy(update={"team": name}), planned.plan, theme, planned.overlay)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        [printed] = etree.fromstring(package.read("xl/worksheets/sheet1.xml")).iter("{*}oddFooter")
    assert printed.text.startswith("&L" + name[:30].replace("&", "&&"))
    assert printed.text.endswith("&RPage &P of &N")
    assert len(printed.text.encode("utf-16-le")) <= 2 * 255


def test_a_row_says_what_it_is_for_and_has_the_number_that_the_plan_says(book: Any, planned: Planned) -> None:
    first = planned.plan.actions[0]
    found = row(book[PLAN_SHEET], first.id)
    assert found["For"] == f"Question {first.question_numbers[0]}: {first.about}"
    assert {line["No."]: line[ID_HEADING] for line in rows(book[PLAN_SHEET])} == {
        action.number: action.id for action in planned.plan.numbered
    }


def test_what_is_late_as_of_the_reports_date_is_late_in_the_workbook(bank: Bank) -> None:
    planned = worked_on(bank)
    late = build_report(
        AssessedTeam(bank, example("northside-cmht", bank), planned.overlay), today=DUE + dt.timedelta(days=1)
    )
    data = plan_workbook(late, planned.plan, default_theme(), planned.overlay)
    sheet = load_workbook(io.BytesIO(data), data_only=True)[PLAN_SHEET]
    assert [line["No."] for line in rows(sheet) if line["Look"] == "Late"] == [
        action.number for action in planned.plan.numbered if action.due and action.counts_as
    ]


def test_what_went_out_stands_in_a_sheet_that_nobody_sees(book: Any, planned: Planned) -> None:
    sheet = book[SENT_SHEET]
    assert sheet.sheet_state == "veryHidden"
    assert [cell.value for cell in sheet[1]][:2] == ["team", planned.report.team]


def test_no_row_is_higher_than_excel_allows(planned: Planned) -> None:
    first, *rest = planned.plan.actions
    plan = planned.plan.model_copy(
        update={"actions": (first.model_copy(update={"comments": tuple("line" for _ in range(2000))}), *rest)}
    )
    data = plan_workbook(planned.report, plan, default_theme(), planned.overlay)
    sheet = load_workbook(io.BytesIO(data))[PLAN_SHEET]
    heights = [sheet.row_dimensions[number].height for number in range(4, 4 + len(planned.plan.actions))]
    assert 400 < max(heights) <= 409
    assert min(heights) < 100


@pytest.mark.parametrize(("page", "paper"), [("A4", 9), ("Letter", 1)])
def test_every_sheet_is_printed_on_the_themes_paper(planned: Planned, page: str, paper: int) -> None:
    theme = replace(default_theme(), page=page)
    for data in (
        plan_workbook(planned.report, planned.plan, theme, planned.overlay),
        render_xlsx(planned.report, theme),
    ):
        sheets = [sheet for sheet in load_workbook(io.BytesIO(data)) if sheet.sheet_state == "visible"]
        assert {sheet.page_setup.paperSize for sheet in sheets} == {paper}


def test_the_same_plan_gives_the_same_bytes(planned: Planned) -> None:
    assert _data(planned) == _data(planned)
