"""The workshop, without a terminal: what each line does at each sort of step."""

from pathlib import Path

import pytest

from readiness.assessment.store import GroupFile
from readiness.bank.model import Bank
from readiness.interview.asked import Asking, Ending
from readiness.interview.workshop import begin_workshop
from tests.assessment.groups import hands
from tests.conftest import DATE, bank_from
from tests.interview.conftest import NO_ROLES
from tests.interview.rooms import counted_of, group_of, in_room, place, shown, told
from tests.small import small_bank

# --- before the first question ---


def test_the_steps_come_in_order(small: Bank) -> None:
    at = [begin_workshop(small, DATE, None)]
    for line in ("Northside", "Trust", "1", "2 3 0", "y", "s", "s", "s", ""):
        at.append(told(at[-1], line))
    before = ["name", "organisation", "profile", "present", "by-role"]
    assert [place(one) for one in at] == [*before, "lift-there", "wall-gone", "wall-door", "review", "offer"]
    assert (group_of(at[-1]).team.name, group_of(at[-1]).team.organisation) == ("Northside", "Trust")
    assert group_of(at[-1]).present == {"porter": 2, "lift-user": 3}


def test_each_step_shows_what_it_asks_and_what_was_said(bank: Bank) -> None:
    lines = ("Northside", "Trust", "1", "2", "1", "2", "1 4 3 0 0 0 1", "y")
    workshop = told(begin_workshop(bank, DATE, None), *lines)
    seen = [shown(workshop)]
    while workshop.at:
        workshop = told(workshop, "b")
        seen.append(shown(workshop))
        assert told(workshop, "").at == workshop.at + 1
    for words in (
        "question 1 of 26",
        "You said: yes.",
        "7. None of these, or would rather not say: 1",
        "About the service: 4 of 4",
        "Introducing: the first Peer Workers have started (your answer)",
        "Choose the one that fits best.",
        "Trust (press Enter to keep it)",
        "26 to 28 questions",
    ):
        assert any(words in one for one in seen), words


def test_the_first_screen_says_what_the_main_words_mean(bank: Bank) -> None:
    assert bank.texts.terms
    assert bank.texts.terms in shown(begin_workshop(bank, DATE, None))


def test_the_first_question_says_how_to_choose(bank: Bank) -> None:
    workshop = told(begin_workshop(bank, DATE, None), "Northside", "", "1", "2", "1", "2", "1 1 3 0 0 0", "n")
    assert bank.texts.choosing
    assert [bank.texts.choosing in shown(told(workshop, *lines)) for lines in ([], ["s"])] == [True, False]


def test_privacy_is_told_before_anything_is_asked(small: Bank) -> None:
    text = shown(begin_workshop(small, DATE, None))
    assert "all in the room see who holds up what" in text
    assert "those who have the file can read it" in text


@pytest.mark.parametrize(("lines", "at"), [([""], "name"), (["s"], "name"), (["x" * 301], "name"), (["7"], "name")])
def test_without_a_name_nothing_is_kept(small: Bank, lines: list[str], at: str) -> None:
    workshop = told(begin_workshop(small, DATE, None), *lines)
    assert (workshop.group, place(workshop)) == (None, at)
    assert workshop.told


def test_a_short_name_is_typed_twice(small: Bank) -> None:
    assert group_of(told(begin_workshop(small, DATE, None), "7", "7")).team.name == "7"
    assert group_of(told(begin_workshop(small, DATE, None), "Ward", "7", "7")).team.organisation == "7"


def test_names_can_be_changed_and_kept(small: Bank) -> None:
    workshop = told(in_room(small), "b", "b", "b", "b", "b", "")
    assert place(workshop) == "organisation"
    assert "Northside" in shown(told(workshop, "b"))
    changed = group_of(told(workshop, "Trust", "b", "b", "Southside"))
    assert (changed.team.name, changed.team.organisation) == ("Southside", "Trust")
    assert changed.team.profile == {"stage": "planning"}
    assert "too long" in told(workshop, "x" * 301).told[0]


@pytest.mark.parametrize(
    ("line", "present"),
    [
        ("2 3 0", {"porter": 2, "lift-user": 3}),
        ("2 3", {"porter": 2, "lift-user": 3}),
        ("0, 3, 4", {"lift-user": 3, "not-said": 4}),
        ("2=5", {"lift-user": 5}),
        ("1=1 3=1", {"porter": 1, "not-said": 1}),
    ],
)
def test_who_is_here_is_typed_by_role(small: Bank, line: str, present: dict[str, int]) -> None:
    assert group_of(in_room(small, present=line)).present == present


@pytest.mark.parametrize("line", ["", "9", "a b c", "1 2 3 4", "4=1", "2=x", "s", "1 0 0"])
def test_without_a_number_for_each_role_nobody_is_here(small: Bank, line: str) -> None:
    workshop = told(begin_workshop(small, DATE, None), "Northside", "", "1", line)
    assert (place(workshop), workshop.present) == ("present", {})
    assert workshop.told


