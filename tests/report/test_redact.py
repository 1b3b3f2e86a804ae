"""Redaction: what is told by its shape goes, and what is not, stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readiness.report.redact import is_nhs_number, redacted

GONE = {"[e-mail address]", "[phone number]", "[postcode]", "[NHS number]"}


@pytest.mark.parametrize(
    "address",
    [
        "ann@example.org",
        "ann.o'neill+peer@mail.trust.nhs.uk",
        "ANN_1@EXAMPLE.CO.UK",
        "ann @ example.org",
        "ann\uff20example.org",
        "zoë@bücher.example",
    ],
)
def test_an_e_mail_address_goes(address: str) -> None:
    assert redacted(f"Write to {address}, please") == "Write to [e-mail address], please"


@pytest.mark.parametrize(
    "number",
    [
        "020 7946 0000",
        "(020) 7946 0000",
        "02079460000",
        "0113 496 0000",
        "01632 960001",
        "01632-960-001",
        "07700 900123",
        "07700900123",
        "0800 001 066",
        "+44 20 7946 0000",
        "+44 (0)20 7946 0000",
        "(+44) 7700 900123",
        "0044 7700 900123",
        "+1 555 010 0199",
        "+353 1 496 0000",
        "+49/30/23125000",
        "(555) 010-0199",
        "07700\u00a0900\u2011123",
        "0770\u200b0 900123",
        "07700\n900123",
    ],
)
def test_a_phone_number_goes(number: str) -> None:
    assert redacted(f"Ring {number} at two.") == "Ring [phone number] at two."


@pytest.mark.parametrize("said", ["tel 496 0000", "Phone: 4960000", "ext. 4321", "mobile 7700 900123"])
def test_digits_that_are_said_to_be_a_phone_number_go(said: str) -> None:
    assert redacted(said).endswith("[phone number]")
    assert redacted(said)[:3] == said[:3]


@pytest.mark.parametrize(
    "code", ["SW1A 1AA", "M1 1AE", "sw1a1aa", "CR2 6XH", "DN55 1PT", "W1A 0AX", "GIR 0AA", "b33  8th".upper()]
)
def test_a_postcode_goes(code: str) -> None:
    assert redacted(f"She lives at {code}.") == "She lives at [postcode]."


@pytest.mark.parametrize(
    "number", ["943 476 5919", "9434765919", "943-476-5919", "9 4 3 4 7 6 5 9 1 9", "94 34 76 59 19"]
)
def test_an_nhs_number_goes(number: str) -> None:
    assert redacted(f"NHS {number}; seen") == "NHS [NHS number]; seen"


@pytest.mark.parametrize(
    "text",
    [
        "Four posts in 2026/27, two in the East team and two in the West.",
        "Agreed on 24.11.2026 at 10:30, and again on 01.02.2027 at 10.",
        "On 2026-11-24, 12 of 14 staff; budget £120,000 to £1,250,000; band 5.",
        "Floor B3, 4th door; from 9am to 5pm; step 3 of 5; room 12A.",
        "943 476 5918 is ten digits, and no NHS number.",
        "Ann Nair said so, and so did Sean.",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and +1, 2, 3, 4, 5, 6, 7, 8",
        "Ref 123456789012345678901234567890",
        "x" * 20_000,
        "0" * 5_000,
    ],
)
def test_all_else_stays(text: str) -> None:
    assert redacted(text) == text


def test_names_stay_and_each_kind_of_thing_goes() -> None:
    text = "Priya Nair, 14 Mill Lane, LS2 9JT, 0113 496 0000, p.nair@example.org, NHS 943 476 5919"
    done = redacted(text)
    assert done.startswith("Priya Nair, 14 Mill Lane, ")
    assert {word for word in GONE if word in done} == GONE
    assert not [part for part in ("LS2", "496", "example", "943") if part in done]


def checked(nine: str) -> str | None:
    """Return the nine digits with their check digit; None where there is none, as the remainder would be 10."""
    rest = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(nine)) % 11
    return None if rest == 10 else f"{nine}{rest % 11}"


NINE = st.text("0123456789", min_size=9, max_size=9)
AROUND = st.text(st.sampled_from("ab ,.:-\n1"), max_size=6)


@given(NINE, AROUND, AROUND, st.sampled_from(["", " ", "-", "\u00a0"]))
@example("943476591", "2024 ", " 12", " ")
@example("943476591", "1 ", "", "")
def test_every_valid_nhs_number_goes_whatever_stands_around_it(nine: str, before: str, after: str, gap: str) -> None:
    number = checked(nine)
    if number is None:
        return
    shown = gap.join((number[:3], number[3:6], number[6:]))
    # A digit right beside it makes another number of it.
    text = f"{before.rstrip('1')}, {shown} ,{after.lstrip('1')}"
    assert is_nhs_number(number)
    assert shown not in redacted(text)
    assert number not in redacted(text)


@given(NINE.filter(lambda nine: nine[0] != "0"), st.integers(0, 9), st.sampled_from(["", " "]))
def test_ten_digits_with_a_wrong_check_digit_stay_unless_they_are_a_phone_number(
    nine: str, last: int, gap: str
) -> None:
    number = f"{nine}{last}"
    if checked(nine) == number:
        return
    shown = gap.join((number[:3], number[3:6], number[6:]))
    assert redacted(f"about {shown} of them") == f"about {shown} of them"


@given(st.text(max_size=200))
def test_nothing_breaks_it_and_once_is_enough(text: str) -> None:
    assert redacted(redacted(text)) == redacted(text)
