"""Where a person's edits of a plan are kept: beside the answers, as safely as they are."""

import os
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Self

from readiness.assessment.model import Team
from readiness.assessment.store import KeptFile
from readiness.bank.model import Bank
from readiness.errors import InputError, Place, Problem
from readiness.plan.edits_file import keeps_numbers, read_overlay, with_id
from readiness.plan.overlay import Overlay


class PlanFile(KeptFile[Overlay]):
    """The file of one team's edits.

    Raises InputError, too, if a person writes it by hand: what is saved is JSON, and has none of their comments.
    """

    holds = "this plan"
    last = "your last change"

    def __enter__(self) -> Self:
        if self.path.suffix != ".json" and self.path.is_file():  # everything else is read as YAML
            what = "This file is written by hand, and your comments in it would be lost, so it is left alone"
            todo = "Change it by hand. Or leave out --plan: then changes are saved in a file of their own."
            raise InputError(Problem(what, todo, Place(str(self.path))))
        return super().__enter__()

    def save(self, kept: Overlay) -> Overlay:
        """Save as any kept file; the first time, the plan gets the name that calendars know it by for ever.

        A plan that was written by hand keeps the one that it went by until now.
        """
        return super().save(with_id(kept, exists=self.exists))


class NumbersKept(Enum):
    """Outcome of keeping the numbers of a plan's actions."""

    SAVED = "saved"
    NOTHING_TO_SAVE = "nothing to save"
    REFUSED = "refused"


def keep_numbers(path: Path | None, bank: Bank, edits: Overlay, numbered: Overlay) -> NumbersKept:
    """Keep the ``numbered`` edits in the file that has ``edits``, or in a new one; return the outcome.

    So nothing moves a number that somebody has seen. If the file can't be written now, or was edited since, it stays as
    it is: then only what came since the last edit may have another number next time.
    """
    if path is None or numbered == edits or not keeps_numbers(path):
        return NumbersKept.NOTHING_TO_SAVE
    with suppress(InputError, OSError):
        if os.access(path if path.exists() else path.parent, os.W_OK):
            with PlanFile(path) as file:
                team = Team(name=edits.team, organisation=edits.organisation)
                if read_overlay(path, bank, team) == edits:
                    file.save(numbered)
                    return NumbersKept.SAVED
    return NumbersKept.REFUSED
