import gc

import pytest

from papers_tui.index.collecting import collecting_seldom


def interrupted_bulk_work():
    with collecting_seldom():
        raise KeyboardInterrupt


def test_after_bulk_work_python_collects_as_before():
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    with pytest.raises(KeyboardInterrupt):
        interrupted_bulk_work()
    assert gc.get_threshold() == before
    assert gc.isenabled()
