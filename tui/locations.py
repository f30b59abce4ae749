"""Where papers-tui keeps what: the data, the derived index, and the configuration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

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
        """
        data = expanded(data_dir).absolute() if data_dir else platformdirs.user_data_path(APP)
        if cache_dir:
            cache = expanded(cache_dir).absolute()
        else:
            cache = data / "cache" if data_dir else platformdirs.user_cache_path(APP)
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
