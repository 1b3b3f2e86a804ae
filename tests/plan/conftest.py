from pathlib import Path

import pytest

from tests.plan.places import Places
from tests.plan.service import Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)
