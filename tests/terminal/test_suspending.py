"""Ctrl+Z goes to the shell, as in every program of a terminal; what comes back is whole."""

import os
import signal


def test_the_shell_and_back(stocked):
    browser = stocked.open()
    browser.wait_for("3 papers", "Tidal Attention")
    browser.type("\x1a")
    stopped = os.WSTOPPED | os.WNOWAIT | os.WNOHANG
    browser.wait_until(lambda: os.waitid(os.P_PID, browser.process.pid, stopped), "a stopped program")
    browser.wait_until(lambda: not browser.has_mode(1049), "the shell's own screen")
    browser.screen.reset()
    os.kill(browser.process.pid, signal.SIGCONT)
    browser.wait_for("papers-tui", "3 papers", "Tidal Attention", "╭─ Papers")
    assert browser.has_mode(1049)
    browser.type("gardens")
    browser.wait_for("1 of 3")
    assert browser.quit() == 0
