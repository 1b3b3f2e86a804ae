"""What an assessment holds: one respondent's answers about one team on one date."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from readiness.assessment.team_names import identity
from readiness.bank.fields import A_NUMBER, Id, Number
from readiness.bank.model import Bank
from readiness.text import kept_json, short

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


def _is_seen(name: str) -> str:
    if not identity(name):
        raise ValueError("there is nothing to be seen in this name. Write one, or leave the line out")
    return name


Name = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
"""A name that a person typed."""

TeamName = Annotated[Name, AfterValidator(_is_seen)]
"""The name of a team or an organisation."""

MAX_NOTE = 20_000
"""Characters."""

Note = Annotated[str, Field(min_length=1, max_length=MAX_NOTE, pattern=r"\S")]
"""Whatever a person wrote about an answer."""

UNKNOWN = "unknown"
NOT_APPLICABLE = "n/a"

_EMPTY = "this is empty. Give an answer, or leave the question out"


class AssessmentModel(BaseModel):
    """A part of an assessment: frozen, strict about types, and with no field that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_by_name=True, validate_by_alias=True)


class BankReference(AssessmentModel):
    """Which bank was answered. ``fingerprint`` tells whether what scores has changed since.

    A file written by hand may leave out the version and the fingerprint.
    """

    id: Id
    version: Name | None = None
    fingerprint: Name | None = None

    @classmethod
    def to(cls, bank: Bank) -> Self:
        """Return the reference to ``bank`` as it is now."""
        return cls(id=bank.id, version=bank.version, fingerprint=bank.fingerprint)

    def is_another_edition(self, bank: Bank) -> bool:
        """Return whether what scores has changed between the bank that was answered and ``bank``, as far as known.

        Without a fingerprint, the version tells: another one may have changed what scores.
        """
        if self.fingerprint is None:
            return self.is_another_version(bank)
        return self.fingerprint != bank.fingerprint

    def is_another_version(self, bank: Bank) -> bool:
        """Return whether the bank that was answered says that it is another version than ``bank``."""
        return self.version not in (None, bank.version)


class Team(AssessmentModel):
    """Whom the answers are about. ``profile`` holds the option chosen for each profile question of the bank."""

    name: TeamName
    organisation: TeamName | None = None
    profile: Mapping[Id, Name] = {}

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else self.name

    def is_called(self, name: str, organisation: str | None) -> bool:
        """Return if a team of this name may be this one: the organisation is the same too, or one is not known."""
        both = self.organisation and organisation
        other = both and identity(self.organisation or "") != identity(organisation or "")
        return identity(self.name) == identity(name) and not other


_ID = r"^[0-9a-f]{16}$"


def _made_id(text: str) -> str:
    if not re.fullmatch(_ID, text):
        raise ValueError("this is no id that was made for answers. Leave it out; it is made for you")
    return text


RespondentId = Annotated[str, Field(json_schema_extra={"pattern": _ID}), AfterValidator(_made_id)]
"""What tells one person's answers from another's. A form of ours and ``assess`` draw it at random.

For answers to a survey it is a plain hash of the organisation, the team and what the survey program numbers the
response by. Whoever has the export can work it out again, and so find whose answers a file holds: it is a pseudonym,
and not anonymous.
"""


class Respondent(AssessmentModel):
    """Who answered: a role, never a name. An ``id`` tells that answers are a later save, or the same response again.

    ``one_survey``: the id is made of the response's number. In another survey the same person has another, and somebody
    else may have this one. ``shown_alone``: this person agrees that the answers of their role may be shown although few
    hold it.
    """

    role: Name | None = None
    id: RespondentId | None = None
    one_survey: Literal[True] | None = None
    shown_alone: Literal[True] | None = None


class Response(AssessmentModel):
    """The answer to one question: a level's value, "don't know", or "does not apply" with the reason.

    With none of the three it is a note on a question not answered yet. ``before`` says in words, with the day, what was
    answered to an older version of the bank: it is for the person alone, until they answer again.
    """

    level: Number | None = None
    unknown: Literal[True] | None = None
    not_applicable: Note | None = None
    note: Note | None = None
    evidence: Annotated[tuple[Note, ...], Field(strict=False)] = ()
    before: Annotated[tuple[Note, ...], Field(strict=False)] = ()

    @classmethod
    def __get_pydantic_json_schema__(cls, core: "CoreSchema", handler: "GetJsonSchemaHandler") -> "JsonSchemaValue":
        """Return the schema with the short forms, which people may write."""
        short = [{"type": "number"}, {"type": "string", "pattern": r"^\s*([Uu]nknown|[Nn]/[Aa]\s*:.*\S.*)\s*$"}]
        return {"anyOf": [handler(core), *short]} if handler.mode == "validation" else handler(core)

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: object) -> object:
        """Read ``2``, ``unknown`` and ``n/a: why`` as what they mean."""
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            return {"level": data}
        if data is None:
            raise ValueError(_EMPTY)
        if not isinstance(data, str):
            return data
        word, _, why = (part.strip() for part in data.partition(":"))
        if word.casefold() == UNKNOWN and not why:
            return {"unknown": True}
        if word.casefold() == NOT_APPLICABLE:
            if why:
                return {"not_applicable": why}
            raise ValueError('"n/a" needs a reason. Write "n/a: why", with the quotes')
        raise ValueError(f'"{short(data)}" is not an answer. Write the number of a level, unknown, or "n/a: why"')

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        given = [self.level is not None, self.unknown is not None, self.not_applicable is not None]
        if sum(given) > 1:
            raise ValueError("this gives more than one answer. Keep one of level, unknown and not_applicable")
        if not any(given) and self.note is None and not self.evidence and not self.before:
            raise ValueError(_EMPTY)
        return self

    @property
    def answered(self) -> bool:
        """Whether an answer is given: a level, "don't know" or "does not apply"."""
        return self.level is not None or self.unknown is not None or self.not_applicable is not None


class Assessment(AssessmentModel):
    """One respondent's answers about one team on one date. A question left out is not answered yet.

    ``shows_earlier``: the walk shows last time's answers beside these, null if that was not asked. ``revision`` counts
    how often the file was saved.
    """

    schema_: Annotated[Literal[1], A_NUMBER, Field(alias="schema")] = 1
    bank: BankReference
    team: Team
    respondent: Respondent = Respondent()
    date: dt.date
    responses: Mapping[Id, Response] = {}
    shows_earlier: bool | None = None
    revision: Annotated[int, Field(ge=0)] = 0

    @property
    def respondents(self) -> "tuple[Assessment, ...]":
        """The respondents whose answers these are: one."""
        return (self,)

    @property
    def dealt(self) -> frozenset[str] | None:
        """None: these are one person's answers. Those dealt from a group's counts name what was not counted by role."""
        return None

    def to_json(self) -> str:
        """Return the assessment as it is kept in a file."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        for response in data["responses"].values():
            for name in ("evidence", "before"):
                if not response[name]:
                    del response[name]
        return kept_json(data)
