"""A long charter in four scripts: from the start of a process to the PDF, beside LibreOffice.

LibreOffice converts our own Word export of the same charter. It is measured where it is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count, cycle
from pathlib import Path
from statistics import median

import resources
from partnerdesk.charter.canonical import canonical
from partnerdesk.charter.render import render
from partnerdesk.model.charter import Block, Cell, Charter, ClauseEntry, Paragraph, Section, Table

PAGES = 20
ROUNDS = 5
SAMPLE = "samples/workshop-a.json"
SCRIPTS = (
    "We share the ground water and look at the figures together every three months (12 %).",
    "يتفق الشركاء على مراجعة الميزانية معاً كل 12 شهراً، وأن تُنشر الأرقام (WaterAid) للجميع.",
    "पारदर्शिता की शर्तें: हर तीन महीने में दोनों पक्ष मिलकर 12 प्रतिशत का हिसाब देखेंगे।",
    "በግልጽነት እንሠራለን፤ በየሦስት ወሩ ሒሳቡን በጋራ እንመለከታለን፣ ስምምነቱም ለሁሉም ይነበባል።",
)


@dataclass(frozen=True)
class Cost:
    """What one process took: seconds, and MiB at its largest."""

    seconds: float
    memory: float


def four_scripts(folder: Path) -> Iterator[object]:
    """Yield time and memory beside LibreOffice's, or why there is nothing to stand beside."""
    from bench.measure import Finding, compiled

    data, paper = folder / "charter.json", folder / "charter.docx"
    charter, pages = _long_charter(folder)
    data.write_bytes(canonical(charter))
    _write_word(charter, paper)
    ours = [sys.executable, "-m", "bench.printing", str(data), str(folder / "ours.pdf")]
    name, kept = f"charter of {pages} pages, four scripts", compiled(folder)
    _cost(ours, kept)  # compiles
    office = shutil.which("soffice")
    if office is None:
        alone = _middle([_cost(ours, kept) for _round in range(ROUNDS)])
        costs = f"{alone.seconds:.2f} s, {alone.memory:.0f} MiB"
        yield f"{name}: {costs} (LibreOffice is not installed here)"
        return
    theirs, around = _office(office, paper, folder)
    _cost(theirs, around)  # makes a profile
    pairs = [(_cost(ours, kept), _cost(theirs, around)) for _round in range(ROUNDS)]
    mine, other = _middle([pair[0] for pair in pairs]), _middle([pair[1] for pair in pairs])
    yield Finding(f"{name} / LibreOffice", mine.seconds, other.seconds, "s", 0.4)
    yield Finding("the same, memory (largest RSS)", mine.memory, other.memory, "MiB", 0.4)


def _office(office: str, paper: Path, folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return the command that converts, and surroundings in which it finds the fonts we use."""
    share = (folder / "share").absolute()
    share.mkdir()
    (share / "fonts").symlink_to(resources.path("fonts").absolute())
    home = (folder / "office").absolute().as_uri()
    command = [office, f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf"]
    return [*command, "--outdir", str(folder), str(paper)], {
        **os.environ,
        "XDG_DATA_HOME": str(share),
    }


_WATCHED = """
import os, sys, time
start = time.perf_counter()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_pid, status, used = os.wait4(pid, 0)
print(time.perf_counter() - start, used.ru_maxrss / 1024, status)
"""
"""A small process that starts another: one starts as large as the process that it comes from."""


def _cost(command: list[str], around: dict[str, str] | None = None) -> Cost:
    """Return what a command takes, with the children that it waits for."""
    watched = [sys.executable, "-S", "-c", _WATCHED, *command]
    told = subprocess.run(watched, env=around, capture_output=True, text=True, check=True)
    took, memory, status = told.stdout.split()[-3:]
    if status != "0":
        raise RuntimeError(f"{command[0]} failed: {told.stderr}")
    return Cost(float(took), float(memory))


def _middle(costs: list[Cost]) -> Cost:
    return Cost(median(c.seconds for c in costs), median(c.memory for c in costs))


def _write_word(charter: Charter, path: Path) -> None:
    from partnerdesk.charter.word import word

    path.write_bytes(word(charter, None))


def _long_charter(folder: Path) -> tuple[Charter, int]:
    """Return the charter of the recorded workshop, its texts in four scripts, and its pages.

    Its clauses come again until it has twenty pages.
    """
    from partnerdesk.charter.preview import page_count

    first = _in_scripts(_sample(folder))
    for times in count(1):
        charter = _longer(first, times)
        pages = page_count(render(charter, None))
        if pages >= PAGES:
            return charter, pages
    raise AssertionError


def _sample(folder: Path) -> Charter:
    from partnerdesk.charter.compose import compose
    from partnerdesk.exchange.replay import replay
    from partnerdesk.exchange.workshop import read_workshop
    from partnerdesk.flow.guides import built_in_guide
    from partnerdesk.flow.record import record
    from partnerdesk.model.options import CharterOptions

    guide = built_in_guide()
    workshop = read_workshop(resources.path(SAMPLE), guide)
    with closing(replay(workshop, guide, folder / "scripts.pdesk")) as store:
        return compose(record(store, guide), options=CharterOptions(annexes=("A", "C", "D", "F")))


def _in_scripts(charter: Charter) -> Charter:
    """Return the charter with each text of its own in the next of the four scripts."""
    scripts = cycle(SCRIPTS)

    def block_in(block: Block) -> Block:
        if isinstance(block, ClauseEntry | Paragraph):
            return replace(block, text=f"{block.text} {next(scripts)}")
        if isinstance(block, Table):
            rows = tuple(
                replace(row, cells=tuple(_cell_in(cell, next(scripts)) for cell in row.cells))
                for row in block.rows
            )
            return replace(block, rows=rows)
        return block

    def section_in(section: Section) -> Section:
        return replace(section, blocks=tuple(map(block_in, section.blocks)))

    sections = tuple(map(section_in, charter.sections))
    return replace(charter, sections=sections, annexes=tuple(map(section_in, charter.annexes)))


def _cell_in(cell: Cell, words: str) -> Cell:
    """Return a cell with words of another script in it; figures stay as they are."""
    return cell if len(cell.text) < 12 else replace(cell, text=f"{cell.text} {words[:40]}")


def _longer(charter: Charter, times: int) -> Charter:
    """Return the charter with each clause so many times, each with its own number."""

    def repeated(block: Block) -> tuple[Block, ...]:
        if not isinstance(block, ClauseEntry):
            return (block,)
        return tuple(
            replace(block, id=f"{block.id}-{n}", number=f"{block.number}.{n + 1}")
            for n in range(times)
        )

    sections = tuple(
        replace(section, blocks=tuple(b for block in section.blocks for b in repeated(block)))
        for section in charter.sections
    )
    return replace(charter, sections=sections)
