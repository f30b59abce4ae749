"""Mending what can be mended without a loss."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from papers_tui.index import places
from papers_tui.index.errors import LibraryError
from papers_tui.index.findings import Finding
from papers_tui.index.library import Library
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.store.backups import FOLDER, sweep
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.failures import shown
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.recovering import recover
from papers_tui.index.store.salvaging import salvage
from papers_tui.index.store.upgrades import drop


def mend(finding: Finding, data_dir: Path, cache_dir: Path) -> str:
    """Do what can be done about a finding, and return what was done; nothing where nothing can be.

    Raises:
        LibraryError: if that fails; the error says why.
    """
    try:
        return _mended(finding, data_dir, cache_dir)
    except OSError as error:
        what = Path(str(error.filename)) if error.filename else finding.path or data_dir
        raise LibraryError(f"{shown(what)}: {error.strerror}") from error


def _mended(finding: Finding, data_dir: Path, cache_dir: Path) -> str:
    path = finding.path or data_dir
    match finding.repair:
        case "close":
            places.close_to_others(path)
            done = f"{shown(path)} is yours alone now"
        case "sweep":
            sweep(data_dir / FOLDER)
            done = "" if path.exists() else "it was removed"
        case "salvage":
            done = _salvaged(path)
        case "recover":
            found = recover(path)
            done = f"{found.papers:,} papers were saved; the damaged file is {shown(found.aside)}"
        case "back up":
            with closing(MarksStore(path)) as marks:
                done = f"backed up to {shown(marks.back_up().path)}"
        case "drop":
            done = "it was removed" if drop(path) else ""
        case "readopt" | "take in":
            done = _brought_in(finding, data_dir, cache_dir)
        case "reindex":
            with closing(Corpus(data_dir / "papers.db")) as corpus:
                PaperIndex(cache_dir / "index").rebuild(corpus, lambda *_: None)
            done = "it was built anew"
        case None:
            done = ""
    return done


def _brought_in(finding: Finding, data_dir: Path, cache_dir: Path) -> str:
    with Library.open(data_dir, cache_dir) as library:
        if finding.repair == "readopt":
            return f"{len(library.readopt()):,} were put back"
        library.sweep()
    if finding.path is not None and finding.path.exists():
        return ""
    return "it is a draft now: opening the note shows it"


def _salvaged(marks: Path) -> str:
    done = salvage(marks)
    aside = f"; the damaged file is {shown(done.restored.aside)}" if done.restored.aside else ""
    return f"the marks of {done.papers:,} papers were saved{aside}"
