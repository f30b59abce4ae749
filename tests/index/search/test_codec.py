"""The columnar codec against Whoosh's own: the same documents, updates and queries, through Whoosh alone."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import analysis, fields, formats, query
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.util.numeric import length_to_byte

from papers_tui.index.search.arrays import Arrays, ArraysWriter, DamagedArrays
from papers_tui.index.search.codec import ColumnarCodec
from papers_tui.index.search.field_columns import length_codes

WORDS = ["a", "ab", "abc", "b", "ba", "é", "zz", "日"]
SCHEMA = fields.Schema(
    id=fields.ID(unique=True, stored=True),
    title=fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer()),
    tags=fields.KEYWORD(scorable=True),
    year=fields.NUMERIC(stored=True),
)
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
documents = st.tuples(texts, texts, st.integers(-3, 3))
commits = st.lists(
    st.tuples(st.dictionaries(st.integers(0, 9).map(str), documents, max_size=5), st.booleans()), max_size=5
)
QUERIES = [
    *(query.Term(field, word) for field in ("title", "tags") for word in WORDS),
    query.And([query.Term("title", "a"), query.Term("tags", "b")]),
    query.Or([query.Term("title", "a"), query.Term("title", "zz"), query.Term("tags", "é")]),
    query.Not(query.Term("title", "a")),
    query.AndNot(query.Term("title", "ab"), query.Term("tags", "a")),
    query.Prefix("title", "a"),
    query.Wildcard("tags", "?b*"),
    query.FuzzyTerm("title", "abd"),
    query.Phrase("title", ["a", "ab"]),
    query.Phrase("title", ["b", "a", "b"], slop=2),
    query.TermRange("title", "ab", "b"),
    query.NumericRange("year", -1, 2),
    query.Every(),
    query.Every("title"),
]


class Memory(RamStorage):
    """Whoosh would make a temporary directory, and leave it behind."""

    def temp_storage(self, name=None):
        return Memory()


def memory():
    return Memory().create()


def build(history, codec):
    index = memory().create_index(SCHEMA)
    for updates, merges in history:
        writer = index.writer(codec=codec, compound=False)
        for key, (title, tags, year) in updates.items():
            writer.update_document(id=key, title=title, tags=tags, year=year)
        if "3" in updates:
            writer.delete_by_term("id", "5")
        writer.commit(optimize=merges, merge=merges)
    return index


def answers(index):
    with index.searcher() as searcher:
        for each in QUERIES:
            hits = searcher.search(each, limit=None)
            yield each, {hit["id"]: pytest.approx(hit.score, abs=1e-4) for hit in hits}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(commits)
def test_every_query_has_the_hits_and_scores_of_the_stock_codec(history):
    ours = build(history, ColumnarCodec())
    stock = build(history, W3Codec())
    for (each, mine), (_, theirs) in zip(answers(ours), answers(stock), strict=True):
        assert mine == theirs, each


@settings(max_examples=40, deadline=None)
@given(commits)
def test_terms_and_their_statistics_are_those_of_the_stock_codec(history):
    def statistics(index):
        with index.reader() as reader:
            for field, text in reader.all_terms():
                info = reader.term_info(field, text)
                spread = (info.min_length(), info.max_length(), info.min_id(), info.max_id())
                yield field, text, info.weight(), info.doc_frequency(), info.max_weight(), spread

    assert list(statistics(build(history, ColumnarCodec()))) == list(statistics(build(history, W3Codec())))


def test_frequencies_and_positions_are_never_clamped(tmp_path):
    index = FileStorage(str(tmp_path)).create().create_index(SCHEMA)
    with index.writer(codec=ColumnarCodec()) as writer:
        writer.add_document(id="1", title="a " * 70_000 + "b a")
    with index.searcher() as searcher:
        matcher = searcher.postings("title", "a")
        assert matcher.weight() == 70_001
        assert matcher.value_as("positions")[-1] == 70_001
        assert len(searcher.search(query.Phrase("title", ["b", "a"]))) == 1
    assert not list(tmp_path.glob("*.seg")), "columns are mapped from files of their own"


def test_weights_that_are_no_frequencies_are_refused():
    index = memory().create_index(SCHEMA)
    writer = index.writer(codec=ColumnarCodec())
    writer.add_document(id="1", title="a", _title_boost=2.0)
    with pytest.raises(ValueError, match="boosts"):
        writer.commit()


def test_formats_without_columns_are_refused():
    schema = fields.Schema(text=fields.FieldType(formats.Characters(), analysis.SimpleAnalyzer()))
    writer = memory().create_index(schema).writer(codec=ColumnarCodec())
    writer.add_document(text="a")
    with pytest.raises(ValueError, match="Characters"):
        writer.commit()


def test_length_codes_are_whooshs():
    lengths = np.array([0, 1, 10, 11, 12, 13, 107, 5_000, 106_373, 106_374, 1_000_000])
    assert length_codes(lengths).tolist() == [length_to_byte(int(length)) for length in lengths]


def test_arrays_come_back_as_they_went(tmp_path):
    path = tmp_path / "arrays"
    columns = {
        "a": np.arange(300, dtype=">u4"),
        "b": np.zeros(0, np.uint8),
        "c/d": np.array([2**63], np.uint64),
    }
    writer = ArraysWriter(path.open("wb"))
    for name, column in columns.items():
        writer.add(name, column)
    writer.close()
    arrays = Arrays.map(path)
    assert list(arrays) == list(columns)
    for name, column in columns.items():
        assert arrays[name].tolist() == column.tolist()
        assert arrays[name].dtype.str in {"<u4", "|u1", "<u8"}


@settings(max_examples=200, deadline=None)
@given(cut=st.integers(0, 400), flip=st.integers(0, 400))
def test_a_damaged_file_is_noticed_or_yields_whole_arrays(tmp_path_factory, cut, flip):
    path = tmp_path_factory.mktemp("damaged") / "arrays"
    writer = ArraysWriter(path.open("wb"))
    writer.add("a", np.arange(20, dtype=np.uint32))
    writer.add("b", np.arange(9, dtype=np.uint16))
    writer.close()
    data = bytearray(path.read_bytes())
    data[flip % len(data)] ^= 0x55
    path.write_bytes(data[: len(data) - cut])
    try:
        arrays = Arrays.map(path)
    except DamagedArrays:
        return
    assert cut == 0, "a cut file has no end"
    assert [len(arrays[name]) for name in arrays] == [20, 9]
