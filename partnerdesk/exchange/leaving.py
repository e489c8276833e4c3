"""Where something goes that leaves in clear: whether that folder sends it on by itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from partnerdesk.language import _

SERVICES = {
    "Dropbox": r"dropbox( \(.*\))?",
    "OneDrive": r"onedrive( - .*)?|skydrive",
    "Google Drive": r"google ?drive|googledrive-.*|my drive|drivefs",
    "iCloud": r"icloud ?drive.*|mobile documents|com~apple~clouddocs",
    "Nextcloud": r"nextcloud\d*|owncloud\d*",
    "Syncthing": r"syncthing",
    "MEGA": r"mega(sync)?",
    "pCloud": r"pcloud ?drive|pclouddrive",
    "Box": r"box sync|box",
    "Seafile": r"seafile|seadrive",
}
"""What folders of services are called that send on what is put there."""
MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "Nextcloud",
    ".seafile-data": "Seafile",
}
"""What such services leave in the folder that they look after."""
NETWORK = re.compile(r"(nfs\d?|cifs|smb\d?|smbfs|9p|davfs|fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?))")
MOUNTS = Path("/proc/self/mounts")


def sent_on_by(folder: Path) -> str:
    """Return what seems to send on whatever lies in a folder, by its name; '' for nothing.

    A guess by the names of folders, by what services leave in them, and by the mounted disks.
    """
    here = Path(os.path.abspath(folder))
    return next(_services(here), "") or _network(here)


def warning(folder: Path, *, locked: bool) -> str:
    """Return why tables in clear should perhaps not go to a folder, '' where nothing says so."""
    by = sent_on_by(folder)
    parts = []
    if by:
        words = _("This folder seems to be sent on by {service}. What is put there may leave.")
        parts.append(words.format(service=by))
    if locked:
        parts.append(_("The partnership is locked; these tables are not. Anybody can read them."))
    return " ".join(parts)


def _services(here: Path) -> Iterator[str]:
    for folder in (here, *here.parents):
        for service, pattern in SERVICES.items():
            if re.fullmatch(pattern, folder.name.casefold()):
                yield service
        yield from (service for mark, service in MARKS.items() if (folder / mark).exists())


def _network(here: Path) -> str:
    """Return words for a network disk on which a folder lies, as far as this system tells."""
    try:
        lines = MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    mounts = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    under = [(len(point), kind) for point, kind in mounts if here.is_relative_to(_plain(point))]
    kind = max(under, default=(0, ""))[1]
    return _("a disk on the network") if NETWORK.fullmatch(kind) else ""


def _plain(point: str) -> str:
    return re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), point)
