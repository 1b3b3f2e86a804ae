"""``readiness report``: where the report goes, and what is never overwritten."""

import json
from pathlib import Path

import pytest

from readiness.report.formats import REPORT_FORMATS
from tests.program import EXAMPLES, Terminal, run

HARBOUR = EXAMPLES / "harbour-house.yaml"


def test_a_file_that_is_there_is_not_touched_without_force(tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    out.write_text("mine", encoding="utf-8")
    done = run("report", HARBOUR, "-o", out.name, cwd=tmp_path, code=1)
    assert "report.md: This file is there already, and was not touched." in done.stderr
    assert "--force" in done.stderr
    assert out.read_text(encoding="utf-8") == "mine"
    run("report", HARBOUR, "-o", out.name, "--force", cwd=tmp_path, code=0)
    assert "Harbour House" in out.read_text(encoding="utf-8")


def test_a_link_that_leads_nowhere_counts_as_being_there(tmp_path: Path) -> None:
    (tmp_path / "report.md").symlink_to(tmp_path / "gone.md")
    run("report", HARBOUR, "-o", "report.md", cwd=tmp_path, code=1)
    assert (tmp_path / "report.md").is_symlink()


def test_force_does_not_help_against_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "report.md").mkdir()
    done = run("report", HARBOUR, "-o", "report.md", "--force", cwd=tmp_path, code=1)
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


@pytest.mark.parametrize("name", ["report.unknown", "report", "report.PDFX"])
def test_an_ending_that_says_no_format_is_wrong_usage(tmp_path: Path, name: str) -> None:
    done = run("report", HARBOUR, "-o", name, cwd=tmp_path, code=2)
    assert ", ".join(REPORT_FORMATS) in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_standard_output_needs_a_format(tmp_path: Path) -> None:
    done = run("report", HARBOUR, "-o", "-", cwd=tmp_path, code=2)
    assert f"-o - writes to standard output: add --format with one of: {', '.join(REPORT_FORMATS)}." in done.stderr


@pytest.mark.parametrize("words", [("report", HARBOUR), ("form",)])
def test_an_ending_that_contradicts_the_format_is_wrong_usage_and_names_both_ways(
    tmp_path: Path, words: tuple[str | Path, ...]
) -> None:
    done = run(*words, "-o", "x.PDF", "--format", "html", cwd=tmp_path, code=2)
    said = "x.PDF ends in .pdf, but --format says html: end the name in .html, or write --format pdf."
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_batch_is_not_written_into_a_folder_that_is_named_like_a_file(tmp_path: Path) -> None:
    done = run("batch", EXAMPLES, "-o", "region.pdf", "--format", "html", cwd=tmp_path, code=2)
    assert "region.pdf: -o names a folder here. What is written in it is chosen with --format." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_text_is_not_thrown_at_a_terminal(tmp_path: Path) -> None:
    with Terminal("report", HARBOUR, "-o", "-", "--format", "docx", cwd=tmp_path) as terminal:
        assert terminal.end() == 2
    assert "docx can't be shown in a terminal: name a file, such as -o NAME.docx" in " ".join(terminal.output.split())


def test_a_format_that_is_not_known_is_wrong_usage(tmp_path: Path) -> None:
    done = run("report", HARBOUR, "-o", "report.md", "--format", "word", cwd=tmp_path, code=2)
    assert f"--format takes one of: {', '.join(REPORT_FORMATS)}" in done.stderr


@pytest.mark.parametrize(
    "words", [("-o", "report.json"), ("-o", "REPORT.JSON"), ("-o", "r.unknown", "--format", "json")]
)
def test_the_ending_or_the_format_decides(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("report", HARBOUR, *words, cwd=tmp_path, code=0)
    assert f"Saved as {words[1]}." in done.stderr
    assert json.loads((tmp_path / words[1]).read_text(encoding="utf-8"))["schema"] == 1
    assert done.stdout == ""


def test_a_minus_writes_to_standard_output_alone(tmp_path: Path) -> None:
    done = run("report", HARBOUR, "-o", "-", "--format", "json", cwd=tmp_path, code=0)
    assert json.loads(done.stdout)["schema"] == 1
    assert "Saved as" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_named_and_not_made(tmp_path: Path) -> None:
    done = run("report", HARBOUR, "-o", "nowhere/report.md", cwd=tmp_path, code=1)
    assert done.stderr == "nowhere: There is no such folder. Create it, or choose another.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_report_can_be_read_by_whoever_may_read_this_persons_files(tmp_path: Path) -> None:
    run("report", HARBOUR, "-o", "report.md", cwd=tmp_path, code=0)
    (tmp_path / "other").touch()
    assert (tmp_path / "report.md").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_comes_in_on_standard_input_can_go_out_on_standard_output(tmp_path: Path) -> None:
    done = run("report", "-", "-o", "-", "--format", "md", cwd=tmp_path, typed=HARBOUR.read_bytes(), code=0)
    assert "Harbour House" in done.stdout
    assert done.stderr == ""
