"""Reports in other languages: nothing of ours stays English by accident, and the catalogues keep step with the code."""

import ast
import datetime as dt
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from gettext import NullTranslations
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from docx import Document
from docx.oxml.ns import qn

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.model import Bank
from readiness.bank.translate import in_words, texts
from readiness.document.mark_english import marked, parts
from readiness.document.write import Format
from readiness.errors import InputError
from readiness.language import ENGLISH, speaking
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.edits import Field, with_own, with_value
from readiness.plan.overlay import Overlay, Status
from readiness.report.formats import REPORT_FORMATS, render_here
from readiness.report.languages import catalogue, known_languages, read_catalogue
from readiness.report.model import Report
from readiness.report.view import build_report
from readiness.resources import REPORT_TEMPLATES
from readiness.scoring.score import standings
from readiness.team import AssessedTeam
from readiness.theme.theme import PART_TITLES
from tests.program import ROOT, run
from tests.report.reading import READERS
from tests.report.services import PROFILE, SOBER, asked
from tests.reports import assert_no_page_is_nearly_empty

EXAMPLE = ROOT / "questions" / "peer-workers" / "examples" / "northside-cmht.yaml"
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
VOWEL = re.compile(r"[^\W\d_]*[aeiouyAEIOUY][^\W_]*")


def accented(text: str) -> str:
    """Return the text with every vowel accented, but for what stands for a value."""
    return "".join(part if part.startswith("{") else part.translate(ACCENTS) for part in re.split(r"(\{\w+\})", text))


