"""The charter in every script holds PDF/A-3a and PDF/UA-1, and other programs believe it.

The soak run takes the recorded workshop and all the figures; the usual one a small charter.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from outloud import check as heard

import resources
from partnerdesk.charter.canonical import digest
from partnerdesk.charter.compose import compose
from partnerdesk.charter.render import missing_glyphs, render
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.record import record
from partnerdesk.model.charter import (
    Charter,
    CharterStatus,
    ClauseEntry,
    Definition,
    Definitions,
    Paragraph,
    Seal,
    Section,
)
from partnerdesk.signing import ranges, words
from partnerdesk.signing.authority import Authority
from partnerdesk.signing.container import opened
from tests.core.signing.test_signing_charter import charter, sealed, signature

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
SCRIPTS = {
    "en": "We share water, work and credit (see C9): 12 months, 30 % each.",
    "uk": "Ми ділимо воду, працю й визнання (див. C9): 12 місяців, «порівну».",
    "ar": "نتقاسم الماء والعمل والتقدير (انظر C9): كل 12 شهراً، 30٪ لكل شريك.",
    "hi": "हम जल, श्रम और श्रेय बाँटते हैं (C9 देखें): १२ महीने, पारदर्शिता।",
    "am": "ውሃን፣ ሥራንና ምስጋናን እንካፈላለን (C9 ይመልከቱ)፦ በ12 ወራት፣ በግልጽነት።",
}
WHOLE = [1, 2, 3, 4, 5, 6, 7, 8] if SOAK else [1, 8]
LETTERS = "".join(SCRIPTS.values()) + "\u200f\u2068\u2069\u00ad\t–…ñ́ŊẸ̀ўқ"


def in_script(text: Charter, language: str) -> Charter:
    """Return a charter whose title and clauses are in the script of `language`."""
    words_ = SCRIPTS[language]
    sections = tuple(
        replace(
            section,
            blocks=tuple(
                replace(one, text=words_) if isinstance(one, ClauseEntry | Paragraph) else one
                for one in section.blocks
            ),
        )
        for section in text.sections
    )
    return replace(text, language=language, title=words_[:24], sections=sections)


@cache
def recorded(folder: Path) -> Charter:
    """Return the charter of the recorded workshop."""
    guide = built_in_guide()
    told = read_workshop(resources.path("samples/workshop-a.json"), guide)
    with replay(told, guide, folder / "a.pdesk") as store:
        return compose(record(store, guide), status=CharterStatus.SIGNED)


def frozen(text: Charter, authority: Authority) -> bytes:
    """Return the unsigned PDF of a charter."""
    mark = words.fingerprint(digest(text), authority.certificate)
    certificate = hashlib.sha256(authority.certificate).hexdigest()
    return render(text, Seal(digest(text), mark, words.words(mark), certificate))


def faults(pdf: bytes, folder: Path) -> list[str]:
    """Return what page-validation, outloud and qpdf have against a file."""
    file = folder / "charter.pdf"
    file.write_bytes(pdf)
    said = [str(page.validate_pdf(str(file), profile=profile)) for profile in ("3a", "ua1")]
    found = [one for one in said if "Checks: 0 failed" not in one]
    listened = heard(str(file))
    found += [listened.error] if listened.error else []
    found += [f"{one.rule} {one.message}" for one in listened.findings if one.severity == "error"]
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    return found if checked.returncode == 0 else [*found, checked.stdout + checked.stderr]


@pytest.mark.timeout(0 if SOAK else 300)
@pytest.mark.parametrize("language", SCRIPTS)
def test_every_script_holds_the_standards_unsigned_and_once_signed(
    language: str, authority: Authority, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = recorded(tmp_path_factory.getbasetemp()) if SOAK else charter(2)
    text = in_script(whole, language)
    assert missing_glyphs(text) == ()
    pdf = frozen(text, authority)
    for made in [pdf, signature(pdf, 1, authority)] if SOAK else [signature(pdf, 1, authority)]:
        assert faults(made, tmp_path) == []


def test_a_broken_file_has_faults(authority: Authority, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(frozen(charter(1), authority))) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo
        out = io.BytesIO()
        pdf.save(out)
    assert len(faults(out.getvalue(), tmp_path)) > 2


@pytest.mark.timeout(0 if SOAK else 300)
@settings(
    max_examples=400 if SOAK else 3,
    deadline=None,
    phases=[Phase.generate],  # each is slow: the first that fails is told as it is
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    language=st.sampled_from(list(SCRIPTS)),
    title=st.text(LETTERS, min_size=1, max_size=60).filter(str.strip),
    texts=st.lists(st.text(LETTERS, min_size=1, max_size=400).filter(str.strip), max_size=8),
    terms=st.lists(
        st.tuples(st.text(LETTERS, max_size=30), st.text(LETTERS, max_size=90)), max_size=6
    ),
)
def test_any_mixture_of_scripts_holds_the_standards(
    language: str,
    title: str,
    texts: list[str],
    terms: list[tuple[str, str]],
    authority: Authority,
    tmp_path: Path,
) -> None:
    blocks = tuple(Paragraph(one) for one in texts)
    listed = tuple(Definition(t, d) for t, d in terms if t.strip() and d.strip())
    inside = (*blocks, Definitions("", listed)) if listed else blocks
    sections = (Section("C3", title, inside), *charter(1).sections[1:])
    text = replace(charter(1), language=language, title=title, sections=sections)
    assert faults(frozen(text, authority), tmp_path) == []


def cms_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """Return the commands by which openssl checks every signature of a charter."""
    commands = []
    for number, span in enumerate(ranges.spans(pdf)):
        container = span.container(pdf)
        files = {
            "sig": container,
            "data": pdf[: span.gap] + pdf[span.after : span.end],
            "ca": opened(container).authority,
        }
        for name, data in files.items():
            (folder / f"{name}{number}").write_bytes(data)
        pem = folder / f"pem{number}"
        convert = ["openssl", "x509", "-inform", "DER", "-in", str(folder / f"ca{number}")]
        subprocess.run([*convert, "-out", str(pem)], check=True)
        asked = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-out", "/dev/null"]
        asked += ["-in", str(folder / f"sig{number}"), "-content", str(folder / f"data{number}")]
        commands.append([*asked, "-CAfile", str(pem)])
    return commands


@pytest.mark.parametrize("count", WHOLE)
def test_three_other_programs_believe_every_signature(
    count: int, authority: Authority, tmp_path: Path
) -> None:
    pdf, _mark = sealed(authority, count)
    for number in range(1, count + 1):
        pdf = signature(pdf, number, authority)
    file = tmp_path / "charter.pdf"
    file.write_bytes(pdf)
    said = {
        name: subprocess.run(command, capture_output=True, text=True, check=False)
        for name, command in {
            "poppler": ["pdfsig", "-nocert", str(file)],
            "mupdf": ["mutool", "sign", "-v", str(file)],
        }.items()
    }
    assert said["poppler"].stdout.count("Signature is Valid.") == count
    assert said["poppler"].stdout.count("Total document signed") == 1
    whole = said["mupdf"].stdout
    assert whole.count("The document is unchanged since signing.") == 1
    assert whole.count("The signature is valid but there have been edits") == count - 1
    asked = cms_of(pdf, tmp_path)
    assert len(asked) == count
    for command in asked:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "Verification successful" in done.stderr
    (tmp_path / "data0").write_bytes(b"other")
    refused = subprocess.run(asked[0], capture_output=True, check=False)
    assert refused.returncode != 0
