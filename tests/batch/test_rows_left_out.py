"""A team of which a row can't be used: what is left is not shown as the small group that it is."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.bank.model import Bank
from readiness.batch.group_rows import Scattered, gathered, neighbours
from readiness.batch.rows import Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import TeamRows
from readiness.errors import Problem
from readiness.intake.mapping import Mapping as Decisions
from tests.batch.batches import QUICK, batch, errors, reports
from tests.batch.writing import put, read_all, row, wrong
from tests.intake.collecting import collected
from tests.intake.test_asides import changed
from tests.program import run

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


ORGANISED = st.tuples(st.sampled_from(["Alder", "Birch", ""]), st.booleans())


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ORGANISED, min_size=1, max_size=8))
def test_whatever_the_order_a_row_that_is_left_out_is_missed_by_the_same_teams(
    bank: Bank, items: list[tuple[str, bool]]
) -> None:
    marking = Marking(bank)
    blank = RespondentRow(
        "t", 1, "", "North", ("",) * len(bank.profile), "", "2026-11-22", ("",) * len(bank.ordered_questions)
    )
    read = [
        blank._replace(organisation=organisation, number=at) if good else Refused((SOME,), "North", organisation)
        for at, (organisation, good) in enumerate(items)
    ]
    try:
        near = [*neighbours(read, marking)]
    except Scattered:
        return
    assert summary(near) == summary(gathered(read, marking))


SOME = Problem("This is wrong", "Mend it.")


def summary(found: Iterable[object]) -> list[tuple[str, int]]:
    """Return the organisation of each team that is no refusal, and how many rows it has, in some order."""
    return sorted((each.team.organisation or "", len(each.rows)) for each in found if isinstance(each, TeamRows))


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


def unfinished(team: str = "North", number: int = 9, **changes: str) -> dict[str, str]:
    return finished(team, number) | {"submitdate": "", **changes}


def finished(team: str = "North", number: int = 1, **changes: str) -> dict[str, str]:
    """Return a row as LimeSurvey exports it."""
    own = {"id": str(number), "submitdate": "2026-11-22", "lastpage": "2"}
    return row(team, {"critical-mass-planned": number % 5, "language": 0}) | own | changes


NOT_FINISHED = (
    "Only 2 rows of this team are left, as 1 other was not finished. "
    "Wait for those who have not finished, add --count-unfinished, or remove their rows."
)


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("organisation", ["Alder Valley", ""])
def test_two_of_three_who_began_are_no_team_of_two_in_a_batch_or_collected(
    bank: Bank, tmp_path: Path, at: int, organisation: str
) -> None:
    rows = [finished(number=1), finished(number=2), finished("South", 3)]
    rows.insert(at, unfinished(organisation=organisation))
    put(tmp_path / "t.csv", rows)
    assert NOT_FINISHED in batch(tmp_path, "t.csv", *QUICK, code=3)
    assert ({one["team"] for one in errors(tmp_path)}, [*reports(tmp_path)]) == ({"North"}, ["south"])
    [problem] = collected(bank, tmp_path / "t.csv").problems
    assert problem.told.endswith(NOT_FINISHED)
    batch(tmp_path, "t.csv", *QUICK, "--count-unfinished", out="all")
    assert sorted(reports(tmp_path, "all")) == ["north", "south"]
    whole = collected(bank, tmp_path / "t.csv", Decisions(bank=bank.id, count_unfinished=True))
    assert (len(whole.gathered), whole.problems) == (4, ())


@pytest.mark.parametrize(
    "rows",
    [
        [finished(number=1), finished(number=2), unfinished() | {"language": "", "critical-mass-planned": ""}],
        [finished(number=1), unfinished()],
        [finished(number=1), finished(number=2), finished(number=3), unfinished()],
        [finished(number=1), finished(number=2), unfinished(team="")],
    ],
    ids=["nobody answered", "one of two", "three are left", "no team"],
)
def test_who_began_matters_only_if_three_would_be_two(
    bank: Bank, tmp_path: Path, rows: Sequence[dict[str, str]]
) -> None:
    put(tmp_path / "t.csv", rows)
    batch(tmp_path, "t.csv", *QUICK)
    assert ([*reports(tmp_path)], collected(bank, tmp_path / "t.csv").problems) == (["north"], ())


def test_what_is_wrong_and_what_was_not_finished_is_said_together(tmp_path: Path) -> None:
    put(
        tmp_path / "t.csv",
        [finished(), finished("South", 2), unfinished(), unfinished(number=8), finished(date="soon")],
    )
    said = batch(tmp_path, "t.csv", *QUICK, code=3)
    assert "Only 1 row of this team is left, as 1 other can’t be used and 2 others were not finished." in said
    assert "Fix or remove what is wrong. Wait for those who have not finished" in said


def test_a_row_that_was_refused_may_be_a_person_s(bank: Bank, tmp_path: Path) -> None:
    export = changed(bank, tmp_path, "odk-central.csv", {"ReviewState": "hasIssues"})
    told = "Only 2 rows of this team are left, as 1 other was refused. Remove the rows that are to stay refused."
    [problem] = collected(bank, export).problems
    assert problem.told.endswith(told)
    assert told in batch(tmp_path, export.name, *QUICK, code=1)


def test_two_of_three_who_answer_alike_throughout_are_no_team_of_two(bank: Bank, tmp_path: Path) -> None:
    every = dict.fromkeys((question.id for question in bank.questions), 2)
    alike, other = row("North", every), row("North", every | {"language": 4}, role="peer-worker")
    put(tmp_path / "t.csv", [alike, other, alike, row("South")])
    told = "t.csv:4: These are the same answers as in t.csv:2, throughout. If such answers count once, only 2 people of"
    assert told in batch(tmp_path, "t.csv", *QUICK, code=3)
    assert ({one["team"] for one in errors(tmp_path)}, [*reports(tmp_path)]) == ({"North"}, ["south"])
    [problem] = collected(bank, tmp_path / "t.csv").problems
    assert told.removeprefix("t.csv:4: ") in problem.told.replace(f"{tmp_path}/", "")
    for mended in ({"language note": "So I see it"}, {"participant code": "C"}):
        codes = [{"participant code": code} if "participant code" in mended else {} for code in "AB"]
        put(tmp_path / "t.csv", [alike | codes[0], other | codes[1], alike | mended])
        batch(tmp_path, "t.csv", *QUICK, out="all")
        assert (len(collected(bank, tmp_path / "t.csv").gathered), [*reports(tmp_path, "all")]) == (3, ["north"])


def test_of_files_alike_throughout_no_report_of_two_is_made(bank: Bank, tmp_path: Path) -> None:
    asked = [question.id for question in bank.questions]
    for nth, level in enumerate((2, 3, 2)):
        answers = {
            "schema": 1,
            "bank": {"id": bank.id},
            "team": {"name": "North"},
            "date": "2026-11-22",
            "responses": dict.fromkeys(asked, level),
        }
        file = tmp_path / "in" / f"{nth}" / "my-service.json"  # people use the same names
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(answers), "utf-8")
    folders = sorted(str(file.parent.relative_to(tmp_path)) for file in tmp_path.rglob("my-service.json"))
    told = "in/2/my-service.json: These are the same answers as in"
    for words in (("score",), ("report", "-o", "r.md"), ("collect", "-o", "all")):
        assert told in run(words[0], *folders, *words[1:], cwd=tmp_path, code=1).stderr
    assert told in batch(tmp_path, "in", *QUICK, code=1)
    assert not (tmp_path / "r.md").exists()
    assert not (tmp_path / "out" / "reports").exists()
