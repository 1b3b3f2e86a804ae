"""Laws of the walk: what holds whatever a person types, in whatever order."""

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment, Response
from readiness.assessment.reading import read_assessment
from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.interview.advance import advance
from readiness.interview.asked import Asking
from readiness.interview.screen import screen
from readiness.interview.steps import StepKind
from readiness.interview.walk import Walk, begin
from readiness.resources import QUESTIONS
from tests.conftest import DATE
from tests.interview.conftest import SMALL, typed


def _small() -> Bank:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bank.yaml").write_text(SMALL, encoding="utf-8")
        return load_bank(Path(folder))


BANKS = (_small(), load_bank(QUESTIONS / "peer-workers"))
KEYS = ("y", "", "1", "2", "3", "4", "5", "9", "b", "s", "d", "n", "n why", "e", "e a note", "e + shown", "e -", "e +")
MOVES = ("j", "j 1", "j 3", "j r", "j 99", "?", "x", "r", "q", "Northside")
lines = st.one_of(st.sampled_from(KEYS + MOVES), st.text(max_size=12))
sequences = st.lists(lines, max_size=40)
starts = st.sampled_from(
    [
        begin(BANKS[0], DATE, None),
        typed(begin(BANKS[0], DATE, None), "Northside", "", "1", "2"),
        typed(begin(BANKS[1], DATE, None), "Northside", "", "1", "1", "2", "1", "2"),
        typed(begin(BANKS[1], DATE, None), "Northside", "", "3", "1", "2", "1", "2"),
        typed(begin(BANKS[0], DATE, None), "Northside", "", "2", "2", "1", "1", "1", "1"),
    ]
)


def walked(walk: Walk, keys: list[str]) -> list[Walk]:
    """Return the walk as it began and after each key; it stops where the walk ends."""
    walks = [walk]
    for key in keys:
        if walks[-1].ending is None:
            walks.append(advance(walks[-1], key))
    return walks


def responses(walk: Walk) -> dict[str, Response]:
    return dict(walk.assessment.responses) if walk.assessment else {}


@given(starts, sequences)
def test_no_line_breaks_the_walk_and_it_always_stands_at_a_step_that_can_be_shown(start: Walk, keys: list[str]) -> None:
    for walk in walked(start, keys):
        assert 0 <= walk.at < len(walk.steps)
        assert screen(walk).prompt


@given(starts, sequences)
def test_no_line_changes_the_answer_or_the_notes_of_another_question(start: Walk, keys: list[str]) -> None:
    walks = walked(start, keys)
    for before, after in pairwise(walks):
        asked = before.step.question
        here = {asked.id} if asked else set()
        old, new = responses(before), responses(after)
        assert {key: value for key, value in old.items() if key not in here} == {
            key: value for key, value in new.items() if key not in here
        }


@given(starts, sequences)
def test_only_an_answer_ever_changes_an_answer(start: Walk, keys: list[str]) -> None:
    walks = walked(start, keys)
    for (before, after), key in zip(pairwise(walks), keys, strict=False):
        moving = key in {"", "b", "s", "?", "q"} or key.startswith("j")
        if moving and before.asking is Asking.ANSWER and before.step.kind is StepKind.QUESTION:
            assert after.assessment == before.assessment


@given(starts, sequences)
def test_a_note_never_changes_an_answer_and_an_answer_never_changes_a_note(start: Walk, keys: list[str]) -> None:
    walks = walked(start, [key for key in keys if not key.casefold().startswith("e")])
    for before, after in pairwise(walks):
        for name, response in responses(before).items():
            assert (responses(after)[name].note, responses(after)[name].evidence) == (response.note, response.evidence)


@given(starts, sequences)
def test_the_number_of_answers_grows_by_at_most_one_and_never_shrinks(start: Walk, keys: list[str]) -> None:
    walks = walked(start, keys)
    for before, after in pairwise(walks):
        old, new = (sum(response.answered for response in responses(walk).values()) for walk in (before, after))
        assert 0 <= new - old <= 1


@settings(max_examples=50)
@given(starts, sequences)
def test_what_is_kept_is_always_valid_and_is_read_back_as_it_was(start: Walk, keys: list[str]) -> None:
    walk = walked(start, keys)[-1]
    if walk.assessment is None:
        return
    Assessment.model_validate(walk.assessment.model_dump())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "kept.json"
        file.write_text(walk.assessment.to_json(), encoding="utf-8")
        again, _ = read_assessment(file, walk.bank)
    assert again == walk.assessment


@given(starts, sequences, lines)
def test_b_after_a_line_that_went_on_returns_to_the_question_it_came_from(
    start: Walk, keys: list[str], line: str
) -> None:
    before = walked(start, keys)[-1]
    if before.ending is not None:
        return
    after = advance(before, line)
    if after.at == before.at + 1 and after.ending is None:
        back = advance(after, "b")
        assert back.step.kind is before.step.kind
        assert (back.at, back.assessment) == (before.at, after.assessment)


@given(starts, sequences)
def test_going_on_later_asks_what_is_not_answered_and_forgets_nothing_before_it(start: Walk, keys: list[str]) -> None:
    stopped = walked(start, keys)[-1]
    walk = begin(stopped.bank, DATE, stopped.assessment)
    assert not walk.is_done(walk.step)
    asked = [step for step in walk.steps[: walk.at] if step.kind not in (StepKind.QUESTION, StepKind.SHOWN_ALONE)]
    assert all(map(walk.is_done, asked))
    if walk.step.question or walk.step.kind is StepKind.REVIEW:
        passed_by = {step.question.id for step in walk.steps[: walk.at] if step.question and not walk.is_done(step)}
        assert passed_by == {walk.questions[number - 1].id for number in walk.left_open}
        assert not passed_by or walk.asking is Asking.RESUME or walk.step.kind is StepKind.REVIEW
