"""Tables of a page: what their cells, heads and widths become on a screen and on paper."""

from dataclasses import replace
from typing import Any

import pytest

from readiness.document.blocks import Card, Cards, SideBySide
from readiness.document.charts import StepsChart
from readiness.document.spans import Look, Span
from readiness.document.tables import Column, Lines, Shaded, Table, of_words
from tests.document.kitchen import ACTIONS
from tests.document.pages import cells, every, part, said, styled, words


def test_lines_of_a_cell_stand_one_below_the_other_and_words_beside_the_chart_before_them() -> None:
    table = Table(words("x", "y"), [(Lines(["Step", StepsChart(1, 3)]), Lines([StepsChart(1, 3), "one", "two"]))])
    found = [[child.tag.rpartition("}")[2] for child in cell] for cell in every(part(table), "td")]
    assert found == [["br", "svg"], ["svg", "br"]]


def test_cells_of_a_phones_list_say_what_their_column_is_unless_they_say_it_themselves() -> None:
    heads = [[cell.get("data-head") for cell in row] for row in every(part(ACTIONS), "tr")[1:]]
    told = "How you will know", "Who and when"
    assert heads == [[None, None, *told], [None, None, None, told[1]]]
    assert not [each for each in part(ACTIONS, screen=False).iter() if each.get("data-head")]


def test_rows_are_named_by_their_header_cell_and_columns_by_theirs() -> None:
    rows = every(part(ACTIONS), "tr")
    assert [(cell.tag, cell.get("scope")) for cell in rows[0]] == [("th", "col")] * 4
    assert [(cell.tag, cell.get("scope")) for cell in rows[1]] == [
        ("td", None),
        ("th", "row"),
        ("td", None),
        ("td", None),
    ]


def test_a_table_without_heads_is_named_by_its_first_column() -> None:
    made = part(Table(words("Never", "shown"), [("Who runs it?", "A trust")], heads=False))
    assert every(made, "thead") == []
    assert [cell.tag for cell in every(made, "tr")[0]] == ["th", "td"]


def test_a_heading_or_a_name_that_is_empty_is_no_header_cell() -> None:
    made = part(Table((Column("", row_header=True), *of_words("x")), [("", "1"), ("a", "2")]))
    assert [[cell.tag for cell in row] for row in every(made, "tr")] == [["td", "th"], ["td", "td"], ["th", "td"]]


def test_a_first_cell_that_is_alone_in_its_row_takes_all_columns() -> None:
    made = part(Table(words("x", "y", "z"), [("Nothing is known.", "", ""), ("a", "b", "")]))
    assert [cell.get("colspan") for cell in every(made, "td")] == ["3", None, None, None]


def test_a_table_without_rows_is_not_shown() -> None:
    assert every(part("Words", Table(words("x"), [])), "table") == []


def test_widths_are_the_shares_of_the_columns() -> None:
    made = part(Table((Column("a", share=1), Column("b", share=2), Column("c", share=5)), [("1", "2", "3")]))
    assert [col.get("style") for col in every(made, "col")] == ["width: 12.5%", "width: 25.0%", "width: 62.5%"]


def test_a_wide_table_is_scrolled_on_a_screen_by_anybody() -> None:
    table = Table(words("Team", "Score"), [("Ash", Shaded("41?", "b"))], "Each team", wide=True)
    (box,) = styled(part(table), "scroll")
    assert (box.get("role"), box.get("tabindex"), box.get("aria-label")) == ("region", "0", "Each team")
    assert styled(part(table, screen=False), "scroll") == []
    assert styled(part(replace(table, caption="")), "scroll")[0].get("aria-label") == "Team"


@pytest.mark.parametrize(
    ("text", "mark"), [("41?", True), ("39.9 ?", True), ("88", False), ("–", False), ("What?", False), ("?", False)]
)
def test_a_number_that_could_be_another_has_a_small_mark(text: str, mark: bool) -> None:  # noqa: FBT001
    made = part(Table(words("x", "y"), [("a", Shaded(text, "c"))]))
    (cell,) = styled(made, "shade-c")
    assert said(cell) == text.replace(" ", "")
    assert len(styled(cell, "open-mark")) == mark


def test_a_row_may_go_on_over_a_page_break_if_a_cell_would_take_a_third_of_a_page() -> None:
    columns = Column("x", share=3), Column("y")
    rows: list[tuple[Any, str]] = [
        ("word " * 400, ""),
        ("word " * 500, "z"),
        ("z", "word " * 160),
        (Lines(["word " * 300] * 2), "z"),
    ]
    found = [row.get("class") for row in every(part(Table(columns, rows)), "tr")[1:]]
    assert found == [None, "tall", "tall", "tall"]


def test_cards_stand_three_in_a_row() -> None:
    made = part(Cards([Card(str(at), f"Card {at}", ["one", "two"], [Span("Late", Look.LATE)]) for at in range(4)]))
    assert [len(every(table, "td")) for table in every(made, "table", role="presentation")] == [3, 1]
    assert said(every(made, "td")[0]) == "0Card 0onetwoLate"


def test_two_columns_are_no_table_to_a_screen_reader() -> None:
    made = part(SideBySide(["left"], ["right"], 0.36))
    (table,) = every(made, "table", role="presentation")
    assert [col.get("style") for col in every(table, "col")] == ["width: 36.0%", "width: 64.0%"]
    assert cells(every(table, "tr")[0]) == ["left", "right"]
