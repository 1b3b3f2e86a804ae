"""A bank's words in another language: one file a language in the bank's folder, each text under its own key.

A key names a text by ids, so that it stays right when questions are moved: ``questions.pay-parity.text``,
``questions.pay-parity.levels.2`` (by the level's value), ``questions.pay-parity.actions.publish-pay.title``. What has
no id goes by its place, from 1. A text that is not translated stays in the bank's own language.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from readiness.bank.action_words import TEXTS
from readiness.bank.document import ParsedDocument, read_document
from readiness.bank.fields import A_NUMBER, BankModel, Id, Text
from readiness.bank.labels import OTHER_ANSWER, OWN_WORDS, alike, level_name, like_other_answers
from readiness.bank.model import LONGEST_LABEL, Bank
from readiness.bank.texts import BankTexts
from readiness.bank.validation import Wrong, told, validated
from readiness.errors import InputError, Place, Problem
from readiness.language import ENGLISH
from readiness.text import short

LANGUAGES = "languages"
"""The folder, inside a bank's, that holds a file for each language: cy.yaml."""

_WORDS = frozenset(
    (
        *TEXTS,
        *BankTexts.model_fields,
        "goal",
        "owner_by_setting",
        "one",
        "many",
        "about",
        "statement",
        "text",
        "label",
        "help",
        "who_knows",
        "evidence",
        "keep",
        "levels",
        "meaning",
    )
)
"""The fields that a reader reads."""
_IDS = frozenset(("when", "role", "id"))
"""The fields whose words are ids, whatever they are called."""

Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""The name of a language (BCP 47), such as cy."""


class BankWords(BankModel):
    """A bank's texts in one language. ``status``: a draft has not been reviewed by anybody."""

    schema_: Annotated[Literal[1], A_NUMBER, Field(alias="schema")]
    bank: Id
    language: Tag
    status: Literal["draft", "reviewed"]
    words: Mapping[str, Text]


def texts(bank: Bank) -> dict[str, str]:
    """Return every text of the bank that a reader reads, by its key, in the bank's order."""
    found: dict[str, str] = {}
    _walk(_plain(bank), (), found, {})
    return found


def in_words(bank: Bank, words: Mapping[str, str]) -> Bank:
    """Return the bank with its texts as in ``words``, by key; it scores the same. Keys it does not have do nothing."""
    return Bank.model_validate_json(json.dumps(_walk(_plain(bank), (), {}, words)))


@dataclass(frozen=True, slots=True)
class Translation:
    """A bank in another language. ``draft``: its words are one; ``english``: its texts that have no words in it."""

    bank: Bank
    draft: bool
    english: frozenset[str]


def translated(bank: Bank, folder: Path, tag: str) -> Translation:
    """Return the bank in ``folder`` in the words of the language called ``tag``, as far as there are any.

    Raises InputError if they are wrong.
    """
    if tag == ENGLISH:
        return Translation(bank, draft=False, english=frozenset())
    words = read_words(folder, tag, bank)
    known = words.words if words else {}
    english = frozenset(text for key, text in texts(bank).items() if key not in known)
    return Translation(in_words(bank, known) if known else bank, words is not None and words.status == "draft", english)


def languages(folder: Path) -> tuple[str, ...]:
    """Return the tags of the languages that the bank in ``folder`` has words in, besides its own.

    Raises InputError if they are more than MOST_LANGUAGES: the whole bank is compared in the words of each.
    """
    found = sorted(path.stem for path in (folder / LANGUAGES).glob("*.yaml"))
    if len(found) > MOST_LANGUAGES:
        what = f"There are words in {len(found)} languages, and a bank has at most {MOST_LANGUAGES}"
        raise InputError(Problem(what, "Move the other files away.", Place(str(folder / LANGUAGES))))
    return tuple(found)


MOST_LANGUAGES = 100


