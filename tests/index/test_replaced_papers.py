"""Papers that another program puts in the place of those that are open and indexed."""

from contextlib import closing
from datetime import date

from papers_tui.index.library import Library
from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus

NOW = "2026-01-02T03:04:05Z"


def paper(number, title):
    return Paper(id=f"arxiv:2404.{number:05}", title=title, arxiv_id=f"2404.{number:05}")


def silent(_done, _total):
    pass


def titles(library, query):
    found = library.search(query)
    return {hit.entry.paper.title for hit in found.hits}, found.is_searched


def test_no_paper_is_found_by_the_index_of_those_that_were_there_before(tmp_path):
    data = tmp_path / "data"
    for file, number, words in ((data / "papers.db", 1, "gardens"), (tmp_path / "other.db", 2, "rivers")):
        with closing(Corpus(file)) as corpus:
            corpus.put([paper(number, f"About {words}")], added=NOW)
    with Library.open(data, tmp_path / "cache", today=lambda: date(2026, 1, 1)) as library:
        library.update_index(silent)
        assert titles(library, "gardens") == ({"About gardens"}, True)
        (tmp_path / "other.db").replace(data / "papers.db")
        library.look()
        assert not library.index_is_current()
        assert not titles(library, "gardens")[1]
        library.update_index(silent)
        assert library.index_is_current()
        assert titles(library, "gardens")[0] == set()
        assert titles(library, "rivers") == ({"About rivers"}, True)
