"""The form as a web page: a file of answers that somebody goes on with in it."""

from pathlib import Path

import pytest
from playwright.sync_api import Dialog, expect

from readiness.assessment.model import Respondent, Response
from readiness.assessment.reading import read_assessment
from readiness.bank.model import Bank
from readiness.dates import local_day
from readiness.roundtrip.form_model import FormView
from tests.forms import TEAM, bank_with_roles, form_view
from tests.report.services import example
from tests.roundtrip.form_pages import Open, choose, file_of, question, saved


def test_a_file_can_be_gone_on_with_and_what_shows_an_answer_goes_on_too(
    bank: Bank, opened: Open, tmp_path: Path
) -> None:
    [meant] = example("northside-cmht", bank)
    numbered = Respondent(role=meant.respondent.role, id="0" * 16, one_survey=True)
    team = meant.team.model_copy(update={"name": TEAM, "organisation": "Alder Trust"})
    meant = meant.model_copy(update={"team": team, "respondent": numbered})
    (tmp_path / "before.json").write_text(meant.to_json(), "utf-8")
    page = opened(form_view(bank))
    page.get_by_text("Go on with a file, or start again").click()
    page.get_by_label("Go on with answers that were saved to a file").set_input_files(tmp_path / "before.json")
    page.get_by_text("Your answers from before.json are in the form.").wait_for()
    assert any(given.evidence for given in meant.responses.values())
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert (read.responses, read.respondent) == (meant.responses, numbered)
    assert meant.date < read.date == local_day()


OF_BIRCH = f"These answers are about another team, {TEAM} (Birch Trust). Nothing was changed."
OLDER = (
    "These answers are to another version of the questions. Nothing was changed. "
    "Go on in the form that they were saved from."
)
OTHERWISE = (
    "Your answers from before.json are in the form. "
    "They were given about a service of another kind, so please look through them. The date is today’s now."
)
NONE = "This file holds no answers that this form can read. Nothing was changed."
LEFT = '"responses": {"gone": {"level": 1}, "b": {"level": 77}, "c": null, "a": {"level": 1}}'
IN_PART = "Your answers from before.json are in the form, but for what it can’t show: gone, b, c."
HANDS = '"responses": {"a": {"shows": [{"here": {"peer-worker": 3}, "together": {"levels": {"2": 3}}}]}}'
PARTS = '"responses": {"a": {"level": 1, "note": 3}, "b": {"before": ["More"]}, "c": {"unknown": true, "level": 1}}'
IN_PARTS = "Your answers from before.json are in the form, but for what it can’t show: a, b, c."
ELSEWHERE = "Your answers from before.json are in the form, but for what it can’t show: Alder Trust."


def test_a_file_that_does_not_fit_says_so(view: FormView, opened: Open, tmp_path: Path) -> None:
    page = opened(view)
    page.on("dialog", lambda dialog: dialog.accept())
    for text, said in (
        ("rubbish", NONE),
        ("[1, 2]", NONE),
        (file_of("other", TEAM), "These answers are to other questions. Nothing was changed."),
        (file_of("small", "<b>x</b>"), "These answers are about another team, <b>x</b>. Nothing was changed."),
        (file_of("small", f'{TEAM}", "organisation": "Birch Trust'), OF_BIRCH),
        (file_of("small", TEAM).replace('"small"', '"small", "version": "0.9"'), OLDER),
        (file_of("small", TEAM).replace('"small"', '"small", "fingerprint": "0000000000000000"'), OLDER),
        (file_of("small", f'{TEAM}", "profile": {{"stage": "late"}}, "organisation": "Alder Trust'), OTHERWISE),
        (file_of("small", TEAM, LEFT), IN_PART),
        (file_of("small", TEAM, PARTS), IN_PARTS),
    ):
        (tmp_path / "before.json").write_text(text, "utf-8")
        page.evaluate("document.querySelector('#status').textContent = ''")
        page.locator("#load").set_input_files(tmp_path / "before.json")
        page.get_by_text(said).wait_for()
        assert page.locator("#status").inner_text() == said


@pytest.mark.parametrize(
    ("role", "taken"),
    [
        ("Peer Worker", "peer-worker"),
        (" peer_WORKERS ", "peer-worker"),
        ("somebody else", "other"),
        ("Chaplain", None),
        ("constructor", None),
    ],
)
def test_a_role_in_a_file_is_read_as_readiness_reads_it_or_told(
    opened: Open, tmp_path: Path, role: str, taken: str | None
) -> None:
    bank = bank_with_roles(tmp_path, "[{id: a}]")
    page = opened(form_view(bank, {}))
    page.clock.set_fixed_time("2026-01-02T10:00:00")
    agreed = f'"date": "2026-01-02", "respondent": {{"role": "{role}", "shown_alone": true}}'
    (tmp_path / "by-hand.json").write_text(file_of("small", TEAM, f'{agreed}, "responses": {{"a": 1}}'), "utf-8")
    page.locator("#load").set_input_files(tmp_path / "by-hand.json")
    left = "." if taken else f", but for what it can’t show: {role}."
    page.get_by_text(f"Your answers from by-hand.json are in the form{left}").wait_for()
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert (read.respondent.role, read.respondent.shown_alone) == (taken, True if taken else None)


