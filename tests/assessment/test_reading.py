from pathlib import Path

import pytest

from readiness.assessment.reading import one_team, read_assessment, read_assessments, read_team
from readiness.bank.model import Bank
from readiness.scoring.model import State
from readiness.scoring.score import standings
from tests.assessment.read import HEAD, refusal, written
from tests.conftest import EXAMPLES, assessment
from tests.small import small_bank


def test_yaml_and_json_of_the_same_answers_are_the_same_assessment(tmp_path: Path, small: Bank) -> None:
    from_yaml, _ = read_assessment(written(tmp_path, HEAD + "  pay: 3\n"), small)
    from_json, _ = read_assessment(written(tmp_path, from_yaml.to_json(), "a.json"), small)
    assert from_json == from_yaml
    assert from_json.responses["pay"].level == 3


def test_the_shipped_team_of_eleven_fits_the_shipped_bank_and_is_one_team(bank: Bank) -> None:
    reading = read_team([EXAMPLES / "riverside"], bank)
    assert (len(reading.assessments), reading.notices) == (11, ())
    assert len({one.respondent.role for one in reading.assessments}) == 5


def test_the_shipped_examples_fit_the_shipped_bank(bank: Bank) -> None:
    reading = read_assessments([EXAMPLES], bank)
    assert len(reading.assessments) >= 2
    [told] = map(str, reading.notices)
    assert told.startswith(f"{EXAMPLES / 'riverside'}: This is a folder in a folder, and was not read.")


def test_a_folder_stands_for_the_answers_in_it_by_name(tmp_path: Path, small: Bank) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    for name in ("b.yml", "a.json", "c.yaml"):
        written(folder, f'{{"bank": {{"id": "small"}}, "team": {{"name": "{name}"}}, "date": "2026-11-22"}}', name)
    for name in (".hidden.json", "notes.txt", ".a.json.lock"):
        written(folder, "no answers", name)
    found = read_assessments([folder], small)
    assert [one.team.name for one in found.assessments] == ["a.json", "b.yml", "c.yaml"]


def test_a_plan_file_is_no_answers_and_leads_to_those_of_its_name(tmp_path: Path, small: Bank) -> None:
    answers = written(tmp_path, HEAD + "  pay: 1\n")
    plan = written(tmp_path, '{"bank": {"id": "small"}, "team": "Northside", "actions": {}}', "a.plan.json")
    [told] = refusal(lambda: read_assessment(plan, small))
    assert "This is a plan file" in told
    assert told.endswith(f"Name its answers: {answers}.")


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path, small: Bank) -> None:
    path = written(tmp_path, HEAD + "  pay: 1\n")
    assert len(read_assessments([path, tmp_path, path], small).assessments) == 1


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path, small: Bank) -> None:
    (tmp_path / "empty").mkdir()
    paths = [
        written(tmp_path, HEAD + "  pay: 9\n  gone: 1\n", "a.yaml"),
        tmp_path / "empty",
        written(tmp_path, HEAD + "  pay: 1\n", "b.yaml"),
        tmp_path / "none.yaml",
    ]
    assert refusal(lambda: read_assessments(paths, small)) == [
        f'{tmp_path}/a.yaml:5:3: "pay" has no level 9. Use one of: 0, 1, 2, 3, 4.',
        f'{tmp_path}/a.yaml:6:3: There is no question "gone". Look the ids up in the question bank.',
        f"There are no answers in the folder {tmp_path}/empty. Answers are in files ending in .json, .yaml, .yml.",
        f"{tmp_path}/none.yaml: There is no such file. Check the name.",
    ]


def test_of_names_that_no_bank_could_have_the_start_is_told(tmp_path: Path, small: Bank) -> None:
    long = "z" * 999
    text = (HEAD + f"  {long}: {{level: 1}}\nx: 1\n").replace("Northside}", f"N, profile: {{{long}: x}}}}")
    told = refusal(lambda: read_assessment(written(tmp_path, text), small))
    assert any(f'There is no question "{long[:79]}…"' in one for one in told)
    assert any(f'The profile has no "{long[:79]}…"' in one for one in told)
    text = text.replace("{id: small", f"{{id: {long}")
    told += refusal(lambda: read_assessment(written(tmp_path, text), small))
    assert f'for the question bank "{long[:79]}…"' in "".join(told)
    assert max(map(len, told)) < 400


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: small", "id: other", '1:8: These answers are for the question bank "other", not "small". Name the right'),
        ("  pay: 1", "  pay: 1.5", '5:3: "pay" has no level 1.5. Use one of: 0, 1, 2, 3, 4.'),
        ("  pay: 1", "  pay: {level: 7}", '5:9: "pay" has no level 7. Use one of: 0, 1, 2, 3, 4.'),
        ("  pay: 1", "  pya: 1", '5:3: There is no question "pya". Did you mean "pay"?'),
        ("Northside}", f"N, profile: {{size: {'z' * 99}}}}}", f'2:27: "{"z" * 79}…" is not an option for "size".'),
        ("  pay: 1", "  zzzz: 1", '5:3: There is no question "zzzz". Look the ids up in the question bank.'),
        ("Northside}", "N, profile: {age: x}}", '2:27: The profile has no "age". Use one of: stage, size.'),
        ("Northside}", "N, profile: {size: x}}", '2:27: "x" is not an option for "size". Use one of: small, large.'),
    ],
)
def test_what_the_bank_does_not_have_is_refused_at_its_place(
    tmp_path: Path, small: Bank, old: str, new: str, message: str
) -> None:
    path = written(tmp_path, (HEAD + "  pay: 1\n").replace(old, new))
    [told] = refusal(lambda: read_assessment(path, small))
    assert told.startswith(f"{path}:{message}")


