"""Earlier answers beside today's, under the date they are of: ``my-service.2026-10-14.json``; with the plan of then."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path

from readiness.assessment.endings import ENDINGS, PLAN_ENDING
from readiness.assessment.store import write_atomically

_DATED = re.compile(r"(?P<stem>.+)\.(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(-(?P<nth>[0-9]+))?")


def is_earlier(path: Path) -> bool:
    """Return whether the file is an earlier copy of answers, or of a plan, with today's beside it."""
    dated = _DATED.fullmatch(_stem(path.name))
    endings = (*ENDINGS, PLAN_ENDING) if path.name.endswith(PLAN_ENDING) else ENDINGS
    return dated is not None and any(path.with_name(dated["stem"] + ending).is_file() for ending in endings)


def earlier_copies(answers: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Return the earlier copies of each of the answers that are beside them, the oldest first."""
    found = defaultdict(list)
    for folder in {path.parent for path in answers}:  # read once: it can hold thousands
        for path in folder.glob("*"):  # of a folder that may not be read it gives nothing
            if dated := _DATED.fullmatch(path.stem):
                found[folder, dated["stem"] + path.suffix].append((dated["day"], int(dated["nth"] or 1), path))
    return [tuple(copy for _, _, copy in sorted(found[path.parent, path.name])) for path in answers]


def keep_earlier(answers: Path, day: dt.date, plan: Path | None) -> Path:
    """Copy the answers, and the plan made from them, beside today's under their ``day``; return the copy's name.

    Nothing is overwritten: a second copy of one day gets a number. Raises OSError if one can't be written.
    """
    name = _free_name(answers.with_name(answers.stem), day)
    copy = answers.with_name(name + answers.suffix)
    if plan is not None and plan.is_file():
        write_atomically(answers.with_name(name + PLAN_ENDING), plan.read_bytes())
    write_atomically(copy, answers.read_bytes())
    return copy


def keep_earlier_plan(plan: Path, day: dt.date) -> Path:
    """Copy the plan of a folder of answers beside itself under the ``day``; return the copy's name.

    Nothing is overwritten. Raises OSError if it can't be written.
    """
    copy = plan.with_name(_free_name(plan.with_name(_stem(plan.name)), day) + PLAN_ENDING)
    write_atomically(copy, plan.read_bytes())
    return copy


def _free_name(start: Path, day: dt.date) -> str:
    names = (f"{start.name}.{day}{nth}" for nth in chain([""], (f"-{n}" for n in count(2))))
    return next(name for name in names if not _is_taken(start.with_name(name)))


def _is_taken(path: Path) -> bool:
    return any(path.with_name(path.name + ending).exists() for ending in (*ENDINGS, PLAN_ENDING))


def _stem(name: str) -> str:
    ending = next((ending for ending in (PLAN_ENDING, *ENDINGS) if name.endswith(ending)), "")
    return name.removesuffix(ending) if ending else ""
