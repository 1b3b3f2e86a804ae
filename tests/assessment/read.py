"""Files of answers to a small bank, and what is said of wrong ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.errors import InputError

HEAD = """\
bank: {id: small}
team: {name: Northside}
date: 2026-11-22
responses:
"""

QUESTIONS = "[{id: pay}, {id: room, when: {stage: [late]}}, {id: team, values: [0, 0.5, 1]}]"


def written(folder: Path, text: str, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(read: Callable[[], object]) -> list[str]:
    with pytest.raises(InputError) as refused:
        read()
    return [str(problem) for problem in refused.value.problems]
