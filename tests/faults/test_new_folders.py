"""A bank or a theme that is begun on a full disk is there whole, or not at all."""

import subprocess
from pathlib import Path
from shutil import copytree

import pytest

from readiness.cli.files import write_folder
from readiness.errors import InputError, Place
from readiness.resources import QUESTIONS
from readiness.theme.theme_file import THEMES
from tests.program import PATIENCE, PROGRAM, environment, run


def begun(folder: Path, blocks: int, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command that can write no file longer than so many blocks of 512 bytes."""
    return subprocess.run(
        ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *PROGRAM, *words],
        cwd=folder,
        env=environment({"PYTHONDONTWRITEBYTECODE": "1"}),  # Python would keep modules that are cut off
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def like(tmp_path: Path) -> Path:
    """Return a theme of one small file and one that is larger than the disk."""
    theme = tmp_path / "like"
    (theme / "a" / "b").mkdir(parents=True)
    (theme / "theme.toml").write_text('name = "Lantern"\n', "utf-8")
    (theme / "a" / "b" / "large.txt").write_bytes(b"x" * 60_000)
    return tmp_path


@pytest.mark.parametrize("there", [False, True], ids=["no-folder", "an-empty-folder"])
@pytest.mark.parametrize(
    "words",
    [
        ("bank", "new", "ours/deep"),
        ("bank", "new", "ours/deep", "--like", "peer-workers"),
        ("theme", "new", "ours/deep", "--like", "like"),
        ("theme", "new", "ours/deep"),
    ],
    ids=" ".join,
)
def test_nothing_is_left_half_written(like: Path, words: tuple[str, ...], *, there: bool) -> None:
    if there:
        (like / "ours" / "deep").mkdir(parents=True)
    before = names(like)
    blocks = 4 if words[0] == "bank" else 2
    done = begun(like, blocks, *words)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"Check that there is room" in done.stderr
    assert names(like) == before
    assert begun(like, 10_000, *words).returncode == 0


def test_of_several_files_the_first_do_not_stay(like: Path) -> None:
    files = sorted(path.stat().st_size for path in (QUESTIONS / "peer-workers").glob("*.yaml"))
    assert len(files) > 1
    done = begun(like, files[-1] // 512 - 1, "bank", "new", "ours", "--like", "peer-workers")
    assert done.returncode == 1
    assert not (like / "ours").exists()


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Return a folder with a bank and a theme that somebody sent, beside a file of our own."""
    (tmp_path / "secret").write_bytes(b"secret")
    copytree(QUESTIONS / "peer-workers", tmp_path / "bank")
    copytree(THEMES / "sober", tmp_path / "theme")
    (tmp_path / "bank" / "languages").mkdir(exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("target", ["{}/secret", "/etc", "/proc/self/environ", "/nowhere/file"])
@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("theme new mine --like theme", "theme/notes.txt"),
        ("theme new mine --like theme/theme.toml", "theme/fonts/our.ttf"),
        ("bank new mine --like bank", "bank/languages/xx.yaml"),
    ],
)
def test_nothing_is_copied_through_links_that_lead_out(sent: Path, words: str, link: str, target: str) -> None:
    (sent / link).parent.mkdir(exist_ok=True)
    (sent / link).symlink_to(target.format(sent))
    said = run(*words.split(), cwd=sent, code=1).stderr
    assert f"{link}: This is a link that leads out of its folder, so nothing was copied" in said
    assert not (sent / "mine").exists()


def test_a_link_inside_the_folder_is_copied_as_the_file_it_leads_to(sent: Path) -> None:
    (sent / "theme" / "notes.txt").write_bytes(b"notes")
    (sent / "theme" / "more.txt").symlink_to("notes.txt")
    run("theme", "new", "mine", "--like", "theme", cwd=sent, code=0)
    assert (sent / "mine" / "more.txt").read_bytes() == b"notes"
    assert not (sent / "mine" / "more.txt").is_symlink()


def test_files_that_are_too_large_or_too_many_are_not_copied_in_part(sent: Path) -> None:
    large = sent / "theme" / "film.mp4"
    with large.open("wb") as film:
        film.truncate(2_000_000_000)  # nearly nothing on the disk
    assert "theme: This folder holds more than" in run("theme", "new", "m", "--like", "theme", cwd=sent, code=1).stderr
    large.unlink()
    for number in range(1_001):
        (sent / "theme" / str(number)).touch()
    assert "theme: This folder holds more than" in run("theme", "new", "m", "--like", "theme", cwd=sent, code=1).stderr
    assert not (sent / "m").exists()


LINKS = {"work": "/nowhere/usb/work", "loop": "loop", "one": "two", "two": "one"}


@pytest.mark.parametrize("folder", ["work", "work/ours", "work/deep/ours", "loop", "loop/ours", "one/ours"])
@pytest.mark.parametrize("words", [("bank", "new"), ("theme", "new")], ids=" ".join)
def test_a_link_that_leads_nowhere_stays(tmp_path: Path, words: tuple[str, str], folder: str) -> None:
    for name, target in LINKS.items():
        (tmp_path / name).symlink_to(target)
    said = run(*words, folder, cwd=tmp_path, code=1).stderr
    assert f"{Path(folder).parts[0]}: This is a link that leads nowhere, and was not touched" in said
    assert {path.name: str(path.readlink()) for path in tmp_path.iterdir()} == LINKS


def test_a_folder_in_a_file_is_refused_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"theirs")
    assert "notes: This is a file. Name a folder." in run("theme", "new", "notes/ours", cwd=tmp_path, code=1).stderr


@pytest.mark.parametrize("link", ["new", "new/deep"])
def test_a_link_that_somebody_else_put_there_meanwhile_stays(tmp_path: Path, link: str) -> None:
    (tmp_path / link).parent.mkdir(exist_ok=True)
    (tmp_path / link).symlink_to("/nowhere/usb")
    with pytest.raises(InputError, match="Something else was put here meanwhile") as error:
        write_folder(tmp_path, {"first": b"1", "new/deep/a": b"2"})
    assert error.value.problems[0].place == Place(str(tmp_path / link))
    assert [str(path.readlink()) for path in tmp_path.rglob("*") if path.is_symlink()] == ["/nowhere/usb"]
    assert not (tmp_path / "first").exists()


@pytest.mark.parametrize("theirs", ["second", "folder", "new/folder"])
def test_a_file_that_somebody_else_put_there_meanwhile_stays(tmp_path: Path, theirs: str) -> None:
    (tmp_path / theirs).parent.mkdir(exist_ok=True)
    (tmp_path / theirs).write_bytes(b"theirs")
    before = names(tmp_path)
    with pytest.raises(InputError, match="nothing was written") as error:
        write_folder(tmp_path, {"first": b"1", "second": b"2", "folder/a": b"3", "new/folder/b": b"4"})
    assert error.value.problems[0].place == Place(str(tmp_path / theirs))
    assert names(tmp_path) == before
    assert (tmp_path / theirs).read_bytes() == b"theirs"
