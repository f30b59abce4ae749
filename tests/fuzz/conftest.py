"""Lets tests import what the command `tests/fuzz/run.py` is made of."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
