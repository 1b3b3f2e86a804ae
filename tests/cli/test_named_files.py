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
