"""Places that cannot be written or read, or that go away: told, nothing lost, nothing put elsewhere."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from durable_library import ADDED, ONE, papers, silent
from durable_programs import run, start

from papers_tui.index.errors import LibraryError, PapersError
from papers_tui.index.library import Library
from papers_tui.index.store.corpus import Corpus

VERB = """
from papers_tui.tui.cli import main
code = main([*{words!r}, "--data-dir", str(folder / "data"), "--cache-dir", str(folder / "cache")])
say(f"exit {{code}}")
"""


@pytest.fixture
def place(tmp_path):
    """A folder with a library of fifty papers, one of them marked, and their index."""
    with closing(Corpus(tmp_path / "data" / "papers.db")) as corpus:
        corpus.put([ONE, *papers(0, 49)], added=ADDED)
    with Library.open(tmp_path / "data", tmp_path / "cache") as library:
        library.set_note(ONE.id, "precious")
        library.update_index(silent)
    yield tmp_path
    for folder in (tmp_path / "data", tmp_path / "cache"):
        if folder.exists():
            os.chown(folder, os.geteuid(), -1)
            folder.chmod(0o700)


@pytest.fixture
def bound(tmp_path):
    """What starts a program that file permissions bind, which they do not where root starts it."""
    if os.geteuid():
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("permissions do not bind root, and setpriv is not installed")
    prefix = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown")
    (tmp_path / "locked").mkdir(mode=0o555)
    with start("(folder / 'locked' / 'file').touch()", tmp_path, prefix=prefix) as trial:
        output, _ = trial.communicate()
    if "PermissionError" not in output:
        pytest.skip(f"permissions cannot be made to bind root here: {output[-200:]}")
    return prefix


def content(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def verb(place: Path, *words: str, prefix=()) -> tuple[str, str]:
    """Run a verb; return what it said, and its exit code."""
    *said, code = run(VERB.format(words=words), place, prefix=prefix)
    assert "Traceback" not in "".join(said)
    return " ".join(said), code


@pytest.mark.parametrize("folders", [("data",), ("data", "cache"), ("cache",)])
def test_where_nothing_can_be_written_everything_can_be_read(place, bound, folders):
    for name in folders:
        (place / name).chmod(0o555)
    before = content(place)
    said, code = verb(place, "search", "number", prefix=bound)
    assert code == "exit 0"
    assert "Paper number 7" in said
    said, code = verb(place, "export", "note:precious", prefix=bound)
    assert (code, "The First of Many" in said) == ("exit 0", True)
    if "data" in folders:
        said, code = verb(place, "tag", ONE.id, "+new", prefix=bound)
        assert code == "exit 4"
        assert "cannot be written" in said
        assert "--data-dir" in said
        assert content(place) == before


@pytest.mark.parametrize("how", ["closed", "of another user"])
def test_a_data_folder_that_cannot_be_read_is_named(place, bound, how):
    before = content(place)
    if how == "closed":
        (place / "data").chmod(0)
    elif os.geteuid():
        pytest.skip("only root can give a folder to another user")
    else:
        os.chown(place / "data", 65534, -1)
    said, code = verb(place, "search", "number", prefix=bound)
    assert code == "exit 4"
    assert str(place / "data") in said
    assert "ermission" in said
    os.chown(place / "data", os.geteuid(), -1)
    (place / "data").chmod(0o700)
    assert content(place) == before


def test_a_data_folder_that_goes_away_is_told_and_used_again_when_it_is_back(place):
    with Library.open(place / "data", place / "cache") as library:
        library.bookmark([ONE.id], on=True)
        (place / "data").rename(place / "away")
        for attempt in (
            lambda: library.tag([ONE.id], add=["lost"]),
            lambda: library.set_note(ONE.id, "lost"),
            lambda: library.search("number"),
            library.undo,
        ):
            with pytest.raises(LibraryError, match="moved away") as told:
                attempt()
            assert "Put it back" in told.value.remedy
        assert not (place / "data").exists()
        (place / "away").rename(place / "data")
        library.tag([ONE.id], add=["kept"])
        found = library.search("tag:kept").hits
        assert [(hit.entry.marks.bookmarked, hit.entry.marks.note) for hit in found] == [(True, "precious")]


def test_another_folder_in_its_place_is_not_written_by_mistake(place):
    with Library.open(place / "data", place / "cache") as library:
        (place / "data").rename(place / "away")
        (place / "data").mkdir()
        with pytest.raises(PapersError):
            library.tag([ONE.id], add=["lost"])
        assert list((place / "data").iterdir()) == []


def test_an_index_that_goes_away_is_built_anew_and_searching_goes_on(place):
    with Library.open(place / "data", place / "cache") as library:
        assert library.search("number").total == 49
        shutil.rmtree(place / "cache")
        results = library.search("number")
        assert results.total
        assert "index" in " ".join(results.hints)
        assert not library.index_is_current()
        library.update_index(silent)
        assert library.search("number").total == 49


@pytest.mark.parametrize("what", ["a closed folder", "a file", "a link to nowhere"])
def test_in_the_place_of_the_cache_keeps_nobody_from_searching(place, bound, what):
    before = content(place / "data")
    shutil.rmtree(place / "cache")
    if what == "a file":
        (place / "cache").write_text("precious")
    elif what == "a closed folder":
        (place / "cache").mkdir(mode=0)
    else:
        (place / "cache").symlink_to(place / "nowhere" / "else")
    said, code = verb(place, "search", "number", prefix=bound)
    assert code == "exit 0"
    assert "Paper number 7" in said
    assert "not ready" not in said
    assert content(place / "data").items() >= before.items()
    if what == "a file":
        assert (place / "cache").read_text() == "precious"
    if (place / "cache").is_symlink():
        (place / "cache").unlink()


def test_a_folder_that_is_closed_while_it_is_used_is_told_as_closed(place, bound):
    code = """
with library() as opened:
    (folder / "data").chmod(0)
    for attempt in (lambda: opened.tag([ONE.id], add=["lost"]), opened.look):
        try:
            attempt()
        except PapersError as error:
            say(f"{error.message} {error.remedy}")
    (folder / "data").chmod(0o700)
    opened.tag([ONE.id], add=["after"])
    assert opened.search("tag:after").total == 1
"""
    lines = run(code, place, prefix=bound)
    assert len(lines) == 2
    assert all("Permission denied chmod u+rwx " in line for line in lines)


def test_folders_that_become_read_only_are_told(place, bound):
    code = """
with library() as opened:
    opened.tag([ONE.id], add=["before"])
    for name in ("data", "cache", "cache/index"):
        (folder / name).chmod(0o555)
    for attempt in (
        lambda: opened.tag([ONE.id], add=["lost"]),
        lambda: opened.set_note(ONE.id, "lost"),
        lambda: opened.import_paths([folder / "more.jsonl"], ImportOptions(), lambda progress: None),
    ):
        try:
            attempt()
        except PapersError as error:
            say(f"{error.message} {error.remedy}")
    assert opened.search("tag:before").total == 1
    assert opened.search("tag:lost").total == 0
    for name in ("data", "cache", "cache/index"):
        (folder / name).chmod(0o700)
    opened.tag([ONE.id], add=["after"])
    opened.rebuild_index(silent)
    assert opened.search("tag:before tag:after note:precious").total == 1
    assert opened.count() == 50
"""
    (place / "more.jsonl").write_text('{"id": "arxiv:2405.00001", "title": "One more"}\n')
    lines = run(code, place, prefix=bound)
    assert len(lines) == 3
    assert all("cannot be written Nothing was changed. chmod u+w " in line for line in lines)
