"""What only some files of references have: each alone makes a difference that a reader would see."""

import json

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats import Options, json_lines, open_path
from papers_tui.index.formats.bibtex_text import shown
from papers_tui.index.formats.encodings import with_stand_ins
from papers_tui.index.formats.json_lines import parsed
from papers_tui.index.formats.reference_dates import day_of
from papers_tui.index.paper import Entry


@pytest.fixture
def read(tmp_path):
    def entries(name, text, **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return [item for item in open_path(path, Options(**options)).items if isinstance(item, Entry)]

    return entries


def ris(*lines):
    return "\n".join(["TY  - JOUR", "TI  - A Title", *lines, "ER  - ", ""])


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"a \textbar b", "a |b"),
        (r"a\textbar{} b", "a| b"),
        (r"\textasciigrave x", "`x"),
        (r"\textquotedbl x\textquotedbl", '"x"'),
        (r"\textquotesingle s", "'s"),
        (r"1\textendash 2\textemdash 3", "1–2—3"),
        (r"\textless\textgreater", "<>"),
        (r"\textunderscore\textdollar", "_$"),
        (r"\textasciitilde\textasciicircum", "~^"),
        (r"\lbrace\rbrace\textbraceleft\textbraceright", "{}{}"),
        (r"\textbackslash textbf", r"\textbf"),
        (r"{\em Nature} of \protect\relax things", "Nature of things"),
        (r"\noopsort{1957a}1957", "1957"),
        (r"\'{} and \'e", "' and é"),
        (r"\'\i{}n", "ín"),
        (r"\t{oo}", "o͡o"),
        (r"\v{c}\c{c}\H{o}\r{a}", "čçőå"),
        (r"\~{1}", "~1"),
        (r"x\textsuperscript{2}\textsubscript{i}", "x²ᵢ"),
        (r"\$5 \& 10\% \#1 \_x", "$5 & 10% #1 _x"),
        (r"one~two", "one two"),
        (r"``quoted''", "“quoted”"),
        (r"\unknowncommand{kept}", "kept"),
        (r"\href{https://example.org}{the page}", "the page"),
        (r"\url{https://example.org/a_b~c}", "https://example.org/a_b~c"),
        ("line\\\\break", "line break"),
    ],
)
def test_commands_of_tex_are_what_they_stand_for(tex, text):
    assert shown(tex) == text


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint = {2404.00001}", "2404.00001"),
        ("eprint = {2404.00001}, eprinttype = {arXiv}", "2404.00001"),
        ("eprint = {2404.00001}, archiveprefix = {arXiv}", "2404.00001"),
        ("eprint = {2404.00001}, eprinttype = {jstor}", None),
        ("eprint = {10.1000/x}, eprinttype = {hdl}, arxiv = {2404.00001}", "2404.00001"),
        ("arxivid = {2404.00001v3}", "2404.00001"),
        ("eprint = {0501.001}, archiveprefix = {pubmed}, arxivid = {2404.00001}", "2404.00001"),
    ],
)
def test_an_eprint_is_of_arxiv_unless_it_says_otherwise(read, fields, arxiv):
    (entry,) = read("a.bib", f"@article{{a, title = {{A Title}}, {fields}}}")
    assert entry.paper.arxiv_id == arxiv


def test_fields_come_through_several_entries_each_by_its_own_rules(read):
    entries = read(
        "a.bib",
        """
@inproceedings{paper, title = {The Paper}, author = {Roe, Jane}, crossref = {volume}}
@proceedings{volume, title = {The Volume}, year = {2019}, crossref = {series}, xdata = {house, place}}
@xdata{house, publisher = {A House}}
@xdata{place, address = {Rome}, note = {of the place}}
@book{series, title = {The Series}, volume = {7}, publisher = {Another House}}
""",
    )
    paper = next(entry.paper for entry in entries if entry.paper.title == "The Paper")
    assert (paper.venue, paper.published, paper.publisher, paper.volume) == (
        "The Volume",
        "2019",
        "A House",
        "7",
    )


def test_entries_that_refer_to_each_other_in_a_circle_end(read):
    text = "@book{a, title = {A}, crossref = {b}} @book{b, title = {B}, year = {2001}, crossref = {a}}"
    assert [entry.paper.published for entry in read("a.bib", text)] == ["2001", "2001"]


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("{A} and {B}", ["A", "B"]),
        ("{The {ABC} Team}", ["The {ABC} Team".replace("{", "").replace("}", "")]),
        ("{A} {B}", [Author("B", "A").name]),
        ("van der Berg, Jan", [Author("van der Berg", "Jan").name]),
        (r"{\'E}mile Zola", [Author("Zola", "Émile").name]),
        ("Jean de la Fontaine", [Author.parse("Jean de la Fontaine").name]),
        ("{Barnes and Noble} and Roe, Jane", ["Barnes and Noble", Author("Roe", "Jane").name]),
    ],
)
def test_braces_hold_names_together(read, names, authors):
    (entry,) = read("a.bib", f"@article{{a, title = {{T of it}}, author = {{{names}}}}}")
    assert [author.name for author in entry.paper.authors] == authors


