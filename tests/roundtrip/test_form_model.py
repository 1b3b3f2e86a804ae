"""What a form asks, as plain data; and as Markdown, to read before the meeting."""

import re
from pathlib import Path

import pytest

from readiness.bank.model import Bank
from readiness.bank.translate import in_words, texts
from readiness.document.write import Format
from readiness.language import speaking
from readiness.roundtrip.form_formats import FORM_FORMATS, render_form
from readiness.roundtrip.form_model import FormView
from tests.forms import ESTABLISHED, blank, form_sheet, form_view
from tests.report.reading import READERS, squeezed
from tests.report.services import NAME, PROFILE, SOBER
from tests.report.test_languages import VOWEL, Pseudo, accented, unaccented
from tests.small import small_bank


@pytest.fixture(scope="module")
def view(bank: Bank) -> FormView:
    return form_view(bank)


@pytest.mark.parametrize("profile", [PROFILE, ESTABLISHED])
def test_it_asks_what_is_asked_of_such_a_service_in_its_words(bank: Bank, profile: dict[str, str]) -> None:
    asked = bank.asked(profile)
    view = form_view(bank, profile)
    assert [(each.id, each.text, each.help) for each in view.questions] == [
        (each.id, each.text, each.help) for each in asked
    ]
    assert [each.number for each in view.questions] == [*range(1, len(asked) + 1)]
    assert view.count == len(asked)


@pytest.mark.parametrize("form", FORM_FORMATS)
def test_it_asks_a_role_in_words_for_them_and_offers_nothing_that_is_no_answer(form: Format, bank: Bank) -> None:
    view = form_view(bank, ESTABLISHED, role="peer-worker")
    asked = bank.asked(ESTABLISHED, "peer-worker")
    told = [(one.text, one.help, [level.text for level in one.levels]) for one in asked]
    assert [(one.text, one.help, [level.text for level in one.levels]) for one in view.questions] == told
    assert told != [(one.text, one.help, [level.text for level in one.levels]) for one in bank.asked(ESTABLISHED)]
    shown = squeezed(READERS[form](blank(form, view)))
    assert all(squeezed(level.text) in shown for question in view.questions for level in question.levels)
    aside = "Why does it not apply?" if form is Format.HTML else "Does not apply, because:"
    if form is not Format.XLSX:  # there it is a choice in a list
        assert shown.count(squeezed(aside)) == sum(not one.always for one in view.questions) < len(view.questions)


@pytest.mark.parametrize("form", FORM_FORMATS)
def test_every_format_asks_if_a_role_may_be_shown_and_says_what_two_people_can_tell(
    form: Format, view: FormView
) -> None:
    shown = squeezed(READERS[form](blank(form, view)))
    told = (view.agreement.text, view.agreement.about, view.private)
    assert all(squeezed(text) in shown for text in told)
    assert "each can work out what the other said" in view.private
    assert "5 or more people in your role" in view.agreement.about
    assert "never to less than 3" in view.agreement.about


@pytest.mark.parametrize("form", FORM_FORMATS)
def test_every_format_says_what_the_main_words_mean_before_the_first_question(
    form: Format, bank: Bank, view: FormView
) -> None:
    before, _, _ = squeezed(READERS[form](blank(form, view))).partition(squeezed(view.questions[0].text))
    assert squeezed(bank.texts.terms or "nothing") in before
    assert squeezed(bank.texts.choosing or "nothing") in before


def test_what_two_people_can_tell_is_a_point_of_its_own(view: FormView) -> None:
    assert f"- {view.private}" in blank(Format.MARKDOWN, view).decode().splitlines()


@pytest.mark.parametrize("form", FORM_FORMATS)
def test_no_format_gives_away_why_a_question_is_asked(form: Format, bank: Bank, view: FormView) -> None:
    shown = squeezed(READERS[form](blank(form, view)))
    assert not [finding.id for finding in bank.findings if squeezed(finding.statement) in shown]


def test_a_bank_without_roles_asks_for_the_role_in_own_words(tmp_path: Path) -> None:
    view = form_view(small_bank(tmp_path, "[{id: a}]"), {}, role="Ward clerk")
    assert view.roles == ()
    assert "Your own role: Ward clerk" in blank(Format.MARKDOWN, view).decode()
    assert "Which of these are you?" not in blank(Format.MARKDOWN, view).decode()


def test_it_says_what_is_known_of_the_service(view: FormView) -> None:
    assert [fact.value for fact in view.profile] == [
        "NHS trust",
        "Planning: nobody is in post yet",
        "Paid: they have a wage",
        "No, it is for everyone",
    ]


def test_names_are_made_safe_to_show_and_the_mark_keeps_them(bank: Bank) -> None:
    view = form_view(bank, team=NAME)
    assert view.mark.team == NAME
    assert "\x1b" not in (view.team or "")
    assert "\u202e" not in (view.team or "")


def test_as_markdown_it_leaves_nothing_out(bank: Bank) -> None:
    view = form_view(bank, ESTABLISHED, None, None, "team-member")
    text = blank(Format.MARKDOWN, view).decode()
    shown = squeezed(READERS[Format.MARKDOWN](text.encode()))
    for question in view.questions:
        texts = (question.text, question.help, question.who_knows, *question.evidence)
        assert all(squeezed(each) in shown for each in texts if each)
        assert all(f"- [ ] {level.text}" in text.replace("\\", "") for level in question.levels)
    assert text.count("- [ ] Don’t know") == view.count
    assert "- [x] Team member" in text
    assert view.mark.id in text
    assert "Your team or service:" in text


def test_as_markdown_a_hostile_name_is_text(bank: Bank) -> None:
    text = render_form(Format.MARKDOWN, form_view(bank, team=NAME, organisation="# Big [x](y)"), SOBER)[0].decode()
    assert text.startswith('# Ready for Peer Workers? \\<b\\>Team\\</b\\> \\& "Co" \\{\\{ 7\\*7 \\}\\}')
    assert "\\[x\\](y)" in text


@pytest.mark.parametrize("form", FORM_FORMATS)
def test_no_format_says_anything_that_nobody_can_translate(form: Format, bank: Bank) -> None:
    with speaking("cy", Pseudo()):
        told = in_words(bank, {key: accented(text) for key, text in texts(bank).items()})
        data, _ = render_form(form, form_view(told, team="Tm", organisation="Trst"), SOBER)
    shown = READERS[Format(form)](re.sub(rb"<script.*?</script>", b"", data, flags=re.DOTALL))
    if form is Format.XLSX:  # what is hidden is for the program
        shown = "\n".join(
            str(cell.value) for row in form_sheet(data).iter_rows(min_row=2, max_col=6) for cell in row if cell.value
        )
        shown = shown.replace("COUNTA", "")
    kept = {*VOWEL.findall(f"readiness {bank.id} {bank.fingerprint} {form_view(told, team='Tm').mark.id}")}
    kept |= {*VOWEL.findall(form_view(told, team="Tm", organisation="Trst").mark.id)}
    assert unaccented(shown, kept | {"x"}) == set()


def test_the_mark_is_the_same_bank_in_every_language(bank: Bank) -> None:
    told = in_words(bank, {key: accented(text) for key, text in texts(bank).items()})
    one, other = form_view(bank).mark, form_view(told).mark
    assert (one.bank, one.profile) == (other.bank, other.profile)
    assert one.id != other.id
