"""Each place where data leaves the program is registered here, and nothing raw leaves by it.

A terminal, a spreadsheet or a browser does as control characters and marks of reading direction say. They can come in
with each name, note, file name, theme, bank or heading.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

from readiness.cli.commands import NAMES
from readiness.document.write import Format
from readiness.resources import NEW_BANK
from tests.attack.outputs import formulas_in, raw_in, writers, written_in
from tests.batch.writing import csv_text, row
from tests.cli.test_hostile import ABOUT, PROFILE
from tests.program import Terminal, controls, run

STREAMS = {
    "cli/streams": {
        "open",
        "subprocess.run",
        "write",
        "write_atomically",
    },  # the pager, and results that go into a file
    "cli/batch_progress": {"Console", "print"},
    "interview/terminal": {"Console", "print", "write", "stdout"},
    "document/terminal": {"Console", "print"},  # into memory: cli/streams prints it
}
"""What prints, or says something on stderr."""
FILES = {
    "assessment/draft": {"Draft", "hardlink_to", "mkstemp", "open", "write"},
    "assessment/store": {"write_atomically"},
    "batch/errors_file": {"Draft", "csv.writer", "write"},
    "batch/ledger": {"open", "write", "write_atomically"},
    "batch/scores": {"Draft", "write"},
    "batch/shards": {"Draft", "write", "write_atomically"},
    "cli/files": {"write_atomically"},
    "intake/mapping": {"write_atomically"},
    "intake/save": {"write_atomically"},
    "report/task_boards": {"csv.writer"},
}
"""What writes text files."""
OFFICE = {
    "document/browser_pdf": {"write"},
    "document/docx_file": {"ZipFile"},
    "document/office_file": {"ZipFile", "writestr"},  # saves what python-docx, docxtpl and python-pptx hold, too
    "roundtrip/form_xlsx": {"write"},  # a sheet of ours, cell by cell
}
"""What makes files of a library's own format, in memory."""
WITHIN = {
    "document/browser": {"Popen", "subprocess.run", "write_text"},  # the page, where only the browser reads it
    "document/survived": {"dump", "fdopen", "open"},
    "intake/parquet_check": {"write"},
    "intake/parquet_rows": {"subprocess.run"},
    "report/render_apart": {"subprocess.run", "write"},
    "roundtrip/form_pdf_process": {"write"},
    "roundtrip/form_pdf_read": {"subprocess.run"},
    "theme/assets": {"subprocess.run"},
    "theme/assets_process": {"write", "open"},
    "batch/notices": {"dump"},  # names, to count them
    "workbook_apart": {"Popen", "write"},
    "workbook_process": {"write"},
}
"""What passes data to a process of ours, or back."""
COPIES = {
    "assessment/earlier": {"write_atomically"},
    "batch/inputs": {"copyfileobj", "open"},
    "intake/sources": {"write_bytes"},
}
"""What keeps files of somebody's as they are, byte for byte."""
OURS = {
    "cli/bank_migrate": {"write"},  # a function of its own
    "cli/collect": {"input"},  # without a prompt
    "cli/doctor": {"stdout"},  # its encoding
    "cli/ending": {"fdopen", "mkstemp", "write"},  # the log of a bug
    "cli/main": {"echo"},
    "cli/standard_streams": {"open", "write"},
    "signals": {"write"},
    "temporary_folders": {"open"},  # an empty file
}
"""What writes words of our own alone, and the log of a bug."""
READ = {
    "assessment/file_kinds": {"open"},
    "intake/mojibake": {"open"},
    "ods_reader": {"open"},
    "uncalculated": {"open", "ZipFile", "write"},
    "in_use": {"open"},
    "opening": {"fdopen", "open"},
    "sheet_marks": {"open"},
    "zip_guard": {"open"},
}
"""What opens parts of files to read them."""
REGISTERED = STREAMS | FILES | OFFICE | WITHIN | COPIES | OURS | READ


