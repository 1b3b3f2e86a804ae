"""Year on year: earlier answers are found beside today's, compared, and told on page one."""

import json
from pathlib import Path

import pytest
import yaml

from readiness.cli.dated import earlier_dates
from tests.program import EXAMPLES, run

THEN = yaml.safe_load((EXAMPLES / "northside-cmht.yaml").read_text("utf-8"))


def write(path: Path, date: str, **responses: object) -> None:
    path.parent.mkdir(exist_ok=True)
    told = THEN | {"date": date, "responses": THEN["responses"] | responses}
    path.write_text(json.dumps(told, default=str), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "my-service.2026-10-14.json", "2026-10-14")
    write(tmp_path / "my-service.2027-10-20.json", "2027-10-20", **{"career-progression": 2})
    write(tmp_path / "my-service.json", "2028-11-01", **{"career-progression": 3, "culture-challenge-planned": 0})
    done = {"career-progression-talk": {"status": "done"}, "career-progression-step": {"status": "done"}}
    plan = {"bank": {"id": "peer-workers"}, "team": THEN["team"]["name"], "actions": done}
    (tmp_path / "my-service.plan.json").write_text(json.dumps(plan), "utf-8")
    before = plan | {"actions": {"career-progression-talk": {"status": "done"}}}
    (tmp_path / "my-service.2026-10-14.plan.json").write_text(json.dumps(before), "utf-8")
    return tmp_path


def dates(*words: str | Path, cwd: Path) -> list[str]:
    shown = run("compare", *words, "--format", "json", cwd=cwd, code=0).stdout
    return [date["date"] for date in json.loads(shown)["dates"]]


def test_one_file_or_folder_is_compared_with_the_earlier_answers_beside_it(folder: Path) -> None:
    every = ["2026-10-14", "2027-10-20", "2028-11-01"]
    assert dates("my-service.json", cwd=folder) == every
    assert dates(".", cwd=folder) == every


def test_a_folder_for_each_date_is_compared_in_the_order_of_their_names(tmp_path: Path) -> None:
    for year in ("2027", "2026"):
        write(tmp_path / year / "x.json", f"{year}-10-01")
    assert dates(tmp_path, cwd=tmp_path) == ["2026-10-01", "2027-10-01"]


def test_more_dates_than_anybody_reads_are_refused(tmp_path: Path) -> None:
    for day in range(1, 21):
        write(tmp_path / str(day) / "x.json", f"2026-10-{day:02}")
    assert len(dates(tmp_path, cwd=tmp_path)) == 20
    write(tmp_path / "last" / "x.json", "2027-10-01")
    refused = run("compare", tmp_path, cwd=tmp_path, code=2).stderr
    assert "these are 21 dates, and at most 20 are compared" in " ".join(refused.replace("│", " ").split())


def test_what_was_done_since_is_told_and_not_what_was_done_before(folder: Path) -> None:
    found = json.loads(run("compare", "my-service.json", "--format", "json", cwd=folder, code=0).stdout)
    assert [(one["id"], one["move"]) for one in found["done"]] == [("career-progression-step", "up")]
    shown = run("compare", "my-service.json", cwd=folder, code=0).stdout
    assert "Done from the plan: 1" in shown
    assert "What comes next: step 1 of 5, now step 4 of 5." in shown


def page(folder: Path, *words: str | Path) -> str:
    run("report", "my-service.json", "-o", "r.md", "--force", *words, cwd=folder, code=0)
    return " ".join((folder / "r.md").read_text("utf-8").split())


def test_page_one_says_what_has_changed_since_the_newest_earlier_answers(folder: Path) -> None:
    said = page(folder)
    assert "**Since 20 October 2027:** " in said
    assert said.index("Since 20 October 2027:") < said.index("What to decide")
    assert "over the 22 questions asked and known at both dates" in said
    assert "1 question moved up. 1 question moved down." in said


def test_earlier_answers_can_be_named(folder: Path) -> None:
    said = page(folder, "--since", "my-service.2026-10-14.json")
    assert "**Since 14 October 2026:** " in said
    assert "1 action of the plan was done. The question of 1 of them moved up." in said
    other = EXAMPLES / "harbour-house.yaml"
    wrong = run("report", "my-service.json", "-o", "x.md", "--since", other, cwd=folder, code=1).stderr
    assert "These are two teams" in wrong
    assert not (folder / "x.md").exists()


