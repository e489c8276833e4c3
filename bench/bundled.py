"""The bundle's way in: the command line, the verifier's child, and the bundle's self-test."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from partnerdesk import cli
from partnerdesk.signing.isolated import CHILD_ARGUMENT, run_child

SELFTEST = "--selftest"
PASSPHRASE = "correct horse"  # noqa: S105  # opens nothing but the self-test's own file


def main(arguments: list[str]) -> int:
    """Return the exit status of what was asked: child, `--selftest FOLDER`, or a command.

    Without arguments, as from a double click, the window opens.
    """
    if arguments == [CHILD_ARGUMENT]:
        return run_child()
    if arguments[:1] == [SELFTEST] and len(arguments) == 2:
        return selftest(Path(arguments[1]))
    return cli.main(arguments or ["run"])


def selftest(folder: Path) -> int:
    """Do once what only a whole bundle can do, in an empty folder; return 0 when all went well."""
    folder.mkdir(parents=True)
    os.environ["PARTNERDESK_HOME"] = str(folder / "home")
    _open_enciphered(folder / "enciphered.db")
    print("SQLCipher opens what it wrote.", flush=True)
    return cli.main(["demo", "--out", str(folder)]) or _show_window()


def _open_enciphered(path: Path) -> None:
    """Write under a passphrase, read it back, and see nothing of it in the file."""
    import sqlcipher3.dbapi2 as sqlite

    for statement in ("CREATE TABLE t AS SELECT 'plain words' AS a", "SELECT a FROM t"):
        connection = sqlite.connect(str(path), isolation_level=None)
        connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
        rows = connection.execute(statement).fetchall()
        connection.close()
    assert rows == [("plain words",)], rows
    assert b"plain words" not in path.read_bytes()


def _show_window() -> int:
    """Show the first window without a screen and leave once it has settled."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "PARTNERDESK_BENCH": "exit"}
    return cli.main(["run"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
