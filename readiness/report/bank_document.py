"""A question bank in words and tables."""

from collections.abc import Iterator

from readiness.bank.model import Action, Bank, Condition, Kind, Question
from readiness.document.blocks import Block, Grid, Heading, Hint, Points, of_numbers, of_words
from readiness.plan.edits import EFFORT_WORDS, HORIZON_WORDS
from readiness.report.sentences import known_by
from readiness.text import counted, ended, listed

_KINDS = {Kind.FACILITATOR: "helps", Kind.BARRIER: "gets in the way"}


def overview(bank: Bank) -> Iterator[Block]:
    """Yield every question of the bank in a line, part by part."""
    yield from _head(bank)
    for domain in bank.domains:
        yield Heading(domain.title)
        columns = (*of_words("Question, and its id", "Kind"), *of_numbers("Levels"), *of_words("Asked of"))
        rows = [
            ((one.name, one.id), bank.kind(one), f"{len(one.levels)}", _asked_of(one.when))
            for one in bank.questions
            if one.domain == domain.id
        ]
        yield Grid(columns, rows)
    yield Hint("To see one in full, add --question and its id. To have all of it as a page, add -o bank.md.")


def bank_blocks(bank: Bank) -> Iterator[Block]:
    """Yield what the bank asks, stands on and suggests, in full, as a page to read; not its other wordings."""
    yield from _head(bank)
    yield Heading("About the service")
    for asked in bank.profile:
        yield f"{asked.text} ({asked.id})"
        yield Points([f"{option.label} ({option.id})" for option in asked.options])
    for domain in bank.domains:
        yield Heading(domain.title)
        yield domain.about
        for question in bank.questions:
            if question.domain == domain.id:
                yield from question_blocks(bank, question)
    yield Heading("Bands")
    gates = [question.name for question in bank.questions if question.minimum is not None]
    waits = f" It also needs a minimum of: {listed(gates, 'and')}."
    yield Points(
        [
            f"{ended(f'{band.label}, from {band.start:g}: {band.meaning}')}{waits if band.gated and gates else ''}"
            for band in bank.bands
        ]
    )
    yield Heading("Sources")
    yield Points(
        [" ".join(part for part in (f"{one.id}: {one.citation}", one.about, one.url) if part) for one in bank.sources]
    )


def question_blocks(bank: Bank, question: Question) -> Iterator[Block]:
    """Yield a question in full: what it asks, its levels, what it stands on, and what it suggests."""
    yield Heading(f"{question.name} ({question.id})", 3)
    yield question.text
    if question.help:
        yield question.help
    if question.when:
        yield f"Asked of a service with {_asked_of(question.when)}."
    yield Points([_level(bank, question, at) for at in range(len(question.levels))])
    if question.keep:
        yield f"At the top: {question.keep}"
    for name in question.findings:
        finding = bank.finding_by_id[name]
        yield f"What it stands on: {ended(finding.statement)} This {_KINDS[finding.kind]} ({finding.source})."
    if question.who_knows:
        yield f"Who knows: {question.who_knows}"
    if question.evidence:
        yield f"What would show it: {'; '.join(question.evidence)}."
    steps = [*map(_step, question.actions)]
    if steps:
        yield f"What it suggests: {counted(len(steps), 'action')}"
        yield Points(steps)


def _head(bank: Bank) -> Iterator[Block]:
    yield Heading(bank.title)
    holds = f"{counted(len(bank.questions), 'question')} in {counted(len(bank.domains), 'part')}"
    stands = f"which stand on {counted(len(bank.findings), 'finding')}"
    yield f"{bank.id} {bank.version}: {holds}, {stands}. Fingerprint {bank.fingerprint}."
    if bank.caution:
        yield bank.caution


def _step(action: Action) -> str:
    what = f"To {action.to:g}: {ended(action.title)} {ended(action.detail)}"
    facts = f"{action.owner}; {HORIZON_WORDS[action.horizon].lower()}; {EFFORT_WORDS[action.effort]}."
    return f"{what} {facts} {known_by(action)}"


def _level(bank: Bank, question: Question, at: int) -> str:
    level = question.levels[at]
    gated = listed([f"“{band.label}”" for band in bank.bands if band.gated])
    gate = f" This is the minimum for {gated}." if level.value == question.minimum else ""
    return f"{level.value:g}: {ended(level.text)}{gate}"


def _asked_of(when: Condition | None) -> str:
    return "; ".join(f"{key}: {listed([*values], 'or')}" for key, values in (when or {}).items())
