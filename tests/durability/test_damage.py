"""A file that was cut, zeroed or garbled is whole all the same, or refused as it is, and a way back told."""

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from durable_library import ADDED, ONE, papers

from papers_tui.index.errors import DamagedLibrary
from papers_tui.index.paper import Marks
from papers_tui.index.store import opening
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore


def cut(content: bytes, start: int, _chance: Random) -> bytes:
    return content[:start]


def zeroed(content: bytes, start: int, _chance: Random) -> bytes:
    return content[:start] + bytes(len(content) - start)


def garbled(content: bytes, start: int, chance: Random) -> bytes:
    return content[:start] + chance.randbytes(len(content) - start)


DAMAGE = (cut, zeroed, garbled)


@pytest.fixture
def interrupted(tmp_path: Path) -> tuple[Path, dict[str, Marks], dict[str, Marks]]:
    """A library in the middle of a commit, with a journal; what it held before, and what it would hold."""
    path = tmp_path / "before" / "marks.db"
    with closing(MarksStore(path)) as store:
        store.change(papers(0, 30), store.tag_edit(["old"], []), label="tag")
        store.set_note(ONE, "old " * 2000, base_revision=0, label="note")
        store.back_up()
        before = store.all()
        copy = tmp_path / "interrupted"

        def keep_copy(statement: str) -> None:
            if statement == "COMMIT":
                shutil.copytree(path.parent, copy)

        with store._database.reading() as connection:
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("PRAGMA cache_spill = 1")
            connection.set_trace_callback(keep_copy)
        store.change(papers(20, 60), store.tag_edit(["new"], []), label="tag")
        after = store.all()
    assert (copy / "marks.db-journal").stat().st_size > 4096
    assert (copy / "marks.db").read_bytes() != path.read_bytes()
    return copy / "marks.db", before, after


@pytest.fixture
def closed(interrupted) -> tuple[Path, dict[str, Marks], dict[str, Marks]]:
    """The same library before the change, at rest."""
    path, before, _ = interrupted
    with closing(MarksStore(path)) as store:
        assert store.all() == before
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["marks.db"]
    return path, before, before


def outcome(path: Path, *wholes: dict[str, Marks]) -> str:
    """Open a library and read all of it: it is whole, or it is refused and the way back told."""
    try:
        with closing(MarksStore(path)) as store:
            found = store.all()
            store.snapshots()
    except DamagedLibrary as error:
        return "refused" if "papers-tui restore" in error.remedy else "refused without a way back"
    assert found in wholes, "half of a change is there"
    return "whole"


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize(
    ("state", "name"),
    [("closed", "marks.db"), ("interrupted", "marks.db"), ("interrupted", "marks.db-journal")],
)
def test_a_torn_file_is_whole_or_refused(state, name, damage, *, request, memory_folder, scale, report):
    path, *wholes = request.getfixturevalue(state)
    chance = Random(f"{state} {name} {damage.__name__}")
    outcomes: Counter[str] = Counter()
    whole = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    for turn in range(40 * scale):
        folder = memory_folder / "torn"
        shutil.copytree(path.parent / "backups", folder / "backups")
        for each, content in whole.items():
            block = 512 if turn % 2 else 1
            start = chance.randrange(len(content)) // block * block
            (folder / each).write_bytes(damage(content, start, chance) if each == name else content)
        before = (folder / "marks.db").read_bytes()
        found = outcome(folder / "marks.db", *wholes)
        if found == "refused" and state == "closed":
            assert (folder / "marks.db").read_bytes() == before
            assert {file.name for file in folder.iterdir()} == {"marks.db", "backups"}
        assert found != "refused without a way back"
        outcomes[found] += 1
        shutil.rmtree(folder)
    assert outcomes["refused"]
    report(f"{state} library, {name} {damage.__name__}: {dict(outcomes)}")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_large_file_is_looked_at_in_places(damage, tmp_path, monkeypatch):
    path = tmp_path / "papers.db"
    with closing(Corpus(path)) as corpus:
        corpus.put(papers(0, 400), added=ADDED)
    monkeypatch.setattr(opening, "_THOROUGH", 0)
    with closing(Corpus(path)) as corpus:
        assert corpus.count() == 400
    content = damage(path.read_bytes(), path.stat().st_size * 3 // 4, Random(1))
    path.write_bytes(content)
    with pytest.raises(DamagedLibrary) as told:
        Corpus(path)
    assert "doctor" in told.value.remedy
    assert path.read_bytes() == content
