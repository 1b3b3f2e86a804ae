"""Commands that we name are for what a person named."""

from pathlib import Path

import pytest

from readiness.cli.invocation import Named


@pytest.mark.parametrize(
    ("named", "line"),
    [
        (Named((Path("n.json"),)), "readiness plan n.json -o p.xlsx"),
        (Named((Path("a b.json"), Path("c")), "banks/mine"), "readiness plan 'a b.json' c -o p.xlsx --bank banks/mine"),
        (
            Named((Path("n.json"),), "mine", Path("my.plan.json")),
            "readiness plan n.json -o p.xlsx --plan my.plan.json --bank mine",
        ),
        (Named((Path("-"),)), "readiness plan FILE -o p.xlsx"),
        (Named(), "readiness plan FILE -o p.xlsx"),
    ],
)
def test_a_command_is_for_the_same_answers_bank_and_plan(named: Named, line: str) -> None:
    assert named.command("plan", "-o p.xlsx") == line


@pytest.mark.parametrize(
    ("files", "line", "by_hand"),
    [
        (["in/n.json"], "readiness assess in/n.json --bank mine", None),
        (["n.yaml"], "readiness assess n.yaml --bank mine", "n.yaml"),
        (["n.json", "m.json"], "readiness assess FILE --bank mine", None),
        (["-"], "readiness assess FILE --bank mine", None),
    ],
)
def test_one_file_of_answers_is_asked_again_whatever_folder_or_plan_was_named(
    files: list[str], line: str, by_hand: str | None
) -> None:
    named = Named((Path("in"),), "mine", Path("my.plan.json"), tuple(map(Path, files)))
    assert (named.assess(), named.by_hand) == (line, by_hand and Path(by_hand))
