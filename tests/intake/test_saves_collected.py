"""Several saves of one person's answers are collected: the one that counts, or none."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from readiness.assessment.earlier import keep_earlier
from readiness.assessment.model import BankReference, Response
from readiness.bank.model import Bank
from readiness.intake.respondents import Gathered
from readiness.intake.save import plan_files, write_files
from readiness.roundtrip.form_entries import Given
from tests.intake.written import collect, problems, save


def test_of_several_saves_of_one_form_the_newest_is_collected_under_one_name(bank: Bank, tmp_path: Path) -> None:
    old, new = save(tmp_path / "a.yaml", "a" * 16, 1, 1), save(tmp_path / "a (1).yaml", "a" * 16, 2, 3)
    found = collect(bank, tmp_path, given=Given())
    assert [one.assessment.responses["language"].level for one in found.gathered] == [3]
    assert found.notices == (f"{old}: an older save of the answers in {new}. Only the newer counts.",)
    out = tmp_path / "out"
    out.mkdir()
    first, second = collect(bank, old, given=Given()).gathered, found.gathered
    write_files(plan_files(first, out, force=False).files, force=False)
    [problem] = plan_files(second, out, force=False).problems
    assert "This file has an older save of answers that came in anew" in str(problem)
    write_files(plan_files(second, out, force=True).files, force=True)
    [kept] = out.iterdir()
    for force in (False, True):
        again = plan_files(first, out, force=force)
        assert (again.files, again.problems) == ((), ())
        assert again.notices == (f"{old}: an older save of the answers in {kept}, which was not touched.",)
    old.write_text(old.read_text().replace("2026-11-22", "2027-01-20"))
    later = plan_files(collect(bank, old, given=Given()).gathered, out, force=True)
    assert later.files == ()
    assert "One was saved more often, the other is of a later date. Take one of the two out." in str(later.problems[0])


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_saves_that_were_carried_on_apart_no_answer_is_lost_in_the_folder(
    bank: Bank, tmp_path: Path, *, turned: bool
) -> None:
    here, there = save(tmp_path / "a.yaml", "a" * 16, 26, 1), save(tmp_path / "b.yaml", "a" * 16, 20, 1)
    there.write_text(there.read_text().replace("language: 1", "pay-parity: 2"))
    [said] = problems(bank, collect(bank, tmp_path, given=Given()))
    only = f"an older save of the answers in {here}, but only here are answers to pay-parity."
    assert said.startswith(f"{there}: This is {only}")
    out = tmp_path / "out"
    out.mkdir()
    first, second = (
        collect(bank, path, given=Given()).gathered for path in ((there, here) if turned else (here, there))
    )
    write_files(plan_files(first, out, force=False).files, force=False)
    [kept] = out.iterdir()
    before = kept.read_bytes()
    for force in (False, True):
        found = plan_files(second, out, force=force)
        older, newer = (kept, here) if turned else (there, kept)
        [problem] = found.problems
        assert str(problem).startswith(f"{older}: This is an older save of the answers in {newer}, but only here are")
        assert (found.files, found.notices) == ((), ())
    assert kept.read_bytes() == before


def october(path: Path, revision: int, day: int, levels: dict[str, int], *, agrees: bool = False) -> None:
    respondent = {"role": "other", "id": "a" * 16, **({"shown_alone": True} if agrees else {})}
    given = {"schema": 1, "bank": {"id": "peer-workers"}, "team": {"name": "T"}, "respondent": respondent}
    responses = {name: {"level": level} for name, level in levels.items()}
    path.write_text(json.dumps({**given, "revision": revision, "date": f"2026-10-{day}", "responses": responses}))


CARRIED_ON = {
    "apart, saved as often, later": (2, 20, {"pay-parity": 1}),
    "apart, saved as often, earlier": (2, 10, {"pay-parity": 1}),
    "apart, saved as often, the same day": (2, 14, {"pay-parity": 1}),
    "changed, the same day": (2, 14, {"language": 3}),
    "more often, but earlier": (3, 10, {"language": 1}),
    "more, later": (2, 20, {"language": 1, "pay-parity": 1}),
    "the same": (2, 14, {"language": 1}),
    "the same, later": (2, 20, {"language": 1}),
}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("name", CARRIED_ON)
def test_two_saves_leave_the_same_collected_in_one_call_or_in_two(
    bank: Bank, tmp_path: Path, name: str, *, turned: bool
) -> None:
    revision, day, levels = CARRIED_ON[name]
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    october(files[0], 2, 14, {"language": 1})
    october(files[1], revision, day, levels, agrees=name == "the same")
    found = collect(bank, tmp_path, given=Given())
    at_once = [one.assessment for one in found.gathered]
    out = tmp_path / "out"
    out.mkdir()
    for path in files[::-1] if turned else files:
        planned = plan_files(collect(bank, path, given=Given()).gathered, out, force=True)
        if not planned.problems:
            write_files(planned.files, force=True)
    [kept] = out.iterdir()
    if found.problems:
        [problem], [said] = planned.problems, problems(bank, found)
        assert all(str(path) in str(problem) for path in (kept, files[not turned]))
        assert str(problem).partition("answers to ")[2] == said.partition("answers to ")[2]
        at_once = [one.assessment for one in collect(bank, files[turned], given=Given()).gathered]
    assert [one.assessment for one in collect(bank, kept, given=Given()).gathered] == at_once


@pytest.mark.parametrize("force", [False, True])
def test_an_old_form_saved_once_more_does_not_replace_answers_to_the_new_version(
    bank: Bank, tmp_path: Path, *, force: bool
) -> None:
    """Saved before its version was carried over, it is an older save: a folder can be collected again."""

    def in_old_version(path: Path, revision: int) -> Sequence[Gathered]:
        text = save(path, "a" * 16, revision, 1).read_text()
        path.write_text(text.replace("{id: peer-workers}", "{id: peer-workers, version: '0'}"))
        return collect(bank, path, given=Given()).gathered

    out = tmp_path / "out"
    out.mkdir()
    old = in_old_version(tmp_path / "old.yaml", 3)
    write_files(plan_files(old, out, force=False).files, force=False)
    [kept] = out.iterdir()
    original = keep_earlier(kept, old[0].assessment.date, None, original=True)
    migrated = old[0].with_id().model_copy(update={"bank": BankReference.to(bank), "revision": 4})
    kept.write_text(migrated.model_copy(update={"responses": {"language": Response(level=3)}}).to_json())
    for revision in (1, 3):
        again = plan_files(in_old_version(tmp_path / "old.yaml", revision), out, force=force)
        assert (again.files, again.problems) == ((), ())
        assert [notice.partition(": ")[2] for notice in again.notices] == [
            f"an older save of the answers in {kept}, which was not touched."
        ]
    newer = plan_files(in_old_version(tmp_path / "old.yaml", 9), out, force=force)
    assert newer.files == ()
    [problem] = newer.problems
    assert "to another version of the questions. Only here are these answers to language." in str(problem)
    original.unlink()
    assert plan_files(in_old_version(tmp_path / "old.yaml", 3), out, force=force).problems


def test_two_saves_of_which_neither_is_newer_are_a_problem(bank: Bank, tmp_path: Path) -> None:
    save(tmp_path / "a.yaml", "a" * 16, 1, 1)
    save(tmp_path / "b.yaml", "a" * 16, 1, 3)
    [said] = problems(bank, collect(bank, tmp_path, given=Given()))
    assert said.startswith(f"{tmp_path / 'b.yaml'}: This is the same person’s answers as in {tmp_path / 'a.yaml'}, but")
