import errno
import json
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.bank.document import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    ParsedDocument,
    decode,
    parse,
    parse_json,
    parse_yaml,
    read_bytes,
)
from readiness.errors import InputError, Place

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


def refusal(text: str, file: str) -> str:
    with pytest.raises(InputError) as refused:
        parse(text, file)
    return str(refused.value)


def paths(data: object, around: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {around}
    if isinstance(data, dict):
        found = found.union(*(paths(value, (*around, key)) for key, value in data.items()))
    if isinstance(data, list):
        found = found.union(*(paths(value, (*around, at)) for at, value in enumerate(data)))
    return found


@settings(deadline=None)
@given(PLAIN)
def test_json_is_read_as_written_with_a_place_for_every_part(data: object) -> None:
    document = parse_json(json.dumps(data, indent=1), "a.json")
    assert document.data == data
    assert set(document.places) == paths(data)


@settings(deadline=None)
@given(PLAIN)
def test_yaml_is_read_as_written_with_a_place_for_every_part(data: object) -> None:
    document = parse_yaml(yaml.safe_dump(data, allow_unicode=True), "a.yaml")
    assert document.data == data
    assert set(document.places) == paths(data)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("True", "True"),
        ("2026-11-22", "2026-11-22"),
        ("1_0", "1_0"),
        ("0x10", "0x10"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30:45", "12:30:45"),
        ("1" * 19, "1" * 19),
        ('"2"', "2"),
        ("'true'", "true"),
        ("|\n   2", "2"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2", 2),
        ("-2", -2),
        ("0.25", 0.25),
    ],
)
def test_a_yaml_word_means_what_a_person_reads(word: str, meaning: object) -> None:
    data = parse_yaml(f"a: {word}", "a.yaml").data
    assert data == {"a": meaning}
    assert isinstance(data, dict)
    assert type(data["a"]) is type(meaning)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_an_empty_yaml_file_holds_nothing(text: str) -> None:
    assert parse_yaml(text, "a.yaml").data is None


def test_a_file_is_read_by_its_ending() -> None:
    assert parse("no: 1", "a.yml").data == {"no": 1}
    assert "This is not JSON" in refusal("no: 1", "a.json")


def test_places_are_lines_and_columns_counted_from_1() -> None:
    text = '{"é": 1,\n "b": [true,\n   {"c": "x"}]}'
    for document in (parse_json(text, "a"), parse_yaml(text, "a")):
        assert document.place(()) == Place("a", 1, 1)
        assert document.place(("é",)) == Place("a", 1, 2)
        assert document.place(("b",)) == Place("a", 2, 2)
        assert document.place(("b", 0)) == Place("a", 2, 8)
        assert document.place(("b", 1)) == Place("a", 3, 4)
        assert document.place(("b", 1, "c")) == Place("a", 3, 5)


def test_what_the_file_does_not_have_is_placed_at_the_nearest_part_around_it() -> None:
    document = parse_yaml("a:\n  b: 1", "a.yaml")
    assert document.place(("a", "missing", 3)) == Place("a.yaml", 1, 1)
    assert document.place(("a", "b", "missing")) == Place("a.yaml", 2, 3)
    assert ParsedDocument({}, {(): Place("x")}).place(("a",)) == Place("x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", 'a.yaml:3:1: "a" stands here a second time (first in line 1). Keep one of the two.'),
        ("a: &x 1", 'a.yaml:1:4: An anchor or alias ("&" or "*") is not allowed. Write the text out,'),
        ("&x a: 1", 'a.yaml:1:1: An anchor or alias ("&" or "*") is not allowed.'),
        ("a: *x", 'a.yaml:1:4: An anchor or alias ("&" or "*") is not allowed.'),
        ("a: &x [1]", 'a.yaml:1:4: An anchor or alias ("&" or "*") is not allowed.'),
        ("a: !!python/name:os.system x", 'a.yaml:1:4: A tag ("!") is not allowed. Take it out, or put quotes around'),
        ("!x a: 1", 'a.yaml:1:1: A tag ("!") is not allowed.'),
        ("? [a]\n: 1", "a.yaml:1:3: A key must be a word. Look for a missing quote or bracket."),
        ("a: 1\n---\nb: 2", 'a.yaml:2:1: A second document begins here. Take the "---" out.'),
        ("a:\n  why: n/a: no", "a.yaml:2:11: There is a second colon on this line. Put quotes around text that holds"),
        ("a: [1", "a.yaml:2:1: This is not YAML: did not find expected ',' or ']'. Look at the spaces at the start"),
        ("a: \x07", "a.yaml:1: The text holds a character that YAML does not allow. Take it out."),
        ("é: é\né: \x07\nb: 1\n", "a.yaml:2: The text holds a character that YAML does not allow. Take it out."),
        ('a: "\\ud800"', "a.yaml:1:7: This is not YAML: found invalid Unicode character escape code."),
    ],
)
def test_yaml_that_lies_or_can_not_be_read_is_refused_at_its_place(text: str, message: str) -> None:
    assert refusal(text, "a.yaml").startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n "a": 2}', 'a.json:2:2: "a" stands here a second time (first in line 1). Keep one of the two.'),
        ('{"a": {"b": 1, "\\u0062": 2}}', 'a.json:1:16: "b" stands here a second time (first in line 1).'),
        ("[NaN]", "a.json: NaN is not a number here. Write an ordinary number."),
        ("-Infinity", "a.json: -Infinity is not a number here."),
        ("1e999", "a.json: 1e999 is not a number here."),
        ("9" * 5000, "a.json: A number here has too many digits. Write an ordinary number."),
        ('["ok",\n "\\ud800"]', "a.json:2:2: This text holds half a character. Take the broken character out."),
        ('{"\\udc00": 1}', "a.json:1:2: This text holds half a character."),
        ('{"a" 1}', "a.json:1:6: This is not JSON: Expecting ':' delimiter. Fix it on this line."),
        ("", "a.json:1:1: This is not JSON: Expecting value."),
        ('{"a": "b\n', "a.json:1:9: This is not JSON: Invalid control character. Fix it on this line."),
        ('{"a": "b', "a.json:1:7: This is not JSON: Unterminated string. Fix it on this line."),
    ],
)
def test_json_that_lies_or_can_not_be_read_is_refused_at_its_place(text: str, message: str) -> None:
    assert refusal(text, "a.json").startswith(message)


