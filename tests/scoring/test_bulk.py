"""Scoring many teams in whole numbers gives exactly what scoring each one in fractions gives."""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from readiness.assessment.model import Assessment
from readiness.assessment.reading import read_team
from readiness.bank.fields import holds
from readiness.bank.model import Bank
from readiness.scoring.bulk import ScoreSheet
from readiness.scoring.by_role import voices as voices_of_team
from readiness.scoring.disclosure import LEAST_GROUP
from readiness.scoring.lines import ScoreLines, voices_json
from readiness.scoring.marks import UNKNOWN, mark_of
from readiness.scoring.packed import exact_score
from readiness.scoring.parts import DomainPart, Stand
from readiness.scoring.score import Standings, question_score, standings
from readiness.scoring.team_score import shared_score
from readiness.text import escaped
from tests.conftest import EXAMPLES, assessment
from tests.scoring.cases import LAW, Case, cases
from tests.small import LITTLE, small_bank, spelled_out


def parts_of(sheet: ScoreSheet, stands: Sequence[tuple[int, Stand]], respondents: int) -> list[DomainPart]:
    parts = []
    for place, domain in enumerate(sheet.bank.domains):
        mine = [(at, stand) for at, stand in stands if sheet.bank.ordered_questions[at].domain == domain.id]
        slow = sheet.part_of(mine)
        assert sheet.part_of(mine) == slow, "the second time, from what was kept"
        if respondents == 1:
            assert sheet.parts([sheet.adds(at, stand) for at, stand in mine], [(place, slice(None))]) == (slow,)
        parts.append(slow)
    return parts


def check_same(bank: Bank, answers: Sequence[Assessment]) -> None:
    sheet = ScoreSheet(bank)
    lines = ScoreLines(sheet)
    expected = standings(bank, answers)
    score = expected.score()
    profile = expected.team.profile
    asked = [(at, question) for at, question in enumerate(bank.ordered_questions) if holds(question.when, profile)]
    stands = [
        (at, sheet.stand(at, [mark_of(question, one.responses.get(question.id)) for one in answers]))
        for at, question in asked
    ]
    unworded = tuple(
        replace(one, question=question) for one, (_, question) in zip(expected.questions, asked, strict=True)
    )
    assert tuple(sheet.standing(at, stand) for at, stand in stands) == unworded
    parts = parts_of(sheet, stands, len(answers))
    result = sheet.result(parts, silent(bank, expected))
    assert result.band == score.band
    assert exact_score(sheet.overall(parts)) == score.overall.score
    whole = [*map(exact_score, sheet.whole(parts))]
    assert whole == [score.overall.score, score.overall.low, score.overall.high]
    shown = score.overall.model_dump(mode="json")
    assert (result.score, result.low, result.high) == (shown["score"], shown["low"], shown["high"])
    assert [exact_score(part.score) for part in parts] == [domain.score for domain in score.domains]
    voices = voices_json(score.voices, score.voices_missing)
    for _ in range(2):  # the second time, from what was kept
        if len(answers) == 1:
            questions = [lines.question(at, stand) for at, stand in stands]
            line = lines.line(expected.team, parts, result, questions, voices)
        else:
            said = voices_of_team(expected, answers, LEAST_GROUP)
            score = shared_score(bank, expected.score(), said)
            heard = zip(stands, said.questions, strict=True)
            questions = [lines.question(at, stand, one) for (at, stand), one in heard]
            places = [tuple(at for at, one in asked if one.domain == domain.id) for domain in bank.domains]
            line = lines.line(expected.team, parts, result, questions, voices, lines.shared(said, places))
        assert line == escaped(score.model_dump_json(by_alias=True))


def silent(bank: Bank, stands: Standings) -> int:
    """Return a bit for each band, by its place, that needs a voice which was not heard."""
    needed = [band.voices_needed(stands.team.profile) for band in bank.bands]
    return sum((not all(map(stands.voices.get, roles))) << at for at, roles in enumerate(needed))


@settings(LAW, max_examples=50)
@given(cases(most=8))
def test_whole_numbers_give_the_score_that_fractions_give(case: Case) -> None:
    check_same(case.bank, case.assessments)


