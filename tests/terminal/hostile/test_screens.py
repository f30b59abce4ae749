"""No byte of a stranger's paper acts on the terminal from any screen: the bytes drawn are looked at."""

import re

import pytest

ACTS = re.compile(rb"\x1b[\]P_X^][^\x07\x1b]*pwned|\x1b\]|\x1bP|\x1b_|\xc2[\x80-\x9f]|\x00|\x07")
"""A payload that got through, or any string sequence at all: the browser draws with CSI alone."""

OWN_SEQUENCES = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""What Textual itself says beside CSI: the shape of the mouse pointer."""


def assert_nothing_acts(browser):
    drawn = OWN_SEQUENCES.sub(b"", browser.bytes)
    found = ACTS.search(drawn)
    assert not found, drawn[max(0, found.start() - 60) : found.end() + 60]


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (60, 20)])
def test_no_screen_lets_a_byte_through(haunted, look_everywhere, columns, rows):
    browser = haunted.open(columns=columns, rows=rows)
    look_everywhere(haunted, browser)
    assert browser.quit() == 0
    assert_nothing_acts(browser)


@pytest.mark.parametrize("key", ["r", "s"])
def test_no_way_out_of_a_damage_does(haunted, key):
    marks = haunted.library / "marks.db"
    marks.write_bytes(b"\0" * 4096 + marks.read_bytes()[4096:])
    browser = haunted.open(columns=80, rows=24)
    browser.wait_for("The library is damaged", "save what can be read")
    browser.type(key)
    browser.wait_for("Abstract", "papers")
    browser.type("xerus")
    browser.wait_for("1 of ")
    assert browser.quit() == 0
    assert_nothing_acts(browser)
