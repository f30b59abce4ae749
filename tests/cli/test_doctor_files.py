"""The doctor on files of others, or of other versions, closed or left over: named, and left alone."""

import os
import shlex
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from papers_tui.index import places

ID = "title:small-models-large-gardens-a2af194d"
STORES = ["marks.db", "papers.db"]


@pytest.fixture
def noted(inside):
    inside.run("note", ID, "--set", "precious")
    return inside


def found(program, *options, code=0):
    return program.json("doctor", *options, code=code)["findings"]


def of(findings, check, level="problem"):
    return [one for one in findings if (one["check"], one["level"]) == (check, level)]


def alter(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def state(folder, names="*"):
    return {
        path: (path.lstat().st_mode, path.lstat().st_mtime_ns, path.is_file() and path.read_bytes())
        for path in folder.glob(names)
    }


@pytest.mark.parametrize("name", STORES)
@pytest.mark.parametrize("what", ["a database of another program", "a text file"])
def test_a_file_of_somebody_else_is_named_and_neither_mended_nor_closed(noted, name, what):
    file = noted.library / name
    file.unlink()
    if what == "a text file":
        file.write_text("my thesis")
    else:
        alter(file, "CREATE TABLE moz (x)")
    file.chmod(0o644)
    before = state(noted.library, f"{name}*")
    for options in ((), ("--repair",)):
        findings = found(noted, *options, code=4)
        (told,) = of(findings, name.removesuffix(".db"))
        assert what in told["message"]
        assert "Move" in told["remedy"]
        assert not told["can_be_mended"]
        assert not of(findings, "permissions")
        assert state(noted.library, f"{name}*") == before
    told = noted.run("search", "gardens")
    assert told.returncode == 4
    assert what in told.stderr.decode()
    assert "damaged" not in told.stderr.decode()


def test_an_empty_file_of_which_there_are_backups_is_not_filled_unasked(noted):
    noted.run("backup")
    file = noted.library / "marks.db"
    file.write_bytes(b"")
    findings = found(noted, "--repair", code=4)
    (told,) = of(findings, "marks")
    assert "is empty" in told["message"]
    assert "papers-tui restore" in told["remedy"]
    assert file.read_bytes() == b""
    assert noted.run("restore", "--yes").returncode == 0
    assert noted.json("show", ID)["note"] == "precious"
    assert any("put aside" in one["message"] for one in of(found(noted), "leftovers", "note"))


@pytest.mark.parametrize("name", STORES)
def test_a_newer_file_is_said_to_be_read_only_and_what_to_install(noted, name):
    alter(noted.library / name, "PRAGMA user_version = 99")
    before = state(noted.library, f"{name}*")
    (told,) = of(found(noted, "--repair", code=4), name.removesuffix(".db"))
    assert "version 99" in told["message"]
    assert "read only" in told["message"]
    assert "pip install --upgrade papers-tui" in told["remedy"]
    refused = noted.run("tag", ID, "+new")
    assert refused.returncode == 4
    assert refused.stderr.decode().count("version 99") == 1
    assert "Nothing was changed. Install the newest" in refused.stderr.decode()
    shown = noted.run("show", ID)
    assert shown.returncode == 0
    assert shown.stderr.decode().count("version 99") == 1
    assert "pip install" in shown.stderr.decode()
    assert state(noted.library, f"{name}*") == before


def test_looking_upgrades_nothing_and_makes_nothing(noted):
    alter(noted.library / "papers.db", "PRAGMA user_version = 1")
    (noted.library / "marks.db").write_bytes(b"")
    before = state(noted.library)
    findings = found(noted)
    assert any("of version 1" in one["message"] for one in of(findings, "papers", "note"))
    assert state(noted.library) == before


@pytest.mark.parametrize("name", STORES)
def test_a_file_that_may_not_be_read_is_told_once_with_the_command_that_mends_it(bound, name):
    bound.run("tag", ID, "+new")
    file = bound.library / name
    file.chmod(0)
    findings = found(bound, code=4)
    (told,) = [one for one in findings if one["level"] == "problem"]
    assert told["message"] == f"{file} may not be read"
    refused = bound.run("show", ID)
    assert refused.returncode == 4
    command = told["remedy"]
    assert command in refused.stderr.decode()
    subprocess.run(shlex.split(command), check=True)
    found(bound)
    assert bound.json("show", ID)["tags"] == ["new"]


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o600, 0o500])
def test_a_folder_with_too_few_rights_is_told_once_with_the_command_that_mends_it(bound, mode):
    bound.library.chmod(mode)
    try:
        findings = found(bound, code=4)
        (told,) = [one for one in findings if one["level"] == "problem"]
        assert str(bound.library) in told["message"]
        assert f"may not be {'written' if mode == 0o500 else 'read'}" in told["message"]
        command = told["remedy"].split(";")[0]
        if mode != 0o300:  # without the right to list it, it can be used all the same
            refused = bound.run("tag", ID, "+new")
            assert refused.returncode == 4
            assert command in refused.stderr.decode()
        subprocess.run(shlex.split(command), check=True)
        found(bound)
    finally:
        bound.library.chmod(0o700)