def test_a_profile_for_a_bank_that_asks_for_none_is_refused_in_words(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: pay}]")
    path = written(tmp_path, HEAD.replace("Northside}", "N, profile: {stage: late}}") + "  pay: 1\n")
    assert refusal(lambda: read_assessment(path, bank)) == [
        f'{path}:2:27: The profile has no "stage". This question bank asks for none: take it out.'
    ]


OLD = "bank: {id: small, version: V, fingerprint: before}\n"


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("{id: small, version: '0', fingerprint: before}", "answered with version 0 of the questions; this is 1."),
        (
            "{id: small, version: '1', fingerprint: before}",
            "answered with another edition of the questions; this is 1.",
        ),
        ("{id: small, fingerprint: before}", "answered with another edition of the questions; this is 1."),
    ],
)
def test_answers_to_another_version_are_kept_and_what_no_longer_fits_is_pointed_out(
    tmp_path: Path, small: Bank, reference: str, told: str
) -> None:
    text = HEAD.replace("{id: small}", reference).replace("Northside}", "N, profile: {stage: gone}}")
    path = written(tmp_path, text + "  pay: 9\n  gone: 1\n")
    found, notices = read_assessment(path, small)
    assert found.responses["pay"].level == 9
    assert notices[:4] == [
        f"{path}: {told}",
        f'{path}:2:27: "gone" is not an option for "stage". It is kept, and does not count as it stands.',
        f'{path}:5:3: "pay" has no level 9. It is kept, and does not count as it stands.',
        f'{path}:6:3: There is no question "gone". It is kept, and does not count as it stands.',
    ]


def test_answers_to_this_very_version_are_told_nothing(tmp_path: Path, small: Bank) -> None:
    found = assessment(small, {"pay": 1, "room": 2}, {"stage": "late"})
    assert read_assessment(written(tmp_path, found.to_json(), "a.json"), small) == (found, [])


def test_a_profile_key_that_decides_what_is_asked_is_missed_and_no_other(tmp_path: Path, small: Bank) -> None:
    path = written(tmp_path, HEAD + "  pay: 1\n")
    assert read_assessments([path], small).notices == (
        f"{path}: the profile leaves out stage, so questions that depend on it are not asked.",
    )


def test_that_what_always_applies_does_not_apply_counts_as_not_known_and_is_told_once(tmp_path: Path) -> None:
    asked = [f"{{id: {name}, label: About {name}, always: {always}}}" for name, always in _ALWAYS.items()]
    bank = small_bank(tmp_path, f"[{', '.join(asked)}]")
    given = "".join(f"  {name}: 'n/a: not our decision'\n" for name in _ALWAYS)
    path = written(tmp_path, HEAD + given)
    reading = read_assessments([path], bank)
    assert reading.notices == (
        (
            f"{path}: “Does not apply” is no answer to “About pay”, “About room”. These apply to every service, so it "
            "counts as not known."
        ),
    )
    states = {question.id: question.state for question in standings(bank, reading.assessments).score().questions}
    assert states == {"pay": State.UNKNOWN, "room": State.UNKNOWN, "lift": State.NOT_APPLICABLE}


_ALWAYS = {"pay": "true", "lift": "false", "room": "true"}


def test_answers_that_are_kept_for_another_profile_are_not_told_each_time(tmp_path: Path, small: Bank) -> None:
    path = written(tmp_path, HEAD.replace("Northside}", "N, profile: {stage: early}}") + "  pay: 1\n  room: 1\n")
    reading = read_assessments([path], small)
    assert (reading.notices, {*reading.assessments[0].responses}) == ((), {"pay", "room"})