def test_earlier_answers_that_cant_be_read_do_not_stop_a_report(folder: Path) -> None:
    (folder / "my-service.2027-10-20.json").write_text("{", "utf-8")
    done = run("report", "my-service.json", "-o", "r.md", cwd=folder, code=0)
    assert "So the report does not say what has changed since." in done.stderr
    assert "Since" not in (folder / "r.md").read_text("utf-8").partition("What to decide")[0]


def test_of_several_people_nobodys_earlier_answers_stand_alone(tmp_path: Path) -> None:
    """Else page one would say how the one person who answered again had seen it."""
    people = {
        "ann": ("2026-10-14", "2027-11-01"),
        "ben": ("2026-10-20",),
        "cat": ("2026-10-21",),
        "dee": ("2027-11-05",),
    }
    for at, (name, days) in enumerate(people.items()):
        for day in days:
            file = tmp_path / (f"{name}.json" if day == days[-1] else f"{name}.{day}.json")
            write(file, day, **{"career-progression": at})
            told = json.loads(file.read_text("utf-8"))
            file.write_text(json.dumps(told | {"respondent": {"id": f"{at:016x}"}}), "utf-8")
    shown = run("compare", ".", "--format", "json", cwd=tmp_path, code=0).stdout
    found = json.loads(shown)
    assert [date["respondents"] for date in found["dates"]] == [3, 4]
    assert found["before"]["date"] == "2026-10-21"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"ann": ["2026-10-14", "2026-10-20"]}, [["ann.2026-10-14"]]),
        ({"ann": ["2026-10-14", "2026-10-14"]}, [["ann.2026-10-14"]]),
        ({"ann": ["2026-10-14", "2026-11-11"], "ben": ["2026-10-14"]}, []),
        ({"ann": ["2026-10-14", "2026-11-12"], "ben": ["2026-10-14"]}, [["ann.2026-10-14", "ben"]]),
        (
            {"ann": ["2025-10-14", "2026-10-07", "2026-10-14"], "ben": ["2025-10-20", "2026-10-14"]},
            [["ann.2025-10-14", "ben.2025-10-20"]],
        ),
        (
            {"ann": ["2025-10-14", "2026-08-07", "2026-10-14"], "ben": ["2025-10-20", "2026-10-14"]},
            [["ann.2025-10-14", "ben.2025-10-20"]],
        ),
        (
            {"ann": ["2025-10-14", "2025-10-20", "2026-10-14"], "ben": ["2025-10-16", "2026-10-14"]},
            [["ann.2025-10-20", "ben.2025-10-16"]],
        ),
        (
            {"ann": ["2024-10-14", "2025-10-14", "2026-10-14"], "ben": ["2024-10-14"], "cat": ["2025-10-20"]},
            [["ann.2024-10-14", "ben"], ["ann.2025-10-14", "ben", "cat"]],
        ),
        ({"ann": ["2025-10-14", "2026-10-14"], "ben": ["2026-01-05"]}, [["ann.2025-10-14", "ben"]]),
    ],
)
def test_of_several_people_an_earlier_date_has_everybodys_answers_of_that_time(
    tmp_path: Path, days: dict[str, list[str]], expected: list[list[str]]
) -> None:
    """Corrected or carried over to a new version, answers are kept as a copy; last time is when all answered."""
    for at, (name, own) in enumerate(days.items()):
        for revision, day in enumerate(own):
            file = tmp_path / (f"{name}.json" if revision == len(own) - 1 else f"{name}.{day}.json")
            write(file, day)
            told = json.loads(file.read_text("utf-8")) | {"respondent": {"id": f"{at:016x}"}, "revision": revision}
            file.write_text(json.dumps(told), "utf-8")
    assert [sorted(path.stem for path in date) for date in earlier_dates([tmp_path])] == expected


def test_a_report_without_earlier_answers_says_nothing_of_them(tmp_path: Path) -> None:
    write(tmp_path / "my-service.json", "2026-10-14")
    assert "Since" not in page(tmp_path).partition("What to decide")[0]
