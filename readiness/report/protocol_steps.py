"""Steps of testing a question bank with people."""

from collections.abc import Iterator

from readiness.bank.model import Bank
from readiness.document.blocks import Block, Heading, Points
from readiness.text import listed

_INTRODUCTION = (
    (
        "Only people can say if questions work. A language model can hold the words against the findings, and "
        "against rules for plain English. It can’t say how the words land with a person, or if people answer as "
        "things are. Nor can it say if two people who see the same thing choose the same answer. These are the "
        "steps in which a service or a university can find out. How many people each step takes is our rough "
        "guide."
    ),
    (
        "Before you begin, ask if this needs an ethics review. Tell everybody what it is for. They say yes first,"
        " and can stop at any time. Pay them for their time. Write down no names, and nothing about anybody’s "
        "health."
    ),
)
_STEPS = (
    (
        "Review by {who}",
        (
            (
                "Who: five or more {who}, from different kinds of services and roles. If a question is about one "
                "community, ask people from it too."
            ),
            (
                "How: each reads the questions alone, in the words that they would get, and fills in the review "
                "sheet. Then they meet for an hour. One of them leads, and no manager is there."
            ),
            ("Afterwards: do what they asked, or tell them why not. They see the new words before anybody else does."),
        ),
    ),
    (
        "Interviews on how each question is understood",
        (
            (
                "Who: nine people or more in a round. About half are {who}, and the rest hold the other roles. "
                "Have people from each kind of service that the questions tell apart."
            ),
            (
                "How: one person at a time, for 45 minutes and about nine questions. Share the questions out, so "
                "that three people or more meet each one. Use an interview sheet for each question."
            ),
            (
                "The person reads the question aloud, and says what they think while they choose. Then ask the "
                "questions on the sheet. Do not explain and do not help: you want to know what is not clear."
            ),
            (
                "Afterwards: change a question if two people read it in the same wrong way, if two answers fit, "
                "or if none does. Try new words with new people, in a second round."
            ),
        ),
    ),
    (
        "The same person twice (test and retest)",
        (
            (
                "Who: fifty people or more, in all the roles. With fewer you can see where answers jump, but not "
                "how often."
            ),
            (
                "How: each answers all of the questions, and again two weeks later, without seeing the first "
                "answers. Ask about each answer that differs: has the service changed? Use the record sheet."
            ),
            (
                "Work out for each question, without those that changed: how many chose the same answer, how many"
                " were one step apart, and how many more. Add weighted kappa and its range."
            ),
            (
                "Work out for the parts and the whole: the intraclass correlation, and the smallest change that "
                "is more than chance."
            ),
            "Afterwards: begin with questions that many answered two steps apart. They go back to step 2.",
        ),
    ),
    (
        "Two people who see the same thing",
        (
            "Who: twenty pairs or more. The two are from one service and hold different roles.",
            (
                "How: both answer apart. Then they lay their answers side by side, if both want to. Use the "
                "record sheet."
            ),
            (
                "Ask where they differ: did they see different things, or read the words differently? The first "
                "is a finding about the service. The second is a fault of the question, which goes back to step "
                "2."
            ),
        ),
    ),
    (
        "Say what came of it",
        (
            ("Publish what you did, with whom, what you found and what you changed. Say also what did not work."),
            (
                "Give the changed questions a new version. Then change what they say of themselves: what was "
                "tested, and what was not."
            ),
        ),
    ),
)
"""The steps, each with its points; ``{who}`` are those whose voice the bank needs."""


def steps(bank: Bank) -> Iterator[Block]:
    """Yield the steps of testing ``bank`` with people, each under a heading of level 3."""
    who = reviewers(bank)
    yield from _INTRODUCTION
    for number, (title, points) in enumerate(_STEPS, start=1):
        yield Heading(f"Step {number}: {title.format(who=who)}")
        yield Points([point.format(who=who) for point in points])


def reviewers(bank: Bank) -> str:
    """Return how those are called whose voice the bank needs to hear; without any, whom its questions are about."""
    needed = [role.many for role in bank.roles if role.id in bank.roles_needed]
    return listed(needed) if needed else "people whom the questions are about"
