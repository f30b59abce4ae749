"""Texts on their way to the disk: the newest counts, and none is lost, whatever cannot be stored."""

import threading

import pytest

from papers_tui.index.errors import DiskFull
from papers_tui.index.note_files import Place, left_files
from papers_tui.tui.drafting import DraftWriter


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path, "arxiv:1", "A paper", 0)


def fail():
    raise DiskFull("no space is left")


def texts(place):
    return sorted(file.text for file in left_files(place.data_dir))


def test_what_waits_while_a_newer_text_comes_is_left_out(place):
    writer, stored, go = DraftWriter(), [], threading.Event()
    writer.put(Place(place.data_dir, "arxiv:2", "Another", 0), "first", go.wait)
    for text in ("a", "ab", "abc"):
        writer.put(place, text, lambda text=text: stored.append(text))
    go.set()
    writer.finish()
    assert stored == ["abc"]


def test_what_cannot_be_stored_is_in_a_file_until_it_can(place):
    writer = DraftWriter()
    assert isinstance(writer.put(place, "a", fail).result().error, DiskFull)
    writer.put(place, "ab", fail).result()
    assert writer.unstored(place.paper_id) == "ab"
    assert writer.rescued(place.paper_id).read_text() == "ab\n"
    assert texts(place) == []
    assert writer.put(place, "abc", lambda: "done").result().value == "done"
    assert writer.unstored(place.paper_id) is None
    writer.finish()
    assert texts(place) == []
    assert writer.last_words() == []


def test_a_file_that_somebody_removed_is_made_again(place):
    writer = DraftWriter()
    writer.put(place, "a", fail).result()
    for file in writer.rescued(place.paper_id).parent.iterdir():
        file.unlink()
    writer.rescued(place.paper_id).parent.rmdir()
    writer.put(place, "ab", fail).result()
    assert writer.rescued(place.paper_id).read_text() == "ab\n"
    writer.finish()
    assert texts(place) == ["ab"]


def test_the_words_of_one_editor_do_not_replace_those_of_another(place):
    writer = DraftWriter()
    writer.put(place, "in the first editor", fail).result()
    second = Place(place.data_dir, place.paper_id, place.title, 0)
    writer.put(second, "in the second", fail).result()
    writer.finish()
    assert texts(place) == ["in the first editor", "in the second"]
    (said,) = writer.last_words()
    assert str(place.data_dir) in said
