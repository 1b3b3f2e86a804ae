"""What is checked of a bank's roles, voices, owners, goals and words for a role, and of how much is enough."""

from pathlib import Path

import pytest

from readiness.bank.load import load_bank
from readiness.errors import InputError
from tests.bank.test_check import place
from tests.bank.test_labels import ALIKE

BANK = """\
schema: 1
id: small
version: "1"
title: A small bank
enough: {domain: 0.5, overall: 0.65}
roles:
  - {id: manager, label: Manager, one: manager, many: managers}
  - {id: peer, label: Peer, one: peer, many: peers}
sources: [{id: paper, citation: A paper}]
findings: [{id: f, kind: barrier, domain: d, statement: It hinders, source: paper}]
domains: [{id: d, title: A domain, about: About it}]
profile:
  - {id: setting, text: Which?, options: [{id: nhs, label: NHS}, {id: charity, label: Charity}]}
  - {id: stage, text: Which?, options: [{id: early, label: Early}, {id: late, label: Late}]}
questions:
  - id: q
    domain: d
    findings: [f]
    always: true
    text: A question
    goal: [Some have it, All have it]
    wording:
      - {when: {role: [peer], stage: [late]}, text: For you?, levels: [Not me, A little, All of it]}
      - {when: {setting: [nhs]}, text: In the trust?}
    levels: [{text: Low}, {text: Middle}, {text: High}]
    actions:
      - {id: q-1, to: 1, title: Do, detail: It, owner: {nhs: HR, other: Me}, horizon: now, effort: 1, sign: Done}
      - {id: q-2, to: 2, title: Do, detail: It, owner: Me, with: [peer], horizon: now, effort: 1, sign: Done}
  - id: late
    domain: d
    findings: [f]
    when: {stage: [late]}
    text: Another
    levels: [{text: Worse}, {text: Better}]
    actions:
      - {id: late-1, to: 1, title: Do, detail: It, owner: Me, horizon: now, effort: 1, sign: Done}
bands:
  - {id: low, label: Low, meaning: It is low, from: 0}
  - {id: top, label: Top, meaning: It is high, from: 80, voices: [{role: peer, when: {stage: [late]}}]}
"""

NEVER = "This is never true: the list is empty. Name a value, or take the line out."
ROLES = "Use one of: manager, peer."
ONE_BY_ONE = "Say each of them in other words, lowest first."
SHARE = "Write a share above 0, such as 0.5 for a half."

# What stands in the sound bank; what is put in its place; where the problem then is: the start of this text, which the
# broken bank holds once; and what is said of it.
BROKEN = [
    # roles: each once, and none is named that nobody can have
    ("id: manager", "id: peer", "id: peer, label: Peer,", 'A second role has the id "peer". Give each its own id.'),
    ("{role: [peer],", "{role: [nurse],", "nurse", f'There is no role "nurse". {ROLES}'),
    ("{role: [peer],", "{role: [],", "role: [],", NEVER),
    ("with: [peer]", "with: [nurse]", "nurse", f'There is no role "nurse". {ROLES}'),
    # bands: the voices that they need can be somebody's, in some service
    ("{role: peer, when", "{role: nurse, when", "role: nurse", f'There is no role "nurse". {ROLES}'),
    ("when: {stage: [late]}}]", "when: {stage: []}}]", "stage: []", NEVER),
    (
        "when: {stage: [late]}}]",
        "when: {stage: [gone]}}]",
        "gone",
        '"stage" has no option "gone". Use one of: early, late.',
    ),
    (
        "when: {stage: [late]}}]",
        "when: {phase: [late]}}]",
        "phase",
        'The profile has no "phase". Use one of: setting, stage.',
    ),
    (
        "from: 0}",
        "from: 0, voices: [{role: peer}]}",
        "voices: [{role: peer}]",
        "The first band can't wait for a voice. Something must be left if nobody of that role answered.",
    ),
    # questions: what always applies is asked of somebody, and so is each wording
    ("always: true", "always: true\n    when: {stage: []}", "stage: []", NEVER),
    (
        "always: true",
        "always: true\n    when: {stage: [gone]}",
        "gone",
        '"stage" has no option "gone". Use one of: early, late.',
    ),
    (
        "text: Another",
        "text: Another\n    wording: [{when: {stage: [early]}, text: Other words}]",
        "stage: [early]",
        "No service that is asked this question has stage: early. Use one of: late. Or take the wording out.",
    ),
    (
        "{id: setting, text",
        "{id: role, text: Who?, options: [{id: a, label: A}, {id: b, label: B}]}\n  - {id: setting, text",
        "id: role, text",
        'A profile question can\'t be called "role". That is kept for the role of the one who answers.',
    ),
    # words for a role: the same levels, in other words
    (
        "{role: [peer], stage: [late]}, text",
        "{stage: [late]}, text",
        "levels: [Not me",
        "Levels can only be said in other words for a role. Add a role to its when, or leave the levels out: an answer",
    ),
    (
        "[Not me, A little, All of it]",
        "[Not me, All of it]",
        "levels: [Not me",
        f"These are 2 levels, and the question has 3. {ONE_BY_ONE}",
    ),
    (
        "A little, All",
        "High, All",
        "High, All",
        f'"High" reads like another level, "High" (in line 25): both are compared as "high". {ALIKE}',
    ),
    (
        "A little, All",
        "Not me, All",
        "Not me, All",
        f'"Not me" reads like another level, "Not me" (in line 23): both are compared as "not me". {ALIKE}',
    ),
    # goals: one for each level above the lowest
    (
        "[Some have it, All have it]",
        "[Some have it]",
        "goal:",
        '"q" has 1 goals for 2 levels above the lowest. Write one sentence for each of these levels, lowest first.',
    ),
    # owners by setting: of settings that there are, and of all others
    ("{nhs: HR,", "{trust: HR,", "trust: HR", 'There is no setting "trust". Use one of: charity, nhs, other.'),
    (
        "{nhs: HR, other: Me}",
        "{nhs: HR}",
        "{id: q-1",
        'questions[1].actions[1]: its owner by setting says nothing of any other setting. Add "other: …" to it.',
    ),
    # enough: some, and no more than there is
    ("{domain: 0.5,", "{domain: 0,", "domain: 0,", f"With 0 a single answer gives a score. {SHARE}"),
    ("overall: 0.65", "overall: 0.0", "overall: 0.0", f"With 0 a single answer gives a score. {SHARE}"),
    (
        "overall: 0.65",
        "overall: 1.01",
        "overall: 1.01",
        "enough.overall is out of range. Should be less than or equal to 1.",
    ),
]


def test_the_bank_that_these_tests_break_is_sound(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(BANK, encoding="utf-8")
    assert load_bank(tmp_path).roles_needed == {"peer"}


@pytest.mark.parametrize(("old", "new", "start", "complaint"), BROKEN)
def test_what_does_not_fit_together_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, start: str, complaint: str
) -> None:
    assert BANK.count(old) == 1, old
    text = BANK.replace(old, new)
    (tmp_path / "bank.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_bank(tmp_path)
    [told] = [str(problem).removeprefix(f"{tmp_path}/bank.yaml:") for problem in refused.value.problems]
    assert told.startswith(f"{place(text, start)}: {complaint}")


def test_the_same_words_for_the_same_level_may_stand_in_two_wordings(tmp_path: Path) -> None:
    text = BANK.replace("[Not me, A little, All of it]", "[Low, A little, All of it]")
    (tmp_path / "bank.yaml").write_text(text, encoding="utf-8")
    assert load_bank(tmp_path).questions[0].worded({"stage": "late"}, "peer").levels[0].text == "Low"
