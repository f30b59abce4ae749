"""What the doctor says of the terminal, its colours and size, the clipboard, the editor and the browser."""

import socket
import sys

import pytest

from papers_tui.tui.surroundings import look_around


class Terminal:
    def isatty(self):
        return True


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Look around as if in a terminal of some size; returns what is said, by what was looked at."""

    def look(size=(100, 30), config="", **environ):
        monkeypatch.setattr(sys, "stdout", Terminal())
        monkeypatch.setenv("COLUMNS", str(size[0]))
        monkeypatch.setenv("LINES", str(size[1]))
        file = tmp_path / "config.toml"
        file.write_text(config)
        said: dict[str, list[tuple[str, str, str]]] = {}
        for one in look_around(file, {"PATH": str(tmp_path / "bin"), **environ}):
            said.setdefault(one.check, []).append((one.level, one.message, one.remedy))
        return said

    (tmp_path / "bin").mkdir()
    return look


def install(tmp_path, name):
    program = tmp_path / "bin" / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "16 million colours"),
        ({"TERM": "xterm-direct"}, "16 million colours"),
        ({"TERM": "xterm-256color"}, "256 colours"),
        ({"TERM": "xterm"}, "16 colours"),
        ({"TERM": "dumb"}, "no colours"),
        ({}, "TERM is nothing, no colours"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "NO_COLOR"),
        ({"TERM": "xterm", "SSH_TTY": "/dev/pts/1"}, "inside ssh"),
        ({"TERM": "screen", "TMUX": "/nowhere,1,0"}, "inside tmux"),
        ({"TERM": "x\x1b]0;bad\x07"}, "TERM is x"),
    ],
)
def test_the_terminal_is_told_with_its_size_and_colours(told, environ, said):
    ((level, message, _),) = told(**environ)["terminal"]
    assert level == "ok"
    assert message.startswith("100x30")
    assert said in message
    assert "\x1b" not in message


@pytest.mark.parametrize(("size", "findings"), [((40, 12), 1), ((39, 12), 2), ((40, 11), 2)])
def test_a_small_terminal_is_told(told, size, findings):
    said = told(size, TERM="xterm")["terminal"]
    assert len(said) == findings
    assert all("small" in message for _, message, _ in said[1:])


@pytest.mark.parametrize(
    ("environ", "level", "said"),
    [
        ({"TERM": "xterm"}, "note", "OSC 52"),
        ({"TERM": "xterm", "SSH_TTY": "x", "DISPLAY": ":0"}, "note", "OSC 52"),
        ({"TERM": "dumb"}, "note", "no clipboard"),
        ({"TERM": "linux"}, "note", "no clipboard"),
        ({"TERM": "screen", "TMUX": "/nowhere,1,0"}, "note", "tmux keeps it to itself"),
        ({"TERM": "xterm", "DISPLAY": "far:10.0"}, "note", "no clipboard program is installed"),
        ({"TERM": "xterm", "DISPLAY": ":4711"}, "note", "DISPLAY is :4711, but no desktop answers"),
        ({"TERM": "xterm", "WAYLAND_DISPLAY": "wayland-0"}, "note", "WAYLAND_DISPLAY is wayland-0, but"),
    ],
)
def test_the_way_to_the_clipboard_is_told(told, environ, level, said):
    ((found, message, _),) = told(**environ)["clipboard"]
    assert found == level
    assert said in message


def test_a_desktop_that_is_there_and_has_its_program_is_trusted(told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as desktop:
        desktop.bind("wayland-0")
        environ = {"TERM": "xterm", "WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        ((level, _, remedy),) = told(**environ)["clipboard"]
        assert (level, remedy) == ("note", "install wl-clipboard")
        install(tmp_path, "wl-copy")
        ((level, message, _),) = told(**environ)["clipboard"]
        assert (level, "desktop" in message) == ("ok", True)


def test_a_clipboard_that_is_switched_off_is_told(told):
    ((level, message, _),) = told(config='clipboard = "off"\n', TERM="xterm")["clipboard"]
    assert (level, "off" in message) == ("note", True)


def test_a_mistake_in_the_settings_is_told_with_its_line(told):
    ((level, message, _),) = told(config='clipboard = "of"\n')["settings"]
    assert level == "problem"
    assert "1" in message
    assert "clipboard" in message


def test_versions_are_told(told):
    ((level, message, _),) = told()["versions"]
    assert level == "ok"
    assert all(name in message for name in ("Python", "SQLite", "papers-tui", "textual", "Whoosh", "numpy"))


def test_the_editor_is_told(told, tmp_path):
    ((level, message, remedy),) = told(EDITOR="ed -p '")["editor"]
    assert (level, "$EDITOR" in remedy) == ("note", True)
    install(tmp_path, "ed")
    ((level, message, _),) = told(EDITOR="ed --wait")["editor"]
    assert (level, "ed --wait" in message) == ("ok", True)
    ((level, message, _),) = told(EDITOR="ed", VISUAL="gone")["editor"]
    assert (level, "gone" in message) == ("note", True)


def test_outside_of_a_terminal_that_is_said(told, monkeypatch):
    class File(Terminal):
        def isatty(self):
            return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Terminal, "isatty", File.isatty)
        ((level, message, _),) = told(TERM="xterm")["terminal"]
    assert (level, "no terminal" in message) == ("note", True)
