"""Makes the files of one team. Values in, values out, so that it can run in any process and on any machine."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from readiness import __version__
from readiness.bank.load import find_bank, load_bank
from readiness.bank.model import Bank
from readiness.bank.translate import Translation, translated
from readiness.batch.ledger import digest, digest_of_folder
from readiness.batch.rows import RespondentRow, assessments_of
from readiness.document.engine import need_weasyprint, subsetter
from readiness.document.write import Format
from readiness.errors import InputError, Place, Problem
from readiness.language import ENGLISH, speaking
from readiness.opening import real
from readiness.report.languages import catalogue
from readiness.report.notes import Notes
from readiness.resources import QUESTIONS, REPORT_TEMPLATES
from readiness.scoring.disclosure import MIN_GROUP

if TYPE_CHECKING:  # scores are there before the first report: what makes reports is imported then
    from readiness.batch.portfolio_model import Portfolio
    from readiness.plan.overlay import Overlay
    from readiness.report.model import Report
    from readiness.theme.theme import Theme

_MAKERS = ("weasyprint", "pydyf", "fonttools", "python-docx", "resvg-py", "xlsxwriter", "jinja2")
"""The libraries whose versions can change a report's bytes."""

DEADLINE = 120.0
"""Seconds for one job. The first of a process starts it, too."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What all reports of a batch have in common. Small, as it goes to the worker with every team.

    ``bank`` and ``theme`` are names or folders. ``brief``: reports have two pages. ``least`` is the smallest group of
    which something is said (3 or more). ``alone``: the process that renders does nothing else, and is stopped when it
    takes too long, so that templates that are not ours need no other.
    """

    bank: str
    theme: str
    templates: Path | None = None
    language: str = ENGLISH
    brief: bool = False
    notes: Notes | None = None
    least: int = MIN_GROUP
    alone: bool = False

    @property
    def bank_folder(self) -> Path:
        """The folder of the bank. Raises InputError if there is none."""
        return find_bank(self.bank, QUESTIONS)

    def open_bank(self) -> Bank:
        """Return the bank. Raises InputError where there is none, or with all that is wrong in it."""
        return load_bank(self.bank_folder)

    def translated(self, bank: Bank) -> Translation:
        """Return the bank in the words of the language, as far as there are any."""
        return translated(bank, self.bank_folder, self.language)

    def speaking(self, told_in: Translation) -> AbstractContextManager[None]:
        """Speak the language of the reports within; ``told_in``: the bank in it."""
        return speaking(self.language, catalogue(self.language), draft=told_in.draft, english=told_in.english)

    def open_theme(self) -> "Theme":
        """Return the theme. Raises InputError with all that is wrong in it."""
        from readiness.theme.theme_file import find_theme, read_theme

        theme = read_theme(find_theme(self.theme))
        theme = theme.brief() if self.brief else theme
        if self.templates is None:
            return theme
        if not self.templates.is_dir():
            place = Place(str(self.templates))
            raise InputError(Problem("There is no such folder of templates", "Check the name.", place))
        return replace(theme, templates=real(self.templates))

    def fingerprint(self) -> str:
        """Return a digest of all that goes into a report beside the answers: what stands in files, and versions."""
        from readiness.theme.theme_file import find_theme

        folders = [self.bank_folder, find_theme(self.theme), REPORT_TEMPLATES]
        folders += [self.templates] if self.templates else []
        versions = [f"{name} {version(name)}" for name in _MAKERS] + [subsetter()]
        return digest(
            __version__,
            self.language,
            str((self.brief, self.notes, self.least)),
            *versions,
            *map(digest_of_folder, folders),
        )


@dataclass(frozen=True, slots=True)
class Task:
    """What to make: the formats of one team's report. ``fingerprint`` is that of the settings, where they were read."""

    settings: Settings
    fingerprint: str
    rows: tuple[RespondentRow, ...]
    forms: tuple[Format, ...]
    overlay: "Overlay | None" = None


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a task: each format's bytes, with what a person should be told; or what stands in the way."""

    files: tuple[tuple[Format, bytes, tuple[str, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a process needs for every team, read once: the bank, in English and translated, and the theme."""

    bank: Bank
    told_in: Translation
    theme: "Theme"
    fingerprint: str


_ALONE = Lock()
"""Pango is not safe for threads, and a cluster's worker may have several."""


@cache
def _ready(settings: Settings) -> _Ready:
    bank = settings.open_bank()
    return _Ready(bank, settings.translated(bank), settings.open_theme(), settings.fingerprint())


def make(task: Task) -> Made:
    """Return the team's files. What a person can mend is returned, not raised."""
    from readiness.report.formats import render, render_here

    settings = task.settings
    try:
        _need_what_makes(*task.forms)
        ready = _ready(settings)
        with settings.speaking(ready.told_in):
            if ready.fingerprint != task.fingerprint:
                return Made(problems=(_OTHER,))
            report = _report(task, ready)
            with _ALONE:
                rendered = render_here if settings.alone else render
                return Made(tuple((form, *rendered(form, report, ready.theme)) for form in task.forms))
    except InputError as error:
        return Made(problems=error.problems)


_OTHER = Problem(
    "The machine that makes the reports has another bank, theme or version",
    "Install the same version everywhere, and let every machine see the same bank, theme and templates.",
)


def _report(task: Task, ready: _Ready) -> "Report":
    from readiness.report.view import build_report
    from readiness.team import AssessedTeam

    settings = task.settings
    team = AssessedTeam(ready.bank, assessments_of(task.rows, ready.bank), task.overlay, settings.least)
    return build_report(team.told_in(ready.told_in.bank), notes=settings.notes)


def make_portfolio(form: Format, portfolio: "Portfolio", settings: Settings) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the portfolio of all teams in the format, or what stands in the way."""
    from readiness.batch.portfolio_files import render_portfolio

    try:
        _need_what_makes(form)
        with settings.speaking(_ready(settings).told_in):
            return render_portfolio(form, portfolio, settings.open_theme()), ()
    except InputError as error:
        return b"", error.problems


def pdf_problems() -> tuple[Problem, ...]:
    """Return what stands in the way of a PDF in this process."""
    try:
        _need_what_makes(Format.PDF)
    except InputError as error:
        return error.problems
    return ()


def _need_what_makes(*forms: Format) -> None:
    """Raise InputError if one of the formats can't be made in this process."""
    if Format.PDF in forms:  # by WeasyPrint: a browser would be started for each team, and takes seconds
        need_weasyprint("the PDFs of a batch", "write .html")
