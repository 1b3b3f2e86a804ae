"""The page for scripts has every exit code, every event of a batch, and every field of the JSON."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from readiness.cli.schema import SchemaOf
from readiness.errors import ExitCode
from tests.program import ROOT, run

PAGE = ROOT / "docs" / "scripts.md"
START = "<!-- From here on the page is made by tests/cli/test_scripts_page.py. -->\n"
PRINTED = {
    SchemaOf.SCORE: "`readiness score --format json`, and each line of `scores.jsonl`",
    SchemaOf.PLAN: "`readiness plan --format json`",
    SchemaOf.ROUTE: "`readiness plan --to BAND --format json`",
    SchemaOf.WHAT_IF: "`readiness plan --what-if QUESTION=ANSWER --format json`",
    SchemaOf.COMPARISON: "`readiness compare --format json`",
    SchemaOf.REPORT: "`readiness report --format json`: its objects are in "
    "[own-templates.md](own-templates.md#what-a-word-document-of-your-own-gets)",
    SchemaOf.ASSESSMENT: "a file of answers",
    SchemaOf.GROUP: "a file of a workshop",
    SchemaOf.EDITS: "a file of changes to a plan",
    SchemaOf.BANK: "a question bank; `readiness bank show --format json`",
}
ELSEWHERE = SchemaOf.REPORT
KINDS = {"string": "text", "integer": "whole number", "boolean": "true or false"}


def test_scripts_find_every_exit_code() -> None:
    section = PAGE.read_text("utf-8").partition("## Exit codes")[2].partition("\n## ")[0]
    told = {int(code) for row in re.findall(r"^\| ([0-9, ]+) \|", section, re.MULTILINE) for code in row.split(", ")}
    assert told == {*ExitCode, 128 + 15, 128 + 1}


def test_scripts_find_every_event_of_a_batch() -> None:
    source = (ROOT / "readiness" / "cli" / "batch_progress.py").read_text("utf-8")
    events = set(re.findall(r'_tell\(\s*"([a-z]+)"', source))
    section = PAGE.read_text("utf-8").partition("## Progress of a batch")[2].partition("\n## ")[0]
    assert events
    assert events == set(re.findall("^\\| `([a-z]+)` ", section, re.MULTILINE))


def test_scripts_find_every_field() -> None:
    assert {*PRINTED} == {*SchemaOf}
    text = PAGE.read_text("utf-8").partition(START)[0] + START + "\n" + "\n".join((*_fields(), ""))
    if os.environ.get("READINESS_UPDATE_GOLDEN") == "1":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text("utf-8"), "READINESS_UPDATE_GOLDEN=1 writes it anew"


def _fields() -> Iterator[str]:
    """Yield a table of what is printed or kept, and one of the objects in it, each told once."""
    schemas = {what: json.loads(run("schema", what, cwd=ROOT, code=0).stdout) for what in PRINTED}
    yield "| `readiness schema` | what it is of | its object |\n|---|---|---|"
    yield from (f"| `{what}` | {words} | {_words(schemas[what]['title'])} |" for what, words in PRINTED.items())
    yield "\n| object | what it is | its fields |\n|---|---|---|"
    objects = dict[str, str]()
    for schema in (each for what, each in schemas.items() if what is not ELSEWHERE):
        inner = {name: each for name, each in schema.get("$defs", {}).items() if "enum" not in each}
        for name, value in {schema["title"]: schema, **inner}.items():
            row = _row(name, value, schema["$defs"])
            assert objects.setdefault(name, row) == row, f"two things are called {name}"
    yield from objects.values()


def _row(name: str, value: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    whole, *others = value.get("anyOf", [value])
    about = re.sub(r"\bNone\b", "null", " ".join(whole["description"].split()).replace("``", "`"))
    fields = [f"`{field}` ({_kind(each, known)})" for field, each in whole["properties"].items()]
    shorter = "".join(f"; or {_kind(each, known)} alone" for each in others)
    return f"| {_words(name)} | {about} | {', '.join(fields)}{shorter} |"


def _kind(value: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """Return what a field holds, in words."""
    match value:
        case {"anyOf": choices} | {"oneOf": choices}:
            kinds = [_kind(each, known) for each in choices]
            words = [each for each in kinds if each != "whole number" or "number" not in kinds]
        case {"$ref": str(ref)}:
            name = ref.rpartition("/")[2]
            words = [_kind(known[name], known) if "enum" in known[name] else _words(name)]
        case {"enum": values}:
            words = [f"`{each}`" for each in values]
        case {"const": constant}:
            words = [f"`{json.dumps(constant)}`"]
        case {"type": "array", "items": items}:
            words = [f"list of {_kind(items, known)}"]
        case {"patternProperties": names}:
            words = [f"object, for each name: {_kind(each, known)}" for each in names.values()]
        case {"type": "object", "additionalProperties": dict(inner)}:
            words = [f"object, for each name: {_kind(inner, known)}"]
        case {"format": "date"}:
            words = ["date"]
        case _:
            words = [KINDS.get(value["type"], value["type"])]
    return " or ".join(words)


def _words(name: str) -> str:
    """Return the name of a model in words: QuestionScore is a question score."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
