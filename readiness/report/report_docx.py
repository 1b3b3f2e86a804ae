"""Makes the report as a Word document, to go on working with."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from readiness.document import pictures
from readiness.document.charts import bar_in_words, scale_in_words
from readiness.document.docx import Picture, Run, WordFile
from readiness.document.docx_styles import BAND, LIGHT, RESULT, SAID, STRONG
from readiness.document.values import BandView, ScoreView
from readiness.language import _
from readiness.report.model import ActionView, AnswerView, DomainView, HeldView, Report
from readiness.report.plan_docx import how_far, numbered, when, who, who_and_when, write_plan
from readiness.report.views_docx import write_views
from readiness.theme.theme import PART_TITLES, Part, Theme

_BAR = 40.0
"""How wide a bar is, in millimetres."""


def render_docx(report: Report, theme: Theme) -> bytes:
    """Return the report as a Word document (DOCX). The same report gives the same bytes."""
    title = f"{report.title} {report.team}, {report.date_text}"
    author = theme.name or report.organisation or report.team
    file = WordFile(theme, title, author, dt.date.fromisoformat(report.date))
    file.foot(f"{report.team}, {report.date_text}", theme.footer)
    _cover(file, report, theme)
    for part in theme.parts:
        _PARTS[part](file, report, theme)
    return file.save()


def _cover(file: WordFile, report: Report, theme: Theme) -> None:
    file.logo()
    file.subtitle(report.title)
    file.title(report.team)
    if report.organisation:
        file.paragraph((report.organisation, LIGHT))
    answered = _("Answered by: {who}.", who=report.answered_by)
    file.paragraph((f"{report.date_text}. {answered}", LIGHT))
    if theme.name:
        file.paragraph((f"{theme.name}. {theme.contact}" if theme.contact else theme.name, LIGHT))
    file.paragraph((report.sentences.not_validated, STRONG))
    for note in (report.draft, report.older_bank):
        if note:
            file.paragraph((note, LIGHT))


def _out_of(score: ScoreView) -> str:
    return _("{score} out of 100", score=score.text) + "."


def _could_be(score: ScoreView) -> str:
    return " " + _("It could be {range}.", range=score.range_text) if score.low != score.high else ""


def _summary(file: WordFile, report: Report, theme: Theme) -> None:
    """Write what a meeting needs: the result, why, and where to start; pages of Word can't be made to fit, so first."""
    band = report.band
    file.heading(_(PART_TITLES[Part.SUMMARY]))
    file.paragraph((band.label if band else _("No score yet"), STRONG), style=RESULT)
    if band:
        file.paragraph(band.meaning, style=BAND)
    file.paragraph((_out_of(report.overall), STRONG), _could_be(report.overall), style=BAND)
    scale = pictures.scale(report.overall, report.bands, theme)
    file.picture(Picture(scale, scale_in_words(report.overall), file.width.mm))
    starts = (_("{band}: from {start}", band=each.label, start=f"{each.start:g}") for each in report.bands)
    file.paragraph((" · ".join(starts), LIGHT))
    if report.provisional:
        file.paragraph((report.sentences.provisional, STRONG))
    if report.held_by:
        file.heading(_("What holds the next band back"), 2)
        file.paragraph(report.sentences.held)
        file.bullets([_held(held) for held in report.held_by])
    why = [each for each in report.explanation if each not in (report.sentences.provisional, report.held_text)]
    if why:
        file.paragraph(" ".join(why))
    if report.behind:
        file.paragraph((report.behind, STRONG))
    if report.start:
        file.heading(_("Start with these"), 2)
        for action in report.start:
            file.paragraph(*_start(action), keep=True)
        file.paragraph((f"{report.sentences.first} {report.lowest or ''}".strip(), LIGHT))
    file.heading(_("The five parts") if len(report.domains) == 5 else _("The parts"), 2)  # noqa: PLR2004
    rows = [
        (
            (domain.title, STRONG),
            Picture(pictures.bar(domain.overall, theme), bar_in_words(domain.overall), _BAR),
            domain.overall.text,
            domain.overall.range_text,
            domain.known,
        )
        for domain in report.domains
    ]
    headings = (_("Part"), _("From 0 to 100"), _("Score"), _("Could be"), _("Known"))
    file.table(headings, rows, (34, 27, 10, 16, 13))
    if Part.BRIEF not in theme.parts:
        file.contents(_("In this report"))


