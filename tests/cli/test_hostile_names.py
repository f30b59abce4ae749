"""Names that people give and strangers choose: each is one file's trouble, and none of them does harm."""

import json
import os
import stat
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
