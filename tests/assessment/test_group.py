"""A group's answers: what a file of them holds, whose they are read as, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from readiness.assessment.cells import NO_REASON
from readiness.assessment.delphi import fewer_answered, group_of_rounds, is_untouched, notes_left_out
from readiness.assessment.fitting import misfits
from readiness.assessment.group import GroupAssessment, GroupResponse, Hands, ShowOfHands
from readiness.assessment.model import MAX_NOTE, BankReference, Respondent
from readiness.assessment.reading import read_assessment, read_assessments, read_group, read_people, read_team
from readiness.assessment.store import GroupFile
from readiness.bank.model import Bank
from readiness.errors import InputError
from tests.assessment.groups import group, hands, show
from tests.conftest import assessment
from tests.small import small_bank

QUESTIONS = "[{id: pay, always: true}, {id: room}, {id: team, values: [0, 0.5, 1]}]"
HERE = {"peer-worker": 2, "manager": 1}


@pytest.fixture
def small(tmp_path: Path) -> Bank:
    folder = tmp_path / "bank"
    folder.mkdir()
    return small_bank(folder, QUESTIONS, roles="[manager, peer-worker]", profile="{stage: [early, late]}")


def refusal(read: Callable[[], object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        read()
    return [problem.told for problem in caught.value.problems]


def kept(folder: Path, text: str, name: str = "g.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


HEAD = """\
bank: {id: small}
team: {name: Northside, profile: {stage: early}}
date: 2026-11-22
present: {manager: 1, peer-worker: 2}
responses:
"""
ROOM = "  room: {shows: [{here: {manager: 1, peer-worker: 2}, by_role: {manager: {levels: {4: 1}}}}]}\n"


# --- what it holds ---


def test_hands_add_up() -> None:
    both = hands([1, 0, 2], 3) + Hands(levels={"2": 1, "7": 1}, unknown=1, not_applicable=2)
    assert both == Hands(levels={"0": 1, "1": 0, "2": 3, "7": 1}, unknown=1, not_applicable=2)
    assert (both.people, both.at(2), both.at(2.0), both.at(5)) == (8, 3, 3, 0)


def test_a_show_of_hands_counts_everybody() -> None:
    by_role = show(HERE, {"peer-worker": [1, 0, 0, 0, 0, 1], "manager": []}, 5)
    assert (by_role.total.people, by_role.silent) == (2, 1)
    together = show(HERE, [0, 2, 0, 0, 0, 0, 1], 5)
    assert (together.total, together.silent) == (together.together, 0)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "give the hands once"),
        ({"by_role": {}, "together": {}}, "give the hands once"),
        ({"together": {"unknown": 4}}, "4 hands are counted, but 3 people are here"),
        ({"by_role": {"manager": {"levels": {"0": 2}}}}, "manager: 2 hands are counted, but 1 person is here"),
        ({"by_role": {"cook": {"unknown": 1}}}, "cook: 1 hand is counted, but 0 people are here"),
        ({"together": {"levels": {"low": 1}}}, "String should match pattern"),
        ({"together": {"unknown": -1}}, "greater than or equal to 0"),
        ({"together": {}, "here": {"manager": 5_001, "cook": 5_000}}, "a group has at most 10,000 people"),
    ],
)
def test_hands_that_cannot_be_are_refused(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        ShowOfHands.model_validate({"here": HERE, **wrong})


def test_a_response_holds_hands_or_a_note() -> None:
    with pytest.raises(ValidationError, match="this is empty"):
        GroupResponse()
    assert GroupResponse(note="Later").note == "Later"


# --- whose they are read as ---


def test_each_question_is_dealt_to_the_people_of_each_role(small: Bank) -> None:
    said = group(small, HERE, {"pay": [{"peer-worker": [1, 0, 0, 1], "manager": [0, 0, 0, 0, 0, 1]}]})
    people = said.respondents
    assert [one.respondent.role for one in people] == ["peer-worker", "peer-worker", "manager"]
    assert [one.responses["pay"].level for one in people] == [0, 3, None]
    assert people[2].responses["pay"].unknown is True
    assert {one.dealt for one in people} == {frozenset()}


def test_one_person_s_answers_are_dealt_from_nothing(small: Bank) -> None:
    alone = assessment(small, {"pay": 1})
    assert (alone.respondents, alone.dealt) == ((alone,), None)


def test_hands_counted_together_are_no_role_s(small: Bank) -> None:
    said = group(small, HERE, {"room": [[1, 0, 0, 0, 0, 0, 1]], "pay": [{"manager": [1]}]})
    people = said.respondents
    assert [one.responses["room"].level for one in people[:1]] == [0]
    assert people[1].responses["room"].not_applicable == NO_REASON
    assert "room" not in people[2].responses
    assert {one.dealt for one in people} == {frozenset({"room"})}


def test_the_last_show_of_hands_counts(small: Bank) -> None:
    said = group(small, HERE, {"room": [[3], [0, 3]]})
    assert [one.responses["room"].level for one in said.respondents] == [1, 1, 1]


def test_as_many_people_took_part_as_were_here_at_once(small: Bank) -> None:
    said = group(small, HERE, {"room": [[3]]})
    later = GroupResponse(shows=(show({"manager": 2, "peer-worker": 1}, [0, 3], 5),))
    both = said.model_copy(update={"responses": {**said.responses, "pay": later}})
    assert both.people == {"peer-worker": 2, "manager": 2}
    assert sum("pay" in one.responses for one in both.respondents) == 3


def test_before_anything_is_counted_those_who_are_here_take_part(small: Bank) -> None:
    assert group(small, HERE, {}).people == HERE


def test_a_note_is_the_group_s_and_stands_once(small: Bank) -> None:
    said = group(small, HERE, {"room": [[3]]})
    noted = {"room": said.responses["room"].model_copy(update={"note": "Why"}), "pay": GroupResponse(note="Later")}
    people = said.model_copy(update={"responses": noted}).respondents
    assert [one.responses["room"].note for one in people] == ["Why", None, None]
    assert people[0].responses["pay"].note == "Later"
    assert "pay" not in people[1].responses


def test_a_role_that_agreed_agreed_for_all_who_hold_it(small: Bank) -> None:
    people = group(small, {**HERE, "not-said": 1}, {}, shown_alone=("manager",)).respondents
    assert [one.respondent for one in people] == [
        Respondent(role="peer-worker"),
        Respondent(role="peer-worker"),
        Respondent(role="manager", shown_alone=True),
        Respondent(),
    ]


def test_nobody_agrees_for_those_who_have_left(small: Bank) -> None:
    agreed = ("peer-worker", "manager")
    both = group(small, HERE, {"room": [{"peer-worker": [2], "manager": [1]}]}, agreed)
    left = both.model_copy(update={"present": {"peer-worker": 1, "manager": 2}})
    came_back = group(small, HERE, {"room": [{"manager": [1]}], "pay": [{"manager": [1]}]}, agreed)
    fewer = came_back.responses["pay"].shows[0].model_copy(update={"here": {"manager": 1}})
    responses = {**came_back.responses, "pay": GroupResponse(shows=(fewer,))}
    came_back = came_back.model_copy(update={"responses": responses})
    forms = left.model_copy(update={"rounds": 2, "revision": 1})
    gone_on = forms.model_copy(update={"revision": 2})
    said = [{one.respondent.role for one in each.respondents if one.respondent.shown_alone} for each in (both, forms)]
    assert said == [{*agreed}, {*agreed}]
    for each in (left, came_back, gone_on):
        assert each.left == {"peer-worker"}
        assert {one.respondent.role for one in each.respondents if one.respondent.shown_alone} == {"manager"}


# --- files ---


def test_a_file_is_read_as_its_people(small: Bank, tmp_path: Path) -> None:
    path = kept(tmp_path, HEAD + ROOM)
    reading = read_team([path], small)
    assert [one.responses["room"].level for one in reading.assessments if one.responses] == [4]
    assert (len(reading.assessments), reading.files, reading.notices) == (3, (path,), ())
    assert read_people(path, small)[0] == reading.assessments


def test_what_is_saved_is_read_again(small: Bank, tmp_path: Path) -> None:
    said = group(small, HERE, {"room": [[3], [0, 2]], "pay": [{"manager": [0, 0, 0, 1]}]}, profile={"stage": "early"})
    with GroupFile(tmp_path / "g.json") as file:
        saved = file.save(said)
    assert read_group(tmp_path / "g.json", small) == (saved, [])
    assert saved.revision == 1


def test_what_does_not_fit_the_bank_is_told_with_its_place(small: Bank, tmp_path: Path) -> None:
    text = HEAD + ROOM.replace("{4: 1}", "{9: 1}").replace("room", "rom") + ROOM.replace("{4: 1}", "{9: 1}")
    text += "  team: {shows: [{here: {manager: 1}, together: {levels: {2: 1}}}]}\n"
    told = refusal(lambda: read_group(kept(tmp_path, text), small))
    assert [one.rpartition("g.yaml:")[2] for one in told] == [
        '6:3: There is no question "rom". Did you mean "room"?',
        '7:84: "room" has no level 9. Use one of: 0, 1, 2, 3, 4.',
        '8:59: "team" has no level 2. Use one of: 0, 0.5, 1.',
    ]


def test_does_not_apply_is_no_answer_where_a_question_always_applies(small: Bank, tmp_path: Path) -> None:
    text = HEAD + "  pay: {shows: [{here: {manager: 3}, together: {not_applicable: 2}}]}\n"
    notices = read_team([kept(tmp_path, text)], small).notices
    assert ["applies to every service" in str(one) for one in notices] == [True]


def test_a_mistake_in_the_file_is_told(small: Bank, tmp_path: Path) -> None:
    assert "extra" in refusal(lambda: read_group(kept(tmp_path, HEAD + ROOM + "extra: 1\n"), small))[0]


AT_MOST = "a group has at most 10,000 people, and those who were here at other questions count too"


def test_more_people_than_a_group_can_have_are_refused_at_once(small: Bank, tmp_path: Path) -> None:
    many = HEAD.replace("manager: 1", f"manager: {10**9}")
    path = kept(tmp_path, many + ROOM)
    assert refusal(lambda: read_group(path, small)) == [f"{path}:4:1: present: {AT_MOST}. Check these counts."]
    one_by_one = "  pay: {shows: [{here: {manager: 9999, cook: 1}, together: {}}]}\n" + ROOM
    assert AT_MOST in refusal(lambda: read_group(kept(tmp_path, HEAD + one_by_one), small))[0]
    at_the_next = HEAD.replace("manager: 1", "manager: 6000") + "  pay: {shows: [{here: {cook: 6000}, together: {}}]}\n"
    assert AT_MOST in refusal(lambda: read_group(kept(tmp_path, at_the_next), small))[0]


def test_nobody_in_the_room_is_no_team(small: Bank, tmp_path: Path) -> None:
    text = "bank: {id: small}\nteam: {name: Northside}\ndate: 2026-11-22\npresent: {}\n"
    path = kept(tmp_path, text)
    for read in (read_assessments, read_team):
        assert ["Nobody is in the room yet" in one for one in refusal(lambda: read([path], small))] == [True]  # noqa: B023


def test_a_group_is_no_person_and_a_person_no_group(small: Bank, tmp_path: Path) -> None:
    path = kept(tmp_path, HEAD + ROOM)
    person = kept(tmp_path, HEAD.replace("present: {manager: 1, peer-worker: 2}\n", "") + "  room: 1\n", "p.yaml")
    assert ["no single person’s" in one for one in refusal(lambda: read_assessment(path, small))] == [True]
    assert ["no group’s" in one for one in refusal(lambda: read_group(person, small))] == [True]


def test_a_group_beside_other_answers_is_refused(small: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    kept(folder, HEAD + ROOM)
    kept(folder, HEAD.replace("present: {manager: 1, peer-worker: 2}\n", "") + "  room: 1\n", "a.yaml")
    (told,) = refusal(lambda: read_team([folder], small))
    assert told.startswith(f"{folder / 'g.yaml'}: These are a group’s answers, and there are others beside them: ")
    assert "a.yaml. People who gave both would count twice." in told
    kept(folder, HEAD + ROOM, "a.yaml")
    assert "a.yaml: These are a group’s answers" in refusal(lambda: read_team([folder], small))[0]


def test_what_a_bank_has_no_place_for_is_found(small: Bank) -> None:
    assert [*misfits(group(small, HERE, {"room": [[1]]}), small)] == []


# --- two rounds of forms ---


def rounds(bank: Bank) -> GroupAssessment:
    people: list[tuple[str | None, dict[str, object]]] = [
        ("peer-worker", {"pay": 1, "room": 2}),
        ("Manager", {"pay": 3, "room": "unknown"}),
        (None, {"room": 0}),
    ]
    first = [assessment(bank, said, role=role) for role, said in people]
    second = [assessment(bank, {"pay": {"level": 2, "note": "We met"}}, role="peer-worker")]
    second.append(assessment(bank, {"team": "n/a: no team"}, role="manager"))
    return group_of_rounds([first, second], bank)


def test_two_rounds_of_forms_are_two_shows_of_hands(small: Bank) -> None:
    said = rounds(small)
    here = {"manager": 1, "peer-worker": 1, "not-said": 1}
    pay = said.responses["pay"]
    assert [one.here for one in pay.shows] == [here, {"manager": 1, "peer-worker": 1}]
    assert [one.total.levels for one in pay.shows] == [
        {"0": 0, "1": 1, "2": 0, "3": 1, "4": 0},
        {"0": 0, "1": 0, "2": 1, "3": 0, "4": 0},
    ]
    assert (pay.note, said.responses["team"].note) == ("We met", "no team")
    assert len(said.responses["room"].shows) == 1, "nobody was asked again"
    assert said.responses["room"].shows[0].total.unknown == 1
    assert said.responses["team"].shows[0].total.not_applicable == 1
    assert (said.people, said.shown_alone) == (here, ())


def test_questions_that_fewer_answered_in_the_round_that_counts_are_told(small: Bank) -> None:
    [told] = fewer_answered(rounds(small))
    assert told.startswith("Fewer people answered in the last round than before")
    assert told.partition(": ")[2].startswith("pay (2, then 1). If the others")
    one, two = assessment(small, {"pay": 1}), assessment(small, {"pay": 2, "room": 1})
    assert fewer_answered(group_of_rounds([[one], [one, two]], small)) == []


def test_a_role_may_be_shown_alone_if_all_agreed_in_each_round(small: Bank) -> None:
    yes = Respondent(role="peer-worker", shown_alone=True)
    one = assessment(small, {"pay": 1}).model_copy(update={"respondent": yes})
    assert group_of_rounds([[one], [one]], small).shown_alone == ("peer-worker",)
    other = assessment(small, {"pay": 1}, role="peer-worker")
    assert group_of_rounds([[one], [other]], small).shown_alone == ()


def test_answers_to_another_edition_stay_so(small: Bank) -> None:
    one = assessment(small, {"pay": 1})
    old = one.model_copy(update={"bank": one.bank.model_copy(update={"fingerprint": "other"})})
    assert group_of_rounds([[one], [old]], small).bank == old.bank


def test_rounds_of_two_versions_are_refused_unless_words_alone_have_changed(small: Bank) -> None:
    one = assessment(small, {"pay": 1})
    other = one.model_copy(update={"bank": BankReference(id="small", version="0.9", fingerprint="0" * 16)})
    with pytest.raises(InputError, match=r"answers to several versions of the questions: 0\.9 and"):
        group_of_rounds([[one], [other]], small)
    assert group_of_rounds([[other], [other]], small).bank == other.bank
    reworded = one.model_copy(update={"bank": one.bank.model_copy(update={"version": "0.9"})})
    assert group_of_rounds([[reworded], [one]], small).bank == one.bank
    assert group_of_rounds([[one], [one]], small).bank == one.bank


def test_more_forms_than_a_group_can_have_are_refused(small: Bank) -> None:
    one = assessment(small, {"pay": 1})
    with pytest.raises(InputError, match="more than 10,000 people, which is no group"):
        group_of_rounds([[one] * 5_000, [one] * 5_001], small)


def test_as_many_whole_notes_are_kept_as_fit_and_the_others_are_told_of(small: Bank) -> None:
    texts = ["z" * 9, "b" * (MAX_NOTE - 10), "a" * (MAX_NOTE - 9)]
    said = [assessment(small, {"room": {"level": 1, "note": text}, "pay": 1}) for text in texts]
    assert group_of_rounds([said, said], small).responses["room"].note == f"{texts[1]}\n{texts[0]}"
    (told,) = notes_left_out([said, said], small)
    assert told.startswith('At "room", 1 note is left out, the longest: the notes at one question may have 20,000 ')
    assert notes_left_out([said[:2], said[1:2]], small) == []


def test_a_reason_that_nobody_gave_is_no_note(small: Bank) -> None:
    reason = [assessment(small, {"room": f"n/a: {NO_REASON}"})]
    assert group_of_rounds([reason, reason], small).responses["room"].note is None


def test_the_file_of_a_group_is_untouched_until_it_is_saved_again(small: Bank) -> None:
    one = [assessment(small, {"pay": 1})]
    group = group_of_rounds([one, one], small)
    revisions = [group.model_copy(update={"revision": number}).to_json().encode() for number in range(3)]
    assert [*map(is_untouched, revisions)] == [False, True, False]
    counted_once = group.model_copy(update={"rounds": None, "revision": 1})
    assert not is_untouched(counted_once.to_json().encode()), "hands in a room can't be counted again"
    assert not is_untouched(one[0].to_json().encode())
