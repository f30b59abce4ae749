"""What holds for every test: its temporary files, its examples, and when its turn is."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

WAITING = ("terminal/hostile", "terminal", "durability", "test_packaging.py")
"""Where tests are that wait for programs most of their time: they come first, and others fill the gaps."""

settings.register_profile(
    "steady",
    deadline=None,  # a machine may be busy
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("PAPERS_TUI_RANDOM"),
)
settings.load_profile("steady")


def pytest_xdist_auto_num_workers() -> int | None:
    """Start two processes for each core, or as many as the environment says."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return 2 * len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes long without being busy."""
    here = Path(__file__).parent

    def turn(item: pytest.Item) -> int:
        place = item.path.relative_to(here).as_posix() if item.path.is_relative_to(here) else ""
        return next((turn for turn, area in enumerate(WAITING) if place.startswith(area)), len(WAITING))

    items.sort(key=turn)


@pytest.fixture(scope="session", autouse=True)
def _own_temporary_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep temporary files apart from everybody else's: the program looks among them for lost notes."""
    tmp_path_factory.getbasetemp()  # which stays where it is, to be looked at
    with (
        tempfile.TemporaryDirectory(prefix="papers-tests-") as folder,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(tempfile, "tempdir", folder)
        patched.setenv("TMPDIR", folder)
        yield
