"""The workshop, without a terminal: what each line does at each sort of step."""

from dataclasses import replace
from pathlib import Path

import pytest

from readiness.assessment.group import Hands
from readiness.assessment.store import GroupFile
from readiness.bank.model import Bank
from readiness.interview.asked import Asking, Ending
from readiness.interview.steps import GroupStepKind
from readiness.interview.workshop import Workshop, begin_workshop
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


def test_more_people_than_a_file_takes_are_not_taken(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]", roles=f"[{', '.join('abcdefghijk')}]")
    workshop = told(begin_workshop(bank, DATE, None), "Northside", "", "999 " * 11)
    assert (workshop.told, workshop.present) == (("A group has at most 10,000 people. q quits.",), {})
    assert sum(told(workshop, "900 " * 11).present.values()) == 9_900


def test_nor_are_they_if_others_were_here_at_the_question_before(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]", roles=f"[{', '.join('abcdefghijk')}]")
    first = f"{'999 ' * 6}{'0 ' * 5}"
    workshop = told(begin_workshop(bank, DATE, None), "Northside", "", first, "n", "5994 0 0 0 0")
    assert counted_of(workshop, "a").shows
    workshop = told(workshop, "who", f"{'0 ' * 6}{'999 ' * 5}")
    assert workshop.told == ("A group has at most 10,000 people. q quits.",)
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


# --- on the way, and the end ---


def test_the_keys_mean_what_they_mean_in_the_walk(small: Bank) -> None:
    workshop = in_room(small)
    assert place(told(workshop, "s")) == "wall-gone"
    assert place(told(workshop, "s", "b")) == "lift-there"
    assert place(told(workshop, "j 3")) == "wall-door"
    assert place(told(workshop, "j", "2")) == "wall-gone"
    assert place(told(workshop, "j r")) == "review"
    assert told(workshop, "j", "99").asking is Asking.JUMP
    assert told(workshop, "j", "").told == ("Nothing was changed.",)
    assert "(not counted: 1)" in shown(told(workshop, "j"))
    assert "not counted" not in shown(told(workshop, "2 0 0", "3 0 0", "j")).splitlines()[1]
    assert told(workshop, "q").ending is Ending.QUIT
    assert told(begin_workshop(small, DATE, None), "b").told == ("This is the first question. q quits.",)
    assert told(begin_workshop(small, DATE, None), "Northside", "j 1").told


def test_the_numbers_of_each_part_stand_where_one_jumps(small: Bank) -> None:
    assert "2-3 The second part (not counted: 2, 3)" in shown(told(in_room(small), "j"))


@pytest.mark.parametrize("keys", [(), ("j",), ("2 0 0", "3 0 0"), ("j r",), ("j r", ""), ("who",)])
def test_help_is_on_what_is_asked_and_then_on_the_keys(small: Bank, keys: tuple[str, ...]) -> None:
    workshop = told(in_room(small), *keys)
    first, second = told(workshop, "?"), told(workshop, "??", "?")
    assert shown(first).startswith("Help")
    assert shown(second).startswith("The keys")
    assert replace(told(first, ""), told=()) == replace(workshop, told=(), again=True)
    assert told(first, "nonsense " * 9).again or told(first, "nonsense " * 9).at != workshop.at


def test_why_a_question_is_asked_is_told_once_it_is_counted(small: Bank) -> None:
    assert "Why we ask" not in shown(told(in_room(small), "?"))
    assert "Why we ask: Lifts help people up." in shown(told(in_room(small), "2 0 0", "3 0 0", "?"))
    assert "What could show it: A photo; The bill." in shown(told(in_room(small), "?"))


def at_few(bank: Bank, agreed: str = "") -> Workshop:
    return told(in_room(bank), "2 0 0", "3 0 0", "", "s", "s", *([agreed] if agreed else []))


def test_roles_that_few_hold_are_shown_only_if_all_agree(small: Bank) -> None:
    workshop = at_few(small)
    assert place(workshop) == "shown-alone"
    assert "Lift users (3)" in shown(workshop)
    assert group_of(told(workshop, "2")).shown_alone == ("lift-user",)
    assert "Lift users (3) (may be shown)" in shown(told(workshop, "2", "b"))
    assert group_of(told(workshop, "2", "b", "")).shown_alone == ("lift-user",)
    assert group_of(told(workshop, "2", "b", "n")).shown_alone == ()
    assert group_of(told(workshop, "2 1")).shown_alone == ("porter", "lift-user")
    assert group_of(told(workshop, "")).shown_alone == ()
    assert place(told(workshop, "5")) == "shown-alone"


