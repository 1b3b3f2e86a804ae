"""Charts: nothing outside the picture, and the numbers in words for those who do not see it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.document.charts import (
    BarChart,
    ForceChart,
    HistogramChart,
    ScaleChart,
    ShareChart,
    SpreadChart,
    StepsChart,
    ThenAndNowChart,
    TrendChart,
)
from readiness.document.values import BandView, ScoreView, SpreadView
from tests.themes import default_theme

SVG = "{http://www.w3.org/2000/svg}"
STARTS = st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True)


def view(score: float | None, low: float | None, high: float | None) -> ScoreView:
    return ScoreView(
        score=score,
        low=low,
        high=high,
        text="–" if score is None else f"{score:g}",
        low_text="–" if low is None else f"{low:g}",
        high_text="–" if high is None else f"{high:g}",
        range_text="–" if low is None or high is None else f"{low:g} to {high:g}",
    )


@st.composite
def scores(draw: st.DrawFn) -> ScoreView:
    """A score within its range, in tenths; or none, with a range; or nothing at all."""
    low, score, high = sorted(draw(st.tuples(*[st.integers(0, 1000)] * 3)))
    known = draw(st.sampled_from(["all", "range", "nothing"]))
    if known == "nothing":
        return view(None, None, None)
    return view(score / 10 if known == "all" else None, low / 10, high / 10)


@st.composite
def bands(draw: st.DrawFn) -> list[BandView]:
    """Bands from 0 to 100, one of them reached, or none."""
    starts = [0, *sorted(draw(STARTS))]
    reached = draw(st.integers(-1, len(starts) - 1))
    ends = [*starts[1:], 100]
    return [
        BandView(id=f"b{at}", label=f"Band {at}", meaning="m", start=start, end=end, reached=at == reached)
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def points(shape: ET.Element) -> Iterator[tuple[float, float]]:
    """Yield the corners of a shape, out to the edge of its stroke."""
    half = float(shape.get("stroke-width", "1")) / 2 if shape.get("stroke") else 0
    for x, y in corners(shape):
        yield from ((x - half, y - half), (x + half, y + half))


def corners(shape: ET.Element) -> Iterator[tuple[float, float]]:
    if shape.tag == f"{SVG}rect":
        x, y, width, height = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
        assert width >= 0
        assert height >= 0
        yield from ((x, y), (x + width, y + height))
        return
    if shape.tag == f"{SVG}circle":
        x, y, radius = (float(shape.attrib[name]) for name in ("cx", "cy", "r"))
        yield from ((x - radius, y - radius), (x + radius, y + radius))
        return
    x = y = 0.0
    for command, values in re.findall(r"([MLHVZ])([^MLHVZ]*)", shape.attrib["d"]):
        numbers = [float(value) for value in values.split()]
        x = numbers[0] if command in "MLH" else x
        y = numbers[-1] if command in "MLV" else y
        yield x, y


def drawn(svg: str) -> tuple[ET.Element, str]:
    """Return the picture and its title, after proving that nothing is drawn outside it."""
    root = ET.fromstring(svg)  # noqa: S314 — our own
    left, top, width, height = (float(number) for number in root.attrib["viewBox"].split())
    shapes = [shape for shape in root if shape.tag != f"{SVG}title"]
    assert {shape.tag for shape in shapes} <= {f"{SVG}rect", f"{SVG}path", f"{SVG}circle"}
    for shape in shapes:
        for x, y in points(shape):
            assert left - SLACK <= x <= left + width + SLACK
            assert top - SLACK <= y <= top + height + SLACK
        for name in ("fill", "stroke"):
            assert re.fullmatch(r"#[0-9a-f]{6}|none", shape.get(name, "none"))
        assert not {"class", "style"} & {*shape.attrib}
    title = root.findtext(f"{SVG}title")
    assert root.get("role") == "img"
    assert title
    return root, title


SLACK = 0.7
"""Half a line's width may lie over the edge: a round-off, not a shape."""


@given(scores())
def test_bar_stays_inside_and_says_score_and_range(part: ScoreView) -> None:
    _, title = drawn(BarChart(part).svg(default_theme()))
    assert ("No score yet" if part.score is None else f"{part.text} out of 100") in title
    wide = part.low is not None and part.high is not None and part.low < part.high
    assert (f"; {part.range_text}, for what is not known" in title) == wide


@given(scores(), bands())
def test_scale_stays_inside_and_says_score_and_range(part: ScoreView, some: list[BandView]) -> None:
    root, title = drawn(ScaleChart(part, some).svg(default_theme()))
    assert f"Score: {part.text}." in title
    assert len(root.findall(f"{SVG}rect")) == len(some) + (part.score is not None)
    filled = [
        float(box.get("width", 0)) for box in root.findall(f"{SVG}rect") if box.get("fill") == default_theme().accent
    ]
    assert filled == ([] if part.score is None else [pytest.approx(part.score * 6.48, rel=1e-4)])


@given(st.integers(2, 12).flatmap(lambda count: st.tuples(st.integers(1, count), st.just(count))))
def test_steps_fill_as_many_boxes_as_were_climbed(climbed: tuple[int, int]) -> None:
    step, count = climbed
    root, title = drawn(StepsChart(step, count).svg(default_theme()))
    filled = [box.get("fill") == default_theme().accent for box in root.findall(f"{SVG}rect")]
    assert filled == [True] * step + [False] * (count - step)
    assert title == f"Step {step} of {count}"


