"""``readiness collect``, as people use it."""

import json
import shutil
from pathlib import Path

import pytest

from readiness.assessment.endings import MAPPING_NAME
from readiness.bank.model import Bank
from tests.cli.small_tables import ROWS, SMALL, answers
from tests.exports.northside import FOLDER, TEAM
from tests.intake.written import table
from tests.program import EXAMPLES, Terminal, run


def test_an_export_becomes_a_folder_that_score_and_report_read(tmp_path: Path) -> None:
    done = run("collect", FOLDER / "microsoft-forms.xlsx", "-o", "team", cwd=tmp_path, code=0)
    assert done.stdout == ""
    for said in (
        '(Microsoft Forms, sheet "Sheet1"): 3 rows, 3 respondents, 56 answers',
        "\n  Matched: 44 questions in 44 columns; 44 columns of notes and reasons; team and role; 4 of the profile.\n",
        "\n  Left out, as Microsoft Forms adds them: ID, Start time, Completion time, Email, Name, Last modified",
        f"1 team: {TEAM} (3).\n",
        "3 files written in team.\n",
        " -m readiness report team -o report.pdf\n",
    ):
        assert said in done.stderr
    assert len(answers(tmp_path / "team")) == 3
    scored = json.loads(run("score", "team", "--format", "json", cwd=tmp_path, code=0).stdout)
    assert (scored["team"]["name"], scored["respondents"]) == (TEAM, 3)
    run("report", "team", "-o", "report.md", cwd=tmp_path, code=0)


def test_standard_input_is_a_file_like_the_others(tmp_path: Path) -> None:
    typed = (FOLDER / "microsoft-forms.xlsx").read_bytes()
    done = run("collect", "-", EXAMPLES / "northside-cmht.yaml", "-o", "team", cwd=tmp_path, typed=typed, code=0)
    assert done.stderr.startswith("<stdin> (Microsoft Forms, ")
    assert len(answers(tmp_path / "team")) == 4
    said = run("collect", "-", "--format", "pdf", "-o", "other", cwd=tmp_path, typed="language\n1\n", code=1).stderr
    assert "<stdin>: This is not a PDF that we can read." in said
    assert not (tmp_path / "other").exists()


def test_a_format_is_for_standard_input_only(tmp_path: Path) -> None:
    path = table(tmp_path, SMALL + ROWS)
    said = run("collect", path, "--format", "csv", "-o", "team", cwd=tmp_path, code=2).stderr
    assert "--format says what standard input holds" in said


def test_collecting_again_adds_who_is_new_and_changes_nothing_without_force(tmp_path: Path) -> None:
    path = table(tmp_path, SMALL + ROWS)
    run("collect", path, "-o", "team", cwd=tmp_path, code=0)
    first = answers(tmp_path / "team")
    assert (
        "0 files written in team. 1 there already, and unchanged."
        in run("collect", path, "-o", "team", cwd=tmp_path, code=0).stderr
    )
    table(tmp_path, SMALL + ROWS + ROWS)
    run("collect", path, "-o", "team", cwd=tmp_path, code=0)
    both = answers(tmp_path / "team")
    assert len(both) == 2
    assert first.items() <= both.items()
    table(tmp_path, SMALL + ROWS.replace("1\n", "4\n") + ROWS + ROWS)
    refused = run("collect", path, "-o", "team", cwd=tmp_path, code=1).stderr
    assert "This file is there already with other answers, and was not touched." in refused
    assert answers(tmp_path / "team") == both
    run("collect", path, "-o", "team", "--force", cwd=tmp_path, code=0)
    assert len(answers(tmp_path / "team")) == 3
    assert answers(tmp_path / "team").keys() > both.keys()


