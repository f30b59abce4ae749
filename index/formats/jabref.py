r"""Groups that JabRef keeps in a comment of the file, as versions before 3.7 did with their keys.

`1 ExplicitGroup:Reading list\;0\;smith2001\;doe2002\;;` names a group and the keys of its entries. Later
versions write the names of groups into a `groups` field of each entry instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final

_META: Final = re.compile(r"@comment\s*\{\s*jabref-meta:\s*(?:groupstree|grouping)\s*:", re.IGNORECASE)
_GROUP: Final = re.compile(r"\d+\s+(?:Explicit|Static)Group:", re.IGNORECASE)
_END: Final = re.compile(r"(?<!\\);\s*(?=\d+\s+\w+Group:|\}|$)")
_MOST_TREES: Final = 10


def groups(text: str) -> Mapping[str, tuple[str, ...]]:
    """Return the groups of each entry that one names, by the entry's key."""
    found: dict[str, list[str]] = {}
    for meta in islice(_META.finditer(text), _MOST_TREES):
        closing = text.find("\n}", meta.end())
        end = closing if closing >= 0 else text.find("}", meta.end())
        # JabRef wraps its lines wherever they are long enough, within names too.
        tree = text[meta.end() : end if end >= 0 else len(text)].replace("\n", "")
        for group in _GROUP.finditer(tree):
            stop = _END.search(tree, group.end())
            name, *rest = _fields(tree[group.end() : stop.start() if stop else len(tree)])
            for key in rest[1:]:
                if key and name:
                    found.setdefault(key, []).append(name)
    return MappingProxyType({key: tuple(dict.fromkeys(names)) for key, names in found.items()})


def _fields(group: str) -> list[str]:
    r"""Tell the fields of a group apart, which `\;` separates; `\\;` is a semicolon in one."""
    marked = group.replace("\\\\;", "\0")
    return [part.replace("\0", ";").replace("\\\\", "\\").strip() for part in marked.split("\\;")]
