"""Options can be set in readiness.toml and in the environment; the command line wins, and what is wrong is named."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import copytree

import pytest
import typer

from readiness.cli.main import app
from readiness.cli.settings_names import find_settings, working_folder
from readiness.errors import InputError
from readiness.resources import REPORT_TEMPLATES
from tests.program import EXAMPLES, ROOT, controls, run

RIVERSIDE = EXAMPLES / "riverside"


def told(cwd: Path, text: str, *words: str, env: Mapping[str, str] | None = None) -> list[str]:
    """Return what is said of a wrong readiness.toml."""
    (cwd / "readiness.toml").write_text(text, encoding="utf-8")
    return run(*words, cwd=cwd, env=env, code=1).stderr.splitlines()


@pytest.fixture
def client(folder: Path) -> Path:
    """A client's folder with answers in it, below a consultant's with a theme."""
    copytree(REPORT_TEMPLATES / "themes" / "sober", folder / "ours")
    theme = folder / "ours" / "theme.toml"
    theme.write_text(theme.read_text("utf-8").replace('name = ""', 'name = "Coast Consulting"'), encoding="utf-8")
    (folder / "client").mkdir()
    (folder / "n.yaml").rename(folder / "client" / "n.yaml")
    return folder / "client"


def test_a_theme_named_once_above_is_that_of_every_report(client: Path) -> None:
    (client.parent / "readiness.toml").write_text('theme = "ours"\n', encoding="utf-8")
    run("report", "n.yaml", "-o", "own.html", cwd=client, code=0)
    run("report", "n.yaml", "-o", "typed.html", "--theme", "warm", cwd=client, code=0)
    run("report", "n.yaml", "-o", "environment.html", cwd=client, env={"READINESS_THEME": "warm"}, code=0)
    assert "Coast Consulting" in (client / "own.html").read_text("utf-8")
    assert "Coast Consulting" not in (client / "typed.html").read_text("utf-8")
    assert (client / "environment.html").read_text("utf-8") == (client / "typed.html").read_text("utf-8")
    assert "../ours]" in run("report", "-h", cwd=client, env={"COLUMNS": "200"}, code=0).stdout


def test_the_nearest_file_alone_is_read(client: Path) -> None:
    (client.parent / "readiness.toml").write_text('theme = "nowhere"\n', encoding="utf-8")
    (client / "readiness.toml").write_text("min-group = 3\n", encoding="utf-8")
    assert "default: 3;" in run("report", "-h", cwd=client, code=0).stdout
    run("report", "n.yaml", "-o", "r.html", cwd=client, code=0)


def test_of_two_settings_that_for_fewer_commands_wins(tmp_path: Path) -> None:
    text = 'bank = "four"\n[plan]\nbank = "six"\n[plan.edit]\nbank = "seven"\n'
    (tmp_path / "readiness.toml").write_text(text, encoding="utf-8")
    for words, found in ({"score": "four", "plan show": "six", "plan edit": "seven"}).items():
        assert f"default: {found}" in run(*words.split(), "-h", cwd=tmp_path, code=0).stdout
    env = {"READINESS_PLAN_BANK": "eight", "READINESS_BANK": "nine"}
    assert "default: nine" in run("score", "-h", cwd=tmp_path, env=env, code=0).stdout
    assert "default: eight" in run("plan", "edit", "-h", cwd=tmp_path, env=env, code=0).stdout


def test_lists_and_switches_can_be_set(folder: Path) -> None:
    (folder / "readiness.toml").write_text('[plan]\nwhat-if = ["language=4", "8=1"]\n[report]\nbrief = true\n', "utf-8")
    shown = run("plan", "n.yaml", cwd=folder, code=0).stdout
    run("report", "n.yaml", "-o", "r.md", cwd=folder, code=0)
    (folder / "readiness.toml").unlink()
    env = {"READINESS_PLAN_WHAT_IF": "language=4; 8=1", "READINESS_REPORT_BRIEF": "yes"}
    assert run("plan", "n.yaml", cwd=folder, env=env, code=0).stdout == shown
    run("report", "n.yaml", "-o", "again.md", cwd=folder, env=env, code=0)
    assert (folder / "again.md").read_text("utf-8") == (folder / "r.md").read_text("utf-8")
    assert run("plan", "n.yaml", "--what-if", "language=4", "--what-if", "8=1", cwd=folder, code=0).stdout == shown


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('theme = "warm"', "score n.yaml"),
        ('theme = "warm"', "plan n.yaml -o p.md"),
        ("brief = true", "report n.yaml -o r.json"),
        ('[report]\nformat = "html"', "report n.yaml -o r.md"),
        ('[score]\nformat = "json"', "score n.yaml -o s.md"),
        ('[plan]\ntoday = "2027-03-04"\ncolumns = "jira"\nyes = true\nprefer = "plan"', "plan n.yaml --format json"),
        ('[collect]\nformat = "csv"', "collect n.yaml -o team"),
        ("month-first = true", "collect n.yaml -o team --day-first"),
    ],
)
def test_a_setting_stops_no_command_in_which_it_can_have_no_effect(folder: Path, settings: str, words: str) -> None:
    (folder / "readiness.toml").write_text(settings, encoding="utf-8")
    run(*words.split(), cwd=folder, code=0)


def test_every_wrong_key_is_named_with_its_place_and_the_nearest_name(tmp_path: Path) -> None:
    text = 'thme = "warm"\nlanguage = "cy"\nformat = "json"\n[scroe]\nx = 1\n[plan.show]\nyess = true\n'
    lines = told(tmp_path, text, "score", "a.json")
    assert [line.split(": ")[0] for line in lines] == [f"readiness.toml:{at}" for at in ("1:1", "3:1", "4:2", "7:1")]
    assert 'Did you mean "theme"?' in lines[0]
    assert "[score]" in lines[1]
    assert 'Did you mean "score"?' in lines[2]
    assert 'plan show has no option "yess". Did you mean "yes"?' in lines[3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[report]\nnotes = "redcted"',
            'readiness.toml:2:1: --notes does not take "redcted". Did you mean "reda',
        ),
        ("brief = 3", "readiness.toml:1:1: --brief is either true or false."),
        ("min-group = 1", 'readiness.toml:1:1: --min-group does not take "1".'),
        ('theme = ["warm"]', "readiness.toml:1:1: --theme does not take this value."),
        ("theme = warm", "readiness.toml:1:9: This is not written as TOML is."),
        ('theme = "wram"', 'readiness.toml:1:1: There is no theme "wram". Did you mean "warm"?'),
        ('bank = "peer-worker"', 'readiness.toml:1:1: There is no question bank "peer-worker". Did you mean'),
    ],
)
def test_a_wrong_value_is_named_with_its_place(folder: Path, text: str, said: str) -> None:
    assert told(folder, text, "report", "n.yaml", "-o", "r.html")[0].startswith(said)


def test_a_wrong_value_that_only_the_command_can_judge_is_placed_too(folder: Path) -> None:
    (folder / "readiness.toml").write_text('[report]\n\ntoday = "soon"\n', encoding="utf-8")
    done = run("report", "n.yaml", "-o", "r.html", cwd=folder, code=2)
    assert done.stderr.startswith("readiness.toml:3:1: ")


def test_a_wrong_variable_is_named(folder: Path) -> None:
    done = run("score", "n.yaml", cwd=folder, env={"READINESS_MIN_GROUP": "few"}, code=1)
    assert done.stderr.startswith("READINESS_MIN_GROUP: ")
    done = run("score", "n.yaml", cwd=folder, env={"READINESS_FORMAT": "json"}, code=1)
    assert "Use READINESS_SCORE_FORMAT" in done.stderr


@pytest.mark.parametrize("line", ["force = true", "[batch]\nclean = true", '[batch]\ndask = "tcp://127.0.0.1:9"'])
def test_what_overwrites_deletes_or_sends_is_typed_each_time(folder: Path, line: str) -> None:
    [said] = told(folder, line, "score", "n.yaml")
    name = line.splitlines()[-1].partition(" ")[0]
    at = len(line.splitlines())
    todo = f"Take this line out, and type --{name} when you need it."
    assert said == f'readiness.toml:{at}:1: "{name}" can’t be set in a file. {todo}'


def test_the_smallest_group_is_the_same_for_every_command(folder: Path) -> None:
    [said] = told(folder, "[report]\nmin-group = 3", "score", "n.yaml")
    assert said == 'readiness.toml:2:1: "min-group" is for all commands alike. Write it at the top of the file.'
    (folder / "readiness.toml").unlink()
    looked = run("doctor", cwd=folder, env={"READINESS_REPORT_MIN_GROUP": "3"}).stdout
    assert "READINESS_REPORT_MIN_GROUP is not read: no option has that name." in looked


@pytest.fixture
def strange(client: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings that another user has put into the folder above the one we are in."""
    file = client.parent / "readiness.toml"
    file.write_text("min-group = 9\n", encoding="utf-8")
    if os.geteuid():
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    else:
        os.chown(file, 65534, -1)
    monkeypatch.chdir(client)
    return file


