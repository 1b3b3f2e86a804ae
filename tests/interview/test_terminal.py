"""The walk as a person meets it: the program itself, in a real pseudo-terminal and over pipes."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.program import PROGRAM, Terminal, controls, environment, run

ABOUT = ("Northside", "", "1", "1")
"""Name, organisation, role and stage: then comes the first question of the small bank."""


def kept(folder: Path) -> dict[str, object]:
    """Return the responses in the file that assess keeps in ``folder``."""
    data = json.loads((folder / "my-service.json").read_text(encoding="utf-8"))
    assert isinstance(data["responses"], dict)
    return data["responses"]


def begin(terminal: Terminal) -> None:
    """Type what comes before the first question, and answer that with its second level."""
    terminal.wait_for("name of your team")
    for line, next_words in zip(ABOUT, ("organisation", "role", "How far", "Is there a lift?"), strict=True):
        terminal.type(line)
        terminal.wait_for(next_words)
    terminal.type("2")
    terminal.wait_for("Is the wall gone?")


def test_a_terminal_gets_looks(tmp_path: Path, small_folder: Path) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        assert "\x1b[1mWhat is the name of your team or service?\x1b[0m" in terminal.wait_for("name of your team")
        terminal.type("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_a_terminal_that_wants_no_looks_gets_no_escape_sequence(
    tmp_path: Path, small_folder: Path, env: dict[str, str]
) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path, env=env) as terminal:
        begin(terminal)
        terminal.type("q")
        assert terminal.end() == 0
    assert controls(terminal.output.replace("\r\n", "\n")) == []


def test_a_pipe_gets_the_same_words_and_no_escape_sequence(tmp_path: Path, small_folder: Path) -> None:
    lines = "\n".join([*ABOUT, "?", "2", "d", "e a note", "s", "", "", ""])
    done = run("assess", "--bank", small_folder, cwd=tmp_path, typed=f"{lines}\n", code=0)
    assert controls(done.stdout + done.stderr) == []
    for words in (
        "name of your team",
        "Is there a lift?",
        "That was “The first part”",
        "Your role",
        "Review",
        "Your result",
    ):
        assert words in done.stdout
    assert kept(tmp_path).keys() == {"lift-there", "wall-gone", "wall-door"}
    bank = f"--bank {small_folder}"
    assert done.stderr.splitlines()[-2].endswith(f"-m readiness report my-service.json {bank}")
    assert done.stderr.splitlines()[-1].endswith(f"-m readiness plan edit my-service.json {bank}")


NOTE = "How many roles have a plan for the week?\n2\nDoes HR know?\nDon't know"


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}], ids=["arrows", "plain"])
@pytest.mark.parametrize("typed", ["e", "e About the door:"])
def test_a_note_of_several_lines_that_is_pasted_answers_no_other_question(
    tmp_path: Path, small_folder: Path, typed: str, env: dict[str, str]
) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path, env=env) as terminal:
        begin(terminal)
        if typed == "e":
            terminal.type("e")
            terminal.wait_for("Your note, in one line.")
            terminal.type(NOTE)
        else:
            terminal.type(f"{typed}\n{NOTE}")
        terminal.wait_for("Noted.")
        terminal.type("q")
        assert terminal.end() == 0
    said = " ".join([*typed.split()[1:], *NOTE.split()])
    assert kept(tmp_path) == {"lift-there": {"level": 1}, "wall-gone": {"note": said}}


def test_a_comment_of_several_lines_that_is_pasted_takes_no_action_out(tmp_path: Path, small_folder: Path) -> None:
    answers = "\n".join([*ABOUT, "1", "1", "1", "1", "", "", "q"])
    run("assess", "--bank", small_folder, cwd=tmp_path, typed=f"{answers}\n", code=0)
    with Terminal("plan", "edit", "my-service.json", "--bank", small_folder, cwd=tmp_path) as terminal:
        terminal.wait_for("Which actions?")
        terminal.type("1")
        terminal.wait_for("What do you want to change?")
        terminal.type("4")
        terminal.wait_for("What do you want to note?")
        terminal.type("From the minutes, item\n9\nAnn and Bob look at it in June")
        terminal.wait_for("Saved.")
        terminal.type("q")
        assert terminal.end() == 0
    edits = json.loads((tmp_path / "my-service.plan.json").read_text("utf-8"))["actions"]
    assert [edit["comments"] for edit in edits.values()] == [
        ["From the minutes, item", "9", "Ann and Bob look at it in June"]
    ]


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 130)])
def test_ctrl_c_and_ctrl_d_end_with_130_and_all_is_saved(
    tmp_path: Path, small_folder: Path, key: str, code: int
) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        terminal.interrupt(key)
        assert terminal.end() == code
    assert kept(tmp_path) == {"lift-there": {"level": 1}}
    assert "Your answers are saved in my-service.json" in terminal.output
    assert "Traceback" not in terminal.output


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_being_told_to_end_saves_all_and_says_so(
    tmp_path: Path, small_folder: Path, signum: signal.Signals, code: int
) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        terminal.interrupt(signum)
        assert terminal.end() == code
    assert kept(tmp_path) == {"lift-there": {"level": 1}}
    assert "Traceback" not in terminal.output


def test_ctrl_d_at_the_first_prompt_of_a_terminal_is_130_and_leaves_no_answers(
    tmp_path: Path, small_folder: Path
) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        terminal.wait_for("name of your team")
        terminal.interrupt("\x04")
        assert terminal.end() == 130
    assert "Nothing was answered yet" in terminal.output
    assert not (tmp_path / "my-service.json").exists()


def test_stopping_without_a_change_does_not_say_that_something_was_saved(tmp_path: Path, small_folder: Path) -> None:
    lines = "\n".join([*ABOUT, "1", "q"])
    first = run("assess", "--bank", small_folder, cwd=tmp_path, typed=f"{lines}\n", code=0)
    assert "Stopped. Your answers are saved in my-service.json." in first.stderr
    again = run("assess", "--bank", small_folder, cwd=tmp_path, typed="q\n", code=0)
    assert "Stopped. Nothing was changed. Your answers from before are in my-service.json." in again.stderr
    assert again.stderr.splitlines()[-1].endswith(f"-m readiness assess my-service.json --bank {small_folder}")


def test_a_file_that_assess_can_not_keep_answers_in_is_refused_in_words(tmp_path: Path, small_folder: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "locked.json").write_text("{}", encoding="utf-8")
    (tmp_path / "locked.json").chmod(0o444)
    (tmp_path / "hand.yaml").write_text("bank: {id: small}", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.json")
    for name, code, said in (
        ("folder", 1, "folder: This is a folder. Name a file in it: "),
        ("folder.json", 1, "assess folder.json/my-service.json"),
        ("locked.json", 1, "locked.json: This file is locked against changes (read-only)"),
        ("pipe.json", 1, "pipe.json: This is no ordinary file, and was not touched."),
        ("hand.yaml", 1, "-m readiness collect hand.yaml -o hand-answers"),
        ("new.yaml", 2, "answers are kept in a file whose name ends in .json, such as new.json"),
        ("service", 2, "such as service.json"),
        ("nowhere/a.json", 1, "nowhere: There is no such folder."),
    ):
        done = run("assess", name, "--bank", small_folder, cwd=tmp_path, typed="Northside\nq\n", code=code)
        assert said in done.stderr
        assert done.stdout == ""
    assert (tmp_path / "locked.json").read_text(encoding="utf-8") == "{}"
    assert (tmp_path / "hand.yaml").read_text(encoding="utf-8") == "bank: {id: small}"


def test_answers_to_another_bank_are_refused_in_words(tmp_path: Path, small_folder: Path) -> None:
    run("assess", "--bank", small_folder, cwd=tmp_path, typed="Northside\nq\n", code=0)
    before = (tmp_path / "my-service.json").read_bytes()
    done = run("assess", cwd=tmp_path, typed="q\n", code=1)
    assert 'These answers are for the question bank "small", not "peer-workers". Name the right bank' in done.stderr
    assert (tmp_path / "my-service.json").read_bytes() == before


def test_the_result_shows_the_plan_with_a_persons_edits(tmp_path: Path, small_folder: Path) -> None:
    lines = "\n".join([*ABOUT, "1", "1", "1", "", "", ""])
    run("assess", "--bank", small_folder, cwd=tmp_path, typed=f"{lines}\n", code=0)
    edits = "1\n5\nIn our own words\n1\nPriya\n\n2\n9\nNot ours\nq"
    run("plan", "edit", "my-service.json", "--bank", small_folder, cwd=tmp_path, typed=f"{edits}\n", code=0)
    done = run("assess", "--bank", small_folder, cwd=tmp_path, typed="\n\n", code=0)
    start = done.stdout.partition("Start with these")[2]
    assert "1. In our own words: Priya" in start
    assert "Put in a door" not in start
    (tmp_path / "my-service.plan.json").write_text("{", encoding="utf-8")
    done = run("assess", "--bank", small_folder, cwd=tmp_path, typed="\n\n", code=0)
    assert "So your edits of the plan are not shown here." in done.stderr
    assert "Put in a door" in done.stdout.partition("Start with these")[2]


def test_quit_and_go_on_ends_with_every_answer(tmp_path: Path, small_folder: Path) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        terminal.type("q")
        assert terminal.end() == 0
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        shown = terminal.wait_for("Is the wall gone?")
        assert "Welcome back. 1 of 3 questions are answered. Going on with question 2." in shown
        terminal.type("1")
        terminal.wait_for("Is there a door")
        terminal.type("d")
        terminal.wait_for("although few of you answered")
        terminal.type("y")
        terminal.wait_for("Review")
        terminal.type("")
        assert "Your result: " in terminal.wait_for("Shall the report")
        terminal.type("n")
        assert terminal.end() == 0
    assert kept(tmp_path) == {"lift-there": {"level": 1}, "wall-gone": {"level": 0}, "wall-door": {"unknown": True}}
    respondent = json.loads((tmp_path / "my-service.json").read_text(encoding="utf-8"))["respondent"]
    assert (respondent["role"], respondent["shown_alone"]) == ("porter", True)


def test_the_report_is_written_where_it_is_wanted_and_never_over_another(tmp_path: Path, small_folder: Path) -> None:
    (tmp_path / "my-service-report.pdf").write_text("mine", encoding="utf-8")
    (tmp_path / "my-service-report.html").write_text("mine", encoding="utf-8")
    lines = "\n".join([*ABOUT, "1", "1", "1", "n", "", "y"])
    done = run("assess", "--bank", small_folder, cwd=tmp_path, typed=f"{lines}\n", code=0)
    written = [path for path in tmp_path.glob("my-service-report-2.*") if path.stat().st_size > 1000]
    assert len(written) == 1
    assert f"Saved as {written[0].name}." in done.stderr
    assert (tmp_path / "my-service-report.pdf").read_text(encoding="utf-8") == "mine"


def test_with_no_terminal_and_no_input_the_way_with_a_file_is_named(tmp_path: Path, small_folder: Path) -> None:
    done = run("assess", "--bank", small_folder, cwd=tmp_path, code=1)
    assert "There is no terminal" in done.stderr
    assert "so nothing was saved" in done.stderr
    assert "answers are saved" not in done.stderr
    assert "readiness score FILE" in done.stderr
    assert not (tmp_path / "my-service.json").exists()


def test_input_that_stops_half_way_is_130_with_all_of_it_saved(tmp_path: Path, small_folder: Path) -> None:
    lines = "\n".join([*ABOUT, "3"])
    run("assess", "--bank", small_folder, cwd=tmp_path, typed=f"{lines}\n", code=130)
    assert kept(tmp_path) == {"lift-there": {"level": 2}}


@pytest.mark.parametrize("typed", ["", "Northside\n"])
def test_a_reader_that_goes_away_ends_the_walk_in_words(tmp_path: Path, small_folder: Path, typed: str) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*PROGRAM, "assess", "--bank", small_folder],
            cwd=tmp_path,
            env=environment(),
            input=typed.encode(),
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(write)
    assert done.returncode == 1
    assert b"There is no terminal" in done.stderr
    assert b"Traceback" not in done.stderr


def test_bytes_that_are_no_letters_do_not_stop_the_walk(tmp_path: Path, small_folder: Path) -> None:
    done = run("assess", "--bank", small_folder, cwd=tmp_path, typed=b"North\xff\x00side\nq\nq\n", code=0)
    data = json.loads((tmp_path / "my-service.json").read_text(encoding="utf-8"))
    assert data["team"]["name"] == "North\ufffdside"
    assert controls(done.stdout + done.stderr) == []


def test_a_second_window_on_the_same_answers_is_refused(tmp_path: Path, small_folder: Path) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        done = run("assess", "--bank", small_folder, cwd=tmp_path, code=1)
        assert "Somebody else is working on these answers" in done.stderr
        terminal.type("q")
        assert terminal.end() == 0


def test_a_file_that_something_else_changed_is_left_alone(tmp_path: Path, small_folder: Path) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        (tmp_path / "my-service.json").write_text("{}", encoding="utf-8")
        terminal.type("1")
        assert terminal.end() == 1
    assert "Something else has changed this file" in terminal.output
    assert (tmp_path / "my-service.json").read_text(encoding="utf-8") == "{}"


def test_the_words_fit_the_window(tmp_path: Path, small_folder: Path) -> None:
    done = run("assess", "--bank", small_folder, cwd=tmp_path, typed="q\n", env={"COLUMNS": "50"}, code=0)
    assert max(map(len, done.stdout.splitlines())) < 50


@pytest.mark.parametrize(("lines", "times"), [(24, 1), (10, 0)])
def test_what_is_said_besides_is_left_out_where_it_would_push_the_question_off_the_screen(
    tmp_path: Path, small_folder: Path, lines: int, times: int
) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path, size=(lines, 60)) as terminal:
        terminal.wait_for("name of your team")
        for line, next_words in zip(ABOUT, ("organisation", "role", "How far", "Is there a lift?"), strict=True):
            terminal.type(line)
            shown = terminal.wait_for(next_words)
        assert shown.count("What the first part is about.") == times
        terminal.type("1")
        assert terminal.wait_for("Is the wall gone?").count("Why we asked: Lifts help people up.") == times


def test_arrow_keys_in_a_window_of_no_size_end_nothing(tmp_path: Path, small_folder: Path) -> None:
    with Terminal("assess", "--bank", small_folder, cwd=tmp_path, size=(1, 2)) as terminal:
        terminal.wait_for("name of your team")
        terminal.type("Northside")
        terminal.wait_for("organisation")
        terminal.type("\x1b[A\x1b[A")
        terminal.wait_for("role")
        terminal.press("\x04")
        assert terminal.end() == 130
    assert json.loads((tmp_path / "my-service.json").read_text("utf-8"))["team"]["name"] == "Northside"


def test_a_bank_can_move_no_cursor(tmp_path: Path, small_folder: Path) -> None:
    text = (small_folder / "bank.yaml").read_text(encoding="utf-8")
    hostile = text.replace("title: A small bank", r'title: "A small\e[2J\x9b\u202e bank"')
    (tmp_path / "bank.yaml").write_text(hostile, encoding="utf-8")
    done = run("assess", "--bank", tmp_path, cwd=tmp_path, typed="q\n", code=0)
    assert controls(done.stdout + done.stderr) == []
