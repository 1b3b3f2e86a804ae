"""What the tests of ``readiness plan`` share."""

from pathlib import Path
from shutil import copy

import pytest

from tests.program import EXAMPLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the answers of Northside in it; a test of another command may have its own."""
    copy(EXAMPLES / "northside-cmht.yaml", tmp_path / "n.yaml")
    return tmp_path
