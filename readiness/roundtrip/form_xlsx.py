"""The form as a workbook: one sheet to fill in, with a list to choose from for each question.

All is locked but the answers. The sheet's first row and last column are hidden, and name its places. A hidden sheet has
the form's mark and the meaning of each choice. So the workbook is read back whatever its language.
"""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from readiness.assessment.form_mark import DATE, MARK, NOT_APPLICABLE, ORGANISATION, ROLE, TEAM, UNKNOWN
from readiness.document.table_workbook import LINE_HEIGHT, line_count, new_workbook, paper, set_foot
from readiness.language import _, n_
from readiness.roundtrip.form_model import Choice, FormQuestion, FormView
from readiness.theme.theme import Theme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

COLUMNS = ("number", "question", "levels", "answer", "why", "note", "place")
"""What stands in each column; in the sheet's hidden first row, so that they are found whatever their headings say."""
_WIDTHS = (5, 38, 62, 44, 26, 34, 10)
_ANSWER, _WHY, _NOTE, _PLACE = 3, 4, 5, 6
_AS_TYPED = "@"
"""The format of text: else a program makes a date of "1-2", and a formula of "- ask"."""
_LONGEST_NAME, _LONGEST_NOTE = 300, 20_000


def render_xlsx_form(form: FormView, theme: Theme) -> bytes:
    """Return the form as an XLSX workbook. The same form gives the same bytes."""
    out = io.BytesIO()
    with new_workbook(out, f"{form.title} {form.team or ''}", theme.name or form.title, None) as book:
        _Sheet(book, form, theme).write()
    return out.getvalue()


