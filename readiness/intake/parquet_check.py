"""Finds out whether a Parquet file holds more than a table may, in a process of its own: it can be made to fill memory.

Started by ``parquet_rows``, it reads the file's path from standard input, and writes the first thing that is too much
and what to do, or nothing. Of a damaged file it finds nothing: reading says what is wrong.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.intake.parquet_rows import parquet_batches
from readiness.memory_limit import limit_memory
from readiness.time_limit import limit_time
from readiness.workbook_process import MAX_CELL, MAX_COLUMNS, MAX_LONG, MAX_ROWS

if TYPE_CHECKING:
    from pyarrow import Array

SECONDS = 60.0
"""Of the processor's time; a million rows of answers take two."""
MEMORY = 1_000_000_000
"""Bytes of address space; a table of answers takes 0.2 GB."""
MAX_BATCH = 64_000_000
"""Bytes of some rows that are read at a time."""
MAX_ITEMS = 100_000
"""In lists and the like, of some rows that are read at a time: empty ones take no bytes."""
LEAST_A_ROW = 2
"""Bytes in the file, of a table of more than MAX_ROWS: 26 answers that are not all the same take five."""
MOST_LONG = 20
"""Long texts in bytes, of each byte of the file: what people type takes a third in it."""
_LONG = 200
"""Bytes of a text that may stand in each row, such as an answer's own words."""
_NO_LISTS = "Save the table again without the columns of lists."
_SPLIT = "Check that it is the right file. Or split the table into several."


def too_much(path: Path) -> tuple[str, str] | None:
    """Return what is too much of a Parquet file, and what to do; None if nothing is. Raises what pyarrow does."""
    from pyarrow import parquet

    size = path.stat().st_size
    with parquet.ParquetFile(path) as file:
        rows, columns = file.metadata.num_rows, len(file.schema_arrow)
    if columns > MAX_COLUMNS:
        return f"This table is wider than {MAX_COLUMNS} columns", "Delete the columns that are not needed."
    if rows > max(MAX_ROWS, size // LEAST_A_ROW):
        return f"This Parquet file holds {rows:,} rows in {size:,} bytes: hardly any two can differ", _SPLIT
    return _too_much_text(path, max(MAX_LONG, size * MOST_LONG))


def _too_much_text(path: Path, most: int) -> tuple[str, str] | None:
    batches = parquet_batches(path)
    names = next(batches)
    long = 0
    for columns in batches:
        if sum(column.nbytes for column in columns) > MAX_BATCH:
            return f"This Parquet file holds more than {MAX_BATCH // 1_000_000} MB in a thousand rows", _SPLIT
        if sum(map(_items, columns)) > MAX_ITEMS:
            return f"This Parquet file holds lists of more than {MAX_ITEMS:,} things in a thousand rows", _NO_LISTS
        for name, lengths in zip(names, map(_lengths, columns), strict=True):
            largest = max(lengths, default=0)
            if largest > MAX_CELL:
                what = f"The column “{name[:80]}” has a cell of more than {MAX_CELL:,} bytes"
                return what, "Shorten the text, and save the table again."
            if largest > _LONG:
                long += sum(length for length in lengths if length > _LONG)
        if long > most:
            return f"This Parquet file holds more than {most // 1_000_000} MB of long texts", _SPLIT
    return None


def _items(column: "Array") -> int:
    """Return how many things stand in the lists and the like of a column, with those inside them."""
    import pyarrow as pa

    if not pa.types.is_nested(column.type):
        return 0
    inner = column.flatten()
    return sum(len(part) + _items(part) for part in (inner if isinstance(inner, list) else [inner]))


def _lengths(column: "Array") -> list[int]:
    """Return how many bytes the text in each cell has; nothing if there are no texts."""
    import pyarrow as pa
    from pyarrow import compute

    of_texts = column.dictionary if pa.types.is_dictionary(column.type) else column
    kind = of_texts.type
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):
        of_texts = of_texts.cast(pa.large_binary())
    elif not any(
        test(kind)
        for test in (pa.types.is_string, pa.types.is_binary, pa.types.is_large_string, pa.types.is_large_binary)
    ):
        return []
    lengths = compute.binary_length(of_texts)
    if pa.types.is_dictionary(column.type):
        if (compute.max(lengths).as_py() or 0) <= _LONG:
            return []
        lengths = lengths.take(column.indices)
    return [length or 0 for length in lengths.to_pylist()]


def main() -> None:
    """Read a path on standard input, and write what is too much of that file to standard output, as JSON."""
    path = Path(json.loads(sys.stdin.buffer.read()))
    limit_memory(MEMORY)
    limit_time(SECONDS)
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())  # others map more than they need
    try:
        found = too_much(path)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        found = None
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
