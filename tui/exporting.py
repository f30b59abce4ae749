"""Papers written to a file that the user names, in the format that its name or the user says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Entry
from papers_tui.index.text import clean_line
from papers_tui.tui.whole_files import write_whole

if TYPE_CHECKING:
    from papers_tui.index.cite import Form, KeyTemplate, Style
    from papers_tui.index.library import Library


def format_of(path: str, wanted: str | None = None) -> str:
    """Return the name of the format that is wanted, or that a file's ending tells; else JSON lines.

    Raises:
        WrongUsage: no format has the name `wanted`.
    """
    from papers_tui.index.formats.exports import EXPORT_FORMATS  # noqa: PLC0415 - the browser starts faster so

    if wanted is None:
        suffix = Path(path).suffix.lstrip(".").lower()
        fitting = (name for name, writer in EXPORT_FORMATS.items() if writer.extension == suffix)
        return next(fitting, "jsonl")
    if wanted not in EXPORT_FORMATS:
        remedy = f"--format {', '.join(EXPORT_FORMATS)}"
        raise WrongUsage(f"no export format is called {clean_line(wanted)}", remedy=remedy)
    return wanted


def reference_style(name: str | None, folder: Path) -> Style | None:
    """Return the citation style for readers that is meant instead of a format, or None if a format is meant.

    `folder` has the user's own styles.

    Raises:
        WrongUsage: neither a format nor such a style has the name, or the style's file is not usable.
    """
    from papers_tui.index.cite import STYLES, style_named, styles_in  # noqa: PLC0415 - the browser starts faster so
    from papers_tui.index.formats.exports import EXPORT_FORMATS  # noqa: PLC0415 - the browser starts faster so

    if name is None or name in EXPORT_FORMATS:
        return None
    ours = [style.name for style in STYLES.values() if style.kind == "reference"]
    is_own = name.lower().endswith(".csl") or name in styles_in(folder)
    if name.lower() not in ours and not is_own:
        remedy = f"--format {', '.join(dict.fromkeys((*EXPORT_FORMATS, *ours)))} or FILE.csl"
        raise WrongUsage(f"no export format is called {clean_line(name)}", remedy=remedy)
    return style_named(name, folder)


def form_of(path: str) -> Form:
    """Return the form of references that fits a file's ending: `.html`, `.md`, else plain text."""
    forms: dict[str, Form] = {".html": "html", ".htm": "html", ".md": "markdown"}
    return forms.get(Path(path).suffix.lower(), "plain")


def export(library: Library, entries: Iterable[Entry], path: Path, template: KeyTemplate) -> None:
    """Write papers to a file, whole or not at all. Not for the event loop.

    Raises:
        UnwritableFile: it cannot be written; what was there is untouched.
    """
    from papers_tui.index.formats.exports import EXPORT_FORMATS  # noqa: PLC0415 - the browser starts faster so

    writer = EXPORT_FORMATS[format_of(str(path))]
    if writer.has_keys:
        write_whole(path, writer.write(*library.citing.keyed(entries, template)))
    else:
        write_whole(path, writer.write(library.citing.with_known(entries)))
