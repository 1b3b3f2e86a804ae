"""A document with every block and every field of it, for the tests of all writers."""

import datetime as dt

from readiness.document.blocks import (
    Block,
    Callout,
    Card,
    Cards,
    Contents,
    Document,
    Fold,
    Heading,
    Hint,
    Paragraph,
    Points,
    ResultCard,
    ScaleMark,
    Section,
    SideBySide,
    Tone,
)
from readiness.document.charts import (
    BarChart,
    ForceChart,
    HistogramChart,
    ScaleChart,
    ShareChart,
    SpreadChart,
    StepsChart,
    ThenAndNowChart,
)
from readiness.document.spans import Look, Span, quiet, said, spans, strong
from readiness.document.tables import Column, Folded, Lines, Shaded, Table, ToFillIn, of_numbers, of_words
from readiness.document.values import BandView, ScoreView, SpreadView

OPEN = ScoreView(
    score=39.9, low=32.7, high=48.9, text="39.9", low_text="32.7", high_text="48.9", range_text="32.7 to 48.9"
)
FIRM = ScoreView(score=50, low=50, high=50, text="50", low_text="50", high_text="50", range_text="50")
NOTHING = ScoreView(score=None, low=None, high=None, text="–", low_text="–", high_text="–", range_text="–")
HOSTILE = '<b>&amp; "x" | *y* [l](http://evil.example) {{ 7*7 }}</b>\x1b[31m\u202e'
BANDS = (
    BandView(id="early", label="Early days", meaning="Not much yet.", start=0, end=50, reached=True),
    BandView(id="set-up", label="Well set up", meaning="Most is there.", start=50, end=100, reached=False),
)
SPREAD = SpreadView(who="Everybody", n=10, counts=(3, 3, 0, 4, 0), text="3 · 3 · 0 · 4 · 0")

ACTIONS = Table(
    (
        Column("No.", share=6, label=True),
        Column("What to do", share=45, row_header=True),
        Column("How you will know", share=27),
        Column("Who and when", share=22),
    ),
    [
        (
            "3",
            Lines(
                [
                    Folded(
                        spans(strong("Write the page"), Span("holds the band", Look.KEY)),
                        ["One page, with a date.", quiet("Effort: some weeks.")],
                    ),
                    said("Began in May"),
                    said("Half is there"),
                ]
            ),
            "The page is signed.",
            Lines(
                [
                    spans(strong("Priya Nair"), Span("Stuck", Look.STUCK), Span("Late", Look.LATE)),
                    "Was due on 31 January 2027",
                    ToFillIn(["Start"], missing="No start yet"),
                ]
            ),
        ),
        (
            "4",
            Lines([Folded(strong("Ask the team"), [quiet("Effort: a meeting.")])]),
            "",
            Lines([spans(quiet("Team lead (suggested)"), Span("Done", Look.DONE)), ToFillIn(["Name", "Done by"])]),
        ),
    ],
    "What to do by when",
    "actions",
    done=[False, True],
)

