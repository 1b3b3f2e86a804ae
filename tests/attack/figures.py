"""Figures of ``docs/faults.md``, counted from the attacks themselves: ``python -m tests.attack.figures``."""

from readiness.document.page_policy import refuse_references, with_policy
from readiness.errors import InputError
from tests.attack.fuzz import FOUND
from tests.attack.mutations import HOSTILE as PIECES
from tests.attack.pages import HEARD, SILENT
from tests.attack.readers import READERS
from tests.attack.test_outputs import REGISTERED, RUNS, case
from tests.attack.test_own_pages import LEAVES
from tests.attack.test_themes import TEXTS
from tests.attack.word import HARMLESS, HOSTILE, MADE_IN_FILLING
from tests.program import ROOT

PAGE = ROOT / "docs/faults.md"


def is_refused(name: str) -> bool:
    """Return whether a page that calls a server is refused."""
    try:
        refuse_references(with_policy(HEARD[name]("http://127.0.0.1:9/x")))
    except InputError:
        return True
    return False


def page() -> str:
    """Return the page."""
    rows = {
        "Modules that write or pass data on, each registered": len(REGISTERED),
        "Commands that are run with hostile text in all that goes in; nothing raw comes out": len(
            [run for run in RUNS if not case(*run).marks]
        ),
        "… the same with `make test-long`": len(RUNS),
        "Web pages of templates that call a server in Chromium, if nothing stops them": len(HEARD),
        "… of these, those that still call under the content policy alone": len(LEAVES),
        "… of these, those that the check lets through": sum(not is_refused(name) for name in HEARD),
        "Web pages that call only after a click, or in no browser of today; all refused": len(SILENT),
        "Word templates that lead outside or run something; all refused": len(HOSTILE) + len(MADE_IN_FILLING),
        "Word templates that do not; all taken": len(HARMLESS),
        "Texts of `theme.toml` that stall a parser; all refused in seconds": len(TEXTS),
        "Readers that are fuzzed, each with its own file to begin from": len(READERS),
        "Hostile pieces that are put into these files": len(PIECES),
        "Inputs that fuzzing found, now read in each run": len([*FOUND.glob("*-*")]),
    }
    lines = [f"| {what} | {count} |" for what, count in rows.items()]
    return "\n".join((_START, "| what | how many |", "|---|---:|", *lines, ""))


_START = """# Under attack

What is tried against the program in each run of the tests. The figures are counted from the tests:
`python -m tests.attack.figures` writes this page, and a test fails if it is behind. What is promised, and what is not,
says [SECURITY.md](../SECURITY.md).
"""

if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
