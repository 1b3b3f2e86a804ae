"""How a report looks and whose it is: colours, type, logo, and which parts it has. Every format takes it from here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from readiness.language import N_
from readiness.resources import REPORT_TEMPLATES
from readiness.theme.colours import READABLE, contrast, mix

_VARIABLE = re.compile(r"var\(--([a-z_]+)\)")
_NOT_A_NAME = re.compile(r"[^\w -]")
_LARGE = 13.0
"""Points; from this size on, what stands side by side stands one below the other."""
TINT = 0.88
"""How much of the paper is in a tint: the rest is its colour."""
_MUTED = 0.25
_LINE = 0.7
_FOOT = 0.83
_SHADES = (0.06, 0.2, 0.35, 0.5, 1.0)
_DARK, _BRIGHT = 0.4, 0.93
_LIFTED = 8.0
"""The contrast on dark paper that leaves enough of it (4.5) on the tints."""
FALLBACK = "Readiness Sans"
"""The shipped text face: it also stands in for characters that a theme's own font lacks."""


class Part(StrEnum):
    """A part of a report, in the order of the sober theme. The name of the template that shows it.

    ``BRIEF`` stands for all that come after the summary, in a report of two pages.
    """

    SUMMARY = "summary"
    FORCES = "forces"
    VIEWS = "views"
    DOMAINS = "domains"
    PLAN = "plan"
    OPEN = "open"
    ANSWERS = "answers"
    METHOD = "method"
    BRIEF = "brief"


LONG_TITLE = 34
"""From how many characters on a title is set smaller, so that a first page keeps room for what it is for."""

PART_TITLES: Mapping[Part, str] = {
    Part.SUMMARY: N_("The result"),
    Part.FORCES: N_("What helps, and what gets in the way"),
    Part.VIEWS: N_("Where views differ"),
    Part.DOMAINS: N_("The parts, one by one"),
    Part.PLAN: N_("The action plan"),
    Part.OPEN: N_("What we do not know"),
    Part.ANSWERS: N_("All answers"),
    Part.METHOD: N_("How the score works, and what it does not claim"),
    Part.BRIEF: N_("What to do first"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """A font and its files. ``name`` is what a word processor calls it. A face that is missing falls back on ours."""

    name: str
    regular: Path | None = None
    bold: Path | None = None
    italic: Path | None = None


_FONTS = REPORT_TEMPLATES / "fonts"
_OURS = Family(
    "Source Sans 3",
    regular=_FONTS / "SourceSans3-Regular.ttf",
    bold=_FONTS / "SourceSans3-Semibold.ttf",
    italic=_FONTS / "SourceSans3-It.ttf",
)
SHIPPED_FONTS: Mapping[str, Family] = {
    _OURS.name: _OURS,
    "Vollkorn": Family("Vollkorn", bold=_FONTS / "Vollkorn-SemiBold.ttf"),
}


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, PNG or JPEG, with its size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Theme:
    """Checked look: text has a contrast of at least 4.5 to 1 on paper and tints.

    Colours are #rrggbb; ``text_size`` is that of running text in points; ``page`` is A4 or Letter. ``name``,
    ``contact`` and ``footer`` say whose report it is, and are empty if nobody says. ``templates`` is a folder whose
    templates go before ours.
    """

    name: str
    contact: str
    footer: str
    logo: Logo | None
    accent: str
    warm: str
    ink: str
    font: Family
    heading_font: Family
    text_size: float
    page: str
    parts: tuple[Part, ...]
    word_template: Path | None = None
    templates: Path | None = None
    paper: str = "#ffffff"

    @cached_property
    def tint(self) -> str:
        """The accent colour, very light: the ground of what stands out."""
        return mix(self.accent, self.paper, TINT)

    @cached_property
    def warm_tint(self) -> str:
        """The second colour, very light: the ground of what warns."""
        return mix(self.warm, self.paper, TINT)

    @cached_property
    def muted(self) -> str:
        """The colour of quiet text."""
        return quiet(self.ink, self.paper)

    @cached_property
    def line(self) -> str:
        """The colour of thin lines."""
        return mix(self.ink, self.paper, _LINE)

    @cached_property
    def shades(self) -> tuple[tuple[str, str], ...]:
        """Grounds from hardly any to all of the accent colour, each with its readable text colour."""
        return tuple(self._shade(share) for share in _SHADES)

    def _shade(self, share: float) -> tuple[str, str]:
        """Return the ground that has ``share`` (0 to 1) of the accent, or as much less as its text needs."""
        while True:
            ground = mix(self.paper, self.accent, share)
            text = max(self.ink, self.paper, key=lambda colour: contrast(colour, ground))
            if share <= 0 or contrast(text, ground) >= READABLE:
                return ground, text
            share -= 0.02

    @property
    def large(self) -> bool:
        """Whether the print is so large that nothing fits side by side."""
        return self.text_size >= _LARGE

    def brief(self) -> "Theme":
        """Return the theme for a report of two pages: the result, then what to do first."""
        return replace(self, parts=(Part.SUMMARY, Part.BRIEF))

    def dark(self) -> "Theme":
        """Return the theme for a dark screen: the same hues, light on dark, and as readable."""
        paper = mix(self.ink, "#000000", _DARK)
        ink = mix(paper, "#ffffff", _BRIGHT)
        return replace(self, paper=paper, ink=ink, accent=_lifted(self.accent, paper), warm=_lifted(self.warm, paper))

    def apply(self, css: str) -> str:
        """Return the style sheet with each ``var(--name)`` of the theme replaced; others are the style sheet's own."""
        return _VARIABLE.sub(lambda found: self._values.get(found[1], found[0]), css)

    @cached_property
    def _values(self) -> Mapping[str, str]:
        colours = {
            name: getattr(self, name)
            for name in ("ink", "muted", "line", "paper", "accent", "tint", "warm", "warm_tint")
        }
        return {
            **colours,
            **{f"shade_{at}": ground for at, (ground, _) in zip("abcde", self.shades, strict=True)},
            **{f"on_{at}": text for at, (_, text) in zip("abcde", self.shades, strict=True)},
            "font": f'"{face_name(self.font)}", "{FALLBACK}"',
            "heading": f'"{face_name(self.heading_font)}", "{FALLBACK}"',
            "page": self.page,
            "size": f"{self.text_size:g}pt",
            "foot": f"{self.text_size * _FOOT:.2g}pt",
            "figures": "lining-nums" if self.font == self.heading_font != _OURS else "normal",
        }

    @property
    def whose(self) -> str:
        """Whose document it is, and how to reach them, in a line; "" if nobody says."""
        return f"{self.name}. {self.contact}" if self.contact else self.name

    @property
    def families(self) -> tuple[Family, ...]:
        """Each font of the theme once, the shipped text face first."""
        return tuple(dict.fromkeys((_OURS, self.font, self.heading_font)))


def _lifted(colour: str, paper: str) -> str:
    """Return ``colour``, lightened until it can be read on dark ``paper`` and on any tint of it."""
    steps = (mix(colour, "#ffffff", step / 20) for step in range(20))
    return next((each for each in steps if contrast(each, paper) >= _LIFTED), "#ffffff")


def quiet(ink: str, paper: str) -> str:
    """Return the colour of quiet text, where ``ink`` is that of text."""
    return mix(ink, paper, _MUTED)


def face_name(family: Family) -> str:
    """Return what style sheets call the font. It is not the name of a font that a machine may have installed.

    Of a name that a file gives itself, only what can mean nothing else in a style sheet is left.
    """
    return FALLBACK if family == _OURS else f"Readiness {_NOT_A_NAME.sub('', family.name)}"
