"""Rows are read in blocks to be quicker: teams, scores, and all that is told are those of rows read one by one."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.bank.model import Bank
from readiness.batch.blocks import PlainRows, TeamBlock, each_row, each_team
from readiness.batch.group_rows import Scattered, gathered, neighbours
from readiness.batch.rows import Read, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import Found, TeamRows
from tests.batch.writing import put, read_all, row, wrong

NAMES = st.sampled_from(["Alder", "Brook", "alder", "Cole", "=Dene", " Elm  Row", ""])
ANSWERS = st.sampled_from([0, 4, "2", " 3 ", "unknown", "n/a: not here", "n/a", "often", ""])
ROWS = st.lists(
    st.tuples(NAMES, st.sampled_from(["Alder Valley", "", "Lindale"]), ANSWERS, ANSWERS, st.booleans()), max_size=12
)


def read_by(size: int, bank: Bank, file: Path) -> tuple[list[Read | PlainRows], list[Found | PlainRows]]:
    """Return what is read, and found, if so many rows are read together."""
    marking = Marking(bank)
    with patch("readiness.batch.row_reader._AT_A_TIME", size):
        items = read_all(marking, file)
        try:
            return items, [*neighbours(items, marking)]
        except Scattered:
            return items, [*gathered(items, marking)]


def without_marking(found: Iterable[Found | PlainRows]) -> list[object]:
    """Return teams by what they hold: each pass has marked them by itself."""
    teams = each_team(found)
    return [(one.rows, one.parts, one.slug, one.unheard) if isinstance(one, TeamRows) else one for one in teams]


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from([2, 5, 500]))
def test_rows_in_blocks_are_those_read_one_by_one(bank: Bank, given_rows: list[tuple[str, ...]], size: int) -> None:
    rows = [row("First", {"language": 1})]
    for name, organisation, language, pay, planning in given_rows:
        stage = "planning" if planning else "established"
        said = {"language": language, "pay-parity": pay, "critical-mass-planned": language}
        rows.append(row(name, said, organisation=organisation, stage=stage))
    with TemporaryDirectory() as folder:
        file = put(Path(folder) / "teams.csv", rows)
        alone, found_alone = read_by(1, bank, file)
        blocks, found = read_by(size, bank, file)
    assert [*each_row(blocks)] == [*each_row(alone)]
    assert without_marking(found) == without_marking(found_alone)


def test_rows_before_one_that_cannot_be_read_still_count(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.batch.row_reader.SAMPLE", 2)
    file = put(tmp_path / "teams.csv", [row(f"Team {at}", {"language": 0}) for at in range(4)])
    with file.open("a", encoding="utf-8") as text:
        text.write('"never closed')
    *rows, last = each_row(read_all(Marking(bank), file))
    assert [row.number for row in rows if isinstance(row, RespondentRow)] == [2, 3, 4, 5]
    [problem] = wrong([last])
    assert problem.startswith("teams.csv:6: This row can't be read")


def test_a_block_of_teams_has_the_same_columns_however_it_was_made(bank: Bank, tmp_path: Path) -> None:
    file = put(tmp_path / "teams.csv", [row(f"Team {at}", {"language": at % 5}) for at in range(8)])
    *_, rows = (item for item in read_all(Marking(bank), file) if isinstance(item, PlainRows))
    plain, of_teams = TeamBlock.of_plain(rows), TeamBlock.of([*rows.as_teams()])
    assert plain[1:] == of_teams[1:]
    assert [*plain.teams()] == [*of_teams.teams()]
    assert [plain.answers(at) for at in range(4)] == [of_teams.answers(at) for at in range(4)]