def test_several_files_of_one_team_are_its_respondents(tmp_path: Path, small: Bank) -> None:
    paths = [written(tmp_path, HEAD + f"  pay: {at}\n", f"{at}.yaml") for at in range(3)]
    found = read_team(paths, small)
    assert [one.responses["pay"].level for one in found.assessments] == [0, 1, 2]
    assert len(found.notices) == 3


def test_several_teams_where_one_is_expected_are_named(tmp_path: Path, small: Bank) -> None:
    written(tmp_path, HEAD + "  pay: 1\n", "a.yaml")
    written(tmp_path, HEAD.replace("Northside", "Northside, organisation: The Trust") + "  pay: 1\n", "b.yaml")
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    assert refusal(lambda: read_team(paths, small)) == [
        "These are answers about 2 teams: Northside; Northside (The Trust). Name one team's files."
    ]


def test_respondents_who_contradict_each_other_about_the_team_are_refused(tmp_path: Path, small: Bank) -> None:
    paths = [
        written(
            tmp_path, HEAD.replace("Northside}", f"N, profile: {{stage: {stage}}}}}") + "  pay: 1\n", f"{stage}.yaml"
        )
        for stage in ("early", "late")
    ]
    assert refusal(lambda: one_team(read_team(paths, small).assessments)) == [
        'The answers about N differ on "stage": early and late. Correct the profile in one of the files.'
    ]


def test_what_each_says_of_the_profile_is_taken_together(small: Bank) -> None:
    first, second = assessment(small, {}, {"stage": "late"}), assessment(small, {}, {"stage": "late", "size": "large"})
    assert one_team([first, second]).profile == {"stage": "late", "size": "large"}
    assert first.team.profile == {"stage": "late"}


def test_mistakes_of_every_sort_in_a_file_are_told_at_once(tmp_path: Path, small: Bank) -> None:
    text = """\
bank: {id: small}
team: {name: Northside, profile: {stage: earl, size: 3}}
date: yesterday
responses:
  pay: 9
  pay: 9
  team: n/a: there is none
  room: perhaps
  rom: 1
"""
    said = refusal(lambda: read_assessment(written(tmp_path, text), small))
    places = [problem.removeprefix(str(tmp_path)).split(": ")[0] for problem in said]
    lines = [place.split(":")[1] for place in places]
    assert lines == ["2", "2", "3", "6", "6", "7", "8", "9"]
    for words in ("date is not a date", '"earl" is not an option', "a second time", "has no level 9", "second colon"):
        assert sum(words in problem for problem in said) == 1
    assert any('"perhaps" is not an answer' in problem for problem in said)
    assert any('Did you mean "room"?' in problem for problem in said)


def test_a_file_that_only_lacks_quotes_is_told_where_and_nothing_else(tmp_path: Path, small: Bank) -> None:
    said = refusal(lambda: read_assessment(written(tmp_path, HEAD + "  pay: n/a: we do not pay\n"), small))
    assert len(said) == 1
    assert "a.yaml:5:11: There is a second colon on this line." in said[0]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("bank: {id: other}\nteam: 3\ndate: 2026-11-22\n", ['for the question bank "other"', "team must have named"]),
        ("bank: {id: small, fingerprint: old}\nteam: 3\ndate: 2026-11-22\n", ["team must have named"]),
        ("- 3\n", ["The file must have named fields"]),
    ],
)
def test_what_does_not_count_beside_other_mistakes_is_not_told(
    tmp_path: Path, small: Bank, head: str, told: list[str]
) -> None:
    text = head if head.startswith("-") else f"{head}responses: {{gone: 1}}\n"
    said = refusal(lambda: read_assessment(written(tmp_path, text), small))
    assert len(said) == len(told)
    assert all(words in problem for words, problem in zip(told, said, strict=True))


def test_a_wrong_id_of_a_respondent_is_to_be_left_out(tmp_path: Path, small: Bank) -> None:
    path = written(tmp_path, HEAD.replace("date:", "respondent: {id: ZZ}\ndate:") + "  pay: 3\n")
    [said] = refusal(lambda: read_assessment(path, small))
    assert said.startswith(f"{path}:3:14: respondent.id: this is no id that was made for answers.")
    assert said.endswith("Leave it out; it is made for you.")


def test_a_plan_in_the_place_of_answers_leads_to_them_past_files_that_can_not_be_read(
    small: Bank, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("team: {name: Northside}\n", encoding="utf-8")
    plan = tmp_path / "kept.plan.json"
    plan.write_text('{"schema": 1, "team": "Northside", "actions": {}}', encoding="utf-8")
    [told] = refusal(lambda: read_assessment(plan, small))
    assert f"Name its answers: {tmp_path / 'mine.yaml'}." in told
