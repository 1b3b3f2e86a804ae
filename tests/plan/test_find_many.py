"""Plans of many teams in one folder, also of one name: each has its own, and they are found quickly."""

import random
from pathlib import Path
from time import process_time

import pytest

from readiness.assessment.model import Team
from readiness.errors import Command, InputError, Notice
from readiness.plan.edits_file import read_overlay
from readiness.plan.find import PlanPlace, find_plan, may_be_renamed, plan_path, plan_to_rename
from readiness.plan.shelf import PlanShelf
from tests.conftest import DATE
from tests.plan.places import Places

KNOWN = ("Alder", "Birch", None)


ALDER = Team(name="Northside", organisation="Alder")


def test_a_shelf_looks_at_a_folder_once(places: Places) -> None:
    shelf = PlanShelf()
    folders, team = [places.folder, places.folder], Team(name="T")
    assert shelf.of(folders, places.bank, team, ()) == []
    places.plan("t.plan.json", "T")
    assert shelf.of(folders, places.bank, team, ()) == []
    assert [plan.team for plan in PlanShelf().of(folders, places.bank, team, ())] == ["T", "T"]


@pytest.mark.parametrize("stays", [True, False])
def test_a_folder_of_many_copies_with_plans_is_read_once(places: Places, *, stays: bool) -> None:
    now = places.answers("0.json")
    then = now.read_text().replace(str(DATE), "2026-01-14")
    plan = places.plan("0.plan.json").read_text()
    for nth in range(600):
        if stays:
            (places.folder / f"{nth}.json").write_text(now.read_text())
        (places.folder / f"{nth}.2026-01-14.json").write_text(then)
        (places.folder / f"{nth}.2026-01-14.plan.json").write_text(plan)
    began = process_time()
    assert places.find(now) == PlanPlace(places.folder / "0.plan.json")
    assert process_time() - began < 2


def test_many_teams_find_their_plans_among_those_whose_names_begin_alike(places: Places) -> None:
    teams = [Team(name=f"{'x' * 60} {nth}") for nth in range(400)]
    files = [[places.answers("a.json"), places.answers("b.json")] for _ in teams]
    names = [f"{'x' * 60}{f'-{nth + 1}' if nth else ''}.plan.json" for nth in range(400)]
    for name, team in zip(names, teams, strict=True):
        places.plan(name, team.name)
    shelf, began = PlanShelf(), process_time()
    found = [find_plan(paths, team, places.bank, shelf).path for paths, team in zip(files, teams, strict=True)]
    assert process_time() - began < 2
    assert found == [places.folder / name for name in names]


@pytest.mark.parametrize("name", ["Northside", "x" * 60])
@pytest.mark.parametrize("named", [True, False])
def test_many_teams_of_one_name_find_their_plans_quickly(places: Places, name: str, *, named: bool) -> None:
    teams = [Team(name=name, organisation=f"Trust {nth}") for nth in range(500)]
    files = [places.answers(f"{nth}.json", name, team.organisation) for nth, team in enumerate(teams)]
    for nth, team in enumerate(teams):
        places.plan(f"{name}{f'-{nth + 1}' if nth else ''}.plan.json", name, team.organisation if named else None)
    shelf, began = PlanShelf(), process_time()
    found = [
        find_plan([file, places.folder / "more.json"], team, places.bank, shelf)
        for file, team in zip(files, teams, strict=True)
    ]
    assert process_time() - began < 2
    assert [place.settled for place in found] == [named] * 500
    last = found[-1]
    assert len(last.unused) == (0 if named else 6)
    if not named:
        first, *_, rest, waiting = last.notices
        assert "names no organisation, so it could be another team's plan" in first.told
        assert rest.told.endswith(" and others could be another team's, too, and are not used.")
        assert waiting.told.startswith("Until it is known whose plan that is")
    stranger = find_plan(
        [places.answers("n.json", name, "None of these")], Team(name=name, organisation="None of these"), places.bank
    )
    told = [notice.told for notice in stranger.notices]
    assert (len(told), "and others" in told[5]) == (6 if named else 7, True)


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_is_found_if_it_could_be_of_no_other_team(places: Places, seed: int) -> None:
    drawn = random.Random(seed)
    answers = {nth: drawn.choice(KNOWN) for nth in range(6) if drawn.randrange(2)}
    paths = {nth: places.answers(f"{nth}.json", organisation=of) for nth, of in answers.items()}
    plans = {nth: drawn.choice((*KNOWN, None)) for nth in range(6) if drawn.randrange(3)}
    files = {nth: places.plan(f"{nth}.plan.json", organisation=of) for nth, of in plans.items()}
    for organisation in KNOWN:
        own = [nth for nth in answers if drawn.randrange(2)]
        whose = {nth: of or answers.get(nth) for nth, of in plans.items()}
        found = [nth for nth, of in whose.items() if organisation in (of, None) or of is None]
        mine = [nth for nth in found if whose[nth] == organisation or nth in own]
        shelf, folders, team = PlanShelf(), [places.folder], Team(name="Northside", organisation=organisation)
        given = [paths[nth] for nth in own]
        assert [plan.path for plan in shelf.of(folders, places.bank, team, given)] == [files[nth] for nth in mine]
        unsure = [nth for nth in found if nth not in mine]
        asked = [path for path in files.values() if shelf.is_unclaimed(path, places.bank, team, given)]
        assert asked == [files[nth] for nth in unsure]
        here = {*answers.values()}
        nobodys = [nth for nth in unsure if organisation or not (nth in answers or whose[nth] in here)]
        told = {plan.path for plan in shelf.unclaimed(folders, places.bank, team, given)}
        assert told == {files[nth] for nth in nobodys}


