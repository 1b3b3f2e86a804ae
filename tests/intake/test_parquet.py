"""Parquet files of a few kilobytes that hold far more: refused at once, with what is too much of them."""

import sys
from pathlib import Path
from typing import Any

import pytest

from readiness.errors import InputError
from readiness.intake import parquet_check
from readiness.intake.parquet_check import too_much
from readiness.intake.parquet_rows import column_values, parquet_batches
from readiness.intake.table_files import open_table
from readiness.intake.tables import TableRow

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def written(folder: Path, **columns: Any) -> Path:
    parquet.write_table(pa.table(columns), folder / "t.parquet", compression="zstd")
    assert (folder / "t.parquet").stat().st_size < 500_000
    return folder / "t.parquet"


def rows(path: Path) -> list[TableRow]:
    return [*open_table(path).rows]


def refused(path: Path) -> str:
    with pytest.raises(InputError) as error:
        open_table(path)
    return str(error.value).removeprefix(f"{path}: ")


def shared(value: object, times: int) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array([value]))


KINDS = (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary())


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_text_of_megabytes_is_refused(kind: Any, tmp_path: Path) -> None:
    path = written(tmp_path, team=pa.array(["A" * 100_001], pa.string()).cast(kind))
    assert refused(path).startswith("The column “team” has a cell of more than 100,000 bytes. Shorten the text")


def test_a_text_of_megabytes_that_stands_in_each_row_is_refused(tmp_path: Path) -> None:
    said = refused(written(tmp_path, team=shared("A" * 10_000_000, 400)))
    assert said.startswith("The column “team” has a cell of more than 100,000 bytes. Shorten the text")


def test_a_file_that_ends_the_process_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, team=["A"])
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert refused(path).startswith("This Parquet file would take too much memory to read. Check that it is the right")


def test_a_text_that_stands_in_many_rows_is_in_memory_once() -> None:
    values = column_values(shared("A" * 1_000, 1_000))
    assert len(values) == 1_000
    assert len({id(value) for value in values}) == 1


def test_long_texts_in_many_rows_are_refused(tmp_path: Path) -> None:
    assert rows(written(tmp_path, note=shared("A" * 90_000, 200)))
    said = refused(written(tmp_path, note=shared("A" * 90_000, 300)))
    assert said.startswith("This Parquet file holds more than 20 MB of long texts. Check")


def test_the_words_of_answers_may_stand_in_each_row(tmp_path: Path) -> None:
    words = "A" * 200
    found = rows(written(tmp_path, **{f"q{at}": shared(words, 150_000) for at in range(2)}))
    assert len(found) == 150_000
    assert found[-1].cells == (words, words)


def test_millions_of_rows_that_are_the_same_are_refused(tmp_path: Path) -> None:
    said = refused(written(tmp_path, q=shared("2", 2_000_000)))
    assert said.startswith("This Parquet file holds 2,000,000 rows in ")
    assert len(rows(written(tmp_path, q=shared("2", 200_000)))) == 200_000


def test_many_rows_are_read_if_they_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_check, "MAX_ROWS", 100)
    different, same = [f"Team {at * at}" for at in range(5_000)], ["Team"] * 5_000
    assert too_much(written(tmp_path, team=different)) is None
    assert too_much(written(tmp_path, team=same)) is not None


def test_columns_and_lists_have_limits(tmp_path: Path) -> None:
    said = refused(written(tmp_path, **{f"q{at}": [1] for at in range(501)}))
    assert said.startswith("This table is wider than 500 columns. Delete")
    said = refused(written(tmp_path, q=pa.array([[None] * 200_000], pa.list_(pa.null()))))
    assert said.startswith("This Parquet file holds lists of more than 100,000 things in a thousand rows. Save")
    nested = pa.array(
        [{"a": [[1] * 99], "b": 1}] * 900, pa.struct({"a": pa.list_(pa.list_(pa.int8())), "b": pa.int8()})
    )
    assert len(rows(written(tmp_path, q=nested))) == 900
    said = refused(written(tmp_path, q=pa.array([[{"a": [1] * 200}]] * 900)))
    assert "lists of more than" in said


def test_bytes_have_a_limit(tmp_path: Path) -> None:
    fixed = pa.array([b"A" * 90_000] * 800, pa.binary(90_000))
    assert refused(written(tmp_path, q=fixed)).startswith("This Parquet file holds more than 64 MB in a thousand rows.")


def test_values_are_what_was_written(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {
        "text": ["a", None, "b", "a", "é"],
        "number": [1, 2, None, 4, 5],
        "truth": [True, False, None, True, False],
    }
    stated = {**columns, "kind": pa.array(["x", None, "y", "x", "y"]).dictionary_encode()}
    path = written(tmp_path, **stated)
    names, *batches = parquet_batches(path)
    assert names == ("text", "number", "truth", "kind")
    found = [column_values(column) for [*parts] in batches for column in parts]
    assert found == [*columns.values(), ["x", None, "y", "x", "y"]]


def test_many_different_texts_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, text=[f"n{at}" for at in range(5_000)])
    assert [row.cells[0] for row in rows(path)] == [f"n{at}" for at in range(5_000)]
