"""What people type, and how it is read."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers_tui.index.search.explain import explain
from papers_tui.index.search.highlight import Highlighter
from papers_tui.index.search.parser import MAX_CONDITIONS, parse
from papers_tui.index.search.query import (
    And,
    FromSource,
    Has,
    Identified,
    InCategory,
    InState,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Sort,
    Tagged,
    Word,
)

TODAY = date(2025, 11, 19)

W = Word


def typing(text: str, field=None) -> Word:
    return Word(text, field, is_typing=True)


def read(text: str, *, is_typing: bool = True) -> Query:
    return parse(text, today=TODAY, is_typing=is_typing)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("   ", None),
        ("scaling ", W("scaling")),
        ("scaling law ", And((W("scaling"), W("law")))),
        ("a OR b c ", Or((W("a"), And((W("b"), W("c")))))),
        ("a AND b OR c AND d ", Or((And((W("a"), W("b"))), And((W("c"), W("d")))))),
        ("(a OR b) c ", And((Or((W("a"), W("b"))), W("c")))),
        ("a OR (b OR (c)) ", Or((W("a"), W("b"), W("c")))),
        ("((a b) c) ", And((W("a"), W("b"), W("c")))),
        ("and or not ", And((W("and"), W("or"), W("not")))),
        ("-a ", Not(W("a"))),
        ("NOT a b ", And((Not(W("a")), W("b")))),
        ("NOT NOT a ", W("a")),
        ('"quantum grav*" ', Phrase("quantum grav", is_prefix=True)),
        ('title:"quantum grav**" ', Phrase("quantum grav", "title", is_prefix=True)),
        ("-NOT -a ", Not(W("a"))),
        ("-(-a) ", W("a")),
        ("-(a OR b) ", Not(Or((W("a"), W("b"))))),
        ('-"a b" ', Not(Phrase("a b"))),
        ("-title:a ", Not(W("a", "title"))),
        ("a -title:(b OR c) ", And((W("a"), Not(Or((W("b", "title"), W("c", "title"))))))),
        ("a - b ", And((W("a"), W("b")))),
        ("a -- b --c ", And((W("a"), W("b"), W("c")))),
        ("pre-training GPT-4 ", And((W("pre-training"), W("GPT-4")))),
        ("(Non-)Convex (a)-b ", And((W("Non-"), W("Convex"), W("a"), W("-b")))),
        ("O(n)-time p(doom) ", And((W("O(n)-time"), W("p(doom)")))),
        ("f(x y) ", And((W("f"), W("x"), W("y")))),
        ("word* ", W("word", is_prefix=True)),
        ("word*", W("word", is_prefix=True)),
        ("title:word* ", W("word", "title", is_prefix=True)),
        ("C++ $\\alpha$ & ", And((W("C++"), W("$\\alpha$")))),
        ("author:smith ", W("smith", "author")),
        ('author:"Yann LeCun"', Phrase("Yann LeCun", "author")),
        ("AU:smith ORGANISATION:nvidia ", And((W("smith", "author"), W("nvidia", "org")))),
        ("title:(a author:b c) ", And((W("a", "title"), W("b", "author"), W("c", "title")))),
        ("title:foo:bar ", W("foo:bar", "title")),
        ("title:OR ", W("OR", "title")),
        ("tag:fp4 ", Tagged("fp4")),
        ('tag:"to read"', Tagged("to read")),
        ("tag:#fp4 ", Tagged("fp4")),
        ("tag:fp*", Tagged("fp", is_prefix=True)),
        ("tag:(a OR b) ", Or((Tagged("a"), Tagged("b")))),
        ("cat:cs.CL CAT:cs.* ", And((InCategory("cs.CL"), InCategory("cs")))),
        ("source:listing:dec10.txt ", FromSource("listing:dec10.txt")),
        ("is:bookmarked -is:read ", And((InState("bookmarked"), Not(InState("read"))))),
        ("is:(read OR reading) ", Or((InState("read"), InState("reading")))),
        ("has:note HAS:Code ", And((Has("note"), Has("code")))),
        ("comments:>10 ", Range("comments", 11, None)),
        ("“deep learning” ", Phrase("deep learning")),
        ("title：（深度 OR 学习） ", Or((W("深度", "title"), W("学习", "title")))),
        ("大模型：综述 ", W("大模型：综述")),
        ("a\u00a0b\u3000c ", And((W("a"), W("b"), W("c")))),
        ("-a\x00b ", And((Not(W("a")), W("b")))),
    ],
)
def test_reading(text: str, root: Node | None) -> None:
    query = read(text)
    assert query.root == root
    assert query.hints == ()
    assert query.text == text


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("sca", typing("sca")),
        ("deep sca", And((W("deep"), typing("sca")))),
        ("title:sca", typing("sca", "title")),
        ("title:(a OR sca", Or((W("a", "title"), typing("sca", "title")))),
        ("-sca", Not(typing("sca"))),
        ("tag:fp", Tagged("fp", is_prefix=True)),
        ("cat:cs.C", InCategory("cs.C", is_prefix=True)),
        ("cat:cs.C* x ", And((InCategory("cs.C", is_prefix=True), W("x")))),
        ("id:2404.04", Identified("arxiv:2404.04", is_prefix=True)),
        ("id:2404.", Identified("arxiv:2404.", is_prefix=True)),
        (
            "id:doi",
            Or((Identified("doi:", True), Identified("arxiv:doi", True), Identified("title:doi", True))),
        ),
        ("arxiv:hep-th/99", Identified("arxiv:hep-th/99", is_prefix=True)),
        ("https://arxiv.org/abs/2404.04167v", typing("https://arxiv.org/abs/2404.04167v")),
        ("id:https://arxiv.org/abs/2404.04167v", Identified("arxiv:2404.04167", is_prefix=True)),
        ("id:https://doi.org/10.11", Identified("doi:10.11", is_prefix=True)),
        ("doi:10.1103/Phys", Identified("doi:10.1103/phys", is_prefix=True)),
        ("doi:10.48550/arXiv.24", Identified("arxiv:24", is_prefix=True)),
        ('"deep lea', And((Phrase("deep"), typing("lea")))),
        ('title:"lea', typing("lea", "title")),
        ('tag:"to re', Tagged("to re", is_prefix=True)),
    ],
)
def test_the_last_word_is_a_prefix(text: str, root: Node) -> None:
    assert read(text).root == root


@pytest.mark.parametrize(
    "text", ["sca ", '"sca"', "(sca)", "sca\t", "sca\u00a0", "sca*", "sca)", "title:(sca)", "O(n)"]
)
def test_what_ends_the_last_word(text: str) -> None:
    assert "is_typing=True" not in repr(read(text).root)


def test_nothing_is_being_typed_where_the_caller_says_so() -> None:
    assert read("deep sca", is_typing=False).root == And((W("deep"), W("sca")))
    assert read("tag:fp", is_typing=False).root == Tagged("fp")
    assert read('"deep lea', is_typing=False).root == Phrase("deep lea")


@pytest.mark.parametrize(
    ("text", "same", "hint"),
    [
        ("year:2016,2015 ", "year:2016 OR year:2015 ", ""),
        ("-year:2016,2018..2019 ", "-(year:2016 OR year:2018..2019) ", ""),
        ("date:2016-01,2015-02 ", "date:2016-01 OR date:2015-02 ", ""),
        ("cat:cs.CL,cs.LG ", "cat:cs.CL OR cat:cs.LG ", ""),
        ("cat:cs.CL,cs.L", "cat:cs.CL OR cat:cs.L*", ""),
        ("is:read,reading ", "is:read OR is:reading ", ""),
        ("has:code,doi x ", "(has:code OR has:doi) x ", ""),
        ("comments:5,10.. ", "comments:5 OR comments:10.. ", ""),
        ("comments:1,200 ", "comments:1200 ", ""),
        ("tag:a,b ", 'tag:"a,b" OR tag:a OR tag:b ', ""),
        ("source:bibtex,listing ", 'source:"bibtex,listing" OR source:bibtex OR source:listing ', ""),
        ("year:2016,", "year:2016 ", ""),
        ("year:2016, x ", "year:2016 x ", "a list has no blanks in it: year:a,b"),
        (
            "year:2016,foo ",
            "year:2016 ",
            "'foo' is not a date: year: is ignored (try year:2024 or year:2021..2023)",
        ),
        ("is:read,boo ", "is:read ", "is: has no 'boo', did you mean is:bookmarked?"),
    ],
)
def test_of_several_values_any_is_meant(text: str, same: str, hint: str) -> None:
    query = read(text)
    assert query.root == read(same).root
    assert query.hints == ((hint,) if hint else ())


def test_a_value_in_quotes_is_no_list() -> None:
    assert read('tag:"a,b" ').root == Tagged("a,b")
    assert "sort: has no 'date,title'" in read("sort:date,title ").hints[0]


@pytest.mark.parametrize(
    ("text", "is_begun"),
    [("e+e-", False), ("e⁺e⁻", False), ("e^+e^-", False), ("B+", False), ("e+e", True), ("pre-", True)],
)
def test_a_particle_is_a_whole_word(text: str, *, is_begun: bool) -> None:
    assert read(text).root == W(text, is_typing=is_begun)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "D* ",
            "C*-algebra ",
            "B*B ",
            "sigma_* ",
            "2*3 ",
            "p|q ",
            "what? ",
            "a?b ",
            "x~y ",
            "~100 ",
            "r/w/x ",
            "TCP/IP ",
        ),
        *("quant* ", '"quantum grav*" ', '"C* algebra" ', '"what?" ', "1/2 ", "AT&T ", "http://x.y/a*b?c~ "),
    ],
)
def test_signs_in_words_are_no_operators_of_another_language(text: str) -> None:
    assert read(text).hints == ()


A, B = Identified("arxiv:2404.04167"), Identified("arxiv:2404.04168")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("id:2404.04167 arxiv:2404.04168 ", Or((A, B))),
        ("id:2404.04167,2404.04168; ", Or((A, B))),
        ("x id:2404.04167 y id:2404.04168 ", And((W("x"), Or((A, B)), W("y")))),
        ("2404.04167, 2404.04168 ", Or((A, W("2404.04167"), B, W("2404.04168")))),
        ("2404.04167,2404.04168 ", Or((A, W("2404.04167"), B, W("2404.04168")))),
        ("id:(2404.04167 2404.04168) ", Or((A, B))),
        ("(id:2404.04167) (id:2404.04168) ", And((A, B))),
        ("id:2404.04167 -id:2404.04168 ", And((A, Not(B)))),
        ("id:10.1000/x;y,z ", Identified("doi:10.1000/x;y,z")),
    ],
)
def test_of_several_identifiers_any_is_meant(text: str, root: Node) -> None:
    query = read(text)
    assert query.root == root
    assert query.hints == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("id:2404.04167 ", "arxiv:2404.04167"),
        ("arXiv:2404.04167v2 ", "arxiv:2404.04167"),
        ("id:arxiv:2404.04167 ", "arxiv:2404.04167"),
        ("id:https://arxiv.org/pdf/2404.04167v2.pdf ", "arxiv:2404.04167"),
        ("https://arxiv.org/abs/2404.04167v2 ", "arxiv:2404.04167"),
        ("<https://huggingface.co/papers/2404.04167>. ", "arxiv:2404.04167"),
        ("arxiv:math.GT/0309136 ", "arxiv:math/0309136"),
        ("doi:10.1103/PhysRevD.76.013009 ", "doi:10.1103/physrevd.76.013009"),
        ("(doi:10.1016/0370-2693(99)00123-4) ", "doi:10.1016/0370-2693(99)00123-4"),
        ("doi:10.48550/arXiv.2404.04167 ", "arxiv:2404.04167"),
        ("https://doi.org/10.1103/PhysRevD.76.013009 ", "doi:10.1103/physrevd.76.013009"),
        ("id:title:chinese-tiny-llm-1a2b3c4d ", "title:chinese-tiny-llm-1a2b3c4d"),
        ('id:"2404.04167" ', "arxiv:2404.04167"),
        ("DOI: 10.1000/x ", "doi:10.1000/x"),
        ("doi:10.1000%2Fx, ", "doi:10.1000/x"),
        ("https://www.doi.org/10.1000%2Fx ", "doi:10.1000/x"),
        ("https://dl.acm.org/doi/abs/10.1145/3.4 ", "doi:10.1145/3.4"),
        ("doi:https://www.nature.com/articles/nature14539 ", "doi:10.1038/nature14539"),
        ("arxiv:https://ar5iv.org/abs/2404.04167v2 ", "arxiv:2404.04167"),
        ("https://ar5iv.labs.arxiv.org/html/2404.04167 ", "arxiv:2404.04167"),
        ("id: 2404.04167 ", "arxiv:2404.04167"),
        ("arXiv:2404.04167v2 [cs.CL] ", "arxiv:2404.04167"),
        ("arXiv:2404.04167v2 [cs.CL] 5 Apr 2024", "arxiv:2404.04167"),
        ("arXiv preprint arXiv:2404.04167. ", "arxiv:2404.04167"),
    ],
)
def test_identifiers_in_any_spelling(text: str, name: str) -> None:
    query = read(text)
    assert query.root == Identified(name)
    assert query.hints == ()


@pytest.mark.parametrize(
    ("text", "name", "word"),
    [
        ("2404.04167v1 ", "arxiv:2404.04167", W("2404.04167v1")),
        ("hep-th/9901001 ", "arxiv:hep-th/9901001", W("hep-th/9901001")),
        ("10.1103/X.7(6) ", "doi:10.1103/x.7(6)", W("10.1103/X.7(6)")),
        ("10.1103%2FX ", "doi:10.1103/x", W("10.1103%2FX")),
        ("doi 10.1103/x ", "doi:10.1103/x", W("10.1103/x")),
        ("2404.04167v2 [cs.CL] ", "arxiv:2404.04167", W("2404.04167v2")),
        ("title:tiny-llm-1a2b3c4d ", "title:tiny-llm-1a2b3c4d", W("tiny-llm-1a2b3c4d", "title")),
    ],
)
def test_a_bare_identifier_finds_its_paper_and_those_that_name_it(text: str, name: str, word: Word) -> None:
    assert read(text).root == Or((Identified(name), word))


@pytest.mark.parametrize(
    ("text", "root", "hint"),
    [
        ('deep "lea ', And((W("deep"), Phrase("lea"))), "unclosed quote"),
        ('"', None, "unclosed quote"),
        ("(a b ", And((W("a"), W("b"))), "unclosed parenthesis"),
        ("(", None, "unclosed parenthesis"),
        ("a) b ", And((W("a"), W("b"))), "closing parenthesis"),
        ("a OR ", W("a"), "nothing follows OR"),
        ("OR a ", W("a"), None),
        ("a OR OR b ", Or((W("a"), W("b"))), "nothing follows OR"),
        ("a AND ", W("a"), "nothing follows AND"),
        ("a NOT ", W("a"), "nothing follows NOT"),
        ("(a NOT) b ", And((W("a"), W("b"))), "nothing follows NOT"),
        ("a - ", W("a"), None),
        ("a -", W("a"), None),
        ("a -) ", W("a"), "closing parenthesis"),
        ("* ", None, None),
        ("()", None, "nothing to search for"),
        ("author: ", None, "author: needs words"),
        ("author: smith ", W("smith", "author"), "the blank behind author:"),
        ("tag:", None, "tag: needs a tag"),
        ('title:"" a ', W("a"), "title: needs words"),
        ("(title:) a ", W("a"), "title: needs words"),
        ("comments:> ", None, "comments: needs a number"),
        ("date:.. ", None, "date: needs a date"),
        ("comments:many a ", W("a"), "'many' is not a number"),
        ("year:20 ", None, "'20' is not a date"),
        ("is:boo ", None, "did you mean is:bookmarked?"),
        ("is:starred ", None, "bookmarked, unread, reading, read"),
        ("-has:abstrct ", None, "did you mean has:abstract?"),
        ("sort:dat ", None, "did you mean sort:date?"),
        ("autor:lecun ", W("lecun"), "no field 'autor', did you mean author:?"),
        ('titel:"a b" ', Phrase("a b"), "did you mean title:?"),
        ("titel:(a OR b) ", Or((W("a"), W("b"))), "did you mean title:?"),
        ("foo:bar ", And((W("foo"), W("bar"))), "no field 'foo': read as words"),
        ("foo:ba", And((W("foo"), typing("ba"))), "no field 'foo': read as words"),
        ("-foo:(a b) ", Not(And((W("foo"), W("a"), W("b")))), "no field 'foo': read as words"),
        ("near:foo ", And((W("near"), W("foo"))), "no field 'near': read as words"),
        ("yaer:2024 ", W("2024"), "no field 'yaer', did you mean year:?"),
        ('foo:"a b" ', And((W("foo"), Phrase("a b"))), "no field 'foo'"),
        ("authors:Smith ", W("Smith", "author"), "read as author:"),
        ("id:2404.04 ", Identified("arxiv:2404.04", is_prefix=True), "no whole identifier"),
        ("id:10.1103 ", Identified("doi:10.1103", is_prefix=True), "no whole identifier"),
        ("doi:what?! ", W("what?!"), "is no identifier"),
        ("rating:3.5 ", None, "whole numbers"),
    ],
)
def test_half_typed_or_mistaken(text: str, root: Node | None, hint: str | None) -> None:
    query = read(text)
    assert query.root == root
    assert [bool(hint and hint in told) for told in query.hints] == ([True] if hint else [])


@pytest.mark.parametrize(
    "text",
    ["BERT: pretraining ", "10:30 ", "http://x/y ", "ftp://host ", "C++: ", "foo: ", "std::vector ", ":) "],
)
def test_colons_in_plain_words_do_no_harm(text: str) -> None:
    query = read(text)
    nodes = query.root.nodes if isinstance(query.root, And) else (query.root,)
    assert all(node is None or (isinstance(node, Word) and node.field is None) for node in nodes)
    assert all("field" not in hint for hint in query.hints)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        *(("sort:year", "sort:date"), ("sort:newest", "sort:date"), ("sort:oldest", "-sort:date")),
        *(("sort:date-desc", "sort:date"), ("sort:date-asc", "-sort:date"), ("-sort:date-asc", "sort:date")),
        *(
            ("sort:title-asc", "sort:title"),
            ("sort:title_desc", "-sort:title"),
            ("order:Votes", "sort:upvotes"),
        ),
    ],
)
def test_orders_have_other_names(text: str, same: str) -> None:
    assert read(text).sort == read(same).sort is not None
    assert read(text).hints == ()


@pytest.mark.parametrize("name", ["author", "citations", "date-foo", "desc"])
def test_an_order_that_there_is_not_is_told_with_those_that_there_are(name: str) -> None:
    assert read(f"sort:{name}").sort is None
    known = "there are relevance, date, featured, added, upvotes, comments, trending, title"
    assert read(f"sort:{name}").hints == (f"sort: has no '{name}', {known}",)


def test_order() -> None:
    assert read("a sort:date ").sort == Sort("date")
    assert read("-sort:date a ") == Query("-sort:date a ", W("a"), Sort("date", is_reversed=True))
    assert read("sort:-title ").sort == Sort("title", is_reversed=True)
    assert read("(a OR sort:upvotes) ").sort == Sort("upvotes")
    assert read("a ").sort is None
    twice = read("sort:date sort:title ")
    assert twice.sort == Sort("title")
    assert "the last one counts" in twice.hints[0]
    assert read("sort:date sort:date ").hints == ()


FLOODS = [
    "(" * 1_000_000,
    ")" * 1_000_000,
    "OR " * 400_000,
    "NOT " * 300_000,
    "-(" * 500_000,
    "\0" * 1_000_000,
    '"' * 1_000_001,
    "a(" * 5_000,
    "(" * 4_999 + "a" + ")" * 4_999,
    "a:" * 5_000,
    "a " * 500_000,
    "date:1 " * 1_400,
    "id:" * 3_300,
    "10.1234/" + "(" * 9_000,
    "\ud800\udfff" * 5_000,
    "e" + "\u0301" * 9_000,
    "date:" + "9" * 9_000,
    "comments:" + "9" * 9_000 + "..",
    "date:2025-" + "x" * 9_000,
]


@pytest.mark.parametrize("text", FLOODS, ids=range(len(FLOODS)))
def test_floods_are_cut_and_hints_stay_few_and_short(text: str) -> None:
    query = read(text)
    assert query.text == text
    assert len(query.hints) <= 8
    assert all(len(hint) < 200 for hint in query.hints)
    assert explain(query)
    Highlighter(query).spans("abc (def)", "title")


def test_what_is_cut_is_told() -> None:
    assert "first 10,000 characters" in read("a " * 6_000).hints[0]
    many = read("a " * 2_000)
    assert isinstance(many.root, And)
    assert len(many.root.nodes) == MAX_CONDITIONS
    assert f"first {MAX_CONDITIONS}" in many.hints[0]
    deep = read("(" * 40 + "a" + ")" * 40 + " b ")
    assert deep.root == And((W("a"), W("b")))
    assert "nested deeper" in deep.hints[0]


def test_hints_are_safe_to_print() -> None:
    told = "".join(read("is:\x1b[31m\u202eboo date:2025-\u202e1 foo\u202e:x ").hints)
    assert told.isprintable()


MARKS = list('()"-*:<>=.,#& \u00a0“”（：')
NAMES = ["title:", "tag:", "id:", "date:", "is:", "sort:", "autor:", "OR", "AND", "NOT", " ", " "]
VALUES = [
    "scaling",
    "2025",
    "-1",
    "W4",
    "7d",
    "..",
    "1.2k",
    "read",
    "2404.04167",
    "10.1103/x",
    "深度",
    "é",
    "C++",
]
PIECES = st.sampled_from([*MARKS, *NAMES, *VALUES, "https://"])
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60)


@given(TEXTS, st.booleans())
@example("((((", True)
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read(text: str, is_typing: bool) -> None:
    query = read(text, is_typing=is_typing)
    assert explain(query).splitlines()
    for start, end in Highlighter(query).spans(text, ""):
        assert 0 <= start < end <= len(text)


def finished(node: Node | None) -> Node | None:
    """Return `node` with nothing in it being typed."""
    match node:
        case And(nodes) | Or(nodes):
            return type(node)(tuple(finished(part) for part in nodes))
        case Not(inner):
            return Not(finished(inner))
        case Word(text, field, is_prefix, _):
            return Word(text, field, is_prefix=is_prefix)
        case Tagged(tag) | Identified(tag):
            return type(node)(tag)
    return node


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_blank_at_the_end_only_ends_the_last_word(text: str) -> None:
    before, after = read(text), read(text + " ")
    if "unclosed quote" not in before.hints:
        assert finished(before.root) == finished(after.root)
        assert before.sort == after.sort


@pytest.mark.parametrize("text", [":::", '"""', "((", "()", "...", "$$", " - -- ", '""', "tag:#"])
def test_what_says_nothing_is_told_to_show_every_paper(text: str) -> None:
    query = read(text)
    assert query.root is None
    assert query.hints[-1].startswith("there is nothing to search for in ")


