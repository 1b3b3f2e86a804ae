"""Rows of Parquet files, after a process of their own found that they are not too much.

A few kilobytes of Parquet can hold a text of megabytes that stands in each row, or millions of rows that are the same.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.errors import InputError, Place, Problem
from readiness.time_limit import out_of_time

if TYPE_CHECKING:
    from pyarrow import Array

AT_A_TIME = 1_000
"""Rows that are read at a time."""
_SMALLER = "Check that it is the right file. Or save the table as CSV."


def check_parquet(path: Path, file: str) -> None:
    """Raise InputError if a Parquet file, called ``file``, holds more than a table may. A damaged one passes."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "readiness.intake.parquet_check"],  # -P: no module of the folder we are in
        input=json.dumps(str(path)).encode(),
        capture_output=True,
        check=False,
    )
    try:
        found = json.loads(done.stdout)
    except ValueError:
        late = out_of_time(done.returncode)
        found = f"This Parquet file would take too {'long' if late else 'much memory'} to read", _SMALLER
    if found:
        what, todo = found
        raise InputError(Problem(what, todo, Place(file)))


def parquet_batches(path: Path) -> Iterator[Any]:
    """Yield the names of the columns, then the columns of some rows each. Texts come once, with where they stand."""
    import pyarrow as pa
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        schema = file.schema_arrow
    yield tuple(schema.names)
    texts = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]
    with parquet.ParquetFile(path, read_dictionary=texts) as file:
        for batch in file.iter_batches(batch_size=AT_A_TIME, use_threads=False):
            yield batch.columns


def column_values(column: "Array") -> list[Any]:
    """Return the values of a column. A text that stands in many rows is the same object in each."""
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type) or len(column.dictionary) > len(column):
        values: list[Any] = column.to_pylist()
        return values
    each = column.dictionary.to_pylist()
    return [None if at is None else each[at] for at in column.indices.to_pylist()]