def test_the_json_of_several_people_is_that_of_the_score_with_roles_and_agreement(bank: Bank) -> None:
    roles = [
        "peer-worker",
        "peer-worker",
        "peer-worker",
        "Zoë’s \u202e role",
        "Zoë’s \u202e role",
        "Zoë’s \u202e role",
        None,
    ]
    chance = Random(5)
    for people in range(2, len(roles) + 1):
        said = [
            assessment(
                bank,
                {one.id: chance.choice([0, 1, 2, 3, 4, "unknown", "n/a: no"]) for one in bank.questions},
                role=role,
            )
            for role in roles[:people]
        ]
        check_same(bank, said)


@settings(LAW, max_examples=50)
@given(cases(most=1))
def test_the_json_of_one_person_is_that_of_the_score(case: Case) -> None:
    check_same(case.bank, case.assessments)


def test_a_band_with_two_gates_and_a_voice_is_held_back_the_same(tmp_path: Path) -> None:
    bands = """
        - {id: low, from: 0}
        - {id: middle, from: 20, voices: [{role: peer-worker}]}
        - {id: high, from: 40, gated: true}
        - {id: top, from: 60, voices: [{role: peer-worker}, {role: nurse}]}
    """
    questions = "[{id: a}, {id: g, minimum: 1}, {id: h, minimum: 4, always: true}]"
    bank = small_bank(tmp_path, questions, bands=bands, roles="[peer-worker, nurse]", enough=LITTLE)
    answers: list[dict[str, object]] = [
        {"a": level, "g": gate, "h": other}
        for level in (0, 2, 4)
        for gate in (0, 4, "unknown", "n/a: not here")
        for other in (1, 4, "n/a: not here")
    ]
    for one in answers:
        for roles in ([None], ["peer-worker"], ["nurse", "peer-worker"], ["nurse", "nurse", "nurse"]):
            check_same(bank, [assessment(bank, one, role=role) for role in roles])


def test_a_team_that_answered_nothing_has_no_score(bank: Bank) -> None:
    check_same(bank, [assessment(bank, {}, name="Ångström & „Söhne“\n\u202e")])


def test_the_shipped_examples_score_the_same(bank: Bank) -> None:
    for file in EXAMPLES.glob("*.yaml"):
        check_same(bank, read_team([file], bank).assessments)


def test_a_level_that_the_bank_no_longer_has_and_a_note_alone_are_no_answers(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    check_same(bank, [assessment(bank, {"a": 9, "b": {"note": "We talk about it."}})])


def test_what_is_kept_to_be_used_again_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.scoring.lines._MOST", 3)
    monkeypatch.setattr("readiness.scoring.bulk._MOST", 2)
    monkeypatch.setattr("readiness.scoring.bulk._MOST_SEVERAL", 1)
    monkeypatch.setattr("readiness.scoring.bands._MOST", 1)
    monkeypatch.setattr("readiness.scoring.packed._MOST", 1)
    bank = small_bank(tmp_path, "[{id: a}, {id: b}]")
    sheet = ScoreSheet(bank)
    lines = ScoreLines(sheet)
    for marks in [[0, 0], [0, 1], [2, 1], [3, 4], [UNKNOWN, UNKNOWN], [0, 0]]:
        stands = [(at, sheet.stand(at, [mark])) for at, mark in enumerate(marks)]
        parts = sheet.parts([sheet.adds(at, stand) for at, stand in stands], [(0, slice(None))])
        assert parts == (sheet.part_of(stands),)
        for at, stand in stands:
            assert lines.question(at, stand) == question_score(bank, sheet.standing(at, stand)).model_dump_json()
        assert lines.kept <= 3
        assert sheet.kept <= 2 + 1
        result = sheet.result(parts)
        assert result == sheet.result([sheet.part_of(stands)])


def test_answers_that_do_not_count_the_way_they_were_given_are_counted_and_change_nothing_else(tmp_path: Path) -> None:
    sheet = ScoreSheet(small_bank(tmp_path, "[{id: a}, {id: b, always: true}]"))
    unknown = sheet.stand(1, [UNKNOWN])
    told = [sheet.adds(0, None), sheet.adds(1, unknown)]
    astray = [sheet.adds(0, None, stray=True), sheet.adds(1, unknown, stray=True)]
    [part], [other] = (sheet.parts(adds, enumerate(sheet.domains)) for adds in (told, astray))
    assert (part.stray, other.stray) == (0, 2)
    assert other._replace(stray=0) == part == sheet.part_of([(1, unknown)])


def test_many_teams_have_the_results_of_each(bank: Bank) -> None:
    chance, sheet = Random(7), ScoreSheet(bank)
    teams = []
    for people in (1, 1, 1, 2, 3, 1):
        marks = [[chance.choice([0, 1, 4, UNKNOWN]) for _ in range(people)] for _ in bank.questions]
        stands = [(at, sheet.stand(at, each)) for at, each in enumerate(marks)]
        teams.append((parts_of(sheet, stands, people), chance.choice([0, 1 << len(bank.bands) - 1])))
    assert sheet.results(teams) == [sheet.result(parts, silent) for parts, silent in teams]
    assert len({result.score for result in sheet.results(teams)}) > 1


def test_results_are_the_same_of_parts_that_hold_only_what_scores_and_bands_need(bank: Bank) -> None:
    chance, sheets = Random(11), (ScoreSheet(bank), ScoreSheet(bank, in_full=False))
    for people in (1, 1, 1, 3):
        marks = [[chance.choice([0, 1, 4, UNKNOWN]) for _ in range(people)] for _ in bank.questions]
        whole, short = (
            parts_of(sheet, [(at, sheet.stand(at, each)) for at, each in enumerate(marks)], people) for sheet in sheets
        )
        assert sheets[0].result(whole) == sheets[1].result(short)
        assert [part.sums for part in whole] == [part.sums for part in short]
        assert {(sum(part.helps), sum(part.states), sum(part.people)) for part in short} == {(0, 0, 0)}
    with pytest.raises(ValueError, match="in full"):
        ScoreLines(sheets[1])


def test_a_part_where_nothing_applies_to_several_people_adds_nothing(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}, {id: b, domain: e}]", domains="{d: 1, e: 3}")
    check_same(bank, [assessment(bank, {"a": level, "b": "n/a: not here"}) for level in (1, 4)])


