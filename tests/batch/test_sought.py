"""A name after --only that fits no team stops the batch before it writes."""

from pathlib import Path

import pytest

from tests.batch.batches import batch, reports, teams

QUICK = ("--format", "md", "--portfolio", "none")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--only", "Aldr"), ['No team fits --only "Aldr". Did you mean "Alder"?']),
        (("--only", "Zz*"), ['No team fits --only "Zz*". The teams are: Alder, Day’s [B], Cole.']),
        (
            ("--only", "Cole", "--only", "brok", "--only", "COLES", "--shard", "1/3"),
            ['No team fits --only "brok". ', 'No team fits --only "COLES". Did you mean "Cole"?'],
        ),
    ],
)
def test_a_name_that_fits_no_team_is_told_with_names_like_it(
    tmp_path: Path, words: tuple[str, ...], told: list[str]
) -> None:
    teams(tmp_path, ["Alder", "Day’s [B]", "Cole"])
    said = batch(tmp_path, "teams.csv", *QUICK, *words, code=1)
    assert [one for one in told if one not in said] == []
    assert said.count("No team fits") == len(told)
    assert "Nothing was written. Fix the names, or leave --only out." in said
    assert not (tmp_path / "out").exists()


def test_a_name_means_a_team_as_it_stands_and_as_it_looks(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Day’s [B]", "Cole"])
    batch(tmp_path, "teams.csv", *QUICK, "--only", "day's [b]", "--only", "A*", "--shard", "1/1")
    assert sorted(reports(tmp_path)) == ["alder", "day-s-b"]
