"""A client's own Word document, filled in."""

import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from readiness.document.write import Format
from readiness.errors import InputError
from readiness.report import render_apart as apart
from readiness.report.formats import render
from readiness.report.model import Report
from readiness.report.word_template import fill_word_template
from readiness.theme.theme import Theme
from tests.report.services import NAME, NOTES, SOBER

Reports = Callable[[str], Report]
Template = Callable[..., Theme]


@pytest.fixture
def template(tmp_path: Path) -> Template:
    """Return a theme with a Word template of these paragraphs; a table of actions stands at its end."""

    def made(*paragraphs: str) -> Theme:
        document = Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        table = document.add_table(rows=3, cols=2)
        table.cell(0, 0).text = "{%tr for action in report.start %}"
        table.cell(1, 0).text, table.cell(1, 1).text = "{{ action.title }}", "{{ action.owner }}"
        table.cell(2, 0).text = "{%tr endfor %}"
        document.sections[0].footer.paragraphs[0].text = "{{ brand.name }}"
        document.save(str(tmp_path / "ours.docx"))
        return replace(SOBER, name="Lantern", word_template=tmp_path / "ours.docx")

    return made


def test_it_is_filled_in_with_the_same_facts(template: Template, report: Reports) -> None:
    theme = template("{{ report.team }}: {{ report.overall.text }} out of 100")
    data, told = render(Format.DOCX, report("northside"), theme)
    document = Document(BytesIO(data))
    made = report("northside")
    assert document.paragraphs[0].text == f"{made.team}: {made.overall.text} out of 100"
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [[action.title, action.owner] for action in made.start]
    assert document.sections[0].footer.paragraphs[0].text == "Lantern"
    assert told == ()


def test_other_formats_are_made_as_ever(template: Template, report: Reports) -> None:
    assert render(Format.JSON, report("northside"), template()) == render(Format.JSON, report("northside"), SOBER)


def test_hostile_words_stay_words(template: Template, report: Reports) -> None:
    theme = template(
        "{{ report.team }}", "{% for d in report.domains %}{% for a in d.answers %}{{ a.note }}{% endfor %}{% endfor %}"
    )
    document = Document(BytesIO(render(Format.DOCX, report("hostile"), theme)[0]))
    assert '<b>Team</b> & "Co" {{ 7*7 }} [/x]' in document.paragraphs[0].text
    assert NAME.startswith("<b>Team</b>")
    assert '<script>alert("note")</script>' in document.paragraphs[1].text
    assert NOTES["hebrew"] in document.paragraphs[1].text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ report.nothing }}", "has no attribute 'nothing'"),
        ("{% if %}", "Expected an expression"),
        ("{{ report.__class__.__mro__ }}", "asks for something that templates may not have"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "asks for something that templates may not have"),
        ("{{ cycler() }}", "undefined"),
        ("{% include '/etc/passwd' %}", "no loader"),
    ],
)
def test_a_mistake_or_an_escape_is_said_with_the_file(
    template: Template, report: Reports, text: str, words: str
) -> None:
    theme = template("Before", text, "After")
    with pytest.raises(InputError) as error:
        render(Format.DOCX, report("northside"), theme)
    (problem,) = error.value.problems
    assert problem.place is not None
    assert problem.place.file == str(theme.word_template)
    assert words in problem.what


def test_one_that_never_ends_is_stopped(template: Template, report: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "DEADLINE", 2.0)
    theme = template("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    with pytest.raises(InputError, match="took more than 2 seconds"):
        render(Format.DOCX, report("northside"), theme)


def test_what_is_no_word_document_is_refused(tmp_path: Path, report: Reports) -> None:
    path = tmp_path / "ours.docx"
    path.write_bytes(b"not a zip")
    with pytest.raises(InputError, match="not a Word document that we can read"):
        fill_word_template(path, report("northside"), SOBER)


def test_without_the_library_it_says_how_to_get_it(
    template: Template, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = template()
    assert theme.word_template is not None
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(InputError, match="the extra word-templates"):
        fill_word_template(theme.word_template, report("northside"), theme)


def test_the_same_report_gives_the_same_bytes(template: Template, report: Reports) -> None:
    theme = template("{{ report.team }}")
    assert theme.word_template is not None
    made = [fill_word_template(theme.word_template, report("northside"), theme) for _ in range(2)]
    assert made[0] == made[1]
