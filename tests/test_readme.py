"""What the README tells people to type works as it stands."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from readiness.assessment.reading import read_team
from readiness.bank.load import load_bank
from readiness.bank.migration import read_migration
from readiness.batch.scores import COLUMNS
from readiness.interview.steps import how_many
from readiness.resources import QUESTIONS
from tests.conftest import ROLES
from tests.program import ROOT, environment, run
from tests.small import small_bank

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
LINES = [line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
OURS = [lines for block in BLOCKS if (lines := re.findall(r"^((?:readiness|mkdir|cp) [^#\n]*)", block, re.MULTILINE))]
"""The lines of each block that call the program, or copy files for it."""
EXAMPLES_IN_YAML = re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
"""Answers first, then what becomes of answers to an older version of a bank."""
ASKS = "readiness assess my-service.json"
ANSWERS = ["Northside", "", "1", "1", "1", "1", "2", *["3"] * 26, "n", "", "y"]

AGAIN = ["3", "", *[""] * 7, *["2"] * 26, "n", "", "n"]
"""The same service answered anew: nothing of last time is shown, and what was said of the service is kept."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the questions in it, as a reader's would have, and answers from a walk."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "questions").symlink_to(ROOT / "questions")
    _run(ASKS, folder, "\n".join(ANSWERS) + "\n")
    _run(ASKS, folder, "\n".join(AGAIN) + "\n")
    return folder


def _run(line: str, folder: Path, typed: str = "") -> "subprocess.CompletedProcess[str]":
    program, *words = shlex.split(line)
    if program == "readiness":
        return run(*words, cwd=folder, typed=typed)
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def test_the_walk_in_the_readme_ends_with_a_report(folder: Path) -> None:
    assert (folder / "my-service-report.pdf").is_file()


def test_the_readme_says_how_many_questions_there_are_and_the_help_leaves_it_to_the_bank(folder: Path) -> None:
    fewest, most = how_many(load_bank(QUESTIONS / "peer-workers"))
    said = re.findall(r"\b(?:about )?[0-9]+(?: (?:to|or) [0-9]+)? questions", README)
    assert said == [f"{fewest} to {most} questions"] * 2
    told = _run("readiness assess --help", folder).stdout.partition("Options")[0].partition("\n")[2]
    assert "Walk through the questions" in told
    assert not re.search("[0-9]", told)


@pytest.mark.parametrize("block", [block for block in OURS if ASKS not in block])
def test_the_commands_in_the_readme_work_one_after_the_other(folder: Path, block: list[str]) -> None:
    for line in block:
        done = _run(line, folder)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "line", re.findall(r"^readiness .*", (ROOT / "docs" / "board.md").read_text("utf-8"), re.MULTILINE)
)
def test_the_commands_for_a_board_and_a_wall_work(folder: Path, line: str) -> None:
    done = _run(line, folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_each_make_target_in_the_readme_exists(line: str) -> None:
    subprocess.run([*shlex.split(line), "--dry-run"], cwd=ROOT, env=environment(), check=True, capture_output=True)


def test_the_example_of_a_file_in_the_readme_is_read(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(EXAMPLES_IN_YAML[0], encoding="utf-8")
    reading = read_team([tmp_path / "answers.yaml"], load_bank(QUESTIONS / "peer-workers"))
    assert not reading.notices


def test_the_example_of_a_migration_in_the_readme_is_read(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: training}, {id: pay}, {id: trust}]")
    (tmp_path / "migrations").mkdir()
    text = EXAMPLES_IN_YAML[1].replace("our-questions", bank.id).replace("new-action", "trust-1")
    (tmp_path / "migrations" / "1.0.0.yaml").write_text(text, encoding="utf-8")
    found = read_migration(tmp_path, "1.0.0", bank)
    assert found is not None
    assert [moved.level(2) for moved in found.questions] == [None] * 3
    assert found.needs_confirming(found.questions[2])


def test_the_example_of_a_table_in_the_readme_is_read_with_nothing_to_tell(tmp_path: Path) -> None:
    [example] = re.findall(r"^```csv\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    (tmp_path / "teams.csv").write_text(example, encoding="utf-8")
    said = _run("readiness batch teams.csv -o region --format none --portfolio none", tmp_path).stderr
    assert said == "Reading the input.\nScored: 2 teams, 3 rows.\nSaved in region.\n"


def test_scripts_find_every_event_and_every_column_in_the_pages_on_scale() -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    bank = load_bank(QUESTIONS / "peer-workers")
    known = set(re.findall("`([a-z-]+)`", page.partition("## The arithmetic")[0]))
    options = {option.id for entry in bank.profile for option in entry.options}
    depend = {question.id for question in bank.questions if question.when}
    twins = {name for name in depend if f"{name}-planned" in depend}
    assert known >= {entry.id for entry in bank.profile} | options | {role.id for role in ROLES} | (depend - twins)
    assert set(re.findall("`([a-z_]+)`", page)) >= {*COLUMNS}
    told = (ROOT / "readiness" / "cli" / "batch_progress.py").read_text(encoding="utf-8")
    events = set(re.findall(r'_tell\(\s*"([a-z]+)"', told))
    assert events
    assert events == set(re.findall("^\\| `([a-z]+)` ", page.partition("## Progress for scripts")[2], re.MULTILINE))


def test_the_readme_says_every_command() -> None:
    shown = run("--help", cwd=ROOT, code=0).stdout
    commands = re.findall(r"^  ([a-z]+) ", shown.partition("Commands:")[2], re.MULTILINE)
    assert commands
    for command in commands:
        assert f"readiness {command}" in README
