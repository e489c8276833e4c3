"""The tables of the file, made by an append-only list of migrations and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x5044534B  # "PDSK"

INTERNAL = frozenset({"identity", "edit", "change", "document", "vault"})

JSON_COLUMNS = {
    ("item", "details"),
    ("response", "value"),
    ("agreement", "payload"),
    ("clause", "affects"),
    ("charter_version", "words"),
    ("setting", "value"),
    ("erasure", "wiped"),
    ("erasure", "edits"),
}

_M001 = (
    """CREATE TABLE identity (
    id TEXT PRIMARY KEY NOT NULL,
    format TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT""",
    """CREATE TABLE edit (
    seq INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    session TEXT NOT NULL,
    turn TEXT NOT NULL,
    title TEXT NOT NULL,
    undoing TEXT NOT NULL CHECK (undoing IN ('undoable', 'barrier', 'quiet')),
    reverses TEXT NOT NULL,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT""",
    """CREATE TABLE change (
    seq INTEGER NOT NULL REFERENCES edit (seq) DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (seq, place)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX change_of_row ON change (name, key, seq)",
    """CREATE TABLE document (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT""",
    """CREATE TABLE vault (
    id TEXT PRIMARY KEY NOT NULL,
    data BLOB NOT NULL
) STRICT""",
    """CREATE TABLE sealed_key (
    id TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'kept'
) STRICT""",
    """CREATE TABLE partnership (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    purpose TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'en',
    page TEXT NOT NULL DEFAULT 'A4',
    why_now TEXT NOT NULL DEFAULT '',
    bid_date TEXT NOT NULL DEFAULT '',
    practice INTEGER NOT NULL DEFAULT 0
) STRICT""",
    """CREATE TABLE partner (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    short TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    mission TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE participant (
    id TEXT PRIMARY KEY NOT NULL,
    partner_id TEXT NOT NULL REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    authority TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    picture TEXT NOT NULL DEFAULT '',
    present INTEGER NOT NULL DEFAULT 1
) STRICT""",
    """CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    facilitator TEXT NOT NULL DEFAULT '',
    decision_rule TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE guide_text (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE item (
    id TEXT PRIMARY KEY NOT NULL,
    list TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL DEFAULT '',
    details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details))
) STRICT""",
    """CREATE TABLE round (
    id TEXT PRIMARY KEY NOT NULL,
    activity TEXT NOT NULL DEFAULT '',
    number INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT '',
    attribution TEXT NOT NULL DEFAULT '',
    respondents TEXT NOT NULL DEFAULT '',
    key_id TEXT NOT NULL DEFAULT '',
    seal_size INTEGER NOT NULL DEFAULT 0,
    holder TEXT NOT NULL DEFAULT '',
    opened_at TEXT NOT NULL DEFAULT '',
    revealed_at TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE response (
    id TEXT PRIMARY KEY NOT NULL,
    round_id TEXT NOT NULL REFERENCES round (id) DEFERRABLE INITIALLY DEFERRED,
    respondent TEXT NOT NULL DEFAULT '',
    entry TEXT NOT NULL DEFAULT '',
    sealed TEXT NOT NULL DEFAULT '',
    commitment TEXT NOT NULL DEFAULT '',
    nonce TEXT NOT NULL DEFAULT '',
    value TEXT CHECK (json_valid(value)),
    passed INTEGER NOT NULL DEFAULT 0
) STRICT""",
    """CREATE TABLE agreement (
    id TEXT PRIMARY KEY NOT NULL,
    activity TEXT NOT NULL DEFAULT '',
    round_id TEXT NOT NULL DEFAULT '',
    payload TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(payload)),
    basis TEXT NOT NULL DEFAULT '',
    recorded_at TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE clause (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    section TEXT NOT NULL DEFAULT '',
    type TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    affects TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(affects)),
    owner TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    origin TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE consent (
    id TEXT PRIMARY KEY NOT NULL,
    clause_id TEXT NOT NULL DEFAULT '',
    agreement_id TEXT NOT NULL DEFAULT '',
    partner_id TEXT NOT NULL REFERENCES partner (id) DEFERRABLE INITIALLY DEFERRED,
    level INTEGER NOT NULL DEFAULT 0,
    reservation TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    recorded_at TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE signatory (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    participant_id TEXT NOT NULL REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED,
    method TEXT NOT NULL DEFAULT '',
    read_in TEXT NOT NULL DEFAULT '',
    read_by TEXT NOT NULL DEFAULT '',
    witness TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE charter_version (
    id TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT '',
    charter_id TEXT NOT NULL DEFAULT '',
    unsigned_id TEXT NOT NULL DEFAULT '',
    signed_id TEXT NOT NULL DEFAULT '',
    charter_digest TEXT NOT NULL DEFAULT '',
    certificate TEXT NOT NULL DEFAULT '',
    fingerprint TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(words)),
    key_id TEXT NOT NULL DEFAULT '',
    frozen_at TEXT NOT NULL DEFAULT '',
    closed_at TEXT NOT NULL DEFAULT '',
    journal_head TEXT NOT NULL DEFAULT '',
    journal_count INTEGER NOT NULL DEFAULT 0
) STRICT""",
    """CREATE TABLE signature (
    id TEXT PRIMARY KEY NOT NULL,
    version_id TEXT NOT NULL REFERENCES charter_version (id) DEFERRABLE INITIALLY DEFERRED,
    signatory_id TEXT NOT NULL REFERENCES signatory (id) DEFERRABLE INITIALLY DEFERRED,
    method TEXT NOT NULL DEFAULT '',
    signed_at TEXT NOT NULL DEFAULT '',
    certificate_digest TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE note (
    id TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL DEFAULT ''
) STRICT""",
    """CREATE TABLE setting (
    id TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL DEFAULT 'null' CHECK (json_valid(value))
) STRICT""",
)


def m001_create_record(db: Database) -> None:
    """Create the record of a partnership, its journal, its documents and its vault."""
    for statement in _M001:
        db.execute(statement)


_M002 = """CREATE TABLE erasure (
    id TEXT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    put TEXT NOT NULL DEFAULT '',
    inside INTEGER NOT NULL DEFAULT 0,
    wiped TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(wiped)),
    edits TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(edits))
) STRICT"""


def m002_create_erasures(db: Database) -> None:
    """Create the table that says what was erased from the journal, when and by whom."""
    db.execute(_M002)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (m001_create_record, m002_create_erasures)
