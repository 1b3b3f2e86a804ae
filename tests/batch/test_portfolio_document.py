"""The portfolio as blocks: what it tells of many teams, and what it leaves to the workbook."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

import pytest

from readiness.bank.model import Bank
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_document import portfolio_document
from readiness.batch.portfolio_heatmaps import MAPPED_ON_PAPER, MAPPED_ON_SCREEN, shade_of_share
from readiness.batch.portfolio_model import Portfolio, VoiceCount
from readiness.document.blocks import Block, Cards, Document, Paragraph, Points, Section, Tone
from readiness.document.charts import HistogramChart, ShareChart
from readiness.document.markdown import document_markdown
from readiness.document.spans import Span, Spans, text_of
from readiness.document.tables import Cell, Lines, Shaded, Table, lines_of
from readiness.document.terminal import document_text
from readiness.language import speaking
from tests.batch.region import TEAMS
from tests.report.services import SOBER
from tests.report.test_languages import Pseudo

PARTS = ["summary", "spread", "kinds", "map", "gates", "barriers", "open", "actions", "level", "method"]
OneBlock = TypeVar("OneBlock")


@pytest.fixture(scope="module")
def document(portfolio: Portfolio) -> Document:
    return portfolio_document(portfolio, screen=True)


@pytest.fixture(scope="module")
def empty(bank: Bank) -> Document:
    return portfolio_document(PortfolioBuilder(bank).build(), screen=True)


def many(portfolio: Portfolio, teams: int) -> Portfolio:
    """Return the portfolio with more teams: the same again."""
    return portfolio.model_copy(update={"rows": ([*portfolio.rows] * (teams // TEAMS + 1))[:teams]})


def part(document: Document, name: str) -> Section:
    return next(section for section in document.sections if section.name == name)


def of_kind(blocks: Sequence[Block], kind: type[OneBlock]) -> list[OneBlock]:
    return [block for block in blocks if isinstance(block, kind)]


def words(cell: Cell) -> str:
    """Return what a cell says, without charts."""
    return " ".join(text_of(line) for line in lines_of(cell) if isinstance(line, str | Span | Spans))


def told(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the sentences among the blocks."""
    for block in blocks:
        if isinstance(block, str | Span | Spans):
            yield text_of(block)
        elif isinstance(block, Paragraph):
            yield text_of(block.line)
        elif isinstance(block, Points):
            yield from map(text_of, block.items)


def table(document: Document, name: str, at: int = 0) -> Table:
    found = of_kind(part(document, name).blocks, Table)
    return [one for one in found if one.name != "legend"][at]


def column(of: Table, at: int) -> list[str]:
    return [words(row[at]) for row in of.rows]


def test_its_head_says_how_many_teams_answered_and_what_it_is_not(
    document: Document, portfolio: Portfolio, bank: Bank
) -> None:
    assert (document.title, document.kicker) == ("Services of Westmoor", portfolio.title)
    assert [text_of(line) for line in document.lines] == [
        "60 teams, 3 organisations. Answered by 115 people.",
        bank.texts.not_validated,
    ]
    assert (document.running, document.date) == ("Services of Westmoor", None)
    dated = {"date": "2026-11-22", "date_text": "22 November 2026", "draft": "A draft."}
    told_of = portfolio_document(portfolio.model_copy(update=dated), screen=True)
    assert text_of(told_of.lines[0]).endswith("Newest answers: 22 November 2026.")
    assert told_of.lines[-1] == "A draft."
    assert (told_of.running, told_of.date) == ("Services of Westmoor, 22 November 2026", dt.date(2026, 11, 22))


def test_it_has_every_part_that_there_is_something_to_say_in(document: Document, empty: Document) -> None:
    assert [section.name for section in document.sections] == PARTS
    assert [section.name for section in document.sections if not section.listed] == ["summary"]
    assert [section.name for section in empty.sections] == [
        "summary",
        "spread",
        "map",
        "level",
        "method",
    ]


def test_bands_have_their_teams_in_numbers_and_as_a_share(document: Document, portfolio: Portfolio) -> None:
    *bands, without = table(document, "summary").rows
    assert [[words(row[0]), row[1], words(row[2]), words(row[3])] for row in bands] == [
        [band.label, ShareChart(band.teams, TEAMS), f"{band.teams}", f"{band.provisional}"] for band in portfolio.bands
    ]
    left = TEAMS - sum(band.teams for band in portfolio.bands)
    assert [words(without[0]), without[1], words(without[2])] == ["No score yet", ShareChart(left, TEAMS), f"{left}"]


def test_whom_nobody_heard_and_where_too_little_is_known_come_first(document: Document, portfolio: Portfolio) -> None:
    first, second = [block for block in part(document, "summary").blocks if isinstance(block, Paragraph)][:2]
    assert {first.tone, second.tone} == {Tone.ALERT}
    [missing], unscored = portfolio.voices_missing, portfolio.unscored
    assert missing.teams > 8
    assert text_of(first.line).startswith(
        f"In {missing.teams} of the {missing.of} teams that need to hear Peer Workers, none of them has answered: "
        f"{', '.join(missing.named)} and {missing.teams - 8} more. Only they can say how it is for them"
    )
    assert text_of(second.line) == (
        f"In {unscored.teams} of 60 teams too little is known for a score: {', '.join(unscored.named)}. "
        "They are in no band."
    )


