"""Earlier answers are kept beside today's, and nothing is overwritten."""

import datetime as dt
import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from readiness.assessment.earlier import day_in_name, earlier_copies, is_earlier, keep_earlier, keep_original_plan
from readiness.assessment.endings import ENDINGS
from readiness.assessment.folder_files import folder_files, without_copies

DAY = dt.date(2026, 10, 14)
UNREAD = ("soon", 20261014)
ANN, BEN = "a" * 16, "b" * 16


def save(path: Path, date: str, team: str = "Northside", revision: int = 0, **more: object) -> Path:
    """Save answers of the date; ``more`` is the respondent's, but for who was present."""
    present = {"present": more.pop("present")} if "present" in more else {}
    data = {"team": {"name": team}, "respondent": more, "date": date, "revision": revision, **present}
    path.write_text(json.dumps(data, indent="\t"), encoding="utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "my-service.json"
    file.write_text("then", encoding="utf-8")
    return file


def test_answers_and_their_plan_are_kept_under_their_date(answers: Path) -> None:
    plan = answers.with_name("my-service.plan.json")
    plan.write_text("the plan then", encoding="utf-8")
    copy = keep_earlier(answers, DAY, plan)
    assert copy == answers.with_name("my-service.2026-10-14.json")
    assert copy.read_text("utf-8") == "then"
    assert answers.with_name("my-service.2026-10-14.plan.json").read_text("utf-8") == "the plan then"
    assert (answers.read_text("utf-8"), plan.read_text("utf-8")) == ("then", "the plan then")


def test_a_second_copy_of_one_day_overwrites_none(answers: Path) -> None:
    first = keep_earlier(answers, DAY, answers.with_name("no.plan.json"))
    answers.write_text("later that day", encoding="utf-8")
    second = keep_earlier(answers, DAY, None)
    assert [path.name for path in (first, second)] == ["my-service.2026-10-14.json", "my-service.2026-10-14-2.json"]
    assert first.read_text("utf-8") == "then"
    assert earlier_copies([answers]) == [(first, second)], "their reader says that they can't be read"
    assert len([*answers.parent.iterdir()]) == 3


def test_a_day_has_as_many_copies_as_are_wanted(answers: Path) -> None:
    for nth in ("", *(f"-{number}" for number in range(2, 1_001))):
        answers.with_name(f"my-service.2026-10-14{nth}.json").touch()
    assert keep_earlier(answers, DAY, None).name == "my-service.2026-10-14-1001.json"


def test_the_original_of_answers_carried_over_is_not_of_another_time(answers: Path) -> None:
    again = save(answers.with_name("my-service.2026-10-14.json"), "2026-10-14")
    original = keep_earlier(save(answers, "2026-10-14", revision=1), DAY, None, original=True)
    save(answers, "2026-11-22", revision=2)
    assert original.name == "my-service.2026-10-14-original.json"
    assert is_earlier(original)
    assert earlier_copies([answers]) == [(again,)]
    assert earlier_copies([answers], originals=True) == [(original, again)]


def test_the_plan_of_a_folder_is_kept_beside_itself_and_is_no_plan_of_today(answers: Path) -> None:
    plan = answers.with_name("northside.plan.json")
    plan.write_text("the plan then", encoding="utf-8")
    first, second = (keep_original_plan(plan, DAY) for _ in range(2))
    assert [first.name, second.name] == [f"northside.2026-10-14-original{nth}.plan.json" for nth in ("", "-2")]
    assert first.read_text("utf-8") == "the plan then"
    assert is_earlier(first)
    assert not is_earlier(plan)
    assert not is_earlier(answers.with_name("northside.2026-10-14.json")), "answers are no copy of a plan"


def test_a_plan_of_that_day_is_not_overwritten_either(answers: Path) -> None:
    other = answers.with_name("my-service.2026-10-14.plan.json")
    other.write_text("another", encoding="utf-8")
    assert keep_earlier(answers, DAY, answers).name == "my-service.2026-10-14-2.json"
    assert other.read_text("utf-8") == "another"


def test_copies_are_found_oldest_first_and_no_others(answers: Path) -> None:
    save(answers, "2026-11-22")
    names = ["my-service.2026-10-14-10.json", "my-service.2026-10-14-9.yaml", "my-service.2025-01-02.json"]
    for name in (*names, "other.2026-10-14.json", "my-service.2026-10-14.csv", "my-service.then.json"):
        save(answers.with_name(name), "2026-10-14")
    assert [path.name for path in earlier_copies([answers])[0]] == names[::-1]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("my-service.2026-10-14.json", True),
        ("my-service.2026-10-14-2.json", True),
        ("my-service.2026-10-14.plan.json", True),
        ("my-service.json", False),
        ("my-service.plan.json", False),
        ("other.2026-10-14.json", False),
        ("my-service.2026-10-14.csv", False),
    ],
)
def test_an_earlier_copy_is_one_whose_answers_of_today_are_beside_it(answers: Path, name: str, found: bool) -> None:  # noqa: FBT001
    save(answers.with_name(name), "2026-10-14")
    save(answers, "2026-11-22")
    assert is_earlier(answers.with_name(name)) is found


