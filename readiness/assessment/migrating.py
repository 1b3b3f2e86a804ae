"""Takes one person's answers from an older version of a bank to today's. No answer is made up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness.assessment.model import MAX_NOTE, Assessment, BankReference, Response, Team
from readiness.bank.fields import holds
from readiness.bank.migration import Migration, MovedAnswers, read_migration
from readiness.bank.model import Bank, Question
from readiness.language import in_long
from readiness.text import some

_CUT = " …"


@dataclass(frozen=True, slots=True)
class Migrated:
    """Answers to an older version, as far as they hold for today's.

    ``assessment`` has the answers that kept their meaning. What was written to the others stays, and what was answered
    stands ``before`` their answer, with the day. ``suggested`` are answers for a person to confirm, by question of
    today. ``asked_again`` are questions whose old answer leads to none, ``new`` are asked today and were not then,
    ``left_out`` are old ones that lead nowhere. ``shortened`` are questions whose note leaves out its end, as it is
    more than a note may have.
    ``sources`` says, for each question of today that has an answer or a suggestion, which old ones it comes from, and
    ``of`` which bank was answered.
    """

    assessment: Assessment
    carried: tuple[str, ...]
    suggested: Mapping[str, Response]
    asked_again: tuple[str, ...]
    new: tuple[str, ...]
    left_out: tuple[str, ...]
    shortened: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]
    of: BankReference

    @property
    def if_confirmed(self) -> Assessment:
        """The answers as they would be with every suggestion confirmed."""
        kept = self.assessment.responses
        suggested = {name: _with_note_of(kept.get(name), response) for name, response in self.suggested.items()}
        return self.assessment.model_copy(update={"responses": {**kept, **suggested}})

    @property
    def meaning_kept(self) -> Assessment:
        """The answers that kept their meaning, and all notes, still said to be of the version they were given to."""
        return self.assessment.model_copy(update={"bank": self.of})


def leading_over(bank: Bank, answered: BankReference, folder: Path) -> Migration | None:
    """Return how ``bank``, in ``folder``, leads over from another version; None if it does not say, or if it is none.

    Raises InputError if the bank's file about that version is wrong.
    """
    return read_migration(folder, answered.version, bank) if answered.is_another_version(bank) else None


def in_the_meaning_of(
    bank: Bank, assessments: Sequence[Assessment], folder: Path
) -> tuple[tuple[Assessment, ...], tuple[str, ...]]:
    """Return the assessments with those answers alone that mean the same in ``bank``, as far as it leads over to them.

    They still say which version was answered. With them come the questions whose answers are left out, as an older
    version meant something else by them. ``folder`` is the bank's. Raises InputError if its file about that version is
    wrong.
    """
    kept: list[Assessment] = []
    lost: set[str] = set()
    for one in assessments:
        migration = leading_over(bank, one.bank, folder)
        if migration is None:
            kept.append(one)
            continue
        found = migrated(one, migration, bank)
        kept.append(found.meaning_kept)
        lost.update(found.suggested, found.asked_again)
    return tuple(kept), tuple(question.id for question in bank.questions if question.id in lost)


def meant_otherwise(bank: Bank, lost: Sequence[str]) -> str:
    """Return what to tell of questions that ``in_the_meaning_of`` left out."""
    asked = some([f"“{bank.question_by_id[name].name}”" for name in lost])
    return f"Answers to an older version meant something else, and do not count: {asked}."


def migrated(answers: Assessment, migration: Migration, bank: Bank, old: Bank | None = None) -> Migrated:
    """Return the answers to an older version as far as they hold for ``bank``, today's.

    With the ``old`` bank, the words that were chosen are kept too. A question that today's profile does not ask for
    takes nothing over: of one that became two, each service has the one that fits it.
    """
    asked = {question.id: question for question in bank.questions if holds(question.when, answers.team.profile)}
    moves = {moved.to: moved for moved in migration.questions if moved.to in asked}
    carried: dict[str, Response] = {}
    for name, response in answers.responses.items():
        if name in asked and name not in moves and name not in migration.named:
            if _still_fits(response, asked[name]):
                carried[name] = response
            else:
                moves[name] = MovedAnswers(to=name, from_=(name,))
    suggested: dict[str, Response] = {}
    notes: dict[str, Response] = {}
    again: list[str] = []
    given = {
        name: [answers.responses[one] for one in moved.from_ if one in answers.responses]
        for name, moved in moves.items()
    }
    joined: dict[str, str] = {}
    for name in filter(given.get, moves):
        moved, answer = moves[name], _answer(given[name], moves[name], asked[name])
        only_suggests = answer is not None and answer.level is not None and migration.needs_confirming(moved)
        settled = None if only_suggests else answer
        if settled is not None and len(given[name]) == 1:
            carried[name] = _with_note_of(given[name][0], settled)
            continue
        joined[name] = "\n".join(one.note for one in given[name] if one.note)
        written = {
            "note": _fitting(joined[name]) or None,
            "evidence": tuple(shown for one in given[name] for shown in one.evidence),
            "before": tuple(map(_fitting, _before(answers, moved, old))),
        }
        note = Response.model_validate(written) if any(written.values()) else None
        if settled is not None:
            carried[name] = _with_note_of(note, settled)
            continue
        if answer is not None:
            suggested[name] = answer
        elif any(one.answered for one in given[name]):
            again.append(name)
        if note is not None:
            notes[name] = note
    used = {*(name for name in carried if name not in moves), *(one for moved in moves.values() for one in moved.from_)}
    reached = {*carried, *suggested, *again}
    return Migrated(
        assessment=answers.model_copy(
            update={"bank": BankReference.to(bank), "team": _team(answers, bank), "responses": {**notes, **carried}}
        ),
        carried=tuple(carried),
        suggested=suggested,
        asked_again=tuple(again),
        new=tuple(name for name in asked if name not in reached),
        left_out=tuple(name for name in answers.responses if name not in used),
        shortened=tuple(name for name, text in joined.items() if len(text) > MAX_NOTE),
        sources={name: moves[name].from_ if name in moves else (name,) for name in (*carried, *suggested)},
        of=answers.bank,
    )


def _fitting(text: str) -> str:
    """Return the text, or as much of it as a note may have, with a mark where it was cut."""
    return text if len(text) <= MAX_NOTE else f"{text[: MAX_NOTE - len(_CUT)]}{_CUT}"


def _still_fits(response: Response, question: Question) -> bool:
    if response.not_applicable and question.always:
        return False
    return response.level is None or question.level(response.level) is not None


def _answer(given: Sequence[Response], moved: MovedAnswers, question: Question) -> Response | None:
    """Return the answer to today's question; None if it must be asked again. Of several, the lowest level counts."""
    if len(given) < len(moved.from_):
        return None
    if any(one.unknown for one in given):
        return Response(unknown=True)
    if all(one.not_applicable for one in given):
        return None if question.always else Response(not_applicable=given[0].not_applicable)
    levels = [None if one.level is None else moved.level(one.level) for one in given]
    found = [level for level in levels if level is not None]
    return Response(level=min(found)) if len(found) == len(given) else None


def _before(answers: Assessment, moved: MovedAnswers, old: Bank | None) -> Iterator[str]:
    """Yield what was answered then, with the day, after what was answered before that."""
    day = in_long(answers.date)
    for name in moved.from_:
        response = answers.responses.get(name)
        if response is None:
            continue
        yield from response.before
        question = None if old is None else old.question_by_id.get(name)
        level = None if question is None or response.level is None else question.level(response.level)
        if level is not None:
            yield f"Answered on {day}: “{level.text}”"
        if response.not_applicable:
            yield f"Said on {day} not to apply: {response.not_applicable}"


def _with_note_of(noted: Response | None, answer: Response) -> Response:
    kept = {} if noted is None else {"note": noted.note, "evidence": noted.evidence, "before": noted.before}
    return answer.model_copy(update=kept)


def _team(answers: Assessment, bank: Bank) -> Team:
    options = {asked.id: {option.id for option in asked.options} for asked in bank.profile}
    profile = {key: value for key, value in answers.team.profile.items() if value in options.get(key, ())}
    return answers.team.model_copy(update={"profile": profile})
