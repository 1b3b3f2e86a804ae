"""The form as a web page: answers that are kept in the browser, and gone on with."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from readiness.assessment.model import Response
from readiness.assessment.reading import read_assessment
from readiness.bank.model import Bank
from readiness.roundtrip.form_model import FormView
from tests.browser import violations
from tests.forms import bank_with_roles, form_view
from tests.roundtrip.form_pages import Open, choose, question, saved
from tests.small import small_bank


def test_answers_that_are_gone_on_with_are_of_that_day_unless_somebody_gave_another(
    asked: Bank, view: FormView, opened: Open, tmp_path: Path
) -> None:
    page = opened(view)
    choose(page, view.questions[0].id, "unknown")
    page.clock.install(time="2031-05-06T10:00:00")
    page.reload()
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.date == dt.date(2031, 5, 6)
    page.locator("#date").fill("2031-05-01")
    page.clock.set_fixed_time("2031-06-07T10:00:00")
    page.reload()
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.date == dt.date(2031, 5, 1)


AGAIN = "You said yes or no in another role, or on another day. Please answer this again."


def test_a_date_that_somebody_typed_keeps_no_agreement_over_night(opened: Open, tmp_path: Path) -> None:
    bank = bank_with_roles(tmp_path, "[{id: a}, {id: b}]")
    page = opened(form_view(bank, {}))
    page.clock.install(time="2031-05-06T10:00:00")
    page.reload()
    yes = page.get_by_role("group", name="May your role’s answers be shown in the report").get_by_label("Yes")
    choose(page, "a", "1")
    page.get_by_label("Peer Worker").check()
    yes.check()
    page.locator("#date").fill("2031-05-01")
    page.clock.set_fixed_time("2031-05-07T10:00:00")  # the tab stays open
    choose(page, "b", "1")
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert (read.date, read.respondent.shown_alone) == (dt.date(2031, 5, 1), None)
    for wrong in ("0026-05-01", "20261-11-12"):
        page.locator("#date").fill(wrong)
        page.get_by_role("button", name="Save my answers to a file").click()
        assert page.locator("#wrong a").all_inner_texts() == ["Give the date"]


def test_an_agreement_holds_for_one_role_and_on_one_day(opened: Open, tmp_path: Path) -> None:
    bank = bank_with_roles(tmp_path, "[{id: a}]")
    page = opened(form_view(bank, {}))
    page.on("dialog", lambda dialog: dialog.accept())
    yes = page.get_by_role("group", name="May your role’s answers be shown in the report").get_by_label("Yes")
    choose(page, "a", "1")
    page.get_by_label("Other").check()
    yes.check()
    page.get_by_label("Peer Worker").check()
    page.get_by_text(AGAIN).wait_for()
    assert violations(page) == []
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert read.respondent.shown_alone is None

    yes.check()
    assert page.get_by_text(AGAIN).is_hidden()
    file = saved(page, tmp_path)
    page.locator("#load").set_input_files(file)
    page.get_by_text("are in the form.").wait_for()
    assert yes.is_checked()
    page.clock.install(time="2031-05-06T10:00:00")
    page.reload()  # what this browser kept was agreed to on another day, too
    page.get_by_text(AGAIN).wait_for()
    assert not yes.is_checked()
    page.locator("#load").set_input_files(file)
    page.get_by_text("are in the form.").wait_for()
    page.get_by_text(AGAIN).wait_for()
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert (read.respondent.role, read.respondent.shown_alone) == ("peer-worker", None)
    assert read.date == dt.date(2031, 5, 6)


def test_a_role_that_is_spelled_otherwise_is_the_same_role(view: FormView, opened: Open) -> None:
    page = opened(view)
    page.get_by_label("Your own role").fill("Team chaplain")
    yes = page.get_by_role("group", name="May your role’s answers be shown in the report").get_by_label("Yes")
    yes.check()
    page.get_by_label("Your own role").fill("team  Chaplain ")
    assert yes.is_checked()
    page.get_by_label("Your own role").fill("Team chaplains")
    assert not yes.is_checked()


def test_a_question_can_be_called_as_what_every_object_has(opened: Open, tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: constructor}, {id: b}]")
    page = opened(form_view(bank, {}))
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert read.responses == {}
    choose(page, "constructor", "2")
    page.reload()  # what the browser kept is read again
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert read.responses == {"constructor": Response(level=2)}


def test_it_works_where_the_browser_keeps_nothing_and_says_so(
    context: BrowserContext, asked: Bank, view: FormView, opened: Open, tmp_path: Path
) -> None:
    context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})")
    page = opened(view)
    assert page.get_by_text("This browser keeps nothing.").is_visible()
    choose(page, view.questions[0].id, "unknown")
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.responses == {view.questions[0].id: Response(unknown=True)}


def test_what_is_kept_can_be_taken_out_of_the_browser(view: FormView, opened: Open) -> None:
    page = opened(view)
    choose(page, view.questions[0].id, "unknown")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("Go on with a file, or start again").click()
    page.get_by_role("button", name="Start again with an empty form").click()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.locator("#said").inner_text() == "0 of 3 questions answered"


def test_two_tabs_with_one_form_show_the_same_answers_and_lose_none(
    view: FormView, opened: Open, asked: Bank, tmp_path: Path
) -> None:
    older = opened(view)
    choose(older, "a", "1")
    newer = opened(view)
    assert older.locator("#shared").is_hidden()
    choose(newer, "b", "0.25")
    question(newer, "a").get_by_label("Notes, and what shows it").fill("Written in the newer tab")
    older.bring_to_front()
    older.get_by_text("This form is open in another tab, too.").wait_for()
    assert older.locator("#said").inner_text() == "2 of 3 questions answered"
    choose(older, "c", "3")
    meant = {"a": Response(level=1, note="Written in the newer tab"), "b": Response(level=0.25), "c": Response(level=3)}
    first, _ = read_assessment(saved(older, tmp_path), asked)
    newer.bring_to_front()
    newer.get_by_text("This form is open in another tab, too.").wait_for()
    second, _ = read_assessment(saved(newer, tmp_path / "newer"), asked)
    assert first.responses == second.responses == meant
    assert (first.revision, second.revision) == (1, 2)
    assert first.respondent.id == second.respondent.id
    assert violations(older) == []


@pytest.mark.parametrize("back", ["window", "document"])
def test_a_tab_that_was_not_told_reads_what_is_kept_before_anybody_goes_on_in_it(
    view: FormView, opened: Open, asked: Bank, tmp_path: Path, back: str
) -> None:
    page = opened(view)
    # What a page keeps itself raises no event in it: as if a browser had not told it of another tab.
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage);
          const kept = JSON.parse(localStorage.getItem(key));
          kept.entries["answer:b"] = "0";
          localStorage.setItem(key, JSON.stringify(kept));
        }"""
    )
    page.evaluate(f"{back}.dispatchEvent(new Event('{'focus' if back == 'window' else 'visibilitychange'}'))")
    choose(page, "c", "1")
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.responses == {"b": Response(level=0), "c": Response(level=1)}


