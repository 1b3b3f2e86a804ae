"""``readiness batch``: scores and reports of many teams, which can be stopped and gone on with at any moment."""

import gc
import os
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer

from readiness.batch.portfolio_files import PORTFOLIO_FORMATS
from readiness.cli.given import date_order, given_by, lowest_number
from readiness.cli.inputs import open_bank, own_templates
from readiness.cli.invocation import by_name, invoked
from readiness.cli.look_options import DEFAULT_THEME, BriefOption, LanguageOption, TemplatesOption, ThemeOption
from readiness.cli.options import DEFAULT_BANK, BankOption, MinGroupOption, NotesOption
from readiness.cli.settings import was_set
from readiness.cli.streams import problems_in
from readiness.cli.table_options import (
    CountUnfinishedOption,
    DayFirstOption,
    MappingOption,
    MonthFirstOption,
    NumbersFromOption,
    ResponseColumnOption,
    SheetOption,
)
from readiness.errors import ExitCode, InputError
from readiness.language import ENGLISH
from readiness.report.formats import REPORT_FORMATS
from readiness.report.notes import NAMES_STAY, Notes
from readiness.scoring.disclosure import MIN_GROUP
from readiness.signals import told_to_end

_NONE = "none"
_FORMAT = "pdf"
_A_DAY = 86_400
"""Seconds; the system's clocks count no more than some weeks."""
_MOST_WORKERS = 1_000
"""Each takes 0.2 GB, so few machines could run more."""
Choice = TypeVar("Choice", bound=StrEnum)


