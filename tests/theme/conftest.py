"""Fixtures that the tests of this folder share."""

import shutil
from pathlib import Path

import pytest

from tests.theme.themed import FONTS, Write, logo


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a theme.toml of the lines given, and return its folder; a logo and a font lie beside it."""

    def written(*lines: str) -> Path:
        (tmp_path / "theme.toml").write_text("\n".join(lines), encoding="utf-8")
        (tmp_path / "logo.png").write_bytes(logo())
        shutil.copy(FONTS / "Vollkorn-SemiBold.ttf", tmp_path / "bold.ttf")
        shutil.copy(FONTS / "SourceSans3-Regular.ttf", tmp_path / "regular.ttf")
        return tmp_path

    return written
