"""The doctor finds what is wrong, says what to do, mends what it can, and changes nothing unasked."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from papers_tui.index.note_files import Place, open_note_file

ID = "title:small-models-large-gardens-a2af194d"


@pytest.fixture
def noted(inside):
    inside.run("note", ID, "--set", "precious")
    return inside


def found(program, *options, code=0):
    document = program.json("doctor", *options, code=code)
    assert document["problems"] == sum(
        one["level"] == "problem" and not one["mended"] for one in document["findings"]
    )
    return document["findings"]


def problems(findings):
    return {one["check"] for one in findings if one["level"] == "problem"}


def of(findings, check):
    return [one for one in findings if one["check"] == check]


def content(program):
    files = [path for path in program.library.rglob("*") if path.is_file() and "cache" not in path.parts]
    return {path: path.read_bytes() for path in files}


def test_nothing_is_wrong_with_a_good_library(noted):
    before = content(noted)
    findings = found(noted)
    assert not problems(findings)
    checks = {
        "permissions",
        "space",
        "marks",
        "papers",
        "index",
        "versions",
        "settings",
        "clipboard",
        "editor",
    }
    assert checks <= {one["check"] for one in findings}
    assert content(noted) == before


def test_it_works_where_there_is_no_library_yet(program):
    assert not problems(found(program))
    assert not program.library.exists()


def test_permissions_are_told_and_closed(noted):
    noted.run("backup")
    (noted.library / "marks.db").chmod(0o644)
    noted.library.chmod(0o777)
    assert "permissions" in problems(found(noted, code=4))
    mended = of(found(noted, "--repair"), "permissions")
    assert all(one["mended"] for one in mended)
    assert (noted.library / "marks.db").stat().st_mode & 0o777 == 0o600
    assert noted.library.stat().st_mode & 0o777 == 0o700
    assert not problems(found(noted))


def test_damaged_marks_are_told_and_saved(noted):
    noted.run("backup")
    file = noted.library / "marks.db"
    file.write_bytes(b"\0" * 4096 + file.read_bytes()[4096:])
    (told,) = of(found(noted, code=4), "marks")
    assert "damaged" in told["message"]
    assert "restore" in told["remedy"]
    assert of(found(noted, "--repair"), "marks")[0]["mended"]
    assert noted.json("show", ID)["note"] == "precious"
    assert of(found(noted), "leftovers")


def test_damaged_papers_are_saved_and_marked_ones_come_back(noted):
    file = noted.library / "papers.db"
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'title_paper'"
        page = connection.execute(query).fetchone()[0] - 1
    whole = file.read_bytes()
    file.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
    assert "papers" in problems(found(noted, code=4))
    found(noted, "--repair")
    assert noted.json("search", "gardeners")["total"] == 1
    assert noted.json("search", "")["total"] == 3
    file.write_bytes(b"\0" * len(whole))
    found(noted, "--repair")
    assert noted.json("show", ID)["note"] == "precious"
    assert noted.json("search", "gardeners")["total"] == 1


def test_a_damaged_index_is_built_anew(noted):
    noted.run("backup")
    files = [path for path in (noted.library / "cache").rglob("*") if path.name != "lock" and path.is_file()]
    largest = max(files, key=lambda path: path.stat().st_size)
    times = largest.stat()
    whole = bytearray(largest.read_bytes())
    whole[len(whole) // 2] ^= 255
    largest.write_bytes(whole)
    os.utime(largest, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert problems(found(noted, code=4)) == {"index"}
    assert of(found(noted, "--repair"), "index")[0]["mended"]
    assert not problems(found(noted))


def test_lost_marks_are_not_taken_for_none(noted):
    noted.run("backup")
    (noted.library / "marks.db").unlink()
    (told,) = of(found(noted, code=4), "marks")
    assert "restore" in told["remedy"]
    assert "1 paper" in told["remedy"]


def test_a_damaged_backup_is_told(noted):
    noted.run("backup")
    for backup in (noted.library / "backups").glob("*.db"):
        backup.write_bytes(backup.read_bytes()[:-1] + b"x")
    told = of(found(noted, code=4), "backups")
    assert any("checksum" in one["message"] for one in told)
    assert any(one["mended"] for one in of(found(noted, "--repair", code=4), "backups"))
    assert noted.run("restore", "--dry-run").returncode == 0


def test_a_synced_folder_is_told(noted, tmp_path):
    synced = tmp_path / "Dropbox" / "library"
    shutil.copytree(noted.library, synced)
    noted.library = synced
    (told,) = of(found(noted, code=4), "sharing")
    assert "Dropbox" in told["message"]
    assert "--data-dir" in told["remedy"]


def test_notes_in_files_are_told(noted):
    place = Place(noted.library, ID, "A paper", 0)
    open_note_file(place, "half a thought", is_kept=False).release()
    swapped = open_note_file(replace(place, paper_id=f"{ID}x"), "as it was", is_kept=True)
    (swapped.path.parent / ".swap").touch()
    swapped.release()
    half, in_a_file, cut_off = of(found(noted), "drafts")
    assert ID in half["message"]
    assert "no backup" in in_a_file["message"]
    assert in_a_file["can_be_mended"]
    assert f"{ID}x" not in half["message"]
    assert ".swap" in cut_off["message"]
    assert f"papers-tui note {ID}x --edit" in cut_off["remedy"]


def test_drafts_are_told(noted):
    with closing(sqlite3.connect(noted.library / "marks.db")) as connection, connection:
        connection.execute(
            "INSERT INTO draft VALUES (?, '', 'half a thought', '2026-01-01T00:00:00Z', 0)", (ID,)
        )
    (told,) = [one for one in of(found(noted, "--repair"), "drafts") if ID in one["message"]]
    assert told["level"] == "note"


def test_it_is_told_in_words(noted):
    told = noted.run("doctor").stdout.decode()
    assert "marks.db is whole: 1 paper with marks, 1 note" in told
    assert "ok  " in told


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_that_cannot_be_read_is_told(noted):
    noted.library.chmod(0)
    told = of(found(noted, code=4), "places")
    noted.library.chmod(0o700)
    assert any("cannot be read" in one["message"] for one in told)
