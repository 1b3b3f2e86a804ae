"""Teams of a batch: their rows, each person's once, and their scores."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from readiness.assessment.duplicates import BY_CHANCE, each_once, refusing
from readiness.assessment.model import Assessment, Team
from readiness.assessment.reading import group_alone
from readiness.bank.model import Bank
from readiness.batch.ledger import digest
from readiness.batch.rows import Refused, RespondentRow, assessment_of, slug_of
from readiness.batch.scorer import Answers, Marking, ProfileMarking, Unheard
from readiness.errors import InputError, Notice, Problem
from readiness.intake.left_out import Reason, too_few
from readiness.intake.respondents import Gathered
from readiness.intake.responses_once import each_response_once
from readiness.intake.teams import joining
from readiness.roundtrip.form_entries import Given
from readiness.scoring.by_role import Voices, Who, dealt_of
from readiness.scoring.marks import UNANSWERED
from readiness.scoring.model import OVERALL, Range, ReachedBand
from readiness.scoring.packed import Ratio, exact_score
from readiness.scoring.parts import DomainPart, SheetResult

if TYPE_CHECKING:
    from readiness.plan.basis import PlanBasis
    from readiness.scoring.score import Standings

NOTHING = Given()
"""What is given if a person says nothing."""
_NONE: Mapping[Reason, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TeamOutcome:
    """One team of a batch: what its plan is built from, its scores and band, and what each of its respondents scores.

    ``ranges`` are the overall score and each domain's, ``band`` is None if too little is known.
    ``by_respondent`` has an entry for each respondent, in the order read: ``OVERALL`` and each domain's id, with the
    score from 0 to 100 that this respondent's answers to the team's known questions would give alone, or None if too
    little is known of that, or if it could tell, beside roles that are shown, what somebody else said. It is empty
    for a group whose hands were counted: nobody knows who gave which answers.
    ``slug`` is what the team's files are called, without an ending.
    """

    basis: "PlanBasis"
    ranges: tuple[Range, ...]
    band: ReachedBand | None
    by_respondent: tuple[Mapping[str, Fraction | None], ...]
    slug: str


class TeamRows(NamedTuple):
    """One team: its rows, each a respondent, and what they come to."""

    rows: tuple[RespondentRow, ...]
    marking: ProfileMarking
    parts: tuple[DomainPart, ...]

    @property
    def team(self) -> Team:
        """Which team it is, with all that its rows say of its profile."""
        first = self.rows[0]
        return Team(name=first.team, organisation=first.organisation or None, profile=self.marking.profile)

    @property
    def slug(self) -> str:
        """What the team's files are called: never the same for two teams."""
        return slug_of(self.rows[0].team, self.rows[0].whose)

    def answers_digest(self, least: int) -> str:
        """Return a digest of all that the rows hold, in any order.

        A role is shown from ``least`` respondents on: that tells, too.
        """
        return digest(str(least), *sorted(row.content for row in self.rows))

    @property
    def unheard(self) -> Unheard:
        """The voices that bands need and that nobody in the team is."""
        return self.marking.unheard(self._roles)

    def result(self) -> SheetResult:
        """Return the team's score and band."""
        return self.marking.sheet.result(self.parts, self.unheard.silent)

    def line(self, result: SheetResult, least: int) -> str:
        """Return the team's score as JSON, in one line. Roles are shown from ``least`` respondents on."""
        if len(self.rows) == 1:
            return self.marking.line(self.team, self.rows[0].answers, self._roles[0], self.parts, result)
        said = self._said(self._standings(), least)
        return self.marking.shared_line(self.team, self._answers, self._roles, self.parts, result, said)

    def outcome(self, least: int) -> TeamOutcome:
        """Return all that a portfolio is made from. Roles are heard by themselves from ``least`` respondents on."""
        from readiness.plan.basis import PlanBasis

        stands = self._standings()
        said = self._said(stands, least) if len(self.rows) > 1 else None
        # What too few said for a question to be known goes into nothing, not even into what people score alone.
        known = {standing.question.id for standing in stands.questions if standing.known}
        counts = [question.id in known for question in stands.bank.ordered_questions]
        # Beside roles that are shown, here or later, these could tell what somebody else said, as alpha could.
        names = (OVERALL, *(domain.id for domain in stands.bank.domains))
        hidden = {name for name in names if said and said.withholds(None if name == OVERALL else name)}
        alone = tuple(
            self._alone(tuple(text if is_known else "" for text, is_known in zip(answers, counts, strict=True)), hidden)
            for answers in (() if self._dealt is not None else self._answers)
        )
        basis = PlanBasis.of(stands, said, self.marking.together)
        return TeamOutcome(basis, self._ranges, self.result().band, alone, self.slug)

    @property
    def _ranges(self) -> tuple[Range, ...]:
        domains = ((part.score, part.low, part.high) for part in self.parts)
        return tuple(_range(*ratios) for ratios in (self.marking.sheet.whole(self.parts), *domains))

    def _standings(self) -> "Standings":
        return self.marking.standings(self.team, self._answers, self._roles)

    def _said(self, stands: "Standings", least: int) -> Voices:
        who = [_who(row) for row in self.rows]
        return self.marking.voices(stands, self._answers, who, least, self._dealt)

    def _alone(self, answers: Answers, hidden: Container[str]) -> dict[str, Fraction | None]:
        """Return what one respondent's answers alone would score; None for what is ``hidden``."""
        sheet, parts = self.marking.sheet, self.marking.parts_of_one(answers)
        domains = {domain.id: exact_score(part.score) for domain, part in zip(sheet.bank.domains, parts, strict=True)}
        scores = {OVERALL: exact_score(sheet.overall(parts)), **domains}
        return {name: None if name in hidden else score for name, score in scores.items()}

    @property
    def _dealt(self) -> frozenset[str] | None:
        return dealt_of(row.assessment for row in self.rows if row.assessment is not None)

    @property
    def _roles(self) -> list[str | None]:
        return [row.role or None for row in self.rows]

    @property
    def _answers(self) -> list[Answers]:
        return [row.answers for row in self.rows]


