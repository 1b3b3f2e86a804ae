"""A report of two pages: the result, then what to do first and what is not known."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.document.write import PAGES, Format
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, with_value
from readiness.plan.overlay import Edit, Overlay, Status
from readiness.report.first_actions import FIRST
from readiness.report.formats import render
from readiness.report.model import Report
from readiness.report.view import build_report
from readiness.scoring.explain import names_in_short
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from readiness.theme.theme_file import find_theme, read_theme
from tests.program import EXAMPLES, run
from tests.report.reading import read, squeezed
from tests.report.services import SOBER, example
from tests.report.test_pdfua import checked
from tests.reports import as_pdf, pdftotext

Reports = Callable[[str], Report]
ASKED = 4
"""How many people to ask there is room for."""


@pytest.mark.parametrize("theme", ["sober", "warm"])
@pytest.mark.parametrize("name", ["northside", "harbour"])
def test_the_examples_take_two_pages(report: Reports, tmp_path: Path, theme: str, name: str) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(as_pdf(report(name), read_theme(find_theme(theme)).brief())[0])
    first, second = pdftotext(file, "-raw").split("\f")[:-1]
    assert "What to decide: start with these" in first
    assert "In this report" not in first
    assert second.startswith("What to do first")
    assert squeezed(report(name).sentences.not_validated) in squeezed(first)
    assert squeezed(report(name).sentences.claim) in squeezed(second)


def test_large_print_takes_more_pages_and_says_the_same(report: Reports, tmp_path: Path) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(as_pdf(report("northside"), read_theme(find_theme("large-print")).brief())[0])
    pages = pdftotext(file, "-raw").split("\f")[:-1]
    assert len(pages) in (3, 4)
    assert squeezed(report("northside").sentences.claim) in squeezed(pages[-1])


def test_a_checker_finds_nothing_against_pdf_ua(report: Reports, tmp_path: Path) -> None:
    assert checked(SOBER.brief(), report("northside"), tmp_path) == []


@pytest.mark.parametrize("form", PAGES)
@pytest.mark.parametrize("name", ["northside", "nothing", "top"])
def test_every_format_has_the_same_actions_and_the_claim(report: Reports, form: Format, name: str) -> None:
    whole = report(name)
    text = read(form, render(form, whole, SOBER.brief())[0])
    for action in whole.first:
        assert squeezed(action.title) in text
        assert squeezed(action.sign) in text
    if not whole.first:
        assert squeezed(whole.sentences.nothing_to_plan) in text
    for ask in whole.asks[:ASKED]:
        assert squeezed(f"{ask.who} {names_in_short(one.label for one in ask.questions)}.") in text
    assert squeezed(whole.sentences.claim) in text
    assert squeezed("How the score works") not in text


def test_the_first_actions_are_those_to_do_next_and_the_rest_is_counted(report: Reports) -> None:
    whole = report("northside")
    every = [action for each in whole.horizons for action in each.actions]
    assert list(whole.first) == every[:FIRST]
    assert whole.later == f"{len(every) - FIRST} more actions are in the full report."
    assert report("top").first == ()
    assert report("top").later is None


def test_what_is_late_stands_in_it_even_where_todays_answers_have_left_it(bank: Bank) -> None:
    given: list[Assessment] = example("northside-cmht", bank)
    edit = Edit(owner="Ann", due=dt.date(2026, 11, 1))
    overlay = Overlay.blank(bank, "Northside").model_copy(update={"actions": {"language-ask-peers": edit}})
    assert any(action.id == "language-ask-peers" for question in bank.questions for action in question.actions)
    made = build_report(AssessedTeam(bank, given, overlay), today=dt.date(2026, 12, 1))
    assert made.behind == "Late: action 27."
    assert [action.number for action in made.first if action.late] == [27]
    assert made.later == "18 more actions are in the full report."


def test_what_is_done_is_no_longer_first(bank: Bank) -> None:
    given: list[Assessment] = example("northside-cmht", bank)
    stands = standings(bank, given)
    plan = build_plan(PlanBasis.of(stands))
    done = plan.actions[0].id
    overlay = with_value(Overlay.blank(bank, "Northside"), plan, done, Field.STATUS, Status.DONE)
    assert done not in [action.id for action in build_report(AssessedTeam(bank, given, overlay)).first]


def test_the_command_writes_it(tmp_path: Path) -> None:
    done = run(
        "report", str(EXAMPLES / "northside-cmht.yaml"), "--brief", "-o", str(tmp_path / "brief.html"), cwd=tmp_path
    )
    assert done.returncode == 0
    html = (tmp_path / "brief.html").read_text("utf-8")
    assert 'id="brief"' in html
    assert 'id="method"' not in html


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_what_holds_everything_is_never_brief(tmp_path: Path, ending: str) -> None:
    done = run(
        "report",
        str(EXAMPLES / "northside-cmht.yaml"),
        "--brief",
        "-o",
        str(tmp_path / f"brief.{ending}"),
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert "--brief is for pages" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_theme_leaves_the_brief_part_to_the_command(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('parts = ["brief", "method"]\n', encoding="utf-8")
    done = run("theme", "check", str(tmp_path), cwd=tmp_path)
    assert done.returncode == 1
    assert '"brief" stands for all the other parts' in done.stderr