@pytest.mark.parametrize(
    ("then", "now", "earlier"),
    [
        ({"id": ANN, "role": "manager"}, {"id": ANN, "role": "other"}, True),
        ({"id": ANN}, {"id": BEN}, False),
        ({"role": "manager"}, {"role": "manager", "id": ANN}, True),
        ({"role": "manager"}, {"role": "peer-worker"}, False),
        ({"team": "Southside"}, {}, False),
        ({"present": {}}, {"present": {}}, True),
        ({"present": {}}, {}, False),
        ({"date": "2026-11-22"}, {}, False),
        ({"date": "2026-11-22"}, {"revision": 1}, True),
        ({"date": "2026-11-23"}, {"revision": 1}, False),
        ({"date": "soon"}, {}, False),
        ({"date": 20261014}, {}, False),
    ],
)
@pytest.mark.parametrize(("name", "todays"), [("a.2026-10-14.json", "a.yaml"), ("a.2026-10-14.JSON", "a.JSON")])
def test_a_copy_is_of_the_same_respondent_and_older(
    tmp_path: Path, then: dict[str, Any], now: dict[str, Any], name: str, todays: str, *, earlier: bool
) -> None:
    """Somebody else's answers can have a copy's name: left out, they would be lost without a word."""
    copy = save(tmp_path / name, **{"date": "2026-10-14", **then})
    answers = save(tmp_path / todays, **{"date": "2026-11-22", **now})
    assert is_earlier(copy) is earlier
    assert folder_files(tmp_path, ENDINGS).files == ((answers,) if earlier else (copy, answers))
    assert earlier_copies([answers, copy])[1] == ()
    assert earlier_copies([answers])[0] == ((copy,) if earlier or then.get("date") in UNREAD else ())


@pytest.mark.parametrize("who", [{"id": ANN}, {"role": "manager"}])
def test_a_copy_dated_in_the_future_is_the_earlier_if_it_was_saved_less_often(
    tmp_path: Path, who: dict[str, str]
) -> None:
    """The clock of the computer that saved it was wrong; its name has the date that it says itself."""
    copy = save(tmp_path / "a.2027-12-01.json", "2027-12-01", revision=7, **who)
    answers = save(tmp_path / "a.json", "2026-11-30", revision=8, **who)
    assert is_earlier(copy)
    assert not is_earlier(answers)
    assert folder_files(tmp_path, ENDINGS).files == (answers,)
    assert earlier_copies([answers]) == [(copy,)]
    for date, revision in (("2027-12-01", 8), ("2027-12-02", 7)):
        save(copy, date, revision=revision, **who)
        assert not is_earlier(copy)
        assert earlier_copies([answers]) == [()]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("a.2026-10-14.json", "2026-10-14"),
        ("a.2026-10-14-2.yaml", "2026-10-14"),
        ("a.json", ""),
        ("a-2026-10-14.json", ""),
    ],
)
def test_the_name_of_a_copy_tells_its_day(name: str, day: str) -> None:
    assert day_in_name(Path(name)) == day


def test_the_plan_of_answers_that_are_no_copy_is_none_either(tmp_path: Path) -> None:
    save(tmp_path / "a.json", "2026-11-22", id=ANN)
    own, plan = tmp_path / "a.2026-10-14.json", tmp_path / "a.2026-10-14.plan.json"
    save(own, "2026-10-14", id=ANN)
    assert is_earlier(plan)
    save(own, "2026-10-14", id=BEN)
    assert not is_earlier(plan)