@given(st.floats(0, 1), st.booleans())
def test_force_stays_inside_and_says_how_strong_it_is(share: float, helps: bool) -> None:  # noqa: FBT001
    _, title = drawn(ForceChart(share, helps=helps).svg(default_theme()))
    strength = share if helps else 1 - share
    start, _, said = title.partition(": ")
    assert start == ("In place" if helps else "Not guarded against")
    number = int(said.removesuffix(" of 100"))
    assert number == pytest.approx(100 * strength, abs=1)
    assert (number == 0, number == 100) == (strength == 0, strength == 1)


def test_what_an_arrow_says_is_rounded_as_every_score_is() -> None:
    said = [drawn(ForceChart(share, helps=True).svg(default_theme()))[1] for share in (0.125, 0.996, 0.0004)]
    assert said == ["In place: 13 of 100", "In place: 99 of 100", "In place: 1 of 100"]


@pytest.mark.parametrize(("share", "helps"), [(0.0, True), (1.0, False)])
def test_force_that_is_not_there_has_no_arrow(share: float, helps: bool) -> None:  # noqa: FBT001
    root, _ = drawn(ForceChart(share, helps=helps).svg(default_theme()))
    assert len(root.findall(f"{SVG}path")) == 1


def test_the_two_sides_differ_without_colour() -> None:
    helps, _ = drawn(ForceChart(0.5, helps=True).svg(default_theme()))
    hinders, _ = drawn(ForceChart(0.5, helps=False).svg(default_theme()))
    assert helps[-1].get("stroke") is None
    assert hinders[-1].get("stroke") == default_theme().warm


COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=9).filter(any)


@given(COUNTS, st.floats(0.01, 1))
def test_spread_stays_inside_and_says_how_many_are_on_each_step(counts: list[int], more: float) -> None:
    n = sum(counts)
    tallest = max(counts) / n + (1 - max(counts) / n) * more
    row = SpreadView(who="Peer Workers", n=n, counts=tuple(counts), text="")
    root, title = drawn(SpreadChart(row, tallest).svg(default_theme()))
    assert len(root.findall(f"{SVG}rect")) == sum(count > 0 for count in counts)
    assert title.startswith(f"Peer Workers ({n}): step 1: {counts[0]}, step 2: {counts[1]}")
    assert all(f"step {step}: {count}" in title for step, count in enumerate(counts, start=1))


def test_columns_of_a_spread_are_as_high_as_their_share() -> None:
    row = SpreadView(who="Everybody", n=4, counts=(1, 0, 3), text="")
    root, _ = drawn(SpreadChart(row, 0.75).svg(default_theme()))
    low, high = (float(one.get("height") or 0) for one in root.findall(f"{SVG}rect"))
    assert high == 3 * low


@given(scores(), scores())
def test_then_and_now_has_a_mark_for_each_score_that_there_is(before: ScoreView, after: ScoreView) -> None:
    root, title = drawn(ThenAndNowChart(before, after).svg(default_theme()))
    marks = root.findall(f"{SVG}circle")
    assert len(marks) == sum(part.score is not None for part in (before, after))
    assert title.startswith("Then: ")
    if after.score is not None:
        assert marks[-1].get("fill") == default_theme().accent
        assert float(marks[-1].get("cx") or 0) == pytest.approx(6 + after.score * 1.78, abs=0.01)


@given(st.lists(scores(), min_size=1, max_size=8))
def test_a_trend_has_a_disc_for_each_score_from_left_to_right_and_lines_between_neighbours(
    parts: list[ScoreView],
) -> None:
    root, title = drawn(TrendChart(parts).svg(default_theme()))
    discs = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in root.findall(f"{SVG}circle")]
    known = [part.score for part in parts if part.score is not None]
    assert [at for at, _ in discs] == sorted({at for at, _ in discs})
    assert [height for _, height in discs] == pytest.approx([36 - score * 0.32 for score in known], abs=0.01)
    joined = sum(one.score is not None and other.score is not None for one, other in pairwise(parts))
    assert len(root.findall(f"{SVG}path")) == 1 + joined
    said = ["no score" if part.score is None else part.text for part in parts]
    assert title == f"Over time: {', '.join(said)}."


def test_dates_of_a_trend_lie_evenly_apart_and_a_gap_keeps_its_place() -> None:
    scored, gap = view(50.0, 50.0, 50.0), view(None, 0.0, 100.0)
    root, _ = drawn(TrendChart([scored, gap, scored, scored]).svg(default_theme()))
    assert [float(one.attrib["cx"]) for one in root.findall(f"{SVG}circle")] == [8.0, 124.0, 182.0]
    assert [one.attrib["d"] for one in root.findall(f"{SVG}path")][1:] == ["M124 20L182 20"]


@given(st.lists(st.integers(0, 50), min_size=20, max_size=20).filter(any), st.none() | st.floats(0, 100))
def test_a_histogram_has_a_column_for_each_stretch_with_teams(bins: list[int], middle: float | None) -> None:
    root, title = drawn(HistogramChart(bins, middle, max(bins)).svg(default_theme()))
    assert len(root.findall(f"{SVG}rect")) == sum(count > 0 for count in bins)
    assert len(root.findall(f"{SVG}path")) == 4 + (middle is not None)
    fifths = ", ".join(str(sum(bins[at : at + 4])) for at in range(0, 20, 4))
    assert f"in steps of 20: {fifths}." in title


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_share_says_how_many_and_how_many_are_not_known(count: int, unknown: int, more: int) -> None:
    of = count + unknown + more
    root, title = drawn(ShareChart(count, of, unknown).svg(default_theme()))
    widths = [float(box.get("width") or 0) for box in root.findall(f"{SVG}rect")][1:]
    assert len(widths) == (count > 0) + (unknown > 0)
    assert sum(widths) == pytest.approx(189 * (count + unknown) / of if of else 0, abs=0.01)
    assert title == f"{count} of {of}" + (f". Not known: {unknown}." if unknown else "")
