"""Names of our XLSForm's fields, and the targets that they lead back to.

A bank's ids have no underscores, and names in a form can't be told from each other with hyphens: ODK Central joins
groups and names with them. So an id's hyphens become underscores, and become hyphens again.
"""

import re

from readiness.bank.model import Bank
from readiness.intake.mapping import WITH_ID, Target, TargetKind

_PREFIXES = {
    TargetKind.QUESTION: "q",
    TargetKind.NOTE: "note",
    TargetKind.WHY: "why",
    TargetKind.EVIDENCE: "evidence",
    TargetKind.PROFILE: "profile",
}
_KINDS = {prefix: kind for kind, prefix in _PREFIXES.items()}
WORDS = "words"
HELP = "hint"
SUCH_AS = "such"
ABOUT = "about"
"""The prefixes of what a form only shows: a question's words, its hint and what could show it, if they depend on the
profile, and what a domain is about."""

UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"
"""The names of the two answers that are no level. A level's name is its value."""

_FIELD = re.compile(r"(?:.*[/\-])?([a-z]+)_([a-z0-9_]+)")
_OTHER_WORDS = re.compile(r"__\d+$")
_LABEL = re.compile(rf"\$\{{{WORDS}_([a-z0-9_]+)\}}")


def field_name(target: Target) -> str:
    """Return the name of the field for ``target`` in a form."""
    if target.kind in WITH_ID:
        return f"{_PREFIXES[target.kind]}_{underscored(target.id)}"
    return str(target.kind)


def in_other_words(name: str, nth: int) -> str:
    """Return the name of a field or a list with the ``nth`` (from 1) words for its levels; 0 is the question's own."""
    return f"{name}__{nth}" if nth else name


def underscored(name: str) -> str:
    """Return an id of the bank as a form's names have it."""
    return name.replace("-", "_")


def target_of(heading: str, bank: Bank) -> Target | None:
    """Return what a heading stands for that is a field's name in our form, with or without its groups' names before it.

    Where a form is exported with its labels, a label that is computed stands there as it was written: ``${words_…}``.
    """
    label = _LABEL.fullmatch(heading.strip())
    if label:
        return _known(TargetKind.QUESTION, label[1], bank)
    field = _FIELD.fullmatch(heading.strip())
    if field is None:
        return None
    if field[1] in (WORDS, HELP, SUCH_AS):
        return Target(TargetKind.COMPUTED) if _known(TargetKind.QUESTION, field[2], bank) else None
    if field[1] == ABOUT:
        return (
            Target(TargetKind.COMPUTED)
            if field[2].replace("_", "-") in {domain.id for domain in bank.domains}
            else None
        )
    return _known(_KINDS[field[1]], field[2], bank) if field[1] in _KINDS else None


def _known(kind: TargetKind, name: str, bank: Bank) -> Target | None:
    name = _OTHER_WORDS.sub("", name) if kind is TargetKind.QUESTION else name
    hyphenated = name.replace("_", "-")
    known = [entry.id for entry in bank.profile] if kind is TargetKind.PROFILE else bank.question_by_id
    return Target(kind, hyphenated) if hyphenated in known else None
