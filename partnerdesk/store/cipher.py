"""Encryption at rest: SQLCipher 4 with its own defaults, so that any SQLCipher tool opens the file.

A passphrase stands in `Key` alone, which never shows it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from hmac import compare_digest

import sqlcipher3.dbapi2 as sqlite

PAGE_BYTES = 4096
ROUNDS = 256_000
DISTINCT = 200  # of 256 byte values: random pages have over 240, text and tables far fewer
KNOWN_STARTS = (b"PK", b"%PDF", b"\xff\xd8", b"\x89PNG", b"\x1f\x8b", b"GIF8", b"7z\xbc\xaf")


@dataclass(frozen=True)
class Key:
    """A passphrase as it is given to SQLCipher: NFC, with single spaces between its words."""

    text: str = field(repr=False)


def key_of(passphrase: str | None) -> Key | None:
    """Return the key of a passphrase as it was typed, or None where there is none."""
    if passphrase is None:
        return None
    return Key(unicodedata.normalize("NFC", " ".join(passphrase.split())))


def same(key: Key, passphrase: str) -> bool:
    """Return whether a passphrase as it was typed gives this key."""
    typed = key_of(passphrase)
    texts = (one.text.encode("utf-8", "replace") for one in (key, typed) if one is not None)
    return compare_digest(*texts)


def raw_key(key: Key, salt: bytes) -> Key:
    """Return the same key as SQLCipher derives it for a file that starts with `salt`.

    It opens the file in a millisecond: for many connections one after the other.
    """
    derived = hashlib.pbkdf2_hmac("sha512", key.text.encode("utf-8", "replace"), salt, ROUNDS, 32)
    return Key(f"x'{derived.hex()}{salt.hex()}'")


def unlock(connection: sqlite.Connection, key: Key | None) -> None:
    """Give the key to a connection before anything else touches the file.

    Whether it fits shows at the first read, which raises "file is not a database" where not.
    """
    connection.execute("PRAGMA cipher_log_level=NONE")  # else a wrong key is noted on stderr
    if key is not None:
        connection.execute(f"PRAGMA key={quoted(key)}")


def quoted(key: Key | None) -> str:
    """Return the key as an SQL text, '' for a plain file; half characters and NUL fit no file."""
    text = key.text if key else ""
    whole = text.encode("utf-8", "replace").decode().replace("\0", "?")
    return "'" + whole.replace("'", "''") + "'"


def looks_encrypted(start: bytes) -> bool:
    """Return whether the first page of a file may be SQLCipher's: nothing but noise."""
    page = start[:PAGE_BYTES]
    return (
        len(page) == PAGE_BYTES and len(set(page)) >= DISTINCT and not page.startswith(KNOWN_STARTS)
    )
