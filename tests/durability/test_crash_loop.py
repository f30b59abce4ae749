"""A few rounds of the loop that kills the program; `crash_loop.py` goes on for longer."""

from random import Random

import pytest
from crash_loop import KINDS, kill_again_and_again


@pytest.mark.parametrize("name", KINDS)
def test_what_was_said_to_be_done_survives_a_kill_and_nothing_is_torn(name, tmp_path, scale, report):
    done = kill_again_and_again([name], 4 * scale, tmp_path, Random(name))
    report(f"{name}: {4 * scale} kills, {done[name]} steps done, all there")
