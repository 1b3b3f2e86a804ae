"""Writes the same answers in the shape of more survey programs' exports: online forms that many services have."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from readiness.bank.model import Bank
from tests.exports.people import ROLE, TEAM, Cell, Rows, Sent, answer, answers, comment, csv_text, short_form

_TIME = "%Y-%m-%d %H:%M:%S"


def _about(bank: Bank) -> list[str]:
    return [TEAM, ROLE, *(entry.text for entry in bank.profile)]


def _said_about(bank: Bank, one: Sent) -> list[Cell]:
    return [one.assessment.team.name, one.role(bank), *(one.option(bank, entry.id) for entry in bank.profile)]


def qualtrics(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with three rows of headings: codes, words, and an id for importing."""
    own = {
        "StartDate": "Start Date",
        "EndDate": "End Date",
        "Status": "Response Type",
        "IPAddress": "IP Address",
        "Progress": "Progress",
        "Duration (in seconds)": "Duration (in seconds)",
        "Finished": "Finished",
        "RecordedDate": "Recorded Date",
        "ResponseId": "Response ID",
        "RecipientEmail": "Recipient Email",
        "DistributionChannel": "Distribution Channel",
        "UserLanguage": "User Language",
    }
    asked = [words for question in bank.ordered_questions for words in (question.text, "Comments")]
    words: list[Cell] = [*own.values(), *_about(bank), *asked]
    codes: list[Cell] = [*own, *(f"Q{at}" for at in range(1, len(words) - len(own) + 1))]
    imports: list[Cell] = [json.dumps({"ImportId": f"QID{at}"}, separators=(",", ":")) for at in range(len(words))]
    rows: Rows = [codes, words, imports]
    for one in people:
        times = [one.started.strftime(_TIME), one.ended.strftime(_TIME)]
        row: list[Cell] = [*times, "IP Address", "203.0.113.7", 100, 1029, "True", times[1], f"R_{one.uuid}"]
        row += ["someone@example.org", "anonymous", "EN-GB"]
        rows.append([*row, *_said_about(bank, one), *answers(bank, one)])
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8-sig")


