"""The places beside the workshop by their names: what is carried, checked, closed and erased.

Loaded when first needed: the first window shows without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.views.backups import BackupsView
from ui.views.base import View
from ui.views.bring import BringView
from ui.views.contacts import ContactsView
from ui.views.data_out import DataView
from ui.views.destroy import DestroyView
from ui.views.erase import EraseView
from ui.views.evidence import EvidenceView
from ui.views.leave import LeaveView
from ui.views.place import Go, Place
from ui.views.session_paper import SessionPaperView
from ui.views.take import TakeView
from ui.views.verify import VerifyView
from ui.views.workplace import Hall, Workplace

WITH_FILE: Mapping[Go, Callable[[Workplace, str], View]] = {
    Go.TAKE: TakeView,
    Go.DATA: DataView,
    Go.CONTACTS: ContactsView,
    Go.PAPER: SessionPaperView,
    Go.EVIDENCE: EvidenceView,
    Go.ERASE: EraseView,
    Go.DESTROY: DestroyView,
    Go.LEAVE: LeaveView,
    Go.BACKUPS: BackupsView,
}
ALONE: Mapping[Go, Callable[[Hall, str], View]] = {Go.VERIFY: VerifyView, Go.BRING: BringView}


def beside(place: Place, hall: Hall) -> View:
    """Return the page of a place beside the workshop; some need an open file in `hall`."""
    if place.go in ALONE:
        return ALONE[place.go](hall, place.key)
    assert isinstance(hall, Workplace)
    return WITH_FILE[place.go](hall, place.key)
