"""Which paper a person means: by an id in any spelling, as the user corrected it, or by a citation key."""

from __future__ import annotations

from papers_tui.index.identity import canonical_id
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.database import bindable
from papers_tui.index.store.marks import MarksStore


def named(wanted: str, corpus: Corpus, marks: MarksStore) -> str:
    """Return the id of the paper that is meant by `wanted`; where there is none, its normal form."""
    text = bindable(wanted.strip())
    spelled = canonical_id(text) or text
    names = (text, spelled)
    known = corpus.keys_of(names) or marks.get_many(names)
    for name in names:
        if name in known:
            return name
    return _corrected_to(spelled, marks) or _cited_as(text, corpus, marks) or spelled


def _corrected_to(spelled: str, marks: MarksStore) -> str | None:
    """Return the id of the paper of which the user says that it has this arXiv id or DOI."""
    field, _, value = spelled.partition(":")
    said = (field, value)
    return next((paper_id for paper_id, edits in marks.edited().items() if said in edits), None)


def _cited_as(text: str, corpus: Corpus, marks: MarksStore) -> str | None:
    """Return the id of the paper that is or was cited by a key, as it is in LaTeX or in Pandoc (`@key`)."""
    from papers_tui.index.store.citation_keys import CitationKeys  # noqa: PLC0415 - few papers are named so

    found = CitationKeys(marks.database).paper_of(text.removeprefix("@"))
    return found and corpus.renamed([found]).get(found, found)
