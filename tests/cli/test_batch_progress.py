"""How a batch shows that it goes on: a bar in a terminal, lines elsewhere."""

from pathlib import Path

import pytest

from readiness.cli.batch_progress import LineProgress, Pace, in_minutes
from readiness.errors import Place, Problem
from tests.batch.writing import put, row
from tests.program import Terminal, controls


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (29, "29 seconds"),
        (60, "1 minute"),
        (3_500, "58 minutes"),
        (3_600, "1 hour 0 minutes"),
        (11_100, "3 hours 5 minutes"),
    ],
)
def test_time_is_told_as_people_say_it(seconds: float, words: str) -> None:
    assert in_minutes(seconds) == words


def test_the_pace_counts_every_team_once_and_reckons_from_what_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    pace = Pace(10)
    assert str(pace) == "0 of 10 teams"
    assert pace.left is None
    for made, failed in ((True, False), (False, True), (False, False), (True, False)):
        pace.count(made=made, failed=failed)
    now[0] = 60.0
    assert str(pace) == "4 of 10 teams, 1 were there already, 1 failed, 2 a minute, 3 minutes left"
    assert pace.left == 180


def test_plain_lines_come_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    lines = LineProgress()
    lines.begin(100)
    for at in range(100):
        now[0] = at / 4
        lines.team(made=True, failed=False)
    lines.problem(Problem("A cell is wrong", "Fix it.", Place("t.csv", 3, 2)))
    lines.notice("It was \x1b[31mread\n as Windows text.")
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("The input is read. Reports of 100 teams")
    assert [line.partition(",")[0] for line in said[1:3]] == ["41 of 100 teams", "81 of 100 teams"]
    assert said[3:] == ["t.csv:3:2: A cell is wrong. Fix it.", "Note: It was [31mread as Windows text."]


def test_a_terminal_gets_a_bar_and_what_is_wrong_above_it(tmp_path: Path) -> None:
    rows = [row(f"Team {at}") for at in range(6)] + [row("Bad [/x] \x1b]0;title\x07", language="7")]
    put(tmp_path / "teams.csv", rows)
    words = ("batch", "teams.csv", "-o", "out", "--format", "md", "--portfolio", "none", "--workers", "1")
    with Terminal(*words, cwd=tmp_path) as terminal:
        assert terminal.end() == 3
    assert "6 of 6 teams" in terminal.output
    assert "teams.csv:8:10" in terminal.output
    assert "]0;title" not in terminal.output


def test_a_terminal_without_motion_gets_lines(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("Alder")])
    words = ("batch", "teams.csv", "-o", "out", "--format", "md", "--portfolio", "none", "--workers", "0")
    with Terminal(*words, cwd=tmp_path, env={"TERM": "dumb"}) as terminal:
        assert terminal.end() == 0
    assert controls(terminal.output.replace("\r", "")) == []
    assert "Reports made: 1 team." in terminal.output
