import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from papers_tui.index.errors import DiskFull, LibraryError
from papers_tui.index.identity import title_id
from papers_tui.index.paper import Paper
from papers_tui.index.search import analysis, bulk_writer, manifest, paper_index
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.search.parser import parse

QUIET = lambda done, total: None  # noqa: E731


def make_paper(title, abstract=""):
    return Paper(id=title_id(title), title=title, abstract=abstract)


def papers(*titles):
    return [make_paper(title, f"An abstract about {title}.") for title in titles]


def find(searcher, text):
    ranking = searcher.search(parse(text, today=date(2026, 1, 1), is_typing=False), Marked({}))
    return sorted(key for key, _ in ranking.page(0, ranking.total))


@pytest.fixture
def corpus(corpus_of):
    return corpus_of(papers("apples", "pears", "plums"))


@pytest.fixture
def index(tmp_path, corpus):
    index = PaperIndex(tmp_path / "index")
    index.update(corpus, QUIET)
    return index


def builds(index):
    return {path.name for path in index._directory.iterdir() if path.is_dir()}


def test_without_an_index_there_is_no_searcher(tmp_path, corpus):
    index = PaperIndex(tmp_path / "index")
    assert index.searcher() is None
    assert not index.is_current(corpus.stamp())
    assert index.verify()


def test_an_index_is_ours_alone(index):
    assert stat.S_IMODE(index._directory.stat().st_mode) == 0o700
    for path in index._directory.rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_an_empty_corpus_has_an_index(tmp_path, corpus_of):
    index = PaperIndex(tmp_path / "index")
    index.update(corpus_of(), QUIET)
    for query in ("", "anything", '"a phrase"', "year:2024", "is:unread", "sort:title", "-x"):
        assert find(index.searcher(), query) == []


def test_an_update_adds_changes_and_removes_without_building_anew(index, corpus):
    before = builds(index)
    corpus.put(papers("quinces", "apricots"), keys=[4, 1])
    corpus.remove(2)
    assert not index.is_current(corpus.stamp())
    index.update(corpus, QUIET)
    assert builds(index) == before
    assert index.is_current(corpus.stamp())
    searcher = index.searcher()
    assert find(searcher, "") == [1, 3, 4]
    assert find(searcher, "apples") == []
    assert find(searcher, "title:apricots") == [1]
    assert find(searcher, "pears") == []
    assert index.verify() is None


def test_many_small_updates_keep_few_segments_and_every_paper(index, corpus):
    for number in range(30):
        corpus.put(papers(f"fruit number{number}"), keys=[100 + number % 20])
        index.update(corpus, QUIET)
    searcher = index.searcher()
    assert find(searcher, "") == sorted(corpus.papers)
    assert find(searcher, "number5") == []
    assert find(searcher, "number25") == [105]
    assert len(searcher._snapshot.segments) < 12
    assert index.verify() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda corpus: setattr(corpus, "identity", "another"),
        lambda corpus: setattr(corpus, "generation", 0),
    ],
)
def test_another_or_an_older_corpus_is_indexed_anew(index, corpus, change):
    corpus.papers[9] = make_paper("restored")
    corpus.changed[9] = 1
    change(corpus)
    before = builds(index)
    index.update(corpus, QUIET)
    assert not builds(index) & before
    assert find(index.searcher(), "restored") == [9]


@pytest.mark.parametrize("name", ["VERSION"])
def test_an_index_of_another_analysis_is_built_anew(index, corpus, monkeypatch, name):
    monkeypatch.setattr(manifest, "VERSIONS", [*manifest.VERSIONS, 1])
    assert index.searcher() is None
    index.update(corpus, QUIET)
    assert find(index.searcher(), "pears") == [2]
    assert analysis.VERSION in manifest.VERSIONS


def test_an_index_of_mostly_deleted_papers_is_built_anew(index, corpus, monkeypatch):
    monkeypatch.setattr(paper_index, "_SMALL", 4)
    corpus.put(papers(*(f"fruit{number}" for number in range(9))))
    index.rebuild(corpus, QUIET)
    before = builds(index)
    for first in (1, 4, 7, 10):
        corpus.put(papers("one new", "two new", "three new"), keys=[first, first + 1, first + 2])
        index.update(corpus, QUIET)
    assert not builds(index) & before
    assert find(index.searcher(), "new") == list(range(1, 13))


