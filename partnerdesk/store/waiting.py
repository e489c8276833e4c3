"""Changes that the disk did not take: kept in order, and made again when it does."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from partnerdesk.errors import EnvironmentProblem, Kept, PartnerDeskError

T = TypeVar("T")


class Waiting:
    """The changes of one open file that wait for its disk."""

    def __init__(self, regain: Callable[[], object] = lambda: None) -> None:
        """Start with none; `regain` takes hold of a file again that was away."""
        self._regain = regain
        self.problem: EnvironmentProblem | None = None
        self._commands: dict[Hashable, Callable[[], object]] = {}

    @property
    def count(self) -> int:
        """Return how many changes wait."""
        return len(self._commands)

    def run(self, command: Callable[[], T], about: Hashable = None) -> T:
        """Return what `command` does; one that the disk refuses waits, and Kept is raised.

        A later change with the same `about` takes the place of the one that waits. What only a
        person can put right, and what must not happen by itself later, is raised as it is.
        """
        if self._commands and not self.retry():
            raise self._kept(command, about)
        for _again in range(2):  # the first try on a full disk frees the reserve
            try:
                return command()
            except EnvironmentProblem as problem:
                if not problem.again:
                    raise
                self.problem = problem
        raise self._kept(command, about)

    def retry(self) -> bool:
        """Make the waiting changes in their order; return whether none waits any more."""
        if self._commands and not self._regained():
            return False
        for about, command in tuple(self._commands.items()):
            try:
                command()
            except EnvironmentProblem as problem:
                if problem.again:
                    self.problem = problem
                    return False
            except PartnerDeskError:
                pass  # what it was about is gone by now
            del self._commands[about]
        self.problem = None
        return True

    def _regained(self) -> bool:
        """Return whether the file can be asked again; where it is another by now, say so."""
        try:
            self._regain()
        except EnvironmentProblem as problem:
            if problem.code == "foreign":
                self.problem = problem
            return False
        except PartnerDeskError:
            return False
        return True

    def _kept(self, command: Callable[[], object], about: Hashable) -> Kept:
        assert self.problem is not None
        key = object() if about is None else about
        self._commands.pop(key, None)
        self._commands[key] = command
        return Kept(self.problem.message, code=self.problem.code)
