"""What the verifier found, as values first and as sentences only when somebody reads them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import cast

from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Json, Row

_LONGEST = 300
ON_PAPER = ("paper", "paper-place")
_JOINERS = "\u200c\u200d"


class Verdict(Enum):
    """The three answers, and the exit status of the command for each."""

    UNCHANGED = 0
    CHANGED = 1
    CANNOT_TELL = 2

    @property
    def status(self) -> int:
        """The exit status of the command: 0 unchanged, 1 changed, 2 cannot tell."""
        return self.value

    @property
    def words(self) -> str:
        """The answer as it is shown: never an icon without it."""
        return {
            Verdict.UNCHANGED: _("Unchanged since signing"),
            Verdict.CHANGED: _("Changed after signing"),
            Verdict.CANNOT_TELL: _("Cannot tell"),
        }[self]


@dataclass(frozen=True)
class PaperNote:
    """Somebody signed on paper: in a charter of this fingerprint or digest, for this field.

    `kept_by` is who keeps the paper, or '' where that is not known here.
    """

    charter: str
    field: str
    kept_by: str = ""


@dataclass(frozen=True)
class Known:
    """What vouches for an authority: fingerprints this laptop holds, or words typed from paper.

    `paper` is what is known of signatures on paper: it proves nothing, and explains empty fields.
    """

    fingerprints: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    paper: tuple[PaperNote, ...] = ()


@dataclass(frozen=True)
class Signer:
    """One signature as its signer stated it; `when` is their computer's clock, None if absent.

    `certificate` names the organisation's own certificate, and is '' for a one-time key.
    """

    field: str
    name: str
    organisation: str
    role: str
    when: datetime | None
    reason: str
    location: str
    certificate: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing the verifier noticed under a rule (R1 to R9), about `about`.

    `verdict` is what it leads to; UNCHANGED marks a remark that alters nothing. `kept_by` is
    who keeps a paper that it speaks of, or whose place it is.
    """

    rule: str
    code: str
    verdict: Verdict
    about: str = ""
    kept_by: str = ""

    @property
    def words(self) -> str:
        """The finding as one or two sentences."""
        return _sentences()[self.code].format(about=self.about, keeper=self.kept_by)


@dataclass(frozen=True)
class Report:
    """The verdict on one file and everything that supports it.

    `words` and `fingerprint` are empty when no charter and authority were found in the file;
    `expected` counts the prepared signature fields, `awaited` those still empty.
    """

    findings: tuple[Finding, ...]
    signers: tuple[Signer, ...] = ()
    fingerprint: str = ""
    words: tuple[str, ...] = ()
    expected: int = 0

    @property
    def verdict(self) -> Verdict:
        """CHANGED if anything says so, else CANNOT_TELL if anything does, else UNCHANGED."""
        said = {finding.verdict for finding in self.findings}
        for verdict in (Verdict.CHANGED, Verdict.CANNOT_TELL):
            if verdict in said:
                return verdict
        return Verdict.UNCHANGED if self.signers else Verdict.CANNOT_TELL

    @property
    def awaited(self) -> int:
        """How many prepared signatures are still missing, those on paper not counted."""
        on_paper = sum(finding.code in ON_PAPER for finding in self.findings)
        return self.expected - len(self.signers) - on_paper

    @property
    def what_to_do(self) -> str:
        """The next step for the person who asked."""
        if self.verdict is Verdict.UNCHANGED:
            return (
                _("Ask for the complete copy if you need all signatures.")
                if self.awaited
                else _("Nothing. You can rely on this file.")
            )
        if self.verdict is Verdict.CHANGED:
            return _("Do not rely on this file. Ask a partner for their copy, and compare.")
        if any(finding.code == "all-paper" for finding in self.findings):
            return _("Ask who keeps the signed paper, and compare it with this copy page by page.")
        if any(finding.code == "unknown" for finding in self.findings):
            return _("Compare these eight words with a printed copy, or type the printed words.")
        return _("Ask a partner for their copy, and check that one.")


def shown(text: str) -> str:
    """Return foreign `text` fit to be read: at most 300 characters, none that steer a screen.

    Control and direction characters become U+FFFD; joiners stay, as some scripts need them.
    """
    return "".join(
        "\ufffd" if unicodedata.category(one)[0] == "C" and one not in _JOINERS else one
        for one in text[:_LONGEST]
    )


def told(report: Report) -> str:
    """Return the whole report as lines of plain text: the verdict, who, what, what to do."""
    parts = [report.verdict.words, "", *(finding.words for finding in report.findings)]
    parts += [_signer_words(signer) for signer in report.signers]
    if report.expected:
        parts.append(_count_words(report))
    if report.words:
        parts.append(_("Fingerprint words: {words}").format(words=" ".join(report.words)))
    next_ = _("What to do: {words}").format(words=report.what_to_do)
    return "\n".join([*parts, "", next_])


def to_json(report: Report) -> Row:
    """Return `report` as JSON that `from_json` reads back to an equal report."""
    return {
        "findings": [
            [finding.rule, finding.code, finding.verdict.name, finding.about, finding.kept_by]
            for finding in report.findings
        ],
        "signers": [_signer_json(signer) for signer in report.signers],
        "fingerprint": report.fingerprint,
        "words": list(report.words),
        "expected": report.expected,
    }


