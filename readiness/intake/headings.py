"""Names that columns have in headings: those of a bank's questions, and the usual ones of all else."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from readiness.bank.model import Bank, ProfileQuestion, Question
from readiness.intake.mapping import Target, TargetKind
from readiness.intake.xlsform_names import target_of
from readiness.text import plain, runs_of

_USUAL: Mapping[TargetKind, tuple[str, ...]] = {
    TargetKind.TEAM: (
        "team",
        "team name",
        "name of team",
        "name of your team",
        "your team",
        "service",
        "service name",
        "team or service",
        "name of your team or service",
        "What is the name of your team or service?",
    ),
    TargetKind.ORGANISATION: (
        "organisation",
        "organization",
        "organisation name",
        "organization name",
        "name of your organisation",
        "Which organisation is it part of?",
    ),
    TargetKind.ROLE: ("role", "your role", "your own role", "What is your role?", "What is your own role?"),
    TargetKind.SHOWN_ALONE: (
        "shown_alone",
        "shown alone",
        "May your role's answers be shown in the report although few of you answered?",
    ),
    TargetKind.BANK: ("bank",),
    TargetKind.RESPONSE: (
        "participant code",
        "participant id",
        "participant number",
        "respondent code",
        "your participant code",
    ),
    TargetKind.DATE: ("date", "date of answers", "date of assessment", "date completed", "today's date"),
}

COMMENT_WORDS = frozenset(
    map(
        plain,
        (
            "comment",
            "comments",
            "note",
            "notes",
            "other",
            "other (please specify)",
            "please specify",
            "your comments",
            "any comments?",
            "add a note",
            "why?",
            "please explain",
            "please explain your answer",
            "please say more",
            "please give details",
            "please give your reasons",
            "please give reasons for your answer",
            "further comments",
            "additional comments",
            "any other comments",
            "any further comments",
            "do you have any comments?",
            "if other, please specify",
            "if you selected other, please specify",
        ),
    )
)
"""Headings of a column with words on the question before it, as ``plain`` leaves them."""

_CLOSING = frozenset(
    map(
        plain,
        ("further comments", "additional comments", "other comments", "any other comments", "any further comments"),
    )
)
"""Headings of a box that often ends a whole survey."""
_NUMBER = re.compile(r"(?<!\s)\s*q?\d{1,3}[.):]?\s+", re.IGNORECASE)

_TRAIL = re.compile(r"(.*[^\s\d._(])\s*[._]?(?:\d{1,3}|\(\d{1,3}\))", re.DOTALL)
"""A number after a heading's words, by which a program tells two columns of the same name apart."""


def without_number(heading: str) -> str | None:
    """Return the heading without the number after its words; None if it has none."""
    trail = _TRAIL.fullmatch(heading.strip())
    return trail[1] if trail else None


def is_comment(heading: str) -> bool:
    """Return whether a column so headed holds words on the question before it: "Comments", "Comments2"."""
    return any(plain(words) in COMMENT_WORDS for words in (heading, without_number(heading) or ""))


def is_closing(heading: str) -> bool:
    """Return whether a column so headed may hold words on the whole survey: "Any other comments?", "45. …"."""
    return plain(_NUMBER.sub("", heading, count=1)) in _CLOSING


_ASKS_FOR_WORDS = frozenset(
    {"comment", "comments", "explain", "explanation", "note", "notes", "reason", "reasons", "why"}
)


def comment_words(words: Sequence[str]) -> bool:
    """Return whether words before a question's own ask for a comment on it: "Please explain your answer to: …"."""
    return not _ASKS_FOR_WORDS.isdisjoint(words)


_NOTE_ENDINGS = (" comment", " comments", " note", " notes", " other", " other please specify", " other text")
_NOTE_BEGINNINGS = ("comment ", "comments ", "note ", "notes ", "comment on ", "comments on ", "note on ", "notes on ")
_WHY_ENDINGS = (" why", " reason", " why not applicable", " why does it not apply")
_WHY_BEGINNINGS = ("why ", "why does it not apply ")
_EVIDENCE_ENDINGS = (" evidence", " what shows it")
_EVIDENCE_BEGINNINGS = ("evidence ", "evidence for ", "what shows it ")

_NOBODY_SAYS = frozenset({Target(TargetKind.BANK)})
"""Targets that only a form of ours has: they are not offered."""
FRAMED_WORDS = 4
"""A name with fewer words than this is not looked for within a longer heading: it can be part of any sentence."""
_UNLIKE = 0.3
"""Names of lengths less alike than this (0 to 1) are not looked at."""