def _range(score: Ratio, low: Ratio, high: Ratio) -> Range:
    return Range(score=exact_score(score), low=exact_score(low), high=exact_score(high))


def _who(row: RespondentRow) -> Who:
    return Who(row.role or None, row.assessment is not None and bool(row.assessment.respondent.shown_alone))


Found = TeamRows | Refused | Notice


def together(
    rows: Sequence[RespondentRow], marking: Marking, given: Given = NOTHING, lost: Mapping[Reason, int] = _NONE
) -> Iterable[Found]:
    """Return one team's rows as a team, if there are any, and what is wrong.

    A row that contradicts those before it about the profile is refused.
    If nothing tells which of a respondent's answers count, the whole team is refused, as ``readiness score`` does.
    So it is if too few are left because of those that can't be used: ``lost`` ones, or refused here (``too_few``). If
    more are left, and some are wrong, no small role is shown: not all who hold it can be known to agree.
    What is given of the profile fills in what no row says, and settles what rows say differently.
    """
    if len(rows) == 1 and rows[0].parts and not given.profile and not lost:  # as most are, of a million rows
        return (TeamRows((rows[0],), marking.of_profile(rows[0].profile), rows[0].parts),)
    return _together(rows, marking, given, lost)


def _together(
    rows: Sequence[RespondentRow], marking: Marking, given: Given, lost: Mapping[Reason, int]
) -> Iterator[Found]:
    if len(rows) > 1:
        rows, joined = _spelt_once(rows)
        yield from joined
        rows, told = _each_once(rows, marking)
        yield from told
    if not rows:
        return
    profile, kept = rows[0].profile, list(rows)
    if len(rows) > 1 and any(row.profile != profile for row in rows):
        kept = []
        for row in rows:
            problems = [*_contradictions(row, profile, marking.bank, given)]
            if problems:
                yield Refused(tuple(problems), row.team, row.organisation)
            else:
                profile = tuple(one or other for one, other in zip(profile, row.profile, strict=True))
                kept.append(row)
    wrong = lost.get(None, 0) + len(rows) - len(kept)
    if problem := too_few(len(kept), {**lost, None: wrong}, kept[0].place):
        yield _undecided([problem], rows[0])
        return
    if wrong and any(_who(row).agreed for row in kept):
        kept = [_refusing(row) for row in kept]
        silent = "some rows of this team can’t be used. So an agreement to show a small role does not count in it"
        yield Notice(f"{kept[0].place}: {silent}.")
    if given.profile:
        profile = _completed(profile, kept, marking.bank, given)
        kept = [_with_profile(row, profile, marking.bank) for row in kept]
    marks = marking.of_profile(profile)
    parts = kept[0].parts if len(kept) == 1 else None
    yield TeamRows(tuple(kept), marks, parts or marks.parts([row.answers for row in kept]))


def _refusing(row: RespondentRow) -> RespondentRow:
    return row if row.assessment is None else row._replace(assessment=refusing(row.assessment))


def _completed(profile: tuple[str, ...], rows: Sequence[RespondentRow], bank: Bank, given: Given) -> tuple[str, ...]:
    """Return the profile with what is given, if rows leave it out or say it differently."""
    said = [{row.profile[at] for row in rows} - {""} for at in range(len(bank.profile))]
    return tuple(
        given.profile.get(entry.id, value) if len(found) != 1 else value
        for entry, value, found in zip(bank.profile, profile, said, strict=True)
    )