def test_what_was_agreed_is_asked_again_when_other_people_are_here(small: Bank) -> None:
    workshop = told(at_few(small, "2"), "who")
    assert group_of(told(workshop, "")).shown_alone == ("lift-user",)
    assert group_of(told(workshop, "2 3 0")).shown_alone == ("lift-user",)
    assert group_of(told(workshop, "2=4")).shown_alone is None


def test_a_role_alone_is_agreed_to_with_y(small: Bank) -> None:
    workshop = told(in_room(small, present="5 3 0"), "5 0 0", "3 0 0", "j r", "b")
    assert workshop.few_roles == ("lift-user",)
    assert group_of(told(workshop, "y")).shown_alone == ("lift-user",)


@pytest.mark.parametrize(("present", "by_role"), [("2 0 0", "y"), ("2 3 0", "n"), ("5 5 0", "y"), ("0 0 4", "y")])
def test_roles_are_not_asked_where_nothing_or_nobody_is_hidden(small: Bank, present: str, by_role: str) -> None:
    workshop = told(in_room(small, present=present, by_role=by_role), "d", "d", "")
    assert GroupStepKind.SHOWN_ALONE not in {step.kind for step in workshop.steps}


def test_the_review_lists_what_is_not_counted_and_leads_there_and_back(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "5 0 0", "", "j r")
    assert "3. Is there a door in the wall?" in shown(workshop)
    assert "1. " not in shown(workshop)
    there = told(workshop, "3", "5 0", "")
    assert (place(there), there.open_numbers) == ("review", (2,))
    assert place(told(workshop, "3", "b")) == "review"
    assert place(told(workshop, "99")) == "review"
    done = told(there, "2", "5 0", "")
    assert "Every question is counted." in shown(done)


def test_the_result_ends_it(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "5 0 0", "", "5 0", "", "5 0", "", "")
    assert workshop.at_end
    text = shown(workshop)
    assert "Your result: Low down" in text
    assert "only two people" not in text
    assert told(workshop, "y").ending is Ending.REPORT
    assert told(workshop, "").ending is Ending.FINISHED
    assert told(workshop, "x").told
    two = told(in_room(small, present="2 0 0", by_role="n"), "j r", "")
    assert "If only two people answer" in shown(two)


def test_a_change_of_the_profile_tells_what_is_no_longer_asked(small: Bank) -> None:
    running = told(begin_workshop(small, DATE, None), "Northside", "", "2", "2 3 0", "n", "s", "5 0")
    changed = told(running, "j 1", "b", "b", "b", "1")
    assert changed.told[0].startswith("1 question that is counted does not fit this.")
    assert "lift-runs" in group_of(changed).responses
    assert told(running, "j 1", "b", "b", "b", "9").told == ("Please type a number from 1 to 2. q quits.",)
    assert "Planning (your answer)" in shown(told(changed, "b"))


# --- going on ---


def test_it_goes_on_where_it_stopped(small: Bank) -> None:
    assert begin_workshop(small, DATE, None).told == ()
    named = begin_workshop(small, DATE, group_of(told(begin_workshop(small, DATE, None), "Northside")))
    assert (place(named), named.told) == ("organisation", ("Welcome back.",))
    half = begin_workshop(small, DATE, group_of(told(in_room(small, by_role="n"), "5 0 0")))
    assert (place(half), half.told[0]) == ("wall-gone", "Welcome back. 1 of 3 questions are counted.")
    assert "5 people. If that has changed, type who." in half.told[1]


def test_a_finished_one_says_so_and_offers_a_second_show_of_hands(small: Bank) -> None:
    done = group_of(told(in_room(small, by_role="n"), "5 0 0", "", "5 0", "", "5 0"))
    workshop = begin_workshop(small, DATE, done)
    assert place(workshop) == "review"
    assert workshop.told[1].startswith("This workshop is finished.")
    assert len(counted_of(told(workshop, "1", "a", "0 5 0"), "lift-there").shows) == 2


def test_what_another_edition_of_the_bank_was_answered_with_stays_until_all_fits(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "5 0 0", "")
    said = group_of(workshop)
    older = said.model_copy(update={"bank": said.bank.model_copy(update={"fingerprint": "old"})})
    assert group_of(told(replace(workshop, group=older), "5 0")).bank == said.bank
    shows = older.responses["lift-there"].shows[0].model_copy(update={"together": Hands(levels={"9": 5})})
    response = older.responses["lift-there"].model_copy(update={"shows": (shows,)})
    odd = older.model_copy(update={"responses": {"lift-there": response}})
    assert group_of(told(replace(workshop, group=odd), "5 0")).bank == older.bank


