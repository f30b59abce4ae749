"""Inputs that nobody would write, and inputs that somebody might: random, mutated and put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

MOST = 1 << 15
"""Bytes of an input: small ones find the same faults, and more of them in the same time."""

HOSTILE = (
    "\x1b]52;c;cm0gLXJmIH4K\x07",
    "\x1b]0;owned\x1b\\",
    "\x9b31m",
    "\x1bP1$r\x1b\\",
    "\x00",
    "\x08",
    "\x7f",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u200b",
    "\ud800",
    "\udfff",
    "\U0010ffff",
    "\u0345" * 20,
    "e\u0301\u0316",
    "か\u3099",
    "\u1100\u1161\u11a8",
    "👩‍👩‍👧",
    "ﷺ",
    "İ",
    "ß",
    "[/]",
    "[@click=app.quit]x[/]",
    "$(reboot)",
    "`id`",
    "../../etc/passwd",
    "\r\n",
    "\r",
    "\u2028",
    "\x85",
)
"""Pieces of text that something, somewhere, takes for an order."""

ODD_NUMBERS = ("0", "-1", "9" * 30, "1e999", "NaN", "-0", "1.5", "2**53", "0x10", "٣", "²", "Ⅷ")


@dataclass(frozen=True)
class Inputs:
    """The endless row of inputs of one target: number `n` is always the same."""

    seed: int
    originals: Sequence[bytes]
    """Whole inputs as they are found in the world."""
    tokens: Sequence[str]
    """What the format's grammar is made of."""
    written: Callable[[Random], str] | None = None
    """Writes an input by the format's grammar."""

    def __getitem__(self, number: int) -> bytes:
        random = Random(f"{self.seed}:{number}")
        kind = random.random()
        if kind < 0.1:
            found = noise(random)
        elif kind < 0.45 and self.originals:
            found = mutated(random.choice(self.originals), random, self.originals, self.tokens)
        elif kind < 0.6 or self.written is None:
            found = soup(random, self.tokens).encode("utf-8", "surrogatepass")
        else:
            found = self.written(random).encode("utf-8", "surrogatepass")
            if random.random() < 0.3:
                found = mutated(found, random, self.originals, self.tokens)
        return found[:MOST]


def noise(random: Random) -> bytes:
    """Return bytes, or characters of every plane, without any sense."""
    length = int(2 ** random.uniform(0, 11))
    if random.random() < 0.5:
        return random.randbytes(length)
    return "".join(map(chr, random.choices(range(0x110000), k=length))).encode("utf-8", "surrogatepass")


def soup(random: Random, tokens: Sequence[str]) -> str:
    """Return tokens in no order, with some of every other kind between them."""
    count = int(2 ** random.uniform(0, 8))
    pieces = random.choices([*tokens, *random.choices(HOSTILE + ODD_NUMBERS, k=4), " ", "\n", "x"], k=count)
    if random.random() < 0.1:
        pieces.insert(
            random.randrange(len(pieces) + 1), random.choice(pieces) * random.choice([50, 500, 5000])
        )
    return "".join(pieces)


def mutated(data: bytes, random: Random, others: Sequence[bytes], tokens: Sequence[str]) -> bytes:
    """Return `data` with a few accidents."""
    found = bytearray(data)
    if len(found) > 4096 and random.random() < 0.7:
        start = random.randrange(len(found))
        found = found[start : start + 4096]
    for _ in range(random.choice([1, 1, 2, 4, 16])):
        _accident(found, random, others, tokens)
        del found[MOST:]
    return bytes(found)


def _accident(found: bytearray, random: Random, others: Sequence[bytes], tokens: Sequence[str]) -> None:
    at = random.randrange(len(found) + 1)
    end = min(len(found), at + int(2 ** random.uniform(0, 10)))
    what = random.randrange(9)
    if what == 0 and at < len(found):
        found[at] ^= 1 << random.randrange(8)
    elif what == 1:
        found[at:at] = random.randbytes(random.randrange(1, 9))
    elif what == 2:
        del found[at:end]
    elif what == 3:
        found[at:at] = found[at:end] * random.choice([1, 2, 30])
    elif what == 4:
        del found[at:]
    elif what == 5 and others:
        other = random.choice(others)
        start = random.randrange(len(other) + 1)
        found[at:end] = other[start : start + 500]
    elif what == 6:
        place = random.randrange(len(found) + 1)
        found[place:place] = bytes(found[at:end])
    elif what == 7:
        found[at:end] = random.choice(HOSTILE).encode("utf-8", "surrogatepass")
    else:
        found[at:at] = random.choice([*tokens, *ODD_NUMBERS]).encode("utf-8", "surrogatepass")
