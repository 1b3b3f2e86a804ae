"""Each respondent counts once: by an id, else only where the answers are the same throughout. Likeness is only told."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.duplicates import BY_CHANCE, Once, each_once
from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.texts import BankRole
from readiness.errors import InputError
from tests.conftest import DATE

ANNA, BEN = "a" * 16, "b" * 16
ROLES = (BankRole(id="peer-worker", label="Peer Worker", one="Peer Worker", many="Peer Workers"),)
MANY = {f"q{at}": at % 5 for at in range(20)}


def saved(
    responses: dict[str, int],
    role: str | None = "peer-worker",
    id_: str | None = None,
    revision: int = 0,
    days: int = 0,
    *,
    agrees: bool = False,
) -> Assessment:
    return Assessment(
        bank=BankReference(id="small"),
        team=Team(name="A"),
        respondent=Respondent(role=role, id=id_, shown_alone=agrees or None),
        date=DATE + dt.timedelta(days=days),
        responses={name: Response(level=level) for name, level in responses.items()},
        revision=revision,
    )


def once(*assessments: Assessment) -> Once:
    return each_once(assessments, [f"{at}.json" for at in range(len(assessments))], ROLES)


OTHER = saved({"q": 1})


def test_the_newest_save_of_one_id_counts_and_the_others_are_told() -> None:
    found = once(saved({"q": 1}, id_=ANNA, revision=2), saved({"q": 4}, id_=ANNA, revision=3), saved({"q": 1}))
    assert found.kept == (1, 2)
    assert found.notices == ("0.json: an older save of the answers in 1.json. Only the newer counts.",)


@pytest.mark.parametrize("turned", [False, True])
def test_two_saves_that_were_carried_on_apart_are_not_the_older_and_the_newer(*, turned: bool) -> None:
    here = saved({"a": 1, "b": 2, "c": 3}, id_=ANNA, revision=5)
    there = saved({"a": 1, "d": 0, "e": 4}, id_=ANNA, revision=4)
    with pytest.raises(InputError) as error:
        once(*((there, here) if turned else (here, there)))
    older, newer = ("0.json", "1.json") if turned else ("1.json", "0.json")
    what = f"{older}: This is an older save of the answers in {newer}, but only here are answers to d, e."
    assert str(error.value).startswith(what)


def test_a_newer_save_replaces_one_of_which_it_has_every_answer_changed_or_not() -> None:
    older = saved({"a": 1}, id_=ANNA, revision=4)
    note = older.model_copy(update={"responses": {**older.responses, "b": Response(note="Ask.")}})
    newer = older.model_copy(update={"responses": {"a": Response(unknown=True)}, "revision": 5})
    assert once(note, newer).kept == (1,)
    noted = newer.model_copy(update={"responses": {"a": Response(note="Ask.")}})
    with pytest.raises(InputError, match="only here are answers to a"):
        once(older, noted)


@pytest.mark.parametrize(
    ("then", "now", "lost"),
    [
        ({"a": 1}, {"a": 1, "b": 1}, ""),
        ({"a": 1}, {"b": 1}, "a"),
        ({"a": 1, "b": 2}, {"a": 3, "b": 2}, "a"),
        ({"a": 1, "b": 2}, {}, "a, b"),
    ],
)
def test_a_save_to_another_version_replaces_no_answer_that_differs(
    then: dict[str, int], now: dict[str, int], lost: str
) -> None:
    """An old form, saved once more, would take the answers given since to the new version with it."""
    bank = BankReference(id="small", version="2")
    files = saved(then, id_=ANNA, revision=4).model_copy(update={"bank": bank}), saved(now, id_=ANNA, revision=5)
    if not lost:
        assert once(*files).kept == (1,)
        return
    with pytest.raises(InputError) as error:
        once(*files)
    whose = "0.json: This is the same person’s answers as in 1.json, to another version of the questions."
    assert str(error.value).startswith(f"{whose} Only here are these answers to {lost}.")


def test_of_files_saved_as_often_the_later_date_counts() -> None:
    assert once(saved({"q": 1}, id_=ANNA, days=1), saved({"q": 4}, id_=ANNA)).kept == (0,)


def test_where_nothing_tells_which_is_newer_a_person_must() -> None:
    with pytest.raises(InputError) as error:
        once(saved({"q": 1}, id_=ANNA), saved({"q": 4}, id_=ANNA))
    assert str(error.value).startswith("1.json: This is the same person’s answers as in 0.json, but not the same")


@pytest.mark.parametrize("turned", [False, True])
def test_where_saves_and_dates_disagree_on_which_is_newer_a_person_must_say(*, turned: bool) -> None:
    files = [saved({"q": 1}, id_=ANNA, revision=9), saved({"q": 4}, id_=ANNA, revision=3, days=80)]
    with pytest.raises(InputError) as error:
        once(*(reversed(files) if turned else files))
    told = "One was saved more often, the other is of a later date. Take one of the two out."
    assert str(error.value).endswith(told)


def test_the_same_file_in_two_places_counts_once_however_little_is_answered() -> None:
    found = once(saved({"q": 1}, id_=ANNA), saved({"q": 1}, id_=ANNA))
    assert (found.kept, found.notices) == ((0,), ("1.json: the same as 0.json. It counts once.",))


def test_another_role_is_another_person_who_went_on_in_the_same_form() -> None:
    found = once(saved(MANY, id_=ANNA), saved({"q": 4}, "team-member", ANNA, revision=4))
    assert found.kept == (0, 1)
    [told] = found.notices
    assert told.startswith("0.json and 1.json were saved from one form, in different roles. They count as 2 people.")


def test_one_role_written_in_two_ways_is_one_person() -> None:
    found = once(saved({"q": 1}, id_=ANNA), saved({"q": 4}, "Peer Workers", ANNA, revision=1))
    assert found.kept == (1,)


def test_answers_without_a_role_are_by_the_one_person_who_has_their_id() -> None:
    found = once(saved({"q": 1}, None, ANNA, revision=1), saved({"q": 4}, id_=ANNA, revision=2))
    assert found == Once((1,), ("0.json: an older save of the answers in 1.json. Only the newer counts.",))
    assert once(saved({"q": 1}, None, ANNA, revision=3), saved({"q": 4}, id_=ANNA, revision=2)).kept == (0,)
    same = once(saved({"q": 1}, None, ANNA), saved({"q": 1}, id_=ANNA))
    assert same == Once((1,), ("0.json: the same as 1.json. It counts once.",))


def test_answers_without_a_role_where_several_roles_have_their_id_count_and_are_told() -> None:
    found = once(saved({"q": 1}, None, ANNA), saved({"q": 2}, id_=ANNA), saved({"q": 3}, "team-member", ANNA))
    assert found.kept == (0, 1, 2)
    assert "They count as 3 people. If it is one person, take the older out." in found.notices[0]


def test_answers_that_are_the_same_throughout_count_once() -> None:
    found = once(saved(MANY), saved(MANY, revision=7), saved(MANY, days=9).model_copy(update={"team": Team(name="B")}))
    assert found.kept == (0, 2)
    [told] = found.notices
    assert told.startswith("1.json: the same answers as in 0.json, throughout. They count once.")


@pytest.mark.parametrize("at", range(3))
def test_who_says_the_same_throughout_does_not_make_a_team_of_two_of_three(at: int) -> None:
    files = [saved(MANY), saved(MANY)]
    files.insert(at, OTHER)
    with pytest.raises(InputError) as refused:
        once(*files)
    first, copy = (one for one in range(3) if one != at)
    assert str(refused.value) == (
        f"{copy}.json: These are the same answers as in {first}.json, throughout. If such answers count once, only 2 "
        "people of this team of 3 would be left. Take the copy out. If two people did answer alike, add a note to one "
        "of the two, or in a table a participant code."
    )
    noted = saved(MANY).model_copy(update={"responses": {**saved(MANY).responses, "q0": Response(level=0, note="Yes")}})
    assert once(saved(MANY), noted, OTHER).kept == (0, 1, 2)
    assert once(saved(MANY, id_=ANNA), saved(MANY, id_=BEN), OTHER).kept == (0, 1, 2)


def test_copies_matter_only_if_more_would_be_two_and_in_the_teams_of_which_it_is_true() -> None:
    elsewhere = [saved({"q": level}).model_copy(update={"team": Team(name="B")}) for level in range(3)]
    assert once(saved(MANY), saved(MANY), *elsewhere).kept == (0, 2, 3, 4)
    assert once(saved(MANY), saved(MANY), OTHER, saved({"q": 2}), *elsewhere).kept == (0, 2, 3, 4, 5, 6)
    with pytest.raises(InputError, match="only 1 person of this team of 3 would be left"):
        once(*[saved(MANY)] * 3, *elsewhere)


@pytest.mark.parametrize("role", [None, "team-member"])
@pytest.mark.parametrize("ids", [(None, None), (None, ANNA), (ANNA, None)])
def test_a_role_that_was_put_right_does_not_make_one_person_two(
    ids: tuple[str | None, str | None], role: str | None
) -> None:
    with pytest.raises(InputError) as error:
        once(saved(MANY, id_=ids[0], agrees=True), saved(MANY, role, ids[1]))
    assert str(error.value) == (
        "1.json: These are the same answers as in 0.json, throughout, in another role. Take the wrong one out."
        " If two people did answer alike, add a note to one of the two."
    )


def test_a_role_that_was_put_right_in_one_form_is_one_person() -> None:
    with pytest.raises(InputError):
        once(saved(MANY, id_=ANNA), saved(MANY, "team-member", ANNA, revision=1))


def test_two_roles_that_say_the_same_are_two_people_if_ids_tell_or_answers_are_few() -> None:
    assert once(saved(MANY, id_=ANNA), saved(MANY, "team-member", BEN)).kept == (0, 1)
    few = dict(list(MANY.items())[: BY_CHANCE - 1])
    found = once(saved(few, "team-member"), saved(few))
    assert found.kept == (0, 1)
    assert found.notices[0].startswith("0.json and 1.json say the same throughout, in fewer than 10 answers.")


def test_what_is_much_alike_is_told_whatever_the_role() -> None:
    found = once(saved(MANY, agrees=True), saved(MANY | {"q0": 4}, "team-member"))
    assert found.notices[0].startswith("0.json and 1.json give the same answer to 19 of 20 questions.")


def test_one_number_of_two_days_with_other_answers_may_be_two_peoples() -> None:
    def numbered(one: Assessment) -> Assessment:
        return one.model_copy(update={"respondent": Respondent(id=ANNA, one_survey=True)})

    then, now = numbered(saved(MANY)), numbered(saved(MANY | {"q0": 4}, days=7))
    with pytest.raises(InputError, match=r"0\.json: This has the same number in a survey as 1\.json, of another day"):
        once(then, now)
    again = numbered(saved(MANY | {"q0": 4}, days=7, revision=1))
    assert once(then, again).kept == (1,), "somebody went on in the file"
    assert once(then, numbered(saved(MANY, days=7))).kept == (1,)


@pytest.mark.parametrize("yes_first", [True, False])
@pytest.mark.parametrize("ids", [(None, None), (ANNA, ANNA), (ANNA, None), (None, ANNA)])
def test_the_same_answers_without_the_agreement_take_it_back(
    ids: tuple[str | None, str | None], *, yes_first: bool
) -> None:
    files = [saved(MANY, id_=id_, agrees=yes_first is not bool(at)) for at, id_ in enumerate(ids)]
    [one] = once(*files).of(files)
    assert one.respondent == Respondent(role="peer-worker", id=ANNA if ANNA in ids else None)


def test_an_agreement_that_is_taken_back_is_told() -> None:
    files = [saved(MANY, agrees=True), saved(MANY)]
    assert once(*files).notices[1:] == (
        "0.json: the same answers came without the agreement to show them by role. It no longer counts.",
    )
    assert once(*files[::-1]).notices[1:] == ()
    assert once(*files[:1] * 2).of(files[:1] * 2) == (files[0],)


def test_a_copy_without_the_agreement_may_be_that_of_any_who_say_the_same() -> None:
    files = [saved(MANY, id_=ANNA, agrees=True), saved(MANY, agrees=False), saved(MANY, id_=BEN, agrees=True), OTHER]
    assert [one.respondent.shown_alone for one in once(*files).of(files)] == [None, None, None]


@pytest.mark.parametrize("agrees", [True, False])
@pytest.mark.parametrize(("revision", "days"), [(1, 0), (0, 1)])
def test_the_newer_word_on_the_agreement_counts(revision: int, days: int, *, agrees: bool) -> None:
    files = [
        saved(MANY, id_=ANNA, agrees=not agrees),
        saved(MANY, id_=ANNA, revision=revision, days=days, agrees=agrees),
    ]
    assert once(*files).of(files) == (files[1],)


def test_few_answers_can_be_the_same_by_chance_and_are_told() -> None:
    few = {name: MANY[name] for name in list(MANY)[: BY_CHANCE - 1]}
    told = "say the same throughout, in fewer than 10 answers. Each counts. If one is a copy, take it out."
    assert once(saved(few), saved(few)) == Once((0, 1), (f"0.json and 1.json {told}",))
    assert once(saved(few, id_=ANNA), saved(few, id_=BEN)) == Once((0, 1), ())
    assert once(saved({}), saved({})) == Once((0, 1), ())
    who = "0.json, 1.json, 2.json, 3.json, 4.json and 2 more"
    assert once(*[saved(few)] * 7).notices == (f"{who} {told}",)


def test_many_groups_of_few_answers_are_not_told_one_by_one() -> None:
    found = once(*(saved({"q": 1}, days=day) for day in range(7) for _ in range(2)))
    assert len(found.kept) == 14
    assert len(found.notices) == 6
    assert found.notices[-1] == "As alike: 2 more groups of files."


def test_two_ids_are_two_people_whatever_they_answer() -> None:
    told = "0.json and 1.json say the same throughout. They count as 2 people. Was one sent twice?"
    assert once(saved(MANY, id_=ANNA), saved(MANY, id_=BEN)) == Once((0, 1), (told,))
    found = once(saved(MANY), saved(MANY, id_=ANNA), saved(MANY, id_=BEN), OTHER)
    assert found.kept == (1, 2, 3)
    assert "0.json: the same answers as in 1.json, throughout." in found.notices[1]


@pytest.mark.parametrize(("changed", "told"), [(0, True), (2, True), (3, False)])
def test_what_is_much_alike_is_told_and_counts(changed: int, *, told: bool) -> None:
    other = {name: 4 - level if at < 2 * changed and at % 2 else level for at, (name, level) in enumerate(MANY.items())}
    differ = sum(other[name] != level for name, level in MANY.items())
    found = once(saved(MANY, days=1), saved(other))
    assert found.kept == (0, 1)
    same = f"0.json and 1.json give the same answer to {20 - differ} of 20 questions. They count as two people."
    assert any(same in notice for notice in found.notices) == told


@pytest.mark.parametrize(
    ("answers", "changed", "told"),
    [(4, 1, True), (4, 2, False), (9, 1, True), (9, 2, False), (4, 0, True), (3, 1, False)],
)
def test_of_few_answers_all_but_one_must_be_the_same(answers: int, changed: int, *, told: bool) -> None:
    few = {name: MANY[name] for name in list(MANY)[:answers]}
    other = few | {name: 4 - few[name] for name in ["q0", "q1"][:changed]}
    found = once(saved(few), saved(other, days=2))
    assert found.kept == (0, 1)
    same = f"0.json and 1.json give the same answer to {answers - changed} of {answers} questions."
    assert [notice.startswith(same) for notice in found.notices] == [True] * told


def test_many_pairs_are_not_told_one_by_one() -> None:
    found = once(*(saved(MANY, days=day) for day in range(5)))
    assert len(found.notices) == 6
    assert found.notices[-1] == "As alike: 5 more pairs of files."


def test_among_very_many_likeness_is_not_looked_for() -> None:
    assert once(*(saved(MANY, days=day) for day in range(201))).notices == ()


def test_likeness_is_not_looked_for_among_those_whom_their_ids_tell_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def likeness(*both: object) -> tuple[int, int]:
        looked.append(both)
        return 0, 0

    monkeypatch.setattr("readiness.assessment.duplicates._likeness", likeness)
    once(*(saved(MANY, id_=f"{at:016x}", days=at) for at in range(20)), saved(MANY, days=30))
    assert len(looked) == 20


def test_other_teams_are_other_people() -> None:
    other = saved(MANY, id_=ANNA).model_copy(update={"team": Team(name="B")})
    assert once(saved(MANY, id_=ANNA), other) == Once((0, 1), ())


@given(st.lists(st.tuples(st.sampled_from([None, ANNA, BEN]), st.integers(0, 3), st.sampled_from([4, 20])), max_size=7))
def test_nobody_is_lost_and_what_is_left_out_is_named(drawn: Sequence[tuple[str | None, int, int]]) -> None:
    files = [saved(dict(list(MANY.items())[:count]), id_=id_, revision=at) for id_, at, count in drawn]
    try:
        found = once(*files)
    except InputError:
        return
    left = set(range(len(files))) - set(found.kept)
    assert all(any(notice.startswith(f"{at}.json: ") for notice in found.notices) for at in left)
    kept = [files[at] for at in found.kept]
    assert {one.respondent.id for one in kept} - {None} == {one.respondent.id for one in files} - {None}
    assert once(*kept).kept == tuple(range(len(kept)))
