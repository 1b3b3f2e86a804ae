"""``readiness report``: writes the action plan as a PDF, a web page, for Word or Excel, as Markdown or JSON."""

import atexit
import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.given import typed_date
from readiness.cli.invocation import invoked
from readiness.cli.options import (
    DEFAULT_BANK,
    DEFAULT_THEME,
    STDOUT,
    BankOption,
    BriefOption,
    LanguageOption,
    MinGroupOption,
    NotesOption,
    PathsArgument,
    PlanOption,
    TemplatesOption,
    ThemeOption,
    find_overlay,
    format_of,
    may_write,
    numbers_kept,
    open_bank,
    open_theme,
    open_translation,
    spare,
)
from readiness.cli.streams import emit_bytes, notify, say
from readiness.language import ENGLISH
from readiness.report.notes import NAMES_STAY, Notes
from readiness.scoring.disclosure import MIN_GROUP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.assessment.model import Assessment
    from readiness.bank.model import Bank
    from readiness.plan.model import Plan


def report(  # noqa: PLR0913, PLR0917 — each is an option of the command
    paths: PathsArgument,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The file to write: .pdf, .html, .docx, .xlsx, .md or .json; - is standard output.",
        ),
    ],
    bank_name: BankOption = DEFAULT_BANK,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="The format, where the file's name does not say it."),
    ] = None,
    plan: PlanOption = None,
    notes: NotesOption = None,
    min_group: MinGroupOption = MIN_GROUP,
    theme_name: ThemeOption = DEFAULT_THEME,
    language: LanguageOption = ENGLISH,
    templates: TemplatesOption = None,
    brief: BriefOption = False,
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="The day (2026-11-24) to say what is late on. Without it, the day of the answers: so the same files "
            "always give the same report.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it is there.")] = False,
) -> None:
    """Write the report of one team, with its action plan."""
    from readiness.assessment.reading import read_team
    from readiness.assessment.store import write_atomically
    from readiness.language import speaking
    from readiness.plan.retold import retold
    from readiness.report.formats import ReportFormat
    from readiness.report.languages import catalogue
    from readiness.report.render import render
    from readiness.report.view import build_report
    from readiness.scoring.score import standings

    # One report is made, and the process ends: to look for what could be cleaned up takes time, and frees nothing.
    gc.disable()
    atexit.register(gc.freeze)
    chosen = format_of(out, form, ReportFormat)
    as_of = typed_date("--today", today)
    if brief and chosen in (ReportFormat.XLSX, ReportFormat.JSON):
        raise typer.BadParameter("--brief is for pages; a workbook or JSON always holds everything")
    if out != STDOUT:
        may_write(out, force=force)
    theme = open_theme(theme_name, templates)
    theme = theme.brief() if brief else theme
    words = catalogue(language)
    invocation = invoked(paths, bank_name, plan)
    bank = open_bank(bank_name)
    reading = read_team(paths, bank)
    notify(reading.notices)
    kept = find_overlay(bank, invocation, reading.assessments)
    if out != STDOUT:
        spare(out, (*reading.files, kept.path))
    overlay = numbers_kept(kept, standings(bank, reading.assessments)).overlay
    before = _computed(bank, reading.assessments)
    told_in = open_translation(bank_name, bank, language)
    with speaking(language, words, draft=told_in.draft, english=told_in.english):
        overlay = retold(overlay, before, _computed(told_in.bank, reading.assessments))
        made = build_report(told_in.bank, reading.assessments, overlay, notes=notes, min_group=min_group, today=as_of)
        data, told = render(chosen, made, theme)
    notify((*told, *_told(notes)))
    if out == STDOUT:
        emit_bytes(data)
        return
    write_atomically(out, data, private=False)
    say(f"The report is in {out}.")


def _computed(bank: "Bank", assessments: "Sequence[Assessment]") -> "Plan":
    from readiness.plan.build import build_plan
    from readiness.scoring.score import standings

    stands = standings(bank, assessments)
    return build_plan(stands, stands.score())


def _told(notes: Notes | None) -> tuple[str, ...]:
    """Return what a person who has notes redacted must know."""
    return (NAMES_STAY,) if notes is Notes.REDACTED else ()
