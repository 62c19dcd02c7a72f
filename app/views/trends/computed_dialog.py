"""Pens that are computed of others: what there is, one's own formulas, checked while they are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.models.sensors import BY_NUMBER
from app.models.store import trends
from app.models.wells import Well
from app.services.wells import computed_pens
from app.services.wells.computed_pens import ComputedPen
from app.views import widgets
from app.views.calm import ChoiceBox, TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog

PEN = Qt.ItemDataRole.UserRole


class ComputedDialog(FittedDialog):
    """Emits when one was saved or taken away: the key of the pen that is to be drawn, or nothing."""

    changed = Signal(str)

    def __init__(self, context: Context, well: Well, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._well = context, well
        self._key = ""
        self.setWindowTitle(self.tr("Computed pens"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self.tr("Computed pens of this field"))
        self.name, self.formula = TextLine(), TextLine()
        self.sensors = ChoiceBox()
        self.sensors.setAccessibleName(self.tr("Put a sensor into the formula"))
        self.state = widgets.text("")
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)
        self.remove_button = QPushButton(self.tr("Delete"))
        self.draw_button = QPushButton(self.tr("Show on the chart"))
        self.new_button = QPushButton(self.tr("New"))
        self._build()
        self._fill("")
        self.list.currentItemChanged.connect(self._chosen)
        self.formula.textChanged.connect(self._check)
        self.name.textChanged.connect(self._check)
        self.sensors.activated.connect(self._put_in)
        self.save_button.clicked.connect(self.save)
        self.remove_button.clicked.connect(self.remove)
        self.draw_button.clicked.connect(self._draw)
        self.new_button.clicked.connect(self.begin)
        self.begin()

    def _build(self) -> None:
        language = self._context.speaker.language
        self.sensors.addItem(self.tr("Put in a sensor…"), "")
        for one in trends.series_of(self._context.workspace.store, self._well.id):
            self.sensors.addItem(BY_NUMBER[one.sensor].name(language), BY_NUMBER[one.sensor].name(language))
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        help_words = widgets.muted(
            self.tr(
                "Sensors in square brackets or by their keys; + − * / ^; numbers with units (6 h, 0.5 MPa); "
                "mean(x, 24 h), change(x) in a day, abs, min, max. What is added must be of one kind. "
                "Readings of different moments meet as means of 1 min to 1 day, as coarse as the window asks."
            )
        )
        side = QVBoxLayout()
        for title, field in ((self.tr("Name"), self.name), (self.tr("Formula"), self.formula)):
            label = QLabel(title)
            label.setBuddy(field)
            field.setAccessibleName(title)
            side.addWidget(label)
            side.addWidget(field)
        side.addWidget(self.sensors)
        side.addWidget(self.state)
        side.addWidget(help_words)
        side.addStretch(1)
        body = QHBoxLayout()
        body.addWidget(self.list, 2)
        body.addLayout(side, 3)
        buttons = QHBoxLayout()
        for button in (self.new_button, self.remove_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.draw_button.setAutoDefault(False)
        for button in (self.draw_button, close, self.save_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(body, 1)
        layout.addLayout(buttons)
        self.resize(820, 420)

    # ---- what there is -------------------------------------------------------------------------------------

    def _fill(self, chosen: str) -> None:
        self.list.clear()
        for pen in computed_pens.of_field(self._context.workspace, self._well.field_name):
            item = QListWidgetItem(pen.name(self._context.speaker.language))
            item.setData(PEN, pen)
            item.setToolTip(pen.formula)
            self.list.addItem(item)
            if pen.key == chosen:
                self.list.setCurrentItem(item)

    @property
    def pen(self) -> ComputedPen | None:
        item = self.list.currentItem()
        return None if item is None else item.data(PEN)

    @Slot()
    def _chosen(self, *_: object) -> None:
        pen = self.pen
        if pen is not None:
            self._key = "" if pen.is_ready else pen.key
            self.name.setText(pen.name(self._context.speaker.language))
            self.formula.setText(pen.formula)
        self._check()

    @Slot()
    def begin(self) -> None:
        self.list.setCurrentItem(None)  # type: ignore[arg-type]
        self._key = ""
        self.name.clear()
        self.formula.clear()
        self.name.setFocus()
        self._check()

    # ---- what is typed -------------------------------------------------------------------------------------

    @Slot(int)
    def _put_in(self, index: int) -> None:
        name = self.sensors.itemData(index)
        if name:
            self.formula.insert(f"[{name}]")
            self.sensors.setCurrentIndex(0)
            self.formula.setFocus()

    @Slot()
    def _check(self, *_: object) -> None:
        speaker, text, pen = self._context.speaker, self.formula.text().strip(), self.pen
        good, words = False, ""
        if text:
            try:
                shown = computed_pens.shown_as(text, "" if pen is None else pen.quantity)
                unit = shown.unit or speaker.unit(shown.quantity) or "—"
                words = self.tr("Comes out in {unit}").format(unit=unit)
                words = self.tr("{words} a day").format(words=words) if shown.per_day else words
                good = True
            except KnownError as error:
                words = speaker.error(error)
        self.state.setText(words)
        ready = pen is not None and pen.is_ready
        self.save_button.setEnabled(good and bool(self.name.text().strip()) and not self._is_as_kept())
        self.remove_button.setEnabled(pen is not None and not ready)
        self.draw_button.setEnabled(pen is not None)

    def _is_as_kept(self) -> bool:
        pen = self.pen
        if pen is None:
            return False
        kept = (pen.name(self._context.speaker.language), pen.formula)
        return (self.name.text().strip(), self.formula.text().strip()) == kept

    @Slot()
    def save(self) -> None:
        try:
            pen = computed_pens.save(
                self._context.workspace,
                self._well.field_name,
                self.name.text(),
                self.formula.text(),
                self._key,
            )
        except KnownError as error:
            self.state.setText(self._context.speaker.error(error))
            return
        self._fill(pen.key)
        self.changed.emit(pen.key)

    @Slot()
    def remove(self) -> None:
        pen = self.pen
        if pen is not None and not pen.is_ready:
            computed_pens.remove(self._context.workspace, self._well.field_name, pen.key)
            self._fill("")
            self.begin()
            self.changed.emit("")

    @Slot()
    def _draw(self) -> None:
        if self.pen is not None:
            self.changed.emit(self.pen.key)