def test_a_bank_without_roles_asks_for_one_number(tmp_path_factory: pytest.TempPathFactory) -> None:
    bank = bank_from(tmp_path_factory.mktemp("no-roles"), NO_ROLES)
    workshop = told(begin_workshop(bank, DATE, None), "Northside", "", "1")
    assert "how many people are here" in told(workshop, "1 2").told[0]
    there = told(workshop, "9", "n", "9 0 0")
    assert group_of(there).present == {"not-said": 9}
    assert counted_of(there, "lift-there").shows[0].together == hands([9], 3)
    assert "9 (press Enter to keep it)" in shown(told(there, "who"))


AT_MOST = "A group has at most 10,000 people. Those who were here at other questions count too."


def test_more_people_than_a_file_takes_are_not_taken(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]", roles=f"[{', '.join('abcdefghijk')}]")
    workshop = told(begin_workshop(bank, DATE, None), "Northside", "", "999 " * 11)
    assert (workshop.told, workshop.present) == ((f"{AT_MOST} q quits.",), {})
    assert sum(told(workshop, "900 " * 11).present.values()) == 9_900


def test_nor_are_they_if_others_were_here_at_the_question_before(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]", roles=f"[{', '.join('abcdefghijk')}]")
    first = f"{'999 ' * 6}{'0 ' * 5}"
    workshop = told(begin_workshop(bank, DATE, None), "Northside", "", first, "n", "5994 0 0 0 0")
    assert counted_of(workshop, "a").shows
    workshop = told(workshop, "who", f"{'0 ' * 6}{'999 ' * 5}")
    assert workshop.told == (f"{AT_MOST} q quits.",)
    workshop = told(workshop, f"{'0 ' * 6}{'801 ' * 5}", "", "4005 0 0 0 0")
    with GroupFile(tmp_path / "w.json") as file:
        assert sum(file.save(group_of(workshop)).people.values()) == 5_994 + 4_005


def test_one_person_of_a_role_is_told_before_they_agree(small: Bank) -> None:
    text = shown(told(begin_workshop(small, DATE, None), "Northside", "", "1", "1 3 1"))
    assert "Only one person is here as: Porter." in text
    assert "Only one person" not in shown(told(begin_workshop(small, DATE, None), "Northside", "", "1", "2 3 1"))


def test_how_to_count_is_yes_or_no(small: Bank) -> None:
    workshop = told(begin_workshop(small, DATE, None), "Northside", "", "1", "2 3 0")
    for line in ("", "x", "s"):
        assert place(told(workshop, line)) == "by-role"
    assert [group_of(told(workshop, line)).by_role for line in ("y", "no")] == [True, False]
    assert "You said: no." in shown(told(workshop, "n", "b"))
    assert place(told(workshop, "n", "b", "")) == "lift-there"


# --- counting ---


def test_hands_are_counted_role_by_role_and_kept_when_all_are(small: Bank) -> None:
    workshop = told(in_room(small), "1 1 0")
    assert group_of(workshop).responses == {}
    assert "Porters (2): 1 held up 1 and 1 held up 2." in shown(workshop)
    assert shown(workshop).endswith("Lift users (3)> ")
    counted = told(workshop, "0 0 2 d1")
    (show,) = counted_of(counted, "lift-there").shows
    assert show.by_role == {"porter": hands([1, 1], 3), "lift-user": hands([0, 0, 2, 1], 3)}
    assert show.here == {"porter": 2, "lift-user": 3}
    assert place(counted) == "lift-there"
    assert "Lift users: 2 held up 3 and 1 does not know." in shown(counted)
    assert "Note: Why" in shown(told(counted, "e Why"))
    assert place(told(counted, "")) == "wall-gone"


def test_those_who_would_rather_not_say_are_counted_last(small: Bank) -> None:
    workshop = told(in_room(small, present="1 1 2"), "2", "1")
    assert shown(workshop).endswith("All others (2)> ")
    assert "All others: 2 do not know." in shown(told(workshop, "d"))


def test_a_role_can_be_named_by_its_number(small: Bank) -> None:
    in_order, other = told(in_room(small), "1 1 0", "0 3 0"), told(in_room(small), "2: 0 3 0", "1 1 0")
    assert group_of(in_order) == group_of(other)
    again = told(in_room(small), "1 1 0", "1: =3", "0 3 0")
    assert counted_of(again, "lift-there").shows[0].total == hands([0, 3, 2], 3)


def test_all_hands_are_counted_together_if_the_group_wants_it(small: Bank) -> None:
    workshop = in_room(small, by_role="n")
    assert shown(workshop).endswith("Everybody (5)> ")
    show = counted_of(told(workshop, "1 4 0"), "lift-there").shows[0]
    assert (show.together, show.by_role) == (hands([1, 4], 3), None)


def test_one_question_can_be_counted_the_other_way(small: Bank) -> None:
    workshop = told(in_room(small), "t", "1 4 0", "", "1 1", "3 0")
    assert counted_of(workshop, "lift-there").shows[0].by_role is None
    assert counted_of(workshop, "wall-gone").shows[0].by_role is not None