def test_a_folder_above_that_may_not_be_entered_is_named(bound):
    above = bound.home / "above"
    above.mkdir()
    bound.library = bound.library.rename(above / "library")
    above.chmod(0)
    try:
        (told,) = found(bound, code=4)[:1]
        assert told["message"] == f"{above} may not be entered"
        assert f"chmod u+x {above}" in told["remedy"]
        refused = bound.run("search", "")
        assert refused.returncode == 4
        assert f"chmod u+x {above}" in refused.stderr.decode()
    finally:
        above.chmod(0o700)


@pytest.mark.parametrize("what", ["file", "link"])
def test_what_is_in_the_place_of_the_index_is_told_and_put_aside(noted, what):
    noted.run("backup")
    place = noted.library / "cache" / "index"
    shutil.rmtree(place)
    if what == "file":
        place.write_text("precious")
    else:
        place.symlink_to(noted.home / "nowhere")
    (told,) = of(found(noted, code=4), "index")
    assert f"is a {what}" in told["message"]
    (mended,) = of(found(noted, "--repair"), "index")
    assert mended["mended"]
    assert any("index.aside-" in one["message"] for one in of(found(noted), "leftovers", "note"))
    assert noted.json("search", "gardeners")["total"] == 1


def test_a_cache_that_is_no_folder_is_told(noted):
    shutil.rmtree(noted.library / "cache")
    (noted.library / "cache").write_text("precious")
    (told,) = of(found(noted, code=4), "index")
    assert "--cache-dir" in told["remedy"]


def test_marked_papers_that_are_gone_are_told_and_put_back(noted):
    noted.run("backup")
    (noted.library / "papers.db").unlink()
    told = of(found(noted, code=4), "papers")[-1]
    assert "1 paper with marks is missing" in told["message"]
    assert of(found(noted, "--repair"), "papers")[-1]["mended"]
    assert noted.json("search", "gardeners")["total"] == 1
    assert noted.json("show", ID)["note"] == "precious"
    found(noted)


def test_what_an_upgrade_has_left_is_told_and_goes_once_it_is_not_needed(noted):
    copy = noted.library / "papers.db.v1.bak"
    copy.write_bytes(bytes(3 << 20))
    copy.with_name("papers.db.v1.bak.json").write_text("{}")
    for path in noted.library.glob("papers.db.*"):
        path.chmod(0o600)
    (told,) = of(found(noted), "leftovers", "note")
    assert "3 MB" in told["message"]
    noted.run("search", "")
    assert copy.exists()
    week = time.time() - 8 * 86400
    whole = (noted.library / "papers.db").read_bytes()
    os.utime(copy, (week, week))
    (noted.library / "papers.db").write_bytes(whole[: len(whole) // 8192 * 4096])
    noted.run("search", "")
    assert copy.exists(), "it went though the file is damaged"
    (noted.library / "papers.db").write_bytes(whole)
    noted.run("search", "")
    assert not copy.exists()
    assert not copy.with_name("papers.db.v1.bak.json").exists()


def test_repair_removes_what_an_upgrade_has_left(noted):
    copy = noted.library / "marks.db.v1.bak"
    copy.write_bytes(b"old marks")
    copy.chmod(0o600)
    (mended,) = of(found(noted, "--repair"), "leftovers", "note")
    assert mended["mended"]
    assert not copy.exists()


@pytest.mark.parametrize(("free", "level"), [(64 << 20, "ok"), ((64 << 20) - 1, "problem")])
def test_little_space_is_told(noted, monkeypatch, free, level):
    monkeypatch.setattr(places, "free_bytes", lambda folder: free)
    told = of(found(noted, code=4 if level == "problem" else 0), "space", level)
    assert {one["message"].split(" for ")[1] for one in told} == {"the library", "the index"}
    assert all(("free some space" in (one["remedy"] or "")) == (level == "problem") for one in told)


def test_a_network_disk_is_told(noted, monkeypatch):
    monkeypatch.setattr(places, "file_system", lambda *_: "nfs4")
    (told,) = of(found(noted), "sharing", "note")
    assert "network disk (nfs4)" in told["message"]
    assert "--data-dir" in told["remedy"]
