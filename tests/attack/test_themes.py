"""Themes made to stall or to break a program: refused in seconds, with what is wrong."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from readiness.document.write import PAGES
from readiness.errors import InputError, Place
from readiness.report import theme_trial
from readiness.report.theme_trial import try_theme
from readiness.resources import REPORT_TEMPLATES
from readiness.theme import assets
from readiness.theme.theme import Theme
from readiness.theme.theme_file import THEME_FILE, read_theme
from readiness.theme.toml_guard import MAX_CHARACTERS
from tests.program import PATIENCE, run

Write = Callable[..., Path]
TEN_SECONDS = 10


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a theme, with its files, and return its folder."""

    def written(text: str, **files: bytes) -> Path:
        (tmp_path / THEME_FILE).write_text(text, "utf-8")
        for name, data in files.items():
            (tmp_path / name.replace("_", ".")).write_bytes(data)
        return tmp_path

    return written


def refused(folder: Path) -> str:
    """Return what is said of the theme; it may take no longer than ten seconds."""
    began = perf_counter()
    with pytest.raises(InputError) as error:
        read_theme(folder)
    assert perf_counter() - began < TEN_SECONDS + assets.DEADLINE
    return str(error.value)


DEEP = "nested more than 20 levels deep"
TEXTS = {
    "spaces": (" " * 200_000 + "x", "has more than 64,000 characters"),
    "some spaces": (" " * 60_000 + "x", "not written as TOML"),
    "digits": ("text_size = " + "9" * 5_000, "not written as TOML"),
    "19 digits": ("text_size = " + "9" * 19, "too many digits"),
    "hexadecimal": ("text_size = 0x" + "f" * 5_000, "too many digits"),
    "a large fraction": ("text_size = 1e300", "too many digits"),
    "infinite": ("text_size = inf", "inf is not a size"),
    "deep key": (".".join("a" * 30_000) + " = 1", DEEP),
    "deep quoted key": (".".join(['"a"'] * 15_000) + " = 1", DEEP),
    "deep key with gaps": (" . ".join("a" * 15_000) + " = 1", DEEP),
    "deep table": (f"[{'.'.join('a' * 30_000)}]", DEEP),
    "deep key inside": (f"name = {{{'.'.join('a' * 30_000)} = 1}}", DEEP),
    "deep list": ("name = " + "[" * 5_000, DEEP),
    "deep inline table": ("name = " + "{a=" * 5_000, DEEP),
    "no end of quotes": ('name = "' + '"""' * 9_000 + '"', "not written as TOML"),
    "no end of text": ('name = """' + "'" * 50_000, "not written as TOML"),
    "many keys": ("\n".join(f"a{at} = 1" for at in range(6_000)), "more than 500 parts"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_toml_that_stalls_a_parser_is_refused_at_once(name: str, write: Write) -> None:
    text, said = TEXTS[name]
    assert said in refused(write(text))


def test_dots_and_brackets_in_words_are_no_nesting(write: Write) -> None:
    words = "." * 40 + "[" * 40
    made = read_theme(write(f'# {words}\nname = "{words} \\" {words}" # {words}\nfooter = \'{words}\'\n'))
    assert made.name == f'{words} " {words}'
    assert len(made.footer) == 80
    assert (REPORT_TEMPLATES / "themes/sober" / THEME_FILE).stat().st_size * 10 < MAX_CHARACTERS


# --- pictures ---


def png(size: tuple[int, int] = (200, 100)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(out, "PNG")
    return out.getvalue()


def jpeg(**options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((200, 100), 50).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


LOGO = 'name = "Ours"\nlogo = "logo.png"\n'


@pytest.mark.parametrize("missing", [1, 4, 8, 12, 13, 16, 21, 100, 5_000])
@pytest.mark.parametrize("whole", [png(), jpeg()], ids=["png", "jpeg"])
def test_picture_that_is_cut_short_anywhere_is_damaged(whole: bytes, missing: int, write: Write) -> None:
    assert "The logo is damaged" in refused(write(LOGO, logo_png=whole[:-missing]))


def test_picture_with_something_behind_it_is_one(write: Write) -> None:
    assert read_theme(write(LOGO, logo_png=png() + b"\n")).logo


def many_scans() -> bytes:
    """Return a picture that is drawn over and over again: each time takes as long as a whole one."""
    out = io.BytesIO()
    Image.new("L", (2000, 1900), 128).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * ((assets.MAX_LOGO_BYTES - len(data)) // len(scan)) + data[-2:]


def test_picture_that_takes_too_long_is_stopped(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "DEADLINE", 1.5)
    said = refused(write(LOGO, logo_png=many_scans()))
    assert "The logo took more than 1.5 seconds to read, and was stopped" in said


@pytest.mark.long
def test_picture_that_takes_too_long_stops_itself(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "DEADLINE", float(PATIENCE))  # as if nobody waited for it
    assert "The logo took more than 10 seconds to read, and was stopped" in refused(write(LOGO, logo_png=many_scans()))


def with_chunk(kind: bytes, body: bytes) -> bytes:
    data = png()
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:33] + chunk + data[33:]


def test_words_in_a_picture_that_unpack_to_gigabytes_are_refused(write: Write) -> None:
    bomb = zlib.compress(bytes(500_000_000), 9)
    data = with_chunk(b"zTXt", b"Comment\0\0" + bomb)
    assert len(data) < assets.MAX_LOGO_BYTES
    assert "The logo is damaged" in refused(write(LOGO, logo_png=data))


# --- fonts ---


FONT = 'font = {regular = "our.ttf"}\n'


def font(change: Callable[[TTFont], None] = lambda _: None) -> bytes:
    out = io.BytesIO()
    with TTFont(REPORT_TEMPLATES / "fonts/SourceSans3-Regular.ttf") as made:
        change(made)
        made.save(out)
    return out.getvalue()


def units(count: int) -> Callable[[TTFont], None]:
    return lambda made: setattr(made["head"], "unitsPerEm", count)


def ascent(made: TTFont) -> None:
    made["OS/2"].usWinAscent = 60_000


def no_width(made: TTFont) -> None:
    made["hmtx"].metrics = dict.fromkeys(made["hmtx"].metrics, (0, 0))


@pytest.mark.parametrize("change", [units(0), units(16), units(100), ascent, no_width])
def test_font_whose_letters_fill_pages_or_nothing_is_damaged(change: Callable[[TTFont], None], write: Write) -> None:
    assert "our.ttf is damaged" in refused(write(FONT, our_ttf=font(change)))


def test_font_that_takes_too_long_is_stopped(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "DEADLINE", 0.01)
    assert "our.ttf took more than 0.01 seconds to read, and was stopped" in refused(write(FONT, our_ttf=font()))


def test_font_without_outlines_is_damaged(write: Write) -> None:
    data = bytearray(font())
    entry = data.index(b"glyf")
    data[entry : entry + 4] = b"glyx"
    assert "our.ttf is damaged" in refused(write(FONT, our_ttf=bytes(data)))


def restricted(made: TTFont) -> None:
    made["OS/2"].fsType = 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Some words", "is not a TTF or OTF font"),
        (font()[:20_000], "is damaged"),
        (b"", "is empty, or larger than 2 MB"),
        (font(restricted), "says that it may not be embedded in a document"),
    ],
    ids=["text", "cut short", "empty", "restricted"],
)
def test_each_face_of_a_font_is_looked_at(data: bytes, said: str, write: Write) -> None:
    faces = 'font = {regular = "our.ttf", bold = "bold.ttf", italic = "italic.ttf"}\n'
    told = refused(write(faces, our_ttf=font(), bold_ttf=data, italic_ttf=data))
    assert f"bold.ttf {said}" in told
    assert f"italic.ttf {said}" in told


# --- all renderers take what is sound ---


def test_theme_that_brings_files_is_tried_in_each_format(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def render(_make: object, form: object, _page: object, _theme: Theme, _deadline: float) -> None:
        tried.append(str(form))

    monkeypatch.setattr(theme_trial, "made_apart", render)
    try_theme(read_theme(write(LOGO + FONT, logo_png=png(), our_ttf=font())), Place("x"))
    assert {"pdf", "html", "docx"} <= {*tried} <= {*PAGES}
    tried.clear()
    try_theme(read_theme(write("")), Place("x"))
    assert tried == []


def test_sound_theme_passes_and_a_name_moves_no_cursor(write: Write) -> None:
    folder = write(LOGO + FONT, logo_png=png(), our_ttf=font())
    named = folder / "a\x1b[2Jb"
    named.mkdir()
    for file in (THEME_FILE, "logo.png", "our.ttf"):
        (folder / file).rename(named / file)
    done = run("theme", "check", str(named), cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "b: sound." in done.stdout
    assert "\x1b" not in done.stdout


def test_theme_that_no_page_can_be_made_in_is_not_sound(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme_trial, "DEADLINE", 0.01)
    folder = write(FONT, our_ttf=font())
    with pytest.raises(InputError) as error:
        try_theme(read_theme(folder), Place(str(folder / THEME_FILE)))
    assert "No .pdf can be made in this theme: it took more than 0.01 seconds" in str(error.value)
