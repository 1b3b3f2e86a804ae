"""Survey programs as data: how each export is known, which columns are the program's own, which rows are no answers.

A program's own columns say when and by whom the form was sent. None of them is ever written into an assessment but
the date. A program is known by enough of its own columns: two common ones, such as a response's number and date, prove
none. ``docs/programs.md`` is written from this file.
"""

from collections.abc import Sequence

from readiness.intake.mapping import DateOrder
from readiness.intake.vendor import Aside, Below, HeadingNames, RowRule, Vendor

_any, _rows, _unless = HeadingNames.of, RowRule.of, RowRule.unless


def _lime(code: str, text: str) -> str:
    """Return the three ways in which LimeSurvey can head one of its own columns: code, text, or both."""
    return f"{code},{text},{code}. {text}"


_LIME_ID, _LIME_SENT = _lime("id", "Response ID"), _lime("submitdate", "Date submitted")
_LIME_PAGE, _LIME_LANGUAGE = _lime("lastpage", "Last page"), _lime("startlanguage", "Start language")
_LIME_SEED, _LIME_START = _lime("seed", "Seed"), _lime("startdate", "Date started")
_LIME_LAST = _lime("datestamp", "Date last action")
_LIME_PEOPLE = ",".join((
    _lime("ipaddr", "IP address"), _lime("refurl", "Referrer URL"), _lime("token", "Access code"),
    _lime("firstname", "First name"), _lime("lastname", "Last name"), _lime("email", "Email address"),
    _lime("interviewtime", "Total time"),
))  # fmt: skip

MICROSOFT_FORMS = Vendor(
    name="Microsoft Forms",
    rests_on="headings that public scripts read (tests/exports/README.md)",
    signature=(_any("ID"), _any("Start time"), _any("Completion time")),
    own=_any(
        "ID,Start time,Completion time,Email,Name,Last modified time,Language,Total points,Quiz feedback,"
        "Grade posted time,Points - *,Feedback - *"
    ),
    dates=_any("Completion time,Start time"),
    identity=_any("ID,Start time"),
)

KOBO = Vendor(
    name="KoBoToolbox",
    rests_on="https://github.com/kobotoolbox/formpack",
    signature=(_any("_uuid"), _any("_submission_time")),
    own=_any(
        "start,end,today,deviceid,username,phonenumber,simserial,subscriberid,audit,background-audio,_id,_uuid,"
        "_submission_time,_validation_status,_notes,_status,_submitted_by,__version__,_version_,_tags,_index,"
        "_parent_index,_parent_table_name,formhub/uuid,meta/instanceID,meta/instanceName,meta/rootUuid,"
        "meta/deprecatedID"
    ),
    dates=_any("today,_submission_time"),
    number=_any("_id"),  # an edit gives the submission another _uuid
    asides=(_rows(Aside.REFUSED, "_validation_status", "Not Approved,validation_status_not_approved"),),
    grouped=True,
)

ODK_CENTRAL = Vendor(
    name="ODK Central",
    rests_on="https://github.com/getodk/central-backend (test/integration/api/submissions.js)",
    signature=(_any("SubmissionDate"), _any("KEY")),
    own=_any(
        "SubmissionDate,KEY,SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,ReviewState,"
        "DeviceID,Edits,FormVersion,start,end,today,username,subscriberid,phonenumber,email,instanceID,instanceName,"
        "meta-instanceID,meta-instanceName,meta-audit"
    ),
    dates=_any("today,SubmissionDate"),
    number=_any("KEY"),
    asides=(_rows(Aside.REFUSED, "ReviewState", "rejected,hasIssues,has issues"),),
    grouped=True,
)

