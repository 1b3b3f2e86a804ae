import json
from pathlib import Path
from typing import Any

import pytest

from readiness.bank.document import parse_yaml
from readiness.bank.fields import MOST_LEVELS, MOST_OPTIONS
from readiness.bank.load import load_bank
from readiness.errors import MOST_TOLD, InputError
from tests.small import small_bank

BANK = """\
schema: 1
id: small
version: "1"
title: A small bank
sources: [{id: paper, citation: A paper}]
findings:
  - {id: f, kind: barrier, domain: d, statement: It hinders, source: paper}
  - {id: g, kind: facilitator, domain: e, statement: It helps, source: paper}
domains:
  - {id: d, title: A domain, about: About it}
  - {id: e, title: Another, about: About it}
profile:
  - {id: stage, text: Which?, options: [{id: early, label: Early}, {id: late, label: Late}]}
  - {id: pay, text: Which?, options: [{id: paid, label: Paid}, {id: unpaid, label: Unpaid}]}
questions:
  - id: q
    domain: d
    findings: [f]
    minimum: 2
    text: A question
    levels:
      - {text: Low}
      - {text: Middle}
      - {text: High}
    actions:
      - {id: q-1, to: 1, title: Do, detail: It, owner: Me, horizon: now, effort: 1, sign: Done}
      - {id: q-2, to: 2, title: Do, detail: It, owner: Me, horizon: now, effort: 1, sign: Done}
  - id: r
    domain: e
    findings: [g]
    when: {stage: [early, late]}
    text: Another
    wording:
      - {when: {pay: [paid]}, text: Other words}
    levels: [{value: 1, text: Low}, {value: 1.5, text: High}]
    actions:
      - {id: r-1, to: 1.5, title: Do, detail: It, owner: Me, horizon: now, effort: 1, sign: Done}
bands:
  - {id: low, label: Low, meaning: It is low, from: 0}
  - {id: middle, label: Middle, meaning: It is so, from: 50}
  - {id: top, label: Top, meaning: It is high, from: 80, gated: true}
"""


