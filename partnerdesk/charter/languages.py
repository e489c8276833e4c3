"""One charter in several languages: composed once in each, then held together block for block."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import replace

from partnerdesk.language import Tongue
from partnerdesk.model.charter import Charter, InLanguage
from partnerdesk.model.options import CharterOptions

Tongues = Mapping[str, Tongue]


def tongue_of(tongues: Tongues, code: str) -> Tongue:
    """Return the language of this code, with English words where no catalogue is given."""
    return tongues.get(code) or Tongue(code, gettext.NullTranslations())


def in_one(charters: Sequence[Charter], options: CharterOptions) -> Charter:
    """Return charters of one record, each in its language, as one; the first one leads."""
    first, *others = charters
    return replace(
        first,
        others=tuple(InLanguage(c.language, c.sections, c.annexes, c.changes) for c in others),
        prevailing=options.prevailing,
        parallel=options.parallel,
    )


def shared_language(old: Charter, new: Charter) -> str:
    """Return the first language of `new` that `old` has too, or the leading one of `new`."""
    return next((code for code in new.languages if code in old.languages), new.language)


def in_language(charter: Charter, code: str) -> Charter:
    """Return the charter in this one of its languages, or in its leading one."""
    found = next((other for other in charter.others if other.language == code), None)
    alone = replace(charter, others=(), prevailing="", parallel=True)
    if found is None:
        return alone
    return replace(
        alone,
        language=code,
        sections=found.sections,
        annexes=found.annexes,
        changes=found.changes,
    )
