"""Many teams in shards: what they make, and what is merged."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from readiness.bank.model import Bank
from readiness.batch.job import Order, Selection
from readiness.batch.render_job import Settings
from readiness.batch.run import run as run_batch
from readiness.cli.batch_progress import LineProgress
from readiness.document.write import Format
from tests.batch.batches import PAGES, QUICK, batch, errors, reports, teams, tree
from tests.batch.writing import PROFILE, put, row
from tests.conftest import EXAMPLES


def test_some_teams_first_and_the_rest_later_come_to_the_same(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook", "Cole", "Dene"])
    batch(tmp_path, "teams.csv", *QUICK, "--limit", "1")
    assert sorted(reports(tmp_path)) == ["alder"]
    batch(tmp_path, "teams.csv", *QUICK, "--only", "C*", "--only", "dene")
    assert sorted(reports(tmp_path)) == ["alder", "cole", "dene"]
    batch(tmp_path, "teams.csv", *QUICK)
    batch(tmp_path, "teams.csv", *QUICK, out="other")
    assert tree(tmp_path / "out") == tree(tmp_path / "other")


def test_shards_merged_are_a_batch_in_one(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook", "Cole", "Dene", "Alder"])
    words = ("teams.csv", "--format", "md", "--portfolio", "xlsx")
    batch(tmp_path, *words, "--shard", "2/3")
    assert "Not all shards have finished: 1/3 and 3/3" in batch(tmp_path, "--merge", code=1)
    for shard in ("1/3", "3/3"):
        batch(tmp_path, *words, "--shard", shard)
    batch(tmp_path, *words, out="other")
    (tmp_path / "teams.csv").unlink()
    said = batch(tmp_path, "--merge", "--portfolio", "xlsx")
    assert said.startswith(
        "Reading what the shards have kept.\nThe shards are read. They should have made the reports of 4 teams."
    )
    assert "come next" not in said
    assert tree(tmp_path / "out") == tree(tmp_path / "other")


def test_answers_in_files_and_wrong_rows_come_through_shards_as_they_are(tmp_path: Path) -> None:
    put(tmp_path / "teams.csv", [row("Alder"), {**row("Brook"), "date": "soon"}, row("=Cole"), row("Dene")])
    words = ("teams.csv", str(EXAMPLES), "--format", "json", "--portfolio", "html", "--limit", "3")
    for shard in ("1/2", "2/2"):
        batch(tmp_path, *words, "--shard", shard, code=3)
    batch(tmp_path, "--merge", "--portfolio", "html", code=3)
    batch(tmp_path, *words[:-2], out="other", code=3)
    one, other = tree(tmp_path / "out"), tree(tmp_path / "other")
    assert len(reports(tmp_path)) == 6, "three of each shard"
    for file in ("scores.csv", "scores.jsonl", "errors.csv", "portfolio.html"):
        assert one[file] == other[file], file


def test_a_team_with_two_saves_of_one_age_has_no_score_in_shards_as_in_one_run(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook"])
    (tmp_path / "answers").mkdir()
    for name, whose, revision, level in (
        ("a-old", "a", 1, 0),
        ("a-new", "a", 5, 4),
        ("b1", "b", 2, 0),
        ("b2", "b", 2, 4),
    ):
        answers = yaml.safe_load((EXAMPLES / "northside-cmht.yaml").read_text("utf-8"))
        answers["respondent"] = {"role": "service-manager", "id": whose * 16}
        answers |= {"revision": revision, "responses": {"language": {"level": level}}}
        (tmp_path / "answers" / f"{name}.json").write_text(json.dumps(answers, default=str), "utf-8")
    words = ("teams.csv", "answers", *QUICK)
    batch(tmp_path, *words, out="other", code=3)
    assert [(Path(one["file"]).stem, one["team"]) for one in errors(tmp_path, "other")] == [
        ("b2", "Northside Community Mental Health Team")
    ]
    assert [name for name in reports(tmp_path, "other") if "northside" in name] == []
    for shard in ("1/2", "2/2"):
        batch(tmp_path, *words, "--shard", shard, code=3)
    batch(tmp_path, "--merge", "--portfolio", "none", code=3)
    assert tree(tmp_path / "out") == tree(tmp_path / "other")


@pytest.mark.parametrize("whole_before", [False, True])
def test_an_old_report_is_not_merged_where_the_new_one_could_not_be_made(tmp_path: Path, *, whole_before: bool) -> None:
    (tmp_path / "answers").mkdir()
    answers, plan = tmp_path / "answers" / "n.json", tmp_path / "answers" / "n.plan.json"
    told = yaml.safe_load((EXAMPLES / "northside-cmht.yaml").read_text("utf-8"))
    answers.write_text(json.dumps(told, default=str), "utf-8")
    words = ("answers", *QUICK)
    batch(tmp_path, *words, *(() if whole_before else ("--shard", "1/1")))
    answers.write_text(json.dumps({**told, "responses": {"language": {"level": 4}}}, default=str), "utf-8")
    plan.write_text("{", "utf-8")
    batch(tmp_path, *words, "--shard", "1/1", code=3)
    said = batch(tmp_path, "--merge", "--portfolio", "none", code=3)
    assert "No shard has made this team’s report" in said
    assert "those of 1 team are missing" in said
    plan.unlink()
    batch(tmp_path, *words, "--shard", "1/1")
    batch(tmp_path, "--merge", "--portfolio", "none")
    batch(tmp_path, *words, out="other")
    assert tree(tmp_path / "out") == tree(tmp_path / "other")


def test_where_a_template_fails_the_report_of_an_earlier_run_is_not_merged(tmp_path: Path, bank: Bank) -> None:
    (tmp_path / "own" / "blocks").mkdir(parents=True)
    template = '{% if block.number == "0" %}{{ nothing }}{% endif %}'
    (tmp_path / "own" / "blocks" / "result_card.html.j2").write_text(template, "utf-8")
    words = (*PAGES, "--templates", "own", "--shard", "1/1")
    teams(tmp_path, ["Alder", "Brook"])
    batch(tmp_path, "teams.csv", *words)
    lowest = {question.id: 0 for question in bank.asked(PROFILE)}
    put(tmp_path / "teams.csv", [row("Alder", lowest), row("Brook")])
    batch(tmp_path, "teams.csv", *words, code=3)
    merge = ("--merge", "--portfolio", "none", "--templates", "own")
    assert "No shard has made this team’s report" in batch(tmp_path, *merge, code=3)
    assert [one["team"] for one in errors(tmp_path)] == ["Alder (Alder Valley)"]


def test_shards_stay_until_the_portfolio_is_made_too(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook"])
    words = ("teams.csv", "--format", "md", "--portfolio", "html")
    batch(tmp_path, *words)
    before = tree(tmp_path / "out")
    (tmp_path / "out" / "portfolio.html").write_text("Mine", "utf-8")
    batch(tmp_path, *words, "--shard", "1/1")
    merge = ("--merge", "--portfolio", "html")
    assert "add --force" in batch(tmp_path, *merge, code=3)
    assert (tmp_path / "out" / "portfolio.html").read_text("utf-8") == "Mine"
    batch(tmp_path, *merge, "--force")
    assert tree(tmp_path / "out") == before


def test_a_shard_that_stops_before_it_writes_anything_stays_finished(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook"])
    words = ("teams.csv", *QUICK, "--shard", "1/1")
    batch(tmp_path, *words)
    before = tree(tmp_path / "out")
    put(tmp_path / "teams.csv", [row("Alder"), row("Brook", language="7")])
    batch(tmp_path, *words, "--strict", code=1)
    (tmp_path / "teams.csv").write_text("nothing", "utf-8")
    batch(tmp_path, *words, code=1)
    assert tree(tmp_path / "out") == before
    batch(tmp_path, "--merge", "--portfolio", "none")


def test_a_shard_that_is_stopped_among_its_reports_counts_as_unfinished(tmp_path: Path) -> None:
    file = teams(tmp_path, ["Alder", "Brook"])
    batch(tmp_path, "teams.csv", *QUICK, "--shard", "1/1")

    class Stops(LineProgress):
        def begin(self, total: int, *, joining: bool = False) -> None:
            assert (total, joining) == (2, False)
            raise KeyboardInterrupt

    order = Order(
        (file,),
        tmp_path / "out",
        Settings("peer-workers", "sober"),
        (Format.MARKDOWN,),
        selection=Selection(shard=(1, 1)),
        workers=0,
    )
    with pytest.raises(KeyboardInterrupt):
        run_batch(order, Stops())
    assert "Not all shards have finished: 1/1" in batch(tmp_path, "--merge", code=1)


def test_shards_that_do_not_fit_together_are_not_merged(tmp_path: Path) -> None:
    teams(tmp_path, ["Alder", "Brook", "Cole"])
    words = ("teams.csv", *QUICK)
    assert "There are no shards" in batch(tmp_path, "--merge", code=1)
    batch(tmp_path, *words, "--shard", "1/2")
    batch(tmp_path, *words, "--shard", "2/2", "--brief", "--only", "B*")
    said = batch(tmp_path, "--merge", code=1)
    assert "2-of-2" in said
    assert "other options for reports and another --only than the first" in said
    teams(tmp_path, ["Alder", "Brook", "Cole", "Dene"])
    batch(tmp_path, *words, "--shard", "2/2")
    assert "This shard was made with other input" in batch(tmp_path, "--merge", code=1)
    batch(tmp_path, *words, "--shard", "1/2")
    assert "The shards were made with another bank, theme" in batch(tmp_path, "--merge", "--theme", "warm", code=1)
    batch(tmp_path, *words, "--shard", "3/3")
    assert "These shards overlap: some are of 2 and 3" in batch(tmp_path, "--merge", code=1)
    shutil.rmtree(tmp_path / "out" / "shards" / "3-of-3")
    kept = tmp_path / "out" / "shards" / "2-of-2"
    (kept / "teams.jsonl").write_bytes((kept / "teams.jsonl").read_bytes()[:-9])
    assert "shard 2/2 has kept is not as it was written" in batch(tmp_path, "--merge", code=1)
    shutil.rmtree(kept)
    shutil.copytree(kept.with_name("1-of-2"), kept)
    assert "shard 2/2 has kept is not as it was written" in batch(tmp_path, "--merge", code=1)
    batch(tmp_path, *words, "--shard", "2/2", "--force")
    next((tmp_path / "out" / "reports").glob("brook*")).unlink()
    assert "No shard has made this team’s report" in batch(tmp_path, "--merge", "--portfolio", "none", code=3)
