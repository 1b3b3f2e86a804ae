"""Where ``readiness collect`` writes: links, odd names, and folders of its own."""

import json
import shutil
from pathlib import Path

from tests.cli.small_tables import ROWS, SMALL, answers
from tests.intake.written import table
from tests.program import controls, run


def test_a_folder_is_not_collected_into_itself(tmp_path: Path) -> None:
    path = table(tmp_path, SMALL + ROWS)
    run("collect", path, "-o", "team", cwd=tmp_path, code=0)
    before = answers(tmp_path / "team")
    done = run("collect", "team", "a.csv", "-o", "team", "--force", cwd=tmp_path, code=1)
    assert "This file of answers is in the folder that is written in." in done.stderr
    assert answers(tmp_path / "team") == before
    run("collect", ".", "-o", "team", cwd=tmp_path, code=0)


def test_hostile_names_stay_in_the_folder_and_move_no_cursor(tmp_path: Path) -> None:
    hostile = "../../a\x1b[2J\u202e=cmd"
    path = table(tmp_path, SMALL.strip() + f"|x{hostile}\n" + ROWS.replace("| A ", f"| {hostile} ").strip() + "|\n")
    done = run("collect", path, "-o", "team", cwd=tmp_path, code=0)
    assert controls(done.stderr) == []
    [name] = answers(tmp_path / "team")
    assert name.startswith("a-2j-cmd-")
    (tmp_path / "b\x1b[2J.csv").write_text(f"{hostile},language\n1,x\n", encoding="utf-8")
    done = run("collect", "b\x1b[2J.csv", "-o", "other", cwd=tmp_path, code=1)
    assert controls(done.stderr) == []


def linked(tmp_path: Path) -> tuple[Path, Path]:
    """Return a table, and where its one file of answers is kept: a link leads there from the folder ``team``."""
    path = table(tmp_path, SMALL + ROWS)
    run("collect", path, "-o", "team", cwd=tmp_path, code=0)
    [name] = answers(tmp_path / "team")
    (tmp_path / "kept").mkdir()
    kept = tmp_path / "kept" / name
    shutil.move(tmp_path / "team" / name, kept)
    (tmp_path / "team" / name).symlink_to(kept)
    return path, kept


def test_a_link_of_ones_own_among_the_files_is_followed_and_stays(tmp_path: Path) -> None:
    path, kept = linked(tmp_path)
    before = kept.read_bytes()
    assert "1 there already, and unchanged" in run("collect", path, "-o", "team", cwd=tmp_path, code=0).stderr
    path = table(tmp_path, SMALL + ROWS.replace("1\n", "2\n"))
    run("collect", path, "-o", "team", cwd=tmp_path, code=1)
    assert kept.read_bytes() == before
    done = run("collect", path, "-o", "team", "--force", cwd=tmp_path, code=0)
    assert f"team/{kept.name}: a link of yours. The answers are in the file it leads to, {kept}." in done.stderr
    assert (tmp_path / "team" / kept.name).is_symlink()
    assert json.loads(kept.read_text("utf-8"))["responses"]["language"]["level"] == 2


def test_a_link_of_ones_own_that_leads_nowhere_yet_gets_its_file(tmp_path: Path) -> None:
    path, kept = linked(tmp_path)
    kept.unlink()
    run("collect", path, "-o", "team", cwd=tmp_path, code=0)
    assert kept.is_file()
    assert (tmp_path / "team" / kept.name).is_symlink()


def test_links_that_lead_round_in_a_circle_or_to_one_file_are_refused(tmp_path: Path) -> None:
    path, kept = linked(tmp_path)
    link = tmp_path / "team" / kept.name
    link.unlink()
    link.symlink_to(kept.name)
    said = run("collect", path, "-o", "team", "--force", cwd=tmp_path, code=1).stderr
    assert f"team/{kept.name}: This is a link that somebody else made, or one that leads nowhere" in said
    link.unlink()
    two = table(tmp_path, SMALL + ROWS + ROWS.replace("| A ", "| B "))
    run("collect", two, "-o", "team", cwd=tmp_path, code=0)
    one, other = sorted(answers(tmp_path / "team"))
    (tmp_path / "team" / one).unlink()
    (tmp_path / "team" / one).symlink_to(other)
    before = (tmp_path / "team" / other).read_bytes()
    said = run("collect", two, "-o", "team", "--force", cwd=tmp_path, code=1).stderr
    assert f"team/{one}: This link and another file of this collection would be one and the same file" in said
    assert (tmp_path / "team" / other).read_bytes() == before
