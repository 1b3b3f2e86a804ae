"""Files that are named one by one, or by a pattern, are read by the rules of a folder: each person counts once."""

import json
from pathlib import Path

import pytest

from tests.program import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Answers of three people, and last year's copy of one; nobody has an id, as forms on paper have none."""
    (tmp_path / "d").mkdir()
    for at, name in enumerate(("a", "b", "c")):
        answers(tmp_path / "d" / f"{name}.json", "2026-10-14", at)
    answers(tmp_path / "d" / "b.2025-10-01.json", "2025-10-01", 3)
    return tmp_path


def answers(path: Path, day: str, level: int) -> None:
    told = {"bank": {"id": "peer-workers"}, "team": {"name": "Northside"}, "date": day}
    path.write_text(json.dumps({**told, "responses": {"language": level, "pay-parity": level}}), "utf-8")


def counted(folder: Path, *files: str) -> tuple[int, str]:
    done = run("score", *files, "--format", "json", cwd=folder, code=0)
    return json.loads(done.stdout)["respondents"], done.stderr


ALL = ("d/a.json", "d/b.2025-10-01.json", "d/b.json", "d/c.json")


def test_an_earlier_copy_that_is_named_beside_others_does_not_count(folder: Path) -> None:
    assert counted(folder, "d")[0] == 3
    people, told = counted(folder, *ALL)
    assert people == 3
    assert "d/b.2025-10-01.json: This is an earlier copy of answers that are here too, and was not counted." in told
    assert counted(folder, "d/b.2025-10-01.json")[0] == 1
    assert counted(folder, "d/a.json", "d/b.2025-10-01.json")[0] == 2, "the answers of that time"


def test_a_copy_of_somebody_who_withdrew_does_not_count_either(folder: Path) -> None:
    (folder / "d" / "b.json").unlink()
    people, told = counted(folder, *(name for name in ALL if name != "d/b.json"))
    assert people == 2
    assert "This is named as an earlier copy of b.json, which is not here, and was not counted." in told


@pytest.mark.parametrize("command", ["collect", "batch"])
def test_nor_do_they_for_a_command_that_reads_many(folder: Path, command: str) -> None:
    (folder / "d" / "c.json").rename(folder / "d" / "c.2026-10-14.json")
    files = ("d/a.json", "d/b.2025-10-01.json", "d/b.json", "d/c.2026-10-14.json")
    words = () if command == "collect" else ("--format", "none", "--portfolio", "none")
    told = run(command, *files, *words, "-o", "out", cwd=folder, code=0).stderr
    assert "d/b.2025-10-01.json: This is an earlier copy of answers that are here too, and was not counted." in told
    assert "d/c.2026-10-14.json: This is named as an earlier copy of c.json, which is not here" in told
    assert ("Northside (2)" if command == "collect" else "1 team, 2 rows") in told


def test_a_pattern_of_a_batch_means_what_the_folder_means(folder: Path) -> None:
    batch = ("--format", "none", "--portfolio", "none")
    run("batch", "d", *batch, "-o", "of-folder", cwd=folder, code=0)
    told = run("batch", "d/*.json", *batch, "-o", "of-pattern", cwd=folder, code=0).stderr
    assert "d/b.2025-10-01.json: This is an earlier copy" in told
    scores = [(folder / out / "scores.csv").read_bytes() for out in ("of-folder", "of-pattern")]
    assert scores[0] == scores[1]


def rows_of(folder: Path, *words: str) -> str:
    told = run("batch", *words, "--format", "none", "--portfolio", "none", "-o", "out", "--force", cwd=folder, code=0)
    return next(line for line in told.stderr.splitlines() if line.startswith("Scored: "))


def test_folders_that_fit_a_pattern_are_read(folder: Path) -> None:
    (folder / "e").mkdir()
    answers(folder / "e" / "z.json", "2026-10-14", 2)
    assert rows_of(folder, "*") == "Scored: 1 team, 4 rows."


def test_a_table_that_is_named_in_two_ways_counts_once(folder: Path) -> None:
    (folder / "t.csv").write_text("team,date,language\nN,2026-11-01,1\nN,2026-11-01,2\n", "utf-8")
    (folder / "link.csv").symlink_to("t.csv")
    assert rows_of(folder, "t.csv", "link.csv", str(folder / "t.csv")) == "Scored: 1 team, 2 rows."


def test_answers_in_a_folder_that_a_batch_has_written_are_told(folder: Path) -> None:
    run("batch", "d/a.json", "--format", "none", "-o", "d/of-batch", cwd=folder, code=0)
    (folder / "d" / "of-batch" / "x.json").write_bytes((folder / "d" / "a.json").read_bytes())
    said = "d/of-batch: This folder was written by a batch, so nothing in it was read."
    people, told = counted(folder, "d")
    assert (people, said in told) == (3, True)
    assert "nothing in it was read" in run("batch", "d", "-o", "o", "--format", "none", cwd=folder, code=0).stderr


def test_a_name_that_begins_with_a_sign_is_read(folder: Path) -> None:
    (folder / "d" / "b.json").rename(folder / "d" / "#4 b.json")
    (folder / "d" / "#c.json#").write_text("Emacs’s own", "utf-8")
    (folder / "d" / "b.2025-10-01.json").unlink()
    assert counted(folder, "d")[0] == 3


def test_no_answers_are_begun_under_the_name_of_a_plan(tmp_path: Path) -> None:
    said = run("assess", "our.plan.json", cwd=tmp_path, code=1).stderr
    assert "our.plan.json: Names that end in .plan.json are kept for changes of a plan" in said
