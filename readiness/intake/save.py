"""Files of collected answers: one a respondent, under a name that stays the same when it is collected again."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from readiness.assessment.draft import write_atomically
from readiness.assessment.duplicates import (
    BY_CHANCE,
    TAKEN_BACK,
    said,
    same_in_another_role,
)
from readiness.assessment.earlier import earlier_copies
from readiness.assessment.file_kinds import EDITS, GROUP, irreplaceable
from readiness.assessment.filenames import file_slug
from readiness.assessment.folder_files import holds_answers
from readiness.assessment.model import Assessment, Respondent
from readiness.assessment.saves import is_older, neither_counts
from readiness.assessment.store import led_to
from readiness.assessment.team_names import identity
from readiness.bank.document import read_bytes
from readiness.errors import InputError, Place, Problem
from readiness.intake.respondents import Gathered
from readiness.intake.several_teams import Stands, in_several_teams
from readiness.opening import real
from readiness.text import some


@dataclass(frozen=True, slots=True)
class ToWrite:
    """The files to write in a folder and what goes into each, those that are there as they should be, and the rest.

    ``problems``: files that are there with something else in them, and may not be overwritten. ``notices``: which of
    the answers are older saves than those that are there, and stay out. ``others``: how many files of answers are in
    the folder that none of this is about. ``names``: those of all files of this collection.
    """

    files: tuple[tuple[Path, bytes], ...]
    unchanged: int
    others: int
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    names: frozenset[str]


def plan_files(gathered: Sequence[Gathered], folder: Path, *, force: bool) -> ToWrite:
    """Return what is to be written in ``folder``, which need not be there yet. Nothing is written.

    With ``force``, other answers that are there are overwritten. But of two saves of one person's answers, the folder
    gets only the one that would count if they came in at once (``each_once``).
    """
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    named: dict[str, Gathered] = {}
    for one in gathered:
        key = one.key
        while (name := f"{file_slug(one.assessment.team.name, key)}.json") in named or (
            one.numbered and name in there and _of_another_team(_held(folder / name), one)
        ):
            key += "\n"  # surveys of two organisations number from 1; two hashes can be the same, if hardly ever
        named[name] = one
    named = _as_they_are(named, folder, there)
    files, unchanged = [], []
    notices: list[str] = []
    links = _Links.of(folder, named.keys() & there)
    problems = [*links.problems, *(_there_already(one.place) for one in gathered if _is_in(one, folder))]
    for name, one in named.items():
        path, new = links.led.get(name, folder / name), one.with_id()
        data = new.to_json().encode()
        is_there = name in there and (path.exists() or path.is_symlink())
        held = _held(path) if is_there else None
        before = None if held is None else _saved_before(held, new)
        stays = _stays(before, one, path) if before else _of_another_version(held, new, path)
        if is_there and (held is None or irreplaceable(held) in {GROUP, EDITS}):
            problems.append(_not_ours(path))
        elif held == data:
            unchanged.append(one)
        elif isinstance(stays, Problem):
            problems.append(stays)
        elif stays:
            notices.append(stays)
        elif is_there and not force:
            newer = before is not None and not one.surveyed and is_older(before, new)
            problems.append(_in_the_way(path, newer=newer))
        else:
            files.append((path, data))
            if name in links.led:
                notices.append(f"{folder / name}: a link of yours. The answers are in the file it leads to, {path}.")
    notices += _of_another_perhaps(unchanged)
    others = sorted(name for name in there - set(named) if holds_answers(name))
    problems += _beside(gathered, [folder / name for name in others], notices)
    return ToWrite(tuple(files), len(unchanged), len(others), tuple(problems), tuple(notices), frozenset(named))


def _beside(gathered: Sequence[Gathered], others: Sequence[Path], notices: list[str]) -> Iterator[Problem]:
    """Yield which of the other files say the same as answers that came in anew, in another role: both would count.

    Adds to ``notices`` which of them have the id of such answers in another team.
    """
    if not others:
        return
    new = {key: one for one in gathered if (key := said(one.assessment)) is not None}
    ids = {id_: one for one in gathered if (id_ := one.with_id().respondent.id)}
    elsewhere: list[list[Stands]] = []
    for path in others:
        before = _assessment(_held(path) or b"")
        if before is None:
            continue
        one, same = new.get(said(before)), ids.get(before.respondent.id or "")
        if one is not None and _in_two_roles(before.respondent, one.with_id().respondent):
            yield same_in_another_role(str(path), str(one.place))
        if same and not before.team.is_called(same.assessment.team.name, same.assessment.team.organisation):
            elsewhere.append([(before.team, Place(str(path))), (same.assessment.team, same.place)])
    notices += in_several_teams(elsewhere)


def _in_two_roles(one: Respondent, other: Respondent) -> bool:
    """Return whether two who say the same are in two roles, and no ids tell that they are two people."""
    return one.role != other.role and (None in (one.id, other.id) or one.id == other.id)


def _of_another_perhaps(unchanged: Iterable[Gathered]) -> Iterator[str]:
    """Yield which files that are there already could be another person's: nothing but the file's name tells."""
    if few := [str(one.place) for one in unchanged if one.could_be_chance]:
        same = "the same file name, and the same answers, fewer than"
        yield f"{some(few)}: there already ({same} {BY_CHANCE}). If it is from another person, rename the file."


@dataclass(frozen=True, slots=True)
class _Links:
    """Links of this person's own in the place of files, by name: where each leads. ``problems``: the other links."""

    led: Mapping[str, Path]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, folder: Path, names: Collection[str]) -> Self:
        """Return the links in ``folder`` that have one of the names."""
        led: dict[str, Path] = {}
        problems: list[Problem] = []
        for name in sorted(names):
            try:
                if (target := led_to(folder / name)) != folder / name:
                    led[name] = target
            except InputError as error:
                problems += error.problems
        own = {real(folder) / name for name in names} if led else set()
        targets = Counter(led.values())
        for name, target in led.items():
            if target in own or targets[target] > 1:
                what = "This link and another file of this collection would be one and the same file"
                problems.append(Problem(what, "Remove the link.", Place(str(folder / name))))
        return cls(led, tuple(problems))


