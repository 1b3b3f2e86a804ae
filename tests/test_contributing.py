"""The page for those who work on the program names every room and every file in it, and none that is not there."""

import re
from collections.abc import Iterator

import pytest

from tests.program import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ROOMS = sorted(
    path.parent.relative_to(ROOT / "readiness").as_posix() for path in (ROOT / "readiness").glob("*/**/__init__.py")
)


def row(room: str) -> str:
    found: list[str] = re.findall(rf"^\| `readiness/{room}` \|.*$", PAGE, re.MULTILINE)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("room", ROOMS)
def test_each_file_of_a_room_is_named_in_its_row(room: str) -> None:
    files = {path.stem for path in (ROOT / "readiness" / room).glob("*.py")} - {"__init__"}
    named = {*re.findall(r"`([a-z_]+)`", row(room))}
    assert named == files


def test_what_any_room_may_use_is_named() -> None:
    (shared,) = re.findall(r"^\| `readiness` itself \|.*$", PAGE, re.MULTILINE)
    files = {path.stem for path in (ROOT / "readiness").glob("*.py")} - {"__init__", "__main__", "team"}
    assert {*re.findall(r"`([a-z_]+)`", shared)} - {"readiness"} == files


def paths() -> Iterator[str]:
    """Yield what the page names as a file or a folder of ours."""
    rooms = "|".join(("readiness", "tests", "questions", "docs", *ROOMS))
    for words in re.findall(r"`([^`\n]+)`", PAGE):
        if re.fullmatch(rf"(?:{rooms})/[\w./*-]+", words) and "languages/" not in words:
            yield words


@pytest.mark.parametrize("path", sorted({*paths()}))
def test_what_the_page_names_is_there(path: str) -> None:
    assert [*ROOT.glob(path)] or [*(ROOT / "readiness").glob(path)]
