"""Renders others' templates in a process of its own, which is stopped when it takes too much.

Nothing inside one process can bound a render: templates can loop, style sheets can ask for gigabytes. Libraries swallow
the exceptions that should end them.
"""

import base64
import json
import os
import pickle
import subprocess
import sys
import sysconfig
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from readiness.document.browser_pdf import browser_page, print_document
from readiness.document.engine import browser_instead
from readiness.document.values import Rendered
from readiness.document.write import Format
from readiness.errors import InputError, Place, Problem
from readiness.language import in_english, speaking, spoken
from readiness.memory_limit import limit_memory
from readiness.report.formats import render_here
from readiness.report.languages import catalogue
from readiness.report.model import Report
from readiness.report.report_document import report_document
from readiness.theme.theme import Theme
from readiness.time_limit import end_with, limit_time, out_of_time

Subject = TypeVar("Subject")
Make = Callable[[Format, Subject, Theme], Rendered]
DEADLINE = 60.0
"""Seconds; a report takes one or two."""
MEMORY = 2_000_000_000
"""Bytes; a report takes 0.3 GB."""

_OURS, _LIBRARIES = Path(__file__).parent.parent, sysconfig.get_path("purelib")
_SHOWN = 200
_DEEP = "Look for something very large, or very many things inside one another, in the templates."
_TODO = "Look for a loop, or for something very large, in the templates."


def render_apart(form: Format, report: Report, theme: Theme, deadline: float | None = None) -> Rendered:
    """Return the report as ``render_here`` makes it, made in another process.

    Raises InputError with what is wrong in the templates. That can be their time, ``deadline`` seconds (else DEADLINE),
    or their memory.
    """
    if form is Format.PDF and (browser := browser_instead()):
        # A browser is a process of its own already, and takes more memory than templates may.
        page, _told = made_apart(page_here, form, report, theme, deadline)
        return print_document(page.decode(), report_document(report, theme), theme, browser)
    return made_apart(render_here, form, report, theme, deadline)


def page_here(_form: Format, report: Report, theme: Theme) -> Rendered:
    """Return the page that a browser makes the PDF of, made in this process. Raises InputError as ``browser_page``."""
    return browser_page(report_document(report, theme), theme).encode(), ()


def made_apart(make: Make[Subject], form: Format, report: Subject, theme: Theme, deadline: float | None) -> Rendered:
    """Return the report, or any document, as ``make`` makes it, made in another process. Raises as ``render_apart``."""
    place, seconds = _place(theme), deadline or DEADLINE
    what = f"These templates took more than {seconds:g} seconds, and were stopped"
    late = InputError(Problem(what, _TODO, place))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "readiness.report.render_apart"],  # -P: no module of the folder we stand in
            input=pickle.dumps((os.getpid(), seconds, make, form, report, theme, spoken(), in_english())),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise late from None
    if out_of_time(done.returncode):
        raise late
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        what = "These templates ended the program that rendered them"
        raise InputError(Problem(what, _TODO, place)) from None
    if "bug" in answer:
        raise RuntimeError(answer["bug"])
    if "problems" in answer:
        raise InputError(_problem(*problem) for problem in answer["problems"])
    return base64.b64decode(answer["data"]), tuple(answer["told"])


def _place(theme: Theme) -> Place:
    return Place(str(theme.templates or theme.word_template))


def _problem(what: str, todo: str, place: list[str | int | None] | None) -> Problem:
    return Problem(what, todo, Place(*place) if place else None)  # type: ignore[arg-type]


def main() -> None:
    """Render what stands on standard input, and write what came of it to standard output."""
    parent, seconds, *task = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 — from ourselves, over a pipe
    make, form, report, theme, language, english = task
    end_with(parent)
    limit_time(seconds)
    limit_memory(MEMORY)
    try:
        with speaking(language, catalogue(language), english=english):
            data, told = make(form, report, theme)
        answer: dict[str, object] = {"data": base64.b64encode(data).decode(), "told": told}
    except InputError as error:
        answer = {"problems": [_as_json(problem) for problem in error.problems]}
    except MemoryError:
        problem = Problem("These templates need more memory than a report may take", _TODO, _place(theme))
        answer = {"problems": [_as_json(problem)]}
    except Exception as error:  # noqa: BLE001 — a mistake of ours is told to the process that asked
        if _is_ours(error):
            answer = {"bug": traceback.format_exc()}
        else:
            what = f"These templates can’t be laid out ({type(error).__name__}: {str(error)[:_SHOWN]})"
            answer = {"problems": [_as_json(Problem(what, _DEEP, _place(theme)))]}
    sys.stdout.write(json.dumps(answer))


def _is_ours(error: Exception) -> bool:
    """Return whether a mistake of ours ended the render, and not a library that found something too much."""
    files = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    last = max(at for at, file in enumerate(files) if file.is_relative_to(_OURS))
    in_a_library = any(file.is_relative_to(_LIBRARIES) for file in files[last:])
    return not in_a_library and not isinstance(error, RecursionError)


def _as_json(problem: Problem) -> list[object]:
    place = problem.place
    return [problem.what, problem.todo, [place.file, place.line, place.column] if place else None]


if __name__ == "__main__":
    main()
