"""The page of figures is what the attacks come to."""

from tests.attack.figures import PAGE, page


def test_page_of_figures_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page()
