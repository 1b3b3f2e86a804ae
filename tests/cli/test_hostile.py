"""What people and programs put into names and notes can move no cursor, turn no text, and break no command."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.program import Terminal, controls, run

HOSTILE = {
    "controls": "a\x1b[2J\x1b]0;title\x07b\x9b2Jc\x85d\r\ne\tf",
    "bidi": "a\u202eb\u2066c\u200fd\ufeffe\U000e0041f\u2028g",
    "markup": "a[/x][bold]b[/bold] {{ 7 * 7 }} %s",
    "emoji": "a🧑🏽‍🤝‍🧑🏻b 🇬🇧",
}
ABOUT = {"schema": 1, "bank": {"id": "peer-workers"}, "date": "2026-11-22"}
PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}


def answers(folder: Path, text: str, name: str = "my-service.json") -> Path:
    """Return a file of answers in which ``text`` stands wherever a person can write."""
    file = folder / name
    data = {
        **ABOUT,
        "team": {"name": text, "organisation": text, "profile": PROFILE},
        "respondent": {"role": text},
        "responses": {
            "language": {"level": 1, "note": text * 10, "evidence": [text]},
            "pay-parity": {"not_applicable": text},
        },
    }
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


NOT_IN_XML = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF)))


@pytest.mark.parametrize("ending", ["pdf", "html", "docx", "xlsx", "md", "json"])
def test_what_no_xml_can_hold_stops_no_report(tmp_path: Path, ending: str) -> None:
    file = answers(tmp_path, f"Elm {NOT_IN_XML.replace(chr(0xD800), '').replace(chr(0xDFFF), '')} Row")
    run("report", file, "-o", f"report.{ending}", cwd=tmp_path, code=0)
    whole = (tmp_path / f"report.{ending}").read_bytes()
    if ending != "pdf":  # its streams are packed, and can hold any bytes
        assert not any(character.encode() in whole for character in "\ufffe\uffff")
    if ending in {"docx", "xlsx"}:
        with ZipFile(tmp_path / f"report.{ending}") as package:
            for part in package.namelist():
                if part.endswith((".xml", ".rels")):
                    etree.fromstring(package.read(part))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_no_command_shows_what_could_move_a_cursor(tmp_path: Path, text: str) -> None:
    file = answers(tmp_path, text)
    table = run("score", file, cwd=tmp_path, code=0)
    assert table.stdout.startswith("a")
    scored = run("score", file, "--format", "json", cwd=tmp_path, code=0)
    assert json.loads(scored.stdout)["team"]["name"] == text
    # Back from the first open question, past the profile, to the name; then to a question with notes, and its help.
    resumed = run("assess", cwd=tmp_path, typed="\n".join([*"bbbbbbbb", "j 21", "?", "q", ""]), code=0)
    for done in (table, scored, resumed):
        assert controls(done.stdout + done.stderr) == []


def test_names_of_files_and_folders_are_shown_without_what_could_move_a_cursor(tmp_path: Path) -> None:
    name = HOSTILE["controls"] + HOSTILE["bidi"] + "[bold]%s"
    file = answers(tmp_path, "Northside", f"{name}.json")
    told = [
        run("score", f"{name}.yaml", cwd=tmp_path, code=1),
        run("score", file.name, "--format", name, cwd=tmp_path, code=2),
        run("score", file.name, "--fail-under", name, cwd=tmp_path, code=2),
        run("report", file.name, "-o", f"{name}.md", cwd=tmp_path, code=0),
        run("report", file.name, "-o", f"{name}.md", cwd=tmp_path, code=1),
        run("report", file.name, "-o", f"{name}/report.md", cwd=tmp_path, code=1),
        run("bank", "check", name, cwd=tmp_path, code=1),
        run("assess", file.name, cwd=tmp_path, typed="q\n", code=0),
        run(name, cwd=tmp_path, code=2),
    ]
    for done in told:
        assert "Traceback" not in done.stderr
        assert controls(done.stdout + done.stderr) == []


def test_a_name_of_4000_characters_is_refused_in_words(tmp_path: Path) -> None:
    file = answers(tmp_path, "\x1bx" * 2000)
    done = run("score", file, cwd=tmp_path, code=1)
    assert "my-service.json:1:" in done.stderr
    assert controls(done.stdout + done.stderr) == []


def test_a_note_of_3000_characters_is_shown_wrapped(tmp_path: Path) -> None:
    answers(tmp_path, "word " * 60)
    done = run("assess", cwd=tmp_path, typed="j 21\nq\n", code=0)
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_what_is_typed_is_kept_without_what_could_move_a_cursor(tmp_path: Path) -> None:
    lines = [
        "a\x1b[2J\x9b2J\x7fb",
        HOSTILE["bidi"],
        "1",
        "1",
        "1",
        "1",
        "2",
        f"e {HOSTILE['bidi']}",
        "x" * 4000,
        "q",
        "",
    ]
    done = run("assess", cwd=tmp_path, typed="\n".join(lines), code=0)
    assert controls(done.stdout + done.stderr) == []
    kept = (tmp_path / "my-service.json").read_text(encoding="utf-8")
    assert controls(kept) == []
    assert json.loads(kept)["team"] == {"name": "a[2J2Jb", "organisation": "abcdef g", "profile": PROFILE}


def test_a_terminal_is_sent_only_our_own_looks(tmp_path: Path) -> None:
    answers(tmp_path, HOSTILE["controls"])
    with Terminal("assess", cwd=tmp_path) as terminal:
        terminal.wait_for("Welcome back.")
        terminal.type("j 1")
        terminal.wait_for("question 1 of")
        for _ in range(7):
            terminal.type("b")
        terminal.wait_for("press Enter to keep it")
        terminal.type("q")
        assert terminal.end() == 0
    assert "\x1b[2J" not in terminal.output
    assert "\x1b]0" not in terminal.output
    assert "\x9b" not in terminal.output
