"""What imports what: the index knows no screen, and help is not kept waiting by what it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def modules_after(code):
    """The modules that a fresh interpreter has loaded once `code` has run."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(shown.stderr.split())


def index_modules():
    return sorted(
        "papers_tui." + ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "index").rglob("*.py")
    )


def test_the_index_loads_no_screen():
    loaded = modules_after("import " + ", ".join(index_modules()))
    assert not {"textual", "rich", "pyperclip", "papers_tui.tui"} & loaded


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["search", "--help"]])
def test_help_loads_nothing_heavy(argv):
    code = f"""
from papers_tui.tui.cli import main
try:
    main({argv!r})
except SystemExit as done:
    assert not done.code
"""
    assert not {"textual", "rich", "whoosh", "numpy", "sqlite3"} & modules_after(code)


def test_the_first_screen_waits_for_nothing_that_it_does_not_show():
    loaded = modules_after("import papers_tui.tui.cli.browse, papers_tui.tui.app, papers_tui.tui.driver")
    assert not {"numpy", "whoosh", "sqlite3", "pyperclip", "tomllib"} & loaded
    later = {"index.library", "index.note_files", "index.tex", "tui.binding", "tui.clipboard", "tui.editor"}
    assert not {f"papers_tui.{module}" for module in (*later, "tui.opener", "tui.screens.yank")} & loaded


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux tells how many threads there are")
def test_numpy_starts_no_threads_of_which_other_programs_would_hear(monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    code = """
import os
from papers_tui.tui.cli import main
try:
    main(["--version"])
finally:
    import numpy
    assert len(os.listdir("/proc/self/task")) == 1
    assert "OPENBLAS_NUM_THREADS" not in os.environ
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Error" not in ended.stderr, ended.stderr


def test_the_first_results_wait_for_nothing_that_answers_words_or_brings_papers_in(tmp_path):
    opened = f"""
from pathlib import Path
from papers_tui.index.library import Library
library = Library.open(Path({str(tmp_path)!r}) / "data", Path({str(tmp_path)!r}) / "cache")
"""
    modules_after(f"{opened}library.rebuild_index(lambda done, total: None)")
    loaded = modules_after(f"{opened}assert library.search('').is_searched")
    later = {
        *{f"search.{module}" for module in ("completion", "corrections", "evaluate", "facets", "similar")},
        *{f"search.{module}" for module in ("bulk_writer", "highlight", "snippets", "explain")},
        *{f"store.{module}" for module in ("contradictions", "intake", "matching", "rehearsal")},
        *{"cite", "importing", "note_files", "tex"},
    }
    assert not {f"papers_tui.index.{module}" for module in later} & loaded
    assert not {"rapidfuzz", "bibtexparser"} & loaded
