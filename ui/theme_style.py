"""What Fusion does not draw as we want it: the focus ring, check boxes, and no frames."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFocusFrame,
    QProxyStyle,
    QScrollArea,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

from ui.theme_roles import Roles

RING, GAP = 3, 2


class Style(QProxyStyle):
    """Fusion with our focus ring, sizes and check marks."""

    def __init__(self, roles: Callable[[], Roles], em: Callable[[float], int]) -> None:
        """Draw in the colours and at the size that the two calls return."""
        super().__init__("Fusion")
        self._roles, self._em = roles, em

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Return sizes that follow the text size."""
        size = _SIZES.get(metric)
        return super().pixelMetric(metric, option, widget) if size is None else self._em(size)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt passes it by this name
    ) -> int:
        """Keep the focus ring above its widget, and menus and combo boxes plain."""
        if hint is QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint in (QStyle.StyleHint.SH_FocusFrame_Mask, QStyle.StyleHint.SH_ComboBox_Popup):
            return 0
        return super().styleHint(hint, option, widget, returnData)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the ring round what has the focus; leave the rest to Fusion."""
        if element is QStyle.ControlElement.CE_FocusFrame:
            inner = widget.widget() if isinstance(widget, QFocusFrame) else None
            on_cover = inner is not None and bool(inner.property("onCover"))
            colour = self._roles().on_cover if on_cover else self._roles().focus
            draw_ring(painter, QRectF(option.rect), colour, self._em(8 + RING + GAP))
        else:
            super().drawControl(element, option, painter, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw our check marks, and no dotted focus rectangle."""
        if element is QStyle.PrimitiveElement.PE_FrameFocusRect:
            return
        if element is QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            self._check_box(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _check_box(self, option: QStyleOption, painter: QPainter) -> None:
        roles, box = self._roles(), QRectF(option.rect).adjusted(1, 1, -1, -1)
        on = bool(option.state & QStyle.StateFlag.State_On)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(roles.ink if on else roles.edge, 1.5))
        painter.setBrush(roles.ink if on else roles.sheet)
        painter.drawRoundedRect(box, self._em(4), self._em(4))
        if on:
            draw_tick(painter, box, roles)
        painter.restore()


class Rings(QObject):
    """Moves the one focus ring to the widget that has the focus."""

    def __init__(self, app: QApplication) -> None:
        """Follow the focus of `app`; a widget with the property `ownRing` draws its own."""
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is not None and not isValid(self._frame):
            self._frame = None
        wanted = new is not None and _is_ringed(new)
        if wanted and self._frame is None:
            self._frame = QFocusFrame()
        if self._frame is not None:
            self._frame.setWidget(new if wanted else None)  # type: ignore[arg-type]


def _is_ringed(widget: QWidget) -> bool:
    whole = widget.isWindow() or isinstance(widget, QScrollArea)
    return not whole and not widget.property("ownRing")


def draw_ring(painter: QPainter, box: QRectF, colour: QColor, radius: float) -> None:
    """Draw the focus ring just inside `box`."""
    half = RING / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def draw_tick(painter: QPainter, box: QRectF, roles: Roles) -> None:
    """Draw a tick in the colour for what lies on ink."""
    pen = QPen(roles.on_ink, max(2.0, box.width() / 10))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    at = [(0.25, 0.53), (0.43, 0.7), (0.76, 0.32)]
    points = [box.topLeft() + _part(box, x, y) for x, y in at]
    painter.drawPolyline(points)


def _part(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.width() * x, box.height() * y)


_SIZES = {
    QStyle.PixelMetric.PM_FocusFrameHMargin: RING + GAP,
    QStyle.PixelMetric.PM_FocusFrameVMargin: RING + GAP,
    QStyle.PixelMetric.PM_IndicatorWidth: 24,
    QStyle.PixelMetric.PM_IndicatorHeight: 24,
    QStyle.PixelMetric.PM_CheckBoxLabelSpacing: 12,
    QStyle.PixelMetric.PM_DefaultFrameWidth: 1,
}
