"""What a workshop shows: lines of plain text, each with the part it plays. Pure: nothing is drawn here."""

from collections.abc import Callable, Iterator, Mapping

from readiness.assessment.group import ShowOfHands
from readiness.assessment.roles import NOT_SAID
from readiness.bank.model import Question
from readiness.interview.asked import Asking
from readiness.interview.hands import counts_of, group_name, hear_first, hearing_order, middle, role_names, spread, told
from readiness.interview.lines import Line, LinePart, Screen
from readiness.interview.result import TWO_PEOPLE, result_lines
from readiness.interview.shared_lines import domain_lines, profile_lines
from readiness.interview.steps import GroupStepKind, how_many
from readiness.interview.workshop import Workshop
from readiness.interview.workshop_advance import group_takes_words
from readiness.interview.workshop_helping import workshop_help
from readiness.language import N_, _, n_
from readiness.team import AssessedTeam
from readiness.text import listed, safe

_WIDEST = 20
"""The most blocks of a bar. More hands are drawn to scale."""


def workshop_screen(workshop: Workshop, *, bars: bool = True) -> Screen:
    """Return what the workshop shows now; ``bars`` are for eyes only, and left out for screen readers."""
    if workshop.explained:
        return Screen(tuple(workshop_help(workshop)), "> ")
    lines = [Line(LinePart.TOLD, text) for text in workshop.told]
    if workshop.asking is Asking.NOTE:
        lines += _note(workshop)
    elif workshop.asking is Asking.JUMP:
        lines += _jump(workshop)
    elif workshop.step.kind is GroupStepKind.QUESTION and workshop.is_counted:
        lines += _counted(workshop, bars=bars) if workshop.again else []
    elif workshop.again:
        lines += _STEPS[workshop.step.kind](workshop)
    return Screen(tuple(lines), _prompt(workshop), group_takes_words(workshop))


def _prompt(workshop: Workshop) -> str:
    """Return the prompt: it says whose hands are counted, so that each line can be read by itself."""
    counting = workshop.step.kind is GroupStepKind.QUESTION and not workshop.is_counted
    if workshop.asking is not Asking.ANSWER or not counting:
        return "> "
    role = workshop.next_role
    return f"{_whose(workshop, role)}> "


def _whose(workshop: Workshop, role: str | None) -> str:
    people = workshop.people(role)
    name = _("Everybody") if role is None else group_name(role, people, workshop.bank.roles)
    return f"{name} ({people})"


def _name(workshop: Workshop) -> Iterator[Line]:
    yield Line(LinePart.HEADING, workshop.bank.title)
    if workshop.bank.texts.terms:
        yield Line(LinePart.TEXT, workshop.bank.texts.terms)
    fewest, most = how_many(workshop.bank)
    number = str(most) if fewest == most else _("{fewest} to {most}", fewest=fewest, most=most)
    yield Line(LinePart.TEXT, _(_WELCOME, number=number))
    yield Line(LinePart.TEXT, _(_PRIVACY))
    yield Line(LinePart.TEXT, _(_SAVED))
    yield Line(LinePart.QUESTION, _("What is the name of the team or service?"))
    if workshop.group:
        yield _kept(workshop.group.team.name)


def _organisation(workshop: Workshop) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, _("Which organisation is it part of? Press Enter to leave this out."))
    if workshop.group and workshop.group.team.organisation:
        yield _kept(workshop.group.team.organisation)


def _kept(text: str) -> Line:
    return Line(LinePart.CHOSEN, _("{text} (press Enter to keep it)", text=safe(text)))


def _profile(workshop: Workshop) -> Iterator[Line]:
    return profile_lines(workshop, N_("About the service: {at} of {of}"))


def _present(workshop: Workshop) -> Iterator[Line]:
    roles = workshop.bank.roles
    yield Line(LinePart.HEADING, _("Who is here?"))
    if not roles:
        yield Line(LinePart.QUESTION, _("How many people are in the room, and will hold up a number?"))
        if workshop.present:
            yield _kept(str(sum(workshop.present.values())))
        return
    yield Line(LinePart.QUESTION, _("How many people of each role are here? Only those who will hold up a number."))
    for number, role in enumerate([*(role.id for role in roles), NOT_SAID], start=1):
        label = _("None of these, or would rather not say") if role == NOT_SAID else roles[number - 1].label
        count = workshop.present.get(role, 0)
        part = LinePart.CHOSEN if count else LinePart.CHOICE
        yield Line(part, f"{label}: {count}" if workshop.present else label, f"{number}.")
    such = " ".join(map(str, [3, 1, 2, *[0] * len(roles)][: len(roles) + 1]))
    yield Line(LinePart.TEXT, _("Type a number for each line, in this order: {such}, for example.", such=such))
    if workshop.present:
        yield Line(LinePart.HINT, _("Or only the change: 2=4 for four in line 2. Enter keeps what is shown."))


