"""Responses of a survey, each once: two exports can hold the same rows, and a number can stand in several of a file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from readiness.assessment.team_names import identity
from readiness.errors import Problem
from readiness.intake.respondents import Gathered
from readiness.intake.response_numbers import unpadded
from readiness.text import counted, some

Whose = tuple[str, str, str]
"""The organisation and the team of a response, as ``identity`` leaves them, and its number."""


@dataclass(frozen=True, slots=True)
class ResponsesOnce:
    """Responses without repeats by their position, each with its key; what is wrong with the others, and to be told."""

    kept: Mapping[int, Gathered]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def each_response_once(gathered: Sequence[Gathered]) -> ResponsesOnce:
    """Return each response once, of teams that have one name and organisation each. Those with an id all stay."""
    keys = _ResponseKeys(gathered)
    first: dict[Whose, Gathered] = {}
    kept: dict[int, Gathered] = {}
    again: list[str] = []
    problems: list[Problem] = []
    for at, one in enumerate(map(keys.keyed, gathered)):
        before = one if one.assessment.respondent.id else first.setdefault(_whose(one, one.key), one)
        if before is one:
            kept[at] = one
        elif before.assessment != one.assessment and not one.numbered:
            kept[at] = one  # two people at the same time
        elif not one.surveyed and before.place != one.place:
            kept[at] = one  # files of one name, without an id: ``each_once`` tells copies
        elif before.assessment == one.assessment:
            again.append(f"{one.place} (as {before.place})")
        else:
            what = f"This is the same response as in {before.place}, with other answers"
            todo = (
                "Use only the newer of the two files. If they are of two surveys, each of which numbers from 1, tell "
                "people apart by another column (--response-column)."
            )
            problems.append(Problem(what, todo, one.place))
    notices = [*keys.told()]
    if again:
        what = "response stands in the files more than once, and counts once"
        who = counted(len(again), what, "responses stand in the files more than once, and count once")
        notices.append(f"{who}: {some(again)}.")
    return ResponsesOnce(kept, tuple(problems), tuple(notices))


def _whose(one: Gathered, key: str) -> Whose:
    return identity(one.assessment.team.organisation or ""), identity(one.assessment.team.name), key


class _ResponseKeys:
    """Gives each response its key: its number's, or if others of its file have that number too, one of its own.

    Numbers are the same but for zeros at the start: a spreadsheet left them out. A file that has both kept them, and
    means two responses.
    """

    def __init__(self, gathered: Sequence[Gathered]) -> None:
        self._first: dict[tuple[str, Whose], Gathered] = {}
        self._others = defaultdict[tuple[str, Whose], dict[str, int]](dict)
        self._again = defaultdict[str, list[str]](list)
        self._shared: set[tuple[str, Whose]] = set()
        written = defaultdict[tuple[str, Whose], dict[str, Gathered]](dict)
        for one in gathered:
            if one.numbered:
                number = one.place.file, _whose(one, unpadded(one.key))
                ways = written[number]
                if next(iter(ways.values()), one).assessment != one.assessment:
                    self._shared.add(number)
                ways.setdefault(one.key, one)
        self._padded = {whose: ways for (_, whose), ways in written.items() if len(ways) > 1}

    def keyed(self, one: Gathered) -> Gathered:
        """Return the response with its key."""
        if not one.surveyed:
            return one
        bare = unpadded(one.key) if one.numbered else one.key
        if one.coded and (one.place.file, _whose(one, bare)) in self._shared:
            one = replace(one, coded=False)  # a code that several have tells nobody in another survey
        key = one.key if _whose(one, bare) in self._padded else bare
        number = one.place.file, _whose(one, key)
        first = self._first.setdefault(number, one)
        if first.assessment == one.assessment:  # the same one, or it is in the file twice
            return replace(one, key=key)
        others, said = self._others[number], one.assessment.to_json()
        if said not in others:
            others[said] = len(others) + 2
            if one.numbered:
                self._again[one.place.file].append(f"row {one.place.line} (as row {first.place.line})")
        return replace(one, key=f"{key}\n{others[said]}")

    def told(self) -> Iterator[str]:
        """Yield what to tell of files in which several have the same number, or one that is much alike."""
        for file, rows in self._again.items():
            who = counted(len(rows), "row has the number of another", "rows have the number of another")
            todo = "Each counts. If one is an older copy, take it out."
            yield f"{file}: {who}, with other answers: {some(rows)}. {todo}"
        for ways in self._padded.values():
            places = some([str(one.place) for one in ways.values()])
            alike = "numbers or codes that differ only in zeros at the start. Each counts"
            yield f"{places} have {alike}. If they are one person’s, write them alike."
