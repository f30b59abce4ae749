"""Draw the screens of the real program into `docs/screens/`, as SVG and, for looking at them, as PNG.

Run it in the environment of `pip install -e '.[dev]'`:

    python docs/render_screens.py [NAME...]                                     over the starter shelf
    python docs/render_screens.py --library DIR [--cache-dir DIR] [NAME...]     searching a large library
    ... --look                      each at three sizes, dark and light, as PNG alone

The large pictures of the documentation show 100,000 papers of arXiv.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cairosvg
from textual.pilot import Pilot

from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.index.paper import Status
from papers_tui.tui.app import PapersApp
from papers_tui.tui.config import Config
from papers_tui.tui.locations import Locations
from papers_tui.tui.themes import DARK, LIGHT

HERE: Final = Path(__file__).parent / "screens"
PNG: Final = Path(tempfile.gettempdir()) / "papers-tui-screens"


KEY_NAMES: Final = {" ": "space", ":": "colon"}
"""What characters are called that are no keys themselves."""


@dataclass(frozen=True)
class Shot:
    """One picture: which keys lead to it, at what size, in what theme."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = (120, 40)
    theme: str = DARK.name


SEARCH: Final = (*"attention", "down")

SHOTS: Final = (
    Shot("browse-dark", SEARCH),
    Shot("browse-light", SEARCH, theme=LIGHT.name),
    Shot("browse-80x24", SEARCH, (80, 24)),
    Shot("browse-40x12", SEARCH, (40, 12)),
    Shot("abstract-40x12", (*SEARCH, "enter"), (40, 12)),
    Shot("cite", (*SEARCH, "y")),
    Shot("cite-80x24", (*SEARCH, *["space"] * 3, "y", *["down"] * 5), (80, 24)),
    Shot("cite-40x12", (*SEARCH, *["space"] * 3, "y", *["down"] * 10), (40, 12)),
    Shot("edit", (*SEARCH, "e", *"!"), (80, 24)),
    Shot("tags", (*SEARCH, "t", *"trans")),
    Shot("note", (*SEARCH, "m")),
    Shot("sort", (*SEARCH, "s"), (80, 24)),
    Shot("help", (*SEARCH, "question_mark")),
    Shot("facets", (*"model", "down", "f", "left", *["shift+left"] * 3)),
    Shot("similar", (*SEARCH, "z", "j")),
    Shot("completion", (*"language tag:", "ctrl+n")),
    Shot("corrected", tuple("languge"), (80, 24)),
    Shot("no-hits", (*"zyxwv",), (80, 24)),
    Shot("merge", (*SEARCH, ":", *"duplicates", "enter")),
    Shot("merge-80x24", (*SEARCH, ":", *"duplicates", "enter"), (80, 24)),
    Shot("merge-40x12", (*SEARCH, ":", *"duplicates", "enter"), (40, 12)),
    Shot("trash", (*SEARCH, ":", *"trash", "enter"), (80, 24)),
    Shot("trash-40x12", (*SEARCH, ":", *"trash", "enter"), (40, 12)),
    Shot("damage", (), (80, 24)),
    Shot("damage-40x12", (), (40, 12)),
    Shot("first-run", (), (80, 24)),
)

_LARGE_SIZE: Final = (100, 28)


def again(text: str) -> tuple[str, ...]:
    """Return keys that type a text twice: the time that is shown is that of warm caches."""
    return (*text, "ctrl+u", *text)


LARGE: Final = (
    Shot("large-typing", again("diffusion mod"), _LARGE_SIZE),
    Shot("large-corrected", again("langauge modle"), _LARGE_SIZE),
    Shot("large-refused", (*again("langauge modle"), "f6"), _LARGE_SIZE),
    Shot("large-no-hits", tuple("transformers author:zzyzx year:2031 "), _LARGE_SIZE),
    Shot("large-facets", (*"diffusion ", "down", "f", "left", *["shift+left"] * 3), _LARGE_SIZE),
    Shot("large-similar", (*"attention mechanism", "down", "z", "j"), _LARGE_SIZE),
    Shot("large-completion", (*"langauge cat:cs", "ctrl+n", "ctrl+n"), _LARGE_SIZE),
)
"""Searching a large library."""

SIZES: Final = ((120, 40), (80, 24), (40, 12))

OPEN_ENDED: Final = {"dialog", "command", "open"}
"""Workers that wait for the person."""


def stock(library: Library) -> None:
    """Fill a library with the shelf and some marks."""
    library.add_shelf()
    library.update_index(lambda *_: None)
    library.bookmark(["1706.03762", "1810.04805"], on=True)
    library.tag(["1706.03762", "2205.14135", "1409.0473"], add=["attention", "transformers"])
    library.tag(["2106.09685"], add=["fine-tuning"])
    library.set_status(["1409.0473"], Status.READ)
    library.set_status(["2205.14135"], Status.READING)
    library.set_note("1706.03762", "Section 3.2 has the scaling argument; compare with the form of 2014.")
    library.set_rating(["1706.03762"], 5)


