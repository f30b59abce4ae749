"""Searching: a Whoosh index of columns, the language of queries, and what answers them.

Whoosh asks `urllib.request` for a function that it never calls, and with that come e-mail, HTTP and TLS: a
fortieth of the time to the first results. What stands in its place here becomes the module when it is used.
"""

from __future__ import annotations

import importlib
import sys
import urllib
from types import ModuleType
from typing import Any, Final

_NAME: Final = "urllib.request"


class _Request(ModuleType):
    """Stands for `urllib.request`."""

    def __getattr__(self, name: str) -> Any:
        """Import the module for what is wanted of it."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(_NAME) is self:
            del sys.modules[_NAME]
        return getattr(importlib.import_module(_NAME), name)

    def urlretrieve(self, *args: Any, **settings: Any) -> Any:
        """Do what the function of this name does: Whoosh only wants to see it."""
        return self.__getattr__("urlretrieve")(*args, **settings)


if _NAME not in sys.modules:
    sys.modules[_NAME] = urllib.request = _Request(_NAME)  # type: ignore[attr-defined]
