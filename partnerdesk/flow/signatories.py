"""Who signs the charter, how, and in which order."""

from __future__ import annotations

from partnerdesk.errors import UserError
from partnerdesk.flow.values import found, next_position, terms_key, text
from partnerdesk.flow.versions import awaited_in_open_version
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import Method
from partnerdesk.store import Store


def add_signatory(
    store: Store,
    participant_id: str,
    method: Method,
    *,
    read_in: str = "",
    read_by: str = "",
    witness: str = "",
    signatory_id: str = "",
    origin: object = None,
) -> str:
    """Add a signatory at the end of the order and return its id.

    Raises UserError where the person signs already.
    """
    person = found(store.row("participant", participant_id), _("This person"))
    if store.rows("signatory", participant_id=participant_id):
        message = _("{name} signs already. Nothing was changed.")
        raise UserError(message.format(name=person["name"]), code="twice")
    with store.transaction(_("Add signatory"), origin=origin) as t:
        return t.insert(
            "signatory",
            {
                "id": signatory_id or new_id(),
                "position": next_position(store, "signatory"),
                "participant_id": participant_id,
                "method": method.value,
                "read_in": read_in or text(person, "language"),
                "read_by": read_by,
                "witness": witness,
            },
        )


def change_signatory(store: Store, key: str, *, origin: object = None, **fields: Json) -> None:
    """Change how a signatory signs: method, read_in, read_by or witness."""
    found(store.row("signatory", key), _("This signatory"))
    if "method" in fields:
        fields["method"] = Method(fields["method"]).value
    with store.transaction(_("Change signatory"), origin=origin) as t:
        t.update("signatory", key, **fields)


def remove_signatory(store: Store, key: str, *, origin: object = None) -> None:
    """Take a signatory out; raises UserError where that person has signed or is awaited."""
    found(store.row("signatory", key), _("This signatory"))
    if store.rows("signature", signatory_id=key):
        raise UserError(
            _("This person has signed, so the name stays in the record."), code="signed"
        )
    if awaited_in_open_version(store, key):
        raise UserError(
            _("The version being signed awaits this person. Finish or stop its signing first."),
            code="signing",
        )
    with store.transaction(_("Remove signatory"), origin=origin) as t:
        t.delete("signatory", key)
        if store.row("setting", terms_key(key)) is not None:
            t.delete("setting", terms_key(key))


def move_signatory(store: Store, key: str, place: int, *, origin: object = None) -> None:
    """Move a signatory to `place` (0 signs first); the others keep their order."""
    found(store.row("signatory", key), _("This signatory"))
    order = [text(row, "id") for row in store.rows("signatory", "position") if row["id"] != key]
    order.insert(max(0, min(place, len(order))), key)
    with store.transaction(_("Change signing order"), origin=origin) as t:
        for position, signatory in enumerate(order):
            t.update("signatory", signatory, position=position)


def suggest_signatories(store: Store, *, origin: object = None) -> tuple[str, ...]:
    """Add one signatory for each partner that has none: its first person who may bind it.

    Someone who is here comes before someone who is away.
    """
    signing = {text(row, "participant_id") for row in store.rows("signatory")}
    people = store.rows("participant", "position")
    covered = {p["partner_id"] for p in people if p["id"] in signing}
    added = []
    for partner in reversed(store.rows("partner", "position")):
        if partner["id"] in covered:
            continue
        able = [p for p in people if p["partner_id"] == partner["id"]]
        able = [p for p in able if p["authority"] != Authority.OBSERVES.value]
        able.sort(key=lambda p: (not p["present"], p["authority"] != Authority.BINDS.value))
        if able:
            added.append(add_signatory(store, text(able[0], "id"), Method.DRAWN, origin=origin))
    return tuple(added)
