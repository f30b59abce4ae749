"""What inputs are made of: the tokens of each format, and writers of texts that are nearly right."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from fuzz_inputs import HOSTILE, ODD_NUMBERS

_KEY_NAMES = (
    "id title abstract authors author_parts author_count authors_parsed organization organization_handle"
    " published featured comments upvotes categories kind venue journal-ref volume issue pages publisher"
    " arxiv_id doi urls code stars sources added bookmarked tags note status rating source_title"
    " source_abstract abstract_note versions created version update_date submitter hits items type author"
    " family given literal issued date-parts container-title keyword annote DOI URL"
)
_SOME_WORDS = (
    "Attention Is All You Need GPT-4 1.5-Pints C++ $\\alpha$ \\emph{x} {Deep} naïve José García-Pérez 日本語"
    " O'Neil & <b>x</b> &amp; \\frac{a}{b} model models pre-training"
)
_RIS_TAGS = "TY TI T1 AU A1 PY Y1 DA AB N1 N2 KW DO UR JO JF VL IS SP EP ER ID M1 M3 L1"
_FIELDS = (
    "title abstract author org note tag cat venue source id arxiv doi year date featured added comments"
    " upvotes authors stars rating is has sort"
)
_KEYS = _KEY_NAMES.split()
_WORDS = _SOME_WORDS.split()

_LISTING = (
    "Daily Papers\n",
    "byAK and the research community\n",
    "Dec 10\n",
    "Feb 30\n",
    "Nov 10 2\n",
    "\n",
    "\n\n",
    "  • 13 authors\n",
    "  • 999999999 authors\n",
    "·\n",
    "nvidia NVIDIA\n",
    "Apr 11, 2024\n",
    "2024-04-11\n",
    "Tidal Attention: Looking Back Only When the Water Is Low\n",
    "We propose tidal attention, a schedule that lets a model look back. It works well, too.\n",
    "We show " + "that models learn " * 20 + ".\n",
    "Subscribe",
    "Get trending papers in your email inbox!\n",
    "Previous\n1\n2\nNext\n",
    "1.2k upvotes\n",
    "arXiv:2404.04167\n",
    "View arXiv page\n",
)
_JSON = (
    *"{}[]:,\"'\\",
    "null",
    "true",
    "[[",
    "]]",
    "{}",
    "\\ud800",
    "\\u0000",
    *(f'"{key}":' for key in _KEYS),
)
_BIBTEX = (
    *'@{}(),="#%\\~$^_&',
    "@article{k,",
    "@inproceedings{k,\n",
    "@string{a=",
    "@comment{",
    "@preamble{",
    "title = {",
    "author = {",
    " and ",
    "others",
    "year = 2024,",
    "eprint = {2404.04167},",
    "archivePrefix={arXiv},",
    "keywords = {a, b},",
    "annote = {",
    "groups={",
    "}},\n",
    "},\n}\n",
    '{\\"o}',
    "\\input{/etc/passwd}",
)
_RIS = (
    *(f"{tag}  - " for tag in _RIS_TAGS.split()),
    "TY  - JOUR\n",
    "ER  - \n",
    "\n",
    "2024/04/05/",
    "//",
    "10.1000/x",
)
_CSV = (
    *',;\t"\n',
    '""',
    "'",
    "=1+1",
    "title,authors,year\n",
    "id,title,abstract,doi,tags,note\n",
    '","',
    '"\n"',
)
_MARKDOWN = (
    *"-*_[]()#>`\\!|",
    "- ",
    "  > ",
    "  Tags: a, b\n",
    "](https://arxiv.org/abs/2404.04167)",
    "(javascript:alert(1))",
    "**",
    '"Title." ',
    "(2024). ",
    "```\n",
)
_QUERY = (
    *'"():-*~^<>=!+,.\\/ ',
    " ",
    " OR ",
    " AND ",
    " NOT ",
    *(f"{name}:" for name in _FIELDS.split()),
    "..",
    "2024",
    "2021..2023",
    "7d..",
    "today",
    "2025-W40",
    ">=10",
    "bookmarked",
    "unread",
    "relevance",
    "cs.CL",
    "graph",
    "gra",
    "pre-training",
    '"a b',
    "2404.04167",
    "10.1000/x",
    "https://arxiv.org/abs/2404.04167v2",
)
_TEX = (
    *"\\{}$^_&%~`'<>[]()",
    "\\frac{",
    "\\mathbb{",
    "\\text{",
    "\\begin{",
    "\\end{",
    "\\href{https://x.org}{",
    "\\'e",
    '\\"{o}',
    "\\sqrt[3]{",
    "\\left(",
    "$$",
    "\\(",
    "\\[",
    "&lt;",
    "&#x41;",
    "&#0;",
    "<sup>",
    "</sup>",
    "``",
    "''",
    "\\%",
    "\x1b",
    "]",
    "\x9b",
    "\x07",
    "\u0301",
    "\u200d",
)

TOKENS: Mapping[str, Sequence[str]] = {
    "listing": (*_LISTING, *_WORDS),
    "jsonl": _JSON,
    "arxiv-snapshot": _JSON,
    "csl-json": _JSON,
    "bibtex": (*_BIBTEX, *_WORDS),
    "ris": (*_RIS, *_WORDS),
    "csv": (*_CSV, *_WORDS),
    "markdown": (*_MARKDOWN, *_WORDS),
    "query": (*_QUERY, *_WORDS),
    "cleaner": (*_TEX, *_WORDS),
    "any": (*_LISTING, *_JSON, *_BIBTEX, *_RIS, *_CSV, *_MARKDOWN),
}
"""By target."""


def text(random: Random) -> str:
    """Write a few words, some of them hostile."""
    chosen = random.choices([*_WORDS, *random.choices(HOSTILE, k=3)], k=random.choice([0, 1, 3, 12]))
    return random.choice([" ", "", "\n"]).join(chosen)


_ODD_TEXTS = (
    "2404.04167v2",
    "10.1000/x",
    "2024-04-05",
    "2024-13",
    "title:x-00000000",
    "https://a/b",
    *ODD_NUMBERS,
)
_SCALARS = [None, True, False, 0, -1, 1, 7, 2024, 2**53, 10**40, 1.5, 1e308] * 4 + [
    float("nan"),
    float("inf"),
]


def value(random: Random, depth: int = 0) -> Any:
    """Make a JSON value of any kind."""
    kind = random.randrange(9 if depth < 4 else 7)
    if kind == 7:
        return [value(random, depth + 1) for _ in range(random.choice([0, 1, 2, 4, 30]))]
    if kind == 8:
        return {random.choice(_KEYS): value(random, depth + 1) for _ in range(random.choice([0, 1, 3]))}
    return text(random) if kind < 3 else random.choice(_SCALARS if kind < 5 else _ODD_TEXTS)


_RIGHT: Mapping[str, Callable[[Random], Any]] = {
    "id": lambda random: random.choice(
        ["2404.04167", "arxiv:2404.04167v3", "hep-th/9901001", "doi:10.1000/x"]
    ),
    "title": lambda random: f"T{text(random)}",
    "abstract": text,
    "authors": lambda random: random.choice(
        [[text(random), "Ada Lovelace"], "A. Bee, C. Dee and E. Eff (Some Lab)"]
    ),
    "authors_parsed": lambda random: [[text(random), "A.", "Jr", "Lab"], ["Bee", text(random), ""]],
    "author_parts": lambda random: [None, ["van der Berg", text(random), "", False]],
    "categories": lambda random: random.choice(["cs.CL stat.ML", ["cs.CL", text(random)]]),
    "journal-ref": text,
    "venue": text,
    "doi": lambda random: random.choice(["10.1000/x", f"10.1000/{text(random)}", "10.1/2, 10.1000/y"]),
    "urls": lambda random: {text(random): "https://example.org/x", "pdf": f"https://{text(random)}"},
    "versions": lambda random: [{"version": "v1", "created": f"Mon, 2 Apr 2007 19:18:42 {text(random)}"}],
    "published": lambda random: random.choice(["2024", "2024-04", "2024-04-05"]),
    "featured": lambda random: ["2024-04-05", "2024"],
    "tags": lambda random: [text(random), "a b", "a b"],
    "note": text,
    "status": lambda random: random.choice(["read", "unread"]),
    "rating": lambda random: random.randrange(1, 6),
    "upvotes": lambda random: random.randrange(10**6),
}


def json_record(random: Random) -> dict[str, Any]:
    """Make a record of a paper that is right, but for a few of its values."""
    keys = {"id", "title", *random.sample(sorted(_RIGHT), random.randrange(len(_RIGHT)))}
    record = {key: _RIGHT[key](random) for key in keys}
    for _ in range(random.choice([0, 0, 1, 1, 2, 9])):
        record[random.choice([*keys, *_KEYS])] = value(random)
    return record


def json_text(random: Random) -> str:
    """Write JSON that looks like records: a line each, or a list, or the hits of a search."""
    records = [json_record(random) for _ in range(random.choice([1, 1, 3]))]
    shape = random.randrange(4)
    if shape < 2:
        return "\n".join(json.dumps(record, ensure_ascii=bool(shape)) for record in records)
    return json.dumps(records if shape == 2 else {"hits": records}, indent=random.choice([None, 2]))


def deep_json(random: Random) -> str:
    """Write JSON that is nested without end."""
    depth = random.choice([10, 1000, 3000])
    opening = random.choice(["[", '{"title":', '{"hits":[', '[{"title":"x","authors":'])
    return opening * depth + random.choice(["", "1", '"x"', "]" * depth, "}" * depth])


def nearly_json(random: Random) -> str:
    """Write one kind of JSON or the other."""
    return deep_json(random) if random.random() < 0.03 else json_text(random)


def query(random: Random) -> str:
    """Write a query that is mostly right."""
    parts = []
    for _ in range(random.choice([1, 2, 3, 8])):
        field = random.choice(["", "", "", "-", "NOT ", *(one for one in _QUERY if one.endswith(":"))])
        what = random.choice([*_WORDS, *_QUERY, f'"{text(random)}"', "(", ")", "graph*", text(random)])
        parts.append(field + what)
    return random.choice([" ", " ", " OR "]).join(parts) + random.choice(["", "", " ", '"', ")"])


WRITTEN = {
    "jsonl": nearly_json,
    "arxiv-snapshot": nearly_json,
    "csl-json": nearly_json,
    "query": query,
    "cleaner": text,
}
"""Writers by target, where tokens alone would hardly ever make sense."""
