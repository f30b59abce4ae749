"""A library of strangers' papers, each field of which would act on a terminal, and who looks at it."""

import json
import re
import sqlite3
from contextlib import closing

import pytest

MARK = "pwned"
PAYLOADS = (
    f"\x1b]52;c;{MARK}\x07\x1b]0;{MARK}\x1b\\\x1b]2;{MARK}\x07\x1b[31m{MARK}\x1b[2J"
    f"\x9b31m\x9d0;{MARK}\x9c\x1bP{MARK}\x1b\\\x1b_{MARK}\x1b\\\x00\x07\x08\x7f\u202e\u2066\u200b\ufeff"
)
MARKUP = "[@click=app.quit]quit[/] [/] [link=file:///etc/passwd]x[/] [bold red]b"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


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
TWIN = {
    **OWN,
    "id": "doi:10.1000/twin",
    "title": evil("Xerus") + " again",
    "doi": "10.1000/twin" + PAYLOADS,
    "arxiv_id": None,
    "note": evil("Another note"),
}
"""What may be the same paper, or not."""

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
def evil_text():
    """Return a text with the word that holds whatever might act."""
    return evil


@pytest.fixture
def haunted(home):
    """A library of hostile papers from files with hostile names, in a directory with one."""
    home.library = home.path / "library\x1b]2;pwned\x07\x9d0;pwned\x9c"
    folder = home.path / "files"
    folder.mkdir()
    (folder / "snapshot\x1b]0;pwned\x07.jsonl").write_text("\n".join(map(json.dumps, RECORDS)))
    (folder / "own [red]\n.jsonl").write_text(f"{json.dumps(OWN)}\n{json.dumps(TWIN)}\n")
    (folder / "page.txt").write_text(LISTING, errors="replace")
    for name, record in BIBLIOGRAPHIES.items():
        texts = [evil(f"{name[5:].title()}{number}").replace("\n", " ") for number in range(8)]
        text = (record % tuple(texts)).translate(NOT_OF_TEXTS)
        (folder / name).write_text(text, errors="replace")
    home.imported = home.run("import", folder)
    assert home.json("search", "--limit", "9")["total"] >= 8
    home.run("backup")
    poison(home.library / "marks.db")
    return home


def poison(marks):
    """Write into the marks, behind the program's back, what it would have cleaned."""
    with closing(sqlite3.connect(marks)) as database, database:
        database.execute("UPDATE OR REPLACE tag SET name = ?", ["tag\x1b]2;pwned\x07\x9b31m\u202e"])
        for table, column in {"mark": "note", "step": "label", "setting": "value"}.items():
            database.execute(f"UPDATE {table} SET {column} = {column} || ? WHERE {column} <> ''", [PAYLOADS])


@pytest.fixture
def look_everywhere():
    """Return what opens every dialog on a hostile paper, marks it, and reads it to its end."""

    def look(home, browser):
        browser.wait_for("Search")
        browser.type("zebra long")
        browser.wait_for("1 of ")
        browser.type("\r")
        browser.wait_for("read on")
        for keys, shown in DIALOGS.items():
            browser.type(keys)
            browser.wait_for(shown)
            browser.type("\x1b")
            browser.wait_without(shown)
        browser.type("z")
        browser.wait_for("similar to")
        browser.type("\x1b")
        browser.wait_without("similar to")
        cite(browser)
        trash(browser)
        browser.type("b")
        browser.wait_for("★")
        browser.type("\r")
        browser.wait_for("esc")
        browser.type("G")
        browser.type("u")
        browser.wait_without("★ bookmarked")

    return look


DIALOGS = {
    "t": "─ Tags ─",
    "m": "Note: ",
    "s": "Sort by",
    "?": "─ Help ─",
    "f": "─ Filter ",
    "O": "─ Open ─",
    "e": "─ Edit: ",
    ":duplicates\r": "One paper or two?",
    ":bind\r": "Bind this search",
    ":export\r": "to a file ─",
}
"""Keys, and what then is shown until esc."""


def cite(browser):
    """Look at a reference in each form, and at the whole text."""
    browser.type("y")
    browser.wait_for("Cite: ")
    browser.type("\x1b[B" * 5)
    browser.wait_for("f as HTML")
    for form in ("Markdown", "plain text", "HTML"):
        browser.type("f")
        browser.wait_for(f"f as {form}")
    browser.type("s")
    browser.wait_for("Copy it from here")
    browser.type("\x1b")
    browser.wait_without("Copy it from here")
    browser.type("\x1b")
    browser.wait_without("Cite: ")


def trash(browser):
    """Remove the paper, and bring it back."""
    browser.type("\x1b[3~")
    browser.wait_for("0 of ")
    browser.type(":trash\r")
    browser.wait_for("─ Trash ─", "Zebra")
    browser.type("\r")
    browser.wait_for("1 of ")
