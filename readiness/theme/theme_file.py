"""Reads a theme's folder: ``theme.toml``, the logo and the fonts beside it. All that is wrong is said at once."""

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from readiness.bank.document import ParsedDocument, read_bytes
from readiness.bank.validation import in_order, validated
from readiness.errors import InputError, Problem
from readiness.resources import REPORT_TEMPLATES
from readiness.text import closest, safe, short
from readiness.theme.assets import FileName, FontFiles, beside, read_family, read_logo
from readiness.theme.colours import READABLE, contrast, dark, mix
from readiness.theme.theme import TINT, Family, Logo, Part, Theme, quiet
from readiness.theme.toml_document import read_toml
from readiness.theme.word_parts import refuse_outside
from readiness.zip_guard import check_package

THEME_FILE = "theme.toml"
THEMES = REPORT_TEMPLATES / "themes"
_SMALLEST, _LARGEST = 8, 20
"""Points: the sizes of text that a report can be laid out in."""

Words = Annotated[str, Field(max_length=200)]
Colour = Annotated[str, Field(max_length=20)]
Made = TypeVar("Made")


class ThemeFile(BaseModel):
    """What stands in ``theme.toml``. What a theme leaves out is as in the sober one."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Words = ""
    contact: Words = ""
    footer: Words = ""
    logo: FileName = ""
    main_colour: Colour
    second_colour: Colour
    text_colour: Colour
    font: Words | FontFiles
    heading_font: Words | FontFiles
    text_size: Annotated[float, Field(strict=False)]
    page: Literal["A4", "Letter"]
    parts: Annotated[tuple[Part, ...], Field(strict=False)]
    word_template: FileName = ""

    @field_validator("main_colour", "second_colour", "text_colour")
    @classmethod
    def _is_a_colour(cls, value: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError(f'"{value}" is not a colour. Write # and six digits, such as "#0b5563"')
        return value.lower()

    @field_validator("font", "heading_font", mode="before")
    @classmethod
    def _is_a_font(cls, value: object) -> object:
        if isinstance(value, str):
            return value
        if isinstance(value, dict) and all(
            face in FontFiles.model_fields and isinstance(name, str) for face, name in value.items()
        ):
            return value
        raise ValueError(
            "this is not a font. Write the name of a shipped one in quotes, or name files: "
            '{regular = "our.ttf", bold = "our-bold.ttf"}'
        )

    @field_validator("text_size", mode="before")
    @classmethod
    def _is_a_size(cls, value: object) -> object:
        found = f'"{short(value)}"' if isinstance(value, str) else "this"
        if isinstance(value, int | float) and not isinstance(value, bool):
            if _SMALLEST <= value <= _LARGEST:
                return value
            found = f"{value}"
        raise ValueError(
            f"{found} is not a size from {_SMALLEST} to {_LARGEST} points. "
            "Write a number without quotes, such as 9.6, or 16 for large print"
        )

    @field_validator("parts", mode="before")
    @classmethod
    def _are_parts(cls, value: object) -> object:
        known = [part.value for part in Part if part is not Part.BRIEF]
        todo = f"Write a list of these: {json.dumps(known)}"
        if not isinstance(value, list):
            raise ValueError(f"this is not a list. {todo}")  # noqa: TRY004 — pydantic takes a ValueError
        wrong = [f'"{short(str(name))}"' for name in value if name not in (*known, Part.BRIEF)]
        if wrong:
            raise ValueError(f"there is no part {' or '.join(wrong)}. {todo}")
        return value

    @field_validator("name", "contact", "footer")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        return safe(value).strip()

    @field_validator("parts")
    @classmethod
    def _are_enough(cls, value: tuple[Part, ...]) -> tuple[Part, ...]:
        if Part.METHOD not in value:
            raise ValueError('"method" is missing. Add it: a report says what its score does not claim')
        if Part.BRIEF in value:
            raise ValueError('"brief" stands for all the other parts. Take it out, and write the report with --brief')
        if len(set(value)) < len(value):
            raise ValueError("a part stands there twice. Name each part once")
        return value


def find_theme(name: str) -> Path:
    """Return the folder of the theme called ``name``: a shipped one's name, a folder, or a theme.toml in it.

    Raises InputError if there is none, naming those there are.
    """
    path = Path(name)
    for folder in (THEMES / name, path, path.parent if path.name == THEME_FILE else path):
        if (folder / THEME_FILE).is_file():
            return folder
    close = closest(name, shipped_themes())
    meant = f'Did you mean "{close}"? ' if close else ""
    todo = f"{meant}Name one of these: {', '.join(shipped_themes())}. Or name a folder that holds a {THEME_FILE}."
    raise InputError(Problem(f'There is no theme "{name}"', todo))


def shipped_themes() -> tuple[str, ...]:
    """Return the names of the shipped themes, the default first."""
    names = sorted(path.parent.name for path in THEMES.glob(f"*/{THEME_FILE}"))
    return tuple(sorted(names, key=lambda name: name != "sober"))


def read_theme(folder: Path) -> Theme:
    """Return the theme in ``folder``.

    Raises InputError with everything that is wrong in it, in its logo and in its fonts.
    """
    document = read_toml(folder / THEME_FILE)
    file, problems = _file(document)
    problems += [Problem(what, todo, document.place((field,))) for field, what, todo in _unreadable(file)]

    def checked(field: str, make: Callable[[], Made]) -> Made | None:
        try:
            return make()
        except InputError as error:
            place = document.place((field,))
            problems.extend(Problem(problem.what, problem.todo, place) for problem in error.problems)
            return None

    logo = checked("logo", lambda: _logo(folder, file))
    font = checked("font", lambda: read_family(folder, file.font))
    heading_font = checked("heading_font", lambda: read_family(folder, file.heading_font))
    template = checked("word_template", lambda: _word_template(folder, file.word_template))
    if problems or font is None or heading_font is None:
        raise InputError(in_order(problems))
    return replace(_plain(file), logo=logo, font=font, heading_font=heading_font, word_template=template)


def _plain(file: ThemeFile) -> Theme:
    """Return the theme as the file says it, without the files that it names."""
    return Theme(
        name=file.name,
        contact=file.contact,
        footer=file.footer,
        logo=None,
        accent=file.main_colour,
        warm=file.second_colour,
        ink=file.text_colour,
        font=Family(""),
        heading_font=Family(""),
        text_size=file.text_size,
        page=file.page,
        parts=file.parts,
    )


def _file(document: ParsedDocument) -> tuple[ThemeFile, list[Problem]]:
    """Return what stands in the document, and what is wrong with it: such a field counts as left out."""
    base, kept = _data(read_toml(THEMES / "sober" / THEME_FILE)), dict(_data(document))
    problems: list[Problem] = []
    while True:
        try:
            return validated(ThemeFile, ParsedDocument({**base, **kept}, document.places)), problems
        except InputError as error:
            problems += error.problems
            places = {problem.place for problem in error.problems}
            wrong = kept.keys() & {path[0] for path, place in document.places.items() if path and place in places}
            if not wrong:
                raise InputError(problems) from None
            kept = {name: value for name, value in kept.items() if name not in wrong}


def _data(document: ParsedDocument) -> dict[str, object]:
    return document.data if isinstance(document.data, dict) else {}


def _unreadable(file: ThemeFile) -> Iterator[tuple[str, str, str]]:
    """Yield the field, what is wrong and what to do, for each colour too light for text.

    A darker colour has a darker tint, so what the suggestions would make unreadable is said along with them.
    """
    darker: dict[str, str] = {}
    while found := [each for each in _too_light(file.model_copy(update=darker)) if each[0] not in darker]:
        for field, what in found:
            darker[field] = _darker(getattr(file, field), field)
            yield field, what, f'Make it darker, such as "{darker[field]}".'


def _too_light(file: ThemeFile) -> Iterator[tuple[str, str]]:
    """Yield the field and what is wrong, for each colour with too little contrast on a ground."""
    theme = _plain(file)
    grounds = {"white": theme.paper, "the main colour’s light tint": theme.tint}
    grounds["the second colour’s light tint"] = theme.warm_tint
    texts = {"main_colour": theme.accent, "second_colour": theme.warm, "text_colour": quiet(theme.ink, theme.paper)}
    for field, colour in texts.items():
        ground = next((each for each in grounds if contrast(colour, grounds[each]) < READABLE), None)
        if ground is not None:
            found = contrast(colour, grounds[ground])
            said = "text" if field != "text_colour" else "quiet text"
            what = (
                f"{field} is too light to read: {said} in it, on {ground}, has a contrast of "
                f"{math.floor(found * 10) / 10} to 1, and needs {READABLE}"
            )
            yield field, what


def _darker(colour: str, field: str) -> str:
    """Return the colour, made as much darker as it takes to be readable on any tint there can be."""
    tint, paper = mix("#000000", "#ffffff", TINT), "#ffffff"
    steps = (dark(colour, step / 20) for step in range(1, 21))
    return next(
        each for each in steps if contrast(quiet(each, paper) if field == "text_colour" else each, tint) >= READABLE
    )


def _logo(folder: Path, file: ThemeFile) -> Logo | None:
    """Return the logo. Raises InputError with what is wrong with it."""
    if not file.logo:
        return None
    problems: list[Problem] = []
    if not file.name:
        what = "The logo has no name beside it, so nobody who can’t see it knows whose it is"
        problems.append(Problem(what, 'Say whose it is: name = "Our name".'))
    try:
        logo = read_logo(folder, file.logo)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return logo


def word_template_in(folder: Path) -> Path | None:
    """Return the Word template that the theme in ``folder`` names, whatever else is wrong with it; None if it has none.

    Raises InputError if there is no such file, or if it is no Word document.
    """
    name = _data(read_toml(folder / THEME_FILE)).get("word_template")
    return _word_template(folder, name) if isinstance(name, str) else None


def _word_template(folder: Path, name: str) -> Path | None:
    if not name:
        return None
    if not name.lower().endswith(".docx"):
        raise InputError(Problem(f'"{name}" is not a Word document', "Save it as .docx."))
    path = beside(folder, name)
    check_package(path, "Word document")
    refuse_outside(read_bytes(path), path)
    return path
