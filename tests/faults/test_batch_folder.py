"""A batch's folder comes from somebody else, or somebody changed what is in it: nothing of theirs is lost."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from readiness.batch.job import Order, Selection
from readiness.batch.ledger import JOURNAL, LEDGER
from readiness.batch.render_job import Settings
from readiness.batch.run import run
from readiness.cli.batch_progress import LineProgress
from readiness.errors import InputError, Notice
from tests.batch.batches import QUICK, batch, errors, reports, teams, tree
from tests.batch.writing import put, row
from tests.conftest import EXAMPLES
from tests.program import PATIENCE, PROGRAM, environment

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


@pytest.mark.parametrize("name", [JOURNAL, "scores.csv", "errors.csv"])
def test_nothing_half_written_stays_if_a_file_has_no_place(tmp_path: Path, name: str) -> None:
    teams(tmp_path, ["Alder"])
    (tmp_path / "out" / name).mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        batch(tmp_path, *NONE, "--force")
    assert [*(tmp_path / "out").rglob("*.tmp")] == []


@pytest.mark.parametrize("name", ["teams.jsonl", "shard.json"])
def test_nothing_half_written_stays_if_what_a_shard_keeps_has_no_place(tmp_path: Path, name: str) -> None:
    teams(tmp_path, ["Alder"])
    (tmp_path / "out/shards/1-of-2" / name).mkdir(parents=True)
    with pytest.raises(OSError, match=name):
        batch(tmp_path, *NONE, "--shard", "1/2")
    assert [*(tmp_path / "out").rglob("*.tmp")] == []


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


def cell(at: int, value: object) -> Callable[[dict[str, Any]], object]:
    """Return what puts ``value`` into the first row's cell."""
    return lambda kept: kept["rows"][0].__setitem__(at, value)


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "no place": lambda kept: kept.pop("at"),
    "endless place": lambda kept: kept.update(at=float("inf")),
    "no rows": lambda kept: kept.update(rows=[]),
    "rows that are none": lambda kept: kept.update(rows=5),
    "row that is short": lambda kept: kept["rows"][0].pop(),
    "number that is none": cell(1, "x"),
    "team that is none": cell(3, 5),
    "team without a name": cell(3, ""),
    "profile that is short": cell(4, []),
    "profile that is none": cell(4, [["x"]] * 9),
    "no date": cell(6, "soon"),
    "answers that are short": cell(7, ["1"]),
    "answer that is none": lambda kept: kept["rows"][0][7].__setitem__(0, "99"),
    "answers of nobody": cell(8, "{}"),
    "problem that is none": lambda kept: kept.update(at=-1, problems=[5]),
    "problem without a team": lambda kept: kept.update(at=-1, problems=[]),
    "problem without a place": lambda kept: kept.update(at=-1, team="", problems=[["a", "b", {"a": 1}]]),
}


def hand_over(out: Path, lines: bytes, **about: object) -> Path:
    """Have a shard keep these lines, and say so: whoever hands over a folder can."""
    shard = out / "shards" / "1-of-1"
    (shard / "teams.jsonl").write_bytes(lines)
    said = json.loads((shard / "shard.json").read_bytes()) | {"kept": sha256(lines).hexdigest()} | about
    (shard / "shard.json").write_text(json.dumps(said), "utf-8")
    return shard


@pytest.mark.parametrize("wrong", HOSTILE)
def test_shards_that_no_batch_writes_are_refused_in_words(tmp_path: Path, wrong: str) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, *NONE, "--shard", "1/1")
    kept = json.loads((tmp_path / "out" / "shards" / "1-of-1" / "teams.jsonl").read_bytes())
    HOSTILE[wrong](kept)
    hand_over(tmp_path / "out", f"{json.dumps(kept)}\n".encode())
    said = batch(tmp_path, "--merge", "--portfolio", "none", code=1)
    assert "out/shards/1-of-1/teams.jsonl:1: No shard writes such a line" in said


@pytest.mark.parametrize("data", [b"[" * 100_000, b"5", b"null", b"\xff", b"\0"])
def test_shards_that_are_no_json_are_refused_in_words(tmp_path: Path, data: bytes) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, *NONE, "--shard", "1/1")
    shard = hand_over(tmp_path / "out", data)
    assert "teams.jsonl:1: No shard" in batch(tmp_path, "--merge", "--portfolio", "none", code=1)
    (shard / "shard.json").write_bytes(data)
    assert "is not as it was written" in batch(tmp_path, "--merge", "--portfolio", "none", code=1)