class Pseudo(NullTranslations):
    """A language in which every word of ours has an accent: what has none, nobody can translate."""

    def gettext(self, message: str) -> str:
        return accented(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return accented(msgid1 if n == 1 else msgid2)


def answers(bank: Bank) -> list[Assessment]:
    """Return answers of every sort, with no vowel in what people wrote."""
    responses: dict[str, object] = {}
    for at, (name, levels) in enumerate(asked(bank).items()):
        responses[name] = {"level": levels[at % len(levels)], "note": "Nt", "evidence": ["Pdf"]}
    first, second, *_ = responses
    responses[first], responses[second] = "unknown", "n/a: wh"
    return [
        Assessment(
            bank=BankReference.to(bank),
            team=Team(name="Tm", organisation="Trst", profile=PROFILE),
            respondent=Respondent(),
            date=dt.date(2026, 11, 22),
            responses={name: Response.model_validate(value) for name, value in responses.items() if name != "language"},
        )
    ]


def pseudo_report(bank: Bank) -> Report:
    """Return the report in the pseudo language, with a plan that somebody has worked on."""
    told = in_words(bank, {key: accented(text) for key, text in texts(bank).items()})
    given = answers(told)
    stands = standings(told, given)
    plan = build_plan(PlanBasis.of(stands))
    overlay = Overlay.blank(told, "Tm")
    first, second, third, fourth, *_ = (action.id for action in plan.actions)
    for name, field, text in (
        (first, Field.OWNER, "Mr Ng"),
        (first, Field.DUE, "2027-01-31"),
        (second, Field.STATUS, Status.DONE),
        (third, Field.DROPPED, "Hm"),
        (fourth, Field.STATUS, Status.STUCK),
    ):
        overlay = with_value(overlay, plan, name, field, text)
    overlay, _ = with_own(overlay, plan, {Field.TITLE: "Gd pln"})
    return build_report(AssessedTeam(told, given, overlay))


def unaccented(text: str, allowed: set[str]) -> set[str]:
    """Return the words with a vowel that has no accent, but for those ``allowed``."""
    return {word for word in VOWEL.findall(text) if word not in allowed}


class _Attributes(HTMLParser):
    """Collects what a page says in attributes, and in the titles of its charts."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._title = tag == "title"
        self.said += [value for name, value in attrs if value and (name in ("alt", "aria-label") or tag == "meta")]

    def handle_data(self, data: str) -> None:
        if self._title:
            self.said.append(data)


def hidden(form: Format, data: bytes) -> str:
    """Return what only a screen reader, or the list of a file's properties, tells."""
    if form is Format.HTML:
        parser = _Attributes()
        parser.feed(re.sub(r"<style>.*?</style>", "", data.decode(), flags=re.DOTALL))
        settings = (
            "light dark",
            *re.findall(r'content="(default-src[^"]*)"', data.decode()),
            "Content-Security-Policy",
            "width=device-width, initial-scale=1",
            "utf-8",
            "viewport",
            "generator",
        )
        names = ("color-scheme", "author", "description", "dcterms.created")
        return "\n".join(said for said in parser.said if said not in (*settings, *names))
    if form is Format.DOCX:
        document = Document(BytesIO(data))
        alts = [shape.get("descr") or "" for shape in document.element.body.iter() if shape.tag.endswith("}docPr")]
        return "\n".join((*alts, *(line.text for line in document.sections[0].footer.paragraphs)))
    return ""


@pytest.mark.parametrize("form", [form for form in REPORT_FORMATS if form is not Format.JSON])
def test_no_format_says_anything_that_nobody_can_translate(form: Format, bank: Bank) -> None:
    with speaking("cy", Pseudo()):
        report = pseudo_report(bank)
        data, _ = render_here(form, report, SOBER)
    sources = " ".join(f"{source.citation} {source.url}" for source in bank.sources)
    kept = {*VOWEL.findall(f"{sources} readiness {bank.id} {bank.fingerprint} {report.date_text}")}
    if form is Format.XLSX:  # the last column of a sheet is for scripts
        ids = [name for question in bank.questions for name in (question.id, *(each.id for each in question.actions))]
        kept |= {"find", "out", "own", *(word for name in ids for word in name.split("-"))}
    text = f"{READERS[form](data)}\n{hidden(form, data)}"
    assert unaccented(text, kept | {"Ionawr", "https"}) == set()


def messages() -> dict[str, set[str]]:
    """Return what the code and the templates ask to be looked up, with where it does."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(entry["pattern"], entry["method"]) for entry in settings]
    found: dict[str, set[str]] = {}
    keywords = {"_": None, "N_": None, "n_": (1, 2)}
    for folder in ("readiness", "report_templates"):
        patterns = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        for file, _, message, _, _ in extract_from_dir(str(ROOT / folder), patterns, keywords=keywords):
            one = message if isinstance(message, str) else message[0]
            found.setdefault(one, set()).add(file)
    return found


@pytest.mark.parametrize("tag", [tag for tag in known_languages() if tag != ENGLISH])
def test_a_catalogue_has_every_message_and_no_other(tag: str) -> None:
    with (REPORT_TEMPLATES / "languages" / f"{tag}.po").open("rb") as file:
        kept = {entry.id if isinstance(entry.id, str) else entry.id[0]: entry for entry in read_po(file) if entry.id}
    assert {*kept} == {*messages()}, "make words brings it up to date"
    for entry in kept.values():
        said = [entry.string] if isinstance(entry.string, str) else entry.string or []
        asks = {*re.findall(r"\{\w+\}", "".join(entry.id))}
        assert all({*re.findall(r"\{\w+\}", text)} <= asks for text in said), entry.id


def test_nothing_is_looked_up_inside_a_formatted_string() -> None:
    """Such words are not collected on every version of Python, and so would never be translated."""
    for path in (ROOT / "readiness").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                calls = [inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)]
                assert not [call for call in calls if isinstance(call, ast.Name) and call.id in ("_", "n_")], path


def test_each_fixed_heading_has_its_welsh_words() -> None:
    welsh = catalogue("cy")
    headings = [*PART_TITLES.values()]
    for name in ("report_document", "summary_section", "plan_section", "views_section"):
        for node in ast.walk(ast.parse((ROOT / "readiness" / "report" / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TITLED:
                headings += [text for argument in node.args[:1] for text in looked_up(argument)]
    assert len(headings) > 20
    assert [heading for heading in headings if welsh.gettext(heading) == heading] == []


TITLED = {"Heading", "Fold", "Callout", "Contents"}
"""Blocks whose first field is a title."""


def looked_up(node: ast.AST) -> Iterator[str]:
    """Yield the words that an expression looks up."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_":
            (words,) = (each.value for each in call.args if isinstance(each, ast.Constant))
            yield str(words)


def test_a_welsh_report_is_welsh_where_it_can_be_and_says_that_it_is_a_draft(tmp_path: Path) -> None:
    run("report", EXAMPLE, "-o", "w.html", "--language", "cy", cwd=tmp_path, code=0)
    page = (tmp_path / "w.html").read_text("utf-8")
    assert '<html lang="cy">' in page
    assert "14 Hydref 2026" in page
    assert "Y cynllun gweithredu" in page
    assert "Beth i’w benderfynu: dechreuwch gyda’r rhain" in page
    assert "Cyfieithiad drafft yw hwn" in page
    assert "The action plan" not in page


def test_what_stands_in_english_says_so_and_what_people_wrote_does_not(tmp_path: Path) -> None:
    run("report", EXAMPLE, "-o", "w.html", "--language", "cy", cwd=tmp_path, code=0)
    page = (tmp_path / "w.html").read_text("utf-8")
    marked = re.findall(r'<span lang="en">([^<]*)</span>', page)
    assert "Making room for the role" in marked
    assert "Y cynllun gweithredu" not in marked
    assert "“Building” yw 25" not in marked
    assert "The six-contacts-a-day target" in page
    assert not [words for words in marked if "six-contacts-a-day" in words]
    run("report", EXAMPLE, "-o", "e.html", cwd=tmp_path, code=0)
    assert ' lang="en"' not in (tmp_path / "e.html").read_text("utf-8")


def test_in_word_it_is_a_language_of_its_own(tmp_path: Path) -> None:
    run("report", EXAMPLE, "-o", "w.docx", "--language", "cy", cwd=tmp_path, code=0)
    runs = list(Document(str(tmp_path / "w.docx")).element.body.iter(qn("w:r")))
    english = {each.text for each in runs if each.find(f".//{qn('w:lang')}") is not None}
    assert "Making room for the role" in english
    assert not {"Y cynllun gweithredu", "Northside Community Mental Health Team"} & english


def test_in_a_pdf_on_letter_paper_too_and_no_page_is_nearly_empty(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('page = "Letter"', "utf-8")
    run("report", EXAMPLE, "-o", "w.pdf", "--language", "cy", "--theme", ".", cwd=tmp_path, code=0)
    assert_no_page_is_nearly_empty(tmp_path / "w.pdf")
    with pikepdf.open(tmp_path / "w.pdf") as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each]
        links = [each for each in found if each.get("/S") == "/Link"]
        assert len(links) >= 4  # to the parts whose names have no Welsh words, from the contents
        numbers = list(pdf.Root["/StructTreeRoot"]["/ParentTree"]["/Nums"])
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert {str(owners[int(note["/StructParent"])]["/S"]) for note in notes} == {"/Link"}
        spans = [each for each in found if each.get("/S") == "/Span"]
        assert {str(each["/Lang"]) for each in spans} == {"en"}
        assert len(spans) > 100
        links = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Link"]
        assert all(any(isinstance(kid, pikepdf.Dictionary) for kid in link["/K"]) for link in links)


def test_in_a_form_too(tmp_path: Path) -> None:
    for name in ("f.html", "f.pdf"):
        run("form", "-o", name, "--like", EXAMPLE, "--language", "cy", cwd=tmp_path, code=0)
    page = (tmp_path / "f.html").read_text("utf-8")
    marked = re.findall(r'<span lang="en">([^<]*)</span>', page)
    assert "Making room for the role" in marked
    assert not {"Ddim yn gwybod", "Northside Community Mental Health Team"} & {*marked}
    for script in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL):
        json.loads(script)
    done = subprocess.run([sys.executable, "-m", "pdfua", "check", "f.pdf"], cwd=tmp_path, check=False)
    assert done.returncode == 0
    with pikepdf.open(tmp_path / "f.pdf") as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each]
    assert len([each for each in found if each.get("/S") == "/Span"]) > 100


