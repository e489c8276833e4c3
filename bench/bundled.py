"""The bundle's way in: the command line, the window on a double click, and the self-test."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from partnerdesk import cli

SELFTEST = "--selftest"
PASSPHRASE = "correct horse"  # noqa: S105  # opens nothing but the self-test's own file


def main(arguments: list[str]) -> int:
    """Return the exit status of a command, of the window, or of `--selftest FOLDER`."""
    if arguments[:1] == [SELFTEST] and len(arguments) == 2:
        return selftest(Path(arguments[1]))
    return cli.main(arguments or ["run"])


def selftest(folder: Path) -> int:
    """Do once, in a new folder, what only a whole bundle can do; return 0 when all went well."""
    folder.mkdir(parents=True)
    os.environ |= {"PARTNERDESK_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    _open_enciphered(folder / "enciphered.db")
    print("SQLCipher opens what it wrote.", flush=True)
    return cli.main(["selftest"])


def _open_enciphered(path: Path) -> None:
    """Write under a passphrase, read it back, and see nothing of it in the file."""
    import sqlcipher3.dbapi2 as sqlite

    for statement in ("CREATE TABLE t AS SELECT 'plain words' AS a", "SELECT a FROM t"):
        connection = sqlite.connect(str(path), isolation_level=None)
        connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
        rows = connection.execute(statement).fetchall()
        connection.close()
    if rows != [("plain words",)] or b"plain words" in path.read_bytes():
        raise SystemExit("SQLCipher does not keep a secret.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
