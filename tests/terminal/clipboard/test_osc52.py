"""The terminal's own clipboard, in a pty, and GNU screen, which is in between."""

import pytest

SSH = {"SSH_TTY": "/dev/pts/7", "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


@pytest.mark.parametrize("env", [SSH, {}], ids=["ssh", "no display"])
def test_the_terminal_is_asked_once_and_nothing_is_claimed(env, cited, yank):
    browser = cited.open(env=env)
    yank(browser, "Sent to the terminal's clipboard (OSC 52)", "unconfirmed")
    assert browser.copied == [cited.citation]
    assert "Copied" not in browser.text


def test_the_command_line_asks_it_too(cited):
    terminal = cited.open("cite", "--copy", "2401.00009", env=SSH)
    assert terminal.close() == 0
    assert terminal.copied == [cited.citation]


def test_a_terminal_without_a_clipboard_gets_the_text_to_select_or_save(cited, yank):
    browser = cited.open(env={"TERM": "linux"})
    yank(browser, "Copy it from here", "Not copied: this terminal has no clipboard", "eprint = {2401.00009}")
    browser.type("s")
    browser.wait_for("papers-tui-copy")
    browser.type("\x15")
    browser.wait_for("path of a new file")
    browser.type(f"{cited.path}/saved.bib\r")
    browser.wait_until(lambda: b"Saved to" in browser.bytes, "word of the saved text")  # shown for a while
    assert (cited.path / "saved.bib").read_text("utf-8") == cited.citation + "\n"
    assert browser.copied == []


def test_the_text_can_be_printed_without_a_frame_around_it(cited, yank):
    browser = cited.open(env={"TERM": "linux"})
    yank(browser, "Copy it from here")
    browser.type("p")
    browser.wait_for("[Enter goes back to papers-tui]")
    assert cited.citation.replace("\n", "\r\n").encode() in browser.bytes
    browser.type("\x03\r")
    browser.wait_for("Copy it from here")
    browser.type("\x1b")
    browser.wait_without("Copy it from here")
    assert browser.quit() == 0


@pytest.fixture
def screen(cited, demand, output_of):
    """The command that runs what follows it in GNU screen, and what that needs of the environment."""
    demand("screen")
    conf = cited.path / "screenrc"
    conf.write_text("startup_message off\ndefutf8 on\n")
    sockets = cited.path / "sockets"
    sockets.mkdir(mode=0o700)
    env = {"SCREENDIR": str(sockets)}
    yield ("screen", "-U", "-c", conf), env
    output_of(["screen", "-X", "quit"], {**cited.env, **env})


def test_the_text_goes_through_gnu_screen(cited, yank, screen):
    session, env = screen
    browser = cited.open(before=session, env={**SSH, **env})
    yank(browser, "Sent to the terminal's clipboard (OSC 52)", "unconfirmed")
    browser.wait_until(lambda: browser.copied, "the sequence")
    assert browser.copied == [cited.citation]
    assert "set-clipboard" not in browser.text
