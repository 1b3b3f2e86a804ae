"""The three people of an invented team whose answers the files here hold, in the shape of each survey program.

``python -m tests.exports.northside`` writes the files again.
"""

from collections.abc import Iterator
from pathlib import Path

from readiness.assessment.model import Assessment, Respondent, Response
from readiness.assessment.reading import read_team
from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.resources import QUESTIONS
from tests.exports.people import Sent, sent
from tests.exports.shapes import SHAPES, limesurvey_codes, microsoft_likert

FOLDER = Path(__file__).parent
TEAM = "Northside Community Mental Health Team"
UNMATCHED = {"limesurvey-codes.csv": limesurvey_codes, "microsoft-likert.xlsx": microsoft_likert}
"""Shapes that lack something: what codes stand for, or the team, profile and role."""


def people(bank: Bank) -> list[Sent]:
    """Return the three: the shipped example without what shows its answers, and two more that differ from it."""
    [example] = read_team([QUESTIONS / "peer-workers" / "examples" / "northside-cmht.yaml"], bank).assessments
    example = example.model_copy(update={"bank": example.bank.to(bank), "team": _without_organisation(example)})
    plain = {name: one.model_copy(update={"evidence": ()}) for name, one in example.responses.items()}
    order = [question.id for question in bank.ordered_questions]
    first = example.model_copy(update={"responses": {name: plain[name] for name in order if name in plain}})
    roles = enumerate(("peer-worker", "team-member"), start=1)
    return sent([first, *(_other(bank, first, role, at) for at, role in roles)])


def _without_organisation(example: Assessment) -> object:
    return example.team.model_copy(update={"organisation": None})


def _other(bank: Bank, first: Assessment, role: str, at: int) -> Assessment:
    responses = dict(_responses(bank, first, at))
    date = first.date.replace(day=first.date.day + at)
    return first.model_copy(update={"respondent": Respondent(role=role), "date": date, "responses": responses})


def _responses(bank: Bank, first: Assessment, at: int) -> Iterator[tuple[str, Response]]:
    for number, (name, response) in enumerate(first.responses.items()):
        match (number + at) % 5:
            case 0:
                yield name, Response(unknown=True)
            case 1 if not bank.question_by_id[name].always:
                yield name, Response(not_applicable=f"Not ours – see the other half of the team ({at})")
            case 1 | 2:
                pass  # left out
            case _:
                yield name, Response(level=(int(response.level or 0) + at) % 5)


def main() -> None:
    """Write the files again."""
    bank = load_bank(QUESTIONS / "peer-workers")
    for name, write in {**SHAPES, **UNMATCHED}.items():
        write(bank, people(bank), FOLDER / name)


if __name__ == "__main__":
    main()
