"""The tables of marks.db."""

from __future__ import annotations

from typing import Final

from papers_tui.index.store.opening import Schema

_VERSION_1: Final = (
    """CREATE TABLE library (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        identity TEXT NOT NULL,
        generation INTEGER NOT NULL  -- grows by one with each transaction that changes a mark
    ) STRICT""",
    "INSERT INTO library VALUES (1, lower(hex(randomblob(16))), 0)",
    # A row stays when everything is taken off again: its revision must not begin anew.
    """CREATE TABLE mark (
        id TEXT PRIMARY KEY,           -- of the paper
        bookmarked INTEGER NOT NULL CHECK (bookmarked IN (0, 1)),
        note TEXT NOT NULL,
        note_revision INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('unread', 'reading', 'read')),
        rating INTEGER CHECK (rating BETWEEN 1 AND 5),
        snapshot TEXT NOT NULL         -- the paper as it was: marks outlive the corpus
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE tag (
        name TEXT NOT NULL,
        id TEXT NOT NULL REFERENCES mark ON DELETE CASCADE ON UPDATE CASCADE,
        PRIMARY KEY (name, id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX tag_id ON tag (id)",
    """CREATE TABLE step (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        label TEXT NOT NULL,
        session TEXT NOT NULL,         -- the opening of this file by which it was made
        made TEXT NOT NULL,
        undone INTEGER,                -- the larger, the later; null while it stands
        undone_by TEXT                 -- the session
    ) STRICT""",
    """CREATE TABLE step_item (
        number INTEGER PRIMARY KEY,
        step INTEGER NOT NULL REFERENCES step ON DELETE CASCADE,
        id TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX step_item_step ON step_item (step)",
    "CREATE INDEX step_item_id ON step_item (id)",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        text TEXT NOT NULL,
        saved TEXT NOT NULL,
        base INTEGER NOT NULL  -- the revision of the note that it was typed over
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_VERSION_2: Final = (
    # The generation of the library after the last change of the row: what changed since is read alone.
    "ALTER TABLE mark ADD COLUMN changed INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX mark_changed ON mark (changed)",
    # The same of the last row that was taken out.
    "ALTER TABLE library ADD COLUMN removed INTEGER NOT NULL DEFAULT 0",
)

_VERSION_3: Final = (
    # When the user removed the paper; null while it is in the library.
    "ALTER TABLE mark ADD COLUMN trashed TEXT",
    "CREATE INDEX mark_trashed ON mark (trashed) WHERE trashed IS NOT NULL",
)

_VERSION_4: Final = (
    # A JSON object: what the user says of the paper's fields in place of its sources; empty for nothing.
    "ALTER TABLE mark ADD COLUMN edits TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX mark_edits ON mark (id) WHERE edits <> ''",
)

_VERSION_5: Final = (
    # Every session has drafts of its own: two windows in which one note is typed keep both texts.
    "ALTER TABLE draft RENAME TO former_draft",
    """CREATE TABLE draft (
        id TEXT NOT NULL,
        session TEXT NOT NULL DEFAULT '',  -- the opening of this file in which it was typed; one that ended
        text TEXT NOT NULL,
        saved TEXT NOT NULL,
        base INTEGER NOT NULL,
        PRIMARY KEY (id, session)
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO draft (id, text, saved, base) SELECT id, text, saved, base FROM former_draft",
    "DROP TABLE former_draft",
)

_VERSION_6: Final = (
    # JSON: what the step decided of two papers, that they are one or two; empty where it changed marks alone.
    "ALTER TABLE step ADD COLUMN decided TEXT NOT NULL DEFAULT ''",
)

MARKS: Final = Schema(
    application_id=0x5054504D,  # PTPM
    migrations=(_VERSION_1, _VERSION_2, _VERSION_3, _VERSION_4, _VERSION_5, _VERSION_6),
    probes=(
        "SELECT identity, generation, removed FROM library",
        "SELECT id, bookmarked, note, note_revision, status, rating, snapshot, changed FROM mark LIMIT 1",
        "SELECT trashed, edits FROM mark LIMIT 1",
        "SELECT name, id FROM tag LIMIT 1",
        "SELECT id, session, text, base FROM draft LIMIT 1",
        "SELECT name, value FROM setting LIMIT 1",
        "SELECT number, label, session, made, undone, undone_by, decided FROM step LIMIT 1",
    ),
)
