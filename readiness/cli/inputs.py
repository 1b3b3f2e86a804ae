"""Opens what a command reads: the question bank, the theme, and a team with the edits of its plan."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.streams import notify
from readiness.errors import Command, InputError, Notice, Place, Problem
from readiness.opening import real
from readiness.scoring.disclosure import MIN_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from readiness.assessment.migrating import Migrated
    from readiness.assessment.model import Assessment, BankReference, Team
    from readiness.assessment.reading import Reading
    from readiness.bank.migration import Migration
    from readiness.bank.model import Bank
    from readiness.cli.invocation import Invocation
    from readiness.plan.find import PlanPlace
    from readiness.team import AssessedTeam
    from readiness.theme.theme import Theme


def open_bank(name: str) -> "Bank":
    """Return the bank called ``name``. Raises InputError if there is none, or if it is not sound."""
    from readiness.bank.load import find_bank, load_bank

    return load_bank(find_bank(name))


def of_older_version(answers: "Assessment", name: str, bank: "Bank") -> "Migrated | None":
    """Return what answers to an older version of the bank called ``name`` hold for today's; None if it does not say.

    Raises InputError if the bank's file about that version is wrong.
    """
    from readiness.assessment.migrating import migrated

    migration = migration_from(answers.bank, name, bank)
    return None if migration is None else migrated(answers, migration, bank)


def in_todays_meaning(reading: "Reading", name: str, bank: "Bank") -> "tuple[Reading, tuple[str, ...]]":
    """Return what was read as ``in_the_meaning_of`` does for the bank called ``name``, and the questions left out.

    Raises InputError if the bank's file about an older version is wrong.
    """
    if not any(one.bank.is_another_version(bank) for one in reading.assessments):
        return reading, ()
    from readiness.assessment.migrating import in_the_meaning_of
    from readiness.bank.load import find_bank

    people, lost = in_the_meaning_of(bank, reading.assessments, find_bank(name))
    return replace(reading, assessments=people), lost


def read_team_today(paths: "Sequence[Path]", name: str, bank: "Bank") -> "tuple[Reading, tuple[str, ...]]":
    """Return the team's answers in ``paths`` as ``in_todays_meaning`` does. Says what to know of them.

    Raises InputError with all that is wrong in them.
    """
    from readiness.assessment.fitting import unasked_answers
    from readiness.assessment.folder_files import people_named
    from readiness.assessment.reading import read_team

    people, left_out = people_named(paths)
    notify(map(Notice.of, left_out))
    reading, lost = in_todays_meaning(read_team(people, bank), name, bank)
    notify((*reading.notices, *unasked_answers(reading.assessments, bank)))
    if lost:
        from readiness.assessment.migrating import meant_otherwise

        told = meant_otherwise(bank, lost)
        notify([Notice(f"{told} Carry them over (OLD is the folder of that version)", _migrating(name, paths))])
    return reading, lost


def migration_from(answered: "BankReference", name: str, bank: "Bank") -> "Migration | None":
    """Return how the bank called ``name`` leads over from an older version; None if it does not say, or if it is none.

    Raises InputError if the bank's file about that version is wrong.
    """
    if not answered.is_another_version(bank):
        return None
    from readiness.assessment.migrating import leading_over
    from readiness.bank.load import find_bank

    return leading_over(bank, answered, find_bank(name))


def may_go_on(file: Path, answered: "BankReference", name: str, bank: "Bank", *, migrates: bool) -> None:
    """Raise InputError if answers to ``bank`` can't join those in the file, as they were ``answered`` in other words.

    ``migrates``: such a file can be carried over to the bank called ``name``, if that says how.
    """
    if not answered.is_another_version(bank):
        return
    is_known = migration_from(answered, name, bank) is not None
    if not is_known and not answered.is_another_edition(bank):  # nothing but words has changed
        return
    what = f"These answers are to version {answered.version} of the questions, and this is version {bank.version}"
    command = None
    if not migrates:
        todo = "A count of hands can’t be carried over. Go on with that version (--bank), or begin a new file."
    elif is_known:
        todo = "A file can’t hold both. Carry these answers over first (OLD is the folder of that version)"
        command = _migrating(name, [file])
    else:
        todo = "A file can’t hold both. Go on with that version (--bank), or answer anew: these answers are kept"
        command = Command("assess", (str(file),), ("--again",))
    raise InputError(Problem(what, todo, Place(str(file)), command))


def open_older_bank(name: str) -> "Bank":
    """Return an older version of a bank. What is no longer known in it is left out, and that is said."""
    from readiness.bank.load import find_bank
    from readiness.bank.older import load_older_bank

    folder = find_bank(name)
    bank, gone = load_older_bank(folder)
    if gone:
        notify([f"{folder}: no longer known, and left out: {', '.join(gone)}."])
    return bank


@contextmanager
def speaking_in(language: str, name: str, bank: "Bank") -> "Iterator[Bank]":
    """Speak ``language`` within; yield ``bank``, the one called ``name``, in its words.

    Raises InputError if there are no words in that language, or if they are wrong.
    """
    from readiness.bank.load import find_bank
    from readiness.bank.translate import translated
    from readiness.language import speaking
    from readiness.report.languages import catalogue

    told = translated(bank, find_bank(name), language)
    with speaking(language, catalogue(language), draft=told.draft, english=told.english):
        yield told.bank


def open_theme(name: str, templates: Path | None = None) -> "Theme":
    """Return the theme called ``name``, with the folder of templates that go before ours.

    Raises InputError if there is none, or with everything that is wrong in it.
    """
    from readiness.theme.theme_file import find_theme, read_theme

    theme = read_theme(find_theme(name))
    if templates is None:
        return theme
    if not templates.is_dir():
        raise InputError(Problem("There is no such folder of templates", "Check the name.", Place(str(templates))))
    return replace(theme, templates=own_templates(templates))


def own_templates(folder: Path | None) -> Path | None:
    """Return the folder of a person's own templates in full, if there is one. Says what in it changes nothing."""
    if folder is None:
        return None
    from readiness.document.own_templates import unused

    notify(unused(folder))
    return real(folder)