def read_words(folder: Path, tag: str, bank: Bank, known: Mapping[str, str] | None = None) -> BankWords | None:
    """Return the words of the bank in ``folder`` in the language called ``tag``; None if there are none.

    ``known`` are the bank's ``texts``, if they were made already. Raises InputError with every key in the words that
    the bank does not have.
    """
    path = folder / LANGUAGES / f"{tag}.yaml"
    if not path.is_file():
        return None
    document = read_document(path)
    words = validated(BankWords, document)
    problems = told(_misfits(words, tag, bank, texts(bank) if known is None else known, document), document)
    if problems:
        raise InputError(problems)
    return words


def _misfits(
    words: BankWords, tag: str, bank: Bank, known: Mapping[str, str], document: ParsedDocument
) -> Iterator[Wrong]:
    for field, found, wanted in (("bank", words.bank, bank.id), ("language", words.language, tag)):
        if found != wanted:
            yield (field,), f"{field} is {found}, not {wanted}", "Fix it, or move the file."
    for key, text in words.words.items():
        if key not in known:
            yield ("words", key), f'The bank has no text "{short(key)}"', "Take the line out, or fix the key."
        if key.startswith("questions.") and key.endswith(".label") and len(text) > LONGEST_LABEL:
            yield ("words", key), f'"{short(key)}" is longer than {LONGEST_LABEL} characters', "Say it shorter."
    for label in like_other_answers(bank, words.words):
        if label.key in words.words:
            yield ("words", label.key), f'"{short(words.words[label.key])}" {OTHER_ANSWER[0]}', OTHER_ANSWER[1]
    for pair in alike(bank, words.words):
        here, other = (pair.second, pair.first) if pair.second.key in words.words else (pair.first, pair.second)
        if here.key in words.words:
            text, like = words.words[here.key], words.words.get(other.key, other.text)
            name = f'{other.key}, "{short(like)}"' if other.key else f'"{short(like)}"'
            line = document.place(("words", other.key)).line if other.key in words.words else None
            where = f"in line {line}" if line else "in the bank's own language"
            what = f'"{short(text)}" reads like {pair.noun}, {name} ({where})'
            yield ("words", here.key), f'{what}: both are compared as "{short(pair.compared_as)}"', OWN_WORDS


def untranslated(bank: Bank, words: BankWords) -> tuple[str, ...]:
    """Return the keys of the texts that ``words`` lacks, in the bank's order."""
    return tuple(key for key in texts(bank) if key not in words.words)


def _plain(bank: Bank) -> object:
    return bank.model_dump(mode="json", by_alias=True, exclude_none=True)


def _walk(
    node: object, path: tuple[str, ...], found: dict[str, str], words: Mapping[str, str], *, read: bool = False
) -> object:
    """Return ``node`` with its texts as in ``words``, and put each as it is into ``found``; ``read``: it is a text."""
    match node:
        case dict():
            level = _is_level(node)
            return {
                field: value
                if field in _IDS
                else _walk(value, path if level else (*path, _key(field)), found, words, read=read or field in _WORDS)
                for field, value in node.items()
            }
        case list():
            return [_walk(entry, (*path, name), found, words, read=read) for name, entry in _named(node)]
        case str() if read:
            key = ".".join(path)
            found[key] = node
            return words.get(key, node)
    return node


def _key(field: str) -> str:
    """Return what a field is called in a bank's file, and so in a key."""
    return "owner" if field == "owner_by_setting" else field


def _is_level(node: Mapping[str, object]) -> bool:
    return node.keys() == {"value", "text"}


def _named(entries: list[object]) -> Iterator[tuple[str, object]]:
    """Yield each entry with its name: its id, a level's value, or else its place from 1."""
    for at, entry in enumerate(entries, start=1):
        if isinstance(entry, dict) and "id" in entry:
            yield str(entry["id"]), entry
        elif isinstance(entry, dict) and _is_level(entry):
            yield level_name(entry["value"]), entry
        else:
            yield str(at), entry
