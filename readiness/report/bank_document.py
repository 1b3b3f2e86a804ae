"""Question bank as a document: an overview, all of it, or one question."""

from collections.abc import Iterator

from readiness.bank.fields import Condition
from readiness.bank.model import Action, Bank, Kind, Question
from readiness.document.blocks import Block, Document, Heading, Hint, Points, Section
from readiness.document.spans import quiet
from readiness.document.tables import Column, Lines, Table, of_numbers, of_words
from readiness.plan.edits import EFFORT_WORDS, HORIZON_WORDS
from readiness.report.sentences import known_by
from readiness.text import counted, ended, listed

KINDS = {Kind.FACILITATOR: "helps", Kind.BARRIER: "gets in the way"}


def overview_document(bank: Bank) -> Document:
    """Return every question of the bank in a line, part by part."""
    blocks: list[Block] = [*_head(bank)]
    columns = (
        Column("Question, and its id", share=4, row_header=True),
        *of_words("Kind", share=1.4),
        *of_numbers("Levels", share=0.8),
        *of_words("Asked of", share=3),
    )
    for domain in bank.domains:
        rows = [
            (Lines([one.name, quiet(one.id)]), bank.kind(one), f"{len(one.levels)}", asked_of(one.when))
            for one in bank.questions
            if one.domain == domain.id
        ]
        blocks += [Heading(domain.title, 2), Table(columns, rows)]
    blocks.append(Hint("To see one in full, add --question and its id. To have all of it as a page, add -o bank.md."))
    return _document(bank, blocks)


def question_document(bank: Bank, question: Question) -> Document:
    """Return one question in full."""
    return _document(bank, [*question_blocks(bank, question)])


def bank_document(bank: Bank) -> Document:
    """Return what the bank asks, stands on and suggests, in full, as a page to read; not its other wordings."""
    blocks: list[Block] = [*_head(bank), Section("profile", "About the service", [*_profile(bank)])]
    for domain in bank.domains:
        asked = [one for one in bank.questions if one.domain == domain.id]
        content = [domain.about, *(block for one in asked for block in question_blocks(bank, one))]
        blocks.append(Section(f"domain-{domain.id}", domain.title, content))
    blocks.append(Section("bands", "Bands", [Points([*_bands(bank)])]))
    sources = [
        " ".join(part for part in (f"{one.id}: {one.citation}", one.about, one.url) if part) for one in bank.sources
    ]
    blocks.append(Section("sources", "Sources", [Points(sources)]))
    return _document(bank, blocks)


def _document(bank: Bank, blocks: list[Block]) -> Document:
    return Document(title=bank.title, running=bank.title, blocks=blocks)


def _profile(bank: Bank) -> Iterator[Block]:
    for asked in bank.profile:
        yield f"{asked.text} ({asked.id})"
        yield Points([f"{option.label} ({option.id})" for option in asked.options])


def _bands(bank: Bank) -> Iterator[str]:
    gates = [question.name for question in bank.questions if question.minimum is not None]
    waits = f" It also needs a minimum of: {listed(gates, 'and')}." if gates else ""
    for band in bank.bands:
        told = ended(f"{band.label}, from {band.start:g}: {band.meaning}")
        yield f"{told}{waits if band.gated else ''}"


def question_blocks(bank: Bank, question: Question) -> Iterator[Block]:
    """Yield a question in full: what it asks, its levels, what it stands on, and what it suggests."""
    yield Heading(f"{question.name} ({question.id})", 3)
    yield question.text
    if question.help:
        yield question.help
    if question.when:
        yield f"Asked of a service with {asked_of(question.when)}."
    yield Points([_level(bank, question, at) for at in range(len(question.levels))])
    if question.keep:
        yield f"At the top: {question.keep}"
    for name in question.findings:
        finding = bank.finding_by_id[name]
        yield f"What it stands on: {ended(finding.statement)} This {KINDS[finding.kind]} ({finding.source})."
    yield from basis_lines(question)
    if question.who_knows:
        yield f"Who knows: {question.who_knows}"
    if question.evidence:
        yield f"What would show it: {'; '.join(question.evidence)}."
    steps = [*map(_step, question.actions)]
    if steps:
        yield f"What it suggests: {counted(len(steps), 'action')}"
        yield Points(steps)


def basis_lines(question: Question) -> Iterator[str]:
    """Yield why a question has these levels, and what of them is the authors' own choice."""
    if question.basis:
        yield f"Why these levels: {ended(question.basis.why)}"
        if question.basis.ours:
            yield f"Our own choice: {ended(question.basis.ours)}"


def _head(bank: Bank) -> Iterator[Block]:
    holds = f"{counted(len(bank.questions), 'question')} in {counted(len(bank.domains), 'part')}"
    stands = f"which stand on {counted(len(bank.findings), 'finding')}"
    yield f"{bank.id} {bank.version}: {holds}, {stands}. Fingerprint {bank.fingerprint}."
    if bank.texts.caution:
        yield bank.texts.caution


def _step(action: Action) -> str:
    what = f"To {action.to:g}: {ended(action.title)} {ended(action.detail)}"
    facts = f"{action.owner}; {HORIZON_WORDS[action.horizon].lower()}; {EFFORT_WORDS[action.effort]}."
    return f"{what} {facts} {known_by(action)}"


def _level(bank: Bank, question: Question, at: int) -> str:
    level = question.levels[at]
    gated = listed([f"“{band.label}”" for band in bank.bands if band.gated])
    gate = f" This is the minimum for {gated}." if level.value == question.minimum else ""
    return f"{level.value:g}: {ended(level.text)}{gate}"


def asked_of(when: Condition | None) -> str:
    """Return the services that satisfy ``when``, in the words of the profile; empty without a condition."""
    return "; ".join(f"{key}: {listed([*values], 'or')}" for key, values in (when or {}).items())
