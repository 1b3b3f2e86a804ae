"""Labels by which people and tables tell things of a bank apart: none may read like another.

They are compared as tables compare them: without capitals, spaces and punctuation. A number that is all of a level's
words is compared with the numbers of the other levels.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from readiness.bank.document import DataPath
from readiness.bank.model import Bank, ProfileQuestion, Question
from readiness.text import parse_number, plain

OWN_WORDS = "Give each words of its own: capitals, spaces and punctuation do not count."
"""Advice about two labels that read alike."""
OTHER_ANSWER = (
    'reads like "don\'t know" or "does not apply", which every question offers',
    "Say the level in other words.",
)
"""What is wrong with the words of such a level, and what to do."""

DONT_KNOW_WORDS = frozenset(
    ("unknown", "not known", *(f"{who}{words}" for who in ("", "i ", "we ") for words in ("dont know", "do not know")))
)
"""Ways to say "don't know", as ``plain`` leaves them."""

NOT_APPLICABLE_WORDS = frozenset(
    {
        "n a",
        "not applicable",
        "does not apply",
        "doesnt apply",
        "it does not apply",
        "this does not apply",
        "does not apply to us",
        "does not apply to our service",
        "not applicable to our service",
    }
)
"""Ways to say "does not apply". "NA" is none of them: statistics programs write it where nothing was answered."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words that stand for one ``thing`` (its id, or the place of a level), with their path in the bank.

    ``key`` is what a translation calls them; it is empty for an id, which is never translated.
    """

    thing: str | int
    path: DataPath
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two labels of different things that read alike, and what both are compared as.

    ``noun`` is what the first stands for, with its article.
    """

    noun: str
    first: Label
    second: Label
    compared_as: str


def alike(bank: Bank, words: Mapping[str, str] | None = None) -> Iterator[Alike]:
    """Yield labels that read like an earlier one of another thing, in the ``words`` of a translation if given."""
    said = words or {}
    for noun, labels in _compared(bank):
        seen: dict[str, Label] = {}
        for label in labels:
            text = plain(said.get(label.key, label.text))
            first = seen.setdefault(text, label)
            if first.thing != label.thing:
                yield Alike(f"another {noun}", first, label, text)
    titles = {plain(said.get(title.key, title.text)): title for title in _titles(bank)}
    for at, question in enumerate(bank.questions):
        # A report names both, and nobody could tell which.
        label = _name(at, question)
        text = plain(said.get(label.key, label.text))
        if question.label and text in titles:
            yield Alike("a part", titles[text], label, text)
        yield from _like_numbers(question, ("questions", at), said)


def _like_numbers(question: Question, path: DataPath, said: Mapping[str, str]) -> Iterator[Alike]:
    """Yield words of levels that are no more than another level's number: a table that says it could mean either."""
    values = [level.value for level in question.levels]
    for label in _levels(question, path):
        number = parse_number(said.get(label.key, label.text).strip().rstrip(".:)"))
        # Numbers from 1 are the levels' places, unless they are their values.
        numbers = values if number in values else range(1, len(values) + 1)
        for at, each in enumerate(numbers):
            if each == number and at != label.thing:
                there = Label(at, (*path, "levels", at), "", f"{number}")
                yield Alike("the number of another level", there, label, f"{number}")


def like_other_answers(bank: Bank, words: Mapping[str, str] | None = None) -> Iterator[Label]:
    """Yield words of levels that tables take for "don't know" or "does not apply", in the ``words`` as ``alike``."""
    said = words or {}
    for at, question in enumerate(bank.questions):
        for label in _levels(question, ("questions", at)):
            if plain(said.get(label.key, label.text)) in DONT_KNOW_WORDS | NOT_APPLICABLE_WORDS:
                yield label


def _compared(bank: Bank) -> Iterator[tuple[str, Iterable[Label]]]:
    """Yield the labels that must differ, with the noun for the things they stand for."""
    yield "role", _roles(bank)
    yield "part", _titles(bank)
    bands = enumerate(bank.bands)
    yield "band", [Label(band.id, ("bands", at, "label"), f"bands.{band.id}.label", band.label) for at, band in bands]
    for at, entry in enumerate(bank.profile):
        yield "option", _options(entry, ("profile", at, "options"))
    of_part: defaultdict[str, list[Label]] = defaultdict(list)
    for at, question in enumerate(bank.questions):
        of_part[question.domain].append(_name(at, question))
        yield "level", _levels(question, ("questions", at))
    yield from (("question of this part", labels) for labels in of_part.values())


def _titles(bank: Bank) -> list[Label]:
    domains = enumerate(bank.domains)
    return [Label(one.id, ("domains", at, "title"), f"domains.{one.id}.title", one.title) for at, one in domains]


def _name(at: int, question: Question) -> Label:
    field = "label" if question.label else "text"
    return Label(question.id, ("questions", at, field), f"questions.{question.id}.{field}", question.name)


def _roles(bank: Bank) -> Iterator[Label]:
    """Yield all that a table may call a role."""
    for at, role in enumerate(bank.roles):
        yield Label(role.id, ("roles", at, "id"), "", role.id)
        for field, text in (("label", role.label), ("one", role.one), ("many", role.many)):
            yield Label(role.id, ("roles", at, field), f"roles.{role.id}.{field}", text)


def _options(entry: ProfileQuestion, path: DataPath) -> Iterator[Label]:
    """Yield all that a table may call an option: its id, its number, and its label."""
    for at, option in enumerate(entry.options):
        yield Label(option.id, (*path, at, "id"), "", option.id)
        yield Label(option.id, (*path, at, "id"), "", f"option {at + 1}")
        yield Label(option.id, (*path, at, "label"), f"profile.{entry.id}.options.{option.id}.label", option.label)


def level_name(value: float) -> str:
    """Return what the key of a level's words in a translation ends in: its value, whole if it is whole."""
    return f"{value:.12g}"


def _levels(question: Question, path: DataPath) -> Iterator[Label]:
    """Yield the words of each level: the question's own, and those for roles."""
    for at, level in enumerate(question.levels):
        yield Label(
            at, (*path, "levels", at, "text"), f"questions.{question.id}.levels.{level_name(level.value)}", level.text
        )
    for nth, wording in enumerate(question.wording):
        # Another number of levels is told as such.
        if wording.levels and len(wording.levels) == len(question.levels):
            for at, text in enumerate(wording.levels):
                key = f"questions.{question.id}.wording.{nth + 1}.levels.{at + 1}"
                yield Label(at, (*path, "wording", nth, "levels", at), key, text)
