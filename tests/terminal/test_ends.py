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


def wait_for_disk(home, browser, text):
    """Wait until a draft cannot be lost any more."""
    marks, journal = home.library / "marks.db", home.library / "marks.db-journal"
    browser.wait_until(lambda: text.encode() in marks.read_bytes() and not journal.exists(), "a stored draft")


def find_draft(home, *texts):
    """Open the note in a new window, which offers what was typed."""
    again = home.open()
    again.wait_for("3 papers", "Tidal Attention")
    again.type("\r")
    again.wait_for("read on")
    again.type("m")
    again.wait_for("Note: Pretraining", "not saved yet", *texts)
    assert again.quit() == 0


def test_a_note_survives_the_closing_of_the_terminal(stocked):
    browser = stocked.open()
    type_a_note(browser, "typed when the window closed")
    assert browser.hang_up() == 128 + signal.SIGHUP
    find_draft(stocked, "typed when the window closed")


def test_a_note_survives_a_request_to_end(stocked):
    browser = stocked.open()
    type_a_note(browser, "typed when told to end")
    browser.process.terminate()
    assert browser.close() == 128 + signal.SIGTERM
    find_draft(stocked, "typed when told to end")


def test_a_terminal_that_stays_is_put_in_order_after_a_hangup(stocked):
    browser = stocked.open()
    type_a_note(browser, "typed when somebody hung up")
    browser.process.send_signal(signal.SIGHUP)
    assert browser.close() == 128 + signal.SIGHUP
    assert not browser.has_mode(1049)
    find_draft(stocked, "typed when somebody hung up")


def test_a_program_that_is_not_told_of_its_closed_terminal_ends_all_the_same(stocked):
    browser = stocked.open(before=DEAF)
    type_a_note(browser, "typed to nobody")
    assert browser.hang_up() == 128 + signal.SIGHUP
    find_draft(stocked, "typed to nobody")


def test_two_windows_in_which_one_note_is_typed_lose_none_of_it(stocked):
    here = stocked.open()
    type_a_note(here, "typed here")
    there = stocked.open()
    type_a_note(there, "typed there")
    assert "typed here" not in there.text
    wait_for_disk(stocked, there, "typed there")
    there.kill()
    here.kill()
    again = stocked.open()
    again.wait_for("A note was not saved")
    assert again.quit() == 0
    find_draft(stocked, "typed here", "typed there")
