"""A name means one thing: a reader who meets it anywhere knows what it is."""

import ast
from collections import defaultdict

from tests.program import ROOT


def test_no_name_is_borne_by_two_classes() -> None:
    places = defaultdict[str, list[str]](list)
    for path in sorted((ROOT / "readiness").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert len(places) > 100
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert twice == {}, "name each after the thing that it is"
