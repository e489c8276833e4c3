"""Where each one signs, and how anybody can check the signed charter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partnerdesk.charter.pages_look import (
    BODY,
    CHAPTER,
    GUTTER,
    HEADING,
    META,
    NOTE,
    Pages,
    together,
)
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.typeset import fields
from partnerdesk.charter.typeset.blocks import (
    Art,
    Block,
    Columns,
    Field,
    Figure,
    Gap,
    NewPage,
    Stack,
    Style,
)
from partnerdesk.charter.typeset.shape import Span, isolate, plain
from partnerdesk.language import _
from partnerdesk.model.charter import Seal, SignatureBlock
from partnerdesk.model.round import Method

BOX = (226.0, 82.0)
_SIGNER = Style(10.5, 15, bold=True)
_DETAIL = Style(9, 13)
_WORDS = Style(12.5, 19, bold=True)
_WORD = Style(15, 23, bold=True)
_QR = 132.0


def add_signature(pages: Pages, places: Sequence[SignatureBlock]) -> None:
    """Add one signatory's place: the field at the start side, who and how beside it."""
    place = places[0]
    lines = pages.in_each(lambda at: _details(places[at]))
    with pages.inside("Sect"):
        words = [
            pages.text(place.name, _SIGNER),
            *(pages.text(together(line), _DETAIL) for line in zip(*lines, strict=True)),
        ]
        party = pages.party_name(place.party)
        if party:
            words.insert(1, pages.text(party, _DETAIL))
        box = _box(pages, place)
    pages.add(
        Columns(
            [(BOX[0], box), (1.0, Stack(words))],
            right=pages.right,
            indent=GUTTER if pages.scale <= 1 else 0.0,
            before=8,
            after=16,
        )
    )


def _box(pages: Pages, place: SignatureBlock) -> Block:
    """Return the field to sign in; a draft shows only where it will be, an old print where."""
    if pages.seal is None or pages.superseded_by:
        return Art(BOX[1], lambda x, top, _width: fields.dotted(x, top - BOX[1], BOX))
    words = pages.words(lambda: _("Signature of {name}").format(name=place.name))
    ink = place.method is Method.PAPER
    waiting = pages.words(lambda: _("signs here in ink") if ink else _("awaiting signature"))
    form = pages.parent.add("Form", alt=words)
    name = f"Signature{place.number}"
    return Field(form, name, words, waiting, BOX, pages.right, ink)


def _details(place: SignatureBlock) -> list[str]:
    lines = [", ".join(isolate(words) for words in (place.role, place.authority_words) if words)]
    if place.signs_as_words:
        lines.append(_("Signs: {standing}").format(standing=place.signs_as_words))
    lines.append(_("Signs by: {method}").format(method=place.method_words))
    if place.read_in_words and place.read_by:
        said = _("Read aloud in {language} by {name}")
        lines.append(said.format(language=place.read_in_words, name=isolate(place.read_by)))
    elif place.read_in_words:
        lines.append(_("Read in {language}").format(language=place.read_in_words))
    if place.witness:
        lines.append(_("Witness: {name}").format(name=isolate(place.witness)))
    return [line for line in lines if line]


def add_words(pages: Pages) -> None:
    """Add the eight words below the signatures, or why there are none yet."""
    pages.heading(pages.words(lambda: _("Fingerprint of this version")))
    if pages.seal is None:
        _tell(pages, _no_words_yet, indent=GUTTER)
    else:
        pages.write(plain(" ".join(pages.seal.words), bold=True), _WORDS, indent=GUTTER)


def _no_words_yet() -> str:
    return _("This is a draft. It gets its eight words when it is frozen for signing.")


def _tell(pages: Pages, make: Callable[[], str], style: Style = BODY, **keys: Any) -> None:
    """Add a paragraph of the frame in every language."""
    pages.tell(pages.in_each(lambda _at: make()), style, **keys)


def add_verification(pages: Pages) -> None:
    """Add the last page: eight words, the QR code, and how to check a copy."""
    pages.add(NewPage())
    with pages.inside("Sect"):
        pages.chapter("", pages.words(lambda: _("How to check this charter")), CHAPTER)
        if pages.charter.full_words:
            _full_words(pages, pages.charter.full_words)
        elif pages.seal is None:
            _tell(pages, lambda: _("This is a draft. It cannot be checked until it is frozen."))
        else:
            _words_and_code(pages, pages.seal)
            _steps(pages)
        _records(pages)


