"""What each command of the command line does; every one returns its exit status."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from partnerdesk.errors import PartnerDeskError, UserError
from partnerdesk.language import _
from partnerdesk.statuses import CANNOT_TELL, DONE, NO

if TYPE_CHECKING:
    from partnerdesk.copies import Form, Original
    from partnerdesk.exchange.bundle import Bundle
    from partnerdesk.store import Store

SAMPLE = "samples/workshop-a.json"


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
    """Print the figures behind the talks of one file, as JSON."""
    from partnerdesk.flow.guides import guide_of
    from partnerdesk.flow.results import results as figures

    with closing(_opened(options.file)) as store:
        found = figures(store, guide_of(store))
    print(json.dumps(found, ensure_ascii=False, indent=None if options.json else 2))
    return DONE


def export(options: argparse.Namespace) -> int:
    """Write the charter as PDF, Word, poster or text: the last version, or the draft if none."""
    from partnerdesk.copies import Print, copy_of, public_names
    from partnerdesk.exchange.files import write_whole

    wanted = _wanted(options)
    if not wanted:
        options.wrong(_("Say what to write: --pdf, --public, --docx, --poster or --text."))
    original, how = _original(options), Print(options.page, options.large)
    copies = [(path, copy_of(original, form, how)) for form, path in wanted]
    for path, data in copies:
        write_whole(path, data)
        print(path)
    if options.public and (left := public_names(original)):
        told = _("These words are parts of people's names and still stand in it: {names}.")
        print(told.format(names=", ".join(left)), file=sys.stderr)
    return DONE


def _wanted(options: argparse.Namespace) -> list[tuple[Form, Path]]:
    """Return each form that is asked for, and where it goes."""
    from partnerdesk.copies import Form

    paths = {
        Form.PDF: options.pdf,
        Form.PUBLIC: options.public,
        Form.WORD: options.docx,
        Form.POSTER: options.poster,
        Form.TEXT: options.text,
    }
    return [(form, path) for form, path in paths.items() if path]


def _original(options: argparse.Namespace) -> Original:
    """Return what is asked for: the closing statement, changes, the draft, or the last version."""
    from partnerdesk.copies import chosen
    from partnerdesk.flow.guides import guide_of

    with closing(_opened(options.file)) as store:
        return chosen(
            store,
            guide_of(store),
            draft=options.draft,
            number=options.number,
            since=options.compare,
            ending=options.closing,
        )


def session_record(options: argparse.Namespace) -> int:
    """Write the record of the last session as PDF: who, what was done and decided, the journal."""
    from partnerdesk.copies import session_record_of
    from partnerdesk.exchange.files import write_whole
    from partnerdesk.flow.guides import guide_of
    from partnerdesk.flow.record import record

    with closing(_opened(options.file)) as store:
        found = record(store, guide_of(store))
    write_whole(options.out, session_record_of(found))
    print(options.out)
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
        say(_("Imported: {file}").format(file=path))
        version_id = freeze(store, guide, _now())
        version = versions(store)[-1]
        remember(version.fingerprint)
        say(
            _("Frozen: version {n}, {words}").format(
                n=version.number, words=" ".join(version.words)
            )
        )
        for block in blocks_of(store, version_id):
            sign_block(store, version_id, block, generated_mark(block), _now())
            say(_("Signed: {name}, {party}").format(name=block.name, party=block.party_name))
        close_version(store, version_id)
        pdf = path.with_suffix(".pdf")
        write_whole(pdf, charter_pdf(store, version_id))
        say(_("Exported: {file}").format(file=pdf))
    return _verified(pdf, ())


def verify(options: argparse.Namespace) -> int:
    """Say whether a charter is unchanged since it was signed."""
    try:
        return _verified(options.pdf, tuple(options.words.split()))
    except PartnerDeskError as problem:
        print(problem.message, file=sys.stderr)
        return CANNOT_TELL


def check(options: argparse.Namespace) -> int:
    """Check a partnership file, alone or against a charter that came from it."""
    from partnerdesk.exchange.erasing import erasures
    from partnerdesk.flow.rounds import unproven

    with closing(_opened(options.file)) as store:
        report = store.check()
        altered = unproven(store) if report.ok else ()
        erased = [one.words for one in erasures(store)] if report.ok else []
        found = _evidence(store, options.against) if report.ok and options.against else None
    for problem in (
        *report.problems,
        *(_("Answer {id} was altered.").format(id=i) for i in altered),
    ):
        print(problem)
    if report.ok and not altered:
        message = _("All is well: {count} changes, chain ends in {head}.")
        print(message.format(count=report.edits, head=report.head.hash[:16]))
        for line in erased:
            print(line)
        return found or DONE
    return NO


def _evidence(store: Store, pdf: Path) -> int:
    from partnerdesk.evidence import Bond, against

    evidence = against(store, pdf)
    print(evidence.words)
    return {Bond.WHOLE: DONE, Bond.CANNOT_TELL: CANNOT_TELL}.get(evidence.bond, NO)


def backup(options: argparse.Namespace) -> int:
    """Make a backup of a partnership file in the folder beside it."""
    from partnerdesk.keeping import back_up

    with closing(_opened(options.file)) as store:
        print(back_up(store, _now(), options.second))
    return DONE


def backups(options: argparse.Namespace) -> int:
    """List the backups of a partnership file, the newest first."""
    from partnerdesk.keeping import backups as listed

    for number, one in enumerate(listed(options.file, _asked(options.file)), 1):
        message = _(
            "{n}  {one.at:%Y-%m-%d %H:%M} UTC, {one.sessions} sessions, {one.answers} answers, "
            "{one.edits} changes, {one.path.name}"
        )
        print(message.format(n=number, one=one))
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Write a copy of a backup, named by its number in the list or by its file name."""
    from partnerdesk.keeping import backups as listed
    from partnerdesk.keeping import restore as copied

    passphrase = _asked(options.file)
    for number, one in enumerate(listed(options.file, passphrase), 1):
        if options.backup in (str(number), one.path.name):
            copied(one.path, options.out, passphrase)
            print(options.out)
            return DONE
    message = _("There is no backup {name} of {file}. Nothing was changed. List them first.")
    raise UserError(message.format(name=options.backup, file=options.file.name), code="backup")


