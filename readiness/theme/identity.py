"""What templates get to know of a theme: whose document it is. Plain data."""

import base64

from markupsafe import Markup

from readiness.language import spoken
from readiness.theme.theme import LONG_TITLE, Theme

_LOGO_WIDTH, _LOGO_HEIGHT = 226, 68
"""CSS pixels that a logo may take: 60 by 18 mm."""


def identity(theme: Theme) -> dict[str, object]:
    """Return what templates get to know of whose report or form it is, as plain data."""
    logo = theme.logo
    scale = min(1, _LOGO_WIDTH / logo.width, _LOGO_HEIGHT / logo.height) if logo else 0
    return {
        "name": theme.name,
        "contact": theme.contact,
        "footer": theme.footer,
        "logo": Markup(f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode()}") if logo else None,  # noqa: S704 — digits
        "logo_width": max(round(logo.width * scale), 1) if logo else None,
        "logo_height": max(round(logo.height * scale), 1) if logo else None,
        "language": spoken(),
        "large": theme.large,
        "long_title": LONG_TITLE,
    }
