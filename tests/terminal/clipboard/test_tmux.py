"""The paste buffer of tmux, and the terminals around it."""

import pytest

from papers_tui.tui.clipboard import OSC52_LIMIT

LONG = "x" * 1_000_000


@pytest.mark.parametrize("set_clipboard", ["external", "on"])
def test_the_buffer_and_the_terminal_around_get_it(set_clipboard, tmux, cited, yank, sent):
    server = tmux(set_clipboard=set_clipboard)
    browser = cited.open(before=server.session)
    yank(browser, "Copied to the tmux buffer", "unconfirmed")
    assert server.buffer == cited.citation
    browser.wait_until(lambda: sent(browser), "the sequence")
    assert sent(browser) == [cited.citation]


def test_where_tmux_is_not_to_touch_the_terminal_only_the_buffer_gets_it(tmux, cited, yank, sent):
    server = tmux(set_clipboard="off")
    browser = cited.open(before=server.session)
    yank(browser, "Copied to the tmux buffer")
    assert "sent" not in browser.text
    assert server.buffer == cited.citation
    assert sent(browser) == []


def test_a_terminal_without_a_clipboard_is_sent_nothing(tmux, cited, yank, sent):
    server = tmux()
    browser = cited.open(before=server.session, env={"TERM": "linux"})
    yank(browser, "Copied to the tmux buffer")
    assert "sent" not in browser.text
    assert server.buffer == cited.citation
    assert sent(browser) == []


def test_on_a_desktop_its_clipboard_gets_it_too(tmux, x11, cited, *, yank, demand, output_of):
    demand("xclip")
    server = tmux()
    browser = cited.open(before=server.session, env=x11)
    yank(browser, "Copied to the clipboard with xclip", "buffer")
    reader = ["xclip", "-selection", "clipboard", "-o"]
    assert output_of(reader, {**cited.env, **x11}) == server.buffer == cited.citation


@pytest.mark.parametrize(("set_clipboard", "passes"), [("external", False), ("on", True)])
def test_a_tmux_in_a_tmux_says_what_the_outer_one_needs(set_clipboard, passes, *, tmux, cited, yank, sent):
    outer, inner = tmux("outer", set_clipboard=set_clipboard), tmux("inner")
    nested = (*outer.session, "env", "-u", "TMUX", *inner.session)
    browser = cited.open(before=nested)
    yank(browser, "Copied to the tmux buffer", "set-clipboard on")
    assert inner.buffer == cited.citation
    if passes:
        browser.wait_until(lambda: sent(browser), "the sequence")
        assert sent(browser) == [cited.citation]
        assert outer.buffer == cited.citation
    else:
        assert outer.buffer == ""


def test_a_text_that_terminals_drop_is_in_the_buffer_and_not_sent(tmux, cited, copied, sent):
    server = tmux()
    browser = cited.open(before=server.session)
    browser.wait_for("of Tides")
    kilobytes = f"(1333 kB, {OSC52_LIMIT // 1000} at most)"
    assert copied(LONG, server.environ) == (
        f"Copied to the tmux buffer; the text is too long for the terminal's clipboard {kilobytes}"
    )
    assert server.buffer == LONG
    browser.type("j")
    assert sent(browser) == []


def test_osc52_alone_is_not_claimed_where_tmux_drops_it(tmux, cited, yank, sent):
    cited.config_file.parent.mkdir(parents=True)
    cited.config_file.write_text("clipboard = 'osc52'\n")
    browser = cited.open(before=tmux().session)
    yank(browser, "Copy it from here", "tmux drops it, as its set-clipboard is external, not on")
    assert sent(browser) == []


def test_osc52_alone_goes_through_a_tmux_that_takes_it(tmux, cited, yank, sent):
    cited.config_file.parent.mkdir(parents=True)
    cited.config_file.write_text("clipboard = 'osc52'\n")
    server = tmux(set_clipboard="on")
    browser = cited.open(before=server.session)
    yank(browser, "Sent to the terminal's clipboard (OSC 52)", "unconfirmed")
    browser.wait_until(lambda: sent(browser), "the sequence")
    assert sent(browser) == [cited.citation]
    assert server.buffer == cited.citation
