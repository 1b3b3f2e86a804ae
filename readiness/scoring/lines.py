"""Writes many scores as JSON: the same bytes that each ``Score`` would give, with what comes back again made once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import NamedTuple, TypeVar

from readiness.assessment.model import BankReference, Team
from readiness.bank.model import Bank, Question
from readiness.scoring.bulk import ScoreSheet
from readiness.scoring.by_role import Heard, Voice, Voices
from readiness.scoring.model import ReachedBand, State
from readiness.scoring.packed import shown
from readiness.scoring.parts import DomainPart, SheetResult, Stand, Sums
from readiness.scoring.score import question_score
from readiness.scoring.spread import Spread
from readiness.scoring.team_score import agreement_of, role_question, warning_of
from readiness.text import escaped

_MOST = 5_000
"""How many pieces of JSON of a kind are kept: about 0.3 kB each."""
_STATES = tuple(State)
_ANSWERED = _STATES.index(State.ANSWERED)

Key = TypeVar("Key")


class Shared(NamedTuple):
    """JSON of what only the score of several respondents says: agreement by domain, roles, and the warning."""

    respondents: int
    agreement: Sequence[str]
    roles: str
    warning: str


class ScoreLines:
    """The JSON of the scores that a sheet gives. Raises ValueError if the sheet is not ``in_full``."""

    def __init__(self, sheet: ScoreSheet) -> None:
        if not sheet.in_full:
            raise ValueError("the lines tell what only parts in full have")
        self._sheet = sheet
        self._bank = escaped(BankReference.to(sheet.bank).model_dump_json())
        self._names = [f'"id":{_text(domain.id)},"title":{_text(domain.title)}' for domain in sheet.bank.domains]
        self._bands: dict[int, str] = {}  # by identity: the sheet makes each once
        self._domains: dict[tuple[int, Sums, tuple[int, ...], tuple[int, ...]], str] = {}
        self._heads = [_head(sheet.bank, question) for question in sheet.bank.ordered_questions]
        shapes = [*map(_shape, sheet.bank.ordered_questions)]
        self._shapes = [shapes.index(shape) for shape in shapes]
        self._questions: dict[tuple[int, Stand, bool], str] = {}
        self._role_questions: dict[tuple[str, tuple[int, ...]], str] = {}
        self._alone = Shared(1, ["null"] * len(sheet.bank.domains), "", "null")

    @property
    def kept(self) -> int:
        """How many pieces are kept to be used again."""
        return len(self._domains) + len(self._questions) + len(self._role_questions)

    def line(
        self,
        team: Team,
        parts: Sequence[DomainPart],
        result: SheetResult,
        questions: Iterable[str],
        voices: str,
        shared: Shared | None = None,
    ) -> str:
        """Return the score as ``Score.model_dump_json(by_alias=True)`` does, in one line that moves no cursor.

        ``result`` is what the parts come to; ``questions`` is the JSON of those asked, each made by ``question``, and
        ``voices`` that of who answered, made by ``voices_json``. ``shared`` is made by ``shared`` for several people.
        """
        respondents, agreement, roles, warning = shared or self._alone
        both, helps = _added(parts, [part.sums for part in parts]), _added(parts, [part.helps for part in parts])
        hinders = Sums(*[one - other for one, other in zip(both, helps, strict=True)])
        band = "null" if result.band is None else self._band(result.band)
        count = [sum(each) for each in zip(*[part.states for part in parts], strict=True)]
        people = [sum(each) for each in zip(*[part.people for part in parts], strict=True)]
        overall = f'"score":{_number(result.score)},"low":{_number(result.low)},"high":{_number(result.high)}'
        forces = f'"facilitators":{{{self._range(helps)}}},"barriers":{{{self._range(hinders)}}}'
        return (
            f'{{"schema":1,"bank":{self._bank},"team":{escaped(team.model_dump_json())},"respondents":{respondents},{voices},'
            f'"too_little_known":{"true" if result.score is None else "false"},'
            f'"overall":{{{overall}}},"band":{band},{forces},"coverage":{_coverage(count, people)},'
            f'"domains":[{",".join(map(self._domain, range(len(parts)), parts, agreement))}],'
            f'"questions":[{",".join(questions)}],"roles":[{roles}],"warning":{warning}}}'
        )

    def shared(self, said: Voices, asked: Sequence[tuple[int, ...]]) -> Shared:
        """Return the JSON of what several respondents ``said``; ``asked`` are the places of each domain's questions."""
        agreement = [said.domains[domain.id].model_dump_json() for domain in self._sheet.bank.domains]
        roles = ",".join(self._role(voice, voice.role, asked) for voice in said.roles if voice.role)
        return Shared(said.respondents, agreement, roles, _text(warning_of(said)))

    def _band(self, band: ReachedBand) -> str:
        piece = self._bands.get(id(band))
        if piece is None:
            piece = self._bands[id(band)] = escaped(band.model_dump_json())
        return piece

    def _domain(self, at: int, part: DomainPart, agreement: str) -> str:
        key = (at, part.sums, part.states, part.people)
        piece = self._domains.get(key)
        if piece is None:
            coverage = _coverage(part.states, part.people)
            piece = f'{{{self._range(part.sums)},{self._names[at]},"coverage":{coverage},"agreement":'
            _keep(self._domains, key, piece)
        return f"{piece}{agreement}}}"

    def _range(self, sums: Sums) -> str:
        score, low, high = (_number(shown(ratio)) for ratio in self._sheet.range_of(sums))
        return f'"score":{score},"low":{low},"high":{high}'

    def question(self, at: int, stand: Stand, heard: Heard | None = None) -> str:
        """Return the JSON of the ordered question at ``at``; of several people with what was ``heard`` there."""
        key = (self._shapes[at], stand, heard is None)
        piece = self._questions.get(key)
        if piece is None:
            score = question_score(self._sheet.bank, self._sheet.standing(at, stand))
            if heard is not None:
                score = score.model_copy(update={"agreement": agreement_of(heard)})
            piece = escaped(score.model_dump_json(exclude=_IN_HEAD)[1:])
            _keep(self._questions, key, piece)
        return f"{self._heads[at]}{piece}"

    def _role(self, voice: Voice, role: str, asked: Sequence[tuple[int, ...]]) -> str:
        """Return the JSON of a role that is shown: its scores come from the questions that are shown for it."""
        sheet = self._sheet
        parts = [sheet.part_of((at, self._stand_of(voice, at)) for at in places) for places in asked]
        domains = ",".join(
            f'{{"id":{_text(domain.id)},"score":{_number(part.shown)},"questions":{part.states[_ANSWERED]}}}'
            for domain, part in zip(sheet.bank.domains, parts, strict=True)
        )
        questions = ",".join(map(self._role_question, voice.spreads.values()))
        about = f'"role":{_text(role)},"n":{voice.n},"score":{_number(shown(sheet.overall(parts)))}'
        return f'{{{about},"domains":[{domains}],"questions":[{questions}]}}'

    def _stand_of(self, voice: Voice, at: int) -> Stand:
        """Return where a question stands for a group, as if nobody else had answered."""
        question = self._sheet.bank.ordered_questions[at]
        spread = voice.spreads.get(question.id)
        return Stand((0,) * len(question.levels), 0, voice.n, 0) if spread is None else Stand(spread.counts, 0, 0, 0)

    def _role_question(self, spread: Spread) -> str:
        key = (spread.question.id, spread.counts)
        piece = self._role_questions.get(key)
        if piece is None:
            piece = escaped(role_question(spread).model_dump_json())
            _keep(self._role_questions, key, piece)
        return piece