def test_settings_of_another_user_are_passed_over_and_told(strange: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str) -> str:
        with suppress(typer.Exit):
            app(words, prog_name="readiness", standalone_mode=False)
        return " ".join("".join(capsys.readouterr()).split())

    told = f"{strange} belongs to another user, so its settings are not used. To use them, save a copy of your own."
    assert f"Note: {told}" in said("score", "n.yaml")
    assert told in said("doctor")
    assert "default: 9;" not in (shown := said("score", "-h"))
    assert told not in shown


def test_a_link_of_another_user_to_our_settings_is_passed_over(strange: Path) -> None:
    ours = strange.with_name("ours.toml")
    ours.write_text("min-group = 9\n", encoding="utf-8")
    strange.unlink()
    strange.symlink_to(ours)
    os.lchown(strange, 65534 if os.getuid() == 0 else -1, -1)
    assert find_settings(Path.cwd()) == (None, (strange,))


def test_help_comes_although_the_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "readiness.toml").write_text("theme = \n", encoding="utf-8")
    assert run("report", "-h", cwd=tmp_path, code=0).stdout.startswith("Usage: readiness report PATHS... [OPTIONS]")
    run("schema", "score", cwd=tmp_path, code=0)


RAW = "\x1b]0;x\x07\u202e\x1b[31m"


