"""Turns what cells hold into parts of a score: the same cell is looked at once, and remembered."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from operator import getitem
from typing import NamedTuple

from readiness.assessment.cells import parse_cell
from readiness.assessment.model import Team
from readiness.bank.fields import holds
from readiness.bank.model import Bank, Question
from readiness.scoring.bulk import ScoreSheet
from readiness.scoring.by_role import Voices, Who, voices_of
from readiness.scoring.kept import Kept
from readiness.scoring.lines import ScoreLines, voices_json
from readiness.scoring.marks import NOT_APPLICABLE, mark_of
from readiness.scoring.parts import DomainPart, SheetResult, Stand
from readiness.scoring.score import Standings, voices_by_role
from readiness.scoring.standing import Standing

_STANDINGS = 5_000
"""How many places where questions stand are remembered for each profile: about 1 kB each."""
_MOST = 500
"""How many different cells of a column are remembered: reasons why something does not apply can be many."""

Answers = tuple[str, ...]
"""A text for each ordered question of the bank, "" where it is not answered."""


class Marking:
    """Marks the answers of many rows. ``in_full``: whether lines of JSON can be made of their parts."""

    def __init__(self, bank: Bank, *, in_full: bool = True) -> None:
        self.bank = bank
        self.sheet = ScoreSheet(bank, in_full=in_full)
        self._profiles: dict[tuple[str, ...], ProfileMarking] = {}
        places = range(len(bank.ordered_questions))
        self.marks_of = [Kept(partial(self._mark, at), _MOST) for at in places]
        self.adds = [Kept(partial(self._add, at), _MOST) for at in places]
        self.adds_nothing = [Kept(partial(self._add_nothing, at), _MOST) for at in places]
        self.json = [Kept(partial(self._question_json, at), _MOST) for at in places]

    @cached_property
    def lines(self) -> ScoreLines:
        """The JSON of scores. Raises ValueError if the parts are not ``in_full``."""
        return ScoreLines(self.sheet)

    def of_profile(self, profile: tuple[str, ...]) -> "ProfileMarking":
        """Return what marks the answers of teams with this profile: a text for each profile question, or ""."""
        found = self._profiles.get(profile)
        if found is None:
            found = self._profiles[profile] = ProfileMarking(self, profile)
        return found

    def mark(self, at: int, text: str) -> int:
        """Return the mark of a cell: an answer to the ordered question at ``at``. Raises ValueError as parse_cell."""
        return self.marks_of[at][text]

    def marks(self, answers: Answers) -> tuple[int, ...]:
        """Return the marks of a row's cells. Raises ValueError as ``mark``."""
        return tuple(map(getitem, self.marks_of, answers))

    def _mark(self, at: int, text: str) -> int:
        question = self.bank.ordered_questions[at]
        return mark_of(question, parse_cell(question, text))

    def _add(self, at: int, text: str) -> int:
        mark = self.mark(at, text)
        set_aside = mark == NOT_APPLICABLE and self.bank.ordered_questions[at].always
        return self.sheet.adds(at, self.sheet.stand(at, [mark]), stray=set_aside)

    def _add_nothing(self, at: int, text: str) -> int:
        self.mark(at, text)  # where it is not asked, it must be right, too
        return self.sheet.adds(at, None, stray=bool(text.strip()))

    def _question_json(self, at: int, text: str) -> str:
        return self.lines.question(at, self.sheet.stand(at, [self.mark(at, text)]))


class Unheard(NamedTuple):
    """Voices that bands need and nobody was: a bit for each band that needs one, by its place, and the roles."""

    silent: int
    roles: tuple[str, ...]


