"""Clauses in other languages, as people type them; each belongs to the very words it translates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from partnerdesk.flow.choices import forget, keep
from partnerdesk.flow.consents import digest_of
from partnerdesk.flow.values import found, text
from partnerdesk.flow.written import printable
from partnerdesk.language import _
from partnerdesk.model.json import Row
from partnerdesk.store import Store

PREFIX = "translation:"


@dataclass(frozen=True)
class Translated:
    """A clause's words in one language; `stale` where the clause changed since."""

    words: str
    stale: bool = False


def translation_of(store: Store, clause_id: str, language: str) -> Translated:
    """Return a clause in a language, with '' where nobody has translated it."""
    clause = store.row("clause", clause_id)
    row = store.row("setting", _key(clause_id, language))
    if clause is None or row is None:
        return Translated("")
    value = cast(Row, row["value"])
    return Translated(text(value, "text"), text(value, "of") != _digest(clause))


def fresh_translations(store: Store, clause_id: str, languages: Iterable[str]) -> Mapping[str, str]:
    """Return a clause in those of the languages whose translation is of its present words.

    A translation of earlier words is left out: it would say what nobody agreed.
    """
    found_ = {code: translation_of(store, clause_id, code) for code in languages}
    return {code: one.words for code, one in found_.items() if one.words and not one.stale}


def translate_clause(
    store: Store, clause_id: str, language: str, words: str, *, origin: object = None
) -> None:
    """Keep a clause's words in another language; '' takes the translation away."""
    clause = found(store.row("clause", clause_id), _("This clause"))
    written, key = printable(words).strip(), _key(clause_id, language)
    if written:
        keep(store, key, {"text": written, "of": _digest(clause)}, _("Translate clause"), origin)
        return
    with store.transaction(_("Remove translation"), origin=origin) as t:
        forget(store, t, key)


def _digest(clause: Row) -> str:
    return digest_of(clause["text"])


def _key(clause_id: str, language: str) -> str:
    return f"{PREFIX}{language}:{clause_id}"