def test_answers_taken_out_of_the_browser_in_one_tab_are_not_lost_in_another(
    view: FormView, opened: Open, asked: Bank, tmp_path: Path
) -> None:
    older = opened(view)
    choose(older, "a", "1")
    newer = opened(view)
    newer.on("dialog", lambda dialog: dialog.accept())
    newer.get_by_text("Go on with a file, or start again").click()
    newer.get_by_role("button", name="Start again with an empty form").click()
    older.bring_to_front()
    older.get_by_text("This browser keeps nothing.").wait_for()
    assert newer.evaluate("localStorage.length") == 0
    choose(older, "b", "0")
    assert older.get_by_text("This browser keeps nothing.").is_hidden()
    read, _ = read_assessment(saved(older, tmp_path), asked)
    assert read.responses == {"a": Response(level=1), "b": Response(level=0)}
    assert newer.locator("#said").inner_text() == "0 of 3 questions answered"


def test_a_saved_file_that_lacks_a_change_is_told_until_it_is_saved_again(
    view: FormView, opened: Open, tmp_path: Path
) -> None:
    page = opened(view)
    status = page.locator("#status")
    choose(page, "a", "1")
    assert status.inner_text() == ""
    since = (
        f"The file {saved(page, tmp_path).name} does not have your last changes. Please save again, and send that file."
    )
    assert status.inner_text().startswith("Saved as")
    question(page, "b").get_by_label("Notes, and what shows it").press_sequentially("Yes")
    assert status.inner_text() == since
    page.reload()
    assert status.inner_text() == since
    saved(page, tmp_path)
    assert status.inner_text().startswith("Saved as")
    (tmp_path / "rubbish.json").write_text("rubbish", "utf-8")
    page.locator("#load").set_input_files(tmp_path / "rubbish.json")
    page.get_by_text("This file holds no answers that this form can read.").wait_for()
    page.reload()
    assert status.inner_text() == ""
    question(page, "a").get_by_role("button", name="Take this answer back").click()
    assert status.inner_text() == since
    other = opened(view)
    assert other.locator("#status").inner_text() == since
    saved(other, tmp_path)
    page.bring_to_front()
    page.get_by_text("This form is open in another tab, too.").wait_for()
    assert status.inner_text() == ""
    choose(other, "c", "3")
    page.get_by_text(since).wait_for()
    other.get_by_text("Go on with a file, or start again").click()
    other.on("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="Start again with an empty form").click()
    assert other.locator("#status").inner_text() == ""


def test_answers_that_come_into_an_empty_tab_can_be_left_to_the_other(view: FormView, opened: Open) -> None:
    anns = opened(view)
    bobs = opened(view)
    choose(bobs, "b", "0.25")
    anns.bring_to_front()
    anns.get_by_text("This form is open in another tab, too.").wait_for()
    anns.get_by_role("button", name="They are not mine: begin with an empty form").click()
    choose(anns, "a", "1")
    question(bobs, "b").get_by_label("Notes, and what shows it").fill("Bob goes on")
    answered = "[...document.querySelectorAll('#form input:checked')].map(one => one.name)"
    assert (anns.evaluate(answered), bobs.evaluate(answered)) == (["answer:a"], ["answer:b"])
    question(anns, "a").get_by_role("button", name="Take this answer back").click()
    anns.reload()  # what holds nothing hides nobody's answers, although it was changed last
    assert anns.evaluate(answered) == ["answer:b"]


def test_people_who_share_a_computer_lose_nothing_to_one_another(
    view: FormView, opened: Open, asked: Bank, tmp_path: Path
) -> None:
    anns = opened(view)
    choose(anns, "a", "1")
    bobs = opened(view)
    bobs.on("dialog", lambda dialog: dialog.accept())
    assert bobs.get_by_role("button", name="Show other answers that were kept").is_hidden()
    bobs.get_by_role("button", name="They are not mine: begin with an empty form").click()
    assert bobs.locator("#said").inner_text() == "0 of 3 questions answered"
    choose(bobs, "b", "0.25")
    anns.bring_to_front()
    anns.evaluate("window.dispatchEvent(new Event('focus'))")
    choose(anns, "c", "3")
    ann, _ = read_assessment(saved(anns, tmp_path / "ann"), asked)
    bob, _ = read_assessment(saved(bobs, tmp_path / "bob"), asked)
    assert ann.responses == {"a": Response(level=1), "c": Response(level=3)}
    assert bob.responses == {"b": Response(level=0.25)}
    assert ann.respondent.id != bob.respondent.id
    question(bobs, "b").get_by_label("Notes, and what shows it").fill("The last one who wrote")

    anns.reload()
    assert anns.locator("#kept").is_visible()
    assert violations(anns) == []
    answered = "[...document.querySelectorAll('#form input:checked')].map(one => one.name)"
    assert anns.evaluate(answered) == ["answer:b"]
    anns.get_by_role("button", name="Show other answers that were kept").click()
    assert anns.evaluate(answered) == ["answer:a", "answer:c"]
    anns.get_by_role("button", name="Show other answers that were kept").click()
    assert anns.evaluate(answered) == ["answer:b"]
    bobs.get_by_text("Go on with a file, or start again").click()
    bobs.get_by_role("button", name="Start again with an empty form").click()
    bobs.reload()
    assert bobs.evaluate(answered) == ["answer:a", "answer:c"]
    assert bobs.get_by_role("button", name="Show other answers that were kept").is_hidden()
