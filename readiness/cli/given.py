"""What a person types about a team and its respondents, as options of several commands; and what day it is."""

import datetime as dt
from typing import TYPE_CHECKING

import typer

from readiness.cli.settings import was_set
from readiness.dates import local_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.bank.model import Bank
    from readiness.intake.mapping import DateOrder, LowestNumber
    from readiness.roundtrip.form_entries import Given


def pairs(texts: list[str]) -> dict[str, str]:
    """Return what ``--profile`` was given, as ``KEY=VALUE``, by key."""
    found: dict[str, str] = {}
    for text in texts:
        key, sign, value = (part.strip() for part in text.partition("="))
        if not (key and sign and value):
            raise typer.BadParameter(f"--profile takes KEY=VALUE, such as stage=planning, not {text}")
        if key in found:
            raise typer.BadParameter(f"--profile says {key} twice")
        found[key] = value
    return found


def typed_name(option: str, text: str | None) -> str | None:
    """Return the name that was typed, in one line; None if none was."""
    from pydantic import TypeAdapter, ValidationError

    from readiness.assessment.model import TeamName
    from readiness.text import safe

    if text is None:
        return None
    try:
        return TypeAdapter(TeamName).validate_python(safe(text))
    except ValidationError:
        raise typer.BadParameter(f"{option} takes a name of 1 to 300 characters that can be seen") from None


def typed_role(bank: "Bank", text: str | None) -> str | None:
    """Return the role that was typed, as the bank calls it; None if none was. A bank without roles takes any."""
    from readiness.assessment.roles import known_role
    from readiness.text import near

    if text is None or not bank.roles:
        return typed_name("--role", text)
    known = known_role(text, bank.roles)
    if known is None:
        raise typer.BadParameter(f"--role takes one of: {near(text, [role.id for role in bank.roles])}")
    return known.id


def today() -> dt.date:
    """Return today's date, where this computer is."""
    return local_day()


def typed_date(option: str, text: str | None) -> dt.date | None:
    """Return the date that was typed; None if none was."""
    from readiness.dates import typed_day

    if text is None:
        return None
    try:
        return typed_day(text)
    except ValueError as error:
        raise typer.BadParameter(f'{option}: "{text}" is not understood. {error}') from None


def date_order(date: str | None, *, day_first: bool, month_first: bool) -> "DateOrder | None":
    """Return the order of day and month that was chosen; None if none was.

    Raises BadParameter if both were, or if the order of ``date`` could be taken for that of the table.
    """
    from readiness.intake.mapping import DateOrder

    if month_first and date is not None and not date[:4].isdigit():
        raise typer.BadParameter(f"--date is read day first: with --month-first, write it as 2027-01-31, not {date}")
    if day_first and month_first and was_set("--day-first") is not was_set("--month-first"):
        day_first, month_first = not was_set("--day-first"), not was_set("--month-first")  # the typed one wins
    if day_first and month_first:
        raise typer.BadParameter("--day-first and --month-first contradict each other: give one of them")
    return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST if month_first else None


def lowest_number(number: int | None) -> "LowestNumber | None":
    """Return the number of the lowest level that was typed, 0 or 1; None if none was."""
    return None if number is None else 1 if number else 0


def profile_of(bank: "Bank", texts: list[str]) -> dict[str, str]:
    """Return what ``--profile`` was given, by key, if the bank has it."""
    from readiness.text import near

    given = pairs(texts)
    options = {entry.id: [option.id for option in entry.options] for entry in bank.profile}
    for key, value in given.items():
        if key not in options:
            raise typer.BadParameter(f"--profile: there is no {key}. It takes: {near(key, options) or 'nothing'}")
        if value not in options[key]:
            raise typer.BadParameter(f"--profile: {key} takes one of: {near(value, options[key])}")
    return given


def given_by(
    bank: "Callable[[], Bank]",
    *,
    team: str | None,
    organisation: str | None,
    profile: list[str] | None,
    role: str | None,
    date: str | None,
    sheet: str | None,
) -> "Given":
    """Return what a person said of the answers, for where a file does not. The bank is opened only if it is needed."""
    from readiness.roundtrip.form_entries import Given

    return Given(
        team=typed_name("--team", team),
        organisation=typed_name("--organisation", organisation),
        profile=profile_of(bank(), profile) if profile else {},
        role=None if role is None else typed_role(bank(), role),
        date=typed_date("--date", date),
        sheet=sheet,
    )
