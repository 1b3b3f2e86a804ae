"""A theme’s folder: what it may say, and that all that is wrong in it is said at once."""

import contextlib
import random
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readiness.errors import InputError
from readiness.theme.colours import READABLE, contrast, mix
from readiness.theme.theme import Part, Theme
from readiness.theme.theme_file import THEMES, ThemeFile, find_theme, read_theme, shipped_themes
from tests.report.services import SOBER
from tests.theme.themed import FONTS, Write, wrong


def test_of_long_values_the_start_is_said(write: Write) -> None:
    found = wrong(write(f'text_size = "{"x" * 999}"', f'parts = ["{"y" * 999}"]'))
    assert found[0].startswith(f'1:1: text_size: "{"x" * 79}…" is not a size')
    assert f'"{"y" * 79}…"' in found[1]
    assert max(map(len, found)) < 500


def test_all_that_is_wrong_is_said_in_our_words_whatever_else_is_wrong(write: Write) -> None:
    said = wrong(write("name = inf", "main_colour = 3", 'text_size = "big"', "[font]", 'regulr = "a.ttf"'))
    assert len(said) == 4
    assert said[0].startswith("1:1: name ")
    assert said[1].startswith("2:1: main_colour ")
    assert 'in quotes, or name files: {regular = "our.ttf", bold = "our-bold.ttf"}' in said[3]
    assert not [text for text in said if "constrained" in text or "FontFiles" in text]


def test_deep_nesting_is_no_crash(write: Write) -> None:
    assert "nested more than 20 levels deep" in wrong(write(f"name = {'[' * 5000}"))[0]


def test_a_font_damaged_anywhere_is_said_to_be_damaged(write: Write) -> None:
    folder = write('font = {regular = "regular.ttf"}')
    whole = bytearray((FONTS / "SourceSans3-Regular.ttf").read_bytes())
    chance = random.Random(7)
    for _ in range(12):
        data = bytearray(whole)
        for at in chance.sample(range(4, 400), 3):
            data[at] = chance.randrange(256)
        (folder / "regular.ttf").write_bytes(bytes(data))
        with contextlib.suppress(InputError):
            read_theme(folder)


def test_three_themes_are_shipped_the_sober_one_first() -> None:
    assert shipped_themes() == ("sober", "large-print", "warm")


@pytest.mark.parametrize("name", shipped_themes())
def test_a_shipped_theme_can_be_read_on_every_ground(name: str) -> None:
    theme = read_theme(find_theme(name))
    for ground in (theme.paper, theme.tint, theme.warm_tint):
        for text in (theme.ink, theme.muted, theme.accent, theme.warm):
            assert contrast(text, ground) >= READABLE


def test_large_print_has_the_size_and_contrast_it_promises() -> None:
    theme = read_theme(find_theme("large-print"))
    assert theme.text_size >= 16
    assert theme.large
    assert all(contrast(text, theme.paper) >= 7 for text in (theme.ink, theme.muted, theme.accent, theme.warm))


def test_a_theme_has_fewer_than_15_fields_and_each_stands_in_the_shipped_file_with_a_word_on_it() -> None:
    text = (THEMES / "sober" / "theme.toml").read_text("utf-8")
    assert set(re.findall(r"^(\w+) =", text, re.MULTILINE)) == set(ThemeFile.model_fields)
    assert len(ThemeFile.model_fields) < 15
    assert text.count("#") > len(ThemeFile.model_fields) / 2


def test_what_is_left_out_is_as_in_the_sober_theme(write: Write) -> None:
    assert read_theme(write("")) == SOBER


def test_a_theme_says_whose_report_it_is(write: Write) -> None:
    theme = read_theme(write('name = "Lantern"', 'contact = "hello@lantern.example"', 'logo = "logo.png"'))
    assert (theme.name, theme.contact) == ("Lantern", "hello@lantern.example")
    assert theme.logo is not None
    assert (theme.logo.media_type, theme.logo.width, theme.logo.height) == ("image/png", 300, 100)


def test_a_theme_chooses_its_parts_and_their_order(write: Write) -> None:
    theme = read_theme(write('parts = ["plan", "summary", "method"]'))
    assert theme.parts == (Part.PLAN, Part.SUMMARY, Part.METHOD)