# --- what is shown ---


def test_bars_are_for_eyes_and_the_words_are_enough(small: Bank) -> None:
    workshop = told(in_room(small, by_role="n"), "1 4 0")
    assert "2. ████ 4 hands: A small lift." in shown(workshop)
    plain = shown(workshop, bars=False)
    assert "█" not in plain
    assert "2. 4 hands: A small lift." in plain
    assert "3. 0 hands: A large lift." in plain


def test_bars_of_many_hands_are_drawn_to_scale(small: Bank) -> None:
    text = shown(told(in_room(small, present="80 1 0", by_role="n"), "1 80 0"))
    assert f"1. █ 1 hand: No lift.\n2. {'█' * 20} 80 hands" in text


def test_a_question_that_always_applies_does_not_offer_the_flat_hand(bank: Bank, small: Bank) -> None:
    assert "Flat hand" in shown(in_room(small))
    lines = ("Northside", "", "1", "2", "1", "2", "0 3 3 0 0 0 0", "n")
    workshop = told(begin_workshop(bank, DATE, None), *lines)
    at = next(nth for nth, question in enumerate(workshop.questions, start=1) if question.always)
    assert "Flat hand" not in shown(told(workshop, f"j {at}"))


@pytest.mark.parametrize(
    ("lines", "word", "key"),
    [
        ([], "quit", "q"),
        (["2 3 0"], "back", "b"),
        (["2 3 0", "y"], "quit", "q"),
        (["2 3 0", "y"], "together", "t"),
        (["2 3 0", "y"], "jump 2", "j 2"),
        (["2 3 0", "y"], "note We talked", "e We talked"),
        (["2 3 0", "n"], "don’t know", "d"),
        (["2 3 0", "n"], "does not apply", "n"),
        (["2 3 0", "n"], "help", "?"),
        (["2 3 0", "n", "j"], "stop", "q"),
        (["2 3 0", "n", "j"], "back", "b"),
        (["2 3 0", "n", "e"], "quit", "q"),
        (["2 3 0", "n", "5 0 0"], "quit", "q"),
        (["2 3 0", "n", "5 0 0"], "count again", "a"),
        (["2 3 0", "n", "5 0 0"], "correct", "c"),
        (["2 3 0", "n", "5 0 0"], "who is here", "who"),
        (["2 3 0", "n", "j r"], "back", "b"),
        (["2 3 0", "n", "j r"], "quit", "q"),
        (["2 3 0", "n", "j r", ""], "exit", "q"),
    ],
)
def test_the_word_of_a_key_does_what_the_key_does(small: Bank, lines: list[str], word: str, key: str) -> None:
    there = told(begin_workshop(small, DATE, None), "Northside", "", "1", *lines)
    assert told(there, word) == told(there, key) != there


def test_an_answer_about_the_service_may_be_given_in_words_and_is_told(small: Bank) -> None:
    asked = told(begin_workshop(small, DATE, None), "Northside", "")
    option = small.profile[0].options[1]
    for line in ("two", option.label):
        there = told(asked, line)
        assert group_of(there).team.profile == {small.profile[0].id: option.id}
        assert there.told == (f"Taken as 2: {option.label}.",)


def test_words_that_fit_two_answers_name_both(bank: Bank) -> None:
    asked = told(begin_workshop(bank, DATE, None), "Northside", "")
    assert told(asked, "local").told == ("“local” fits 3 and 4. Please type one of these numbers. q quits.",)
    assert told(asked, "NHS").told == ("Taken as 1: NHS trust.",)


def test_the_word_of_a_key_is_the_name_only_if_typed_twice(small: Bank) -> None:
    asked = told(begin_workshop(small, DATE, None), "quit")
    assert asked.group is None
    assert "If you mean the key, type q alone." in asked.told[0]
    assert group_of(told(asked, "quit")).team.name == "quit"


@pytest.mark.parametrize(
    ("lines", "line"),
    [([], "9"), (["1"], "x"), (["1", "2 3 0"], "x"), (["1", "2 3 0", "n"], "x"), (["1", "2 3 0", "n", "j r"], "x")],
)
def test_every_refusal_says_how_to_quit(small: Bank, lines: list[str], line: str) -> None:
    refused = told(begin_workshop(small, DATE, None), "Northside", "", *lines, line)
    assert refused.told[-1].endswith(" q quits.")
