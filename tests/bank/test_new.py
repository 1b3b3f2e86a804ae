"""The small bank that a bank of one's own begins with: it works as it is, and shows each field there is."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

from pydantic import BaseModel

from readiness.bank.load import BANK_FILE, load_bank
from readiness.bank.model import Bank
from readiness.resources import NEW_BANK
from readiness.scoring.score import standings
from tests.conftest import assessment


def small(folder: Path) -> Bank:
    copy(NEW_BANK, folder / BANK_FILE)
    return load_bank(folder)


def fields(part: object) -> Iterator[str]:
    """Yield the name of each field that is filled in, in a part and in what it is made of."""
    if isinstance(part, tuple):
        for one in part:
            yield from fields(one)
    elif isinstance(part, BaseModel):
        for name in part.model_fields_set:
            yield name
            yield from fields(getattr(part, name))


def test_it_is_sound_and_scores(tmp_path: Path) -> None:
    bank = small(tmp_path)
    best = {question.id: question.levels[-1].value for question in bank.questions}
    for profile in ({"size": "small"}, {"size": "large"}):
        found = standings(bank, [assessment(bank, best, profile, role="colleague")]).score()
        assert found.band is not None
        assert found.band.id == "ready"
    alone = standings(bank, [assessment(bank, best, {"size": "large"}, role="manager")]).score()
    assert alone.voices_missing == ("colleague",)


def test_it_shows_what_a_bank_can_say(tmp_path: Path) -> None:
    shown = {*fields(small(tmp_path))}
    assert shown >= {
        "roles",
        "enough",
        "always",
        "goal",
        "with_",
        "voices",
        "wording",
        "levels",
        "minimum",
        "keep",
        "basis",
        "tested",
    }


def test_each_field_has_a_comment_before_it_the_first_time() -> None:
    lines = NEW_BANK.read_text(encoding="utf-8").splitlines()
    for name in (
        "texts:",
        "roles:",
        "enough:",
        "always:",
        "wording:",
        "goal:",
        "with:",
        "bands:",
        "minimum:",
        "owner:",
    ):
        at = next(number for number, line in enumerate(lines) if line.lstrip(" -").startswith(name))
        assert lines[at - 1].lstrip().startswith("#"), name


def test_every_level_above_the_lowest_has_a_goal(tmp_path: Path) -> None:
    assert all(len(question.goal) == len(question.levels) - 1 for question in small(tmp_path).questions)