@pytest.mark.parametrize("weight", [1, 0.333])
@pytest.mark.parametrize("people", [1, 2])
def test_a_team_to_which_nothing_applies_has_no_score(tmp_path: Path, weight: float, people: int) -> None:
    bank = small_bank(tmp_path, f"[{{id: a, weight: {weight}}}, {{id: b, domain: e}}]", domains="{d: 1, e: 3}")
    check_same(bank, [assessment(bank, {"a": "n/a: not here", "b": "n/a: not here"})] * people)


def test_a_domain_of_which_nothing_is_asked_leaves_the_score_as_it_is(tmp_path: Path) -> None:
    bank = small_bank(
        tmp_path,
        "[{id: a}, {id: x, domain: e, when: {stage: [late]}}, {id: y, domain: e, when: {stage: [early]}}]",
        domains="{d: 1, e: 3}",
        profile="{stage: [early, late]}",
    )
    for people in (1, 2):
        check_same(bank, [assessment(bank, {"a": 2})] * people)  # without a stage, neither x nor y is asked


@pytest.mark.parametrize("half", [3, 800])
@pytest.mark.parametrize("enough", [0.66, 0.67])
def test_a_domain_that_half_of_a_team_answered_is_weighed_whole(tmp_path: Path, half: int, enough: float) -> None:
    bank = small_bank(
        tmp_path,
        "[{id: a}, {id: b}, {id: c, domain: e}]",
        domains="{d: 1, e: 1}",
        enough=f"{{domain: 0.01, overall: {enough}}}",
    )
    said = [assessment(bank, {"a": 1, "b": "unknown", "c": answer}) for answer in (3, "n/a: not here")]
    check_same(bank, said * half)


def test_the_same_answers_reach_the_same_band_again(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    sheet = ScoreSheet(bank)
    parts = [sheet.part_of([(0, sheet.stand(0, [3]))])]
    assert sheet.result(parts).band is sheet.result(parts).band


def test_a_ratio_is_a_score_out_of_100() -> None:
    assert (exact_score((1, 3)), exact_score(None)) == (Fraction(100, 3), None)


def test_weights_of_many_decimals_score_the_same(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, weight: 0.333}, {id: b}]")
    check_same(bank, [assessment(bank, {"a": 1, "b": 2})])
    check_same(bank, [assessment(bank, {"a": 0})])


def test_the_words_of_a_bank_are_written_in_their_own_letters() -> None:
    data = spelled_out("[{id: a}]")
    data["domains"][0]["title"] = "Tŷ’r tîm"
    bank = Bank.model_validate_json(json.dumps(data))
    check_same(bank, [assessment(bank, {"a": 1})])