def test_a_role_that_was_put_right_in_the_table_does_not_count_beside_the_old_one(tmp_path: Path, bank: Bank) -> None:
    names = [question.id for question in bank.questions[:12]]
    head = f"team,role,date,stage,employment,culturally-specific,{','.join(names)}\n"
    rows = [
        f"A,team-member,2026-11-22,planning,paid,no,{','.join(str((at + nth) % 5) for nth in range(12))}\n"
        for at in range(3)
    ]
    (tmp_path / "t.csv").write_text(head + "".join(rows), "utf-8")
    run("collect", "t.csv", "-o", "team", cwd=tmp_path, code=0)
    before = answers(tmp_path / "team")
    rows[2] = rows[2].replace("team-member", "peer-worker")
    (tmp_path / "t.csv").write_text(head + "".join(rows), "utf-8")
    said = run("collect", "t.csv", "-o", "team", cwd=tmp_path, code=1).stderr
    assert "These are the same answers as in t.csv:4, throughout, in another role. Take the wrong one out." in said
    assert answers(tmp_path / "team") == before
    [old] = [name for name in before if f"{name}: These are" in said]
    (tmp_path / "team" / old).unlink()
    said = run("collect", "t.csv", "-o", "team", cwd=tmp_path, code=0).stderr
    assert "1 file written in team. 2 there already" in said


def test_answers_of_all_kinds_are_collected_with_one_command(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "kobo.csv", tmp_path)
    shutil.copy(EXAMPLES / "northside-cmht.yaml", tmp_path)
    done = run("collect", "kobo.csv", "northside-cmht.yaml", "-o", "team", cwd=tmp_path, code=0)
    assert "3 respondents name no organisation. They count as " in done.stderr
    assert f"1 team: {TEAM} (Alder Valley NHS Foundation Trust) (4)." in done.stderr
    assert "northside-cmht.yaml: 1 respondent, " in done.stderr
    assert len(answers(tmp_path / "team")) == 4


def test_without_a_terminal_all_that_is_open_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    text = (
        SMALL.strip() + "| Colour | Nonsense\n" + ROWS.strip() + "| red |\n" + ROWS.strip().replace("1", "x") + "||\n"
    )
    path = table(tmp_path, text)
    done = run("collect", path, "-o", "team", cwd=tmp_path, code=1)
    assert f'{path}:1:7: We don’t recognise the column "Colour". Nearest: ' in done.stderr
    assert f'{path}:3:6: "x", in the column "language", is no answer to "language".' in done.stderr
    assert "to be decided; nothing was written. Run it in a terminal to be asked" in done.stderr
    assert not (tmp_path / "team").exists()


def test_in_a_terminal_what_is_open_is_asked_and_kept_for_next_time(tmp_path: Path) -> None:
    path = table(tmp_path, SMALL.strip() + "| Colour\n" + ROWS.replace("1\n", "AO02| red\n"))
    with Terminal("collect", path.name, "-o", "team", cwd=tmp_path) as terminal:
        assert 'we don’t recognise the column "Colour"' in terminal.wait_for("ignore this column")
        terminal.type("ignore")
        assert '"AO02" in the column "language" means nothing that is known' in terminal.wait_for("no answer")
        terminal.type("back")
        assert 'we don’t recognise the column "Colour"' in terminal.wait_for("ignore this column")
        terminal.type("ignore")
        terminal.wait_for("no answer")
        terminal.type("2")
        assert terminal.end() == 0
    assert "1 file written in team." in terminal.output
    kept = tmp_path / "team" / MAPPING_NAME
    assert "Colour: ignore" in kept.read_text(encoding="utf-8")
    assert "AO02: 1" in kept.read_text(encoding="utf-8")
    done = run("collect", path.name, "-o", "team", cwd=tmp_path, code=0)
    assert "1 there already, and unchanged." in done.stderr
    assert "What columns and words mean was read from team/mapping.yaml." in done.stderr
    assert '  Ignored, as decided: "Colour".' in done.stderr
    run("score", "team", cwd=tmp_path, code=0)
    shutil.move(kept, tmp_path / "colours.yaml")
    run("collect", path.name, "-o", "other", cwd=tmp_path, code=1)
    run("collect", path.name, "-o", "other", "--mapping", "colours.yaml", cwd=tmp_path, code=0)


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_what_was_decided_is_kept_when_a_person_stops(tmp_path: Path, key: str) -> None:
    path = table(tmp_path, SMALL.strip() + "| Colour | Number\n" + ROWS.strip() + "| red | 7\n")
    with Terminal("collect", path.name, "-o", "team", cwd=tmp_path) as terminal:
        terminal.wait_for("ignore this column")
        terminal.type("ignore")
        terminal.wait_for("ignore this column")
        terminal.interrupt(key)
        assert terminal.end() == 130
    assert "Colour: ignore" in (tmp_path / "team" / MAPPING_NAME).read_text(encoding="utf-8")
    assert not answers(tmp_path / "team")


