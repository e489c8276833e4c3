"""The guide of one partnership: the standard one, and what the organisation added to it."""

from __future__ import annotations

from partnerdesk.errors import UserError
from partnerdesk.flow.values import text
from partnerdesk.guide import merge, read_guide_text, standard_guide
from partnerdesk.kinds import KINDS
from partnerdesk.kinds.base import Kind
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Guide
from partnerdesk.model.ids import new_id
from partnerdesk.store import Store


def check_activity(activity: Activity) -> list[str]:
    """Return a sentence for each thing that the activity's kind cannot work with."""
    return KINDS[activity.kind].check_activity(activity)


def built_in_guide() -> Guide:
    """Return the standard guide, checked against the kinds that this program has."""
    return standard_guide(kinds=KINDS.keys(), check_activity=check_activity)


def guide_of(store: Store) -> Guide:
    """Return the standard guide with the guides that this partnership added, in their order."""
    guide = built_in_guide()
    for row in store.rows("guide_text"):
        guide = merge(guide, _read(text(row, "name"), text(row, "text")))
    return guide


def add_guide(store: Store, name: str, written: str, *, origin: object = None) -> Guide:
    """Add an organisation's own guide and return the merged guide.

    Raises InputErrors with every fault at once; then nothing is added.
    """
    merged = merge(guide_of(store), _read(name, written))
    with store.transaction(_("Add guide"), origin=origin) as t:
        t.insert("guide_text", {"id": new_id(), "name": name, "text": written})
    return merged


def activity_of(guide: Guide, activity_id: str) -> Activity:
    """Return an activity of the guide; raises UserError where the guide has none of that name."""
    activity = guide.activity(activity_id)
    if activity is None:
        message = _("The guide has no activity {name}. Nothing was changed. Add its guide first.")
        raise UserError(message.format(name=activity_id), code="activity")
    return activity


def kind_of(activity: Activity) -> Kind:
    """Return the kind of input that asks this activity."""
    return KINDS[activity.kind]


def _read(name: str, written: str) -> Guide:
    return read_guide_text(name, written, kinds=KINDS.keys(), check_activity=check_activity)
