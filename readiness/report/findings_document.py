"""Basis of a question bank: what each finding became, why these levels, and what is the authors' own choice."""

from collections.abc import Iterator, Sequence

from readiness.bank.model import Bank, Finding, Question
from readiness.document.blocks import Block, Document, Heading, Points, Section
from readiness.document.spans import spans, strong
from readiness.report.bank_document import KINDS, asked_of, basis_lines
from readiness.report.protocol_steps import steps


def findings_document(bank: Bank) -> Document:
    """Return what each finding became, and what has still to be done with people."""
    parts = [
        Section(
            f"domain-{domain.id}",
            domain.title,
            [*_domain(bank, [one for one in bank.findings if one.domain == domain.id])],
        )
        for domain in bank.domains
    ]
    blocks = [
        Section("limits", "What has been tested, and what has not", [*_limits(bank)]),
        *parts,
        Section("people", "Still to do, with people", [*steps(bank)]),
        Section("sources", "Sources", [Points([one.citation for one in bank.sources])]),
    ]
    return Document(
        title=f"{bank.title} What the questions stand on",
        running=f"What the questions stand on: {bank.id} {bank.version}",
        lines=[f"{bank.id} {bank.version}, fingerprint {bank.fingerprint}"],
        blocks=blocks,
    )


def findings_facts(bank: Bank) -> list[dict[str, object]]:
    """Return each finding with its questions and their basis, as plain data."""
    return [
        {
            **finding.model_dump(mode="json"),
            "questions": [
                one.model_dump(mode="json", include={"id", "label", "when", "basis"}, exclude_none=True)
                for one in _questions(bank, finding)
            ],
        }
        for finding in bank.findings
    ]


def _limits(bank: Bank) -> Iterator[Block]:
    texts = bank.texts
    yield from (one for one in (texts.not_validated, texts.tested, texts.claims, texts.own_choice, texts.ladder) if one)


def _domain(bank: Bank, findings: Sequence[Finding]) -> Iterator[Block]:
    for finding in findings:
        yield Heading(finding.statement)
        key = " The research calls it key." if finding.key else ""
        yield f"This {KINDS[finding.kind]} ({finding.id}; {finding.source}).{key}"
        for question in _questions(bank, finding):
            yield spans(strong(question.name), f"({question.id}). {question.text}")
            yield Points([*_basis(question)])


def _basis(question: Question) -> Iterator[str]:
    if question.when:
        yield f"Asked of a service with {asked_of(question.when)}."
    yield from basis_lines(question)


def _questions(bank: Bank, finding: Finding) -> list[Question]:
    return [one for one in bank.ordered_questions if finding.id in one.findings]
