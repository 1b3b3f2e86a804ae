"""Colours and type of a report, in one place: charts and style sheets get them as literal values."""

import re
from dataclasses import asdict, dataclass

_VARIABLE = re.compile(r"var\(--([a-z_]+)\)")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb. Text on paper, and on each tint, has a contrast of at least 4.5 to 1."""

    ink: str = "#17262b"
    muted: str = "#4a5a60"
    line: str = "#b9c5c9"
    paper: str = "#ffffff"
    accent: str = "#0b5563"
    tint: str = "#e4eff0"
    warm: str = "#8a4100"
    warm_tint: str = "#faf0e4"

    def apply(self, css: str) -> str:
        """Return the style sheet with each ``var(--name)`` replaced. Raises KeyError for a name the theme lacks."""
        values = asdict(self)
        return _VARIABLE.sub(lambda found: values[found[1]], css)


DEFAULT = Theme()