@pytest.mark.parametrize("words", ["report --help", "report x.json --help", "batch -h", "doctor", "report x.json"])
@pytest.mark.parametrize("variables", [False, True])
def test_nothing_raw_comes_out_of_settings(tmp_path: Path, words: str, *, variables: bool) -> None:
    names = ("bank", "theme", "language", "templates")
    set_ = {f"READINESS_{name.upper()}": f"{RAW}{name}" for name in names} if variables else {}
    if not variables:
        lines = (f"{name} = {json.dumps(f'{RAW}{name}')}\n" for name in names)
        (tmp_path / "readiness.toml").write_text("".join(lines), "utf-8")
    done = run(*words.split(), cwd=tmp_path, env=set_)
    assert controls(done.stdout) == []
    assert controls(done.stderr) == []
    assert "]0;x" in done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("@",),
        ("bank", "@"),
        ("bank", "show", "@"),
        ("score", "@"),
        ("score", "--@"),
        ("score", "x.json", "--format", "@"),
        ("batch", "x.csv", "-o", "out", "--deadline", "@"),
        ("batch", "x.csv", "-o", "out", "--workers", "@"),
        ("report", "x.json", "-o", "x.@"),
        ("report", "x.json", "-o", "x.md", "--format", "@"),
        ("report", "x.json", "--theme", "@"),
        ("plan", "x.json", "--what-if", "@"),
        ("assess", "--bank", "@", "--help", "@"),
    ],
    ids=" ".join,
)
def test_nothing_raw_comes_out_of_arguments(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*(word.replace("@", RAW) for word in words), cwd=tmp_path)
    assert done.returncode == (0 if "--help" in words else done.returncode or 1)
    assert controls(done.stdout + done.stderr) == []


def test_the_doctor_says_which_file_and_variables_are_used(client: Path) -> None:
    (client.parent / "readiness.toml").write_text('theme = "ours"\n', encoding="utf-8")
    env = {"READINESS_THEME": "warm", "READINESS_THEEM": "warm"}
    shown = run("doctor", cwd=client, env=env, code=0).stdout
    assert f"Settings: from {client.parent / 'readiness.toml'}" in shown
    assert "READINESS_THEME" in shown
    assert "READINESS_THEEM is not read" in shown
    assert "no readiness.toml" in run("doctor", cwd=EXAMPLES, code=0).stdout
    (client / "readiness.toml").write_text("x = 1\n", encoding="utf-8")
    assert "readiness.toml:1:1" in run("doctor", cwd=client, code=1).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_gets_its_script(tmp_path: Path, shell: str) -> None:
    done = run("completion", shell, cwd=tmp_path, code=0)
    assert "_READINESS_COMPLETE" in done.stdout
    assert "readiness" in done.stdout


