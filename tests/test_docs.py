"""The README and docs/: each command in them works, each link leads somewhere, and nothing is said twice."""

import re
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.assessment.reading import read_team
from readiness.bank.load import load_bank
from readiness.bank.migration import read_migration
from readiness.batch.scores import COLUMNS
from readiness.interview.steps import how_many
from readiness.resources import QUESTIONS
from tests.cli.test_workshop import singles
from tests.conftest import ROLES
from tests.program import ROOT, environment, run
from tests.small import small_bank

README = ROOT / "README.md"
SECURITY = ROOT / "SECURITY.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [README, SECURITY, *DOCS]
MADE = ("commands", "faults", "programs", "questions")
"""Pages that are made by the program or its tests."""
ELSEWHERE = ("make", "uv", "pipx", ".venv/bin/pip", "sbatch", "parallel", "dask")
"""Programs of which a block is only read: they change the machine, or need others."""
ASSESS = ["assess", "my-service.json"]
"""At its end the walk offers the report."""
TYPED = {
    "readiness assess my-service.json": ["Northside", "", "1", "1", "1", "1", "2", *["3"] * 26, "n", "", "y"],
    "readiness assess my-service.json --again": ["", *[""] * 7, *["2"] * 26, "n", "", "n"],
    "readiness assess our-service.json --bank our-questions": ["q"],
    "readiness plan edit my-service.json": ["1", "2", "2027-03-04", "q"],
    "readiness workshop my-workshop.json": ["Northside", "q"],
}
"""What a reader types after a command that asks."""


def named(pages: list[Path]) -> list[str]:
    return [page.stem for page in pages]


def written(page: Path) -> str:
    """Return what people wrote of a page: what is made of the program or the bank is left out."""
    text = page.read_text("utf-8")
    return text.partition("## What there is\n")[0].partition("<!-- From here on")[0]


def blocks(page: Path) -> Iterator[list[str]]:
    """Yield the lines of each block of commands, without remarks."""
    for block in re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
        whole = re.sub(r" *\\\n *", " ", block)
        yield [line for line in (re.sub(r"\s+# .*", "", line).strip() for line in whole.splitlines()) if line]


