"""Translators, first editions and parts of books, where each guide has them."""

import bibtexparser
import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography, cite
from papers_tui.index.paper import Kind

DERRIDA, KNUTH = Author("Derrida", "Jacques"), Author("Knuth", "Donald")
TRANSLATED = {"translators": "Weaver, Helen", "original_date": "1966"}
BOOK = {"title": "Things", "publisher": "MIT", "published": "1978", "edition": "2"} | TRANSLATED

BOOKS = {
    "apa": "Derrida, J. (1978). Things (H. Weaver, Trans.; 2nd ed.). MIT. (Original work published 1966)",
    "mla": "Derrida, Jacques. Things. 1966. Translated by Helen Weaver, 2nd ed., MIT, 1978.",
    "chicago": "Derrida, Jacques. (1966) 1978. Things. 2nd ed. Translated by Helen Weaver. MIT.",
    "chicago-notes": "Jacques Derrida, Things, 2nd ed., trans. Helen Weaver (1966; MIT, 1978).",
    "harvard": "Derrida, J. (1978) Things. Translated by H. Weaver. 2nd edn. MIT. First published 1966.",
    "ieee": "J. Derrida, Things, H. Weaver, Trans., 2nd ed. MIT, 1978.",
    "acm": "Jacques Derrida. 1978. Things (2nd. ed.). Helen Weaver (Trans.). MIT.",
    "vancouver": "Derrida J. Things. 2nd ed. Weaver H, translator. MIT; 1978.",
    "nature": "Derrida, J. Things 2nd edn (transl. Weaver, H.) (MIT, 1978).",
    "acl": "Jacques Derrida. 1978. Things, 2nd edition. Translated by Helen Weaver. MIT.",
    "plain": "Jacques Derrida. Things. Translated by Helen Weaver, 2nd ed., MIT, 1978, first published 1966.",
}
ARTICLES = {
    "apa": "Things (H. Weaver, Trans.). Mind, 3, 1–5. (Original work published 1966)",
    "mla": "“Things.” 1966. Translated by Helen Weaver. Mind, vol. 3, 1978, pp. 1–5.",
    "chicago": "(1966) 1978. “Things.” Translated by Helen Weaver. Mind 3: 1–5.",
    "chicago-notes": "“Things,” trans. Helen Weaver, Mind 3 (1978): 1–5.",
    "harvard": "‘Things’, translated by H. Weaver, Mind, 3, pp. 1–5. First published 1966.",
    "ieee": "“Things,” H. Weaver, Trans., Mind, vol. 3, pp. 1–5, 1978.",
    "acm": "Things. Helen Weaver (Trans.). Mind 3 (1978), 1–5.",
    "vancouver": "Things. Weaver H, translator. Mind. 1978;3:1-5.",
    "nature": "Things. (transl. Weaver, H.) Mind 3, 1–5 (1978).",
    "acl": "Things. Translated by Helen Weaver. Mind, 3:1–5.",
    "plain": "Things. Translated by Helen Weaver. Mind 3, 1–5, 1978, first published 1966.",
}
CHAPTERS = {
    "apa": "Things (H. Weaver, Trans.). In S. Gao (Ed.), Book (pp. 1–5). MIT. (Original work published 1966)",
    "mla": "“Things.” 1966. Book, edited by S Gao, translated by Helen Weaver, MIT, 1978, pp. 1–5.",
    "chicago": "“Things.” In Book, edited by S Gao, translated by Helen Weaver, 1–5. MIT.",
    "chicago-notes": "“Things,” in Book, ed. S Gao, trans. Helen Weaver (1966; MIT, 1978), 1–5.",
    "harvard": "‘Things’, translated by H. Weaver, in S. Gao (ed.) Book. MIT, pp. 1–5. First published 1966.",
    "ieee": "“Things,” in Book, S. Gao, Ed., H. Weaver, Trans. MIT, 1978, pp. 1–5.",
    "acm": "Things. In Book, S Gao (Ed.), Helen Weaver (Trans.). MIT, 1–5.",
    "vancouver": "Things. In: Gao S, editor; Weaver H, translator. Book. MIT; 1978. p. 1-5.",
    "nature": "Things. In Book (ed. Gao, S.) (transl. Weaver, H.) 1–5 (MIT, 1978).",
    "acl": "Things. Translated by Helen Weaver. In S Gao, editor, Book, pages 1–5. MIT.",
    "plain": "Book, edited by S Gao, translated by Helen Weaver, 1–5, MIT, 1978, first published 1966.",
}
PARTS = {
    "apa": "Knuth, D. (1998). The Art (Chapter 3, pp. 10–119). MIT.",
    "mla": "Knuth, Donald. The Art. MIT, 1998, ch. 3, pp. 10–119.",
    "chicago": "Knuth, Donald. 1998. The Art. Chap. 3, 10–119. MIT.",
    "chicago-notes": "Donald Knuth, The Art (MIT, 1998), chap. 3, 10–119.",
    "harvard": "Knuth, D. (1998) The Art. MIT, ch. 3, pp. 10–119.",
    "ieee": "D. Knuth, The Art. MIT, 1998, ch. 3, pp. 10–119.",
    "acm": "Donald Knuth. 1998. The Art. MIT, Chapter 3, 10–119.",
    "vancouver": "Knuth D. The Art. MIT; 1998. Chapter 3; p. 10-119.",
    "nature": "Knuth, D. The Art Ch. 3, 10–119 (MIT, 1998).",
    "acl": "Donald Knuth. 1998. The Art, chapter 3, pages 10–119. MIT.",
    "plain": "Donald Knuth. The Art. Chapter 3, 10–119, MIT, 1998.",
}