def test_a_shell_is_told_how_a_line_can_go_on(tmp_path: Path) -> None:
    def found(words: str, at: int) -> list[str]:
        env = {"_READINESS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        return run(cwd=tmp_path, env=env, code=0).stdout.split()

    assert found("readiness co", 1) == ["compare", "collect", "completion"]
    assert found("readiness report --th", 2) == ["--theme"]
    assert found("readiness report --notes ", 3) == ["none", "redacted", "all"]


@pytest.mark.parametrize("asked", ["complete_bash", "complete_x", "x", "_"])
def test_what_no_shell_of_ours_asks_is_answered_in_words(tmp_path: Path, asked: str) -> None:
    for at in ({}, {"COMP_WORDS": "readiness ", "COMP_CWORD": "x"}):
        done = run(cwd=tmp_path, env={"_READINESS_COMPLETE": asked, **at}, code=2)
        assert not done.stdout
        assert "_READINESS_COMPLETE is set, and not as our scripts for shells set it. Unset it" in done.stderr


def test_the_report_that_assess_offers_has_the_theme_that_is_set(client: Path) -> None:
    (client.parent / "readiness.toml").write_text('theme = "ours"\n[report]\nbrief = true\n', encoding="utf-8")
    lines = ["Northside", "", "1", "1", "1", "1", "2", *["3"] * 26, "n", "", "y"]
    run("assess", cwd=client, typed="\n".join(lines) + "\n", code=0)
    run("report", "my-service.json", "-o", "named.pdf", "--brief", "--theme", "../ours", cwd=client, code=0)
    assert (client / "my-service-report.pdf").read_bytes() == (client / "named.pdf").read_bytes()


def test_the_example_in_the_docs_is_read(client: Path) -> None:
    page = (ROOT / "docs" / "consultants.md").read_text("utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    (client.parent / "readiness.toml").write_text(text.replace("our-brand", "ours"), encoding="utf-8")
    shown = run("report", "-h", cwd=client, code=0).stdout
    assert "default: 6;" in shown
    assert "default: none]" in shown
    assert "../ours]" in shown


def test_a_report_without_a_name_is_written_beside_the_answers(folder: Path) -> None:
    run("report", "n.yaml", "--format", "html", cwd=folder, code=0)
    assert (folder / "n-report.html").is_file()
    assert "--force" in run("report", "n.yaml", "--format", "html", cwd=folder, code=1).stderr
    copytree(RIVERSIDE, folder / "team")
    run("report", "team", "--format", "md", cwd=folder, code=0)
    assert (folder / "team" / "riverside-recovery-team-fernbrook-partnership-for-recovery-report.md").is_file()
    piped = run("report", "-", "--format", "md", cwd=folder, typed=(folder / "n.yaml").read_text("utf-8"), code=2)
    assert "name a file to write with -o" in piped.stderr


@pytest.mark.parametrize("words", ["bank show", "bank check", "bank list", "bank findings", "bank protocol", "doctor"])
def test_a_bank_can_be_named_by_its_option_everywhere(tmp_path: Path, words: str) -> None:
    run("bank", "new", "mine", cwd=tmp_path, code=0)
    shown = run(*words.split(), "--bank", "mine", cwd=tmp_path, code=0).stdout
    assert shown != run(*words.split(), cwd=tmp_path, code=0).stdout
    if words in ("bank show", "bank check"):
        assert run(*words.split(), "mine", cwd=tmp_path, code=0).stdout == shown
        assert "these are two banks" in run(*words.split(), "mine", "--bank", "other", cwd=tmp_path, code=2).stderr


@pytest.mark.parametrize("option", ["theme", "bank", "templates", "plan"])
def test_a_home_that_nobody_here_has_is_named(folder: Path, option: str) -> None:
    [said] = told(folder, f'{option} = "~nobody-of-that-name/ours"\n', "report", "n.yaml", "-o", "r.md")
    words = 'The home folder in "~nobody-of-that-name/ours" is not known on this computer. Write the whole path'
    assert said.startswith(f"readiness.toml:1:1: {words}")


def test_a_name_that_no_file_can_have_is_no_number(folder: Path) -> None:
    [said] = told(folder, 'plan = "a\\u0000b"\n', "report", "n.yaml", "-o", "r.md")
    assert said.endswith("Write the name of a file or folder.")


def test_a_folder_that_is_gone_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(InputError, match="The folder that you are in is no longer there"):
        working_folder()
