"""The command line: every step of the main job, without the window.

Exit statuses: 0 done (verify: unchanged); 1 no (verify: changed; check: damage found);
2 cannot tell (verify only); 3 the input was refused; 4 the surroundings failed (disk, lock,
display); 64 the command line itself is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import resources
from partnerdesk import __version__
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.exchange.known import home
from partnerdesk.language import _
from partnerdesk.signing import CHILD_ARGUMENT

DONE, NO, CANNOT_TELL, REFUSED, SURROUNDINGS, USAGE = 0, 1, 2, 3, 4, 64
SAMPLE = "samples/workshop-a.json"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and leaves with status 64."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; errors are one sentence on stderr."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == [CHILD_ARGUMENT]:
        from partnerdesk.signing.isolated import run_child

        return run_child()
    options = _parser().parse_args(given)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except PartnerDeskError as problem:
        print(problem.message, file=sys.stderr)
        return SURROUNDINGS if isinstance(problem, EnvironmentProblem) else REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SURROUNDINGS


def run(options: argparse.Namespace) -> int:
    """Open the window, on a file or on the home view."""
    try:
        from ui.app import start
    except ImportError as error:
        message = _(
            "The window cannot start: {why}. Your files are safe. Install the Qt libraries."
        )
        raise EnvironmentProblem(message.format(why=error), code="qt") from error
    return start(options.file, practice=options.sample)


def new(options: argparse.Namespace) -> int:
    """Make an empty partnership file."""
    from partnerdesk.flow.setup import new_partnership

    with closing(new_partnership(options.file, options.title)):
        print(options.file)
    return DONE


def import_workshop(options: argparse.Namespace) -> int:
    """Replay a recorded workshop into a new partnership file."""
    from partnerdesk.exchange.replay import replay
    from partnerdesk.exchange.workshop import read_workshop
    from partnerdesk.flow.guides import built_in_guide

    guide = built_in_guide()
    with closing(replay(read_workshop(options.workshop, guide), guide, options.out)):
        print(options.out)
    return DONE


def results(options: argparse.Namespace) -> int:
    """Print the figures of method.md part F for one file."""
    from partnerdesk.flow.guides import guide_of
    from partnerdesk.flow.results import results as figures
    from partnerdesk.store import open_store

    with closing(open_store(options.file, read_only=True)) as store:
        found = figures(store, guide_of(store))
    print(json.dumps(found, ensure_ascii=False, indent=None if options.json else 2))
    return DONE


def export(options: argparse.Namespace) -> int:
    """Write the charter as PDF: the last frozen version, or the draft where there is none."""
    from partnerdesk.ceremony import draft_pdf
    from partnerdesk.exchange.files import write_whole
    from partnerdesk.flow.guides import guide_of
    from partnerdesk.flow.record import record
    from partnerdesk.flow.versions import charter_pdf, versions
    from partnerdesk.store import open_store

    with closing(open_store(options.file, read_only=True)) as store:
        last = next(reversed(versions(store)), None)
        if last is None or options.draft:
            pdf = draft_pdf(record(store, guide_of(store)), options.page)
        else:
            pdf = charter_pdf(store, last.id)
    write_whole(options.pdf, pdf)
    print(options.pdf)
    return DONE


def demo(options: argparse.Namespace) -> int:
    """Do the whole job on a recorded workshop: import, freeze, sign, close, export, verify."""
    from partnerdesk.ceremony import blocks_of, freeze, generated_mark, sign_block
    from partnerdesk.exchange.files import write_whole
    from partnerdesk.exchange.known import remember
    from partnerdesk.exchange.replay import replay
    from partnerdesk.exchange.workshop import read_workshop
    from partnerdesk.flow.guides import built_in_guide
    from partnerdesk.flow.versions import charter_pdf, close_version, versions
    from partnerdesk.model.names import file_name, unused

    guide = built_in_guide()
    workshop = read_workshop(options.workshop or resources.path(SAMPLE), guide)
    options.out.mkdir(parents=True, exist_ok=True)
    path = unused(options.out / file_name(workshop.partnership.title))
    with closing(replay(workshop, guide, path)) as store:
        _say(_("Imported: {file}").format(file=path))
        version_id = freeze(store, guide, _now())
        version = versions(store)[-1]
        remember(version.fingerprint)
        _say(
            _("Frozen: version {n}, {words}").format(
                n=version.number, words=" ".join(version.words)
            )
        )
        for block in blocks_of(store, version_id):
            sign_block(store, version_id, block, generated_mark(block), _now())
            _say(_("Signed: {name}, {party}").format(name=block.name, party=block.party_name))
        close_version(store, version_id)
        pdf = path.with_suffix(".pdf")
        write_whole(pdf, charter_pdf(store, version_id))
        _say(_("Exported: {file}").format(file=pdf))
    return _verified(pdf, ())


def verify(options: argparse.Namespace) -> int:
    """Say whether a charter is unchanged since it was signed."""
    try:
        return _verified(options.pdf, tuple(options.words.split()))
    except PartnerDeskError as problem:
        print(problem.message, file=sys.stderr)
        return CANNOT_TELL


def check(options: argparse.Namespace) -> int:
    """Check a partnership file: journal, tables, documents, opened answers."""
    from partnerdesk.flow.rounds import unproven
    from partnerdesk.store import open_store

    with closing(open_store(options.file, read_only=True)) as store:
        report = store.check()
        altered = unproven(store) if report.ok else ()
    for problem in (
        *report.problems,
        *(_("Answer {id} was altered.").format(id=i) for i in altered),
    ):
        print(problem)
    if report.ok and not altered:
        message = _("All is well: {count} changes, chain ends in {head}.")
        print(message.format(count=report.edits, head=report.head.hash[:16]))
        return DONE
    return NO


def selftest(options: argparse.Namespace) -> int:
    """Do the whole job in a private folder and show a window: what a bundle must be able to do."""
    folder = home() / f"selftest-{os.getpid()}"
    options.out, options.workshop = folder, None
    try:
        status = demo(options)
        if status == DONE and not _window_shows(next(folder.glob("*.pdesk"))):
            status = NO
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _say(_("Self-test passed.") if status == DONE else _("Self-test failed."))
    return status


def _window_shows(file: Path) -> bool:
    from ui.app import shows

    return shows(file)


def _verified(pdf: Path, typed: tuple[str, ...]) -> int:
    from partnerdesk.exchange.known import known_here
    from partnerdesk.signing.isolated import verify_isolated
    from partnerdesk.signing.report import Known, told

    report = verify_isolated(pdf, Known(known_here(), typed))
    print(told(report))
    return report.verdict.value


def _say(words: str) -> None:
    print(words, flush=True)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="partnerdesk", description=_("Partnership design sessions, offline."))
    parser.add_argument("--version", action="version", version=f"PartnerDesk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        words = (act.__doc__ or "").strip()
        one = commands.add_parser(name, help=words, description=words)
        one.set_defaults(command=act)
        return one

    one = command("run", run)
    one.add_argument("file", nargs="?", type=Path)
    one.add_argument("--sample", action="store_true", help=_("open a practice copy of the sample"))
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
    one.add_argument("--pdf", type=Path, required=True)
    one.add_argument("--page", choices=("A4", "Letter"), default="")
    one.add_argument("--draft", action="store_true", help=_("the draft, even where one is signed"))
    one = command("demo", demo)
    one.add_argument("--workshop", type=Path)
    one.add_argument("--out", type=Path, default=Path("partnerdesk-demo"))
    one = command("verify", verify)
    one.add_argument("pdf", type=Path)
    one.add_argument("--words", default="", help=_("the eight words, typed from paper"))
    command("selftest", selftest)
    one = command("check", check)
    one.add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