def recover(options: argparse.Namespace) -> int:
    """Bring back what a damaged file still holds, into a new folder."""
    from partnerdesk.keeping import recover as recovered

    found = recovered(options.file, options.out, _asked(options.file))
    for one in found:
        message = _("{file}: {edits} changes, {rows} rows")
        print(message.format(file=one.path, edits=one.edits, rows=one.rows))
        for problem in one.problems:
            print(f"  {problem}")
    return DONE if found else NO


def passphrase(options: argparse.Namespace) -> int:
    """Set, change or remove the passphrase of a file and of its backups."""
    from partnerdesk.keeping import protect_backups
    from partnerdesk.store import change_passphrase, suggest_passphrase

    old = _asked(options.file)
    new = None
    if not options.remove:
        say(_("For example: {words}").format(words=suggest_passphrase("en")))
        new = _typed(_("New passphrase: "))
    change_passphrase(options.file, old, new)
    for left in protect_backups(options.file, old, new):
        print(_("This backup keeps its old passphrase: {name}").format(name=left))
    return DONE


def _opened(file: Path) -> Store:
    """Open a file to read, with the passphrase that it asks for."""
    return _open(file, _asked(file))


def _open(file: Path, passphrase: str | None) -> Store:
    from partnerdesk.store import open_store

    return open_store(file, read_only=True, passphrase=passphrase)


def _asked(file: Path) -> str | None:
    """Return the passphrase, typed unseen or from standard input, where the file has one."""
    from partnerdesk.store import is_locked

    return _typed(_("Passphrase: ")) if is_locked(file) else None


def _typed(question: str) -> str:
    if sys.stdin.isatty():
        return getpass(question)
    return sys.stdin.readline().rstrip("\n")


def bundle(options: argparse.Namespace) -> int:
    """Write what this file knows into one bundle, for another laptop to merge."""
    from partnerdesk.exchange.bundle import SECTIONS, pack_source
    from partnerdesk.exchange.copies import read
    from partnerdesk.exchange.files import write_whole

    with closing(_opened(options.file)) as store:
        source = read(store)
    own = _typed(_("Passphrase of the bundle: ")) if options.lock else None
    write_whole(options.out, pack_source(source, options.part or tuple(SECTIONS), own))
    print(options.out)
    return DONE


def unbundle(options: argparse.Namespace) -> int:
    """Make a partnership's file from a whole bundle, where this laptop has none of it yet."""
    from partnerdesk.exchange.arrival import settle_in

    sent, own = _bundle(options.bundle)
    with closing(settle_in(options.out, sent, own)):
        print(options.out)
    return DONE


