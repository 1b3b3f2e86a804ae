"""Reads a YAML file on past its mistakes, so that a person learns of all at once."""

import json
import re

from readiness.bank.document import ParsedDocument, YamlReader
from readiness.errors import InputError, Problem

_VALUE = re.compile(r"(\s*(?:- +)?[^\s#:'\"\[\]{},-][^#:'\"\[\]{},]*:[ \t]+)([^\s'\"\[{|>#](?:.*\S)?)\s*")
"""A key with a text behind it that has no quotes: where such a line can't be read, quotes would have helped."""
_MOST = 50
_LONGEST = 200_000
"""How many lines are read past, in a text of how many characters: each time, the text is read from its start again."""


def parse_yaml_on(text: str, file: str) -> tuple[ParsedDocument, list[Problem]]:
    """Return the document in ``text``, and what is wrong with the YAML.

    A line that can't be read is read as if its text stood in quotes. Whoever uses the document must tell the problems;
    it may not be what was meant. Raises InputError, with all that is known until then, where that does not help.
    """
    lines = text.split("\n")
    problems: list[Problem] = []
    mended: set[int] = set()
    while True:
        reader = YamlReader("\n".join(lines), file)
        try:
            document = reader.read()
        except InputError as error:
            at = _at(error.problems[0])
            if at not in mended:  # else quotes did not help, and what is wrong there is told already
                problems += error.problems
            quoted = _quoted(lines, at)
            if quoted is None or at in mended or len(mended) >= _MOST or len(text) > _LONGEST:
                raise InputError(problems) from None
            lines[at] = quoted
            mended.add(at)
        else:
            return document, [*problems, *reader.problems]


def _at(problem: Problem) -> int:
    """Return the position of the line that the problem stands in; -1 where it is not known."""
    return (problem.place.line or 0) - 1 if problem.place else -1


def _quoted(lines: list[str], at: int) -> str | None:
    """Return the line with quotes around its text; None if it has no text that could take them."""
    found = _VALUE.fullmatch(lines[at]) if 0 <= at < len(lines) else None
    return found[1] + json.dumps(found[2], ensure_ascii=False) if found else None
