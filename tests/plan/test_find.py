"""Which file holds a team's plan: found beside its answers, and never another team's."""

import json
import random
from pathlib import Path
from time import process_time

import pytest

from readiness.assessment.model import Team
from readiness.errors import Command, InputError, Notice
from readiness.plan.edits_file import read_overlay
from readiness.plan.files import PlanFile
from readiness.plan.find import PlanPlace, find_plan, may_be_renamed, namesake, plan_path, plan_to_rename
from readiness.plan.overlay import Edit, Overlay
from readiness.plan.shelf import PlanShelf
from tests.conftest import DATE, assessment
from tests.small import small_bank

PLACE = Path("answers")


@pytest.mark.parametrize(
    ("paths", "plan"),
    [
        (["a.json"], "a.plan.json"),
        (["x/a.yaml"], "x/a.plan.json"),
        (["answers"], "answers/north-side-plus.plan.json"),
        (["x/a.json", "x/b.json"], "x/north-side-plus.plan.json"),
        (["x/a.json", "y/b.json"], None),
        (["-"], None),
    ],
)
def test_a_plan_stands_beside_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], plan: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    PLACE.mkdir()
    assert plan_path([Path(path) for path in paths], Team(name="North_side PLUS!")) == (Path(plan) if plan else None)


@pytest.fixture
def places(tmp_path: Path) -> "Places":
    return Places(tmp_path)


