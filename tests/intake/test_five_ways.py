"""The same answers, given in each of the ways there are and collected with one command, have the same score."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.assessment.reading import read_team
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.team import AssessedTeam
from tests.conftest import DATE
from tests.exports.people import sent
from tests.exports.shapes import microsoft_forms
from tests.forms import (
    TEAM,
    bank_with_roles,
    blank,
    code_of,
    entries,
    filled_with_pikepdf,
    filled_with_pypdf,
    filled_workbook,
    form_view,
)
from tests.program import Terminal, run

QUESTIONS = """
- {id: first, always: true}
- {id: second, values: [-1, 0.25, 2.5]}
- {id: third}
- {id: fourth}
- {id: left-out}
- {id: not-asked, when: {stage: [late]}}
"""
ROLES = [
    {"id": name, "label": name.title(), "one": f"our {name}", "many": f"{name}s"}
    for name in ("cook", "nurse", "driver", "porter", "clerk", "gardener")
]
PROFILE = {"stage": "early"}
ORGANISATION = "Alder Trust"
NOTE = "It’s =SUM(1), “really”: <b>1 & 2</b>"
RESPONSES = {
    "first": Response(level=4),
    "second": Response(level=0.25, note=NOTE),
    "third": Response(unknown=True),
    "fourth": Response(not_applicable="Only one of us"),
}

Give = Callable[[Bank, Assessment, Path], None]
"""A way to give answers: it leaves a file to collect in the folder."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the bank."""
    return tmp_path_factory.mktemp("small")


@pytest.fixture(scope="module")
def bank(folder: Path) -> Bank:
    return bank_with_roles(folder, QUESTIONS, ROLES, profile="{stage: [early, late]}")


def meant(bank: Bank, role: str) -> Assessment:
    return Assessment(
        bank=BankReference.to(bank),
        team=Team(name=TEAM, organisation=ORGANISATION, profile=PROFILE),
        respondent=Respondent(role=role, shown_alone=True),
        date=DATE,
        responses=RESPONSES,
    )


def in_a_terminal(bank_folder: Path, bank: Bank, answers: Assessment, folder: Path) -> None:
    with Terminal("assess", folder / "terminal.json", "--bank", bank_folder, cwd=folder) as terminal:
        terminal.wait_for("name of your team")
        for line in typed(bank, answers):
            terminal.type(line)
            terminal.wait_for("\n")
        terminal.type("q")
        assert terminal.end() == 0


def typed(bank: Bank, answers: Assessment) -> Iterator[str]:
    """Yield what a person types who means this."""
    yield from (TEAM, ORGANISATION)
    yield str([role.id for role in bank.roles].index(answers.respondent.role or "") + 1)
    for asked in bank.profile:
        yield str([option.id for option in asked.options].index(answers.team.profile[asked.id]) + 1)
    for question in bank.asked(answers.team.profile):
        given = answers.responses.get(question.id, Response.model_construct())
        if given.note:
            yield from ("e", given.note)
        if given.level is not None:
            yield str([level.value for level in question.levels].index(given.level) + 1)
        elif given.not_applicable:
            yield from ("n", given.not_applicable)
        else:
            yield "d" if given.unknown else "s"
    yield "y"


def in_a_pdf(fill: Callable[[bytes, Mapping[str, str]], bytes], bank: Bank, answers: Assessment, folder: Path) -> None:
    form = blank(Format.PDF, form_view(bank, PROFILE))
    (folder / f"{fill.__name__}.pdf").write_bytes(fill(form, entries(answers)))


def in_a_workbook(bank: Bank, answers: Assessment, folder: Path) -> None:
    view = form_view(bank, PROFILE)
    filled_workbook(blank(Format.XLSX, view), view, entries(answers), folder / "form.xlsx")


def in_a_browser(browser: Browser, bank: Bank, answers: Assessment, folder: Path) -> None:
    form = folder / "form.html"
    form.write_bytes(blank(Format.HTML, form_view(bank, PROFILE)))
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(form.as_uri())
        page.locator(f"input[name=role][value={answers.respondent.role}]").check()
        page.locator("input[name=shown-alone][value=yes]").check()
        page.get_by_label("Today’s date").fill(answers.date.isoformat())
        for name, given in answers.responses.items():
            question = page.locator(f"#question-{name}")
            question.locator(f"input[value='{code_of(given)}']").check()
            if given.not_applicable:
                question.get_by_label("Why does it not apply?").fill(given.not_applicable)
            if given.note:
                question.get_by_label("Notes, and what shows it").fill(given.note)
        with page.expect_download() as download:
            page.get_by_role("button", name="Save my answers to a file").click()
        download.value.save_as(folder / download.value.suggested_filename)
    form.unlink()


def in_a_survey(bank: Bank, answers: Assessment, folder: Path) -> None:
    microsoft_forms(bank, sent([answers]), folder / "Peer Workers(1-1).xlsx")


def test_the_same_answers_have_the_same_score_in_whatever_way_they_were_given(
    bank: Bank, folder: Path, tmp_path: Path, browser: Browser
) -> None:
    ways: list[Give] = [
        partial(in_a_terminal, folder),
        partial(in_a_pdf, filled_with_pypdf),
        partial(in_a_pdf, filled_with_pikepdf),
        in_a_workbook,
        partial(in_a_browser, browser),
        in_a_survey,
    ]
    (tmp_path / "sent").mkdir()
    for give, role in zip(ways, bank.roles, strict=True):  # so that each is somebody else
        give(bank, meant(bank, role.id), tmp_path / "sent")
    run("collect", "sent", "-o", "team", "--bank", folder, cwd=tmp_path, code=0)
    found = read_team([tmp_path / "team"], bank).assessments
    assert {one.respondent.role for one in found} == {role.id for role in bank.roles}
    silent = [one for one in found if not one.respondent.shown_alone]
    assert [one.respondent.role for one in silent] == [bank.roles[-1].id], "the survey alone does not ask it"
    assert all(one.responses == RESPONSES for one in found)
    ids = {one.respondent.id for one in found} - {None}
    assert len(ids) == 3, "the walk, the web page and the survey tell their respondents apart"
    for one in found:
        expected = AssessedTeam(bank, [meant(bank, one.respondent.role or "")]).score
        assert AssessedTeam(bank, [one]).score == expected
