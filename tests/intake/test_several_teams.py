"""One person's answers that stand in two teams are told, wherever they come in: each team counts them."""

from pathlib import Path

import pytest

from readiness.assessment.model import Team
from readiness.bank.model import Bank
from readiness.errors import Place
from readiness.intake.mapping import Mapping
from readiness.intake.save import plan_files, write_files
from readiness.intake.several_teams import in_several_teams
from readiness.intake.sources import gather, open_sources
from tests.batch.batches import QUICK, batch
from tests.intake.written import ALL_GIVEN, PROFILE, table

COUNTS = "have answers with the same id, which count in each of these teams. If one is a copy, or names the wrong team,"
KOBO = "team|date|language|_id|_uuid|_submission_time"
CODES = "team|date|language|Participant code"


def returned(folder: Path, name: str, team: str, level: int = 2, id_: str = "a" * 16, organisation: str = "") -> Path:
    """Write a file as a form of ours gives it, with the id that was drawn for it."""
    profile = ", ".join(f'{key}: "{value}"' for key, value in PROFILE.items())
    whose = f", organisation: {organisation}" if organisation else ""
    head = f"bank: {{id: peer-workers}}\nteam: {{name: {team}{whose}, profile: {{{profile}}}}}\n"
    path = folder / name
    path.write_text(f"{head}respondent: {{id: {id_}}}\ndate: 2026-11-22\nresponses: {{language: {level}}}\n", "utf-8")
    return path


def told(bank: Bank, *paths: Path) -> list[str]:
    """Return what ``collect`` tells of them, and check that a batch of the same files tells the same."""
    found = gather(open_sources(paths, bank).sources, bank, Mapping(bank=bank.id), ALL_GIVEN)
    assert (found.problems, found.open) == ((), ())
    notices = [one for one in found.notices if COUNTS in one]
    said = batch(paths[0].parent, *map(str, paths), *QUICK)
    assert [line for line in said.splitlines() if COUNTS in line] == [f"Note: {one}" for one in notices]
    return notices


def test_a_form_s_id_that_stands_in_two_teams_is_told(bank: Bank, tmp_path: Path) -> None:
    paths = [
        returned(tmp_path, "1.yaml", "Alder"),
        returned(tmp_path, "2.yaml", "Brook", 3),
        returned(tmp_path, "3.yaml", "Brook", 3, "b" * 16),
    ]
    assert told(bank, *paths) == [f"“Alder” ({paths[0]}) and “Brook” ({paths[1]}) {COUNTS} take it out."]


def test_a_form_s_id_that_stands_twice_in_one_team_is_none_of_two(bank: Bank, tmp_path: Path) -> None:
    names = [("Alder", "Trust"), ("Alder", ""), ("Alder  ", "Trust")]
    paths = [returned(tmp_path, f"{at}.yaml", *team[:1], organisation=team[1]) for at, team in enumerate(names)]
    assert told(bank, *paths) == []


def test_a_response_of_which_another_export_names_another_team_is_told(bank: Bank, tmp_path: Path) -> None:
    one, other = (f"{team}|2026-11-22|0|41|b-1|2026-11-22T09:00:00" for team in "AB")
    path = table(tmp_path, f"{KOBO}\n{one}\n{other}")
    assert told(bank, path) == [f"“A” ({path}:2) and “B” ({path}:3) {COUNTS} take it out."]
    (tmp_path / "two").mkdir()
    two = [table(tmp_path / "two", f"{KOBO}\n{row}", f"{at}.csv") for at, row in enumerate((one, other))]
    assert told(bank, *two) == [f"“A” ({two[0]}:2) and “B” ({two[1]}:2) {COUNTS} take it out."]


def test_shards_and_what_is_merged_of_them_tell_it_as_well(tmp_path: Path) -> None:
    returned(tmp_path, "1.yaml", "Cole", organisation="Trust")
    returned(tmp_path, "2.yaml", "Dene", organisation="Trust")
    rows = "\n".join(f"{team}|2026-11-22|0|41|b-1|2026-11-22T09:00:00" for team in "AB")
    table(tmp_path, f"{KOBO}\n{rows}")
    whole = batch(tmp_path, "1.yaml", "2.yaml", "a.csv", *QUICK, out="other")
    shards = [batch(tmp_path, "1.yaml", "2.yaml", "a.csv", *QUICK, "--shard", f"{at}/2") for at in (1, 2)]
    merged = batch(tmp_path, "--merge", "--portfolio", "none")
    told = [
        f"Note: “Cole (Trust)” (1.yaml) and “Dene (Trust)” (2.yaml) {COUNTS} take it out.",
        f"Note: “A” (a.csv:2) and “B” (a.csv:3) {COUNTS} take it out.",
    ]
    for said in (whole, *shards, merged):
        assert [line for line in said.splitlines() if COUNTS in line] == told


@pytest.mark.parametrize(
    "rows",
    [
        [KOBO, "A|2026-11-22|0|1|b-1|2026-11-22T09:00:00", "B|2026-11-22|3|1|b-2|2026-11-22T09:00:07"],
        [CODES, "A|2026-11-22|0|P1", "B|2026-11-22|3|P1"],
    ],
)
def test_numbers_that_may_be_of_two_surveys_and_codes_that_begin_anew_are_not_told(
    bank: Bank, tmp_path: Path, rows: list[str]
) -> None:
    assert told(bank, table(tmp_path, "\n".join(rows))) == []


def test_ids_of_namesakes_in_two_organisations_are_not_told(bank: Bank, tmp_path: Path) -> None:
    paths = [returned(tmp_path, f"{at}.yaml", "Alder", organisation=f"Trust {at}") for at in range(2)]
    assert told(bank, *paths) == []


def test_a_form_s_id_that_a_collected_file_has_in_another_team_is_told(bank: Bank, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    def collect(path: Path) -> tuple[str, ...]:
        found = gather(open_sources([path], bank).sources, bank, Mapping(bank=bank.id), ALL_GIVEN)
        to_write = plan_files(found.gathered, out, force=False)
        assert to_write.problems == ()
        write_files(to_write.files, force=False)
        return to_write.notices

    assert collect(returned(tmp_path, "1.yaml", "Alder")) == ()
    [there] = out.iterdir()
    path = returned(tmp_path, "2.yaml", "Brook")
    assert collect(path) == (f"“Alder” ({there}) and “Brook” ({path}) {COUNTS} take it out.",)


def test_of_many_the_first_are_named() -> None:
    stands = [(Team(name=f"T{at}"), Place(f"{at}.json")) for at in range(7)]
    named, *_, rest = in_several_teams([stands] * 7)
    assert named.startswith("“T0” (0.json), “T1” (1.json), “T2” (2.json), “T3” (3.json), “T4” (4.json) and 2 more have")
    assert rest == "The same is true of 2 more ids."
