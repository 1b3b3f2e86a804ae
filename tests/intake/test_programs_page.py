"""The page of programs says what the program knows."""

from readiness.intake.vendors import VENDORS
from tests.exports.programs import PAGE, page


def test_the_page_is_written_from_what_is_known() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it again: python -m tests.exports.programs"


def test_each_program_is_on_the_page_with_what_it_rests_on() -> None:
    text = page()
    assert [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")] == [
        *(vendor.name for vendor in VENDORS),
        "Any other table",
    ]
    assert all(vendor.rests_on and f"| rests on | {vendor.rests_on} |" in text for vendor in VENDORS)
