"""A bundle that comes to a laptop without a file of its partnership: it becomes one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from partnerdesk.errors import PartnerDeskError, UserError
from partnerdesk.exchange.bundle import SECTIONS, Bundle
from partnerdesk.exchange.copies import nothing_of
from partnerdesk.exchange.merge import carry_out, plan, prepare
from partnerdesk.language import _
from partnerdesk.store import Store, Undoing, create_store, open_copy


def title_in(bundle: Bundle) -> str:
    """Return what the partnership in a bundle is called, '' where the bundle does not tell."""
    title = ""
    for step in bundle.copy.steps:
        for change in step.changes:
            if change.table == "partnership" and change.after:
                title = str(change.after.get("title", title))
    return title


def settle_in(path: Path, bundle: Bundle, passphrase: str | None = None) -> Store:
    """Make the partnership's file at `path` from a whole bundle, and return it open.

    Rounds that are still sealed wait on the other laptop with their keys. Raises UserError "part"
    for a bundle of some parts, "exists", "forged"; a file that could not be finished is taken away.
    """
    if set(bundle.sections) != set(SECTIONS):
        message = _(
            "This bundle carries some parts alone. No file was made. "
            "Bring it into the partnership's own file, or ask for a whole one."
        )
        raise UserError(message, code="part")
    store = create_store(path, passphrase=passphrase, identity=bundle.copy.identity)
    try:
        found = plan(nothing_of(bundle.copy.identity, store.head()), bundle.copy)
        carry_out(store, prepare(found), undoing=Undoing.BARRIER)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def same_partnership(bundle: Bundle, paths: Iterable[Path]) -> Path | None:
    """Return the first of these files that is of the bundle's partnership, as far as they open."""
    wanted = bundle.copy.identity["id"]
    return next((path for path in paths if _id_of(path) == wanted), None)


def _id_of(path: Path) -> str:
    """Return the identity of a plain file that nobody holds, else ''; it is only read."""
    try:
        with closing(open_copy(path)) as store:
            return store.id
    except PartnerDeskError:
        return ""
