"""Takes the network away from the tests, and from every Python that they start.

Python imports this module by its name wherever its folder is on PYTHONPATH. What is tried is
noted in the file that OFFLINE_LOG names, and fails.
"""

from __future__ import annotations

import os
import sys
from typing import Any

LOG = "OFFLINE_LOG"
BY_SOCKET = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
BY_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in BY_NAME or (event in BY_SOCKET and _is_net(arguments[0])):
        note = os.environ.get(LOG)
        if note:
            with open(note, "a", encoding="utf-8") as file:
                file.write(f"{event}\n")
        raise PermissionError(f"{event}: there is no network in the tests")


def _is_net(one: Any) -> bool:
    """Return whether a socket is one of IPv4 or IPv6."""
    return getattr(one.family, "name", "") in ("AF_INET", "AF_INET6")


sys.addaudithook(_audit)
