"""Marks that follow changes one by one are searched as if they had been read anew."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.paper import Marks, Status
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.spellings import Step

KEYS = st.integers(1, 6)
WORDS = ("fp4", "to read", "scaling laws", "laws of scaling", "Ünion")
MARKS = st.builds(
    Marks,
    bookmarked=st.booleans(),
    tags=st.sets(st.sampled_from(WORDS)).map(lambda tags: tuple(sorted(tags))),
    note=st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    status=st.sampled_from(Status),
    rating=st.none() | st.integers(1, 5),
)
SPELLINGS = [
    (Step("fp4"),),
    (Step("sca", "prefix"),),
    (Step("law", "inflected"), Step("of"), Step("sca", "prefix")),
    (Step("u", "prefix"),),
]


def said(marked: Marked) -> Mapping[str, object]:
    """What a search can learn of marks, by the papers' keys."""
    keys = marked.keys.tolist()
    assert keys == sorted(set(keys))
    assert len(keys) == len(marked) == len(marked.marks)

    def where(mask) -> set[int]:
        return {key for key, holds in zip(keys, mask.tolist(), strict=True) if holds}

    return {
        "read": where(marked.in_state("read")),
        "reading": where(marked.in_state("reading")),
        "bookmarked": where(marked.in_state("bookmarked")),
        "noted": where(marked.noted),
        "tagged": where(marked.any_tag),
        "rated": where(marked.ratings > 0),
        "ratings": {
            key: rating for key, rating in zip(keys, marked.ratings.tolist(), strict=True) if rating > 0
        },
        "tag": where(marked.tagged("fp4", is_prefix=False)),
        "tags that begin": where(marked.tagged("sca", is_prefix=True)),
        **{f"tags {each}": marked.tags.find(each) for each in SPELLINGS},
        **{f"notes {each}": marked.notes.find(each) for each in SPELLINGS},
    }


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, MARKS), st.lists(st.dictionaries(KEYS, MARKS | st.just(Marks())), max_size=4))
def test_changed_marks_are_searched_as_if_read_anew(first, changes):
    now = dict(first)
    marked = Marked(now)
    assert said(marked) == said(Marked(now))
    for change in changes:
        before, before_said = marked, said(marked)
        marked = marked.changed(change)
        now |= change
        assert said(marked) == said(Marked({key: one for key, one in now.items() if not one.is_blank}))
        assert said(before) == before_said  # a search that still runs is not disturbed
