"""Earlier answers beside today's, under the date they are of: ``my-service.2026-10-14.json``; with the plan of then."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from readiness.assessment.draft import write_atomically
from readiness.assessment.endings import ENDINGS, PLAN_ENDING, ending
from readiness.assessment.filenames import distinctions
from readiness.assessment.model import Respondent, Team
from readiness.assessment.team_names import identity
from readiness.bank.document import decode, parse, read_bytes
from readiness.errors import InputError
from readiness.file_version import FileVersion

_ORIGINAL = "-original"
"""After the day, it marks answers as they were before they were carried over to another version of the bank."""
_DATED = re.compile(
    rf"(?P<stem>.+)\.(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?P<kept>{_ORIGINAL})?(-(?P<nth>[0-9]+))?"
)


def is_earlier(path: Path, by_day: Callable[[Path], bool] | None = None) -> bool:
    """Return if the file is an earlier copy of answers, or of a plan, with today's beside it.

    A plan is one if its name has the date of a copy; but if answers have its name, then only if they are one.
    ``by_day`` is ``named_by_day``, or remembers what that has said of a folder, for many files.
    """
    if not path.name.endswith(PLAN_ENDING):
        return todays(path) is not None
    if not (dated := _DATED.fullmatch(_stem(path.name))):
        return False
    own = [answers for answers in _named(path, _stem(path.name), ENDINGS) if _save(answers)]
    if own:
        by_day = by_day or named_by_day
        return any(is_earlier(answers) or (todays_gone(answers) and not by_day(path.parent)) for answers in own)
    return any(today.is_file() for today in _named(path, dated["stem"], (*ENDINGS, PLAN_ENDING)))


def earlier_copies(answers: Sequence[Path], *, originals: bool = False) -> list[tuple[Path, ...]]:
    """Return the earlier copies of each of the answers that are beside them, the oldest first.

    With those that have the name of a copy and can't be read, so that their reader says so. ``originals``: also those
    that were carried over. What people changed since then is not what they answered another time.
    """
    found = defaultdict(list)
    for folder in {path.parent for path in answers}:  # read once: it can hold thousands
        for path in folder.glob("*"):  # of a folder that may not be read it gives nothing
            dated = _DATED.fullmatch(path.stem)
            if dated is None or (dated["kept"] and not originals):
                continue
            if today := todays(path) or _unread_beside(path):
                found[today].append((dated["day"], int(dated["nth"] or 1), path))
    return [tuple(copy for _, _, copy in sorted(found[path])) for path in answers]


def todays_gone(path: Path) -> Path | None:
    """Return the name that today's answers had if the file is a copy of some that are gone; None if it is no such copy.

    Whoever withdrew has only their own file taken out: a copy must not count in its place. The date in a copy's name is
    that of its answers.
    """
    dated = _DATED.fullmatch(path.stem)
    if dated is None or ending(path.name) not in ENDINGS or _beside(path):
        return None
    copy = _save(path)
    return path.with_name(dated["stem"] + path.suffix) if copy and copy.date == dated["day"] else None


def named_by_day(folder: Path) -> bool:
    """Return if people named the answers in the folder by day: all have the name of a copy, and of more than one."""
    names = [each.stem for each in folder.glob("[!.]*") if ending(each.name) in ENDINGS and not _is_plan(each)]
    dated = [*map(_DATED.fullmatch, names)]
    return all(dated) and len({each["stem"] for each in dated if each}) > 1


def _is_plan(path: Path) -> bool:
    return path.name.endswith(PLAN_ENDING)


def day_in_name(path: Path) -> str:
    """Return the day that the name of a copy ends in, as 2026-10-14; empty if it ends in none."""
    dated = _DATED.fullmatch(path.stem)
    return dated["day"] if dated else ""


class _Save(BaseModel, frozen=True, extra="ignore"):
    """Who saved answers, and when: as far as it takes to tell that others are an earlier save of them."""

    team: Team
    respondent: Respondent = Respondent()
    date: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]  # a date would take any number for one
    revision: int = 0
    present: object = None

    def is_later_than(self, copy: "_Save", day: str) -> bool:
        """Return if the same respondent saved these later; without two ids, the same team and role tell that.

        A copy under its own date (``day``) is the earlier if it was saved less often, whatever its date says: the clock
        of the computer that saved it may have been wrong.
        """
        ids = self.respondent.id, copy.respondent.id
        same = ids[0] == ids[1] if all(ids) else self.who == copy.who
        ours = copy.date == day and copy.revision < self.revision
        return same and (ours or (self.date, self.revision) > (copy.date, copy.revision))

    @property
    def who(self) -> tuple[object, ...]:
        """The team and the role, and if a group saved these."""
        names = self.team.name, self.team.organisation or "", self.respondent.role or ""
        return (self.present is not None, *map(identity, names))


def _save(path: Path) -> _Save | None:
    """Return who saved the answers in the file, and when; None if it holds none that can be read."""
    now = FileVersion.of(path)
    return None if now is None else _saved(path, now)


@lru_cache(maxsize=16)
def _saved(path: Path, _: FileVersion) -> _Save | None:
    """Return the same of a file as it is. It can stand beside hundreds of copies, and takes long to read if large."""
    try:
        return _Save.model_validate(parse(decode(read_bytes(path), str(path)), ending(path.name)).data)
    except (InputError, ValidationError):
        return None


def todays(path: Path) -> Path | None:
    """Return the answers beside the file that it is an earlier copy of; None if it is no copy.

    The name alone does not tell: somebody else's answers can have such a name.
    """
    dated = _DATED.fullmatch(path.stem)
    beside = _beside(path)
    copy = _save(path) if beside else None
    if dated is None or copy is None:
        return None
    saves = ((today, _save(today)) for today in beside)
    return next((today for today, save in saves if save and save.is_later_than(copy, dated["day"])), None)


def _unread_beside(path: Path) -> Path | None:
    return next(iter(_beside(path)), None) if _save(path) is None else None


def _beside(path: Path) -> list[Path]:
    """Return the answers whose earlier copy the file could be by its name, first those with the same ending."""
    dated = _DATED.fullmatch(path.stem)
    if dated is None or ending(path.name) not in ENDINGS:
        return []
    return [today for today in _named(path, dated["stem"], (path.suffix, *ENDINGS)) if today.is_file()]


def _named(path: Path, stem: str, endings: Sequence[str]) -> list[Path]:
    return [path.with_name(stem + each) for each in dict.fromkeys(endings)]


def keep_earlier(answers: Path, day: dt.date, plan: Path | None, *, original: bool = False) -> Path:
    """Copy the answers, and the plan made from them, beside today's under their ``day``; return the copy's name.

    ``original``: they are carried over to another version, and not given anew. Nothing is overwritten: a second copy
    of one day gets a number. Raises OSError if one can't be written.
    """
    name = _free_name(answers.with_name(answers.stem), f"{day}{_ORIGINAL if original else ''}")
    copy = answers.with_name(name + answers.suffix)
    if plan is not None and plan.is_file():
        write_atomically(answers.with_name(name + PLAN_ENDING), plan.read_bytes())
    write_atomically(copy, answers.read_bytes())
    return copy


def keep_original_plan(plan: Path, day: dt.date) -> Path:
    """Copy the plan of a folder, to be carried over, beside itself under the ``day``; return the copy's name.

    Nothing is overwritten. Raises OSError if it can't be written.
    """
    copy = plan.with_name(_free_name(plan.with_name(_stem(plan.name)), f"{day}{_ORIGINAL}") + PLAN_ENDING)
    write_atomically(copy, plan.read_bytes())
    return copy


def _free_name(start: Path, day: str) -> str:
    names = (f"{start.name}.{day}{nth}" for nth in distinctions())
    return next(name for name in names if not _is_taken(start.with_name(name)))


def _is_taken(path: Path) -> bool:
    return any(path.with_name(path.name + ending).exists() for ending in (*ENDINGS, PLAN_ENDING))


def _stem(name: str) -> str:
    ending = next((ending for ending in (PLAN_ENDING, *ENDINGS) if name.endswith(ending)), "")
    return name.removesuffix(ending) if ending else ""