def batch(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Tables with a row for each respondent (.csv, .xlsx, .jsonl, .parquet), files of answers, folders of"
            " them, or patterns; - reads standard input.",
            metavar="PATHS",
        ),
    ] = None,
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder to write into. Run again to go on.")
    ],
    forms: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"The formats of the reports, such as pdf,html: {', '.join(REPORT_FORMATS)}; or {_NONE}.",
            show_default=_FORMAT,
        ),
    ] = None,
    scores: Annotated[
        str, typer.Option("--scores", metavar="FORMATS", help="What the scores are written as: csv, jsonl, parquet.")
    ] = "csv,jsonl",
    portfolio: Annotated[
        str,
        typer.Option(
            "--portfolio",
            metavar="FORMATS",
            help=f"What is written about all teams together: {', '.join(PORTFOLIO_FORMATS)}; or {_NONE}.",
        ),
    ] = ",".join(PORTFOLIO_FORMATS),
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="What the teams are called together, for the portfolio.")
    ] = "",
    min_group: MinGroupOption = MIN_GROUP,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="Reports of teams with this name only; * stands for anything."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="NUMBER", min=1, help="Reports of the first teams only.")
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard",
            metavar="PART/PARTS",
            help="Reports of a share of the teams, such as 2/10, on one of ten machines.",
        ),
    ] = None,
    merge: Annotated[bool, typer.Option("--merge", help="Read nothing: join what the shards have made.")] = False,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The date of rows that have none, as 2026-11-22.")
    ] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="NAME", help="The team of rows that name none.")] = None,
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="NAME", help="The organisation of rows that name none."),
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            metavar="KEY=VALUE",
            help="What services are like, as stage=planning, if no row of a team says it, or rows differ; once for "
            "each.",
        ),
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="ROLE", help="The role of rows that have none, such as peer-worker.")
    ] = None,
    mapping: MappingOption = None,
    sheet: SheetOption = None,
    day_first: DayFirstOption = False,
    month_first: MonthFirstOption = False,
    numbers_from: NumbersFromOption = None,
    response_column: ResponseColumnOption = None,
    count_unfinished: CountUnfinishedOption = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="NUMBER",
            min=0,
            max=_MOST_WORKERS,
            help="How many reports are made at a time: one for each core; 0: in this process.",
        ),
    ] = None,
    deadline: Annotated[
        float,
        typer.Option(
            "--deadline", metavar="SECONDS", min=1, max=_A_DAY, help="Seconds that one team’s reports may take."
        ),
    ] = 120,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADDRESS", help="Make the reports on a cluster: its scheduler, as tcp://host:8786."
        ),
    ] = None,
    bank_name: BankOption = DEFAULT_BANK,
    theme_name: ThemeOption = DEFAULT_THEME,
    templates: TemplatesOption = None,
    language: LanguageOption = ENGLISH,
    brief: BriefOption = False,
    notes: NotesOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing at all if any row is wrong.")] = False,
    clean: Annotated[bool, typer.Option("--clean", help="Remove reports of teams no longer there.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that somebody has changed, and use any folder.")
    ] = False,
    as_json: Annotated[
        bool,
        typer.Option("--json-progress", help="Report progress and the result on stderr, as JSON lines."),
    ] = False,
) -> None:
    """Score many teams, and write a report of each. Wrong rows do not stop the rest."""
    from readiness.batch.job import Order, Selection
    from readiness.batch.ledger import has_begun
    from readiness.batch.render_job import Settings
    from readiness.batch.run import run
    from readiness.batch.scores import ScoreFile
    from readiness.cli.batch_progress import JsonProgress, progress_for

    if merge:
        told: dict[str, object] = {"--format": forms, "--only": only, "--limit": limit, "--date": date, "--team": team}
        told |= {"--organisation": organisation, "--profile": profile, "--role": role, "--mapping": mapping}
        told |= {"--sheet": sheet, "--day-first": day_first or None, "--month-first": month_first or None}
        told |= {"--response-column": response_column, "--count-unfinished": count_unfinished or None}
        told |= {"--numbers-from": numbers_from}
        _check_merge(told, shard, paths)
    dates = date_order(date, day_first=day_first, month_first=month_first)
    given = given_by(
        lambda: open_bank(bank_name),
        team=team,
        organisation=organisation,
        profile=profile,
        role=role,
        date=date,
        sheet=sheet,
    )
    reports = _chosen("--format", _FORMAT if forms is None else forms, REPORT_FORMATS)
    if out.suffix.lower().removeprefix(".") in list(REPORT_FORMATS) and not out.is_dir():
        raise typer.BadParameter(f"{out}: -o names a folder here. What is written in it is chosen with --format")
    own = own_templates(templates)
    settings = Settings(
        bank_name, theme_name, own, language, brief, notes, min_group, alone=dask is None and workers != 0
    )
    order = Order(
        paths=tuple(paths or ()),
        out=out,
        settings=settings,
        reports=reports,
        scores=_chosen("--scores", scores, ScoreFile),
        portfolio=_chosen("--portfolio", portfolio, PORTFOLIO_FORMATS),
        name=name,
        selection=Selection(tuple(only or ()), limit, _shard(shard)),
        given=given,
        mapping=mapping,
        dates=dates,
        numbers_from=lowest_number(numbers_from),
        response_column=response_column,
        count_unfinished=count_unfinished,
        strict=strict,
        clean=clean,
        force=force,
        merge=merge,
        workers=_cores() if workers is None else workers,
        deadline=deadline,
        dask=dask,
        spelled=by_name,
    )
    if not merge and not paths:
        raise typer.BadParameter("name at least one file or folder: PATHS")
    invoked(bank=bank_name)
    gc.freeze()  # modules stay: looking through them again and again takes a tenth of a long run
    gc.enable()  # unlike other commands, this one may run for days
    progress = progress_for(as_json=as_json)

    def stop(code: int) -> NoReturn:
        made = has_begun(order.home)
        kept = "All that was made is kept; run the same command again to go on." if made else "Nothing was made yet."
        progress.stopped(code, f"Stopped. {kept}")
        raise typer.Exit(code)

    try:
        with told_to_end(stop):
            summary = run(order, progress)
    except (InputError, OSError) as error:
        if not isinstance(progress, JsonProgress):
            raise
        for problem in problems_in(error):
            progress.problem(problem)
        progress.stopped(ExitCode.INPUT_WRONG, "Stopped. What is wrong stands before this.")
        raise typer.Exit(ExitCode.INPUT_WRONG) from None
    if notes is Notes.REDACTED:
        progress.notice(NAMES_STAY)
    progress.came(order, summary)
    if summary.problems:
        raise typer.Exit(ExitCode.DONE_IN_PART)


def _check_merge(options: Mapping[str, object], shard: str | None, paths: list[Path] | None) -> None:
    """Refuse what only the shards can be told. ``options`` are those that they take, each with what was given."""
    from readiness.text import listed

    if shard:
        raise typer.BadParameter("use one of --shard and --merge at a time")
    if paths:
        raise typer.BadParameter("--merge takes no PATHS: the shards have kept what they read")
    if given := [name for name, value in options.items() if value not in (None, []) and not was_set(name)]:
        raise typer.BadParameter(f"--merge takes no {listed(given, 'or')}: it joins what the shards have made")


def _chosen(option: str, words: str, choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return the choices that are named in ``words``, each once, in their order."""
    if words.strip().lower() == _NONE:
        return ()
    known = {choice.value: choice for choice in choices}
    try:
        return tuple(dict.fromkeys(known[word.strip().lower()] for word in words.split(",")))
    except KeyError:
        raise typer.BadParameter(f"{option} takes some of: {', '.join(known)}; or {_NONE}") from None


def _shard(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise typer.BadParameter("--shard takes a share such as 2/10: the second of ten")
    return int(found[1]), int(found[2])


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