@pytest.mark.parametrize("text", ["🙂", "🙂 ", "title:🙂", "👍🏽 model", "∑ model "])
def test_signs_that_are_no_words_are_told_to_be_left_out(text: str) -> None:
    [hint] = read(text).hints
    assert "has no letter or digit, and is left out" in hint


@pytest.mark.parametrize(
    "text", ["", " ", "-", "*", "(model) – & you", "a & b", "sort:date", "你好", "α", "C++"]
)
def test_punctuation_among_words_needs_no_hint(text: str) -> None:
    assert read(text).hints == ()


def test_signs_of_other_languages_are_operators() -> None:
    assert read("a || b ").root == read("a | b ").root == read("a OR b ").root
    assert read("a && b ").root == read("a AND b ").root
    assert read("p(x|y) ").root == W("p(x|y)")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("author: witten", "author:witten"),
        ('-title: "scaling law" llama ', '-title:"scaling law" llama '),
        ("is: unread ", "is:unread "),
        ("cat: hep-th year: 2009 ", "cat:hep-th year:2009 "),
        ("sort: date ", "sort:date "),
        ("tag: fp4 ", "tag:fp4 "),
    ],
)
def test_a_blank_behind_a_field_is_left_out(text: str, meant: str) -> None:
    query = read(text)
    assert (query.root, query.sort) == (read(meant).root, read(meant).sort)
    assert all(hint.startswith("the blank behind ") for hint in query.hints)
    assert query.hints


@pytest.mark.parametrize(
    "text", ["comments: on a theorem ", "is: it so ", "year: a ", "title: OR x ", "author: (a) "]
)
def test_a_blank_behind_what_is_no_field_of_the_next_word_is_not(text: str) -> None:
    assert "left out" not in " ".join(read(text).hints)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("year>2008 ", "year:>2008 "),
        ("-year<=2008 llama ", "-year:<=2008 llama "),
        ("stars>1.2k ", "stars:>1.2k "),
        ("(year=2009) ", "year:2009 "),
    ],
)
def test_numbers_and_days_are_compared_without_a_colon(text: str, meant: str) -> None:
    assert read(text).root == read(meant).root
    assert read(text).hints == ()


def test_signs_among_words_compare_nothing() -> None:
    for text in ("n>4", "year>soon", "title=llama", "p(year>4)"):
        assert read(f"{text} ").root == W(text)


def test_every_separator_of_unicode_parts_words():
    separators = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)).startswith("Z")]
    for separator in separators:
        assert read(f"graph{separator}attention").root == read("graph attention").root, hex(ord(separator))
