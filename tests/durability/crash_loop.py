"""Kills the program with SIGKILL at random, hundreds of times, and looks at what it left.

    python tests/durability/crash_loop.py [--kills 300] [--seed N] [KIND ...]

Each kind of work goes on without an end in a process of its own, and says what is done. Whatever moment it is
killed at: all that it said was done is there, and nothing is there in part. The library is the same from one
kill to the next, so that it is opened after crashes of all ages.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from durable_library import ADDED, ONE, data, indexed, silent
from durable_upkeep import make_old, make_old_papers, migrated_papers, migrated_state

from papers_tui.index.paper import Paper
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.store.backups import backups_of, keep, problem_of, read_counts
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS

_LATER = datetime.now(UTC) + timedelta(days=1)
"""Later than the backups that are made when a library is opened, so that they do not count as newer."""
_TOGETHER = 3
"""Papers that are changed in one step."""


@dataclass(frozen=True)
class Kind:
    """A kind of work."""

    work: Callable[[Path], Iterator[int]]
    """Works for ever, and yields a number when the step with that number is done."""
    check: Callable[[Path, int], None]
    """Looks at a library of which a step was the last one said to be done, -1 without one."""


def batch(turn: int) -> list[Paper]:
    names = [f"{turn}.{number}" for number in range(_TOGETHER)]
    return [Paper(id=f"title:{name}", title=f"Paper {name}", abstract="number " * 50) for name in names]


def whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), path


def mark(folder: Path) -> Iterator[int]:
    store = MarksStore(data(folder) / "marks.db")
    for turn in count(len(store.all()) // _TOGETHER):
        store.change(batch(turn), store.tag_edit(["a", "b"], []), label=f"step {turn}")
        base = store.get(ONE.id).note_revision
        store.set_note(ONE, f"{turn} " + "long " * 3000, base_revision=base, label="note")
        store.save_draft(ONE.id, str(turn), over=store.unfinished(ONE.id))
        yield turn


def check_marks(folder: Path, done: int) -> None:
    with closing(MarksStore(data(folder) / "marks.db")) as store:
        marks = store.all()
        note = marks.pop(ONE.id).note.split() if ONE.id in marks else []
        turns, rest = divmod(len(marks), _TOGETHER)
        assert rest == 0
        assert turns > done
        assert not note or int(note[0]) >= done
        assert len(note) in {0, 3001}
        assert int(store.draft(ONE.id) or -1) >= done
        assert all(one.tags == ("a", "b") for one in marks.values())
        assert store.snapshots().keys() >= marks.keys()
    whole(data(folder) / "marks.db")


def put(folder: Path) -> Iterator[int]:
    corpus = Corpus(data(folder) / "papers.db")
    for turn in count(corpus.count() // _TOGETHER):
        corpus.put(batch(turn), added=ADDED)
        yield turn


def check_papers(folder: Path, done: int) -> None:
    with closing(Corpus(data(folder) / "papers.db")) as corpus:
        present = {paper.id for _, paper in corpus.changes(0) if paper}
        turns, rest = divmod(len(present), _TOGETHER)
        assert rest == 0
        assert turns > done
        assert present == {paper.id for turn in range(turns) for paper in batch(turn)}
        assert corpus.count() == len(present)
    whole(data(folder) / "papers.db")


def index(folder: Path) -> Iterator[int]:
    corpus = Corpus(data(folder) / "papers.db")
    paper_index = PaperIndex(folder / "cache" / "index")
    for turn in count(corpus.count() // _TOGETHER):
        corpus.put(batch(turn), added=ADDED)
        (paper_index.rebuild if turn % 5 == 4 else paper_index.update)(corpus, silent)
        yield turn


def check_index(folder: Path, done: int) -> None:
    check_papers(folder, done)
    paper_index = PaperIndex(folder / "cache" / "index")
    with closing(Corpus(data(folder) / "papers.db")) as corpus:
        found = indexed(paper_index)
        assert found is not None or done < 0, "there was an index already"
        assert len(found or ()) in {corpus.count(), corpus.count() - _TOGETHER, 0}
        paper_index.update(corpus, silent)
        assert indexed(paper_index) == set(dict(corpus.changes(0)))
        assert paper_index.verify() is None
    assert len(list((folder / "cache" / "index").iterdir())) == 3, "something was left behind"


def migrate(folder: Path) -> Iterator[int]:
    """Upgrade marks and papers of every older version, one after the other."""
    chance = Random()
    for turn in count():
        shutil.rmtree(data(folder), ignore_errors=True)
        versions = chance.randrange(1, MARKS.version), chance.randrange(1, CORPUS.version)
        make_old(folder, versions[0])
        make_old_papers(folder, versions[1])
        (folder / "made.new").write_text(f"{versions[0]} {versions[1]}")
        (folder / "made.new").rename(folder / "made")
        MarksStore(data(folder) / "marks.db").close()
        Corpus(data(folder) / "papers.db").close()
        (folder / "made").unlink()
        yield turn


def check_migration(folder: Path, _done: int) -> None:
    if (folder / "made").exists():
        marks, papers = map(int, (folder / "made").read_text().split())
        assert len(migrated_state(folder, marks)) == 40
        migrated_papers(folder, papers)
        (folder / "made").unlink()


def back_up(folder: Path) -> Iterator[int]:
    store = MarksStore(data(folder) / "marks.db")
    for turn in count(len(store.all()) // _TOGETHER):
        store.change(batch(turn), store.tag_edit(["a", "b"], []), label=f"step {turn}")
        with store._database.reading() as connection:
            keep(connection, data(folder) / "marks.db", _LATER + timedelta(hours=13 * turn))
        yield turn


def check_backups(folder: Path, done: int) -> None:
    kept = backups_of(data(folder) / "marks.db")
    for backup in kept:
        assert problem_of(backup.path) == ""
    with closing(MarksStore(data(folder) / "marks.db")) as store:
        papers = len(store.all())
        assert papers >= (done + 1) * _TOGETHER
        assert done < 0 or read_counts(kept[0].path)["papers"] in {papers, papers - _TOGETHER}
    whole(data(folder) / "marks.db")


KINDS: Mapping[str, Kind] = {
    "mark": Kind(mark, check_marks),
    "import": Kind(put, check_papers),
    "index": Kind(index, check_index),
    "migrate": Kind(migrate, check_migration),
    "back up": Kind(back_up, check_backups),
}


def kill_once(name: str, folder: Path, chance: Random) -> int:
    """Let some work go on, kill it, and look at what it left; return how many steps it said were done."""
    command = [sys.executable, __file__, "--work", name, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        lines = [program.stdout.readline() for _ in range(chance.randrange(6))]
        time.sleep(chance.random() * 0.06)
        program.send_signal(signal.SIGKILL)
        lines += program.stdout.read().splitlines(keepends=True)
    assert program.returncode == -signal.SIGKILL, f"{name} stopped by itself: {lines}"
    done = [int(line) for line in lines if line.endswith(b"\n")]  # a line that was cut says nothing
    KINDS[name].check(folder, done[-1] if done else -1)
    return len(done)


def kill_again_and_again(names: Sequence[str], kills: int, folder: Path, chance: Random) -> Counter[str]:
    """Kill each kind of work in turn; return how many steps were done in all of each kind."""
    done: Counter[str] = Counter()
    for turn in range(kills):
        name = names[turn % len(names)]
        place = folder / name
        place.mkdir(exist_ok=True)
        done[name] += kill_once(name, place, chance)
    return done


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; all where none is named"
    )
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=2, metavar=("KIND", "DIR"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(*options.work)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        names = options.kinds or list(KINDS)
        done = kill_again_and_again(names, options.kills, Path(folder), Random(options.seed))
        steps = ", ".join(f"{name} {number:,}" for name, number in done.items())
        seconds = time.perf_counter() - started
        sys.stdout.write(
            f"{options.kills} kills in {seconds:.0f} s: nothing lost, nothing torn. Steps done: {steps}\n"
        )


def work(name: str, folder: str) -> None:
    steps = KINDS[name].work(Path(folder))
    os.write(1, b"ready\n")
    for turn in steps:
        os.write(1, b"%d\n" % turn)


if __name__ == "__main__":
    main()