def _held(held: HeldView) -> tuple[Run, ...]:
    stands = _("Needed: {needs} Today: {now}", needs=held.needs, now=held.now)
    return (f"{held.label}.", STRONG), f" {stands}"


def _start(action: ActionView) -> tuple[Run, ...]:
    label = " " + _("For: {what}.", what=action.label) if action.label else ""
    by_whom = f"{action.by_whom}, {action.time_frame}" if action.by_whom else action.time_frame
    tags: list[Run] = []
    for tag in how_far(action):
        tags += [tag, " "]
    return numbered(action), f"{label} {by_whom}. ", *tags


def _forces(file: WordFile, report: Report, _theme: Theme) -> None:
    file.heading(_(PART_TITLES[Part.FORCES]))
    file.heading(_("What helps: {score} of 100 in place", score=report.facilitators.text), 2)
    if report.facilitators.low != report.facilitators.high:
        file.paragraph(_could_be(report.facilitators).strip())
    _force_table(file, _("What helps, strongest first"), report.helps, report)
    file.heading(_("What gets in the way: {score} of 100 guarded against", score=report.barriers.text), 2)
    file.paragraph(report.sentences.guarded + _could_be(report.barriers))
    if any(answer.key for answer in report.helps):
        file.paragraph((_("“Key” marks what the research calls a key facilitator."), LIGHT))
    heading = _("What gets in the way, named by what guards against it, least guarded against first:")
    _force_table(file, heading.rstrip(":"), report.hinders, report)


def _force_table(file: WordFile, heading: str, answers: Sequence[AnswerView], report: Report) -> None:
    rows = [
        ((answer.label, (" " + _("key"), LIGHT)) if answer.key else answer.label, _step(answer)) for answer in answers
    ]
    file.table((heading, _("Step")), rows or [(report.sentences.nothing_known, "")], (80, 20))


def _step(answer: AnswerView) -> str:
    return _("{known} of {all}", known=answer.step, all=answer.steps)


def _step_of(answer: AnswerView) -> str:
    return _("Step {step} of {all}", step=answer.step, all=answer.steps)


def _domains(file: WordFile, report: Report, theme: Theme) -> None:
    for domain in report.domains:
        _domain(file, domain, theme)


def _domain(file: WordFile, domain: DomainView, theme: Theme) -> None:
    file.heading(domain.title)
    file.paragraph((domain.about, LIGHT), keep=True)
    file.picture(Picture(pictures.bar(domain.overall, theme), bar_in_words(domain.overall), _BAR * 2))
    words = f"{_could_be(domain.overall)} {domain.answered}."
    file.paragraph((_out_of(domain.overall), STRONG), words, keep=True)
    if domain.strong:
        file.heading(_("What is strong"), 2)
        file.bullets([_strong(answer) for answer in domain.strong])
    if domain.missing:
        file.heading(_("What is missing"), 2)
        rows = [
            ([(answer.label, STRONG), (_step_of(answer), LIGHT)], answer.answer, answer.next or "")
            for answer in domain.missing
        ]
        file.table((_("What"), _("Today"), _("The next step up")), rows, (26, 37, 37))
    if domain.open:
        file.paragraph((_("Not known:") + " ", STRONG), f"{', '.join(answer.label for answer in domain.open)}.")
    if domain.actions:
        file.heading(_("What to do"), 2)
        actions = [(str(action.number), action.title, who(action), [*when(action)]) for action in domain.actions]
        headings = (_("No."), _("In the action plan"), _("Owner"), _("When"))
        file.table(headings, actions, (7, 45, 27, 21))
    file.heading(_("Why it matters"), 2)
    file.bullets([(reason.statement, (f" {reason.kind_text} [{reason.source}]", LIGHT)) for reason in domain.why])


