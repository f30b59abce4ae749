"""Opening files: what they are is told by their content, and what cannot be read says why, and where."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import socket
from datetime import date
from pathlib import Path

import pytest

from papers_tui.index.errors import UnusableInput, WrongUsage
from papers_tui.index.formats import Options, Reading, Rejected, open_path, open_stream, supported_files
from papers_tui.index.formats.papers_json import JsonLines
from papers_tui.index.paper import Entry, Marks, Paper

LISTING = Path(__file__).with_name("data").joinpath("details.txt").read_bytes()
SNAPSHOT = "".join(
    json.dumps(
        {
            "id": f"2404.{number:05}",
            "title": f"Paper {number} with é",
            "authors": "A. Bee",
            "categories": "cs.CL",
            "abstract": "We do.",
            "update_date": "2024-04-08",
        },
        ensure_ascii=False,
    )
    + "\n"
    for number in range(1, 2001)
).encode()
OWN = "".join(
    JsonLines().write([Entry(Paper(id="arxiv:2404.04167", title="One", arxiv_id="2404.04167"))])
).encode()
OPTIONS = Options(today=date(2026, 3, 5))


def opened(path: Path, data: bytes, options: Options = OPTIONS) -> Reading:
    path.write_bytes(data)
    return open_path(path, options)


def titles(reading: Reading) -> list[str]:
    return [item.paper.title for item in reading.items if isinstance(item, Entry)]


@pytest.mark.parametrize("name", ["x.json", "x.gz", "x.png", "x"])
@pytest.mark.parametrize("squeeze", [bytes, gzip.compress, lzma.compress, bz2.compress])
@pytest.mark.parametrize("kind", ["listing", "arxiv-snapshot", "jsonl"])
def test_content_tells_the_format_whatever_the_name(tmp_path, name, squeeze, kind) -> None:
    data, papers = {"listing": (LISTING, 5), "arxiv-snapshot": (SNAPSHOT, 2000), "jsonl": (OWN, 1)}[kind]
    reading = opened(tmp_path / name, squeeze(data))
    assert reading.format == kind
    assert len(titles(reading)) == papers
    assert reading.bytes_read() == reading.size == (tmp_path / name).stat().st_size


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("data", [LISTING, SNAPSHOT, OWN], ids=["listing", "snapshot", "own"])
def test_byte_order_marks_and_utf16_are_understood(tmp_path, data, encoding) -> None:
    text = data.decode()
    assert titles(opened(tmp_path / "a", text.encode(encoding))) == titles(opened(tmp_path / "b", data))


def test_a_stream_is_read_like_a_file_and_left_open() -> None:
    stream = io.BytesIO(gzip.compress(LISTING))
    reading = open_stream(stream, OPTIONS)
    entries = [item for item in reading.items if isinstance(item, Entry)]
    assert len(entries) == 5
    assert entries[0].paper.sources == ("listing:-",)
    assert (reading.path, reading.size) == (None, None)
    assert not stream.closed


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b" \n\r\n\t", "blanks"),
        (b"\xef\xbb\xbf", "blanks"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"PK\x03\x04\x14\0\0\0", "zip"),
        (b"SQLite format 3\0" + bytes(84), "SQLite"),
        (bytes(range(256)) * 8, "not text"),
        (b"<!DOCTYPE html>\n<html></html>", "HTML"),
        (b"Just some words.\n", "no papers"),
        (b'{"a": 1}\n{"b": 2}\n', "no papers"),
        (b"\x1f\x8b\x08\0", "end early"),
        (b"\xfd7zXZ\0nonsense that is no xz", "damaged"),
    ],
)
def test_what_is_no_paper_is_refused_with_a_reason(tmp_path, data, why) -> None:
    with pytest.raises(UnusableInput, match=why) as caught:
        list(opened(tmp_path / "x", data).items)
    assert caught.value.where == "file"
    assert caught.value.detected is None


def test_files_that_are_none_are_refused_without_a_wait(tmp_path) -> None:
    os.mkfifo(tmp_path / "fifo")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "socket"))
    with server:
        for path, why in [
            (tmp_path / "missing", "no such file"),
            (tmp_path, "directory"),
            (tmp_path / "fifo", "pipe"),
            (tmp_path / "socket", "socket"),
            (Path("/dev/null"), "device"),
            (Path("nul\0l"), "cannot be read"),
        ]:
            with pytest.raises(UnusableInput, match=why):
                open_path(path, OPTIONS)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path) -> None:
    path = tmp_path / "x"
    path.write_bytes(LISTING)
    path.chmod(0)
    with pytest.raises(UnusableInput, match="permission"):
        open_path(path, OPTIONS)


def test_another_encoding_is_refused_with_its_place_and_read_when_named(tmp_path) -> None:
    text = LISTING.decode().replace("Small Talk", "Café Talk")
    line = text[: text.index("•")].count("\n") + 1
    data = text.encode("cp1252")
    with pytest.raises(UnusableInput, match="UTF-8") as caught:
        opened(tmp_path / "x", data)
    assert (caught.value.where, caught.value.detected) == (f"line {line}", "listing")
    assert "--encoding" in caught.value.remedy
    assert "Café Talk" in titles(open_path(tmp_path / "x", Options(encoding="cp1252")))
    with pytest.raises(WrongUsage, match="klingon"):
        open_path(tmp_path / "x", Options(encoding="klingon"))
    with pytest.raises(WrongUsage):
        open_path(tmp_path / "x", Options(encoding="hex"))


@pytest.mark.parametrize(
    ("place", "damaged", "byte", "lost"),
    [
        (b"Small Talk", b"Caf\xe9 Talk", "0xE9", "Small Talk"),
        (b"chats help", b"chats\x92 help", "0x92", "Small Talk"),
        ("• 74".encode(), b"\x95 74", "0x95", "Small Talk"),
        (b"74 authors", b"74\xa0authors", "0xA0", "Small Talk"),
        ("•".encode(), b"\xe2\x80", "0xE2", "How Many Pages Does a Reader Need?"),
        (b"harbourlab", b"harbour\xff", "0xFF", "River-2B Technical Report"),
        (b"Dec 31", b"Dec 3\xb9", "0xB9", "Small Talk"),
    ],
)
def test_a_listed_paper_with_a_byte_that_is_no_text_is_rejected_and_the_rest_read(
    tmp_path, place, damaged, byte, lost
) -> None:
    data = LISTING.replace(place, damaged, 1)
    reading = opened(tmp_path / "x", data)
    items = list(reading.items)
    assert reading.format == "listing"
    assert [item.where for item in items if isinstance(item, Rejected)] == [
        f"line {LISTING[: LISTING.index(place)].count(10) + 1}"
    ]
    (why,) = (item.why for item in items if isinstance(item, Rejected))
    assert byte in why
    assert "--encoding" in why
    whole = [item for item in opened(tmp_path / "y", LISTING).items if isinstance(item, Entry)]
    kept = [item.paper.title for item in whole if item.paper.title != lost]
    assert [item.paper.title for item in items if isinstance(item, Entry)] == kept
    assert "\ufffd" not in str(items)


def test_bytes_that_are_no_text_outside_papers_are_no_matter(tmp_path) -> None:
    data = LISTING.replace(b"new\n", b"new\n\xff\n", 1) + b"\nTerms\n\xa9 2025 a site\n"
    assert titles(opened(tmp_path / "x", data)) == titles(opened(tmp_path / "y", LISTING))
    assert not [item for item in opened(tmp_path / "x", data).items if isinstance(item, Rejected)]


def test_a_source_s_own_replacement_characters_are_kept(tmp_path) -> None:
    data = LISTING.replace(b"Small Talk", "Caf\ufffd Talk".encode())
    assert "Caf\ufffd Talk" in titles(opened(tmp_path / "x", data))


@pytest.mark.parametrize("ending", ["\n", "\n\nTerms\n", ""])
def test_an_odd_byte_at_the_end_of_utf16_is_told_and_the_rest_read(tmp_path, ending) -> None:
    text = LISTING.decode().rstrip("\n") + ending
    items = list(opened(tmp_path / "x", text.encode("utf-16") + b"\x41").items)
    (told,) = (item for item in items if isinstance(item, Rejected))
    assert told.where == f"line {text.count(chr(10)) + 1}"
    assert "0x41" in told.why
    papers = [item for item in items if isinstance(item, Entry)]
    assert len(papers) == 5 if ending else 4  # without a line's end the byte is the last paper's


def test_a_listing_of_which_every_paper_is_damaged_is_one_still(tmp_path) -> None:
    text = "Daily Papers\n\nTitle of a Paper\n\nWe try caf\xe9s and find that they are open all day long.\n"
    reading = opened(tmp_path / "x", text.encode("cp1252"))
    assert [item.where for item in reading.items if isinstance(item, Rejected)] == ["line 5"]


def test_a_line_that_is_not_utf8_is_rejected_and_the_rest_read(tmp_path) -> None:
    lines = SNAPSHOT.split(b"\n")
    lines[2] = lines[2].replace("é".encode(), b"\xe9")
    items = list(opened(tmp_path / "x", b"\n".join(lines)).items)
    assert [item.where for item in items if isinstance(item, Rejected)] == ["line 3"]
    assert len(items) == 2000


@pytest.mark.parametrize("squeeze", [gzip.compress, lzma.compress, bz2.compress])
@pytest.mark.parametrize(("data", "kind"), [(LISTING * 40, "listing"), (SNAPSHOT, "arxiv-snapshot")])
def test_a_cut_file_gives_what_could_be_read_then_its_damage(tmp_path, squeeze, data, kind) -> None:
    packed = squeeze(os.urandom(3000).hex().encode() + b"\n" + data if kind == "arxiv-snapshot" else data)
    reading = None
    found, error = [], None
    try:
        reading = opened(tmp_path / "x", packed[: len(packed) - 9])
        found.extend(reading.items)
    except UnusableInput as caught:
        error = caught
    assert error is not None
    if reading is not None:
        assert error.detected == reading.format == kind
        assert error.where.startswith("line ")
        assert "early" in error.message


def test_damage_in_the_middle_keeps_what_came_before(tmp_path) -> None:
    packed = bytearray(gzip.compress(SNAPSHOT, 1))
    packed = packed[: len(packed) * 3 // 4]
    reading = opened(tmp_path / "x", bytes(packed))
    found = []
    with pytest.raises(UnusableInput) as caught:
        found.extend(reading.items)
    assert 100 < len(found) < 2000
    assert caught.value.where == f"line {len(found) + 1}"
    assert caught.value.detected == "arxiv-snapshot"


def test_streams_that_follow_one_another_are_one(tmp_path) -> None:
    half = SNAPSHOT.index(b'{"id": "2404.01000"')
    data = gzip.compress(SNAPSHOT[:half]) + gzip.compress(SNAPSHOT[half:]) + bytes(512)
    assert len(titles(opened(tmp_path / "x", data))) == 2000


def test_a_bomb_is_rejected_by_its_line(tmp_path) -> None:
    bomb = b'{"title": "' + b"a" * (40 << 20) + b'"}\n'
    items = list(
        opened(tmp_path / "x", gzip.compress(SNAPSHOT + b"\n" * (20 << 20) + bomb + OWN.rstrip())).items
    )
    assert [item.where for item in items if isinstance(item, Rejected)] == [
        f"line {2001 + (20 << 20)}",
        f"line {2002 + (20 << 20)}",
    ]
    assert len(items) == 2002


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"title": ' * 50_000,
        '{"title": "x", "id": "2404.04167", "comments": ' + "9" * 5000 + "}",
        '{"title": "x", "id": "2404.04167", "comments": NaN}',
        '{"title": "x", "id": "2404.04167", "comments": -Infinity}',
        '{"title": "x", "id": "2404.04167", "comments": 1e400}',
        '{"title": "cut off',
        "null",
        '"text"',
        "[]",
        "7",
        '{"id": "2404.04167"}',
        '{"title": null, "id": "2404.04167"}',
        '{"title": ["x"], "id": "2404.04167"}',
        '{"title": "only a title"}',
    ],
)
def test_hostile_lines_are_rejected_and_the_rest_is_read(tmp_path, line) -> None:
    items = list(opened(tmp_path / "x", OWN + line.encode() + b"\n\n" + OWN.rstrip()).items)
    assert [type(item) for item in items] == [Entry, Rejected, Entry]
    assert items[1].where == "line 2"
    assert items[1].why


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "wrap", [lambda paper: paper, lambda paper: [paper], lambda paper: {"total": 1, "hits": [paper]}]
)
def test_one_document_of_papers_is_read_too(tmp_path, indent, wrap) -> None:
    document = json.dumps(wrap(json.loads(OWN)), indent=indent)
    assert titles(opened(tmp_path / "x", document.encode())) == ["One"]


def test_a_damaged_document_has_its_format_and_place(tmp_path) -> None:
    document = json.dumps([json.loads(OWN)], indent=2)
    with pytest.raises(UnusableInput) as caught:
        opened(tmp_path / "x", document[:-5].encode())
    assert caught.value.detected == "jsonl"
    assert caught.value.where.startswith("line ")


@pytest.mark.parametrize("title", ["[Re] A Reproduction of Things", "{Curly}: A Paper of Braces"])
def test_a_listing_that_begins_like_json_is_a_listing(tmp_path, title) -> None:
    text = f"{title}\n\nWe reproduce a result. It holds.\n\nOther Title\n\nWe do something else. It fails.\n"
    assert titles(opened(tmp_path / "x", text.encode())) == [title, "Other Title"]


def test_a_format_may_be_forced_and_must_exist(tmp_path) -> None:
    text = b"# Title\n\nWe do it.\n"
    assert titles(opened(tmp_path / "x", text, Options(format="listing"))) == ["# Title"]
    assert all(
        isinstance(item, Rejected) for item in open_path(tmp_path / "x", Options(format="jsonl")).items
    )
    with pytest.raises(WrongUsage, match="papyrus"):
        open_path(tmp_path / "x", Options(format="papyrus"))


def test_a_directory_is_walked_for_what_can_be_read(tmp_path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name, data in {
        "b/z.json": LISTING,
        "a.txt": OWN,
        "c.gz": gzip.compress(SNAPSHOT),
        "readme.md": b"# Read me\n\nThis is a project. It works.\n",
        "pic.png": b"\x89PNG\r\n\x1a\n",
        "empty": b"",
        ".hidden": OWN,
        ".git/x": OWN,
    }.items():
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "fifo")
    assert supported_files(tmp_path) == [tmp_path / "a.txt", tmp_path / "c.gz", tmp_path / "b/z.json"]
    assert supported_files(tmp_path / "pic.png") == [tmp_path / "pic.png"]
    (tmp_path / "empties").mkdir()
    with pytest.raises(UnusableInput, match="no file"):
        supported_files(tmp_path / "empties")


def test_names_of_files_are_clean_in_sources(tmp_path) -> None:
    reading = opened(tmp_path / "a\x1b[31m\n b.txt", LISTING)
    assert {item.paper.sources for item in reading.items if isinstance(item, Entry)} == {("listing:a b.txt",)}


def test_marks_come_back(tmp_path) -> None:
    entry = Entry(
        Paper(id="arxiv:2404.04167", title="One", arxiv_id="2404.04167"), Marks(bookmarked=True, note="x\n y")
    )
    assert list(opened(tmp_path / "x", "".join(JsonLines().write([entry])).encode()).items) == [entry]
