"""What is told of answers that fit the bank, and do not count."""

from pathlib import Path

from readiness.assessment.fitting import unasked_answers
from tests.conftest import assessment
from tests.small import small_bank

QUESTIONS = "[{id: pay}, {id: room, when: {stage: [late]}}, {id: team, when: {stage: [late]}}]"


def test_answers_to_what_is_not_asked_of_the_service_are_told_with_how_many_people_gave_some(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, QUESTIONS, profile="{stage: [early, late]}")
    early = [
        assessment(bank, {"pay": 1, "room": 2, "team": "unknown"}, {"stage": "early"}),
        assessment(bank, {"pay": 1, "room": {"note": "Later."}}),
        assessment(bank, {"room": 3}),
    ]
    [told] = unasked_answers(early, bank)
    assert told == (
        "Answers to questions that are not asked of a service with this profile do not count. "
        "2 people have some: room, team."
    )
    assert [*unasked_answers([assessment(bank, {"pay": 1, "room": 2}, {"stage": "late"})], bank)] == []