def _words_and_code(pages: Pages, seal: Seal) -> None:
    _tell(pages, _eight_words_are)
    pages.add(Gap(8))
    words = _eight(pages, seal.words)
    code = seal.fingerprint
    alt = pages.words(lambda: _("QR code with the fingerprint {hex}").format(hex=code))
    figure = Figure(pages.parent.add("Figure", alt=alt), _qr(f"PD1:{seal.fingerprint}"))
    half = (len(words) + 1) // 2
    columns: list[tuple[float, Block]] = [
        (1 / 2, Stack(words[:half])),
        (1 / 2, Stack(words[half:])),
        (_QR, figure),
    ]
    pages.add(Columns(columns, right=pages.right, after=12))


def _eight_words_are() -> str:
    return _(
        "These eight words stand for the whole text and for who could sign it. "
        "Keep them on paper, away from the computer."
    )


def _eight(pages: Pages, words: Sequence[str]) -> list[Block]:
    """Return each word with its number, large."""
    return [
        pages.text((Span(f"{at}  "), Span(word, bold=True)), _WORD)
        for at, word in enumerate(words, 1)
    ]


def _full_words(pages: Pages, words: Sequence[str]) -> None:
    """Add how a public version hangs together with the charter that was signed."""
    _tell(pages, _public_is)
    pages.add(Stack(_eight(pages, words), before=8, after=12))
    _tell(pages, _public_check)


def _public_is() -> str:
    return _(
        "This public version leaves out names of people, contacts and private plans. "
        "It carries no signatures. The full charter has these eight words:"
    )


def _public_check() -> str:
    return _(
        "To check it, ask a partner for a look at the full charter. "
        "Compare its eight words with these, then its text with this one."
    )


def _steps(pages: Pages) -> None:
    pages.write(pages.words(lambda: _("Check a copy in four steps")), HEADING, "H3")
    steps = zip(*pages.in_each(lambda _at: _four_steps()), strict=True)
    with pages.inside("L"):
        for at, step in enumerate(steps, 1):
            _step(pages, at, together(step))
    _tell(pages, _trust_paper, NOTE)


def _four_steps() -> tuple[str, ...]:
    return (
        _("Open PartnerDesk and choose “Check a charter”, or drop the file on its window."),
        _("Type the eight words from your paper copy, or scan the code above."),
        _("Read the answer: unchanged since signing, changed after signing, or cannot tell."),
        _("Compare the names, the number of signatures and the date with your paper copy."),
    )


def _trust_paper() -> str:
    return _(
        "If words or names differ, trust the paper. Ask the other partners for their copies. "
        "A copy without all signatures is not the charter."
    )


def _step(pages: Pages, at: int, words: str) -> None:
    with pages.inside("LI") as item:
        label, body = item.add("Lbl"), item.add("LBody")
        pages.add(
            pages.text_in(
                body, plain(words), BODY, label=plain(f"{at}."), label_element=label, indent=22
            )
        )


def _records(pages: Pages) -> None:
    """Add the numbers that fix the text, its signers and the journal."""
    pages.write(pages.words(lambda: _("What the words stand for")), HEADING, "H3")
    found = zip(*pages.in_each(lambda _at: _facts(pages)), strict=True)
    cells = [[plain(together(one)) for one in zip(*row, strict=True)] for row in found]
    head = (pages.words(lambda: _("What")), pages.words(lambda: _("Value")))
    pages.grid(head, cells, pages.words(lambda: _("Numbers that fix this charter")))
    _tell(pages, _attached, META)


def _facts(pages: Pages) -> list[tuple[str, str]]:
    """Return each number with what it is."""
    charter, seal = pages.charter, pages.seal
    rows = [(_("Charter"), charter.title), (_("Its number"), charter.id)]
    if seal:
        rows += [
            (_("Fingerprint"), _grouped(seal.fingerprint)),
            (_("Text (SHA-256 of charter.json)"), _grouped(seal.digest)),
            (_("Authority (SHA-256 of its certificate)"), _grouped(seal.certificate_digest)),
        ]
    rows += [
        (_("Signatures"), str(len(charter.signature_blocks()))),
        (_("Journal head"), _grouped(charter.journal.hash)),
        (_("Journal entries"), str(charter.journal.count)),
        (_("Date"), day_words(charter.date)),
    ]
    return [(term, words or "–") for term, words in rows]


def _grouped(digest: str) -> str:
    """Return hex digits in groups of eight, which eyes can compare."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _attached() -> str:
    return _("The file charter.json inside this document holds the same charter as data.")


def _qr(data: str) -> Any:
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    code = QrCodeWidget(data, barLevel="M")
    left, bottom, right, _top = code.getBounds()
    scale = _QR / (right - left)
    drawing = Drawing(_QR, _QR, transform=[scale, 0, 0, scale, -left * scale, -bottom * scale])
    drawing.add(code)
    return drawing
