"""The shipped questions as their files have them, without the model."""

import pytest

from tests.bank.raw_bank import (
    PEER_WORKER,
    QUESTIONS,
    Part,
)


def named(part: object) -> str:
    match part:
        case {"id": name}:
            return str(name)
        case dict():
            return "-".join(map(str, part.values()))
    return str(part)


def of_each_question() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("question", QUESTIONS, ids=named)


def own_words(question: Part) -> Part:
    """The wording for Peer Workers in post."""
    [own] = [wording for wording in question["wording"] if PEER_WORKER in wording["when"].get("role", [])]
    return dict(own)
