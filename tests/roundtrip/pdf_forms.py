"""PDF forms that are filled in, and what is read of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from readiness.assessment.model import Assessment, Response
from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from tests.forms import filled_with_pikepdf, filled_with_pypdf

Fill = Callable[[bytes, Mapping[str, str]], bytes]

LIBRARIES = pytest.mark.parametrize("fill", [filled_with_pypdf, filled_with_pikepdf])


def problems(path: Path, bank: Bank, **options: Any) -> list[str]:
    with pytest.raises(InputError) as error:
        read_filled_pdf(path, bank, **options)
    return [str(problem).removeprefix(f"{path}: ") for problem in error.value.problems]


def answers(assessment: Assessment) -> dict[str, Response]:
    """Return the responses as a form can hold them: without what shows an answer."""
    return {name: given.model_copy(update={"evidence": ()}) for name, given in assessment.responses.items()}
