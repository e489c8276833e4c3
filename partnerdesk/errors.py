"""Errors split by who can act: this person, the surroundings, or us (any other error)."""

from __future__ import annotations


class PartnerDeskError(Exception):
    """A problem told to a person: what happened, what is safe, what to do next."""

    def __init__(self, message: str, *, code: str = "") -> None:
        """Keep the sentence, and a short code that support can look up."""
        super().__init__(message)
        self.message = message
        self.code = code


class UserError(PartnerDeskError):
    """Something this person can put right now, such as a value out of its scale."""


class EnvironmentProblem(PartnerDeskError):
    """Something around the program: a full disk, a locked file, a damaged medium."""

    again = False
    """True where the same step, done again once the surroundings allow, does what was meant."""


class Kept(EnvironmentProblem):
    """Says that a change waits for its disk; nothing is lost and nobody has to do it again."""


class InputErrors(UserError):
    """Input refused whole; `problems` lists every reason, each with its place."""

    def __init__(self, message: str, problems: tuple[str, ...], *, code: str = "") -> None:
        """Keep the headline as the message and all the reasons in `problems`."""
        super().__init__(message, code=code)
        self.problems = problems
