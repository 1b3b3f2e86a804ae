"""Reads a theme's folder: ``theme.toml``, the logo and the fonts beside it. All that is wrong is said at once."""

import io
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from readiness.bank.document import DataPath, Document, decode, read_bytes
from readiness.bank.package import check_package
from readiness.bank.problems import validated
from readiness.errors import InputError, Place, Problem
from readiness.report.colours import READABLE, contrast
from readiness.report.theme import SHIPPED_FONTS, Family, Logo, Part, Theme, quiet
from readiness.resources import REPORT_TEMPLATES
from readiness.text import safe

if TYPE_CHECKING:
    from PIL.Image import Image

THEME_FILE = "theme.toml"
THEMES = REPORT_TEMPLATES / "themes"
MAX_LOGO_BYTES = 1_000_000
MAX_LOGO_PIXELS = 4_000_000
"""Enough for 2000 by 2000. A picture unpacks to four bytes a pixel, so a small file can take gigabytes."""
MAX_FONT_BYTES = 2_000_000
_SMALLER = "Save it smaller: 600 pixels wide is plenty."

Words = Annotated[str, Field(max_length=200)]
FileName = Annotated[str, Field(max_length=200)]
Colour = Annotated[str, Field(max_length=20)]
Made = TypeVar("Made")


class FontFiles(BaseModel):
    """The files of a font beside theme.toml, TTF or OTF. A face that is left out is shown in the shipped font."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    regular: FileName | None = None
    bold: FileName | None = None
    italic: FileName | None = None


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
    text_size: Annotated[float, Field(ge=8, le=20, strict=False)]
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
        raise ValueError('a font is a name in quotes, or files: {regular = "our.ttf", bold = "our-bold.ttf"}')

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

    Raises InputError where there is none, naming those there are.
    """
    path = Path(name)
    for folder in (THEMES / name, path, path.parent if path.name == THEME_FILE else path):
        if (folder / THEME_FILE).is_file():
            return folder
    todo = f"Name one of these: {', '.join(shipped_themes())}. Or name a folder that holds a {THEME_FILE}."
    raise InputError(Problem(f'There is no theme "{name}"', todo))


def shipped_themes() -> tuple[str, ...]:
    """Return the names of the shipped themes, the default first."""
    names = sorted(path.parent.name for path in THEMES.glob(f"*/{THEME_FILE}"))
    return tuple(sorted(names, key=lambda name: name != "sober"))


def read_theme(folder: Path) -> Theme:
    """Return the theme in ``folder``.

    Raises InputError with everything that is wrong in it: what can't be read, what the logo or a font is not.
    """
    document = _read(folder / THEME_FILE)
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
    font = checked("font", lambda: _family(folder, file.font))
    heading_font = checked("heading_font", lambda: _family(folder, file.heading_font))
    template = checked("word_template", lambda: _word_template(folder, file.word_template))
    if problems or font is None or heading_font is None:
        raise InputError(sorted(problems, key=lambda problem: (problem.place and problem.place.line) or 0))
    return Theme(
        name=file.name,
        contact=file.contact,
        footer=file.footer,
        logo=logo,
        accent=file.main_colour,
        warm=file.second_colour,
        ink=file.text_colour,
        font=font,
        heading_font=heading_font,
        text_size=file.text_size,
        page=file.page,
        parts=file.parts,
        word_template=template,
    )


def _read(path: Path) -> Document:
    """Return what stands in the file, with the place of each field. Raises InputError where it is not TOML."""
    text = decode(read_bytes(path), str(path))
    places: dict[DataPath, Place] = {(): Place(str(path))}
    for number, line in enumerate(text.splitlines(), start=1):
        if found := re.match(r"\s*\[?\s*([A-Za-z_]+)\s*[=\]]", line):
            places[found[1],] = Place(str(path), number, found.start(1) + 1)
    try:
        return Document(tomllib.loads(text), places)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        last = max(len(text.splitlines()), 1)  # where the error says "at end of document"
        place = Place(str(path), int(found[1]), int(found[2])) if found else Place(str(path), last)
        todo = 'Mend it here. Words stand in quotes: name = "Our name".'
        raise InputError(Problem("This is not written as TOML is", todo, place)) from None


def _file(document: Document) -> tuple[ThemeFile, list[Problem]]:
    """Return what stands in the document, and what is wrong with it: such a field counts as left out."""
    base, kept = _data(_read(THEMES / "sober" / THEME_FILE)), dict(_data(document))
    problems: list[Problem] = []
    while True:
        try:
            return validated(ThemeFile, Document({**base, **kept}, document.places)), problems
        except InputError as error:
            problems += error.problems
            places = {problem.place for problem in error.problems}
            wrong = kept.keys() & {path[0] for path, place in document.places.items() if path and place in places}
            if not wrong:
                raise InputError(problems) from None
            kept = {name: value for name, value in kept.items() if name not in wrong}


def _data(document: Document) -> dict[str, object]:
    return document.data if isinstance(document.data, dict) else {}


