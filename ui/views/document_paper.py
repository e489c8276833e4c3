"""Paper and logos: page, size of print, words on the law, and what stands on the cover."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.flow.choices import choose_law, choose_print
from partnerdesk.flow.logos import describe_logo, remove_logo
from partnerdesk.flow.setup import PAGES, change_partnership
from partnerdesk.language import _, ngettext
from partnerdesk.model.logo import Logo
from partnerdesk.model.partnership import Partner
from ui.theme import em, spaced
from ui.views.document_part import Part, led, listed, pressed, row_of
from ui.views.document_state import DocumentState
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.check import LongCheckBox
from ui.widgets.fields import ChoiceField, Field, LongTextField, TextField
from ui.widgets.frames import Columns
from ui.widgets.marks import PartnerMark
from ui.widgets.painted import Painted
from ui.widgets.text import Body, Heading

SIZES = (100, 130, 160)
LOGO = QSize(120, 45)


class PaperPart(Part):
    """Chooses paper and print; a logo is wished for by "logo:" and its partner's id."""

    def build(self) -> None:
        """Show paper and print, the words on the law, then the logos."""
        self.column.addWidget(self._paper())
        self.column.addWidget(Heading(_("What the charter is in law")))
        options = self.state.record.options
        law = Field(
            _("In your own words"),
            LongTextField(options.legal_nature, lines=3),
            help_=_("Empty: it makes no debt and no employment, and contracts stand beside it."),
        )
        self.column.addWidget(self.keeps(law, lambda words: partial(choose_law, words=str(words))))
        aloud = LongCheckBox(_("Say who read the charter aloud to whom, and before which witness"))
        aloud.setChecked(options.read_aloud)
        aloud.clicked.connect(lambda on: self.asked.emit(partial(choose_law, read_aloud=on)))
        self.column.addWidget(aloud)
        self.column.addWidget(Heading(_("Logos on the cover")))
        self.say(_("A PNG or JPEG. It is made small, and what a camera noted is left out."))
        listed(self.column, [self._logo(one) for one in self.state.record.partners])

    def _paper(self) -> QWidget:
        page = ChoiceField([(one, one) for one in PAGES], self.state.record.partnership.page)
        paper = self.asks(
            Field(_("Paper"), page), lambda one: partial(change_partnership, page=str(one))
        )
        now = round(self.state.record.options.large_print * 100)
        sizes = [(str(one), print_words(one)) for one in sorted({*SIZES, now})]
        size = self.asks(
            Field(_("Size of print"), ChoiceField(sizes, str(now))),
            lambda one: partial(choose_print, percent=int(one)),
        )
        return Columns(paper, size, gap=12)

    def _logo(self, partner: Partner) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 8, (4, 0))
        logo = self.state.record.logos.get(partner.id)
        words = _("Choose another") if logo else _("Choose a picture")
        choose = pressed(
            QuietButton(words),
            lambda: self.wished.emit(f"logo:{partner.id}"),
            _("Choose a logo for {partner}").format(partner=partner.name),
        )
        name = QWidget()
        row = row_of(PartnerMark(partner.index, 16), Body(partner.name), stretch=1)
        name.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        shown = [_shown(logo), self._remover(partner)] if logo else []
        column.addWidget(led(name, *shown, choose))
        if logo:
            told = Field(_("What it shows, for people who cannot see it"), TextField(logo.words))
            told.editor.setAccessibleName(
                _("What the logo of {partner} shows").format(partner=partner.name)
            )
            describe = partial(describe_logo, partner_id=partner.id)
            self.keeps(told, lambda said: partial(describe, words=str(said)))
            column.addWidget(told)
        return made

    def _remover(self, partner: Partner) -> PlainButton:
        made: PlainButton = pressed(
            PlainButton(_("Take it off")),
            lambda: self.asked.emit(partial(remove_logo, partner_id=partner.id)),
            _("Take the logo of {partner} off").format(partner=partner.name),
        )
        return made


def _shown(logo: Logo) -> Painted:
    """Return the logo on white, as it prints."""
    made, pixmap = Painted(), QPixmap()
    pixmap.loadFromData(logo.png, "PNG")
    room = QSize(em(LOGO.width()), em(LOGO.height()))
    ratio, way = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    made.setPixmap(pixmap.scaled(room, ratio, way))
    made.setAccessibleName(logo.words)
    return made


def print_words(percent: int) -> str:
    """Return what a size of print is called."""
    known = {
        100: _("Usual"),
        130: _("Large"),
        160: _("Very large, for people who see little"),
    }
    return known.get(percent, _("{n} percent").format(n=percent))


def paper_summary(state: DocumentState) -> str:
    """Return page, print and logos, for the overview."""
    logos = len(state.record.logos)
    size = print_words(round(state.record.options.large_print * 100))
    parts = [state.record.partnership.page, _("print: {size}").format(size=size)]
    if logos:
        parts.append(ngettext("{n} logo", "{n} logos", logos).format(n=logos))
    return ", ".join(parts)
