"""Slides for a board: what page one says, no number more, and the plan's Now."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from readiness.bank.model import Bank
from readiness.document.pptx_file import HIGH
from readiness.document.pptx_xml import EMU
from readiness.document.write import Format
from readiness.language import speaking
from readiness.plan.overlay import Edit, Overlay
from readiness.plan.stretch import Stretch
from readiness.report.board_document import render_slides
from readiness.report.formats import render
from readiness.report.languages import catalogue
from readiness.report.model import Report
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from readiness.theme.theme_file import find_theme, read_theme
from tests.document.test_pptx import name_of, words
from tests.report.planned import worked_on
from tests.report.reading import READERS, squeezed
from tests.report.services import SERVICES, SOBER, example
from tests.report.test_report_docx import BRANDED
from tests.reports import as_html

Reports = Callable[[str], Report]
TITLES = [
    "Whose views these are",
    "What helps, and what gets in the way",
    "What to decide: start with these",
    "The plan. Now: in the next 3 months",
]
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def slides(report: Report, theme: Any = SOBER) -> list[Any]:
    return [*Presentation(BytesIO(render_slides(report, theme))).slides]


def told(slide: Any) -> str:
    """Return all that a slide says: its texts, its pictures in words, and the words to say."""
    return "\n".join([*words(slide)[:-1], *_alts(slide), slide.notes_slide.notes_text_frame.text])


def _alts(slide: Any) -> Iterator[str]:
    yield from (name_of(shape).get("descr") or "" for shape in slide.shapes)


def page_one(report: Report) -> str:
    """Return the text of page one, and the sentences that stand in every report."""
    made = as_html(report, replace(SOBER, parts=SOBER.parts[:1]))
    page = READERS[Format.HTML](made.replace(b"<", b" <"))  # so that lines do not run together
    each = report.sentences
    told_of_views = report.views.told if report.views else ()
    return "\n".join([page, each.claim, each.forces, each.guarded, each.plan, each.fill_in, *told_of_views])


def plan(report: Report) -> str:
    """Return all that the plan says."""
    return "\n".join(str(horizon.model_dump()) for horizon in report.horizons) + (report.progress or "")


@pytest.mark.parametrize("name", SERVICES)
def test_there_are_five_slides_each_with_a_title_of_its_own_and_words_to_say(name: str, report: Reports) -> None:
    made = slides(report(name))
    assert [slide.shapes.title.text_frame.text for slide in made] == [report(name).team, *TITLES]
    assert all(slide.notes_slide.notes_text_frame.text for slide in made)


@pytest.mark.parametrize("name", SERVICES)
def test_no_number_is_told_that_page_one_does_not_tell(name: str, report: Reports) -> None:
    known = {*NUMBER.findall(page_one(report(name)))}
    in_plan = {*NUMBER.findall(plan(report(name)))}
    first, views, forces, start, now = slides(report(name))
    for slide in (first, views, forces):
        assert {*NUMBER.findall(told(slide))} <= known
    for slide in (start, now):
        assert {*NUMBER.findall(told(slide))} <= known | in_plan


@pytest.mark.parametrize("name", SERVICES)
def test_page_one_stands_on_them(name: str, report: Reports) -> None:
    made = report(name)
    text = squeezed("\n".join(map(told, slides(made))))
    facts = [made.headline, made.answered_by, *made.limits, made.sentences.not_validated, made.set_aside or ""]
    facts += [part for one in made.domains for part in (one.title, one.overall.text, one.overall.range_text, one.known)]
    facts += [text for one in made.held_by for text in (one.label, one.needs)]
    facts += [text for one in made.start for text in (one.title, one.by_whom, one.time_frame)]
    facts += [made.views.gap or ""] if made.views else []
    facts += [made.sentences.provisional] if made.provisional else []
    [now] = [horizon for horizon in made.horizons if horizon.id == Stretch.NOW]
    facts += [text for one in now.actions for text in (one.title, one.sign, one.by_whom)]
    assert [fact for fact in facts if squeezed(fact) not in text] == []


def test_what_limits_the_result_comes_before_it(report: Reports) -> None:
    first = words(slides(report("harbour"))[0])
    limit = next(at for at, text in enumerate(first) if report("harbour").limits[0] in text)
    assert first[limit].index(report("harbour").limits[0]) < first[limit].index(report("harbour").headline)
    assert limit < next(at for at, text in enumerate(first) if "out of 100\n" in text)


def test_too_little_known_gives_no_number_and_says_why_first(report: Reports) -> None:
    first, views, forces, *_ = slides(report("nothing"))
    assert words(first)[2].startswith("There is no score yet, as too little is known")
    assert "No score yet" in "\n".join(words(first))
    assert "out of 100" not in "\n".join(words(first))
    assert "too little is known" not in "\n".join(words(views))
    assert words(forces)[1].startswith("Nothing is known yet.")


def test_one_person_is_told_whom_to_ask_and_of_several_no_note_is_shown(report: Reports) -> None:
    assert "One person answered." in told(slides(report("northside"))[1])
    several = "\n".join(map(told, slides(report("several"))))
    assert "One person answered." not in several
    assert "Said in private" not in several


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("theme", ["sober", "warm", "large-print", "branded"])
def test_all_of_it_fits_on_the_slides(name: str, theme: str, report: Reports) -> None:
    looks = BRANDED if theme == "branded" else read_theme(find_theme(theme))
    for slide in slides(report(name), looks):
        shapes = [shape for shape in slide.shapes if not shape.is_placeholder]
        assert max(shape.top + shape.height for shape in shapes) <= (HIGH - 38) * EMU


def test_names_dates_and_how_far_an_action_is_stand_with_it(bank: Bank) -> None:
    planned = worked_on(bank).report
    [table] = [shape.table for shape in slides(planned)[4].shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    [priya] = [row for row in rows if "Priya Nair" in row]
    assert priya[3] == "Was due on 31 January 2027 !\N{NO-BREAK SPACE}Late"
    assert any("✓\N{NO-BREAK SPACE}Done" in row[3] for row in rows)
    assert "Late: action" in "\n".join(words(slides(planned)[3]))
    assert "Began in May" not in "\n".join(map(told, slides(planned)))


def test_what_there_is_no_room_for_is_counted(bank: Bank) -> None:
    team = AssessedTeam(bank, example("northside-cmht", bank))
    dated = {action.id: Edit(due=team.date) for action in team.plan.actions[:12]}
    made = build_report(
        AssessedTeam(bank, team.assessments, Overlay.blank(bank, team.team.name).model_copy(update={"actions": dated}))
    )
    [now] = [horizon for horizon in made.horizons if horizon.id == Stretch.NOW]
    last = slides(made)[4]
    [table] = [shape.table for shape in last.shapes if shape.has_table]
    assert len(table.rows) == 9
    assert f"{len(now.actions) - 8} more actions are in the plan." in "\n".join(words(last))


def test_they_speak_the_language_of_the_report(bank: Bank) -> None:
    with speaking("cy", catalogue("cy")):
        made = slides(build_report(AssessedTeam(bank, example("northside-cmht", bank))))
    assert "Beth sy’n helpu" in "\n".join(words(made[2]))


def test_the_same_report_is_the_same_file_with_templates_of_ones_own_too(report: Reports, tmp_path: Any) -> None:
    made, _told = render(Format.PPTX, report("northside"), replace(SOBER, templates=tmp_path))
    assert made == render_slides(report("northside"), SOBER)