def test_progress_counts_up_to_the_total(tmp_path, corpus_of):
    seen = []
    corpus = corpus_of(papers(*(f"title {number}" for number in range(450))))
    PaperIndex(tmp_path / "index").rebuild(corpus, lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 450)
    assert seen[-1] == (450, 450)
    assert seen == sorted(seen)


def files(index):
    return sorted(path for path in index._directory.rglob("*") if path.is_file() and path.name != "lock")


def damages():
    def cut(path):
        os.truncate(path, path.stat().st_size // 2)

    def lengthen(path):
        with path.open("ab") as file:
            file.write(b"\0")

    def flip(path):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)

    def flip_unseen(path):
        before = path.stat()
        flip(path)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def empty(path):
        os.truncate(path, 0)

    def remove(path):
        path.unlink()

    def open_to_others(path):
        path.chmod(0o666)

    def link(path):
        path.rename(path.with_suffix(".moved"))
        path.symlink_to(path.with_suffix(".moved"))

    def directory(path):
        path.unlink()
        path.mkdir()

    return [cut, lengthen, flip, flip_unseen, empty, remove, open_to_others, link, directory]


@pytest.mark.parametrize("damage", damages())
def test_every_damage_to_every_file_is_noticed_and_repaired(index, corpus, damage):
    for name in [path.name for path in files(index)]:
        path = next((path for path in files(index) if path.name == name), None)
        if path is None:  # rebuilt under another name: take one of the same kind
            path = next(path for path in files(index) if path.suffix == Path(name).suffix)
        if path.stat().st_size == 0:
            continue
        damage(path)
        assert index.searcher() is None, path
        assert not index.is_current(corpus.stamp())
        assert index.verify()
        index.update(corpus, QUIET)
        assert find(index.searcher(), "pears") == [2]
        assert index.verify() is None


def test_a_manifest_of_nonsense_is_no_index(index, corpus):
    path = index._directory / manifest.NAME
    whole = json.loads(path.read_text())
    for nonsense in ("", "{", "[]", "null", "[" * 100_000, '{"index": 1}', json.dumps(whole | {"crc32": 1})):
        path.write_text(nonsense)
        assert index.searcher() is None
    whole["index"]["build"] = "../elsewhere"
    whole["crc32"] = manifest._checksum(whole["index"])
    path.write_text(json.dumps(whole))
    assert index.searcher() is None
    index.update(corpus, QUIET)
    assert find(index.searcher(), "plums") == [3]


def test_a_directory_open_to_others_is_not_trusted(index, corpus):
    index._directory.chmod(0o777)
    before = builds(index)
    assert index.searcher() is None
    index.update(corpus, QUIET)
    assert not builds(index) & before
    assert stat.S_IMODE(index._directory.stat().st_mode) == 0o700


def test_what_belongs_to_another_user_is_neither_read_nor_written(index, corpus, monkeypatch):
    before = sorted(path.name for path in index._directory.rglob("*"))
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert index.searcher() is None
    with pytest.raises(LibraryError, match="another user"):  # the new folder is this user's, too
        index.update(corpus, QUIET)
    (aside,) = index._directory.parent.glob("index.aside-*")
    assert sorted(path.name for path in aside.rglob("*")) == before


def test_leftovers_are_swept(index, corpus):
    (build,) = builds(index)
    leftovers = [
        index._directory / "00c0ffee00c0ffee" / "x",
        index._directory / build / "papers_x.postings",
        index._directory / "manifest.json.new",
    ]
    for path in leftovers:
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    corpus.put(papers("more"))
    index.update(corpus, QUIET)
    assert not any(path.exists() for path in leftovers)


def test_what_others_put_into_the_directory_of_an_index_stays(tmp_path, corpus):
    theirs = [tmp_path / "index" / "thesis" / "chapter.tex", tmp_path / "index" / "README.md"]
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("precious")
    index = PaperIndex(tmp_path / "index")
    for change in (index.update, index.rebuild):
        corpus.put(papers("more"))
        change(corpus, QUIET)
        assert [path.read_text() for path in theirs] == ["precious"] * 2
    assert find(index.searcher(), "more") == [4, 5]


