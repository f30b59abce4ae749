"""BibTeX as people keep it: every entry is read, or rejected with its line; nothing is lost in silence."""

from contextlib import suppress

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats import Options, Rejected, Remark, open_path
from papers_tui.index.formats.bibtex_blocks import blocks
from papers_tui.index.formats.bibtex_text import shown
from papers_tui.index.paper import Entry, Kind, Status


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "refs.bib"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        reading = open_path(path, Options())
        assert reading.format == "bibtex"
        return list(reading.items)

    return read_text


def one(found):
    entries = [item for item in found if isinstance(item, Entry)]
    assert len(entries) == 1
    return entries[0]


def titles(found):
    return [item.paper.title for item in found if isinstance(item, Entry)]


def rejects(found):
    return [(item.where, item.why) for item in found if isinstance(item, Rejected)]


def test_an_entry_of_zotero(read):
    entry = one(
        read(
            r"""
@article{noether_invarianten_1918,
	title = {Invariante {Variationsprobleme} und {\"A}hnliches: \textit{ein} $O(n)$-Beweis},
	volume = {2},
	url = {https://example.org/a\_b?x=1\&y=2},
	doi = {10.1000/ABC.12},
	abstract = {Es handelt sich
 um Variationsprobleme.},
	number = {3},
	urldate = {2024-01-02},
	journal = {Nachrichten \& Berichte},
	author = {Noether, Emmy and van der Waerden, Bartel L. and {Göttingen Working Group}},
	month = jul,
	year = {1918},
	note = {Read\_Status: In Progress},
	keywords = {Physics - Symmetry, favourites},
	annote = {Read the proof
of theorem 2.},
	pages = {235--257},
	file = {Full Text PDF:/home/x/a.pdf:application/pdf},
}
"""
        )
    )
    paper, marks = entry.paper, entry.marks
    assert paper.title == "Invariante Variationsprobleme und Ähnliches: ein O(n)-Beweis"
    assert paper.authors == (
        Author("Noether", "Emmy"),
        Author("van der Waerden", "Bartel L."),
        Author("Göttingen Working Group", is_group=True),
    )
    assert (paper.venue, paper.volume, paper.issue, paper.pages) == (
        "Nachrichten & Berichte",
        "2",
        "3",
        "235–257",
    )
    assert (paper.kind, paper.published, paper.doi) == (Kind.ARTICLE, "1918-07", "10.1000/abc.12")
    assert paper.urls == {"abstract": "https://example.org/a_b?x=1&y=2"}
    assert paper.abstract == "Es handelt sich um Variationsprobleme."
    assert (paper.id, paper.sources) == ("doi:10.1000/abc.12", ("bibtex:refs.bib",))
    assert marks.tags == ("Physics - Symmetry", "favourites")
    assert marks.note == "Read the proof\nof theorem 2."
    assert marks.status is Status.READING


def test_an_entry_of_jabref(read):
    entry = one(
        read(
            """% Encoding: UTF-8

@Misc{Roe2019,
  author       = {Jane Roe},
  title        = {On Gardens},
  year         = {2019},
  comment      = {good figures},
  comment-jane = {mine},
  groups       = {Thesis, To cite},
  keywords     = {soil; water},
  ranking      = {rank4},
  readstatus   = {read},
  eprint       = {1901.01234v2},
  eprinttype   = {arxiv},
  eprintclass  = {q-bio.PE},
}

@Comment{jabref-meta: databaseType:biblatex;}
"""
        )
    )
    assert (entry.paper.arxiv_id, entry.paper.categories, entry.paper.kind) == (
        "1901.01234",
        ("q-bio.PE",),
        Kind.PREPRINT,
    )
    assert entry.marks.tags == ("Thesis", "To cite", "soil", "water")
    assert entry.marks.note == "good figures\n\nmine"
    assert (entry.marks.status, entry.marks.rating) == (Status.READ, 4)


def test_groups_in_a_comment_of_old_jabref(read):
    found = read(
        r"""@Article{doe:17, Title = {One}}
@Article{roe_18, Title = {Two}}
@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;
1 ExplicitGroup:Reading\\; list\;0\;doe:17\;roe
_18\;;
2 ExplicitGroup:Inner\;2\;roe_18\;;
1 KeywordGroup:Other\;0\;keywords\;x\;0\;0\;;
}
"""
    )
    assert [(item.paper.title, item.marks.tags) for item in found] == [
        ("One", ("Reading; list",)),
        ("Two", ("Inner", "Reading; list")),
    ]