def _as_they_are(named: Mapping[str, Gathered], folder: Path, there: Collection[str]) -> dict[str, Gathered]:
    """Return who goes into which file, with those whose answers are in a file already left in it.

    Only the order of rows tells responses without a number apart, and an export can come in another order.
    """
    free: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for name, one in named.items():
        if one.surveyed and not one.numbered:
            free[_team(one)].append(name)
    placed = dict(named)
    for names in free.values():
        saved = {_held(folder / name): name for name in names if name in there}
        if not saved:
            continue
        at = [saved.pop(named[name].with_id().to_json().encode(), "") for name in names]
        placed |= {kept: named[name] for name, kept in zip(names, at, strict=True) if kept}
        taken = set(at)
        others = (name for name in names if name not in taken)
        placed |= {next(others): named[name] for name, kept in zip(names, at, strict=True) if not kept}
    return placed


def _of_another_team(held: bytes | None, one: Gathered) -> bool:
    """Return whether a file holds answers about another team: of another name, or if both say it, organisation."""
    there, team = held and _assessment(held), one.assessment.team
    if not there:
        return False
    before, now = identity(there.team.organisation or ""), identity(team.organisation or "")
    return identity(there.team.name) != identity(team.name) or bool(before and now and before != now)


def _team(one: Gathered) -> tuple[str, str | None]:
    return one.assessment.team.name, one.assessment.team.organisation


def _held(path: Path) -> bytes | None:
    """Return the bytes in the file, as far as answers go; None if there is no file that can be read."""
    try:
        return read_bytes(path)
    except InputError:
        return None


