"""Record a search of a large library into `docs/screens/searching.webp`, a picture for each key.

Run it in the environment of `pip install -e '.[dev]'`:

    python docs/record_screens.py LIBRARY [--cache-dir DIR]

Each picture is the screen once the key has had its effect. How long a picture stands is a typist's pace:
the time that a search took is the one that the screen tells.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
from pathlib import Path
from typing import Final

import cairosvg
from PIL import Image
from render_screens import HERE, KEY_NAMES, local_fonts, settle

from papers_tui.tui.app import PapersApp
from papers_tui.tui.config import Config
from papers_tui.tui.locations import Locations

SIZE: Final = (100, 28)
WIDTH: Final = 800
"""Pixels."""

TARGET: Final = HERE / "searching.webp"

TYPED_MS: Final = 140
READ_MS: Final = 1800
"""How long a picture stands where somebody types, and where they look."""

UNSEEN: Final = ("d", "ctrl+u")
"""Keys before the recording: nobody's index is cold for long."""

SCENES: Final[tuple[tuple[str, ...], ...]] = (
    tuple("diffusion mod"),
    tuple("els fro"),
    ("down", "j", "j"),
    ("f",),
    ("left", "shift+left", "shift+left", "shift+left"),
    ("enter",),
    ("escape", "slash", "ctrl+u", *"langauge modle"),
    ("ctrl+u", *"attention is all "),
    ("down", "z", "j"),
    ("escape", "b"),
    ("y", "down", "down"),
)
"""Keys after the last of which somebody looks."""


async def record(locations: Locations) -> list[tuple[Image.Image, int]]:
    """Run the program; return its screens with the milliseconds that each stands."""
    app = PapersApp(locations, Config())
    frames = []
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*UNSEEN)
        for scene in SCENES:
            for number, key in enumerate(scene, 1):
                await pilot.press(KEY_NAMES.get(key, key))
                await settle(pilot)
                stands = READ_MS if number == len(scene) else TYPED_MS
                frames.append((picture(app.export_screenshot(title="papers-tui")), stands))
    return frames


def picture(svg: str) -> Image.Image:
    """Draw an SVG in few colours."""
    png = cairosvg.svg2png(local_fonts(svg).encode(), output_width=WIDTH)
    return Image.open(io.BytesIO(png)).convert("RGB").quantize(32, dither=Image.Dither.NONE).convert("RGB")


def main() -> None:
    """Record, and write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path, metavar="LIBRARY", help="a data directory to search in")
    parser.add_argument("--cache-dir", type=Path, metavar="DIR", help="its index's directory")
    options = parser.parse_args()
    cache = options.cache_dir or options.library / "cache"
    frames = asyncio.run(record(Locations(options.library, cache, options.library / "none.toml")))
    first, *others = [frame for frame, _ in frames]
    stands = [milliseconds for _, milliseconds in frames]
    first.save(TARGET, save_all=True, append_images=others, duration=stands, loop=0, lossless=True)
    sys.stdout.write(f"{TARGET}: {len(frames)} pictures\n")


if __name__ == "__main__":
    main()