@pytest.mark.parametrize("file", ["a.json", "a.yaml"])
def test_every_duplicate_key_is_named_at_once(file: str) -> None:
    assert refusal('{"a": 1, "a": 2, "b": {"c": 1, "c": 2}}', file).count("a second time") == 2


@pytest.mark.parametrize("file", ["a.json", "a.yaml"])
def test_the_same_key_in_two_mappings_is_no_duplicate(file: str) -> None:
    assert parse('[{"a": {"a": 1}}, {"a": 2}]', file).data == [{"a": {"a": 1}}, {"a": 2}]


def test_a_pair_of_halves_is_one_character_in_json() -> None:
    assert parse_json('"\\ud83d\\ude00"', "a.json").data == "😀"


@pytest.mark.parametrize("file", ["a.json", "a.yaml"])
def test_nesting_ends_at_its_limit(file: str) -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, file).data
    message = f"{file}:1:{MAX_DEPTH + 1}: The file is nested more than 20 levels deep. Check the file."
    assert refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), file) == message


@pytest.mark.parametrize("file", ["a.json", "a.yaml"])
def test_a_hundred_thousand_brackets_are_refused_not_a_crash(file: str) -> None:
    assert "The file is nested more than 20 levels deep" in refusal("[" * 100_000, file)


@pytest.mark.parametrize("file", ["a.json", "a.yaml"])
def test_a_file_of_too_many_parts_is_refused(file: str) -> None:
    assert "The file holds more than 200,000 parts. Check the file." in refusal("[" + "1," * MAX_NODES + "1]", file)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa: 1", "a.yaml") == "a: 1"


def test_text_that_is_not_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(InputError) as refused:
        decode(b"a: 1\nb: caf\xe9\n", "a.yaml")
    assert str(refused.value) == 'a.yaml:2: This is not UTF-8 text. Save the file again as "UTF-8".'


def test_a_file_over_the_size_cap_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(10 * MAX_BYTES)
    raw = read_bytes(path)
    assert len(raw) == MAX_BYTES + 1
    with pytest.raises(InputError, match=r"The file is larger than 8 MB\. Check that it is the right file\."):
        decode(raw, "large.yaml")


def test_a_file_of_exactly_the_size_cap_is_read() -> None:
    assert len(decode(b"#" * MAX_BYTES, "a.yaml")) == MAX_BYTES


def test_a_file_that_can_not_be_read_says_why(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path, message in [
        (tmp_path / "none", "There is no such file. Check the name."),
        (tmp_path, "This is a folder. Name a file in it."),
        (loop, f"The file can't be read ({os.strerror(errno.ELOOP)}). Check who may read it."),
    ]:
        with pytest.raises(InputError) as refused:
            read_bytes(path)
        assert str(refused.value) == f"{path}: {message}"


def test_where_no_more_files_can_be_open_fewer_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    (tmp_path / "a.json").touch()
    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(InputError, match=r"\(Too many open files\)\. Name fewer files at a time"):
        read_bytes(tmp_path / "a.json")
