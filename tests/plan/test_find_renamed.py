"""The plan of a team that was renamed: told, never lost, and taken over only if somebody says so."""

from pathlib import Path
from time import process_time

import pytest

from readiness.assessment.model import Team
from readiness.errors import Command, InputError, Notice
from readiness.plan.edits_file import read_overlay
from readiness.plan.find import PlanPlace, find_plan, may_be_renamed, plan_to_rename
from readiness.plan.overlay import Overlay
from tests.plan.places import Places


def test_the_only_plan_to_rename_may_be_one_that_can_not_be_read_so_that_its_reader_says_so(places: Places) -> None:
    torn = places.folder / "torn.plan.json"
    torn.write_text("{")
    assert plan_to_rename([places.answers("n.json")], Team(name="Northside"), places.bank) == torn


def test_a_folder_whose_team_was_renamed_says_how_to_take_its_plan_over(places: Places) -> None:
    places.answers("n.json")
    kept = places.plan("old-name.plan.json", "Old name")
    place = places.find(places.folder)
    assert place.path == places.folder / "northside.plan.json"
    rename = Command("plan rename", (str(places.folder),), ("--plan", str(kept)))
    assert place.notices == (
        Notice(
            f"{kept} is about Old name, so it is not used, and no numbers are saved. If that is another team, put its "
            "plan elsewhere. If the team was renamed",
            rename,
        ),
    )
    assert not place.settled


def test_a_plan_that_no_answers_are_about_may_be_a_renamed_teams(places: Places) -> None:
    """Others' answers and plans are there, too, as in the folder of a batch."""
    mine = [places.answers("n1.json"), places.answers("n2.json")]
    places.answers("south.json", "Southside")
    places.plan("south-side.plan.json", "Southside")
    places.answers("west.json", "Westside")
    places.plan("west.plan.json", "West")  # its own report says so
    kept, usual = places.plan("north.plan.json", "North"), places.folder / "northside.plan.json"
    for paths in (mine, mine[:1]):
        place = places.find(*paths)
        [notice] = place.notices
        assert notice.told.startswith(f"{kept} is about North, so it is not used, and no numbers are saved. If that is")
        assert notice.command == Command("plan rename", tuple(map(str, paths)), ("--plan", str(kept)))
        assert (place.settled, [*place.unused]) == (False, [kept])
    assert plan_to_rename(mine, Team(name="Northside"), places.bank) == kept
    west = [places.folder / "west.json", places.answers("west2.json", "Westside")]
    assert [*find_plan(west, Team(name="Westside"), places.bank).unused] == [kept, places.folder / "west.plan.json"]
    places.plan(usual.name)
    assert places.find(*mine) == PlanPlace(usual), "the team has a plan"
    usual.unlink()
    places.answers("elsewhere/north.json", "North")
    assert places.find(*mine, places.answers("elsewhere/n3.json")) == PlanPlace(None)


def test_numbers_alone_hide_no_plan_that_may_be_a_renamed_teams(places: Places) -> None:
    places.answers("a.json"), places.answers("b.json")
    bare, old = places.plan("northside.plan.json", bare=True), places.plan("north.plan.json", "North")
    found = places.find(places.folder / "a.json", places.folder / "b.json")
    assert (found.path, found.settled, [*found.unused]) == (bare, False, [old])
    assert "If the team was renamed" in found.unused[old].told
    old.unlink()
    places.plan("other.plan.json", "Other", bare=True)
    assert places.find(places.folder / "a.json", places.folder / "b.json") == PlanPlace(bare)
    places.plan("northside.plan.json")
    places.plan("north.plan.json", "North")
    assert places.find(places.folder / "a.json", places.folder / "b.json") == PlanPlace(bare)


def test_a_plan_of_another_organisation_may_be_a_renamed_ones(places: Places) -> None:
    mine = [places.answers("n1.json", organisation="Y"), places.answers("n2.json", organisation="Y")]
    kept = places.plan("northside-x.plan.json", organisation="X")
    place = places.find(*mine, organisation="Y")
    assert [*place.unused] == [kept]
    told = f"{kept} is about a team of this name in another organisation, so it is not used, and no numbers are saved."
    assert [notice.told[: len(told)] for notice in place.notices] == [told]


