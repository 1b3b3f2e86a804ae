"""The logo and the fonts that a theme brings: read, and checked that they can be shown and may be embedded."""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from readiness.bank.document import read_bytes
from readiness.errors import InputError, Problem
from readiness.opening import real
from readiness.text import safe
from readiness.theme.theme import SHIPPED_FONTS, Family, Logo

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_LOGO_BYTES = 1_000_000
MAX_LOGO_PIXELS = 4_000_000
"""Enough for 2000 by 2000. A picture unpacks to four bytes a pixel, so a small file can take gigabytes."""
MAX_FONT_BYTES = 2_000_000
_SMALLER = "Save it smaller: 600 pixels wide is plenty."

FileName = Annotated[str, Field(max_length=200)]


class FontFiles(BaseModel):
    """The files of a font beside theme.toml, TTF or OTF. A face that is left out is shown in the shipped font."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    regular: FileName | None = None
    bold: FileName | None = None
    italic: FileName | None = None


def beside(folder: Path, name: str) -> Path:
    """Return the file in the theme's folder. Raises InputError where it is not there, or lies elsewhere."""
    path = folder / name
    if not real(path).is_relative_to(real(folder)):
        raise InputError(Problem(f'"{name}" lies outside the theme’s folder', "Copy it into the folder."))
    if not path.is_file():
        raise InputError(Problem(f'There is no file "{name}" in the theme’s folder', "Check the name."))
    return path


def read_logo(folder: Path, name: str) -> Logo:
    """Return the picture. Raises InputError where it is not there, too large, damaged or of a wrong kind."""
    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    path = beside(folder, name)
    if path.stat().st_size > MAX_LOGO_BYTES:
        raise InputError(Problem("The logo is larger than 1 MB", _SMALLER))
    data = read_bytes(path)
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


def read_family(folder: Path, font: str | FontFiles) -> Family:
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
            faces[face] = beside(folder, name)
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
    data = read_bytes(path) if path.stat().st_size <= MAX_FONT_BYTES else b""
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