def _by_role(workshop: Workshop) -> Iterator[Line]:
    yield Line(LinePart.HEADING, _("How to count"))
    yield Line(LinePart.TEXT, _(_BY_ROLE))
    alone = [role for role, count in workshop.present.items() if count == 1 and role != NOT_SAID]
    if alone:
        names = listed(
            [group_name(role, 1, workshop.bank.roles) for role in hearing_order(alone, workshop.bank)], _("and")
        )
        yield Line(
            LinePart.TOLD,
            _("Only one person is here as: {roles}. By role, the file says what that person answered.", roles=names),
        )
    yield Line(LinePart.QUESTION, _("Shall hands be counted by role? Only if everybody agrees."))
    if workshop.group and workshop.group.by_role is not None:
        yield Line(LinePart.CHOSEN, _("You said: yes.") if workshop.group.by_role else _("You said: no."))
    yield Line(LinePart.HINT, _("y yes, n no: all hands together. You can change it at any question with t."))


def _question(workshop: Workshop) -> Iterator[Line]:
    if not workshop.count.done:
        yield from _asked(workshop)
        question = workshop.step.question
        aside = [] if question is None or question.always else [_("Flat hand: does not apply.")]
        yield Line(LinePart.TEXT, " ".join([_(_HOLD_UP), *aside]))
        if workshop.response and workshop.response.note:
            yield Line(LinePart.CHOSEN, _("Note: {note}", note=safe(workshop.response.note)))
    for role, hands in workshop.count.done:
        question = workshop.step.asked_question
        yield Line(LinePart.CHOSEN, f"{_whose(workshop, role)}: {told(hands, question)}.")
    if not workshop.count.together and not workshop.count.done:
        groups = [f"{at}: {_whose(workshop, role)}" for at, role in enumerate(workshop.roles, start=1)]
        yield Line(LinePart.EXTRA, _("In this order: {groups}.", groups=", ".join(groups)))
    if not workshop.count.done:
        yield Line(LinePart.HINT, _(_COUNT_KEYS))


def _asked(workshop: Workshop, counts: tuple[int, ...] | None = None, *, bars: bool = False) -> Iterator[Line]:
    """Yield the question with its levels, and with how many hold up each if they are counted."""
    question, domain = workshop.step.asked_question, workshop.step.asked_domain
    at, of = workshop.number(question), len(workshop.questions)
    heading = _("{part}: question {at} of {of}", part=domain.title, at=at, of=of)
    shows = workshop.response.shows if workshop.response else ()
    nth = len(shows) + (counts is None and not workshop.count.corrects)
    if nth > 1:
        heading = _("{heading}, show of hands {nth}", heading=heading, nth=nth)
    yield Line(LinePart.HEADING, heading)
    if at == 1 and counts is None and workshop.bank.texts.choosing:
        yield Line(LinePart.EXTRA, workshop.bank.texts.choosing)
    yield Line(LinePart.QUESTION, question.text)
    if question.help and counts is None:
        yield Line(LinePart.EXTRA, question.help)
    most = max(counts or (0,))
    for position, level in enumerate(question.levels):
        text = level.text
        if counts is not None:
            hands = n_("{count} hand", "{count} hands", counts[position])
            bar = f"{_bar(counts[position], most)} " if bars and counts[position] else ""
            text = f"{bar}{hands}: {level.text}"
        part = LinePart.CHOSEN if counts and counts[position] else LinePart.CHOICE
        yield Line(part, text, f"{position + 1}.")


