"""No byte of a stranger's paper acts on the terminal from any verb."""

import json
import re
import subprocess
import sys

from papers_tui.index.cite import STYLES
from papers_tui.index.formats.exports import EXPORT_FORMATS

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def assert_harmless(output):
    text = output.decode()
    found = CONTROLS.search(text)
    assert not found, text[max(0, found.start() - 60) : found.end() + 60]


def reading(ids, evil):
    yield from (["search", "zebra"], ["search", "--explain", evil("x")], ["search", "--json", evil("x")])
    for one in ids:
        yield from (["show", one], ["show", "--json", one])
    yield from (["tag"], ["note", ids[0]], ["similar", ids[0]], ["reindex"], ["paths"], ["keys"])
    yield from (["show", evil("no-such-id")], ["import", evil("no-such-file")])
    yield from (["doctor"], ["doctor", "--json"], ["doctor", "--repair"])


def citing(ids, evil, folder):
    yield from (["cite", *ids, "--style", style] for style in [*STYLES, evil("style")])
    yield from (["export", "--format", name] for name in [*EXPORT_FORMATS, evil("format")])
    yield ["export", "-o", f"{folder}/{named(evil, 'f')}.csv"]
    bound = f"{folder}/{named(evil, 'b')}.bib"
    yield from (["bind", evil("q"), "-o", bound], ["bind", "has:note", "-o", bound, "--force"])
    yield from (["bind"], ["bind", "--list"], ["bind", "--json", "--list"], ["bind", "--refresh"])
    yield ["bind", "--remove", bound]


def marking(ids, evil):
    yield from (
        ["tag", *ids, "+" + evil("t")],
        ["tag", *ids, "+fine"],
        ["bookmark", *ids],
        ["undo"],
        ["redo"],
    )
    yield from (["note", ids[0], "--set", evil("n")], ["mark", *ids, "--read"], ["edit", ids[0]])
    for field in ("title", "authors", "venue", "date", "doi", evil("field")):
        yield ["edit", ids[0], "--set", f"{field}={evil(field)}"]
    yield from (["edit", "--json", ids[0]], ["edit", ids[0], "--unset", "title"], ["undo"])


def keeping(ids, pair, evil, folder):
    yield from (["duplicates"], ["duplicates", "--json"], ["merge", *ids[1:3]], ["undo"])
    yield from (["merge", *pair], ["merge", "--undo", pair[0]], ["merge", "--not", *pair])
    yield from (["remove", ids[1]], ["trash"], ["trash", "--json"], ["trash", "--restore", ids[1]])
    yield from (["trash", "--restore", evil("x")], ["remove", ids[2]], ["trash", "--empty", "--yes"])
    backup = f"{folder}/{named(evil, 'm')}.db"
    yield from (["backup"], ["backup", "-o", backup], ["backup", "--list"], ["backup", "--json", "--list"])
    yield from (
        ["restore", evil("no-such-backup")],
        ["restore", "--dry-run"],
        ["restore", "--dry-run", backup],
    )
    yield from (["restore", "--yes", backup], ["restore", "--salvage", "--yes"], ["search", "zebra"])


def named(evil, word):
    """Return a file's name that would act, as long as names may be."""
    return evil(word).replace("/", "")[:60]


def test_no_verb_lets_a_byte_through(haunted, evil_text):
    ids = [hit["id"] for hit in haunted.json("search", "--limit", "9")["hits"]]
    pair = haunted.json("duplicates")["pairs"][0]
    verbs = [
        *reading(ids, evil_text),
        *citing(ids, evil_text, haunted.path),
        *marking(ids, evil_text),
        *keeping(ids, [pair["one"]["id"], pair["other"]["id"]], evil_text, haunted.path),
    ]
    assert_harmless(haunted.imported.stdout + haunted.imported.stderr)
    out, err = run_all(haunted, [list(map(passable, verb)) for verb in verbs])
    assert_harmless(out.replace(b"\r\n", b"\n") + err)
    assert b"Traceback" not in err
    said = (out + err).decode()
    for shown in (
        "taken apart: ",
        "1 pair; ",
        "kept apart: ",
        "backed up to",
        "out of the trash",
        "gone for good",
    ):
        assert shown in said, shown
    for verb in ["show", ids[0]], ["trash"], ["doctor"], ["duplicates"], ["search", passable(evil_text("x"))]:
        json.loads(haunted.run(verb[0], "--json", *verb[1:], code=None).stdout)


def passable(word):
    """Return a word as a shell can hand it on."""
    return word.replace("\x00", "").replace("\ud800", "")


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
