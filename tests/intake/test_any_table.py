"""Any table at all is collected, or refused in words."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.bank.model import Bank
from readiness.intake.mapping import Mapping
from readiness.intake.sources import gather, open_sources
from readiness.roundtrip.form_entries import Given
from tests.intake.written import ALL_GIVEN, table

HEADINGS = ["ID", "Start time", "Completion time", "_uuid", "_submission_time", "SubmissionDate", "KEY", "Timestamp"]

CELLS = ["", "2", "9", "unknown", "n/a", "n/a: x", "N/A", "A", "2026-11-22", "03/04/2026", "13/04/2026", "04/13/2026"]
HEADINGS += [
    "Respondent ID",
    "Collector ID",
    "id",
    "submitdate",
    "team",
    "role",
    "date",
    "stage",
    "language",
    "Comment",
]

HEADINGS += ["language2", "g/q_language", "why language", "bank", "", "Q1", "1", "language [Comment]", "pay-parity"]

CELLS += ["peer-worker", "planning", "Response", "\x00", "=1+1", "4" * 400, "peer-workers 1", "\u202e", "1e5"]


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8),
    st.lists(st.lists(st.sampled_from(CELLS), max_size=9), max_size=5),
    st.sampled_from([Given(), ALL_GIVEN]),
)
def test_any_table_is_collected_or_refused_in_words(
    bank: Bank, tmp_path: Path, headings: list[str], rows: list[list[str]], given: Given
) -> None:
    path = table(tmp_path, "\n".join("|".join(row) for row in [headings, *rows] if row) or "x")
    opened = open_sources([path], bank)
    found = gather(opened.sources, bank, Mapping(bank=bank.id), given)
    said = [str(problem) for problem in (*opened.problems, *found.problems)]
    assert found.gathered or found.open or said
    for one in found.gathered:
        assert json.loads(one.assessment.to_json())["team"]["name"]
