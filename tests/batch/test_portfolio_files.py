"""The portfolio as it is read: on paper, in a browser, and in a spreadsheet."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from readiness.bank.model import Bank
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_files import PORTFOLIO_FORMATS, render_portfolio
from readiness.batch.portfolio_heatmaps import MAPPED_ON_PAPER, MAPPED_ON_SCREEN
from readiness.batch.portfolio_model import Portfolio
from readiness.document.write import Format
from readiness.language import speaking
from readiness.theme.colours import contrast
from readiness.theme.theme import Theme
from readiness.theme.theme_file import find_theme, read_theme, shipped_themes
from tests.accessible import findings
from tests.batch.region import TEAMS, outcome, region
from tests.browser import violations
from tests.report.services import SOBER
from tests.report.test_languages import Pseudo
from tests.reports import pdftotext

FEW = 15
"""Enough for every part, and quick to look through in a browser."""


@pytest.fixture(scope="module")
def printed(portfolio: Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("portfolio") / "portfolio.pdf"
    file.write_bytes(render_portfolio(Format.PDF, portfolio, SOBER))
    return file


def many(portfolio: Portfolio, teams: int) -> Portfolio:
    """Return the portfolio with more teams: the same again."""
    rows = ([*portfolio.rows] * (teams // TEAMS + 1))[:teams]
    return portfolio.model_copy(update={"rows": rows})


# On paper.


def test_an_independent_checker_finds_nothing_against_pdf_ua(printed: Path) -> None:
    assert findings(printed) == []


def test_headings_skip_no_level(printed: Path) -> None:
    with pikepdf.open(printed) as pdf:
        waiting, levels = [pdf.Root["/StructTreeRoot"]], []
        while waiting:
            element = waiting.pop(0)
            if re.fullmatch(r"/H\d", str(element.get("/S"))):
                levels.append(int(str(element["/S"])[2:]))
            found: object = element.get("/K", ())
            kids: list[object] = [*found] if isinstance(found, pikepdf.Array) else [found]
            waiting[:0] = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_map_has_every_team_once_and_its_heading_on_every_page(printed: Path, portfolio: Portfolio) -> None:
    text = pdftotext(printed, "-raw")
    mapped = text[text.index("“?” after a number") : text.index("What holds bands back\n", 3000)]
    lines = [line for line in mapped.splitlines() if line in {row.team for row in portfolio.rows}]
    assert lines == [row.team for row in portfolio.rows]
    assert mapped.count("Team People Overall") == mapped.rstrip().count("\f") + 1


def test_numbers_stand_beside_all_that_is_drawn(printed: Path, portfolio: Portfolio) -> None:
    text = re.sub(r"\s+", " ", pdftotext(printed, "-raw"))
    for gate in portfolio.gates:
        assert f"{gate.closed} {gate.unknown} {gate.teams}" in text
    for band in portfolio.bands:
        assert f"{band.label} {band.teams} {band.provisional}" in text
    first = portfolio.actions[0]
    assert f"{first.teams} of {first.of}" in text
    assert f"and {first.more} more" in text


def test_it_claims_no_more_than_a_report_does(printed: Path, bank: Bank) -> None:
    text = re.sub(r"\s+", " ", pdftotext(printed, "-raw"))
    assert "This is not a ranking" in text
    assert [said for said in (bank.texts.not_validated, bank.texts.caution) if not said or said not in text] == []


def test_no_heading_is_the_last_thing_on_a_page(printed: Path) -> None:
    with pikepdf.open(printed) as pdf, pdf.open_outline() as outline:
        headings = {str(entry.title) for top in outline.root for entry in [top, *top.children]}
    for page in pdftotext(printed, "-raw").split("\f")[:-1]:
        lines = [line for line in page.splitlines() if not re.search(r"\d+ of \d+$", line)]
        assert lines[-1] not in headings


def test_the_same_portfolio_gives_the_same_bytes(portfolio: Portfolio, printed: Path) -> None:
    assert render_portfolio(Format.PDF, portfolio, SOBER) == printed.read_bytes()
    for form in (Format.HTML, Format.XLSX):
        assert render_portfolio(form, portfolio, SOBER) == render_portfolio(form, portfolio, SOBER)


def test_with_too_many_teams_the_pdf_says_where_they_all_are(portfolio: Portfolio, tmp_path: Path) -> None:
    file = tmp_path / "many.pdf"
    file.write_bytes(render_portfolio(Format.PDF, many(portfolio, MAPPED_ON_PAPER + 1), SOBER))
    text = re.sub(r"\s+", " ", pdftotext(file, "-raw"))
    assert "There are 401 teams: too many for this map, which takes 400." in text
    assert "The web page and the workbook of this portfolio hold all of them." in text
    assert "Team People Overall" not in text


# In a browser.


@pytest.fixture(scope="module")
def opened(bank: Bank, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Page]:
    folder = tmp_path_factory.mktemp("pages")
    few = PortfolioBuilder(bank)
    for answers in region(bank, FEW):
        few.add(outcome(bank, answers))

    @cache
    def open_(theme: str, scheme: str) -> Page:
        file = folder / f"{theme}.html"
        file.write_bytes(render_portfolio(Format.HTML, few.build(), read_theme(find_theme(theme))))
        page = browser.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
        page.goto(file.as_uri())
        return page

    return open_


@pytest.mark.parametrize(
    ("theme", "scheme", "width"),
    [
        ("sober", "light", 1400),
        ("large-print", "dark", 320),
        pytest.param("sober", "light", 320, marks=pytest.mark.long),
        pytest.param("large-print", "dark", 1400, marks=pytest.mark.long),
    ],
)
def test_nothing_is_in_anybodys_way(opened: Callable[[str, str], Page], theme: str, scheme: str, width: int) -> None:
    page = opened(theme, scheme)
    page.set_viewport_size({"width": width, "height": 900})
    assert violations(page) == []


@pytest.mark.parametrize(("theme", "scheme"), [("sober", "light"), ("large-print", "dark")])
def test_no_page_is_wider_than_its_screen(opened: Callable[[str, str], Page], theme: str, scheme: str) -> None:
    page = opened(theme, scheme)
    for width in (320, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_navigation_leads_to_every_part(opened: Callable[[str, str], Page]) -> None:
    page = opened("sober", "light")
    targets = page.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href').slice(1))")
    assert len(targets) == 9
    assert page.evaluate("ids => ids.filter(id => !document.getElementById(id))", targets) == []


def test_the_map_in_a_browser_has_a_row_for_every_team(
    opened: Callable[[str, str], Page], portfolio: Portfolio
) -> None:
    page = opened("sober", "light")
    assert page.locator("#map .heatmap tbody tr").count() == FEW
    cells = page.locator("#map .heatmap tbody tr >> nth=0 >> td").all_inner_texts()
    assert len(cells) == len(portfolio.domains) + 3
    assert cells[0] == str(portfolio.rows[0].respondents)
    assert len([cell for cell in cells if re.match(r"\d", cell)]) == len(cells) - 1


def test_a_page_with_far_too_many_teams_points_to_the_workbook(portfolio: Portfolio) -> None:
    html = render_portfolio(Format.HTML, many(portfolio, MAPPED_ON_SCREEN + 1), SOBER).decode()
    assert "too many for this map, which takes 5000. The workbook of this portfolio holds all of them." in html


# In a spreadsheet.


def sheets(portfolio: Portfolio) -> Any:
    return load_workbook(BytesIO(render_portfolio(Format.XLSX, portfolio, SOBER)))


def test_the_workbook_has_all_teams_with_their_ranges(portfolio: Portfolio) -> None:
    sheet = sheets(portfolio)["Teams"]
    rows = [*sheet.iter_rows(values_only=True)]
    assert len(rows) == TEAMS + 1
    heads = {name: at for at, name in enumerate(rows[0])}
    for row, team in zip(rows[1:], portfolio.rows, strict=True):
        assert (row[0], row[1], row[2]) == (team.team, team.organisation, team.respondents)
        for head, score in zip(("Overall", "Overall: low", "Overall: high"), team.cells[0], strict=True):
            assert row[heads[head]] == (None if score is None else int(portfolio.number(score)))
        assert row[heads["Provisional"]] == ("yes" if team.provisional else None)
        assert row[heads["Nobody answered of"]] == ("Peer Workers" if team.voices_missing else None)
        assert (row[heads["Band"]] == "No score yet") == team.too_little_known


def test_the_workbook_names_every_team_that_an_action_serves(portfolio: Portfolio) -> None:
    book = sheets(portfolio)
    assert book["Actions"].max_row == len(portfolio.actions) + 1
    rows = [*book["Teams and actions"].iter_rows(values_only=True)]
    for at, action in enumerate(portfolio.actions, start=2):
        marked = [row for row, cells in enumerate(rows[1:]) if cells[at] == "yes"]
        assert marked == list(action.rows)
        assert rows[0][at].endswith(f"({action.id})")


def test_every_sheet_can_be_filtered_under_a_heading_that_stays(portfolio: Portfolio) -> None:
    for sheet in sheets(portfolio):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_a_name_that_looks_like_a_formula_stays_text(portfolio: Portfolio) -> None:
    first = replace(portfolio.rows[0], team="=1+1", organisation="https://example.org")
    sheet = sheets(portfolio.model_copy(update={"rows": (first,), "actions": ()}))["Teams"]
    assert [(cell.value, cell.data_type) for cell in sheet[2][:2]] == [("=1+1", "s"), ("https://example.org", "s")]
    assert sheet["B2"].hyperlink is None


# In all of them.


@pytest.mark.parametrize("form", PORTFOLIO_FORMATS)
def test_an_empty_portfolio_is_a_file_all_the_same(bank: Bank, form: Format) -> None:
    assert render_portfolio(form, PortfolioBuilder(bank).build(), SOBER)


def test_names_are_shown_as_they_are_and_do_nothing(portfolio: Portfolio) -> None:
    hostile = "<script>alert(1)</script> {{ 7*7 }} " + "W" * 200
    rows = (replace(portfolio.rows[0], team=hostile), *portfolio.rows[1:])
    html = render_portfolio(Format.HTML, portfolio.model_copy(update={"rows": rows}), SOBER).decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} W" in html


def test_every_word_of_ours_can_be_translated(builder: PortfolioBuilder) -> None:
    with speaking("x-pseudo", Pseudo()):
        html = render_portfolio(Format.HTML, builder.build(name="Nm"), SOBER).decode()
    body = re.sub(r"<style>.*?</style>|<svg.*?</title>|<th scope=\"row\">.*?</th>", "", html, flags=re.DOTALL)
    shown = set(re.findall(r">([A-Z][a-z ]{3,})<", body))
    ours = {"Band", "Teams", "Team by team", "Kinds of team", "What stands out", "People", "Overall", "Not known"}
    assert not shown & ours
    assert "Téáms" in body


@pytest.mark.parametrize("name", shipped_themes())
@pytest.mark.parametrize("dark", [False, True])
def test_numbers_can_be_read_on_every_shade(name: str, dark: bool) -> None:  # noqa: FBT001 — a parameter of the test
    theme: Theme = read_theme(find_theme(name))
    theme = theme.dark() if dark else theme
    assert all(contrast(ground, text) >= 4.5 for ground, text in theme.shades)
    steps = [contrast(ground, theme.paper) for ground, _ in theme.shades]
    assert all(after - before > 0.1 for before, after in pairwise(steps))
