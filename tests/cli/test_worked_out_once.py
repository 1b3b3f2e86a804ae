"""From answers to a result nothing is worked out twice: all that follows from one team's answers is made once."""

import builtins
import contextlib
import gc
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from shutil import copytree
from typing import Any

import pytest
from openpyxl import load_workbook

import readiness
from readiness.assessment.reading import read_assessment, read_team
from readiness.bank.model import Bank
from readiness.batch.render_job import Settings, Task, make
from readiness.batch.rows import row_of
from readiness.cli.main import app
from readiness.document.write import Format
from readiness.plan.edits import Field, with_value
from readiness.plan.overlay import Overlay
from readiness.plan.sheets import PLAN_SHEET
from readiness.team import AssessedTeam
from tests.conftest import EXAMPLES

WORK = {
    "one_team": "assessment.reading",
    "standings": "scoring.score",
    "voices": "scoring.by_role",
    "build_plan": "plan.build",
    "live_plan": "plan.apply",
    "retold": "plan.apply",
}
"""What works something out, and where it is."""

SCORE = {"one_team": 1, "standings": 1}
PLAN = {**SCORE, "build_plan": 1, "live_plan": 1}


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often each of them was called, wherever it is called from."""
    called = Counter[str]()
    for module in walk_packages(readiness.__path__, "readiness."):
        if not module.name.endswith("__main__"):
            import_module(module.name)  # one that comes later would keep what counts for this test
    for name, place in WORK.items():
        real = getattr(import_module(f"readiness.{place}"), name)
        counting = _counting(name, real, called)
        for loaded in [*sys.modules.values()]:
            if getattr(loaded, "__name__", "").startswith("readiness") and vars(loaded).get(name) is real:
                monkeypatch.setattr(loaded, name, counting)
    yield called
    gc.enable()


def _counting(name: str, real: Callable[..., Any], called: Counter[str]) -> Callable[..., Any]:
    @wraps(real)
    def counting(*given: object, **named: object) -> object:
        called[name] += 1
        return real(*given, **named)

    return counting


@pytest.fixture
def folder(tmp_path: Path, bank: Bank) -> Path:
    """Answers of one person, with edits of their plan, and of eleven people."""
    (tmp_path / "n.json").write_text(_answers(bank).to_json(), "utf-8")
    (tmp_path / "n.plan.json").write_text(_edits(bank).to_json(), "utf-8")
    copytree(EXAMPLES / "riverside", tmp_path / "riverside")
    in_welsh(tmp_path / "bank")
    return tmp_path


def in_welsh(folder: Path) -> Path:
    """Put the shipped bank into the folder, with a word of it in Welsh."""
    copytree(EXAMPLES.parent, folder)
    (folder / "languages").mkdir()
    head = "schema: 1\nbank: peer-workers\nlanguage: cy\nstatus: draft\n"
    (folder / "languages" / "cy.yaml").write_text(f"{head}words:\n  bands.early.label: Dyddiau cynnar\n", "utf-8")
    return folder


def _answers(bank: Bank) -> Any:
    return read_assessment(EXAMPLES / "northside-cmht.yaml", bank)[0]


def _edits(bank: Bank) -> Overlay:
    """Return edits that name one action; that its number is kept is left to do."""
    team = AssessedTeam(bank, [_answers(bank)])
    edits = with_value(team.overlay, team.computed, team.computed.actions[0].id, Field.OWNER, "Ann")
    return edits.model_copy(update={"numbers": {}})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("score n.json", SCORE),
        ("score riverside", {**SCORE, "voices": 1}),
        ("plan n.json", PLAN),
        ("plan n.json --format json", PLAN),
        ("plan n.json -o p.xlsx", PLAN),
        ("plan n.json -o p.csv", PLAN),
        ("plan n.json --to next", PLAN),
        ("plan n.json --what-if 8=4", {**PLAN, "build_plan": 2}),  # the other is of the answers as they would be
        ("plan riverside -o p.md", {**PLAN, "voices": 1}),
        ("report n.json -o r.md", PLAN),
        ("report riverside -o r.html", {**PLAN, "voices": 1}),
        (
            # told in two banks: edits of one are made to fit the other
            "report n.json -o r.md --language cy --bank bank",
            {"one_team": 2, "standings": 2, "build_plan": 2, "live_plan": 1, "retold": 1},
        ),
        ("compare n.json n.json", {"one_team": 2, "standings": 2}),
        ("compare riverside riverside --format json", {"one_team": 2, "standings": 2, "voices": 2}),
    ],
)
def test_a_command_works_nothing_out_twice(
    folder: Path, counts: Counter[str], words: str, expected: Mapping[str, int]
) -> None:
    with contextlib.chdir(folder):
        app(words.split(), standalone_mode=False)
    assert counts == expected


def test_what_comes_back_is_laid_over_the_plan_once(
    folder: Path, counts: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    app(["plan", "n.json", "-o", "p.xlsx"], standalone_mode=False)
    book = load_workbook("p.xlsx")
    book[PLAN_SHEET]["D4"] = "Ben Adeyemi"
    book.save("p.xlsx")
    counts.clear()
    app(["plan", "n.json", "--from", "p.xlsx", "--yes"], standalone_mode=False)
    assert "Ben Adeyemi" in (folder / "n.plan.json").read_text("utf-8")
    assert counts == {**PLAN, "live_plan": 2}  # as it was, to tell what changes, and as it is


def test_a_walks_end_works_nothing_out_twice(
    folder: Path, counts: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["", "?", "", ""])  # from the review to the result; help, and back; no report
    monkeypatch.setattr(builtins, "input", lambda _: next(typed))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with contextlib.chdir(folder):
        app(["assess", "n.json"], standalone_mode=False)
    assert next(typed, None) is None
    assert counts == PLAN


@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_a_worker_of_a_batch_works_nothing_out_twice(
    tmp_path: Path, bank: Bank, counts: Counter[str], language: str
) -> None:
    settings = Settings(str(in_welsh(tmp_path / "bank")), "sober", language=language)
    rows = tuple(row_of(one, bank, "n.json") for one in read_team([EXAMPLES / "riverside"], bank).assessments)
    edits, forms = _edits(bank), (Format.MARKDOWN, Format.HTML)
    counts.clear()
    made = make(Task(settings, settings.fingerprint(), rows, forms, edits))
    assert [form for form, _, _ in made.files] == [*forms]
    alone = {**PLAN, "voices": 1}
    again = {"one_team": 2, "standings": 2, "build_plan": 2, "voices": 2, "live_plan": 1, "retold": 1}
    assert counts == (alone if language == "en-GB" else again)
