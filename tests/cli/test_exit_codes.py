"""The exit code of every command, whatever becomes of its streams; and never a traceback."""

import errno
import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from tests.program import EXAMPLES, PATIENCE, PROGRAM, environment, run
from tests.small import spelled_out

NORTHSIDE = str(EXAMPLES / "northside-cmht.yaml")


@dataclass(frozen=True)
class Command:
    """A command line, the codes it may end with, and whether it writes anything to stdout."""

    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    writes: bool = True


COMMANDS = {
    "help": Command(("--help",)),
    "version": Command(("--version",)),
    "score": Command(("score", NORTHSIDE)),
    "score-below": Command(("score", NORTHSIDE, "--fail-under", "100"), (4,)),
    "compare": Command(("compare", NORTHSIDE, NORTHSIDE)),
    "score-nothing": Command(("score", "nothing.yaml"), (1,), writes=False),
    "report-to-stdout": Command(("report", NORTHSIDE, "-o", "-", "--format", "md")),
    "report-to-a-file": Command(("report", NORTHSIDE, "-o", "report.html"), writes=False),
    "bank-check": Command(("bank", "check")),
    "doctor": Command(("doctor",), (0, 1)),  # 1 where something is missing, and what is differs by machine
    "assess": Command(("assess",), (1,), writes=False),
    "nothing": Command((), (2,), writes=False),
    "unknown-command": Command(("scroe",), (2,), writes=False),
}


@dataclass(frozen=True)
class Surroundings:
    """What the streams are: a shell's redirection and the environment. ``full`` is a stdout that takes nothing."""

    redirection: str = "</dev/null"
    env: Mapping[str, str] = field(default_factory=dict)
    full: bool = False


SURROUNDINGS = {
    "stdin-closed": Surroundings("<&-"),
    "stdout-closed": Surroundings("</dev/null >&-"),
    "stderr-closed": Surroundings("</dev/null 2>&-"),
    "disk-full": Surroundings("</dev/null >/dev/full", full=True),
    "c-locale": Surroundings(env={"LC_ALL": "C", "LANG": "C"}),
    "cp1252": Surroundings(env={"PYTHONIOENCODING": "cp1252"}),
    "utf-16": Surroundings(env={"PYTHONIOENCODING": "utf-16"}),
    "all-closed": Surroundings("<&- >&- 2>&-"),
}


OF_EACH_SORT = {
    "score": {*SURROUNDINGS},
    "score-nothing": {"stderr-closed", "c-locale", "cp1252"},
    "report-to-stdout": {"stdout-closed", "c-locale", "utf-16"},
}
"""Surroundings in which some commands are run each time: what we print in all, an error and a file in what suits it."""


def each_run(name: str, around: str) -> bool:
    """Return whether it is tried in each run: with nothing open is every command, with a full disk each that writes."""
    always = around == "all-closed" or (around == "disk-full" and COMMANDS[name].writes)
    return always or around in OF_EACH_SORT.get(name, ())


@pytest.mark.parametrize(
    ("command", "surroundings"),
    [
        pytest.param(name, around, marks=[] if each_run(name, around) else pytest.mark.long)
        for name, around in product(COMMANDS, SURROUNDINGS)
    ],
)
def test_no_command_ends_in_a_traceback_whatever_its_streams_are(
    tmp_path: Path, command: str, surroundings: str
) -> None:
    tried, streams = COMMANDS[command], SURROUNDINGS[surroundings]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {streams.redirection}', "sh", *PROGRAM, *tried.words],
        cwd=tmp_path,
        env=environment(streams.env),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in ((1,) if streams.full and tried.writes else tried.codes), done.stderr


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_a_reader_that_has_gone_changes_no_exit_code(tmp_path: Path, command: Command) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*PROGRAM, *command.words],
            cwd=tmp_path,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=write,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    finally:
        os.close(write)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in command.codes, done.stderr


@pytest.mark.parametrize("name", ["nothing", "unknown-command", "score-nothing"])
def test_a_reader_of_messages_that_has_gone_changes_no_exit_code(tmp_path: Path, name: str) -> None:
    command = COMMANDS[name]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*PROGRAM, *command.words], cwd=tmp_path, env=environment(), stderr=write, timeout=PATIENCE, check=False
        )
    finally:
        os.close(write)
    assert done.returncode in command.codes


