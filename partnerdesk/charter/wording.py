"""The charter's words for levels, letters, states and languages, in the chosen language."""

from __future__ import annotations

import unicodedata

from partnerdesk.language import _, ngettext, spoken_code
from partnerdesk.model.changes import ChangeKind
from partnerdesk.model.charter import ClauseFate
from partnerdesk.model.closing import Ending
from partnerdesk.model.guide import Attribution
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import ClauseType, Method, RoundState, Rule, Standing

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ps", "ur"})
RTL_MARKS = frozenset({"R", "AL"})


def said(template: str, **words: object) -> str:
    """Return `template` with the words filled in, each kept whole in the other direction.

    Words that run against the sentence are wrapped in U+2068 and U+2069, so that brackets and
    full stops beside them stay where they belong.
    """
    return template.format(**{name: isolated(str(word)) for name, word in words.items()})


def isolated(text: str) -> str:
    """Return `text` wrapped as an isolate where it runs against the charter's language."""
    against = {"L"} if spoken_code() in RTL_LANGUAGES else RTL_MARKS
    runs_against = any(unicodedata.bidirectional(char) in against for char in text)
    return f"\u2068{text}\u2069" if runs_against else text


def listed(names: tuple[str, ...]) -> str:
    """Return the names as one text, with commas between."""
    return ", ".join(isolated(name) for name in names)


def days_words(days: int) -> str:
    """Return a number of days in words."""
    return ngettext("{days} day", "{days} days", days).format(days=days)


def level_words(level: int) -> str:
    """Return the words of one of the eight levels of support; '' levels are not yet stated."""
    words = {
        1: _("endorses it"),
        2: _("endorses it, with a small point"),
        3: _("agrees, with reservations"),
        4: _("abstains"),
        5: _("stands aside"),
        6: _("disagrees, but goes along"),
        7: _("disagrees, and will not carry it out"),
        8: _("blocks it"),
    }
    return words.get(level, _("has not answered"))


def letter_words(letter: str) -> str:
    """Return what a letter of the decision table means."""
    words = {
        "D": _("Decides"),
        "J": _("Signs off jointly"),
        "C": _("Is consulted before"),
        "I": _("Is informed"),
        "V": _("May veto, for safety or standing"),
    }
    return words.get(letter, letter)


def ladder_words(level: int) -> str:
    """Return the words of a rung of the decision ladder, 0 to 4."""
    words = {
        0: _("not informed"),
        1: _("informed"),
        2: _("consulted before"),
        3: _("co-decides"),
        4: _("decides"),
    }
    return words.get(level, str(level))


def type_words(kind: ClauseType) -> str:
    """Return what a clause of this type is called."""
    words = {
        ClauseType.STATEMENT: _("We recognise"),
        ClauseType.COMMITMENT: _("Commitment"),
        ClauseType.RIGHT: _("Right"),
        ClauseType.RULE: _("Rule"),
        ClauseType.RED_LINE: _("Red line"),
        ClauseType.PROCESS: _("Steps"),
    }
    return words[kind]


def fate_words(fate: ClauseFate) -> str:
    """Return where the consent round left a clause."""
    words = {
        ClauseFate.ADOPTED: _("Adopted"),
        ClauseFate.WITH_RESERVATIONS: _("Adopted with reservations"),
        ClauseFate.BLOCKED: _("Not adopted"),
        ClauseFate.OPEN: _("Open, not adopted"),
        ClauseFate.PENDING: _("Not yet answered by every partner"),
    }
    return words[fate]


def rule_words(rule: Rule) -> str:
    """Return in one sentence what a text needs before it is adopted."""
    words = {
        Rule.DEFAULT: _(
            "Nobody blocks, at most one at 6 or 7, and whoever it touches is between 1 and 4."
        ),
        Rule.UNANIMITY: _("Every partner agrees, between 1 and 3."),
        Rule.CONSENT: _("Nobody objects: every partner is between 1 and 5."),
        Rule.MAJORITY: _(
            "More than half are between 1 and 3, and whoever it touches is between 1 and 4."
        ),
    }
    return words[rule]


def change_words(kind: ChangeKind) -> str:
    """Return what happened to a clause since the version before."""
    words = {
        ChangeKind.ADDED: _("New"),
        ChangeKind.CHANGED: _("Changed"),
        ChangeKind.MOVED: _("Moved"),
        ChangeKind.WITHDRAWN: _("Taken out"),
        ChangeKind.LEVELS: _("Support changed"),
    }
    return words[kind]


