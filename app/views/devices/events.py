"""The log of events that a device keeps, as it was read last: there once something was read."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.clock import from_us
from app.services.devices.events import DeviceEvent
from app.views import widgets
from app.views.context import Context
from app.views.rows import Column, RowsTable

TALL_PX = 220


class EventsTable(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._speaker = context.speaker
        self.table = RowsTable(context, self._columns(), self.tr("Events of the device"), "device events")
        self.table.setFixedHeight(TALL_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widgets.heading(self.tr("Events of the device")))
        layout.addWidget(self.table)
        self.hide()

    def _columns(self) -> list[Column]:
        s = self._speaker
        return [
            Column(self.tr("When"), lambda e: s.moment(from_us(e.at_us)), lambda e: e.at_us),
            Column(self.tr("Event"), lambda e: s.say(f"event.{e.meaning.event}"), lambda e: e.meaning.event),
            Column(
                self.tr("Code and words"),
                lambda e: e.note,
                lambda e: e.code or 0,
                tip=lambda e: e.note,
                stretch=True,
            ),
            Column(
                self.tr("By the device's clock"),
                lambda e: s.moment(from_us(e.device_us)),
                lambda e: e.device_us,
                optional=True,
            ),
            Column(
                self.tr("Stored"),
                lambda e: self.tr("now") if e.is_new else self.tr("before"),
                lambda e: e.is_new,
            ),
        ]

    def show_log(self, events: list[DeviceEvent]) -> None:
        """Newest first."""
        self.table.show_rows(events)
        self.setVisible(bool(events))
