"""No byte of a stranger's paper acts on the terminal: not on any screen, and not from any verb."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from papers_tui.index.cite import STYLES
from papers_tui.index.formats.exports import EXPORT_FORMATS

MARK = "pwned"
PAYLOADS = (
    f"\x1b]52;c;{MARK}\x07\x1b]0;{MARK}\x1b\\\x1b]2;{MARK}\x07\x1b[31m{MARK}\x1b[2J"
    f"\x9b31m\x9d0;{MARK}\x9c\x1bP{MARK}\x1b\\\x1b_{MARK}\x1b\\\x00\x07\x08\x7f\u202e\u2066\u200b\ufeff"
)
MARKUP = "[@click=app.quit]quit[/] [/] [link=file:///etc/passwd]x[/] [bold red]b"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ACTS = re.compile(
    rb"\x1b[\]P_X^][^\x07\x1b]*" + MARK.encode() + rb"|\x1b\]|\x1bP|\x1b_|\xc2[\x80-\x9f]|\x00|\x07"
)
"""A payload that got through, or any string sequence at all: the browser draws with CSI alone."""

OWN_SEQUENCES = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""What Textual itself says beside CSI: the shape of the mouse pointer."""


def evil(word):
    return f"{word} {PAYLOADS}{MARKUP} {word}end"


RECORDS = [
    {
        "id": "2401.00001",
        "title": evil("Zebra"),
        "abstract": evil("We study zebras.") + " long" * 3000,
        "authors_parsed": [[evil("Mallory"), evil("M."), ""]]
        + [[f"Author{n}", "A.", ""] for n in range(600)],
        "categories": f"cs.CL {evil('cs')}",
        "journal-ref": evil("J. Evil"),
        "doi": "10.1000/" + PAYLOADS,
        "versions": [{"version": "v1", "created": "Mon, 1 Jan 2024 00:00:00 GMT"}],
    },
    {
        "id": "2401.00002",
        "title": "\ud800 lone " + evil("Yak"),
        "abstract": evil("Yaks."),
        "authors": evil("Eve Doe"),
    },
]
OWN = {
    "id": "arxiv:2401.00003",
    "title": evil("Xerus"),
    "abstract": evil("Squirrels."),
    "arxiv_id": "2401.00003",
    "authors": [evil("Trudy")],
    "organization": evil("Org"),
    "venue": evil("Venue"),
    "urls": {"abstract": "https://example.org/" + PAYLOADS, "code": "javascript:alert(1)"},
    "sources": [evil("listing")],
    "bookmarked": True,
    "tags": [evil("tag")],
    "note": evil("A note"),
    "status": "reading",
}
NOT_OF_TEXTS = {0: None, 7: None}
"""Without these a file is told to be text."""

LISTING = "\n".join(
    [
        "Daily Papers",
        "",
        "Dec 10",
        "",
        evil("Walrus: A Paper"),
        "",
        evil("We study walruses at length. " * 4),
        "",
        f"evil {evil('Org')}",
        "·",
        "Nov 10 2",
        "",
    ]
).translate(NOT_OF_TEXTS)

BIBLIOGRAPHIES = {
    "evil.bib": "@article{k, title={%s}, author={%s}, journal={%s}, doi={10.1000/%s}, keywords={%s},"
    " note={%s},"
    " url={https://example.org/%s}, abstract={%s}, year=2024}\n",
    "evil.ris": "TY  - JOUR\nTI  - %s\nAU  - %s\nJO  - %s\nDO  - 10.1000/ris%s\nKW  - %s\nN1  - %s\n"
    "UR  - https://a/%s\nAB  - %s\nER  - \n",
    "evil.csv": "title,author,venue,doi,tags,note,url,abstract\n"
    "%s,%s,%s,10.1000/csv%s,%s,%s,https://a/%s,%s\n",
    "evil.md": "- %s. %s. *%s* [10.1000/md%s](https://doi.org/10.1000/md)\n\n  Tags: %s\n\n  > %s %s %s\n",
}
"""Records whose every field is hostile, in the formats of other programs."""


