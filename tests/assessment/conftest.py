"""Fixtures that the tests of this folder share."""

from pathlib import Path

import pytest

from readiness.bank.model import Bank
from tests.assessment.read import QUESTIONS
from tests.small import small_bank


@pytest.fixture
def small(tmp_path: Path) -> Bank:
    folder = tmp_path / "bank"
    folder.mkdir()
    return small_bank(folder, QUESTIONS, profile="{stage: [early, late], size: [small, large]}")