def _bundle(path: Path) -> tuple[Bundle, str | None]:
    """Return a bundle, with the passphrase that it asks for."""
    from partnerdesk.exchange.bundle import read_bundle

    try:
        return read_bundle(path), None
    except UserError as problem:
        if problem.code != "passphrase-needed":
            raise
    own = _typed(_("Passphrase of the bundle: "))
    return read_bundle(path, own), own


def merge(options: argparse.Namespace) -> int:
    """Merge a bundle into a file as one edit, which can be undone; or only show what would come."""
    from partnerdesk.exchange.bundle import received
    from partnerdesk.exchange.copies import copy_of
    from partnerdesk.exchange.merge import apply
    from partnerdesk.exchange.preview import lines_of
    from partnerdesk.keeping import back_up_before
    from partnerdesk.store import open_store

    sent, _own = _bundle(options.bundle)
    passphrase = _asked(options.file)
    with closing(
        open_store(options.file, read_only=options.preview, passphrase=passphrase)
    ) as store:
        plan = received(copy_of(store), sent)
        for line in lines_of(plan):
            print(line)
        if not options.preview:
            back_up_before(store, _now())
            apply(store, plan)
    return DONE


def erase(options: argparse.Namespace) -> int:
    """Erase a person's name, or words, from a file for good; or only show where they stand."""
    from partnerdesk.exchange.copies import read
    from partnerdesk.exchange.erasing import Order, What, erase_file, name_order, whole_entries
    from partnerdesk.exchange.findings import findings, left_lines, lines_of
    from partnerdesk.exchange.wanted import Wanted

    passphrase = _asked(options.file)
    with closing(_open(options.file, passphrase)) as store:
        if options.person:
            order = name_order(read(store), options.person, options.alias)
        else:
            put = options.alias or _("[erased]")
            order = Order(What.WORDS, (Wanted((options.words,), put, options.inside),))
        found = findings(read(store), order.wanted)
        print(_("Looked for: {words}").format(words=", ".join(order.wanted[0].words)))
        for line in (*lines_of(found), _("What stays:"), *left_lines(found)):
            print(line)
        if options.preview:
            return DONE
        if options.whole:
            order = whole_entries(order, found.entries)
    for one in erase_file(options.file, passphrase, order, options.by, renew=options.renew_backups):
        print(_("This copy still holds the words: {name}").format(name=one))
    return DONE


def destroy(options: argparse.Namespace) -> int:
    """Destroy a file and its backups on this laptop, after its name was typed."""
    from partnerdesk.exchange.destroying import before_lines, destroy, left_lines, remains_of

    passphrase = _asked(options.file)
    with closing(_open(options.file, passphrase)) as store:
        remains = remains_of(store)
    for head, lines in (
        (_("These will be destroyed:"), before_lines(remains)),
        (_("These will be left, for you to look after:"), left_lines(remains)),
    ):
        print("\n  ".join((head, *lines)))
    say(_("Type the name of the file to destroy it:"))
    left = destroy(options.file, passphrase, sys.stdin.readline())
    for path in left.files:
        print(_("This could not be taken away: {name}").format(name=path))
    return NO if left.files else DONE


def data(options: argparse.Namespace) -> int:
    """Write all tables as JSON, as CSV files in a ZIP, or as a workbook; never a sealed answer."""
    from partnerdesk.exchange.dataout import WRITERS, data_of
    from partnerdesk.exchange.files import write_whole

    with closing(_opened(options.file)) as store:
        found = data_of(store)
    for name, write in WRITERS.items():
        if out := getattr(options, name):
            write_whole(out, write(found))
            print(out)
    return DONE


def portfolio(options: argparse.Namespace) -> int:
    """List the partnerships of a folder: where each stands, its reviews, what is overdue."""
    from partnerdesk.exchange.portfolio import by_due, told
    from partnerdesk.exchange.portfolio import portfolio as listed

    today = _now().date()
    for one in by_due(listed(options.folder, today), today):
        print(told(one))
    return DONE


def _verified(pdf: Path, typed: tuple[str, ...]) -> int:
    from partnerdesk import ceremony
    from partnerdesk.signing.report import told

    report = ceremony.verify_known(pdf, replace(ceremony.laptop_knows(), words=typed))
    print(told(report))
    return report.verdict.value


def say(words: str) -> None:
    print(words, flush=True)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