@pytest.mark.parametrize(("style", "expected"), BOOKS.items())
def test_translators_of_books(style, expected, publication):
    assert cite(publication("", Kind.BOOK, DERRIDA, **BOOK), style) == expected


@pytest.mark.parametrize(("style", "expected"), ARTICLES.items())
def test_translators_of_articles(style, expected, publication):
    fields = TRANSLATED | {"venue": "Mind", "volume": "3", "pages": "1-5", "published": "1978"}
    paper = publication("", Kind.ARTICLE, DERRIDA, title="Things", **fields)
    assert cite(paper, style).endswith(f" {expected}")


@pytest.mark.parametrize(("style", "expected"), CHAPTERS.items())
def test_translators_of_chapters(style, expected, publication):
    fields = TRANSLATED | {"venue": "Book", "editors": "Gao, S", "pages": "1-5", "published": "1978"}
    paper = publication(
        "incollection", Kind.INPROCEEDINGS, DERRIDA, title="Things", publisher="MIT", **fields
    )
    assert cite(paper, style).endswith(f" {expected}")


def test_a_bibliography_of_chicago_says_the_year_of_the_first_edition(publication):
    text = bibliography([publication("", Kind.BOOK, DERRIDA, **BOOK)], "chicago-notes")
    assert text.endswith("Translated by Helen Weaver. 1966. MIT, 1978.")


def test_a_first_edition_of_the_same_year_is_not_said(publication):
    paper = publication("", Kind.BOOK, DERRIDA, **BOOK | {"original_date": "1978-01"})
    assert cite(paper, "apa") == "Derrida, J. (1978). Things (H. Weaver, Trans.; 2nd ed.). MIT."


@pytest.fixture
def part_of_a_book(publication):
    fields = {"title": "The Art", "publisher": "MIT", "published": "1998"}
    return lambda **told: publication("", Kind.BOOK, KNUTH, **fields | told)


@pytest.mark.parametrize(("style", "expected"), PARTS.items())
def test_a_part_of_a_book_has_its_chapter_and_its_pages(style, expected, part_of_a_book):
    assert cite(part_of_a_book(chapter="3", pages="10-119"), style) == expected


@pytest.mark.parametrize("style", ["bibtex", "bibtex-scholar"])
def test_a_part_of_a_book_is_an_inbook_of_bibtex(style, part_of_a_book):
    (entry,) = bibtexparser.parse_string(cite(part_of_a_book(chapter="3", pages="10-119"), style)).entries
    assert (entry.entry_type, entry["chapter"], entry["pages"]) == ("inbook", "3", "10--119")
    assert cite(part_of_a_book(), style).startswith("@book{")


@pytest.mark.parametrize("style", PARTS)
def test_one_number_beside_a_book_may_count_its_pages(style, part_of_a_book):
    assert "320" not in cite(part_of_a_book(pages="320"), style)
    assert cite(part_of_a_book(pages="320"), "bibtex").startswith("@book{")
