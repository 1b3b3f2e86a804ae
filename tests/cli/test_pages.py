"""A result that is longer than the terminal begins at its beginning."""

from pathlib import Path

import pytest

from tests.program import Terminal, run


def test_a_plan_begins_with_what_is_due_and_goes_on_a_page_at_a_time(folder: Path) -> None:
    with Terminal("plan", "n.yaml", cwd=folder, size=(24, 80), env={"PAGER": ""}) as terminal:
        terminal.type("q")
        assert terminal.end() == 0
    assert "Now: in the next 3 months" in terminal.output
    assert "Next: " not in terminal.output


@pytest.mark.parametrize("env", [{}, {"LESS": "-R"}, {"LESS": "RX"}])
def test_the_pager_says_how_to_leave_it_and_how_to_go_on(folder: Path, env: dict[str, str]) -> None:
    with Terminal("plan", "n.yaml", cwd=folder, size=(24, 80), env={"PAGER": "less", **env}) as terminal:
        terminal.press("Gq")
        assert terminal.end() == 0
    assert "q leaves this page, Space goes on" in terminal.output.partition("The end, q leaves this page")[0]


def test_a_person_s_own_prompt_of_the_pager_stays(folder: Path) -> None:
    with Terminal(
        "plan", "n.yaml", cwd=folder, size=(24, 80), env={"PAGER": "less", "LESS": "-FRXPsmine$"}
    ) as terminal:
        terminal.type("q")
        assert terminal.end() == 0
    assert "mine" in terminal.output
    assert "leaves this page" not in terminal.output


def test_a_result_that_fits_and_a_pager_that_is_not_there_change_nothing(folder: Path) -> None:
    whole = run("plan", "n.yaml", cwd=folder, code=0).stdout.split()
    for size, pager in (((400, 100), ""), ((24, 100), "no-such-pager"), ((24, 100), "cat")):
        with Terminal("plan", "n.yaml", cwd=folder, size=size, env={"PAGER": pager, "NO_COLOR": ""}) as terminal:
            assert terminal.end() == 0
        assert "What would one answer change?" in terminal.output
        assert len(terminal.output.split()) >= len(whole)
    with Terminal("plan", "n.yaml", cwd=folder, size=(24, 80), env={"TERM": "dumb", "PAGER": ""}) as terminal:
        assert terminal.end() == 0


def test_a_pager_that_ends_within_quotation_marks_is_none(folder: Path) -> None:
    with Terminal("plan", "n.yaml", cwd=folder, size=(24, 80), env={"PAGER": "no-such-pager '"}) as terminal:
        terminal.press("q")
        assert terminal.end() == 0
    assert "q leaves this page" in terminal.output
