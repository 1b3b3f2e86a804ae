"""Colours as #rrggbb: how well one is read on another, and what lies between two."""

import colorsys

READABLE = 4.5
"""The least contrast of text and what it stands on (WCAG 2.2, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies ``share`` (0 to 1) of the way from ``one`` to ``other``."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def dark(colour: str, share: float) -> str:
    """Return the colour, darker by ``share`` (0 to 1) of its lightness, of the same hue and saturation."""
    hue, lightness, fullness = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    red, green, blue = colorsys.hls_to_rgb(hue, lightness * (1 - share), fullness)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in (red, green, blue))


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 — numbers of the standard
        for c in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
