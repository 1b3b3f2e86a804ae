"""If the library that lays out a PDF is missing, a browser does it; without one, that is said once, with what to do."""

import os
import subprocess
import sys
from ctypes import util
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest

from readiness.document import engine
from readiness.document.browser import Browser
from readiness.document.engine import SELDOM
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


def without_browser(env: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Return the environment of the same machine without a browser."""
    (tmp_path / "empty").mkdir()
    return {**env, "PATH": str(tmp_path / "empty")}


def test_without_pango_and_browser_a_pdf_says_how_to_install_it_on_each_system(
    without_pango: dict[str, str], tmp_path: Path
) -> None:
    env = without_browser(installed(without_pango), tmp_path)
    done = run("report", NORTHSIDE, "-o", "x.pdf", env=env, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    message = [line for line in done.stderr.splitlines() if "Pango" in line]
    assert len(message) == 1
    assert all(system in message[0] and how in message[0] for system, how in engine.INSTALL.items())
    assert "or a browser (Edge, Chrome or Chromium), or write the report as .html" in message[0]
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("report", "--brief"), id="report"),
        pytest.param(("compare", NORTHSIDE), id="compare"),
        pytest.param(("report", "--poster"), id="poster", marks=pytest.mark.long),
        pytest.param(("plan",), id="plan", marks=pytest.mark.long),
        pytest.param(("score",), id="score", marks=pytest.mark.long),
    ],
)
def test_without_pango_a_browser_makes_the_pdf_and_that_is_said(
    command: tuple[str, ...], without_pango: dict[str, str], tmp_path: Path
) -> None:
    done = run(*command, NORTHSIDE, "-o", "x.pdf", env=installed(without_pango), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "made the PDF. It has tags for screen readers, but only Pango makes one" in done.stderr
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert str(pdf.docinfo["/Producer"]).startswith("Skia/PDF")
        assert "Northside" in str(pdf.docinfo["/Title"])
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("x")] == ["x.pdf"]


def test_a_form_to_fill_in_needs_pango_and_the_web_form_is_offered(
    without_pango: dict[str, str], tmp_path: Path
) -> None:
    done = run("form", "--like", NORTHSIDE, "-o", "x.pdf", env=installed(without_pango), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is missing on this machine, and a browser can't make a form to fill in. Install it (" in done.stderr
    assert "or write the form as .html, to fill in in any browser, or as .xlsx." in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_the_pdfs_of_a_batch_need_pango(without_pango: dict[str, str], tmp_path: Path) -> None:
    done = run("batch", str(EXAMPLES), "-o", "made", "--format", "pdf", env=installed(without_pango), cwd=tmp_path)
    assert done.returncode == 1
    assert "is missing on this machine, and a browser can't make the PDFs of a batch. Install it (" in done.stderr
    assert not [*tmp_path.glob("made/**/*.pdf")]


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "missing", lambda: "Pango is missing")


def found(*names: str) -> tuple[Browser, ...]:
    return tuple(Browser(name, Path(sys.executable)) for name in names)


def test_weasyprint_comes_first_and_a_browser_only_if_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "browsers", lambda: found("Edge", "Chrome"))
    assert engine.browser_instead() is None
    monkeypatch.setattr(engine, "missing", lambda: "Pango is missing")
    assert engine.browser_instead() == found("Edge")[0]


@pytest.mark.parametrize(
    ("asked", "browser"),
    [("weasyprint", None), ("browser", "Edge"), (sys.executable, Path(sys.executable).stem)],
    ids=["weasyprint", "browser", "path"],
)
def test_engine_that_is_asked_for_is_taken(asked: str, browser: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "browsers", lambda: found("Edge"))
    monkeypatch.setenv(engine.ENGINE, asked)
    chosen = engine.browser_instead()
    assert (chosen.name if chosen else None) == browser
    assert engine.can_make_pdf()


@pytest.mark.parametrize(
    ("asked", "told"),
    [("browser", "No browser was found on this machine"), ("nowhere", 'is "nowhere", and there is no such browser')],
)
def test_engine_that_is_not_there_is_said(asked: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "browsers", found)
    monkeypatch.setenv(engine.ENGINE, asked)
    with pytest.raises(InputError, match=told):
        engine.browser_instead()
    assert not engine.can_make_pdf()


@pytest.mark.usefixtures("no_pango")
def test_nothing_makes_a_pdf_without_both_or_if_weasyprint_alone_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "browsers", found)
    assert not engine.can_make_pdf()
    monkeypatch.setattr(engine, "browsers", lambda: found("Edge"))
    assert engine.can_make_pdf()
    monkeypatch.setenv(engine.ENGINE, "weasyprint")
    assert not engine.can_make_pdf()


@pytest.mark.parametrize("asked", ["browser", "/opt/chrome"])
def test_what_no_browser_makes_is_refused_if_one_is_asked_for(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.need_weasyprint("a form", "write .html")
    monkeypatch.setenv(engine.ENGINE, asked)
    with pytest.raises(InputError, match=r"A browser can't make a form.* Take READINESS_PDF_ENGINE away, or write"):
        engine.need_weasyprint("a form", "write .html")


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


@pytest.mark.parametrize(
    ("call", "answered"),
    [
        ("fonts.subset.Options(hinting=False).hinting", "False"),
        ("weasyprint.text.fonts.woff2.getKnownTagIndex('glyf')", "10"),
        ("fonts.instantiateVariableFont({}, {})", "ValueError"),
    ],
)
def test_what_weasyprint_seldom_needs_is_imported_when_it_is_called(call: str, answered: str) -> None:
    script = f"""
import sys
from readiness.document.engine import weasyprint
weasyprint = weasyprint()
from weasyprint.pdf import fonts
print([name for name in {SELDOM} if name in sys.modules])
try:
    print({call})
except Exception as error:
    print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", answered]


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