def test_every_place_that_writes_is_registered() -> None:
    # A new one belongs to the list it fits, and needs a run below that shows that nothing raw leaves by it.
    assert writers() == REGISTERED


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("print(name)", {"print"}),
        ("import sys\nsys.stdout.write(name)", {"write"}),
        ("import sys\nout = sys.stderr", {"stderr"}),
        ("import sys\ndraw(name, to=sys.stdout)", {"stdout"}),
        ("Path(name).write_text(text)", {"write_text"}),
        ("path.open('w')", {"open"}),
        ("open(path, mode='ab')", {"open"}),
        ("open(path, mode)", {"open"}),
        ("import zipfile\nzipfile.ZipFile(out, 'a')", {"ZipFile"}),
        ("import docx\ndocx.Document().save(path)", {"save"}),
        ("import csv\ncsv.writer(out)", {"csv.writer"}),
        ("os.write(2, data)", {"write"}),
        ("typer.secho(name)", {"secho"}),
        ("import json\njson.dump(data, file)", {"dump"}),
        ("path.open()\npath.open('rb')\nopen(path)\nzipfile.ZipFile(path)\nsys.stdout.isatty()", set()),
    ],
)
def test_a_place_that_writes_is_found_however_it_does(source: str, found: set[str]) -> None:
    assert set(written_in(source)) == found


HOSTILE = "a\x1b[2J\x1b]0;pwn\x07b\x9b2Jc\x90q\x9cd\x85e\r\nf\tg\x08h\x01i\x7f;=1+1"
HOSTILE += "h\u202ei\u2066j\u200fk\ufeffl\U000e0041m\u2028n"
SHORT = "\x1b]0;p\x07\x9bq\u202e"
"""What a label has room for."""
NAME = HOSTILE.replace("\n", "").replace("=", "")
"""The same as the name of a file."""
ANSWERS, EARLIER, MINE = f"n{NAME}.json", f"b{NAME}.json", f"m{NAME}.json"
BANK, THEME, TEMPLATES, TABLE, WRONG = f"bank{NAME}", f"theme{NAME}", f"t{NAME}", f"t{NAME}.csv", f"w{NAME}.csv"
SIZE = ("--profile", "size=small")
SAID = [word for key, value in PROFILE.items() for word in ("--profile", f"{key}={value}")]


