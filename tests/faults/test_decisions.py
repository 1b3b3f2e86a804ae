"""Decisions about a table are changed by hand while a person is still asked: nobody's are lost."""

from pathlib import Path

import pytest

from readiness.assessment.endings import MAPPING_NAME
from tests.program import Terminal

TABLE = "team,date,language,Remarks,Colour\nNorth,2026-11-22,1,we try,red\nNorth,2026-11-22,2,we do,blue\n"


@pytest.mark.parametrize("begun", [True, False])
def test_what_was_changed_meanwhile_stays_and_that_is_said(tmp_path: Path, *, begun: bool) -> None:
    (tmp_path / "t.csv").write_text(TABLE, "utf-8")
    (tmp_path / "team").mkdir()
    mapping, by_hand = tmp_path / "team" / MAPPING_NAME, "bank: peer-workers\ncolumns: {Remarks: note language}\n"
    with Terminal("collect", "t.csv", "-o", "team", cwd=tmp_path) as terminal:
        terminal.wait_for("ignore this column")
        if begun:
            terminal.type("ignore")
            terminal.wait_for("ignore this column")
        mapping.write_text(by_hand, "utf-8")
        terminal.type("ignore")
        assert terminal.end() == 1
    told = " ".join(terminal.output.split())
    assert f"team/{MAPPING_NAME}: Something else has changed this file since it was read" in told
    assert "Look at the file, then run the same command again." in told
    assert mapping.read_text("utf-8") == by_hand
    assert [path.name for path in (tmp_path / "team").iterdir()] == [MAPPING_NAME]