# --- 0, 1, 2 and 4 ---


def test_the_version_is_shown(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path, code=0).stdout.startswith("readiness ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("scroe",), "No such command 'scroe'"),
        (("score",), "Missing argument 'PATHS'"),
        (("score", NORTHSIDE, "--format", "xml"), "'xml' is not one of 'table', 'json'"),
        (("score", NORTHSIDE, "--colour"), "No such option"),
        (("form",), "Missing option"),
        (("assess", "answers.txt"), "a file whose name ends in .json"),
        (("score", NORTHSIDE, "--fail-under", "splendid"), "a number from 0 to 100, or a band: early"),
        (("score", NORTHSIDE, "--fail-under", "101"), "a number from 0 to 100"),
        (("score", NORTHSIDE, "--fail-under", "nan"), "a number from 0 to 100"),
    ],
)
def test_wrong_usage_is_2_and_says_where_help_is(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    done = run(*words, cwd=tmp_path, code=2)
    assert message in done.stderr
    assert " --help" in done.stderr
    assert "Value error" not in done.stderr
    assert done.stdout == ""


def test_a_wrong_answer_is_1_and_names_the_file_the_line_and_the_column(tmp_path: Path) -> None:
    text = Path(NORTHSIDE).read_text(encoding="utf-8").replace("language: 1", "language: 9")
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    line = text.splitlines().index("  language: 9") + 1
    for words in (("score", "wrong.yaml"), ("report", "wrong.yaml", "-o", "report.html")):
        done = run(*words, cwd=tmp_path, code=1)
        assert re.search(rf"^wrong\.yaml:{line}:\d+: ", done.stderr, re.MULTILINE)
        assert done.stdout == ""
    assert not (tmp_path / "report.html").exists()


def test_every_mistake_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text("{", encoding="utf-8")
    done = run("score", tmp_path, cwd=tmp_path, code=1)
    assert re.search(r"one\.json:1:\d+: ", done.stderr)
    assert re.search(r"two\.json:1:\d+: ", done.stderr)


def test_answers_come_from_standard_input_too(tmp_path: Path) -> None:
    done = run("score", "-", cwd=tmp_path, typed=Path(NORTHSIDE).read_bytes(), code=0)
    assert "Northside" in done.stdout


@pytest.mark.parametrize("file", ["answers.json/", "nowhere/answers.json"])
def test_assess_says_where_it_can_not_keep_answers_and_makes_no_folder(tmp_path: Path, file: str) -> None:
    (tmp_path / "answers.json").mkdir()
    run("assess", file, cwd=tmp_path, code=1)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["answers.json"]


def test_assess_does_not_touch_a_file_it_can_not_read(tmp_path: Path) -> None:
    (tmp_path / "my-service.json").write_text('{"schema": 1,', encoding="utf-8")
    done = run("assess", cwd=tmp_path, typed="Northside\n", code=1)
    assert "my-service.json:1:" in done.stderr
    assert (tmp_path / "my-service.json").read_text(encoding="utf-8") == '{"schema": 1,'


@pytest.mark.parametrize(("least", "code"), [("0", 0), ("1.5", 0), ("100", 4), ("early", 0)])
def test_fail_under_takes_a_number_or_a_band(tmp_path: Path, least: str, code: int) -> None:
    done = run("score", NORTHSIDE, "--fail-under", least, cwd=tmp_path, code=code)
    assert done.stdout.startswith("Northside")
    assert ("The result is below 100." in done.stderr) is (code == 4)


def test_a_number_and_the_band_that_starts_there_agree_to_the_last_digit(tmp_path: Path) -> None:
    data = spelled_out("[{id: a, values: [0, 49.96, 50, 100]}]")
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "bank.yaml").write_text(json.dumps(data), "utf-8")
    for level, code in ((49.96, 4), (50, 0)):
        answers = {"schema": 1, "bank": {"id": "small"}, "team": {"name": "T"}, "date": "2026-11-22"}
        (tmp_path / "a.json").write_text(json.dumps(answers | {"responses": {"a": level}}), "utf-8")
        for least in ("50", "middle"):
            run("score", "a.json", "--bank", "bank", "--fail-under", least, cwd=tmp_path, code=code)


def test_a_band_below_the_one_wanted_is_4(tmp_path: Path, top_band: str) -> None:
    run("score", NORTHSIDE, "--fail-under", top_band, cwd=tmp_path, code=4)