TWICE: Final = """@inproceedings{devlin2019bert,
  title = {BERT: Pre-Training Deep Bidirectional Transformers for Language Understanding},
  author = {Devlin, J. and Chang, M.-W. and Lee, K. and Toutanova, K.},
  booktitle = {Proceedings of NAACL-HLT}, pages = {4171--4186}, year = {2019},
  doi = {10.18653/v1/N19-1423}, keywords = {thesis}, annote = {Cited in chapter 2.}
}
"""
"""A paper of the shelf as somebody's bibliography has it."""


def stock_twice(library: Library, folder: Path) -> None:
    """Import a paper that is there already, under a title of its own."""
    path = folder / "thesis.bib"
    path.write_text(TWICE, encoding="utf-8")
    library.import_paths([path], ImportOptions(), lambda _: None)
    library.update_index(lambda *_: None)


def damage(marks: Path) -> None:
    """Take the first page of the marks away."""
    marks.write_bytes(bytes(4096) + marks.read_bytes()[4096:])


async def shoot(shot: Shot, locations: Locations) -> str:
    """Run the program, press the keys, and return the screen as SVG."""
    app = PapersApp(locations, Config(theme=shot.theme))
    async with app.run_test(size=shot.size) as pilot:
        await settle(pilot)
        for key in shot.keys:
            if len(key) > 1:  # A command is about the results of what was typed.
                await settle(pilot)
            await pilot.press(KEY_NAMES.get(key, key))
        await settle(pilot)
        return app.export_screenshot(title="papers-tui")


async def settle(pilot: Pilot[int]) -> None:
    """Wait until nothing runs any more but the watch for other windows."""
    for _ in range(5):
        await pilot.pause(0.05)
        busy = [one.wait() for one in pilot.app.workers if one.group not in OPEN_ENDED]
        await asyncio.gather(*busy, return_exceptions=True)
    await pilot.pause()


def local_fonts(svg: str) -> str:
    """Have an SVG drawn with fonts that are here."""
    return re.sub(r"@font-face\s*{[^}]*}", "", svg).replace("Fira Code", "DejaVu Sans Mono")


def as_png(svg: str, target: Path) -> None:
    """Draw an SVG."""
    cairosvg.svg2png(local_fonts(svg).encode(), write_to=str(target), output_width=1600)


@contextmanager
def shelved(name: str) -> Iterator[Locations]:
    """Make a library for a picture: of the shelf and some marks, or one that nobody has opened yet."""
    with tempfile.TemporaryDirectory() as home:
        locations = Locations(Path(home, "data"), Path(home, "cache"), Path(home, "none.toml"))
        if name != "first-run":
            with Library.open(locations.data_dir, locations.cache_dir) as library:
                stock(library)
                if name.startswith("merge"):
                    stock_twice(library, Path(home))
                if name.startswith("trash"):
                    library.remove(["arxiv:2106.09685", "arxiv:1810.04805"])
                library.back_up()
            if name.startswith("damage"):
                damage(locations.marks)
        yield locations


def draw(shot: Shot, locations: Locations, *, is_kept: bool) -> None:
    """Draw one picture; those that are kept are part of the documentation."""
    svg = asyncio.run(shoot(shot, locations))
    if is_kept:
        (HERE / f"{shot.name}.svg").write_text(svg, encoding="utf-8")
        sys.stdout.write(f"{HERE / shot.name}.svg\n")
    as_png(svg, PNG / f"{shot.name}.png")
    sys.stdout.write(f"{PNG / shot.name}.png\n")


def everywhere(shot: Shot) -> Iterator[Shot]:
    """Vary a picture in size and theme."""
    for columns, rows in SIZES:
        for theme in (DARK.name, LIGHT.name):
            name = f"{shot.name}-{columns}x{rows}-{theme.rpartition('-')[2]}"
            yield replace(shot, name=name, size=(columns, rows), theme=theme)


def main() -> None:
    """Draw all screens, or those that are named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which pictures; all, if none is named")
    parser.add_argument("--library", type=Path, metavar="DIR", help="a data directory to search in")
    parser.add_argument("--cache-dir", type=Path, metavar="DIR", help="its index's directory")
    parser.add_argument("--look", action="store_true", help="draw at all sizes, dark and light, as PNG alone")
    options = parser.parse_args()
    HERE.mkdir(exist_ok=True)
    PNG.mkdir(exist_ok=True)
    for shot in LARGE if options.library else SHOTS:
        if options.names and shot.name not in options.names:
            continue
        for one in everywhere(shot) if options.look else (shot,):
            if options.library:
                cache = options.cache_dir or options.library / "cache"
                draw(one, Locations(options.library, cache, PNG / "none.toml"), is_kept=not options.look)
            else:
                with shelved(shot.name) as locations:
                    draw(one, locations, is_kept=not options.look)


if __name__ == "__main__":
    main()
