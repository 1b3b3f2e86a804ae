"""What the file of a plan's edits says, and whether we may write it."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from readiness.assessment.endings import PLAN_ENDING
from readiness.assessment.file_kinds import EDITS, PLAN_WORKBOOK, described, foreign
from readiness.assessment.model import Team
from readiness.bank.document import ParsedDocument, decode, parse, read_bytes
from readiness.bank.model import OWN, Bank
from readiness.bank.validation import in_order, validated
from readiness.errors import Command, InputError, Place, Problem, first_of
from readiness.opening import real
from readiness.plan.overlay import Overlay
from readiness.resources import QUESTIONS
from readiness.text import near, short


def read_overlay(path: Path, bank: Bank, team: Team | None) -> Overlay:
    """Return the edits in the file, with the team's organisation if it was not known; none if there is no file yet.

    ``team`` None stands for any team. Raises InputError with every problem of the file, and if it is about another team
    or another bank.
    """
    if team is not None and not path.exists():
        return Overlay.blank(bank, team.name, team.organisation)
    raw = read_bytes(path)
    document = None if (kind := foreign(raw, str(path))) else parse(decode(raw, str(path)), str(path))
    kind = kind if document is None else described(document.data)
    if document is None or kind not in (None, EDITS):
        raise InputError(_no_edits(f"{kind}", path))
    misfits = first_of([*_misfits(document, bank, team)])
    try:
        overlay = validated(Overlay, document)
    except InputError as error:
        raise InputError(in_order((*error.problems, *misfits))) from None
    if misfits:
        raise InputError(misfits)
    if team is None or overlay.organisation is not None:
        return overlay
    return overlay.model_copy(update={"organisation": team.organisation})


def with_id(edits: Overlay, *, exists: bool) -> Overlay:
    """Return the edits with the plan's id: as it goes by until now if its file ``exists``, otherwise a new one."""
    return edits.model_copy(update={"id": edits.id or (edits.known_as if exists else secrets.token_hex(8))})


def keeps_numbers(path: Path | None) -> bool:
    """Return whether numbers are saved in the file: not in one that a person writes, or in a shipped example."""
    return path is not None and path.suffix == ".json" and not real(path).is_relative_to(QUESTIONS)


def _no_edits(kind: str, path: Path) -> Problem:
    todo = f"Name with --plan the file that holds them: it ends in {PLAN_ENDING}."
    if kind == PLAN_WORKBOOK:
        todo = "Bring it back with plan --from."
    return Problem(f"This is {kind}, and not your edits of a plan", todo, Place(str(path)))


def _misfits(document: ParsedDocument, bank: Bank, team: Team | None) -> Iterator[Problem]:
    """Yield where a file does not fit the bank or the team, as far as it can be read: it need not be of its form."""
    data = _fields(document.data)
    made_from, about, of = _fields(data.get("bank")).get("id"), data.get("team"), data.get("organisation")
    organisation = of if isinstance(of, str) else None
    if isinstance(made_from, str) and made_from != bank.id:
        what = f'This plan is made from the question bank "{short(made_from)}", not "{bank.id}"'
        yield Problem(what, "Name the right bank with --bank.", document.place(("bank", "id")))
    if team is not None and isinstance(about, str) and not team.is_called(about, organisation):
        named = Team.model_construct(name=about, organisation=organisation)
        what = f"This plan is about {short(str(named))}, and the answers are about {team}"
        todo = "Name the right file with --plan. If the team was renamed"
        yield Problem(what, todo, document.place(("team",)), Command("plan rename"))
    parts = [domain.id for domain in bank.domains]
    for name, edit in _fields(data.get("actions")).items():
        if not name.startswith(OWN) or not isinstance(edit, dict):
            continue
        if edit.get("title") is None:
            place = document.place(("actions", name))
            yield Problem(f'The action "{short(name)}" does not say what to do', "Give it a title.", place)
        if isinstance(part := edit.get("domain"), str) and part not in parts:
            place = document.place(("actions", name, "domain"))
            yield Problem(f'There is no part "{short(part)}"', f"Use one of: {near(part, parts)}.", place)


def _fields(data: object) -> Mapping[str, object]:
    """Return the named fields of a part of a file; none where it has none."""
    return data if isinstance(data, dict) else {}
