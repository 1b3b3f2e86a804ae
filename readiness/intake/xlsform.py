"""Writes a question bank as an XLSForm, to put on KoBoToolbox or ODK. What comes back is read without a mapping.

The form asks what the walk in a terminal asks: who answers and for which service, the profile, then the questions that
fit it, in the words that fit it. The layout follows the XLSForm standard (https://xlsform.org/en/).
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from readiness.assessment.form_mark import NO, YES
from readiness.assessment.model import BankReference
from readiness.bank.fields import Condition
from readiness.bank.model import ROLE, Bank, Domain, Option, ProfileQuestion, Question
from readiness.errors import InputError, Problem
from readiness.intake.mapping import Target, TargetKind
from readiness.intake.xlsform_names import (
    ABOUT,
    HELP,
    NOT_APPLICABLE,
    SUCH_AS,
    UNKNOWN,
    WORDS,
    field_name,
    in_other_words,
    underscored,
)
from readiness.language import _
from readiness.roundtrip.form_model import agreement

_SURVEY = ("type", "name", "label", "hint", "required", "relevant", "appearance", "default", "calculation")
_CHOICES = ("list_name", "name", "label")
_SETTINGS = ("form_title", "form_id", "version")

_NAME = re.compile(r"[A-Za-z0-9_.\-]+")

FormRow = Mapping[str, str]
"""A row of a sheet: its cells by their headings."""


@dataclass(frozen=True, slots=True)
class XlsForm:
    """The rows of an XLSForm's three sheets."""

    survey: tuple[FormRow, ...]
    choices: tuple[FormRow, ...]
    settings: FormRow


def build_xlsform(bank: Bank) -> XlsForm:
    """Return the questionnaire as the rows of an XLSForm.

    Raises InputError if a question says more than a cell can hold: half of what is computed could not be loaded.
    """
    options = {entry.id: _option_names(entry.options) for entry in bank.profile}
    options[ROLE] = {role.id: role.id for role in bank.roles}
    survey = [*_about(bank)]
    for nth, domain in enumerate(bank.domains):
        about = _text(" ".join(filter(None, (bank.texts.choosing if nth == 0 else None, domain.about))))
        survey += _domain(domain, about, [q for q in bank.questions if q.domain == domain.id], options)
    survey += _agreement()
    settings = {"form_title": _text(bank.title), "form_id": bank.id, "version": bank.version}
    return XlsForm(tuple(survey), tuple(_choices(bank, options)), settings)


def _about(bank: Bank) -> Iterator[FormRow]:
    reference = BankReference.to(bank)
    yield {
        "type": "calculate",
        "name": field_name(Target(TargetKind.BANK)),
        "calculation": _quoted(f"{reference.id} {reference.version} {reference.fingerprint}"),
    }
    yield {"type": "begin_group", "name": "about", "label": _("About you and your service")}
    yield {
        "type": "text",
        "name": field_name(Target(TargetKind.TEAM)),
        "label": _("What is the name of your team or service?"),
        "hint": _("Everyone who answers for it must write it the same way."),
        "required": "yes",
    }
    yield {
        "type": "text",
        "name": field_name(Target(TargetKind.ORGANISATION)),
        "label": _("Which organisation is it part of?"),
    }
    yield {
        "type": "select_one roles" if bank.roles else "text",
        "name": field_name(Target(TargetKind.ROLE)),
        "label": _("What is your own role?"),
        "hint": " ".join(filter(None, (_("Your name is not asked."), _text(bank.texts.terms or "")))),
    }
    yield {
        "type": "date",
        "name": field_name(Target(TargetKind.DATE)),
        "label": _("Date of answers"),
        "required": "yes",
        "default": "today()",
    }
    for entry in bank.profile:
        yield {
            "type": f"select_one profile_{underscored(entry.id)}",
            "name": field_name(Target(TargetKind.PROFILE, entry.id)),
            "label": _text(entry.text),
            "hint": _text(entry.help or ""),
            "required": "yes",
        }
    yield {"type": "end_group"}


def _agreement() -> Iterator[FormRow]:
    asked = agreement()
    role = f"${{{field_name(Target(TargetKind.ROLE))}}} != ''"
    yield {"type": "begin_group", "name": "agreement", "label": asked.title, "relevant": role}
    yield {
        "type": "select_one yes_no",
        "name": field_name(Target(TargetKind.SHOWN_ALONE)),
        "label": asked.text,
        "hint": asked.about,
    }
    yield {"type": "end_group"}