def broken(*changes: tuple[str, str]) -> str:
    text = BANK
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def complaints(folder: Path, text: str) -> list[str]:
    """Return the problems that loading finds, without the folder's name."""
    (folder / "bank.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_bank(folder)
    return [str(problem).removeprefix(f"{folder}/bank.yaml:") for problem in refused.value.problems]


def test_the_bank_that_these_tests_break_is_sound(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(BANK, encoding="utf-8")
    assert load_bank(tmp_path).id == "small"


FINDING = "kind: facilitator, domain: e, statement: It helps, source: paper}"
OWN = "Give each its own id."
MINIMUM = "The minimum is not the value of a level above the lowest. Use one of: 1, 2."
NOT_ABOVE = "A level must be worth more than the one before it. Put them in order."
BAND_ORDER = "A band must start above the one before it. Put the bands in order."
NO_STEP = '"q" has no action for the step to level 2. Add an action with to: 2.'
NEVER = "This is never true: the list is empty. Name a value, or take the line out."

# What stands in the sound bank; what is put in its place; where the problem then is: the start of this text, which the
# broken bank holds once; and what is said of it.
BROKEN = [
    # every id once
    (
        "A paper}]",
        "A}, {id: paper, citation: B}]",
        "id: paper, citation: B",
        f'A second source has the id "paper". {OWN}',
    ),
    (
        "domains:",
        f"  - {{id: g, {FINDING}\ndomains:",
        "id: g, kind: facilitator, domain: e, statement: It helps, source: paper}\ndomains",
        f'A second finding has the id "g". {OWN}',
    ),
    (
        "profile:",
        "  - {id: e, title: T, about: A}\nprofile:",
        "id: e, title: T,",
        f'A second domain has the id "e". {OWN}',
    ),
    ("{id: unpaid", "{id: paid", "id: paid, label: Unpaid", f'A second option has the id "paid". {OWN}'),
    ("id: q-2", "id: q-1", "id: q-1, to: 2", f'A second action has the id "q-1". {OWN}'),
    ("id: r-1", "id: q-1", "id: q-1, to: 1.5", f'A second action has the id "q-1". {OWN}'),
    ("id: top", "id: low", "id: low, label: Top", f'A second band has the id "low". {OWN}'),
    ("id: r\n", "id: q\n", "id: q\n    domain: e", f'A second question has the id "q". {OWN}'),
    (
        "id: q-2",
        "id: find-out-q",
        "id: find-out-q, to: 2",
        "An action's id can't begin with \"find-out-\". That is kept",
    ),
    # every reference meets something
    ("It helps, source: paper", "It helps, source: x", "source: x", 'There is no source "x". Use one of: paper.'),
    ("facilitator, domain: e", "facilitator, domain: x", "domain: x", 'There is no domain "x". Use one of: d, e.'),
    ("findings: [f]", "findings: [f, x]", "x]", 'There is no finding "x". Use one of: f, g.'),
    # everything is used
    (
        "  - {id: d,",
        "  - {id: n, title: N, about: N}\n  - {id: d,",
        "id: n,",
        'The domain "n" has no question. Add a question, or',
    ),
    ("[g]", "[f]", "id: g,", 'No question stands on the finding "g". Add a question, or take the finding out.'),
    # bands ascend from 0, and the lowest is always open
    ("from: 0", "from: 1", "from: 1", "The first band must start from 0. Write from: 0."),
    (
        "from: 0",
        "from: 0, gated: true",
        "gated: true}\n  - {id: m",
        "The first band can't be gated. Something must be left",
    ),
    ("from: 80", "from: 50", "from: 50, gated", BAND_ORDER),
    ("from: 50", "from: 90", "from: 80", BAND_ORDER),
    # levels ascend
    ("[{value: 1,", "[{value: 1.5,", "value: 1.5, text: High", NOT_ABOVE),
    ("[{value: 1,", "[{value: 3,", "value: 1.5, text", NOT_ABOVE),
    # a gate can be closed, and can be opened
    ("minimum: 2", "minimum: 0", "minimum: 0", MINIMUM),
    ("minimum: 2", "minimum: 3", "minimum: 3", MINIMUM),
    # every step has an action
    ("id: q-2, to: 2", "id: q-2, to: 1", "{text: High}\n    actions", NO_STEP),
    # every condition can be met
    ("stage: [early, late]", "phase: [early]", "phase:", 'The profile has no "phase". Use one of: stage, pay.'),
    ("stage: [early, late]", "stage: [early, x]", "x]", '"stage" has no option "x". Use one of: early, late.'),
    ("pay: [paid]", "paid: [paid]", "paid: [", 'The profile has no "paid". Use one of: stage, pay.'),
    ("pay: [paid]", "pay: [free]", "free", '"pay" has no option "free". Use one of: paid, unpaid.'),
    ("stage: [early, late]", "stage: []", "stage: []", NEVER),
    # every service is asked something in every domain
    (
        "[early, late]",
        "[early]",
        "id: e, t",
        'The domain "e" asks nothing of a service with stage: late. Add a question',
    ),
]


def place(text: str, start: str) -> str:
    """Return the line and column where ``start``, which ``text`` holds once, begins."""
    assert text.count(start) == 1, start
    before = text[: text.index(start)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize(("old", "new", "start", "complaint"), BROKEN)
def test_what_does_not_fit_together_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, start: str, complaint: str
) -> None:
    text = broken((old, new))
    [told] = complaints(tmp_path, text)
    assert told.startswith(f"{place(text, start)}: {complaint}")


def test_a_domain_that_asks_nothing_of_some_is_told_with_what_they_are_like(tmp_path: Path) -> None:
    text = broken(("[early, late]", "[early, late], pay: [unpaid]"), ("pay: [paid]", "pay: [paid, unpaid]"))
    case = "pay: paid, stage: early"
    what = f'The domain "e" asks nothing of a service with {case}. Add a question for it.'
    assert complaints(tmp_path, text) == [f"{place(text, 'id: e, t')}: {what}"]


def test_an_id_used_twice_in_the_profile_is_told(tmp_path: Path) -> None:
    text = broken(
        ("questions:", "  - {id: pay, text: T, options: [{id: paid, label: A}, {id: unpaid, label: B}]}\nquestions:")
    )
    assert complaints(tmp_path, text) == [
        f'{place(text, "id: pay, text: T,")}: A second profile question has the id "pay". {OWN}'
    ]


def test_a_bank_without_sources_says_so_for_every_finding(tmp_path: Path) -> None:
    told = complaints(tmp_path, broken(("[{id: paper, citation: A paper}]", "[]")))
    assert [line.partition(": ")[2] for line in told] == [
        'There is no source "paper". Use one of: none is defined.'
    ] * 2


def test_a_question_of_no_domain_leaves_its_own_empty(tmp_path: Path) -> None:
    text = broken(("    domain: d", "    domain: x"))
    assert complaints(tmp_path, text) == [
        f'{place(text, "id: d, title")}: The domain "d" has no question. Add a question, or take the domain out.',
        f'{place(text, "domain: x")}: There is no domain "x". Use one of: d, e.',
    ]


def test_an_action_to_no_level_leaves_a_step_without_one(tmp_path: Path) -> None:
    text = broken(("to: 1.5, title: Do", "to: 1, title: Other"))
    assert complaints(tmp_path, text) == [
        f'{place(text, "{value: 1.5")}: "r" has no action for the step to level 1.5. Add an action with to: 1.5.',
        f"{place(text, 'to: 1, title: Other')}: No step leads to level 1. Use one of: 1.5.",
    ]


def test_a_bank_without_a_profile_can_have_no_conditions(tmp_path: Path) -> None:
    start, end = BANK.index("profile:"), BANK.index("questions:")
    [condition, wording] = complaints(tmp_path, BANK[:start] + BANK[end:])
    assert condition.endswith('The profile has no "stage". Use one of: none is defined.')
    assert wording.endswith('The profile has no "pay". Use one of: none is defined.')


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    told = complaints(
        tmp_path,
        broken(
            ("from: 80", "from: 40"),
            ("pay: [paid]", "pay: [free]"),
            ("minimum: 2", "minimum: 9"),
            ("facilitator, domain: e", "facilitator, domain: x"),
            ("id: q-2", "id: q-1"),
        ),
    )
    assert [int(line.split(":")[0]) for line in told] == [8, 19, 27, 34, 41]


def test_of_many_mistakes_the_first_are_told_with_few_of_the_names_that_are_known(tmp_path: Path) -> None:
    findings = "".join(
        f"  - {{id: {'a' * 50}{at}, kind: barrier, domain: d, statement: S, source: paper}}\n" for at in range(190)
    )
    unknown = ", ".join(f"z{at}" for at in range(100))
    more = ("[f]", f"[{unknown}]"), ("[g]", f"[{unknown}]")
    told = complaints(tmp_path, broken(("domains:\n", f"{findings}domains:\n"), *more))
    assert len(told) == MOST_TOLD + 1
    assert told[-1].endswith("There are more problems. Fix these first.")
    assert sum(map(len, told)) < 200_000
    assert ", f, g and 186 more." in told[0]


@pytest.mark.parametrize(
    ("old", "new", "start"),
    [
        ("value: 1.5", "value: 1.50001", "value: 1.50001"),
        ("from: 50", "from: 33.33333", "from: 33.33333"),
        ("minimum: 2", "minimum: 0.00001", "minimum: 0.00001"),
        ("to: 1,", "to: 0.123456789,", "to: 0.123456789"),
        ("title: A domain,", "title: A domain, weight: 0.00001,", "weight: 0.00001"),
        ("findings: [f]", "findings: [f]\n    weight: 1.00001", "weight: 1.00001"),
        ("sources: [", "enough: {domain: 0.33333}\nsources: [", "domain: 0.33333"),
    ],
)
def test_a_number_has_few_decimals(tmp_path: Path, old: str, new: str, start: str) -> None:
    text = broken((old, new))
    told = complaints(tmp_path, text)
    assert f"{place(text, start)}: " in told[0]
    assert "it has more than 4 decimals. Round it to 4." in told[0]


def test_a_number_with_four_decimals_is_read(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 0.0001, values: [-0.3333, 0, 999999.9999]}]")
    assert [str(value) for value in bank.questions[0].shares] == ["-0.3333", "0", "999999.9999"]


def test_a_question_has_no_more_levels_and_options_than_anybody_could_choose_from(tmp_path: Path) -> None:
    values = [*range(MOST_LEVELS + 1)]
    with pytest.raises(InputError, match=r"questions\[1\]\.levels has too many entries\. Keep it to 100"):
        small_bank(tmp_path, json.dumps([{"id": "a", "values": values}]))
    options = [f"o{at}" for at in range(MOST_OPTIONS + 1)]
    with pytest.raises(InputError, match=r"profile\[1\]\.options has too many entries\. Keep it to 500"):
        small_bank(tmp_path, "[{id: a}]", profile=json.dumps({"size": options}))


def _data() -> dict[str, Any]:
    data = parse_yaml(BANK, "bank.yaml").data
    assert isinstance(data, dict)
    return data


MANY = {
    "questions[1].wording": ("wording", [{"when": {"pay": ["paid"]}, "text": "Other words"}] * 101),
    "questions[1].actions": ("actions", _data()["questions"][0]["actions"][:1] * 101),
    "questions[1].findings": ("findings", ["f"] * 101),
    "questions[1].evidence": ("evidence", ["A page"] * 101),
    "questions[1].goal": ("goal", ["Reach it"] * 101),
    "questions[1].when": ("when", {f"k{at}": ["a"] for at in range(101)}),
    "questions[1].when.pay": ("when", {"pay": ["paid"] * 501}),
    "questions[1].wording[1].evidence": ("wording", [{"when": {}, "evidence": ["A page"] * 101}]),
    "questions[1].wording[1].levels": ("wording", [{"when": {}, "levels": ["Low"] * 101}]),
    "questions[1].actions[1].with": ("actions", [{"with": ["me"] * 101}]),
    "questions[1].actions[1].owner_by_setting": (
        "actions",
        [{"owner": {f"s{at}": "I" for at in range(502)} | {"other": "I"}}],
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_a_question_has_no_more_of_anything_than_anybody_could_need(tmp_path: Path, name: str) -> None:
    key, entries = MANY[name]
    bank = _data()
    bank["questions"][0][key] = entries
    told = complaints(tmp_path, json.dumps(bank))
    assert any(f" {name} has too many entries. Keep it to " in one for one in told), told


@pytest.mark.parametrize(
    ("key", "most"),
    [
        *((key, 100) for key in ("roles", "domains", "profile", "bands")),
        *((key, 200) for key in ("sources", "findings", "questions")),
    ],
)
def test_a_bank_has_no_more_of_anything_than_anybody_could_need(tmp_path: Path, key: str, most: int) -> None:
    data = {"roles": [{"id": "me", "label": "Me", "one": "me", "many": "us"}], **_data()}
    told = complaints(tmp_path, json.dumps({**data, key: data[key][:1] * (most + 1)}))
    assert any(f" {key} has too many entries. Keep it to {most}." in one for one in told), told


def test_a_band_needs_no_more_voices_than_there_can_be_roles(tmp_path: Path) -> None:
    voices = ", ".join(["{role: me}"] * 101)
    told = complaints(tmp_path, broken(("gated: true", f"voices: [{voices}]")))
    assert "bands[3].voices has too many entries. Keep it to 100." in told[0]
