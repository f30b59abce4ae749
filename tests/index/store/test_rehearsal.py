"""A rehearsal tells of each paper what putting it in would make of it, and writes nothing."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.identity import paper_id
from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.mergers import Mergers

WHEN = "2026-01-02T03:04:05Z"
TITLES = ["Tidal Attention for Long Texts", "Small Models in Large Gardens", "On It"]
ARXIV = [None, "2404.00001", "2404.00002"]
DOIS = [None, "10.1000/one", "10.48550/arXiv.2404.00001"]


def paper(title, ids, author, published=None, abstract=""):
    arxiv, doi = ids
    return Paper(
        id=paper_id(arxiv=arxiv, doi=doi, title=title),
        title=title,
        arxiv_id=arxiv,
        doi=doi,
        authors=(Author.parse(author),) if author else (),
        published=published,
        abstract=abstract,
        sources=("listing:some.txt",),
    )


PAPERS = st.builds(
    paper,
    st.sampled_from(TITLES),
    st.tuples(st.sampled_from(ARXIV), st.sampled_from(DOIS)),
    st.sampled_from([None, "Ada Lovelace", "Emmy Noether"]),
    st.sampled_from([None, "2024", "2024-05-06", "2019"]),
    st.sampled_from(["", "An abstract.", "Another, longer abstract."]),
)
BATCHES = st.lists(st.lists(PAPERS, min_size=1, max_size=4), min_size=1, max_size=3)


def told(outcomes):
    return [(one.id, one.change, set(one.former_ids)) for one in outcomes]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(PAPERS, max_size=4), batches=BATCHES, is_apart=st.booleans())
def test_it_tells_what_happens_then(tmp_path_factory, before, batches, is_apart):
    folder = tmp_path_factory.mktemp("rehearsal")
    file, copy = folder / "papers.db", folder / "copy.db"
    with closing(Corpus(file)) as corpus:
        corpus.put(before, added=WHEN)
    if is_apart:
        with closing(Mergers(file)) as mergers:
            mergers.keep_apart("arxiv:2404.00001", "doi:10.1000/one")
    shutil.copyfile(file, copy)
    content = file.read_bytes()
    with closing(Corpus(file)) as corpus, closing(Corpus(copy)) as real, corpus.rehearsal():
        for batch in batches:
            assert told(corpus.put(batch, added=WHEN)) == told(real.put(batch, added=WHEN))
    assert file.read_bytes() == content
    shutil.rmtree(folder)


def test_pairs_kept_apart_stay_apart_in_it(tmp_path):
    preprint = paper(TITLES[0], ("2404.00001", None), "Ada Lovelace", "2024")
    article = paper(TITLES[1], (None, "10.1000/one"), "Emmy Noether", "2019")
    of_both = paper(TITLES[2], ("2404.00001", "10.1000/one"), "Ada Lovelace", "2024")
    file = tmp_path / "papers.db"
    with closing(Corpus(file)) as corpus:
        corpus.put([preprint, article], added=WHEN)
        assert article.id in corpus.put([of_both], added=WHEN, dry_run=True)[0].former_ids
        with closing(Mergers(file)) as mergers:
            mergers.keep_apart(article.id, preprint.id)
        rehearsed = corpus.put([of_both], added=WHEN, dry_run=True)
        assert article.id not in rehearsed[0].former_ids
        assert told(rehearsed) == told(corpus.put([of_both], added=WHEN))


def test_an_id_that_two_papers_claim_is_whose_it_is(tmp_path):
    owner = paper(TITLES[0], ("2404.00001", "10.1000/one"), None)
    other = paper(TITLES[0], ("2404.00002", "10.1000/one"), None)
    batch = [paper(TITLES[1], ("2404.00002", None), None), paper(TITLES[0], (None, "10.1000/one"), None)]
    with closing(Corpus(tmp_path / "papers.db")) as corpus:
        corpus.put([owner, other], added=WHEN)
        assert told(corpus.put(batch, added=WHEN, dry_run=True)) == told(corpus.put(batch, added=WHEN))


def test_a_batch_that_fails_in_it_leaves_no_trace_in_it(tmp_path):
    one = paper(TITLES[0], ("2404.00001", None), "Ada Lovelace", "2024")
    with closing(Corpus(tmp_path / "papers.db")) as corpus:
        corpus.put([one], added=WHEN)
        better = replace(one, abstract="An abstract.")
        with corpus.rehearsal():
            with pytest.raises(AttributeError):
                corpus.put([better, None], added=WHEN)
            assert told(corpus.put([better], added=WHEN)) == [(one.id, "updated", set())]
            assert told(corpus.put([better], added=WHEN)) == [(one.id, "unchanged", set())]
        assert corpus.get(one.id).abstract == ""
