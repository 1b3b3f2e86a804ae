"""A small bank to walk through: one thing about the service, two domains, four questions of which one is asked late."""

import re
from pathlib import Path

import pytest

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.interview.advance import advance
from readiness.interview.plan_editor import Editing
from readiness.interview.walk import Walk, begin
from tests.conftest import DATE, bank_from
from tests.interview.editing import begun

SMALL = """
schema: 1
id: small
version: "1"
title: A small bank
sources: [{id: paper, citation: A paper.}]
findings:
  - {id: lift, kind: facilitator, domain: first, statement: Lifts help people up., source: paper}
  - {id: wall, kind: barrier, domain: second, statement: Walls stop people., source: paper}
roles:
  - {id: porter, label: Porter, one: porter, many: porters}
  - {id: lift-user, label: Somebody who uses the lift, one: lift user, many: lift users}
domains:
  - {id: first, title: The first part, about: What the first part is about.}
  - {id: second, title: The second part, about: What the second part is about.}
profile:
  - id: stage
    text: How far are you?
    help: As of today.
    options: [{id: planning, label: Planning}, {id: running, label: Running}]
questions:
  - id: lift-there
    domain: first
    findings: [lift]
    text: Is there a lift?
    help: Look behind the stairs.
    who_knows: The caretaker.
    evidence: [A photo, The bill]
    wording:
      - when: {role: [lift-user]}
        text: Can you take a lift?
        levels: [I can take none., I can take a small one., I can take a large one.]
    levels: [{text: No lift.}, {text: A small lift.}, {text: A large lift.}]
    actions:
      - {id: lift-small, to: 1, title: Build a small lift, detail: Do., owner: Builder, horizon: now,
         effort: 1, sign: It runs.}
      - {id: lift-large, to: 2, title: Build a large lift, detail: Do., owner: Builder, horizon: now,
         effort: 3, sign: It runs.}
  - id: lift-runs
    domain: first
    findings: [lift]
    when: {stage: [running]}
    text: Does the lift run?
    levels: [{text: Never.}, {text: Always.}]
    actions:
      - {id: run-it, to: 1, title: Switch the lift on, detail: Do., owner: Porter, horizon: now,
         effort: 1, sign: It moves.}
  - id: wall-gone
    domain: second
    findings: [wall]
    minimum: 1
    text: Is the wall gone?
    levels: [{text: It stands.}, {text: It is gone.}]
    actions:
      - {id: wall-down, to: 1, title: Take the wall down, detail: Do., owner: Mason, horizon: now,
         effort: 2, sign: Light.}
  - id: wall-door
    domain: second
    findings: [wall]
    text: Is there a door in the wall?
    levels: [{text: No door.}, {text: A door.}]
    actions:
      - {id: door-in, to: 1, title: Put in a door, detail: Do., owner: Mason, horizon: now,
         effort: 1, sign: A handle.}
bands:
  - {id: low, label: Low down, meaning: Much is left to do., from: 0}
  - {id: high, label: High up, meaning: Little is left to do., from: 50}
"""

NO_ROLES = re.sub(r"roles:\n(  - .*\n)+|    wording:\n(      .*\n)+", "", SMALL)
"""The same without roles: then any words are one."""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """The small bank."""
    return bank_from(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small bank, for ``--bank``."""
    folder = tmp_path_factory.mktemp("small-folder")
    bank_from(folder, SMALL)
    return folder


def typed(walk: Walk, *lines: str) -> Walk:
    """Return the walk after each of the lines was typed."""
    for line in lines:
        walk = advance(walk, line)
    return walk


def at_questions(bank: Bank, stage: str = "1", role: str = "s") -> Walk:
    """Return a walk at the first question: named Northside, no organisation, the role (left out), and the stage."""
    return typed(begin(bank, DATE, None), "Northside", "", role, stage)


def held(walk: Walk) -> Assessment:
    """Return the walk's assessment, which must be there."""
    assert walk.assessment is not None
    return walk.assessment


@pytest.fixture
def start(tmp_path: Path) -> Editing:
    """The editor of a small plan, before anything was typed."""
    return begun(tmp_path)
