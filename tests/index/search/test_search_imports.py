import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module", ["query", "parser", "explain", "highlight", "unparse", "fields", "analysis"]
)
def test_what_only_reads_queries_loads_neither_numpy_nor_whoosh(module):
    script = f"""
import sys
import papers_tui.index.search.{module}
print(*{{name.partition('.')[0] for name in sys.modules}} & {{'numpy', 'whoosh', 'textual', 'rich'}})
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
