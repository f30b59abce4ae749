"""Names that people give and strangers choose: each is one file's trouble, and none of them does harm."""

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

PAPER = {"id": "arxiv:2404.04167", "title": "One", "abstract": "We do.", "arxiv_id": "2404.04167"}


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paper.jsonl"
    path.write_text(json.dumps(PAPER))
    return path


@pytest.mark.parametrize("name", ["x" * 300, "d/" * 3000 + "x", "loop", "dangling", "pipe", "/dev/zero"])
def test_a_name_that_cannot_be_read_is_one_files_trouble(program, paper, tmp_path, name):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    report = program.json("import", tmp_path / name, paper, code=3)
    assert [file["read"] for file in report["files"]] == [0, 1]
    assert report["files"][0]["rejected"][0]["where"] == "file"


@pytest.mark.parametrize(
    "name", ["-x.jsonl", "CON", "a b $(id) `id`;id", "[red]x[bold]", os.fsdecode(b"n\xff\xfe.jsonl")]
)
def test_an_odd_name_is_read_like_any_other(program, paper, tmp_path, name):
    paper.rename(tmp_path / name)
    report = program.json("import", tmp_path / name)
    assert report["files"][0]["added"] == 1


def test_an_empty_name_is_a_mistake(program, paper):
    for verb in (["import", ""], ["export", "-o", ""]):
        done = program.run(*verb)
        assert done.returncode == 2, done.stderr
        assert b"no file" in done.stderr


def test_an_export_writes_to_what_is_no_file_and_leaves_it_there(program, paper, tmp_path):
    assert program.run("import", paper).returncode == 0
    near, far = os.openpty()
    done = program.run("export", "--format", "csv", "-o", os.ttyname(far))
    assert done.returncode == 0, done.stderr
    assert stat.S_ISCHR(Path(os.ttyname(far)).stat().st_mode)
    assert b"2404.04167" in os.read(near, 4096)
    os.close(near)
    os.close(far)


def test_a_query_is_not_bound_to_what_is_no_file(program, paper):
    assert program.run("import", paper).returncode == 0
    near, far = os.openpty()
    done = program.run("bind", "one", "--format", "bibtex", "-o", os.ttyname(far))
    assert done.returncode == 4
    assert b"is no file" in done.stderr
    assert stat.S_ISCHR(Path(os.ttyname(far)).stat().st_mode)
    os.close(near)
    os.close(far)


def test_a_library_that_everybody_can_change_is_told(program, paper):
    assert program.run("import", paper).stderr == b""
    program.library.chmod(0o777)
    (program.library / "marks.db").chmod(0o666)
    done = program.run("import", paper)
    assert done.returncode == 0
    assert done.stderr.count(b"everybody can change") == 2
    assert b"chmod o-w" in done.stderr
    program.library.chmod(0o775)  # as a umask of 002 makes them: the group is the user's own
    (program.library / "marks.db").chmod(0o660)
    assert program.run("import", paper).stderr == b""


@pytest.mark.parametrize("value", ["", "rel/ative", "~/x", "./y"])
def test_directories_that_are_not_absolute_are_passed_over(program, value):
    names = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    argv = [
        word
        for word in program.argv("paths", "--json")
        if "data-dir" not in word and word != str(program.library)
    ]
    done = subprocess.run(
        argv, env=program.env | dict.fromkeys(names, value), capture_output=True, check=True
    )
    places = json.loads(done.stdout)
    assert all(place.startswith(str(program.home)) for place in places.values())


@pytest.mark.parametrize("name", ["marks.db", "papers.db"])
def test_a_link_in_the_place_of_a_store_leads_to_a_store_or_nowhere(program, paper, tmp_path, name):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    program.library.mkdir()
    (program.library / name).symlink_to(victim)
    done = program.run("import", paper)
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert victim.read_text() == "precious"
    assert not list(tmp_path.glob("victim-*"))


@pytest.mark.parametrize("name", ["state.json", "backups", "rejects"])
def test_links_in_the_data_directory_overwrite_nothing(program, paper, tmp_path, name):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    assert program.run("import", paper).returncode == 0
    if (program.library / name).is_dir():
        (program.library / name).rename(program.library / "away")
    (program.library / name).symlink_to(victim)
    paper.write_text(paper.read_text() + "\n{}")
    for verb in (["import", paper], ["bookmark", PAPER["id"]], ["backup"], ["tag", PAPER["id"], "+x"]):
        assert b"Traceback" not in program.run(*verb).stderr
    assert victim.read_text() == "precious"
