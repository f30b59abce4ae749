"""The ways out of a damaged library."""

import pytest

from papers_tui.tui.screens.damage import Damage

WHAT = "/home/somebody/.local/share/papers-tui/marks.db is damaged and cannot be read"
BACKUP = "21 Nov 2026, 10:40, 5 papers with marks, 2 bookmarks, 1 note, 3 tags"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
async def test_every_way_out_is_shown_on_a_small_screen_too(show, size):
    async with show(Damage(WHAT, BACKUP), size=size) as pilot:
        shown = pilot.app.shown()
        for way in ("r restore", "s save what can be read", "esc quit", "1 note"):
            assert way in shown
