"""A team of which a row can't be used: what is left is not shown as the small group that it is."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.batch.group_rows import Scattered, gathered, neighbours
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import TeamRows
from tests.batch.batches import QUICK, batch, errors, reports
from tests.batch.writing import put, read_all, row, wrong

SLIP = row("North", date="soon")
LEFT = "Only 2 rows of this team are left, as 1 other can’t be used. Fix or remove what is wrong."


@pytest.mark.parametrize("at", range(3))
def test_two_of_three_are_no_team_of_two(tmp_path: Path, at: int) -> None:
    rows = [row("Alder"), *(row("North", role=role) for role in ("peer-worker", "team-member")), row("Cole")]
    rows.insert(1 + at, SLIP)
    put(tmp_path / "t.csv", rows)
    assert "Only 2 rows" in batch(tmp_path, "t.csv", *QUICK, code=3)
    assert sorted(reports(tmp_path)) == ["alder", "cole"]
    assert {one["team"] for one in errors(tmp_path)} == {"North"}
    lines = (tmp_path / "out" / "scores.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["team"]["name"] for line in lines] == ["Alder", "Cole"]


def test_the_wrong_row_may_stand_anywhere_and_leave_the_organisation_out(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    two = [row("North"), row("North", role="peer-worker")]
    for others in ([SLIP, row("South"), *two], [*two, row("South"), SLIP], [*two, SLIP | {"organisation": ""}]):
        items = read_all(marking, put(tmp_path / "t.csv", others))
        with pytest.raises(Scattered):
            list(neighbours(items, marking))
        found = [*gathered(items, marking)]
        assert [each.team.name for each in found if isinstance(each, TeamRows)] == ["South"] * (len(others) == 4)
        assert any(LEFT in told for told in wrong(found))


def test_a_team_of_the_same_name_elsewhere_is_whole(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    two = [row("North", organisation="Lindale"), row("North", organisation="Lindale", role="peer-worker")]
    items = read_all(marking, put(tmp_path / "t.csv", [SLIP, *two]))
    for group in (neighbours, gathered):
        [team] = [each for each in group(items, marking) if isinstance(each, TeamRows)]
        assert len(team.rows) == 2


def test_who_contradicts_the_profile_is_missed_too(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    rows = [row("North"), row("North", role="peer-worker"), row("North", stage="established")]
    found = [*neighbours(read_all(marking, put(tmp_path / "t.csv", rows)), marking)]
    assert not any(isinstance(each, TeamRows) for each in found)
    assert LEFT in wrong(found)[-1]


@pytest.mark.parametrize("lines", [True, False])
def test_a_file_that_is_wrong_is_of_the_team_that_it_names(tmp_path: Path, *, lines: bool) -> None:
    (tmp_path / "in").mkdir()
    people = [
        {
            "schema": 1,
            "bank": {"id": "peer-workers"},
            "team": {"name": team},
            "respondent": {"role": role},
            "date": "2026-11-22",
            "responses": {"language": {"level": level}},
        }
        for team, role, level in (
            *(("North", "team-member", level) for level in (1, 9, 2)),
            *(("South", "peer-worker", level) for level in (1, 2)),
        )
    ]
    if lines:
        (tmp_path / "in" / "all.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in people), "utf-8")
    else:
        for nth, one in enumerate(people):
            (tmp_path / "in" / f"{nth}.json").write_text(json.dumps(one), "utf-8")
    assert "Only 2 rows of this team are left" in batch(tmp_path, "in", *QUICK, code=3)
    assert {one["team"] for one in errors(tmp_path)} == {"North"}
    assert sorted(reports(tmp_path)) == ["south"]


@pytest.mark.parametrize("note", ["", "So I see it"])
def test_who_says_the_same_in_two_roles_is_heard_in_none(bank: Bank, tmp_path: Path, note: str) -> None:
    every = dict.fromkeys((question.id for question in bank.questions), 3)
    one, other = (row("North", every, role=role) for role in ("peer-worker", "team-member"))
    put(tmp_path / "t.csv", [one, other | {"language note": note}, row("Alder")])
    said = batch(tmp_path, "t.csv", *QUICK, code=0 if note else 3)
    assert ("t.csv:3: These are the same answers as in t.csv:2, throughout, in another role." in said) == (not note)
    assert sorted(reports(tmp_path)) == ["alder", *["north"] * bool(note)]


@pytest.mark.parametrize(("slips", "shown"), [([], ["peer-worker"]), ([SLIP], [])])
def test_an_agreement_counts_only_if_nobody_who_holds_the_role_may_be_missing(
    tmp_path: Path, slips: Sequence[dict[str, str]], shown: Sequence[str]
) -> None:
    rows = [row("North", role="team-member", shown_alone="no") for _ in range(6)]
    put(tmp_path / "t.csv", [*rows, row("North", role="peer-worker", shown_alone="yes"), *slips])
    said = batch(tmp_path, "t.csv", *QUICK, code=3 if slips else 0)
    assert ("an agreement to show a small role does not count" in said) == bool(slips)
    [line] = (tmp_path / "out" / "scores.jsonl").read_text("utf-8").splitlines()
    assert [role["role"] for role in json.loads(line)["roles"] if role["role"] == "peer-worker"] == shown
    [report] = (tmp_path / "out" / "reports").iterdir()
    assert ("No role is shown by itself" in report.read_text("utf-8")) == bool(slips)