def test_all_that_is_wrong_is_said_at_once_with_its_line(write: Write) -> None:
    folder = write(
        'name = ""',
        'logo = "logo.png"',
        'main_colour = "#ffcc00"',
        'second_colour = "orange"',
        'font = "Comic Sans"',
        'heading_font = {regular = "../x.ttf", bold = "nowhere.ttf"}',
        "text_size = 40",
        'page = "A3"',
        'parts = ["summary"]',
        "shade = 3",
    )
    found = wrong(folder)
    assert [line.partition(":")[0] for line in found] == ["2", "3", "4", "5", "6", "6", "7", "8", "9", "10"]
    assert found[1].startswith("3:1: main_colour is too light to read: text in it, on ")
    assert found[2] == '4:1: second_colour: "orange" is not a colour. Write # and six digits, such as "#0b5563".'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("40", "40 is not"),
        ("7.9", "7.9 is not"),
        ('"big"', '"big" is not'),
        ("true", "this is not"),
        ("nan", "nan is not"),
        ("[9]", "this is not"),
    ],
)
def test_a_size_says_what_is_allowed_and_what_to_write(write: Write, text: str, said: str) -> None:
    todo = "a size from 8 to 20 points. Write a number without quotes, such as 9.6, or 16 for large print."
    assert wrong(write(f"text_size = {text}")) == [f"1:1: text_size: {said} {todo}"]


def test_a_part_that_is_not_there_is_said_with_those_that_are(write: Write) -> None:
    (said,) = wrong(write('parts = ["summary", "plann", 3, "method"]'))
    assert said.startswith('1:1: parts: there is no part "plann" or "3". Write a list of these: ["summary", "forces", ')
    assert "brief" not in said
    assert "this is not a list" in wrong(write('parts = "all"'))[0]


def test_a_logo_without_a_name_says_what_else_is_wrong_with_it(write: Write) -> None:
    folder = write('logo = "logo.svg"')
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "utf-8")
    said = wrong(folder)
    assert len(said) == 2
    assert 'Say whose it is: name = "Our name".' in said[0]
    assert "not a PNG or JPEG picture" in said[1]


@given(st.lists(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True), min_size=3, max_size=3))
@example(["#606000", "#b05000", "#303280"])
def test_the_colours_that_are_suggested_are_taken(colours: list[str]) -> None:
    _SCRATCH.mkdir(exist_ok=True)
    fields = dict(zip(("main_colour", "second_colour", "text_colour"), colours, strict=True))

    def written() -> Path:
        lines = (f'{field} = "{colour}"' for field, colour in fields.items())
        (_SCRATCH / "theme.toml").write_text("\n".join(lines), encoding="utf-8")
        return _SCRATCH

    with contextlib.suppress(InputError):
        read_theme(written())
        return
    for said in wrong(written()):
        field, better = re.findall(r'^\d+:\d+: (\w+) .*such as "(#\w+)"', said)[0]
        fields[field] = better
    read_theme(written())


@pytest.mark.parametrize("text", ['name = x"', "name", "[name", 'name = "a"\nname = "b"'])
def test_what_is_not_toml_is_said_with_its_line(write: Write, text: str) -> None:
    (said,) = wrong(write(text))
    assert re.match(r"\d+:(\d+:)? This is not written as TOML is\.", said)


@pytest.mark.parametrize("name", ["warm", str(THEMES / "warm"), str(THEMES / "warm" / "theme.toml")])
def test_a_theme_is_found_by_name_folder_or_file(name: str) -> None:
    assert find_theme(name) == THEMES / "warm"


def test_a_theme_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(InputError, match="Name one of these: sober, large-print, warm"):
        find_theme("gold")


COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_lies_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.01


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_mix_lies_between_its_colours(one: str, other: str, share: float) -> None:
    low, high = sorted((contrast(one, "#000000"), contrast(other, "#000000")))
    assert mix(one, one, share) == one
    assert (mix(one, other, 0), mix(one, other, 1)) == (one, other)
    if one[1:3] == one[3:5] == one[5:] and other[1:3] == other[3:5] == other[5:]:
        assert low <= contrast(mix(one, other, share), "#000000") <= high


@given(st.builds("#{:02x}{:02x}{:02x}".format, *[st.integers(0, 255)] * 3))
def test_a_theme_that_is_taken_can_be_read(colour: str) -> None:
    found = read_theme_with(colour)
    if found is not None:
        for ground in (found.paper, found.tint, found.warm_tint):
            assert contrast(found.accent, ground) >= READABLE
            assert contrast(found.warm, ground) >= READABLE


def read_theme_with(colour: str) -> Theme | None:
    """Return a theme whose main colour that is; None where it is refused."""
    _SCRATCH.mkdir(exist_ok=True)
    (_SCRATCH / "theme.toml").write_text(f'main_colour = "{colour}"', encoding="utf-8")
    try:
        return read_theme(_SCRATCH)
    except InputError:
        return None


@pytest.fixture(scope="module", autouse=True)
def _scratch(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _SCRATCH  # noqa: PLW0603 — hypothesis can't take a fixture of a single test
    _SCRATCH = tmp_path_factory.mktemp("themes") / "scratch"


_SCRATCH: Path
