"""Input that another program changes while a batch reads it: no score or report is made of two."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readiness.bank.model import Bank
from readiness.batch.job import Order
from readiness.batch.preflight import Checked
from readiness.batch.render_job import Settings
from readiness.batch.run import run as run_batch
from readiness.batch.scores import Scores
from readiness.cli.batch_progress import LineProgress
from readiness.document.write import Format
from readiness.errors import InputError
from tests.batch.batches import QUICK, batch, reports, teams, tree
from tests.batch.writing import put, row
from tests.conftest import assessment

SCORES = ("--format", "none", "--portfolio", "none")
SAID = "{}: This file was changed while it was read. Run the same command again once it is saved."


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> Callable[[type, str, Callable[[], object]], None]:
    """Run something at the first call of a method."""

    def at_first(kind: type, name: str, change: Callable[[], object]) -> None:
        usual, changes = getattr(kind, name), iter([change])

        def changed(*args: Any, **named: Any) -> Any:
            for each in changes:
                each()
            return usual(*args, **named)

        monkeypatch.setattr(kind, name, changed)

    return at_first


@pytest.mark.parametrize("name", ["teams.csv", "teams.jsonl"])
def test_nothing_is_written_of_a_table_that_changes_while_it_is_scored(
    tmp_path: Path, changing: Callable[..., None], name: str
) -> None:
    def write(names: list[str]) -> None:
        rows = [row(each) for each in names]
        if name == "teams.csv":
            put(tmp_path / name, rows)
        else:
            (tmp_path / name).write_text("".join(f"{json.dumps(one)}\n" for one in rows), "utf-8")

    write(["Alder", "Brook"])
    teams(tmp_path, ["Cole"], "others.csv")
    changing(Scores, "add", lambda: write(["Alder", "Dene"]))
    assert SAID.format(name) in batch(tmp_path, name, "others.csv", *QUICK, code=1)
    assert not (tmp_path / "out").exists()
    batch(tmp_path, name, "others.csv", *QUICK)
    assert sorted(reports(tmp_path)) == ["alder", "cole", "dene"]


def test_what_an_earlier_batch_wrote_stays(tmp_path: Path, changing: Callable[..., None]) -> None:
    many = [f"Team {at}" for at in range(600)]  # more than are read together
    teams(tmp_path, many)
    batch(tmp_path, "teams.csv", *SCORES)
    before = tree(tmp_path / "out")
    teams(tmp_path, [*many, "Cole"])
    changing(Scores, "add", lambda: teams(tmp_path, [*many, "Dene"]))
    assert SAID.format("teams.csv") in batch(tmp_path, "teams.csv", *SCORES, code=1)
    assert tree(tmp_path / "out") == before


def test_reports_are_made_of_the_rows_that_were_scored_or_not_at_all(
    tmp_path: Path, changing: Callable[..., None]
) -> None:
    teams(tmp_path, ["Alder", "Brook"])
    changing(Checked, "commit", lambda: teams(tmp_path, ["Alder", "Dene"]))
    assert SAID.format("teams.csv") in batch(tmp_path, "teams.csv", *QUICK, code=1)
    assert not [*(tmp_path / "out" / "reports").glob("*")]
    batch(tmp_path, "teams.csv", *QUICK)
    assert sorted(reports(tmp_path)) == ["alder", "dene"]


def test_answers_that_become_those_of_another_team_stop_the_batch_too(tmp_path: Path, bank: Bank) -> None:
    def write(name: str, team: str) -> Path:
        file = tmp_path / f"{name}.json"
        file.write_text(assessment(bank, {}, name=team).to_json(), "utf-8")
        return file

    files = [write("a", "Alder"), write("b", "Brook"), write("c", "Brook")]

    class Changes(LineProgress):
        def begin(self, total: int, *, joining: bool = False) -> None:
            assert (total, joining) == (2, False)
            write("c", "Alder")

    settings = Settings("peer-workers", "sober")
    order = Order(tuple(files), tmp_path / "out", settings, (Format.MARKDOWN,), workers=0)
    with pytest.raises(InputError, match="The input has changed"):
        run_batch(order, Changes())
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 2
