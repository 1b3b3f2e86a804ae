"""Writes many scores as JSON: the same bytes that each ``Score`` would give, with what comes back again made once.

Only of teams with one respondent: the score of several says how far they agree, too (``together``).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from readiness.assessment.model import BankReference, Team
from readiness.scoring.bulk import DomainPart, ScoreSheet, SheetResult, Stand, Sums, shown
from readiness.scoring.model import ReachedBand, State
from readiness.scoring.score import question_score
from readiness.text import escaped

_MOST = 5_000
"""How many pieces of JSON of a kind are kept: about 0.3 kB each."""
_STATES = tuple(State)

Key = TypeVar("Key")


class ScoreLines:
    """The JSON of the scores that a sheet gives."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self._sheet = sheet
        self._bank = escaped(BankReference.to(sheet.bank).model_dump_json())
        self._names = [f'"id":{_text(domain.id)},"title":{_text(domain.title)}' for domain in sheet.bank.domains]
        self._bands: dict[int, str] = {}  # by identity: the sheet makes each once
        self._domains: dict[tuple[int, Sums, tuple[int, ...], tuple[int, ...]], str] = {}
        self._questions: dict[tuple[int, Stand], str] = {}

    @property
    def kept(self) -> int:
        """How many pieces are kept to be used again."""
        return len(self._domains) + len(self._questions)

    def line(
        self, team: Team, parts: Sequence[DomainPart], result: SheetResult, questions: Iterable[str], voices: str
    ) -> str:
        """Return the score as ``Score.model_dump_json(by_alias=True)`` does, in one line that moves no cursor.

        ``result`` is what the parts come to; ``questions`` is the JSON of those asked, each made by ``question``, and
        ``voices`` that of who answered, made by ``voices_json``.
        """
        both, helps = _added([part.sums for part in parts]), _added([part.helps for part in parts])
        hinders = Sums(*[one - other for one, other in zip(both, helps, strict=True)])
        band = "null" if result.band is None else self._band(result.band)
        count = [sum(each) for each in zip(*[part.states for part in parts], strict=True)]
        people = [sum(each) for each in zip(*[part.people for part in parts], strict=True)]
        overall = f'"score":{_number(result.score)},"low":{_number(result.low)},"high":{_number(result.high)}'
        forces = f'"facilitators":{{{self._range(helps)}}},"barriers":{{{self._range(hinders)}}}'
        return (
            f'{{"schema":1,"bank":{self._bank},"team":{escaped(team.model_dump_json())},"respondents":1,{voices},'
            f'"too_little_known":{"true" if result.score is None else "false"},'
            f'"overall":{{{overall}}},"band":{band},{forces},"coverage":{_coverage(count, people)},'
            f'"domains":[{",".join(map(self._domain, range(len(parts)), parts))}],'
            f'"questions":[{",".join(questions)}],"roles":[],"warning":null}}'
        )

    def _band(self, band: ReachedBand) -> str:
        piece = self._bands.get(id(band))
        if piece is None:
            piece = self._bands[id(band)] = escaped(band.model_dump_json())
        return piece

    def _domain(self, at: int, part: DomainPart) -> str:
        key = (at, part.sums, part.states, part.people)
        piece = self._domains.get(key)
        if piece is None:
            coverage = _coverage(part.states, part.people)
            piece = f'{{{self._range(part.sums)},{self._names[at]},"coverage":{coverage},"agreement":null}}'
            _keep(self._domains, key, piece)
        return piece

    def _range(self, sums: Sums) -> str:
        score, low, high = (_number(shown(ratio)) for ratio in self._sheet.range_of(sums))
        return f'"score":{score},"low":{low},"high":{high}'

    def question(self, at: int, stand: Stand) -> str:
        """Return the JSON of the ordered question at ``at``."""
        key = (at, stand)
        piece = self._questions.get(key)
        if piece is None:
            score = question_score(self._sheet.bank, self._sheet.standing(at, stand))
            piece = escaped(score.model_dump_json())
            _keep(self._questions, key, piece)
        return piece


def _keep(pieces: dict[Key, str], key: Key, piece: str) -> None:
    if len(pieces) >= _MOST:
        pieces.clear()
    pieces[key] = piece


def _added(sums: Sequence[Sums]) -> Sums:
    return Sums(*[sum(each) for each in zip(*sums, strict=True)])


def _number(number: float | None) -> str:
    return "null" if number is None else repr(number)


def voices_json(voices: Mapping[str, int], missing: Sequence[str]) -> str:
    """Return who answered, by role, and the roles that a band needs to hear and nobody answered in, as JSON fields."""
    said = json.dumps(dict(voices), ensure_ascii=False, separators=(",", ":"))
    unheard = json.dumps([*missing], ensure_ascii=False, separators=(",", ":"))
    return escaped(f'"voices":{said},"voices_missing":{unheard}')


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