LIMESURVEY = Vendor(
    name="LimeSurvey",
    rests_on="https://github.com/LimeSurvey/LimeSurvey (application/helpers/admin/export/Writer.php)",
    # Other programs, too, have a "Response ID" and a "Date submitted": its codes prove it, or one more column.
    signature=(
        _any(_LIME_ID),
        _any(_LIME_SENT),
        _any(f"{_LIME_LAST},submitdate,submitdate. Date submitted,{_LIME_PAGE},{_LIME_LANGUAGE},{_LIME_SEED}"),
    ),
    own=_any(
        f"{_LIME_ID},{_LIME_SENT},{_LIME_PAGE},{_LIME_LANGUAGE},{_LIME_SEED},{_LIME_START},{_LIME_LAST},{_LIME_PEOPLE},"
        "attribute_*,group time: *,question time: *,*time. group time: *,*time. question time: *,grouptime*"
    ),
    dates=_any(f"{_LIME_SENT},{_LIME_LAST}"),
    identity=_any(f"{_LIME_ID},{_LIME_SEED},{_LIME_START}"),
    asides=(_rows(Aside.UNFINISHED, _LIME_SENT, ",N/A"),),
    empty=frozenset({"N/A"}),
)

SURVEYMONKEY = Vendor(
    name="SurveyMonkey",
    rests_on="https://rdrr.io/github/wmurphyrd/monkeywrangler/man/loadSurveyMonkeyXLS.html",
    signature=(_any("Respondent ID"), _any("Collector ID")),
    own=_any(
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Date Created,"
        "Date Modified,Response Status,Custom Data,Custom Data *"
    ),
    dates=_any("End Date,Start Date,Date Modified,Date Created"),
    number=_any("Respondent ID"),
    asides=(
        _rows(Aside.UNFINISHED, "Response Status", "partial,incomplete"),
        _rows(Aside.REFUSED, "Response Status", "disqualified,over quota"),
    ),
    below=(Below.PARTS,),
)

QUALTRICS = Vendor(
    name="Qualtrics",
    rests_on="https://search.r-project.org/CRAN/refmans/excluder/html/qualtrics_fetch.html",
    signature=(_any("StartDate,Start Date"), _any("RecordedDate,Recorded Date"), _any("ResponseId,Response ID")),
    own=_any(
        "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,"
        "RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,"
        "DistributionChannel,UserLanguage,ResponseSet,ExternalDataReference,Start Date,End Date,Response Type,"
        "IP Address,Recorded Date,Response ID,Recipient Last Name,Recipient First Name,Recipient Email,"
        "External Data Reference,Location Latitude,Location Longitude,Distribution Channel,User Language,"
        "Q_BallotBoxStuffing,Q_RecaptchaScore,Q_RelevantID*,Q_Duplicate*,Q_TotalDuration,Q_TerminateFlag,Q_Language,"
        "Q_URL,*first click,*last click,*page submit,*click count"
    ),
    dates=_any("EndDate,End Date,RecordedDate,Recorded Date,StartDate,Start Date"),
    number=_any("ResponseId,Response ID"),
    asides=(
        _rows(Aside.TEST, "Status,Response Type", "survey preview,survey test,offline survey preview,1,2,17"),
        _rows(Aside.TEST, "DistributionChannel,Distribution Channel", "preview,test"),
        _rows(Aside.SPAM, "Status,Response Type", "spam,survey preview spam,imported spam,ex spam,8,9,12,40"),
        _unless(Aside.UNFINISHED, "Finished"),
    ),
    below=(Below.WORDS, Below.CODES),
)

ALCHEMER = Vendor(
    name="Alchemer",
    rests_on="https://apihelp.alchemer.com/help/surveyresponse-returned-fields-v5",
    signature=(
        _any("Response ID"),
        _any("Date Submitted"),
        _any("Contact ID,Legacy Comments,SessionID,Time Started"),
    ),
    own=_any(
        "Response ID,Time Started,Date Submitted,Status,Contact ID,Legacy Comments,Comments,Language,Referer,"
        "Extended Referer,SessionID,User Agent,Extended User Agent,Tags,IP Address,Longitude,Latitude,Country,City,"
        "State/Region,Postal,DMA,Response Time,Link Name,Data Quality,Test Data,URL Variable: *"
    ),
    dates=_any("Date Submitted,Time Started"),
    number=_any("SessionID"),
    identity=_any("Response ID,Time Started"),
    asides=(
        _rows(Aside.TEST, "Status", "test,test data"),
        RowRule.marked(Aside.TEST, "Test Data"),
        _rows(Aside.UNFINISHED, "Status", "partial,in progress,abandoned"),
        _rows(Aside.REFUSED, "Status", "disqualified,deleted,rejected"),
    ),
)

