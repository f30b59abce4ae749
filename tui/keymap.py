"""Keys as people write them, and which commands they may be given to. Nothing here needs Textual."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from papers_tui.tui.commands import Command, Where

_MODIFIERS: Final = ("alt", "ctrl", "hyper", "meta", "shift", "super")
"""In the order in which Textual reports them."""

_NAMED: Final = frozenset(
    {"enter", "escape", "tab", "space", "backspace", "delete", "insert"}
    | {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
    | {f"f{number}" for number in range(1, 25)}
)

_ALIASES: Final[Mapping[str, str]] = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "spacebar": "space",
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}
"""Other names, and keys that terminals cannot tell apart."""

_CHARACTER_NAMES: Final[Mapping[str, str]] = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Where Textual calls a character otherwise than Unicode does."""

_CHARACTERS: Final[Mapping[str, str]] = {
    _CHARACTER_NAMES.get(name, name): character
    for character in map(chr, range(0x21, 0x7F))
    if not character.isalnum()
    for name in (unicodedata.name(character).lower().replace("-", "_").replace(" ", "_"),)
}
"""Textual's names of the punctuation: `slash` is `/`."""

_NAMES: Final[Mapping[str, str]] = {character: name for name, character in _CHARACTERS.items()}

_PLACES: Final[Mapping[Where, frozenset[str]]] = {
    "anywhere": frozenset({"search", "list", "abstract", "library"}),
    "papers": frozenset({"list", "abstract"}),
}
"""What a `where` covers, if more than itself."""

_TYPED_IN: Final = frozenset({"search", "completion", "note"})
"""Where letters are text."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a command did not get a key that the user wanted for it."""

    command: str
    message: str


def normal_key(written: str) -> str:
    """Return a key as Textual reports it: `?` is `question_mark`, `Ctrl+B` is `ctrl+b`.

    Raises ValueError, in words, for what no key is called.
    """
    *modifiers, name = _parts(written.strip())
    modifiers = sorted({modifier.lower() for modifier in modifiers})
    if unknown := [modifier for modifier in modifiers if modifier not in _MODIFIERS]:
        raise ValueError(f"{written!r} is no key: {unknown[0]!r} is none of {', '.join(_MODIFIERS)}")
    name = _named(name, written) if len(name) > 1 else name
    if modifiers == ["shift"] and len(name) == 1:
        if not name.isalpha():
            raise ValueError(f"{written!r} is no key: write the character that it types")
        return name.upper()
    if modifiers and len(name) == 1:
        name = name.lower()
    key = "+".join([*modifiers, _NAMES.get(name, name)])
    return _ALIASES.get(key, key)


def _parts(written: str) -> list[str]:
    """Split at plus signs, but for one that is the key itself."""
    if not written:
        raise ValueError("an empty text is no key")
    if written.endswith("+") and written != "+" and not written.endswith("++"):
        raise ValueError(f"{written!r} is no key: after the plus there is none")
    if written.endswith("+"):
        return [*filter(None, written[:-1].split("+")), "+"]
    return written.split("+")


def _named(name: str, written: str) -> str:
    """Return a key's name of more than one character, in lower case; a punctuation mark's as the mark."""
    lower = name.lower()
    lower = _ALIASES.get(lower, lower)
    if lower in _CHARACTERS:
        return _CHARACTERS[lower]
    if lower in _NAMED:
        return lower
    # The notations of Emacs and Vim: C-b, <C-b>, M-x, ^b, Ctrl-b.
    short = lower.strip("<>").replace("^", "c-")
    prefix, _, letter = short.rpartition("-")
    modifier = {
        "c": "ctrl",
        "ctrl": "ctrl",
        "m": "alt",
        "a": "alt",
        "alt": "alt",
        "s": "shift",
        "shift": "shift",
    }
    if prefix in modifier and letter:
        raise ValueError(f"{written!r} is no key: did you mean {modifier[prefix]}+{letter}?")
    raise ValueError(f"{written!r} is no key{suggestion(lower, [*_NAMED, *_CHARACTERS])}")


def shown_key(key: str) -> str:
    """Return a key as people write it: `/` for `slash`."""
    *modifiers, name = key.split("+") if key != "+" else [key]
    return "+".join([*modifiers, _CHARACTERS.get(name, name)])


def suggestion(word: str, known: Collection[str]) -> str:
    """Return `: did you mean this?`, or nothing where no known word is near."""
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it

    found = process.extractOne(word.lower(), sorted(known), score_cutoff=65)
    return f": did you mean {found[0]}?" if found else ""


def assigned(
    wanted: Mapping[str, Sequence[str]], commands: Sequence[Command]
) -> tuple[dict[str, tuple[str, ...]], list[Complaint]]:
    """Give commands the keys that the user wants, and complain of what cannot be given.

    `wanted` maps command ids to keys, normal ones; no key takes a command's keys away. Returns the keys of
    those commands alone whose keys change. Where two commands want one key in one place, the command whose
    wish came last keeps its usual keys.
    """
    known = {command.id: command for command in commands}
    usual = {command.id: tuple(map(normal_key, command.keys)) for command in commands}
    complaints = []
    given: dict[str, tuple[str, ...]] = {}
    for command_id, keys in wanted.items():
        if command_id not in known:
            by_title = [one.id for one in commands if one.title == command_id]
            meant = f": did you mean {by_title[0]}?" if by_title else suggestion(command_id, known)
            complaints.append(Complaint(command_id, f"no command is called {command_id!r}{meant}"))
            continue
        typed = [key for key in keys if known[command_id].where in _TYPED_IN and _is_text(key)]
        complaints += [
            Complaint(command_id, f"{shown_key(key)!r} is text there, and no command") for key in typed
        ]
        if not keys or len(typed) < len(keys):
            given[command_id] = tuple(dict.fromkeys(key for key in keys if key not in typed))
    while clash := _first_clash(usual | given, given, known):
        loser, winner, key = clash
        complaints.append(Complaint(loser, f"{shown_key(key)!r} is already the key of {winner!r}"))
        del given[loser]
    return given, complaints


def _is_text(key: str) -> bool:
    return len(key) == 1 or key == "space" or key in _CHARACTERS


def _first_clash(
    keys: Mapping[str, Sequence[str]], given: Mapping[str, Sequence[str]], known: Mapping[str, Command]
) -> tuple[str, str, str] | None:
    """Find a given key that another command has in the same place: loser, winner, key."""
    order = list(given)
    for command_id in reversed(order):
        for other_id, others in keys.items():
            if other_id == command_id or not _meet(known[command_id].where, known[other_id].where):
                continue
            for key in keys[command_id]:
                if key in others:
                    return command_id, other_id, key
    return None


def _meet(one: Where, other: Where) -> bool:
    """Whether two places have a pane in common."""
    return not _PLACES.get(one, frozenset({one})).isdisjoint(_PLACES.get(other, frozenset({other})))
