"""Makes the report as a Word document, to go on working with."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from readiness.report import pictures
from readiness.report.charts import bar_in_words, scale_in_words
from readiness.report.model import ActionView, AnswerView, DomainView, Report, ScoreView
from readiness.report.theme import PART_TITLES, Part, Theme
from readiness.report.views_docx import write_views
from readiness.report.word import BAND, LIGHT, RESULT, SAID, STRONG, Picture, Run, WordFile

_BAR, _SCALE = 40.0, 165.0
"""How wide a bar and the scale are, in millimetres."""


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
    if theme.logo:
        width = min(60, 18 * theme.logo.width / theme.logo.height)
        file.picture(Picture(theme.logo.data, theme.name, width))
    file.subtitle(report.title)
    file.title(report.team)
    if report.organisation:
        file.paragraph((report.organisation, LIGHT))
    file.paragraph((f"{report.date_text}. Answered by: {report.answered_by}.", LIGHT))
    if theme.name:
        file.paragraph((f"{theme.name}. {theme.contact}" if theme.contact else theme.name, LIGHT))


def _could_be(score: ScoreView) -> str:
    return f" It could be {score.range_text}." if score.low != score.high else ""


def _summary(file: WordFile, report: Report, theme: Theme) -> None:
    band = report.band
    file.heading(PART_TITLES[Part.SUMMARY])
    file.paragraph((band.label if band else "No score yet", STRONG), style=RESULT)
    if band:
        file.paragraph(band.meaning, style=BAND)
    file.paragraph((f"{report.overall.text} out of 100.", STRONG), _could_be(report.overall), style=BAND)
    scale = pictures.scale(report.overall, report.bands, theme)
    file.picture(Picture(scale, scale_in_words(report.overall), _SCALE))
    file.paragraph((" · ".join(f"{each.label}: from {each.start:g}" for each in report.bands), LIGHT))
    if report.provisional:
        file.paragraph(("The band is provisional: what is not known could change it.", STRONG))
    file.heading("The five parts" if len(report.domains) == 5 else "The parts", 2)  # noqa: PLR2004
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
    file.table(("Part", "From 0 to 100", "Score", "Could be", "Known"), rows, (34, 27, 10, 16, 13))
    if report.held_by:
        file.heading("What holds the next band back", 2)
        file.paragraph("The score is high enough. These must be in place first:")
        file.bullets(
            [((f"{held.label}.", STRONG), f" Needed: {held.needs} Today: {held.now}") for held in report.held_by]
        )
    else:
        for sentence in report.explanation:
            file.paragraph(sentence)
    if report.start:
        file.heading("Start with these", 2)
        file.numbers([((action.title, STRONG), f" {_by_whom(action)}") for action in report.start])
    file.contents("In this report")


def _by_whom(action: ActionView) -> str:
    when = f"by {action.due_text}" if action.due else action.when
    return f"({action.owner}, {when})" if action.owner else f"({when})"


def _forces(file: WordFile, report: Report, _: Theme) -> None:
    file.heading(PART_TITLES[Part.FORCES], new_page=True)
    file.heading(f"What helps: {report.facilitators.text} of 100 in place", 2)
    _force_table(file, "What helps, strongest first", report.helps)
    file.heading(f"What gets in the way: {report.barriers.text} of 100 guarded against", 2)
    file.paragraph("Named by what guards against it, least guarded against first. Steps go up as it is better guarded.")
    _force_table(file, "What guards against it", report.hinders)


def _force_table(file: WordFile, heading: str, answers: Sequence[AnswerView]) -> None:
    rows = [((answer.label, (" key", LIGHT)) if answer.key else answer.label, _step(answer)) for answer in answers]
    file.table((heading, "Step"), rows or [("Nothing is known yet.", "")], (80, 20))


def _step(answer: AnswerView) -> str:
    return f"{answer.step} of {answer.steps}"


def _domains(file: WordFile, report: Report, theme: Theme) -> None:
    for at, domain in enumerate(report.domains):
        _domain(file, domain, theme, new_page=at == 0)


def _domain(file: WordFile, domain: DomainView, theme: Theme, *, new_page: bool) -> None:
    file.heading(domain.title, new_page=new_page)
    file.paragraph((domain.about, LIGHT), keep=True)
    file.picture(Picture(pictures.bar(domain.overall, theme), bar_in_words(domain.overall), _BAR * 2))
    words = f"{_could_be(domain.overall)} {domain.answered}."
    file.paragraph((f"{domain.overall.text} out of 100.", STRONG), words, keep=True)
    if domain.strong:
        file.heading("What is strong", 2)
        file.bullets([_strong(answer) for answer in domain.strong])
    if domain.missing:
        file.heading("What is missing", 2)
        rows = [
            ([(answer.label, STRONG), (f"Step {_step(answer)}", LIGHT)], answer.answer, answer.next or "")
            for answer in domain.missing
        ]
        file.table(("What", "Today", "The next step up"), rows, (26, 37, 37))
    if domain.open:
        file.paragraph(("Not known: ", STRONG), f"{', '.join(answer.label for answer in domain.open)}.")
    if domain.actions:
        file.heading("What to do", 2)
        actions = [(str(action.number), action.title, action.owner, _when(action)) for action in domain.actions]
        file.table(("No.", "In the action plan", "Owner", "When"), actions, (7, 55, 26, 12))
    file.heading("Why it matters", 2)
    file.bullets(
        [
            (
                reason.statement,
                (f" {'Key facilitator' if reason.key else reason.kind.capitalize()} [{reason.source}]", LIGHT),
            )
            for reason in domain.why
        ]
    )


def _strong(answer: AnswerView) -> tuple[Run, ...]:
    keep: tuple[Run, ...] = ((f" {answer.keep}", SAID),) if answer.keep else ()
    return ((f"{answer.label}.", STRONG), f" {answer.answer}", *keep)


def _when(action: ActionView) -> str:
    return action.status_text if action.status == "done" else action.horizon


def _plan(file: WordFile, report: Report, _: Theme) -> None:
    file.heading(PART_TITLES[Part.PLAN], new_page=True)
    order = (
        "The numbers give the order. Steps that hold the next band back come first; then what adds most to the score"
    )
    file.paragraph(f"{order} for the least effort. {report.progress or 'Fill in a name and dates in the last column.'}")
    for horizon in report.horizons:
        if horizon.actions:
            file.heading(f"{horizon.title}: {horizon.when}", 2)
            rows = [
                (str(action.number), [*_what(action)], action.sign, [*_who_and_when(action)])
                for action in horizon.actions
            ]
            file.table(("No.", "What to do", "How you will know", "Who and when"), rows, (7, 46, 26, 21))
    if not any(horizon.actions for horizon in report.horizons):
        file.paragraph("There is nothing left to plan: every question is at its highest level.")
    if report.past:
        file.heading("Worked on, and not in today’s plan", 2)
        file.bullets(
            [
                ((action.title, STRONG), f" {_state(action)} {action.mark or ''}", *_said(action))
                for action in report.past
            ]
        )
    if report.dropped:
        file.heading("Taken out of the plan", 2)
        file.bullets([((action.title, STRONG), " Why: ", (action.dropped or "", SAID)) for action in report.dropped])


def _state(action: ActionView) -> str:
    facts = (action.status_text, action.owner if action.assigned else "", f"by {action.due_text}" if action.due else "")
    return f"{', '.join(fact for fact in facts if fact)}."


def _said(action: ActionView) -> Iterator[Run]:
    for line in action.comments:
        yield (f" {line}", SAID)


def _what(action: ActionView) -> Iterator[Run | tuple[Run, ...]]:
    yield ((action.title, STRONG), (" holds the band", LIGHT)) if action.holds_band else (action.title, STRONG)
    if action.detail:
        yield action.detail
    facts = ["Your own action." if action.own else f"For: {action.label}.", f"Effort: {action.effort}."]
    facts += [f"Worth {action.worth}."] if action.worth else []
    facts += [action.mark] if action.mark else []
    yield (" ".join(facts), LIGHT)
    for line in action.comments:
        yield (line, SAID)


def _who_and_when(action: ActionView) -> Iterator[Run]:
    if action.owner:
        yield (action.owner, STRONG)
    if action.status != "todo":
        yield action.status_text
    if not action.assigned:
        yield ("Name:", LIGHT)
    if action.due_text:
        yield f"By {action.due_text}"
    elif action.status != "done":
        yield ("Done by:", LIGHT)


def _open(file: WordFile, report: Report, _: Theme) -> None:
    if not report.open:
        return
    file.heading(PART_TITLES[Part.OPEN])
    file.paragraph("“Don’t know” is a good answer: it shows what to find out. None of these counts as zero.")
    rows = [
        (
            (answer.question, STRONG)
            if answer.state == "unknown"
            else [(answer.question, STRONG), ("Not answered yet.", LIGHT)],
            answer.who_knows or "The people who do the work.",
        )
        for answer in report.open
    ]
    file.table(("Question", "Whom to ask"), rows, (50, 50))


def _answers(file: WordFile, report: Report, _: Theme) -> None:
    file.heading(PART_TITLES[Part.ANSWERS], new_page=True)
    if report.notes_left_out:
        file.paragraph("Several people answered. Their notes are left out, because notes can hold personal data.")
    if report.notes_told:
        file.paragraph(report.notes_told)
    file.table(("About the service", "Answer"), [(fact.label, fact.value) for fact in report.profile], (60, 40))
    for domain in report.domains:
        if domain.answers:
            file.heading(domain.title, 2)
            rows = [(str(answer.number), answer.question, [*_answer(answer)]) for answer in domain.answers]
            file.table(("No.", "Question", "Answer"), rows, (7, 35, 58))


def _answer(answer: AnswerView) -> Iterator[Run | tuple[Run, ...]]:
    yield ((f"Step {_step(answer)}. ", STRONG), answer.answer) if answer.step else answer.answer
    for line in answer.note:
        yield (f"“{line}”", SAID)
    if answer.evidence:
        yield (("Shown by: ", LIGHT), ("; ".join(answer.evidence), SAID))


def _method(file: WordFile, report: Report, _: Theme) -> None:
    file.heading(PART_TITLES[Part.METHOD], new_page=True)
    for paragraph in _SCORING:
        file.paragraph(paragraph)
    file.bullets([((band.label, STRONG), f", from {band.start:g}. {band.meaning}") for band in report.bands])
    file.paragraph(_BANDS)
    file.paragraph(("This is not a validated instrument. ", STRONG), _CLAIM)
    file.heading("Sources", 2)
    for source in report.sources:
        words = " ".join(part for part in (source.citation, source.url, source.about) if part)
        file.paragraph(f"{source.number}. {words}")
    made = f"Made with readiness {report.version} from the question bank {report.bank}"
    file.paragraph((f"{made} (fingerprint {report.fingerprint}).", LIGHT))


_SCORING = (
    (
        "Each answer counts from 0 (lowest level) to 100 (highest). A part’s score is the mean of its "
        "answers. The overall score is the mean of the parts. “Does not apply” is left out. “Don’t know” is "
        "left out of the score, and shown as a range: the lowest and highest the score could be."
    ),
    (
        "Barriers are asked the other way round, as how well you guard against them. So a higher number is "
        "always better."
    ),
    "The bands start where the steps of the ladder do, on average:",
)
_BANDS = (
    "The highest band also needs each key facilitator to reach a minimum. These bands and minimums are "
    "our own choice, to help you plan. The research names what helps and what gets in the way. It gives "
    "no numbers, and no cut-off."
)
_CLAIM = (
    "The score does not predict how well Peer Workers will do, and it is not made for comparing services "
    "with each other. It is a way to talk about what you have in place, and what to do next. The texts "
    "still want review by people with lived experience."
)

_PARTS: Mapping[Part, Callable[[WordFile, Report, Theme], None]] = {
    Part.SUMMARY: _summary,
    Part.FORCES: _forces,
    Part.VIEWS: write_views,
    Part.DOMAINS: _domains,
    Part.PLAN: _plan,
    Part.OPEN: _open,
    Part.ANSWERS: _answers,
    Part.METHOD: _method,
}
