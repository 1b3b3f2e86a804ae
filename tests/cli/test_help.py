"""Every command and every option explains itself, and help comes at once."""

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from readiness.cli.commands import NAMES, docstring, imported
from readiness.document.write import PAGES, Format
from readiness.report.formats import REPORT_FORMATS
from readiness.roundtrip.form_formats import FORM_FORMATS
from tests.batch.writing import put, row
from tests.program import PATIENCE, PROGRAM, controls, environment, run


def commands() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups of commands too."""
    yield ()
    for name in NAMES:
        yield (name,)
        yield from ((name, each) for each in getattr(imported(name), "commands", ()))


COMMANDS = list(commands())


@pytest.mark.parametrize("words", COMMANDS, ids=[" ".join(words) or "readiness" for words in COMMANDS])
def test_every_command_has_help_and_so_has_every_option(tmp_path: Path, words: tuple[str, ...]) -> None:
    shown = run(*words, "--help", cwd=tmp_path, env={"COLUMNS": "200"}, code=0).stdout
    usage, _, rest = shown.partition("\n\n")
    assert usage.startswith("Usage: ")
    assert rest.strip()[0].isupper()
    for line in rest.splitlines():
        if line.startswith("  -") or (line.startswith("  ") and line[2:3].isalpha() and "  " in line.strip()):
            assert len(line.strip().split("  ", 1)) == 2, f"{line} says nothing"
    assert run(*words, "-h", cwd=tmp_path, env={"COLUMNS": "200"}, code=0).stdout == shown
    assert controls(shown) == []


def test_the_help_names_every_command(tmp_path: Path) -> None:
    shown = run("--help", cwd=tmp_path, code=0).stdout
    assert all(f"\n  {words[0]} " in shown for words in COMMANDS if words)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_help_says_of_a_command_is_what_the_command_says_of_itself(name: str) -> None:
    assert docstring(name) == imported(name).help != ""


@pytest.mark.parametrize("words", [("--help",), ("score", "--help"), ("schema", "edits")])
def test_no_command_is_imported_but_the_one_that_is_called(tmp_path: Path, words: tuple[str, ...]) -> None:
    commands = [f"readiness.cli.{name}" for name in NAMES if name != words[0]]
    assert imported_by(words, commands, tmp_path) == []


def test_the_help_is_there_without_docstrings(tmp_path: Path) -> None:
    assert "\n  doctor" in run("--help", cwd=tmp_path, env={"PYTHONOPTIMIZE": "2"}, code=0).stdout


@pytest.mark.parametrize(
    ("words", "formats"),
    [
        ("report", REPORT_FORMATS),
        ("form", FORM_FORMATS),
        ("plan show", [*PAGES, Format.JSON, Format.XLSX, Format.CSV, Format.ICS]),
        ("score", [*PAGES, Format.JSON]),
        ("compare", [*PAGES, Format.JSON]),
        ("bank show", [*PAGES, Format.JSON]),
    ],
)
def test_the_help_names_every_format(tmp_path: Path, words: str, formats: Sequence[Format]) -> None:
    shown = run(*words.split(), "--help", cwd=tmp_path, code=0).stdout
    told = shown.partition("--out FILE")[2].partition("\n  -")[0]
    assert {*re.findall(r"\.(\w+)", told)} == {form.value for form in formats}


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (("--help",), ["pydantic", "rich", "weasyprint", "yaml", "jinja2"]),
        (("--version",), ["pydantic", "rich", "weasyprint", "yaml", "jinja2"]),
        (
            ("report", "--help"),
            ["rich", "weasyprint", "yaml", "jinja2"],
        ),  # typer reads a command's options with pydantic
    ],
)
def test_help_waits_for_no_heavy_import(tmp_path: Path, words: tuple[str, ...], heavy: list[str]) -> None:
    assert imported_by(words, heavy, tmp_path) == []


def test_a_batch_of_scores_alone_imports_nothing_for_reports_or_workers(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("North"), row("South")])
    words = ("batch", "teams.csv", "-o", "out", "--format", "none", "--portfolio", "none")
    heavy = ["concurrent.futures", "jinja2", "multiprocessing", "openpyxl", "rich", "sqlite3", "weasyprint"]
    rooms = ("batch.portfolio", "batch.reports", "batch.workers", "plan.build", "theme.theme", "theme.word_parts")
    ours = [f"readiness.{name}" for name in rooms]
    assert imported_by(words, [*heavy, *ours], tmp_path) == []


def test_a_command_looks_for_no_garbage(tmp_path: Path) -> None:
    script = (
        "import atexit, gc, json, readiness.__main__ as program\n"
        "def looked(): return sum(each['collections'] for each in gc.get_stats())\n"
        "before = looked()\n"
        "atexit.register(lambda: print(json.dumps([looked() - before, gc.get_freeze_count() > 0])))\n"
        "program.main()"
    )
    command = [PROGRAM[0], "-c", script, "--help"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, timeout=PATIENCE, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [0, True]


def imported_by(words: tuple[str, ...], modules: list[str], folder: Path) -> list[str]:
    """Return those of the modules that the program has imported when it ends."""
    script = (
        "import atexit, json, sys\n"
        f"atexit.register(lambda: sys.stderr.write(json.dumps([m for m in {modules} if m in sys.modules])))\n"
        "from readiness.cli.main import main\nmain()"
    )
    command = [PROGRAM[0], "-c", script, *words]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=PATIENCE, check=True)
    found: list[str] = json.loads(done.stderr.splitlines()[-1])
    return found


WRONG = ("-1", "nan", "inf", "-inf", "1e400", "1000000000000000000", "9" * 5_000, "0x10", "many", "")


@pytest.mark.parametrize("number", WRONG, ids=[number[:20] for number in WRONG])
@pytest.mark.parametrize(
    "words",
    [
        "batch t.csv -o out --deadline",
        "batch t.csv -o out --workers",
        "batch t.csv -o out --shard",
        "collect t.csv -o out --numbers-from",
        "score t.csv --fail-under",
    ],
)
def test_a_number_that_no_option_takes_is_a_wrong_use(tmp_path: Path, words: str, number: str) -> None:
    put(tmp_path / "t.csv", [row("Alder")])
    run(*words.split(), number, cwd=tmp_path, code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize("words", ["batch t.csv -o out --format md --portfolio html --deadline 86400 --limit"])
def test_the_largest_numbers_are_taken(tmp_path: Path, words: str) -> None:
    put(tmp_path / "t.csv", [row("Alder")])
    run(*words.split(), "1000000000000000000", "--min-group", "1000000000000000000", cwd=tmp_path, code=0)


def test_the_help_says_which_numbers_are_taken(tmp_path: Path) -> None:
    said = " ".join(run("batch", "--help", cwd=tmp_path, code=0).stdout.split())
    assert "[default: 120; 1 to 86400]" in said
    assert "[0 to 1000]" in said