_IN_HEAD = {"id", "domain", "kind"}


def _head(bank: Bank, question: Question) -> str:
    """Return the start of a question's JSON: the fields that are its own in all its scores."""
    fields = f'"id":{_text(question.id)},"domain":{_text(question.domain)},"kind":{_text(bank.kind(question))}'
    return f"{{{fields},"


def _shape(question: Question) -> tuple[object, ...]:
    """Return all that the other fields depend on: questions of one shape share them."""
    return (question.minimum, *(level.value for level in question.levels))


def _keep(pieces: dict[Key, str], key: Key, piece: str) -> None:
    if len(pieces) >= _MOST:
        pieces.clear()
    pieces[key] = piece


def _added(parts: Sequence[DomainPart], sums: Sequence[Sums]) -> Sums:
    """Return the sums of the parts added up, in the scale of all."""
    scale = lcm(*[part.scale for part in parts])
    scaled = [
        each if part.scale == scale else [one * (scale // part.scale) for one in each]
        for part, each in zip(parts, sums, strict=True)
    ]
    return Sums(*[sum(each) for each in zip(*scaled, strict=True)])


def _number(number: float | None) -> str:
    return "null" if number is None else repr(number)


def voices_json(voices: Mapping[str, int], missing: Sequence[str]) -> str:
    """Return who answered, by role, and the roles that a band needs to hear and nobody answered in, as JSON fields."""
    fields = {"voices": dict(voices), "voices_missing": [*missing]}
    return escaped(json.dumps(fields, ensure_ascii=False, separators=(",", ":"))[1:-1])


def _coverage(counts: Sequence[int], people: Sequence[int]) -> str:
    count = dict(zip(_STATES, counts, strict=True))
    not_applicable = count[State.NOT_APPLICABLE]
    levels, not_known, set_aside = people
    return (
        f'{{"applicable":{sum(counts) - not_applicable},"answered":{count[State.ANSWERED]},'
        f'"unknown":{count[State.UNKNOWN]},"unanswered":{count[State.UNANSWERED]},"not_applicable":{not_applicable},'
        f'"people":{{"levels":{levels},"not_known":{not_known},"not_applicable":{set_aside}}}}}'
    )


def _text(text: str) -> str:
    return escaped(json.dumps(text, ensure_ascii=False))
