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


def test_the_index_is_read_without_the_network():
    script = """
import sys
from papers_tui.index.search.snapshot import Snapshot
assert not {"http.client", "email", "ssl", "socket"} & set(sys.modules), "imported"
import urllib.request
assert urllib.request.pathname2url("a b") == "a%20b"
from urllib.request import Request, urlretrieve
assert Request("https://arxiv.org").host == "arxiv.org"
assert urlretrieve(f"file://{sys.argv[1]}")[0] == sys.argv[1]
import whoosh.compat
assert whoosh.compat.urlretrieve(f"file://{sys.argv[1]}")[0] == sys.argv[1]
"""
    done = subprocess.run(
        [sys.executable, "-c", script, __file__], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
