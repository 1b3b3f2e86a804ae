"""Fingerprint of a bank: whether scores of two days stand on the same rules."""

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.bank.fields import Condition, exact

if TYPE_CHECKING:
    from readiness.bank.band import VoiceNeeded
    from readiness.bank.model import Bank, Question


def fingerprint(bank: "Bank") -> str:
    """Return a hash of all that scores, 16 hexadecimal digits: words, and the order they stand in, change nothing."""
    scoring = [
        sorted([domain.id, str(exact(domain.weight))] for domain in bank.domains),
        [list(_scoring_parts(bank.question_by_id[name], bank)) for name in sorted(bank.question_by_id)],
        [[band.id, str(exact(band.start)), band.gated, *map(_voice_parts, band.voices)] for band in bank.bands],
        [str(exact(bank.enough.domain)), str(exact(bank.enough.overall))],
    ]
    return hashlib.sha256(json.dumps(scoring, sort_keys=True).encode()).hexdigest()[:16]


def _scoring_parts(question: "Question", bank: "Bank") -> Iterator[object]:
    yield question.id
    yield question.domain
    yield str(bank.kind(question))
    yield str(exact(question.weight))
    yield None if question.minimum is None else str(exact(question.minimum))
    yield [str(exact(level.value)) for level in question.levels]
    yield question.always
    yield _condition_parts(question.when)


def _condition_parts(when: Condition | None) -> dict[str, list[str]]:
    return {key: sorted(set(values)) for key, values in (when or {}).items()}


def _voice_parts(voice: "VoiceNeeded") -> list[object]:
    return [voice.role, _condition_parts(voice.when)]
