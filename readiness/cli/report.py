"""``readiness report``: writes the action plan as a PDF, a web page, for Word or Excel, as slides, Markdown or JSON."""

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.dated import change, since_last_time
from readiness.cli.files import STDOUT, format_of, may_write, report_beside, spare
from readiness.cli.given import typed_date
from readiness.cli.inputs import open_bank, open_team, open_theme, speaking_in
from readiness.cli.invocation import invoked
from readiness.cli.look_options import DEFAULT_THEME, BriefOption, LanguageOption, TemplatesOption, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankOption, MinGroupOption, NotesOption, PathsArgument, PlanOption
from readiness.cli.output_options import ForceOption, FormatOption
from readiness.cli.plan_numbers import as_sent, keep_sent, keep_shown
from readiness.cli.program import command
from readiness.cli.settings import was_set
from readiness.cli.streams import notify, save, say
from readiness.document.write import Format, endings
from readiness.language import ENGLISH
from readiness.report.formats import POSTER_FORMATS, REPORT_FORMATS, render
from readiness.report.notes import NAMES_STAY, Notes
from readiness.scoring.disclosure import MIN_GROUP


def report(
    paths: PathsArgument,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help=f"The file to write: {endings(REPORT_FORMATS)}; - is standard output. Without it, a PDF beside the "
            "answers.",
        ),
    ] = None,
    bank_name: BankOption = DEFAULT_BANK,
    form: FormatOption = None,
    plan: PlanOption = None,
    notes: NotesOption = None,
    min_group: MinGroupOption = MIN_GROUP,
    theme_name: ThemeOption = DEFAULT_THEME,
    language: LanguageOption = ENGLISH,
    templates: TemplatesOption = None,
    brief: BriefOption = False,
    poster: Annotated[
        bool,
        typer.Option(
            "--poster", help=f"The plan's Now for the wall: one page, A3 ({', '.join(POSTER_FORMATS)}), without scores."
        ),
    ] = False,
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="The day (2026-11-24) to say what is late on. Without it, the day of the answers: so the same files "
            "always give the same report.",
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="EARLIER",
            help="Earlier answers of the team, a file or a folder: page one says what has changed since. Without it, "
            "those that are kept beside the answers.",
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write the report of one team, with its action plan."""
    from readiness.report.view import build_report

    chosen = format_of(out or Path(f"report.{form or usual_format()}"), form, REPORT_FORMATS)
    as_of = typed_date("--today", today)
    if brief and not chosen.page and not was_set("--brief"):
        raise typer.BadParameter("--brief is for pages; a workbook or JSON always holds everything")
    if poster:
        brief, templates = brief and not was_set("--brief"), None if was_set("--templates") else templates
    if poster and (chosen not in POSTER_FORMATS or brief or templates):
        raise typer.BadParameter(
            f"--poster is a page of its own ({', '.join(POSTER_FORMATS)}): leave out --brief and --templates"
        )
    brief = brief and bool(chosen.page)
    if out not in (None, STDOUT):
        may_write(out, force=force)
    theme = open_theme(theme_name, templates)
    theme = theme.brief() if brief else theme
    invocation = invoked(paths, bank_name, plan)
    bank = open_bank(bank_name)
    opened = open_team(bank, invocation, min_group)
    team, place = opened.team, opened.place
    if out is None:
        out = report_beside(paths, team.team, chosen)
        may_write(out, force=force)
    if out != STDOUT:
        spare(out, (*opened.files, place.path, since))
    if out == STDOUT:
        keep_shown(place.path, team)
    dates = since_last_time(bank, bank_name, opened, paths, since)
    with speaking_in(language, bank_name, bank) as told_bank:
        changed = None if dates is None else change(told_bank, dates, min_group)
        made = build_report(team.told_in(told_bank), notes=notes, today=as_of, since=changed)
        if poster:
            from readiness.report.poster_document import render_poster

            data, told = render_poster(chosen, made, theme)
        else:
            data, told = render(chosen, made, theme)
    notify((*told, *([NAMES_STAY] if notes is Notes.REDACTED else [])))
    save(out, data, force=force)
    if out != STDOUT:
        keep_sent(place, team, as_sent(place, team))


def usual_format() -> Format:
    """Return the format of a report if nobody chose one: PDF, or a web page where no PDF can be made; that is said."""
    from readiness.document.engine import can_make_pdf

    if can_make_pdf():
        return Format.PDF
    say("A PDF can't be made on this machine yet, so the report is a web page.")
    say(f"To see what is missing for a PDF: {command('doctor')}")
    return Format.HTML
