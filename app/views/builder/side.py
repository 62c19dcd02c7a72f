"""Beside the fields: the drawing, how the rods meet the pump, and what is missing for which figure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.analysis.needs import NEEDS
from app.reports.gap_words import gap_words
from app.reports.relation_words import contradiction_words
from app.services.wells.building import Fit, Seen
from app.views import widgets
from app.views.builder.drawing import Drawing
from app.views.context import Context


class BuilderSide(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.drawing = Drawing(context)
        self.fit = widgets.strong()
        self.fit.setWordWrap(True)
        self.heading = widgets.heading(self.tr("What is missing for which figure"))
        self.heading.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 4, 0)
        rows.addLayout(self._lines)
        rows.addStretch(1)
        below = QWidget()
        layout = QVBoxLayout(below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.fit)
        layout.addWidget(self.heading)
        layout.addWidget(widgets.scrolled(inside), 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.drawing)
        split.addWidget(below)
        split.setSizes([340, 260])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.setMinimumWidth(260)

    def show_seen(self, seen: Seen, lift: str) -> None:
        self.drawing.show_seen(seen)
        self.fit.setText(self._fit_words(seen.fit) if seen.fit is not None else "")
        off = seen.fit is not None and not seen.fit.fits
        self.fit.setStyleSheet(f"color: {self._context.theme.status['act']}" if off else "")
        self.fit.setVisible(seen.fit is not None)
        widgets.clear(self._lines)
        speaker, theme = self._context.speaker, self._context.theme
        for run in seen.runs:
            for words in contradiction_words("installation", run, speaker):
                self._lines.addWidget(widgets.status_line("act", words, theme))
        if seen.no_curve is not None:
            self._lines.addWidget(widgets.status_line("watch", speaker.error(seen.no_curve), theme))
        for gap in seen.gaps:
            status = "watch" if gap.taken is None else "idle"
            self._lines.addWidget(widgets.status_line(status, gap_words(gap, speaker), theme))
        if not seen.gaps and seen.no_curve is None:
            self._lines.addWidget(self._nothing_missing(seen, lift))

    def _nothing_missing(self, seen: Seen, lift: str) -> QWidget:
        theme = self._context.theme
        if lift in NEEDS or seen.equipment.get("rods"):
            return widgets.status_line("ok", self.tr("Nothing is missing."), theme)
        words = self.tr("No figure of this lift is computed from its equipment.")
        return widgets.status_line("idle", words, theme)

    def _fit_words(self, fit: Fit) -> str:
        speaker = self._context.speaker
        rods = speaker.quantity(fit.rods_m, "length", digits=1)
        by = speaker.quantity(abs(fit.short_m), "length", digits=1)
        if fit.fits:
            return self.tr("Rods {rods}: they reach the pump").format(rods=rods)
        if fit.short_m > 0:
            return self.tr("Rods {rods}: {by} short of the pump").format(rods=rods, by=by)
        return self.tr("Rods {rods}: {by} longer than the pump is deep").format(rods=rods, by=by)
