"""Backups, restoring and the trash, as somebody at a shell meets them."""

import json
from pathlib import Path

import pytest

ID = "title:small-models-large-gardens-a2af194d"


@pytest.fixture
def noted(inside):
    inside.run("note", ID, "--set", "precious")
    inside.run("tag", ID, "+soil")
    return inside


def marks_of(program):
    document = program.json("show", ID)
    return document["note"], document["tags"]


def test_a_backup_says_what_is_in_it_and_where(noted):
    document = noted.json("backup")
    assert document["counts"] == {"papers": 1, "bookmarks": 0, "notes": 1, "tags": 1, "drafts": 0}
    said = noted.run("backup").stdout.decode()
    assert said.startswith("1 paper with marks, 1 note, 1 tag: backed up to ")
    listed = noted.json("backup", "--list")["backups"]
    assert document["file"] in [one["file"] for one in listed]
    assert all(one["problem"] is None for one in listed)
    assert noted.run("backup", "--list").stdout.count(b"1 paper with marks") >= 2


def test_without_backups_the_list_is_empty(program):
    assert program.json("backup", "--list", code=1) == {"backups": []}


def test_a_backup_of_ones_own_replaces_nothing_else_and_nothing_fuller(noted, listing, tmp_path):
    own = tmp_path / "own.db"
    assert noted.run("backup", "-o", own).returncode == 0
    assert noted.run("backup", "-o", own).returncode == 0
    noted.run("note", ID, "--set", "")
    noted.run("tag", ID, "-soil")
    before = own.read_bytes()
    refused = noted.run("backup", "-o", own)
    assert refused.returncode == 4
    assert b"--force" in refused.stderr
    assert own.read_bytes() == before
    page = listing.read_bytes()
    assert noted.run("backup", "-o", listing).returncode == 4
    assert listing.read_bytes() == page
    assert noted.run("backup", "-o", own, "--force").returncode == 0
    assert own.read_bytes() != before


def test_a_backup_never_takes_the_place_of_the_library(noted):
    for name in ("marks.db", "papers.db"):
        before = (noted.library / name).stat().st_ino
        refused = noted.run("backup", "--force", "-o", noted.library / "cache" / ".." / name)
        assert refused.returncode == 4
        assert (noted.library / name).stat().st_ino == before


def test_a_restore_shows_what_would_change_and_asks(noted):
    backup = noted.json("backup")["file"]
    noted.run("note", ID, "--set", "other")
    shown = noted.run("restore", "--dry-run", backup)
    assert shown.returncode == 0
    assert f"1 paper has other marks again: {ID}".encode() in shown.stdout
    refused = noted.run("restore", backup)
    assert refused.returncode == 2
    assert b"--yes" in refused.stderr
    assert marks_of(noted)[0] == "other"
    document = noted.json("restore", "--yes", backup)
    assert document["restored"]
    assert document["changed"] == [ID]
    assert marks_of(noted) == ("precious", ["soil"])
    noted.json("restore", "--yes", document["kept"])
    assert marks_of(noted)[0] == "other"


def test_a_backup_is_named_by_its_name_alone(noted):
    name = noted.json("backup")["file"].rpartition("/")[2]
    noted.run("note", ID, "--set", "other")
    assert noted.run("restore", "--yes", name).returncode == 0
    assert marks_of(noted)[0] == "precious"
    assert noted.run("restore", "marks-20990101T000000Z.db").returncode == 2


def test_a_damaged_file_is_told_with_the_way_out(noted):
    noted.run("backup")
    file = noted.library / "marks.db"
    file.write_bytes(b"garbage" * 1000)
    for verb in (["search", "small"], ["show", ID], ["bookmark", ID]):
        told = noted.run(*verb)
        assert told.returncode == 4
        assert b"papers-tui restore" in told.stderr
    assert file.read_bytes() == b"garbage" * 1000
    document = noted.json("restore", "--yes")
    assert document["now"] is None
    assert marks_of(noted) == ("precious", ["soil"])
    assert Path(document["moved_aside"]).read_bytes() == b"garbage" * 1000


