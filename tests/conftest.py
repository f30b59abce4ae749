"""What holds for every test: a place of its own for temporary files."""

import tempfile
from collections.abc import Iterator

import pytest


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
