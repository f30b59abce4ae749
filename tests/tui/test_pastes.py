"""Nothing that is pasted is taken for a key, however the terminal cuts what it sends."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from papers_tui.index.text import clean
from papers_tui.tui.pastes import END, START, Pastes

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
PARTS = [
    "\x1b",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x11",
    "\x03",
    "\x00",
    "\x9b",
    "\u202e",
    "~",
    "b",
    "201~",
    "[200~",
    "\x1b[",
    "\x1b[<0;1;1M",
    "é",
    "paste",
]
HOSTILE = st.lists(st.sampled_from([*PARTS, "\r", "\n", "\t", " "]), max_size=12).map("".join)


def _fed(data, cuts):
    """Feed data in pieces; return what the parser of the terminal makes of it."""
    pastes, parser, found = Pastes(), XTermParser(), []
    for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
        if passed := pastes.feed(data[start:end]):
            found += parser.feed(passed)
    return found


@settings(max_examples=200)
@given(HOSTILE.filter(lambda text: END not in text), st.data())
def test_a_paste_is_one_clean_text_however_it_arrives(text, data):
    sent = f"a{START}{text}{END}z"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=8)))
    before, paste, after = _fed(sent, cuts)
    assert (before.key, after.key) == ("a", "z")
    assert isinstance(paste, events.Paste)
    assert paste.text == clean(text)
    assert not CONTROLS.search(paste.text)


@pytest.mark.parametrize("text", [f"x{END}\x11", f"{START}x", f"x{END}{END}", f"{END}\x1b{END}\x03"])
def test_marks_within_a_paste_do_not_end_it(text):
    (paste,) = _fed(f"{START}{text}{END}", [])
    assert isinstance(paste, events.Paste)


def test_two_pastes_at_once_stay_two():
    one, key, two = _fed(f"{START}one{END}k{START}two{END}", [])
    assert (one.text, key.key, two.text) == ("one", "k", "two")


@given(st.lists(st.sampled_from(["a", "\x1b[A", "\r", "é", "\x11", "\x1bOP"])), st.data())
def test_keys_pass_at_once_and_unchanged(keys, data):
    sent = "".join(keys)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=5)))
    pastes = Pastes()
    for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
        assert pastes.feed(sent[start:end]) == sent[start:end]