def is_run(block: list[str]) -> bool:
    return not block[0].startswith(ELSEWHERE)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if any(is_run(block) for block in blocks(page))], ids=lambda page: page.stem
)
def test_the_commands_of_a_page_work_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    (tmp_path / "questions").symlink_to(ROOT / "questions")
    for example in re.findall(r"^```csv\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
        (tmp_path / "teams.csv").write_text(example, "utf-8")
    if page.stem == "workshop":
        for name in ("first-round", "second-round"):
            singles(tmp_path / name)
    for line in (line for block in blocks(page) if is_run(block) for line in block):
        program, *words = shlex.split(line)
        if program == "readiness":
            run(*words, cwd=tmp_path, typed="".join(f"{typed}\n" for typed in TYPED.get(line, [])), code=0)
            assert words != ASSESS or (tmp_path / "my-service-report.pdf").is_file()
        else:
            assert program in {"mkdir", "cp"}, f"{line} is not run: is it safe to?"
            subprocess.run([program, *_spread(words, tmp_path)], cwd=tmp_path, env=environment(), check=True)


def _spread(words: list[str], folder: Path) -> Iterator[str]:
    """Yield ``words`` with the names of files for patterns, as a shell does."""
    for word in words:
        yield from (sorted(each.name for each in folder.glob(word)) if "*" in word else [word])


COMMANDS = dict(
    re.findall(
        r"^## `readiness ?([a-z ]*)`\n(.*?)(?=^## |\Z)",
        (ROOT / "docs" / "commands.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
)
"""What the program says of each command, by its words."""


def calls(page: Path) -> list[str]:
    """Return every call of the program that a page shows, in blocks that are run or not, and in sentences."""
    text = page.read_text("utf-8")
    inline = re.findall(r"`(readiness [^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    lines = [line for block in blocks(page) for line in block]
    return inline + [found for line in lines for found in re.findall(r"(?:^|['\s])(readiness [^']+)", line)]


@pytest.mark.parametrize("page", PAGES, ids=named(PAGES))
def test_each_command_and_each_option_that_is_named_is_there(page: Path) -> None:
    for call in calls(page):
        words = call.split()[1:]
        shown = COMMANDS.get(" ".join(words[:2])) or COMMANDS.get("" if words[0].startswith("-") else words[0], "")
        assert shown, f"there is no command {call}"
        for option in (word.partition("=")[0] for word in words if word.startswith("-") and word != "-"):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", shown), f"{call}: there is no {option}"


def test_every_option_in_a_sentence_is_one_of_the_program() -> None:
    known = set(re.findall(r"(?<![\w-])--[a-z-]+", "\n".join(COMMANDS.values())))
    for page in PAGES:
        inline = re.findall(r"`(--[a-z-]+)[^`\n]*`", page.read_text("utf-8"))
        assert {*inline} <= known, page.stem


def test_the_pages_name_every_command() -> None:
    told = "\n".join(page.read_text("utf-8") for page in PAGES if page.stem not in MADE)
    assert len(COMMANDS) > 13
    for words in COMMANDS:
        assert f"readiness {words}" in told or words == "plan show"


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 125
    assert {*re.findall(r"\(docs/([a-z-]+)\.md\)", text)} == {*named(DOCS)}


def anchors(page: Path) -> set[str]:
    """Return what a link to a heading of the page can say."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named(PAGES))
def test_each_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match("https?:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


def sentences(page: Path) -> set[str]:
    """Return the sentences of a page that have eight words or more."""
    text = re.sub(r"^```.*?^```", "", written(page), flags=re.DOTALL | re.MULTILINE)
    found = re.split(r"(?<=[.:?])\s+|\n\n|\n- |\|", text)
    return {" ".join(each.split()) for each in found if len(each.split()) >= 8}


def test_no_sentence_is_on_two_pages() -> None:
    counts = Counter(sentence for page in PAGES if page.stem not in MADE for sentence in sentences(page))
    assert [sentence for sentence, pages in counts.items() if pages > 1] == []


def test_the_pages_say_how_many_questions_there_are_and_the_help_leaves_it_to_the_bank() -> None:
    fewest, most = how_many(load_bank(QUESTIONS / "peer-workers"))
    told = "\n".join(map(written, PAGES))
    said = re.findall(r"\b(?:about )?[0-9]+(?: (?:to|or) [0-9]+)? questions", told)
    assert said == [f"{fewest} to {most} questions"] * 2
    shown = COMMANDS["assess"].partition("Options")[0]
    assert "Walk through the questions" in shown
    assert not re.search("[0-9]", shown)


@pytest.mark.parametrize(
    "line", [line for page in PAGES for block in blocks(page) for line in block if line.startswith("make ")]
)
def test_each_make_target_exists(line: str) -> None:
    subprocess.run([*shlex.split(line), "--dry-run"], cwd=ROOT, env=environment(), check=True, capture_output=True)


def example(page: str, kind: str) -> str:
    [text] = re.findall(rf"^```{kind}\n(.*?)^```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return str(text)


def test_the_example_of_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(example("scripts.md", "yaml"), encoding="utf-8")
    reading = read_team([tmp_path / "answers.yaml"], load_bank(QUESTIONS / "peer-workers"))
    assert not reading.notices


def test_the_example_of_a_migration_is_read(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: training}, {id: pay}, {id: trust}]")
    (tmp_path / "migrations").mkdir()
    text = example("own-questions.md", "yaml").replace("our-questions", bank.id).replace("new-action", "trust-1")
    (tmp_path / "migrations" / "1.0.0.yaml").write_text(text, encoding="utf-8")
    found = read_migration(tmp_path, "1.0.0", bank)
    assert found is not None
    assert [moved.level(2) for moved in found.questions] == [None] * 3
    assert found.needs_confirming(found.questions[2])


def test_the_example_of_a_table_is_read_with_nothing_to_tell(tmp_path: Path) -> None:
    (tmp_path / "teams.csv").write_text(example("many-teams.md", "csv"), encoding="utf-8")
    words = ["batch", "teams.csv", "-o", "region", "--format", "none", "--portfolio", "none"]
    said = run(*words, cwd=tmp_path, code=0).stderr
    assert said == "Reading the input.\nScored: 2 teams, 3 rows.\nSaved in region.\n"


def test_the_page_on_many_teams_has_every_column() -> None:
    page = (ROOT / "docs" / "many-teams.md").read_text("utf-8")
    bank = load_bank(QUESTIONS / "peer-workers")
    known = set(re.findall("`([a-z-]+)`", page.partition("## The table")[2].partition("\n## ")[0]))
    options = {option.id for entry in bank.profile for option in entry.options}
    depend = {question.id for question in bank.questions if question.when}
    twins = {name for name in depend if f"{name}-planned" in depend}
    assert known >= {entry.id for entry in bank.profile} | options | {role.id for role in ROLES} | (depend - twins)
    assert set(re.findall("`([a-z_]+)`", page)) >= {*COLUMNS}