def test_hands_that_are_missing_are_asked_for_and_can_be_left(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "1 1 0")
    assert workshop.told[0] == "You typed 2 hands; 5 people are here. 3 more?"
    assert group_of(workshop).responses == {}
    left = counted_of(told(workshop, ""), "lift-there").shows[0]
    assert (left.total.people, left.silent) == (2, 3)
    assert counted_of(told(workshop, "1 4 0"), "lift-there").shows[0].silent == 0
    assert told(workshop, "b").counting == told(workshop, "9 9 9").counting
    assert "Please type the counts" in told(workshop, "b", "").told[0]


def test_more_hands_than_people_are_no_count(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "4 4 0")
    assert workshop.told[0].startswith("You typed 8 hands, but 5 people are here.")
    assert group_of(told(workshop, "")).responses == {}


def test_a_second_show_of_hands_is_kept_beside_the_first_and_counts(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "1 1 3", "a", "0 5 0")
    first, second = counted_of(workshop, "lift-there").shows
    assert (first.total, second.total) == (hands([1, 1, 3], 3), hands([0, 5], 3))
    text = shown(workshop)
    assert "show of hands 2" in text
    assert "Before: 1 held up 1, 1 held up 2 and 3 held up 3. The middle answer moves from 3 to 2." in text
    assert "The middle answer stays at 2." in shown(told(workshop, "a", "0 4 1"))
    assert shown(told(workshop, "a", "d")).count("middle answer") == 0


def test_a_count_can_be_corrected(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "1 1 3", "c")
    assert "show of hands 2" not in shown(workshop)
    (show,) = counted_of(told(workshop, "0 5 0"), "lift-there").shows
    assert show.total == hands([0, 5], 3)


@pytest.mark.parametrize("keys", [("a", ""), ("c", "b"), ("a", "b")])
def test_counting_again_can_be_left(small: Bank, keys: tuple[str, ...]) -> None:
    workshop = told(in_room(small, by_role="n"), "1 1 3")
    assert group_of(told(workshop, *keys)) == group_of(workshop)
    assert told(workshop, *keys).is_counted


def test_b_takes_back_one_role_after_the_other(small: Bank) -> None:
    workshop = told(in_room(small), "1 1 0", "b")
    assert (workshop.count.done, place(workshop)) == ((), "lift-there")
    assert place(told(workshop, "b")) == "by-role"


def test_what_is_counted_says_what_to_type(small: Bank) -> None:
    counted = told(in_room(small, by_role="n"), "1 1 3")
    assert told(counted, "1 1 3").told == (
        "This is counted. Enter goes on, a counts again, c corrects the count. q quits.",
    )


def test_who_changes_who_is_here_and_goes_back(small: Bank) -> None:
    workshop = told(in_room(small), "1 1 0", "who")
    assert place(workshop) == "present"
    assert workshop.told == ("Afterwards this question is counted from the start.",)
    back = told(workshop, "2=4")
    assert (place(back), back.present) == ("lift-there", {"porter": 2, "lift-user": 4})
    assert back.count.done == ()
    assert told(workshop, "who", "").at == back.at
    assert "changed" not in " ".join(told(back, "who", "").told)
    early = told(begin_workshop(small, DATE, None), "Northside", "who")
    assert early.told == ("Please answer these first. They decide which questions you get. q quits.",)


def test_people_who_leave_gave_no_answer_to_what_comes_later(small: Bank) -> None:
    workshop = told(in_room(small), "2 0 0", "0 3 0", "", "who", "2=1", "=1", "2")
    assert counted_of(workshop, "wall-gone").shows[0].here == {"porter": 2, "lift-user": 1}
    assert group_of(workshop).people == {"porter": 2, "lift-user": 3}
    assert sum("wall-gone" in one.responses for one in group_of(workshop).respondents) == 3


def test_a_note_is_one_line_and_is_replaced_and_removed(small: Bank) -> None:
    workshop = told(in_room(small), "e")
    assert workshop.asking is Asking.NOTE
    assert "Please do not write names" in workshop.told[0]
    noted = told(workshop, "We wait")
    assert counted_of(noted, "lift-there").note == "We wait"
    assert "Note: We wait" in shown(told(noted, "?", ""))
    assert "Note: We wait" in shown(told(noted, "e"))
    counted = told(noted, "2 0 0", "3 0 0", "e Now we go")
    assert counted_of(counted, "lift-there").note == "Now we go"
    assert len(counted_of(counted, "lift-there").shows) == 1
    assert counted_of(told(counted, "e -"), "lift-there").note is None
    assert group_of(told(noted, "e -")).responses == {}
    assert told(noted, "e", "").told == ("Nothing was changed.",)
    assert "too long" in told(noted, "e " + "x" * 20_001).told[0]
    assert told(workshop, "q").ending is Ending.QUIT
