"""Where papers-tui keeps what: the data, the derived index, and the configuration."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from papers_tui.index.errors import LibraryError, WrongUsage
from papers_tui.index.text import clean_line

APP: str = "papers-tui"


def expanded(text: str) -> Path:
    """Return the path that a person wrote, `~` as a home; that of a user who is not here stays a name."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


@dataclass(frozen=True, slots=True)
class Locations:
    """The directories and files of one user."""

    data_dir: Path
    """Papers and marks: precious."""
    cache_dir: Path
    """The index: derived, and safe to delete."""
    config_file: Path

    @classmethod
    def of(cls, data_dir: str | None = None, cache_dir: str | None = None) -> Locations:
        """Find the places that this system keeps for programs, or take those that the user names.

        A library outside the usual place gets an index of its own beside it, unless `cache_dir` is given.

        Raises:
            WrongUsage: one of the names is empty.
            LibraryError: one of them is longer than a name may be.
        """
        data = platformdirs.user_data_path(APP) if data_dir is None else _folder(data_dir, "--data-dir")
        if cache_dir is not None:
            cache = _folder(cache_dir, "--cache-dir")
        else:
            cache = platformdirs.user_cache_path(APP) if data_dir is None else data / "cache"
        return cls(data, cache, platformdirs.user_config_path(APP) / "config.toml")

    @property
    def styles(self) -> Path:
        """The citation styles of the user's own, `.csl` files."""
        return self.config_file.parent / "styles"

    @property
    def papers(self) -> Path:
        """The store of imported papers."""
        return self.data_dir / "papers.db"

    @property
    def marks(self) -> Path:
        """The store of bookmarks, tags, notes and reading states."""
        return self.data_dir / "marks.db"

    @property
    def index(self) -> Path:
        """The Whoosh index."""
        return self.cache_dir / "index"


def _folder(name: str, option: str) -> Path:
    """Return the folder that an option names."""
    if not name:
        raise WrongUsage(f"{option} has an empty name; is a variable unset?", remedy=f"{option} DIR")
    folder = expanded(name).absolute()
    try:
        (folder / "papers.db-journal").lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            shown = clean_line(os.fsencode(folder).decode(errors="replace"), limit=80)
            raise LibraryError(f"{shown}: the name is too long", remedy=f"{option} DIR names it") from error
    return folder
