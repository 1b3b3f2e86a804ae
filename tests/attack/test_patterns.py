"""No regular expression of ours takes long over a long text of one character: the time grows as the text does."""

import ast
import importlib
import pkgutil
import re
import signal
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import readiness

LENGTH = 40_000
SECONDS = 0.5
"""Far more than a pattern needs that looks at each place once, and far less than one that looks at each pair."""
AROUND = (("", ""), ("1", "!"), ("a: x", "y: z"))
ALWAYS = ' \n1a:,-_/([<"#é'
HOWS = ("fullmatch", "match", "search", "sub", "split", "findall", "finditer")


MODULES = [
    found.name
    for found in pkgutil.walk_packages(readiness.__path__, "readiness.")
    if not found.name.endswith("__main__")
]


def patterns(module_name: str) -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Yield each pattern of a module, by name, with each of the methods that the module calls it with."""
    module = importlib.import_module(module_name)
    calls: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(Path(f"{module.__file__}").read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in HOWS and isinstance(node.value, ast.Name):
            calls.setdefault(node.value.id, set()).add(node.attr)
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=how)) if how in HOWS:
                yield from written(module, node, how)
    for name, value in vars(module).items():
        several = value if isinstance(value, tuple) else (value,)
        for at, pattern in enumerate(several):
            if isinstance(pattern, re.Pattern):  # one of several is called by another name: mostly for a whole text
                for how in sorted(calls.get(name, {"fullmatch"})):
                    yield f"{module_name}.{name}[{at}].{how}", pattern, how


def written(module: ModuleType, call: ast.Call, how: str) -> Iterator[tuple[str, re.Pattern[Any], str]]:
    """Yield the pattern that is written or named where it is used, such as in ``re.sub(r"…", …)``."""
    first = call.args[0]
    text = vars(module).get(first.id) if isinstance(first, ast.Name) else getattr(first, "value", None)
    if isinstance(text, str):
        yield f"{module.__name__}:{call.lineno}", re.compile(text), how


def too_long(*_: object) -> None:
    raise TimeoutError


def is_quick(pattern: re.Pattern[Any], how: str, text: str) -> bool:
    """Return whether the pattern is done with the text in time."""
    given: Any = text if isinstance(pattern.pattern, str) else text.encode()
    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        found = pattern.sub("", given) if how == "sub" else getattr(pattern, how)(given)
        if how == "finditer":
            deque(found, maxlen=0)
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def slow(pattern: re.Pattern[Any], how: str) -> Iterator[str]:
    """Yield the texts that the pattern takes too long over."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    for character in dict.fromkeys([*ALWAYS, *(sign for sign in source if not sign.isalnum())]):
        for before, after in AROUND:
            if not is_quick(pattern, how, before + character * LENGTH + after):
                yield f"{before!r} + {character!r} * {LENGTH} + {after!r}"


def test_the_patterns_of_the_package_are_found() -> None:
    found = [name for module in MODULES for name, _, _ in patterns(module)]
    assert len(found) > 80
    assert any(":" in name for name in found), "also those that are written where they are used"


def test_a_pattern_that_takes_long_is_noticed() -> None:
    assert next(slow(re.compile(r"\s*x"), "sub"), None)


@pytest.mark.parametrize("module", MODULES)
def test_no_pattern_takes_longer_than_its_text_is_long(module: str) -> None:
    assert {name: found for name, pattern, how in patterns(module) if (found := [*slow(pattern, how)])} == {}
