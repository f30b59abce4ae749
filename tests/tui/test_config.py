"""The configuration file: every mistake is named by file, line and key, and the rest still works."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key

from papers_tui.tui.commands import COMMANDS, Command
from papers_tui.tui.config import Config, load
from papers_tui.tui.keymap import assigned, normal_key, shown_key


@pytest.fixture
def read(tmp_path):
    def read(text):
        file = tmp_path / "config.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(file)

    return read


def told(config):
    """The problems as the user reads them, without the directory."""
    return [str(problem).replace(f"{config.file.parent}/", "") for problem in config.problems]


def test_a_missing_file_gives_the_defaults(tmp_path):
    file = tmp_path / "config.toml"
    assert load(file) == Config(file=file)


def test_the_file_lies_in_the_users_configuration_directory(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    file = load().file
    assert file.is_relative_to(tmp_path)
    assert file.parts[-2:] == ("papers-tui", "config.toml")
    file.parent.mkdir(parents=True)
    file.write_text("theme = 'nord'")
    assert load().theme == "nord"


def test_every_setting_is_read(read):
    config = read(
        'theme = "nord"\nascii = true\nclipboard = "osc52"\ncitation-style = "apa"\ntyping-pause = 120\n'
        '[keys]\nbookmark = "B"\ncite = ["ctrl+y", "c"]\nhelp = "f1, ?"\nreverse = ""\n'
    )
    assert config.problems == ()
    assert (config.theme, config.is_ascii, config.clipboard) == ("nord", True, "osc52")
    assert (config.citation_style, config.typing_pause) == ("apa", 0.12)
    assert config.keys == {
        "bookmark": ("B",),
        "cite": ("ctrl+y", "c"),
        "help": ("f1", "question_mark"),
        "reverse": (),
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\nteme = 'nord'", "config.toml:2: teme: no setting is called 'teme': did you mean theme?"),
        ("theme = 3", "config.toml:1: theme: is to be the name of a theme, such as 'nord'"),
        ("ascii = 'yes'", "config.toml:1: ascii: is to be true or false"),
        ("ascii = 1", "config.toml:1: ascii: is to be true or false"),
        (
            "clipboard = 'tmuxx'",
            "config.toml:1: clipboard: 'tmuxx' is none of auto, pyperclip, osc52, tmux, off: did you mean",
        ),
        (
            "clipboard = ['off']",
            "config.toml:1: clipboard: ['off'] is none of auto, pyperclip, osc52, tmux, off",
        ),
        (
            "citation-style = 'bibtx'",
            "config.toml:1: citation-style: 'bibtx' is no citation style: did you mean bibtex?",
        ),
        ("citation-style = []", "config.toml:1: citation-style: [] is no citation style"),
        (
            "typing-pause = -1",
            "config.toml:1: typing-pause: is to be a number of milliseconds from 0 to 2000",
        ),
        (
            "typing-pause = true",
            "config.toml:1: typing-pause: is to be a number of milliseconds from 0 to 2000",
        ),
        ("keys = 3", "config.toml:1: keys: is to be a table: [keys]"),
        (
            "[keys]\n# mine\nbokmark = 'B'",
            "config.toml:3: keys.bokmark: no command is called 'bokmark': did you mean bookmark?",
        ),
        ("keys.bookmark = 'C-b'", "config.toml:1: keys.bookmark: 'C-b' is no key: did you mean ctrl+b?"),
        ("keys.bookmark = 'ctl+b'", "config.toml:1: keys.bookmark: 'ctl+b' is no key: 'ctl' is none of"),
        ("[keys]\nbookmark = 'entr'", "config.toml:2: keys.bookmark: 'entr' is no key: did you mean enter?"),
        (
            "[keys]\nbookmark = 7",
            "config.toml:2: keys.bookmark: is to be a key, such as 'ctrl+b', or a list of keys",
        ),
        ("[keys]\n'bookmark' = 't'", "config.toml:2: keys.bookmark: 't' is already the key of 'tag'"),
        ("[keys]\nsavenote = 's'", "config.toml:2: keys.savenote: 's' is text there, and no command"),
        ("[keys]\nresults = '/'", "config.toml:2: keys.results: '/' is text there, and no command"),
        ("theme 'nord'", "config.toml:1: is not TOML: expected '=' after a key"),
        ("theme = 'nord\n", "config.toml:1: theme: is not TOML: "),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(text, problem, read):
    [shown] = told(read(text))
    assert shown.startswith(problem)


def test_the_rest_of_the_file_still_works(read):
    config = read(
        "theme = nord\nclipboard = 'off'\n"
        "[keys]\nbookmark = 'B'\ntag = ]\nnote = 'nope'\ncite = 'c'\n\n[keys]\nopen = '='\n"
    )
    assert [problem.line for problem in config.problems] == [1, 5, 6, 9]
    assert config.clipboard == "off"
    assert config.keys == {"bookmark": ("B",), "cite": ("c",), "open": ("equals_sign",)}


def test_a_text_without_an_end_spares_what_stands_before(read):
    config = read("ascii = true\ntheme = '''nord\nclipboard = 'off'\n")
    assert config.is_ascii
    assert config.problems


def test_a_file_full_of_mistakes_is_given_up_in_words(read):
    config = read("nonsense here\n" * 500)
    assert "too much of the file" in " ".join(told(config))
    assert len(config.problems) < 30


def test_what_cannot_be_read_is_told(read, tmp_path):
    assert told(read(b"theme = 'nord'\n\n# caf\xe9\n")) == ["config.toml:3: is not UTF-8"]
    directory = load(tmp_path)
    assert "cannot be read" in str(directory.problems[0])
    assert directory.clipboard == "auto"


def test_a_windows_file_reads_the_same(read):
    config = read(b"\xef\xbb\xbfascii = true\r\n[keys]\r\nbookmark = 'B'\r\nteme = 1\r\n")
    assert config.is_ascii
    assert config.keys == {"bookmark": ("B",)}
    assert config.problems[0].line == 4


def test_problems_cannot_touch_the_terminal(read):
    [shown] = told(read('"\\u001b]52;c;eA==\\u0007" = 1'))
    assert "\x1b" not in shown


def test_swapped_keys_do_not_clash(read):
    config = read("[keys]\nbookmark = 't'\ntag = 'b'\n")
    assert config.problems == ()
    assert config.keys == {"bookmark": ("t",), "tag": ("b",)}


def test_of_two_wishes_for_one_key_the_first_is_granted(read):
    config = read("[keys]\nbookmark = 'B'\nopen = 'B'\n")
    assert config.keys == {"bookmark": ("B",)}
    assert told(config) == ["config.toml:3: keys.open: 'B' is already the key of 'bookmark'"]


def test_a_key_may_be_used_twice_in_different_panes(read):
    assert read("[keys]\nlinedown = 'x'\ndown = 'x'\n").problems == ()


def test_a_theme_is_checked_against_those_there_are(read):
    config = read("\ntheme = 'norrd'").with_known_theme(["nord", "dracula"])
    assert config.theme is None
    assert told(config) == ["config.toml:2: theme: no theme is called 'norrd': did you mean nord?"]
    assert read("theme = 'nord'").with_known_theme(["nord"]).theme == "nord"
    assert read("theme = 'light'").with_known_theme(["papers-light"]).theme == "papers-light"


def test_a_name_in_quotes_has_its_line_told(read):
    said = told(read("[keys]\nundo = 'U'\n'note in editor' = 'W'\n"))
    assert said == [
        "config.toml:3: keys.note in editor: no command is called 'note in editor': did you mean editnote?"
    ]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("b", "b"),
        ("B", "B"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("Ctrl+B", "ctrl+b"),
        ("shift+b", "B"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("slash", "slash"),
        ("PgDn", "pagedown"),
        ("ctrl+i", "tab"),
        ("é", "é"),
        ("f12", "f12"),
    ],
)
def test_keys_may_be_written_as_people_do(written, key):
    assert normal_key(written) == key
    assert normal_key(shown_key(key)) == key


@pytest.mark.parametrize(
    "written", ["", " ", "ctrl+", "ctrl+hyper", "b+c", "f25", "<C-x>", "^x", "M-x", "shift+1", "Enter!"]
)
def test_what_is_no_key_is_refused(written):
    with pytest.raises(ValueError, match="no key"):
        normal_key(written)


def test_keys_are_named_as_textual_reports_them():
    named = {key.value for key in Keys if not key.value.startswith("<")}
    for character in map(chr, range(0x21, 0x7F)):
        assert normal_key(character) == _character_to_key(character)
    assert {
        normal_key(name) for name in ("escape", "tab", "pageup", "delete", "f20", "ctrl+shift+up")
    } <= named


def test_the_commands_own_keys_are_keys_and_do_not_clash():
    own = {command.id: [normal_key(key) for key in command.keys] for command in COMMANDS}
    assert assigned(own, COMMANDS)[1] == []


_KEYS = st.sampled_from([*"abc", "enter"])


@given(
    wishes=st.dictionaries(st.sampled_from([*"uvwxyz", "unknown"]), st.lists(_KEYS, max_size=2), max_size=7),
    places=st.lists(
        st.sampled_from(["anywhere", "papers", "list", "abstract", "library", "note"]), min_size=6, max_size=6
    ),
)
def test_no_two_commands_end_with_one_key_in_one_place(wishes, places):
    commands = [
        Command(name, (name,), name, name, name, where) for name, where in zip("uvwxyz", places, strict=True)
    ]
    keys, complaints = assigned(wishes, commands)
    covered = {"anywhere": {"list", "abstract", "library"}, "papers": {"list", "abstract"}}
    taken = set()
    for command in commands:
        for key in set(keys.get(command.id, command.keys)):
            for pane in covered.get(command.where, {command.where}):
                assert (pane, key) not in taken
                taken.add((pane, key))
    refused = {complaint.command for complaint in complaints}
    assert set(wishes) <= set(keys) | refused


SETTINGS = {
    "theme": "theme",
    "ascii": "is_ascii",
    "clipboard": "clipboard",
    "citation-style": "citation_style",
    "citation-key": "citation_key",
    "typing-pause": "typing_pause",
    "unknown": "file",
}
VALUES = ["'nord'", "true", "100", "-1", "nan", "[]", "{a = 1}", "1979-05-27", "'off'", "'apa'", "''"]
BROKEN = ["oops", "'no end", "1 2", "", '"\\z"']


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(list(SETTINGS)), st.sampled_from([*VALUES, *BROKEN]), max_size=7))
def test_a_mistake_is_told_and_changes_no_other_setting(tmp_path_factory, written):
    file = tmp_path_factory.getbasetemp() / "settings.toml"
    lines = {name: f"{name} = {value}\n" for name, value in written.items()}

    def read(text):
        file.write_text(text)
        return load(file)

    alone = {name: read(line) for name, line in lines.items()}
    whole = read("".join(lines.values()))
    assert all(getattr(whole, SETTINGS[name]) == getattr(one, SETTINGS[name]) for name, one in alone.items())
    told = [(number, problem.key) for number, one in enumerate(alone.values(), 1) for problem in one.problems]
    assert [(problem.line, problem.key) for problem in whole.problems] == told
    wrong = {name for name, value in written.items() if name == "unknown" or value in BROKEN}
    assert wrong <= {problem.key for problem in whole.problems}


def test_a_text_without_an_end_takes_no_other_setting_with_it(read):
    config = read('theme = \'nord\nascii = true\ntyping-pause = 120\n[keys]\nbookmark = "B"\n')
    assert told(config) == ["config.toml:1: theme: is not TOML: it has no end"]
    assert (config.theme, config.is_ascii, config.typing_pause) == (None, True, 0.12)
    assert config.keys == {"bookmark": ("B",)}


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_read(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "config.toml"
    file.write_bytes(text.encode("utf-8", "replace"))
    assert load(file).file == file


def test_reading_settings_needs_no_interface(tmp_path):
    program = (
        "import sys, pathlib; from papers_tui.tui import clipboard, config, opener;"
        "config.load(pathlib.Path(sys.argv[1])); opener.host_of('https://arxiv.org');"
        "heavy = {'textual', 'rich', 'pyperclip', 'whoosh', 'rapidfuzz'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or None)"
    )
    (tmp_path / "config.toml").write_text("theme = 'nord'\n[keys]\nbookmark = 'B'\n")
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "config.toml")], check=True, timeout=60)


def test_a_citation_style_may_be_a_file_of_the_user(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("citation-style = 'my-journal.csl'\n")
    (problem,) = load(file).problems
    assert problem.message == f"'my-journal.csl' is not in {tmp_path / 'styles'}"
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "my-journal.csl").write_text("<style/>")
    for name in ("my-journal.csl", "my-journal"):
        file.write_text(f"citation-style = '{name}'\n")
        config = load(file)
        assert (config.citation_style, config.problems) == ("my-journal", ())
