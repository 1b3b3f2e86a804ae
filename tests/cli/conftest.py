"""What the tests of ``readiness plan`` share, and those of ``readiness bank migrate``."""

import json
from pathlib import Path
from shutil import copy

import pytest
import yaml

from tests.cli.migrated import ANSWERS, MIGRATION, PROFILE, TODAY
from tests.program import EXAMPLES
from tests.small import LITTLE, spelled_out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the answers of Northside in it; a test of another command may have its own."""
    copy(EXAMPLES / "northside-cmht.yaml", tmp_path / "n.yaml")
    return tmp_path


@pytest.fixture(scope="session")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first version, as far as today's says something of it: its questions' ids, with five levels each."""
    assert MIGRATION is not None
    folder = tmp_path_factory.mktemp("old")
    questions = "\n".join(f"- {{id: {name}}}" for name in sorted(MIGRATION.named))
    profile = {asked.id: [option.id for option in asked.options] for asked in TODAY.profile}
    data = spelled_out(questions, profile=json.dumps(profile), enough=LITTLE)
    data |= {"id": "peer-workers", "version": "0.1.0", "caution": "Take care."}
    (folder / "bank.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return folder


@pytest.fixture
def my_service(tmp_path: Path) -> Path:
    """A folder with answers to the first version, and what was done with their plan."""
    told = {
        "schema": 1,
        "bank": {"id": "peer-workers", "version": "0.1.0", "fingerprint": "0" * 16},
        "team": {"name": "Northside", "profile": PROFILE},
        "respondent": {"role": "service-manager", "id": "1" * 16},
        "date": "2026-10-14",
        "responses": ANSWERS,
        "revision": 7,
    }
    (tmp_path / "my-service.json").write_text(json.dumps(told), "utf-8")
    edits = {
        "bank": told["bank"],
        "team": "Northside",
        "actions": {"strategic-fit-2": {"owner": "Priya", "status": "doing"}},
        "numbers": {"strategic-fit-2": 4},
    }
    (tmp_path / "my-service.plan.json").write_text(json.dumps(edits), "utf-8")
    return tmp_path
