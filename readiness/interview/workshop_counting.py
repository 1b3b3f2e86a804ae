"""Counts hands in a workshop: what becomes of it when a line of counts is typed. Pure."""

from dataclasses import replace

from readiness.assessment.group import GroupResponse, Hands, ShowOfHands
from readiness.interview.asked import tell
from readiness.interview.hands import NoHandsError, typed_hands
from readiness.interview.workshop import Counting, Workshop
from readiness.interview.workshop_changes import go_on_group, put_response
from readiness.language import _, n_
from readiness.words import choice


def count_line(workshop: Workshop, line: str) -> Workshop:
    """Return the workshop after a line was typed at a question: the hands of one group, or Enter alone."""
    if workshop.is_counted:
        if not line:
            return go_on_group(workshop)
        return tell(workshop, _("This is counted. Enter goes on, a counts again, c corrects the count."))
    if not line:
        return _enter(workshop)
    question, (role, line) = workshop.step.asked_question, _whose(workshop, line)
    people = workshop.people(role)
    try:
        hands = typed_hands(line, question, people)
    except NoHandsError as error:
        return tell(replace(workshop, counting=replace(workshop.count, waiting=None)), str(error))
    if missing := people - hands.people:
        typed = n_("You typed {count} hand", "You typed {count} hands", hands.people)
        here = n_("{count} person is here", "{count} people are here", people)
        more = _("{typed}; {here}. {missing} more?", typed=typed, here=here, missing=missing)
        how = _("Type the line again. Or press Enter: then {missing} gave no answer.", missing=missing)
        return tell(replace(workshop, counting=replace(workshop.count, waiting=(role, hands))), more, how)
    return _group_counted(workshop, role, hands)


def _whose(workshop: Workshop, line: str) -> tuple[str | None, str]:
    """Return the role that a line is about (the next, or the numbered one), and its counts."""
    number, colon, rest = line.partition(":")
    if colon and not workshop.count.together and (at := choice(number.strip(), len(workshop.roles))) is not None:
        return workshop.roles[at], rest
    return workshop.next_role, line


def _enter(workshop: Workshop) -> Workshop:
    """Return the workshop after Enter alone, where hands are to be counted."""
    if workshop.count.waiting is not None:
        return _group_counted(workshop, *workshop.count.waiting)
    if workshop.response and workshop.response.shows:
        return replace(workshop, counting=None, told=(_("Nothing was changed."),))
    return tell(workshop, _("Please type the counts, or s to skip. Type ? for help."))


def _group_counted(workshop: Workshop, role: str | None, hands: Hands) -> Workshop:
    """Return the workshop with one group's hands counted: at the next group, or with the whole show of hands."""
    count = workshop.count
    if role is None:
        return _counted(workshop, ShowOfHands(here=workshop.present, together=hands))
    done = {**dict(count.done), role: hands}
    if len(done) < len(workshop.present):
        return replace(workshop, counting=replace(count, done=tuple(done.items()), waiting=None))
    by_role = {name: done[name] for name in workshop.present}
    return _counted(workshop, ShowOfHands(here=workshop.present, by_role=by_role))


def _counted(workshop: Workshop, show: ShowOfHands) -> Workshop:
    before = workshop.response.shows if workshop.response else ()
    kept = before[:-1] if workshop.count.corrects else before
    note = workshop.response.note if workshop.response else None
    there = put_response(workshop, GroupResponse(shows=(*kept, show), note=note))
    return replace(there, counting=None)


def count_again(workshop: Workshop, _rest: str) -> Workshop:
    """Return the workshop at a further show of hands."""
    return replace(workshop, counting=workshop.count)


def correct_count(workshop: Workshop, _rest: str) -> Workshop:
    """Return the workshop counting the last show of hands once more, to replace it."""
    together = workshop.counted_response.shows[-1].by_role is None
    return replace(workshop, counting=Counting(together=together, corrects=True))


def count_other_way(workshop: Workshop, _rest: str) -> Workshop:
    """Return the workshop counting the other way: by role, or all together."""
    count = workshop.count
    return replace(workshop, counting=Counting(together=not count.together, corrects=count.corrects))