def test_a_copy_of_answers_that_are_gone_does_not_count_in_their_place(tmp_path: Path) -> None:
    """Whoever withdraws has their own file taken out, and may not know of the copy."""
    ann, copy = tmp_path / "ann.json", save(tmp_path / "ann.2026-10-14-2.json", "2026-10-14", id=ANN)
    plan = tmp_path / "ann.2026-10-14-2.plan.json"
    ben = save(tmp_path / "ben.json", "2026-11-22", id=BEN)
    save(ann, "2026-11-22", id=ANN)
    assert folder_files(tmp_path, ENDINGS).left_out == ()
    ann.unlink()
    found = folder_files(tmp_path, ENDINGS)
    assert found.files == (ben,)
    [told] = map(str, found.left_out)
    assert told.startswith(f"{copy}: This is named as an earlier copy of ann.json, which is not here")
    assert told.endswith("If this person withdrew, delete the copy. Otherwise name it ann.json.")
    assert is_earlier(plan)
    assert without_copies([ben, copy]) == ([ben], [*found.left_out])
    today = save(tmp_path / "ann.json", "2026-11-22", id=ANN)
    kept, [problem] = without_copies([today, ben, copy])
    assert kept == [today, ben]
    assert str(problem).startswith(
        f"{copy}: This is an earlier copy of answers that are here too, and was not counted."
    )
    assert without_copies([ben, copy], {ben}) == ([ben, copy], [])
    today.unlink()
    copy.rename(ann)
    assert folder_files(tmp_path, ENDINGS).files == (ann, ben)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("export_2026-01-05.json", "2026-01-05"),
        ("export-2026-01-05.json", "2026-01-05"),
        ("export.2026-01-05.json", "2026-01-04"),
        ("export.2026-01-05.json", "soon"),
        ("2026-01-05.json", "2026-01-05"),
    ],
)
def test_answers_with_another_date_in_their_name_are_no_copy_of_others(tmp_path: Path, name: str, date: str) -> None:
    files = save(tmp_path / "ben.json", "2026-11-22", id=BEN), save(tmp_path / name, date, id=ANN)
    found = folder_files(tmp_path, ENDINGS)
    assert (set(found.files), found.left_out) == (set(files), ())


def test_in_a_folder_in_which_all_answers_are_named_by_date_they_count(tmp_path: Path) -> None:
    for name in (".hidden.json", "ann.plan.json", "table.csv"):
        (tmp_path / name).touch()
    ann = [
        save(tmp_path / f"ann.{day}{nth}.json", day, id=ANN)
        for day, nth in (("2026-01-05", ""), ("2026-01-05", "-2"), ("2026-11-22", ""))
    ]
    plan = tmp_path / "ann.2026-01-05.plan.json"
    assert folder_files(tmp_path, ENDINGS).files == (), "all that is left of one person"
    assert is_earlier(plan)
    ben = save(tmp_path / "ben.2026-01-05.json", "2026-01-05", id=BEN)
    assert set(folder_files(tmp_path, ENDINGS).files) == {*ann, ben}
    assert not is_earlier(plan)


def test_a_folder_is_read_without_earlier_copies_and_says_nothing_of_them(answers: Path) -> None:
    keep_earlier(save(answers, "2026-10-14"), DAY, None)
    save(answers, "2026-10-14", revision=1)
    inside = folder_files(answers.parent, ENDINGS)
    assert (inside.files, inside.left_out) == ((answers,), ())


def test_a_folder_of_thousands_is_read_once(tmp_path: Path) -> None:
    now = [tmp_path / f"{nth}.json" for nth in range(2_000)]
    for path in now:
        path.touch()
    copy = save(tmp_path / "7.2026-10-14.json", "2026-10-14")
    save(now[7], "2026-11-22")
    began = process_time()
    found = earlier_copies(now)
    assert process_time() - began < 1
    assert [(at, *copies) for at, copies in enumerate(found) if copies] == [(7, copy)]


def test_a_large_file_with_many_copies_is_read_once(tmp_path: Path) -> None:
    now = save(tmp_path / "a.json", "2027-01-31")
    now.write_text(now.read_text("utf-8").replace("{", '{"notes": ' + json.dumps(["a"] * 20_000) + ", ", 1), "utf-8")
    copies = [
        save(tmp_path / f"a.2026-10-{day:02}-{nth}.json", f"2026-10-{day:02}")
        for day in range(1, 31)
        for nth in range(2, 6)
    ]
    began = process_time()
    assert earlier_copies([now]) == [tuple(sorted(copies))]
    assert process_time() - began < 3
    save(now, "2026-09-30")  # it is looked at again
    assert earlier_copies([now]) == [()]
