"""Lets tests import what the commands of this folder are made of, and scales them."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def scale() -> int:
    """How many times as long as usual to try: PAPERS_TUI_DURABILITY, 1 where it is not set."""
    return int(os.environ.get("PAPERS_TUI_DURABILITY", "1"))


@pytest.fixture
def report(record_property) -> Callable[[str], None]:
    """Says what was found: `pytest -s` shows it."""

    def report(text: str) -> None:
        record_property("found", text)
        sys.stdout.write(f"{text}\n")

    return report


@pytest.fixture
def memory_folder() -> Iterator[Path]:
    """An empty folder in memory where there is one: hundreds of libraries are opened in it."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)
        shutil.rmtree(folder)
        Path(folder).mkdir()
