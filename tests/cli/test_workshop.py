"""``readiness workshop``: its file goes wherever answers go, and two rounds of forms make the same file."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from readiness.bank.load import load_bank
from readiness.resources import QUESTIONS
from tests.cli.test_schema import problems
from tests.program import EXAMPLES, run

BANK = load_bank(QUESTIONS / "peer-workers")
PROFILE = {"setting": "nhs", "stage": "introducing", "employment": "paid", "culturally-specific": "no"}
ABOUT = ["Northside CMHT", "Alder Valley", "1", "2", "1", "2"]
ASKED = BANK.asked(PROFILE)
ROLES = ("peer-worker", "peer-worker", "peer-worker", "service-manager", "team-member", "team-member", "team-member")
HERE = "1 3 3 0 0 0 0"


def level(question: int, person: int) -> int:
    """Return the position of the level that a person chooses."""
    return (question + person * 2) % 5


def counts(question: int, role: str) -> str:
    found = [level(question, at) for at, each in enumerate(ROLES) if each == role]
    return " ".join(str(found.count(position)) for position in range(5))


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``w.json``, the file of a workshop of seven that was typed to its end."""
    folder = tmp_path_factory.mktemp("held")
    lines = [*ABOUT, HERE, "y"]
    for at in range(len(ASKED)):
        lines += [counts(at, role) for role in ("peer-worker", "service-manager", "team-member")]
        lines += ["e We wait for the lift"] if at == 0 else []
        lines.append("")
    run("workshop", "w.json", cwd=folder, typed="\n".join([*lines, "", "", "", ""]), code=0)
    return folder


