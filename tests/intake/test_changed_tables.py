"""A table that another program changes while it is read: parts of two are never taken for one."""

from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake import table_files
from readiness.intake.sources import open_sources
from readiness.intake.table_files import open_table
from tests.intake.written import table

SAID = r"{}: This file was changed while it was read\. Run the same command again once it is saved\."


def write(path: Path, teams: list[str]) -> None:
    if path.suffix == ".parquet":
        pa = pytest.importorskip("pyarrow")
        pytest.importorskip("pyarrow.parquet").write_table(pa.table({"team": teams}), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(f'{{"team": "{team}"}}\n' for team in teams), "utf-8")
    else:
        path.write_text("".join(f"{line}\n" for line in ["team", *teams]), "utf-8")


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.jsonl", "t.parquet"])
@pytest.mark.parametrize("put", ["in its place", "into it"])
def test_neither_the_rest_of_a_pass_nor_another_pass_is_read(tmp_path: Path, name: str, put: str) -> None:
    path = tmp_path / name
    write(path, ["Alder", "Brook"])
    opened = open_table(path)
    assert len([*opened.rows]) == len([*opened.rows]) >= 2
    rows = iter(opened.rows)
    next(rows)
    new = path.with_stem("new") if put == "in its place" else path
    write(new, ["Alder", "Dene"])
    new.replace(path)
    for reading in (rows, iter(opened.rows)):
        with pytest.raises(InputError, match=SAID.format(path)):
            list(reading)
    assert [*open_table(path).rows]


def test_a_row_cut_off_by_the_change_is_not_what_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write(path, ["Alder", *["Brook"] * 10_000])
    rows = iter(open_table(path).rows)
    next(rows)
    path.write_text('team\n"Ald', "utf-8")
    with pytest.raises(InputError, match=SAID.format(path)):
        list(rows)


def test_a_table_that_goes_meanwhile_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write(path, ["Alder"])
    opened = open_table(path)
    path.unlink()
    with pytest.raises(InputError, match=SAID.format(path)):
        list(opened.rows)


def test_a_table_that_is_changed_while_it_is_collected_is_told(
    tmp_path: Path, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path, "team | language\nAlder | 3\nBrook | 2")

    def changing(text: str) -> int:
        path.write_text("team,language\nAlder,3\nDene,1\n", "utf-8")
        return len(text)

    monkeypatch.setattr(table_files, "getsizeof", changing)
    opened = open_sources([path], bank)
    assert opened.sources == ()
    [problem] = opened.problems
    assert str(problem).startswith(f"{path}: This file was changed while it was read.")