def ending_words(ending: Ending) -> str:
    """Return how a partnership ends or pauses."""
    words = {
        Ending.COMPLETED: _("The work is completed."),
        Ending.HANDED_OVER: _("The work is handed over."),
        Ending.PAUSE: _("The partnership pauses."),
        Ending.ONE_LEAVES: _("One partner leaves, and the others go on."),
        Ending.BROKEN: _("The partnership is broken off."),
    }
    return words[ending]


def authority_words(authority: Authority) -> str:
    """Return what a person may do in the name of a partner."""
    words = {
        Authority.BINDS: _("may bind the partner"),
        Authority.SUBJECT: _("signs subject to the partner's own board"),
        Authority.OBSERVES: _("takes part, does not decide"),
    }
    return words[authority]


def standing_words(standing: Standing) -> str:
    """Return what a signature stands for, '' for an organisation, as is usual."""
    return {
        Standing.ORGANISATION: "",
        Standing.PERSONAL: _("for themselves, as a person"),
        Standing.WITNESS: _("as a witness, not as a party"),
    }[standing]


def method_words(method: Method) -> str:
    """Return how somebody signs."""
    words = {
        Method.DRAWN: _("drawn signature"),
        Method.TYPED: _("typed name"),
        Method.THUMBPRINT: _("thumbprint"),
        Method.STAMP: _("stamp"),
        Method.PAPER: _("ink on paper"),
    }
    return words[method]


def attribution_words(attribution: Attribution) -> str:
    """Return how the answers of a round were shown."""
    words = {
        Attribution.ORGANISATION: _("shown by partner, without names of people"),
        Attribution.POOLED: _("shown all together, without partners"),
        Attribution.FACILITATOR: _("shown to the facilitator alone"),
    }
    return words[attribution]


def round_words(state: RoundState) -> str:
    """Return where a round stands."""
    words = {
        RoundState.COLLECTING: _("collecting answers"),
        RoundState.REVEALED: _("revealed"),
        RoundState.DISCUSSING: _("being discussed"),
        RoundState.AGREEING: _("being agreed"),
        RoundState.DONE: _("agreed and closed"),
    }
    return words[state]


def language_words(code: str) -> str:
    """Return the name of a language, or its code where no name is known."""
    words = {
        "am": _("Amharic"),
        "ar": _("Arabic"),
        "en": _("English"),
        "es": _("Spanish"),
        "fr": _("French"),
        "hi": _("Hindi"),
        "pt": _("Portuguese"),
        "ru": _("Russian"),
        "sw": _("Swahili"),
        "uk": _("Ukrainian"),
    }
    return words.get(code, code)


def why_now_words(why_now: str) -> str:
    """Return how the partnership began; a text of the partners' own stays as it is."""
    words = {
        "bid": _("We came together to answer a call for proposals."),
        "purpose": _("We came together for a purpose that we share."),
        "both": _("We came together for a shared purpose and to answer a call for proposals."),
    }
    return words.get(why_now, why_now)


def section_title(code: str) -> str:
    """Return the title of a section C1 to C20 or of an annex."""
    words = {
        "C1": _("Who we are"),
        "C2": _("Words we share"),
        "C3": _("Why together"),
        "C4": _("Values and behaviours"),
        "C5": _("Power, named"),
        "C6": _("Goals"),
        "C7": _("Contributions, returns, credit"),
        "C8": _("Roles"),
        "C9": _("Deciding together"),
        "C10": _("Money, resources, risk"),
        "C11": _("Law, ethics, protection"),
        "C12": _("Talking and information"),
        "C13": _("Trust and repair"),
        "C14": _("Learning and growth"),
        "C15": _("Review and accountability"),
        "C16": _("Change"),
        "C17": _("Walking away and moving on"),
        "C18": _("Beyond us"),
        "C19": _("Reservations and open matters"),
        "C20": _("Consent and signatures"),
        "A": _("Words, and where ideas came from"),
        "B": _("Goals, contributions and signs of success"),
        "C": _("Who decides what"),
        "D": _("Action plan"),
        "E": _("When trust is hurt: steps and plan"),
        "F": _("How this charter was made"),
        "G": _("Money principle and linked contracts"),
        "H": _("Whom to reach, and where to complain"),
    }
    return words[code]
