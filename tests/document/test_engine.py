"""Where the library that lays out a PDF is missing, that is said once, with what to do; all else works."""

import os
import subprocess
import sys
from ctypes import util
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest

from readiness.document import engine
from readiness.errors import InputError
from tests.conftest import EXAMPLES
from tests.program import environment

NORTHSIDE = str(EXAMPLES / "northside-cmht.yaml")
WITHOUT_PANGO = """
print("WeasyPrint could not import some external libraries. Please carefully follow the installation steps")
raise OSError("cannot load library 'libgobject-2.0-0': libgobject-2.0-0: cannot open shared object file")
"""


@pytest.fixture
def without_pango(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a machine on which WeasyPrint finds no Pango, as it behaves there."""
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "weasyprint.py").write_text(WITHOUT_PANGO, encoding="utf-8")
    return environment({"PYTHONPATH": str(tmp_path / "stub")})


def run(*arguments: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "readiness", *arguments], env=env, cwd=cwd, capture_output=True, text=True, check=False
    )


def installed(env: dict[str, str]) -> dict[str, str]:
    """Return the environment with the project itself to be found from any folder."""
    found = os.pathsep.join([env.get("PYTHONPATH", ""), str(Path(engine.__file__).parents[2])])
    return {**env, "PYTHONPATH": found}


def test_without_pango_a_pdf_says_how_to_install_it_on_each_system(
    without_pango: dict[str, str], tmp_path: Path
) -> None:
    done = run("report", NORTHSIDE, "-o", "x.pdf", env=installed(without_pango), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    message = [line for line in done.stderr.splitlines() if "Pango" in line]
    assert len(message) == 1
    assert all(system in message[0] and how in message[0] for system, how in engine.INSTALL.items())
    assert ".html" in message[0]
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_without_pango_every_other_format_works(ending: str, without_pango: dict[str, str], tmp_path: Path) -> None:
    done = run("report", NORTHSIDE, "-o", f"x.{ending}", env=installed(without_pango), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Northside" in (tmp_path / f"x.{ending}").read_text("utf-8")


def test_pdf_to_stdout_is_the_pdf_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "readiness", "report", NORTHSIDE, "--format", "pdf", "-o", "-"],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"%PDF")
    assert done.stdout.rstrip().endswith(b"%%EOF")


def test_library_that_cannot_be_loaded_is_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        print("WeasyPrint prints this to stdout")
        raise OSError(name)

    monkeypatch.setattr("importlib.import_module", broken)
    with pytest.raises(InputError) as failed:
        engine.weasyprint()
    assert len(failed.value.problems) == 1
    assert engine.missing() == "Pango, which lays out the PDF, is missing on this machine"


def test_what_weasyprint_prints_never_reaches_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(name: str) -> None:
        print("WeasyPrint prints this to stdout")
        raise OSError(name)

    monkeypatch.setattr("importlib.import_module", broken)
    assert engine.missing()
    assert capsys.readouterr().out == ""


def test_nothing_is_missing_here() -> None:
    assert engine.missing() is None
    assert engine.fast_subsetting() is (engine.subsetter() == "harfbuzz")


def test_a_machine_without_the_subset_library_has_another_subsetter(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("ctypes.CDLL", refused)
    assert engine.subsetter() == "fonttools"


@pytest.mark.parametrize("set_by_somebody", [None, "7"])
def test_the_time_is_fixed_only_within(set_by_somebody: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if set_by_somebody:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", set_by_somebody)
    with engine.fixed_time():
        assert os.environ["SOURCE_DATE_EPOCH"] == (set_by_somebody or "0")
    assert os.environ.get("SOURCE_DATE_EPOCH") == set_by_somebody


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_search_for_libraries_is_as_before_after_loading(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = util.find_library
    monkeypatch.setattr(sys, "platform", system)
    found = []

    def load(_name: str) -> ModuleType:
        found.append(util.find_library)
        return engine

    monkeypatch.setattr("importlib.import_module", load)
    assert engine.weasyprint() is engine
    assert (found[0] is before) == (system != "linux")
    assert util.find_library is before


def test_with_no_font_on_the_machine_the_shipped_one_serves(tmp_path: Path) -> None:
    configuration = tmp_path / "fonts.conf"
    configuration.write_text("<fontconfig></fontconfig>", encoding="utf-8")
    env = environment({"FONTCONFIG_FILE": str(configuration)})
    script = "\N{CJK UNIFIED IDEOGRAPH-6F22}" + "".join(map(chr, range(0x3041, 0x304D)))
    answers = Path(NORTHSIDE).read_text("utf-8").replace("Northside ", f"Northside {script}", 1)
    (tmp_path / "answers.yaml").write_text(answers, "utf-8")
    done = run("report", "answers.yaml", "-o", "report.pdf", env=env, cwd=tmp_path)
    told, *lines = done.stderr.splitlines()
    assert done.returncode == 0
    assert "Saved as report.pdf." in lines
    assert told.startswith("Note: No font on this machine has 13 characters of the report: ")
    assert "\N{CJK UNIFIED IDEOGRAPH-6F22} (U+6F22, cjk unified ideograph-6f22)" in told
    assert told.endswith(
        " and 3 more. An empty box stands in the PDF instead. Install a font that has them, or write .html."
    )
    with pikepdf.open(tmp_path / "report.pdf") as pdf:
        fonts = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert fonts
    assert all("Readiness-Sans" in font for font in fonts)