def test_who_answered_stands_on_the_first_page(document: Document, portfolio: Portfolio) -> None:
    (told_of,) = [text for text in told(part(document, "summary").blocks) if "Who answered: " in text]
    peers = next(voice for voice in portfolio.voices if voice.role == "peer-worker")
    assert f", {peers.people} Peer Workers (in {peers.teams} teams), " in told_of
    unsaid = portfolio.voices[-1]
    assert told_of.endswith(f" and {unsaid.people} who did not say (in {unsaid.teams} teams).")


def test_roles_beyond_the_first_are_told_together(portfolio: Portfolio) -> None:
    one = VoiceCount(role="x", label="1 barber", people=1, teams=1)
    crowded = portfolio_document(portfolio.model_copy(update={"voices": (one,) * 11}), screen=True)
    assert any(text.endswith(" and 3 in other roles.") for text in told(part(crowded, "summary").blocks))


def test_the_map_names_every_team_that_lacks_a_voice_or_a_score(document: Document, portfolio: Portfolio) -> None:
    results = column(table(document, "map"), -1)
    assert [("no Peer Workers" in text) for text in results] == [bool(row.voices_missing) for row in portfolio.rows]
    assert [text.startswith("No score yet") for text in results] == [row.too_little_known for row in portfolio.rows]


def test_three_cards_say_what_to_change_once(document: Document, portfolio: Portfolio) -> None:
    (cards,) = of_kind(part(document, "summary").blocks, Cards)
    assert [(card.mark, card.title) for card in cards.cards] == [
        (f"{action.teams} of {action.of}", action.title) for action in portfolio.actions[:3]
    ]


def test_what_stands_out_is_the_first_of_each_list(document: Document, portfolio: Portfolio) -> None:
    (points,) = of_kind(part(document, "summary").blocks, Points)
    named = [re.split(r": |, in \d", text_of(item))[1] for item in points.items]
    firsts = [column(table(document, name), 0)[0] for name in ("gates", "barriers", "open")]
    firsts.append(max(portfolio.questions, key=lambda question: question.set_aside).label)
    assert [first.startswith(name) for first, name in zip(firsts, named, strict=True)] == [True] * 4


def test_it_is_no_ranking(document: Document, portfolio: Portfolio) -> None:
    assert any("This is not a ranking." in text for text in told(part(document, "summary").blocks))
    assert column(table(document, "map"), 0) == [f"{row.team} {row.organisation}" for row in portfolio.rows]


def test_histograms_are_on_one_scale(document: Document, portfolio: Portfolio) -> None:
    spreads = (portfolio.overall, *portfolio.spreads)
    charts = [chart for row in table(document, "spread").rows if isinstance(chart := row[1], HistogramChart)]
    assert [(chart.bins, chart.middle) for chart in charts] == [(one.bins, float(one.middle or 0)) for one in spreads]
    assert {chart.tallest for chart in charts} == {max(max(each.bins) for each in spreads)}


def test_a_score_that_could_be_another_has_a_mark(document: Document, portfolio: Portfolio) -> None:
    for row, team in zip(table(document, "map").rows, portfolio.rows, strict=True):
        cells = [cell for cell in row if isinstance(cell, Shaded)]
        numbers = [portfolio.number(score.score) for score in team.cells]
        marks = ["?" if score.is_open and score.score is not None else "" for score in team.cells]
        assert [cell.text for cell in cells] == [number + mark for number, mark in zip(numbers, marks, strict=True)]


def test_people_see_whole_numbers(document: Document) -> None:
    for name in ("spread", "kinds", "map"):
        for each in of_kind(part(document, name).blocks, Table):
            said = [cell.text if isinstance(cell, Shaded) else words(cell) for row in each.rows for cell in row]
            assert [text for text in said if re.search(r"\d\.\d", text)] == []


def test_shades_follow_the_bands(document: Document, portfolio: Portfolio) -> None:
    starts = [band.start for band in portfolio.bands]
    (legend,) = [one for one in of_kind(part(document, "map").blocks, Table) if one.name == "legend"]
    shades = [cell.shade for cell in legend.rows[0] if isinstance(cell, Shaded)]
    assert (shades[0], shades[-1], len({*shades})) == ("a", "e", len(starts))
    for row in table(document, "map").rows:
        for cell in row:
            if isinstance(cell, Shaded) and cell.text == "–":
                assert cell.shade == ""
            elif isinstance(cell, Shaded):
                reached = sum(start <= float(cell.text.strip("?")) for start in starts) - 1
                assert cell.shade == shades[reached]


