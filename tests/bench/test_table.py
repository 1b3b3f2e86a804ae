"""The table of figures in the docs: new rows take the place of old ones, if all are of the same versions."""

from tests.bench.measure import Figure
from tests.bench.table import BEGINS, ENDS, with_figures

PAGE = f"# Speed\n\n{BEGINS}{ENDS}\nMore.\n"
HELP = Figure("help", 1.074, 1.1, 1.05, told="56 against 52 ms")


def test_a_figure_has_a_row_with_its_goals() -> None:
    page = with_figures(PAGE, [HELP, Figure("a key", 51.26, 50, 20, "ms"), Figure("start", 0.35, unit="s")], "V 1")
    assert page.startswith(f"# Speed\n\n{BEGINS}V 1\n\n| figure | ")
    assert page.endswith(f"{ENDS}\nMore.\n")
    rows = page.partition("---|\n")[2].splitlines()[:3]
    assert rows == [
        "| help | 1.1 | 1.05 | 1.07 | 56 against 52 ms |",
        "| a key | 50 | 20 | 51.3 ms: **missed** |  |",
        "| start |  |  | 0.35 s |  |",
    ]


def test_what_was_not_measured_stays_if_it_is_of_the_same_versions() -> None:
    page = with_figures(PAGE, [HELP, Figure("start", 0.35)], "V 1")
    later = with_figures(page, [Figure("start", 0.25)], "V 1")
    assert "| help |" in later
    assert "0.35" not in later
    assert "| help |" not in with_figures(page, [Figure("start", 0.25)], "V 2")


def test_the_verdict_is_by_the_way_that_is_better() -> None:
    assert [Figure("", reached, 1.8, 1.95, more=True).verdict for reached in (2, 1.9, 1.7)] == [
        "aim",
        "target",
        "MISSED",
    ]
    assert [Figure("", reached, 5, 3).verdict for reached in (3, 4, 6)] == ["aim", "target", "MISSED"]
    assert Figure("", 1).verdict == ""
