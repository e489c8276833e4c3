"""The command line: every step of the main job, without the window.

Exit statuses: 0 done (verify: unchanged); 1 no (verify: changed; check: damage found);
2 cannot tell (verify only); 3 the input was refused; 4 the surroundings failed (disk, lock,
display); 64 the command line itself is wrong.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from partnerdesk import __version__, faults, places, shield
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.language import _
from partnerdesk.places import home
from partnerdesk.signing import CHILD_ARGUMENT
from partnerdesk.statuses import DONE, NO, REFUSED, SURROUNDINGS, USAGE

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and leaves with status 64."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; errors are one sentence on stderr."""
    if arguments is None:
        places.stay_beside()
        shield.forbid_dumps()
        shield.pass_in_memory()
        faults.watch()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == [CHILD_ARGUMENT]:
        from partnerdesk.signing.isolated import run_child

        return run_child()
    if arguments is None:
        gc.disable()  # a command ends soon, and what it leaves goes with the process
    options = _parser(given).parse_args(given)
    command: Command = options.command
    try:
        return command(options)
    except PartnerDeskError as problem:
        print(problem.message, file=sys.stderr)
        return SURROUNDINGS if isinstance(problem, EnvironmentProblem) else REFUSED
    except MemoryError:
        print(faults.memory_short().message, file=sys.stderr)
        return SURROUNDINGS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SURROUNDINGS


def run(options: argparse.Namespace) -> int:
    """Open the window, on a file or on the home view."""
    gc.disable()  # what starts lives on; the window collects from its first moment
    try:
        from ui.app import start
    except ImportError as error:
        message = _(
            "The window cannot start: {why}. Your files are safe. Install the Qt libraries."
        )
        raise EnvironmentProblem(message.format(why=error), code="qt") from error
    return start(options.file, practice=options.sample, locked=options.locked)


def selftest(options: argparse.Namespace) -> int:
    """Do the whole job in a private folder and show a window: what a bundle must be able to do."""
    from partnerdesk.commands import demo, say

    folder = home() / f"selftest-{os.getpid()}"
    options.out, options.workshop = folder, None
    try:
        status = demo(options)
        if status == DONE and not _window_shows(next(folder.glob("*.pdesk"))):
            status = NO
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(_("Self-test passed.") if status == DONE else _("Self-test failed."))
    return status