class Places:
    """A folder of answers about teams, and their plans."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bank").mkdir()
        self.bank = small_bank(folder / "bank", "[{id: a}]")

    def answers(self, name: str, team: str = "Northside", organisation: str | None = None) -> Path:
        told = assessment(self.bank, {"a": 1}, name=team)
        told = told.model_copy(update={"team": Team(name=team, organisation=organisation)})
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(told.to_json())
        return path

    def plan(self, name: str, team: str = "Northside", organisation: str | None = None, *, bare: bool = False) -> Path:
        path = self.folder / name
        edits = Overlay.blank(self.bank, team, organisation).with_numbers(["a-1"])
        path.write_text((edits if bare else edits.with_edit("a-1", Edit(owner="Sam"))).to_json())
        return path

    def find(self, *paths: Path, organisation: str | None = None) -> PlanPlace:
        return find_plan(paths, Team(name="Northside", organisation=organisation), self.bank)


def test_a_plan_is_found_though_the_answers_are_in_a_new_file(places: Places) -> None:
    old, new = places.answers("2026-10.json"), places.answers("2026-11.json")
    kept = places.plan("2026-10.plan.json")
    assert places.find(old) == PlanPlace(kept)
    for paths in ([new], [places.folder], [old, new]):
        found = places.find(*paths)
        told = f"{kept} holds the edits of this team's plan. It is used, and changes are saved in it."
        assert found == PlanPlace(kept, (Notice(told),))


@pytest.mark.parametrize("name", [".a.plan.json.icloud", "a.plan.json.part"])
def test_a_plan_that_has_not_come_whole_is_not_done_without(places: Places, name: str) -> None:
    answers = places.answers("a.json")
    places.plan(name)
    with pytest.raises(InputError, match="has not been downloaded whole"):
        places.find(answers)
    places.plan("a.plan.json")
    assert places.find(answers) == PlanPlace(answers.with_name("a.plan.json"))


def test_a_plan_is_found_for_answers_of_several_folders_and_said_for_standard_input(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [places.answers("x/a.json"), places.answers("y/a.json")]
    assert places.find(*paths) == PlanPlace(None)
    kept = places.plan("y/northside.plan.json")
    assert places.find(*paths).path == kept
    monkeypatch.chdir(kept.parent)
    place = places.find(Path("-"))
    assert place.path is None
    assert (
        "northside.plan.json holds edits of this team's plan. They are not used with standard input"
        in place.notices[0].told
    )


def test_a_plan_that_a_person_names_is_used_and_must_be_there(places: Places) -> None:
    new = places.answers("n.json")
    places.plan("n.plan.json")
    chosen = places.plan("elsewhere.plan.json")
    team = Team(name="Northside")
    assert find_plan([new], team, places.bank, named=chosen) == PlanPlace(chosen)
    with pytest.raises(InputError, match=r"nowhere: There is no such plan\. Check the name\."):
        find_plan([new], team, places.bank, named=Path("nowhere"))


def test_without_a_place_there_are_no_edits_and_none_can_be_kept(places: Places) -> None:
    kept = places.plan("n.plan.json")
    assert PlanPlace(kept).file == kept
    assert PlanPlace(kept).edits(places.bank, Team(name="Northside")) == read_overlay(
        kept, places.bank, Team(name="Northside")
    )
    assert PlanPlace(None).edits(places.bank, Team(name="Northside")) == Overlay.blank(places.bank, "Northside")
    with pytest.raises(InputError, match="There is no one place to keep your edits in for these answers"):
        _ = PlanPlace(None).file


def test_where_there_are_several_plans_of_a_team_one_must_be_named(places: Places) -> None:
    new = places.answers("2026-12.json")
    first, second = places.plan("2026-10.plan.json"), places.plan("2026-11.plan.json")
    with pytest.raises(InputError, match="There are several plans of Northside") as refused:
        places.find(new)
    assert str(refused.value) == (
        f"There are several plans of Northside: {first}, {second}."
        " Name the one you want with --plan, and put the others elsewhere."
    )
    usual = places.plan("2026-12.plan.json")
    place = places.find(new)
    assert place.path == usual
    assert f"There are more plans of this team: {first}, {second}." in place.notices[0].told


def test_the_plan_of_an_earlier_date_is_not_one_more_plan_of_the_team(places: Places) -> None:
    now, then = places.answers("n.json"), places.answers("n.2026-10-14.json")
    then.write_text(then.read_text().replace(str(DATE), "2026-01-14"))
    usual, earlier = places.plan("n.plan.json"), places.plan("n.2026-10-14.plan.json")
    assert places.find(now) == PlanPlace(usual)
    assert places.find(then).path == earlier


def test_a_plan_of_another_team_is_never_used(places: Places) -> None:
    new = places.answers("n.json")
    places.answers("s.json", "Southside")
    places.plan("south.plan.json", "Southside")
    (places.folder / "other.plan.json").write_text(
        json.dumps({"schema": 1, "bank": {"id": "other"}, "team": "Northside", "actions": {}})
    )
    assert places.find(new) == PlanPlace(places.folder / "n.plan.json")


@pytest.mark.parametrize(
    ("theirs", "ours", "used"),
    [("X", "Y", False), ("X", "X", True), (None, None, True), ("X", None, False)],
)
def test_a_plan_of_a_team_of_the_same_name_elsewhere_is_not_used(
    places: Places, theirs: str | None, ours: str | None, *, used: bool
) -> None:
    places.answers("a.json", organisation=theirs)
    kept = places.plan("a.plan.json")
    place = places.find(places.answers("b.json", organisation=ours), organisation=ours)
    assert place.path == (kept if used else places.folder / "b.plan.json")
    assert used or "in another organisation, so it is not used" in place.notices[0].told


def test_the_plan_of_a_folder_is_found_whatever_the_organisation_is_called(places: Places) -> None:
    kept = places.plan("old-name-of-the-file.plan.json")
    assert places.find(places.answers("b.json", organisation="Y"), organisation="Y").path == kept


@pytest.mark.parametrize("beside", ["[", "[1]", '{"team": 1}', '{"team": {"organisation": 1}}'])
def test_answers_that_can_not_be_read_do_not_hide_a_plan(places: Places, beside: str) -> None:
    (places.folder / "a.json").write_text(beside)
    kept = places.plan("a.plan.json")
    assert places.find(places.answers("b.json", organisation="Y"), organisation="Y").path == kept


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[]", "{}", '{"team": "Northside", "bank": 1}', "[" * 100_000),
        '{"team": [["\\ud800"]], "bank": {"id": "small"}}',
        '{"team": "Northside", "bank": {"id": ["small"]}}',
    ],
)
def test_a_plan_that_can_not_be_read_is_said(places: Places, text: str) -> None:
    (places.folder / "old.plan.json").write_text(text)
    place = places.find(places.answers("n.json"))
    assert place.path == places.folder / "n.plan.json"
    assert "old.plan.json can't be read, so it is not known whose plan it is" in place.notices[0].told


def test_of_a_long_name_in_a_plan_or_answers_the_start_is_told(places: Places) -> None:
    places.plan("old.plan.json").write_text(json.dumps({"team": "Northside" * 9_999, "bank": {"id": "small"}}))
    [told] = places.find(places.answers("n.json")).notices
    assert "old.plan.json is about NorthsideNorthside" in told.told
    assert len(told.told) < 400
    (places.folder / "old.plan.json").unlink()
    places.answers("m.json", organisation="Y" * 300)
    other = places.folder / "m.json"
    other.write_text(other.read_text().replace("Y" * 300, "Y" * 9_999))
    places.plan("p.plan.json")
    [said, *_] = places.find(places.answers("n.json", organisation="Z"), organisation="Z").notices
    assert "or of Northside (YYYYY" in said.told
    assert len(said.told) < 600


def test_a_plan_that_can_not_be_read_hides_no_other(places: Places) -> None:
    (places.folder / "a.plan.json").write_text("{")
    kept = places.plan("b.plan.json")
    assert places.find(places.answers("n.json")).path == kept


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


def test_a_team_whose_name_has_no_letters_still_has_a_file(tmp_path: Path) -> None:
    assert plan_path([tmp_path], Team(name="!!!")) == tmp_path / "team.plan.json"


def test_a_long_name_of_a_team_is_cut_in_the_name_of_its_file(tmp_path: Path) -> None:
    assert plan_path([tmp_path], Team(name="x" * 70)) == tmp_path / f"{'x' * 60}.plan.json"


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
        assert "names no organisation, so it could be the plan of" in first.told
        assert rest.told.endswith(" and others name no organisation, either, and are not used.")
        assert waiting.told.startswith("Until it is known whose plan that is")
    stranger = find_plan(
        [places.answers("n.json", name, "None of these")], Team(name=name, organisation="None of these"), places.bank
    )
    told = [notice.told for notice in stranger.notices]
    assert (len(told), "and others" in told[5]) == (6 if named else 7, True)


KNOWN = ("Alder", "Birch", None)


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_is_found_if_it_could_be_of_no_other_team(places: Places, seed: int) -> None:
    drawn = random.Random(seed)
    answers = {nth: drawn.choice(KNOWN) for nth in range(6) if drawn.randrange(2)}
    paths = {nth: places.answers(f"{nth}.json", organisation=of) for nth, of in answers.items()}
    plans = {nth: drawn.choice((*KNOWN, None)) for nth in range(6) if drawn.randrange(3)}
    files = {nth: places.plan(f"{nth}.plan.json", organisation=of) for nth, of in plans.items()}
    for organisation in KNOWN:
        own = [nth for nth in answers if drawn.randrange(2)]
        another = any(of != organisation and nth not in own for nth, of in answers.items())
        whose = {nth: of or answers.get(nth) for nth, of in plans.items()}
        sure = [nth for nth, of in whose.items() if (of is None) == (organisation is None) or nth in own]
        found = [nth for nth, of in whose.items() if organisation in (of, None) or of is None]
        mine = [nth for nth in found if nth in sure or not another]
        shelf, folders, team = PlanShelf(), [places.folder], Team(name="Northside", organisation=organisation)
        given = [paths[nth] for nth in own]
        assert [plan.path for plan in shelf.of(folders, places.bank, team, given)] == [files[nth] for nth in mine]
        nobodys = [files[nth] for nth in found if nth not in mine and organisation]
        assert [plan.path for plan, *_ in shelf.unclaimed(folders, places.bank, team, given)] == nobodys
        asked = [path for path in files.values() if shelf.is_unclaimed(path, folders, places.bank, team, given)]
        assert asked == nobodys


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


ALDER = Team(name="Northside", organisation="Alder")


@pytest.mark.parametrize("theirs", ["Birch", None])
def test_a_plan_that_could_be_of_two_teams_is_nobodys_until_somebody_says_whose(
    places: Places, theirs: str | None
) -> None:
    mine = [places.answers("a1.json", organisation="Alder"), places.answers("a2.json", organisation="Alder")]
    other = places.answers("b.json", organisation=theirs)
    kept = places.plan("northside.plan.json")
    place = find_plan(mine, ALDER, places.bank)
    them = "Northside (Birch)" if theirs else "Northside"
    told = (
        f"{kept} names no organisation, so it could be the plan of Northside (Alder), or of {them}, whose answers are "
        f"in {other}. It is not used. If it is the plan of Northside (Alder), write the organisation into it"
    )
    rename = Command("plan rename", tuple(map(str, mine)), ("--plan", str(kept)))
    usual = places.folder / "northside-alder.plan.json"
    waiting = Notice("Until it is known whose plan that is, no numbers of actions are saved.")
    unused = {kept: Notice(told, rename)}
    assert place == PlanPlace(usual, (waiting,), settled=False, unused=unused)
    assert place.notices == (Notice(told, rename), waiting)
    assert namesake(mine, ALDER) == (other, Team.model_construct(name="Northside", organisation=theirs))
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
        assert birch.path == places.folder / "b.plan.json"


def test_a_plan_is_a_teams_if_only_its_own_answers_have_the_name(places: Places) -> None:
    mine = [places.answers("a1.json", organisation="Alder"), places.answers("a2.json")]
    kept = places.plan("northside.plan.json")
    assert find_plan(mine, ALDER, places.bank).path == kept, "a batch has counted the second one's answers with these"
    assert namesake(mine, ALDER) is None


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
    assert notice.told.endswith("If it is the plan of Northside (Alder), name it with --plan.")
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


def test_a_plan_learns_the_organisation_of_its_answers_and_keeps_it(places: Places) -> None:
    kept = places.plan("n.plan.json")
    of_x = read_overlay(kept, places.bank, Team(name="Northside", organisation="X"))
    assert of_x.organisation == "X"
    with PlanFile(kept) as file:
        saved = file.save(of_x)
    assert read_overlay(kept, places.bank, Team(name="Northside")) == saved
    answers = places.answers("elsewhere.json")
    assert places.find(answers, organisation="X").path == kept
    assert places.find(answers, organisation="Y").path == places.folder / "elsewhere.plan.json"


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


def test_a_plan_that_has_the_name_already_is_found_to_say_so(places: Places) -> None:
    kept = places.plan("elsewhere.plan.json")
    assert plan_to_rename([places.answers("n.json")], Team(name="Northside"), places.bank) == kept


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


def test_a_plan_keeps_its_own_id_whatever_its_team_is_called(places: Places) -> None:
    by_hand = places.plan("by-hand.plan.json", "Old name")
    was = read_overlay(by_hand, places.bank, Team(name="Old name")).known_as
    with PlanFile(by_hand) as file:
        saved = file.save(read_overlay(by_hand, places.bank, None).renamed(Team(name="Northside")))
    assert saved.id == saved.known_as == was
    assert read_overlay(by_hand, places.bank, Team(name="Northside")) == saved
    with PlanFile(places.folder / "new.plan.json") as file:
        first = file.save(Overlay.blank(places.bank, "Northside"))
        assert first.id is not None
        assert first.id != Overlay.blank(places.bank, "Northside").known_as
        assert file.save(first).id == first.id


def test_a_plan_written_by_hand_goes_on_under_the_id_it_went_by(places: Places) -> None:
    by_hand = places.plan("by-hand.plan.json")
    was = read_overlay(by_hand, places.bank, Team(name="Northside"))
    with PlanFile(by_hand) as file:
        assert (was.id, file.save(was).id) == (None, was.known_as)


def test_spaces_in_a_name_make_no_other_team(places: Places) -> None:
    kept = places.plan("n.plan.json", "North  side ")
    assert read_overlay(kept, places.bank, Team(name="North side")).team == "North  side "