@pytest.mark.parametrize(
    "value",
    [
        r'"A {"}quoted{"} Title"',
        r'"A {\"u}ber Title"',
        r'"A \"uber Title"',
        r'"A " # "Title"',
        "{A {Title} of {{Two}}}",
        'A # " Title"',
    ],
)
def test_a_value_ends_where_it_ends(read, value):
    text = (
        f"@string{{A = {{An}}}}\n@article{{a, title = {value}, year = 1999}}\n@article{{b, title = {{Next}}}}"
    )
    first, second = read("a.bib", text)
    assert (first.paper.published, second.paper.title) == ("1999", "Next")
    assert not set(first.paper.title) & set("{}\\#")


def test_a_comment_ends_with_its_braces_or_its_line(read):
    text = "@comment{one {two} @book{no, title = {No}} three}\n@comment rest\n@book{b, title = {B of it}}"
    assert [entry.paper.title for entry in read("a.bib", text)] == ["B of it"]
    cut = "@comment{never closed\n@book{b, title = {Bb}}"
    assert [entry.paper.title for entry in read("b.bib", cut)] == ["Bb"]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_both_names_of_the_format_read_it(read, name):
    (entry,) = read("a.txt", "@article{a, title = {A Title}}", format=name)
    assert entry.paper.title == "A Title"


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        (["SP  - 12", "EP  - 19"], "12-19"),
        (["SP  - 12", "EP  - 12"], "12"),
        (["SP  - 12-19", "EP  - 19"], "12-19"),
        (["SP  - 12"], "12"),
        (["EP  - 19"], "19"),
    ],
)
def test_pages_of_ris_are_put_together_once(read, lines, pages):
    (entry,) = read("a.ris", ris(*lines))
    assert (entry.paper.pages or "").replace("–", "-") == pages


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        (["KW  - soil", "KW  - water, fresh"], {"soil", "water-fresh"}),
        (["KW  - soil; water"], {"soil", "water"}),
        (["KW  - soil, water, air"], {"soil", "water", "air"}),
        (["KW  - soil, water"], {"soil-water"}),
        (["KW  - soil, water, air; fire"], {"soil-water-air", "fire"}),
    ],
)
def test_keywords_of_ris_are_told_apart(read, keywords, tags):
    (entry,) = read("a.ris", ris(*keywords))
    assert {tag.replace(" ", "-").replace(",", "") for tag in entry.marks.tags} == tags


def test_short_titles_of_ris_stand_in_where_there_is_no_other(read):
    (entry,) = read("a.ris", "TY  - JOUR\nST  - In Short\nER  - \n")
    assert entry.paper.title == "In Short"
    (entry,) = read("b.ris", ris("ST  - In Short"))
    assert entry.paper.title == "A Title"


@pytest.mark.parametrize(
    "line",
    ["UR  - https://doi.org/10.1000/x.y", "DO  - 10.1000/x.y", "M3  - 10.1000/x.y", "L3  - 10.1000/x.y"],
)
def test_a_doi_of_ris_stands_in_one_of_several_places(read, line):
    (entry,) = read("a.ris", ris(line))
    assert entry.paper.doi == "10.1000/x.y"


def test_groups_of_jabref_with_semicolons_wrapped_lines_and_several_members(read):
    entries = read(
        "a.bib",
        r"""
@article{one, title = {The One}}
@article{two, title = {The Two}}
@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;
1 ExplicitGroup:to read\;0\;one\;two\;;
1 ExplicitGroup:a\\;b\;0\;tw
o\;;
}
""",
    )
    tags = {entry.paper.title: {tag.replace(" ", "-") for tag in entry.marks.tags} for entry in entries}
    assert "to-read" in tags["The One"] & tags["The Two"]
    assert any("a" in tag and "b" in tag and tag != "to-read" for tag in tags["The Two"])
    assert len(tags["The One"]) == 1


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("2017", "12", "31"), "2017-12-31"),
        (("2017", "13", "1"), "2017"),
        (("2017", "2", "30"), "2017-02"),
        (("2017", "0", "1"), "2017"),
        (("10000",), None),
        (("2017", "feb"), "2017-02"),
    ],
)
def test_as_much_of_a_day_as_there_is(parts, day):
    assert day_of(*parts) == day


def test_bytes_that_are_no_characters_keep_words_and_lists_apart():
    lost = b"na\xefve \x95 10\xa0km".decode("utf-8", "surrogateescape")
    assert with_stand_ins(lost) == "naxve · 10 km"


def test_values_of_json_are_counted_by_what_parts_them():
    for opening, sign, closing in (("[", "1,", "1]"), ("", "[", "]" * 600), ("", '{"a":', "1" + "}" * 600)):
        text = opening + sign * 600 + closing
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json_lines, "MAX_VALUES", 500)
            with pytest.raises(ValueError, match="values"):
                parsed(text)
    assert parsed(json.dumps({"a": ["text, with [many] {signs}"]}))


def test_a_file_that_may_not_be_read_says_so(tmp_path, monkeypatch):
    path = tmp_path / "a.bib"
    path.write_text("@article{a, title = {A Title}}")

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    with pytest.raises(UnusableInput, match="permission denied"):
        list(open_path(path, Options()).items)
