"""A command that a message names can be typed as it stands, however the program was started."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.cli.commands import NAMES
from readiness.cli.program import called, command
from readiness.cli.streams import fitted
from tests.program import ROOT, Terminal, environment, run

ANSWERS = ROOT / "questions" / "peer-workers" / "examples" / "northside-cmht.yaml"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The program as it is installed: a file of its name in some folder."""
    folder = tmp_path / "my bin"
    folder.mkdir()
    (folder / "readiness").touch()
    return folder / "readiness"


def test_where_the_name_leads_to_it_the_program_goes_by_its_name(script: Path) -> None:
    assert called([str(script), "score"], ["python3", str(script), "score"], str(script)) == "readiness"
    assert called([str(script)], [], f"{script}.EXE") == "readiness"


def test_a_link_to_it_counts_as_the_program(script: Path, tmp_path: Path) -> None:
    (tmp_path / "readiness").symlink_to(script)
    assert called([str(script)], [], str(tmp_path / "readiness")) == "readiness"
    assert called([str(tmp_path / "readiness")], [], str(script)) == "readiness"


def test_where_the_name_leads_nowhere_or_elsewhere_it_goes_by_its_path(script: Path, tmp_path: Path) -> None:
    assert called([str(script)], [], None) == f"'{script}'"
    assert called([str(script)], [], str(tmp_path / "readiness")) == f"'{script}'"
    assert called([".venv/bin/readiness", "assess"], [], None) == ".venv/bin/readiness"
    assert called(["./readiness.exe"], [], None) == "readiness.exe"


def test_started_through_python_it_goes_through_python_again() -> None:
    argv = ["/somewhere/readiness/__main__.py", "plan", "my plan.json"]
    typed = [".venv/bin/python", "-X", "utf8", "-m", "readiness", "plan", "my plan.json"]
    assert called(argv, typed, "/usr/bin/readiness") == ".venv/bin/python -X utf8 -m readiness"
    assert called(argv, ["python", "-c", "from multiprocessing.spawn import …", "plan"], None) == "readiness"


@pytest.mark.parametrize("argv", [[], [""], ["-c"], ["/usr/bin/pytest", "-q"]])
def test_within_another_program_it_goes_by_its_name(argv: list[str]) -> None:
    assert called(argv, ["python", *argv], None) == "readiness"


_WARNS = """
import multiprocessing, warnings
from readiness.cli import main

def app(**_words):
    warnings.warn("here")
    process = multiprocessing.get_context("spawn").Process(target=warnings.warn, args=("there",))
    process.start()
    process.join()

main.app = app
main.main()
"""


def test_a_warning_of_a_library_is_not_shown_here_or_in_processes_of_a_batch() -> None:
    done = subprocess.run([sys.executable, "-c", _WARNS], capture_output=True, env=environment(), check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_the_commands_that_messages_name_are_those_that_were_typed(tmp_path: Path) -> None:
    for words in (["-o", "x.zip"], ["plan", "edit"], ["assess", "a", "b"]):
        assert " -m readiness " in run(*words, cwd=tmp_path, code=2).stderr
    assert "-m readiness assess" in run("--help", cwd=tmp_path, code=0).stdout
    assert " -m readiness report --help" in run("report", cwd=tmp_path, code=2).stderr
    done = run("plan", ANSWERS, "-o", "my plan.xlsx", cwd=tmp_path, code=0)
    assert done.stderr.splitlines()[-1].endswith(f"-m readiness plan {ANSWERS} --from 'my plan.xlsx'")


WRITTEN = {"plan_columns.py", "plan_workbook_summary.py", "mapping.py"}
"""Their texts stand in a workbook and a file that may be opened on another machine."""


def test_no_message_names_a_command_by_any_other_way() -> None:
    ours = re.compile(rf"\breadiness ({'|'.join(NAMES)})\b(?! (is|was|and))")
    found = [
        f"{path}:{text.lineno}: {text.value}"
        for path in sorted((ROOT / "readiness").rglob("*.py"))
        for text in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text.value, str) and ours.search(text.value) and path.name not in WRITTEN
    ]
    assert found == [], "name it with readiness.errors.Command"


def _texts(tree: ast.AST) -> list[ast.Constant]:
    """Return the texts in the code; those that only explain it, or explain a command, are left out."""
    explaining = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in explaining]


def test_a_long_message_breaks_between_words_only_and_its_command_stands_by_itself() -> None:
    words = f"Your answers are in /home/maria/my-service.json. For the report: {command('report my-service.json')}"
    assert fitted(words, None) == words
    assert fitted(words, 200) == words
    assert fitted(words, 30).splitlines() == [
        "Your answers are in",
        "/home/maria/my-service.json.",
        "For the report:",
        "  readiness report my-service.json",
    ]
    path = f"/home/{'x' * 60}/my-long-name.json"
    assert fitted(f"{path}: This file is there already", 30).splitlines() == [f"{path}:", "This file is there already"]


def test_a_window_of_one_column_still_gets_its_words() -> None:
    assert fitted("Check the name.", 1).splitlines() == ["Check", "the", "name."]


@pytest.mark.parametrize("size", ["9" * 5_000, "²"])
def test_a_size_that_no_window_has_is_not_believed(tmp_path: Path, size: str) -> None:
    with Terminal("assess", "a.json", cwd=tmp_path, env={"COLUMNS": size, "LINES": size}, size=(1, 1)) as terminal:
        terminal.wait_for("name")
        terminal.type("Northside")
        terminal.wait_for("leave")
        terminal.type("q")
        assert terminal.end() == 0
    assert "mistake" not in terminal.output


def test_in_a_narrow_terminal_no_word_is_broken(tmp_path: Path) -> None:
    name = "a-file-with-a-rather-long-name-of-sixty-letters-and-more.json"
    with Terminal("report", name, "-o", "report.html", cwd=tmp_path, size=(24, 40)) as terminal:
        assert terminal.end() == 1
    assert f"{name}:" in terminal.output.split()
    assert all(len(line) < 40 for line in terminal.output.splitlines() if name not in line)