def test_a_file_without_a_role_leaves_the_forms_own_and_agrees_to_nothing_for_it(opened: Open, tmp_path: Path) -> None:
    bank = bank_with_roles(tmp_path, "[{id: a}]")
    page = opened(form_view(bank, {}, role="peer-worker"))
    page.clock.set_fixed_time("2026-01-02T10:00:00")
    agreed = '"date": "2026-01-02", "respondent": {"shown_alone": true}, "responses": {"a": 1}'
    (tmp_path / "by-hand.json").write_text(file_of("small", TEAM, agreed), "utf-8")
    page.locator("#load").set_input_files(tmp_path / "by-hand.json")
    page.get_by_text("Your answers from by-hand.json are in the form.").wait_for()
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert (read.respondent.role, read.respondent.shown_alone) == ("peer-worker", None)


def test_answers_written_for_short_are_read_as_readiness_reads_them(
    asked: Bank, view: FormView, opened: Open, tmp_path: Path
) -> None:
    page = opened(view)
    short = '"date": "2026-01-02", "responses": {"a": 3, "b": " Unknown ", "c": "N/A : Not here: \\n never "}'
    (tmp_path / "by-hand.json").write_text(file_of("small", TEAM, short).replace('"schema": 1, ', ""), "utf-8")
    by_hand, _ = read_assessment(tmp_path / "by-hand.json", asked)
    page.locator("#load").set_input_files(tmp_path / "by-hand.json")
    page.get_by_text("Your answers from by-hand.json are in the form.").wait_for()
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.responses == by_hand.responses
    assert [*read.responses] == ["a", "b", "c"]


def test_a_file_that_brings_no_answers_of_one_person_empties_nothing(
    view: FormView, opened: Open, tmp_path: Path
) -> None:
    page = opened(view)
    choose(page, "a", "2")
    question(page, "b").get_by_label("Notes, and what shows it").fill("Mine")
    for text in (
        file_of("small", TEAM, f'"present": {{"peer-worker": 3}}, {HANDS}'),
        file_of("small", TEAM, '"present": {"peer-worker": 3}, "responses": {"a": {"note": "The group’s"}}'),
        file_of("small", TEAM, HANDS),
        file_of("small", TEAM, '"responses": {}'),
        file_of("small", TEAM, '"actions": {}'),
        file_of("small", TEAM, '"overall": {}, "coverage": {}, "questions": []'),
        file_of("small", TEAM, '"explanation": [], "horizons": [], "sentences": []'),
        file_of("small", TEAM, '"responses": [{"level": 1}]'),
    ):
        (tmp_path / "group.json").write_text(text, "utf-8")
        page.evaluate("document.querySelector('#status').textContent = ''")
        page.locator("#load").set_input_files(tmp_path / "group.json")
        page.get_by_text(NONE).wait_for()
    page.reload()
    assert page.locator("#said").inner_text() == "1 of 3 questions answered"
    assert question(page, "b").get_by_label("Notes, and what shows it").input_value() == "Mine"


def test_a_file_takes_no_place_of_other_answers_unasked(
    view: FormView, opened: Open, asked: Bank, tmp_path: Path
) -> None:
    page = opened(view)
    question(page, "b").get_by_label("Notes, and what shows it").fill("Mine")
    said: list[str] = []

    def decline(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", decline)
    file = saved(page, tmp_path)
    choose(page, "a", "2")
    page.locator("#load").set_input_files(file)
    expect(page.locator("#load")).to_have_value("")
    page.reload()
    page.get_by_role("button", name="They are not mine: begin with an empty form").click()
    page.locator("#load").set_input_files(file)  # the browser keeps a later answer of this person
    expect(page.locator("#load")).to_have_value("")
    page.reload()
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.responses == {"a": Response(level=2), "b": Response(note="Mine")}
    assert (read.revision, len(said)) == (2, 2)


def test_an_organisation_that_a_form_has_no_place_for_is_told(asked: Bank, opened: Open, tmp_path: Path) -> None:
    page = opened(form_view(asked, {"stage": "early"}, organisation=None))
    (tmp_path / "before.json").write_text(file_of("small", f'{TEAM}", "organisation": "Alder Trust'), "utf-8")
    page.locator("#load").set_input_files(tmp_path / "before.json")
    page.get_by_text(ELSEWHERE).wait_for()
