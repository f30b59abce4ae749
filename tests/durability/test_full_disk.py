"""On a full disk what was done stays, what cannot be done is said, and the program goes on."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from durable_full import LEFT, STAGES

SCRIPT = Path(__file__).with_name("durable_full.py")


def small_disk(folder: Path) -> Sequence[str]:
    """Return what starts a program for which a folder is a disk of 12 MB."""
    mounted = 'mount -t tmpfs -o size=12m none "$1" || exit 99; shift; exec "$@"'
    start = ("unshare", "-m", "sh", "-c", mounted, "sh", str(folder))
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed: no small disk can be mounted")
    tried = subprocess.run([*start, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"a small disk cannot be mounted here (not as root?): {tried.stderr[-200:]}")
    return start


def said(stage: str, folder: Path, *options: str, start: Sequence[str] = ()) -> list[str]:
    """Return what the user is told with less and less room left."""
    finished = subprocess.run(
        [*start, sys.executable, str(SCRIPT), str(folder), stage, *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.splitlines()


@pytest.mark.parametrize("stage", STAGES)
def test_a_full_disk_loses_nothing_and_is_told(stage, tmp_path, report):
    lines = said(stage, tmp_path, "--whole", start=small_disk(tmp_path))
    of_sizes = [line for line in lines if "KiB left" in line]
    assert len(of_sizes) == len(LEFT)
    assert "done" not in of_sizes[0]
    assert of_sizes[-1].endswith("done")
    report(
        f"{stage}: {len(of_sizes)} sizes, {sum('done' not in line for line in of_sizes)} of them too small"
    )


@pytest.mark.parametrize("stage", STAGES)
def test_files_that_cannot_grow_lose_nothing_and_are_told(stage, tmp_path):
    of_sizes = [line for line in said(stage, tmp_path) if "KiB left" in line]
    assert len(of_sizes) == len(LEFT)
    assert "done" not in of_sizes[0]