def test_two_teams_of_one_name_in_one_folder_never_share_a_plan(places: Places) -> None:
    alder, birch = (Team(name="Adult team", organisation=name) for name in ("Alder Trust", "Birch Charity"))
    mine = [places.answers(name, "Adult team", "Alder Trust") for name in ("a1.json", "a2.json")]
    theirs = [places.answers(name, "Adult team", "Birch Charity") for name in ("b1.json", "b2.json")]
    kept = places.plan("adult-team-alder-trust.plan.json", "Adult team", "Alder Trust")
    assert find_plan(mine, alder, places.bank) == PlanPlace(kept)
    place = find_plan(theirs, birch, places.bank)
    assert place.path == places.folder / "adult-team-birch-charity.plan.json"
    assert place.settled
    told = f"{kept} is about a team of this name in another organisation, so it is not used."
    assert place.notices == (Notice(told),)
    with pytest.raises(InputError, match=r"about Adult team \(Alder Trust\), and the answers are about Adult team \(B"):
        read_overlay(kept, places.bank, birch)


@pytest.mark.parametrize("theirs", ["Birch", None])
@pytest.mark.parametrize("stays", [True, False])
def test_a_plan_that_could_be_of_two_teams_is_nobodys_until_somebody_says_whose(
    places: Places, theirs: str | None, *, stays: bool
) -> None:
    mine = [places.answers("a1.json", organisation="Alder"), places.answers("a2.json", organisation="Alder")]
    other = places.answers("b.json" if stays else "moved/b.json", organisation=theirs)
    kept = places.plan("northside.plan.json")
    place = find_plan(mine, ALDER, places.bank)
    told = (
        f"{kept} names no organisation, so it could be another team's plan, and is not used. If it is this team's, "
        "write the organisation into it"
    )
    rename = Command("plan rename", tuple(map(str, mine)), ("--plan", str(kept)))
    usual = places.folder / "northside-alder.plan.json"
    waiting = Notice("Until it is known whose plan that is, no numbers of actions are saved.")
    unused = {kept: Notice(told, rename)}
    assert place == PlanPlace(usual, (waiting,), settled=False, unused=unused)
    assert place.notices == (Notice(told, rename), waiting)
    with pytest.raises(
        InputError, match=r"not known if this is the plan of Northside \(Alder\): .*northside.plan.json"
    ):
        plan_to_rename(mine, ALDER, places.bank)
    places.plan(usual.name, organisation="Alder")
    assert find_plan(mine, ALDER, places.bank) == PlanPlace(usual, unused=unused)
    usual.unlink()
    kept.write_text(read_overlay(kept, places.bank, None).renamed(ALDER).to_json())
    assert find_plan(mine, ALDER, places.bank).path == kept
    if theirs:
        birch = find_plan([other], Team(name="Northside", organisation=theirs), places.bank)
        assert birch.path == other.with_name("b.plan.json")


