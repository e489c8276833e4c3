"""Which empty fields of a charter are no omission: somebody signed there on paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence

from partnerdesk.signing.report import Finding, PaperNote, Verdict, shown


def on_paper(
    charter: bytes,
    fingerprint: str,
    fields: Mapping[str, str],
    done: Collection[str],
    notes: Sequence[PaperNote],
) -> tuple[Finding, ...]:
    """Return a remark (R8) for each empty field that a note or the charter itself explains.

    `charter` is the attached charter.json, or b"" where there is none; `fields` maps the names
    of all fields to their labels, and `done` are those with a signature.
    """
    names = {hashlib.sha256(charter).hexdigest(), fingerprint}
    noted = {one.field: one.kept_by for one in notes if one.charter in names}
    meant = _meant(charter)
    return tuple(
        _remark(label, noted.get(name, ""))
        for name, label in fields.items()
        if name not in done and (name in noted or name in meant)
    )


def _remark(label: str, kept_by: str) -> Finding:
    code = "paper" if kept_by else "paper-place"
    return Finding("R8", code, Verdict.UNCHANGED, label, shown(kept_by))


def _meant(charter: bytes) -> frozenset[str]:
    """Return the fields whose signatories, says the charter, sign on paper."""
    try:
        blocks = [one for part in json.loads(charter)["sections"] for one in part["blocks"]]
        return frozenset(
            f"Signature{int(one['number'])}"
            for one in blocks
            if one.get("kind") == "signature" and one["method"] == "paper"
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return frozenset()
