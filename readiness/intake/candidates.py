"""Candidates for the meaning of an unknown column: those near its heading that its cells can be."""

import re
from collections.abc import Collection
from functools import cached_property
from itertools import pairwise

from readiness.assessment.cells import parse_cell
from readiness.assessment.form_mark import NO, YES
from readiness.bank.model import Bank, Question
from readiness.intake.dates import read_date
from readiness.intake.headings import Names
from readiness.intake.mapping import Target, TargetKind
from readiness.text import parse_number, plain

_NAME_LENGTH, _NAME_WORDS = 100, 12
"""Longer texts are no names."""
_CODES = 1_000
"""Smaller numbers can stand for an answer: 999 for "don't know", say."""
_FIGURES = re.compile(r"[-+]?\d[\d\s.,]*")
_DIFFERENT = 20
"""How many different texts the answers to one question can be."""
_MOST_DATES = 2 / 3
"""A column with at least this share of dates is one of dates."""
_LEVELS = 10
"""More numbers that run on are no answers."""
_NUMBERS = frozenset(map(plain, ("id", "nr", "no", "number", "code", "case", "case id", "record id", "response id")))
"""Headings of a column that numbers people or rows."""
_NAMES = frozenset({TargetKind.TEAM, TargetKind.ORGANISATION, TargetKind.ROLE})


def candidates(
    heading: str, values: Collection[str], names: Names, count: int, taken: Collection[Target] = ()
) -> list[Target]:
    """Return targets that cells with these ``values`` can be, at most ``count``, none of those ``taken``.

    Columns that number people or hold e-mail addresses have their own first. Then those of which all values are known,
    then those with names most like the heading.
    """
    column = _Values(values, names.bank)
    near = names.nearest(heading, len(names.targets), taken)
    if column.dates and _DATE not in near:
        near.append(_DATE)
    fitting = [target for target in near if column.can_be(target)]
    first = column.of_people(heading)
    rest = sorted(fitting, key=lambda target: not column.known(target))
    return [*first, *(target for target in rest if target not in first)][:count]


_DATE, _RESPONSE, _IGNORE = (Target(kind) for kind in (TargetKind.DATE, TargetKind.RESPONSE, TargetKind.IGNORE))


class _Values:
    """Values of a column, and the targets that they fit."""

    def __init__(self, values: Collection[str], bank: Bank) -> None:
        self._values = [value.strip() for value in values if value.strip()]
        self._bank = bank
        self._plain = {plain(value) for value in self._values}
        self.numbers = bool(self._values) and all(map(_FIGURES.fullmatch, self._values))
        # A row such as "Mean" at the foot is no date.
        self.dates = bool(self._values) and sum(map(_is_date, self._values)) >= _MOST_DATES * len(self._values)

    def can_be(self, target: Target) -> bool:
        """Return whether the values can be what the target says."""
        kind = target.kind
        if not self._values:
            return True
        if kind is TargetKind.DATE:
            return self.dates
        if kind is TargetKind.SHOWN_ALONE:
            return self._plain <= {YES, NO, "true", "false"}
        if kind is TargetKind.QUESTION:
            return not self.dates and self._can_be_answers
        if self.dates or self.numbers:
            return kind is TargetKind.PROFILE and not self.dates and self._can_be_answers
        return kind not in _NAMES or all(map(_can_be_name, self._values))

    def of_people(self, heading: str) -> list[Target]:
        """Return the targets of a column that only tells people apart; none if it may hold answers."""
        if self._values and all("@" in value and " " not in value for value in self._values):
            return [_IGNORE]
        figures = [parse_number(value) for value in self._values]
        running = len(figures) > _LEVELS and all(
            before is not None and after == before + 1 for before, after in pairwise(figures)
        )
        return [_RESPONSE, _IGNORE] if running or plain(heading) in _NUMBERS else []

    def known(self, target: Target) -> bool:
        """Return whether each value is known as an answer, an option or a role."""
        if not self._values or self.numbers:
            return False
        match target.kind:
            case TargetKind.DATE:
                return self.dates
            case TargetKind.QUESTION:
                return self._answers(self._bank.question_by_id[target.id])
            case TargetKind.PROFILE:
                options = next(entry.options for entry in self._bank.profile if entry.id == target.id)
                return self._plain <= {plain(name) for option in options for name in (option.label, option.id)}
            case TargetKind.ROLE:
                roles = self._bank.roles
                return self._plain <= {plain(name) for role in roles for name in (role.label, role.one, role.id)}
        return False

    def _answers(self, question: Question) -> bool:
        """Return whether all values are answers to the question, and one of them is a level."""
        try:
            found = [parse_cell(question, value) for value in self._values]
        except ValueError:
            return False
        return any(answer is not None and answer.level is not None for answer in found)

    @cached_property
    def _can_be_answers(self) -> bool:
        figures = [parse_number(value) for value in self._values if _FIGURES.fullmatch(value)]
        return len(self._values) <= _DIFFERENT and all(each is not None and abs(each) < _CODES for each in figures)


def _is_date(text: str) -> bool:
    """Return whether the text is a date in any way that is understood, in whatever order."""
    if parse_number(text) is not None:
        return False
    try:
        return read_date(text, None) is not None
    except ValueError:
        return False


def _can_be_name(text: str) -> bool:
    """Return whether the text can be the name of a team, an organisation or a role."""
    long = len(text) > _NAME_LENGTH or len(text.split()) > _NAME_WORDS or "\n" in text
    return not long and "@" not in text and any(character.isalpha() for character in text)
