"""Exports: whole or not at all, whatever has the name already."""

import os
import stat
import threading

import pytest

from papers_tui.index.errors import UnwritableFile, WrongUsage
from papers_tui.tui.whole_files import named, write_whole


def broken():
    yield "half"
    raise UnwritableFile("stopped")


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.bib"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, ["new\n"])
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_is_the_users_alone(tmp_path):
    write_whole(tmp_path / "a.bib", ["x"])
    assert stat.S_IMODE((tmp_path / "a.bib").stat().st_mode) == 0o600


def test_what_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "a.bib").write_text("old")
    with pytest.raises(UnwritableFile):
        write_whole(tmp_path / "a.bib", broken())
    assert [path.name for path in tmp_path.iterdir()] == ["a.bib"]
    assert (tmp_path / "a.bib").read_text() == "old"


def test_a_link_stays_and_its_file_is_written(tmp_path):
    (tmp_path / "link.bib").symlink_to("real.bib")
    write_whole(tmp_path / "link.bib", ["x"])
    assert (tmp_path / "link.bib").is_symlink()
    assert (tmp_path / "real.bib").read_text() == "x"


def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write_whole(pipe, ["one", "two"])
    reader.join()
    assert got == ["onetwo"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_terminal_is_written_to_and_stays():
    near, far = os.openpty()
    write_whole(os.ttyname(far), ["to the device\n"])
    assert b"to the device" in os.read(near, 100)
    os.close(near)
    os.close(far)


@pytest.mark.parametrize("name", ["..", "x" * 300, "no/such/dir/a.bib", "nul\0.bib", "d/" * 3000 + "x"])
def test_names_that_no_file_can_have_are_told(tmp_path, name):
    with pytest.raises(UnwritableFile) as caught:
        write_whole(tmp_path / name, ["x"])
    assert "\x00" not in caught.value.message
    assert "untouched" in caught.value.remedy


def test_links_that_lead_round_are_told(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UnwritableFile, match="symbolic links"):
        write_whole(tmp_path / "loop", ["x"])


@pytest.mark.parametrize(
    "name", ["a b $(id).bib", "-x.bib", "CON", "a\nb.bib", "x" * 250, os.fsdecode(b"n\xff.bib")]
)
def test_odd_names_are_names(tmp_path, name):
    write_whole(tmp_path / name, ["x"])
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_empty_name_is_a_mistake():
    assert named("a.bib", "--output") == "a.bib"
    with pytest.raises(WrongUsage, match="--output names no file"):
        named("", "--output")
