"""What keeps the library safe while the browser is open: the trash, backups, and the way out of a damage."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import work

from papers_tui.index.errors import DamagedLibrary, ForeignFile, LostFile, PapersError
from papers_tui.tui.failures import tell
from papers_tui.tui.screens.noting import Noting
from papers_tui.tui.wording import plural, shown_moment

if TYPE_CHECKING:
    from pathlib import Path

    from papers_tui.index.library import Library
    from papers_tui.tui.screens.damage import WayOut

BACKUP_POLL: Final = 600.0
"""Seconds between looks at whether a backup is due: a window may stay open for weeks."""

MARKS: Final = "marks.db"

LONGEST_TITLE: Final = 80
"""Characters of a title in a corner of the screen."""


class Safekeeping(Noting):
    """The commands on what was removed, and what is done without being asked."""

    _was_mended = False
    _told_backup_problem = ""

    # The trash

    @work(group="marks", exit_on_error=False)
    async def action_remove(self) -> None:
        """Move the papers to the trash."""
        targets = await self.chosen_targets()
        if (library := self.library) is None or not targets:
            return
        async with self._writing:
            changed = await asyncio.to_thread(library.remove, targets)
        self.papers.selected -= set(changed.ids)
        self.notify(f"Moved to the trash: {plural(len(changed.ids), 'paper')}. u brings back", markup=False)
        await self._show_change(library)

    @work(group="dialog", exit_on_error=False)
    async def action_trash(self) -> None:
        """Show what is in the trash, and bring back what is chosen."""
        from papers_tui.tui.screens.trash import TrashMenu  # noqa: PLC0415 - dialogs are imported when they open

        if (library := self.library) is None:
            return
        removed = await asyncio.to_thread(library.trash)
        if not removed:
            self.notify("The trash is empty", markup=False)
            return
        chosen = await self.app.push_screen_wait(TrashMenu(removed))
        if chosen is None:
            return
        async with self._writing:
            await asyncio.to_thread(library.bring_back, [chosen])
        await self._show_change(library)
        self.update_index()

    # What is done without being asked

    def look_after(self, library: Library) -> None:
        """Tell what was left unfinished, and go on making backups."""
        self._tell_left(library)
        self.set_interval(BACKUP_POLL, self._back_up)

    @work(group="safekeeping", exit_on_error=False)
    async def _tell_left(self, library: Library) -> None:
        if library.is_read_only:
            self.tell_read_only()
        self._tell_backup_problem(library.backup_problem)
        is_lost = not library.is_read_only and await asyncio.to_thread(library.lost_papers) > 0
        if self._was_mended or is_lost:
            put_back = await asyncio.to_thread(library.readopt)
            back = f" {plural(len(put_back), 'paper')} put back." if put_back else ""
            self.notify(f"The library was mended.{back}", markup=False)
            self.update_index()
        drafts, cut_off = await asyncio.to_thread(_left_notes, library)
        said = []
        if drafts:
            said.append(f"{self._in_short(drafts)}. m on the paper shows what you typed.")
        if cut_off:
            said.append(
                f"Your editor was cut off at {self._in_short(cut_off)}: M on the paper opens it again."
            )
        if said:
            self.notify("\n".join(said), title="A note was not saved", timeout=10, markup=False)

    def tell_read_only(self) -> None:
        """Say why the library can only be read, or that it can be changed again."""
        if (library := self.library) is None:
            return
        if not library.is_read_only:
            self.notify("The library can be changed again", markup=False)
            return
        message = f"{library.why_read_only}\n{library.how_writable}"
        self.notify(message, title="The library is read-only", severity="warning", timeout=15, markup=False)

    def _in_short(self, titles: list[str]) -> str:
        """Return the first of some titles, and how many more there are."""
        title = titles[0]
        if len(title) > LONGEST_TITLE:
            title = f"{title[:LONGEST_TITLE].rstrip()}{self.glyphs.ellipsis}"
        return f"“{title}”{f', and {len(titles) - 1:,} more' if len(titles) > 1 else ''}"

    @work(exclusive=True, group="safekeeping", exit_on_error=False)
    async def _back_up(self) -> None:
        if (library := self.library) is not None:
            self._tell_backup_problem(await asyncio.to_thread(library.back_up_if_due))

    def _tell_backup_problem(self, problem: str) -> None:
        """Say once why no backup could be made."""
        if problem and problem != self._told_backup_problem:
            self.notify(
                f"{problem}\npapers-tui doctor tells more.",
                title="The marks were not backed up",
                severity="warning",
                timeout=15,
                markup=False,
            )
        self._told_backup_problem = problem

    # The way out of a damage

    async def is_mended(self, error: PapersError) -> bool:
        """Offer the ways out of a damage; return whether the library can be opened again."""
        if not isinstance(error, DamagedLibrary) or error.path is None or self._was_mended:
            return False
        from papers_tui.tui.screens.damage import Damage  # noqa: PLC0415 - dialogs are imported when they open

        newest = await asyncio.to_thread(_newest_backup, error.path)
        is_foreign, is_lost = isinstance(error, ForeignFile), isinstance(error, LostFile)
        if is_foreign and not newest:
            return False
        dialog = Damage(error.message, newest, is_foreign=is_foreign, is_lost=is_lost)
        way = await self.app.push_screen_wait(dialog)
        if way is None:
            return False
        try:
            await asyncio.to_thread(_mend, error.path, way)
        except PapersError as failure:
            tell(self, failure)
            return await self.is_mended(error)
        except OSError as failure:
            tell(self, failure)
            return False
        self._was_mended = True
        return True


def _left_notes(library: Library) -> tuple[list[str], list[str]]:
    """Return the titles of papers with unfinished notes, and of those whose editor left something."""
    if not library.is_read_only:
        library.sweep()
    return list(library.drafts().values()), list(library.cut_off().values())


def _newest_backup(path: Path) -> str:
    """Return the newest good backup in words; empty where there is none, or there are none of such a file."""
    from papers_tui.index.store.backups import counts_in_words, newest_good, read_counts  # noqa: PLC0415 - rare

    if path.name != MARKS or (backup := newest_good(path)) is None:
        return ""
    return f"{shown_moment(backup.made)}, {counts_in_words(read_counts(backup.path))}"


def _mend(path: Path, way: WayOut) -> None:
    """Take a way out. Raises PapersError, OSError."""
    from papers_tui.index.store import backups, recovering, restoring, salvaging  # noqa: PLC0415 - rare

    if path.name != MARKS:
        recovering.recover(path)
    elif way == "salvage":
        salvaging.salvage(path)
    elif (backup := backups.newest_good(path)) is not None:
        restoring.restore(path, backup.path)
