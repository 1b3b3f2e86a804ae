"""Commands that we name are for what a person named."""

from collections.abc import Iterator
from contextvars import Context
from pathlib import Path

import pytest

from readiness.cli.invocation import Invocation, answer_again, by_name, in_words, invoked, typed
from readiness.errors import Command, Notice, Place, Problem

WORKBOOK = Command("plan", options=("-o", "p.xlsx"))


@pytest.mark.parametrize(
    ("invocation", "line"),
    [
        (Invocation((Path("n.json"),)), "plan n.json -o p.xlsx"),
        (Invocation((Path("a b.json"), Path("c")), "banks/mine"), "plan 'a b.json' c -o p.xlsx --bank banks/mine"),
        (
            Invocation((Path("n.json"),), "mine", Path("my.plan.json")),
            "plan n.json -o p.xlsx --plan my.plan.json --bank mine",
        ),
        (Invocation((Path("-"),)), "plan FILE -o p.xlsx"),
        (Invocation(), "plan FILE -o p.xlsx"),
    ],
)
def test_a_command_is_for_the_same_answers_bank_and_plan(invocation: Invocation, line: str) -> None:
    assert invocation.words(WORKBOOK) == line


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (Command("collect", ("a b.pdf",), ("-o", "answers")), "collect 'a b.pdf' -o answers --bank mine"),
        (Command("batch", ("-",), ("-o", "scores")), "batch - -o scores --bank mine"),
        (Command("form", (), ("-o", "form.pdf")), "form -o form.pdf --bank mine"),
        (Command("plan rename").about([Path("x.json")]), "plan rename x.json --bank mine"),
    ],
)
def test_a_command_with_paths_of_its_own_is_for_those_and_the_same_bank(command: Command, line: str) -> None:
    assert Invocation((Path("n.json"),), "mine", Path("my.plan.json")).words(command) == line


@pytest.mark.parametrize(
    ("files", "line", "by_hand"),
    [
        (["in/n.json"], "assess in/n.json --bank mine", None),
        (["n.yaml"], "assess n.yaml --bank mine", "n.yaml"),
        (["n.json", "m.json"], "assess FILE --bank mine", None),
        (["-"], "assess FILE --bank mine", None),
    ],
)
def test_one_file_of_answers_is_asked_again_whatever_folder_or_plan_was_named(
    files: list[str], line: str, by_hand: str | None
) -> None:
    invocation = Invocation((Path("in"),), "mine", Path("my.plan.json"), tuple(map(Path, files)))
    assert (invocation.words(invocation.assess), invocation.by_hand) == (line, by_hand and Path(by_hand))


@pytest.mark.parametrize(
    ("questions", "files", "told"),
    [
        ([], ["n.json"], ""),
        ([8, 8], ["n.json"], "question 8 is answered again. Type j 8 in: readiness assess n.json"),
        ([8, 2], ["n.json"], "questions 2 and 8 are answered again. Type j and the number in: readiness assess n.json"),
        ([8], ["n.yaml"], "question 8 is answered again, by hand in n.yaml."),
        ([8], ["n.json", "m.json"], "question 8 is answered again. Type j 8 in: readiness assess FILE"),
    ],
)
def test_what_is_done_says_how_the_score_changes(questions: list[int], files: list[str], told: str) -> None:
    invocation = Invocation(files=tuple(map(Path, files)))
    said = Context().run(answer_again, questions, invocation)
    assert said.removeprefix("The score changes only when ") == told


def _told() -> Iterator[str]:
    invoked([Path("n.json")], "mine", Path("my.plan.json"))
    yield in_words(Problem("It is of another team", "If it was renamed", Place("f", 3), Command("plan rename")))
    yield in_words(Notice("No date yet. Set dates with", Command("plan edit")))
    yield in_words(Problem("It is empty", "Write something."))
    yield by_name(WORKBOOK)


def test_a_message_ends_in_the_command_that_it_names_for_what_was_called() -> None:
    named = "n.json --plan my.plan.json --bank mine"
    assert Context().run(lambda: [*_told()]) == [
        f"f:3: It is of another team. If it was renamed: readiness plan rename {named}",
        f"No date yet. Set dates with: readiness plan edit {named}",
        "It is empty. Write something.",
        "readiness plan n.json -o p.xlsx --plan my.plan.json --bank mine",
    ]
    assert Context().run(typed, Command("plan edit")) == "readiness plan edit FILE"
