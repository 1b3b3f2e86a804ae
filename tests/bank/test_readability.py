"""How easy every text in the shipped bank is to read, by the automated readability index (ARI).

Senter and Smith (1967), Automated Readability Index, AMRL-TR-66-220:
4.71 · characters/words + 0.5 · words/sentences − 21.43, about the years of schooling it takes to read a text.
For a name of a few words it says little, so names may be excepted.
"""

from collections.abc import Iterator, Mapping
from statistics import mean

import pytest
from pydantic import BaseModel

from readiness.bank.load import load_bank
from readiness.bank.model import Bank, Question
from readiness.resources import DEFAULT_BANK, QUESTIONS
from tests.bank.plain_words import EXCEPTIONS, QUESTION_MEAN_LIMIT, TEXT_LIMIT, index

# Not words to read: ids, choices from a fixed list, and how a source is cited.
NOT_READ = {"id", "domain", "when", "role", "with_", "source", "kind", "horizon", "version", "citation", "url"}

BANK = load_bank(QUESTIONS / DEFAULT_BANK)


def texts(part: object) -> Iterator[str]:
    """Yield every text in a part of the bank that a service reads."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from texts(item)
    elif isinstance(part, Mapping):
        yield from texts(tuple(part.values()))
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in NOT_READ and not (isinstance(part, Question) and name == "findings"):
                yield from texts(getattr(part, name))


def test_the_index_is_the_published_one() -> None:
    # 29 characters without the spaces, 10 words, 2 sentences
    assert index("The tiny cat sat on a mat. It was fat.") == pytest.approx(4.71 * 29 / 10 + 0.5 * 10 / 2 - 21.43)


def test_every_kind_of_text_is_looked_at() -> None:
    found = set(texts(BANK))
    question = BANK.question_by_id["career-progression"]
    some = {BANK.title, BANK.bands[0].meaning, BANK.domains[0].about, BANK.profile[0].options[0].label}
    some |= {BANK.findings[0].statement, question.text, question.levels[0].text, question.actions[0].sign}
    some |= {question.evidence[0], question.wording[0].text or "", question.who_knows or "", question.keep or ""}
    some |= {question.goal[0], BANK.roles[0].many, BANK.texts.caution or ""}
    some |= {words for question in BANK.questions for one in question.wording for words in one.levels or ()}
    some |= {who for question in BANK.questions for one in question.actions for who in one.owner_by_setting.values()}
    assert some <= found
    assert len(found) > 900


def test_no_text_is_hard_to_read() -> None:
    hard = {text: round(index(text), 1) for text in texts(BANK) if index(text) > TEXT_LIMIT}
    assert {text: grade for text, grade in hard.items() if text not in EXCEPTIONS} == {}


def test_every_exception_is_still_needed() -> None:
    assert {text for text in texts(BANK) if index(text) > TEXT_LIMIT} >= EXCEPTIONS


@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: str(question.id))
def test_a_question_with_all_its_levels_and_actions_is_easy_to_read(question: Question) -> None:
    assert mean(index(text) for text in texts(question)) <= QUESTION_MEAN_LIMIT


def test_the_measure_tells_hard_words_from_easy_ones(bank: Bank) -> None:
    hard = "Organisational implementation of multidisciplinary recruitment methodologies necessitates prioritisation."
    assert index(hard) > TEXT_LIMIT > index(bank.questions[0].text)
