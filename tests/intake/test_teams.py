"""The respondents of a team agree on what their service is like, or a person settles it."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.reading import read_team
from readiness.assessment.team_names import identity
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake.mapping import Mapping
from readiness.intake.save import plan_files, write_files
from readiness.roundtrip.form_entries import Given
from tests.intake.written import PROFILE, collect, problems, table

HEAD = "date|team|stage|employment|culturally-specific|language\n"


def profiles(bank: Bank, path: Path, given: Given) -> list[dict[str, str]]:
    found = collect(bank, path, given=given)
    assert problems(bank, found) == []
    return [dict(one.assessment.team.profile) for one in found.gathered]


def test_what_one_respondent_says_holds_for_the_team(bank: Bank, tmp_path: Path) -> None:
    rows = "2026-11-22|A|planning||no|1\n2026-11-22|A||paid||2\n2026-11-22|B|introducing|paid|yes|2"
    said = {"stage": "planning", "employment": "paid", "culturally-specific": "no"}
    other = {"stage": "introducing", "employment": "paid", "culturally-specific": "yes"}
    assert profiles(bank, table(tmp_path, HEAD + rows), Given()) == [said, said, other]


def test_what_respondents_say_differently_must_be_settled(bank: Bank, tmp_path: Path) -> None:
    rows = "2026-11-22|A|planning|paid|no|1\n2026-11-22|A|planning|both|no|2\n2026-11-22|A|planning|paid|no|2"
    path = table(tmp_path, HEAD + rows)
    [said] = problems(bank, collect(bank, path, given=Given()))
    assert said.startswith(f'{path}:2: The answers about A differ on "employment": 2 people paid and 1 person both.')
    assert said.endswith("Settle it with --profile: employment=paid or employment=both.")
    settled = profiles(bank, path, Given(profile={"employment": "both"}))
    assert {one["employment"] for one in settled} == {"both"}


def test_what_all_say_stays_and_what_was_given_instead_is_told(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, f"{HEAD}2026-11-22|A|planning|paid|no|1")
    found = collect(bank, path, given=Given(profile={**PROFILE, "employment": "both"}))
    assert found.gathered[0].assessment.team.profile["employment"] == "paid"
    assert found.gathered[0].assessment.team.profile["setting"] == "nhs"
    assert found.notices == ("All answers about A say employment=paid, so employment=both was not used.",)


def test_what_decides_on_the_questions_must_be_said(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|team|language\n2026-11-22|A|1")
    said = problems(bank, collect(bank, path, given=Given(profile={"employment": "paid"})))
    assert said[0].startswith(
        f'{path}:2: Nothing says of A: "{bank.profile[1].text}" It decides which questions count.'
    )
    assert said[0].endswith("Give it with --profile: stage=planning, stage=introducing, stage=established.")
    assert said[1].startswith(f'{path}:2: Nothing says of A: "{bank.profile[3].text}"')
    assert len(said) == 2


def test_teams_that_may_be_one_are_told(bank: Bank, tmp_path: Path) -> None:
    head = "date|team|organisation|language\n"
    rows = "2026-11-22|North CMHT||1\n2026-11-22|NORTH, CMHT||3\n2026-11-22|North CMHT|Trust|2\n2026-11-22|South||1"
    path = table(tmp_path, head + rows)
    taken, alike = collect(bank, path, given=Given(profile=PROFILE)).notices
    assert taken.startswith("1 respondent names no organisation. It counts as North CMHT (Trust), like the rest. ")
    assert alike.startswith("“North CMHT (Trust)” and “NORTH, CMHT” count as 2 teams. If they are one, ")
    mapping = Mapping(bank=bank.id, answers={"team": {"North CMHT": "North CMHT"}})
    found = collect(bank, path, mapping, Given(profile=PROFILE, organisation="Trust"))
    assert found.notices == ()
    assert {str(one.assessment.team) for one in found.gathered} == {"North CMHT (Trust)", "South (Trust)"}


def test_a_team_without_an_organisation_is_none_of_two_that_have_one(bank: Bank, tmp_path: Path) -> None:
    rows = "2026-11-22|A||1\n2026-11-22|A|Trust|1\n2026-11-22|A|Charity|1"
    path = table(tmp_path, f"date|team|organisation|language\n{rows}")
    found = collect(bank, path, given=Given(profile=PROFILE))
    assert [one.assessment.team.organisation for one in found.gathered] == [None, "Trust", "Charity"]
    [notice] = found.notices
    assert "count as 3 teams" in notice


def test_an_organisation_given_later_makes_no_second_file_of_a_row(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|team|language\n2026-11-22|A|1")
    keys = {collect(bank, path, given=Given(profile=PROFILE, organisation=one)).gathered[0].key for one in (None, "B")}
    assert len(keys) == 1


def test_a_file_of_answers_may_leave_out_its_profile(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("bank: {id: peer-workers}\nteam: {name: A}\ndate: 2026-11-22\nresponses: {language: 1}\n")
    assert profiles(bank, path, Given()) == [{}]
    assert profiles(bank, path, Given(profile={"stage": "planning"})) == [{"stage": "planning"}]


@pytest.mark.parametrize("given", [Given(), Given(role="other", organisation="Trust")])
def test_what_is_written_is_read_as_one_team(bank: Bank, tmp_path: Path, given: Given) -> None:
    rows = "2026-11-22|A|planning|paid|no|1\n2026-11-23|A|planning|||2"
    found = collect(bank, table(tmp_path, HEAD + rows), given=given)
    folder = tmp_path / "out"
    folder.mkdir()
    write_files(plan_files(found.gathered, folder, force=False).files, force=False)
    reading = read_team([folder], bank)
    kept = {one.to_json() for one in reading.assessments}
    assert kept == {one.with_id().to_json() for one in found.gathered}


SAME = [
    ("St Mary's", "St Mary’s"),
    ("Café", unicodedata.normalize("NFD", "Café")),
    ("North CMHT", "  North   CMHT "),
    ("North CMHT", "North\u00a0CMHT"),
]
APART = [("North CMHT", "NORTH CMHT"), ("North CMHT", "North-CMHT"), ("St Mary's", "St Marys"), ("Cafe", "Café")]


@pytest.mark.parametrize("names", SAME)
def test_names_that_look_the_same_mean_one_team_as_it_is_first_spelt(
    bank: Bank, tmp_path: Path, names: tuple[str, str]
) -> None:
    rows = "\n".join(f"2026-11-22|{name}|{level}" for level, name in enumerate(names))
    for organisation in ("", "|Trust"):
        head = f"date|team|language{organisation and '|organisation'}\n"
        path = table(tmp_path, head + "\n".join(f"{row}{organisation}" for row in rows.splitlines()))
        found = collect(bank, path, given=Given(profile=PROFILE))
        assert [one.assessment.team.name for one in found.gathered] == [names[0]] * 2
        assert found.notices == ()


@pytest.mark.parametrize("names", APART)
def test_names_that_differ_to_the_eye_mean_two_teams(bank: Bank, tmp_path: Path, names: tuple[str, str]) -> None:
    rows = "\n".join(f"2026-11-22|{name}|1" for name in names)
    found = collect(bank, table(tmp_path, f"date|team|language\n{rows}"), given=Given(profile=PROFILE))
    assert [one.assessment.team.name for one in found.gathered] == [*names]


@given(st.text(max_size=20))
def test_a_name_that_has_been_told_apart_once_stays_as_it_is(name: str) -> None:
    assert identity(identity(name)) == identity(name)
    assert identity(f" {name}\n") == identity(name)


def test_a_file_that_came_to_be_there_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"theirs")
    with pytest.raises(InputError, match="put a file here meanwhile"):
        write_files([(path, b"ours")], force=False)
    assert path.read_bytes() == b"theirs"
