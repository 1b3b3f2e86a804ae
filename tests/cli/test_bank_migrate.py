"""``readiness bank diff`` and ``bank migrate``: from the first version of our own bank, by its ids, to today's."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from readiness.resources import QUESTIONS
from tests.cli.migrated import PROFILE, TODAY, files
from tests.cli.plans import columns
from tests.program import run


def test_a_folder_is_carried_over_once_all_of_it_is_downloaded(old: Path, my_service: Path) -> None:
    (my_service / "other.json.part").touch()
    before = files(my_service)
    refused = run("bank", "migrate", old, "peer-workers", ".", "--write", cwd=my_service, code=1).stderr
    assert "other.json.part: This file has not been downloaded whole" in refused
    assert files(my_service) == before


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(old: Path, my_service: Path) -> None:
    before = files(my_service)
    done = run("bank", "migrate", old, "peer-workers", "my-service.json", cwd=my_service, code=0)
    said = " ".join(done.stdout.split())
    assert "my-service.json: Northside, 14 October 2026" in said
    assert "2 answers carried over." in said
    assert "3 answers to confirm" in said
    assert "2 questions asked again: One shared picture of the role; Equal pay." in said
    assert "Kept as actions of your own, as the bank no longer has them: 1." in said
    assert "Over 3 questions that both versions can score, if all is confirmed: 67 by 0.1.0, 58 by 1.0.0." in said
    assert "no longer known, and left out: caution." in done.stderr
    assert "Nothing was changed. To do it, add --write." in done.stderr
    assert files(my_service) == before


def test_scripts_get_ids_and_scores(old: Path, my_service: Path) -> None:
    shown = run("bank", "migrate", old, "peer-workers", ".", "--format", "json", cwd=my_service, code=0).stdout
    [found] = json.loads(shown)
    assert found["carried"] == ["language", "clinical-response-planned"]
    assert found["to_confirm"] == {"generic-tasks-planned": 3, "strategic-fit": 1, "one-to-one-support-planned": 3}
    assert found["asked_again"] == ["shared-understanding", "pay-parity"]
    assert (found["own_actions"], found["left_out"]) == (["own-do-it"], [])
    assert found["bank_alone"]["questions"] == 3
    assert set(found["new"]).isdisjoint([*found["to_confirm"], *found["asked_again"], *found["carried"]])


def test_written_answers_and_plans_are_todays_and_the_originals_are_kept(old: Path, my_service: Path) -> None:
    before = files(my_service)
    done = run("bank", "migrate", old, "peer-workers", "my-service.json", "--write", cwd=my_service, code=0)
    assert "The original is kept in my-service.2026-10-14-original.json." in done.stderr
    after = files(my_service)
    assert after["my-service.2026-10-14-original.json"] == before["my-service.json"]
    assert after["my-service.2026-10-14-original.plan.json"] == before["my-service.plan.json"]
    answers, plan = (json.loads(after[name]) for name in ("my-service.json", "my-service.plan.json"))
    assert answers["bank"]["version"] == plan["bank"]["version"] == TODAY.version
    assert (answers["date"], answers["revision"]) == ("2026-10-14", 8)
    assert answers["responses"]["language"] == {"unknown": True}
    assert answers["responses"]["clinical-response-planned"] == {"not_applicable": "No clinicians."}
    said = ["Answered on 14 October 2026: “Level 3”"]
    assert answers["responses"]["generic-tasks-planned"] == {"note": "On a list.", "before": said}
    reason = "Said on 14 October 2026 not to apply: All are volunteers."
    assert answers["responses"]["pay-parity"] == {"before": [reason]}
    assert plan["actions"]["own-do-it"]["owner"] == "Priya"
    assert plan["numbers"] == {"own-do-it": 4}
    shown = run("plan", "my-service.json", cwd=my_service, code=0)
    assert "Do it" in shown.stdout
    again = run("bank", "migrate", old, "peer-workers", "my-service.json", cwd=my_service, code=0).stderr
    assert "my-service.json is of version 1.0.0 already, and was passed over." in again
    assert "There is nothing to carry over." in again


@pytest.fixture
def in_use(old: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The old version as it was used then: without what is no longer known in it."""
    folder = tmp_path_factory.mktemp("in-use")
    data = yaml.safe_load((old / "bank.yaml").read_text("utf-8"))
    del data["caution"]
    (folder / "bank.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return folder


def test_what_is_out_goes_on_with_the_same_actions_in_the_new_version(in_use: Path, my_service: Path) -> None:
    plan = json.loads((my_service / "my-service.plan.json").read_text("utf-8"))
    plan["actions"]["strategic-fit-2"]["due"] = "2027-03-01"
    (my_service / "my-service.plan.json").write_text(json.dumps(plan), "utf-8")
    for name in ("then.ics", "plan.xlsx"):
        run("plan", "my-service.json", "--bank", in_use, "-o", name, cwd=my_service, code=0)
    run("bank", "migrate", in_use, "peer-workers", "my-service.json", "--write", cwd=my_service, code=0)
    run("plan", "my-service.json", "-o", "now.ics", cwd=my_service, code=0)
    [then], [now] = (
        [line for line in (my_service / name).read_text("utf-8").splitlines() if line.startswith("UID")]
        for name in ("then.ics", "now.ics")
    )
    assert then == now
    book = load_workbook(my_service / "plan.xlsx")
    sheet = book["Action plan"]
    at = columns(sheet)
    [row] = [row for row in range(4, 60) if sheet.cell(row, at["Id"]).value == "strategic-fit-2"]
    sheet.cell(row, at["Who"]).value = "Bob"
    book.save(my_service / "plan.xlsx")
    run("plan", "my-service.json", "--from", "plan.xlsx", "--yes", cwd=my_service, code=0)
    actions = json.loads((my_service / "my-service.plan.json").read_text("utf-8"))["actions"]
    assert [(name, edit["owner"]) for name, edit in actions.items()] == [("own-do-it", "Bob")]


def test_a_workbook_of_another_version_is_refused_if_its_actions_are_not_known(in_use: Path, my_service: Path) -> None:
    by_hand = "bank: {id: peer-workers}\nteam: Northside\n"
    (my_service / "hand.yaml").write_text(by_hand, "utf-8")
    words = ("plan", "my-service.json")
    run(*words, "--bank", in_use, "--plan", "hand.yaml", "-o", "plan.xlsx", cwd=my_service, code=0)
    done = run(*words, "--from", "plan.xlsx", "--yes", cwd=my_service, code=1)
    assert "This workbook is of version 0.1.0 of the questions, and this is 1.0.0. Write a new workbook" in done.stderr


def test_a_plan_that_is_still_for_another_version_is_said_with_how_to_carry_it_over(
    old: Path, my_service: Path
) -> None:
    plan = (my_service / "my-service.plan.json").read_text("utf-8")
    run("bank", "migrate", old, "peer-workers", "my-service.json", "--write", cwd=my_service, code=0)
    (my_service / "my-service.plan.json").write_text(plan, "utf-8")
    for words in (("plan", "my-service.json"), ("report", "my-service.json", "-o", "r.md")):
        told = run(*words, cwd=my_service, code=0).stderr
        assert "my-service.plan.json is a plan for version 0.1.0 of the questions; this is 1.0.0." in told
        assert "bank migrate OLD peer-workers my-service.json --write" in told
    told = run("batch", "my-service.json", "-o", "out", "--format", "md", cwd=my_service, code=0).stderr
    assert "my-service.plan.json is a plan for version 0.1.0 of the questions; this is 1.0.0." in told
    run("bank", "migrate", old, "peer-workers", "my-service.json", "--write", cwd=my_service, code=0)
    assert "version" not in run("plan", "my-service.json", cwd=my_service, code=0).stderr


@pytest.mark.parametrize(("fingerprint", "is_said"), [(TODAY.fingerprint, False), ("0" * 16, True)])
def test_a_plan_of_a_version_that_the_bank_says_nothing_of_is_told_if_more_than_words_changed(
    my_service: Path, fingerprint: str, *, is_said: bool
) -> None:
    plan = json.loads((my_service / "my-service.plan.json").read_text("utf-8"))
    plan["bank"] |= {"version": "0.9.9", "fingerprint": fingerprint}
    (my_service / "my-service.plan.json").write_text(json.dumps(plan), "utf-8")
    told = run("plan", "my-service.json", cwd=my_service, code=0).stderr
    assert ("is a plan for version 0.9.9 of the questions; this is 1.0.0." in told) is is_said
    assert "Carry it over" not in told


def test_a_suggestion_is_shown_with_its_question_and_enter_confirms_it(old: Path, my_service: Path) -> None:
    run("bank", "migrate", old, "peer-workers", "my-service.json", "--write", cwd=my_service, code=0)
    number = next(
        at for at, question in enumerate(TODAY.asked(PROFILE), start=1) if question.id == "one-to-one-support-planned"
    )
    shown = run("assess", cwd=my_service, typed=f"y\nj {number}\n\nq\n", code=0).stdout
    said = " ".join(shown.split())
    assert "What you answered on 14 October 2026, to an older version, is closest to: 4." in said
    kept = json.loads((my_service / "my-service.json").read_text("utf-8"))["responses"]
    assert kept["one-to-one-support-planned"]["level"] == 3
    assert "level" not in kept["strategic-fit"]


def test_two_versions_are_compared_over_what_kept_its_meaning_alone(my_service: Path) -> None:
    then = json.loads((my_service / "my-service.json").read_text("utf-8"))
    now = then | {
        "bank": {"id": "peer-workers", "version": TODAY.version, "fingerprint": TODAY.fingerprint},
        "date": "2027-10-14",
        "responses": {"strategic-fit": 4, "language": 2},
    }
    (my_service / "now.json").write_text(json.dumps(now), "utf-8")
    done = run("compare", "my-service.json", "now.json", "--format", "json", cwd=my_service, code=0)
    found = json.loads(done.stdout)
    assert set(found["reworded"]) == {
        "generic-tasks-planned",
        "strategic-fit",
        "shared-understanding",
        "one-to-one-support-planned",
        "pay-parity",
    }
    moves = {question["id"]: question["move"] for question in found["questions"]}
    assert (moves["strategic-fit"], moves["language"]) == ("now_known", "now_known")
    said = " ".join(run("compare", "my-service.json", "now.json", cwd=my_service, code=0).stdout.split())
    assert "Asked in other words then, so not compared: " in said
    assert "like can’t be compared with like" in said


@pytest.mark.parametrize("confirmed", [False, True])
def test_last_time_is_not_when_the_answers_were_carried_over(old: Path, my_service: Path, *, confirmed: bool) -> None:
    answers = my_service / "my-service.json"
    then = json.loads(answers.read_text("utf-8"))
    (my_service / "my-service.2025-10-14.json").write_text(
        json.dumps(then | {"date": "2025-10-14", "revision": 1}), "utf-8"
    )
    run("bank", "migrate", old, "peer-workers", "my-service.json", "--write", cwd=my_service, code=0)
    day = "2026-10-20" if confirmed else "2026-10-14"
    answers.write_text(answers.read_text("utf-8").replace("2026-10-14", day), "utf-8")
    done = run("compare", "my-service.json", "--format", "json", cwd=my_service, code=0)
    assert [date["date"] for date in json.loads(done.stdout)["dates"]] == ["2025-10-14", day]
    (my_service / "my-service.2025-10-14.json").unlink()
    assert "one date only" in run("compare", "my-service.json", cwd=my_service, code=2).stderr


@pytest.mark.parametrize("name", ["strategic-fit-2", "gone"])
def test_what_was_done_before_the_first_date_is_not_done_since_under_its_id_of_today(
    old: Path, my_service: Path, tmp_path: Path, name: str
) -> None:
    """``name`` is an action of the older version; one that is gone became the team's own."""
    new = tmp_path / "new"
    shutil.copytree(QUESTIONS / "peer-workers", new, symlinks=True)
    moved = new / "migrations" / "0.1.0.yaml"
    data = yaml.safe_load(moved.read_text("utf-8"))
    today = next(action.id for one in TODAY.questions if one.id == "strategic-fit" for action in one.actions)
    moved.write_text(yaml.safe_dump(data | {"actions": {"strategic-fit-2": today}}, sort_keys=False), "utf-8")
    answers, plan = my_service / "my-service.json", my_service / "my-service.plan.json"
    edits = json.loads(plan.read_text("utf-8"))
    edits["actions"] = {name: {"status": "done", "before": {"title": "Ask them."}}}
    plan.write_text(json.dumps(edits), "utf-8")
    shutil.copy(plan, my_service / "my-service.2025-10-14.plan.json")
    then = json.loads(answers.read_text("utf-8"))
    earlier = json.dumps(then | {"date": "2025-10-14", "revision": 1})
    (my_service / "my-service.2025-10-14.json").write_text(earlier, "utf-8")
    run("bank", "migrate", old, new, "my-service.json", "--write", cwd=my_service, code=0)
    assert name not in json.loads(plan.read_text("utf-8"))["actions"]
    compare = ("compare", "my-service.json", "--bank", new, "--format", "json")
    assert json.loads(run(*compare, cwd=my_service, code=0).stdout)["done"] == []
    (my_service / "my-service.2025-10-14.plan.json").unlink()
    assert len(json.loads(run(*compare, cwd=my_service, code=0).stdout)["done"]) == 1


def test_a_version_that_is_not_known_and_a_file_by_hand_are_refused(old: Path, my_service: Path) -> None:
    other = my_service / "other"
    other.mkdir()
    text = (old / "bank.yaml").read_text("utf-8")
    (other / "bank.yaml").write_text(text.replace("0.1.0", "0.0.7"), "utf-8")
    wrong = run("bank", "migrate", other, "peer-workers", "my-service.json", cwd=my_service, code=1).stderr
    assert "peer-workers 1.0.0 does not say what becomes of answers to version 0.0.7" in wrong
    by_hand = my_service / "hand.yaml"
    by_hand.write_text("schema: 1\n", "utf-8")
    wrong = run("bank", "migrate", old, "peer-workers", by_hand, cwd=my_service, code=1).stderr
    assert "its comments would be lost, so nothing was changed" in wrong


def test_what_has_changed_is_shown_by_how_much_it_weighs(old: Path, tmp_path: Path) -> None:
    shown = run("bank", "diff", old, cwd=tmp_path, code=0).stdout
    assert "The first number must go up: scores before and after are not alike. It has." in " ".join(shown.split())
    assert "What scores: " in shown
    found = json.loads(run("bank", "diff", old, "--format", "json", cwd=tmp_path, code=0).stdout)
    assert {"of": "question", "id": "hope-and-engagement-planned", "what": "added", "weighs": "scores"} in found[
        "changes"
    ]
    assert "Nothing has changed." in run("bank", "diff", "peer-workers", cwd=tmp_path, code=0).stdout
    run("bank", "diff", old, "-o", "diff.html", cwd=tmp_path, code=0)
    assert "What scores" in (tmp_path / "diff.html").read_text("utf-8")


def test_checking_a_bank_checks_what_it_says_of_older_versions(tmp_path: Path) -> None:
    assert "Says what becomes of answers to version 0.1.0." in run("bank", "check", cwd=tmp_path, code=0).stdout