def test_a_plan_without_organisation_stays_nobodys_once_one_of_two_teams_has_another_name(places: Places) -> None:
    mine = [places.answers("a1.json", "North", "Alder"), places.answers("a2.json", "North", "Alder")]
    theirs = [places.answers("b1.json", "North", "Birch"), places.answers("b2.json", "North", "Birch")]
    kept, birch = places.plan("north.plan.json", "North"), Team(name="North", organisation="Birch")
    for path in mine:
        places.answers(path.name, organisation="Alder")
    for paths, team in ((theirs, birch), (mine, ALDER)):
        place = find_plan(paths, team, places.bank)
        assert (place.path != kept, place.settled, [*place.unused]) == (True, False, [kept])
        with pytest.raises(InputError, match="It is not known if this is the plan of"):
            plan_to_rename(paths, team, places.bank)
    edits = read_overlay(kept, places.bank, None)
    told = may_be_renamed(kept, edits, mine, ALDER)
    assert told is not None
    assert told.told.startswith(f"A team called North has answers in {theirs[0]}. If this was its plan, take the")
    kept.write_text(edits.renamed(ALDER).to_json())
    assert find_plan(mine, ALDER, places.bank).path == kept
    with pytest.raises(InputError, match=r"If the plan is that of North \(Birch\) all the same, take the organisation"):
        may_be_renamed(kept, read_overlay(kept, places.bank, None), theirs, birch)
    kept.write_text(edits.model_copy(update={"team": "Northside"}).to_json())
    assert may_be_renamed(kept, read_overlay(kept, places.bank, None), theirs, birch) is not None


def test_a_plan_of_an_organisation_is_not_that_of_a_team_without_one(places: Places) -> None:
    mine = [places.answers("a1.json"), places.answers("a2.json")]
    kept, usual = places.plan("northside-birch.plan.json", organisation="Birch"), places.folder / "northside.plan.json"
    place = places.find(*mine)
    told = (
        f"{kept} is the plan of Northside (Birch), and these answers name no organisation. So it could be another "
        "team's, and is not used. If it is this team's, write the organisation into the answers."
    )
    assert (place.path, place.settled, place.unused) == (usual, False, {kept: Notice(told)})
    renamed = places.answers("b.json", "New name", "Birch")
    of_new = find_plan([renamed], Team(name="New name", organisation="Birch"), places.bank)
    assert [*of_new.unused] == [kept], "it may be its plan of before"
    places.answers("b.json", organisation="Birch")
    place = places.find(*mine)
    alike = Notice(f"{kept} is about a team of this name in another organisation, so it is not used.")
    assert place == PlanPlace(usual, (alike,))


def test_a_plan_that_is_named_after_a_teams_answers_is_that_teams(places: Places) -> None:
    mine, theirs = places.answers("a.json", organisation="Alder"), places.answers("b.json", organisation="Birch")
    kept = places.plan("a.plan.json")
    assert find_plan([mine], ALDER, places.bank) == PlanPlace(kept)
    assert find_plan([theirs], Team(name="Northside", organisation="Birch"), places.bank) == PlanPlace(
        places.folder / "b.plan.json",
        (Notice(f"{kept} is about a team of this name in another organisation, so it is not used."),),
    )
    places.answers("a.json")
    assert find_plan([mine], ALDER, places.bank) == PlanPlace(kept), "the command, and no file, names the organisation"


def test_a_plan_that_is_named_after_answers_of_two_teams_is_neithers(places: Places) -> None:
    places.answers("a.json", organisation="Alder")
    theirs = places.answers("a.yaml", organisation="Birch")
    kept = places.plan("a.plan.json")
    place = find_plan([theirs], Team(name="Northside", organisation="Birch"), places.bank)
    assert (place.path, place.settled) == (None, False)
    assert place.notices[0].told.startswith(f"{kept} names no organisation")


def test_a_plan_of_two_teams_is_not_used_with_standard_input(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    places.answers("b.json", organisation="Birch")
    kept = places.plan("northside.plan.json")
    monkeypatch.chdir(places.folder)
    place = find_plan([Path("-")], ALDER, places.bank)
    assert (place.path, place.settled) == (None, False)
    notice, _ = place.notices
    assert notice.told.endswith("If it is this team's, name it with --plan.")
    assert notice.command is None
    assert kept.name in notice.told


@pytest.mark.parametrize("other", ["x" * 60 + " West", "X" * 60 + " East", f"{'x' * 60}, East"])
def test_names_that_give_one_file_name_have_a_file_each(places: Places, other: str) -> None:
    east, west = Team(name="x" * 60 + " East"), Team(name=other)
    kept = places.plan(f"{'x' * 60}.plan.json", east.name)
    two = [places.answers("a.json"), places.answers("b.json")]
    assert plan_path(two, east) == kept
    assert plan_path(two, west) == places.folder / f"{'x' * 60}-2.plan.json"
    kept.write_text("{")
    assert plan_path(two, west) == kept, "its reader says what is wrong in it"