@pytest.fixture
def haunted(home):
    """A library of hostile papers from files with hostile names."""
    folder = home.path / "files"
    folder.mkdir()
    (folder / "snapshot\x1b]0;pwned\x07.jsonl").write_text("\n".join(map(json.dumps, RECORDS)))
    (folder / "own [red]\n.jsonl").write_text(json.dumps(OWN))
    (folder / "page.txt").write_text(LISTING, errors="replace")
    for name, record in BIBLIOGRAPHIES.items():
        texts = [evil(f"{name[5:].title()}{number}").replace("\n", " ") for number in range(8)]
        text = (record % tuple(texts)).translate(NOT_OF_TEXTS)
        (folder / name).write_text(text, errors="replace")
    home.imported = home.run("import", folder)
    assert home.json("search", "--limit", "9")["total"] >= 8
    return home


def assert_harmless(output):
    text = output.decode()
    assert not CONTROLS.search(text), CONTROLS.search(text)


def test_no_verb_lets_a_byte_through(haunted):
    ids = [hit["id"] for hit in haunted.json("search", "--limit", "9")["hits"]]
    verbs = [
        ["search", "zebra"],
        ["search", "--explain", evil("x")],
        ["search", "--json", evil("x")],
        ["tag"],
    ]
    verbs += [["show", one] for one in ids] + [["show", "--json", one] for one in ids] + [["note", ids[0]]]
    verbs += [["cite", *ids, "--style", style] for style in STYLES]
    verbs += [["export", "--format", name] for name in EXPORT_FORMATS]
    verbs += [["tag", *ids, "+" + evil("t")], ["tag", *ids, "+fine"], ["bookmark", *ids], ["undo"], ["redo"]]
    verbs += [
        ["note", ids[0], "--set", evil("n")],
        ["mark", *ids, "--read"],
        ["similar", ids[0]],
        ["reindex"],
    ]
    verbs += [
        ["show", evil("no-such-id")],
        ["import", evil("no-such-file").replace("\x00", "")],
        ["paths"],
        ["keys"],
    ]
    verbs += [["cite", ids[0], "--style", evil("style")], ["export", "--format", evil("format")]]
    verbs += [["backup"], ["backup", "--list"], ["restore", evil("no-such-backup")], ["restore", "--dry-run"]]
    verbs += [["remove", ids[1]], ["trash"], ["trash", "--json"], ["trash", "--restore", ids[1]], ["doctor"]]
    verbs += [
        ["duplicates"],
        ["duplicates", "--json"],
        ["merge", ids[1], ids[2]],
        ["undo"],
        ["doctor", "--json"],
    ]
    verbs += [
        ["edit", ids[0]],
        ["edit", ids[0], "--set", "title=" + evil("title")],
        ["edit", "--json", ids[0]],
    ]
    verbs += [
        ["bind", evil("q"), "-o", str(haunted.path / f"{evil('b')[:40].replace('/', '')}.bib")],
        ["bind"],
    ]
    verbs += [
        ["export", "-o", str(haunted.path / f"{PAYLOADS.replace('/', '')[:60]}.csv")],
        ["search", "zebra"],
    ]
    assert_harmless(haunted.imported.stdout + haunted.imported.stderr)
    words = [[word.replace("\x00", "").replace("\ud800", "") for word in verb] for verb in verbs]
    out, err = run_all(haunted, words)
    assert_harmless(out.replace(b"\r\n", b"\n") + err)
    assert b"Traceback" not in err
    for verb in words[2], ["show", "--json", ids[0]], ["trash", "--json"], ["doctor", "--json"]:
        json.loads(haunted.run(*verb, code=None).stdout)


def run_all(home, verbs):
    """Run verbs one after the other in one process, which is faster; return what they wrote."""
    program = (
        "import json, sys; from papers_tui.tui.cli import main; [main(verb) for verb in json.load(sys.stdin)]"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps([["--data-dir", str(home.library), *verb] for verb in verbs]).encode(),
        capture_output=True,
        env=home.env,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return done.stdout, done.stderr


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (60, 20)])
def test_no_screen_lets_a_byte_through(haunted, columns, rows):
    browser = haunted.open(columns=columns, rows=rows)
    look_at_every_screen(haunted, browser)
    assert browser.quit() == 0
    drawn = OWN_SEQUENCES.sub(b"", browser.bytes)
    found = ACTS.search(drawn)
    assert not found, drawn[max(0, found.start() - 60) : found.end() + 60]


