"""The poster: the plan's Now on one page of A3, and nothing that is not for everybody to see."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.language import speaking
from readiness.plan.overlay import Edit, Overlay
from readiness.plan.stretch import Stretch
from readiness.report.languages import catalogue
from readiness.report.model import ActionView, Report
from readiness.report.poster_document import render_poster
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme
from tests.accessible import findings
from tests.browser import violations
from tests.program import EXAMPLES, run
from tests.report.planned import worked_on
from tests.report.reading import READERS, squeezed
from tests.report.services import SOBER, example
from tests.report.test_report_docx import BRANDED
from tests.reports import pdftotext

Reports = Callable[[str], Report]
A3 = (842, 1191)
THEMES = ("sober", "warm", "large-print", "branded")
LONGEST = "Nobody can read this many words on a wall in one go "


def looks(name: str) -> Theme:
    return BRANDED if name == "branded" else read_theme(find_theme(name))


def with_now(made: Report, change: Callable[[ActionView], ActionView], times: int = 1) -> Report:
    """Return the report with each action under Now changed, and there so many times."""
    horizons = [
        one.model_copy(update={"actions": tuple(map(change, one.actions)) * times}) if one.id == Stretch.NOW else one
        for one in made.horizons
    ]
    return made.model_copy(update={"horizons": tuple(horizons)})


def long(action: ActionView) -> ActionView:
    words = (LONGEST * 10)[:300]
    return action.model_copy(update={"title": words, "sign": words, "owner": words, "by_whom": words})


def pages(data: bytes) -> list[tuple[int, int]]:
    return [(round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(BytesIO(data)).pages]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["northside", "riverside", "nothing", "top", "hostile"])
def test_it_is_one_page_of_a3(theme: str, name: str, report: Reports) -> None:
    data, told = render_poster(Format.PDF, report(name), looks(theme))
    assert pages(data) == [A3]
    assert told == ()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("times", [1, 2, 4])
def test_it_is_one_page_with_long_actions_too(theme: str, times: int, report: Reports) -> None:
    made = with_now(report("riverside"), long, times).model_copy(update={"team": "The Northside Partnership " * 11})
    data, _ = render_poster(Format.PDF, made, looks(theme))
    assert pages(data) == [A3]


def test_few_short_actions_are_in_large_print_and_many_long_ones_in_small(report: Reports) -> None:
    sizes = []
    for made in (report("harbour"), report("riverside"), with_now(report("riverside"), long, 2)):
        text = render_poster(Format.HTML, made, SOBER)[0].decode()
        found = re.search(r'<table class="lines poster size-(\w)"', text)
        assert found
        sizes.append(found[1])
    assert sizes == sorted(sizes)
    assert len({*sizes}) == 3
    assert sizes[0] == "a"


def test_it_says_what_to_do_who_by_when_and_what_people_will_see(bank: Bank, tmp_path: Path) -> None:
    made = worked_on(bank).report
    (tmp_path / "poster.pdf").write_bytes(render_poster(Format.PDF, made, SOBER)[0])
    text = squeezed(pdftotext(tmp_path / "poster.pdf", "-raw"))
    [now] = [horizon for horizon in made.horizons if horizon.id == Stretch.NOW]
    for action in now.actions:
        for fact in (action.title, action.sign, action.owner or action.by_whom, action.due_words or ""):
            assert squeezed(fact) in text
    assert "!Late" in text
    assert "✓Done" in text
    assert "Doneby" in text


@pytest.mark.parametrize("form", [Format.PDF, Format.HTML])
def test_there_is_no_score_no_note_and_no_view_of_a_group_on_it(form: Format, bank: Bank, report: Reports) -> None:
    for made in (worked_on(bank).report, report("riverside"), report("several")):
        text = READERS[form](render_poster(form, made, SOBER)[0])
        assert not re.search(r"out of 100|\d+ to \d+|holds a band back|Began in May|private|Peer Workers put it", text)
        for band in made.bands:
            assert band.label not in text


def test_it_fits_one_page_when_it_is_printed_from_a_browser(browser: Browser, tmp_path: Path, report: Reports) -> None:
    several = (report("riverside"), report("northside"), report("nothing"), with_now(report("riverside"), long, 2))
    page = browser.new_page()
    for at, made in enumerate(several):
        (tmp_path / f"{at}.html").write_bytes(render_poster(Format.HTML, made, BRANDED)[0])
        page.goto((tmp_path / f"{at}.html").as_uri())
        assert pages(page.pdf(prefer_css_page_size=True)) == [A3]
    page.close()


def test_it_is_in_nobodys_way(browser: Browser, tmp_path: Path, report: Reports) -> None:
    (tmp_path / "poster.html").write_bytes(render_poster(Format.HTML, report("riverside"), BRANDED)[0])
    page = browser.new_page()
    page.goto((tmp_path / "poster.html").as_uri())
    assert violations(page) == []
    (tmp_path / "poster.pdf").write_bytes(render_poster(Format.PDF, report("riverside"), BRANDED)[0])
    assert findings(tmp_path / "poster.pdf") == []


def test_what_there_is_no_room_for_is_counted(bank: Bank) -> None:
    team = AssessedTeam(bank, example("northside-cmht", bank))
    dated = {action.id: Edit(due=team.date) for action in team.plan.actions[:13]}
    overlay = Overlay.blank(bank, team.team.name).model_copy(update={"actions": dated})
    made = build_report(AssessedTeam(bank, team.assessments, overlay))
    [now] = [horizon for horizon in made.horizons if horizon.id == Stretch.NOW]
    text = READERS[Format.HTML](render_poster(Format.HTML, made, SOBER)[0])
    assert f"{len(now.actions) - 10} more actions are in the plan." in text


def test_it_speaks_the_language_of_the_report(bank: Bank) -> None:
    with speaking("cy", catalogue("cy")):
        made = build_report(AssessedTeam(bank, example("northside-cmht", bank)))
        text = READERS[Format.HTML](render_poster(Format.HTML, made, SOBER)[0])
        assert pages(render_poster(Format.PDF, made, BRANDED)[0]) == [A3]
    assert "Erbyn pryd" in text


def test_the_same_report_is_the_same_poster(report: Reports) -> None:
    for form in (Format.PDF, Format.HTML):
        first = render_poster(form, report("northside"), replace(BRANDED, page="Letter"))
        assert first == render_poster(form, report("northside"), BRANDED)


@pytest.mark.parametrize(
    "words", [("-o", "p.docx"), ("-o", "p.pdf", "--brief"), ("-o", "p.html", "--templates", "."), ("-o", "p.json")]
)
def test_what_does_not_go_with_it_is_wrong_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("report", EXAMPLES / "harbour-house.yaml", "--poster", *words, cwd=tmp_path, code=2)
    assert "--poster is a page of its own (pdf, html): leave out --brief and --templates" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_it(tmp_path: Path) -> None:
    run("report", EXAMPLES / "harbour-house.yaml", "--poster", "-o", "p.pdf", cwd=tmp_path, code=0)
    assert pages((tmp_path / "p.pdf").read_bytes()) == [A3]
