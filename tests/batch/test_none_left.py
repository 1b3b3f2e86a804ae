"""A team of which every row is left out: it is told of, and what earlier runs showed of it goes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.bank.model import Bank
from readiness.batch.group_rows import Scattered, gathered, neighbours
from readiness.batch.rows import Read, Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import Found
from readiness.errors import Place, Problem
from readiness.intake.left_out import ANSWERED, LeftOut, LostRows
from readiness.intake.vendor import Aside
from tests.batch.batches import batch, errors, reports
from tests.batch.test_rows_left_out import finished, unfinished
from tests.batch.writing import put
from tests.intake.collecting import collected
from tests.intake.test_asides import changed
from tests.program import run

Rows = Sequence[Mapping[str, str]]
MD = ("--format", "md", "--portfolio", "none")
BOTH = ("--format", "md,html", "--portfolio", "none")
NONE = "No row of this team is left, as 2 rows were not finished."
SOUTH = [finished("South", number) for number in (3, 4, 5)]
BEFORE = [finished(number=1), finished(number=2), *SOUTH]
GONE = [unfinished(number=1), unfinished(number=2)]


@pytest.mark.parametrize(
    "rows",
    [
        [*GONE, *SOUTH],
        [*SOUTH, *GONE],
        [GONE[0], *SOUTH, GONE[1]],
        [SOUTH[0], GONE[0], SOUTH[1], GONE[1], SOUTH[2]],
        [*GONE[:1], unfinished(number=2, organisation=""), *SOUTH],
        [unfinished(number=2, organisation=""), *SOUTH, *GONE[:1]],
    ],
    ids=["before", "after", "around", "between", "silent after", "silent before"],
)
@pytest.mark.parametrize("words", [(), ("--only", "[!Z]*"), ("--limit", "1"), ("--shard", "2/2")])
def test_a_team_of_which_no_row_is_left_is_told_of_and_its_reports_go(
    tmp_path: Path, rows: Rows, words: Sequence[str]
) -> None:
    put(tmp_path / "t.csv", BEFORE)
    batch(tmp_path, "t.csv", *BOTH)
    assert sorted(reports(tmp_path)) == ["north", "south"]
    put(tmp_path / "t.csv", rows)
    said = batch(tmp_path, "t.csv", *MD, *words, code=3)
    assert NONE in said
    assert "2 files of earlier runs were removed" in said
    assert [*reports(tmp_path)] == ["south"]
    kept = "out/shards/2-of-2" if "--shard" in words else "out"
    [told] = errors(tmp_path, kept)
    assert (told["team"], told["todo"]) == (
        "North",
        "Wait for those who have not finished, add --count-unfinished, or remove their rows.",
    )


NOBODYS = {"language": "", "critical-mass-planned": ""}
EMPTIED = [finished(number=1) | NOBODYS, finished(number=2) | NOBODYS]


@pytest.mark.parametrize(
    "rows",
    [
        [*EMPTIED, *SOUTH],
        [SOUTH[0], EMPTIED[0], *SOUTH[1:], EMPTIED[1]],
        [EMPTIED[0], EMPTIED[1] | {"organisation": ""}, *SOUTH],
        [*SOUTH, *(one | NOBODYS for one in GONE)],
    ],
    ids=["before", "between", "silent", "not finished"],
)
@pytest.mark.parametrize("words", [MD, (*MD, "--only", "[!Z]*"), (*MD, "--limit", "1"), (*MD, "--shard", "2/2"), BOTH])
def test_a_team_of_which_every_row_was_emptied_keeps_no_report(
    tmp_path: Path, rows: Rows, words: Sequence[str]
) -> None:
    put(tmp_path / "t.csv", BEFORE)
    batch(tmp_path, "t.csv", *BOTH)
    put(tmp_path / "t.csv", rows)
    said = batch(tmp_path, "t.csv", *words)
    assert "2 files of earlier runs were removed" in said
    assert "no longer in the answers" not in said
    assert [*reports(tmp_path)] == ["south"]


TEAM = "What is the name of your team or service?"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("alchemer.csv", {TEAM: "Brook", "Status": "Test"}),
        ("alchemer.csv", {TEAM: "Brook", "Status": "Disqualified"}),
        ("qualtrics.csv", {"Q1": "Brook", "Status": "Spam"}),
        ("qualtrics.csv", {"Q1": "Brook", "DistributionChannel": "preview"}),
        ("qualtrics.csv", {"Q1": "Brook", "Finished": "False"}),
    ],
)
def test_whatever_a_survey_program_marks_a_row_with_its_team_keeps_no_report_without_others(
    bank: Bank, tmp_path: Path, name: str, change: Mapping[str, str]
) -> None:
    team = dict([*change.items()][:1])
    batch(tmp_path, changed(bank, tmp_path, name, team).name, *MD)
    assert len(reports(tmp_path)) == 2
    marked = changed(bank, tmp_path, name, change).name
    batch(tmp_path, marked, *MD, code=3 if {*change.values()} & {"Disqualified", "False"} else 0)
    assert [*reports(tmp_path)] == ["northside-community-mental-health-team"]


def test_an_emptied_row_with_something_wrong_in_it_is_of_its_team(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", BEFORE)
    batch(tmp_path, "t.csv", *MD)
    put(tmp_path / "t.csv", [*SOUTH, EMPTIED[0] | {"date": "soon"}])
    batch(tmp_path, "t.csv", *MD, code=3)
    assert ([*reports(tmp_path)], [one["team"] for one in errors(tmp_path)]) == (["south"], ["North"])


def test_an_emptied_row_is_missed_by_nobody_else(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", BEFORE)
    batch(tmp_path, "t.csv", *BOTH)
    put(tmp_path / "t.csv", [BEFORE[0], EMPTIED[1], *SOUTH])
    assert "removed" not in batch(tmp_path, "t.csv", *BOTH)
    assert sorted(reports(tmp_path)) == ["north", "south"]


def test_of_a_team_that_is_gone_reports_are_named_and_stay_until_they_are_to_go(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", BEFORE)
    batch(tmp_path, "t.csv", *BOTH)
    put(tmp_path / "t.csv", SOUTH)
    told = "2 reports are still here of teams no longer in the answers: reports/north-"
    for words in (MD, (*MD, "--only", "South"), BOTH):
        said = batch(tmp_path, "t.csv", *words)
        assert told in said
        assert "--clean removes them" in said
        assert sorted(reports(tmp_path)) == ["north", "south"]
    batch(tmp_path, "t.csv", *MD, "--shard", "1/1")
    assert told in batch(tmp_path, "--merge", "--portfolio", "none")
    [page] = (tmp_path / "out" / "reports").glob("north-*.html")
    page.write_text("Mine", "utf-8")
    said = batch(tmp_path, "t.csv", *MD, "--clean")
    assert f"1 report is still here of a team no longer in the answers: reports/{page.name}." in said
    page.unlink()
    assert "no longer in the answers" not in batch(tmp_path, "t.csv", *MD)
    put(tmp_path / "t.csv", BEFORE)
    for words in ((*MD, "--limit", "1"), (*MD, "--only", "North"), MD):
        assert "no longer in the answers" not in batch(tmp_path, "t.csv", *words)


def test_shards_that_are_merged_tell_of_it_once(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", BEFORE)
    batch(tmp_path, "t.csv", *BOTH)
    put(tmp_path / "t.csv", [*GONE, *SOUTH, finished("Alder", 6)])
    for shard in ("1/2", "2/2"):
        batch(tmp_path, "t.csv", *MD, "--shard", shard, code=3)
    assert batch(tmp_path, "--merge", "--portfolio", "none", code=3).count(NONE) == 1
    assert ([one["team"] for one in errors(tmp_path)], sorted(reports(tmp_path))) == (["North"], ["alder", "south"])


def test_what_only_leaves_out_stays(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", BEFORE)
    batch(tmp_path, "t.csv", *MD)
    put(tmp_path / "t.csv", [*GONE, *SOUTH])
    assert "no longer in the answers" not in batch(tmp_path, "t.csv", *MD, "--only", "South", code=3)
    assert sorted(reports(tmp_path)) == ["north", "south"]


def test_what_is_wrong_beside_is_said_with_it(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", [*GONE, finished(date="soon"), *SOUTH])
    said = batch(tmp_path, "t.csv", *MD, code=3)
    assert "No row of this team is left, as 1 row can’t be used and 2 rows were not finished. Fix or remove" in said


def test_where_every_row_is_wrong_each_is_told_of_and_no_more(tmp_path: Path) -> None:
    put(tmp_path / "t.csv", [finished(date="soon"), *SOUTH])
    assert "No row of this team is left" not in batch(tmp_path, "t.csv", *MD, code=3)


def test_a_team_of_the_same_name_elsewhere_is_whole(bank: Bank, tmp_path: Path) -> None:
    put(tmp_path / "t.csv", [finished(number=1), finished(number=2), unfinished(organisation="Lindale")])
    assert "t.csv:4: No row of this team is left, as 1 row was not finished." in batch(tmp_path, "t.csv", *MD, code=3)
    assert ([*reports(tmp_path)], collected(bank, tmp_path / "t.csv").problems) == (["north"], ())


def test_a_team_that_nobody_answers_for_is_none(tmp_path: Path) -> None:
    blank = unfinished() | {"language": "", "critical-mass-planned": ""}
    put(tmp_path / "t.csv", [blank, *SOUTH, unfinished(team="")])
    batch(tmp_path, "t.csv", *MD)
    assert [*reports(tmp_path)] == ["south"]


def test_plain_rows_after_it_tell_of_it_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    put(tmp_path / "a" / "1.csv", [*GONE, *SOUTH])
    plain = [{key: cell for key, cell in finished(f"Team {at}").items() if key in PLAIN} for at in range(9)]
    put(tmp_path / "a" / "2.csv", plain)
    assert [one["team"] for one in (batch(tmp_path, "a", *MD, code=3), errors(tmp_path))[1]] == ["North"]
    lines = (tmp_path / "out" / "scores.jsonl").read_text("utf-8").splitlines()
    assert len({json.loads(line)["team"]["name"] for line in lines}) == 10


PLAIN = ("organisation", "team", "stage", "setting", "employment", "culturally-specific", "role", "date", "language")


def test_collect_names_it_and_leaves_its_files(bank: Bank, tmp_path: Path) -> None:
    put(tmp_path / "t.csv", BEFORE)
    run("collect", "t.csv", "-o", "all", cwd=tmp_path)
    before = {path.name for path in (tmp_path / "all").iterdir()}
    put(tmp_path / "t.csv", [*GONE, *SOUTH])
    said = " ".join(run("collect", "t.csv", "-o", "all", cwd=tmp_path).stderr.split())
    assert "No row is left of 1 team: North (Alder Valley). Files that were collected of it before stay. Delete" in said
    assert {path.name for path in (tmp_path / "all").iterdir()} == before
    put(tmp_path / "t.csv", [*GONE, *SOUTH, unfinished("East")])
    told = "No row is left of 2 teams: North (Alder Valley), East (Alder Valley). Files that were collected of them"
    assert any(told in notice for notice in collected(bank, tmp_path / "t.csv").notices)


def test_lost_rows_of_many_organisations_with_a_team_of_one_name_are_looked_up() -> None:
    lost, place = LostRows(), Place("t")
    teams = [(f"Trust {nth}", "North") for nth in range(4_000)]
    for organisation, team in teams:
        lost.add_wrong((organisation, team))
        lost.add(LeftOut(team, organisation, Aside.REFUSED, place))
    lost.add(LeftOut("North", "", Aside.UNFINISHED, place))
    began = process_time()
    each, none_left = [lost.of(whose) for whose in teams], [*lost.none_left(())]
    assert process_time() - began < 1
    assert each == [{None: 1, Aside.REFUSED: 1, Aside.UNFINISHED: 1}] * 4_000
    assert lost.of(("", "North")) == {None: 4_000, Aside.REFUSED: 4_000, Aside.UNFINISHED: 1}
    assert len(none_left) == 4_001


ORGANISED = st.tuples(st.sampled_from(["Alder", "Birch", ""]), st.sampled_from(["good", "wrong", "left out"]))
SOME = Problem("This is wrong", "Mend it.")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ORGANISED, min_size=1, max_size=7), st.sampled_from(sorted(ANSWERED)))
def test_whatever_the_order_the_same_teams_are_refused(bank: Bank, items: list[tuple[str, str]], aside: Aside) -> None:
    marking = Marking(bank)
    blank = RespondentRow(
        "t", 1, "", "North", ("",) * len(bank.profile), "", "2026-11-22", ("",) * len(bank.ordered_questions)
    )
    read: list[Read] = []
    for at, (organisation, kind) in enumerate(items):
        if kind == "good":
            read.append(blank._replace(organisation=organisation, number=at))
        elif kind == "wrong":
            read.append(Refused((SOME,), "North", organisation))
        else:
            read.append(LeftOut("North", organisation, aside, Place("t", at)))
    try:
        near = [*neighbours(read, marking)]
    except Scattered:
        return
    assert refused(near) == refused(gathered(read, marking))


def refused(found: Iterable[Found | object]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the organisation of each refusal, and what it says, in some order."""
    each = [(one.organisation, tuple(map(str, one.problems))) for one in found if isinstance(one, Refused)]
    return sorted(each)
