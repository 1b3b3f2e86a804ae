"""Whether every part of a bank asks something of every service."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from readiness.bank.fields import Condition
from readiness.bank.model import Bank
from readiness.bank.validation import Wrong

MOST_LOOK_UPS = 300_000
"""How many values of profiles are compared with conditions, of the whole bank: it takes a third of a second."""


def empty_domains(bank: Bank, options: Mapping[str, tuple[str, ...]]) -> Iterator[Wrong]:
    """Yield domains that ask nothing of some service. ``options`` are those of each profile question."""
    left = MOST_LOOK_UPS
    conditions: defaultdict[str, list[Condition]] = defaultdict(list)
    for question in bank.questions:
        conditions[question.domain].append(question.when or {})
    for at, domain in enumerate(bank.domains):
        asked = conditions[domain.id]
        if not asked or not all(asked):  # no question at all is told as such
            continue
        keys = sorted({key for condition in asked for key in condition})
        left -= _look_ups(asked, keys, options, left)
        if left < 0:
            what = f"The questions of this domain depend on {len(keys)} profile questions: too much to check"
            yield ("domains", at, "id"), what, "Ask one of its questions always, or let fewer decide."
            return
        empty = _empty(asked, keys, options)
        if empty is not None:
            case = ", ".join(f"{key}: {value}" for key, value in empty.items())
            yield ("domains", at, "id"), f'The domain "{domain.id}" asks nothing of a service with {case}', _TODO


_TODO = "Add a question for it."


def _look_ups(asked: Sequence[Condition], keys: Sequence[str], options: Mapping[str, Sequence[str]], most: int) -> int:
    """Return how many values are compared at the most, or a number above ``most``."""
    count = sum(map(len, asked))
    for key in keys:
        # Thousands of profile questions would make a number of thousands of digits.
        if count > most:
            break
        count *= len(options[key])
    return count


def _empty(
    asked: Sequence[Condition], keys: Sequence[str], options: Mapping[str, Sequence[str]]
) -> Mapping[str, str] | None:
    """Return a profile that satisfies none of the conditions; None if there is none."""
    allowed = [{key: frozenset(values) for key, values in condition.items()} for condition in asked]
    for values in product(*(options[key] for key in keys)):
        profile = dict(zip(keys, values, strict=True))
        if not any(all(profile[key] in one for key, one in condition.items()) for condition in allowed):
            return profile
    return None