def _domain(domain: Domain, about: str, questions: Sequence[Question], options: "_OptionNames") -> Iterator[FormRow]:
    yield {"type": "begin_group", "name": f"part_{underscored(domain.id)}", "label": _text(domain.title)}
    yield {"type": "note", "name": f"{ABOUT}_{underscored(domain.id)}", "label": about}
    for question in questions:
        for row in _question(question, options):
            _fits_cells(row, question)
            yield row
    yield {"type": "end_group"}


def _fits_cells(row: FormRow, question: Question) -> None:
    from readiness.document.table_workbook import LONGEST_CELL

    longest = max(map(len, row.values()))
    if longest > LONGEST_CELL:
        what = f'The question "{question.id}" says more than a form can hold: a cell would have {longest:,} characters'
        todo = "Shorten its wordings, their conditions and what shows an answer, or have fewer of them."
        raise InputError(Problem(f"{what}, and {LONGEST_CELL:,} are the most", todo))


def _question(question: Question, options: "_OptionNames") -> Iterator[FormRow]:
    """Yield the question, the reason, a note, and what shows it; first of all the words that depend on who is asked.

    If a role has levels in its own words, the question stands there once more, with these.
    """
    texts = [(wording.when, wording.text) for wording in question.wording if wording.text]
    helps = [(wording.when, wording.help) for wording in question.wording if wording.help]
    shown = [(wording.when, _such_as(wording.evidence)) for wording in question.wording if wording.evidence]
    words, hint, such_as = (f"{prefix}_{underscored(question.id)}" for prefix in (WORDS, HELP, SUCH_AS))
    if texts:
        yield {"type": "calculate", "name": words, "calculation": _worded(texts, question.text, options)}
    if helps:
        yield {"type": "calculate", "name": hint, "calculation": _worded(helps, question.help or "", options)}
    if shown:
        calculation = _worded(shown, _such_as(question.evidence), options)
        yield {"type": "calculate", "name": such_as, "calculation": calculation}
    asked = [*_answer_fields(question, options)]
    for nth, (answer, relevant) in enumerate(asked):
        yield {
            "type": f"select_one {_levels_name(question, nth)}",
            "name": answer,
            "label": f"${{{words}}}" if texts else _text(question.text),
            "hint": f"${{{hint}}}" if helps else _text(question.help or ""),
            "relevant": relevant,
        }
    if not question.always:
        yield {
            "type": "text",
            "name": field_name(Target(TargetKind.WHY, question.id)),
            "label": _("Why does it not apply? {question}", question=_text(question.name)),
            "required": "yes",
            "relevant": " or ".join(f"${{{answer}}} = '{NOT_APPLICABLE}'" for answer, _when in asked),
            "appearance": "multiline",
        }
    yield {
        "type": "text",
        "name": field_name(Target(TargetKind.NOTE, question.id)),
        "label": _("Note: {question}", question=_text(question.name)),
        "hint": _("If you like, say more about your answer. Please leave out people’s names."),
        "relevant": _relevant(question.when, options),
        "appearance": "multiline",
    }
    yield {
        "type": "text",
        "name": field_name(Target(TargetKind.EVIDENCE, question.id)),
        "label": _("What shows it: {question}", question=_text(question.name)),
        "hint": f"${{{such_as}}}" if shown else _text(_such_as(question.evidence)),
        "relevant": " or ".join(_is_level(answer) for answer, _when in asked),
        "appearance": "multiline",
    }


def _is_level(answer: str) -> str:
    field = f"${{{answer}}}"
    return f"({field} != '' and {field} != '{UNKNOWN}' and {field} != '{NOT_APPLICABLE}')"


def _answer_fields(question: Question, options: "_OptionNames") -> Iterator[tuple[str, str]]:
    """Yield each field that takes the answer, with when it is shown: of wordings that fit, the last has its levels."""
    roles = [_relevant(wording.when, options) for wording in question.wording if wording.levels]
    for nth in range(len(roles) + 1):
        parts = [_relevant(question.when, options), *roles[nth - 1 : nth], *(f"not({role})" for role in roles[nth:])]
        yield (
            in_other_words(field_name(Target(TargetKind.QUESTION, question.id)), nth),
            " and ".join(filter(None, parts)),
        )


def _levels_name(question: Question, nth: int) -> str:
    return in_other_words(f"levels_{underscored(question.id)}", nth)