@pytest.mark.parametrize("what", ["file", "link", "link to nowhere", "another user's"])
def test_what_is_in_the_place_of_an_index_is_set_aside_as_it_is(tmp_path, corpus, what):
    place, elsewhere = tmp_path / "cache" / "index", tmp_path / "elsewhere"
    place.parent.mkdir()
    if what == "file":
        place.write_text("precious")
    elif what == "another user's":
        if os.geteuid():
            pytest.skip("only root can give a folder to another user")
        place.mkdir()
        (place / "file").write_text("precious")
        os.chown(place, 65534, -1)
    else:
        if what == "link":
            elsewhere.mkdir()
            (elsewhere / "file").write_text("precious")
        place.symlink_to(elsewhere)
    index = PaperIndex(place)
    assert index.searcher() is None
    index.update(corpus, QUIET)
    assert find(index.searcher(), "") == [1, 2, 3]
    assert index.verify() is None
    (aside,) = place.parent.glob("index.aside-*")
    if what == "file":
        assert aside.read_text() == "precious"
    elif what == "link to nowhere":
        assert aside.readlink() == elsewhere
        assert not elsewhere.exists()
    else:
        assert (aside / "file").read_text() == "precious"
        assert len(list(aside.iterdir())) == 1


def test_a_table_of_contents_that_was_never_published_does_not_count(index, corpus, monkeypatch):
    corpus.put(papers("lost"))

    def fail(*_):
        raise OSError(errno.EIO, "broken disk")

    with monkeypatch.context() as patch:
        patch.setattr(manifest, "write", fail)
        with pytest.raises(LibraryError):
            index.update(corpus, QUIET)
    assert find(index.searcher(), "") == [1, 2, 3]
    corpus.put(papers("found"))
    index.update(corpus, QUIET)
    assert find(index.searcher(), "") == [1, 2, 3, 4, 5]
    assert index.verify() is None


# whoosh3 leaves its temporary file to the garbage collector when a write fails.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("is_rebuilt", [True, False])
def test_a_full_disk_leaves_the_old_index_and_no_leftovers(index, corpus, monkeypatch, is_rebuilt):
    before = files(index)
    corpus.put(papers("more"))

    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(bulk_writer.BulkWriter, "_flush_segment", fail)
        with pytest.raises(DiskFull):
            (index.rebuild if is_rebuilt else index.update)(corpus, QUIET)
    assert files(index) == before
    assert find(index.searcher(), "") == [1, 2, 3]
    index.update(corpus, QUIET)
    assert find(index.searcher(), "more") == [4]


def test_an_interrupted_build_leaves_the_old_index(index, corpus):
    before = files(index)

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(corpus, interrupt)
    assert files(index) == before
    assert find(index.searcher(), "") == [1, 2, 3]


def test_an_old_searcher_keeps_working_through_updates_and_rebuilds(index, corpus):
    old = index.searcher()
    corpus.put(papers("apples again"), keys=[1])
    index.update(corpus, QUIET)
    assert find(old, "apples") == [1]
    index.rebuild(corpus, QUIET)
    assert find(old, "title:apples -again") == [1]
    assert find(index.searcher(), "again") == [1]
    assert index.searcher_if_newer(old) is not old


def test_a_searcher_is_kept_while_nothing_changed(index, corpus):
    current = index.searcher()
    assert index.searcher_if_newer(current) is current
    index.update(corpus, QUIET)
    assert index.searcher_if_newer(current) is current
    corpus.put(papers("new"))
    index.update(corpus, QUIET)
    assert index.searcher_if_newer(current) is not current


def test_a_file_cut_under_an_open_searcher_takes_it_away(index, corpus):
    current = index.searcher()
    os.truncate(next(path for path in files(index) if path.suffix == ".postings"), 100)
    assert index.searcher_if_newer(current) is None


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import FakeCorpus, make_paper
from papers_tui.index.search.paper_index import PaperIndex

start = int(sys.argv[3])
papers = [make_paper(f"title {number}") for number in range(start, start + 40)]
corpus = FakeCorpus(papers, identity=sys.argv[3])
for _ in range(4):
    PaperIndex(Path(sys.argv[2])).update(corpus, lambda done, total: None)
