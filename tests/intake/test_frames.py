"""A question's words are known within the frames that programs and people put around them, and never taken for two."""

import time
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from tests.intake.test_columns import TEXT, targets
from tests.intake.written import collect, table

OTHER = "How do you choose the words for the role, starting with its title?"


@pytest.fixture
def other(bank: Bank) -> str:
    return bank.question_by_id["language"].text


@pytest.mark.parametrize(
    "heading",
    [
        f"(1) {TEXT}",
        f"2.1 {TEXT}",
        f"2.1. {TEXT}",
        f"1a. {TEXT}",
        f"7.a. {TEXT}",
        f"4 - {TEXT}",
        f"Q12) {TEXT}",
        f"Question 3: {TEXT}",
        f"Part 1: 1. {TEXT}",
        f"Part 2: Pay and terms, question 9: {TEXT}",
        f"<p><strong>{TEXT}</strong></p>",
        f"<span style='color: red'>{TEXT}</span>&nbsp;",
        f"**{TEXT}**",
        f"__{TEXT}__ *",
        f"{TEXT} (required)",
        f"3. {TEXT} * Required",
        f"{TEXT} [Select one option]",
        f"Pay and terms [{TEXT}]",
        f"Pay and terms ({TEXT})",
        f"Pay and terms - {TEXT}",
        f"{TEXT}:Pay and terms",
        f"Pay and terms: {TEXT}",
        f"Pay and terms >> {TEXT}",
        f"Pay and terms | {TEXT}",
        f"{TEXT} (Pay and terms)",
        "Pay and terms >> pay-parity",
        f"For each of these, say how far you are. {TEXT}",
    ],
)
def test_a_question_is_known_in_its_frame(bank: Bank, heading: str) -> None:
    assert targets(bank, heading) == ["pay-parity"]


@pytest.mark.parametrize(
    "heading",
    [
        f"Comments:{TEXT}",
        f"{TEXT} - Comment",
        f"Pay and terms: {TEXT} [Comment]",
        f"Please explain your answer to this question: {TEXT}",
        f"Why? {TEXT}",
    ],
)
def test_a_comment_that_names_its_question_is_never_the_question(bank: Bank, heading: str) -> None:
    assert targets(bank, TEXT, heading)[1] in {"note pay-parity", "why pay-parity"}
    assert targets(bank, heading)[0] != "pay-parity"


@pytest.mark.parametrize(
    "heading",
    [
        f"{TEXT} - Option ID",
        f"{TEXT} (choice=Nobody has looked)",
        f"{TEXT} and why",
        f"Not {TEXT[4:]}",
        "Score - 3",
        "Q1",
    ],
)
def test_what_only_begins_like_a_question_is_not_taken_for_it(bank: Bank, heading: str) -> None:
    assert targets(bank, heading) == ["?"]


def test_two_questions_in_one_heading_are_neither(bank: Bank, other: str) -> None:
    for heading in (f"{TEXT} {other}", f"{TEXT} [{other}]", f"{other}: {TEXT}", f"{TEXT} - {other}"):
        assert targets(bank, heading) == ["?"]


def test_a_frame_tells_nothing_if_another_column_asks_the_question(bank: Bank, other: str) -> None:
    assert targets(bank, TEXT, f"And then: {TEXT}", other) == ["pay-parity", "?", "language"]
    assert targets(bank, f"First part, then: {TEXT}", f"Second part, then: {TEXT}") == ["?", "?"]


def test_comments_are_known_after_their_question_whatever_number_they_bear(bank: Bank, other: str) -> None:
    headings = [f"7. {TEXT}", "7.a. Comments", f"8. {other}", "9. Please explain your answer", "(10) Notes"]
    assert targets(bank, *headings) == ["pay-parity", "note pay-parity", "language", "note language", "note language"]


def test_codes_beside_a_question_do_not_part_it_from_its_comment(bank: Bank) -> None:
    own = ["No.", "Response ID", "Timestamp", "Finished", "Survey ID"]
    asked = [f"7. {TEXT}", f"7. {TEXT} - Option ID", "8. Comments"]
    assert targets(bank, *own, *asked) == [*["own"] * 5, "pay-parity", "own", "note pay-parity"]


def test_a_program_s_own_column_is_a_note_after_a_question_and_a_question_only_at_the_edge(bank: Bank) -> None:
    own = ["Response ID", "Time Started", "Date Submitted", "Comments", "Language", "Referer"]
    assert targets(bank, *own, TEXT, "Comments") == [*["own"] * 6, "pay-parity", "note pay-parity"]


def test_a_language_that_people_answered_in_is_no_answer(bank: Bank, tmp_path: Path) -> None:
    own = "Response ID|Date Submitted|SessionID|Language"
    found = collect(
        bank, table(tmp_path, f"{own}|team|pay-parity\n1|2026-11-22|a|English|A|0\n2|2026-11-22|b|en-GB|A|2")
    )
    assert not found.open
    assert [one.assessment.responses.keys() for one in found.gathered] == [{"pay-parity"}, {"pay-parity"}]


@pytest.mark.parametrize(
    "part", ["1", " ", "(", ")", "- ", "[", "a.", "1.a", "<", "**", "\n", "required (", ":", "&amp;", "1) ", "_1"]
)
def test_no_heading_takes_long_to_read(bank: Bank, part: str) -> None:
    started = time.perf_counter()
    for length in (1_900, 30_000):
        targets(bank, part * (length // len(part)) + "x", f"x{part * (length // len(part))}")
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("decided", ["note before", "ignore"])
def test_one_decision_holds_for_all_boxes_of_the_same_words(bank: Bank, other: str, decided: str) -> None:
    headings = [TEXT, "1. Tell us more (optional)", other, "2. Tell us more (optional)2", "team", "Tell us more"]
    expected = ["note pay-parity", "note language"] if decided == "note before" else ["ignore", "ignore"]
    found = targets(bank, *headings, columns={headings[1]: decided})
    assert [found[1], found[3]] == expected
    assert [found[0], found[2], *found[4:]] == ["pay-parity", "language", "team", "?"]


def test_a_note_before_stands_after_a_question_or_is_left_out(bank: Bank) -> None:
    assert targets(bank, "team", "More", columns={"More": "note before"}) == ["team", "ignore"]
