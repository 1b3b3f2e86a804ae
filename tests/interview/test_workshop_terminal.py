"""The workshop as a facilitator meets it: the program itself, in a real pseudo-terminal and over pipes."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.program import Terminal, controls, run

ABOUT = ("Northside", "", "1", "2 3 0", "y")
"""Name, organisation, stage, who is here, and how to count: then comes the first question of the small bank."""
NEXT = ("organisation", "How far", "Who is here?", "How to count", "Porters (2)")


def kept(folder: Path) -> dict[str, Any]:
    """Return what is in the file that the workshop keeps in ``folder``."""
    data: dict[str, Any] = json.loads((folder / "my-workshop.json").read_text(encoding="utf-8"))
    return data


def begin(terminal: Terminal) -> None:
    """Type what comes before the first question, and count that."""
    terminal.wait_for("name of the team")
    for line, words in zip(ABOUT, NEXT, strict=True):
        terminal.type(line)
        terminal.wait_for(words)
    terminal.type("1 1 0")
    terminal.wait_for("Lift users (3)")
    terminal.type("0 0 3")
    terminal.wait_for("Talk about it.")


@pytest.mark.parametrize("size", [(24, 80), (40, 120)])
def test_a_terminal_gets_bars_and_looks(tmp_path: Path, small_folder: Path, size: tuple[int, int]) -> None:
    with Terminal("workshop", "--bank", small_folder, cwd=tmp_path, size=size) as terminal:
        begin(terminal)
        terminal.type("q")
        assert terminal.end() == 0
    assert "███ 3 hands: A large lift." in terminal.output
    assert "\x1b[1m" in terminal.output


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_a_screen_reader_gets_words_alone(tmp_path: Path, small_folder: Path, env: dict[str, str]) -> None:
    with Terminal("workshop", "--bank", small_folder, cwd=tmp_path, env=env) as terminal:
        begin(terminal)
        terminal.type("q")
        assert terminal.end() == 0
    text = terminal.output.replace("\r\n", "\n")
    assert controls(text) == []
    assert "█" not in text
    assert "3. 3 hands: A large lift." in text


def test_the_question_and_its_answers_fit_a_small_window(tmp_path: Path) -> None:
    lines = ("Northside", "", "1", "2", "1", "2", "1 4 3 1 0 0 0", "y")
    with Terminal("workshop", cwd=tmp_path, size=(24, 80)) as terminal:
        terminal.wait_for("name of the team")
        for line in lines:
            terminal.type(line)
            shown = terminal.wait_for("\n")
        for line in ("1 2 0 0 0", "=4", "0 0 1 3 0", "5"):
            assert len(shown.splitlines()) <= 24 + 1, "the line that was typed, and a screen"
            terminal.type(line)
            shown = terminal.wait_for("\n")
        assert len(shown.splitlines()) <= 24 + 1
        assert "Hear first: Peer Workers who held up 1" in " ".join(shown.split())


def test_killed_in_the_middle_it_goes_on(tmp_path: Path, small_folder: Path) -> None:
    with Terminal("workshop", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        terminal.type("")
        terminal.wait_for("Is the wall gone?")
        terminal.type("2 0")
        terminal.wait_for("Lift users (3)")
        terminal.interrupt(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    assert kept(tmp_path)["responses"].keys() == {"lift-there"}
    with Terminal("workshop", "--bank", small_folder, cwd=tmp_path) as terminal:
        shown = terminal.wait_for("Is the wall gone?")
        assert "Welcome back. 1 of 3 questions are counted." in shown
        assert "Porters (2)> " in terminal.output
        terminal.type("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_end_with_130_and_all_is_saved(tmp_path: Path, small_folder: Path, key: str) -> None:
    with Terminal("workshop", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        terminal.interrupt(key)
        assert terminal.end() == 130
    assert kept(tmp_path)["responses"].keys() == {"lift-there"}
    assert "saved in my-workshop.json" in terminal.output
    assert "readiness workshop my-workshop.json" in " ".join(terminal.output.split())


def test_two_windows_do_not_count_into_one_file(tmp_path: Path, small_folder: Path) -> None:
    with Terminal("workshop", "--bank", small_folder, cwd=tmp_path) as terminal:
        begin(terminal)
        done = run("workshop", "--bank", small_folder, cwd=tmp_path, typed="q\n", code=1)
        assert "Somebody else is working on this group’s answers" in done.stderr
        terminal.type("q")
        assert terminal.end() == 0


def test_a_script_of_answers_can_be_piped_in(tmp_path: Path, small_folder: Path) -> None:
    counts = ("1 1 0", "0 0 3", "", "=1", "=2", "", "d", "2 1", "", "", "", "")
    lines = "\n".join((*ABOUT, *counts))
    done = run("workshop", "--bank", small_folder, cwd=tmp_path, typed=f"{lines}\n", code=0)
    assert controls(done.stdout + done.stderr) == []
    for words in ("Roles that few of you hold", "Every question is counted.", "Your result", "Hear first: "):
        assert words in done.stdout
    assert kept(tmp_path)["responses"].keys() == {"lift-there", "wall-gone", "wall-door"}
    assert "Your answers are in my-workshop.json. For the report: " in done.stderr
