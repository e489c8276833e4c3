"""Where a file lies: on this laptop's disk, or where other programs and pulled plugs reach it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

ENOUGH_TIMES, ENOUGH_BYTES = 3, 50 * 2**20


class Medium(Enum):
    """What kind of place a file lies in."""

    DISK = "disk"
    NETWORK = "network"
    CLOUD = "cloud"
    FAT = "fat"


@dataclass(frozen=True)
class Spot:
    """A place: its medium, what it is called (such as "Dropbox"), and the room that is left."""

    medium: Medium
    name: str = ""
    roomy: bool = True


NETWORKS = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "9p",
        "davfs",
        "fuse.sshfs",
        "fuse.davfs",
        "fuse.rclone",
        "fuse.gvfsd-fuse",
        "fuse.curlftpfs",
        "fuse.glusterfs",
        "ceph",
    ]
)
FATS = frozenset(("vfat", "exfat", "msdos", "fat", "fat32"))
# The start of a folder's name, and how a person calls it.
CLOUDS = (
    ("dropbox", "Dropbox"), ("onedrive", "OneDrive"), ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"), ("nextcloud", "Nextcloud"), ("owncloud", "ownCloud"),
    ("icloud", "iCloud"), ("com~apple~clouddocs", "iCloud"), ("mobile documents", "iCloud"),
    ("syncthing", "Syncthing"), ("pcloud", "pCloud"), ("megasync", "MEGA"), ("mega", "MEGA"),
    ("seafile", "Seafile"), ("box sync", "Box"), ("kdrive", "kDrive"),
    ("proton drive", "Proton Drive"),
)  # fmt: skip
# What a synchronising program leaves in the folder that it watches.
MARKERS = {
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
    ".seafile-data": "Seafile",
}
_ESCAPED = re.compile(r"\\(\d{3})")


def spot_of(path: Path, mounts: str | None = None) -> Spot:
    """Return where a file lies; `mounts` stands for what the system lists (proc(5), mountinfo)."""
    whole = path.absolute()
    cloud = _cloud(whole)
    roomy = _is_roomy(whole)
    if cloud:
        return Spot(Medium.CLOUD, cloud, roomy)
    return Spot(_medium(whole, mounts), "", roomy)


def _cloud(path: Path) -> str:
    """Return what synchronises the folder of a file, '' where nothing is known to."""
    for folder in path.parents:
        low = folder.name.lower()
        for start, name in CLOUDS:
            if low == start or low.startswith((f"{start} ", f"{start}-", f"{start}_")):
                return name
        for marker, name in MARKERS.items():
            if folder.name and (folder / marker).exists():
                return name
    return ""


def _is_roomy(path: Path) -> bool:
    try:
        needed = ENOUGH_TIMES * path.stat().st_size + ENOUGH_BYTES
        return shutil.disk_usage(path.parent).free >= needed
    except OSError:
        return True


def _medium(path: Path, mounts: str | None) -> Medium:
    kind = _windows_kind(path) if sys.platform == "win32" else _mounted_as(path, mounts)
    if kind in NETWORKS:
        return Medium.NETWORK
    return Medium.FAT if kind in FATS else Medium.DISK


def _mounted_as(path: Path, mounts: str | None) -> str:
    """Return the kind of file system that a path is on, '' where the system does not list it."""
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "replace")
        except OSError:
            return ""
    found = ("", "")
    real = os.path.realpath(path)
    for line in mounts.splitlines():
        left, _dash, right = line.partition(" - ")
        if len(left.split()) < 5 or not right:
            continue
        point = _ESCAPED.sub(lambda m: chr(int(m[1], 8)), left.split()[4])
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(found[0]):
            found = (point, right.split()[0])
    return found[1].lower()


def _windows_kind(path: Path) -> str:
    """Return "cifs" for a network drive, else the name of the file system."""
    if path.drive.startswith("\\\\"):
        return "cifs"
    import ctypes

    system = getattr(ctypes, "windll").kernel32  # noqa: B009  # there on Windows alone
    root = ctypes.c_wchar_p(f"{path.drive}\\")
    if system.GetDriveTypeW(root) == 4:
        return "cifs"
    name = ctypes.create_unicode_buffer(32)
    system.GetVolumeInformationW(root, None, 0, None, None, None, name, len(name))
    return name.value.lower()
