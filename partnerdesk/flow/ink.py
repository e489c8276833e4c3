"""Signatures in wet ink: who signed so, who keeps the paper, and the scan as evidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow.clock import now
from partnerdesk.flow.values import text
from partnerdesk.flow.versions import VersionState, signatories_of, versions
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Row
from partnerdesk.model.round import Method
from partnerdesk.store import Store, Undoing


@dataclass(frozen=True)
class OnPaper:
    """One paper: the ids of those who signed it, its keeper, and its scan.

    `evidence` is the SHA-256 of the scan among the documents, and `name` its file name.
    """

    signatories: tuple[str, ...]
    kept_by: str
    evidence: str
    name: str


def sign_on_paper(
    store: Store,
    version_id: str,
    signatories: Sequence[str],
    kept_by: str,
    scanned: tuple[bytes, str],
    *,
    origin: object = None,
) -> None:
    """Record that these signatories, who are next in the agreed order, signed on paper.

    `scanned` is the evidence and its ending, as `pictures.scan` returns them. This claims no
    digital signature: the PDF stays as it is, and the places stay empty for good. Raises
    UserError without a keeper, out of turn, or where nobody is awaited.
    """
    version = next(v for v in versions(store) if v.id == version_id)
    awaited = [one for one in signatories_of(store, version_id) if one not in version.signed]
    if not kept_by.strip():
        raise UserError(_("Who keeps the signed paper? Please name them."), code="keeper")
    if not awaited or version.state is not VersionState.SIGNING:
        raise UserError(_("Nobody is awaited here. Nothing was recorded."), code="closed")
    if not signatories or list(signatories) != awaited[: len(signatories)]:
        words = _("Others sign first: the order is part of the charter. Nothing was recorded.")
        raise UserError(words, code="turn")
    evidence, ending = scanned
    with store.transaction(
        _("Record signatures on paper"), undoing=Undoing.BARRIER, origin=origin
    ) as t:
        name = _name(version.number, 1 + len(on_paper(store, version_id))) + ending
        digest = store.put_document(evidence, name)
        note = json.dumps({"kept_by": kept_by.strip(), "evidence": digest, "name": name})
        for one in signatories:
            row = {"version_id": version_id, "signatory_id": one, "method": Method.PAPER.value}
            made = {"id": new_id(), "signed_at": now(), "certificate_digest": "", "note": note}
            t.insert("signature", {**row, **made})


def on_paper(store: Store, version_id: str) -> tuple[OnPaper, ...]:
    """Return the papers of a version, in the order of signing."""
    order = signatories_of(store, version_id)
    rows = store.rows("signature", version_id=version_id, method=Method.PAPER.value)
    papers: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: order.index(text(row, "signatory_id"))):
        papers.setdefault(text(row, "note"), []).append(text(row, "signatory_id"))
    return tuple(_paper(note, signatories) for note, signatories in papers.items())


def keepers(store: Store, version_id: str) -> dict[str, str]:
    """Return who keeps the paper of each signatory who signed one."""
    papers = on_paper(store, version_id)
    return {one: paper.kept_by for paper in papers for one in paper.signatories}


def _paper(note: str, signatories: Sequence[str]) -> OnPaper:
    told = cast(Row, json.loads(note))
    return OnPaper(
        tuple(signatories), text(told, "kept_by"), text(told, "evidence"), text(told, "name")
    )


def _name(version: int, paper: int) -> str:
    if paper == 1:
        return _("signed on paper, version {n}").format(n=version)
    return _("signed on paper, version {n}, paper {paper}").format(n=version, paper=paper)