def look_at_every_screen(home, browser):
    """Open every dialog on a hostile paper, mark it, and read it to its end."""
    browser.wait_for("Search")
    browser.type("zebra")
    browser.wait_for("1 of ")
    browser.type("\r")
    browser.wait_for("read on")
    dialogs = {
        "t": "─ Tags ─",
        "m": "Note: ",
        "s": "Sort by",
        "y": "Cite: ",
        "?": "─ Help ─",
        "f": "─ Filter ",
        "O": "─ Open ─",
    }
    if "e" in [key for one in home.json("keys") for key in one["keys"]]:
        dialogs["e"] = "─ Edit: "
    for key, shown in dialogs.items():
        browser.type(key)
        browser.wait_for(shown)
        browser.type("\x1b")
        browser.wait_without(shown)
    browser.type("z")
    browser.wait_for("similar to")
    browser.type("\x1b")
    browser.wait_without("similar to")
    browser.type("b")
    browser.wait_for("★")
    browser.type("\r")
    browser.wait_for("esc")
    browser.type("G")
    browser.type("u")
    browser.wait_without("★ bookmarked")


@pytest.fixture
def tmux():
    """Run one command on a tmux server that nobody else uses; it keeps a text of the user in its buffer."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    with tempfile.TemporaryDirectory() as folder:  # a socket's path is short: pytest's directories are not
        base = ["tmux", "-S", str(Path(folder, "s")), "-f", os.devnull]
        environ = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}

        def tmux(*words):
            return subprocess.run(
                [*base, *words], env=environ, capture_output=True, check=False
            ).stdout.decode()

        tmux.base = base
        yield tmux
        with contextlib.suppress(OSError):
            tmux("kill-server")


SETTINGS = (
    ("set", "-s", "set-clipboard", "on"),
    ("set", "-g", "allow-rename", "on"),
    ("set", "-g", "allow-passthrough", "on"),
    ("set", "-g", "set-titles", "on"),
    ("set", "-g", "automatic-rename", "off"),
    ("set", "-g", "status", "off"),
)
"""tmux as gullible as it can be made."""


def held(tmux):
    """Return what a paper might have changed: the buffers and the titles."""
    shown = "#{pane_title} #{window_name} #{session_name}"
    return tmux("list-buffers"), tmux("show-buffer"), tmux("display-message", "-p", shown)


def begin(home, tmux, *words):
    """Run a program in a pane whose server keeps what its user copied and named."""
    settings = [word for one in SETTINGS for word in (*one, ";")]
    terminal = home.open(
        before=(*tmux.base, *settings, "new-session", "-n", "mine", "--", *words), columns=120, rows=40
    )
    terminal.wait_until(lambda: "mine" in tmux("list-windows"), "the session")
    tmux("select-pane", "-T", "title of mine")
    tmux("set-buffer", "copied by me")
    return terminal


def test_no_screen_changes_the_title_or_the_buffer_of_tmux(haunted, tmux):
    browser = begin(haunted, tmux)
    before = held(tmux)
    assert "copied by me" in before[1]
    assert before[2] == "title of mine mine 0\n"
    look_at_every_screen(haunted, browser)
    assert held(tmux) == before
    browser.type("\x11")


def test_no_verb_changes_the_title_or_the_buffer_of_tmux(haunted, tmux):
    ids = " ".join(f"'{hit['id']}'" for hit in haunted.json("search", "--limit", "30")["hits"])
    verbs = [f"show {one}" for one in ids.split(" ")[:4]] + [f"cite {ids}", "export", "export --format csv"]
    verbs += [
        "search",
        "search --json",
        "search nothing-$(printf '\\033]0;pwned\\007')",
        "show nothing",
        "paths",
    ]
    program = " ".join(f"'{word}'" for word in map(os.fspath, haunted.argv()))
    script = haunted.path / "script"
    script.write_text("".join(f"{program} {verb}\n" for verb in verbs) + 'echo ALL" "DONE; sleep 600\n')
    terminal = begin(haunted, tmux, "sh", "-c", f". {script}; :", "sh")
    before = held(tmux)
    terminal.wait_for("ALL DONE")
    assert held(tmux) == before


def test_what_would_change_them_does(home, tmux):
    """The proof of the two tests above: where the same bytes are just printed, title and buffer change."""
    (home.path / "evil").write_bytes(b"\x1b]52;c;cHduZWQ=\x07\x1b]2;pwned\x1b\\DONE")
    terminal = begin(home, tmux, "sh", "-c", f"sleep 1; cat {home.path / 'evil'}; sleep 600", "sh")
    terminal.wait_for("DONE")
    terminal.wait_until(lambda: "pwned" in held(tmux)[1], "a changed buffer")
    assert "pwned" in held(tmux)[2]
