"""Makes the files of one team. Values in, values out, so that it can run in any process and on any machine."""

from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from readiness import __version__
from readiness.bank.load import find_bank, load_bank
from readiness.bank.model import Bank
from readiness.batch.ledger import digest, digest_of_folder
from readiness.batch.rows import Row, assessments_of
from readiness.errors import InputError, Problem
from readiness.plan.overlay import Overlay
from readiness.report.formats import RENDERERS, Rendered, ReportFormat
from readiness.report.model import Report
from readiness.report.render import render
from readiness.report.theme import Theme
from readiness.report.theme_file import find_theme, read_theme
from readiness.report.view import build_report
from readiness.resources import QUESTIONS, REPORT_TEMPLATES

_MAKERS = ("weasyprint", "pydyf", "fonttools", "python-docx", "xlsxwriter", "jinja2")
"""The libraries whose versions can change a report's bytes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What all reports of a batch have in common. Small, as it goes to the worker with every team.

    ``bank`` and ``theme`` are names or folders. ``alone``: the process that renders does nothing else, and is stopped
    when it takes too long, so that templates that are not ours need no other.
    """

    bank: str
    theme: str
    templates: Path | None = None
    brief: bool = False
    alone: bool = False

    def open_theme(self) -> Theme:
        """Return the theme. Raises InputError with all that is wrong in it."""
        theme = read_theme(find_theme(self.theme))
        return replace(theme, templates=self.templates.resolve()) if self.templates else theme

    def fingerprint(self) -> str:
        """Return a digest of all that goes into a report beside the answers: what stands in files, and versions."""
        folders = [find_bank(self.bank, QUESTIONS), find_theme(self.theme), REPORT_TEMPLATES]
        folders += [self.templates] if self.templates else []
        versions = [f"{name} {version(name)}" for name in _MAKERS]
        return digest(__version__, str(self.brief), *versions, *map(digest_of_folder, folders))


@dataclass(frozen=True, slots=True)
class Task:
    """What to make: the formats of one team's report. ``fingerprint`` is that of the settings, where they were read."""

    settings: Settings
    fingerprint: str
    rows: tuple[Row, ...]
    forms: tuple[ReportFormat, ...]
    overlay: Overlay | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a task: each format's bytes, with what a person should be told; or what stands in the way."""

    files: tuple[tuple[ReportFormat, bytes, tuple[str, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a process needs for every team, read once."""

    bank: Bank
    theme: Theme
    fingerprint: str


@cache
def _ready(settings: Settings) -> _Ready:
    return _Ready(load_bank(find_bank(settings.bank, QUESTIONS)), settings.open_theme(), settings.fingerprint())


def make(task: Task) -> Made:
    """Return the team's files. What a person can mend is returned, not raised."""
    try:
        ready = _ready(task.settings)
        if ready.fingerprint != task.fingerprint:
            todo = "Install the same version everywhere, and let every machine see the same bank, theme and templates."
            return Made(
                problems=(Problem("The machine that makes the reports has another bank, theme or version", todo),)
            )
        report = build_report(ready.bank, assessments_of(task.rows, ready.bank), task.overlay)
        files = tuple((form, *_render(form, report, ready.theme, task.settings)) for form in task.forms)
    except InputError as error:
        return Made(problems=error.problems)
    return Made(files)


def _render(form: ReportFormat, report: Report, theme: Theme, settings: Settings) -> Rendered:
    return RENDERERS[form](report, theme) if settings.alone else render(form, report, theme)


def pdf_problems() -> tuple[Problem, ...]:
    """Return what stands in the way of a PDF in this process."""
    from readiness.report.engine import weasyprint

    try:
        weasyprint()
    except InputError as error:
        return error.problems
    return ()
