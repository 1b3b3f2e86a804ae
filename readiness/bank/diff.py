"""Changes from one version of a bank to another, what of it scores, and the version number needed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from readiness.bank.fields import BankModel
from readiness.bank.model import Bank, Question


class Weighs(StrEnum):
    """How much a change weighs: on scores, on what is asked or suggested, or on words alone."""

    SCORES = "scores"
    CONTENT = "content"
    WORDS = "words"


class BankChange(BankModel):
    """One change: of what ("question", "action", …), with which id, and what became of it, in a few words."""

    of: str
    id: str
    what: str
    weighs: Weighs


class BankDiff(BankModel):
    """Changes between two versions of a bank.

    ``raises`` is the part of the version number that must go up: "first", "second", "third", or None if nothing has
    changed. ``enough`` says if the new version number does.
    """

    old: str
    new: str
    scores_alike: bool
    changes: tuple[BankChange, ...]
    raises: str | None
    enough: bool


def bank_diff(old: Bank, new: Bank) -> BankDiff:
    """Return what has changed from ``old`` to ``new``. Of what scores, one change is enough for scores to differ."""
    changes = tuple(_changes(old, new))
    raises = _raises(changes)
    if old.fingerprint != new.fingerprint:
        raises = "first"
    return BankDiff(
        old=old.version,
        new=new.version,
        scores_alike=old.fingerprint == new.fingerprint,
        changes=changes,
        raises=raises,
        enough=_is_enough(old.version, new.version, raises),
    )


_PLACES = ("first", "second", "third")
_OF: Mapping[Weighs, str] = {Weighs.SCORES: "first", Weighs.CONTENT: "second", Weighs.WORDS: "third"}


def _raises(changes: Sequence[BankChange]) -> str | None:
    found = {_OF[change.weighs] for change in changes}
    return next((place for place in _PLACES if place in found), None)


def _is_enough(old: str, new: str, raises: str | None) -> bool:
    """Return whether the new version number is higher in the place that must go up, or in one before it."""
    if raises is None:
        return True
    numbers = [[int(number) for number in re.findall(r"[0-9]+", version)][:3] for version in (old, new)]
    before, after = (tuple((*each, 0, 0, 0)[: _PLACES.index(raises) + 1]) for each in numbers)
    return after > before


def _changes(old: Bank, new: Bank) -> Iterator[BankChange]:
    yield from _whole(old, new)
    yield from _parts("domain", old.domains, new.domains, {"weight": Weighs.SCORES})
    yield from _parts("profile question", old.profile, new.profile, {"options": Weighs.CONTENT})
    yield from _parts("role", old.roles, new.roles, {})
    yield from _parts("band", old.bands, new.bands, dict.fromkeys(("start", "gated", "voices"), Weighs.SCORES))
    yield from _parts("finding", old.findings, new.findings, dict.fromkeys(("kind", "key", "domain"), Weighs.CONTENT))
    yield from _parts("source", old.sources, new.sources, {})
    yield from _parts("question", old.questions, new.questions, _QUESTION, gone=Weighs.SCORES)
    for one in new.questions:
        before = old.question_by_id.get(one.id)
        if before is not None:
            yield from _levels(before, one, old, new)
    actions = [[action for question in bank.questions for action in question.actions] for bank in (old, new)]
    yield from _parts("action", actions[0], actions[1], dict.fromkeys(("to", "horizon", "effort"), Weighs.CONTENT))


_QUESTION: Mapping[str, Weighs] = {
    **dict.fromkeys(("domain", "weight", "minimum", "always", "when"), Weighs.SCORES),
    **dict.fromkeys(("text", "findings"), Weighs.CONTENT),
}
"""How much the fields of a question weigh; those that are not named are words."""
_APART = frozenset({"levels", "actions"})
"""The fields of a question that are compared one by one."""


def _whole(old: Bank, new: Bank) -> Iterator[BankChange]:
    for field, weighs in (("enough", Weighs.SCORES), ("title", Weighs.WORDS), ("texts", Weighs.WORDS)):
        if getattr(old, field) != getattr(new, field):
            yield BankChange(of="bank", id=new.id, what=f"{field} changed", weighs=weighs)


class _Part(Protocol):
    """A part of a bank that has an id."""

    @property
    def id(self) -> str:
        """Its id."""


def _parts(
    of: str, old: Sequence[_Part], new: Sequence[_Part], weights: Mapping[str, Weighs], gone: Weighs = Weighs.CONTENT
) -> Iterator[BankChange]:
    """Yield what was taken out, added or changed; ``weights`` by field, and ``gone`` for a part that comes or goes."""
    before, after = ({part.id: part for part in parts} for parts in (old, new))
    for name in before:
        if name not in after:
            yield BankChange(of=of, id=name, what="taken out", weighs=gone)
    for name, part in after.items():
        if name not in before:
            yield BankChange(of=of, id=name, what="added", weighs=gone)
            continue
        changed = [field for field in _fields(part) if getattr(part, field) != getattr(before[name], field)]
        for weighs in Weighs:
            named = [field for field in changed if weights.get(field, Weighs.WORDS) is weighs]
            if named:
                yield BankChange(of=of, id=name, what=f"{', '.join(named)} changed", weighs=weighs)


def _fields(part: _Part) -> list[str]:
    return [field for field in type(part).model_fields if field not in _APART] if isinstance(part, BankModel) else []


def _levels(before: Question, after: Question, old: Bank, new: Bank) -> Iterator[BankChange]:
    """Yield how the levels of a question changed, and if it changed from helping to getting in the way."""
    if old.kind(before) is not new.kind(after):
        what = f"{old.kind(before)} became {new.kind(after)}"
        yield BankChange(of="question", id=after.id, what=what, weighs=Weighs.SCORES)
    values = [[level.value for level in question.levels] for question in (before, after)]
    if values[0] != values[1]:
        yield BankChange(of="question", id=after.id, what="levels changed", weighs=Weighs.SCORES)
        return
    words = zip(before.levels, after.levels, strict=True)
    reworded = [f"{then.value:g}" for then, now in words if then.text != now.text]
    if reworded:
        what = f"level {', '.join(reworded)} reworded"
        yield BankChange(of="question", id=after.id, what=what, weighs=Weighs.CONTENT)
