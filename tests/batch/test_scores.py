"""The table of scores is written by a quick way of our own: it is what ``csv`` would write."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.batch.scores import csv_cell
from readiness.text import safe, unformulated
from tests.batch.writing import put, row
from tests.program import run


@given(st.text(st.sampled_from("aé =',;\"\r\n\t\u2028"), max_size=6))
def test_a_name_stands_in_the_table_as_csv_writes_it(name: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerow([unformulated(safe(name)), ""])
    assert f"{csv_cell(name)},\r\n" == text.getvalue()


def test_scores_that_are_begun_anew_leave_no_trace(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    put(tmp_path / "t.csv", [row("North"), row("South"), row("North", language="2")])
    words = ("--format", "none", "--portfolio", "none", "--scores", "parquet")
    assert "Traceback" not in run("batch", "t.csv", "-o", "out", *words, cwd=tmp_path, code=0).stderr
