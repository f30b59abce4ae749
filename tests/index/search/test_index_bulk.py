"""The bulk writer against Whoosh's own writer with the stock codec: the same papers, the same index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query, scoring
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import RamStorage

from papers_tui.index.paper import Paper
from papers_tui.index.search import inversion
from papers_tui.index.search.analysis import words
from papers_tui.index.search.bulk_writer import BulkWriter
from papers_tui.index.search.facts import facts_of
from papers_tui.index.search.inversion import TextInverter
from papers_tui.index.search.lexicon import Lexicon, word_terms
from papers_tui.index.search.postings import (
    bm25,
    frequencies_of,
    idf,
    in_sequence,
    runs_of_prefix,
    runs_of_term,
)
from papers_tui.index.search.schema import FACTS_COLUMN, INDEX_NAME, TERM_FIELDS, schema, terms_of
from papers_tui.index.search.snapshot import K1, B, Segment, Snapshot, _open_segment

WORDS = [
    "model",
    "models",
    "a",
    "pre-training",
    "C++",
    "é",
    "日本",
    "GPT-4",
    "1.5",
    "α",
    "x" * 70,
    "&",
    "it's",
]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
papers = st.builds(
    lambda number, title, abstract, days, categories: Paper(
        id=f"title:{number}",
        title=title,
        abstract=abstract,
        featured=tuple(days),
        categories=tuple(categories),
        sources=("listing:a.txt",),
    ),
    st.integers(0, 10**6),
    texts,
    texts,
    st.lists(st.sampled_from(["2024-01-01", "2025-05-05", "2025-05-06"]), unique=True, max_size=2),
    st.lists(st.sampled_from(["cs.CL", "cs.LG", "math.GT", "hep-th"]), unique=True, max_size=2),
)
histories = st.lists(st.lists(papers, max_size=6), min_size=1, max_size=3)


class Memory(RamStorage):
    """Whoosh would make a temporary directory, and leave it behind."""

    def temp_storage(self, name=None):
        return Memory()


def memory():
    return Memory().create()


def bulk(history):
    index = memory().create_index(schema(), INDEX_NAME)
    key = 0
    for batch in history:
        with BulkWriter(index) as writer:
            for paper in batch:
                key += 1
                writer.add_paper(key, paper)
    return index


def stock(history):
    index = memory().create_index(schema(), INDEX_NAME)
    key = 0
    for batch in history:
        writer = index.writer(codec=W3Codec())
        for paper in batch:
            key += 1
            terms = terms_of(paper)
            spelled = {name: [*map(spell, getattr(terms, name))] for name, spell in TERM_FIELDS.items()}
            fields = {name: found for name, found in spelled.items() if found}
            fields[FACTS_COLUMN] = facts_of(key, paper)
            writer.add_document(title=paper.title, abstract=paper.abstract, **fields)
        writer.commit(merge=False)
    return index


def content(index):
    """Return everything that an index tells of its documents and terms."""
    found = {}
    with index.reader() as reader:
        for field, text in reader.all_terms():
            matcher = reader.postings(field, text)
            while matcher.is_active():
                places = tuple(matcher.value_as("positions")) if field in {"title", "abstract"} else ()
                found[field, text, matcher.id()] = (matcher.weight(), places)
                matcher.next()
        for field in ("title", "abstract"):
            found[field] = reader.field_length(field)
            for document in range(reader.doc_count_all()):
                found[field, document] = reader.doc_field_length(document, field)
        if reader.doc_count_all():
            found["facts"] = list(reader.column_reader(FACTS_COLUMN))
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_an_index_written_in_bulk_is_the_one_that_whoosh_writes(history):
    assert content(bulk(history)) == content(stock(history))


@settings(max_examples=40, deadline=None)
@given(histories, st.booleans())
def test_whoosh_goes_on_with_an_index_written_in_bulk(history, is_merged):
    index, other = bulk(history), stock(history)
    for each in (index, other):
        each.writer().commit(optimize=is_merged)
        with each.writer(compound=False) as writer:
            writer.add_document(title="model", abstract="a model")
            writer.delete_by_term("category", "cs.cl")
    assert content(index) == content(other)


def snapshot_of(index):
    segments: list[Segment] = []
    for segment in index._segments():
        base = segments[-1].base + segments[-1].size if segments else 0
        segments.append(_open_segment(index.storage, segment, base))
    return Snapshot(None, segments)


@settings(max_examples=40, deadline=None)
@given(histories, st.sampled_from(["model", "a", "pre", "pretraining", "c++", "e", "gpt4", "nothing"]))
def test_scores_are_whooshs_to_four_digits(history, term):
    index = stock(history)
    snapshot = snapshot_of(bulk(history))
    for field in ("title", "abstract"):
        documents, frequencies = frequencies_of(snapshot, list(runs_of_term(snapshot, field, term)))
        scores = bm25(snapshot, field, documents, frequencies) * idf(snapshot, len(documents))
        with index.searcher(weighting=scoring.BM25F(B=B, K1=K1)) as searcher:
            hits = searcher.search(query.Term(field, term), limit=None)
            expected = {hit.docnum: pytest.approx(hit.score, abs=1e-4) for hit in hits}
        assert dict(zip(documents.tolist(), scores.tolist(), strict=True)) == expected


@settings(max_examples=40, deadline=None)
@given(histories, st.sampled_from(["m", "mo", "model", "models", "p", "1", "é", "z", ""]))
def test_a_prefix_has_the_documents_of_whooshs_prefix(history, prefix):
    snapshot = snapshot_of(bulk(history))
    runs = list(runs_of_prefix(snapshot, "title", prefix))
    with stock(history).searcher() as searcher:
        expected = {hit.docnum for hit in searcher.search(query.Prefix("title", prefix), limit=None)}
        assert set(frequencies_of(snapshot, runs)[0].tolist()) == expected


@settings(max_examples=40, deadline=None)
@given(
    histories,
    st.lists(st.sampled_from(["model", "models", "a", "pre", "training", "1.5"]), min_size=2, max_size=4),
)
def test_a_phrase_has_the_documents_of_whooshs_phrase(history, phrase):
    snapshot = snapshot_of(bulk(history))
    sequence = [list(runs_of_term(snapshot, "title", word)) for word in phrase]
    places = in_sequence(sequence, snapshot.alive)
    with stock(history).searcher() as searcher:
        expected = {hit.docnum for hit in searcher.search(query.Phrase("title", phrase), limit=None)}
    assert {place >> 24 for place in places.tolist()} == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=12))
def test_batches_make_no_difference(documents):
    def invert(batch):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inversion, "_BATCH", batch)
            inverter = TextInverter(Lexicon(word_terms))
            for document in documents:
                inverter.add(words(" ".join(document)))
            return inverter.finish()

    (whole, lengths), (parts, same_lengths) = invert(10**6), invert(3)
    assert lengths.tolist() == same_lengths.tolist()
    assert whole.terms == parts.terms
    for name in ("counts", "documents", "frequencies", "positions", "lengths"):
        assert getattr(whole, name).tolist() == getattr(parts, name).tolist(), name


def test_a_long_text_keeps_its_frequencies_and_positions(tmp_path):
    inverter = TextInverter(Lexicon(word_terms))
    inverter.add(words("a " * 70_000 + "b"))
    postings, lengths = inverter.finish()
    assert postings.terms == [b"a", b"b"]
    assert postings.frequencies.tolist() == [70_000, 1]
    assert postings.positions[-1] == 70_000
    assert lengths.tolist() == [70_001]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map(" ".join), max_size=4), st.data())
def test_positions_far_into_a_text_are_read_back(documents, data):
    texts = [text + " b" * data.draw(st.sampled_from([0, 254, 255, 256, 600])) + " a a" for text in documents]
    history = [[Paper(id=f"title:{n}", title="", abstract=text) for n, text in enumerate(texts)]]
    snapshot = snapshot_of(bulk(history))
    for term in "ab":
        expected = [
            n << 24 | place
            for n, text in enumerate(texts)
            for place, word in enumerate(text.split())
            if word == term
        ]
        (run,) = runs_of_term(snapshot, "abstract", term) if expected else (None,)
        for n in range(len(texts) if run else 0):
            among = snapshot.alive & ([each >= n for each in range(len(texts))])
            assert run.places(among).tolist() == [place for place in expected if place >> 24 >= n]