def test_a_map_takes_so_many_teams_and_else_says_where_they_all_are(portfolio: Portfolio) -> None:
    for screen, most in ((False, MAPPED_ON_PAPER), (True, MAPPED_ON_SCREEN)):
        fits = portfolio_document(many(portfolio, most), screen=screen)
        assert len(table(fits, "map").rows) == most
        over = part(portfolio_document(many(portfolio, most + 1), screen=screen), "map")
        (sentence,) = told(over.blocks)
        assert f"There are {most + 1} teams: too many for this map, which takes {most}." in sentence
        assert ("The web page and the workbook" in sentence) is not screen
        assert of_kind(over.blocks, Table) == []


def test_paper_has_fewer_actions_than_a_screen_and_says_so(portfolio: Portfolio) -> None:
    for screen, most in ((False, 12), (True, 40)):
        actions = part(portfolio_document(portfolio, screen=screen), "actions")
        (shown,) = of_kind(actions.blocks, Table)
        assert len(shown.rows) == most
        more = len(portfolio.actions) - most
        assert any(text.startswith(f"{more} more actions serve two teams or more.") for text in told(actions.blocks))


def test_an_action_says_whom_it_serves(document: Document, portfolio: Portfolio) -> None:
    for row, action in zip(table(document, "actions").rows, portfolio.actions, strict=False):
        cell = row[2]
        assert isinstance(cell, Lines)
        said = words(cell)
        assert said.startswith(f"{action.teams} of {action.of}")
        assert (f"It holds a band back in {action.holds} of them." in said) == bool(action.holds)
        assert said.endswith(f"and {action.more} more" if action.more else action.named[-1])


def test_domains_head_columns_with_numbers_where_their_names_do_not_fit(portfolio: Portfolio) -> None:
    heads = [one.heading for one in table(portfolio_document(portfolio, screen=False, large=True), "map").columns]
    assert heads == ["Team", "People", "Overall", "1", "2", "3", "4", "5", "Band"]
    key = "; ".join(f"{at}: {title}" for at, title in enumerate(portfolio.domains, start=1))
    assert f"{key}." in [*told(part(portfolio_document(portfolio, screen=False, large=True), "map").blocks)]
    few = table(portfolio_document(portfolio, screen=False), "map")
    assert [one.heading for one in few.columns][3:-1] == [*portfolio.domains]


def test_columns_share_the_width_alike_in_large_print(portfolio: Portfolio) -> None:
    for large in (False, True):
        document = portfolio_document(portfolio, screen=False, large=large)
        tables = [
            one for section in document.sections for one in of_kind(section.blocks, Table) if one.name != "legend"
        ]
        assert [round(sum(one.share for one in each.columns)) for each in tables] == [100] * len(tables)


def test_barriers_stand_with_the_least_guarded_first(document: Document) -> None:
    barriers = table(document, "barriers")
    weak = [int(text) for text in column(barriers, 1)]
    assert weak == sorted(weak, reverse=True)
    for row in barriers.rows:
        steps = [int(cell.text) for cell in row if isinstance(cell, Shaded)]
        assert sum(steps) + int(words(row[-2])) == int(words(row[-1]))


@pytest.mark.parametrize(
    ("count", "of", "shade"), [(0, 0, "a"), (0, 9, "a"), (1, 9, "a"), (2, 9, "b"), (7, 9, "d"), (9, 9, "e")]
)
def test_a_count_is_shaded_by_its_share(count: int, of: int, shade: str) -> None:
    assert shade_of_share(count, of) == shade


def test_a_region_of_too_few_says_why_there_is_no_measure_of_teams(empty: Document) -> None:
    (sentence,) = told(part(empty, "level").blocks)
    assert sentence.startswith("In 0 teams several people answered. It takes at least ")


@pytest.mark.parametrize("screen", [False, True])
def test_the_same_portfolio_is_the_same_document(portfolio: Portfolio, *, screen: bool) -> None:
    assert portfolio_document(portfolio, screen=screen) == portfolio_document(portfolio, screen=screen)


def test_all_of_it_can_be_read_as_text(document: Document, portfolio: Portfolio) -> None:
    for text in (document_markdown(document, SOBER).decode(), document_text(document, 100, colour=False)):
        plain = re.sub(r"[\\*]|\s+", " ", text)
        plain = re.sub(r"\s+", " ", plain)
        assert [row.team for row in portfolio.rows if row.team not in plain] == []
        assert [title for title in portfolio.domains if title not in plain] == []


def test_nothing_of_ours_is_left_in_english(builder: PortfolioBuilder) -> None:
    with speaking("cy", Pseudo()):
        document = portfolio_document(builder.build(name="Nrth"), screen=True)
        titles = [section.title for section in document.sections]
        heads = [
            one.heading
            for section in document.sections
            for each in of_kind(section.blocks, Table)
            for one in each.columns
        ]
    assert [
        text for text in (*titles, document.about, document.nav) if not re.search("[áéíóúý]", text, re.IGNORECASE)
    ] == []
    assert {"Part", "Team", "Band", "Question", "Kind", "Score", "No."} & {*heads} == set()
