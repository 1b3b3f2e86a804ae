"""A theme's folder that is written for a test, and what is wrong in it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from readiness.errors import InputError
from readiness.resources import REPORT_TEMPLATES
from readiness.theme.theme_file import read_theme

FONTS = REPORT_TEMPLATES / "fonts"

Write = Callable[..., Path]


def logo(size: tuple[int, int] = (300, 100), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#7a2e4d").save(out, kind)
    return out.getvalue()


def wrong(folder: Path) -> list[str]:
    """Return what is wrong with the theme, without the name of its file."""
    with pytest.raises(InputError) as error:
        read_theme(folder)
    return [str(problem).removeprefix(f"{folder / 'theme.toml'}:") for problem in error.value.problems]
