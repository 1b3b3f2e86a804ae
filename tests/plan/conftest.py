from pathlib import Path

import pytest

from tests.plan.service import Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)
