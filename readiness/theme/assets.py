"""Logo and fonts of a theme: read, and checked that they can be shown and embedded."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from readiness.bank.document import read_bytes
from readiness.errors import InputError, Problem
from readiness.opening import real
from readiness.text import safe
from readiness.theme.assets_process import SECONDS, SMALLER
from readiness.theme.theme import SHIPPED_FONTS, Family, Logo
from readiness.time_limit import out_of_time

DEADLINE = 10.0
"""Seconds; a picture or a font takes half of one."""
MAX_LOGO_BYTES = 1_000_000
MAX_FONT_BYTES = 2_000_000

FileName = Annotated[str, Field(max_length=200)]


class FontFiles(BaseModel):
    """The files of a font beside theme.toml, TTF or OTF. A face that is left out is shown in the shipped font."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    regular: FileName | None = None
    bold: FileName | None = None
    italic: FileName | None = None


def beside(folder: Path, name: str) -> Path:
    """Return the file in the theme's folder. Raises InputError if it is not there, or lies elsewhere."""
    if "\0" in name:
        raise InputError(Problem("A file’s name can’t hold the character NUL", "Write the name anew."))
    path = folder / name
    if not real(path).is_relative_to(real(folder)):
        raise InputError(Problem(f'"{name}" lies outside the theme’s folder', "Copy it into the folder."))
    if not path.is_file():
        raise InputError(Problem(f'There is no file "{name}" in the theme’s folder', "Check the name."))
    return path


def read_logo(folder: Path, name: str) -> Logo:
    """Return the picture. Raises InputError if it is not there, too large, damaged or of a wrong kind."""
    path = beside(folder, name)
    data = read_bytes(path, MAX_LOGO_BYTES)
    if len(data) > MAX_LOGO_BYTES:
        raise InputError(Problem("The logo is larger than 1 MB", SMALLER))
    media_type, width, height = _read_apart("logo", "The logo", data)
    return Logo(data, str(media_type), int(width), int(height))


def read_family(folder: Path, font: str | FontFiles) -> Family:
    """Return the font. Raises InputError if it is not a shipped one's name, or if a file can't be embedded."""
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
    for face, file in names.items():
        try:
            faces[face] = beside(folder, file)
            name = _family_name(faces[face])
            family = family or name
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return Family(family, **faces)


def _family_name(path: Path) -> str:
    """Return what the font calls itself. Raises InputError if it can't, or may not, be embedded."""
    data = read_bytes(path, MAX_FONT_BYTES)
    if not 0 < len(data) <= MAX_FONT_BYTES:
        raise InputError(Problem(f"{path.name} is empty, or larger than 2 MB", "Use a file with fewer characters."))
    if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        raise InputError(Problem(f"{path.name} is not a TTF or OTF font", "Ask for the desktop font, as .ttf or .otf."))
    return str(_read_apart("font", path.name, data)) or safe(path.stem)


def _read_apart(kind: str, name: str, data: bytes) -> Any:  # noqa: ANN401 — JSON
    """Return what the file is, as another process found it. Raises InputError with what is wrong with it."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "readiness.theme.assets_process"],
            input=json.dumps([kind, name]).encode() + b"\n" + data,
            capture_output=True,
            timeout=DEADLINE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_long(name, DEADLINE) from None
    if out_of_time(done.returncode):
        raise _too_long(name, SECONDS)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise InputError(Problem(f"{name} is damaged", "Save it again, or use another.")) from None
    if "problems" in answer:
        raise InputError(Problem(*problem) for problem in answer["problems"])
    return answer["found"]


def _too_long(name: str, seconds: float) -> InputError:
    what = f"{name} took more than {seconds:g} seconds to read, and was stopped"
    return InputError(Problem(what, "Save it again, or use another."))
