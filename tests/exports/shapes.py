"""Writes the same answers in the shape of each survey program's export: its columns, headers, encodings and dates.

What each shape rests on stands in README.md, beside the files that these functions wrote.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook

from readiness.assessment.model import Assessment, Response
from readiness.bank.fields import holds
from readiness.bank.model import Bank, Question
from readiness.intake.xlsform import build_xlsform
from tests.exports.more_shapes import MORE_SHAPES
from tests.exports.people import ROLE, TEAM, Cell, Rows, Sent, answer, answers, comment, csv_text, short_form, value


def microsoft_forms(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """One sheet; times are Excel's; a title can end in a no-break space, and a repeated one is numbered."""
    header: list[Cell] = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", TEAM, ROLE]
    header += [f"{entry.text}\n{entry.help}" for entry in bank.profile]
    for at, question in enumerate(bank.ordered_questions, start=1):
        header += [f"{question.text}\u00a0", "Comments" if at == 1 else f"Comments{at}"]
    rows: Rows = [header]
    for one in people:
        row: list[Cell] = [one.number, one.started, one.ended, "anonymous", "", ""]
        row += [one.assessment.team.name, one.role(bank)]
        row += [one.option(bank, entry.id) for entry in bank.profile]
        rows.append([*row, *answers(bank, one)])
    _workbook(path, "Sheet1", rows)