def test_an_entry_of_mendeley(read):
    entry = one(
        read(
            """@article{Roe2017,
abstract = {Short.},
annote = {Margin note},
archivePrefix = {arXiv},
arxivId = {1706.01234},
author = {Roe, Jane and Doe, John and others},
eprint = {1706.01234},
file = {:home/me/roe.pdf:pdf},
journal = {arXiv preprint arXiv:1706.01234},
keywords = {to read,soil},
mendeley-groups = {Thesis/Intro},
mendeley-tags = {soil,water},
title = {{A Theory of {pH} \\& {\\'{e}}lan}},
url = {http://arxiv.org/abs/1706.01234},
year = {2017}
}
"""
        )
    )
    paper = entry.paper
    assert (paper.title, paper.arxiv_id, paper.venue, paper.kind) == (
        "A Theory of pH & élan",
        "1706.01234",
        None,
        Kind.PREPRINT,
    )
    assert paper.urls == {}
    assert (len(paper.authors), paper.author_count) == (2, 3)
    assert entry.marks.tags == ("Thesis/Intro", "soil", "to read", "water")
    assert entry.marks.note == "Margin note"


@pytest.mark.parametrize(
    "text",
    [
        "@article(key, title = {T}, year = 2001)",
        "@ARTICLE\n(\n  key\n  ,\n  TITLE = {T},\n  year = 2001\n)",
        '@article{key, title = "T", year = "2001",}',
        "@article{key,, title = {T},, year = {2001}}",
        "@article{key, title = {T}\n year = {2001}}",
        "@article{key\n title = {T},\n year = {2001}}",
        "@article{, title = {T}, year = {2001}}",
        "@article{title = {T}, year = {2001}}",
        "@ article {key, title = T, year = 2001, pages = 1--2, }",
        "@string{t = {T}} @article{key, title = t, year = 20 # {01}}",
        '@string(y = "2001")\n@article{key, title = {} # {T}, date = y # {-}, month = 3}',
        "@article{key, title = {T}, % the title\n % more = {x},\n year = {2001}}",
        "Some words and an address, me@example.org, before.\n@article{key, title={T}, year=2001} And after.",
        "@preamble{ {\\newcommand{\\x}{y}} }\n@article{key, title={T}, year={c. 2001--2003}}",
        "@comment{ {nested} @nothing } @article{key, title={T}, year=2001}",
        "@article{key, title={}, title={T}, year=2001, year=1999}",
        "\ufeff@article{key, title={T}, year=2001}",
        "@article{key,\r title={T},\r year=2001\r}\r",
        '@article{key, title = {T}, note = "say \\"a\\" and {"}b", year = {2001}}',
        "@article{key, title = {T}, note = {a \\{ b}, year = {2001}}",
        "@article{a=b, title = {T}, year = {2001}}",
    ],
)
def test_one_way_to_write_an_entry(read, text):
    found = read(text)
    assert rejects(found) == []
    paper = one(found).paper
    assert (paper.title, (paper.published or "")[:4]) == ("T", "2001")


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        ("@article{bad, title = {Never {closed}, year = 2001}\n", "its closing brace is missing (line 5)"),
        ("@article{bad, title = {Never {{closed}, year = 2001}\n", "a brace is never closed"),
        (
            '@article{bad, title = "Never closed, year = 2001}\n',
            "a quote is never closed, or braces in it do not match",
        ),
        ("@article{bad, title = {T}, foo, year = 2001}\n", "no field begins at “foo”"),
        ("@article{bad, title {T}}\n", "no field begins at “title”"),
        ("@article{bad, title = x {T}}\n", "a value has text before its braces or quotes"),
        ("@article{bad}\n", "it has no title"),
        ("@article{bad, author = {A B}}\n", "it has no title"),
        ("@article{}\n", "it has no title"),
        ("@article{bad, title = {T}}, year = 2001}\n", "a brace closes it before its last field"),
        ("@article bad, title = {T}}\n", "@article has no opening brace"),
        ("article{bad, title = {T}}\n", "its @ is missing"),
        ("@xdata{bad, title = {T}}\n", "@xdata is no paper: other entries use it"),
        ("@string{bad = {x}\n", "its closing brace is missing (line 5)"),
    ],
)
def test_a_damaged_entry_is_rejected_by_its_line_and_the_others_are_read(read, damaged, why):
    found = read(f"@book{{first, title={{First}}}}\n\n{damaged}\n@book{{last, title={{Last}}}}\n")
    assert titles(found) == ["First", "Last"]
    (rejected,) = (item for item in found if isinstance(item, Rejected))
    assert (rejected.where, rejected.why) == ("line 3", why)
    assert rejected.source == damaged.strip()


