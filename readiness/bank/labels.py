"""Labels by which people and tables tell things of a bank apart: none may read like another.

They are compared as tables compare them: without capitals, spaces and punctuation.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readiness.bank.document import DataPath
from readiness.bank.model import Bank, ProfileQuestion, Question
from readiness.text import plain

OWN_WORDS = "Give each words of its own: capitals, spaces and punctuation do not count."
"""Advice about two labels that read alike."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words that stand for one ``thing`` (its place in its list, from 0), with their path in the bank.

    ``key`` is what a translation calls them; it is empty for an id, which is never translated.
    """

    thing: int
    path: DataPath
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two labels of different things that read alike. ``noun`` is what the first stands for, with its article."""

    noun: str
    first: Label
    second: Label


def alike(bank: Bank, words: Mapping[str, str] | None = None) -> Iterator[Alike]:
    """Yield labels that read like an earlier one of another thing, in the ``words`` of a translation if given."""
    said = words or {}
    for noun, labels in _compared(bank):
        seen: dict[str, Label] = {}
        for label in labels:
            first = seen.setdefault(plain(said.get(label.key, label.text)), label)
            # Ids that are the same are told as such.
            if first.thing != label.thing and (first.key or label.key):
                yield Alike(noun, first, label)
    yield from _like_a_part(bank, said)


def _compared(bank: Bank) -> Iterator[tuple[str, list[Label]]]:
    """Yield the labels that must differ, with the noun for the things they stand for."""
    yield (
        "role",
        [
            Label(at, ("roles", at, field), (field != "id" and f"roles.{role.id}.{field}") or "", text)
            for at, role in enumerate(bank.roles)
            for field, text in (("id", role.id), ("label", role.label), ("one", role.one), ("many", role.many))
        ],
    )
    yield "another part", _titles(bank)
    yield (
        "band",
        [Label(at, ("bands", at, "label"), f"bands.{band.id}.label", band.label) for at, band in enumerate(bank.bands)],
    )
    for at, entry in enumerate(bank.profile):
        yield "another option", [*_options(entry, ("profile", at, "options"))]
    of_part: defaultdict[str, list[Label]] = defaultdict(list)
    for at, question in enumerate(bank.questions):
        field = "label" if question.label else "text"
        name = Label(at, ("questions", at, field), f"questions.{question.id}.{field}", question.name)
        of_part[question.domain].append(name)
        yield "another level", [*_levels(question, ("questions", at))]
    yield from (("another question of this part", labels) for labels in of_part.values())


def _titles(bank: Bank) -> list[Label]:
    return [
        Label(at, ("domains", at, "title"), f"domains.{domain.id}.title", domain.title)
        for at, domain in enumerate(bank.domains)
    ]


def _options(entry: ProfileQuestion, path: DataPath) -> Iterator[Label]:
    """Yield all that a table may call an option: its id, its label, and its number."""
    for at, option in enumerate(entry.options):
        yield Label(at, (*path, at, "id"), "", option.id)
        yield Label(at, (*path, at, "id"), "", f"option {at + 1}")
        yield Label(at, (*path, at, "label"), f"profile.{entry.id}.options.{option.id}.label", option.label)


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


def _like_a_part(bank: Bank, words: Mapping[str, str]) -> Iterator[Alike]:
    """Yield labels of questions that are a part's title too: a report names both, and nobody could tell which."""
    titles = {plain(words.get(title.key, title.text)): title for title in _titles(bank)}
    for at, question in enumerate(bank.questions):
        if question.label:
            label = Label(at, ("questions", at, "label"), f"questions.{question.id}.label", question.label)
            title = titles.get(plain(words.get(label.key, label.text)))
            if title:
                yield Alike("a part", title, label)