"""


def test_two_programs_that_write_wait_for_each_other(tmp_path):
    here, directory = Path(__file__).parent, tmp_path / "index"
    others = [
        subprocess.Popen([sys.executable, "-c", WRITER, here, directory, str(start)]) for start in (0, 100)
    ]
    index = PaperIndex(directory)
    while any(other.poll() is None for other in others):
        searcher = index.searcher()
        assert searcher is None or len(find(searcher, "title")) == 40
    assert [other.wait() for other in others] == [0, 0]
    assert len(find(index.searcher(), "title")) == 40
    assert index.verify() is None


def test_readers_are_never_blocked_by_a_writer(index, corpus):
    corpus.put(papers("more"))
    is_writing, may_go_on = threading.Event(), threading.Event()

    def wait(done, total):
        is_writing.set()
        assert may_go_on.wait(120)

    writer = threading.Thread(target=index.rebuild, args=(corpus, wait))
    writer.start()
    assert is_writing.wait(120)
    assert find(index.searcher(), "") == [1, 2, 3]
    may_go_on.set()
    writer.join()
    assert find(index.searcher(), "") == [1, 2, 3, 4]


def test_a_program_killed_at_any_point_of_an_update_leaves_a_whole_index(tmp_path, corpus_of):
    script = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import FakeCorpus, make_paper
from papers_tui.index.search import manifest, paper_index
from papers_tui.index.search.paper_index import PaperIndex

corpus = FakeCorpus([make_paper("one"), make_paper("two")])
index = PaperIndex(Path(sys.argv[2]))
index.update(corpus, lambda done, total: None)
corpus.put([make_paper("three")])
where, left = sys.argv[3], int(sys.argv[4])

def killing(function):
    def wrapped(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return function(*args, **kwargs)
    return wrapped

os.replace = killing(os.replace)
os.fsync = killing(os.fsync)
os.rename = killing(os.rename)
(index.rebuild if where == "rebuild" else index.update)(corpus, lambda done, total: None)
"""
    here = str(Path(__file__).parent)
    for where in ("update", "rebuild"):
        for left in (0, 1, 3, 12, 20):
            directory = tmp_path / f"{where}{left}"
            done = subprocess.run(
                [sys.executable, "-c", script, here, str(directory), where, str(left)], check=False
            )
            assert done.returncode in {0, 9}
            index = PaperIndex(directory)
            assert index.verify() is None
            assert find(index.searcher(), "") in ([1, 2], [1, 2, 3])
            corpus = corpus_of([make_paper("one"), make_paper("two")])
            corpus.put([make_paper("three")])
            index.update(corpus, QUIET)
            assert find(index.searcher(), "") == [1, 2, 3]
            assert paper_index.PaperIndex(directory).is_current(corpus.stamp())


def test_damage_that_no_check_saw_is_noticed_when_a_search_meets_it(index, corpus):
    searcher = index.searcher()
    searcher._snapshot.segments[0].fields["title"].documents = np.full(50, 10**6, np.uint32)
    with pytest.raises(IndexError):
        find(searcher, "title:pears")  # the files are sound: a mistake of the program is not hidden
    path = next(path for path in files(index) if path.suffix == ".postings")
    data = bytearray(path.read_bytes())
    data[100] ^= 0xFF
    path.write_bytes(data)
    ranking = searcher.search(parse("title:pears", today=date(2026, 1, 1), is_typing=False), Marked({}))
    assert ranking.total == 0
    assert "damaged" in ranking.hints[0]
    index.update(corpus, QUIET)
    assert find(index.searcher(), "pears") == [2]


def test_threads_share_a_searcher(index):
    searcher = index.searcher()
    words = ["apples", "pears", "plums", *(f"word{number}" for number in range(60)), "a*", "p*"]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            found = list(pool.map(lambda word: find(searcher, word), words))
            assert found[:3] == [[1], [2], [3]]


def test_a_copied_index_is_read_through_once_and_then_trusted(index, tmp_path, monkeypatch):
    shutil.copytree(index._directory, tmp_path / "copy")
    copy = PaperIndex(tmp_path / "copy")
    read = []
    checksum = manifest._crc32
    monkeypatch.setattr(manifest, "_crc32", lambda path: read.append(path) or checksum(path))
    current = copy.searcher()
    assert find(current, "pears") == [2]
    assert len(read) == len(set(read)) > 3
    assert copy.searcher_if_newer(current) is current
    assert len(read) == len(set(read))
