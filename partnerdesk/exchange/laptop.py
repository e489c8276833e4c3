"""What this laptop knows of itself: who works on it, and where second backups go."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from partnerdesk.exchange.files import write_here
from partnerdesk.places import home

LONGEST_NAME = 80


@dataclass(frozen=True)
class Laptop:
    """Who works here, by name; a folder of partnerships; second folders by the file's id."""

    name: str = ""
    folder: str = ""
    seconds: dict[str, str] = field(default_factory=dict)


def laptop() -> Laptop:
    """Return what is kept; nothing where it cannot be read."""
    try:
        kept = json.loads(_file().read_text("utf-8"))
        name, folder, seconds = kept["name"], kept["folder"], kept["seconds"]
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return Laptop()
    if not all(isinstance(one, str) for one in (name, folder)) or not isinstance(seconds, dict):
        return Laptop()
    sound = {key: path for key, path in seconds.items() if isinstance(path, str)}
    return Laptop(name[:LONGEST_NAME], folder, sound)


def name_laptop(name: str) -> None:
    """Keep who works here; raises EnvironmentProblem where it cannot be written."""
    _keep(replace(laptop(), name=name.strip()[:LONGEST_NAME]))


def choose_folder(folder: Path) -> None:
    """Keep the folder whose partnerships home lists; raises EnvironmentProblem."""
    _keep(replace(laptop(), folder=str(folder)))


def second_folder(file_id: str) -> Path | None:
    """Return the second folder for the backups of a file, or None where none was chosen."""
    found = laptop().seconds.get(file_id, "")
    return Path(found) if found else None


def choose_second(file_id: str, folder: Path | None) -> None:
    """Keep the second folder of a file, or none; raises EnvironmentProblem."""
    kept = laptop()
    others = {key: path for key, path in kept.seconds.items() if key != file_id}
    _keep(replace(kept, seconds={**others, file_id: str(folder)} if folder else others))


def _keep(one: Laptop) -> None:
    write_here(_file(), json.dumps(asdict(one), ensure_ascii=False, indent=1).encode("utf-8"))


def _file() -> Path:
    return home() / "laptop.json"
