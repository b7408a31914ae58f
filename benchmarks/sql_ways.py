"""Two ways and two more for 100,000 rows to reach DuckDB, and whether each gives back what it got. Run: python benchmarks/sql_ways.py

Encoding is what the asking process does, loading what DuckDB does; through a pipe the two overlap. The last way is Glimmer's.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import duckdb
from sql import COLUMNS, ROWS, rows

from glimmer.analytics.tables import CHUNK_ROWS, SqlTable, chunks

NAMES = [name for name, _ in COLUMNS]
TYPED = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS) + "}"
Way = tuple[Callable[[Path], Any], Callable[[Any, Path, Any], None]]


def csv_file(folder: Path) -> None:
    with (folder / "takes.csv").open("w", newline="", encoding="utf-8") as there:
        write = csv.writer(there)
        for row in rows():
            write.writerow("\\N" if one is None else json.dumps(one) if isinstance(one, list) else one for one in row)


def from_csv_file(connection: Any, folder: Path, _: Any) -> None:
    how = (
        f"header = false, auto_detect = false, quote = '\"', escape = '\"', new_line = '\\r\\n', nullstr = '\\N', columns = {TYPED}"
    )
    connection.execute(f"insert into takes select * from read_csv('{folder}/takes.csv', {how})")


def json_file(folder: Path) -> None:
    with (folder / "takes.jsonl").open("w", encoding="utf-8") as there:
        for row in rows():
            there.write(
                json.dumps(dict(zip(NAMES, row, strict=True)), default=str, ensure_ascii=False).replace("NaN", '"NaN"') + "\n"
            )


def from_json_file(connection: Any, folder: Path, _: Any) -> None:
    how = f"format = 'newline_delimited', columns = {TYPED}"
    connection.execute(f"insert into takes select * from read_json('{folder}/takes.jsonl', {how})")


def lists(_: Path) -> list[list[list[object]]]:
    every = list(rows())
    return [[list(column) for column in zip(*every[at : at + CHUNK_ROWS], strict=True)] for at in range(0, ROWS, CHUNK_ROWS)]


def from_lists(connection: Any, _: Path, given: list[list[list[object]]]) -> None:
    each = ", ".join(f"unnest(?::{kind}[])" for _, kind in COLUMNS)
    for columns in given:
        connection.execute(f"insert into takes select {each}", columns)


def json_columns(_: Path) -> list[list[bytes]]:
    return list(chunks(SqlTable("takes", COLUMNS, rows)))


def from_json_columns(connection: Any, _: Path, given: list[list[bytes]]) -> None:
    each = ", ".join(f"unnest(from_json_strict(?, '[\"{kind}\"]'))" for _, kind in COLUMNS)
    for columns in given:
        connection.execute(f"insert into takes select {each}", [column.decode() for column in columns])


WAYS: dict[str, Way] = {
    "CSV file, read_csv": (csv_file, from_csv_file),
    "JSON lines file, read_json": (json_file, from_json_file),
    "Python lists as parameters": (lists, from_lists),
    "JSON columns as parameters": (json_columns, from_json_columns),
}


def same(connection: Any) -> bool:
    """Whether every value came back as it was given; NaN is NaN, a moment loses its zone, which was UTC."""
    there = connection.execute("from takes order by number").fetchall()
    plain = ([one.replace(tzinfo=None) if hasattr(one, "tzinfo") else one for one in row] for row in rows())
    return len(there) == ROWS and all(repr(list(got)) == repr(row) for got, row in zip(there, plain, strict=True))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for way, (encode, load) in WAYS.items():
            connection = duckdb.connect(":memory:", config={"threads": 2})
            connection.execute(f"create table takes ({', '.join(f'{name} {kind}' for name, kind in COLUMNS)})")
            began = time.perf_counter()
            given = encode(folder)
            encoded = time.perf_counter()
            load(connection, folder, given)
            ended = time.perf_counter()
            right = "every value right" if same(connection) else "NOT what was given"
            print(f"{encoded - began:6.2f} s encoding  {ended - encoded:6.2f} s loading  {way}: {right}")


if __name__ == "__main__":
    main()
