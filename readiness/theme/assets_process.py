"""Reads a theme's pictures and fonts in a process apart, as a file can take all time or memory.

Started by ``assets`` with the file on standard input, it writes what the file is to standard output as JSON.
"""

import io
import json
import sys
import warnings
from typing import TYPE_CHECKING

from readiness.errors import InputError, Problem
from readiness.memory_limit import limit_memory
from readiness.text import safe
from readiness.time_limit import limit_time

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SECONDS = 10.0
"""Of the processor's time, in case nobody waits any more."""
MEMORY = 1_000_000_000
"""Bytes; a picture takes 0.1 GB, and so does a font."""
MAX_LOGO_PIXELS = 4_000_000
"""Enough for 2000 by 2000. A picture unpacks to four bytes a pixel, so a small file can take gigabytes."""
SMALLER = "Save it smaller: 600 pixels wide is plenty."
_DAMAGED_LOGO = Problem("The logo is damaged", "Save it again as PNG.")
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
"""What a whole picture ends with: its last part, and the check sum of that."""
_RESTRICTED = 0x0002
_BITMAPS_ONLY = 0x0200
_LATIN = 0x24F
"""The last letter of the Latin alphabet, as it is written in Europe."""
_LARGEST_LETTER = 4
"""Times the size of the font: a letter may be so wide, and a line so high, and a page still holds some of them."""


def picture_of(data: bytes) -> tuple[str, int, int]:
    """Return the media type, the width and the height in pixels. Raises InputError if no renderer could show it."""
    from PIL import Image as Pictures
    from PIL import ImageFile, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is in the process, sets it
    try:
        with warnings.catch_warnings(action="ignore", category=Pictures.DecompressionBombWarning):  # our limit is lower
            image = Pictures.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        with image:
            width, height = image.size
            if width * height > MAX_LOGO_PIXELS:
                raise InputError(Problem(f"The logo is {width} by {height} pixels, which is too many", SMALLER))
            image.load()  # raises an error if pixels are missing, but not if only the end of the file is
            media_type, end = str(image.get_format_mimetype()), _ENDS[str(image.format)]
    except Pictures.DecompressionBombError as error:
        raise InputError(Problem("The logo has too many pixels", SMALLER)) from error
    except UnidentifiedImageError as error:
        raise InputError(Problem("The logo is not a PNG or JPEG picture", "Save it as PNG.")) from error
    except (OSError, SyntaxError, ValueError) as error:  # Pillow's errors for a picture that is damaged
        raise InputError(_DAMAGED_LOGO) from error
    if end not in data:
        raise InputError(_DAMAGED_LOGO)
    return media_type, width, height


def family_of(data: bytes, file: str) -> str:
    """Return what the font calls itself. Raises InputError if it can't, or may not, be embedded."""
    from fontTools.ttLib import TTFont

    damaged = Problem(f"{file} is damaged", "Ask for the font again.")
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            rights = font["OS/2"].fsType
            name = font["name"].getBestFamilyName()
            sound = _can_be_laid_out(font) and any(outlines in font for outlines in ("glyf", "CFF ", "CFF2"))
    except MemoryError:
        raise InputError(damaged) from None
    except Exception as error:  # a damaged table can lead fontTools to any
        raise InputError(damaged) from error
    if not sound:
        raise InputError(damaged)
    if rights & _RESTRICTED or rights & _BITMAPS_ONLY:
        what = f"{file} says that it may not be embedded in a document"
        raise InputError(Problem(what, "Ask its maker for a licence, or use another font."))
    return safe(name or "")


def _can_be_laid_out(font: "TTFont") -> bool:
    """Return whether letters and lines are of a size that fits a page: otherwise each letter would fill one."""
    head, lines, system, widths = font["head"], font["hhea"], font["OS/2"], font["hmtx"]
    most = _LARGEST_LETTER * head.unitsPerEm
    letters = [widths[glyph][0] for code, glyph in font.getBestCmap().items() if code <= _LATIN]
    heights = (lines.ascender, lines.descender, lines.lineGap, system.sTypoAscender, system.sTypoDescender)
    sizes = (*letters, *map(abs, heights), abs(system.sTypoLineGap), system.usWinAscent, system.usWinDescent)
    return max(letters, default=1) > 0 and max(sizes) <= most


def main() -> None:
    """Read the file on standard input, after a line with its kind and its name."""
    limit_time(SECONDS)
    limit_memory(MEMORY)
    kind, name = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = {"found": picture_of(data) if kind == "logo" else family_of(data, name)}
    except InputError as error:
        answer = {"problems": [(problem.what, problem.todo) for problem in error.problems]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