def alchemer(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV in which a comment is headed "Comments:" and its question, and a title can end in a space."""
    own: list[Cell] = ["Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "Legacy Comments"]
    own += ["Comments", "Language", "Referer", "SessionID", "User Agent", "Tags", "IP Address", "Longitude", "Latitude"]
    own += ["Country", "City", "State/Region", "Postal"]
    asked = [f"{lead}{question.text} " for question in bank.ordered_questions for lead in ("", "Comments:")]
    rows: Rows = [[*own, *_about(bank), *asked]]
    for one in people:
        row: list[Cell] = [one.number, one.started.strftime(_TIME), one.ended.strftime(_TIME), "Complete", "", "", ""]
        row += ["English", "", one.uuid, "Mozilla/5.0", "", "203.0.113.7", "-0.1", "51.5", "United Kingdom", "", "", ""]
        rows.append([*row, *_said_about(bank, one), *answers(bank, one)])
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8-sig")


def smartsurvey(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with two rows of headings and British dates."""
    own: list[Cell] = ["UserID", "UserNo", "Name", "Email", "IP Address", "Unique ID", "Started", "Ended"]
    first, second = [*own, *_about(bank)], ["" for _ in (*own, *_about(bank))]
    for at, question in enumerate(bank.ordered_questions, start=1):
        first += [f"Q{at}. {question.text}", ""]
        second += ["Response", "Comments"]
    rows: Rows = [first, [*second]]
    for one in people:
        times = [f"{time:%d/%m/%Y %H:%M:%S}" for time in (one.started, one.ended)]
        row: list[Cell] = [1184720 + one.number, one.number, "A Person", "", "203.0.113.7", "", *times]
        rows.append([*row, *_said_about(bank, one), *answers(bank, one)])
    path.write_text(csv_text(rows, ","), encoding="utf-8-sig")


def online_surveys(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV in which all is numbered, and the boxes below a question are 7.a, 7.b …; British dates."""
    header: list[Cell] = ["Unique Response Number", "Date and time started", "Date and time submitted"]
    about = _about(bank)
    header += [f"{at}. {text}" for at, text in enumerate(about, start=1)]
    for at, question in enumerate(bank.ordered_questions, start=len(about) + 1):
        header += [f"{at}. {question.text}", f"{at}.a. Comments"]
    rows: Rows = [header]
    for one in people:
        times = [f"{time:%d/%m/%Y %H:%M}" for time in (one.started, one.ended)]
        rows.append([f"1001-{one.number:06d}-1234567", *times, *_said_about(bank, one), *answers(bank, one)])
    path.write_text(csv_text(rows, ","), encoding="utf-8-sig")


def jotform(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with the date first, in words, and the program's own columns at both ends."""
    asked = [text for question in bank.ordered_questions for text in (question.text, "Comments")]
    rows: Rows = [["Submission Date", *_about(bank), *asked, "Submission IP", "Submission ID", "Last Update Date"]]
    for one in people:
        own: list[Cell] = ["203.0.113.7", f"58483952{one.number:09d}", ""]
        time = f"{one.ended:%b %d, %Y %H:%M:%S}"
        rows.append([time, *_said_about(bank, one), *answers(bank, one), *own])
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8")


def typeform(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with a token first, and times in UTC at the end."""
    asked = [text for question in bank.ordered_questions for text in (f"**{question.text}**", "Comments")]
    after = ["Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"]
    rows: Rows = [["#", *_about(bank), *asked, *after]]
    for one in people:
        times = [one.started.strftime(_TIME), "", one.ended.strftime(_TIME)]
        own: list[Cell] = ["completed", *times, "48583952aa", ""]
        rows.append([one.uuid.replace("-", ""), *_said_about(bank, one), *answers(bank, one), *own])
    path.write_text(csv_text(rows, ","), encoding="utf-8")


def redcap(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with raw field names and values; a form's time stands before its fields, its state after them."""
    names = [question.id.replace("-", "_") for question in bank.ordered_questions]
    profile = [f"profile_{entry.id.replace('-', '_')}" for entry in bank.profile]
    header: list[Cell] = ["record_id", "redcap_survey_identifier", "readiness_timestamp", "team", "role", *profile]
    header += [field for name in names for field in (name, f"{name}_note")]
    rows: Rows = [[*header, "readiness_complete"]]
    for one in people:
        said = one.assessment
        row: list[Cell] = [one.number, "", one.ended.strftime(_TIME), said.team.name, said.respondent.role or ""]
        row += [said.team.profile.get(entry.id, "") for entry in bank.profile]
        for question in bank.ordered_questions:
            response = one.response(question)
            row += ["n/a" if response.not_applicable else short_form(response), comment(response)]
        rows.append([*row, 2])
    path.write_text(csv_text(rows, ","), encoding="utf-8")


def redcap_labels(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """The same with labels in headings and answers; a label can hold HTML."""
    asked = [text for question in bank.ordered_questions for text in (f"<b>{question.text}</b>", "Comments")]
    own: list[Cell] = ["Record ID", "Survey Identifier", "Survey Timestamp"]
    rows: Rows = [[*own, *_about(bank), *asked, "Complete?"]]
    for one in people:
        row: list[Cell] = [one.number, "", one.ended.strftime(_TIME)]
        rows.append([*row, *_said_about(bank, one), *answers(bank, one), "Complete"])
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8")


def nextcloud_forms(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV with a second row of ids, which a spreadsheet hides."""
    asked = [text for question in bank.ordered_questions for text in (question.text, "Comments")]
    header: list[Cell] = ["Submission ID", "User ID", "User display name", "Timestamp", *_about(bank), *asked]
    ids: list[Cell] = ["submission_id", "user_id", "user_display_name", "timestamp"]
    ids += [f"question-id-{at}" for at in range(len(header) - len(ids))]
    rows: Rows = [header, ids]
    for one in people:
        row: list[Cell] = [one.number, "", "Anonymous user", f"{one.ended.isoformat()}+01:00"]
        rows.append([*row, *_said_about(bank, one), *answers(bank, one)])
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8-sig")


def formbricks(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV in which all is numbered, and an option's id stands beside its words."""
    own: list[Cell] = [
        "No.",
        "Response ID",
        "Timestamp",
        "Finished",
        "Survey ID",
        "Formbricks ID (internal)",
        "User ID",
    ]
    own += ["Tags", "url", "source", "userAgent - browser", "userAgent - os", "userAgent - device", "country"]
    header = own
    for at, text in enumerate(_about(bank), start=1):
        header = [*header, f"{at}. {text}"] if at == 1 else [*header, f"{at}. {text}", f"{at}. {text} - Option ID"]
    number = len(_about(bank))
    for question in bank.ordered_questions:
        header = [*header, f"{number + 1}. {question.text}", f"{number + 1}. {question.text} - Option ID"]
        header = [*header, f"{number + 2}. Comments"]
        number += 2
    rows: Rows = [header]
    for one in people:
        row: list[Cell] = [one.number, f"cm1{one.uuid}", one.ended.strftime(_TIME), "Yes", "cm1survey", "", "", ""]
        row += ["https://app.example.org/s/1", "link", "Chrome", "Windows", "desktop", "GB"]
        team, *said = _said_about(bank, one)
        row += [team, *(cell for text in said for cell in (text, "cho1ce"))]
        for question in bank.ordered_questions:
            response = one.response(question)
            row += [answer(question, response), "cho1ce", comment(response)]
        rows.append(row)
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8")


def surveyjs(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """JSON results: a list of objects, with what was left out left out, and a comment under its question's name."""
    results = []
    for one in people:
        said = one.assessment
        row: dict[str, object] = {
            "Id": one.number,
            "HappendAt": f"{one.ended.isoformat()}.4113Z",
            "team": said.team.name,
        }
        row |= {"role": said.respondent.role, **said.team.profile}
        for question in bank.ordered_questions:
            response = one.response(question)
            cells = {question.id: answer(question, response), f"{question.id}-Comment": comment(response)}
            row |= {name: text for name, text in cells.items() if text}
        results.append(row)
    path.write_text(json.dumps(results, indent=1), encoding="utf-8")


def surveyjs_table(bank: Bank, people: Sequence[Sent], path: Path) -> None:
    """CSV of its table of results: titles and words; a grid's rows are joined to its title."""
    asked = [f"Peer Workers >> {question.text}" for question in bank.ordered_questions]
    notes = [f"{question.text} - Comment" for question in bank.ordered_questions]
    rows: Rows = [["HappendAt", *_about(bank), *asked, *notes]]
    for one in people:
        given = [answer(question, one.response(question)) for question in bank.ordered_questions]
        said = [comment(one.response(question)) for question in bank.ordered_questions]
        rows.append([f"{one.ended.isoformat()}Z", *_said_about(bank, one), *given, *said])
    path.write_text(csv_text(rows, ",", quoted=True), encoding="utf-8")


MORE_SHAPES: Mapping[str, Callable[[Bank, Sequence[Sent], Path], None]] = {
    "qualtrics.csv": qualtrics,
    "alchemer.csv": alchemer,
    "smartsurvey.csv": smartsurvey,
    "jisc-online-surveys.csv": online_surveys,
    "jotform.csv": jotform,
    "typeform.csv": typeform,
    "redcap.csv": redcap,
    "redcap-labels.csv": redcap_labels,
    "nextcloud-forms.csv": nextcloud_forms,
    "formbricks.csv": formbricks,
    "surveyjs.json": surveyjs,
    "surveyjs.csv": surveyjs_table,
}
