"""The rows of a team are put together wherever they stand, and score as its files of answers would."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.assessment.group import MOST_PEOPLE
from readiness.assessment.model import Respondent
from readiness.bank.model import Bank
from readiness.batch.blocks import PlainRows, each_team
from readiness.batch.group_rows import Scattered, gathered, neighbours
from readiness.batch.rows import RespondentRow, assessments_of, row_of
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import Found, TeamRows
from readiness.errors import Notice
from readiness.roundtrip.form_entries import Given
from readiness.scoring.disclosure import MIN_GROUP
from readiness.scoring.model import OVERALL
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from readiness.text import escaped
from tests.batch.region import of_known, region
from tests.batch.writing import put, read_all, row, rows_of, wrong


def notices_of(found: Iterable[Found | PlainRows]) -> list[Notice]:
    return [one for one in found if isinstance(one, Notice)]


def teams_of(found: Iterable[Found | PlainRows]) -> list[TeamRows]:
    return [one for one in each_team(found) if isinstance(one, TeamRows)]


def hides(team: TeamRows) -> bool:
    """Return whether somebody has a role, and somebody gave no level to a question that is known."""
    said = json.loads(team.line(team.result(), MIN_GROUP))
    known = (one["k"] for one in said["questions"] if one["state"] == "answered")
    return any(row.role for row in team.rows) and any(k < said["respondents"] for k in known)


def rows_of_region(bank: Bank, teams: int) -> list[RespondentRow]:
    return [
        row_of(one, bank, "region.jsonl", number)
        for number, one in enumerate((one for team in region(bank, teams) for one in team), start=1)
    ]


def test_a_team_scores_as_its_answers_do(bank: Bank) -> None:
    marking = Marking(bank)
    kinds = set[tuple[bool, bool, bool, bool]]()
    for team in teams_of([*neighbours(rows_of_region(bank, 60), marking)]):
        answers = assessments_of(team.rows, bank)
        whole = AssessedTeam(bank, answers).score
        shown = whole.overall.model_dump(mode="json")
        result = team.result()
        assert (result.score, result.low, result.high) == (shown["score"], shown["low"], shown["high"])
        assert result.band == whole.band
        assert team.unheard.roles == whole.voices_missing
        assert team.line(result, MIN_GROUP) == escaped(whole.model_dump_json(by_alias=True))
        outcome = team.outcome(MIN_GROUP)
        assert outcome.basis == AssessedTeam(bank, answers).basis
        score = standings(bank, answers).score()
        exact = [(each.score, each.low, each.high) for each in (score.overall, *score.domains)]
        assert [(each.score, each.low, each.high) for each in outcome.ranges] == exact
        assert outcome.band == score.band
        alone = [standings(bank, [of_known(one, outcome.basis.standings)]).score().overall.score for one in answers]
        assert [one[OVERALL] for one in outcome.by_respondent] == ([None] * len(answers) if hides(team) else alone)
        kinds.add((len(answers) > 1, whole.too_little_known, bool(whole.voices_missing), bool(whole.roles)))
    assert {several for several, *_ in kinds} == {little for _, little, *_ in kinds} == {True, False}, "all kinds came"
    assert {missing for _, _, missing, _ in kinds} == {shown for *_, shown in kinds} == {True, False}


def test_what_applies_to_every_service_is_not_known_if_it_is_set_aside(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    rows = [
        row("North", {"language": "n/a: we have none", "which-peers": 3}, role=role) for role in ("", "peer-worker")
    ]
    found = [
        *neighbours(read_all(marking, put(tmp_path / "t.csv", [*rows, row("South", {"language": "n/a"})])), marking)
    ]
    for team, people in zip(teams_of(found), (2, 1), strict=True):
        said = json.loads(team.line(team.result(), MIN_GROUP))
        [language] = [one for one in said["questions"] if one["id"] == "language"]
        assert (language["state"], language["not_known"], language["not_applicable"]) == ("unknown", people, 0)
    assert said == AssessedTeam(bank, assessments_of(team.rows, bank)).score.model_dump(mode="json", by_alias=True)


def test_a_role_of_few_is_shown_if_all_of_them_agreed(bank: Bank) -> None:
    [people] = [team for team in region(bank, 30) if len(team) == 6][:1]
    roles = ["peer-worker", *["team-member"] * 5]
    marking = Marking(bank)
    for agreed in (True, None):
        asked = [
            one.model_copy(update={"respondent": Respondent(role=role, shown_alone=agreed)})
            for role, one in zip(roles, people, strict=True)
        ]
        [team] = teams_of([*neighbours([row_of(one, bank, "a.jsonl", at) for at, one in enumerate(asked)], marking)])
        said = json.loads(team.line(team.result(), MIN_GROUP))
        assert [role["role"] for role in said["roles"]] == (["team-member", "peer-worker"] if agreed else [])
        assert said == AssessedTeam(bank, asked).score.model_dump(mode="json", by_alias=True)


def test_rows_in_any_order_make_the_same_teams_in_the_order_they_first_stand_in(bank: Bank) -> None:
    marking = Marking(bank)
    rows = rows_of_region(bank, 9)
    random.Random(3).shuffle(rows)
    with pytest.raises(Scattered):
        list(neighbours(rows, marking))
    teams = teams_of([*gathered(rows, marking)])
    assert [team.rows[0].whose for team in teams] == list(dict.fromkeys(one.whose for one in rows))
    assert [one for team in teams for one in team.rows] == sorted(
        rows, key=lambda one: next(at for at, other in enumerate(rows) if other.whose == one.whose)
    )


def test_an_older_save_of_a_file_does_not_count_and_is_told(bank: Bank) -> None:
    [one] = next(team for team in region(bank, 12) if len(team) == 1)
    whose = one.respondent.model_copy(update={"id": "a" * 16})
    saves = [one.model_copy(update={"respondent": whose, "revision": at}) for at in (1, 2)]
    marking = Marking(bank)
    found = [*neighbours([row_of(save, bank, f"{at}.json") for at, save in enumerate(saves)], marking)]
    [team] = teams_of(found)
    assert [each.assessment for each in team.rows] == [saves[1]]
    assert Notice("0.json: an older save of the answers in 1.json. Only the newer counts.") in found
    in_a_table = [row_of(one, bank, "a.jsonl", at) for at in (1, 2)]
    found = [*neighbours(in_a_table, marking)]
    assert [len(team.rows) for team in teams_of(found)] == [1], "as in collect"
    assert any("a.jsonl:2: the same answers as in a.jsonl:1, throughout" in each.told for each in notices_of(found))
    undecided = [saves[0], saves[0].model_copy(update={"responses": {}})]
    found = [*neighbours([row_of(each, bank, f"{at}.json") for at, each in enumerate(undecided)], marking)]
    [said] = wrong(found)
    assert said.startswith("1.json: ")
    assert said.endswith("Until then the team has no score.")
    assert teams_of(found) == []


@pytest.mark.parametrize("grouped", [neighbours, gathered])
def test_a_team_of_more_rows_than_a_group_has_people_is_refused_at_the_first_too_many(
    bank: Bank, tmp_path: Path, grouped: Callable[[list[RespondentRow], Marking], Iterator[Found]]
) -> None:
    marking = Marking(bank)
    north, south = rows_of(read_all(marking, put(tmp_path / "t.csv", [row("North"), row("South")])))
    fitting = [north._replace(number=at) for at in range(2, MOST_PEOPLE + 2)]
    teams = teams_of([*grouped([*fitting, south], marking)])
    assert [len(team.rows) for team in teams] == [MOST_PEOPLE, 1]
    found = [*grouped([*fitting, *[north._replace(number=at) for at in (10_002, 10_003)], south], marking)]
    [said] = wrong(found)
    assert said.startswith("t.csv:10002: This team has more than 10,000 rows")
    assert [team.team.name for team in teams_of(found)] == ["South"]


def test_teams_of_the_same_name_in_two_organisations_are_two(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    file = put(tmp_path / "t.csv", [row("North"), row("North", organisation="Lindale"), row("North", organisation="")])
    teams = teams_of([*neighbours(read_all(marking, file), marking)])
    assert [str(team.team) for team in teams] == ["North (Alder Valley)", "North (Lindale)", "North"]
    assert len({team.slug for team in teams}) == 3


def test_what_one_row_leaves_out_of_the_profile_another_says_and_what_contradicts_is_refused(
    bank: Bank, tmp_path: Path
) -> None:
    marking = Marking(bank)
    rows = [row("North", stage=""), row("North"), row("North", stage="established"), row("North", setting="")]
    found = [*neighbours(read_all(marking, put(tmp_path / "t.csv", rows)), marking)]
    [team] = teams_of(found)
    assert [one.number for one in team.rows] == [2, 3, 5]
    assert team.team.profile["stage"] == "planning"
    assert wrong(found) == [
        't.csv:4: "stage" is established here, and planning in the rows of this team before it. Correct one of them.'
    ]


NAMES = st.sampled_from(["A", "B", "C"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=1, max_size=12))
def test_scattered_is_exactly_where_a_name_comes_back_after_another(bank: Bank, names: list[str]) -> None:
    marking = Marking(bank)
    blank = RespondentRow(
        "t", 1, "", "", ("",) * len(bank.profile), "", "2026-11-22", ("",) * len(bank.ordered_questions)
    )
    rows = [blank._replace(team=name, number=at) for at, name in enumerate(names)]
    runs = [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]
    if len(set(runs)) == len(runs):
        assert [team.rows[0].team for team in teams_of([*neighbours(rows, marking)])] == runs
    else:
        with pytest.raises(Scattered):
            list(neighbours(rows, marking))
    assert [len(team.rows) for team in teams_of([*gathered(rows, marking)])] == [
        names.count(name) for name in dict.fromkeys(names)
    ]


def test_rows_without_an_organisation_join_the_one_team_of_their_name_that_has_one(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    rows = [row("North", organisation=""), row("South"), row("North"), row("North", organisation=" Alder  Valley")]
    items = read_all(marking, put(tmp_path / "t.csv", rows))
    with pytest.raises(Scattered):
        list(neighbours(items, marking))
    found = [*gathered(items, marking)]
    teams = teams_of(found)
    assert [(str(team.team), len(team.rows)) for team in teams] == [
        ("North (Alder Valley)", 3),
        ("South (Alder Valley)", 1),
    ]
    assert {row.organisation for row in teams[0].rows} == {"Alder Valley"}
    [notice] = notices_of(found)
    assert notice.told.endswith(
        "1 respondent names no organisation. It counts as North (Alder Valley), like the rest. If that is another team,"
        " give it an organisation of its own."
    )


def test_names_that_look_the_same_mean_one_team_as_it_is_first_spelt(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    rows = [row("St Mary’s"), row("St Mary's"), row("St  Mary\u2018s", organisation="Alder\u00a0Valley")]
    [team] = teams_of([*neighbours(read_all(marking, put(tmp_path / "t.csv", rows)), marking)])
    assert {one.team for one in team.rows} == {"St Mary’s"}
    assert {str(one.team) for one in assessments_of(team.rows, bank)} == {"St Mary’s (Alder Valley)"}


FORMS = "ID,Start time,Completion time,Email,Name,team,setting,stage,employment,culturally-specific,language\n"
SENT = "{},2026-11-22 09:00,2026-11-22 09:05,a@example.org,A Person,North,nhs,planning,paid,no,{}\n"


def test_a_response_that_two_exports_hold_counts_once(bank: Bank, tmp_path: Path) -> None:
    marking = Marking(bank)
    (tmp_path / "a.csv").write_text(FORMS + SENT.format(1, 0) + SENT.format(1, 0) + SENT.format(1, 4), "utf-8")
    (tmp_path / "b.csv").write_text(FORMS + SENT.format(1, 0) + SENT.format(2, 3), "utf-8")
    found = [*neighbours(read_all(marking, tmp_path), marking)]
    [team] = teams_of(found)
    people = assessments_of(team.rows, bank)
    assert [one.responses["language"].level for one in people] == [0, 4, 3]
    assert len({one.respondent.id for one in people} - {None}) == 3
    assert any(
        "2 responses stand in the files more than once, and count once" in each.told for each in notices_of(found)
    )
    (tmp_path / "b.csv").write_text(FORMS + SENT.format(1, 3) + SENT.format(2, 0), "utf-8")
    found = [*neighbours(read_all(marking, tmp_path), marking)]
    assert teams_of(found) == []
    [said] = wrong(found)
    assert said.startswith("b.csv:2: This is the same response as in ")
    assert "Use only the newer of the two files. If they are of two surveys, " in said
    assert said.endswith("Until then the team has no score.")


def test_what_is_given_of_the_profile_fills_in_and_settles(bank: Bank, tmp_path: Path) -> None:
    marking, told = Marking(bank), Given(profile={"stage": "established", "setting": "voluntary"})
    rows = [row("North", stage=""), row("South"), row("South", stage="introducing")]
    teams = teams_of([*neighbours(read_all(marking, put(tmp_path / "t.csv", rows)), marking, told)])
    assert [team.team.profile["stage"] for team in teams] == ["established", "established"]
    assert [team.team.profile["setting"] for team in teams] == ["nhs", "nhs"], "what all say stays"
    assert [len(team.rows) for team in teams] == [1, 2]