def from_json(row: Row) -> Report:
    """Return the report that `to_json` wrote; ValueError, KeyError or TypeError if it is not."""
    findings = cast(list[list[str]], row["findings"])
    return Report(
        tuple(
            Finding(rule, code, Verdict[name], about, kept_by)
            for rule, code, name, about, kept_by in findings
        ),
        tuple(_signer(cast(list[Json], signer)) for signer in cast(list[Json], row["signers"])),
        str(row["fingerprint"]),
        tuple(str(word) for word in cast(list[Json], row["words"])),
        int(cast(int, row["expected"])),
    )


def _signer_json(signer: Signer) -> list[Json]:
    when = signer.when.isoformat() if signer.when else ""
    said = (signer.name, signer.organisation, signer.role, when, signer.reason, signer.location)
    return [signer.field, *said, signer.certificate]


def _signer(row: list[Json]) -> Signer:
    field, name, organisation, role, when, *rest = (str(part) for part in row)
    reason, location, certificate = rest
    moment = datetime.fromisoformat(when) if when else None
    return Signer(field, name, organisation, role, moment, reason, location, certificate)


def _signer_words(signer: Signer) -> str:
    who = ", ".join(part for part in (signer.name, signer.role, signer.organisation) if part)
    if signer.when is None:
        words = _("Signed by {who}, without a date. Reason: {reason}")
    else:
        words = _("Signed by {who}, {when} according to the signer's computer. Reason: {reason}")
    when = signer.when.strftime("%Y-%m-%d %H:%M %z") if signer.when else ""
    own = f" {own_words(signer)}" if signer.certificate else ""
    return words.format(who=who, when=when, reason=signer.reason) + own


def own_words(signer: Signer) -> str:
    """Return with which certificate of its own an organisation signed."""
    words = _("The organisation signed with its own certificate: {certificate}.")
    return words.format(certificate=signer.certificate)


def _count_words(report: Report) -> str:
    done = len(report.signers)
    text = ngettext("{done} of {all} signature.", "{done} of {all} signatures.", report.expected)
    return text.format(done=done, all=report.expected)


def _sentences() -> dict[str, str]:
    return {
        "empty": _("The file is empty."),
        "large": _("The file is larger than 20 MB. PartnerDesk's charters are smaller."),
        "pages": _("The file has more than 300 pages. PartnerDesk's charters are shorter."),
        "not-pdf": _("The file is not a PDF."),
        "unreadable": _("The file cannot be read strictly. It is damaged, cut off or unusual."),
        "encrypted": _("The file is encrypted. PartnerDesk's charters are not."),
        "crashed": _("Reading the file failed in a way that a charter never causes."),
        "slow": _("Reading the file took too long. A charter takes a second or two."),
        "unsigned": _("The charter is prepared for signatures, and nobody has signed yet."),
        "no-signature": _("The file carries no signature."),
        "broken": _("The signature has been removed or broken."),
        "awaited": _("Still awaited in this copy: {about}."),
        "hidden-marks": _(
            "The name {about} holds marks that hide or turn letters, shown as \ufffd. Look closely."
        ),
        "mixed-letters": _(
            "The name {about} mixes letters of two alphabets that look alike. Look closely."
        ),
        "other-name": _("{about} signed in the place of {keeper}. Look closely at both names."),
        "paper": _("{about}: on paper, kept by {keeper}. This is no digital signature."),
        "paper-place": _("{about}: on paper, not in this file. Ask who keeps the paper."),
        "all-paper": _("Nothing in this file is signed: its signatures are on paper."),
        "ranges": _("Signature {about} does not cover the file as PartnerDesk's signatures do."),
        "appended": _("Something was added to the file after the last signature."),
        "padding": _("Bytes inside signature {about} were altered."),
        "container": _("Signature {about} was not made by PartnerDesk, or was altered."),
        "digest": _("The file is not what {about} signed."),
        "seal": _("The signature of {about} does not fit its certificate."),
        "later": _("After {about} signed, more was altered than the next signature."),
        "fields": _("The places for signatures were altered after the first signature."),
        "uncertified": _("The first signature does not forbid later changes."),
        "own-dates": _("{about}'s own certificate was not valid on the date of the signature."),
        "issuer": _("The certificate of {about} does not come from the ceremony's authority."),
        "authorities": _("The signatures come from different ceremonies."),
        "unknown": _("These signatures were made in a ceremony that this laptop does not know."),
        "other-words": _("The words on paper belong to another charter or ceremony."),
        "four-words": _("Only four words were given. All eight are needed to be sure."),
        "drawn": _("Page {about} looks different from the page that was signed first."),
        "charter": _("The charter data inside the file is missing or not alone."),
        "remade": _("The pages are exactly what this laptop makes from the charter's data."),
        "remade-text": _("The pages say what the charter's data say. Only their look differs."),
        "remade-other": _("The pages are not what this laptop makes from the data. Read them."),
        "clock": _("The date of {about} is outside the ceremony. A computer's clock was wrong."),
        "order": _("The date of {about} is before the signature made earlier."),
    }