def test_a_person_leaves_with_a_word_and_an_option_is_not_kept_for_other_tables(tmp_path: Path) -> None:
    path = table(tmp_path, SMALL.strip() + "| Colour | Number\n" + ROWS.strip() + "| red | 7\n")
    words = ("--numbers-from", "1", "--day-first", "--count-unfinished")
    with Terminal("collect", path.name, "-o", "team", *words, cwd=tmp_path) as terminal:
        terminal.wait_for("ignore this column")
        terminal.type("ignore")
        terminal.wait_for("ignore this column")
        terminal.type("quit")
        assert terminal.end() == 130
    assert "Nothing was collected yet." in terminal.output
    kept = (tmp_path / "team" / MAPPING_NAME).read_text(encoding="utf-8").split("schema: 1")[1]
    assert "Colour: ignore" in kept
    assert "numbers_from: 1" not in kept
    assert "day-first" not in kept
    assert "count_unfinished" not in kept


def test_facts_that_only_an_option_gives_are_told_before_anything_is_asked(tmp_path: Path) -> None:
    path = table(tmp_path, "date | language | stage\n2026-11-22 | x | planning")
    with Terminal("collect", path.name, "-o", "team", cwd=tmp_path, size=(40, 1000)) as terminal:
        assert terminal.end() == 1
    said = "Add to the command: --team NAME; --profile employment="
    assert said in terminal.output
    assert "if all hold one role, --role ROLE." in terminal.output
    assert "means nothing that is known" not in terminal.output
    path = table(tmp_path, "date | language | stage | Colour\n2026-11-22 | 1 | planning | red")
    with Terminal("collect", path.name, "-o", "team", cwd=tmp_path, size=(40, 1000)) as terminal:
        assert said in terminal.wait_for("ignore this column").split("Type back")[0]
        terminal.type("q")
        assert terminal.end() == 130
    assert said in run("collect", path.name, "-o", "team", cwd=tmp_path, code=1).stderr.split("Colour")[0]
    path = table(tmp_path, "date | language | stage\n2026-11-22 | 1 | planning")
    told = run("collect", path.name, "-o", "team", cwd=tmp_path, code=1).stderr
    assert "Add to the command: --profile employment=" in told
    assert told.count("which team the answers are about") == 1
    run("collect", path.name, EXAMPLES / "northside-cmht.yaml", "--team", TEAM, "-o", "team", cwd=tmp_path, code=0)


def test_a_date_that_can_be_read_in_two_ways_is_said_by_an_option(tmp_path: Path) -> None:
    path = table(tmp_path, SMALL + ROWS.replace("2026-11-20", "03/04/2026"))
    done = run("collect", path, "-o", "team", cwd=tmp_path, code=1)
    assert (
        '"03/04/2026" can be 3 April 2026 or 4 March 2026. Say which with --day-first or --month-first.' in done.stderr
    )
    run("collect", path, "-o", "team", "--day-first", cwd=tmp_path, code=0)
    [kept] = answers(tmp_path / "team").values()
    assert json.loads(kept)["date"] == "2026-04-03"


def _numbered(bank: Bank, folder: Path) -> Path:
    """Return a survey's table of numbers, headed by the question's words."""
    words = bank.question_by_id["language"].text
    return table(folder, SMALL.replace("language", words) + ROWS + ROWS.replace("1\n", "5\n"))


