"""A superseded document goes without a trace; one that a row needs stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerdesk.store import Store, Undoing, open_store


def _version(store: Store, data: bytes) -> str:
    with store.transaction("Freeze charter", undoing=Undoing.BARRIER) as t:
        digest = store.put_document(data, "unsigned.pdf")
        t.insert("charter_version", {"id": "v", "unsigned_id": digest, "signed_id": digest})
    return digest


def test_a_superseded_document_leaves_the_file_and_the_check_is_content(
    store: Store, path: Path
) -> None:
    first = _version(store, b"unsigned")
    second = store.put_document(b"SUPERSEDED", "charter.pdf")
    with store.transaction("Sign charter", undoing=Undoing.BARRIER) as t:
        t.update("charter_version", "v", signed_id=second)
    with store.transaction("Sign charter", undoing=Undoing.BARRIER) as t:
        t.update("charter_version", "v", signed_id=store.put_document(b"last", "charter.pdf"))
        store.drop_document(second)
    with pytest.raises(LookupError):
        store.document(second)
    assert store.document(first) == b"unsigned"
    assert store.check().problems == ()
    store.close()
    assert b"SUPERSEDED" not in path.read_bytes()
    with open_store(path) as again:
        assert again.check().ok


def test_a_document_that_a_row_needs_stays(store: Store) -> None:
    digest = _version(store, b"unsigned")
    store.drop_document(digest)
    store.drop_document("0" * 64)
    assert store.document(digest) == b"unsigned"


def test_a_dropped_document_comes_back_with_a_transaction_that_fails(store: Store) -> None:
    digest = store.put_document(b"pdf", "charter.pdf")

    def fail() -> None:
        with store.transaction("Sign charter"):
            store.drop_document(digest)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.document(digest) == b"pdf"


def test_a_missing_document_that_a_row_needs_is_found(store: Store) -> None:
    digest = _version(store, b"unsigned")
    store._connection.execute("DELETE FROM document")
    assert any(digest in problem for problem in store.check().problems)
