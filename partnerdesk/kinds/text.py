"""Open questions, answered in words and shown as they were said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import (
    dig,
    echo,
    is_mapping,
    item_labels,
    need_items,
    not_asked,
    option,
    present,
    unended,
    words,
    wrong_form,
)
from partnerdesk.kinds.lines import answered, hidden, passes, quotes
from partnerdesk.kinds.summary import Quote, Summary
from partnerdesk.kinds.tables import check_parts
from partnerdesk.language import _
from partnerdesk.model.guide import Activity
from partnerdesk.model.round import Answer, Response

LONGEST = 600


@dataclass(frozen=True)
class Text:
    """Answers of {item: "words"}; a question may be left out, but not all of them."""

    name: str = "text"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity without questions or with no room for words."""
        faults = need_items(activity) + check_parts(activity)
        if option(activity, "max", LONGEST) < 1:
            faults.append(_("“{title}” leaves no room for words.").format(title=activity.title))
        return faults

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each text that is unknown, too long or no text at all."""
        labels = item_labels(setting.items)
        if not is_mapping(answer):
            return [wrong_form()]
        faults = [not_asked(echo(key)) for key in answer if key not in labels]
        for _item, label, given in present(answer, labels):
            faults += _check_words(setting.activity, given, label)
        if not faults and not any(words(given) for given in answer.values()):
            faults.append(_("Write a few words, or pass."))
        return faults

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return every text as a quote, question by question.

        Partners stand in file order and texts by the alphabet, so that nothing tells who
        wrote when. `data` holds nothing: words are not counted.
        """
        if nothing := hidden(setting, responses):
            return nothing
        answers = answered(responses)
        said = [
            quotes(setting, item.text, [(who, words(dig(one, item.id))) for who, one in answers])
            for item in setting.items
        ]
        shown = tuple(chain.from_iterable(said))
        return Summary(
            len(answers), passes(responses), quotes=shown, questions=_questions(setting, shown)
        )


def _check_words(activity: Activity, given: object, label: str) -> list[str]:
    if not isinstance(given, str):
        return [wrong_form(label)]
    longest = option(activity, "max", LONGEST)
    if len(given) <= longest:
        return []
    return [_("“{place}”: at most {n} characters.").format(place=label, n=longest)]


def _questions(setting: Setting, shown: Sequence[Quote]) -> tuple[str, ...]:
    silent = [item.text for item in setting.items if not any(q.heading == item.text for q in shown)]
    if shown and silent:
        return (_("Nobody wrote about “{item}”. Why is that?").format(item=unended(silent[0])),)
    return (_("Which words mean different things to you?"),) if len(shown) > 1 else ()