def _such_as(evidence: Sequence[str]) -> str:
    """Return what to write about what shows an answer, with examples if the question has some."""
    how = _("If you like, write one thing on each line.")
    return _("{how} Such as: {things}.", how=how, things="; ".join(evidence)) if evidence else how


def _choices(bank: Bank, options: "_OptionNames") -> Iterator[FormRow]:
    yield from ({"list_name": "roles", "name": role.id, "label": _text(role.label)} for role in bank.roles)
    for entry in bank.profile:
        yield from _options(entry, options)
    for answer, label in zip((YES, NO), agreement().choices, strict=True):
        yield {"list_name": "yes_no", "name": answer, "label": label.text}
    for question in bank.ordered_questions:
        told = [[level.text for level in question.levels], *(each.levels for each in question.wording if each.levels)]
        for nth, texts in enumerate(told):
            yield from _levels(question, _levels_name(question, nth), texts)


def _levels(question: Question, name: str, texts: Sequence[str]) -> Iterator[FormRow]:
    for level, text in zip(question.levels, texts, strict=True):
        yield {"list_name": name, "name": str(level.value), "label": _text(text)}
    yield {"list_name": name, "name": UNKNOWN, "label": _("Don’t know")}
    if not question.always:
        yield {"list_name": name, "name": NOT_APPLICABLE, "label": _("Does not apply to our service")}


def _options(entry: ProfileQuestion, options: "_OptionNames") -> Iterator[FormRow]:
    for option in entry.options:
        yield {
            "list_name": f"profile_{underscored(entry.id)}",
            "name": options[entry.id][option.id],
            "label": _text(option.label),
        }


_OptionNames = Mapping[str, Mapping[str, str]]
"""For each profile key, and for the role: what each of its options is called in the form."""


def _option_names(options: Sequence[Option]) -> Mapping[str, str]:
    """Return the options' ids; their positions, as "option_2", if an id is no name for a form."""
    return {
        option.id: option.id if _NAME.fullmatch(option.id) else f"option_{at}"
        for at, option in enumerate(options, start=1)
    }


def _relevant(when: Condition | None, options: _OptionNames) -> str:
    """Return the condition as the form computes it; a value that the profile does not have is never chosen."""
    parts = []
    for key, values in (when or {}).items():
        field = field_name(Target(TargetKind.ROLE) if key == ROLE else Target(TargetKind.PROFILE, key))
        chosen = [f"${{{field}}} = '{options[key][value]}'" for value in values if value in options.get(key, {})]
        parts.append(f"({' or '.join(chosen)})" if chosen else "false()")
    return " and ".join(parts)


def _worded(wordings: Sequence[tuple[Condition, str]], plain: str, options: _OptionNames) -> str:
    """Return the words that fit the profile, as the form computes them: the last wording that fits, else ``plain``."""
    words = _quoted(_text(plain))
    for when, text in wordings:
        words = f"if({_relevant(when, options) or 'true()'}, {_quoted(_text(text))}, {words})"
    return words


_STRAIGHT = str.maketrans("‘’“”", "''\"\"")  # noqa: RUF001 — curly quotes are meant


def _quoted(text: str) -> str:
    """Return text as an XPath expression has it, which knows no escapes.

    Its quotes are straight: converters of forms make them so, and one of them would end the text.
    """
    text = text.translate(_STRAIGHT)
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def _text(text: str) -> str:
    """Return words of the bank without what a form would take for a reference."""
    return text.replace("${", "$ {")


def write_xlsform(form: XlsForm) -> bytes:
    """Return the XLSForm as a workbook; the same rows give the same bytes."""
    import datetime as dt

    from xlsxwriter import Workbook

    from readiness.document.table_workbook import cell_text

    buffer = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(buffer, {"in_memory": True, **plain}) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 — the same bytes on every day
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, columns, rows in (
            ("survey", _SURVEY, form.survey),
            ("choices", _CHOICES, form.choices),
            ("settings", _SETTINGS, [form.settings]),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, heading in enumerate(columns):
                sheet.set_column(at, at, _WIDTHS.get(heading, 20))
                sheet.write_string(0, at, heading, bold)
                for number, row in enumerate(rows, start=1):
                    if row.get(heading):
                        sheet.write_string(number, at, cell_text(row[heading]), wrapped)
    return buffer.getvalue()


_WIDTHS = {"label": 60, "hint": 60, "name": 32, "type": 32, "list_name": 32, "relevant": 40, "calculation": 40}
"""How wide columns are, in characters, if they differ."""
