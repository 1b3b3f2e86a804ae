"""What people wrote beside their answers: which of it a report shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.language import N_, _
from readiness.report.redact import redacted
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.text import safe_lines

if TYPE_CHECKING:
    from readiness.assessment.model import Assessment, Response


class Notes(StrEnum):
    """Which of the notes a report shows: none, all but what can be told by its shape, or all."""

    NONE = "none"
    REDACTED = "redacted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Said:
    """What was written about a question, each line ready to be shown.

    ``why`` says why it does not apply, where one person answered.
    """

    note: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    why: str | None = None


NOTHING = Said()
NAMES_STAY = N_("Names can’t be found in this way: read the notes before you pass this report on.")
_Clean = Callable[[str], str]


def default_notes(respondents: int) -> Notes:
    """Return which notes are shown where nobody says so: those of several people can hold what is not for all."""
    return Notes.ALL if respondents == 1 else Notes.NONE


def notes_of(assessments: "Sequence[Assessment]", notes: Notes) -> Mapping[str, Said]:
    """Return what was written about each question, by its id, as far as ``notes`` has it shown.

    Of several people, nobody can tell who wrote what: each question's notes are sorted. Evidence that was named twice
    stands once.
    """
    if notes is Notes.NONE:
        return {}
    clean = redacted if notes is Notes.REDACTED else str
    if len(assessments) == 1:
        return {name: _one(response, clean) for name, response in assessments[0].responses.items()}
    names = dict.fromkeys(name for one in assessments for name in one.responses)
    return {
        name: _several([one.responses[name] for one in assessments if name in one.responses], clean) for name in names
    }


def notes_told(respondents: int, notes: Notes) -> str | None:
    """Return what a reader should know of the notes in a report; None if they stand as one person wrote them."""
    if notes is Notes.NONE:
        return _("Notes are left out of this report.") if respondents == 1 else None
    said = [_("Several people answered. Their notes stand without saying who wrote them.")] if respondents > 1 else []
    if respondents >= LEAST_GROUP:
        said.append(_("Notes on questions that too few answered are left out."))
    if notes is Notes.REDACTED:
        said += [
            _("E-mail addresses, phone numbers, postcodes and NHS numbers are taken out of the notes."),
            _(NAMES_STAY),
        ]
    return " ".join(said) or None


def _one(response: "Response", clean: _Clean) -> Said:
    return Said(
        note=_lines(response.note, clean),
        evidence=tuple(clean(one) for one in response.evidence),
        why=" ".join(_lines(response.not_applicable, clean)) or None,
    )


def _several(responses: "Sequence[Response]", clean: _Clean) -> Said:
    texts = (text for response in responses for text in (response.note, response.not_applicable))
    notes = sorted((lines for text in texts if (lines := _lines(text, clean))), key=_by_letters)
    evidence = {clean(one) for response in responses for one in response.evidence}
    return Said(
        note=tuple(line for lines in notes for line in lines), evidence=tuple(sorted(evidence, key=_by_letters))
    )


def _lines(text: str | None, clean: _Clean) -> tuple[str, ...]:
    """Return the lines of ``text``, cleaned once hidden signs are gone; a number may be broken over two lines."""
    return safe_lines(clean("\n".join(safe_lines(text)))) if text else ()


def _by_letters(text: str | tuple[str, ...]) -> tuple[str, str]:
    words = text if isinstance(text, str) else "\n".join(text)
    return words.casefold(), words
