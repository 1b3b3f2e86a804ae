"""What the cell of a table means."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.cells import NO_REASON, expected, numbered_from, parse_cell
from readiness.assessment.model import Response
from readiness.bank.model import Bank, Level, Question, QuestionWording
from readiness.text import parse_number, plain
from tests.small import small_bank

WHY = Response(not_applicable="Only one site")


@pytest.fixture
def question(bank: Bank) -> Question:
    return bank.question_by_id["critical-mass"]


def levels(*texts: str) -> tuple[Level, ...]:
    return tuple(Level(value=at, text=text) for at, text in enumerate(texts))


def words(question: Question, at: int) -> str:
    return question.levels[at].text


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("", None),
        (" \n ", None),
        ("2", Response(level=2)),
        (" 2.0 ", Response(level=2)),
        ("2,0", Response(level=2)),
        ("unknown", Response(unknown=True)),
        ("Don't know", Response(unknown=True)),
        ("I don’t know.", Response(unknown=True)),
        ("DO NOT KNOW", Response(unknown=True)),
        ("n/a", Response(not_applicable=NO_REASON)),
        ("N/A:", Response(not_applicable=NO_REASON)),
        ("n/a: Only one site", WHY),
        ("Not applicable", Response(not_applicable=NO_REASON)),
        ("Does not apply: Only one site", WHY),
        ('"Does not apply"', Response(not_applicable=NO_REASON)),
        ("6 - Don’t know", Response(unknown=True)),
        ("(99) Not applicable", Response(not_applicable=NO_REASON)),
    ],
)
def test_short_forms_and_the_usual_words_are_read(question: Question, cell: str, meant: Response | None) -> None:
    assert parse_cell(question, cell) == meant


@pytest.mark.parametrize("at", range(5))
def test_a_level_is_known_by_its_words_for_a_role(bank: Bank, at: int) -> None:
    for question in bank.questions:
        for wording in question.wording:
            if wording.levels:
                assert parse_cell(question, wording.levels[at]) == Response(level=question.levels[at].value)


def test_words_that_mean_another_level_to_a_role_mean_none(question: Question) -> None:
    texts = tuple(level.text for level in question.levels)
    swapped = QuestionWording(when={"role": ("cook",)}, levels=(texts[1], texts[0], *texts[2:]))
    told = question.model_copy(update={"wording": (swapped,)})
    with pytest.raises(ValueError, match="the words of a level"):
        parse_cell(told, texts[0])
    assert parse_cell(told, texts[2]) == Response(level=question.levels[2].value)


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize(
    "written", ["{}", "  {} \n", '"{}"', "{value} - {}", "{value}. {}", "{value}) {}", "({value}) {}", "{position}: {}"]
)
def test_a_level_is_known_by_its_words_with_or_without_its_number(question: Question, at: int, written: str) -> None:
    cell = written.format(words(question, at), value=at, position=at + 1)
    assert parse_cell(question, cell) == Response(level=at)
    assert parse_cell(question, cell.upper().replace(" ", "\u00a0 ")) == Response(level=at)


@pytest.mark.parametrize(
    "cell", ["5", "-1", "2.5", "1e1", "NA", "maybe", "-", "?", "2 3", "true", "1_0", "٢", "In most teams", "unknown: x"]
)
def test_what_is_no_answer_is_refused_with_what_may_stand_there(question: Question, cell: str) -> None:
    with pytest.raises(ValueError, match=r'^Write 0, 1, 2, 3 or 4, the words of a level, unknown, or "n/a: why"\.$'):
        parse_cell(question, cell)


def test_where_numbers_count_from_1_the_places_of_levels_are_expected(tmp_path: Path) -> None:
    question = small_bank(tmp_path, "[{id: q, values: [-1, 0, 0.25]}]").questions[0]
    assert expected(question).startswith("Write -1, 0 or 0.25, the words")
    assert expected(question, from_1=True).startswith("Write 1, 2 or 3, the words")


def test_a_reason_too_long_to_keep_is_refused_and_not_cut(question: Question) -> None:
    with pytest.raises(ValueError, match="Keep the reason to 20000 characters"):
        parse_cell(question, f"n/a: {'x' * 20_001}")


def test_a_number_that_contradicts_the_words_is_refused(question: Question) -> None:
    with pytest.raises(ValueError, match="Write"):
        parse_cell(question, f"4 - {words(question, 0)}")


@pytest.mark.parametrize(
    ("values", "cell", "first"),
    [
        ("[0, 1, 2]", "0 - Level 0", 0),
        ("[0, 1, 2]", "1. Level 0", 1),
        ("[0, 1, 2]", "2 - Level 0", None),
        ("[0, 1, 2]", "2 - other words", None),
        ("[0, 1, 2]", "Level 2", None),
        ("[0, 1, 2]", "2", None),
        ("[1, 2, 3]", "2 - Level 1", None),
    ],
)
def test_a_number_before_a_levels_words_shows_from_where_numbers_count(
    tmp_path: Path, values: str, cell: str, first: int | None
) -> None:
    question = small_bank(tmp_path, f"[{{id: q, values: {values}}}]").questions[0]
    told = question.model_copy(
        update={
            "levels": tuple(
                level.model_copy(update={"text": f"Level {at}"}) for at, level in enumerate(question.levels)
            )
        }
    )
    assert numbered_from(told, cell) == first


def test_a_level_whose_words_begin_with_a_number_or_hold_a_colon_is_known(question: Question) -> None:
    question = question.model_copy(update={"levels": levels("2 or fewer", "n/a: never")})
    assert parse_cell(question, "2 or fewer") == Response(level=0)
    assert parse_cell(question, "1. 2 or fewer") == Response(level=0)
    assert parse_cell(question, "n/a: never") == Response(level=1)


def test_words_that_two_levels_share_are_no_answer(question: Question) -> None:
    question = question.model_copy(update={"levels": levels("Some", "some!")})
    with pytest.raises(ValueError, match="Write 0 or 1"):
        parse_cell(question, "Some")


def test_values_that_a_bank_gives_its_levels_are_what_numbers_mean(tmp_path: Path) -> None:
    question = small_bank(tmp_path, "[{id: q, values: [-1, 0, 0.25]}]").questions[0]
    assert parse_cell(question, "-1") == Response(level=-1)
    assert parse_cell(question, "0,25") == Response(level=0.25)
    with pytest.raises(ValueError, match=r"Write -1, 0 or 0\.25"):
        parse_cell(question, "2")


@given(st.text(max_size=60))
def test_any_cell_is_read_or_refused_as_wrong_input(bank: Bank, cell: str) -> None:
    question = bank.questions[0]
    try:
        response = parse_cell(question, cell)
    except ValueError:
        response = None
    assert response is None or response.answered


@given(st.text(alphabet=string.ascii_letters + " .,'’“”-–", max_size=40))
def test_comparing_sets_aside_case_spaces_quotes_and_punctuation(text: str) -> None:
    assert plain(f' "{text.upper()}" ') == plain(text)
    assert plain(plain(text)) == plain(text)


@given(st.integers(-999_999, 999_999))
def test_a_whole_number_is_read_whole(number: int) -> None:
    for text in (str(number), f"{number}.0"):
        assert parse_number(text) == number
        assert isinstance(parse_number(text), int)


@pytest.mark.parametrize("text", ["#N/A", "#n/a", "#NA"])
def test_what_a_spreadsheet_writes_if_it_found_nothing_is_no_answer(bank: Bank, text: str) -> None:
    with pytest.raises(ValueError, match=r"^Write 0, 1, 2, 3 or 4, the words of a level"):
        parse_cell(bank.questions[0], text)