def _with_profile(row: RespondentRow, profile: tuple[str, ...], bank: Bank) -> RespondentRow:
    if row.profile == profile:
        return row
    whole = row.assessment
    if whole is not None:
        said = {entry.id: value for entry, value in zip(bank.profile, profile, strict=True) if value}
        team = whole.team.model_copy(
            update={"profile": said | {key: value for key, value in whole.team.profile.items() if key not in said}}
        )
        whole = whole.model_copy(update={"team": team})
    return row._replace(profile=profile, assessment=whole, parts=None)


def _spelt_once(rows: Sequence[RespondentRow]) -> tuple[Sequence[RespondentRow], Sequence[Notice]]:
    """Return the rows with the team's names as they are first spelt, and what to tell of an organisation left out."""
    name = rows[0].team
    organisation = next((row.organisation for row in rows if row.organisation), "")
    if all(row.team == name and row.organisation == organisation for row in rows):
        return rows, ()
    silent = sum(not row.organisation for row in rows)
    team, todo = Team(name=name, organisation=organisation or None), "give it an organisation of its own"
    told = [Notice(f"{rows[0].place}: {joining(silent, team, todo)}")] if silent and organisation else []
    return [_renamed(row, team) for row in rows], told


def _renamed(row: RespondentRow, team: Team) -> RespondentRow:
    names = {"name": team.name, "organisation": team.organisation}

    def renamed(whole: Assessment | None) -> Assessment | None:
        return whole and whole.model_copy(update={"team": whole.team.model_copy(update=names)})

    whole, answered = renamed(row.assessment), renamed(row.answered)
    return row._replace(team=team.name, organisation=team.organisation or "", assessment=whole, answered=answered)


def _each_once(
    rows: Sequence[RespondentRow], marking: Marking
) -> tuple[Sequence[RespondentRow], Sequence[Notice | Refused]]:
    """Return the rows without repeated responses, older saves and copies, and what to tell about those.

    There are none if nothing tells which of two is the newer: without both, the score would be of fewer people.
    """
    told: list[Notice | Refused] = []
    try:
        if _is_group(rows, marking.bank):
            return rows, told
    except InputError as error:
        return (), [_undecided(error.problems, rows[0])]
    numbered = [at for at, row in enumerate(rows) if row.response]
    if len(numbered) > 1:
        found = [_gathered(rows[at], marking.bank) for at in numbered]
        once = each_response_once(found)
        if once.problems:
            return (), [_undecided(once.problems, rows[0])]
        told += map(Notice, once.notices)
        kept = {numbered[nth]: one.with_id() for nth, one in once.kept.items()}
        rows = [
            row._replace(assessment=kept[at]) if at in kept else row
            for at, row in enumerate(rows)
            if at in kept or not row.response
        ]
    if not _may_repeat(rows, marking):
        return rows, told
    try:
        said = [row.answered or assessment_of(row, marking.bank) for row in rows]
        names = [str(row.place) for row in rows]
        each = each_once(said, names, marking.bank.roles)
    except InputError as error:
        return (), [*told, _undecided(error.problems, rows[0])]
    rows = [_refusing(rows[at]) if at in each.refused else rows[at] for at in each.kept]
    return rows, [*told, *map(Notice, each.notices)]


def _gathered(row: RespondentRow, bank: Bank) -> Gathered:
    return Gathered(assessment_of(row, bank), row.response, row.place, surveyed=True, numbered=row.numbered)


def _is_group(rows: Sequence[RespondentRow], bank: Bank) -> bool:
    """Return whether the rows are a group's. Raises InputError if only some of them are."""
    if dealt_of(row.assessment for row in rows if row.assessment is not None) is None:
        return False
    return group_alone((row.file, assessment_of(row, bank)) for row in rows)


def _may_repeat(rows: Sequence[RespondentRow], marking: Marking) -> bool:
    """Return whether two rows may be one person's: files of answers always, others if they say the same throughout.

    Few answers can be the same by chance: only those with enough of them are compared.
    """
    if sum(row.assessment is not None and not row.number for row in rows) > 1:
        return True
    if len({row.file for row in rows if row.response and not row.numbered}) > 1:
        return True  # an edited answer has another time
    seen = set()
    for row in rows:
        marks = marking.marks(row.answers)
        if len(marks) - marks.count(UNANSWERED) >= BY_CHANCE:
            said = row.date, marks
            if said in seen:
                return True
            seen.add(said)
    return False


def _undecided(problems: Sequence[Problem], row: RespondentRow) -> Refused:
    """Return that the team of the row has no score."""
    told = (replace(problem, todo=f"{problem.todo} Until then the team has no score.") for problem in problems)
    return Refused(tuple(told), row.team, row.organisation)


def _contradictions(row: RespondentRow, profile: Sequence[str], bank: Bank, given: Given) -> Iterator[Problem]:
    for entry, before, now in zip(bank.profile, profile, row.profile, strict=True):
        if before and now and before != now and entry.id not in given.profile:
            what = f'"{entry.id}" is {now} here, and {before} in the rows of this team before it'
            yield Problem(what, "Correct one of them.", row.place)
