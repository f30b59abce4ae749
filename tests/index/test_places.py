"""What is told of the places where files lie."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from papers_tui.index import places
from papers_tui.index.library import Library

MOUNTS = rb"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home rw shared:2 - nfs4 server:/home rw
31 30 0:41 / /home/me/with\040blank rw - fuse.sshfs me@there: rw
32 22 0:42 / /proc rw - proc proc rw
33 30 8:2 / /home/me/local rw - xfs /dev/sdb1 rw
short line
"""


@pytest.mark.parametrize(
    ("path", "kind", "is_remote"),
    [
        ("/usr/share", "ext4", False),
        ("/home", "nfs4", True),
        ("/home/me/.local/share/papers-tui", "nfs4", True),
        ("/homestead", "ext4", False),
        ("/home/me/with blank/x", "fuse.sshfs", True),
        ("/home/me/local/x", "xfs", False),
    ],
)
def test_the_file_system_of_a_place(tmp_path, path, kind, is_remote):
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes(MOUNTS)
    assert places.file_system(Path(path), mounts) == kind
    assert places.is_on_network(Path(path), mounts) is is_remote


@pytest.mark.parametrize("content", [None, b"", b"\xff\n - \n", b"1 2 3 4"])
def test_where_nobody_tells_nothing_is_known(tmp_path, content):
    mounts = tmp_path / "mountinfo"
    if content is not None:
        mounts.write_bytes(content)
    assert places.file_system(tmp_path, mounts) == ""
    assert not places.is_on_network(tmp_path, mounts)


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Some Lab)", "Dropbox"),
        ("OneDrive - University", "OneDrive"),
        ("Mobile Documents", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Google Drive", "Google Drive"),
        ("papers", ""),
        ("Sync", ""),
    ],
)
def test_folders_that_programs_copy(tmp_path, folder, program):
    assert places.synced_by(tmp_path / folder / "library") == program


def test_what_such_programs_leave_behind_tells_of_them(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    assert places.synced_by(tmp_path / "a" / "b") == "Syncthing"


def test_what_others_may_do(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    for mode, what in ((0o600, ""), (0o640, "read"), (0o604, "read"), (0o660, "read and change")):
        file.chmod(mode)
        assert places.open_to_others(file) == what
    tmp_path.chmod(0o777)
    for path in (file, tmp_path):
        places.close_to_others(path)
        assert places.open_to_others(path) == ""


def test_free_space_is_told_of_places_that_are_not_there_yet(tmp_path):
    assert places.free_bytes(tmp_path / "a" / "b") == pytest.approx(places.free_bytes(tmp_path), rel=0.2)


def test_a_cache_that_was_lost_is_made_again_for_the_user_alone(tmp_path):
    cache = tmp_path / "home" / ".cache" / "papers-tui"
    before = os.umask(0o022)
    try:
        with Library.open(tmp_path / "data", cache) as library:
            library.add_shelf()
            library.update_index(lambda *_: None)
            library.edit("1706.03762", {"venue": "of my own"})
            shutil.rmtree(tmp_path / "home")
            library.update_index(lambda *_: None)
    finally:
        os.umask(before)
    assert (cache / "edits.json").exists()
    for path in [tmp_path / "home", *(tmp_path / "home").rglob("*")]:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
