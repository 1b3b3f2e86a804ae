"""Tells files that we wrote ourselves from answers: a folder of answers is where people have them written to."""

from collections.abc import Mapping

EDITS = "a plan's edits"
"""What is said of the file that a plan's edits are kept in."""

_FIELDS: Mapping[str, frozenset[str]] = {
    "a report": frozenset({"explanation", "horizons", "sentences"}),
    "a score": frozenset({"overall", "coverage", "questions"}),
    "a plan": frozenset({"actions", "keep"}),
    EDITS: frozenset({"actions", "team"}),
    "a way to a band": frozenset({"steps", "find_out"}),
    "what a change would do": frozenset({"gained", "lost"}),
    "a JSON schema": frozenset({"$schema"}),
}
"""What each of our files has, and answers never have. The first that fits is what it is."""

_ANSWERS = "responses"


def written_by_us(data: object) -> str | None:
    """Return what a document that is no answers is ("a report"); None where it could be answers, or is not ours."""
    if not isinstance(data, dict) or _ANSWERS in data:
        return None
    return next((kind for kind, fields in _FIELDS.items() if fields <= data.keys()), None)