class ProfileMarking:
    """Marks the answers of teams that have one profile in common.

    ``asked`` are the places of the ordered questions that such teams are asked, ``not_asked`` of the others; ``unsaid``
    the ids that the profile leaves out.
    """

    def __init__(self, marking: Marking, profile: tuple[str, ...]) -> None:
        bank = marking.bank
        self.profile = {entry.id: value for entry, value in zip(bank.profile, profile, strict=True) if value}
        self.sheet = marking.sheet
        self._marking = marking
        self.asked = [at for at, question in enumerate(bank.ordered_questions) if holds(question.when, self.profile)]
        self.not_asked = sorted(set(range(len(bank.ordered_questions))).difference(self.asked))
        domains = [range(domain.start, domain.stop) for domain in self.sheet.domains]
        self._not_asked = [[at for at in self.not_asked if at in domain] for domain in domains]
        always = [(at, marking.marks_of[at]) for at in self.asked if bank.ordered_questions[at].always]
        self._always = [[each for each in always if each[0] in domain] for domain in domains]
        self.unsaid = [entry.id for entry, value in zip(bank.profile, profile, strict=True) if not value]
        self._adds = [*marking.adds_nothing]
        for at in self.asked:
            self._adds[at] = marking.adds[at]
        self._asked_adds = [marking.adds[at] for at in self.asked]
        self._asked_domains = [*enumerate(self._slices())]
        self._json = [(at, marking.json[at]) for at in self.asked]
        self._standings: dict[tuple[int, Stand], Standing] = {}
        self._unheard: dict[frozenset[str | None] | str | None, Unheard] = {}
        self._voices: dict[tuple[str | None, ...], str] = {}

    @cached_property
    def _worded(self) -> Mapping[int, Question]:
        return {at: self._marking.bank.ordered_questions[at].worded(self.profile) for at in self.asked}

    @cached_property
    def together(self) -> Mapping[str, str]:
        """By question, the first in the bank that the same people know about."""
        from readiness.plan.find_out import asked_together

        return asked_together(self._marking.bank, self.profile)

    def marks(self, answers: Answers) -> tuple[int, ...]:
        """Return the marks of a row's cells. Raises ValueError as ``Marking.mark``."""
        return self._marking.marks(answers)

    def astray(self, answers: Answers, domains: Sequence[int]) -> list[int]:
        """Return the places of questions of these domains that are answered and not asked."""
        return [at for each in domains for at in self._not_asked[each] if answers[at] and answers[at].strip()]

    def set_aside(self, answers: Answers, domains: Sequence[int]) -> list[int]:
        """Return the places of questions of these domains that always apply, and do not according to the answers."""
        return [at for each in domains for at, marks in self._always[each] if marks[answers[at]] == NOT_APPLICABLE]

    def parts_of_one(self, answers: Answers) -> tuple[DomainPart, ...]:
        """Return what one respondent's answers come to, domain by domain. Raises ValueError if a cell is wrong."""
        return self.sheet.parts(list(map(getitem, self._adds, answers)), enumerate(self.sheet.domains))

    def parts_of_each(self, answers: Sequence[Sequence[str]], count: int) -> list[tuple[DomainPart, ...]]:
        """Return the same for each of ``count`` teams of one: ``answers`` has a column for each question."""
        adds = [[*map(known.__getitem__, column)] for known, column in zip(self._adds, answers, strict=True)]
        return self.sheet.parts_of_each(adds, enumerate(self.sheet.domains), count)

    def parts_of_asked(self, answers: Sequence[Sequence[str]], count: int) -> list[tuple[DomainPart, ...]]:
        """Return the same if nothing else is answered: ``answers`` has columns for the questions ``asked`` alone."""
        adds = [[*map(known.__getitem__, column)] for known, column in zip(self._asked_adds, answers, strict=True)]
        return self.sheet.parts_of_each(adds, self._asked_domains, count)

    def _slices(self) -> Iterator[slice]:
        """Yield which of the questions asked are each domain's."""
        for domain in self.sheet.domains:
            yield slice(bisect_left(self.asked, domain.start), bisect_left(self.asked, domain.stop))

    def parts(self, respondents: Sequence[Answers]) -> tuple[DomainPart, ...]:
        """Return the same of several, or of one."""
        if len(respondents) == 1:
            return self.parts_of_one(respondents[0])
        stands = self._stands(respondents)
        return tuple(
            self.sheet.part_of((at, stand) for at, stand in stands if domain.start <= at < domain.stop)
            for domain in self.sheet.domains
        )

    def standings(self, team: Team, respondents: Sequence[Answers], roles: Sequence[str | None]) -> Standings:
        """Return where every question stands that is asked of the team; each respondent has a role, or none."""
        questions = tuple(self._standing(at, stand) for at, stand in self._stands(respondents))
        return Standings(self._marking.bank, team, voices_by_role(roles, self._marking.bank), questions)

    def _standing(self, at: int, stand: Stand) -> Standing:
        """Return where the question at ``at`` stands, in its words: made once, as most teams share it with others."""
        key = (at, stand)
        standing = self._standings.get(key)
        if standing is None:
            if len(self._standings) >= _STANDINGS:
                self._standings.clear()
            standing = self._standings[key] = Standing(self._worded[at], *stand)
        return standing

    def unheard(self, roles: Sequence[str | None]) -> Unheard:
        """Return the voices that bands need and that none of ``roles`` is."""
        key = roles[0] if len(roles) == 1 else frozenset(roles)
        found = self._unheard.get(key)
        if found is None:
            bank = self._marking.bank
            heard = voices_by_role(roles, bank)
            missing = [
                [role for role in band.voices_needed(self.profile) if not heard.get(role)] for band in bank.bands
            ]
            silent = sum(bool(each) << at for at, each in enumerate(missing))
            found = Unheard(silent, tuple(dict.fromkeys(chain.from_iterable(missing))))
            if len(self._unheard) >= _MOST:
                self._unheard.clear()
            self._unheard[key] = found
        return found

    def voices(
        self,
        stands: Standings,
        respondents: Sequence[Answers],
        who: Sequence[Who],
        least: int,
        dealt: Collection[str] | None = None,
    ) -> Voices:
        """Return what the respondents said whose questions stand at ``stands``; see ``voices_of``."""
        mark = self._marking.mark
        rows = [
            [mark_ if (mark_ := mark(at, answers[at])) >= 0 else None for at in self.asked] for answers in respondents
        ]
        return voices_of(stands, rows, who, least, dealt)

    def line(
        self, team: Team, answers: Answers, role: str | None, parts: Sequence[DomainPart], result: SheetResult
    ) -> str:
        """Return the score of a team with one respondent as JSON, of ``parts`` and the ``result`` that they come to."""
        questions = [cells[answers[at]] for at, cells in self._json]
        return self._marking.lines.line(team, parts, result, questions, self._voices_json((role,)))

    def shared_line(
        self,
        team: Team,
        respondents: Sequence[Answers],
        roles: Sequence[str | None],
        parts: Sequence[DomainPart],
        result: SheetResult,
        said: Voices,
    ) -> str:
        """Return the same of a team with several respondents, who ``said`` it in these ``roles``."""
        lines = self._marking.lines
        asked = [tuple(at for at in self.asked if domain.start <= at < domain.stop) for domain in self.sheet.domains]
        stands = zip(self._stands(respondents), said.questions, strict=True)
        questions = [lines.question(at, stand, heard) for (at, stand), heard in stands]
        return lines.line(team, parts, result, questions, self._voices_json(tuple(roles)), lines.shared(said, asked))

    def _voices_json(self, roles: tuple[str | None, ...]) -> str:
        voices = self._voices.get(roles)
        if voices is None:
            voices = voices_json(voices_by_role(roles, self._marking.bank), self.unheard(roles).roles)
            if len(self._voices) >= _MOST:
                self._voices.clear()
            self._voices[roles] = voices
        return voices

    def _stands(self, respondents: Sequence[Answers]) -> list[tuple[int, Stand]]:
        mark = self._marking.mark
        return [(at, self.sheet.stand(at, [mark(at, answers[at]) for answers in respondents])) for at in self.asked]
