"""Folders in folders, deeper than Python calls itself: a small packed file unpacks to them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import EXAMPLES, run


@pytest.fixture(scope="module", params=[1_200, pytest.param(2_400, marks=pytest.mark.long)])
def deep(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of answers, with folders below that are so deep. The longest paths are more than systems take."""
    folder = tmp_path_factory.mktemp("deep")
    (folder / "d").mkdir()
    shutil.copy(EXAMPLES / "northside-cmht.yaml", folder / "d" / "a.yaml")
    at = os.open(folder / "d", os.O_RDONLY)
    for _ in range(request.param):
        os.mkdir("e", dir_fd=at)
        inner = os.open("e", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(os.open("x", os.O_CREAT | os.O_WRONLY, dir_fd=at))
    os.close(at)
    yield folder
    subprocess.run(["rm", "-rf", "--", folder], check=True)  # pytest removes folders by calling itself for each


@pytest.mark.parametrize(
    "words",
    [
        "score d",
        "report d -o r.md",
        "plan d",
        "compare d d",
        "collect d -o c",
        "batch d -o o --format none --portfolio none",
        "batch d/** -o p --format none --portfolio none",
        "report d/a.yaml -o s.md --templates d",
        "theme new t",
    ],
)
def test_they_are_read_or_a_sentence_says_why_not(deep: Path, words: str) -> None:
    done = run(*words.split(), cwd=deep)
    assert done.returncode in {0, 1, 3}, done.stderr
    assert "our mistake" not in done.stderr
