"""Whatever moment the power fails or the program is killed at, a library is as it was before or after a step.

Each kind of work is done once under strace. From what it asked the kernel for, the tests make the disk as it
may be found after each single call, and open the library on it.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from durable_disk import Disk, images, lay_out
from durable_library import DONE, Work
from durable_trace import Call, traced
from durable_work import WORK

from papers_tui.index.errors import LibraryError

SCRIPT = Path(__file__).with_name("durable_work.py")
FLUSHES = {"fsync", "fdatasync"}


def expected_states(work: Work, folder: Path) -> list[object]:
    """Return the states before, between and after the steps of some work."""
    root, copy = folder / "expected", folder / "copy"
    root.mkdir()
    work.prepare(root)
    found = []
    steps = work.steps(root)
    is_more = True
    while is_more:
        shutil.copytree(root, copy)
        found.append(work.state(copy))
        shutil.rmtree(copy)
        is_more = next(steps, "no more") is None
    return found


def done(name: str, root: Path, *options: str) -> tuple[Disk, list[Call]]:
    """Do some work in a folder; return the disk before it, and the calls."""
    root.mkdir()
    WORK[name].prepare(root)
    disk = Disk(root)
    calls, _ = traced([sys.executable, str(SCRIPT), name, str(root), *options], root.with_name("trace"))
    return disk, calls


def is_acknowledged(call: Call) -> bool:
    return call.name == "write" and call.strings == (DONE,)


def disks(disk: Disk, calls: list[Call], cuts: int) -> Iterator[tuple[int, dict[str, bytes | None]]]:
    """Yield every different disk that may be found, with the number of steps that were acknowledged."""
    acknowledged = 0
    seen: set[int] = set()
    for number, call in enumerate(calls):
        acknowledged += is_acknowledged(call)
        if disk.do(call) or is_acknowledged(call):
            for image in images(disk, Random(number), cuts):
                digest = hash((acknowledged, *sorted((path, text or b"") for path, text in image.items())))
                if digest not in seen:
                    seen.add(digest)
                    yield acknowledged, image


def state_on(image: dict[str, bytes | None], work: Work, folder: Path) -> object:
    folder.mkdir()
    try:
        lay_out(image, folder)
        return work.state(folder)
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", WORK)
def test_each_step_is_done_or_not_and_for_good_once_it_is_acknowledged(
    name, tmp_path, memory_folder, scale, report
):
    work = WORK[name]
    expected = expected_states(work, memory_folder)
    disk, calls = done(name, tmp_path / "root")
    tried = 0
    for number, (acknowledged, image) in enumerate(disks(disk, calls, cuts=scale)):
        if scale == 1 and number % work.share:
            continue
        state = state_on(image, work, memory_folder / "image")
        assert state in expected[acknowledged : acknowledged + 2], f"after {acknowledged} steps"
        tried += 1
    assert sum(map(is_acknowledged, calls)) == len(expected) - 1
    assert {path: text for path, text in disk.now().items() if text is not None} == {
        str(path.relative_to(disk.root)): path.read_bytes()
        for path in (tmp_path / "root").rglob("*")
        if path.is_file()
    }, "the model does not follow the disk"
    report(f"{name}: {tried} disks opened, each as before or after the step")


@pytest.mark.parametrize("synchronous", ["OFF", "FULL"])
def test_a_library_that_flushes_less_would_be_caught(synchronous, tmp_path, memory_folder):
    expected = expected_states(WORK["put"], memory_folder)
    disk, calls = done("put", tmp_path / "root", synchronous)
    for acknowledged, image in disks(disk, calls, cuts=1):
        try:
            state = state_on(image, WORK["put"], memory_folder / "image")
        except LibraryError:
            return
        if state not in expected[acknowledged : acknowledged + 2]:
            return
    pytest.fail(f"nothing was lost with synchronous = {synchronous}")


@pytest.mark.parametrize("name", ["mark", "put"])
def test_every_change_is_flushed_before_it_is_acknowledged(name, tmp_path, report):
    """The journal, the name of the journal, its header, the database, and that the journal is gone."""
    disk, calls = done(name, tmp_path / "root")
    made = {call.paths[0] for call in calls if call.name == "openat" and "O_CREAT" in call.words}
    assert all(path.startswith(f"{disk.root}/") for path in made), "a file was made somewhere else"
    flushed: list[int] = [0]
    for call in calls:
        flushed[-1] += call.name in FLUSHES
        if is_acknowledged(call):
            flushed.append(0)
    of_changes = flushed[1:-1]
    assert len(of_changes) >= 4
    assert min(of_changes) >= 5
    report(f"{name}: {of_changes} flushes for each change")
