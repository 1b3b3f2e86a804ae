"""The table of scores is written by a quick way of our own: it is what ``csv`` would write."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from readiness.batch.scores import csv_cell
from readiness.text import safe, unformulated


@given(st.text(st.sampled_from("aé =',;\"\r\n\t\u2028"), max_size=6))
def test_a_name_stands_in_the_table_as_csv_writes_it(name: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerow([unformulated(safe(name)), ""])
    assert f"{csv_cell(name)},\r\n" == text.getvalue()
