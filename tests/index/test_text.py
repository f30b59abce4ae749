"""Text from outside: what reaches the terminal, and what is matched."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.text import MAX_FIELD, MAX_REPAIRED, clean, clean_line, fold, readable, readable_line

CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
PIECES = [
    "\x1b",
    "[",
    "]",
    "0;",
    "m",
    "\x07",
    "\x9b",
    "\x9d",
    "\x9c",
    "\\",
    "P",
    "a",
    "\r",
    "\n",
    "\u202e",
    "\u200b",
]
PIECES += [
    "\ud83d",
    "\ude00",
    "\u0301",
    "\u0316",
    "\u0345",
    "\u200d",
    "\u1100",
    "\u1161",
    "\x18",
    "\t",
    "か",
    "\u3099",
]

hostile = st.text(st.characters(exclude_categories=[])) | st.lists(st.sampled_from(PIECES)).map("".join)


@given(hostile, st.integers(1, 30))
@settings(max_examples=300, deadline=None)
def test_a_clean_text_is_safe_and_stays_as_it_is(text, limit):
    for cleaned in (clean(text), clean_line(text), clean(text, limit=limit), clean_line(text, limit=limit)):
        assert not CONTROLS.search(cleaned)
        assert unicodedata.is_normalized("NFC", cleaned)
        assert cleaned.encode().decode() == cleaned
        assert clean(cleaned) == cleaned
    assert len(clean(text, limit=limit)) <= limit
    once = clean_line(text, limit=limit)
    assert "\n" not in once
    assert clean_line(once, limit=limit) == once


@given(hostile)
@settings(max_examples=300, deadline=None)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(
    st.text(
        alphabet=st.sampled_from("aB İßﬁÅガ\u00a0\u3000\u0301\u0327\u00b4\u200c\u0345\uff76\uff9e\n"),
        max_size=40,
    )
)
def test_a_text_is_folded_word_by_word(text):
    assert fold(text) == " ".join(filter(None, map(fold, text.split())))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title \x1b]52;c;cm0gLXJmIH4K\x1b\\end", "Title end"),
        ("Title \x1b]0;owned\x07end", "Title end"),
        ("Title \x9d0;owned\x9cend", "Title end"),
        ("Title \x1bPq#0;2\x1b\\end", "Title end"),
        ("\x1b[31mred\x1b[0m \x9b1mbold\x9b0m", "red bold"),
        ("never \x1b]0;ended\nbut the next line is text", "never \nbut the next line is text"),
        ("\x1b\x1b[31mtwice", "twice"),
        ("\x1b]0;a\x1b[31mb", "b"),
        ("a\x00b\x08c\x7fd\x1be", "abcd"),
        ("one\r\ntwo\rthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\tb", "a b"),
        ("abc\u202edef\u2066ghi\u200fj", "abcdefghij"),
        ("soft\u00adhy\u200bphen\ufeff\u2060", "softhyphen"),
        ("flag\U000e0067\U000e007f \ufdd0\uffff\U0010ffff.", "flag ."),
        ("lone \ud800 pair \ud83d\ude00", "lone \ufffd pair 😀"),
        ("e\u0301", "é"),
        ("z" + "\u0301" * 50, "ź" + "\u0301" * 4),
        ("می\u200cخواهم 👩\u200d🔬 ❤\ufe0f", "می\u200cخواهم 👩\u200d🔬 ❤\ufe0f"),
        ("[red]not markup[/red]", "[red]not markup[/red]"),
    ],
)
def test_what_is_dropped_and_what_is_kept(text, expected):
    assert clean(text) == expected


def test_a_sequence_that_appears_by_a_deletion_is_no_sequence_any_more():
    cleaned = clean("\x1b\u200b]0;title\x07 \x1b\x00[31m")
    assert cleaned == clean(cleaned)
    assert "\x1b" not in cleaned


def test_a_line_folds_white_space():
    assert clean_line("  Attention\r\n is\u00a0all \t you\u3000need \n") == "Attention is all you need"


def test_a_field_that_is_too_long_is_cut_and_says_so():
    assert clean("abcdef", limit=4) == "abc…"
    assert clean("abcd", limit=4) == "abcd"
    assert len(clean("é" * (MAX_FIELD + 10))) == MAX_FIELD


@pytest.mark.parametrize(
    "flood",
    [
        "\x1b]",
        "\x1b[",
        "\x1bP",
        "\x9b1;",
        "\x1b[    ",
        "\u0301",
        "\u0301\u0316",
        "e\u0301\u0316",
        "\ud800",
        "\ud83d\ude00",
    ],
    ids=ascii,
)
def test_floods_end(flood):
    cleaned = clean(flood * (1_000_000 // len(flood)))
    assert not CONTROLS.search(cleaned)
    assert not re.search("[\u0300-\u036f]{5}", cleaned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Élan\nVital ", "elan vital"),
        ("Straße STRASSE", "strasse strasse"),
        ("Ørsted Łódź Æon Œuvre Đorđe Þór", "orsted lodz aeon oeuvre dorde thor"),
        ("ＡＢＣ１２３ ﬁne x² αᵢ", "abc123 fine x2 αi"),
        ("İstanbul ISTANBUL ı", "istanbul istanbul i"),
        ("don’t “quote” 1990–2000", 'don\'t "quote" 1990-2000'),
        ("ϵ and ε", "ε and ε"),
        ("ガス が 한국 हिन्दी", "ガス が 한국 हिन्दी"),
        ("שָׁלוֹם", "שלום"),
        ("בְּרֵאשִׁית", "בראשית"),
        ("مُحَمَّدٌ", "محمد"),
    ],
)
def test_folding(text, expected):
    assert fold(text) == expected


PLAIN = "".join(map(chr, range(32, 127)))


@pytest.mark.parametrize("unsafe", ["\x00", "\x1f", "\x7f", "\x80", "\x9a", "\u00ad", "\ufeff", "\ud800"])
def test_what_is_printable_stays_beside_what_is_not(unsafe):
    cleaned = clean(f"{PLAIN}{unsafe}{PLAIN}é")
    assert cleaned.replace("\ufffd", "") == f"{PLAIN}{PLAIN}é"


@pytest.mark.parametrize("plane", range(0, 0x110000, 0x10000))
def test_no_noncharacter_stays(plane):
    assert clean(f"a{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}b") == "ab"


@pytest.mark.parametrize(
    "mark", ["\ufe00", "\ufe0f", "\u0338", "\U000e0100", "\U000e01ef", "\u20dd", "\u034f", "\u0301", "\u0345"]
)
def test_marks_and_variants_are_folded_away(mark):
    assert fold(f"a{mark}b") in {"ab", "aιb"}


@pytest.mark.parametrize("letter", ["\u0e48", "\u3099", "\u093f", "\ufdff", "\ufe10", "\u0bbe"])
def test_marks_that_are_letters_stay(letter):
    assert len(fold(f"か{letter}")) >= 1
    assert fold(f"か{letter}") != fold("か")


@pytest.mark.parametrize(
    ("letters", "plain"),
    [
        ("æœþðøłđħŧı", "ae oe th d o l d h t i"),
        ("ĸŋƀɓƈɗɖƒǥɠ", "k n b b c d d f g g"),
        ("ɨƙɲƥʂƭʈʋƴƶ", "i k n p s t t v y z"),
        ("ɵȼɇɉɍɏȷⱥ", "o c e j r y j a"),
        ("‘’‚‛′", "' ' ' ' '"),
        ("“”„‟", '" " " "'),
        ("‐‑‒–—―−", "- - - - - - -"),
        ("⁄", "/"),
    ],
)
def test_letters_that_nothing_takes_apart_are_matched_by_plain_ones(letters, plain):
    assert fold(" ".join(letters)) == plain


def test_a_title_is_repaired_on_one_line():
    assert readable_line("A \\emph{deep}\n  net ~ of $\\alpha$") == "A deep net ~ of α"
    assert readable_line("a\nb  c") == "a b c"


def test_repair_ends_and_what_it_cannot_settle_stays():
    assert readable("plain") == "plain"
    assert readable("&amp;lt;") == readable(readable("&amp;lt;"))


def test_a_text_that_is_too_long_for_repair_stays_as_it_came():
    words = "\\emph{x} " * (MAX_REPAIRED // 9)
    assert readable(words).startswith("x x x")
    assert readable(words + "\\emph{x} " * 2) == words + "\\emph{x} " * 2


def test_a_field_has_five_million_characters_at_most():
    assert clean("a" * MAX_FIELD) == "a" * 5_000_000
    assert clean("a" * (MAX_FIELD + 1)) == "a" * 4_999_999 + "…"
    assert clean("ab", limit=0) in {"", "…"}