def test_an_entry_that_the_end_of_the_file_cuts(read):
    found = read("@book{a, title={First}}\n@book{b, title={Seco")
    assert titles(found) == ["First"]
    assert rejects(found) == [("line 2", "a brace is never closed")]


def test_an_entry_within_a_damaged_one_is_read(read):
    found = read("@book{a, title={A}, note={\n@book{b, title={B}}\n@book{c, title={C}}\n")
    assert (titles(found), rejects(found)) == (["B", "C"], [("line 1", "a brace is never closed")])


def test_entries_in_comments_are_said_to_be_left_out(read):
    found = read(
        "% @book{a, title={A}}\n@comment{\n@book{b, title={B}}\n@book{c, title={C}}\n}\n@book{d, title={D}}\n"
    )
    assert (titles(found), rejects(found)) == (["D"], [])
    assert [item for item in found if isinstance(item, Remark)] == [
        Remark("entries in comments, left out: 3")
    ]


def test_fields_of_biblatex(read):
    paper = one(
        read(
            """@online{a, title={A Title}, subtitle={And More}, date={2019-05-03/2019-06}, url={https://example.org},
  eprint={1901.01234 [cs.CL]}, eprinttype={arxiv}, howpublished={\\url{https://example.org/b}}}"""
        )
    ).paper
    assert (paper.title, paper.published, paper.arxiv_id) == ("A Title: And More", "2019-05-03", "1901.01234")
    assert (paper.venue, list(paper.urls.values())) == (
        None,
        ["https://example.org", "https://example.org/b"],
    )


def test_the_same_key_twice_is_two_entries(read):
    assert titles(read("@book{a, title={A}}\n@book{a, title={B}}\n")) == ["A", "B"]


def test_fields_come_from_the_entry_that_is_referred_to(read):
    found = read(
        """@inproceedings{child, title={A Part}, pages={1--2}, crossref={Whole}}
@inproceedings{lone, title={Lonely}, crossref={nobody}}
@proceedings{whole, title={Proceedings of {X}}, year=2004, publisher={Y}, note={private}, keywords={k}}
@article{turn, title={Turning}, crossref={turned}}
@article{turned, journal={Round}, title={Turned}, crossref={turn}}
"""
    )
    child = found[0]
    assert (child.paper.venue, child.paper.published, child.paper.publisher) == (
        "Proceedings of X",
        "2004",
        "Y",
    )
    assert (child.marks.note, child.marks.tags) == ("", ())
    assert titles(found) == ["A Part", "Lonely", "Proceedings of X", "Turning", "Turned"]


@pytest.mark.parametrize(
    ("value", "names", "others"),
    [
        ("Roe, Jane and Doe, John", ["Jane Roe", "John Doe"], 0),
        ("Jane Roe and van der Berg, Jr., Jan", ["Jane Roe", "Jan van der Berg Jr."], 0),
        (
            "Ludwig van Beethoven and {Barnes and Noble, Inc.}",
            ["Ludwig van Beethoven", "Barnes and Noble, Inc."],
            0,
        ),
        (r"{\'A}d{\'a}m {\L}ukasz and Erd{\H o}s, P{\'a}l", ["Ádám Łukasz", "Pál Erdős"], 0),
        ("Roe, Jane and others", ["Jane Roe"], 1),
        ("Roe, Jane\nand\n\tDoe, John", ["Jane Roe", "John Doe"], 0),
        ("Jane Roe, John Doe, Ann Poe", ["Jane Roe", "John Doe", "Ann Poe"], 0),
        ("Roe, J.; Doe, A. B.", ["J. Roe", "A. B. Doe"], 0),
        ("Roe, J., Doe, A., Poe, C.", ["J. Roe", "A. Doe", "C. Poe"], 0),
        ("Anderson, Sandy", ["Sandy Anderson"], 0),
        ("{OpenAI}", ["OpenAI"], 0),
        ("and and , and", [], 0),
    ],
)
def test_authors(read, value, names, others):
    paper = one(read(f"@book{{a, title={{T}}, author={{{value}}}}}")).paper
    assert [author.name for author in paper.authors] == names
    assert (paper.author_count or 0) == len(names) + others


def test_ten_thousand_authors_and_one_long_line(read):
    names = " and ".join(f"Family{number}, Given" for number in range(10_000))
    found = read(f"@book{{a, title={{T}}, author={{{names}}}}}" * 2)
    assert [len(item.paper.authors) for item in found] == [10_000, 10_000]


