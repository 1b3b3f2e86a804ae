import json
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import readiness.text
from readiness.text import closest, counted, ended, escaped, likeness, listed, near, safe, safe_lines, unended

ANY_TEXT = st.text(st.characters())  # every code point there is, half characters too
# Hypothesis draws single code points of a thousand kinds: the ones that matter here get a share of their own.
HOSTILE = st.text(
    st.sampled_from("ab \t\n\r\0\x07\x1b\x7f\x85\x9b\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029\ud800\ufeff")
)
NEVER_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@settings(deadline=None)
@given(ANY_TEXT | HOSTILE)
def test_safe_text_holds_no_control_character_and_nothing_that_turns_the_reading_direction(text: str) -> None:
    assert not NEVER_SHOWN.search(safe(text))


@settings(deadline=None)
@given(ANY_TEXT | HOSTILE)
def test_making_safe_text_safe_again_changes_nothing(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@settings(deadline=None)
@given(ANY_TEXT | HOSTILE)
def test_safe_text_can_be_written_as_utf_8_on_one_line(text: str) -> None:
    assert len(safe(text).encode().decode().splitlines()) <= 1


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P"])))
def test_letters_digits_and_punctuation_are_kept_as_they_are(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F)])
def test_every_control_character_between_two_letters_is_gone(code: int) -> None:
    assert safe(f"a{chr(code)}b") in ("ab", "a b")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two\t words\n", "two words"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("abc\u202edef", "abcdef"),
        ("zero\u2028one\u2029two", "zero one two"),
        ("\ufeffhidden\U000e0041", "hidden"),
        ("half\ud800", "half"),
        ("[/x] stays", "[/x] stays"),
    ],
)
def test_safe_text_keeps_the_words(text: str, shown: str) -> None:
    assert safe(text) == shown


@settings(deadline=None)
@given(HOSTILE)
def test_safe_lines_are_safe_and_not_empty(text: str) -> None:
    assert all(line and line == safe(line) for line in safe_lines(text))


def test_lines_are_kept_apart_and_empty_ones_left_out() -> None:
    assert safe_lines("one\n\n two\x07 \r\nthree\u2028four\u2029five\n") == ("one", "two", "three", "four", "five")


@settings(deadline=None)
@given(HOSTILE)
def test_escaped_json_means_the_same_and_shows_no_hidden_character(text: str) -> None:
    written = escaped(json.dumps([text], ensure_ascii=False))
    assert json.loads(written) == [text]
    assert not NEVER_SHOWN.search(written)


@pytest.mark.parametrize(
    ("count", "one", "many", "words"),
    [
        (1, "question", None, "1 question"),
        (0, "question", None, "0 questions"),
        (2, "question", None, "2 questions"),
        (1, "answer is", "answers are", "1 answer is"),
        (3, "answer is", "answers are", "3 answers are"),
    ],
)
def test_a_count_agrees_with_its_noun(count: int, one: str, many: str | None, words: str) -> None:
    assert counted(count, one, many) == words


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_a_sentence(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


@pytest.mark.parametrize(
    ("text", "sentence", "start"),
    [
        ("Do it", "Do it.", "Do it"),
        ("Do it.", "Do it.", "Do it"),
        ("Do it!", "Do it!", "Do it!"),
        ("Ask “why?”", "Ask “why?”", "Ask “why?”"),
        ("And so on...", "And so on...", "And so on..."),
    ],
)
def test_a_sentence_ends_in_one_stop_and_in_none_where_it_goes_on(text: str, sentence: str, start: str) -> None:
    assert (ended(text), unended(text)) == (sentence, start)


def test_of_many_known_words_those_near_in_the_alphabet_are_named() -> None:
    many = [f"w{at:04}" for at in range(1_000)]
    assert near("x", ["b", "a"]) == "b, a"
    assert near("w0500x", reversed(many)) == "w0498, w0499, w0500, w0501, w0502, w0503 and 994 more"
    assert near("a", many) == "w0000, w0001, w0002, w0003, w0004, w0005 and 994 more"
    assert near("z", many) == "w0994, w0995, w0996, w0997, w0998, w0999 and 994 more"
    assert near("x", []) == ""


def test_the_closest_word_is_sought_among_few() -> None:
    many = [f"{letter}{at}" for letter in "abcxyz" for at in range(500)]
    assert closest("pya-parity", ["reach", "pay-parity", "trust"]) == "pay-parity"
    assert closest("pay-partiy", [*many, "pay-parity"]) == "pay-parity"
    assert closest("zzz", ["reach"]) == ""
    assert closest("reach", []) == ""


def test_sentences_are_compared_by_their_beginnings_and_in_no_time() -> None:
    levels = [
        "Nobody has thought about the pay of Peer Workers yet",
        "All Peer Workers are paid as the others here are",
    ]
    assert closest("all peer workers are paid like others here are", levels) == levels[1]
    assert closest("We have no idea, and nobody here ever had any of it", levels) == ""
    assert likeness(levels[0], levels[0]) == 1
    shuffled = ["ab" * 50_000, "ba" * 50_000, "a" * 50_000 + "b" * 50_000]
    began = process_time()
    for _ in range(100):
        closest("b" * 50_000 + "a" * 50_000, shuffled)
    assert process_time() - began < 1  # minutes, compared letter by letter


def test_nothing_else_compares_letter_by_letter() -> None:
    sources = Path(readiness.text.__file__).parent.rglob("*.py")
    assert [path.name for path in sources if "from difflib" in path.read_text("utf-8")] == ["text.py"]
