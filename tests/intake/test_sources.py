"""All that people send back is collected at once: files of answers, forms of ours, exports, and folders of them."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from readiness.assessment.endings import TABLES as ENDINGS_OF_TABLES
from readiness.assessment.form_mark import FormMark
from readiness.assessment.model import Response
from readiness.assessment.reading import read_assessment, read_team
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.intake.headings import Names
from readiness.intake.kinds import TABLES
from readiness.intake.mapping import Mapping
from readiness.intake.save import plan_files, write_files
from readiness.intake.sources import gather, open_sources
from readiness.intake.table_files import read_table
from readiness.roundtrip.form_entries import Given
from readiness.roundtrip.form_formats import render_form
from readiness.roundtrip.form_model import build_form
from tests.conftest import EXAMPLES
from tests.exports.northside import FOLDER
from tests.intake.written import ALL_GIVEN, PROFILE, collect, problems, save, table
from tests.themes import default_theme


def test_a_folder_holds_answers_forms_and_exports_and_other_files_are_passed_by(bank: Bank, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "northside-cmht.yaml", tmp_path)
    shutil.copy(FOLDER / "google-forms.csv", tmp_path)
    shutil.copy(FOLDER / "microsoft-forms.xlsx", tmp_path / "FORMS.XLSX")
    for name in ("mapping.yaml", "a.plan.json", ".hidden.json", "~$FORMS.xlsx", "notes.docx", "picture.png"):
        (tmp_path / name).write_bytes(b"not for us")
    opened = open_sources([tmp_path], bank)
    assert not opened.problems
    assert [source.path.name for source in opened.sources] == [
        "FORMS.XLSX",
        "google-forms.csv",
        "northside-cmht.yaml",
    ]


def test_the_names_of_the_bank_are_made_once_for_all_tables(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Names] = []
    of = Names.of

    def counted(bank: Bank, profile: dict[str, str]) -> Names:
        made.append(of(bank, profile))
        return made[-1]

    monkeypatch.setattr(Names, "of", counted)
    for at in range(20):
        (tmp_path / f"{at}.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert len(open_sources([tmp_path], bank).sources) == 20
    assert len(made) == 1


def test_excels_unicode_text_in_a_folder_is_read(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("date\tlanguage\n2026-11-22\t1\n", encoding="utf-16")
    opened = open_sources([tmp_path], bank)
    [one] = gather(opened.sources, bank, Mapping(bank=bank.id), ALL_GIVEN).gathered
    assert one.assessment.responses == {"language": Response(level=1)}


def test_the_endings_of_tables_are_those_that_are_named_to_people() -> None:
    assert set(ENDINGS_OF_TABLES) == {*TABLES}


def test_a_blank_form_of_ours_is_known_as_one(bank: Bank, tmp_path: Path) -> None:
    form = build_form(bank, FormMark.of(bank, PROFILE, "Northside"), None)
    data, _ = render_form(Format.XLSX, form, default_theme())
    (tmp_path / "form.xlsx").write_bytes(data)
    [problem] = open_sources([tmp_path], bank).problems
    assert str(problem).startswith(f"{tmp_path / 'form.xlsx'}: Nothing is filled in in this form.")


def test_a_file_named_twice_counts_once(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language\n2026-11-22|1")
    assert len(open_sources([path, tmp_path, tmp_path / "." / "a.csv"], bank).sources) == 1


def test_two_files_of_one_name_with_the_same_few_answers_are_two_people(bank: Bank, tmp_path: Path) -> None:
    few = {"schema": 1, "bank": {"id": bank.id}, "team": {"name": "T", "profile": PROFILE}, "date": "2026-10-14"}
    for name in ("ann", "ben"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_text(json.dumps({**few, "responses": {"language": {"level": 1}}}), "utf-8")
    files = [tmp_path / "ann" / "a.json", tmp_path / "ben" / "a.json"]
    both = gather(open_sources(files, bank).sources, bank, Mapping(bank=bank.id), ALL_GIVEN).gathered
    assert len(both) == 2
    assert len(plan_files(both, tmp_path, force=False).names) == 2
    folder = tmp_path / "team"
    folder.mkdir()
    write_files(plan_files(both[:1], folder, force=False).files, force=False)
    found = plan_files(both[1:], folder, force=False)
    assert (found.files, found.unchanged) == ((), 1)
    told = "there already (the same file name, and the same answers, fewer than 10). If it is from another person,"
    assert found.notices == (f"{files[1]}: {told} rename the file.",)


def test_every_problem_of_every_file_is_told_at_once(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.json").write_text('{"schema": 2}')
    (tmp_path / "b.csv").write_bytes(b"")
    (tmp_path / "c.xlsx").write_bytes(b"PK no zip")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7 no form")
    opened = open_sources([tmp_path, tmp_path / "empty", tmp_path / "gone.csv"], bank)
    said = "\n".join(str(problem) for problem in opened.problems)
    for name in (
        "a.json:1:",
        "b.csv: There is nothing",
        "c.xlsx: ",
        "d.pdf: ",
        "empty: There are no answers",
        "gone.csv",
    ):
        assert name in said
    assert opened.sources == ()


def test_two_exports_of_one_survey_count_each_response_once(bank: Bank, tmp_path: Path) -> None:
    head = "ID|Start time|Completion time|Email|Name|language\n"
    row = "1|2026-11-22 09:00|2026-11-22 09:05|a@example.org|A|0\n"
    first = table(tmp_path, head + row, "first.csv")
    second = table(tmp_path, f"{head}{row}2|2026-11-23 09:00|2026-11-23 09:05|b@example.org|B|3", "second.csv")
    found = gather(open_sources([first, second], bank).sources, bank, Mapping(bank=bank.id), ALL_GIVEN)
    assert [one.assessment.responses["language"].level for one in found.gathered] == [0, 3]
    told = f"1 response stands in the files more than once, and counts once: {second}:2 (as {first}:2)."
    assert told in found.notices
    changed = table(tmp_path, head + row.replace("|0\n", "|4\n"), "second.csv")
    decided = Mapping(bank=bank.id, numbers_from=0)
    found = gather(open_sources([first, changed], bank).sources, bank, decided, ALL_GIVEN)
    [said] = problems(bank, found)
    assert said.startswith(f"{changed}:2: This is the same response as in {first}:2, with other answers.")


def test_respondents_of_a_table_without_numbers_are_told_apart_by_their_order(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "date|language\n2026-11-22|1\n2026-11-22|1")
    before = [one.key for one in collect(bank, path).gathered]
    assert len(set(before)) == 2
    path = table(tmp_path, "date|language\n2026-11-22|1\n2026-11-22|1\n2026-11-22|2")
    assert [one.key for one in collect(bank, path).gathered][:2] == before


@pytest.mark.parametrize("given", [Given(), Given(role="peer-worker")])
def test_a_role_is_given_only_where_a_file_has_none(bank: Bank, tmp_path: Path, given: Given) -> None:
    for name, role in (("a.yaml", "{}"), ("b.yaml", "{role: other}")):
        text = f"bank: {{id: peer-workers}}\nteam: {{name: A}}\nrespondent: {role}\ndate: 2026-11-22\n"
        (tmp_path / name).write_text(text)
    found = collect(bank, tmp_path, given=given)
    assert [one.assessment.respondent.role for one in found.gathered] == [given.role, "other"]


def test_two_people_s_files_of_one_name_are_two_respondents(bank: Bank, tmp_path: Path) -> None:
    for folder, level in (("a", 1), ("b", 2)):
        (tmp_path / folder).mkdir()
        text = f"bank: {{id: peer-workers}}\nteam: {{name: A}}\ndate: 2026-11-22\nresponses: {{language: {level}}}\n"
        (tmp_path / folder / "answers.yaml").write_text(text)
    opened = open_sources([tmp_path / "a", tmp_path / "b"], bank)
    found = gather(opened.sources, bank, Mapping(bank=bank.id), Given())
    assert len({one.key for one in found.gathered}) == 2


def test_a_row_that_was_put_right_is_replaced_if_it_is_asked_for(bank: Bank, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for level in (0, 4):
        path = table(tmp_path, f"{FORMS}{FIRST.replace('A|0', f'A|{level}')}")
        rows = collect(bank, path, Mapping(bank=bank.id, numbers_from=0)).gathered
        write_files(plan_files(rows, out, force=True).files, force=True)
    [kept] = out.iterdir()
    assert json.loads(kept.read_text())["responses"]["language"]["level"] == 4


def test_a_corrected_download_of_a_plain_table_is_not_taken_for_other_people_unsaid(bank: Bank, tmp_path: Path) -> None:
    names = [question.id for question in bank.questions[:12]]
    rows = [f"2026-11-22|{'|'.join(str(at * turn % 5) for at in range(12))}" for turn in (1, 2)]
    out = tmp_path / "out"
    out.mkdir()
    for name, first in (("h.csv", rows[0]), ("h (1).csv", f"{rows[0][:-1]}4")):
        found = collect(bank, table(tmp_path, f"date|{'|'.join(names)}\n{first}\n{rows[1]}", name))
        write_files(plan_files(found.gathered, out, force=False).files, force=False)
    team = read_team([out], bank)
    assert len([*out.iterdir()]) == 4
    assert len(team.assessments) == 3
    copy, alike = (
        next(told for told in map(str, team.notices) if words in told) for words in ("count once", "count as two")
    )
    assert "the same answers as in" in copy
    assert "give the same answer to 11 of 12 questions" in alike


def test_rows_of_a_plain_table_that_say_the_same_throughout_count_once_and_are_told(bank: Bank, tmp_path: Path) -> None:
    names = [question.id for question in bank.questions[:12]]
    row = f"2026-11-22|{'|'.join('2' for _ in names)}"
    path = table(tmp_path, f"date|{'|'.join(names)}\n{row}\n{row}")
    found = collect(bank, path)
    assert len(found.gathered) == 1
    assert found.notices[0].startswith(f"{path}:3: the same answers as in {path}:2, throughout. They count once.")


def test_only_what_a_survey_program_numbers_has_an_id(bank: Bank, tmp_path: Path) -> None:
    plain = collect(bank, table(tmp_path, "date|language\n2026-11-22|1")).gathered
    numbered = collect(bank, table(tmp_path, f"{FORMS}{FIRST}")).gathered
    assert [one.with_id().respondent.id is None for one in (*plain, *numbered)] == [True, False]


FORMS = "ID|Start time|Completion time|Email|Name|language\n"

FIRST = "1|2026-11-22 09:00|2026-11-22 09:05|a@example.org|A|0"


def test_a_row_that_stands_there_twice_counts_once_and_one_that_says_something_else_counts(
    bank: Bank, tmp_path: Path
) -> None:
    other = FIRST.replace("A|0", "A|4")
    path = table(tmp_path, f"{FORMS}{FIRST}\n{FIRST}\n{other}")
    found = collect(bank, path)
    assert [one.assessment.responses["language"].level for one in found.gathered] == [0, 4]
    assert len({one.key for one in found.gathered}) == 2
    other_answers = "1 row has the number of another, with other answers: row 4 (as row 2)"
    assert found.notices == (
        f"{path}: {other_answers}. Each counts. If one is an older copy, take it out.",
        f"1 response stands in the files more than once, and counts once: {path}:3 (as {path}:2).",
    )


def test_a_title_above_the_headings_is_passed_over_and_told(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, f"Our survey|||||\n\n3 November 2026|||||\n{FORMS}{FIRST}")
    found = collect(bank, path)
    assert len(found.gathered) == 1
    assert found.gathered[0].place.line == 5
    assert "  Left out, above the headings: rows 1 and 3." in found.account


def test_headings_alone_are_no_answers(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, FORMS)
    assert problems(bank, collect(bank, path)) == [
        f"{path}: There are only headings in this table, and no answers. Export it again when somebody has answered."
    ]


def test_another_survey_is_said_to_be_one_before_its_columns_are_listed(bank: Bank, tmp_path: Path) -> None:
    path = table(tmp_path, "Timestamp|How was lunch?|Comments\n2026-11-22|Good|ok")
    first, lunch, comments, _ = problems(bank, collect(bank, path))
    assert first.startswith(f"{path}: No column of this table is known as a question of the bank.")
    assert lunch.startswith(f'{path}:1:2: We don’t recognise the column "How was lunch?". Nearest: ')
    assert comments.startswith(f'{path}:1:3: We don’t recognise the column "Comments". Decide the column before it')


def test_a_page_that_asks_to_sign_in_is_no_table(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("<!DOCTYPE html><html><body>Sign in</body></html>")
    [problem] = open_sources([tmp_path], bank).problems
    assert str(problem).startswith(f"{tmp_path / 'a.csv'}: This is a web page, and was not read.")


@pytest.mark.parametrize(
    ("text", "said_first"),
    [
        ("date|team|language\n2026-11-22|A|", "No row of this table answers any question."),
        ("Timestamp|Score|team\n2026-11-22|x|A", "No column of this table is known as a question of the bank."),
    ],
)
def test_a_table_that_answers_nothing_is_a_problem(bank: Bank, tmp_path: Path, text: str, said_first: str) -> None:
    path = table(tmp_path, text)
    [said] = problems(bank, collect(bank, path, given=Given()))
    assert said.startswith(f"{path}: {said_first}")


def test_json_lines_are_collected_rows_and_whole_answers_alike(bank: Bank, tmp_path: Path) -> None:
    row = {"team": "A", "date": "22 November 2026", "role": "Peer Worker", "language": 2}
    whole = json.loads(read_assessment(save(tmp_path / "a.yaml", "a" * 16, 1, 1), bank)[0].to_json())
    lines = [row, {"date": "2026-11-23", "team": "A", "pay-parity": "unknown"}, whole]
    path = tmp_path / "b" / "answers.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = collect(bank, path.parent, given=Given(profile=PROFILE))
    assert problems(bank, found) == []
    answers = [one.assessment for one in found.gathered]
    assert [(one.respondent.role, str(one.date), one.responses) for one in answers] == [
        ("peer-worker", "2026-11-22", {"language": Response(level=2)}),
        (None, "2026-11-23", {"pay-parity": Response(unknown=True)}),
        ("other", "2026-11-22", {"language": Response(level=1)}),
    ]
    path.write_text(path.read_text() + "\n[1]\n{", encoding="utf-8")
    said = problems(bank, collect(bank, path.parent, given=Given(profile=PROFILE)))
    assert [line.partition(": ")[0] for line in said] == [f"{path}:4", f"{path}:5"]


def test_scores_in_json_lines_are_no_answers(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "scores.jsonl").write_text('{"overall": {}, "coverage": {}, "questions": []}\n')
    [problem] = open_sources([tmp_path], bank).problems
    assert str(problem).startswith(f"{tmp_path / 'scores.jsonl'}: This is a score in each line, and no answers.")


def test_parquet_is_collected(bank: Bank, tmp_path: Path) -> None:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    rows = [{"Team name": "A", "date": dt.date(2026, 11, 22), "language": 2.0}, {"Team name": "A", "language": None}]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    [one] = collect(bank, tmp_path, given=Given(profile=PROFILE)).gathered
    assert (one.assessment.team.name, str(one.assessment.date)) == ("A", "2026-11-22")
    assert one.assessment.responses == {"language": Response(level=2)}
    assert one.place.line == 2


def test_days_that_no_calendar_has_are_told(tmp_path: Path) -> None:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    days = pa.array([2**31 - 1], pa.int32()).cast(pa.date32())
    parquet.write_table(pa.table({"date": days}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match=r"a\.parquet: This Parquet file can’t be read \("):
        read_table(tmp_path / "a.parquet")
