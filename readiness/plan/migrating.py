"""Takes a person's edits of a plan from an older version of a bank to today's. Nothing is lost."""

from collections.abc import Mapping
from pathlib import Path

from readiness.assessment.migrating import leading_over
from readiness.assessment.model import BankReference
from readiness.bank.action_words import TEXTS
from readiness.bank.migration import Migration
from readiness.bank.model import FIND_OUT, OWN, Bank
from readiness.plan.overlay import Edit, Overlay, OwnIds, Wording
from readiness.plan.stretch import Stretch

_LONGEST_TITLE = 300
_Words = Mapping[str, object]


def of_another_version(edits: Overlay, bank: Bank, folder: Path) -> str | None:
    """Return what to tell of a plan that was edited with another version of the bank in ``folder``; None if it is none.

    Nothing is told if words alone have changed. Raises InputError if the bank's file about that version is wrong.
    """
    then = edits.bank
    if not then.is_another_version(bank):
        return None
    if leading_over(bank, then, folder) is None and not then.is_another_edition(bank):
        return None
    told = f"is a plan for version {then.version} of the questions; this is {bank.version}."
    return f"{told} What was changed in an action may be shown at another one."


def migrated_plan(edits: Overlay, migration: Migration, bank: Bank, old: Bank) -> tuple[Overlay, tuple[str, ...]]:
    """Return the edits as they fit ``bank``, today's, and the ids of actions that became the team's own.

    An action that the bank no longer has becomes one of the team's own, with the words it had and its number. So does
    each but one of several edited actions that became one: the one that kept its id, or else the first.
    """
    known = {action.id for question in bank.questions for action in question.actions}
    became = {name: _became(name, migration, known, bank) for name in (*edits.actions, *edits.numbers, *edits.undated)}
    names: dict[str, str] = {}
    own: dict[str, Edit] = {}
    taken: set[str] = set()
    ids = OwnIds(filter(None, (*became, *became.values())))
    then = _words(old)
    # What was edited goes first: nobody misses the number of an action that nobody touched.
    for name in sorted(became, key=lambda name: (name not in edits.actions, became[name] != name)):
        today = became[name]
        if today is None or today in taken:
            edit = edits.actions.get(name)
            if edit is None:
                today = ids.new(name) if name in known else name
            else:
                edit = _own(name, edit, then.get(name, {}), bank)
                today = ids.new(edit.title or name)
                own[today] = edit
        names[name] = today
        taken.add(today)
    return edits.model_copy(
        update={
            "bank": BankReference.to(bank),
            "actions": {names[name]: own.get(names[name], edit) for name, edit in edits.actions.items()},
            "numbers": {names[name]: number for name, number in edits.numbers.items()},
            "undated": {names[name]: day for name, day in edits.undated.items()},
        }
    ), tuple(own)


def _became(name: str, migration: Migration, known: set[str], bank: Bank) -> str | None:
    """Return the id that the action has today; None if the bank no longer has it."""
    if name.startswith(OWN):
        return name
    if name.startswith(FIND_OUT):
        return name if name.removeprefix(FIND_OUT) in bank.question_by_id else None
    became = migration.actions.get(name, name)
    return became if became in known else None


def _own(name: str, edit: Edit, then: _Words, bank: Bank) -> Edit:
    """Return the edit with all the words that its action had: from when it was edited, or else ``then``."""
    said = {} if edit.before is None else edit.before.model_dump(exclude_none=True)
    words = {**then, **said, **edit.model_dump(include={*TEXTS, "horizon", "effort"}, exclude_none=True)}
    title = str(words.pop("title", name))[:_LONGEST_TITLE]
    words.pop("owner", None)  # a role was suggested; the owner of an edit is a person
    domain = words.get("domain") if words.get("domain") in {one.id for one in bank.domains} else None
    return edit.model_copy(update={**words, "title": title, "before": Wording(title=title), "domain": domain})


def _words(old: Bank) -> Mapping[str, _Words]:
    """Return the words that each action had in the old bank, and the part it belonged to."""
    found: dict[str, _Words] = {}
    for question in old.questions:
        found[FIND_OUT + question.id] = {"title": f"Find out: {question.name}", "domain": question.domain}
        for action in question.actions:
            texts = {text: action.words[text] for text in TEXTS}
            rest = {"horizon": Stretch(action.horizon), "effort": action.effort, "domain": question.domain}
            found[action.id] = {**texts, **rest}
    return found