def _window_shows(file: Path) -> bool:
    from ui.app import shows

    return shows(file)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser for what is given: of all commands, or of `run` alone."""
    parser = _Parser(prog="partnerdesk", description=_("Partnership design sessions, offline."))
    parser.add_argument("--version", action="version", version=f"PartnerDesk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, act: Command) -> argparse.ArgumentParser:
        words = (act.__doc__ or "").strip()
        one = commands.add_parser(name, help=words, description=words)
        one.set_defaults(command=act)
        return one

    one = command("run", run)
    one.add_argument("file", nargs="?", type=Path)
    one.add_argument("--sample", action="store_true", help=_("open a practice copy of the sample"))
    one.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    if given[:1] != ["run"]:
        _add_others(command)
    return parser


def _add_others(command: Callable[[str, Command], argparse.ArgumentParser]) -> None:
    """Add the commands that need no window; they load here, as the window starts without them."""
    from partnerdesk.commands import (
        backup,
        backups,
        bundle,
        check,
        data,
        demo,
        destroy,
        erase,
        export,
        import_workshop,
        merge,
        new,
        passphrase,
        portfolio,
        recover,
        restore,
        results,
        session_record,
        unbundle,
        verify,
    )

    one = command("new", new)
    one.add_argument("file", type=Path)
    one.add_argument("--title", default=_("New partnership"))
    one = command("import-workshop", import_workshop)
    one.add_argument("workshop", type=Path)
    one.add_argument("out", type=Path)
    one = command("results", results)
    one.add_argument("file", type=Path)
    one.add_argument("--json", action="store_true", help=_("on one line, for programs"))
    one = command("export", export)
    one.add_argument("file", type=Path)
    one.set_defaults(wrong=one.error)
    one.add_argument("--pdf", type=Path, help=_("the charter itself, signed where it is signed"))
    one.add_argument("--public", type=Path, help=_("PDF for everybody, without people's names"))
    one.add_argument("--docx", type=Path, help=_("a Word file, never signed"))
    one.add_argument("--poster", type=Path, help=_("one page for the wall, as PDF"))
    one.add_argument("--text", type=Path, help=_("plain text for a messenger"))
    one.add_argument(
        "--page", choices=("A4", "Letter", "A3"), default="", help=_("A3 is for posters")
    )
    one.add_argument("--draft", action="store_true", help=_("the draft, even where one is signed"))
    one.add_argument(
        "--version", dest="number", type=int, default=0, metavar="N", help=_("a frozen version")
    )
    one.add_argument(
        "--compare", type=int, default=0, metavar="N", help=_("only what changed since version N")
    )
    one.add_argument("--closing", action="store_true", help=_("the closing statement, as a draft"))
    one.add_argument("--large", action="store_true", help=_("large print, for draft and Word"))
    one = command("session-record", session_record)
    one.add_argument("file", type=Path)
    one.add_argument("out", type=Path, metavar="OUT.pdf")
    one = command("demo", demo)
    one.add_argument("--workshop", type=Path)
    one.add_argument("--out", type=Path, default=Path("partnerdesk-demo"))
    one = command("verify", verify)
    one.add_argument("pdf", type=Path)
    one.add_argument("--words", default="", help=_("the eight words, typed from paper"))
    one = command("bundle", bundle)
    one.add_argument("file", type=Path)
    one.add_argument("out", type=Path)
    one.add_argument("--part", action="append", help=_("a part alone, such as people or charter"))
    one.add_argument("--lock", action="store_true", help=_("under a passphrase of its own"))
    one = command("unbundle", unbundle)
    one.add_argument("bundle", type=Path)
    one.add_argument("out", type=Path)
    one = command("merge", merge)
    one.add_argument("file", type=Path)
    one.add_argument("bundle", type=Path)
    one.add_argument("--preview", action="store_true", help=_("only show what would come"))
    one = command("erase", erase)
    one.add_argument("file", type=Path)
    what = one.add_mutually_exclusive_group(required=True)
    what.add_argument("--person", metavar="NAME", help=_("a person of the partnership"))
    what.add_argument("--words", metavar="TEXT", help=_("any words"))
    one.add_argument("--by", default="", help=_("who erases; the record keeps this name"))
    one.add_argument("--alias", default="", help=_("what stands there from now on"))
    one.add_argument("--inside", action="store_true", help=_("inside longer words too"))
    one.add_argument(
        "--whole", action="store_true", help=_("the whole answer, note or clause, of all times")
    )
    one.add_argument(
        "--renew-backups", action="store_true", help=_("one new backup in place of all older ones")
    )
    one.add_argument("--preview", action="store_true", help=_("only show where they stand"))
    one = command("destroy", destroy)
    one.add_argument("file", type=Path)
    one = command("data", data)
    one.add_argument("file", type=Path)
    forms = one.add_mutually_exclusive_group(required=True)
    for form in ("json", "csv", "xlsx"):
        forms.add_argument(f"--{form}", type=Path, metavar="OUT")
    one = command("portfolio", portfolio)
    one.add_argument("folder", type=Path)
    command("selftest", selftest)
    one = command("check", check)
    one.add_argument("file", type=Path)
    one.add_argument("--against", type=Path, metavar="CHARTER.pdf", help=_("a signed charter"))
    one = command("backup", backup)
    one.add_argument("file", type=Path)
    one.add_argument("--second", type=Path, help=_("another folder that gets the same"))
    one = command("backups", backups)
    one.add_argument("file", type=Path)
    one = command("restore", restore)
    one.add_argument("file", type=Path)
    one.add_argument("backup", help=_("its number in the list, or its file name"))
    one.add_argument("out", type=Path)
    one = command("recover", recover)
    one.add_argument("file", type=Path)
    one.add_argument("out", type=Path)
    one = command("passphrase", passphrase)
    one.add_argument("file", type=Path)
    one.add_argument("--remove", action="store_true", help=_("anybody can read the file then"))


if __name__ == "__main__":
    raise SystemExit(main())
