"""Where a person's edits of a plan are kept: beside the answers, as safely as they are."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from readiness.assessment.reading import PLAN_ENDING, STDIN
from readiness.assessment.store import KeptFile
from readiness.bank.document import Document, decode, parse, read_bytes
from readiness.bank.model import OWN, Bank
from readiness.bank.problems import validated
from readiness.errors import InputError, Place, Problem
from readiness.plan.overlay import Overlay


class PlanFile(KeptFile[Overlay]):
    """The file of one team's edits."""

    holds = "this plan"
    last = "your last change"


def plan_path(paths: Sequence[Path], team: str) -> Path | None:
    """Return where the edits of the plan stand that is made from the answers in ``paths``.

    Beside one file of answers: ``NAME.plan.json``. In a folder of answers, or the one folder that several files are in:
    the team's name and ``.plan.json``. None where there is no such place: standard input, or files of several folders.
    """
    if STDIN in paths:
        return None
    if len(paths) == 1 and not paths[0].is_dir():
        return paths[0].with_name(f"{paths[0].stem}{PLAN_ENDING}")
    folders = {path if path.is_dir() else path.parent for path in paths}
    if len(folders) != 1:
        return None
    words = re.sub(r"[\W_]+", "-", team.casefold()).strip("-")[:60]
    return folders.pop() / f"{words or 'team'}{PLAN_ENDING}"


def read_overlay(path: Path, bank: Bank, team: str) -> Overlay:
    """Return the edits in the file; none where there is no file yet.

    Raises InputError with every problem of the file, and where it is about another team or another bank.
    """
    if not path.exists():
        return Overlay.blank(bank, team)
    document = parse(decode(read_bytes(path), str(path)), str(path))
    overlay = validated(Overlay, document)
    if problems := [*_misfits(overlay, bank, team, document)]:
        raise InputError(problems)
    return overlay


def _misfits(overlay: Overlay, bank: Bank, team: str, document: Document) -> Iterator[Problem]:
    if overlay.bank.id != bank.id:
        what = f'This plan is made from the question bank "{overlay.bank.id}", not "{bank.id}"'
        yield Problem(what, "Name the right bank with --bank.", document.place(("bank", "id")))
    if overlay.team != team:
        what = f"This plan is about {overlay.team}, and the answers are about {team}"
        yield Problem(what, "Name the right file with --plan, or correct the name.", document.place(("team",)))
    for name, edit in overlay.actions.items():
        place: Place = document.place(("actions", name))
        if name.startswith(OWN) and edit.title is None:
            yield Problem(f'The action "{name}" does not say what to do', "Give it a title.", place)
        if name.startswith(OWN) and edit.domain and edit.domain not in {domain.id for domain in bank.domains}:
            known = ", ".join(domain.id for domain in bank.domains)
            yield Problem(f'There is no part "{edit.domain}"', f"Use one of: {known}.", place)
