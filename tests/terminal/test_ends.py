"""However the program ends, what was typed into a note is there afterwards."""

import signal

DEAF = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh")
"""Runs a program that is not told when its terminal goes away."""


def type_a_note(browser, text):
    browser.wait_for("3 papers", "Tidal Attention")
    browser.type("\r")
    browser.wait_for("read on")
    browser.type("m")
    browser.wait_for("Note: Pretraining")
    browser.type(text)
    browser.wait_for(text)


def draft(home):
    again = home.open()
    again.wait_for("3 papers", "Tidal Attention")
    again.type("\r")
    again.wait_for("read on")
    again.type("m")
    again.wait_for("Note: Pretraining")
    text = again.text
    assert again.quit() == 0
    return text


def test_a_note_survives_the_closing_of_the_terminal(stocked):
    browser = stocked.open()
    type_a_note(browser, "typed when the window closed")
    assert browser.hang_up() == 128 + signal.SIGHUP
    assert "typed when the window closed" in draft(stocked)


def test_a_note_survives_a_request_to_end(stocked):
    browser = stocked.open()
    type_a_note(browser, "typed when told to end")
    browser.process.terminate()
    assert browser.close() == 128 + signal.SIGTERM
    assert "typed when told to end" in draft(stocked)


def test_a_program_that_is_not_told_of_its_closed_terminal_ends_all_the_same(stocked):
    browser = stocked.open(before=DEAF)
    type_a_note(browser, "typed to nobody")
    assert browser.hang_up() == 128 + signal.SIGHUP
    assert "typed to nobody" in draft(stocked)
