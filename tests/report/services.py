"""The services that reports are tested on: the shipped examples, the edges, and one that is hostile."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.assessment.reading import read_team
from readiness.bank.model import Bank
from tests.conftest import EXAMPLES, assessment
from tests.themes import default_theme

SOBER = default_theme()
PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}

LONG = "b" * 4_000
LONGEST = "c" * 20_000
NOTES = {
    "markup": '<script>alert("note")</script><img src="http://127.0.0.1:9/x.png"/></td></table><h1>Forged</h1>&amp;',
    "template": "{{ 7*7 }} {% raw %} {# gone #} ${7*7} {{ report.__class__ }}",
    "markdown": "# Forged heading\n[/x] [link](http://evil.example) **bold** `code` | cell | ~~no~~\n- item\n> quote",
    "control": "be\x07fore \x1b[31mred\x1b[0m \x00nul\x9b31m \x08after\u2028line",
    "bidi": "invoice \u202egpj.exe\u2066 \u200fend\u2069",
    "long": LONG,
    "longest": LONGEST,
    "hebrew": "שלום לכולם",
    "arabic": "مرحبا بالجميع",
    "emoji": "well done \U0001f600 \U0001f469\u200d\U0001f52c ❤️",
    "cjk": "漢字かな交じり文",
    "unassigned": "\u0378 \U0010ffff \ue000",
}
NAME = '<b>Team</b> & "Co" {{ 7*7 }} [/x] **bold** \x1b[31m\u202e' + "W" * 200
ORGANISATION = "# Trust | {% include '/etc/passwd' %} <!-- -->"


def example(name: str, bank: Bank) -> list[Assessment]:
    """Return the shipped example."""
    return [*read_team([EXAMPLES / f"{name}.yaml"], bank).assessments]


def _riverside(bank: Bank) -> list[Assessment]:
    """Return the shipped example of eleven people in one team."""
    return [*read_team([EXAMPLES / "riverside"], bank).assessments]


def _nothing(bank: Bank) -> list[Assessment]:
    return [assessment(bank, {}, PROFILE)]


def _unknown(bank: Bank) -> list[Assessment]:
    return [assessment(bank, dict.fromkeys(asked(bank), "unknown"), PROFILE)]


def _top(bank: Bank) -> list[Assessment]:
    return [assessment(bank, {name: levels[-1] for name, levels in asked(bank).items()}, PROFILE)]


def _several(bank: Bank) -> list[Assessment]:
    return [
        assessment(
            bank,
            {name: {"level": levels[at], "note": f"Said in private {at}"} for name, levels in asked(bank).items()},
            PROFILE,
        )
        for at in (0, 1, 3)
    ]


def _hostile(bank: Bank) -> list[Assessment]:
    """Return answers whose every free text is one of the hostile notes, in turn."""
    texts = [*NOTES.values()]
    responses: dict[str, object] = {}
    for at, (name, levels) in enumerate(asked(bank).items()):
        text = texts[at % len(texts)]
        responses[name] = {"level": levels[at % len(levels)], "note": text, "evidence": [text[:300], "seen"]}
    responses[next(iter(reversed(responses)))] = "n/a: <i>because</i> {{ 7*7 }} [/x]"
    return [
        Assessment(
            bank=BankReference.to(bank),
            team=Team(name=NAME, organisation=ORGANISATION, profile=PROFILE),
            respondent=Respondent(role="<u>lead</u> {{ 7*7 }}"),
            date=dt.date(2026, 11, 22),
            responses={name: Response.model_validate(value) for name, value in responses.items()},
        )
    ]


def asked(bank: Bank) -> Mapping[str, Sequence[int | float]]:
    """Return the values of the levels, ascending, of each question that is asked for the profile."""
    return {question.id: [level.value for level in question.levels] for question in bank.asked(PROFILE)}


SERVICES: Mapping[str, Callable[[Bank], list[Assessment]]] = {
    "northside": partial(example, "northside-cmht"),
    "harbour": partial(example, "harbour-house"),
    "nothing": _nothing,
    "unknown": _unknown,
    "top": _top,
    "several": _several,
    "riverside": _riverside,
    "hostile": _hostile,
}
