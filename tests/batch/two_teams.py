"""Two teams as rows of a table."""

from readiness.batch.rows import RespondentRow
from tests.batch.writing import row

TWO_TEAMS = [
    row("Northside", {"critical-mass-planned": 2, "language": "unknown", "pay-parity": "n/a: volunteers only"}),
    row("Größe & Söhne", {"critical-mass-planned": "", "language": "don’t know", "pay-parity": "3"}, organisation=""),
]


def plainly(rows: list[RespondentRow]) -> list[tuple[object, ...]]:
    return [tuple(one[1:]) for one in rows]
