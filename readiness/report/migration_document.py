"""What becomes of answers with a new version of the bank, to look at before it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from readiness.assessment.migrating import Migrated
from readiness.assessment.model import MAX_NOTE
from readiness.bank.model import Bank
from readiness.document.blocks import Block, Document, Heading, Paragraph, Points, Tone
from readiness.language import in_long
from readiness.scoring.bank_alone import BankAlone
from readiness.scoring.explain import band_starts
from readiness.scoring.rounding import in_words
from readiness.text import counted


@dataclass(frozen=True, slots=True)
class MigratedFile:
    """File of answers: what becomes of it, its score by the bank alone, and its own actions."""

    file: str
    found: Migrated
    alone: BankAlone
    own: tuple[str, ...]


def migration_document(old: Bank, bank: Bank, files: Sequence[MigratedFile]) -> Document:
    """Return what is carried over, what is to be confirmed or asked again, and what the bank alone changes."""
    title = f"From {bank.id} {old.version} to {bank.version}"
    blocks = [block for one in files for block in _blocks(old, bank, one)]
    return Document(title=title, kicker=bank.title, running=title, blocks=blocks)


def migration_facts(files: Sequence[MigratedFile]) -> list[dict[str, object]]:
    """Return the same as plain data: ids of questions and actions, and scores from 0 to 100."""
    return [
        {
            "file": one.file,
            "carried": [*one.found.carried],
            "to_confirm": {name: response.level for name, response in one.found.suggested.items()},
            "asked_again": [*one.found.asked_again],
            "new": [*one.found.new],
            "left_out": [*one.found.left_out],
            "shortened": [*one.found.shortened],
            "own_actions": [*one.own],
            "bank_alone": {
                "questions": one.alone.questions,
                "before": _number(one.alone.before.score),
                "after": _number(one.alone.after.score),
            },
        }
        for one in files
    ]


def _number(score: Fraction | None) -> float | None:
    return None if score is None else round(float(score), 1)


def _blocks(old: Bank, bank: Bank, one: MigratedFile) -> Iterator[Block]:
    found = one.found
    yield Heading(f"{one.file}: {found.assessment.team.name}, {in_long(found.assessment.date)}", 2)
    again = [_name(bank, name) for name in found.asked_again]
    yield Points(
        [
            f"{counted(len(found.carried), 'answer')} carried over.",
            f"{counted(len(found.suggested), 'answer')} to confirm: the old answer only suggests a level.",
            f"{counted(len(found.asked_again), 'question')} asked again{_named(again)}.",
            f"{counted(len(found.new), 'question')} not answered then{_named([_name(bank, n) for n in found.new])}.",
            *([f"Leads nowhere: {', '.join(found.left_out)}."] if found.left_out else []),
            *([_shortened([_name(bank, name) for name in found.shortened])] if found.shortened else []),
            *([f"Kept as actions of your own, as the bank no longer has them: {len(one.own)}."] if one.own else []),
        ]
    )
    yield _alone(old, bank, one.alone)


def _shortened(names: Sequence[str]) -> str:
    limit = f"A note may have {MAX_NOTE:,} characters, so the end of {counted(len(names), 'note')} is left out"
    return f"{limit}{_named(names)}. The original file has all of it."


def _alone(old: Bank, bank: Bank, alone: BankAlone) -> Block:
    if alone.before.score is None or alone.after.score is None:
        return Paragraph("Nothing can be scored by both versions, so no score can be compared.", Tone.NOTE)
    then, now = (in_words(each.score, band_starts(bank)) for each in (alone.before, alone.after))
    return Paragraph(
        f"Over {counted(alone.questions, 'question')} that both versions can score, if all is confirmed: {then} by "
        f"{old.version}, {now} by {bank.version}. The answers are the same, so this is the change of the bank alone.",
        Tone.NOTE,
    )


def _name(bank: Bank, name: str) -> str:
    return bank.question_by_id[name].name


def _named(names: Sequence[str]) -> str:
    return f": {'; '.join(names)}" if names else ""