@pytest.mark.parametrize(
    "text",
    [
        "@a{" * 20_000,
        "@book{a, title = {" * 5_000,
        "@book{a, title = {\n" * 5_000,
        "{" * 100_000,
        '@book{a, title = "' * 5_000,
        "@" * 100_000,
        "@ " * 100_000,
        "@book{a, title = " + "{" * 50_000 + "x" + "}" * 50_000 + "}",
        "@book{a, title = {" + r"\'{" * 20_000 + "x" + "}" * 20_000 + "}}",
        "@book{a, title = {" + r"\emph{" * 5_000 + "x" + "}" * 5_000 + "}}",
        "@book{a, title = {T}, " + "b c " * 50_000 + "}",
        "@comment{jabref-meta: groupstree:" * 5_000,
        "@string{a = {xxxxxxxx}}"
        + "".join("@string{a = a # a # a}\n" for _ in range(60))
        + "@book{a, title=a}",
    ],
)
def test_nothing_takes_for_ever(tmp_path, text):
    path = tmp_path / "refs.bib"
    path.write_text(text, encoding="utf-8")
    reading = open_path(path, Options(format="bibtex"))
    if text.startswith("@book"):
        assert any(isinstance(item, Entry | Rejected) for item in reading.items)
    else:
        with suppress(UnusableInput):
            assert list(reading.items)


def test_bytes_of_two_encodings(read):
    found = read(b"@book{a, title={Sch\xf6ne \x93Welt\x94}}\n@book{b, title={Na\xc3\xafve}}\n")
    assert titles(found) == ["Schöne “Welt”", "Naïve"]
    assert found[-1] == Remark("not UTF-8, read as Windows-1252: line 1; --encoding NAME says otherwise")


def test_the_encoding_that_the_file_declares(read):
    assert titles(read("% Encoding: GBK\n@book{a, title={中文}}\n".encode("gbk"))) == ["中文"]


def test_a_byte_that_no_text_has_spoils_nothing_else(read):
    found = read(b"@book{a, title={A\0}}\n" + b"\n@book{b, title={Another Book of the Same}}" * 9)
    assert titles(found) == ["A", *["Another Book of the Same"] * 9]


def test_macros_alone_are_no_papers_and_no_damage(read):
    assert read("@string{a = {b}}\n@preamble{{x}}\n") == [Remark("no entries were found in it")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"{\"o}\'e\^{\i}\v{c}\c c\AA\o{}\ss", "öéîčçÅøß"),
        (r"na{\"\i}ve \LaTeX{} \& \% \_ \# \$ \{x\}", "naïve LaTeX & % _ # $ {x}"),
        (r"{T}he {\bf {LLM}} \emph{and} \textsc{you}~2", "The LLM and you 2"),
        (r"$O(n^2)$ and $x_1$", "O(n²) and x₁"),
        (r"``quoted'' \enquote{text}", "“quoted” “text”"),
        (r"a\textbackslash{}b \textasciitilde{} \textless{}", "a\\b ~ <"),
        (r"\url{https://x.org/~a_b} \href{https://x.org}{here}", "https://x.org/~a_b here"),
        (r"\unknown{shown} and \other", "shown and \\other"),
        (r"\glqq Wort\grqq{} \char`\~x \char126 \foo[a]{b}{c} \mine{}", "„Wort“ ~x ~bc \\mine"),
        (r"1--2 --- 3 -{}- 4 $a--b$", "1–2 — 3 -- 4 a--b"),
    ],
)
def test_tex_in_unicode(value, text):
    assert shown(value) == text


VALUES = st.lists(
    st.sampled_from([*"abcXYZ 019.,:;-+()é", "{x}", "\\'{e}", "\\&"]), min_size=1, max_size=30
).map("".join)
NAMES = st.text("abcdefgh", min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(NAMES, st.dictionaries(NAMES, VALUES, max_size=4)), min_size=1, max_size=5))
def test_the_values_are_those_that_another_parser_reads(found):
    text = "\n".join(
        f"@misc{{{key}{number},\n"
        + ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        + "}"
        for number, (key, fields) in enumerate(found)
    )
    theirs = bibtexparser.parse_string(text, parse_stack=[])
    ours = [
        (block.key, {name: value[0][0].strip() for name, value in block.fields}) for block in blocks(text)
    ]
    assert ours == [
        (entry.key, {field.key: field.value[1:-1].strip() for field in entry.fields})
        for entry in theirs.entries
    ]
