"""What a form asks, as plain data; and as Markdown, to read before the meeting."""

import re

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