def _strong(answer: AnswerView) -> tuple[Run, ...]:
    keep: tuple[Run, ...] = ((f" {answer.keep}", SAID),) if answer.keep else ()
    return ((f"{answer.label}.", STRONG), f" {answer.answer}", *keep)


def _brief(file: WordFile, report: Report, _theme: Theme) -> None:
    file.heading(_(PART_TITLES[Part.BRIEF]), new_page=True)
    rows = [
        (
            str(action.number),
            [(action.title, STRONG), (action.facts, LIGHT)],
            action.sign,
            [*who_and_when(action)],
        )
        for action in report.first
    ]
    if rows:
        file.table((_("No."), _("What to do"), _("How you will know"), _("Who and when")), rows, (7, 40, 32, 21))
    else:
        file.paragraph(report.sentences.nothing_to_plan)
    if report.later:
        file.paragraph((report.later, LIGHT))
    _open(file, report, _theme)
    file.paragraph((f"{report.sentences.not_validated} ", STRONG), report.sentences.claim)
    file.paragraph((report.sentences.made_with, LIGHT))


def _open(file: WordFile, report: Report, _theme: Theme) -> None:
    if not report.open:
        return
    file.heading(_(PART_TITLES[Part.OPEN]))
    file.paragraph(report.sentences.open, keep=True)
    rows = [
        (
            (answer.question, STRONG)
            if answer.state == "unknown"
            else [(answer.question, STRONG), (_("Not answered yet."), LIGHT)],
            answer.who_knows or _("The people who do the work."),
        )
        for answer in report.open
    ]
    file.table((_("Question"), _("Whom to ask")), rows, (50, 50))


def _answers(file: WordFile, report: Report, _theme: Theme) -> None:
    file.heading(_(PART_TITLES[Part.ANSWERS]))
    if report.notes_left_out:
        file.paragraph(report.sentences.notes_left_out, keep=True)
    if report.notes_told:
        file.paragraph(report.notes_told, keep=True)
    facts = [(fact.label, fact.value) for fact in report.profile]
    file.table((_("About the service"), _("Answer")), facts, (60, 40), keep=True)
    for domain in report.domains:
        if domain.answers:
            file.heading(domain.title, 2)
            rows = [(str(answer.number), answer.question, [*_answer(answer)]) for answer in domain.answers]
            file.table((_("No."), _("Question"), _("Answer")), rows, (7, 35, 58))


def _answer(answer: AnswerView) -> Iterator[Run | tuple[Run, ...]]:
    yield ((f"{_step_of(answer)}. ", STRONG), answer.answer) if answer.step else answer.answer
    for line in answer.note:
        yield (f"“{line}”", SAID)
    if answer.evidence:
        yield ((_("Shown by:") + " ", LIGHT), ("; ".join(answer.evidence), SAID))


def _method(file: WordFile, report: Report, _theme: Theme) -> None:
    file.heading(_(PART_TITLES[Part.METHOD]))
    sentences = report.sentences
    for paragraph in sentences.score:
        file.paragraph(paragraph, keep=paragraph is sentences.score[-1])
    file.bullets([_band(band) for band in report.bands])
    file.paragraph(sentences.bands)
    file.paragraph((f"{sentences.not_validated} ", STRONG), sentences.claim)
    file.heading(_("Sources"), 2)
    for source in report.sources:
        words = " ".join(part for part in (source.citation, source.url) if part)
        file.paragraph(f"{source.number}. {words}", keep=source.about is not None)
        if source.about:
            file.paragraph((source.about, LIGHT))
    file.paragraph((sentences.made_with, LIGHT))


def _band(band: BandView) -> tuple[Run, ...]:
    start = _(", from {start}.", start=f"{band.start:g}")
    return (band.label, STRONG), f"{start} {band.meaning}"


_PARTS: Mapping[Part, Callable[[WordFile, Report, Theme], None]] = {
    Part.SUMMARY: _summary,
    Part.FORCES: _forces,
    Part.VIEWS: write_views,
    Part.DOMAINS: _domains,
    Part.PLAN: write_plan,
    Part.OPEN: _open,
    Part.ANSWERS: _answers,
    Part.METHOD: _method,
    Part.BRIEF: _brief,
}