@dataclass(frozen=True, slots=True)
class OpenedTeam:
    """Team as it was read: its answers from ``files``, and its plan's edits, kept at ``place``.

    ``reworded`` are questions whose answers are left out, as the older version that was answered meant something else.
    """

    team: "AssessedTeam"
    place: "PlanPlace"
    files: tuple[Path, ...]
    reworded: tuple[str, ...] = ()

    @property
    def asking(self) -> str:
        """The command that such answers are given with."""
        from readiness.scoring.by_role import dealt_of

        return "assess" if dealt_of(self.team.assessments) is None else "workshop"


def open_team(bank: "Bank", invocation: "Invocation", min_group: int = MIN_GROUP) -> OpenedTeam:
    """Return the team whose answers and plan a person named. Says what to know of them, and where its plan was found.

    Raises InputError with all that is wrong in them.
    """
    from readiness.plan.find import find_plan
    from readiness.team import AssessedTeam

    reading, reworded = read_team_today(invocation.paths, invocation.bank, bank)
    team = AssessedTeam(bank, reading.assessments, min_group=min_group)
    place = find_plan(invocation.paths, team.team, bank, named=invocation.plan)
    return OpenedTeam(with_edits(team, place, invocation.paths, invocation.bank), place, reading.files, reworded)


def with_edits(team: "AssessedTeam", place: "PlanPlace", paths: "Sequence[Path]", name: str) -> "AssessedTeam":
    """Return the team whose answers are in ``paths`` with the edits of its plan. Says what to know of them.

    So it says if they were made for another version of the bank, which is called ``name``. Raises InputError with all
    that is wrong in them.
    """
    notify(place.notices)
    edits = place.edits(team.bank, team.team)
    if not edits.bank.is_another_version(team.bank):
        return team.with_edits(edits)
    from readiness.bank.load import find_bank
    from readiness.plan.migrating import of_another_version

    if (about := of_another_version(edits, team.bank, find_bank(name))) is not None:
        told = f"{place.path} {about}"
        todo = Notice(f"{told} Carry it over (OLD is the folder of that version)", _migrating(name, paths))
        notify([told if migration_from(edits.bank, name, team.bank) is None else todo])
    return team.with_edits(edits)


def _migrating(name: str, paths: "Iterable[Path]") -> Command:
    """Return the command that carries over what is in ``paths`` to the bank called ``name``."""
    return Command("bank migrate", ("OLD", name, *map(str, paths)), ("--write",))


def same_team(teams: "Mapping[Path, Team]") -> None:
    """Raise InputError if these are several teams, by the file or folder of each."""
    (first, one), *others = teams.items()
    for path, other in others:
        if not one.is_called(other.name, other.organisation):
            what = f"These are two teams: {one} in {first}, and {other} in {path}"
            todo = "Name the answers of one team. If it was renamed, write the same name in both."
            raise InputError(Problem(what, todo))
