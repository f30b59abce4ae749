"""How often Python looks for cycles of objects that nothing else refers to."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_USUAL: Final = gc.get_threshold()
_SELDOM: Final = 50_000
"""Objects that may be made, and not let go of, between two looks: some ten megabytes."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Within this block, look for cycles less often: making many thousands of papers makes next to none.

    Each look is at all that was made lately, and now and then at all that there is: 5 % of the time of an
    import. For the whole process; where two such blocks overlap, the first one to end ends both.
    """
    gc.set_threshold(_SELDOM, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
