"""What a person should know about all teams together is said in one note each, counted, and changes nothing else."""

import json
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.batch import preflight
from tests.batch.batches import QUICK, batch
from tests.batch.writing import PROFILE, put, row
from tests.conftest import EXAMPLES


def notes(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("Note: ")]


def without(key: str, name: str, **changes: str) -> dict[str, str]:
    return {heading: cell for heading, cell in row(name, {"language": 3}, **changes).items() if heading != key}


def test_a_table_without_a_profile_column_is_told_with_how_many_teams_and_where(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [without("stage", name) for name in ("Alder", "Alder", "Brook", "Cole", "Dene")])
    [note] = notes(batch(tmp_path, "teams.csv", *QUICK))
    assert note == (
        'Note: "stage" is not said of 4 teams, so questions that depend on it were not asked, and scores say less. A'
        ' column headed "stage" says it. First: teams.csv:2, teams.csv:4 and teams.csv:5.'
    )


def test_a_misspelt_column_is_told_if_nothing_is_in_it_and_refused_if_something_is(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [without("stage", "Alder", phase="")])
    unused, unsaid = notes(batch(tmp_path, "teams.csv", *QUICK))
    assert unused == "Note: teams.csv: these columns are not used: phase."
    assert unsaid.startswith('Note: "stage" is not said of 1 team, ')
    put(tmp_path / "teams.csv", [without("stage", "Alder", phase="planning")])
    said = batch(tmp_path, "teams.csv", *QUICK, code=1)
    assert 'teams.csv:1:9: We don’t recognise the column "phase". Nearest: ' in said
    assert "Say in a mapping file what stands in it, or ignore." in said
    (tmp_path / "out" / "mapping.yaml").write_text("bank: peer-workers\ncolumns: {phase: profile stage}\n", "utf-8")
    assert notes(batch(tmp_path, "teams.csv", *QUICK)) == []


@pytest.mark.parametrize("key", PROFILE)
def test_each_profile_key_that_is_left_out_is_told_with_what_comes_of_it(tmp_path: Path, key: str) -> None:
    put(tmp_path / "teams.csv", [row("Alder", {"language": 3}), row("Brook", {"language": 3}, **{key: ""})])
    [note] = notes(batch(tmp_path, "teams.csv", *QUICK))
    assert note.startswith(f'Note: "{key}" is not said of 1 team, so ')
    assert note.endswith("First: teams.csv:3.")
    assert ("scores say less" in note) == (key != "setting"), "the setting only changes words"


def test_a_profile_that_one_of_a_teams_rows_says_is_said(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("Alder", {"language": 3}, stage=""), row("Alder", {"language": 3})])
    assert notes(batch(tmp_path, "teams.csv", *QUICK)) == []


def test_files_of_answers_are_told_of_as_in_score(tmp_path: Path) -> None:
    text = (EXAMPLES / "northside-cmht.yaml").read_text(encoding="utf-8").replace("stage: planning, ", "")
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "short.yaml").write_text(text, encoding="utf-8")
    unsaid, not_asked = notes(batch(tmp_path, "answers", *QUICK))
    assert "First: answers/short.yaml." in unsaid
    assert "1 row has some, first answers/short.yaml: " in not_asked


def test_answers_that_are_not_asked_for_are_counted_by_row_and_named(tmp_path: Path, bank: Bank) -> None:
    planned = [question.id for question in bank.ordered_questions if question.id.endswith("-planned")]
    rows = [
        row("Alder", {"language": 3, "critical-mass": " "}),
        row("Brook", {"language": 3, "critical-mass": 4}),
        row("Brook", {"language": 3, "critical-mass": "unknown", "fair-offer": 2}),
        row("Cole", {"language": 3, **dict.fromkeys(planned, 1)}, stage="established"),
    ]
    put(tmp_path / "teams.csv", rows)
    [note] = notes(batch(tmp_path, "teams.csv", *QUICK))
    assert note == (
        "Note: Answers to questions that are not asked of a service with that profile do not count. 3 rows have some,"
        f" first teams.csv:3: critical-mass, fair-offer, {', '.join(planned[:3])} and {len(planned) - 3} more."
    )


def test_that_what_always_applies_does_not_apply_is_counted_by_row_and_told_once(tmp_path: Path, bank: Bank) -> None:
    always, never_asked = bank.question_by_id["language"], bank.question_by_id["critical-mass"]
    assert always.always
    assert never_asked.always
    rows = [
        row("Alder", {"language": "n/a: not ours", "strategic-fit": 2}),
        row("Brook", {"language": "Does not apply"}),
        row("Cole", {"language": 3, "role-bent-to-structure": 2}),
        row("Dene", {"language": 3, never_asked.id: "n/a: not yet"}),
    ]
    put(tmp_path / "teams.csv", rows)
    not_asked, refused = notes(batch(tmp_path, "teams.csv", *QUICK))
    assert never_asked.id in not_asked
    assert refused == (
        f"Note: “Does not apply” is no answer to “{always.name}”. It applies to every service, so it counts as not "
        "known. 2 rows say so, first teams.csv:2."
    )


def test_gaps_in_a_name_make_no_team_as_in_collect(tmp_path: Path) -> None:
    rows = [
        row("Hawside  College"),
        row(" Hawside College "),
        row("Hawside\u00a0College", organisation="Alder  Valley"),
    ]
    put(tmp_path / "teams.csv", rows)
    said = batch(tmp_path, "teams.csv", *QUICK)
    assert "Scored: 1 team, 3 rows." in said
    assert notes(said) == []
    [line] = (tmp_path / "out" / "scores.jsonl").read_text(encoding="utf-8").splitlines()
    team = json.loads(line)["team"]
    assert (team["name"], team["organisation"]) == ("Hawside College", "Alder Valley")


def test_names_that_differ_in_capitals_or_punctuation_stay_teams_of_their_own_and_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "_AT_A_TIME", 2)
    rows = [row("Brook"), row("Hawside College"), row("Alder"), row("hawside college "), row("HAWSIDE-COLLEGE")]
    other = [row("Brook", organisation="ALDER VALLEY"), row("Alder", organisation="Lindale")]
    put(tmp_path / "north.csv", rows)
    put(tmp_path / "south.csv", other)
    said = batch(tmp_path, "north.csv", "south.csv", *QUICK)
    assert "Scored: 7 teams, 7 rows." in said
    [note] = notes(said)
    assert note == (
        "Note: “Brook (Alder Valley)” (north.csv:2) and “Brook (ALDER VALLEY)” (south.csv:2) differ in capitals, spaces"
        " or punctuation only, and count as two teams. If they are one, write them alike. The same is true of 1 more"
        " name."
    )


def test_rows_that_are_scattered_are_told_of_once(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [without("stage", name) for name in ("Alder", "Brook", "Alder")])
    [note] = notes(batch(tmp_path, "teams.csv", *QUICK))
    assert "not said of 2 teams" in note


def test_notes_beyond_the_first_are_counted(tmp_path: Path) -> None:
    for at in range(23):
        put(tmp_path / f"{at:02}.csv", [row(f"Team {at}", {"language": 3}, shoe="", stage="")])
    said = notes(batch(tmp_path, *(f"{at:02}.csv" for at in range(23)), *QUICK))
    assert said[19] == "Note: 19.csv: these columns are not used: shoe."
    assert said[20] == "Note: 3 more notes on the input are not shown."
    assert '"stage" is not said of 23 teams' in said[21]
