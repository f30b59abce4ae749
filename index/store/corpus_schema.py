"""The tables of papers.db."""

from __future__ import annotations

from typing import Final

from papers_tui.index.store.opening import Schema

_VERSION_1: Final = (
    """CREATE TABLE library (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        identity TEXT NOT NULL,      -- random: tells this file from another one in its place
        generation INTEGER NOT NULL  -- grows by one with each transaction that changes a paper
    ) STRICT""",
    "INSERT INTO library VALUES (1, lower(hex(randomblob(16))), 0)",
    """CREATE TABLE paper (
        key INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again, so that an index may hold on to it
        id TEXT NOT NULL,
        generation INTEGER NOT NULL,            -- of the transaction that last changed the paper
        day TEXT NOT NULL,                      -- by which the newest papers come first
        featured TEXT,                          -- the last day in a listing
        seen BLOB NOT NULL,                     -- 8-byte digests of the descriptions merged into this one
        document TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX paper_generation ON paper (generation)",
    "CREATE INDEX paper_day ON paper (day)",
    "CREATE INDEX paper_featured ON paper (featured) WHERE featured IS NOT NULL",
    # Every id that leads to a paper: its own, those it had before, its DOI.
    """CREATE TABLE name (
        id TEXT PRIMARY KEY,
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX name_paper ON name (paper)",
    # Every title that a paper was met under, as a number.
    """CREATE TABLE title (
        number INTEGER NOT NULL,
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        PRIMARY KEY (number, paper)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX title_paper ON title (paper)",
    "CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    """CREATE TABLE paper_source (
        source INTEGER NOT NULL REFERENCES source,
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
        PRIMARY KEY (source, paper)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX paper_source_paper ON paper_source (paper)",
    "CREATE TABLE removed (paper INTEGER PRIMARY KEY, generation INTEGER NOT NULL) STRICT",
)

_VERSION_2: Final = (
    # Papers that became one as the user said, or since a preprint was taken for a published paper: how they
    # were before, by which they can be taken apart again.
    """CREATE TABLE merger (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,  -- which both became
        kept TEXT NOT NULL,   -- JSON: the row that stayed, its names and titles, and the marks of the paper
        taken TEXT NOT NULL,  -- the same of the one that went into it
        made TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX merger_paper ON merger (paper)",
    # Pairs of ids that are different papers, as the user said: they are never taken for one.
    """CREATE TABLE apart (
        one TEXT NOT NULL,
        other TEXT NOT NULL,
        PRIMARY KEY (one, other),
        CHECK (one < other)
    ) STRICT, WITHOUT ROWID""",
)

CORPUS: Final = Schema(
    application_id=0x50545043,  # PTPC
    migrations=(_VERSION_1, _VERSION_2),
    probes=(
        "SELECT identity, generation FROM library",
        "SELECT key, id, generation, day, featured, seen, document FROM paper LIMIT 1",
        "SELECT id, paper FROM name LIMIT 1",
        "SELECT paper, generation FROM removed LIMIT 1",
        "SELECT number, paper, kept, taken, made FROM merger LIMIT 1",
        "SELECT one, other FROM apart LIMIT 1",
        "SELECT source, paper FROM paper_source JOIN source ON number = source LIMIT 1",
    ),
    cache_kib=16_384,
    sample=(
        "SELECT length(document), name.id, title.number, source FROM paper"
        " JOIN name ON name.paper = key JOIN title ON title.paper = key"
        " LEFT JOIN paper_source ON paper_source.paper = key"
        " WHERE key >= (SELECT max(key) FROM paper) * ? LIMIT 1"
    ),
)