def test_where_numbers_begin_is_said_by_an_option_or_in_the_mapping(tmp_path: Path, bank: Bank) -> None:
    path = _numbered(bank, tmp_path)
    done = run("collect", path.name, "-o", "team", cwd=tmp_path, code=1)
    assert "the 5 points to 1 as the lowest level, unless it stands for no level. Say which with --num" in done.stderr
    assert not (tmp_path / "team").exists()
    done = run("collect", path.name, "-o", "team", "--numbers-from", "0", cwd=tmp_path, code=1)
    assert f'{path.name}:3:6: "5", in the column ' in done.stderr
    run("collect", path.name, "-o", "team", "--numbers-from", "1", cwd=tmp_path, code=0)
    said = [json.loads(kept)["responses"]["language"]["level"] for kept in answers(tmp_path / "team").values()]
    assert sorted(said) == [0, 4]
    for words in ("numbers_from: 1", "numbers_from: 0\nnumbers_from_by_table: {a.csv: 1}"):
        (tmp_path / "m.yaml").write_text(f"bank: {bank.id}\n{words}\n", "utf-8")
        done = run("collect", path.name, "-o", "team", "--mapping", "m.yaml", cwd=tmp_path, code=0)
        assert "2 there already, and unchanged." in done.stderr
    (tmp_path / "m.yaml").write_text(f"bank: {bank.id}\nnumbers_from: 2\n", "utf-8")
    assert (
        "m.yaml:2:1: numbers_from is not one of the words allowed. Use 0 or 1."
        in run("collect", path, "-o", "x", "--mapping", "m.yaml", cwd=tmp_path, code=1).stderr
    )
    run("collect", path.name, "-o", "team", "--numbers-from", "2", cwd=tmp_path, code=2)


def test_in_a_terminal_where_numbers_begin_is_asked_in_lines_that_break_between_words(
    tmp_path: Path, bank: Bank
) -> None:
    path = _numbered(bank, tmp_path)
    with Terminal("collect", path.name, "-o", "team", cwd=tmp_path, size=(40, 50)) as terminal:
        terminal.wait_for("the highest")
        terminal.type("2")
        assert terminal.end() == 0
    lines = [line for line in terminal.output.splitlines() if "highest" in line or "lowest" in line]
    assert lines
    shown = terminal.output.split("Type back")[1].split("> ")[0].replace("\r", "")
    assert max(map(len, shown.splitlines())) < 50
    assert bank.question_by_id["language"].levels[0].text[:40] in " ".join(shown.split())
    assert "\n     " in shown, "what goes on stands below the words"
    assert "numbers_from_by_table:\n  a.csv: 1\n" in (tmp_path / "team" / MAPPING_NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--role", "nurse"], 2, "--role takes one of: service-manager, "),
        (["--date", "11/22/2026"], 2, '--date: "11/22/2026" is not understood. Write a date'),
        (["--profile", "stages=x"], 2, "--profile: there is no stages. It takes: setting, stage"),
        (["--profile", "stage=x"], 2, "--profile: stage takes one of: planning, introducing, established"),
        (["--team", " "], 2, "--team takes a name of 1 to 300 characters"),
        (["--organisation", "\u200b"], 2, "--organisation takes a name of 1 to 300 characters that can be seen"),
        (["--day-first", "--month-first"], 2, "contradict each other"),
        (["--month-first", "--date", "03/04/2026"], 2, "write it as 2027-01-31"),
        (["--mapping", "gone.yaml"], 1, "gone.yaml: There is no such file"),
        (["-o", "a.csv"], 1, "a.csv: This is a file, and not a folder"),
        (["gone.csv"], 1, "gone.csv: There is no such file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    path = table(tmp_path, SMALL + ROWS)
    done = run("collect", path.name, "-o", "team", *words, cwd=tmp_path, code=code)
    assert said in done.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


def test_answers_from_elsewhere_in_the_folder_are_left_and_told(tmp_path: Path) -> None:
    path = table(tmp_path, SMALL + ROWS)
    (tmp_path / "team").mkdir()
    shutil.copy(EXAMPLES / "northside-cmht.yaml", tmp_path / "team")
    done = run("collect", path, "-o", "team", cwd=tmp_path, code=0)
    assert "Note: 1 other file of answers in team, not of this input, left as they are." in done.stderr


def test_the_questionnaire_is_exported_for_kobo_and_odk(tmp_path: Path) -> None:
    done = run("bank", "export", "--xlsform", "-o", "form.xlsx", cwd=tmp_path, code=0)
    assert "Saved as form.xlsx." in done.stderr
    assert (tmp_path / "form.xlsx").read_bytes().startswith(b"PK")
    assert "was not touched" in run("bank", "export", "--xlsform", "-o", "form.xlsx", cwd=tmp_path, code=1).stderr
    assert "end the name in .xlsx" in run("bank", "export", "--xlsform", "-o", "a.csv", cwd=tmp_path, code=2).stderr
