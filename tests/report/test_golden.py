"""All that is written of a few services, in every format, is what it always was.

Everything goes through the command line, so the golden files hold however the inside is built.
"""

import re
from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.extracted import READERS, extracted
from tests.program import EXAMPLES, GOLDEN, check_golden, run

SERVICES = ("northside", "harbour", "riverside", "worked-on")
"""One person who plans, an established service, a team of eleven, and a plan that somebody has worked on."""

TODAY = "2027-01-15"
"""The day in the plan that was worked on: it has dates on it, before it and after it."""

ANSWERS = {
    "northside": "northside.yaml",
    "harbour": "harbour.yaml",
    "riverside": "riverside",
    "worked-on": "worked-on/northside.yaml",
}
AS_OF = {"worked-on": f" --today {TODAY}"}
LATER = {
    "date: 2026-10-14": "date: 2026-12-20",
    "career-progression: 0": "career-progression: 2",
    "culture-challenge: 1": "culture-challenge: 0",
    "unknown: true": "level: 2",
    "personal-boundaries: 0": "personal-boundaries: unknown",
}
"""What other answers Northside gives two months later."""

BEHIND = '{"status": "stuck", "owner": "Ada Moss", "due": "2026-11-20"}'
EDITS = {
    "one-left": f'{{"time-all": {BEHIND}}}',
    "one-stuck": '{"time-all": {"status": "stuck"}}',
    "two-stuck": f'{{"time-all": {BEHIND}, "lead-name": {BEHIND}}}',
}
"""Edits of small plans: what is late is stuck, too, but for one that has no date."""

REPORTS = {
    f"report-{name}.{ending}": f"report {ANSWERS[name]}{AS_OF.get(name, '')}"
    for name in SERVICES
    for ending in ("md", "pdf", "docx", "html", "xlsx", "pptx")
}
BRIEFS = {
    f"brief-{name}.{ending}": f"report {ANSWERS[name]} --brief{AS_OF.get(name, '')}"
    for name in SERVICES
    for ending in ("md", "docx", "html", "pdf")
    if ending == "md" or name in ("northside", "worked-on")
}
POSTERS = {
    f"poster-worked-on.{ending}": f"report {ANSWERS['worked-on']} --poster --today {TODAY}"
    for ending in ("html", "pdf")
}
PLANS = {
    f"plan-{name}.{ending}": f"plan {ANSWERS[name]} --today {TODAY}"
    for name in SERVICES
    for ending in ("md", "xlsx", "csv", "docx", "html", "pdf")
    if ending == "md" or name == "worked-on"
}
COLUMNS = {
    f"plan-worked-on-{columns}.csv": f"plan {ANSWERS['worked-on']} --columns {columns}"
    for columns in ("jira", "trello", "planner")
}
ONE_BY_ONE = {
    "report-worked-on.json": f"report {ANSWERS['worked-on']} --today {TODAY}",
    "report-riverside.json": "report riverside",
    **{f"report-themed.{ending}": "report northside.yaml --theme theme" for ending in ("md", "docx", "html", "pdf")},
    "report-begun.md": "report begun.yaml",
    "report-empty.md": "report empty.yaml",
    "report-empty.pptx": "report empty.yaml",
    "report-worked-on-cy.pptx": f"report {ANSWERS['worked-on']} --today {TODAY} --language cy",
    **{f"brief-begun.{ending}": "report begun.yaml --brief" for ending in ("md", "docx", "html")},
    "report-worked-on-cy.md": f"report {ANSWERS['worked-on']} --today {TODAY} --language cy",
    "report-worked-on-day-of-answers.md": f"report {ANSWERS['worked-on']}",
    "report-northside-no-notes.md": "report northside.yaml --notes none",
    "plan-worked-on.json": f"plan {ANSWERS['worked-on']}",
    "plan-worked-on.ics": f"plan {ANSWERS['worked-on']}",
    "way-northside.md": "plan northside.yaml --to next",
    "way-riverside.md": "plan riverside --to next",
    "way-worked-on.md": f"plan {ANSWERS['worked-on']} --to next",
    "way-worked-on.docx": f"plan {ANSWERS['worked-on']} --to next",
    "way-worked-on.json": f"plan {ANSWERS['worked-on']} --to next",
    "what-if-northside.md": "plan northside.yaml --what-if language=4 --what-if pay-parity=2",
    "what-if-worked-on.md": f"plan {ANSWERS['worked-on']} --what-if managers-at-all-levels-planned=unknown",
    "what-if-riverside.md": "plan riverside --what-if language=4",
    "compare-northside.md": "compare northside.yaml now/northside.yaml",
    "compare-northside.html": "compare northside.yaml now/northside.yaml",
    "compare-northside.docx": "compare northside.yaml now/northside.yaml",
    "compare-northside.json": "compare northside.yaml now/northside.yaml",
    "compare-riverside.md": "compare riverside now/riverside",
    **{f"form-northside.{ending}": "form --like northside.yaml" for ending in ("md", "html", "xlsx", "pdf")},
    "bank.md": "bank show",
    "bank.json": "bank show",
    "bank.docx": "bank show",
}
SMALL = {
    **{
        f"report-small.{ending}": f"report small/night.yaml --today {TODAY}" for ending in ("md", "docx", "html", "pdf")
    },
    **{f"report-small-{name}.md": f"report {name}/night.yaml" for name in ("unedited", *EDITS, "all-done")},
    "plan-small.md": f"plan small/night.yaml --today {TODAY}",
    "way-small.md": "plan unedited/night.yaml --to next",
    "bank-small.md": "bank show small",
    "form-small.md": "form --like small/night.yaml",
}
"""The same of a bank that is unlike the shipped one."""
WRITTEN = REPORTS | BRIEFS | POSTERS | PLANS | COLUMNS | ONE_BY_ONE | SMALL
"""The command that writes each file, as it is typed before ``-o``."""

