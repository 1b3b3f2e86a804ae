"""A batch's folder comes from somebody else, or somebody changed what is in it: nothing of theirs is lost."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from readiness.batch.ledger import JOURNAL, LEDGER
from tests.batch.batches import QUICK, batch, errors, teams

NONE = ("teams.csv", "--format", "none", "--portfolio", "none")
PRECIOUS = b"precious"
HASH = sha256(PRECIOUS).hexdigest()


def line(**changes: object) -> str:
    return json.dumps({"file": "reports/x.md", "team": "gone", "made_from": HASH, "holds": HASH, "told": []} | changes)


@pytest.mark.parametrize("kept", [LEDGER, JOURNAL])
@pytest.mark.parametrize("name", ["../victim.txt", "reports/../../victim.txt", "{}/victim.txt", "reports/.victim.md"])
def test_no_ledger_has_a_file_removed_that_no_batch_makes(tmp_path: Path, kept: str, name: str) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, "teams.csv", *QUICK)
    file = name.format(tmp_path)
    victim = tmp_path / "out" / file
    victim.write_bytes(PRECIOUS)
    with (tmp_path / "out" / kept).open("a") as ledger:
        ledger.write(f"{line(file=file)}\n{line()}\n")
    (tmp_path / "out" / "reports" / "x.md").write_bytes(PRECIOUS)
    assert "1 old file" in batch(tmp_path, "teams.csv", *QUICK, "--clean"), "what a batch may have made is removed"
    assert victim.read_bytes() == PRECIOUS


WRONG = {
    "file that is a list": line(file=["x"]),
    "file that is a number": line(file=5),
    "NUL": line(file="reports/a\0b.md"),
    "surrogate": line(file="reports/a\ud800b.md"),
    "team that is a list": line(team=["a"]),
    "folder": line(file="reports", holds=""),
    "nothing held": line(holds=None),
    "list held": line(holds=["a"]),
    "deep": "[" * 100_000,
    "name that is too long": line(file=f"reports/{'x' * 5000}.md"),
    "no UTF-8": "\udce9",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_lines_that_no_batch_writes_change_nothing(tmp_path: Path, wrong: str) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, *NONE)
    ledger = tmp_path / "out" / LEDGER
    before = ledger.read_bytes()
    ledger.write_bytes(f"{WRONG[wrong]}\n".encode(errors="surrogateescape") + before)
    batch(tmp_path, *NONE, "--clean")
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("kept", [LEDGER, JOURNAL])
def test_links_in_the_place_of_the_ledger_are_not_written_through(tmp_path: Path, kept: str) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, *NONE)
    (tmp_path / "victim.txt").write_bytes(PRECIOUS)
    (tmp_path / "out" / kept).unlink(missing_ok=True)
    (tmp_path / "out" / kept).symlink_to("../victim.txt")
    batch(tmp_path, *NONE, "--force")
    assert (tmp_path / "victim.txt").read_bytes() == PRECIOUS


@pytest.mark.parametrize("name", ["reports", "shards", "shards/1-of-2"])
def test_folders_that_are_links_are_not_written_through(tmp_path: Path, name: str) -> None:
    teams(tmp_path, ["Alder"])
    link = tmp_path / "out" / name
    link.parent.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    link.symlink_to(tmp_path / "elsewhere")
    for words in (QUICK, (*QUICK, "--shard", "1/2")):
        assert f"{name}: This is a link" in batch(tmp_path, "teams.csv", *words, "--force", code=1)
    assert [*(tmp_path / "elsewhere").iterdir()] == []


@pytest.mark.parametrize("name", ["scores.csv", "scores.jsonl", "scores.parquet", "errors.csv"])
@pytest.mark.parametrize("wrong", [False, True])
def test_tables_that_somebody_changed_stay_unless_forced(tmp_path: Path, name: str, *, wrong: bool) -> None:
    pytest.importorskip("pyarrow")
    teams(tmp_path, ["Alder"])
    (tmp_path / "wrong.yaml").write_text("nothing", "utf-8")
    words = (*["wrong.yaml"] * wrong, *NONE, "--scores", "csv,jsonl,parquet")
    code = 3 if wrong else 0
    batch(tmp_path, *words, code=code)
    batch(tmp_path, *words, code=code)  # what it made itself is in nobody's way
    file = tmp_path / "out" / name
    with file.open("ab") as open_file:
        open_file.write(PRECIOUS)
    before = file.read_bytes()
    said = batch(tmp_path, *words, code=3)
    assert f"out/{name}: Somebody has changed this file" in said
    assert file.read_bytes() == before
    if name == "errors.csv":
        assert "not in out/errors.csv, which was left as it is" in said
    else:
        assert errors(tmp_path)[-1]["file"] == f"out/{name}"
    batch(tmp_path, *words, "--force", code=code)
    assert file.exists() or name == "errors.csv"
    assert not file.exists() or PRECIOUS not in file.read_bytes()


def test_errors_of_shards_that_somebody_changed_stay(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    words = (*NONE, "--shard", "1/1")
    batch(tmp_path, *words)
    file = tmp_path / "out" / "shards" / "1-of-1" / "errors.csv"
    file.write_bytes(PRECIOUS)
    batch(tmp_path, *words, code=3)
    assert file.read_bytes() == PRECIOUS
    batch(tmp_path, *words, "--force")
    assert not file.exists()


def test_files_with_answers_or_digests_of_them_are_private(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    before = os.umask(0o022)
    try:
        batch(tmp_path, *NONE, "--shard", "1/1")
        private = {
            path.name for path in (tmp_path / "out").rglob("*") if path.is_file() and not path.stat().st_mode & 7
        }
        batch(tmp_path, "--merge", "--portfolio", "none")
    finally:
        os.umask(before)
    assert private >= {"teams.jsonl", "shard.json", LEDGER}
    assert not (tmp_path / "out" / LEDGER).stat().st_mode & 7
    assert (tmp_path / "out" / "scores.csv").stat().st_mode & 0o777 == 0o644
