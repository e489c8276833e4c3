"""What was done since a moment of the journal, in the words of its edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from partnerdesk.language import _, ngettext
from partnerdesk.store import Store

MOST = 3


def since_each(store: Store, seqs: Iterable[int]) -> Mapping[int, Counter[str]]:
    """Return for each of some edits how often each kind of edit came after it, by title."""
    wanted = sorted(set(seqs), reverse=True)
    found: dict[int, Counter[str]] = {}
    counted: Counter[str] = Counter()
    titles = [(edit.seq, edit.title) for edit in store.edits(min(wanted, default=0))]
    for seq in wanted:
        while titles and titles[-1][0] > seq:
            counted[titles.pop()[1]] += 1
        found[seq] = counted.copy()
    return found


def since_words(counted: Counter[str]) -> str:
    """Return what came after in words: how many changes, and the most frequent of them."""
    count = counted.total()
    if not count:
        return _("Nothing was changed since")
    words = ngettext("{n} change since", "{n} changes since", count).format(n=count)
    most = [f"{title} ({n})" if n > 1 else title for title, n in counted.most_common(MOST)]
    more = ", …" if len(counted) > MOST else ""
    return f"{words}: {', '.join(most)}{more}"
