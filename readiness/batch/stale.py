"""Removes what earlier runs made in other formats from other answers: consent may have been withdrawn since."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from readiness.batch.job import FOLDER, Order
from readiness.batch.ledger import Ledger, LedgerEntry
from readiness.batch.preflight import Teams
from readiness.document.write import Format
from readiness.text import counted, some


def remove_stale(order: Order, input_: Teams, ledger: Ledger) -> Iterator[str]:
    """Remove the reports and portfolios that this run does not make and that are of other answers; yield notes on it.

    What somebody has changed is only named, and so are scores: nobody knows what they were made from.
    """
    stale = [*_stale(order, input_, ledger)]
    ours = [entry.file for entry in stale if not entry.file.startswith(_SCORES) and ledger.is_ours(entry.file)]
    for file in ours:
        ledger.remove(file)
    if ours:
        files = counted(len(ours), "file of an earlier run was", "files of earlier runs were")
        yield f"{files} removed: made from other answers, and not made again by this run: {some(ours)}."
    if left := [entry.file for entry in stale if entry.file not in ours]:
        files = counted(len(left), "file of an earlier run was", "files of earlier runs were")
        todo = "Delete what may no longer be shown"
        yield f"{files} not made again, and can hold other answers than now: {some(left)}. {todo}."


def _stale(order: Order, input_: Teams, ledger: Ledger) -> Iterator[LedgerEntry]:
    """Yield the entries of files that are there, that this run does not make, and that are not known to be right."""
    others = {
        entry.file: entry for entry in ledger.entries if _is_other(entry, order) and (order.out / entry.file).is_file()
    }
    yield from (entry for file, entry in others.items() if file.startswith(_SCORES))
    portfolios = [entry for file, entry in others.items() if file.startswith(_PORTFOLIO)]
    reports = {file: entry for file, entry in others.items() if entry.team}
    if not (portfolios or reports):
        return
    whole, chosen = hashlib.sha256(), 0
    for at, team in enumerate(input_.teams()):
        answers = team.answers_digest(order.settings.least)
        whole.update(answers.encode())
        if reports and order.selection.has(at, team.rows[0].team, chosen):
            chosen += 1
            found = (reports.get(f"{FOLDER}/{team.slug}.{form}") for form in Format)
            yield from (entry for entry in found if entry is not None and entry.answers != answers)
    yield from (entry for entry in portfolios if entry.answers != whole.hexdigest())


def _is_other(entry: LedgerEntry, order: Order) -> bool:
    """Return whether a file is a report in a format that this run does not make, or such a file about all teams.

    Shards make the reports, and ``merge`` makes what is about all teams.
    """
    ending = PurePosixPath(entry.file).suffix[1:]
    if entry.team:
        return not order.merge and ending not in order.reports
    if order.selection.shard is not None:
        return False
    if entry.file.startswith(_PORTFOLIO):
        return ending not in order.portfolio
    return entry.file.startswith(_SCORES) and ending not in order.scores


_SCORES, _PORTFOLIO = "scores.", "portfolio."