@dataclass(frozen=True)
class Names:
    """Targets by their names, as ``plain`` leaves them."""

    targets: Mapping[str, frozenset[Target]]
    bank: Bank

    @classmethod
    def of(cls, bank: Bank, profile: Mapping[str, str]) -> "Names":
        """Return the names that the bank gives.

        A number names a question only if ``profile`` fixes which questions are asked.
        """
        targets: dict[str, set[Target]] = defaultdict(set)
        for name, target in _names(bank, profile):
            targets[plain(name)].add(target)
        return cls({name: frozenset(found) for name, found in targets.items() if name}, bank)

    def find(self, heading: str) -> Target | None:
        """Return the target that the heading names, whole and exactly as ``plain`` leaves it.

        None if it names nothing, or two things.
        """
        own = target_of(heading, self.bank)
        if own:
            return own
        words = plain(heading)
        found = self.whole(words)
        if found:
            return found
        for kind, beginnings, endings in (
            (TargetKind.NOTE, _NOTE_BEGINNINGS, _NOTE_ENDINGS),
            (TargetKind.WHY, _WHY_BEGINNINGS, _WHY_ENDINGS),
            (TargetKind.EVIDENCE, _EVIDENCE_BEGINNINGS, _EVIDENCE_ENDINGS),
        ):
            rests = [words.removeprefix(part) for part in beginnings if words.startswith(part)]
            rests += [words.removesuffix(part) for part in endings if words.endswith(part)]
            for rest in rests:
                about = self.whole(rest)
                if about and about.kind is TargetKind.QUESTION:
                    return Target(kind, about.id)
        return None

    def nearest(self, heading: str, count: int, taken: Collection[Target] = ()) -> list[Target]:
        """Return the questions and other things whose names are most like the heading, nearest first.

        Those ``taken`` are left out.
        """
        bits = self._runs[0]
        sought = runs_of(plain(heading))
        mask = sum(1 << bits[run] for run in sought if run in bits)
        left_out = _NOBODY_SAYS.union(taken)
        best: dict[Target, float] = {}
        for targets, size, own in self._runs[1]:
            both = size + len(sought)
            if 2 * min(size, len(sought)) > _UNLIKE * both:
                likeness = 2 * (mask & own).bit_count() / both
                for target in targets - left_out:
                    best[target] = max(best.get(target, 0), likeness)
        return sorted(best, key=lambda target: (-best[target], str(target)))[:count]

    def beginning(self, words: Sequence[str], start: int) -> Iterator[tuple[int, Target]]:
        """Yield the targets whose names begin at ``start`` in the words of a heading, each with its end."""
        for name, target in self._by_beginning.get(tuple(words[start : start + FRAMED_WORDS]), ()):
            if tuple(words[start : start + len(name)]) == name:
                yield start + len(name), target

    @cached_property
    def _by_beginning(self) -> Mapping[tuple[str, ...], Sequence[tuple[tuple[str, ...], Target]]]:
        """Names of several words, each with its one target, by their first words."""
        found: defaultdict[tuple[str, ...], list[tuple[tuple[str, ...], Target]]] = defaultdict(list)
        for name in self.targets:
            words, target = tuple(name.split()), self.whole(name)
            if len(words) >= FRAMED_WORDS and target:
                found[words[:FRAMED_WORDS]].append((words, target))
        return found

    @cached_property
    def _runs(self) -> tuple[Mapping[str, int], Sequence[tuple[frozenset[Target], int, int]]]:
        """A bit for each run of characters; and for each name its targets, its number of runs, and their bits.

        Comparing bits takes a thousandth of the time that difflib does: tables have thousands of headings.
        """
        bits: dict[str, int] = {}
        names = []
        for name, targets in self.targets.items():
            runs = runs_of(name)
            names.append((targets, len(runs), sum(1 << bits.setdefault(run, len(bits)) for run in runs)))
        return bits, names

    def whole(self, words: str) -> Target | None:
        """Return the target that these words name, as ``plain`` leaves them; None if none, or two."""
        found = self.targets.get(words, frozenset())
        return next(iter(found)) if len(found) == 1 else None


def _names(bank: Bank, profile: Mapping[str, str]) -> Iterator[tuple[str, Target]]:
    for kind, usual in _USUAL.items():
        yield from ((name, Target(kind)) for name in usual)
    for entry in bank.profile:
        yield from ((name, Target(TargetKind.PROFILE, entry.id)) for name in _profile_names(entry))
    for question in bank.questions:
        yield from ((name, Target(TargetKind.QUESTION, question.id)) for name in _question_names(question))
    keys = {key for question in bank.questions for key in question.when or {}}
    if keys <= set(profile):
        for number, question in enumerate(bank.asked(profile), start=1):
            numbered = (str(number), f"q{number}", f"question {number}")
            yield from ((name, Target(TargetKind.QUESTION, question.id)) for name in numbered)


def _profile_names(entry: ProfileQuestion) -> Iterator[str]:
    yield from (entry.id, f"profile {entry.id}", entry.text)
    if entry.help:
        yield f"{entry.text} {entry.help}"


def _question_names(question: Question) -> Iterator[str]:
    """Yield the question's id (with and without its hyphens), its label, and its words with and without the help."""
    yield from (question.id, question.id.replace("-", ""))
    if question.label:
        yield question.label
    wordings = [wording for wording in question.wording if wording.text or wording.help]
    texts = [question.text, *(wording.text for wording in wordings if wording.text)]
    helps = [question.help, *(wording.help for wording in wordings)]
    for text in texts:
        yield text
        yield from (f"{text} {words}" for words in helps if words)
