"""Removes what earlier runs made from other answers, and this one did not make: consent may have been withdrawn."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

from readiness.batch.blocks import each_team
from readiness.batch.job import FOLDER, Order
from readiness.batch.ledger import Ledger, LedgerEntry, Unordered
from readiness.batch.preflight import Teams
from readiness.batch.rows import Refused
from readiness.batch.team_rows import TeamRows
from readiness.document.write import Format
from readiness.text import counted, some


def remove_stale(
    order: Order, input_: Teams, ledger: Ledger, absent: AbstractSet[str], *, left_out: bool
) -> Iterator[str]:
    """Remove the reports and portfolios that this run did not make and that are of other answers; yield notes on it.

    ``left_out``: rows of known teams are. Reports of a team that has no other rows are removed, too.
    What somebody has changed is only named, and so are scores: nobody knows what they were made from. So are reports of
    teams that are ``absent``: nobody knows if they are in other input.
    """
    unscored = _unscored(input_, ledger) if left_out and not order.merge else {}
    gone = {slug for slug, name in unscored.items() if order.selection.fits(name)}
    stale = [*_stale(order, input_, ledger), *_there(order, ledger, gone)]
    ours = [entry.file for entry in stale if not entry.file.startswith(_SCORES) and ledger.is_ours(entry.file)]
    for file in ours:
        ledger.remove(file)
    if ours:
        files = counted(len(ours), "file of an earlier run was", "files of earlier runs were")
        yield f"{files} removed: made from other answers than count now, and not made again by this run: {some(ours)}."
    if left := [entry.file for entry in stale if entry.file not in ours]:
        files = counted(len(left), "file of an earlier run was", "files of earlier runs were")
        todo = "Delete what may no longer be shown"
        yield f"{files} not made again, and can hold other answers than now: {some(left)}. {todo}."
    others = [entry.file for entry in _there(order, ledger, absent - unscored.keys())]
    if others and order.selection.shard is None:
        files = counted(len(others), "report is still here of a team", "reports are still here of teams")
        yield f"{files} no longer in the answers: {some(others)}. --clean removes them, if nobody has changed them."


def _stale(order: Order, input_: Teams, ledger: Ledger) -> Iterator[LedgerEntry]:
    """Yield the entries of files that are there, that this run did not make, and that are not known to be right."""
    others = {
        entry.file: entry for entry in ledger.entries if _is_other(entry, order) and (order.out / entry.file).is_file()
    }
    yield from (entry for file, entry in others.items() if file.startswith(_SCORES))
    portfolios = [entry for file, entry in others.items() if file.startswith(_PORTFOLIO)]
    reports = {file: entry for file, entry in others.items() if entry.team}
    if not (portfolios or reports):
        return
    whole, chosen = Unordered(), 0
    for at, team in enumerate(input_.teams()):
        answers = team.answers_digest(order.settings.least)
        whole.add(answers)
        if reports and order.selection.has(at, team.rows[0].team, chosen):
            chosen += 1
            found = (reports.get(f"{FOLDER}/{team.slug}.{form}") for form in Format)
            yield from (entry for entry in found if entry is not None and entry.answers != answers)
    yield from (entry for entry in portfolios if entry.answers != whole.hexdigest())


def _unscored(input_: Teams, ledger: Ledger) -> dict[str, str]:
    """Return the teams that have reports but no score now, as their rows are left out: their names by slug.

    Teams that are not in the input are not among them.
    """
    made = ledger.teams
    if not made:
        return {}
    lost: dict[str, str] = {}
    for found in each_team(input_.found()):
        if isinstance(found, TeamRows):
            made.discard(found.slug)
        elif isinstance(found, Refused) and found.team:
            lost.setdefault(found.slug, found.team)
    return {slug: name for slug, name in lost.items() if slug in made}


def _there(order: Order, ledger: Ledger, teams: AbstractSet[str]) -> list[LedgerEntry]:
    """Return the entries of the reports of these teams that are there."""
    return [entry for entry in ledger.entries if entry.team in teams and (order.out / entry.file).is_file()]


def _is_other(entry: LedgerEntry, order: Order) -> bool:
    """Return whether this run did not make a file: a report of a team, or what is about all teams.

    It makes other formats, or could not make it again. Shards make the reports, and ``merge`` the rest.
    """
    ending = PurePosixPath(entry.file).suffix[1:]
    if entry.team:
        return not order.merge and not (ending in order.reports and entry.made_from)
    if order.selection.shard is not None:
        return False
    if entry.file.startswith(_PORTFOLIO):
        return ending not in order.portfolio
    return entry.file.startswith(_SCORES) and ending not in order.scores


_SCORES, _PORTFOLIO = "scores.", "portfolio."
