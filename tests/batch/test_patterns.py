"""Patterns that name files of a batch are walked in time that grows with the folders, and not with their square."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from readiness.batch.inputs import input_files


def test_a_folder_is_looked_into_once_for_each_part_of_a_pattern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deepest = tmp_path / Path(*["in"] * 40)
    deepest.mkdir(parents=True)
    (deepest / "a.csv").write_text("team\nA\n", "utf-8")
    looked = Counter[str]()
    scan = os.scandir

    def told(folder: Any) -> Any:
        looked[str(folder)] += 1
        return scan(folder)

    monkeypatch.setattr(os, "scandir", told)
    with input_files([tmp_path / "**" / "in" / "**" / "**" / "*.csv"], tmp_path / "out") as found:
        assert [file.path for file in found.files] == [deepest / "a.csv"]
    assert max(looked.values()) <= 4