def _saved_before(held: bytes, new: Assessment) -> Assessment | None:
    """Return the answers in a file; None if it is no other save of the same person's."""
    before = _assessment(held)
    if before is None or not new.respondent.id:
        return None
    return before if before.respondent.id == new.respondent.id else None


def _of_another_version(held: bytes | None, new: Assessment, path: Path) -> Problem | str:
    """Return the problem of a file with answers to another version, which may have been carried over to it, or ""."""
    there = _assessment(held or b"")
    known, came = there and there.bank.version, new.bank.version
    if known is None or came in (None, known):
        return ""
    what = f"This holds answers to version {known} of the questions, and those that came in are to {came}"
    todo = "Name another folder with -o. Or take this file away, if nobody went on in it."
    return Problem(what, todo, Place(str(path)))


def _assessment(held: bytes) -> Assessment | None:
    try:
        return Assessment.model_validate_json(held, strict=False)
    except ValueError:
        return None


def _stays(before: Assessment, one: Gathered, path: Path) -> Problem | str:
    """Return why another save of the answers in a file can't replace them; empty if it can, as far as saves go."""
    new = one.with_id()
    if one.surveyed and before.revision == new.revision:
        return ""  # nobody went on in the file, and nothing tells which of two exports is newer
    older = is_older(new, before)
    problem = neither_counts(before, new, (str(path), str(one.place)))
    if problem and not (older and _is_kept(new, path)):
        return problem
    if older:
        return f"{one.place}: an older save of the answers in {path}, which was not touched."
    agreed_anew = new.respondent.shown_alone and not before.respondent.shown_alone
    return f"{path}: {TAKEN_BACK}" if agreed_anew and not is_older(before, new) else ""


def _is_kept(new: Assessment, path: Path) -> bool:
    """Return whether the answers went into an earlier copy that is kept beside the file.

    So a form that came before its version was carried over can come in again.
    """
    copies = (
        _saved_before(held, new)
        for copy in earlier_copies([path], originals=True)[0]
        if (held := _held(copy)) is not None
    )
    return any(
        copy == new or (is_older(new, copy) and neither_counts(new, copy, ("", "")) is None)
        for copy in copies
        if copy is not None and copy.bank.version == new.bank.version
    )


def _not_ours(path: Path) -> Problem:
    what = "This is no file of one person’s answers, or can’t be read, and was not touched"
    return Problem(what, "Move it elsewhere, or choose another folder.", Place(str(path)))


def _in_the_way(path: Path, *, newer: bool) -> Problem:
    """Return the problem of a file in the way; ``newer``: it holds an older save of the same answers."""
    if newer:
        what = "This file has an older save of answers that came in anew, and was not touched"
        return Problem(what, "Add --force to have the newer ones.", Place(str(path)))
    what = "This file is there already with other answers, and was not touched"
    return Problem(what, "Add --force to overwrite it, or choose another folder.", Place(str(path)))


def _is_in(one: Gathered, folder: Path) -> bool:
    """Return whether the answers are a file in the folder: written there again, they would count twice."""
    file = Path(one.place.file)
    return not one.surveyed and holds_answers(file.name) and real(file).parent == real(folder)


def _there_already(place: Place) -> Problem:
    todo = "Leave it out, or choose another folder."
    return Problem("This file of answers is in the folder that is written in", todo, place)


def write_files(files: Sequence[tuple[Path, bytes]], *, force: bool) -> None:
    """Write each file whole or not at all, without ``force`` only new ones.

    Raises OSError if one can't be written, and InputError if it is there by now; run again to go on.
    """
    for path, data in files:
        try:
            write_atomically(path, data, replace=force)
        except FileExistsError:
            what = "Another program has put a file here meanwhile, and it was not replaced"
            raise InputError(Problem(what, "Run the same command again.", Place(str(path)))) from None