def _unreadable(file: ThemeFile) -> Iterator[tuple[str, str, str]]:
    """Yield the field, what is wrong and what to do, for each colour that text would be hard to read in."""
    theme = Theme(
        *("", "", "", None),
        accent=file.main_colour,
        warm=file.second_colour,
        ink=file.text_colour,
        font=Family(""),
        heading_font=Family(""),
        text_size=file.text_size,
        page=file.page,
        parts=file.parts,
    )
    grounds = {"white": theme.paper, "the main colour’s light tint": theme.tint}
    grounds["the second colour’s light tint"] = theme.warm_tint
    texts = {"main_colour": theme.accent, "second_colour": theme.warm, "text_colour": quiet(theme.ink, theme.paper)}
    for field, colour in texts.items():
        worst = min(grounds, key=lambda ground: contrast(colour, grounds[ground]))
        found = contrast(colour, grounds[worst])
        if found < READABLE:
            said = "text" if field != "text_colour" else "quiet text"
            what = f"{field}: {said} in it, on {worst}, has a contrast of {found:.1f} to 1"
            yield field, what, f"Make it darker: it needs {READABLE} to 1."


def _beside(folder: Path, name: str) -> Path:
    """Return the file in the theme's folder. Raises InputError where it is not there, or lies elsewhere."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(Problem(f'"{name}" lies outside the theme’s folder', "Copy it into the folder."))
    if not path.is_file():
        raise InputError(Problem(f'There is no file "{name}" in the theme’s folder', "Check the name."))
    return path


def _logo(folder: Path, file: ThemeFile) -> Logo | None:
    """Return the logo. Raises InputError with what is wrong with it."""
    if not file.logo:
        return None
    if not file.name:
        what = "The logo has no name beside it, so nobody who can’t see it knows whose it is"
        raise InputError(Problem(what, "Add a name."))
    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    path = _beside(folder, file.logo)
    if path.stat().st_size > MAX_LOGO_BYTES:
        raise InputError(Problem("The logo is larger than 1 MB", _SMALLER))
    data = path.read_bytes()
    try:
        with warnings.catch_warnings(action="ignore", category=Pictures.DecompressionBombWarning):  # our limit is lower
            image = Pictures.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        with image:
            width, height = image.size
            if width * height > MAX_LOGO_PIXELS:
                what = f"The logo is {width} by {height} pixels, which is too many"
                raise InputError(Problem(what, _SMALLER))
            _load_whole(image)
            media_type = str(image.get_format_mimetype())
    except Pictures.DecompressionBombError as error:
        what = "The logo has too many pixels"
        raise InputError(Problem(what, _SMALLER)) from error
    except UnidentifiedImageError as error:
        raise InputError(Problem("The logo is not a PNG or JPEG picture", "Save it as PNG.")) from error
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for a picture that is damaged
        raise InputError(Problem("The logo is damaged", "Save it again as PNG.")) from error
    return Logo(data, media_type, width, height)


def _load_whole(image: "Image") -> None:
    """Read the picture to its end. Raises OSError where it is cut short, whatever others in the process allow."""
    from PIL import ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint sets it for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _family(folder: Path, font: str | FontFiles) -> Family:
    """Return the font. Raises InputError where it is not a shipped one's name, or where a file can't be embedded."""
    if isinstance(font, str):
        if font in SHIPPED_FONTS:
            return SHIPPED_FONTS[font]
        todo = f'Name one of these: {", ".join(SHIPPED_FONTS)}. Or name files, such as {{regular = "our.ttf"}}.'
        raise InputError(Problem(f'"{font}" is not a font that is shipped', todo))
    names = {
        face: name for face, name in (("regular", font.regular), ("bold", font.bold), ("italic", font.italic)) if name
    }
    if not names:
        raise InputError(Problem("No file of the font is named", 'Name one: {regular = "our.ttf"}.'))
    problems: list[Problem] = []
    faces: dict[str, Path] = {}
    family = ""
    for face, name in names.items():
        try:
            faces[face] = _beside(folder, name)
            family = family or _family_name(faces[face])
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return Family(family, **faces)


_RESTRICTED = 0x0002
_BITMAPS_ONLY = 0x0200


def _family_name(path: Path) -> str:
    """Return what the font calls itself. Raises InputError where it can't, or may not, be embedded."""
    data = path.read_bytes() if path.stat().st_size <= MAX_FONT_BYTES else b""
    if not data:
        raise InputError(Problem(f"{path.name} is empty, or larger than 2 MB", "Use a file with fewer characters."))
    if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        raise InputError(Problem(f"{path.name} is not a TTF or OTF font", "Ask for the desktop font, as .ttf or .otf."))
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            rights = font["OS/2"].fsType
            name = font["name"].getBestFamilyName()
            font.getBestCmap(), font["head"], font["hmtx"]
    except Exception as error:  # a damaged table can lead fontTools to any
        raise InputError(Problem(f"{path.name} is damaged", "Ask for the font again.")) from error
    if rights & _RESTRICTED or rights & _BITMAPS_ONLY:
        what = f"{path.name} says that it may not be embedded in a document"
        raise InputError(Problem(what, "Ask its maker for a licence, or use another font."))
    return safe(name or path.stem)


def _word_template(folder: Path, name: str) -> Path | None:
    if not name:
        return None
    if not name.lower().endswith(".docx"):
        raise InputError(Problem(f'"{name}" is not a Word document', "Save it as .docx."))
    path = _beside(folder, name)
    check_package(path, "Word document")
    return path