BLOCKS: tuple[Block, ...] = (
    Section(
        "summary",
        "The result",
        [
            ResultCard(
                "The result in short",
                "Early days",
                "Not much is in place yet.",
                "39.9",
                "out of 100",
                "could be 32.7 to 48.9",
                ScaleChart(OPEN, BANDS),
                [ScaleMark("Early days: from 0", reached=True), ScaleMark("Well set up: from 50", reached=False)],
                ["The band is provisional."],
            ),
            Heading("The parts", 2),
            Table(
                (
                    Column("Part", share=34, row_header=True),
                    Column("From 0 to 100", share=33, drawn=True),
                    *of_numbers("Score", "Could be", share=9),
                ),
                [
                    ("Staying a peer", BarChart(OPEN), strong("39.9"), "32.7 to 48.9"),
                    (HOSTILE, BarChart(NOTHING), strong("–"), "–"),
                ],
                "The score of each part",
                "bars parts",
            ),
            Callout(
                "What holds the next band back",
                ["These must be in place first:", Points([spans(strong("Policies."), "Needed: a page.")])],
            ),
            Paragraph("Late: action 3.", Tone.ALERT),
            Cards(
                [
                    Card("3", "Write the page", ["For: Policies.", "Priya Nair, soon"], [Span("Late", Look.LATE)]),
                    Card("12 of 60", "Ask the team", [quiet("Team lead")]),
                    Card("", "Wait", []),
                ]
            ),
            Paragraph("Small print below.", Tone.NOTE),
            Contents("In this report"),
        ],
        shown=False,
        dense=True,
    ),
    Section(
        "forces",
        "What helps",
        [
            Paragraph("What this part is about.", Tone.LEAD),
            Paragraph("A long arrow is something well in place.", drawn=True),
            SideBySide(
                [
                    Heading("What is there", beside="in place: 52 of 100"),
                    Table(
                        (Column("What", row_header=True), Column("In place", drawn=True), Column("Step", numbers=True)),
                        [(spans("A team", Span("key", Look.KEY)), ForceChart(0.6, helps=True), quiet("3 of 5"))],
                        name="force",
                    ),
                ],
                [
                    Heading("What is not"),
                    Table(
                        (Column("Step"), Column("Not guarded", drawn=True), Column("What", row_header=True)),
                        [(quiet("2 of 5"), ForceChart(0.4, helps=False), "Rules")],
                        name="force hinder",
                    ),
                ],
                name="field",
            ),
            SideBySide([BarChart(FIRM)], [spans(strong("50 out of 100."), "5 of 5 answered.")], 0.36, "where"),
            Fold("Why it matters", [Points(["Trust grows.", "It takes time."], name="why-list")]),
            Heading("Far down", 4),
            Table(
                (Column("What", share=26, row_header=True), *of_words("Today", "The next step up", share=37)),
                [
                    (
                        Lines(["A clear purpose", StepsChart(2, 5)]),
                        "At least one description says that the role is there to give hope and to help people connect.",
                        "Every description says so, and people who use the service have helped to write it together.",
                    )
                ],
                name="steps",
            ),
            Table((Column("Never shown"),), []),
        ],
        kind="part",
    ),
    Section("plan", "The plan", ["Quickest first.", Heading("Now", beside="in the next 3 months"), ACTIONS]),
    Section(
        "answers",
        "All answers",
        [
            Table(
                (Column("About the service", row_header=True), Column("Answer")),
                [("Who runs it?", "NHS trust"), ("Are they paid?", "Paid")],
                "About the service",
                "facts",
                heads=False,
                together=True,
            ),
            Table(
                (*of_words("a", "b", "c"),),
                [(Shaded("Early days: from 0", "a"), Shaded("Well set up: from 50", "e"), Shaded("", ""))],
                name="legend",
                heads=False,
            ),
            Table(
                (Column("Team", row_header=True), *of_numbers("Overall", "Known"), Column("Drawn", drawn=True)),
                [
                    ("Alder Street", Shaded("39.9 ?", "b"), Shaded("–", ""), HistogramChart([1, 0, 2, 3, 4], 50, 4)),
                    ("Brookfield", Shaded("50", "c"), "", ShareChart(2, 5, 1)),
                    ("Castle Hill", "", "", ThenAndNowChart(OPEN, FIRM)),
                ],
                name="heatmap",
                wide=True,
            ),
            Table(
                (Column("No.", label=True), Column("What", widest=20), Column("People")),
                [("8", "Words that fit", Lines([SpreadChart(SPREAD, 0.4), spans(SPREAD.text, quiet("(10)"))]))],
                name="every",
            ),
            BarChart(OPEN),
        ],
        new_page=True,
        listed=False,
    ),
    Section(
        "method",
        "How it works",
        [
            spans(strong("Doing"), Span("Doing", Look.DOING), Span("Taken out", Look.DROPPED), said("my own words")),
            Points(
                [
                    spans("A book.", Span("http://a.example/", link="http://a.example/"), quiet("About it.")),
                    Span("A page", link="https://b.example/x_y"),
                ],
                numbered=True,
                name="sources",
            ),
            Hint("Type this next: readiness plan"),
            Paragraph("Made with readiness.", Tone.MADE),
        ],
    ),
)

KITCHEN = Document(
    title="Northside",
    kicker="Ready for Peer Workers?",
    lines=["Alder Valley", "14 October 2026. Answered by: manager.", strong("Not a validated measure.")],
    about="Where the service stands",
    running="Northside, 14 October 2026",
    date=dt.date(2026, 10, 14),
    author="Alder Valley",
    nav="In this report",
    blocks=BLOCKS,
)
