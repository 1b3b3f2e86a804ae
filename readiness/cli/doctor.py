"""``readiness doctor``: says what is missing on this machine, and how to install it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

import typer

from readiness.cli.invocation import in_words
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.settings_names import (
    SETTINGS_FILE,
    Program,
    find_settings,
    not_used,
    read_settings,
    variables_of,
    working_folder,
)
from readiness.cli.streams import emit
from readiness.errors import ExitCode, InputError
from readiness.text import safe


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What one look found: whether all is well, and what to do where it is not; ``needed``, or only better to have."""

    good: bool
    what: str
    todo: tuple[str, ...] = ()
    needed: bool = True

    @property
    def word(self) -> str:
        """The finding in a word."""
        if self.good:
            return "ok"
        return "missing" if self.needed else "better"


def doctor(ctx: typer.Context, bank_name: BankOption = DEFAULT_BANK) -> None:
    """Say what is missing on this machine, and the command that installs it."""
    findings = [_python(), _questions(bank_name), *(look() for look in _LOOKS), _settings(ctx.find_root().command)]
    for finding in findings:
        emit(f"{finding.word:<7}  {safe(finding.what)}")
        for line in finding.todo:
            emit(f"           {safe(line)}")
    if not all(finding.good for finding in findings if finding.needed):
        raise typer.Exit(ExitCode.INPUT_WRONG)
    emit("All is well." if all(finding.good for finding in findings) else "All that is needed is here.")


def _python() -> Diagnosis:
    return Diagnosis(good=True, what=f"Python {sys.version.split()[0]}")


def _questions(name: str) -> Diagnosis:
    from readiness.cli.inputs import open_bank

    shipped = name == DEFAULT_BANK
    what = "The shipped questions" if shipped else f"The questions in {name}"
    try:
        bank = open_bank(name)
    except InputError as error:
        again = ["Install readiness again."] if shipped else []
        return Diagnosis(good=False, what=what, todo=(*map(in_words, error.problems), *again))
    return Diagnosis(good=True, what=f"{what}: {bank.id} {bank.version}")


def _settings(root: Program) -> Diagnosis:
    file, strange = find_settings(working_folder())
    variables, unread = variables_of(root)
    where = f"from {file}" if file else f"no {SETTINGS_FILE} here or above"
    said = f" Variables: {', '.join(variables)}." if variables else ""
    try:
        if file is not None:
            read_settings(file, root)
    except InputError as error:
        return Diagnosis(good=False, what=f"Settings {where}", todo=tuple(map(in_words, error.problems)))
    todo = (*map(not_used, strange), *(f"{name} is not read: no option has that name." for name in unread))
    return Diagnosis(good=not todo, what=f"Settings: {where}.{said}", todo=todo, needed=False)


def _font() -> Diagnosis:
    from readiness.resources import REPORT_TEMPLATES

    fonts = sorted((REPORT_TEMPLATES / "fonts").glob("*.ttf"))
    if fonts:
        return Diagnosis(good=True, what=f"The shipped font ({len(fonts)} files)")
    return Diagnosis(good=False, what="The shipped font", todo=("Install readiness again.",))


def _pango() -> Diagnosis:
    from readiness.document.browser import browsers
    from readiness.document.engine import lacking, missing

    problem = missing()
    if problem is None:
        return Diagnosis(good=True, what="Pango, for every PDF")
    todo = ("Install Python from python.org.",) if lacking() else install_here(sys.platform)
    if browsers():
        what = f"{problem}. Forms to fill in and the PDFs of a batch need it; a browser makes the others."
        return Diagnosis(good=False, what=what, todo=todo, needed=False)
    return Diagnosis(good=False, what=f"{problem}. All but the PDF works without it.", todo=todo)


def _browser() -> Diagnosis:
    from readiness.document.browser import browsers, print_page
    from readiness.document.engine import browser_instead

    try:
        browser = browser_instead()
        if browser:  # it is tried, as those in charge of a machine may forbid to print with it
            print_page("<p>PDF</p>", browser)
            return Diagnosis(good=True, what=f"{browser.name} makes PDFs ({browser.program})")
    except InputError as error:
        return Diagnosis(good=False, what="No browser can make a PDF", todo=tuple(map(in_words, error.problems)))
    names = ", ".join(f"{browser.name} ({browser.program})" for browser in browsers())
    return Diagnosis(
        good=True, what=f"Browsers that could make PDFs without Pango: {names or 'none, and none is needed'}"
    )


def install_here(platform: str) -> tuple[str, ...]:
    """Return how to install what a PDF needs on this sort of system, of which ``sys.platform`` says the name.

    On a system of another sort, all that is known is said.
    """
    from readiness.document.engine import INSTALL

    systems = {"linux": ("Debian or Ubuntu", "Fedora"), "darwin": ("macOS",), "win32": ("Windows",)}
    return tuple(f"{system}: {INSTALL[system]}" for system in systems.get(platform, tuple(INSTALL)))


def _subsetting() -> Diagnosis:
    from readiness.document.engine import fast_subsetting, missing

    if missing():
        return Diagnosis(good=True, what="HarfBuzz's subset library: not looked for without Pango")
    if fast_subsetting():
        return Diagnosis(good=True, what="HarfBuzz's subset library, for quicker PDFs")
    what = "HarfBuzz's subset library: PDFs work, and take longer."
    return Diagnosis(good=False, what=what, todo=install_here(sys.platform), needed=False)


def _layout_memory() -> Diagnosis:
    from readiness.document.layout_memory.memory import why_off

    why = why_off()
    if why is None:
        return Diagnosis(good=True, what="Many PDF reports in a row: what they share is laid out once")
    what = f"Many PDF reports in a row: each is laid out whole, as {why}. PDFs work, and take longer."
    return Diagnosis(good=False, what=what, todo=("Install readiness again.",), needed=False)


def _folder() -> Diagnosis:
    import tempfile

    try:
        with tempfile.TemporaryFile(dir="."):
            return Diagnosis(good=True, what="This folder can be written")
    except OSError:
        todo = ("Go to a folder of your own first, such as your home folder: cd ~",)
        return Diagnosis(good=False, what="This folder can't be written, so no answers can be saved in it", todo=todo)


def _utf8() -> Diagnosis:
    import codecs

    encoding = getattr(sys.stdout, "encoding", None) or "none"
    try:
        good = codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        good = False
    if good:
        return Diagnosis(good=True, what="The terminal shows every letter (UTF-8)")
    how = "chcp 65001" if os.name == "nt" else "export LANG=C.UTF-8"
    return Diagnosis(
        good=False, what=f"The terminal shows only some letters ({encoding})", todo=(f"Run: {how}",), needed=False
    )


_LOOKS: tuple[Callable[[], Diagnosis], ...] = (
    _font,
    _pango,
    _browser,
    _subsetting,
    _layout_memory,
    _folder,
    _utf8,
)
