"""Which file holds a team's plan: found beside its answers, and never another team's."""

import json
from pathlib import Path

import pytest

from readiness.assessment.model import Team
from readiness.errors import InputError, Notice
from readiness.plan.edits_file import read_overlay
from readiness.plan.files import PlanFile
from readiness.plan.find import PlanPlace, find_plan, plan_path, plan_to_rename
from readiness.plan.overlay import Overlay
from tests.conftest import DATE
from tests.plan.places import Places

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


@pytest.mark.parametrize("beside", ["[", "[1]", '{"team": 1}', '{"team": {"organisation": 1}}'])
def test_answers_that_can_not_be_read_do_not_hide_a_plan(places: Places, beside: str) -> None:
    (places.folder / "a.json").write_text(beside)
    kept = places.plan("a.plan.json")
    assert places.find(places.answers("b.json")).path == kept


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
    other = places.plan("p.plan.json", organisation="Y" * 300)
    other.write_text(other.read_text().replace("Y" * 300, "Y" * 9_999))
    [said, _] = places.find(places.folder / "n.json").notices
    assert "is the plan of Northside (YYYYY" in said.told
    assert len(said.told) < 600


def test_a_plan_that_can_not_be_read_hides_no_other(places: Places) -> None:
    (places.folder / "a.plan.json").write_text("{")
    kept = places.plan("b.plan.json")
    assert places.find(places.answers("n.json")).path == kept


def test_a_team_whose_name_has_no_letters_still_has_a_file(tmp_path: Path) -> None:
    assert plan_path([tmp_path], Team(name="!!!")) == tmp_path / "team.plan.json"


def test_a_long_name_of_a_team_is_cut_in_the_name_of_its_file(tmp_path: Path) -> None:
    assert plan_path([tmp_path], Team(name="x" * 70)) == tmp_path / f"{'x' * 60}.plan.json"


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


def test_a_plan_that_has_the_name_already_is_found_to_say_so(places: Places) -> None:
    kept = places.plan("elsewhere.plan.json")
    assert plan_to_rename([places.answers("n.json")], Team(name="Northside"), places.bank) == kept


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