class _Sheet:
    """Writes the sheet from the top down, and the hidden one with what stands in it beside it."""

    def __init__(self, book: "Workbook", form: FormView, theme: Theme) -> None:
        self._form = form
        self._theme = theme
        self._formats = _formats(book, theme)
        self._sheet: Worksheet = book.add_worksheet(_("Form")[:31])
        self._hidden: Worksheet = book.add_worksheet(MARK)
        self._row = 0
        self._meanings = 0
        self._answers: list[int] = []

    def write(self) -> None:
        self._hidden.write_string(0, 0, self._form.mark.to_json())
        self._hidden.hide()
        for at, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            self._sheet.set_column(at, at, width, self._formats["paper"], {"hidden": at == _PLACE})
            self._sheet.write_string(0, at, name)
        self._sheet.set_row(0, None, None, {"hidden": True})
        self._row = 2  # the second row says how far one is, and stays in sight
        self._opening()
        self._headings()
        for domain in self._form.domains:
            self._line(domain.title, "part", 22)
            self._line(domain.about, "about")
            for question in domain.questions:
                self._question(question)
        self._agreement()
        self._progress()
        self._closing()

    def _line(self, text: str, form: str, height: float | None = None) -> None:
        """Write a line that spans the sheet."""
        self._sheet.merge_range(self._row, 0, self._row, _NOTE, "", self._formats[form])
        self._sheet.write_string(self._row, 0, text, self._formats[form])
        self._sheet.set_row(self._row, height or LINE_HEIGHT * line_count(text, sum(_WIDTHS[:_PLACE])) + 4)
        self._row += 1

    def _opening(self) -> None:
        form = self._form
        self._line(form.team or _("A form to fill in"), "title", 32)
        if form.organisation:
            self._line(form.organisation, "about")
        if form.draft:
            self._line(form.draft, "about")
        if form.terms:
            self._line(form.terms, "text")
        self._line(_("Choose the answer that is closest to what happens today. This is not a test."), "text")
        if form.choosing:
            self._line(form.choosing, "text")
        self._line(_("“Don’t know” is a good answer: it never counts as zero, and it shows whom to ask."), "text")
        self._line(_("Please name nobody in the notes, and write nothing about anybody’s health."), "text")
        self._line(form.private, "text")
        self._line(_("Fill in the shaded cells. Save the workbook, and send it back."), "text")
        self._row += 1
        if form.team is None:
            self._field(TEAM, _("Your team or service"))
            if form.organisation is None:
                self._field(ORGANISATION, _("Your organisation"))
        self._field(DATE, _("Today’s date (day/month/year)"), "date")
        if form.roles:
            role = next((choice.text for choice in form.roles if choice.code == form.role), "")
            self._field(ROLE, _("Which of these are you?"), value=role)
            self._choices(self._row - 1, ROLE, form.roles, _("Choose the one that fits best."))
        else:
            self._field(ROLE, _("Your own role"), value=form.role or "")
        for fact in form.profile:
            self._pair(fact.label)
            self._sheet.write_string(self._row, _ANSWER, fact.value, self._formats["text"])
            self._row += 1
        self._row += 1

    def _pair(self, label: str) -> None:
        self._sheet.merge_range(self._row, 0, self._row, _ANSWER - 1, "", self._formats["label"])
        self._sheet.write_string(self._row, 0, label, self._formats["label"])

    def _field(self, place: str, label: str, form: str = "answer", value: str = "") -> None:
        """Write a line with something to fill in about the person or the team."""
        self._pair(label)
        self._sheet.write_string(self._row, _ANSWER, value, self._formats[form])
        if not value:
            self._sheet.write_blank(self._row, _ANSWER, None, self._formats[form])
        self._sheet.write_string(self._row, _PLACE, place)
        self._sheet.set_row(self._row, LINE_HEIGHT + 5)
        if place in (TEAM, ORGANISATION) or (place == ROLE and not self._form.roles):
            self._limit(_ANSWER, _LONGEST_NAME)
        self._row += 1

    def _headings(self) -> None:
        words = (
            _("No."),
            _("Question"),
            _("The answers to choose from"),
            _("Your answer"),
            _("If it does not apply: why"),
            _("Notes, and what shows it"),
        )
        for at, word in enumerate(words):
            self._sheet.write_string(self._row, at, word, self._formats["heading"])
        self._sheet.set_row(self._row, 20)
        self._row += 1

    def _question(self, question: FormQuestion) -> None:
        formats, row = self._formats, self._row
        choices = [
            Choice(code=level.code, text=f"{number}. {level.text}")
            for number, level in enumerate(question.levels, start=1)
        ]
        levels = "\n".join(choice.text for choice in choices)
        choices.append(Choice(code=UNKNOWN, text=_("Don’t know")))
        if not question.always:
            choices.append(Choice(code=NOT_APPLICABLE, text=_("Does not apply")))
        asked = f"{question.text}\n{question.help}" if question.help else question.text
        self._sheet.write_number(row, 0, question.number, formats["number"])
        if question.help:
            self._sheet.write_rich_string(
                row, 1, formats["strong"], question.text, formats["quiet"], f"\n{question.help}", formats["cell"]
            )
        else:
            self._sheet.write_string(row, 1, question.text, formats["question"])
        self._sheet.write_string(row, 2, levels, formats["levels"])
        for at in (_ANSWER, _WHY, _NOTE):
            self._sheet.write_blank(row, at, None, formats["cell" if at == _WHY and question.always else "answer"])
        self._sheet.write_string(row, _PLACE, question.answer)
        lines = max(line_count(asked, _WIDTHS[1]), line_count(levels, _WIDTHS[2]))
        self._sheet.set_row(row, min(12.6 * lines + 6, 400))
        self._choices(row, question.answer, choices, _("Choose one from the list."))
        if not question.always:
            self._limit(_WHY, _LONGEST_NOTE)
        self._limit(_NOTE, _LONGEST_NOTE)
        self._answers.append(row)
        self._row += 1

    def _agreement(self) -> None:
        asked = self._form.agreement
        self._line(asked.title, "part", 22)
        self._line(asked.about, "about")
        self._field(asked.place, asked.text)
        self._sheet.set_row(self._row - 1, LINE_HEIGHT * line_count(asked.text, sum(_WIDTHS[:_ANSWER])) + 5)
        self._choices(self._row - 1, asked.place, asked.choices, _("Choose one from the list."))

    def _choices(self, row: int, place: str, choices: Sequence[Choice], todo: str) -> None:
        """Put a list to choose from on the answer in ``row``, and what each choice means on the hidden sheet."""
        first = self._meanings + 1
        for at, choice in enumerate(choices, start=first):
            for column, text in enumerate((place, choice.code, choice.text)):
                self._hidden.write_string(at, column, text)
        self._meanings += len(choices)
        source = f"='{MARK}'!$C${first + 1}:$C${self._meanings + 1}"
        rule = {"validate": "list", "source": source, "error_title": _("Not in the list")[:32], "error_message": todo}
        self._sheet.data_validation(row, _ANSWER, row, _ANSWER, rule)

    def _limit(self, column: int, longest: int) -> None:
        message = _("Please keep it to {count} characters.", count=longest)
        rule = {"validate": "length", "criteria": "<=", "value": longest, "error_message": message}
        self._sheet.data_validation(self._row, column, self._row, column, rule)

    def _progress(self) -> None:
        """Count what is answered, in words that change with the cells."""
        first, last, count = self._answers[0] + 1, self._answers[-1] + 1, len(self._answers)
        words = n_("{done} of {count} question answered", "{done} of {count} questions answered", count, done="\0")
        before, after = (part.replace('"', '""') for part in words.split("\0"))
        formula = f'="{before}"&COUNTA(D{first}:D{last})&"{after}"'
        self._sheet.merge_range(1, 0, 1, _ANSWER - 1, "", self._formats["kicker"])
        self._sheet.write_string(1, 0, self._form.title, self._formats["kicker"])
        self._sheet.write_formula(1, _ANSWER, formula, self._formats["count"], words.replace("\0", "0"))
        self._sheet.set_row(1, 24)
        self._sheet.freeze_panes(2, 0)

    def _closing(self) -> None:
        mark = self._form.mark
        self._row += 1
        self._line(
            _(
                "Form {id}. Question bank {bank} {version}, fingerprint {fingerprint}. Made with readiness {program}.",
                id=mark.id,
                bank=mark.bank.id,
                version=mark.bank.version,
                fingerprint=mark.bank.fingerprint,
                program=self._form.version,
            ),
            "about",
        )
        sheet = self._sheet
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(paper(self._theme))
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, self._row - 1, _NOTE)
        set_foot(sheet, f"&L{(self._form.team or self._form.title)[:60].replace('&', '&&')}&R&P/&N")
        sheet.activate()


