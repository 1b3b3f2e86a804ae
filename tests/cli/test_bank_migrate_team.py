"""``readiness bank migrate`` over a folder: the answers of two, and the plan of their team."""

import json
from pathlib import Path

import pytest

from tests.cli.migrated import TODAY, files
from tests.program import run


@pytest.fixture
def team(my_service: Path) -> Path:
    """A folder with the answers of two, and the plan of their team."""
    one = json.loads((my_service / "my-service.json").read_text("utf-8"))
    for nth in (1, 2):
        one["respondent"]["id"] = str(nth) * 16
        (my_service / f"p{nth}.json").write_text(json.dumps(one), "utf-8")
    (my_service / "my-service.json").unlink()
    (my_service / "my-service.plan.json").rename(my_service / "northside.plan.json")
    return my_service


def test_the_plan_of_a_folder_comes_along_and_its_original_is_no_second_plan(old: Path, team: Path) -> None:
    before = files(team)
    shown = run("bank", "migrate", old, "peer-workers", ".", "--format", "json", cwd=team, code=0).stdout
    assert [one["own_actions"] for one in json.loads(shown)] == [["own-do-it"], []]
    done = run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=0)
    assert (
        "northside.plan.json is carried over. The original is kept in northside.2026-10-14-original.plan.json."
        in done.stderr
    )
    plan = json.loads(files(team)["northside.plan.json"])
    assert (plan["bank"]["version"], plan["numbers"]) == (TODAY.version, {"own-do-it": 4})
    assert files(team)["northside.2026-10-14-original.plan.json"] == before["northside.plan.json"]
    done = run("plan", ".", cwd=team, code=0)
    assert "Do it" in done.stdout
    assert "more plans" not in done.stderr


def test_a_plan_that_could_be_of_two_teams_is_left_and_named(old: Path, team: Path) -> None:
    for nth, organisation in ((1, "Alder"), (2, "Birch")):
        one = json.loads((team / f"p{nth}.json").read_text("utf-8"))
        one["team"]["organisation"] = organisation
        (team / f"p{nth}.json").write_text(json.dumps(one), "utf-8")
    plan = files(team)["northside.plan.json"]
    done = run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=0)
    assert files(team)["northside.plan.json"] == plan
    assert done.stderr.count("northside.plan.json names no organisation") == 1
    run("plan", "rename", "p1.json", "--plan", "northside.plan.json", cwd=team, code=0)
    run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=0)
    carried = json.loads(files(team)["northside.plan.json"])
    assert (carried["bank"]["version"], carried["organisation"]) == (TODAY.version, "Alder")


def test_a_plan_that_was_left_behind_comes_along_later(old: Path, team: Path) -> None:
    plan = files(team)["northside.plan.json"]
    run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=0)
    (team / "northside.plan.json").write_text(plan, "utf-8")
    run("bank", "migrate", old, "peer-workers", "p1.json", "--write", cwd=team, code=0)
    assert json.loads(files(team)["northside.plan.json"])["numbers"] == {"own-do-it": 4}
    assert files(team)["northside.2026-10-14-original-2.plan.json"] == plan


def test_a_plan_waits_for_the_answers_that_it_has_the_name_of(old: Path, team: Path) -> None:
    (team / "northside.plan.json").rename(team / "p2.plan.json")
    run("bank", "migrate", old, "peer-workers", "p1.json", "--write", cwd=team, code=0)
    assert json.loads(files(team)["p2.plan.json"])["bank"]["version"] == "0.1.0"
    run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=0)
    assert json.loads(files(team)["p2.plan.json"])["bank"]["version"] == TODAY.version


@pytest.mark.parametrize("locked", [".p2.json.lock", ".northside.plan.json.lock"])
def test_nothing_is_written_if_one_of_the_files_is_in_use(old: Path, team: Path, locked: str) -> None:
    before = files(team)
    (team / locked).mkdir()
    run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=1)
    assert files(team) == before
    (team / locked).rmdir()
    run("bank", "migrate", old, "peer-workers", "p1.json", "./p1.json", "--write", cwd=team, code=0)
    done = run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=0)
    assert "p1.json is of version 1.0.0 already, and was passed over." in done.stderr
    versions = {json.loads(files(team)[name])["bank"]["version"] for name in ("p1.json", "p2.json")}
    assert versions == {TODAY.version}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"present": {"peer-worker": 3}}, "This is a group’s count of hands, which can't be carried over"),
        ({"bank": {"id": "peer-workers", "version": "0.0.7"}}, "These answers are to version 0.0.7, not 0.1.0"),
    ],
)
def test_a_group_s_answers_and_those_to_another_version_stop_all(
    old: Path, team: Path, change: dict[str, object], said: str
) -> None:
    other = json.loads(files(team)["p2.json"]) | change
    (team / "p2.json").write_text(json.dumps(other), "utf-8")
    before = files(team)
    assert said in run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=team, code=1).stderr
    assert files(team) == before
