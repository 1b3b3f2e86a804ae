"""``readiness bank check``: a sound bank is counted, and an unsound one is listed with its places."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.bank.translate import read_words, texts
from readiness.resources import QUESTIONS
from tests.program import run
from tests.small import spelled_out


def test_the_shipped_bank_is_sound_and_is_counted(tmp_path: Path, bank: Bank) -> None:
    line = run("bank", "check", cwd=tmp_path, code=0).stdout.splitlines()[0]
    assert line.startswith(f"peer-workers {bank.version}: sound. {len(bank.findings)} findings, ")
    assert line.endswith(f"Fingerprint {bank.fingerprint}.")


def test_a_folder_is_a_bank_too(tmp_path: Path) -> None:
    done = run("bank", "check", QUESTIONS / "peer-workers", cwd=tmp_path, code=0)
    assert done.stdout.startswith("peer-workers ")


def test_a_bank_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    done = run("bank", "check", "per-workers", cwd=tmp_path, code=1)
    assert 'There is no question bank "per-workers"' in done.stderr
    assert "peer-workers" in done.stderr


def test_what_is_wrong_is_listed_with_its_place(tmp_path: Path) -> None:
    for file in (QUESTIONS / "peer-workers").glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("effort: 1", "effort: 4", 1)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    done = run("bank", "check", tmp_path, cwd=tmp_path, code=1)
    places = re.findall(r"^\S+\.yaml:\d+:\d+: ", done.stderr, re.MULTILINE)
    assert len(places) == 5
    assert done.stdout == ""


def test_bank_alone_shows_its_help_as_wrong_usage(tmp_path: Path) -> None:
    done = run("bank", cwd=tmp_path, code=2)
    assert "check" in done.stderr
    assert done.stdout == ""


def in_welsh(folder: Path) -> Path:
    """Return a copy of the shipped bank, in ``folder``, that has some of its words in Welsh too."""
    made = folder / "mine"
    copytree(QUESTIONS / "peer-workers", made)
    (made / "languages").mkdir()
    words = (
        "schema: 1\nbank: peer-workers\nlanguage: cy\nstatus: draft\nwords:\n  domains.culture.title: Bod yn agored\n"
    )
    (made / "languages" / "cy.yaml").write_text(words, encoding="utf-8")
    return made


def test_translations_are_counted_and_what_lacks_is_listed(tmp_path: Path, bank: Bank) -> None:
    said, mine = texts(bank), in_welsh(tmp_path)
    words = read_words(mine, "cy", bank)
    assert words is not None
    line = run("bank", "check", mine, cwd=tmp_path, code=0).stdout.splitlines()[1]
    assert line == f"cy (draft): {len(words.words)} of {len(said)} texts. To list the rest, add --language cy"
    done = run("bank", "check", mine, "--language", "cy", cwd=tmp_path, code=0)
    assert [line.partition(": ")[0] for line in done.stdout.splitlines()] == [k for k in said if k not in words.words]
    assert f"{len(said) - len(words.words)} of {len(said)} texts are not translated into cy yet" in done.stderr


def test_a_language_that_a_bank_has_no_words_in_is_said(tmp_path: Path) -> None:
    done = run("bank", "check", "--language", "fr", cwd=tmp_path, code=1)
    assert "Write languages/fr.yaml in the bank's folder" in done.stderr


def test_a_translation_that_is_wrong_fails_the_check(tmp_path: Path) -> None:
    with (in_welsh(tmp_path) / "languages" / "cy.yaml").open("a", encoding="utf-8") as file:
        file.write("  questions.gone.text: Beth?\n")
    done = run("bank", "check", "mine", cwd=tmp_path, code=1)
    assert re.search(r'cy\.yaml:\d+:3: The bank has no text "questions\.gone\.text"', done.stderr)


def test_shipped_banks_are_listed(tmp_path: Path, bank: Bank) -> None:
    [head, line] = run("bank", "list", cwd=tmp_path, code=0).stdout.splitlines()
    assert head.split() == ["Bank", "Version", "Title", "Questions", "Languages"]
    assert line.startswith(f"peer-workers  {bank.version} ")
    assert line.endswith(" en")
    assert json.loads(run("bank", "list", "--format", "json", cwd=tmp_path, code=0).stdout) == [
        {
            "name": "peer-workers",
            "version": bank.version,
            "title": bank.title,
            "questions": len(bank.questions),
            "languages": [],
        }
    ]


def test_every_question_stands_in_the_overview_with_its_id_and_in_the_page_with_all_of_it(
    tmp_path: Path, bank: Bank
) -> None:
    shown = run("bank", "show", cwd=tmp_path, code=0).stdout
    lines = [line.split()[0] for line in shown.splitlines() if line]
    assert {question.id for question in bank.questions} <= {*lines}
    run("bank", "show", "-o", "bank.md", cwd=tmp_path, code=0)
    page = (tmp_path / "bank.md").read_text("utf-8")
    assert page.startswith(f"# {bank.title}\n")
    for question in bank.questions:
        assert f"\n### {question.name} ({question.id})\n" in page
        for text in (question.text, *(level.text for level in question.levels), *(a.detail for a in question.actions)):
            assert text.rstrip(".?!") in page
    assert all(finding.statement in page for finding in bank.findings)
    assert all(source.citation in page for source in bank.sources)
    assert "--question" not in page


def test_one_question_is_shown_in_full_and_a_misspelt_one_is_guessed(tmp_path: Path, bank: Bank) -> None:
    question = bank.question_by_id["language"]
    shown = " ".join(run("bank", "show", "--question", "language", cwd=tmp_path, code=0).stdout.split())
    assert f"- 3: {question.levels[3].text}" in shown
    assert "This gets in the way (gillard-briefing)." in shown
    one = json.loads(run("bank", "show", "--question", "language", "--format", "json", cwd=tmp_path, code=0).stdout)
    assert (one["id"], len(one["levels"])) == ("language", len(question.levels))
    done = run("bank", "show", "--question", "langage", cwd=tmp_path, code=1)
    assert done.stderr == 'There is no question "langage" in peer-workers. Did you mean "language"?\n'
    done = run("bank", "show", "--question", "zzz", cwd=tmp_path, code=1)
    assert "Leave --question out to see all ids." in done.stderr


def test_the_sheets_for_testing_a_bank_are_for_every_question_or_for_those_of_one_service(
    tmp_path: Path, bank: Bank
) -> None:
    run("bank", "protocol", "-o", "all.md", cwd=tmp_path, code=0)
    text = (tmp_path / "all.md").read_text("utf-8")
    assert text.count("\n## Interview sheet ") == len(bank.questions)
    profile = {"setting": "nhs", "stage": "established", "employment": "paid", "culturally-specific": "no"}
    given = [word for key, value in profile.items() for word in ("--profile", f"{key}={value}")]
    run("bank", "protocol", *given, "--role", "Peer Worker", "-o", "some.md", cwd=tmp_path, code=0)
    text = (tmp_path / "some.md").read_text("utf-8")
    asked = bank.asked(profile, "peer-worker")
    assert text.count("\n## Interview sheet ") == len(asked)
    assert all(one.text in text for one in asked)
    assert "Peer Worker; NHS trust; Established" in text
    found = json.loads(run("bank", "protocol", *given, "--format", "json", cwd=tmp_path, code=0).stdout)
    assert [one["id"] for one in found] == [one.id for one in asked]


@pytest.mark.parametrize("given", [("--profile", "stage=planning"), ("--role", "peer-worker")])
def test_a_profile_in_part_is_refused_for_the_sheets(tmp_path: Path, given: tuple[str, ...]) -> None:
    done = run("bank", "protocol", *given, cwd=tmp_path, code=1)
    assert 'The profile does not say "setting"' in done.stderr


def test_what_each_finding_became_is_shown_and_is_json(tmp_path: Path, bank: Bank) -> None:
    shown = run("bank", "findings", cwd=tmp_path, code=0).stdout
    assert shown.count("Why these levels: ") == len(bank.questions)
    found = json.loads(run("bank", "findings", "--format", "json", cwd=tmp_path, code=0).stdout)
    assert [one["id"] for one in found] == [one.id for one in bank.findings]


def test_the_json_of_a_bank_is_a_bank(tmp_path: Path, bank: Bank) -> None:
    run("bank", "show", "-o", "bank.json", cwd=tmp_path, code=0)
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "bank.yaml").write_text((tmp_path / "bank.json").read_text("utf-8"), "utf-8")
    assert load_bank(tmp_path / "again") == bank
    refused = run("bank", "show", "-o", "bank.json", cwd=tmp_path, code=1)
    assert "is there already" in refused.stderr


@pytest.mark.parametrize(("like", "questions"), [((), 2), (("--like", "peer-workers"), 44)])
def test_a_new_bank_is_sound_has_the_folders_name_and_can_be_answered(
    tmp_path: Path, like: tuple[str, ...], questions: int
) -> None:
    done = run("bank", "new", "Our Questions", *like, cwd=tmp_path, code=0)
    assert "bank check 'Our Questions'" in done.stderr
    made = load_bank(tmp_path / "Our Questions")
    assert (made.id, len(made.questions)) == ("our-questions", questions)
    (tmp_path / "n.yaml").write_text(
        "bank: {id: our-questions}\nteam: {name: N}\nrespondent: {}\ndate: 2026-10-14\nresponses: {}\n", "utf-8"
    )
    assert "N" in run("score", "n.yaml", "--bank", "Our Questions", cwd=tmp_path, code=0).stdout
    again = run("bank", "new", "Our Questions", *like, cwd=tmp_path, code=1)
    assert "was not touched" in again.stderr


def test_a_new_bank_has_an_id_that_is_text_and_not_that_of_a_shipped_one(tmp_path: Path) -> None:
    run("bank", "new", "123", cwd=tmp_path, code=0)
    assert load_bank(tmp_path / "123").id == "123"
    done = run("bank", "new", "peer-workers", cwd=tmp_path, code=1)
    assert 'A bank that is shipped is called "peer-workers"' in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["123"]


def test_a_new_bank_has_the_files_of_the_one_it_begins_with_and_no_others(tmp_path: Path) -> None:
    in_welsh(tmp_path)
    run("bank", "new", "ours", "--like", "mine", cwd=tmp_path, code=0)
    (tmp_path / "ours" / "answers.yaml").write_text("team: {name: N}", "utf-8")
    run("bank", "new", "theirs", "--like", "ours", cwd=tmp_path, code=0)
    assert not (tmp_path / "theirs" / "answers.yaml").exists()
    assert "cy (draft): " in run("bank", "check", "theirs", cwd=tmp_path, code=0).stdout
    (tmp_path / "ours" / "bank.yaml").write_bytes(b"id: \xff")
    done = run("bank", "new", "other", "--like", "ours", cwd=tmp_path, code=1)
    assert "ours/bank.yaml" in done.stderr
    assert not (tmp_path / "other").exists()


def test_gates_are_said_to_be_of_the_bands_that_wait_for_them(tmp_path: Path) -> None:
    run("bank", "new", "ours", cwd=tmp_path, code=0)
    file = tmp_path / "ours" / "bank.yaml"
    file.write_text(file.read_text("utf-8").replace("    from: 40\n", "    from: 40\n    gated: true\n"), "utf-8")
    shown = run("bank", "show", "ours", "--question", "lead", cwd=tmp_path, code=0).stdout
    assert "- 1: Someone is named in writing. This is the minimum for “On the way”." in shown


def test_a_new_bank_like_one_that_is_not_there_makes_no_folder(tmp_path: Path) -> None:
    done = run("bank", "new", "ours", "--like", "per-workers", cwd=tmp_path, code=1)
    assert 'There is no question bank "per-workers"' in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_bank_without_any_minimum_is_shown_whole(tmp_path: Path) -> None:
    run("bank", "new", "ours", cwd=tmp_path, code=0)
    file = tmp_path / "ours" / "bank.yaml"
    file.write_text(file.read_text("utf-8").replace("    minimum: 1\n", ""), "utf-8")
    run("bank", "show", "ours", "-o", "ours.md", cwd=tmp_path, code=0)
    assert "also needs a minimum" not in (tmp_path / "ours.md").read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    ["bank show small", "bank findings small", "bank protocol small", "bank diff small small", "form --bank small"],
)
def test_a_bank_that_leaves_out_all_that_it_can_is_written_whole(tmp_path: Path, words: str) -> None:
    (tmp_path / "small").mkdir()
    data = spelled_out("[{id: a}, {id: b}]")
    (tmp_path / "small" / "bank.yaml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    run(*words.split(), "-o", "small.md", cwd=tmp_path, code=0)
    assert (tmp_path / "small.md").read_text("utf-8")
