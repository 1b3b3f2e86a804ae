"""People without ids whose answers to an older version differ, and would be the same in today's: they stay two."""

import json
from pathlib import Path

import pytest

from tests.cli.test_versions import bank
from tests.program import run

QUESTIONS = "\n".join(f"- {{id: q{at}, values: [0, 1, 2]}}" for at in range(12))
FEWER = QUESTIONS.replace("{id: q0, values: [0, 1, 2]}", "{id: q0, values: [0, 1]}")
WAY = 'schema: 1\nbank: small\nfrom: "1"\nquestions:\n  - {to: q0, from: q0, levels: {0: 0, 1: 1, 2: 1}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Answers of three people in one role, of whom a and b differ in one level alone; the banks beside them."""
    bank(tmp_path / "old", QUESTIONS, "1")
    bank(tmp_path / "new", FEWER, "2", WAY)
    (tmp_path / "d").mkdir()
    for name, first, others in (("a", 1, 1), ("b", 2, 1), ("c", 0, 2)):
        levels = {"q0": first, **{f"q{at}": others for at in range(1, 12)}}
        told = {
            "bank": {"id": "small", "version": "1"},
            "team": {"name": "Northside"},
            "date": "2026-10-14",
            "responses": {question: {"level": level} for question, level in levels.items()},
        }
        (tmp_path / "d" / f"{name}.json").write_text(json.dumps(told), "utf-8")
    return tmp_path


def respondents(folder: Path, bank_name: str) -> tuple[int, int]:
    """Return how many people ``score`` and ``batch`` count."""
    scored = run("score", "d", "--bank", bank_name, "--format", "json", cwd=folder, code=0).stdout
    run("batch", "d", "--bank", bank_name, "-o", "out", "--format", "none", "--portfolio", "none", cwd=folder, code=0)
    [line] = (folder / "out" / "scores.csv").read_text("utf-8-sig").splitlines()[1:]
    return json.loads(scored)["respondents"], int(line.split(",")[2])


def test_every_command_counts_both(folder: Path) -> None:
    assert respondents(folder, "old") == respondents(folder, "new") == (3, 3)


def test_a_batch_tells_what_is_much_alike_by_what_was_answered(folder: Path) -> None:
    done = run("batch", "d", "--bank", "new", "-o", "out", "--format", "none", cwd=folder, code=0)
    assert "give the same answer to 11 of 12 questions. They count as two people." in done.stderr


def test_shards_that_are_merged_count_both(folder: Path) -> None:
    batch = ("batch", "--bank", "new", "-o", "out", "--portfolio", "none")
    run(*batch, "d", "--format", "none", "--shard", "1/1", cwd=folder, code=0)
    run(*batch, "--merge", cwd=folder, code=0)
    assert "Northside,,3," in (folder / "out" / "scores.csv").read_text("utf-8-sig")


def test_they_are_carried_over_once_a_note_tells_them_apart(folder: Path) -> None:
    carry = ("bank", "migrate", "old", "new", "d", "--write")
    refused = run(*carry, cwd=folder, code=1).stderr
    assert "d/b.json: In the new version these would be the same answers as in d/a.json, and count once." in refused
    assert "Otherwise add a note to one of the two." in refused
    path = folder / "d" / "b.json"
    told = json.loads(path.read_text("utf-8"))
    told["responses"]["q1"]["note"] = "We were two."
    path.write_text(json.dumps(told), "utf-8")
    run(*carry, cwd=folder, code=0)
    assert respondents(folder, "new") == (3, 3)


def test_copies_may_be_carried_over(folder: Path) -> None:
    (folder / "d" / "b.json").write_bytes((folder / "d" / "a.json").read_bytes())
    (folder / "d" / "e.json").write_text(
        (folder / "d" / "c.json").read_text("utf-8").replace('"level": 0', '"level": 1')
    )
    (folder / "d" / "f.json").write_text(
        (folder / "d" / "c.json").read_text("utf-8").replace('"level": 2', '"level": 0')
    )
    run("bank", "migrate", "old", "new", "d", "--write", cwd=folder, code=0)
    assert respondents(folder, "new") == (4, 4)


def test_forms_of_the_old_version_never_replace_what_was_carried_over(folder: Path) -> None:
    run("collect", "d/a.json", "d/c.json", "--bank", "old", "-o", "kept", cwd=folder, code=0)
    run("bank", "migrate", "old", "new", "kept", "--write", cwd=folder, code=0)
    before = {path.name: path.read_bytes() for path in (folder / "kept").iterdir()}
    for bank_name in ("old", "new"):
        again = ("collect", "d/a.json", "d/c.json", "--bank", bank_name, "-o", "kept", "--force")
        refused = run(*again, cwd=folder, code=1).stderr
        assert "This holds answers to version 2 of the questions, and those that came in are to 1." in refused
    assert {path.name: path.read_bytes() for path in (folder / "kept").iterdir()} == before


def test_they_are_not_carried_over_one_by_one_either(folder: Path) -> None:
    run("bank", "migrate", "old", "new", "d/a.json", "--write", cwd=folder, code=0)
    refused = run("bank", "migrate", "old", "new", "d/b.json", "--write", cwd=folder, code=1).stderr
    assert "d/b.json: In the new version these would be the same answers as in d/a.json, and count once." in refused
    run("bank", "migrate", "old", "new", "d/c.json", "--write", cwd=folder, code=0)


def test_lines_of_json_are_read_in_todays_meaning_as_files_are(folder: Path) -> None:
    files = [path.read_text("utf-8") for path in sorted((folder / "d").iterdir())]
    (folder / "t.jsonl").write_text("\n".join(files), "utf-8")
    batch = ("--bank", "new", "--format", "none", "--portfolio", "none")
    run("batch", "d", *batch, "-o", "of-files", cwd=folder, code=0)
    run("batch", "t.jsonl", *batch, "-o", "of-lines", cwd=folder, code=0)
    scores = [(folder / out / "scores.csv").read_text("utf-8-sig") for out in ("of-files", "of-lines")]
    assert scores[0] == scores[1]
    assert "Northside,,3," in scores[0]
