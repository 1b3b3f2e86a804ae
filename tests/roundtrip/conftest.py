"""A short form as a PDF, and a place to save one that is filled in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.document.write import Format
from tests.forms import bank_with_roles, blank, form_view


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return bank_with_roles(tmp_path_factory.mktemp("small"), "[{id: a}, {id: b, values: [-1, 0.25, 2.5]}, {id: c}]")


@pytest.fixture(scope="module")
def little(small: Bank) -> bytes:
    return blank(Format.PDF, form_view(small, {}))


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], Path]:
    def save(data: bytes) -> Path:
        (tmp_path / "form.pdf").write_bytes(data)
        return tmp_path / "form.pdf"

    return save
