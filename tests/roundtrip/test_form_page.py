"""The form as a web page, filled in by somebody in a real browser, held against WCAG 2.2 AA by axe-core."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from readiness.assessment.model import Response, Team
from readiness.assessment.reading import read_assessment
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.roundtrip.form_model import FormView
from readiness.theme.theme_file import find_theme, read_theme
from tests.browser import violations
from tests.forms import ESTABLISHED, TEAM, bank_with_roles, blank, code_of, form_view
from tests.report.services import NAME, NOTES, ORGANISATION, PROFILE, example
from tests.report.test_report_docx import BRANDED
from tests.roundtrip.form_pages import Open, choose, file_of, question, saved
from tests.roundtrip.pdf_forms import answers
from tests.small import small_bank


def test_what_is_filled_in_is_what_is_saved_and_stays_when_the_page_is_opened_again(
    bank: Bank, opened: Open, tmp_path: Path
) -> None:
    [meant] = example("northside-cmht", bank)
    page = opened(form_view(bank))
    page.get_by_label("Service manager").check()
    page.get_by_label("Today’s date").fill(meant.date.isoformat())
    for name, given in answers(meant).items():
        if code := code_of(given):
            choose(page, name, code)
        if given.not_applicable:
            question(page, name).get_by_label("Why does it not apply?").fill(given.not_applicable)
        if given.note:
            question(page, name).get_by_label("Notes, and what shows it").fill(given.note)
    page.reload()
    path = saved(page, tmp_path)
    assert path.name == "northside-cmht-service-manager-2026-10-14.json"
    read, notices = read_assessment(path, bank)
    assert notices == []
    assert read.responses == answers(meant)
    assert (read.date, read.respondent.role) == (meant.date, meant.respondent.role)
    assert read.team == Team(name=TEAM, organisation="Alder Trust", profile=PROFILE)
    assert read.bank.fingerprint == bank.fingerprint
    assert "Questions still open: 1." in page.get_by_role("status").inner_text()


def test_progress_is_shown_and_leads_to_what_is_open(view: FormView, opened: Open) -> None:
    page = opened(view)
    first, second = view.questions[:2]
    assert page.locator("#said").inner_text() == "0 of 3 questions answered"
    choose(page, first.id, first.levels[0].code)
    assert page.locator("#said").inner_text() == "1 of 3 questions answered"
    assert page.locator("progress").get_attribute("value") == "1"
    page.get_by_role("link", name="Next open question").click()
    assert page.evaluate("document.activeElement.name") == second.answer
    question(page, first.id).get_by_role("button", name="Take this answer back").click()
    assert page.locator("#said").inner_text() == "0 of 3 questions answered"


def test_whether_a_role_may_be_shown_is_asked_once_there_is_a_role(opened: Open, tmp_path: Path) -> None:
    bank = bank_with_roles(tmp_path, "[{id: a}]")
    page = opened(form_view(bank, {}))
    choose(page, "a", "1")
    asked = page.get_by_role("group", name="May your role’s answers be shown in the report")
    assert asked.is_hidden()
    page.get_by_label("Peer Worker").check()
    assert not asked.get_by_label("Yes").is_checked()
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert (read.respondent.role, read.respondent.shown_alone) == ("peer-worker", None)
    asked.get_by_label("Yes").check()
    page.reload()
    file = saved(page, tmp_path)
    read, _ = read_assessment(file, bank)
    assert read.respondent.shown_alone is True
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_text("Go on with a file, or start again").click()
    page.get_by_role("button", name="Start again with an empty form").click()
    page.locator("#load").set_input_files(file)
    page.get_by_text("are in the form.").wait_for()
    assert asked.get_by_label("Yes").is_checked()
    assert violations(page) == []


def test_a_question_that_always_applies_has_no_other_way_out_than_not_to_know(opened: Open, tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a, always: true}, {id: b}]")
    page = opened(form_view(bank, {}))
    assert question(page, "a").get_by_label("Does not apply").count() == 0
    assert question(page, "b").get_by_label("Does not apply").count() == 1
    choose(page, "a", "unknown")
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert read.responses == {"a": Response(unknown=True)}
    (tmp_path / "before.json").write_text(
        file_of("small", TEAM, '"responses": {"a": {"not_applicable": "No"}, "b": {"level": 1}}'), "utf-8"
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#load").set_input_files(tmp_path / "before.json")
    page.get_by_text("but for what it can’t show: a.").wait_for()


def test_a_bank_without_roles_takes_any_words_for_one(
    view: FormView, opened: Open, tmp_path: Path, asked: Bank
) -> None:
    page = opened(view)
    choose(page, "a", "1")
    page.get_by_label("Your own role").fill("Chaplain")
    assert page.get_by_role("group", name="May your role’s answers be shown in the report").is_visible()
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.respondent.role == "Chaplain"


def test_every_save_of_one_person_is_known_as_one_and_the_next_person_is_another(
    view: FormView, opened: Open, asked: Bank, tmp_path: Path
) -> None:
    page = opened(view)
    page.on("dialog", lambda dialog: dialog.accept())
    assert page.locator("#kept").is_hidden()
    choose(page, "a", "1")
    first, _ = read_assessment(saved(page, tmp_path), asked)
    page.reload()
    assert page.locator("#kept").is_visible()
    choose(page, "a", "2")
    file = saved(page, tmp_path)
    second, _ = read_assessment(file, asked)
    assert (first.revision, second.revision) == (1, 2)
    assert first.respondent.id == second.respondent.id is not None

    page.get_by_role("button", name="They are not mine: begin with an empty form").click()
    assert page.locator("#kept").is_hidden()
    choose(page, "a", "4")
    other, _ = read_assessment(saved(page, tmp_path / "other"), asked)
    assert (other.revision, other.respondent.id != first.respondent.id) == (1, True)
    page.get_by_text("Go on with a file, or start again").click()
    page.locator("#load").set_input_files(file.with_name(file.name))
    page.get_by_text("are in the form.").wait_for()
    back, _ = read_assessment(saved(page, tmp_path / "back"), asked)
    assert (back.revision, back.respondent.id) == (3, first.respondent.id)


def test_the_keyboard_is_enough(view: FormView, opened: Open, tmp_path: Path, asked: Bank) -> None:
    page = opened(view)
    first = view.questions[0]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the next open question
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Typed without a mouse")
    page.get_by_role("button", name="Save my answers to a file").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "saved.json")
    read, _ = read_assessment(tmp_path / "saved.json", asked)
    assert read.responses == {first.id: Response(level=2, note="Typed without a mouse")}


def test_nothing_is_saved_before_what_is_missing_is_said(asked: Bank, opened: Open, tmp_path: Path) -> None:
    page = opened(form_view(asked, {"stage": "early"}, None, None))
    name = "c"
    choose(page, name, "not-applicable")
    page.get_by_label("Today’s date").fill("")
    page.get_by_role("button", name="Save my answers to a file").click()
    assert page.evaluate("document.activeElement.id") == "wrong"
    links = page.locator("#wrong a")
    assert links.all_inner_texts() == [
        "Say which team or service this is about",
        "Give the date",
        "Question 3: say why it does not apply",
    ]
    links.last.click()
    page.keyboard.type("Only one service")
    page.get_by_label("Your team or service").fill("Southside & Co")
    page.get_by_label("Today’s date").fill("2026-11-24")
    read, _ = read_assessment(saved(page, tmp_path), asked)
    assert read.team == Team(name="Southside & Co", profile={"stage": "early"})
    assert read.responses == {name: Response(not_applicable="Only one service")}
    assert not page.locator("#wrong").is_visible()


def test_without_a_script_it_says_what_to_do(browser: Browser, view: FormView, tmp_path: Path) -> None:
    (tmp_path / "form.html").write_bytes(blank(Format.HTML, view))
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((tmp_path / "form.html").as_uri())
        assert page.get_by_text("This form is not awake yet.").is_visible()


def test_it_reaches_no_network(view: FormView, asked: Bank) -> None:
    page = blank(Format.HTML, view).decode()
    assert "default-src 'none'" in page
    assert ' src="http' not in page
    assert "url(http" not in page
    assert asked.fingerprint in page


@pytest.mark.parametrize(
    ("name", "scheme", "widths"),
    [
        ("sober", "light", (320,)),
        ("branded", "dark", (1400,)),
        *(
            pytest.param(*each, (320, 1400), marks=pytest.mark.long)
            for each in (("sober", "light"), ("sober", "dark"), ("large-print", "light"), ("branded", "dark"))
        ),
    ],
)
def test_nothing_is_in_anybodys_way(asked: Bank, opened: Open, name: str, scheme: str, widths: tuple[int, ...]) -> None:
    theme = BRANDED if name == "branded" else read_theme(find_theme(name))
    page = opened(form_view(asked, {"stage": "early"}, None, None), theme)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    choose(page, "a", "not-applicable")
    choose(page, "b", "0.25")
    page.get_by_role("button", name="Save my answers to a file").click()
    assert page.locator("#wrong").is_visible()
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_nor_in_the_whole_form(bank: Bank, opened: Open) -> None:
    page = opened(form_view(bank, ESTABLISHED, None, None))
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_hostile_names_and_notes_stay_text(tmp_path: Path, opened: Open) -> None:
    bank = small_bank(tmp_path, "[{id: form}, {id: date}, {id: save}, {id: end}]")
    view = form_view(bank, {}, f"</script><script>x</script>{NAME}"[:300], ORGANISATION)
    page = opened(view)
    assert page.evaluate("document.scripts.length") == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    meant = {}
    for name, note in zip(("form", "date", "save", "end"), ("markup", "template", "bidi", "long"), strict=True):
        choose(page, name, "1")
        question(page, name).get_by_label("Notes, and what shows it").fill(NOTES[note])
        meant[name] = Response(level=1, note=NOTES[note])
    page.reload()
    read, _ = read_assessment(saved(page, tmp_path), bank)
    assert read.responses == meant
    assert read.team.name == view.mark.team
    assert violations(page) == []


def test_the_mark_can_not_end_the_script_it_stands_in(tmp_path: Path) -> None:
    bank = small_bank(tmp_path, "[{id: a}]")
    page = blank(Format.HTML, form_view(bank, {}, "</script>\u2028\u202e&")).decode()
    [_, after] = page.split('id="mark">')
    inside = after.partition("</script>")[0]
    assert json.loads(inside)["team"] == "</script>\u2028\u202e&"
    assert "\u202e" not in page
