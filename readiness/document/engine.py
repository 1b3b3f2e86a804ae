"""Chooses what makes a PDF: WeasyPrint, which needs libraries that may be missing, or a browser in its place."""

import contextlib
import importlib
import io
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from readiness.document.browser import Browser, browsers
from readiness.errors import InputError, Problem

ENGINE = "READINESS_PDF_ENGINE"
"""Variable that chooses: "weasyprint", "browser", or the path of a browser. Without it, the first that is there."""

INSTALL = {
    "Debian or Ubuntu": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "Fedora": "sudo dnf install pango harfbuzz",
    "macOS": "brew install pango",
    "Windows": "install MSYS2 from msys2.org, in its window run: pacman -S mingw-w64-x86_64-pango; "
    r"then set WEASYPRINT_DLL_DIRECTORIES=C:\msys64\mingw64\bin",
}
"""How to install what a PDF needs, by system."""


@contextlib.contextmanager
def _no_library_search() -> Iterator[None]:
    """On Linux, let ``find_library`` find nothing while WeasyPrint is imported.

    It would start a compiler and a linker many times; the loader finds libraries by file name.
    """
    if sys.platform != "linux":
        yield
        return
    from ctypes import util

    find = util.find_library
    util.find_library = lambda name: None  # noqa: ARG005 — its parameter has a name that callers may use
    try:
        yield
    finally:
        util.find_library = find


SELDOM = ("fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib.instancer")
"""Modules of which WeasyPrint calls a function only for unusual fonts, or if HarfBuzz's subset library is missing."""


class _Seldom(ModuleType):
    """Stand-in for a module of which only functions are called: the first call imports it."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*given: object, **named: object) -> object:
            return getattr(importlib.import_module(self.__name__), name)(*given, **named)

        return call


@contextlib.contextmanager
def _seldom_used() -> Iterator[None]:
    """Let stand-ins be imported in place of what is seldom used: it takes a third of WeasyPrint's import."""
    stand_ins = {name: _Seldom(name) for name in SELDOM if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


_MISSING = "Pango, which lays out the PDF, is missing on this machine"
_OF_PYTHON = {"_ctypes": "ctypes", "_ssl": "ssl"}
"""Modules that WeasyPrint counts on, although we let it fetch nothing, and that a Python may be made without."""


def _install(otherwise: str) -> str:
    if lacking():
        return f"Install Python from python.org, or {otherwise}."
    how = "; ".join(f"{system}: {command}" for system, command in INSTALL.items())
    return f"Install it ({how}), or {otherwise}."


def weasyprint() -> ModuleType:
    """Return the module. Raises InputError that says how to install what it needs."""
    instead = "write the report as .html, which needs nothing more"
    if lacks := lacking():
        what = f"This Python lacks its module {lacks}, which making a PDF needs"
        raise InputError(Problem(what, _install(instead)))
    try:
        # Where a library is missing, WeasyPrint prints about it to stdout. Where the machine has no fonts, it warns;
        # the shipped font is enough.
        with (
            contextlib.redirect_stdout(io.StringIO()),
            _no_library_search(),
            _seldom_used(),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore", UserWarning)
            module = importlib.import_module("weasyprint")
    except (OSError, ImportError):
        raise InputError(Problem(_MISSING, _install(instead))) from None
    return module


def lacking() -> str | None:
    """Return the module of Python that a PDF needs and this Python was made without; None if there is none."""
    return next((name for made, name in _OF_PYTHON.items() if find_spec(made) is None), None)


def missing() -> str | None:
    """Return what keeps WeasyPrint from making a PDF, in words; None if nothing does."""
    try:
        weasyprint()
    except InputError as error:
        return error.problems[0].what
    return None


def browser_instead() -> Browser | None:
    """Return the browser that makes the PDF of one document; None if WeasyPrint does.

    Raises InputError if neither can, or the engine that was asked for is not there.
    """
    asked = os.environ.get(ENGINE, "")
    if asked == "weasyprint" or (not asked and missing() is None):
        return None
    if asked not in ("", "browser"):
        if Path(asked).is_file():
            return Browser(Path(asked).stem, Path(asked).absolute())
        todo = "Set it to browser, to weasyprint, or to the path of a browser: Edge, Chrome or Chromium."
        raise InputError(Problem(f'{ENGINE} is "{asked}", and there is no such browser', todo))
    if found := browsers():
        return found[0]
    if asked:
        todo = f"Install Edge, Chrome or Chromium, or set {ENGINE} to the path of the browser."
        raise InputError(Problem(f"No browser was found on this machine, and {ENGINE} asks for one", todo))
    todo = _install("a browser (Edge, Chrome or Chromium), or write the report as .html, which needs nothing more")
    raise InputError(Problem(f"{missing()}, and there is no browser that could do it", todo))


def can_make_pdf() -> bool:
    """Return whether WeasyPrint or a browser is there to make the PDF of one document."""
    try:
        browser_instead()
    except InputError:
        return False
    return os.environ.get(ENGINE) != "weasyprint" or missing() is None


def need_weasyprint(what: str, otherwise: str) -> None:
    """Raise InputError if WeasyPrint can't make ``what``, which no browser can; ``otherwise`` is what to do instead."""
    if os.environ.get(ENGINE, "weasyprint") not in ("", "weasyprint"):
        todo = f"Take {ENGINE} away, or {otherwise}."
        raise InputError(Problem(f"A browser can't make {what}, and {ENGINE} asks for one", todo))
    if what_is_missing := missing():
        raise InputError(Problem(f"{what_is_missing}, and a browser can't make {what}", _install(otherwise)))


def fast_subsetting() -> bool:
    """Return whether HarfBuzz's subset library is there; without it each PDF takes up to half a second longer."""
    weasyprint()
    from weasyprint.text.ffi import harfbuzz_subset

    return harfbuzz_subset is not None


_SUBSET_LIBRARY = {"win32": "libharfbuzz-subset-0.dll", "darwin": "libharfbuzz-subset.0.dylib"}
_TIME = "SOURCE_DATE_EPOCH"


def subsetter() -> str:
    """Return the name of what cuts fonts down: another one gives other bytes. Loads that library alone."""
    if lacking():
        return "fonttools"
    import ctypes

    try:
        ctypes.CDLL(_SUBSET_LIBRARY.get(sys.platform, "libharfbuzz-subset.so.0"))
    except OSError:
        return "fonttools"
    return "harfbuzz"


def started(thread: threading.Thread) -> threading.Thread:
    """Return the thread, started. Raises InputError if this person or computer can start no more of them."""
    try:
        thread.start()
    except RuntimeError as error:
        what = "No more threads or processes can be started here, and making documents needs some"
        raise InputError(Problem(what, "End other programs, or ask for a higher limit (ulimit -u).")) from error
    return thread


@contextlib.contextmanager
def fixed_time() -> Iterator[None]:
    """Keep fontTools, which cuts fonts down if HarfBuzz's library is missing, from writing the time into each."""
    if _TIME in os.environ:
        yield
        return
    os.environ[_TIME] = "0"
    try:
        yield
    finally:
        del os.environ[_TIME]
