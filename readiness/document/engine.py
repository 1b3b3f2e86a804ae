"""Loads WeasyPrint, which needs libraries that may be missing, and says what to do where they are."""

import contextlib
import ctypes
import importlib
import io
import os
import sys
import warnings
from collections.abc import Iterator
from ctypes import util
from types import ModuleType

from readiness.errors import InputError, Problem

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

    It would start a compiler and a linker many times over; the loader finds the libraries by their file names at once.
    """
    if sys.platform != "linux":
        yield
        return
    find = util.find_library
    util.find_library = lambda name: None  # noqa: ARG005 — its parameter has a name that callers may use
    try:
        yield
    finally:
        util.find_library = find


def weasyprint() -> ModuleType:
    """Return the module. Raises InputError that says how to install what it needs."""
    try:
        # Where a library is missing, WeasyPrint prints about it to stdout. Where the machine has no fonts, it warns;
        # the shipped font is enough.
        with contextlib.redirect_stdout(io.StringIO()), _no_library_search(), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            module = importlib.import_module("weasyprint")
    except (OSError, ImportError):
        how = "; ".join(f"{system}: {command}" for system, command in INSTALL.items())
        todo = f"Install it ({how}), or write the report as .html, which needs nothing more."
        raise InputError(Problem("Pango, which lays out the PDF, is missing on this machine", todo)) from None
    return module


def missing() -> str | None:
    """Return what stands in the way of a PDF, in words; None where nothing does."""
    try:
        weasyprint()
    except InputError as error:
        return error.problems[0].what
    return None


def fast_subsetting() -> bool:
    """Return whether HarfBuzz's subset library is there; without it each PDF takes up to half a second longer."""
    weasyprint()
    from weasyprint.text.ffi import harfbuzz_subset

    return harfbuzz_subset is not None


_SUBSET_LIBRARY = {"win32": "libharfbuzz-subset-0.dll", "darwin": "libharfbuzz-subset.0.dylib"}
_TIME = "SOURCE_DATE_EPOCH"


def subsetter() -> str:
    """Return the name of what cuts fonts down: another one gives other bytes. Loads that library alone."""
    try:
        ctypes.CDLL(_SUBSET_LIBRARY.get(sys.platform, "libharfbuzz-subset.so.0"))
    except OSError:
        return "fonttools"
    return "harfbuzz"


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
