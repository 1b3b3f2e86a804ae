"""What can be proved about a bank without asking anybody anything.

Each check looks at one thing and yields a path, what is wrong there, and what to do.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, pairwise

from readiness.bank.document import DataPath, ParsedDocument
from readiness.bank.fields import Condition, exact
from readiness.bank.labels import OTHER_ANSWER, OWN_WORDS, alike, like_other_answers
from readiness.bank.model import FIND_OUT, OTHER_SETTING, OWN, ROLE, SETTING, Bank, Question
from readiness.bank.reach import empty_domains
from readiness.bank.validation import Wrong, told
from readiness.errors import Problem
from readiness.text import near, short, some

_NEVER = "This is never true: the list is empty", "Name a value, or take the line out."


def check(bank: Bank, document: ParsedDocument, *, whole: bool = True) -> list[Problem]:
    """Return what is wrong with ``bank``, in the order it stands in the ``document`` it was read from.

    If some entries are left out, and so it is not ``whole``, each entry is looked at by itself alone.
    """
    alone = (_unique, _questions)
    together = (_references, _coverage, _bands, _enough, _roles, _role_wordings, _profiles)
    wrong = (found for one in (*alone, *(together if whole else ())) for found in one(bank))
    return told(chain(wrong, _alike(bank, document)), document)


def _alike(bank: Bank, document: ParsedDocument) -> Iterator[Wrong]:
    for found in alike(bank):
        first, second = document.place(found.first.path), document.place(found.second.path)
        where = f"in line {first.line}" if first.file == second.file else str(first)
        what = f'"{short(found.second.text)}" reads like {found.noun}, "{short(found.first.text)}" ({where})'
        yield found.second.path, f'{what}: both are compared as "{short(found.compared_as)}"', OWN_WORDS
    for label in like_other_answers(bank):
        yield label.path, f'"{short(label.text)}" {OTHER_ANSWER[0]}', OTHER_ANSWER[1]


def _twice(ids: Iterable[tuple[DataPath, str]], noun: str) -> Iterator[Wrong]:
    seen: set[str] = set()
    for path, name in ids:
        if name in seen:
            yield path, f'A second {noun} has the id "{name}"', "Give each its own id."
        seen.add(name)


def _unique(bank: Bank) -> Iterator[Wrong]:
    lists: Mapping[str, tuple[str, list[str]]] = {
        "sources": ("source", [source.id for source in bank.sources]),
        "findings": ("finding", [finding.id for finding in bank.findings]),
        "domains": ("domain", [domain.id for domain in bank.domains]),
        "profile": ("profile question", [entry.id for entry in bank.profile]),
        "questions": ("question", [question.id for question in bank.questions]),
        "bands": ("band", [band.id for band in bank.bands]),
        "roles": ("role", [role.id for role in bank.roles]),
    }
    for key, (noun, ids) in lists.items():
        yield from _twice((((key, at, "id"), name) for at, name in enumerate(ids)), noun)
    for at, entry in enumerate(bank.profile):
        options = ((("profile", at, "options", nth, "id"), option.id) for nth, option in enumerate(entry.options))
        yield from _twice(options, "option")
    actions: list[tuple[DataPath, str]] = [
        (("questions", at, "actions", nth, "id"), action.id)
        for at, question in enumerate(bank.questions)
        for nth, action in enumerate(question.actions)
    ]
    yield from _twice(actions, "action")
    for path, name in actions:
        for start, kept_for in ((FIND_OUT, "what nobody knows yet"), (OWN, "a service's own actions")):
            if name.startswith(start):
                yield path, f"An action's id can't begin with \"{start}\"", f"That is kept for {kept_for}."


def _references(bank: Bank) -> Iterator[Wrong]:
    sources, domains, findings = (
        dict.fromkeys(sorted(one.id for one in each)) for each in (bank.sources, bank.domains, bank.findings)
    )
    for at, finding in enumerate(bank.findings):
        yield from _named(finding.source, sources, ("findings", at, "source"), "source")
        yield from _named(finding.domain, domains, ("findings", at, "domain"), "domain")
    for at, question in enumerate(bank.questions):
        yield from _named(question.domain, domains, ("questions", at, "domain"), "domain")
        for nth, name in enumerate(question.findings):
            yield from _named(name, findings, ("questions", at, "findings", nth), "finding")


def _named(name: str, known: Collection[str], path: DataPath, noun: str) -> Iterator[Wrong]:
    if name not in known:
        yield path, f'There is no {noun} "{name}"', _use(name, known)


def _use(name: str, known: Collection[str]) -> str:
    return f"Use one of: {near(name, known) or 'none is defined'}."


def _coverage(bank: Bank) -> Iterator[Wrong]:
    used = {name for question in bank.questions for name in question.findings}
    for at, finding in enumerate(bank.findings):
        if finding.id not in used:
            what = f'No question stands on the finding "{finding.id}"'
            yield ("findings", at, "id"), what, "Add a question, or take the finding out."
    filled = {question.domain for question in bank.questions}
    for at, domain in enumerate(bank.domains):
        if domain.id not in filled:
            what = f'The domain "{domain.id}" has no question'
            yield ("domains", at, "id"), what, "Add a question, or take the domain out."


def _bands(bank: Bank) -> Iterator[Wrong]:
    if bank.bands[0].start != 0:
        yield ("bands", 0, "from"), "The first band must start from 0", "Write from: 0."
    if bank.bands[0].gated:
        yield ("bands", 0, "gated"), "The first band can't be gated", "Something must be left when a gate is closed."
    for at, (lower, upper) in enumerate(pairwise(bank.bands), start=1):
        if exact(upper.start) <= exact(lower.start):
            yield ("bands", at, "from"), "A band must start above the one before it", "Put the bands in order."


def _questions(bank: Bank) -> Iterator[Wrong]:
    for at, question in enumerate(bank.questions):
        found = (_levels, _gate, _goals, _reworded_levels, _steps)
        for path, what, todo in (wrong for one in found for wrong in one(question)):
            yield ("questions", at, *path), what, todo


def _levels(question: Question) -> Iterator[Wrong]:
    for at, (lower, upper) in enumerate(pairwise(question.levels), start=1):
        if exact(upper.value) <= exact(lower.value):
            yield ("levels", at, "value"), "A level must be worth more than the one before it", "Put them in order."


def _goals(question: Question) -> Iterator[Wrong]:
    needed = len(question.levels) - 1
    if question.goal and len(question.goal) != needed:
        what = f'"{question.id}" has {len(question.goal)} goals for {needed} levels above the lowest'
        yield ("goal",), what, "Write one sentence for each of these levels, lowest first."


def _reworded_levels(question: Question) -> Iterator[Wrong]:
    """Yield a role's levels that are not the question's own: an answer means the same to all."""
    for nth, wording in enumerate(question.wording):
        if wording.levels is None:
            continue
        path: DataPath = ("wording", nth, "levels")
        if ROLE not in wording.when:
            todo = "Add a role to its when, or leave the levels out: an answer must mean the same to everybody."
            yield path, "Levels can only be said in other words for a role", todo
        if len(wording.levels) != len(question.levels):
            what = f"These are {len(wording.levels)} levels, and the question has {len(question.levels)}"
            yield path, what, "Say each of them in other words, lowest first."


def _gate(question: Question) -> Iterator[Wrong]:
    values = [level.value for level in question.levels]
    if question.minimum is not None and question.minimum not in values[1:]:
        allowed = some([str(value) for value in values[1:]])
        yield ("minimum",), "The minimum is not the value of a level above the lowest", f"Use one of: {allowed}."


def _steps(question: Question) -> Iterator[Wrong]:
    steps = {level.value for level in question.levels[1:]}
    for at, action in enumerate(question.actions):
        if action.to not in steps:
            allowed = some([str(level.value) for level in question.levels[1:]])
            yield ("actions", at, "to"), f"No step leads to level {action.to}", f"Use one of: {allowed}."
    for at, level in enumerate(question.levels[1:], start=1):
        if not question.actions_to(level):
            what = f'"{question.id}" has no action for the step to level {level.value}'
            yield ("levels", at), what, f"Add an action with to: {level.value}."


def _enough(bank: Bank) -> Iterator[Wrong]:
    for key in ("domain", "overall"):
        if exact(getattr(bank.enough, key)) == 0:
            what = "With 0 a single answer gives a score"
            yield ("enough", key), what, "Write a share above 0, such as 0.5 for a half."


def _roles(bank: Bank) -> Iterator[Wrong]:
    """Yield roles that are named somewhere and that nobody can have."""
    known = dict.fromkeys(sorted(role.id for role in bank.roles))
    for at, question in enumerate(bank.questions):
        for nth, action in enumerate(question.actions):
            for place, role in enumerate(action.with_):
                yield from _named(role, known, ("questions", at, "actions", nth, "with", place), "role")
    for at, band in enumerate(bank.bands):
        for nth, voice in enumerate(band.voices):
            yield from _named(voice.role, known, ("bands", at, "voices", nth, "role"), "role")
    if bank.bands[0].voices:
        todo = "Something must be left if nobody of that role answered."
        yield ("bands", 0, "voices"), "The first band can't wait for a voice", todo


def _role_wordings(bank: Bank) -> Iterator[Wrong]:
    """Yield wordings for a role that nobody can have."""
    known = dict.fromkeys(sorted(role.id for role in bank.roles))
    for at, question in enumerate(bank.questions):
        for nth, wording in enumerate(question.wording):
            path: DataPath = ("questions", at, "wording", nth, "when")
            roles = wording.when.get(ROLE)
            if roles == ():
                yield (*path, ROLE), *_NEVER
            for place, role in enumerate(roles or ()):
                yield from _named(role, known, (*path, ROLE, place), "role")
    for at, entry in enumerate(bank.profile):
        if entry.id == ROLE:
            what = f'A profile question can\'t be called "{ROLE}"'
            yield ("profile", at, "id"), what, "That is kept for the role of the one who answers."


def _owners(bank: Bank, options: Mapping[str, tuple[str, ...]]) -> Iterator[Wrong]:
    """Yield owners by setting that name no setting."""
    settings = dict.fromkeys(sorted((*options.get(SETTING, ()), OTHER_SETTING)))
    for at, question in enumerate(bank.questions):
        for nth, action in enumerate(question.actions):
            for name in action.owner_by_setting:
                yield from _named(name, settings, ("questions", at, "actions", nth, "owner", name), SETTING)


def _profiles(bank: Bank) -> Iterator[Wrong]:
    options = {entry.id: tuple(option.id for option in entry.options) for entry in bank.profile}
    sound = True
    for at, question in enumerate(bank.questions):
        path: DataPath = ("questions", at)
        wrong = list(_condition(question.when, (*path, "when"), options))
        for nth, wording in enumerate(question.wording):
            known = {key: values for key, values in wording.when.items() if key != ROLE}
            wrong += _condition(known, (*path, "wording", nth, "when"), options)
        sound = sound and not wrong
        yield from wrong or _unmet_wordings(question, path)
    for at, band in enumerate(bank.bands):
        for nth, voice in enumerate(band.voices):
            yield from _condition(voice.when, ("bands", at, "voices", nth, "when"), options)
    yield from _owners(bank, options)
    if sound:
        yield from empty_domains(bank, options)


def _unmet_wordings(question: Question, path: DataPath) -> Iterator[Wrong]:
    """Yield wordings for services that are not asked the question."""
    for nth, wording in enumerate(question.wording):
        for key, asked in (question.when or {}).items():
            values = wording.when.get(key, asked)
            if not {*values} & {*asked}:
                what = f"No service that is asked this question has {key}: {some(values, ' or ')}"
                todo = f"Use one of: {some(asked)}. Or take the wording out."
                yield (*path, "wording", nth, "when", key), what, todo


def _condition(when: Condition | None, path: DataPath, options: Mapping[str, tuple[str, ...]]) -> Iterator[Wrong]:
    for key, values in (when or {}).items():
        if key not in options:
            yield (*path, key), f'The profile has no "{key}"', _use(key, options)
            continue
        if not values:
            yield (*path, key), *_NEVER
        for nth, value in enumerate(values):
            if value not in options[key]:
                yield (*path, key, nth), f'"{key}" has no option "{short(value)}"', _use(value, options[key])
