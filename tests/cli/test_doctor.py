"""``readiness doctor``: says what is missing and how to install it."""

import subprocess
from pathlib import Path

import pytest

from readiness.cli.doctor import install_here
from readiness.document.browser import browsers
from tests.program import PATIENCE, PROGRAM, environment, run


def without(fault: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run doctor on a machine that lacks something: ``fault`` are the Python statements that take it away."""
    return subprocess.run(
        [PROGRAM[0], "-c", f"{fault}\nfrom readiness.cli.main import main\nmain()", "doctor"],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def test_a_machine_that_has_everything_is_well(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, code=0)
    assert done.stdout.splitlines()[-1] == "All is well."
    assert all(line.startswith("ok ") for line in done.stdout.splitlines()[:-1])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "said", "todo"),
    [
        (
            "import os, sys\nsys.modules['weasyprint'] = None\nos.environ['PATH'] = ''",
            "Pango",
            "Debian or Ubuntu: sudo apt install",
        ),
        (
            "import pathlib, readiness.resources as r\nr.QUESTIONS = pathlib.Path('nowhere')",
            "The shipped questions",
            "Install readiness again.",
        ),
        (
            "import pathlib, readiness.resources as r\nr.REPORT_TEMPLATES = pathlib.Path('nowhere')",
            "The shipped font",
            "Install readiness again.",
        ),
        (
            "import tempfile\ndef refused(**_):\n    raise OSError(13, 'no')\ntempfile.TemporaryFile = refused",
            "This folder can't be written",
            "cd ~",
        ),
    ],
    ids=["pango", "questions", "font", "folder"],
)
def test_what_is_missing_is_named_with_what_to_do(tmp_path: Path, fault: str, said: str, todo: str) -> None:
    done = without(fault, tmp_path)
    lines = done.stdout.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("missing"))
    assert said in lines[at]
    assert todo in "\n".join(lines[at + 1 : at + 3])
    assert "All is well." not in lines
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""


def test_a_machine_where_nothing_is_kept_between_reports_says_why(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, env={"READINESS_LAYOUT_MEMORY": "0"}, code=0)
    assert "better   Many PDF reports in a row: each is laid out whole, as READINESS_LAYOUT_MEMORY is 0." in done.stdout
    assert done.stdout.splitlines()[-1] == "All that is needed is here."


def test_variables_that_are_no_options_are_read_too(tmp_path: Path) -> None:
    env = {"READINESS_PDF_ENGINE": "weasyprint", "READINESS_LAYOUT_MEMORY": "1", "READINESS_PDF_ENGIN": "browser"}
    told = run("doctor", cwd=tmp_path, env=env, code=0).stdout
    assert "Variables: READINESS_LAYOUT_MEMORY, READINESS_PDF_ENGINE." in told
    unread = [line.strip() for line in told.splitlines() if "is not read" in line]
    assert unread == ["READINESS_PDF_ENGIN is not read: no option has that name."]


def test_what_is_only_better_to_have_is_no_failure(tmp_path: Path) -> None:
    done = without("import weasyprint.text.ffi as ffi\nffi.harfbuzz_subset = None", tmp_path)
    assert "better   HarfBuzz's subset library: PDFs work, and take longer." in done.stdout
    assert "Debian or Ubuntu: sudo apt install" in done.stdout
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "All that is needed is here.")


def test_a_browser_that_makes_pdfs_is_tried_and_named_without_pango(tmp_path: Path) -> None:
    done = without("import sys\nsys.modules['weasyprint'] = None", tmp_path)
    better, browser = (line for line in done.stdout.splitlines() if "Pango," in line or "makes PDFs" in line)
    assert better.startswith("better   Pango, which lays out the PDF, is missing on this machine. Forms to fill in")
    browser_here = browsers()[0]
    assert browser == f"ok       {browser_here.name} makes PDFs ({browser_here.program})"
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "All that is needed is here.")


@pytest.mark.parametrize("module", ["ssl", "ctypes"])
def test_a_python_without_one_of_its_modules_makes_no_pdf_and_is_pointed_out(tmp_path: Path, module: str) -> None:
    gone = f"sys.modules['_{module}'] = sys.modules['{module}'] = None"
    lines = (done := without(f"import os, sys\n{gone}\nos.environ['PATH'] = ''", tmp_path)).stdout.splitlines()
    lacks = f"This Python lacks its module {module}, which making a PDF needs"
    at = lines.index(f"missing  {lacks}. All but the PDF works without it.")
    assert lines[at + 1].strip() == "Install Python from python.org."
    assert (done.returncode, done.stderr) == (1, "")


def test_a_browser_that_makes_no_pdf_is_pointed_out(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, env={"READINESS_PDF_ENGINE": "/bin/true"}, code=1)
    lines = done.stdout.splitlines()
    at = lines.index("missing  No browser can make a PDF")
    assert lines[at + 1].strip().startswith("true made no PDF (/bin/true ended with 0). Update the browser")


def test_browsers_that_could_make_pdfs_are_named_beside_pango(tmp_path: Path) -> None:
    here = ", ".join(f"{browser.name} ({browser.program})" for browser in browsers())
    assert f"ok       Browsers that could make PDFs without Pango: {here}" in run("doctor", cwd=tmp_path, code=0).stdout
    done = run("doctor", cwd=tmp_path, env={"PATH": str(tmp_path)}, code=0)
    assert "ok       Browsers that could make PDFs without Pango: none, and none is needed" in done.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_terminal_that_shows_only_some_letters_is_pointed_out(tmp_path: Path, encoding: str) -> None:
    done = run("doctor", cwd=tmp_path, env={"PYTHONIOENCODING": encoding}, code=0)
    assert f"better   The terminal shows only some letters ({encoding})" in done.stdout
    assert "export LANG=C.UTF-8" in done.stdout


def test_an_encoding_that_nobody_knows_is_pointed_out(tmp_path: Path) -> None:
    fault = "import io, sys\nclass Odd(io.StringIO):\n    encoding = 'odd'\nout = sys.stdout\nsys.stdout = Odd()\n"
    shown = "import atexit\natexit.register(lambda: print(sys.stdout.getvalue(), file=out, flush=True))"
    done = without(fault + shown, tmp_path)
    assert "The terminal shows only some letters (odd)" in done.stdout


@pytest.mark.parametrize(
    ("platform", "systems"),
    [
        ("linux", ["Debian or Ubuntu", "Fedora"]),
        ("darwin", ["macOS"]),
        ("win32", ["Windows"]),
        ("freebsd14", ["Debian or Ubuntu", "Fedora", "macOS", "Windows"]),
    ],
)
def test_what_to_install_is_said_for_this_sort_of_system(platform: str, systems: list[str]) -> None:
    assert [line.partition(":")[0] for line in install_here(platform)] == systems
