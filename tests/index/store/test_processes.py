"""Several programs at once, killed programs, full disks, and folders that cannot be written."""

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore

PREAMBLE = """
import sys
from dataclasses import replace
from pathlib import Path
from papers_tui.index.errors import *
from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
folder = Path(sys.argv[1])
one = Paper(id="arxiv:2404.00001", title="The First of Many", arxiv_id="2404.00001")
def bookmark(marks):
    return replace(marks, bookmarked=True)
"""


def start(code: str, folder: Path, prefix: Sequence[str] = (), **options) -> "subprocess.Popen[str]":
    command = [*prefix, sys.executable, "-c", PREAMBLE + code, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def run(code: str, folder: Path, prefix: Sequence[str] = (), **options) -> str:
    with start(code, folder, prefix, **options) as program:
        output, _ = program.communicate()
    assert program.returncode == 0, output
    return output


@pytest.fixture
def bound(tmp_path) -> Sequence[str]:
    """What starts a program that file permissions bind, which they do not where root starts it."""
    if os.geteuid():
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("permissions do not bind root, and setpriv is not installed")
    prefix = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    (tmp_path / "locked").mkdir(mode=0o555)
    with start("(folder / 'locked' / 'file').touch()", tmp_path, prefix) as trial:
        output, _ = trial.communicate()
    if "PermissionError" not in output:
        pytest.skip(f"permissions cannot be made to bind root here: {output[-200:]}")
    return prefix


@pytest.fixture
def folder(tmp_path) -> Iterator[Path]:
    made = tmp_path / "data"
    made.mkdir()
    yield made
    made.chmod(0o700)


def test_racing_first_openings_agree_on_one_library(tmp_path):
    code = """
corpus = Corpus(folder / "new" / "papers.db")
store = MarksStore(folder / "new" / "marks.db")
print(corpus.stamp().identity)
"""
    programs = [start(code, tmp_path) for _ in range(6)]
    outputs = {program.communicate()[0] for program in programs}
    assert len(outputs) == 1
    assert len(outputs.pop().strip()) == 32


def test_no_change_of_four_programs_is_lost(tmp_path):
    code = """
store = MarksStore(folder / "marks.db")
for turn in range(50):
    store.change([one], lambda now: replace(now, note=f"{int(now.note or 0) + 1}"), label="count")
"""
    programs = [start(code, tmp_path) for _ in range(4)]
    for program in programs:
        output, _ = program.communicate()
        assert program.returncode == 0, output
    with closing(MarksStore(tmp_path / "marks.db")) as store:
        marks = store.get("arxiv:2404.00001")
        assert (marks.note, marks.note_revision) == ("200", 200)
        for _ in range(200):
            assert store.undo() is not None
        assert store.all() == {}


def test_what_was_acknowledged_survives_a_kill_at_any_moment(tmp_path):
    code = """
store, corpus = MarksStore(folder / "marks.db"), Corpus(folder / "papers.db")
known = len(store.all())
for turn in range(known, known + 1000):
    papers = [Paper(id=f"arxiv:{turn}.{n}", title=f"Paper {turn} {n}") for n in range(3)]
    corpus.put(papers, added="2026-01-01T00:00:00Z")
    store.change(papers, store.tag_edit(["a", "b"], []), label="tag")
    print("done", flush=True)
"""
    acknowledged = 0
    for turn in range(15):
        with start(code, tmp_path) as program:
            for _ in range(1 + turn % 4):
                acknowledged += program.stdout.readline() == "done\n"
            program.send_signal(signal.SIGKILL)
            acknowledged += program.stdout.read().count("done\n")
        with (
            closing(MarksStore(tmp_path / "marks.db")) as store,
            closing(Corpus(tmp_path / "papers.db")) as corpus,
        ):
            marks = store.all()
            assert len(marks) % 3 == 0
            assert len(marks) >= acknowledged * 3
            assert corpus.count() >= len(marks)
            assert all(one.tags == ("a", "b") for one in marks.values())
            assert store.snapshots().keys() == marks.keys()
    assert acknowledged >= 15
    with closing(sqlite3.connect(tmp_path / "marks.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        steps = connection.execute("SELECT count(*) FROM step").fetchone()[0]
        assert steps * 3 == connection.execute("SELECT count(*) FROM mark").fetchone()[0]


def test_every_change_is_flushed_to_the_disk(tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    code = """
store = MarksStore(folder / "marks.db")
for turn in range(20):
    store.save_draft(one.id, str(turn))
"""
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-o", str(trace), "-e", "trace=fsync,fdatasync"]
    finished = subprocess.run(
        [*command, sys.executable, "-c", PREAMBLE + code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    if not trace.exists() or "Operation not permitted" in finished.stderr:
        pytest.skip(f"strace cannot trace here: {finished.stderr[-200:]}")
    assert finished.returncode == 0, finished.stderr
    assert trace.read_text().count("sync(") >= 20 * 3


def test_a_folder_that_cannot_be_written_is_read_and_says_so(folder, bound):
    run(
        "s = MarksStore(folder / 'marks.db'); s.change([one], bookmark, label='b'); s.close()",
        folder,
        bound,
    )
    folder.chmod(0o555)
    before = (folder / "marks.db").read_bytes()
    code = """
store = MarksStore(folder / "marks.db")
print(store.is_read_only, "cannot be written" in store.why_read_only)
print(store.get(one.id).bookmarked, store.version() > 0)
try:
    store.undo()
except ReadOnlyLibrary as error:
    print("cannot be written" in error.message)
"""
    assert run(code, folder, bound).split() == ["True"] * 5
    assert (folder / "marks.db").read_bytes() == before


def test_a_file_that_cannot_be_written_is_read_and_says_so(folder, bound):
    run("Corpus(folder / 'papers.db').put([one], added='2026-01-01T00:00:00Z')", folder, bound)
    (folder / "papers.db").chmod(0o444)
    code = """
corpus = Corpus(folder / "papers.db")
print(corpus.is_read_only, "papers.db" in corpus.why_read_only, corpus.count() == 1)
print([o.change for o in corpus.put([one, one], added="", dry_run=True)])
"""
    assert run(code, folder, bound).split() == ["True"] * 3 + ["['unchanged',", "'unchanged']"]


def test_nothing_in_a_folder_that_cannot_be_written_is_an_empty_library(folder, bound):
    folder.chmod(0o555)
    code = """
store, corpus = MarksStore(folder / "marks.db"), Corpus(folder / "sub" / "papers.db")
print(store.is_read_only, corpus.is_read_only, store.all() == {}, corpus.count() == 0)
print(corpus.stamp() == corpus.stamp(), list(corpus.changes(0)) == [], store.version() == store.version())
try:
    corpus.put([one], added="")
except ReadOnlyLibrary as error:
    print("cannot be written" in error.message)
"""
    assert run(code, folder, bound).split() == ["True"] * 8
    assert list(folder.iterdir()) == []


def test_a_file_that_cannot_be_read_is_named(folder, bound):
    run("MarksStore(folder / 'marks.db')", folder, bound)
    (folder / "marks.db").chmod(0)
    code = """
try:
    MarksStore(folder / "marks.db")
except LibraryError as error:
    print("marks.db" in error.message, error.remedy != "")
"""
    assert run(code, folder, bound).split() == ["True", "True"]


def test_a_write_that_broke_off_is_undone_where_that_is_possible(folder, bound):
    code = """
import os, sqlite3
store = MarksStore(folder / "marks.db")
store.change([one], bookmark, label="b")
connection = sqlite3.connect(folder / "marks.db", isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("DELETE FROM mark")
connection.executemany("INSERT INTO setting VALUES (?, ?)", [(str(n), "x" * 3000) for n in range(200)])
os._exit(0)
"""
    run(code, folder, bound)
    assert (folder / "marks.db-journal").stat().st_size
    code = """
try:
    store = MarksStore(folder / "marks.db")
    print("bookmarked", store.get(one.id).bookmarked, store.setting("0"))
except LibraryError as error:
    print("told", "Open it once where it can be written." in error.remedy)
"""
    folder.chmod(0o555)
    before = (folder / "marks.db").read_bytes()
    assert run(code, folder, bound).split() == ["told", "True"]
    assert (folder / "marks.db").read_bytes() == before
    folder.chmod(0o700)
    assert run(code, folder, bound).split() == ["bookmarked", "True", "None"]


def test_a_file_that_cannot_grow_keeps_what_it_has(tmp_path):
    code = """
store = MarksStore(folder / "marks.db")
store.change([one], bookmark, label="b")
try:
    for turn in range(1000):
        store.set_note(one, f"{turn} " + "words " * 20_000, base_revision=turn, label="note")
except LibraryError as error:
    print(turn, error.remedy != "")
store.change([one], store.tag_edit(["after"], []), label="tag") if turn == 0 else None
kept = store.get(one.id)
print(kept.bookmarked, kept.note_revision == turn, kept.note.startswith(f"{turn - 1} ") or turn == 0)
"""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    turn, *rest = run(code, tmp_path, preexec_fn=limit).split()
    assert 0 < int(turn) < 20
    assert rest == ["True"] * 4
    with closing(MarksStore(tmp_path / "marks.db")) as store:
        assert store.get("arxiv:2404.00001").note_revision == int(turn)


def test_a_full_disk_is_told_and_loses_nothing(tmp_path):
    code = """
try:
    store = MarksStore(folder / "marks.db")
    for turn in range(1000):
        store.set_note(one, f"{turn} " + "words " * 20_000, base_revision=turn, label="note")
except DiskFull as error:
    print("full", "marks.db" in error.message)
print(store.get(one.id).note_revision == turn)
print(MarksStore(folder / "marks.db").get(one.id).note_revision == turn)
(folder / "filler").write_bytes(b"")
with (folder / "filler").open("wb", buffering=0) as filler:
    try:
        while filler.write(bytes(4096)): pass
    except OSError: pass
corpus = Corpus(folder / "papers.db")
print(corpus.is_read_only, "space" in corpus.why_read_only, corpus.count() == 0)
"""
    mounted = 'mount -t tmpfs -o size=1m none "$1" || exit 99; shift; exec "$@"'
    command = [
        "unshare",
        "-m",
        "sh",
        "-c",
        mounted,
        "sh",
        str(tmp_path),
        sys.executable,
        "-c",
        PREAMBLE + code,
    ]
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    finished = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    if finished.returncode == 99 or "unshare failed" in finished.stderr:
        pytest.skip("a small disk cannot be mounted here")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.split() == ["full"] + ["True"] * 6


def test_files_beside_the_library_are_private_as_well(tmp_path):
    code = "MarksStore(folder / 'd' / 'marks.db').change([one], bookmark, label='b')"
    run(code, tmp_path, umask=0)
    run(code, tmp_path, umask=0)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "d").rglob("*")}
    assert modes.pop("backups") == 0o700
    assert len(modes) == 3  # the marks, their backup, and what is known of that
    assert set(modes.values()) == {0o600}