def singles(folder: Path, questions: int = 99) -> Path:
    """Write the same answers in ``folder``, as a file for each person."""
    folder.mkdir()
    for at, role in enumerate(ROLES):
        data = {
            "bank": {"id": BANK.id},
            "team": {"name": "Northside CMHT", "organisation": "Alder Valley", "profile": PROFILE},
            "respondent": {"role": role, "id": f"{at:016x}"},
            "date": "2026-11-22",
            "responses": {one.id: level(nth, at) for nth, one in enumerate(ASKED[:questions])},
        }
        (folder / f"{at}.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def scored(*paths: str | Path, cwd: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(run("score", *paths, "--format", "json", cwd=cwd, code=0).stdout)
    for domain in data["domains"]:
        domain["agreement"]["alpha"] = None
    return data


def test_a_group_s_file_scores_as_the_files_of_single_people(held: Path, tmp_path: Path) -> None:
    group, people = scored(held / "w.json", cwd=tmp_path), scored(singles(tmp_path / "people"), cwd=tmp_path)
    assert group["respondents"] == len(ROLES)
    assert {**group, "bank": None} == {**people, "bank": None}


def test_its_file_fits_its_schema(held: Path) -> None:
    data = json.loads((held / "w.json").read_text("utf-8"))
    assert problems("group", data) == []
    assert problems("group", {**data, "extra": 1}) != []


@pytest.mark.parametrize("command", ["report", "plan"])
def test_a_report_and_a_plan_are_made_of_it(held: Path, tmp_path: Path, command: str) -> None:
    run(command, held / "w.json", "-o", "out.md", cwd=tmp_path, code=0)
    text = (tmp_path / "out.md").read_text("utf-8")
    assert "Northside CMHT" in text
    if command == "report":
        assert "7 people (1 service manager, 3 team members and 3 Peer Workers)" in text
        assert "wait for the lift" not in text, "notes of several people stand only where they are asked for"


def test_notes_of_the_group_stand_once_where_they_are_asked_for(held: Path, tmp_path: Path) -> None:
    run("report", held / "w.json", "-o", "out.md", "--notes", "all", cwd=tmp_path, code=0)
    assert (tmp_path / "out.md").read_text("utf-8").count("We wait for the lift") == 1


def test_what_changes_the_score_is_said_for_a_workshop(held: Path, tmp_path: Path) -> None:
    (tmp_path / "w.json").write_bytes((held / "w.json").read_bytes())
    run("plan", "edit", "w.json", cwd=tmp_path, typed="1\n3\n4\n\n\nq\n")
    told = " ".join(run("plan", "w.json", cwd=tmp_path, code=0).stdout.split())
    assert re.search(
        r"The score changes only when question \d+ is answered again\. Type j \d+ in: .* workshop w.json", told
    )


def test_single_questions_are_not_compared_with_those_of_other_people(held: Path, tmp_path: Path) -> None:
    people = singles(tmp_path / "people")
    done = run("compare", people, held / "w.json", "--format", "json", cwd=tmp_path, code=0)
    assert json.loads(done.stdout)["questions_hidden"] is True


def test_a_batch_counts_the_people_of_a_group(held: Path, tmp_path: Path) -> None:
    people = singles(tmp_path / "people")
    for path, out in ((held / "w.json", "a"), (people, "b")):
        run("batch", path, "-o", out, "--format", "none", cwd=tmp_path, code=0)
    first, second = ((tmp_path / out / "scores.csv").read_text("utf-8") for out in "ab")
    assert first == second
    (people / "w.json").write_bytes((held / "w.json").read_bytes())
    told = run("batch", people, "-o", "c", "--format", "none", cwd=tmp_path, code=1).stderr
    assert "there are others beside them" in told
    assert "Until then the team has no score." in told


def test_a_group_beside_single_people_is_refused(held: Path, tmp_path: Path) -> None:
    people = singles(tmp_path / "people")
    (people / "w.json").write_bytes((held / "w.json").read_bytes())
    told = run("score", people, cwd=tmp_path, code=1).stderr
    assert "People who gave both would count twice." in told


@pytest.mark.parametrize("command", ["assess", "collect"])
def test_commands_for_one_person_lead_to_the_workshop(held: Path, tmp_path: Path, command: str) -> None:
    out = ["-o", "out"] if command == "collect" else []
    told = run(command, held / "w.json", *out, cwd=tmp_path, code=1).stderr
    assert "These are a group’s answers" in told
    assert "readiness workshop" in told


def test_a_form_is_made_for_the_team_of_a_group(held: Path, tmp_path: Path) -> None:
    run("form", "-o", "form.md", "--like", held / "w.json", cwd=tmp_path, code=0)
    assert "Northside CMHT" in (tmp_path / "form.md").read_text("utf-8")


def test_a_workshop_does_not_go_on_with_one_person_s_answers(tmp_path: Path) -> None:
    people = singles(tmp_path / "people")
    assert "readiness assess" in run("workshop", people / "0.json", cwd=tmp_path, code=1).stderr


def test_a_finished_workshop_says_so(held: Path, tmp_path: Path) -> None:
    (tmp_path / "w.json").write_bytes((held / "w.json").read_bytes())
    done = run("workshop", "w.json", cwd=tmp_path, typed="1\na\n=2\n=2\n=2\nq\n", code=0)
    assert "This workshop is finished." in done.stdout
    shows = json.loads((tmp_path / "w.json").read_text("utf-8"))["responses"][ASKED[0].id]["shows"]
    assert [show["by_role"]["peer-worker"]["levels"]["1"] for show in shows] == [0, 3]


def test_nothing_piped_in_is_wrong_and_keeps_nothing(tmp_path: Path) -> None:
    assert "no answers came in" in run("workshop", cwd=tmp_path, code=1).stderr
    assert not (tmp_path / "my-workshop.json").exists()


@pytest.mark.parametrize("arguments", [("w.txt",), ("--force",), ("--delphi", "one")])
def test_it_is_used_wrongly(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run("workshop", *arguments, cwd=tmp_path, code=2)


def test_it_speaks_another_language_as_far_as_there_are_words(tmp_path: Path) -> None:
    run("workshop", "--language", "xx", cwd=tmp_path, typed="q\n", code=1)
    done = run("workshop", "--language", "cy", cwd=tmp_path, typed="\n".join([*ABOUT, "q"]), code=0)
    assert "Pwy sydd yma?" in done.stdout


# --- two rounds of forms ---


def test_two_rounds_of_forms_make_the_file_of_a_group(tmp_path: Path) -> None:
    first, second = singles(tmp_path / "first"), singles(tmp_path / "second", questions=3)
    told = run("workshop", "d.json", "--delphi", first, second, cwd=tmp_path, code=0).stderr
    assert "Your answers are in d.json." in told
    data = json.loads((tmp_path / "d.json").read_text("utf-8"))
    assert [len(data["responses"][one.id]["shows"]) for one in ASKED[:5]] == [2, 2, 2, 1, 1]
    assert problems("group", data) == []
    once = scored("d.json", cwd=tmp_path)
    assert {**once, "bank": None} == {**scored(first, cwd=tmp_path), "bank": None}


def test_a_second_round_of_fewer_people_is_told_of(tmp_path: Path) -> None:
    first, second = singles(tmp_path / "first"), singles(tmp_path / "second", questions=3)
    next(second.iterdir()).unlink()
    told = run("workshop", "d.json", "--delphi", first, second, cwd=tmp_path, code=0).stderr
    before = len([*first.iterdir()])
    assert (
        f"Note: Fewer people answered in the last round than before, and only the last one counts: {ASKED[0].id}"
        in told
    )
    assert told.count(f"({before}, then {before - 1})") == 3


def test_notes_of_rounds_that_do_not_fit_are_told_of(tmp_path: Path) -> None:
    first = singles(tmp_path / "first")
    for file in first.iterdir():
        data = json.loads(file.read_text("utf-8"))
        data["responses"][ASKED[0].id] = {"level": 1, "note": file.name * 1_500}
        file.write_text(json.dumps(data), "utf-8")
    second = shutil.copytree(first, tmp_path / "second")
    told = run("workshop", "d.json", "--delphi", first, second, cwd=tmp_path, code=0).stderr
    assert f'Note: At "{ASKED[0].id}"' in told


def test_a_file_that_is_there_is_kept_but_with_force(tmp_path: Path) -> None:
    first, second = singles(tmp_path / "first"), singles(tmp_path / "second")
    run("workshop", "d.json", "--delphi", first, second, cwd=tmp_path, code=0)
    kept = (tmp_path / "d.json").read_bytes()
    assert "there already" in run("workshop", "d.json", "--delphi", first, second, cwd=tmp_path, code=1).stderr
    run("workshop", "d.json", "--delphi", first, second, "--force", cwd=tmp_path, code=0)
    assert (tmp_path / "d.json").read_bytes() == kept


def test_rounds_are_of_one_team_and_of_single_people(held: Path, tmp_path: Path) -> None:
    first = singles(tmp_path / "first")
    other = EXAMPLES / "northside-cmht.yaml"
    told = run("workshop", "d.json", "--delphi", first, other, cwd=tmp_path, code=1).stderr
    assert "These are two teams" in told
    told = run("workshop", "d.json", "--delphi", first, held / "w.json", cwd=tmp_path, code=1).stderr
    assert "no round of forms" in told
    assert not (tmp_path / "d.json").exists()


def test_a_round_is_not_overwritten(tmp_path: Path) -> None:
    first = singles(tmp_path / "first")
    target = first / "0.json"
    before = target.read_bytes()
    second = shutil.copytree(first, tmp_path / "second")
    told = run("workshop", target, "--delphi", first, second, "--force", cwd=tmp_path, code=1).stderr
    assert "no command makes it again" in told
    assert target.read_bytes() == before


def test_rounds_in_the_wrong_order_or_named_twice_are_refused(tmp_path: Path) -> None:
    first = singles(tmp_path / "first")
    second = shutil.copytree(first, tmp_path / "second")
    for file in second.iterdir():
        file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"date": "2027-01-31"}), "utf-8")
    told = run("workshop", "d.json", "--delphi", second, first, cwd=tmp_path, code=1).stderr
    assert "first: The answers of the second round are older than those of the first. Name the first round" in told
    told = run("workshop", "d.json", "--delphi", first, first, cwd=tmp_path, code=1).stderr
    assert "Answers of the first round are in the second, too. Name a folder for each round." in told
    run("workshop", "d.json", "--delphi", first, second, cwd=tmp_path, code=0)
