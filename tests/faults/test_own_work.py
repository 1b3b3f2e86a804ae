"""People's own work is never overwritten, whatever its name is: ``--force`` is for what a command can make again."""

import json
import os
from pathlib import Path

import pytest

from tests.faults.test_no_file import KINDS
from tests.program import EXAMPLES, run

NORTHSIDE = "northside-cmht.yaml"
COMMANDS = (
    "score n.yaml",
    "report n.yaml",
    "report n.yaml --format json",
    "plan n.yaml",
    "plan n.yaml --to next",
    "plan n.yaml --what-if language=4",
    "compare n.yaml n.yaml",
    "bank show",
    "bank diff peer-workers peer-workers",
    "bank protocol",
)


def work(folder: Path) -> dict[str, bytes]:
    """Return what people made: answers as JSON, YAML, in one line and with a mistake; a group's; a plan's edits."""
    answers = (EXAMPLES / NORTHSIDE).read_bytes()
    (folder / "n.yaml").write_bytes(answers)
    run("collect", "n.yaml", "-o", "one", cwd=folder, code=0)
    one = next((folder / "one").glob("*.json")).read_bytes()
    data = json.loads(one)
    in_line = json.dumps(data).encode()
    about = {"schema": 1, "bank": {"id": "peer-workers"}}
    return {
        "answers": one,
        "answers in a line": in_line,
        "answers with a mistake": in_line[:-1],
        "answers in YAML": answers,
        "answers of a group": json.dumps(
            about | {"team": data["team"], "date": "2026-11-02", "present": {"other": 3}, "responses": {}}
        ).encode(),
        "edits": json.dumps(about | {"team": "Northside", "actions": {}}).encode(),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("own")
    return folder, work(folder)


@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_overwrites_it(made: tuple[Path, dict[str, bytes]], words: str) -> None:
    folder, kinds = made
    name = f"{words.replace(' ', '-')}.json"
    for data in kinds.values():
        (folder / name).write_bytes(data)
        told = run(*words.split(), "-o", name, "--force", cwd=folder, code=1).stderr
        assert f"{name}: This is a file of " in told
        assert (folder / name).read_bytes() == data


@pytest.mark.parametrize("words", COMMANDS)
def test_what_the_command_made_itself_is_overwritten(made: tuple[Path, dict[str, bytes]], words: str) -> None:
    folder, _ = made
    for ending in ("json", "md"):
        file = folder / f"again.{ending}"
        if ending != "json" and "--format json" in words:
            continue
        file.unlink(missing_ok=True)
        run(*words.split(), "-o", file.name, cwd=folder, code=0)
        run(*words.split(), "-o", file.name, "--force", cwd=folder, code=0)


def test_a_link_to_it_is_replaced_and_the_file_stays(made: tuple[Path, dict[str, bytes]]) -> None:
    folder, kinds = made
    (folder / "mine.json").write_bytes(kinds["answers"])
    (folder / "link.json").symlink_to("mine.json")
    run("score", "n.yaml", "-o", "link.json", "--force", cwd=folder, code=0)
    assert (folder / "mine.json").read_bytes() == kinds["answers"]


def test_collecting_overwrites_neither_a_plan_nor_a_group(tmp_path: Path) -> None:
    kinds = work(tmp_path)
    file = next((tmp_path / "one").glob("*.json"))
    for kind in ("edits", "answers of a group"):
        file.write_bytes(kinds[kind])
        assert (
            "no file of one person’s answers"
            in run("collect", "n.yaml", "-o", "one", "--force", cwd=tmp_path, code=1).stderr
        )
        assert file.read_bytes() == kinds[kind]


def test_rounds_overwrite_no_group_that_somebody_went_on_with(tmp_path: Path) -> None:
    work(tmp_path)
    again = (
        (EXAMPLES / NORTHSIDE).read_text("utf-8").replace("2026-10-14", "2026-11-14").replace("level: 1", "level: 2")
    )
    (tmp_path / "again.yaml").write_text(again, "utf-8")
    run("collect", "again.yaml", "-o", "two", cwd=tmp_path, code=0)
    words = ("workshop", "d.json", "--delphi", "one", "two", "--force")
    run(*words, cwd=tmp_path, code=0)
    run(*words, cwd=tmp_path, code=0)
    made = json.loads((tmp_path / "d.json").read_bytes())
    assert (made["rounds"], made["revision"]) == (2, 1)
    del made["rounds"]
    for group in (made | {"rounds": 2, "revision": 2}, made):  # gone on with in a room, and begun there
        (tmp_path / "d.json").write_text(json.dumps(group), "utf-8")
        assert "This is a file of a group's answers" in run(*words, cwd=tmp_path, code=1).stderr


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", [(), ("--force",)])
def test_collecting_waits_for_nothing_that_is_no_file(
    tmp_path: Path, kind: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    work(tmp_path)
    file = next((tmp_path / "one").glob("*.json"))
    file.unlink()
    monkeypatch.chdir(file.parent)  # the name of a socket can't be long
    KINDS[kind](Path(file.name))
    assert "was not touched" in run("collect", "n.yaml", "-o", "one", *words, cwd=tmp_path, code=1).stderr
    assert os.path.lexists(file)
    assert not file.is_file()