def _formats(book: "Workbook", theme: Theme) -> Mapping[str, Any]:
    font = {"font_size": 10, "font_color": theme.ink, "font_name": "Calibri"}
    wrapped = {**font, "text_wrap": True, "valign": "top", "align": "left"}
    line = {"bottom": 1, "bottom_color": theme.line}
    own = {**wrapped, "border": 1, "border_color": theme.line, "bg_color": theme.tint, "locked": False}
    looks: Mapping[str, Mapping[str, object]] = {
        "paper": {},
        "kicker": {**font, "bold": True, "font_color": theme.accent, "font_size": 12, "valign": "vcenter"},
        "title": {**font, "bold": True, "font_size": 22},
        "text": wrapped,
        "about": {**wrapped, "font_color": theme.muted},
        "label": {**wrapped, "bold": True},
        "count": {**font, "bold": True, "font_color": theme.accent, "font_size": 12, "valign": "vcenter"},
        "part": {**font, "bold": True, "font_size": 15, "font_color": theme.accent, "valign": "bottom"},
        "heading": {**wrapped, "bold": True, "valign": "vcenter", "bg_color": theme.accent, "font_color": theme.paper},
        "number": {**wrapped, **line, "bold": True, "font_color": theme.accent},
        "question": {**wrapped, **line, "bold": True},
        "cell": {**wrapped, **line},
        "levels": {**wrapped, **line, "indent": 1},
        "strong": {**font, "bold": True},
        "quiet": {**font, "font_color": theme.muted},
        "answer": {**own, "num_format": _AS_TYPED},
        "date": {**own, "num_format": "d/m/yyyy"},
    }
    return {name: book.add_format(dict(look)) for name, look in looks.items()}
