"""How hard a text of the shipped bank may be to read, and the few texts that may be harder."""

import textstat

TEXT_LIMIT = 9.0
QUESTION_MEAN_LIMIT = 6.5

# Names of a few words, of which the index says little: a service knows them, or finds them explained beside them.
EXCEPTIONS = {
    "Service manager",
    "service manager",
    "service managers",
    "Senior manager",
    "senior manager",
    "senior managers",
    "Treasurer",
    "Whoever gives one-to-one support",
    "Whoever looks after volunteers",
    "One-to-one support",
    "One-to-one support: the plan",
    "Building",
    "Introducing: the first Peer Workers have started",
}


def index(text: str) -> float:
    """Automated readability index of ``text``, about the years of schooling it takes to read."""
    return float(textstat.automated_readability_index(text))
