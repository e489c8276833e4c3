"""Signatures as bytes: which part of the file each one covers, read without a PDF library."""

from __future__ import annotations

import re
from dataclasses import dataclass

from partnerdesk.signing.report import Finding, Verdict

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_ENDS = (b"%%EOF", b"%%EOF\n", b"%%EOF\r\n")


@dataclass(frozen=True)
class Span:
    """Two covered ranges, (0, `gap`) and (`after`, `end`), and the gap with the signature."""

    gap: int
    after: int
    end: int

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """The four numbers as the file writes them."""
        return 0, self.gap, self.after, self.end - self.after

    def container(self, pdf: bytes) -> bytes:
        """Return the DER in the gap of `pdf`, without its padding; ValueError if there is none."""
        raw = pdf[self.gap : self.after]
        if raw[:1] != b"<" or raw[-1:] != b">":
            raise ValueError("a signature is written in angle brackets")
        data = bytes.fromhex(raw[1:-1].decode("ascii"))
        return data[: _der_length(data)]


def spans(pdf: bytes) -> tuple[Span, ...]:
    """Return the spans of all signatures that `pdf` mentions, in the order they end.

    ValueError when one is mentioned in a form that PartnerDesk never writes.
    """
    found = [tuple(map(int, match.groups())) for match in _RANGE.finditer(pdf)]
    if len(found) != pdf.count(b"/ByteRange") or any(first for first, *_rest in found):
        raise ValueError("a byte range is written in another way")
    made = (Span(gap, after, after + rest) for _first, gap, after, rest in found)
    return tuple(sorted(made, key=lambda span: span.end))


def unsigned(pdf: bytes) -> bool:
    """Return whether nobody has signed `pdf` yet."""
    return b"/ByteRange" not in pdf


def signed_revision(pdf: bytes) -> bytes:
    """Return the beginning of `pdf` that was signed and then added to, or b"" where none was.

    That is all up to the last signature, or up to the first where nothing follows the last.
    """
    try:
        ends = [span.end for span in spans(pdf)]
    except ValueError:
        return b""
    end = next((one for one in (*ends[-1:], *ends[:1]) if one < len(pdf)), 0)
    return pdf[:end]


def findings(pdf: bytes, found: tuple[Span, ...]) -> tuple[Finding, ...]:
    """Return what rules R2 and R3 have against the spans of `pdf`."""
    said: list[Finding] = []
    begin = 0
    for number, span in enumerate(found, start=1):
        if not _covers(pdf, span, begin):
            said.append(Finding("R2", "ranges", Verdict.CHANGED, str(number)))
        elif not _padded(pdf, span):
            said.append(Finding("R3", "padding", Verdict.CHANGED, str(number)))
        begin = span.end
    if found and found[-1].end < len(pdf):
        said.append(Finding("R2", "appended", Verdict.CHANGED))
    return tuple(said)


def _covers(pdf: bytes, span: Span, begin: int) -> bool:
    """Tell whether the gap lies in the revision from `begin` on and the span ends that revision."""
    revision = pdf[begin : span.end]
    return (
        begin < span.gap < span.after < span.end <= len(pdf)
        and pdf[: span.gap].endswith(b"/Contents ")
        and revision.endswith(_ENDS)
    )


def _padded(pdf: bytes, span: Span) -> bool:
    """Tell whether the gap is the signature's own bytes, then zeros, in the one way we write."""
    try:
        container = span.container(pdf)
    except ValueError:
        return False
    written = container.hex().upper().encode()
    return (
        pdf[span.gap : span.after] == b"<" + written.ljust(span.after - span.gap - 2, b"0") + b">"
    )


def _der_length(data: bytes) -> int:
    """Return the length in bytes of the one DER value at the start of `data`."""
    if len(data) < 4 or data[0] != 0x30 or data[1] != 0x82:
        raise ValueError("a signature is a DER sequence of 256 to 65,535 bytes")
    return 4 + int.from_bytes(data[2:4], "big")
