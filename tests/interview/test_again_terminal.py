"""``readiness assess`` a year later: nothing is overwritten without a word."""

import json
from pathlib import Path

import pytest

from tests.interview.test_terminal import ABOUT, kept
from tests.program import run


@pytest.fixture
def folder(tmp_path: Path, small_folder: Path) -> Path:
    """A folder with finished answers of 14 October 2026, and a plan that somebody works with."""
    lines = "\n".join([*ABOUT, "1", "1", "2", "n", "", "n"])
    run("assess", "--bank", small_folder, cwd=tmp_path, typed=f"{lines}\n", code=0)
    file = tmp_path / "my-service.json"
    data = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(data | {"date": "2026-10-14"}), "utf-8")
    edits = {"bank": data["bank"], "team": "Northside", "actions": {"wall-down": {"owner": "Priya"}}}
    (tmp_path / "my-service.plan.json").write_text(json.dumps(edits), "utf-8")
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_answers_given_anew_leave_those_of_last_time_beside_them(folder: Path, small_folder: Path) -> None:
    before = {name: (folder / name).read_bytes() for name in names(folder)}
    done = run("assess", "--bank", small_folder, cwd=folder, typed="3\n\n\n\n\n\n2\nq\n", code=0)
    said = " ".join(done.stdout.split())
    assert "They were last saved on 14 October 2026." in said
    assert "Your answers of 14 October 2026 are kept in my-service.2026-10-14.json." in said
    assert kept(folder) == {"lift-there": {"level": 1}}
    assert (folder / "my-service.2026-10-14.json").read_bytes() == before["my-service.json"]
    assert (folder / "my-service.2026-10-14.plan.json").read_bytes() == before["my-service.plan.json"]
    assert (folder / "my-service.plan.json").read_bytes() == before["my-service.plan.json"]
    again = run("assess", "--bank", small_folder, cwd=folder, typed="y\n\nq\n", code=0)
    assert "On 14 October 2026 you answered: 1." in again.stdout
    assert kept(folder) == {"lift-there": {"level": 1}, "wall-gone": {"level": 0}}
    assert len(names(folder)) == 4
    assert "more plans" not in run("score", "my-service.json", "--bank", small_folder, cwd=folder, code=0).stderr


def test_nothing_is_put_aside_until_something_is_answered(folder: Path, small_folder: Path) -> None:
    before = names(folder)
    done = run("assess", "--again", "--bank", small_folder, cwd=folder, typed="\n\n\nq\n", code=0)
    assert "Nothing was changed." in done.stderr
    assert names(folder) == before
    run("assess", "--again", "--bank", small_folder, cwd=folder, typed="\n\n\n\n\nd\nq\n", code=0)
    assert "my-service.2026-10-14.json" in names(folder)


def test_last_times_answers_that_cant_be_read_do_not_stop_anybody(folder: Path, small_folder: Path) -> None:
    run("assess", "--again", "--bank", small_folder, cwd=folder, typed="\n\n\n\n\nd\nq\n", code=0)
    (folder / "my-service.2026-10-14.json").write_text("{", "utf-8")
    done = run("assess", "--bank", small_folder, cwd=folder, typed="2\nq\n", code=0)
    assert "So last time’s answers are not shown here." in done.stderr
    assert kept(folder)["wall-gone"] == {"level": 1}


def test_answers_dated_in_the_future_are_last_times_all_the_same_and_that_is_said(
    folder: Path, small_folder: Path
) -> None:
    file, copy = folder / "my-service.json", folder / "my-service.2090-12-01.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"date": "2090-12-01"}), "utf-8")
    before = file.read_bytes()
    done = run("assess", "--again", "--bank", small_folder, cwd=folder, typed="\n\n\n\n\n2\nq\n", code=0)
    told = "these answers are dated 1 December 2090. That lies in the future: today is "
    assert f"my-service.json: {told}" in done.stderr
    assert "If this computer’s date is wrong, set it first." in done.stderr
    assert copy.read_bytes() == before
    assert kept(folder) == {"lift-there": {"level": 1}}
    on = run("assess", "--bank", small_folder, cwd=folder, typed="y\n\nq\n", code=0)
    assert f"{copy.name}: {told}" in on.stderr
    assert "On 1 December 2090 you answered: 1." in on.stdout
    found = json.loads(run("score", ".", "--bank", small_folder, "--format", "json", cwd=folder, code=0).stdout)
    assert found["respondents"] == 1
    backwards = f"{copy.name} is newer than my-service.json: so the change runs backwards."
    for words in (("report", "-o", "r.md"), ("compare",)):
        command, *rest = words
        stderr = run(command, "my-service.json", *rest, "--bank", small_folder, cwd=folder, code=0).stderr
        assert backwards in stderr
        assert "put the right date in the file, at “date”." in stderr