@pytest.mark.parametrize("about", [{"formats": ["exe"]}, {"shard": [1, 10**400]}, {"kept": "\ud800"}, {"only": 5}])
def test_a_shard_that_says_what_none_says_is_refused_in_words(tmp_path: Path, about: dict[str, object]) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, *NONE, "--shard", "1/1")
    hand_over(tmp_path / "out", b"", **about)
    assert "is not as it was written" in batch(tmp_path, "--merge", "--portfolio", "none", code=1)


def test_no_folder_has_millions_of_shards_counted(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder"])
    batch(tmp_path, *NONE, "--shard", "1/1")
    (tmp_path / "out" / "shards" / "1-of-999999999999").mkdir()
    batch(tmp_path, "--merge", "--portfolio", "none")
    assert [path.name for path in (tmp_path / "out" / "shards").iterdir()] == ["1-of-999999999999"]


def test_merging_removes_nothing_but_the_shards_and_none_that_somebody_changed(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook"])
    for shard in ("1/2", "2/2"):
        batch(tmp_path, *NONE, "--shard", shard)
    shards = tmp_path / "out" / "shards"
    (shards / "2-of-2" / "errors.csv").write_bytes(PRECIOUS)
    (shards / "notes.txt").write_bytes(PRECIOUS)
    said = batch(tmp_path, "--merge", "--portfolio", "none")
    assert "out/shards/2-of-2/errors.csv: somebody has changed this file" in said
    assert {path.name for path in shards.iterdir()} == {"2-of-2", "notes.txt"}


def test_merging_leaves_a_shard_that_somebody_put_files_into(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook"])
    for shard in ("1/2", "2/2"):
        batch(tmp_path, *NONE, "--shard", shard)
    folder = tmp_path / "out" / "shards" / "2-of-2"
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_bytes(PRECIOUS)
    before = tree(folder)
    said = batch(tmp_path, "--merge", "--portfolio", "none")
    assert "out/shards/2-of-2: somebody has put other files here, so this folder was left as it is" in said
    assert tree(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["2-of-2"]


class Neighbour(LineProgress):
    """Puts files into the folder while the input is read, as somebody else, or another shard, may."""

    def __init__(self, files: Sequence[Path]) -> None:
        super().__init__()
        self._files = files

    def notice(self, _notice: str | Notice) -> None:
        for file in self._files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(PRECIOUS)


THEIRS = ("mine/notes.txt", "reports/notes.txt", "notes.txt", "shards/2-of-2/teams.jsonl", "shards/1-of-2/notes.txt")


@pytest.mark.parametrize("theirs", [*[(each,) for each in THEIRS], THEIRS, ()], ids="+".join)
@pytest.mark.parametrize("shard", [None, (1, 2)])
def test_a_batch_that_makes_nothing_removes_no_file_that_others_made_meanwhile(
    tmp_path: Path, theirs: tuple[str, ...], shard: tuple[int, int] | None
) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in" / "teams.csv", [row("Alder"), row("Brook", date="soon")])
    (tmp_path / "in" / "photo.jpg").write_bytes(PRECIOUS)  # it is told of while the folder is new
    out = tmp_path / "out"
    settings = Settings("peer-workers", "sober")
    order = Order((tmp_path / "in",), out, settings, (), selection=Selection(shard=shard), strict=True)
    with pytest.raises(InputError, match="Nothing was written"):
        run(order, Neighbour([out / file for file in theirs]))
    assert {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()} == (
        dict.fromkeys(theirs, PRECIOUS)
    )
    assert out.exists() is bool(theirs)


@pytest.mark.parametrize("words", [(), ("--shard", "1/1")])
def test_names_of_files_need_not_be_utf_8(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "in").mkdir()
    answers = (EXAMPLES / "northside-cmht.yaml").read_bytes()
    (tmp_path / "in" / os.fsdecode(b"caf\xe9.yaml")).write_bytes(answers)
    (tmp_path / "in" / os.fsdecode(b"na\xefve.yaml")).write_bytes(answers.replace(b"Northside", b"North-side"))
    (tmp_path / "in" / os.fsdecode(b"wrong\xe9.yaml")).write_text("nothing", "utf-8")
    said = batch(tmp_path, "in", *QUICK, *words, code=3)
    if words:
        said = batch(tmp_path, "--merge", "--portfolio", "none", code=3)
    assert "(in/caf.yaml)" in said
    assert "(in/nave.yaml) differ in" in said
    assert len(reports(tmp_path)) == 2
    assert [each["file"] for each in errors(tmp_path)] == ["in/wrong.yaml"]


def test_stopped_before_anything_was_made_it_says_so(tmp_path: Path) -> None:
    words = [*PROGRAM, "batch", "-", "-o", "out", "--format", "none"]
    process = subprocess.Popen(
        words, cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "Reading the input.\n"
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=PATIENCE)[1] == "Stopped. Nothing was made yet.\n"
    assert process.returncode == 128 + signal.SIGINT
