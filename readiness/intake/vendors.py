"""Survey programs as data: how each export is known, and which columns are the program's own.

A program's own columns say when and by whom the form was sent. None of them is ever written into an assessment but
the date. Headings are compared as they stand, but for case and spaces: "_notes" is KoBoToolbox's own column, and
"Notes" is not. ``tests/exports/README.md`` says what each shape rests on.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass


def literal(heading: str) -> str:
    """Return a heading as it is compared with a program's own: case and spaces aside."""
    return " ".join(heading.split()).casefold()


@dataclass(frozen=True, slots=True)
class Vendor:
    """A survey program.

    ``signature``: the headings that prove it, all of them, each given with its other names. ``own``: the headings of
    its own columns; ``own_pattern``: more of them. ``dates``: the columns with a response's date, best first.
    ``identity``: what tells one response from all others, wherever it stands. ``second_header``: whether a second row
    of headings follows the first. ``grouped``: whether a heading can have the names of groups before its own.
    ``empty``: the texts of a cell if nothing was asked.
    """

    name: str
    signature: tuple[frozenset[str], ...]
    own: frozenset[str]
    dates: tuple[str, ...]
    identity: tuple[str, ...]
    own_pattern: re.Pattern[str] | None = None
    second_header: bool = False
    grouped: bool = False
    empty: frozenset[str] = frozenset()

    def wrote(self, headings: Collection[str]) -> bool:
        """Return whether a table with these headings (as ``literal`` leaves them) is this program's."""
        return bool(self.signature) and all(any(name in headings for name in names) for names in self.signature)

    def needs(self, heading: str) -> bool:
        """Return whether this heading (as ``literal`` leaves it) tells the program, a date, or a response."""
        return heading in (*self.dates, *self.identity) or any(heading in names for names in self.signature)

    def owns(self, heading: str) -> bool:
        """Return whether the column with this heading (as ``literal`` leaves it) is the program's own."""
        return heading in self.own or bool(self.own_pattern and self.own_pattern.fullmatch(heading))


def _any(*names: str) -> frozenset[str]:
    return frozenset(map(literal, names))


def _lime(code: str, text: str) -> tuple[str, str, str]:
    """Return the three ways in which LimeSurvey can head one of its own columns: code, text, or both."""
    return code, text, f"{code}. {text}"


_LIME_COLUMNS = (
    _lime("id", "Response ID"),
    _lime("submitdate", "Date submitted"),
    _lime("lastpage", "Last page"),
    _lime("startlanguage", "Start language"),
    _lime("seed", "Seed"),
    _lime("startdate", "Date started"),
    _lime("datestamp", "Date last action"),
    _lime("ipaddr", "IP address"),
    _lime("refurl", "Referrer URL"),
    _lime("token", "Access code"),
    _lime("firstname", "First name"),
    _lime("lastname", "Last name"),
    _lime("email", "Email address"),
    _lime("interviewtime", "Total time"),
)

MICROSOFT_FORMS = Vendor(
    name="Microsoft Forms",
    signature=(_any("ID"), _any("Start time"), _any("Completion time")),
    own=_any(
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Last modified time",
        "Language",
        "Total points",
        "Quiz feedback",
        "Grade posted time",
    ),
    own_pattern=re.compile("(points|feedback) - .+", re.DOTALL),
    dates=("completion time", "start time"),
    identity=("id", "start time"),
)

KOBO = Vendor(
    name="KoBoToolbox",
    signature=(_any("_uuid"), _any("_submission_time")),
    own=_any(
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "simserial",
        "subscriberid",
        "audit",
        "background-audio",
        "_id",
        "_uuid",
        "_submission_time",
        "_validation_status",
        "_notes",
        "_status",
        "_submitted_by",
        "__version__",
        "_version_",
        "_tags",
        "_index",
        "_parent_index",
        "_parent_table_name",
        "formhub/uuid",
        "meta/instanceID",
        "meta/instanceName",
        "meta/rootUuid",
        "meta/deprecatedID",
    ),
    dates=("today", "_submission_time"),
    identity=("_id", "_uuid"),
    grouped=True,
)

ODK_CENTRAL = Vendor(
    name="ODK Central",
    signature=(_any("SubmissionDate"), _any("KEY")),
    own=_any(
        "SubmissionDate",
        "KEY",
        "SubmitterID",
        "SubmitterName",
        "AttachmentsPresent",
        "AttachmentsExpected",
        "Status",
        "ReviewState",
        "DeviceID",
        "Edits",
        "FormVersion",
        "start",
        "end",
        "today",
        "username",
        "subscriberid",
        "phonenumber",
        "email",
        "instanceID",
        "instanceName",
        "meta-instanceID",
        "meta-instanceName",
        "meta-audit",
    ),
    dates=("today", "submissiondate"),
    identity=("key",),
    grouped=True,
)

LIMESURVEY = Vendor(
    name="LimeSurvey",
    signature=(_any(*_lime("id", "Response ID")), _any(*_lime("submitdate", "Date submitted"))),
    own=frozenset(literal(name) for names in _LIME_COLUMNS for name in names),
    own_pattern=re.compile(r"attribute_\d+(\. .+)?|(\w+time\. )?(group|question) time: .+|grouptime\d+", re.DOTALL),
    dates=tuple(
        literal(name)
        for names in (_lime("submitdate", "Date submitted"), _lime("datestamp", "Date last action"))
        for name in names
    ),
    identity=tuple(
        literal(name)
        for names in (_lime("id", "Response ID"), _lime("seed", "Seed"), _lime("startdate", "Date started"))
        for name in names
    ),
    empty=frozenset({"N/A"}),
)

SURVEYMONKEY = Vendor(
    name="SurveyMonkey",
    signature=(_any("Respondent ID"), _any("Collector ID")),
    own=_any(
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
        "Email Address",
        "First Name",
        "Last Name",
        "Date Created",
        "Date Modified",
    ),
    own_pattern=re.compile(r"custom data( \d+)?"),
    dates=("end date", "start date", "date modified", "date created"),
    identity=("respondent id",),
    second_header=True,
)

GOOGLE_FORMS = Vendor(
    name="Google Forms",
    signature=(_any("Timestamp"),),
    own=_any("Timestamp", "Email Address", "Username", "Score", "Total score"),
    dates=("timestamp",),
    identity=("timestamp",),
)

PLAIN_TABLE = Vendor("a table", (), frozenset(), (), ())

VENDORS = (MICROSOFT_FORMS, KOBO, ODK_CENTRAL, LIMESURVEY, SURVEYMONKEY, GOOGLE_FORMS)


def vendor_of(headings: Collection[str]) -> Vendor:
    """Return the program that heads its columns so (as ``literal`` leaves them); a plain table if none does."""
    return next((vendor for vendor in VENDORS if vendor.wrote(headings)), PLAIN_TABLE)
