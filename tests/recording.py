"""The gate for problems and questions as tests need it: it answers by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget

from partnerdesk.errors import PartnerDeskError
from ui.messages import Messages, Then, WithPath, WithPlace, WithText


@dataclass
class RecordingMessages(Messages):
    """A gate without windows: writes down what is told, and answers what is asked at once."""

    yes: bool = True
    path: Path | None = None
    typed: list[str] = field(default_factory=list)
    place: int | None = None
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def problem(self, parent: QWidget, error: PartnerDeskError) -> None:
        """Write the sentence down."""
        self.told.append(error.message)

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        """Write the words down."""
        self.told.append(text)

    def ask(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes_verb: str,
        no_verb: str,
        on_yes: Then,
        on_no: Then | None = None,
    ) -> None:
        """Write the question down and answer it by `yes`."""
        self.asked.append(f"{title}: {text} [{yes_verb} | {no_verb}]")
        if self.yes:
            on_yes()
        elif on_no is not None:
            on_no()

    def type_passphrase(
        self,
        parent: QWidget,
        title: str,
        text: str,
        verb: str,
        on_typed: WithText,
        suggestion: str = "",
    ) -> None:
        """Write the question down and type the next of `typed`, when there is one."""
        self.asked.append(f"{title}: {text} [{verb}]")
        if self.typed:
            on_typed(self.typed.pop(0))

    def choose(
        self,
        parent: QWidget,
        title: str,
        text: str,
        lines: tuple[str, ...],
        verb: str,
        on_place: WithPlace,
    ) -> None:
        """Write the lines down and take the one at `place`, when there is one."""
        self.asked.append("\n".join([f"{title}: {text} [{verb}]", *lines]))
        if self.place is not None:
            on_place(self.place)

    def open_file(
        self, parent: QWidget, title: str, folder: Path, filter_: str, on_path: WithPath
    ) -> None:
        """Give `path`, when there is one."""
        self.asked.append(title)
        if self.path is not None:
            on_path(self.path)

    def open_folder(self, parent: QWidget, title: str, folder: Path, on_path: WithPath) -> None:
        """Give `path`, when there is one."""
        self.open_file(parent, title, folder, "", on_path)

    def save_file(
        self, parent: QWidget, title: str, folder: Path, filter_: str, on_path: WithPath
    ) -> None:
        """Give `path`, when there is one."""
        self.open_file(parent, title, folder, filter_, on_path)