SMARTSURVEY = Vendor(
    name="SmartSurvey",
    rests_on="headings that public scripts drop: UserID to Ended, with a second row of headings",
    signature=(_any("UserNo,User No"), _any("Started"), _any("Ended")),
    own=_any(
        "UserID,User ID,UserNo,User No,Name,Email,IP Address,Unique ID,Started,Ended,Completed,Status,Response Status,"
        "Tracking Link,Collector,Device,Browser,Page Path,Custom Value *"
    ),
    dates=_any("Ended,Started"),
    number=_any("UserID,User ID,Unique ID"),
    identity=_any("Started"),
    asides=(
        _rows(Aside.UNFINISHED, "Ended", ""),
        _rows(Aside.UNFINISHED, "Status,Response Status", "partial,incomplete"),
        _unless(Aside.UNFINISHED, "Completed"),
        _rows(Aside.REFUSED, "Status,Response Status", "disqualified"),
    ),
    below=(Below.PARTS,),
    date_order=DateOrder.DAY_FIRST,
)

ONLINE_SURVEYS = Vendor(
    name="Jisc Online Surveys",
    rests_on="headings that public scripts read: Unique Response Number, and its dates",
    signature=(
        _any("Unique Response Number,URN"),
        _any("Date and time submitted,Submission date,Date submitted,Completion date"),
    ),
    own=_any(
        "Unique Response Number,URN,Date and time started,Date and time submitted,Submission date,Date submitted,"
        "Date started,Start date,Completion date,Completion time,Completed"
    ),
    dates=_any(
        "Date and time submitted,Submission date,Date submitted,Completion date,Date and time started,Date started,"
        "Start date"
    ),
    number=_any("Unique Response Number,URN"),
    asides=(
        _rows(Aside.UNFINISHED, "Date and time submitted,Submission date,Date submitted,Completion date", ""),
        _unless(Aside.UNFINISHED, "Completed"),
    ),
    date_order=DateOrder.DAY_FIRST,
)

JOTFORM = Vendor(
    name="Jotform",
    rests_on="https://docs.skyvia.com/connectors/cloud-sources/jotform_connections.html, and its table of submissions",
    signature=(
        _any("Submission Date"),
        _any("Submission ID,Submission IP,Last Update Date,Submission Edit URL,Edit Link,Flow Status"),
    ),
    own=_any(
        "Submission Date,Submission ID,Submission IP,IP,Last Update Date,Submission Edit URL,Edit Link,Submission URL,"
        "Flow Status,Workflow Status,Approval Status,Approver,User Agent,Get Page URL,Unique ID,Submission Status"
    ),
    dates=_any("Submission Date,Last Update Date"),
    number=_any("Submission ID"),
    asides=(
        _rows(Aside.REFUSED, "Flow Status,Workflow Status,Approval Status", "denied,rejected,deny,reject"),
        _rows(Aside.UNFINISHED, "Submission Status", "incomplete,draft,in progress"),
    ),
)

TYPEFORM = Vendor(
    name="Typeform",
    rests_on="https://typeform.com/developers/responses/reference/retrieve-responses, and headings in public scripts",
    signature=(_any("Submit Date (UTC)"), _any("Network ID,#,Start Date (UTC)")),
    own=_any(
        "#,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending,Score,Outcome,"
        "Browser,Platform"
    ),
    dates=_any("Submit Date (UTC),Stage Date (UTC),Start Date (UTC)"),
    number=_any("#"),
    asides=(
        _rows(Aside.UNFINISHED, "Response Type", "started,partial"),
        _rows(Aside.UNFINISHED, "Submit Date (UTC)", ""),
    ),
)

