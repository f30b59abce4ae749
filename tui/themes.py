"""The program's own themes: a dark one and a light one. Textual's themes can be chosen as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

DARK: Final = Theme(
    name="papers-dark",
    dark=True,
    primary="#7aa2f7",
    secondary="#9d7cd8",
    accent="#e0af68",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    foreground="#d5daf0",
    background="#14161f",
    surface="#191c28",
    panel="#232737",
    variables={
        "border": "#7aa2f7",
        "border-blurred": "#3a4058",
        "text-muted": "#949cbc",
        "block-cursor-background": "#33406a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#262b3f",
        "block-cursor-blurred-foreground": "#d5daf0",
        "input-selection-background": "#7aa2f7 35%",
        "footer-background": "#191c28",
        "footer-foreground": "#a3aac6",
        "footer-key-foreground": "#e0af68",
        "scrollbar": "#3a4058",
        "scrollbar-background": "#191c28",
    },
)

LIGHT: Final = Theme(
    name="papers-light",
    dark=False,
    primary="#2f5fc4",
    secondary="#7a3fb0",
    accent="#9a5b00",
    success="#2e6b1f",
    warning="#9a5b00",
    error="#b3243c",
    foreground="#22263a",
    background="#f4f3ee",
    surface="#fbfaf7",
    panel="#e7e5dc",
    variables={
        "border": "#2f5fc4",
        "border-blurred": "#bdbaad",
        "text-muted": "#5a5e70",
        "block-cursor-background": "#cfdcf8",
        "block-cursor-foreground": "#10131f",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e4e6ea",
        "block-cursor-blurred-foreground": "#22263a",
        "input-selection-background": "#2f5fc4 25%",
        "footer-background": "#e7e5dc",
        "footer-foreground": "#4a4e60",
        "footer-key-foreground": "#8a3d00",
        "scrollbar": "#bdbaad",
        "scrollbar-background": "#f4f3ee",
    },
)

THEMES: Final = (DARK, LIGHT)


def theme_names() -> list[str]:
    """Return the names of all themes: ours, then Textual's."""
    return [*(theme.name for theme in THEMES), *sorted(BUILTIN_THEMES)]


READABLE: Final = 4.5
"""The contrast that text needs, after WCAG 2.2, success criterion 1.4.3."""

_INKS: Final = ("accent", "success", "primary", "warning")


def mixed_colors(variables: Mapping[str, str]) -> dict[str, str]:
    """Return colours for every theme, mixed of its own: solid ones, and texts readable on the cursor's row.

    A theme's own muted text is translucent, which a part of a line cannot be; its own cursor may be as bright
    as the text on it. Themes of the terminal's colours cannot be mixed: there the cursor is reversed.
    """
    names = ("foreground", "background", "primary")
    foreground, background, primary = (Color.parse(variables[name]) for name in names)
    if any(color.ansi is not None for color in (foreground, background, primary)):
        plain = {"paper-cursor": variables["background"], "paper-cursor-blurred": variables["background"]}
        inks = {f"paper-{name}": variables[f"text-{name}"] for name in _INKS}
        return {"paper-muted": variables["foreground"], **inks, **plain}
    cursor = background.blend(primary, 0.27 if background.brightness < 0.5 else 0.16)
    muted = background.blend(foreground, 0.66 * foreground.a, alpha=1)
    inks = {f"paper-{name}": _readable(Color.parse(variables[f"text-{name}"]), cursor).hex for name in _INKS}
    return {
        "paper-muted": _readable(muted, cursor).hex,
        **inks,
        "paper-cursor": cursor.hex,
        "paper-cursor-blurred": background.blend(cursor, 0.5).hex,
    }


def _readable(ink: Color, ground: Color) -> Color:
    """Return a colour of text, made lighter or darker until it stands out from the ground."""
    end = Color(255, 255, 255) if ground.brightness < 0.5 else Color(0, 0, 0)
    steps = (ink.blend(end, step / 10, alpha=1) for step in range(10))
    return next((color for color in steps if _contrast(color, ground) >= READABLE), end)


def _contrast(one: Color, other: Color) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