def _bar(count: int, most: int) -> str:
    return "█" * (count if most <= _WIDEST else max(1, count * _WIDEST // most))


def _counted(workshop: Workshop, *, bars: bool) -> Iterator[Line]:
    """Yield how the hands spread that were counted last, and whom to hear first."""
    question, response = workshop.step.asked_question, workshop.counted_response
    show = response.shows[-1]
    yield from _asked(workshop, counts_of(show.total, question), bars=bars)
    yield Line(LinePart.TEXT, " ".join(spread(show, question)))
    for role in hearing_order(show.by_role or (), workshop.bank):
        hands = (show.by_role or {})[role]
        name = group_name(role, show.here[role], workshop.bank.roles)
        yield Line(LinePart.EXTRA, f"{name}: {told(hands, question)}.")
    if len(response.shows) > 1:
        yield Line(LinePart.TEXT, _before(response.shows[-2], show, question))
    if first := hear_first(show, question, workshop.bank):
        yield Line(LinePart.TOLD, first)
    if response.note:
        yield Line(LinePart.CHOSEN, _("Note: {note}", note=safe(response.note)))
    yield Line(LinePart.HINT, _(_COUNTED_KEYS))


def _before(earlier: ShowOfHands, later: ShowOfHands, question: Question) -> str:
    """Return how the show of hands before went, and if the middle has moved since."""
    said = _("Before: {told}.", told=told(earlier.total, question))
    was, now = middle(earlier, question), middle(later, question)
    if was is None or now is None:
        return said
    moved = (
        _("The middle answer stays at {now}.", now=now)
        if was == now
        else _("The middle answer moves from {was} to {now}.", was=was, now=now)
    )
    return f"{said} {moved}"


def _shown_alone(workshop: Workshop) -> Iterator[Line]:
    yield Line(LinePart.HEADING, _("Roles that few of you hold"))
    yield Line(LinePart.TEXT, _(_FEW))
    yield Line(LinePart.TEXT, _("If somebody of a role has left, leave it out: nobody can agree for them."))
    if left := workshop.left_roles:
        names = role_names(left, workshop.bank.roles)
        yield Line(LinePart.TOLD, _("Not asked, as somebody has left: {roles}.", roles=names))
    yield Line(LinePart.QUESTION, _("Of which of these roles may the answers be shown?"))
    agreed = (workshop.group.shown_alone if workshop.group else None) or ()
    people = workshop.group.people if workshop.group else {}
    for number, role in enumerate(workshop.few_roles, start=1):
        name = f"{group_name(role, people[role], workshop.bank.roles)} ({people[role]})"
        shown = role in agreed
        text = _("{text} (may be shown)", text=name) if shown else name
        yield Line(LinePart.CHOSEN if shown else LinePart.CHOICE, text, f"{number}.")
    yield Line(LinePart.HINT, _("Type their numbers, such as 1 2. n or Enter: none, or what is shown. b back, ? help."))


def _review(workshop: Workshop) -> Iterator[Line]:
    yield Line(LinePart.HEADING, _("Review"))
    if not workshop.open_numbers:
        yield Line(LinePart.TEXT, _("Every question is counted."))
        hint = _("Enter shows your result. Or type a question's number to look at it, or to count it a second time.")
        yield Line(LinePart.HINT, hint)
        return
    yield Line(LinePart.TEXT, _("Not counted yet:"))
    for number in workshop.open_numbers:
        yield Line(LinePart.CHOICE, workshop.questions[number - 1].name, f"{number}.")
    hint = _("Type the number of any question to count it and come back here. Enter shows your result.")
    yield Line(LinePart.HINT, hint)


def _offer(workshop: Workshop) -> Iterator[Line]:
    yield from result_lines(workshop.result or AssessedTeam(workshop.bank, workshop.begun.respondents), workshop.date)
    if sum(workshop.begun.people.values()) == 2:  # noqa: PLR2004 — that is what the sentence is about
        yield Line(LinePart.TEXT, TWO_PEOPLE)
    yield Line(LinePart.QUESTION, _("Shall the report with your action plan be written now?"))
    yield Line(LinePart.HINT, _("y yes, Enter no, b back to the review, j jump to a question"))


def _note(workshop: Workshop) -> Iterator[Line]:
    if workshop.response and workshop.response.note:
        yield Line(LinePart.CHOSEN, _("Note: {note}", note=safe(workshop.response.note)))
    yield Line(LinePart.QUESTION, _("The group's note, in one line. (Enter alone changes nothing, - removes it.)"))


def _jump(workshop: Workshop) -> Iterator[Line]:
    yield Line(LinePart.QUESTION, _("Which question? Type its number, r for the review, or Enter to stay."))
    yield from domain_lines(workshop, N_(" (not counted: {numbers})"))


_WELCOME = N_(
    "For a group in one room. First a few words about the service. Then {number} questions: read each aloud, all hold "
    "up a number at once, and you type how many hold up which. Make the letters large enough for all to read."
)
_PRIVACY = N_(
    "Tell everybody: all in the room see who holds up what. No names are kept. The file holds how many held up each "
    "number, by role only if you all agree, and those who have the file can read it. A report shows a role by itself "
    "only if five people or more hold it, or if all who hold it agree."
)
_SAVED = N_(
    "Each question is saved once it is counted. Stop whenever you like: type q. Type ? for help, here and everywhere."
)
_BY_ROLE = N_(
    "By role, the report can show where Peer Workers and others see the service differently. The file then says how "
    "each role answered. If all hands are counted together, no answer is tied to a role."
)
_HOLD_UP = N_("All hold up a number at once. Fist: don't know.")
_COUNT_KEYS = N_(
    "Type a count for each number, such as 1 0 2 0 0. =3 all hold up 3, d1 one doesn't know, n1 does not "
    "apply, s skip, t by role or together, who is here, e note, b back, j jump, ? help, q quit"
)
_COUNTED_KEYS = N_(
    "Saved. Talk about it. Enter goes on, a count again, c correct the count, e note, who is here, b back, j jump, "
    "? help, q quit"
)
_FEW = N_(
    "So few people hold these roles that the report does not show their answers by themselves, unless all who hold a "
    "role agree. Ask them with eyes closed: a hand up means no, and one is enough."
)
_STEPS: Mapping[GroupStepKind, Callable[[Workshop], Iterator[Line]]] = {
    GroupStepKind.NAME: _name,
    GroupStepKind.ORGANISATION: _organisation,
    GroupStepKind.PROFILE: _profile,
    GroupStepKind.PRESENT: _present,
    GroupStepKind.BY_ROLE: _by_role,
    GroupStepKind.QUESTION: _question,
    GroupStepKind.SHOWN_ALONE: _shown_alone,
    GroupStepKind.REVIEW: _review,
    GroupStepKind.OFFER: _offer,
}