REDCAP = Vendor(
    name="REDCap",
    rests_on="https://rdrr.io/pkg/REDCapR/man/redcap_read_oneshot.html",
    signature=(
        _any("record_id,Record ID,redcap_survey_identifier,Survey Identifier,redcap_event_name,Event Name"),
        _any("*_complete,Complete?"),
    ),
    own=_any(
        "record_id,Record ID,redcap_event_name,Event Name,redcap_repeat_instrument,Repeat Instrument,"
        "redcap_repeat_instance,Repeat Instance,redcap_data_access_group,Data Access Group,redcap_survey_identifier,"
        "Survey Identifier,*_timestamp,Survey Timestamp,*_complete,Complete?"
    ),
    dates=_any("*_timestamp,Survey Timestamp"),
    identity=_any(
        "record_id,Record ID,redcap_event_name,Event Name,redcap_repeat_instance,Repeat Instance,"
        "redcap_survey_identifier,Survey Identifier"
    ),
    asides=(
        _rows(Aside.UNFINISHED, "*_timestamp,Survey Timestamp", "[not completed]"),
        _rows(Aside.UNFINISHED, "*_complete,Complete?", "0,incomplete", every=True),
    ),
    empty=frozenset({"[not completed]"}),
)

NEXTCLOUD_FORMS = Vendor(
    name="Nextcloud Forms",
    rests_on="https://github.com/nextcloud/forms (lib/Service/SubmissionService.php)",
    signature=(_any("User ID"), _any("User display name"), _any("Timestamp")),
    own=_any("Submission ID,User ID,User display name,Timestamp,submission_id,user_id,user_display_name,question-id-*"),
    dates=_any("Timestamp"),
    number=_any("Submission ID"),
    below=(Below.CODES,),
)

FORMBRICKS = Vendor(
    name="Formbricks",
    rests_on="https://github.com/formbricks/formbricks (packages/lib/response)",
    signature=(_any("Response ID"), _any("Survey ID"), _any("Finished"), _any("Timestamp")),
    own=_any(
        "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,Notes,Tags,url,source,action,"
        "country,ipAddress,userAgent - *,Verified Email,Quotas,* - Option ID"
    ),
    dates=_any("Timestamp"),
    number=_any("Response ID"),
    asides=(_unless(Aside.UNFINISHED, "Finished"),),
)

SURVEYJS = Vendor(
    name="SurveyJS",
    rests_on="https://surveyjs.io/dashboard/documentation/set-up-table-view-html-css-javascript",
    signature=(_any("HappendAt,HappenedAt"),),
    own=_any("HappendAt,HappenedAt,Id,InstanceId,ResultId,IPAddress,pageNo,locale,timeSpent,isCompleted"),
    dates=_any("HappendAt,HappenedAt"),
    number=_any("InstanceId,ResultId,Id"),
    asides=(_unless(Aside.UNFINISHED, "isCompleted"),),
)

GOOGLE_FORMS = Vendor(
    name="Google Forms",
    rests_on="responses kept in public repositories (tests/exports/README.md)",
    signature=(_any("Timestamp"),),
    own=_any("Timestamp,Email Address,Username,Score,Total score"),
    dates=_any("Timestamp"),
    first="timestamp",  # the word alone is common
)

PLAIN_TABLE = Vendor(
    name="a table",
    rests_on="",
    signature=(),
    own=_any(
        "Response ID,Respondent ID,Respondent Number,Submission ID,Unique Response Number,Collector ID,Session ID,"
        "SessionID,Network ID,IP,IP Address,User Agent,Timestamp,Date Submitted,Submission Date,Submitted at,"
        "Date and time submitted,Completion time,Start time,End time,Date started,Time Started,Date and time started"
    ),
    dates=_any(
        "Date Submitted,Submission Date,Submitted at,Date and time submitted,Timestamp,Completion time,End time,"
        "Start time,Date started,Time Started,Date and time started"
    ),
    number=_any("Response ID,Submission ID,Unique Response Number,Respondent ID,Respondent Number"),
)
"""A table of no program that is known. Columns that many programs have are known in it, too."""

VENDORS = (
    MICROSOFT_FORMS,
    KOBO,
    ODK_CENTRAL,
    LIMESURVEY,
    SURVEYMONKEY,
    QUALTRICS,
    ALCHEMER,
    SMARTSURVEY,
    ONLINE_SURVEYS,
    JOTFORM,
    TYPEFORM,
    REDCAP,
    FORMBRICKS,
    NEXTCLOUD_FORMS,
    SURVEYJS,
    GOOGLE_FORMS,
)


def vendor_of(headings: Sequence[str]) -> Vendor:
    """Return the program that heads its columns so (as ``literal`` leaves them); a plain table if none does."""
    return next((vendor for vendor in VENDORS if vendor.wrote(headings)), PLAIN_TABLE)
