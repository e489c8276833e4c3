"""How PartnerDesk looks on this laptop: kept beside the recent list, never in a partnership."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from partnerdesk.exchange.files import write_here
from partnerdesk.places import home


@dataclass(frozen=True)
class Settings:
    """The look (light, dark, contrast), the text size in percent, and less motion.

    `lock_minutes` without a key pressed lock the window, 0 never; `list_locked` puts files that
    have a passphrase on the recent list, by their file names alone.
    """

    look: str = "light"
    percent: int = 100
    calm: bool = False
    lock_minutes: int = 5
    list_locked: bool = False


def settings() -> Settings:
    """Return the settings of this laptop; the usual ones where the file cannot be read."""
    try:
        kept = json.loads(_file().read_text("utf-8"))
        plain = Settings()
        known = {f.name: kept[f.name] for f in fields(Settings) if f.name in kept}
        sound = all(type(known[name]) is type(getattr(plain, name)) for name in known)
    except (OSError, ValueError, TypeError, RecursionError):
        return Settings()
    return Settings(**known) if sound else plain


def keep_settings(chosen: Settings) -> None:
    """Keep the settings; raises EnvironmentProblem where they cannot be written."""
    write_here(_file(), json.dumps(asdict(chosen), indent=1).encode("utf-8"))


def _file() -> Path:
    return home() / "settings.json"