def hostile(value: Any) -> Any:
    """Return part of a bank with something hostile after each text in it."""
    match value:
        case dict():
            return {key: hostile(each) for key, each in value.items()}
        case list():
            return [hostile(each) for each in value]
        case str() if " " in value and "//" not in value:
            return f"{value} {SHORT}"
    return value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with answers, a plan, a bank, a theme, templates and tables, hostile in all that is free text."""
    there = tmp_path_factory.mktemp("hostile")
    team = {"name": HOSTILE, "organisation": HOSTILE, "profile": PROFILE}
    for name, level in ((ANSWERS, 1), (EARLIER, 0)):
        responses = {
            "language": {"level": level, "note": HOSTILE, "evidence": [HOSTILE]},
            "critical-mass-planned": {"not_applicable": HOSTILE},
        }
        about = {**ABOUT, "date": f"202{5 + level}-11-22", "team": team, "respondent": {"role": HOSTILE}}
        (there / name).write_text(json.dumps({**about, "responses": responses}), "utf-8")
    own = {"title": HOSTILE, "detail": HOSTILE, "owner": HOSTILE, "due": "2027-01-01", "comments": [HOSTILE]}
    plan = {"schema": 1, "bank": {"id": "peer-workers"}, "team": HOSTILE, "actions": {"own-x": own}}
    (there / ANSWERS.replace(".json", ".plan.json")).write_text(json.dumps(plan), "utf-8")
    bank = {**hostile(yaml.safe_load(NEW_BANK.read_text("utf-8"))), "id": "mine"}
    (there / BANK).mkdir()
    (there / BANK / "bank.yaml").write_text(yaml.safe_dump(bank, sort_keys=False), "utf-8")
    about = {**ABOUT, "bank": {"id": "mine"}, "team": {"name": HOSTILE, "profile": {"size": "small"}}}
    said = {one["id"]: {"level": 0, "note": HOSTILE} for one in bank["questions"]}
    (there / MINE).write_text(json.dumps({**about, "responses": said}), "utf-8")
    (there / THEME).mkdir()
    text = "".join(f"\\U{ord(character):08x}" for character in HOSTILE)
    (there / THEME / "theme.toml").write_text(f'name = "{text}"\nfooter = "{text}"\ncontact = "{text}"\n', "utf-8")
    (there / TEMPLATES / "sections").mkdir(parents=True)
    include = f"{{% include '{HOSTILE}' %}}"
    (there / TEMPLATES / "sections" / "plan.html.j2").write_text(include, "utf-8", newline="")
    rows = [row(HOSTILE), row(f"{HOSTILE} 2", organisation=HOSTILE)]
    (there / TABLE).write_text(csv_text(rows), "utf-8", newline="")
    rows += [row(HOSTILE, {"language": HOSTILE}), row(HOSTILE, role=HOSTILE), row(HOSTILE, date=HOSTILE)]
    (there / WRONG).write_text(csv_text(rows), "utf-8", newline="")
    (there / f"h{NAME}.csv").write_text(csv_text([row(HOSTILE) | {HOSTILE: HOSTILE}]), "utf-8", newline="")
    return there


def said_of(*words: str, code: int = 0, typed: str = "") -> tuple[tuple[str, ...], int, str]:
    return words, code, typed


TYPED = "\n".join([NAME, NAME, "1", "1", "1", "1", "2", f"e {NAME}", NAME, "q", ""])
BACK = "\n".join([*"bbbbbbbb", "j 21", "?", "q", ""])
RUNS = [
    *(said_of("report", ANSWERS, "-o", f"r{NAME}.{end}", "--theme", THEME) for end in ("pdf", "html", "docx")),
    *(said_of("report", ANSWERS, "-o", f"r{NAME}.{end}", "--theme", THEME) for end in ("xlsx", "pptx", "md", "json")),
    *(
        said_of("report", MINE, "-o", f"m.{end}", "--bank", BANK)
        for end in ("pdf", "html", "docx", "xlsx", "md", "json")
    ),
    said_of("report", ANSWERS, "-o", "poster.html", "--poster"),
    said_of("report", ANSWERS, "-o", "t.html", "--templates", TEMPLATES, code=1),
    said_of("report", ANSWERS, "-o", f"t.{NAME[:9]}", code=2),
    said_of("report", f"{NAME}.yaml", code=1),
    *(said_of("plan", ANSWERS, "-o", f"p.{end}") for end in ("csv", "ics", "xlsx", "html", "json", "md", "docx")),
    *(said_of("plan", ANSWERS, "-o", f"{of}.csv", "--columns", of) for of in ("jira", "trello", "planner")),
    said_of("plan", ANSWERS),
    said_of("plan", ANSWERS, "--format", "json"),
    said_of("plan", MINE, "--bank", BANK),
    said_of("plan", "rename", ANSWERS),
    said_of("plan", "edit", ANSWERS, typed=f"1\nq\n{NAME}\nq\n"),
    said_of("plan", ANSWERS, "--to", NAME, code=1),
    said_of("score", ANSWERS),
    said_of("score", MINE, "--bank", BANK),
    said_of("score", ANSWERS, "--format", "json"),
    said_of("score", ANSWERS, "--fail-under", NAME, code=2),
    *(said_of("score", ANSWERS, "-o", f"s.{end}") for end in ("html", "docx", "md", "json")),
    said_of("compare", EARLIER, ANSWERS),
    said_of("compare", EARLIER, ANSWERS, "--format", "json"),
    *(said_of("compare", EARLIER, ANSWERS, "-o", f"c.{end}") for end in ("pdf", "html", "docx", "md", "json")),
    *(
        said_of("form", "-o", f"f.{end}", "--bank", BANK, "--theme", THEME, *SIZE)
        for end in ("pdf", "html", "xlsx", "md")
    ),
    *(said_of("form", "-o", f"o.{end}", "--like", ANSWERS) for end in ("html", "xlsx", "md")),
    said_of("form", "-o", "w.html", "--team", HOSTILE, "--organisation", HOSTILE, *SAID),
    said_of("bank", "check", BANK),
    said_of("bank", "check", f"{BANK}x", code=1),
    said_of("bank", "list", "--bank", BANK),
    said_of("bank", "list", "--bank", BANK, "--format", "json"),
    said_of("bank", "show", BANK),
    said_of("bank", "show", BANK, "--format", "json"),
    said_of("bank", "findings", BANK),
    said_of("bank", "protocol", BANK),
    said_of("bank", "protocol", BANK, "-o", "protocol.docx"),
    said_of("bank", "diff", BANK, BANK),
    said_of("bank", "export", "--xlsform", "--bank", BANK, "-o", "form.xlsx"),
    said_of("bank", "new", f"new{NAME}"),
    said_of("theme", "check", THEME),
    said_of("theme", "check", NAME, code=1),
    said_of("theme", "new", f"newer{NAME}"),
    said_of("doctor", "--bank", BANK),
    said_of("doctor", "--bank", f"{BANK}x", code=1),
    said_of("collect", TABLE, "-o", f"collected{NAME}"),
    said_of("collect", WRONG, "-o", "never", code=1),
    said_of("collect", f"h{NAME}.csv", "-o", "never", code=1),
    said_of("batch", TABLE, "-o", f"out{NAME}", "--format", "md,json", "--workers", "0", "--name", HOSTILE),
    said_of("batch", WRONG, "-o", "out", "--format", "none", "--scores", "csv,jsonl,parquet", code=3),
    said_of("batch", WRONG, "-o", "out2", "--format", "none", "--portfolio", "none", "--json-progress", code=3),
    said_of("batch", f"h{NAME}.csv", "-o", "never", "--json-progress", code=1),
    said_of("assess", "walk.json", typed=TYPED),
    said_of("assess", ANSWERS, typed=BACK),
    said_of("workshop", "workshop.json", typed=TYPED),
    said_of(NAME, code=2),
    said_of("score", f"--{NAME}", code=2),
]


SHORT_FORM = {
    ("report", f"r{NAME}.html"),
    ("report", f"r{NAME}.xlsx"),
    ("report", f"r{NAME}.md"),
    ("report", "m.json"),
    ("plan", "p.csv"),
    ("plan", "p.ics"),
    ("plan", ANSWERS),
    ("score", ANSWERS),
    ("compare", ANSWERS),
    ("form", "w.html"),
    ("collect", "never"),
    ("batch", "out"),
    ("assess", "walk.json"),
    ("bank", BANK),
    ("theme", THEME),
    ("doctor", BANK),
}
"""Command, and its output or last word, of the runs in each run of the tests; the rest is in the long form."""


def case(words: tuple[str, ...], code: int, typed: str) -> ParameterSet:
    """Return a run as a case, of the long form if no short run needs it."""
    out = words[words.index("-o") + 1] if "-o" in words else words[-1]
    marks = () if (words[0], out) in SHORT_FORM else (pytest.mark.long,)
    return pytest.param(words, code, typed, marks=marks, id=" ".join(words).replace(NAME, "…"))


@pytest.mark.parametrize(("words", "code", "typed"), [case(*each) for each in RUNS])
def test_nothing_raw_leaves_by_any_output(folder: Path, words: tuple[str, ...], code: int, typed: str) -> None:
    before = files(folder)
    done = run(*words, cwd=folder, typed=typed, code=code)
    assert controls(done.stdout + done.stderr) == []
    assert "Traceback" not in done.stderr
    assert [(path.name, raw) for path in files(folder) - before if (raw := raw_in(path))] == []
    assert [formulas_in(path) for path in files(folder) - before if path.suffix == ".csv" and formulas_in(path)] == []


@pytest.mark.parametrize("cell", ["=1+1", "a;=1+1", 'a;"=1+1', "a; @x", "\uff1d1+1", "-1+1"])
def test_a_cell_that_a_spreadsheet_computes_is_found(tmp_path: Path, cell: str) -> None:
    (tmp_path / "a.csv").write_text(csv_text([{"a": cell, "b": "-1.5"}]), "utf-8", newline="")
    assert formulas_in(tmp_path / "a.csv") != []


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_the_runs_write_every_format() -> None:
    written = {word.rpartition(".")[2] for words, code, _ in RUNS if not code for word in words}
    assert set(Format) <= written


def test_every_command_is_among_the_runs() -> None:
    assert {*NAMES} - {"schema", "completion"} <= {words[0] for words, _, _ in RUNS}  # those take nothing in


def test_what_is_decided_at_a_terminal_is_shown_and_kept_without_anything_raw(folder: Path) -> None:
    with Terminal("collect", f"h{NAME}.csv", "-o", "asked", cwd=folder) as terminal:
        terminal.wait_for("recognise the column")
        terminal.type("ignore")
        terminal.end()
    assert controls(terminal.output.replace("\r", "")) == []
    assert raw_in(folder / "asked" / "mapping.yaml") == []