@pytest.mark.parametrize("is_emptied", [False, True])
def test_missing_marks_are_not_made_anew_while_there_are_backups(noted, is_emptied):
    name = noted.json("backup")["file"].rpartition("/")[2]
    later = noted.library / "backups" / "marks-20990101T000000Z.db"
    later.write_bytes(b"no backup")
    file = noted.library / "marks.db"
    how = "empty" if is_emptied else "missing"
    file.unlink()
    if is_emptied:
        file.touch()
    for verb in (["search", "small"], ["bookmark", ID], ["restore", "--salvage", "--yes"]):
        told = noted.run(*verb)
        assert told.returncode == 4
        assert file.exists() is is_emptied
        assert (
            f"{'is empty' if is_emptied else 'is missing'}, though there are backups".encode() in told.stderr
        )
        assert f"papers-tui restore puts {name} (1 paper with marks".encode() in told.stderr
    doctor = noted.run("doctor")
    assert doctor.returncode == 4
    assert f"BAD   marks: {file} is {how}".encode() in doctor.stdout
    assert file.exists() is is_emptied
    shown = noted.run("restore", "--yes", name)
    assert shown.returncode == 0, shown.stderr
    assert (b"aside" in shown.stdout) is is_emptied
    assert marks_of(noted) == ("precious", ["soil"])


def test_a_damaged_file_is_salvaged(noted):
    file = noted.library / "marks.db"
    content = file.read_bytes()
    file.write_bytes(b"\0" * 4096 + content[4096:])
    document = noted.json("restore", "--salvage", "--yes")
    assert document["papers"] == 1
    assert marks_of(noted) == ("precious", ["soil"])
    whole = noted.run("restore", "--salvage", "--yes")
    assert whole.returncode == 2
    assert b"nothing is wrong" in whole.stderr


def test_marked_papers_are_restored_with_their_marks(noted):
    backup = noted.json("backup")["file"]
    for name in ("papers.db", "marks.db"):
        (noted.library / name).unlink()
    assert noted.json("restore", "--yes", backup)["papers_put_back"] == [ID]
    assert marks_of(noted) == ("precious", ["soil"])
    assert noted.json("search", "gardeners")["total"] == 1


def test_removed_papers_go_to_the_trash_and_come_back(noted):
    assert noted.json("remove", ID)["papers"][0]["note"] == "precious"
    assert noted.json("search", "small", code=1)["total"] == 0
    told = noted.run("show", ID)
    assert told.returncode == 1
    assert f"trash --restore {ID}".encode() in told.stderr
    (trashed,) = noted.json("trash")["trash"]
    assert trashed["paper"]["id"] == ID
    assert ID not in noted.run("export", "--format", "jsonl").stdout.decode()
    assert noted.json("undo")["undone"]
    assert marks_of(noted) == ("precious", ["soil"])
    noted.json("redo")
    noted.json("trash", "--restore", ID)
    assert marks_of(noted) == ("precious", ["soil"])
    assert noted.json("trash", code=1) == {"trash": []}
    assert noted.run("trash", "--restore", ID).returncode == 1


def test_an_import_says_what_stays_in_the_trash(noted, listing):
    noted.run("remove", ID)
    report = noted.json("import", listing)
    assert report["total"] == 2
    assert any("in the trash" in remark for remark in report["files"][0]["remarks"])


def test_the_trash_is_emptied_only_when_that_is_wanted(noted, listing):
    noted.run("remove", ID)
    assert noted.run("trash", "--empty").returncode == 2
    assert noted.json("trash")["trash"]
    assert noted.json("trash", "--empty", "--yes") == {"removed": [ID]}
    assert noted.json("import", listing)["total"] == 3
    assert marks_of(noted) == ("", [])