def test_of_many_plans_that_no_answers_are_about_the_first_are_told(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = places.answers("n.json")
    kept = [places.plan(f"{nth}.plan.json", f"Team {nth}") for nth in range(8)]
    place = places.find(new)
    assert [*place.unused] == kept[:6]
    assert place.notices[-1] == Notice(f"{kept[5]} and others are not used either: no answers here are about them.")
    monkeypatch.chdir(places.folder)
    assert places.find(Path("-")) == PlanPlace(None)


def test_the_plan_to_rename_is_the_one_beside_the_answers_or_the_only_one(places: Places) -> None:
    team = Team(name="Northside")
    answers = places.answers("n.json")
    with pytest.raises(InputError) as refused:
        plan_to_rename([answers], team, places.bank)
    assert str(refused.value) == "There is no plan beside these answers. Name the one you mean with --plan."
    only = places.plan("old.plan.json", "Old name")
    assert plan_to_rename([answers], team, places.bank) == only
    older = places.plan("older.plan.json", "Older name")
    with pytest.raises(InputError) as refused:
        plan_to_rename([answers], team, places.bank)
    assert str(refused.value) == (
        f"There are several plans beside these answers: {only}, {older}. Name the one you mean with --plan."
    )
    usual = places.plan("n.plan.json", "Old name")
    assert plan_to_rename([answers], team, places.bank) == usual
    places.plan("northside.plan.json", "Old name")
    with pytest.raises(InputError, match="There are several plans beside these answers"):
        plan_to_rename([places.folder], team, places.bank)


def test_a_plan_of_numbers_alone_gives_way_to_one_with_edits(places: Places) -> None:
    new = places.answers("n.json")
    bare, edited = places.plan("n.plan.json", bare=True), places.plan("old.plan.json")
    assert places.find(new).path == edited
    places.plan("old.plan.json", bare=True)
    assert places.find(new).path == bare
    other = places.answers("other.json")
    with pytest.raises(InputError, match="There are several plans of Northside"):
        places.find(other)
    places.plan("old.plan.json")
    assert places.find(other).path == edited


def test_a_rename_takes_the_old_plan_over_one_of_numbers_alone(places: Places) -> None:
    places.answers("n.json")
    bare, old = places.plan("northside.plan.json", bare=True), places.plan("old.plan.json", "Old name")
    team = Team(name="Northside")
    assert plan_to_rename([places.folder], team, places.bank) == old
    places.plan("older.plan.json", "Older name")
    assert plan_to_rename([places.folder], team, places.bank) == bare


def test_the_plan_to_rename_is_found_among_those_of_many_teams(places: Places) -> None:
    answers, plan = places.answers("0.json").read_text(), places.plan("0.plan.json").read_text()
    for nth in range(400):
        (places.folder / f"{nth}.json").write_text(answers.replace("Northside", f"Team {nth}"))
        (places.folder / f"{nth}.plan.json").write_text(plan.replace("Northside", f"Team {nth}"))
    mine = [places.folder / name for name in ("0.json", "00.json")]
    for path in mine:
        path.write_text(answers)
    began = process_time()
    assert plan_to_rename(mine, Team(name="Northside"), places.bank) == places.folder / "0.plan.json"
    assert process_time() - began < 2


def test_a_plan_of_a_team_whose_answers_are_there_is_never_renamed(places: Places) -> None:
    mine = [places.answers("a1.json"), places.answers("a2.json")]
    theirs = places.answers("s.json", "Southside", "X")
    kept, team = places.plan("s.plan.json", "Southside"), Team(name="Northside")
    (places.folder / "odd.json").write_text('{"team": {"name": 1}}')
    with pytest.raises(InputError, match="There is no plan beside these answers"):
        plan_to_rename(mine, team, places.bank)
    with pytest.raises(InputError) as refused:
        may_be_renamed(kept, read_overlay(kept, places.bank, None), mine, team)
    assert str(refused.value) == (
        f"{kept}: This is the plan of Southside, whose answers are in {theirs}, so it was not renamed. "
        "If Northside is the same team, write its name in those answers, too."
    )
    places.answers("s.json", "Northside")
    may_be_renamed(kept, read_overlay(kept, places.bank, None), mine, team)


def test_the_plan_of_its_own_answers_is_renamed_though_others_have_the_old_name(places: Places) -> None:
    mine, team = places.answers("n.json"), Team(name="Northside", organisation="X")
    places.answers("other.json", "Southside")
    kept = places.plan("n.plan.json", "Southside")
    may_be_renamed(kept, read_overlay(kept, places.bank, None), [mine], team)
    places.answers("namesake.json", "Northside")
    may_be_renamed(kept, Overlay.blank(places.bank, "Northside"), [mine, places.folder], team)
