"""A table written together, with rows that people may propose privately first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import dig, echo, is_list, keyed, not_asked, rows, within, wrong_form
from partnerdesk.kinds.lines import answered, hidden, passes, quotes
from partnerdesk.kinds.summary import Quote, Summary
from partnerdesk.kinds.tables import cell_words, check_parts, check_row
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Activity, Part
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import Answer, Response

MOST_ROWS = 50


@dataclass(frozen=True)
class Plan:
    """Answers of {"rows": [row, ...]}, rows of the part that the option "propose" names."""

    name: str = "plan"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity without tables, or with an unknown one to propose."""
        faults = check_parts(activity)
        if not activity.parts:
            faults.append(_("“{title}” needs a table.").format(title=activity.title))
        if "propose" in activity.options and _proposed(activity) is None:
            faults.append(not_asked(within(activity.title, echo(activity.options["propose"]))))
        return faults

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each fault in the rows; gaps are allowed, empty rows are not."""
        part = _proposed(setting.activity)
        if part is None:
            return [_("This activity asks nothing privately. Write the table together.")]
        faults = keyed(answer, {"rows": part.text})
        if faults:
            return faults
        given = dig(answer, "rows")
        if not is_list(given) or len(given) > MOST_ROWS:
            return [wrong_form(part.text)]
        return _check_rows(setting, part, given)

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return every proposed row as a quote; `data` holds nothing: proposals are words."""
        if nothing := hidden(setting, responses):
            return nothing
        answers, part = answered(responses), _proposed(setting.activity)
        shown = _proposals(setting, part, answers) if part else ()
        return Summary(len(answers), passes(responses), quotes=shown, questions=_questions(shown))


def _proposed(activity: Activity) -> Part | None:
    wanted = activity.options.get("propose")
    return next((part for part in activity.parts if part.id == wanted), None)


def _check_rows(setting: Setting, part: Part, given: Sequence[object]) -> list[str]:
    if not given:
        return [_("Write at least one row, or pass.")]
    faults = []
    for number, one in enumerate(given, 1):
        place = _("{part}, row {number}").format(part=part.text, number=number)
        faults += check_row(setting.activity, part, one, setting, place, whole_row=False)
        if isinstance(one, Mapping) and not _row_words(setting, part, dict(one)):
            faults.append(_("“{place}” is empty.").format(place=place))
    return faults


def _row_words(setting: Setting, part: Part, one: Row) -> str:
    cells = (_cell(setting, part, one, n) for n in range(len(part.columns)))
    return " · ".join(cell for cell in cells if cell)


def _cell(setting: Setting, part: Part, one: Row, number: int) -> str:
    column = part.columns[number]
    value: Json = one.get(column.id)
    return cell_words(setting.activity, column, value, setting)


def _proposals(
    setting: Setting, part: Part, answers: Sequence[tuple[str, Answer]]
) -> tuple[Quote, ...]:
    said = [
        (who, _row_words(setting, part, one))
        for who, answer in answers
        for one in rows(dig(answer, "rows"))
    ]
    return quotes(setting, part.text, said)


def _questions(shown: Sequence[Quote]) -> tuple[str, ...]:
    if not shown:
        return ()
    text = ngettext(
        "There is {n} proposal. What does it leave out?",
        "There are {n} proposals. Which of them say the same, and which stand alone?",
        len(shown),
    )
    return (text.format(n=len(shown)),)
