"""``readiness collect``: makes files of answers of filled forms and of what survey programs export."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from readiness.cli.files import as_typed, needs_folder
from readiness.cli.given import date_order, given_by, lowest_number
from readiness.cli.inputs import open_bank
from readiness.cli.invocation import invoked
from readiness.cli.options import DEFAULT_BANK, BankOption
from readiness.cli.program import command
from readiness.cli.settings import was_set
from readiness.cli.streams import notify, prompt, say, set_out
from readiness.cli.table_options import (
    CountUnfinishedOption,
    DayFirstOption,
    MappingOption,
    MonthFirstOption,
    NumbersFromOption,
    ResponseColumnOption,
    SheetOption,
)
from readiness.errors import ExitCode, InputError, Notice, Place, Problem, first_of
from readiness.file_version import FileVersion
from readiness.intake.kinds import InputKind
from readiness.signals import told_to_end
from readiness.terminals import is_terminal
from readiness.text import counted, some

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.bank.model import Bank
    from readiness.intake.mapping import Mapping
    from readiness.intake.save import ToWrite
    from readiness.intake.sources import Intake, OpenedFile
    from readiness.intake.undecided import Open
    from readiness.roundtrip.form_entries import Given


def collect(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Filled forms (PDF, XLSX, JSON), exports of a survey (CSV, XLSX), or folders of them; - is standard "
            "input.",
            metavar="FILES",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FOLDER", help="The folder to write in: one file for each respondent."),
    ],
    bank_name: BankOption = DEFAULT_BANK,
    team: Annotated[
        str | None,
        typer.Option("--team", metavar="NAME", help="The team that the answers are about, if a file does not say it."),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="NAME", help="The team's organisation, if a file does not say it."),
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            help="What the service is like, as stage=planning, if a file does not say it, or if a team's "
            "respondents differ; once for each.",
            metavar="KEY=VALUE",
        ),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role", metavar="ROLE", help="The respondents' role, such as peer-worker, if a file does not say it."
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="When they answered, as 2026-11-22, if a file does not say it."),
    ] = None,
    mapping: MappingOption = None,
    sheet: SheetOption = None,
    day_first: DayFirstOption = False,
    month_first: MonthFirstOption = False,
    numbers_from: NumbersFromOption = None,
    response_column: ResponseColumnOption = None,
    count_unfinished: CountUnfinishedOption = False,
    kind: Annotated[
        InputKind | None,
        typer.Option(
            "--format",
            help="What standard input holds: json, yaml, csv, xlsx or pdf. Without this, its beginning shows it.",
            metavar="KIND",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there with other answers.")] = False,
) -> None:
    """Make a file of answers for each respondent, from filled forms and survey exports."""
    from readiness.assessment.draft import sweep
    from readiness.assessment.endings import MAPPING_NAME
    from readiness.assessment.reading import STDIN
    from readiness.intake.mapping import kept_decisions
    from readiness.intake.save import plan_files, write_files
    from readiness.intake.sources import gather, open_as_problems, open_sources

    if kind and STDIN not in files and not was_set("--format"):
        raise typer.BadParameter("--format says what standard input holds: name - among the files")
    order = date_order(date, day_first=day_first, month_first=month_first)
    _may_be_folder(out)
    invoked(bank=bank_name)
    bank = open_bank(bank_name)
    given = given_by(
        lambda: bank, team=team, organisation=organisation, profile=profile, role=role, date=date, sheet=sheet
    )
    kept = mapping or out / MAPPING_NAME
    _may_be_kept(kept, wanted=mapping is not None)
    as_read = FileVersion.of(kept)
    decisions = kept_decisions(kept, bank)
    lowest = lowest_number(numbers_from)

    def with_options(decided: "Mapping") -> "Mapping":
        """Return decisions as they hold for this command alone: an option is not kept for other tables."""
        return decided.overruled(order, lowest).with_responses(response_column, count_unfinished=count_unfinished)

    opened = open_sources(files, bank, kind, given)
    notify(opened.notices)
    gathering = gather(opened.sources, bank, with_options(decisions), given)
    if gathering.open and not opened.problems and _can_ask():
        if gathering.missing:
            _tell_missing(gathering.missing, gathering.open)
        asking = _Asking(opened.sources, bank, given, kept, as_read, with_options)
        gathering = asking.until_decided(gathering, decisions)
    to_write = plan_files(gathering.gathered, out, force=force)
    lacking = [gathering.missing] if gathering.missing else []
    problems = [
        *first_of((*opened.problems, *lacking)),
        *open_as_problems(gathering.open, bank, given),
        *first_of(gathering.problems),
    ]
    if problems := problems or first_of(to_write.problems):
        raise InputError(problems)
    out.mkdir(exist_ok=True)
    sweep(out, to_write.names)
    write_files(to_write.files, force=force)
    _tell(gathering, to_write, out, kept)


def _may_be_folder(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(Problem("This is a file, and not a folder", "Name a folder with -o.", Place(str(out))))
    needs_folder(out)


def _may_be_kept(kept: Path, *, wanted: bool) -> None:
    """Refuse a file of decisions that was named and is not there, if nobody can be asked for them."""
    if not kept.exists() and wanted:
        needs_folder(kept)
        if not _can_ask():
            raise InputError(Problem("There is no such file", "Check the name after --mapping.", Place(str(kept))))


def _can_ask() -> bool:
    """Return whether a person sits at a terminal, and sees what is asked."""
    return is_terminal("stdin") and is_terminal("stderr")


@dataclass(frozen=True, slots=True)
class _Asking:
    """Files that leave something open, and the file to keep decisions in, as it was read.

    ``with_options``: decisions as they hold.
    """

    sources: "Sequence[OpenedFile]"
    bank: "Bank"
    given: "Given"
    kept: Path
    as_read: "FileVersion | None"
    with_options: "Callable[[Mapping], Mapping]"

    def until_decided(self, gathering: "Intake", decisions: "Mapping") -> "Intake":
        """Return all that is gathered once a person has decided what was open. Each decision is kept at once."""
        from readiness.intake.choosing import Quit, TakenBack, Talk
        from readiness.intake.headings import Names
        from readiness.intake.mapping import write_mapping
        from readiness.intake.prompts import decide
        from readiness.intake.sources import gather

        kept, names, talk = self.kept, Names.of(self.bank, self.given.profile), Talk(set_out, _typed)
        before: list[Mapping] = []
        version = self.as_read
        say(f"Some columns or words are not known. What you decide is kept in {kept}, and used again next time.")
        say("Type back to take your last decision back, ? for help, or quit to leave.")

        def leave(code: int) -> NoReturn:
            say("")  # ends the line of the prompt that nobody answered
            decided = f"What you decided is kept in {kept}. " if before else ""
            say(f"Stopped. {decided}Nothing was collected yet.")
            raise typer.Exit(code)

        with told_to_end(leave):
            while gathering.open:
                try:
                    decided = decide(gathering.open, self.bank, names, decisions, talk)
                except TakenBack:
                    decisions = before.pop() if before else decisions
                except (EOFError, Quit):
                    leave(ExitCode.INTERRUPTED)
                else:
                    before.append(decisions)
                    decisions = decided
                kept.parent.mkdir(exist_ok=True)
                version = write_mapping(kept, decisions, version)
                gathering = gather(self.sources, self.bank, self.with_options(decisions), self.given)
        return gathering


def _tell_missing(missing: Problem, open_: "Sequence[Open]") -> None:
    """Tell what no prompt asks for. Raises InputError if no column is to be decided that could say it."""
    from readiness.intake.undecided import OpenColumn

    if not any(isinstance(one, OpenColumn) for one in open_):
        raise InputError(missing)
    notify([Notice.of(missing)])


def _typed() -> str:
    prompt("> ")
    return input()


def _tell(gathering: "Intake", to_write: "ToWrite", out: Path, kept: Path) -> None:
    from readiness.intake.teams import teams_of

    for line in gathering.account:
        set_out(line)
    notify((*gathering.notices, *to_write.notices))
    teams = teams_of(gathering.gathered)
    say(f"{counted(len(teams), 'team')}: {some([f'{name} ({count})' for name, count in teams.items()], '; ')}.")
    there = f" {to_write.unchanged} there already, and unchanged." if to_write.unchanged else ""
    say(f"{counted(len(to_write.files), 'file')} written in {out}.{there}")
    if to_write.others:
        notify([f"{counted(to_write.others, 'other file')} of answers in {out}, not of this input, left as they are."])
    if kept.exists():
        say(f"What columns and words mean was read from {kept}.")
    one = len(teams) == 1
    say(f"Next: {command(f'report {as_typed(out)} -o report.pdf' if one else f'batch {as_typed(out)} -o reports')}")