def test_no_score_at_all_is_below_any_number_and_any_band(tmp_path: Path) -> None:
    lines = Path(NORTHSIDE).read_text(encoding="utf-8").partition("responses:")[0]
    (tmp_path / "empty.yaml").write_text(f"{lines}responses: {{}}\n", encoding="utf-8")
    for least in ("0", "early"):
        run("score", "empty.yaml", "--fail-under", least, cwd=tmp_path, code=4)


# --- 70 and 130 ---


def with_a_fault(fault: str, *words: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the program with Python statements put before it, in a process of its own."""
    return subprocess.run(
        [PROGRAM[0], "-c", f"{fault}\nfrom readiness.cli.main import main\nmain()", *words],
        cwd=cwd,
        env=environment({"TMPDIR": str(cwd)}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def raising(exception: str) -> str:
    """Return statements that make scoring raise."""
    return (
        f"import readiness.scoring.score as scoring\ndef broken(*_):\n    raise {exception}\nscoring.standings = broken"
    )


def test_a_bug_is_70_with_a_log_to_send_and_no_traceback(tmp_path: Path) -> None:
    done = with_a_fault(raising("KeyError('what went wrong')"), "score", NORTHSIDE, cwd=tmp_path)
    assert done.returncode == 70
    assert b"our mistake, not yours" in done.stderr
    assert b"Traceback" not in done.stderr
    [log] = tmp_path.glob("readiness-*.log")
    assert str(log) in done.stderr.decode()
    written = log.read_text(encoding="utf-8")
    assert "KeyError: 'what went wrong'" in written
    assert "command: ['score']" in written
    assert log.stat().st_mode & 0o077 == 0


def test_a_bug_is_70_where_no_log_can_be_written_either(tmp_path: Path) -> None:
    no_log = "import tempfile\ndef full(**_):\n    raise OSError(28, 'full')\ntempfile.mkstemp = full\n"
    done = with_a_fault(no_log + raising("KeyError(1)"), "score", NORTHSIDE, cwd=tmp_path)
    assert done.returncode == 70
    assert b"the log could not be written" in done.stderr


CTRL_C = "__import__('os').kill(__import__('os').getpid(), 2)"
STOPPED = b"Stopped. No file was left half written.\n"
TURNED = f"""
import readiness.cli.inputs
def turned(*_):
    try:
        {CTRL_C}
    except BaseException:
        raise ValueError("the bank is wrong")
readiness.cli.inputs.open_bank = turned
"""
"""A library turns what Ctrl-C raises into an error of its own."""


@pytest.mark.parametrize("fault", [f"readiness.document.terminal.document_text = lambda *_, **__: {CTRL_C}", TURNED])
def test_ctrl_c_is_130_in_words_wherever_it_comes(fault: str, tmp_path: Path) -> None:
    done = with_a_fault(f"import readiness.document.terminal\n{fault}", "score", NORTHSIDE, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", STOPPED)
    assert [*tmp_path.iterdir()] == []


def test_ctrl_c_is_heard_while_the_program_starts(tmp_path: Path) -> None:
    early = f"import sys\nsys.modules['typer'] = type('Early', (), {{'__getattr__': lambda *_: {CTRL_C}}})()"
    done = subprocess.run(
        [PROGRAM[0], "-c", f"{early}\nfrom readiness.__main__ import main\nmain()", "score", NORTHSIDE],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, b"Stopped, before anything was done.\n")


def test_an_end_of_input_where_nothing_asks_is_130_in_words(tmp_path: Path) -> None:
    done = with_a_fault(raising("EOFError"), "score", NORTHSIDE, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (130, b"\n" + STOPPED)


@pytest.mark.parametrize(
    ("exception", "message"),
    [
        (f"OSError({errno.ENOSPC}, 'No space left', 'a.json')", b"a.json: No space left."),
        (f"OSError({errno.EIO}, 'Input/output error')", b"Output: Input/output error."),
    ],
)
def test_what_the_system_refuses_is_1_in_words(tmp_path: Path, exception: str, message: bytes) -> None:
    done = with_a_fault(raising(exception), "score", NORTHSIDE, cwd=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr


@pytest.fixture
def top_band(bank: Bank) -> str:
    """The highest band of the shipped bank."""
    return bank.bands[-1].id
