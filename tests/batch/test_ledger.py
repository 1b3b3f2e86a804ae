"""The ledger knows what was made from what, whenever it was cut off; what somebody else changed is not ours."""

import hashlib
from pathlib import Path

import pytest

from readiness.batch.ledger import JOURNAL, LEDGER, Ledger, LedgerEntry, digest

A, B = "reports/a.md", "reports/b.md"


@pytest.fixture(autouse=True)
def reports(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()


def entry(file: str, made_from: str, data: bytes) -> LedgerEntry:
    return LedgerEntry(file, "north", made_from, hashlib.sha256(data).hexdigest(), ("Something was said.",))


def test_a_file_is_current_where_it_is_as_it_was_made_from_the_same(tmp_path: Path) -> None:
    with Ledger(tmp_path, tmp_path) as ledger:
        ledger.put(entry(A, digest("answers"), b"one"), b"one")
        ledger.close()
    with Ledger(tmp_path, tmp_path) as ledger:
        assert ledger.is_current(A, digest("answers"))
        assert not ledger.is_current(A, digest("other answers"))
        assert not ledger.is_current(B, digest("answers"))
        (tmp_path / A).write_bytes(b"changed")
        assert not ledger.is_current(A, digest("answers"))
        assert not ledger.is_ours(A)
        (tmp_path / A).unlink()
        assert not ledger.is_current(A, digest("answers"))
        assert ledger.is_ours(A)


def test_cut_off_before_the_file_is_there_both_the_old_and_the_new_one_are_ours(tmp_path: Path) -> None:
    with Ledger(tmp_path, tmp_path) as ledger:
        ledger.put(entry(A, digest("old"), b"old"), b"old")
        ledger.close()
    with Ledger(tmp_path, tmp_path) as ledger:
        ledger.put(entry(A, digest("new"), b"new"), b"new")  # and no close
    with (tmp_path / JOURNAL).open("ab") as journal:
        journal.write(b'{"file": B, "te')  # a line that was cut off
    for data in (b"old", b"new"):
        (tmp_path / A).write_bytes(data)
        with Ledger(tmp_path, tmp_path) as ledger:
            assert ledger.is_ours(A)
            assert ledger.is_current(A, digest("new")) == (data == b"new")
    with Ledger(tmp_path, tmp_path) as ledger:
        ledger.put(entry(B, digest("answers"), b"b"), b"b")
        ledger.close()
    assert not (tmp_path / JOURNAL).exists()
    assert [line.split('"')[3] for line in (tmp_path / LEDGER).read_text("utf-8").splitlines()] == [A, B]


def test_the_ledger_of_a_shard_has_its_own_files_alone(tmp_path: Path) -> None:
    shard = tmp_path / "shards" / "1-of-2"
    shard.mkdir(parents=True)
    with Ledger(tmp_path, tmp_path) as ledger:
        for name in (A, B):
            ledger.put(entry(name, digest("answers"), b"x"), b"x")
        ledger.close()
    with Ledger(tmp_path, shard, [tmp_path], apart=True) as ledger:
        assert ledger.is_current(A, digest("answers"))
        ledger.close()
    assert B not in (shard / LEDGER).read_text("utf-8")
    assert A in (shard / LEDGER).read_text("utf-8")


def test_digests_of_different_texts_differ_however_they_are_cut() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("\ud800")}) == 5
