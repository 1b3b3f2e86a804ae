"""One report in so many is laid out both ways: where they differ, a batch says so and keeps nothing from then on."""

from pathlib import Path

import pytest
import weasyprint.layout.inline

from readiness.document import pdf
from readiness.document.layout_memory import memory, replaced
from tests.batch.batches import batch, teams, tree

TEAMS = ("Ash", "Birch")
PDFS = ("teams.csv", "--format", "pdf", "--brief", "--portfolio", "none")


def made(folder: Path, out: str) -> dict[str, bytes]:
    return {name: data for name, data in tree(folder / out / "reports").items() if name.endswith(".pdf")}


def test_a_difference_is_told_and_no_report_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    teams(tmp_path, TEAMS)
    monkeypatch.setenv(memory.SWITCH, "0")
    pdf.renderer.cache_clear()
    assert memory.DIFFERS not in batch(tmp_path, *PDFS, out="plain")
    monkeypatch.delenv(memory.SWITCH)
    monkeypatch.setattr(memory, "PROVED", 1)
    wrong = replaced.Replacement(weasyprint.layout.inline, "strut", lambda _: (31.0, 20.0))
    monkeypatch.setattr(pdf, "layout_memory", lambda: [wrong])
    pdf.renderer.cache_clear()
    try:
        said = batch(tmp_path, *PDFS, out="proved")
    finally:
        pdf.renderer.cache_clear()
    assert said.count(memory.DIFFERS) == 1
    assert "Note: Ash (Alder Valley): " in said
    assert made(tmp_path, "proved") == made(tmp_path, "plain")
    assert len(made(tmp_path, "proved")) == len(TEAMS)
