"""The clipboard of X11, with xclip and with xsel."""

import pytest

READERS = {"xclip": ["xclip", "-selection", "clipboard", "-o"], "xsel": ["xsel", "-b", "-o"]}

SSH = {"SSH_TTY": "/dev/pts/7", "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


@pytest.fixture(params=READERS)
def tool(request, demand):
    demand(*READERS)
    return request.param


@pytest.fixture
def held(x11, output_of):
    """What the clipboard holds, read with the other program."""

    def held(tool="xclip"):
        other = "xsel" if tool == "xclip" else "xclip"
        return output_of(READERS[other], {"PATH": "/usr/bin:/bin", **x11})

    return held


def test_a_citation_arrives_and_outlives_the_terminal(tool, x11, cited, *, yank, held, path_of):
    browser = cited.open(env={**x11, "PATH": path_of(tool)})
    yank(browser, f"Copied to the clipboard with {tool}")
    assert held(tool) == cited.citation
    assert browser.copied == []
    browser.hang_up()
    assert held(tool) == cited.citation


def test_a_citation_outlives_a_browser_that_is_killed(tool, x11, cited, *, yank, held, path_of):
    browser = cited.open(env={**x11, "PATH": path_of(tool)})
    yank(browser, f"with {tool}")
    browser.kill()
    assert held(tool) == cited.citation


def test_the_command_line_copies_it_too(tool, x11, cited, held, path_of):
    done = cited.run("cite", "--copy", "2401.00009", env={**x11, "PATH": path_of(tool)})
    assert done.stderr.decode() == f"Copied to the clipboard with {tool}\n"
    assert held(tool) == cited.citation


def test_long_and_odd_texts_arrive_as_they_are(tool, x11, copied, *, held, path_of, wait_until):
    text = "é\n🎓 ò " * 20_000
    assert copied(text, {**x11, "PATH": path_of(tool)}) == f"Copied to the clipboard with {tool}"
    # Where a machine is busy, the program that reads gives up on a long text before the one that holds it.
    wait_until(lambda: held(tool) == text, "the text")


def test_the_configuration_chooses_the_way(tool, x11, cited, held, path_of):
    before = held(tool)
    cited.config_file.parent.mkdir(parents=True)
    cited.config_file.write_text("clipboard = 'off'\n")
    env = {**x11, "PATH": path_of(tool)}
    done = cited.run("cite", "--copy", "2401.00009", env=env)
    assert done.stderr == b"Not copied: the clipboard is switched off in the configuration\n"
    assert held(tool) == before
    cited.config_file.write_text("clipboard = 'pypercilp'\n")
    done = cited.run("cite", "--copy", "2401.00009", env=env).stderr.decode()
    assert "config.toml:1: clipboard: 'pypercilp' is none of auto" in done
    assert done.endswith(f"Copied to the clipboard with {tool}\n")


def test_over_ssh_a_forwarded_display_is_not_the_users(tool, x11, cited, *, yank, held, path_of):
    before = held(tool)
    browser = cited.open(env={**x11, **SSH, "PATH": path_of(tool)})
    yank(browser, "Sent to the terminal's clipboard (OSC 52)", "unconfirmed")
    assert browser.copied == [cited.citation]
    assert held(tool) == before
