"""Teams: which names mean one team, and what holds of all its respondents.

Names between which nobody sees a difference mean one team (``identity``). Names that differ in capitals or punctuation
stay apart, and a person is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from readiness.assessment.model import Team
from readiness.assessment.team_names import identity
from readiness.bank.model import Bank, ProfileQuestion
from readiness.errors import Problem
from readiness.intake.respondents import Gathered
from readiness.roundtrip.form_entries import Given
from readiness.text import all_words, counted, listed, plain, safe, some


def likeness(organisation: str, name: str) -> tuple[str, str]:
    """Return a team's names without all that may be a slip: capitals, spaces and punctuation."""
    return _bare_organisation(organisation), _bare(name)


def likenesses(organisations: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the likeness of each of many teams."""
    bare: Iterable[str] = map(_bare, names)
    if all_words(names):  # which have no punctuation to leave out
        bare = "\n".join(names).casefold().replace(" ", "").split("\n")
    return zip(map(_bare_organisation, organisations), bare, strict=True)


def _bare(name: str) -> str:
    folded = name.casefold().replace(" ", "") if name.isascii() else ""
    return folded if folded.isalnum() else plain(name).replace(" ", "") or name


_bare_organisation = lru_cache(1_000)(_bare)
"""The same, remembered: teams have few organisations."""


def joining(count: int, team: Team, todo: str) -> str:
    """Return what to tell of ``count`` respondents without an organisation who count for ``team``."""
    who = counted(count, "respondent names no organisation", "respondents name no organisation")
    counts = "They count" if count > 1 else "It counts"
    return f"{who}. {counts} as {team}, like the rest. If that is another team, {todo}."


@dataclass(frozen=True, slots=True)
class Settled:
    """Respondents with one profile a team, what is wrong, and what to tell about it."""

    gathered: tuple[Gathered, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def named_once(gathered: Sequence[Gathered], notices: list[str]) -> Sequence[Gathered]:
    """Return the respondents with one name and organisation a team, and add to ``notices`` what to tell of that.

    A team that some give an organisation, and the rest none, is one team.
    """
    return _spelt_once(_of_one_organisation(gathered, notices))


def settle(gathered: Sequence[Gathered], bank: Bank, given: Given) -> Settled:
    """Return the respondents, ``named_once`` before, each with all that is known of their team's profile.

    Given options fill in what nobody says, and settle what a team's respondents say differently. What all of them say
    stays. If nothing says what decides which questions are asked, that is a problem, but for files of answers.
    """
    problems: list[Problem] = []
    notices: list[str] = []
    teams: dict[tuple[str | None, str], list[Gathered]] = defaultdict(list)
    for one in gathered:
        teams[one.assessment.team.organisation, one.assessment.team.name].append(one)
    profiles: dict[tuple[str | None, str], Mapping[str, str]] = {}
    for name, members in teams.items():
        found = [(entry.id, _value(entry, members, bank, given)) for entry in bank.profile]
        problems += [value for _, value in found if isinstance(value, Problem)]
        profiles[name] = {key: value for key, value in found if isinstance(value, str)}
        notices += _overruled(profiles[name], members[0].assessment.team, given)
    notices += _much_alike([members[0].assessment.team for members in teams.values()])
    settled = (
        _with_profile(one, profiles[one.assessment.team.organisation, one.assessment.team.name]) for one in gathered
    )
    return Settled(tuple(settled), tuple(problems), tuple(notices))


def _of_one_organisation(gathered: Sequence[Gathered], notices: list[str]) -> Sequence[Gathered]:
    """Return the respondents, with the organisation if others of a team of the same name say one, and only one."""
    said: dict[str, dict[str, Team]] = defaultdict(dict)
    silent: dict[str, int] = defaultdict(int)
    for one in gathered:
        team = one.assessment.team
        if team.organisation is None:
            silent[identity(team.name)] += 1
        else:
            said[identity(team.name)].setdefault(identity(team.organisation), team)
    known = {name: next(iter(said[name].values())) for name in silent if len(said[name]) == 1}
    todo = "collect it by itself, with --organisation"
    notices += [joining(silent[name], team, todo) for name, team in known.items()]
    return [_with_organisation(one, known.get(identity(one.assessment.team.name))) for one in gathered]


def _with_organisation(one: Gathered, known: Team | None) -> Gathered:
    team = one.assessment.team
    if known is None or team.organisation is not None:
        return one
    return _renamed(one, team.name, known.organisation)


def _spelt_once(gathered: Sequence[Gathered]) -> Sequence[Gathered]:
    """Return the respondents with each team's names as they are first spelt."""
    first: dict[tuple[str, str], Team] = {}
    spelt = []
    for one in gathered:
        team = one.assessment.team
        known = first.setdefault((identity(team.organisation or ""), identity(team.name)), team)
        spelt.append(_renamed(one, known.name, known.organisation))
    return spelt


def _renamed(one: Gathered, name: str, organisation: str | None) -> Gathered:
    team = one.assessment.team
    if (team.name, team.organisation) == (name, organisation):
        return one
    team = team.model_copy(update={"name": name, "organisation": organisation})
    return replace(one, assessment=one.assessment.model_copy(update={"team": team}))


def _value(entry: ProfileQuestion, members: Sequence[Gathered], bank: Bank, given: Given) -> str | Problem | None:
    """Return what holds of the team; a problem if it must be said and is not, or is said in different ways."""
    said: dict[str, int] = {}
    for one in members:
        if (value := one.assessment.team.profile.get(entry.id)) is not None:
            said[value] = said.get(value, 0) + 1
    if len(said) == 1:
        return next(iter(said))
    if entry.id in given.profile:
        return given.profile[entry.id]
    team = safe(str(members[0].assessment.team))
    if said:
        views = listed([f"{counted(count, 'person', 'people')} {value}" for value, count in said.items()])
        what = f'The answers about {team} differ on "{entry.id}": {views}'
        options = listed([f"{entry.id}={value}" for value in said], "or")
        return Problem(what, f"Settle it with --profile: {options}.", members[0].place)
    decides = any(entry.id in (question.when or {}) for question in bank.questions)
    if not decides or not any(one.surveyed for one in members):
        return None
    options = some([f"{entry.id}={option.id}" for option in entry.options])
    what = f'Nothing says of {team}: "{entry.text}" It decides which questions count'
    return Problem(what, f"Give it with --profile: {options}.", members[0].place)


def _overruled(profile: Mapping[str, str], team: Team, given: Given) -> Iterator[str]:
    for key, value in given.profile.items():
        if profile.get(key, value) != value:
            yield f"All answers about {team} say {key}={profile[key]}, so {key}={value} was not used."


def _much_alike(teams: Iterable[Team]) -> Iterator[str]:
    """Yield which teams may be one, as only capitals, punctuation or the organisation tell them apart."""
    alike: dict[str, list[str]] = defaultdict(list)
    for team in teams:
        alike[_bare(team.name)].append(f"“{team}”")
    for names in alike.values():
        if len(names) > 1:
            todo = "If they are one, give --organisation, or say in the mapping file what the name means"
            yield f"{listed(names)} count as {len(names)} teams. {todo}."


def _with_profile(one: Gathered, profile: Mapping[str, str]) -> Gathered:
    assessment = one.assessment
    if dict(assessment.team.profile) == dict(profile):
        return one
    kept = {key: value for key, value in assessment.team.profile.items() if key not in profile}  # of an older bank
    team = assessment.team.model_copy(update={"profile": {**profile, **kept}})
    return replace(one, assessment=assessment.model_copy(update={"team": team}))


def teams_of(gathered: Iterable[Gathered]) -> dict[str, int]:
    """Return how many respondents each team has, by its name."""
    counts: dict[str, int] = {}
    for one in gathered:
        counts[str(one.assessment.team)] = counts.get(str(one.assessment.team), 0) + 1
    return counts
