"""The clipboard of a Wayland compositor: sway without a screen."""

import pytest


@pytest.fixture
def held(wayland, output_of):
    """What the clipboard holds."""
    return lambda: output_of(["wl-paste", "--no-newline"], {"PATH": "/usr/bin:/bin", **wayland})


def test_a_citation_arrives_and_outlives_the_terminal(wayland, cited, yank, held):
    browser = cited.open(env=wayland)
    yank(browser, "Copied to the clipboard with wl-copy")
    assert held() == cited.citation
    assert browser.copied == []
    browser.hang_up()
    assert held() == cited.citation


def test_the_command_line_copies_it_too(wayland, cited, held):
    done = cited.run("cite", "--copy", "--style", "apa", "2401.00009", env=wayland)
    assert done.stderr == b"Copied to the clipboard with wl-copy\n"
    assert held() == done.stdout.decode().removesuffix("\n")


def test_long_and_odd_texts_arrive_as_they_are(wayland, copied, held):
    text = "é\n🎓 ò " * 100_000
    assert copied(text, wayland) == "Copied to the clipboard with wl-copy"
    assert held() == text


def test_a_compositor_that_is_gone_is_not_called_a_success(wayland, cited, yank):
    browser = cited.open(env={**wayland, "WAYLAND_DISPLAY": "wayland-99"})
    yank(browser, "Sent to the terminal's clipboard (OSC 52)", "unconfirmed", "the clipboard")
    assert browser.copied == [cited.citation]
