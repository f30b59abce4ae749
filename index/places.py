"""What is known of the places where files lie: their permissions, their disk, whether others share them."""

from __future__ import annotations

import os
import pwd
import re
import shlex
import stat
from pathlib import Path
from typing import Final

from papers_tui.index.patterns import pattern

_NETWORK: Final = pattern(
    r"9p|afs|afpfs|beegfs|ceph|cifs|coda|davfs|glusterfs|lustre|ncpfs|nfs4?|orangefs|smb[23]|smbfs"
    r"|fuse\.(ceph|davfs2|glusterfs|rclone|s3fs|sshfs)"
)
"""File systems of other machines, as Linux calls them: proc(5), mount(8)."""

_SYNCED: Final = (
    (pattern(r"dropbox( \(.*\))?", re.IGNORECASE), "Dropbox"),
    (pattern(r"onedrive.*", re.IGNORECASE), "OneDrive"),
    (pattern(r"(mobile documents|icloud ?drive|com~apple~clouddocs)", re.IGNORECASE), "iCloud"),
    (pattern(r"nextcloud", re.IGNORECASE), "Nextcloud"),
    (pattern(r"owncloud", re.IGNORECASE), "ownCloud"),
    (pattern(r"(google ?drive|my drive)", re.IGNORECASE), "Google Drive"),
    (pattern(r"(syncthing|sync)", re.IGNORECASE), "Syncthing"),
)
"""The names of folders that programs copy between machines."""

_SYNC_MARKS: Final = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
)
"""What such programs leave in the folders that they copy."""

_ESCAPE: Final = re.compile(rb"\\([0-7]{3})")

MOUNTS: Final = Path("/proc/self/mountinfo")


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Return the type of the file system that a path is on, as in proc(5); empty where it cannot be told."""
    try:
        lines = mounts.read_bytes().splitlines()
        real = os.fsencode(path.resolve())
    except (OSError, RuntimeError):
        return ""
    best = (-1, "")
    for line in lines:
        before, _, after = line.partition(b" - ")
        fields, types = before.split(b" "), after.split(b" ")
        if len(fields) < 5:
            continue
        point = _ESCAPE.sub(lambda match: bytes([int(match[1], 8) & 0xFF]), fields[4])
        inside = real == point or real.startswith(point.rstrip(b"/") + b"/")
        if inside and len(point) >= best[0]:  # what was mounted last on a place hides what was there
            best = (len(point), types[0].decode("ascii", "replace"))
    return best[1]


def is_on_network(path: Path, mounts: Path = MOUNTS) -> bool:
    """Whether a path is on the disk of another machine, as far as that can be told."""
    return bool(_NETWORK.fullmatch(file_system(path, mounts)))


def synced_by(path: Path) -> str:
    """Return the program that copies a folder between machines, as names and contents tell; or nothing."""
    for folder in (path, *path.parents):
        for name, program in _SYNCED:
            # "Sync" alone is the folder that Syncthing makes in a home, and no more than a word elsewhere.
            is_home = folder.parent == Path.home() or program != "Syncthing"
            if is_home and name.fullmatch(folder.name):
                return program
        for mark, program in _SYNC_MARKS:
            if os.path.lexists(folder / mark):
                return program
    return ""


def open_to_others(path: Path) -> str:
    """Return what other users may do with a file or a folder: `read`, `read and change`, or nothing."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return ""
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        return "read and change"
    return "read" if mode & (stat.S_IRWXG | stat.S_IRWXO) else ""


def close_to_others(path: Path) -> None:
    """Let the user alone use a file or a folder. Raises OSError."""
    path.chmod(0o700 if path.is_dir() else 0o600)


def free_bytes(path: Path) -> int | None:
    """Return how many bytes the user can still write where a path is, or will be; None if nobody tells."""
    for folder in (path, *path.parents):
        if folder.exists():
            try:
                found = os.statvfs(folder)
            except OSError:
                return None
            return found.f_bavail * found.f_frsize
    return None


def closed_above(path: Path) -> Path | None:
    """Return the first of the folders that a path is in which the user may not enter."""
    for folder in reversed(path.parents):
        try:
            if not os.access(folder, os.X_OK) and stat.S_ISDIR(folder.stat().st_mode):
                return folder
        except OSError:
            return None
    return None


def lacking_rights(path: Path) -> str:
    """Return those of the rights `rwx` to a file or folder that the user needs and lacks."""
    wanted = {"r": os.R_OK, "w": os.W_OK} | ({"x": os.X_OK} if path.is_dir() else {})
    return "".join(letter for letter, right in wanted.items() if not os.access(path, right))


def how_to_gain(rights: str, path: Path) -> str:
    """Return what gives the user rights to a path: a command, or whom to ask."""
    try:
        found = path.stat()
        is_mounted_so = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError as error:
        return f"it cannot be looked at: {error.strerror}"
    if found.st_uid != os.geteuid():
        owner, user = _name_of(found.st_uid), _name_of(os.geteuid())
        return f"it belongs to {owner}; as root, chown {user} {_quoted(path)} hands it over"
    if is_mounted_so:
        return "its disk is mounted to be read only"
    return f"chmod u+{rights} {_quoted(path)}"


def _quoted(path: Path) -> str:
    return shlex.quote(os.fsencode(path).decode(errors="replace"))


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