PRINTED = {
    f"score-{name}.{'txt' if form == 'table' else 'json'}": f"score {ANSWERS[name]} --format {form}"
    for name in SERVICES
    for form in ("table", "json")
}
"""The command that prints each."""

REGION = ("Ash Lane", "Brook House", "Castle Team", "Dale Street", "East Quay", "Fell View")
"""Teams that answer as Northside does, but ever more of what it answers lower they answer one step higher."""

PORTFOLIO = ("portfolio.html", "portfolio.pdf", "portfolio.xlsx", "scores.csv", "scores.jsonl", "errors.csv")
"""What is written of all teams together."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the answers of all services."""
    copy(EXAMPLES / "northside-cmht.yaml", tmp_path / "northside.yaml")
    copy(EXAMPLES / "harbour-house.yaml", tmp_path / "harbour.yaml")
    copytree(EXAMPLES / "riverside", tmp_path / "riverside")
    copytree(GOLDEN / "services", tmp_path, dirs_exist_ok=True)
    night = (tmp_path / "small" / "night.yaml").read_text("utf-8")
    for name, lead, time in (
        ("unedited", 0, 1),
        ("one-left", 10, 1),
        ("one-stuck", 0, 1),
        ("two-stuck", 0, 1),
        ("all-done", 10, 2),
    ):
        (tmp_path / name).mkdir()
        answers = night.replace("lead: 0", f"lead: {lead}").replace("time: 1", f"time: {time}")
        (tmp_path / name / "night.yaml").write_text(answers, "utf-8")
    for name, edits in EDITS.items():
        plan = f'{{"schema": 1, "bank": {{"id": "small"}}, "team": "Night Team", "actions": {edits}}}'
        (tmp_path / name / "night.plan.json").write_text(plan, "utf-8")
    text = (tmp_path / "northside.yaml").read_text("utf-8")
    older = '{id: peer-workers, version: "0.0.9", fingerprint: "0123456789abcdef"}'
    (tmp_path / "worked-on" / "northside.yaml").write_text(
        re.sub(r"(?<=^bank: ).*", older, text, flags=re.MULTILINE), "utf-8"
    )
    copytree(EXAMPLES / "riverside", tmp_path / "now" / "riverside")
    for file in (tmp_path / "now" / "riverside").iterdir():
        moved = file.read_text("utf-8").replace("date: 2026-", "date: 2027-")
        file.write_text(moved.replace("  career-progression: 1", "  career-progression: 3"), "utf-8")
    head, _, answers = text.partition("responses:\n")
    few = "".join(answers.splitlines(keepends=True)[:11])
    (tmp_path / "begun.yaml").write_text(f"{head}responses:\n{few}", "utf-8")
    (tmp_path / "empty.yaml").write_text(f"{head}responses: {{}}\n", "utf-8")
    for old, new in LATER.items():
        text = text.replace(old, new, 1)
    (tmp_path / "now" / "northside.yaml").write_text(text, "utf-8")
    return tmp_path


LONG = {f"report-harbour.{ending}" for ending in ("pdf", "docx", "xlsx", "pptx")}
LONG |= {"report-riverside.pdf", "report-themed.pdf", "brief-northside.pdf"}
"""Files of a format and of a service that others show already."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in LONG else []) for name in WRITTEN]
)
def test_what_is_written_is_what_it_always_was(folder: Path, name: str) -> None:
    bank = ("--bank", "small") if name in SMALL and "bank" not in name else ()
    run(*WRITTEN[name].split(), *bank, "-o", name, cwd=folder, code=0)
    check_golden(_kept_as(name), extracted(folder / name))


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed_is_what_it_always_was(folder: Path, name: str) -> None:
    (folder / name).write_text(run(*PRINTED[name].split(), cwd=folder, code=0).stdout, "utf-8")
    check_golden(_kept_as(name), extracted(folder / name))


def test_what_is_written_of_many_teams_is_what_it_always_was(folder: Path) -> None:
    teams = folder / "teams"
    teams.mkdir()
    (folder / "riverside").rename(teams / "riverside")
    for name in ("northside", "harbour"):
        (folder / f"{name}.yaml").rename(teams / f"{name}.yaml")
    text = (teams / "northside.yaml").read_text("utf-8")
    for number, name in enumerate(REGION, start=1):
        answers = text.replace("Northside Community Mental Health Team", name).replace("level: 1", "level: 2", number)
        (teams / f"{number}.yaml").write_text(answers, "utf-8")
    (teams / "wrong.yaml").write_text(text.replace("level: 1", "level: 9"), "utf-8")
    run("batch", "teams", "-o", "out", "--format", "none", "--name", "Services of Westmoor", cwd=folder, code=3)
    for name in PORTFOLIO:
        check_golden(_kept_as(name), extracted(folder / "out" / name))


def test_no_golden_file_is_left_that_nothing_is_compared_with() -> None:
    kept = {f"reports/{file.name}" for file in (GOLDEN / "reports").iterdir()}
    assert kept == {_kept_as(name) for name in (*WRITTEN, *PRINTED, *PORTFOLIO)}


def _kept_as(name: str) -> str:
    """Return the name of the golden file: of what is no text, the text that it shows is kept."""
    return f"reports/{name}{'.txt' if Path(name).suffix in READERS else ''}"