def test_everything_exported_is_read_back_by_a_fresh_library(noted, tmp_path):
    noted.run("mark", ID, "--rating", "4", "--reading")
    out = tmp_path / "all.jsonl"
    noted.run("export", "--format", "jsonl", "-o", out)
    noted.library = tmp_path / "fresh"
    noted.run("import", out)
    again = noted.run("export", "--format", "jsonl").stdout.decode()
    lines = out.read_text().splitlines()
    assert sorted(map(json.loads, again.splitlines()), key=str) == sorted(map(json.loads, lines), key=str)


@pytest.mark.parametrize("is_emptied", [False, True])
def test_papers_that_were_lost_come_back_with_the_first_repair_or_verb(noted, is_emptied):
    papers = noted.library / "papers.db"

    def lose():
        papers.unlink(missing_ok=True)
        if is_emptied:
            papers.touch()

    lose()
    doctor = noted.run("doctor")
    assert doctor.returncode == 4
    assert b"BAD   papers: 1 paper with marks is missing" in doctor.stdout
    assert noted.run("doctor", "--repair").returncode == 0
    assert noted.run("doctor").returncode == 0
    assert noted.json("search", "gardeners")["total"] == 1
    lose()
    told = noted.run("search", "gardeners")
    assert told.returncode == 0
    assert told.stderr.count(b"papers.db was missing, or empty: 1 paper with marks") == 1
    assert b"was missing" not in noted.run("search", "gardeners").stderr
    assert marks_of(noted) == ("precious", ["soil"])


@pytest.mark.parametrize("kind", ["text", "cut", "changed", "papers", "empty", "folder", "device"])
def test_a_file_that_is_no_backup_is_at_fault_and_not_the_library(noted, tmp_path, kind):
    file = tmp_path / "F.db"
    noted.run("backup", "-o", file)
    content = file.read_bytes()
    match kind:
        case "text":
            file.write_text("my thesis")
        case "cut":
            file.with_name("F.db.json").unlink()
            file.write_bytes(content[:8192])
        case "changed":
            file.write_bytes(content[:-9] + b"different")
        case "papers":
            file.write_bytes((noted.library / "papers.db").read_bytes())
            file.with_name("F.db.json").unlink()
        case "empty":
            file.write_bytes(b"")
            file.with_name("F.db.json").unlink()
        case "folder":
            file = tmp_path
        case "device":
            file = Path("/dev/null")
    told = noted.run("restore", "--yes", file)
    assert told.returncode == 3, told.stderr
    assert b"library is damaged" not in told.stderr
    assert str(file).encode() in told.stderr
    assert b"Nothing was changed" in told.stderr


def test_an_empty_file_that_was_put_aside_can_be_deleted(noted):
    (noted.library / "marks.db.aside-20260101T000000Z").touch()
    assert b"it is empty: it can be deleted" in noted.run("doctor").stdout


def test_a_backup_elsewhere_of_a_library_that_cannot_be_written_is_no_trouble(bound, tmp_path):
    bound.run("tag", ID, "+soil")
    bound.library.chmod(0o500)
    try:
        done = bound.run("backup", "-o", tmp_path / "own.db")
    finally:
        bound.library.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert b"read-only" not in done.stderr


def test_a_backup_of_another_library_is_told_and_not_replaced(noted, tmp_path):
    file, home = tmp_path / "F.db", noted.library
    noted.run("backup", "-o", file)
    content = file.read_bytes()
    noted.library = tmp_path / "fresh"
    assert b"another library" not in noted.run("restore", "--yes", file).stdout
    assert noted.run("backup", "-o", file).returncode == 0  # it is the same library, gone elsewhere
    file.write_bytes(content)
    file.with_name("F.db.json").unlink()
    noted.library = tmp_path / "other"
    noted.library.mkdir()
    (noted.library / "papers.db").write_bytes((home / "papers.db").read_bytes())
    noted.run("tag", ID, "+other")
    refused = noted.run("backup", "-o", file)
    assert refused.returncode == 4
    assert b"of another library" in refused.stderr
    assert file.read_bytes() == content
    assert b"a backup of another library" in noted.run("restore", "--dry-run", file).stdout
    assert noted.run("backup", "-o", file, "--force").returncode == 0
