import re
import subprocess
import sys

import pytest

from papers_tui.index.patterns import pattern


def test_a_pattern_finds_what_the_compiled_one_does():
    text = "Attention 2017, attention 2018"
    lazy, compiled = pattern(r"attention (\d+)", re.IGNORECASE), re.compile(r"attention (\d+)", re.IGNORECASE)
    for _ in range(2):
        assert lazy.findall(text) == compiled.findall(text)
        assert lazy.search(text)[1] == compiled.search(text)[1]
        assert lazy.sub(r"\1", text) == compiled.sub(r"\1", text)
    assert lazy.pattern == compiled.pattern


def test_every_pattern_of_the_program_can_be_compiled():
    code = """
import gc, pkgutil, importlib
import papers_tui.index
from papers_tui.index.patterns import LazyPattern
for module in pkgutil.walk_packages(papers_tui.index.__path__, "papers_tui.index."):
    importlib.import_module(module.name)
import papers_tui.tui.config
patterns = [one for one in gc.get_objects() if isinstance(one, LazyPattern)]
print(len(patterns))
for one in patterns:
    one.pattern
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert not done.returncode, done.stderr
    assert int(done.stdout) > 50


def test_nothing_is_compiled_before_it_is_used():
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("text")
