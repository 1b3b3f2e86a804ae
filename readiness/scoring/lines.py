"""Writes many scores as JSON: the same bytes that each ``Score`` would give, with what comes back again made once."""

import json
from collections import Counter
from collections.abc import Sequence

from readiness.assessment.model import BankReference, Team
from readiness.bank.model import Question
from readiness.scoring.model import State
from readiness.scoring.numbers import shown_ratio
from readiness.scoring.score import question_score
from readiness.scoring.sheet import Part, Ratio, Result, Sheet, Stand, Sums, together

_MOST = 2_000
"""How many domains' JSON is kept: about 1.5 kB each."""


class Lines:
    """The JSON of the scores that one sheet gives."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._bank = BankReference.to(sheet.bank).model_dump_json()
        self._names = [f'"id":{_text(domain.id)},"title":{_text(domain.title)}' for domain in sheet.bank.domains]
        self._questions: dict[tuple[str, Stand], str] = {}
        self._domains: dict[tuple[int, tuple[Stand, ...]], tuple[str, str, Counter[State]]] = {}

    @property
    def kept(self) -> int:
        """How many pieces are kept to be used again."""
        return len(self._questions) + len(self._domains)

    def line(self, team: Team, respondents: int, parts: Sequence[Part], result: Result) -> str:
        """Return the score as ``Score.model_dump_json(by_alias=True)`` does, in one line."""
        scales = [part.scale for part in parts]
        helps = together([part.helps for part in parts], scales)
        hinders = together([part.hinders for part in parts], scales)
        band = "null" if result.band is None else result.band.model_dump_json()
        made = [self._domain(at, part) for at, part in enumerate(parts)]
        count: Counter[State] = Counter()
        for _, _, counted in made:
            count.update(counted)
        overall = f'"score":{_number(result.score)},"low":{_number(result.low)},"high":{_number(result.high)}'
        return (
            f'{{"schema":1,"bank":{self._bank},"team":{team.model_dump_json()},"respondents":{respondents},'
            f'"overall":{{{overall}}},"band":{band},"facilitators":{{{_range(helps)}}},"barriers":{{{_range(hinders)}}},'
            f'"coverage":{_coverage(count)},"domains":[{",".join([domain for domain, _, _ in made])}],'
            f'"questions":[{",".join([questions for _, questions, _ in made if questions])}]}}'
        )

    def _domain(self, at: int, part: Part) -> tuple[str, str, Counter[State]]:
        """Return the JSON of a domain, that of its questions, and how many of them are in which state."""
        key = (at, part.stands)
        found = self._domains.get(key)
        if found is None:
            count = Counter(stand.state for stand in part.stands)
            domain = f'{{{_range(part.sums)},{self._names[at]},"coverage":{_coverage(count)}}}'
            asked = zip(self._sheet.domains[at], part.stands, strict=True)
            found = domain, ",".join([self._question(question, stand) for question, stand in asked]), count
            if len(self._domains) >= _MOST:
                self._domains.clear()
            self._domains[key] = found
        return found

    def _question(self, question: Question, stand: Stand) -> str:
        key = (question.id, stand)
        if key not in self._questions:
            if len(self._questions) >= _MOST:
                self._questions.clear()
            score = question_score(self._sheet.bank, self._sheet.standing(question, stand))
            self._questions[key] = score.model_dump_json()
        return self._questions[key]


def _range(sums: Sums) -> str:
    score, low, high = (_shown(ratio) for ratio in (sums.score, sums.low, sums.high))
    return f'"score":{score},"low":{low},"high":{high}'


def _shown(ratio: Ratio) -> str:
    return _number(None if ratio is None else shown_ratio(*ratio))


def _number(number: float | None) -> str:
    return "null" if number is None else repr(number)


def _coverage(count: Counter[State]) -> str:
    not_applicable = count[State.NOT_APPLICABLE]
    return (
        f'{{"applicable":{count.total() - not_applicable},"answered":{count[State.ANSWERED]},'
        f'"unknown":{count[State.UNKNOWN]},"unanswered":{count[State.UNANSWERED]},"not_applicable":{not_applicable}}}'
    )


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