def test_templates_of_ones_own_render_apart_and_are_marked_too(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    run("report", EXAMPLE, "-o", "w.html", "--language", "cy", "--templates", "own", cwd=tmp_path, code=0)
    assert '<span lang="en">Making room for the role</span>' in (tmp_path / "w.html").read_text("utf-8")


def test_only_whole_words_are_marked_and_what_stands_apart_whatever_its_length() -> None:
    with speaking("cy", NullTranslations(), english=["Team", "Now", "A <plan>"]):
        assert [*parts("Teamwork, Team: Now")] == [("Teamwork, ", False), ("Team", True), (": Now", False)]
        assert marked("<p>Now</p><p>A &lt;plan&gt; i bawb</p><title>Team</title>") == (
            '<p><span lang="en">Now</span></p><p><span lang="en">A &lt;plan&gt;</span> i bawb</p>'
            '<title lang="en">Team</title>'
        )
    assert [*parts("Team")] == [("Team", False)]


def test_edits_survive_in_another_language(tmp_path: Path) -> None:
    (tmp_path / "n.yaml").write_bytes(EXAMPLE.read_bytes())
    edit = {"owner": "Priya Nair"}
    plan = {"schema": 1, "bank": {"id": "peer-workers"}, "team": "Northside Community Mental Health Team"}
    actions = {"actions": {"career-progression-talk": edit}}
    (tmp_path / "n.plan.json").write_text(json.dumps(plan | actions), "utf-8")
    run("report", "n.yaml", "-o", "w.md", "--language", "cy", cwd=tmp_path, code=0)
    page = (tmp_path / "w.md").read_text("utf-8")
    assert "Y cynllun gweithredu" in page
    assert "Priya Nair" in page


def test_templates_of_ones_own_speak_the_language_too(tmp_path: Path) -> None:
    own = tmp_path / "own" / "sections"
    own.mkdir(parents=True)
    (own / "method.html.j2").write_text('{{ _("The action plan") }}: {{ _("by {date}", date="Mai") }}', "utf-8")
    run("report", EXAMPLE, "-o", "w.html", "--language", "cy", "--templates", "own", cwd=tmp_path, code=0)
    assert "Y cynllun gweithredu: erbyn Mai" in (tmp_path / "w.html").read_text("utf-8")


def test_a_language_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    done = run("report", EXAMPLE, "-o", "w.md", "--language", "xx", cwd=tmp_path, code=1)
    assert 'There are no words for the language "xx". Use one of: en-GB, cy.' in done.stderr


def test_a_catalogue_that_is_broken_is_refused_with_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "xx.po"
    broken.write_text('msgid "a"\nmsgid "b"\nno catalogue\n', "utf-8")
    with pytest.raises(InputError, match=r"xx\.po: This catalogue can't be read"):
        read_catalogue(broken)


def test_english_needs_no_catalogue(report: Callable[[str], Report]) -> None:
    assert catalogue(ENGLISH).gettext("Plan") == "Plan"
    assert (report("northside").language, report("northside").draft) == (ENGLISH, None)


def test_a_plural_that_nobody_translated_is_english_by_the_rules_of_english(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Language: cy\\n"\n"Plural-Forms: nplurals=2; plural=(n==1 ? 1 : 0);\\n"\n\n'
    body = 'msgid "{count} action"\nmsgid_plural "{count} actions"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    (tmp_path / "cy.po").write_text(head + body, "utf-8")
    words = read_catalogue(tmp_path / "cy.po")
    assert [words.ngettext("{count} action", "{count} actions", n) for n in (1, 28)] == [
        "{count} action",
        "{count} actions",
    ]
