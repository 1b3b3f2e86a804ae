"""A YAML file is read on past a line that can't be read, so that all its problems are known at once."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.bank.document import parse_yaml
from readiness.bank.recovering import parse_yaml_on
from readiness.errors import InputError
from tests.bank.test_document import PLAIN


def problems(text: str) -> list[str]:
    """Return where each problem of the text is, and its first words."""
    try:
        _, found = parse_yaml_on(text, "a.yaml")
    except InputError as error:
        found = [*error.problems]
    return [f"{problem.place}: {problem.what[:20]}" for problem in found]


@settings(deadline=None)
@given(PLAIN)
def test_what_can_be_read_is_read_as_ever(data: object) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    assert parse_yaml_on(text, "a.yaml") == (parse_yaml(text, "a.yaml"), [])


@pytest.mark.parametrize("value", ["n/a: why", "*really*", "&co", "!now", "@home", "`code`", "% of it", 'n/a: a "b"'])
def test_a_text_that_lacks_quotes_is_taken_as_it_stands_and_the_rest_is_read(value: str) -> None:
    document, found = parse_yaml_on(f"a: {value}\nlist:\n  - b: {value}\n    c: 1\n", "a.yaml")
    assert document.data == {"a": value, "list": [{"b": value, "c": 1}]}
    assert [problem.place.line for problem in found if problem.place] == [1, 3]


def test_keys_that_stand_there_twice_are_told_with_the_rest() -> None:
    assert problems("a: 1\na: b: c\na: 2\n") == [
        "a.yaml:2:5: There is a second co",
        'a.yaml:2:1: "a" stands here a se',
        'a.yaml:3:1: "a" stands here a se',
    ]


@pytest.mark.parametrize(
    "text", ["a: [1\nb: 2\n", 'a: "b\n', "a: {b: c: d}\n", "a\nb: c\n", "a: b\n  c: d\n", "? [a]\n: b"]
)
def test_what_quotes_do_not_mend_ends_the_reading_with_what_is_known(text: str) -> None:
    with pytest.raises(InputError) as plainly:
        parse_yaml(text, "a.yaml")
    with pytest.raises(InputError) as refused:
        parse_yaml_on(text, "a.yaml")
    assert refused.value.problems == plainly.value.problems
    assert problems(f"x: y: z\n{text}")[0] == "a.yaml:1:5: There is a second co"
    assert len(problems(f"x: y: z\n{text}")) == 2


def test_a_text_with_a_character_that_is_not_allowed_is_told_once() -> None:
    assert problems("a: b\x00c\n") == ["a.yaml:1: The text holds a cha"]


def test_only_so_many_lines_are_read_past_and_only_in_a_text_of_some_length() -> None:
    assert len(problems("".join(f"k{number}: a: b\n" for number in range(200)))) == 51
    assert len(problems("".join(f"k{number}: a: b\n" for number in range(30_000)))) == 1


@settings(deadline=None)
@given(st.text(alphabet="ab:- \n'\"[]{}&*!#|>,?", max_size=60))
def test_rubbish_ends_in_words_or_in_data(text: str) -> None:
    found = problems(text)
    try:
        parse_yaml(text, "a.yaml")
    except InputError as error:
        first = f"{error.problems[0].place}: {error.problems[0].what[:20]}"
    else:
        first = ""
    assert first in found if first else found == []