def microsoft_likert(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """A Likert question: each statement is a column, headed by its words alone; here the options are numbers."""
    asked = _asked(bank, people)
    rows: Rows = [["Id", "Start time", "Completion time", "Email", "Name", *(question.name for question in asked)]]
    for one in people:
        row: list[Cell] = [one.number, one.started, one.ended, "someone@example.org", "A Person"]
        rows.append([*row, *(value(one.response(question)) for question in asked)])
    _workbook(path, "Form1", rows)


def google_forms(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV as the form itself hands it out: all quoted, the year first, and a zone after the time."""
    rows: Rows = [["Timestamp", "Email Address", *_google_header(bank)]]
    rows += [[f"{one.ended:%Y/%m/%d %-I:%M:%S %p} GMT+1", "", *_google_row(bank, one)] for one in people]
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8")


def google_sheets(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """The sheet that answers are linked to, saved as XLSX."""
    rows: Rows = [["Timestamp", *_google_header(bank)]]
    rows += [[one.ended, *_google_row(bank, one)] for one in people]
    _workbook(path, "Form Responses 1", rows)


def _google_header(bank: Bank) -> Iterator[Cell]:
    yield from (TEAM, ROLE, *(entry.text for entry in bank.profile))
    for at, question in enumerate(bank.ordered_questions, start=1):
        yield from (f"{at}. {question.text}", "Comments")


def _google_row(bank: Bank, one: Sent) -> Iterator[Cell]:
    yield from (one.assessment.team.name, one.role(bank), *(one.option(bank, entry.id) for entry in bank.profile))
    yield from answers(bank, one)


def limesurvey(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with a byte order mark, codes and texts in the header, full answers; "N/A" where a question was not shown."""
    header: list[Cell] = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page"]
    header += ["startlanguage. Start language", "seed. Seed", "startdate. Date started", "datestamp. Date last action"]
    header += [f"G00Q01. {TEAM}", f"G00Q02. {ROLE}"]
    header += [f"G00Q{at:02d}. {entry.text}" for at, entry in enumerate(bank.profile, start=3)]
    for at, question in enumerate(bank.ordered_questions, start=1):
        code = f"G01Q{at:02d}"
        header += [f"{code}. {question.text}", f"{code}[comment]. {question.text} [Comment]"]
    rows: Rows = [header]
    for one in people:
        asked = {question.id for question in bank.asked(one.assessment.team.profile)}
        row: list[Cell] = [
            one.number,
            f"{one.ended}",
            6,
            "en",
            1_000_000 + one.number,
            f"{one.started}",
            f"{one.ended}",
        ]
        row += [one.assessment.team.name, one.role(bank), *(one.option(bank, entry.id) for entry in bank.profile)]
        for question in bank.ordered_questions:
            response = one.response(question)
            shown = question.id in asked or response.answered
            row += [answer(question, response) if shown else "N/A", comment(response)]
        rows.append(row)
    path.write_text(csv_text(rows, ",", quoted=True) + "\r\n", encoding="utf-8-sig")


def limesurvey_codes(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with codes alone, in the header and in the answers: levels in their order, then the two other answers."""
    header: list[Cell] = ["id", "submitdate", "lastpage", "startlanguage", "seed", "team"]
    header += [question.id.replace("-", "") for question in bank.ordered_questions]
    rows: Rows = [header]
    for one in people:
        row: list[Cell] = [one.number, f"{one.ended}", 6, "en", 1_000_000 + one.number, one.assessment.team.name]
        rows.append([*row, *(_code(question, one.response(question)) for question in bank.ordered_questions)])
    path.write_text(csv_text(rows, ";", quoted=True) + "\r\n", encoding="utf-8-sig")


def _code(question: Question, response: Response) -> str:
    if response.level is not None:
        at = next(at for at, level in enumerate(question.levels, start=1) if level.value == response.level)
        return f"AO{at:02d}"
    count = len(question.levels)
    return f"AO{count + 1:02d}" if response.unknown else f"AO{count + 2:02d}" if response.not_applicable else ""


def surveymonkey(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with two rows of headings; American dates; a comment is headed below, with nothing above."""
    first, second = _surveymonkey_header(bank)
    rows: Rows = [first, second]
    rows += [_surveymonkey_row(bank, one, "%m/%d/%Y %I:%M:%S %p") for one in people]
    path.write_text(csv_text(rows, ","), encoding="utf-8-sig")


def surveymonkey_workbook(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """The same as XLSX, with times as text."""
    first, second = _surveymonkey_header(bank)
    rows: Rows = [first, second]
    rows += [_surveymonkey_row(bank, one, "%Y-%m-%d %H:%M:%S") for one in people]
    _workbook(path, "Sheet", rows)


def _surveymonkey_header(bank: Bank) -> tuple[list[Cell], list[Cell]]:
    own = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
    own += ["Email Address", "First Name", "Last Name", "Custom Data 1"]
    first: list[Cell] = [*own, TEAM, ROLE]
    second: list[Cell] = [*([""] * len(own)), "Open-Ended Response", "Response"]
    for entry in bank.profile:
        first.append(entry.text)
        second.append("Response")
    for question in bank.ordered_questions:
        first += [question.text, ""]
        second += ["Response", "Other (please specify)"]
    return first, second


def _surveymonkey_row(bank: Bank, one: Sent, time: str) -> list[Cell]:
    row: list[Cell] = [f"1184720{one.number:05d}", "446123987", one.started.strftime(time), one.ended.strftime(time)]
    row += ["203.0.113.7", "someone@example.org", "A", "Person", ""]
    row += [one.assessment.team.name, one.role(bank), *(one.option(bank, entry.id) for entry in bank.profile)]
    return [*row, *answers(bank, one)]


def kobo(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV of our own form with the names and values of its XML, and its groups before the names."""
    fields = [*_fields(bank)]
    own = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by"]
    own += ["__version__", "_tags", "_index"]
    rows: Rows = [["start", "end", *(field.xml for field in fields), *own]]
    for one in people:
        times = [f"{one.started.isoformat()}.000+01:00", f"{one.ended.isoformat()}.000+01:00"]
        rows.append([*times, *(field.value(one) for field in fields), *_kobo_own(one)])
    path.write_text(csv_text(rows, ";", quoted=True), encoding="utf-8-sig")


def kobo_labels(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """XLSX of our own form with its labels, in the header and in the answers; what is computed has none."""
    fields = [*_fields(bank)]
    own = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by"]
    own += ["__version__", "_tags", "_index"]
    rows: Rows = [[*(field.label for field in fields), *own]]
    rows += [[*(field.words(one) for field in fields), *_kobo_own(one)] for one in people]
    _workbook(path, "Ready for Peer Workers", rows)


def _kobo_own(one: Sent) -> list[Cell]:
    sent_at = f"{one.ended.isoformat()}"
    return [400_000 + one.number, one.uuid, sent_at, "", "", "submitted_via_web", "", "vY8Hq2", "", one.number]


def odk_central(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV of our own form: groups and names are joined by hyphens."""
    fields = [*_fields(bank)]
    own = ["KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status"]
    own += ["ReviewState", "DeviceID", "Edits", "FormVersion"]
    header: list[Cell] = ["SubmissionDate", *(field.xml.replace("/", "-") for field in fields), "meta-instanceID", *own]
    rows: Rows = [header]
    for one in people:
        key = f"uuid:{one.uuid}"
        after: list[Cell] = [key, key, 5, "Someone", 0, 0, "", "", "", 0, bank.version]
        rows.append([f"{one.ended.isoformat()}.123Z", *(field.value(one) for field in fields), *after])
    path.write_text(csv_text(rows, ",").replace("\r\n", "\n"), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of our XLSForm: its names, and what an export has for it."""

    xml: str
    label: str
    value: Callable[[Sent], str]
    words: Callable[[Sent], str]


def _fields(bank: Bank) -> Iterator[_Field]:
    """Yield the fields of the form that ``readiness bank export --xlsform`` writes, read from what it writes."""
    form = build_xlsform(bank)
    lists: dict[str, dict[str, str]] = {}
    for choice in form.choices:
        lists.setdefault(choice["list_name"], {})[choice["name"]] = choice["label"]
    group: list[str] = []
    for row in form.survey:
        match row["type"]:
            case "begin_group":
                group.append(row["name"])
            case "end_group":
                group.pop()
            case "note":
                yield _Field("/".join([*group, row["name"]]), row["label"], lambda _: "", lambda _: "")
            case _:
                options = lists.get(row["type"].partition(" ")[2], {})
                yield _field(bank, row, "/".join([*group, row["name"]]), options)


def _field(bank: Bank, row: Mapping[str, str], xml: str, options: Mapping[str, str]) -> _Field:
    name = row["name"]

    def value(one: Sent) -> str:
        return _xml_value(bank, name, one)

    def words(one: Sent) -> str:
        return options.get(value(one), value(one))

    return _Field(xml, row.get("label") or name, value, words)


def _xml_value(bank: Bank, name: str, one: Sent) -> str:
    answers, reference = one.assessment, one.assessment.bank
    prefix, _, rest = name.partition("_")
    rest, _, words = rest.partition("__")
    name_of = rest.replace("_", "-")
    question = bank.question_by_id.get(name_of)
    response = one.response(question) if question else Response.model_construct()
    unknown = "unknown" if response.unknown else "not_applicable" if response.not_applicable else ""
    values = {
        "bank": f"{reference.id} {reference.version} {reference.fingerprint}",
        "team": answers.team.name,
        "organisation": answers.team.organisation or "",
        "role": answers.respondent.role or "",
        "date": answers.date.isoformat(),
        "profile": answers.team.profile.get(name_of, ""),
        "why": response.not_applicable or "",
        "note": response.note or "",
        "evidence": "\n".join(response.evidence or ()),
        "q": unknown if response.level is None else str(response.level),
        "shown": "yes" if answers.respondent.shown_alone else "",
    }
    if prefix == "q" and question and int(words or 0) != _words_asked(question, answers):
        return ""
    return values.get(prefix, "computed")


def _words_asked(question: Question, answers: Assessment) -> int:
    """Return which words its levels were asked in: 0 for its own, else the number of those for the person's role."""
    known = {**answers.team.profile, "role": answers.respondent.role or ""}
    own = [wording for wording in question.wording if wording.levels]
    return max((nth for nth, wording in enumerate(own, start=1) if holds(wording.when, known)), default=0)


def plain_excel(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """What European Excel saves as CSV: Windows-1252, semicolons, the day first; short forms, typed by hand."""
    rows: Rows = [["Team", "Organisation", "Role", "Date", *_plain_header(bank)]]
    for one in people:
        team = one.assessment.team
        row: list[Cell] = [team.name, team.organisation or "", one.role(bank), f"{one.assessment.date:%d/%m/%Y}"]
        rows.append([*row, *_plain_row(bank, one)])
    path.write_bytes(csv_text(rows, ";").encode("cp1252"))


def plain_unicode(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """What Excel saves as "Unicode text": UTF-16 with tabs; dates with the month's name."""
    rows: Rows = [["Service name", "Your role", "Date", *_plain_header(bank)]]
    for one in people:
        answers = one.assessment
        row: list[Cell] = [answers.team.name, answers.respondent.role or "", f"{answers.date:%d %B %Y}"]
        rows.append([*row, *_plain_row(bank, one)])
    path.write_bytes(csv_text(rows, "\t").encode("utf-16"))


def _plain_header(bank: Bank) -> Iterator[Cell]:
    yield from (entry.id for entry in bank.profile)
    for question in bank.questions:
        yield from (question.id, f"{question.id} note")


def _plain_row(bank: Bank, one: Sent) -> Iterator[Cell]:
    yield from (one.assessment.team.profile.get(entry.id, "") for entry in bank.profile)
    for question in bank.questions:
        response = one.response(question)
        yield from (short_form(response), response.note or "")


def _asked(bank: Bank, people: Sequence[Sent]) -> tuple[Question, ...]:
    return tuple(
        question
        for question in bank.ordered_questions
        if any(question.id in one.assessment.responses for one in people)
    )


def _workbook(path: Path, sheet: str, rows: Rows) -> None:
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": dt.datetime(2026, 11, 1)})  # noqa: DTZ001 — the same bytes each time
        page = book.add_worksheet(sheet)
        time = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    page.write_datetime(at, column, cell, time)
                elif isinstance(cell, str):
                    page.write_string(at, column, cell)
                else:
                    page.write_number(at, column, cell)


SHAPES: Mapping[str, Callable[[Bank, Sequence[Sent], Path], None]] = {
    "microsoft-forms.xlsx": microsoft_forms,
    "google-forms.csv": google_forms,
    "google-sheets.xlsx": google_sheets,
    "limesurvey.csv": limesurvey,
    "surveymonkey.csv": surveymonkey,
    "surveymonkey.xlsx": surveymonkey_workbook,
    "kobo.csv": kobo,
    "kobo-labels.xlsx": kobo_labels,
    "odk-central.csv": odk_central,
    "excel-windows.csv": plain_excel,
    "excel-unicode.txt": plain_unicode,
    **MORE_SHAPES,
}
"""The shapes that carry everything, and are collected without a mapping file."""
