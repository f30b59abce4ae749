"""Citation keys once given stay, are unique in the library, and follow papers to new ids."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite.key_template import KeyTemplate
from papers_tui.index.citing import Citing
from papers_tui.index.library import Library
from papers_tui.index.paper import Paper
from papers_tui.index.store.citation_keys import CitationKeys
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore

DU = (Author("Du", "Xinrun"),)
NOW = "2026-11-21T00:00:00Z"


def paper(number, **changes):
    fields = {"id": f"arxiv:2404.{number:05}", "title": "Model", "authors": DU, "published": "2024"}
    return Paper(**{**fields, **changes})


@pytest.fixture
def keys(tmp_path):
    store = CitationKeys(tmp_path / "marks.db")
    yield store
    store.close()


def test_a_key_stays_when_what_is_known_of_the_paper_changes(keys, tmp_path):
    assert keys.given([paper(1)]) == ["du2024model"]
    keys.close()
    again = CitationKeys(tmp_path / "marks.db")
    assert again.given([paper(1, title="A Better Title", published="2025")]) == ["du2024model"]
    assert again.given([paper(1)], KeyTemplate("{Surname}")) == ["du2024model"]
    again.close()


def test_no_two_papers_have_one_key_in_whatever_order_they_are_cited(keys):
    assert keys.given([paper(2)]) == ["du2024model"]
    assert keys.given([paper(1), paper(2), paper(3)]) == ["du2024modela", "du2024model", "du2024modelb"]
    assert keys.given([paper(4, title="Modela")]) == ["du2024modelaa"]


def test_keys_that_differ_in_case_alone_are_one_to_bibtex(keys):
    assert keys.given([paper(1)]) == ["du2024model"]
    assert keys.given([paper(2)], KeyTemplate("{Surname}{year}{word}")) == ["Du2024modela"]


def test_a_preview_shows_the_keys_that_come_and_keeps_none(keys):
    assert keys.expected([paper(1), paper(2)]) == ["du2024model", "du2024modela"]
    assert keys.given([paper(2), paper(1)]) == ["du2024model", "du2024modela"]
    assert keys.expected([paper(1), paper(2)]) == ["du2024modela", "du2024model"]


def test_keys_of_other_programs_are_taken_over_where_they_are_free_and_safe(keys):
    assert keys.given([paper(1)]) == ["du2024model"]
    wanted = {
        paper(1).id: "Du:2024",
        paper(2).id: "Du2024Model",
        paper(3).id: "du_2024+x",
        paper(4).id: "a b",
        paper(5).id: "x}y",
        paper(6).id: "",
    }
    assert [refused.key for refused in keys.adopt(wanted.items())] == [
        key for paper_id, key in wanted.items() if paper_id != paper(3).id
    ]
    assert keys.given([paper(1), paper(2), paper(3)]) == ["du2024model", "du2024modela", "du_2024+x"]


def test_marks_and_keys_share_a_file_without_harm(keys, tmp_path):
    marks = MarksStore(tmp_path / "marks.db")
    marks.change([paper(1)], marks.tag_edit({"x"}, set()), label="tag")
    assert keys.given([paper(1)]) == ["du2024model"]
    assert marks.get(paper(1).id).tags == ("x",)
    marks.close()


def test_papers_cited_at_the_same_time_have_keys_of_their_own(tmp_path):
    stores = [CitationKeys(tmp_path / "marks.db") for _ in range(4)]

    def give(store):
        return [store.given([paper(number)])[0] for number in range(20)]

    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(give, stores))
    assert all(answer == answers[0] for answer in answers)
    assert len(set(answers[0])) == 20
    for store in stores:
        store.close()


def test_a_library_that_cannot_be_written_has_keys_all_the_same(tmp_path, monkeypatch):
    store = CitationKeys(tmp_path / "marks.db")
    assert store.given([paper(1)]) == ["du2024model"]
    monkeypatch.setattr(CitationKeys, "is_read_only", property(lambda _: True))
    assert store.given([paper(2), paper(1)]) == ["du2024modela", "du2024model"]
    assert store.expected([paper(3)]) == ["du2024modela"]
    store.close()


def test_a_key_follows_its_paper_to_a_better_id(tmp_path):
    corpus = Corpus(tmp_path / "papers.db")
    marks = MarksStore(tmp_path / "marks.db")
    citing = Citing(corpus, marks.database)
    before = paper(1, id="doi:10.1000/x", doi="10.1000/x", title="Chinese Tiny Models")
    corpus.put([before], added=NOW)
    assert citing.keys([before]) == ["du2024chinese"]
    after = paper(1, doi="10.1000/x", arxiv_id="2404.00001", title="Chinese Tiny Models", published="2025")
    corpus.put([after], added=NOW)
    assert corpus.get("doi:10.1000/x").id == after.id
    assert citing.keys([after]) == ["du2024chinese"]
    assert citing.keys([paper(2, title="Chinese Models")], is_kept=False) == ["du2024chinesea"]
    citing.close()
    marks.close()
    corpus.close()


def test_a_key_goes_to_the_paper_that_its_own_became_one_with(tmp_path):
    with Library.open(tmp_path, tmp_path / "cache") as library:
        library._corpus.put([paper(1, arxiv_id="2404.00001"), paper(2, arxiv_id="2404.00002")], added=NOW)
        one, other = (library._corpus.get(paper(number).id) for number in (1, 2))
        assert library.citing.keys([other]) == ["du2024model"]
        assert library.joining.merge(one.id, other.id) == (one.id,)
        assert library.citing.keys([library._corpus.get(one.id)]) == ["du2024model"]
        library.undo()
        assert library.citing.keys([one, other]) == ["du2024modela", "du2024model"]


def test_a_paper_that_was_two_is_found_by_either_key_until_it_is_two_again(tmp_path):
    with Library.open(tmp_path, tmp_path / "cache") as library:
        library._corpus.put([paper(1, arxiv_id="2404.00001"), paper(2, arxiv_id="2404.00002")], added=NOW)
        one, other = (library._corpus.get(paper(number).id) for number in (1, 2))
        assert library.citing.adopt([(one.id, "Du:One"), (other.id, "Du:Two")]) == []
        library.joining.merge(one.id, other.id)
        assert [library.entry(key).paper.id for key in ("Du:One", "@du:two")] == [one.id, one.id]
        assert library.citing.second() == {one.id: ("Du:Two",)}
        library.undo()
        assert [library.entry(key).paper.id for key in ("Du:One", "Du:Two")] == [one.id, other.id]
        assert library.citing.second() == {}


def test_a_second_key_follows_its_paper_to_a_better_id(tmp_path):
    before = paper(1, id="doi:10.1000/x", doi="10.1000/x", title="Chinese Tiny Models")
    after = paper(1, doi="10.1000/x", arxiv_id="2404.00001", title="Chinese Tiny Models")
    with Library.open(tmp_path, tmp_path / "cache") as library:
        library._corpus.put([before], added=NOW)
        assert library.citing.adopt([(before.id, "first"), (before.id, "Second")])[0].key == "Second"
        library._corpus.put([after], added=NOW)
        assert library.citing.second() == {after.id: ("Second",)}
        assert library.entry("second").paper.id == after.id
