"""What the partners choose for their charter: annexes, languages, print, and words on the law."""

from __future__ import annotations

from collections.abc import Sequence

from partnerdesk.errors import UserError
from partnerdesk.flow.values import text, texts
from partnerdesk.flow.written import printable
from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.model.options import ANNEXES, LARGEST_PRINT, USUAL_ANNEXES, CharterOptions
from partnerdesk.store import Store, Transaction

ANNEX_KEY, LANGUAGE_KEY = "charter:annexes", "charter:languages"
PRINT_KEY, LAW_KEY = "charter:print", "charter:law"
USUAL_PRINT, LARGEST = 100, round(LARGEST_PRINT * 100)
MOST_LANGUAGES = 4


def options_of(store: Store) -> CharterOptions:
    """Return the partners' choices, the usual ones where they chose nothing."""
    languages, law = _row(store, LANGUAGE_KEY), _row(store, LAW_KEY)
    chosen = _codes(store, ANNEX_KEY)
    codes = tuple(dict.fromkeys(texts(languages, "codes")))
    prevailing = text(languages, "prevailing")
    return CharterOptions(
        annexes=USUAL_ANNEXES if chosen is None else tuple(a for a in ANNEXES if a in chosen),
        languages=codes,
        prevailing=prevailing if prevailing in codes else "",
        parallel=bool(languages.get("parallel", True)),
        large_print=print_of(store) / 100,
        read_aloud=bool(law.get("read_aloud", True)),
        legal_nature=text(law, "words"),
    )


def print_of(store: Store) -> int:
    """Return the size of print in percent, 100 to 200."""
    row = store.row("setting", PRINT_KEY)
    percent = row["value"] if row else USUAL_PRINT
    return percent if isinstance(percent, int) and USUAL_PRINT <= percent <= LARGEST else 100


def choose_annexes(store: Store, codes: Sequence[str], *, origin: object = None) -> None:
    """Let these annexes, of A to H, go into the charter where they have something to say."""
    if set(codes) - set(ANNEXES):
        raise UserError(_("The annexes are A to H. Nothing was changed. Choose among them."))
    kept: list[Json] = [code for code in ANNEXES if code in codes]
    keep(store, ANNEX_KEY, kept, _("Choose annexes"), origin)


def choose_languages(
    store: Store,
    codes: Sequence[str],
    *,
    prevailing: str = "",
    parallel: bool = True,
    origin: object = None,
) -> None:
    """Print the charter in these languages, the first one leading; () is the partnership's own.

    `prevailing` is the one that counts where they differ, '' where all are equal. `parallel`
    sets two languages side by side. Raises UserError for a language twice, for more than four,
    and for a prevailing language that is not among them.
    """
    if len(set(codes)) != len(codes) or len(codes) > MOST_LANGUAGES:
        words = _("A charter is in at most four languages, each once. Nothing was changed.")
        raise UserError(words, code="languages")
    if prevailing and prevailing not in codes:
        words = _("The language that prevails is one of the charter's own. Nothing was changed.")
        raise UserError(words, code="prevailing")
    value: Row = {"codes": [*codes], "prevailing": prevailing, "parallel": parallel}
    keep(store, LANGUAGE_KEY, value, _("Choose languages of the charter"), origin)


def choose_print(store: Store, percent: int, *, origin: object = None) -> None:
    """Print the charter at this size, 100 to 200 percent of the usual one."""
    if not USUAL_PRINT <= percent <= LARGEST:
        raise UserError(_("The print is 100 to 200 percent of the usual one. Nothing was changed."))
    keep(store, PRINT_KEY, percent, _("Choose size of print"), origin)


def choose_law(
    store: Store, *, words: str | None = None, read_aloud: bool | None = None, origin: object = None
) -> None:
    """Say what the charter is in law, '' for the usual words, and whether readings are attested."""
    kept = _row(store, LAW_KEY)
    value: Row = {"words": text(kept, "words"), "read_aloud": kept.get("read_aloud", True)}
    if words is not None:
        value["words"] = printable(words).strip()
    if read_aloud is not None:
        value["read_aloud"] = read_aloud
    keep(store, LAW_KEY, value, _("Change words on the law"), origin)


def keep(store: Store, key: str, value: Json, title: str, origin: object) -> None:
    """Keep a setting in a transaction called `title`; the same again writes nothing."""
    row = store.row("setting", key)
    if row is None or row["value"] != value:
        with store.transaction(title, origin=origin) as t:
            t.upsert("setting", {"id": key, "value": value})


def forget(store: Store, t: Transaction, key: str) -> None:
    """Forget a setting, where there is one."""
    if store.row("setting", key) is not None:
        t.delete("setting", key)


def _row(store: Store, key: str) -> Row:
    row = store.row("setting", key)
    return row["value"] if row and isinstance(row["value"], dict) else {}


def _codes(store: Store, key: str) -> list[Json] | None:
    row = store.row("setting", key)
    return row["value"] if row and isinstance(row["value"], list) else None
