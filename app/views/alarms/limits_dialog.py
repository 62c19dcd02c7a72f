"""The limits of a well: whose each is, and another one for the well, its lift, its pad or the field."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.alarms import PRIORITIES
from app.models.changes import Changed
from app.models.kinds.alarmed import LEVELS, SCOPES
from app.models.records import Record
from app.models.sensors import SENSORS
from app.models.wells import Well
from app.reports import alarm_words
from app.services.alarms import pens, setting
from app.services.alarms.limits import Watched
from app.services.alarms.setting import Draft
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import ChoiceBox, NumberBox, TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.rows import Column, RowsTable

MOST, DECIMALS = 1e9, 9
WIDEST, ROUND_PX = 1240, 24
FORMULA = ""


def _fetch(job: Job, workspace: Workspace, well: Well) -> list[Watched]:
    return setting.limits_of(workspace, well)


def _put(job: Job, workspace: Workspace, well: Well, draft: Draft) -> Record:
    return setting.put(workspace, well, draft)


class FigureBox(NumberBox):
    """As many decimals as the figure has: there are limits of 150 and of a hundred-thousandth."""

    def __init__(self) -> None:
        super().__init__()
        self.setDecimals(DECIMALS)

    def textFromValue(self, value: float) -> str:
        locale = self.locale()
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        return locale.toString(value, "f", QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value)


class AlarmLimitsDialog(FittedDialog):
    def __init__(self, context: Context, well: Well, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._well = context, well
        self.setWindowTitle(self.tr("Limits of well {name}").format(name=well.name))
        self.table = RowsTable(context, self._columns(), self.tr("Limits"), "alarm_limits")
        self.scope, self.pen, self.level, self.priority = (ChoiceBox() for _ in range(4))
        self.formula, self.name = TextLine(), TextLine()
        self.value, self.dead_band, self.on_delay, self.off_delay = (FigureBox() for _ in range(4))
        self.unit, self.dead_band_unit = QLabel(), QLabel()
        self.when_stopped = QCheckBox(self.tr("Also while the pump stands"))
        self.state = widgets.text("")
        self.buttons: dict[str, QPushButton] = {}
        self._fill()
        self._lay_out()
        self.pen.currentIndexChanged.connect(self._pen_changed)
        self.formula.textChanged.connect(self._pen_changed)
        self.level.currentIndexChanged.connect(self._pen_changed)
        self.table.chosen.connect(self._show)
        self.finished.connect(self.deleteLater)
        self._pen_changed()
        self._load()

    def _columns(self) -> list[Column]:
        s = self._context.speaker

        def name(one: Watched) -> str:
            return alarm_words.pen_words(one.key, one.now.name, s, self._well.lift)

        def value(one: Watched) -> str:
            said = one.now
            if said.limit is None or one.pen is None:
                return "—"
            return alarm_words.value_words(said.limit.threshold, one.pen.told_in, one.level, s)

        def whose(one: Watched) -> str:
            said = one.now
            if said.trouble is not None:
                return s.error(said.trouble)
            return s.say(f"alarm_origin.{said.origin}") if said.limit is not None else s.say("alarm_says.off")

        return [
            Column(self.tr("What"), name, name, stretch=True, share=0.4),
            Column(
                self.tr("Limit"), lambda one: alarm_words.level_words(one.level, s), lambda one: one.level
            ),
            Column(self.tr("Value"), value, lambda one: one.key, number=True),
            Column(
                self.tr("Whose"),
                whose,
                whose,
                stretch=True,
                share=0.3,
                colour=lambda one: "act" if one.now.trouble is not None else None,
            ),
        ]

    def _fill(self) -> None:
        speaker = self._context.speaker
        for box, kind, codes in (
            (self.scope, "alarm_scope", SCOPES),
            (self.level, "alarm_level", LEVELS),
            (self.priority, "alarm_priority", PRIORITIES),
        ):
            for code in codes:
                box.addItem(speaker.say(f"{kind}.{code}"), code)
        for sensor in SENSORS:
            self.pen.addItem(sensor.name(speaker.language, self._well.lift), sensor.key)
        self.pen.addItem(self.tr("A formula over sensors…"), FORMULA)
        self.pen.setCurrentIndex(self.pen.findData("motor_temperature"))
        self.priority.setCurrentIndex(1)
        for box in (self.value, self.dead_band, self.on_delay, self.off_delay):
            box.setRange(-MOST if box is self.value else 0.0, MOST)
        over, under = (
            SENSORS[key].name(speaker.language) for key in ("motor_temperature", "intake_temperature")
        )
        self.formula.setPlaceholderText(f"[{over}] − [{under}]")

    def _lay_out(self) -> None:
        form = QFormLayout()
        value_row = QHBoxLayout()
        value_row.addWidget(self.value, 1)
        value_row.addWidget(self.unit)
        dead_band_row = QHBoxLayout()
        dead_band_row.addWidget(self.dead_band, 1)
        dead_band_row.addWidget(self.dead_band_unit)
        beside = {id(self.value): value_row, id(self.dead_band): dead_band_row}
        for title, field in (
            (self.tr("For"), self.scope),
            (self.tr("Of what"), self.pen),
            (self.tr("Formula"), self.formula),
            (self.tr("Name of the rule"), self.name),
            (self.tr("Limit"), self.level),
            (self.tr("Value"), self.value),
            (self.tr("Dead band"), self.dead_band),
            (self.tr("Delay of the alarm, min"), self.on_delay),
            (self.tr("Delay of the return, min"), self.off_delay),
            (self.tr("Priority"), self.priority),
        ):
            field.setAccessibleName(title)
            form.addRow(title, beside.get(id(field), field))
        form.addRow("", self.when_stopped)
        self.form = form
        side = QVBoxLayout()
        side.addLayout(form)
        side.addWidget(self.state)
        side.addStretch(1)
        body = QHBoxLayout()
        body.addWidget(self.table, 1)
        body.addLayout(side)
        row = QHBoxLayout()
        for key, words in (
            ("limit", self.tr("Set the limit")),
            ("off", self.tr("Not here")),
            ("inherit", self.tr("As inherited")),
        ):
            button = QPushButton(words)
            button.setAutoDefault(key == "limit")
            button.setObjectName(key)
            button.clicked.connect(self._save)
            self.buttons[key] = button
            row.addWidget(button)
        self.buttons["limit"].setProperty("primary", True)
        row.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addLayout(body, 1)
        layout.addWidget(
            widgets.muted(
                self.tr(
                    "The well's own word stands over its lift's, that over its pad's, that over the field's; "
                    "the equipment's holds where nobody says anything. A limit holds from now on: what was "
                    "raised before stays in the list."
                )
            )
        )
        layout.addLayout(row)
        self.resize(min(WIDEST, self.parentWidget().window().width() - ROUND_PX), 580)

    # ---- what there is -------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._context.runner.start(
            _fetch, self._context.workspace, self._well, purpose="alarm limits", done=self._fetched
        )

    @Slot(object)
    def _fetched(self, found: list[Watched]) -> None:
        self.table.show_rows(found)

    @property
    def _key(self) -> str:
        return self.pen.currentData() or self.formula.text().strip()

    @Slot()
    def _pen_changed(self, *_: object) -> None:
        """The unit of what is chosen; what is wrong with a formula while it is typed."""
        is_formula = self.pen.currentData() == FORMULA
        for field in (self.formula, self.name):
            self.form.setRowVisible(field, is_formula)
        self.state.setText("")
        words, per_day = "", False
        if self._key:
            try:
                pen = pens.pen_of(self._key)
            except KnownError as error:
                self.state.setText(self._context.speaker.error(error))
            else:
                unit = setting.unit_for(self._context.workspace, pen)
                words = pen.unit if unit is None else unit.label(self._context.speaker.language)
                per_day = pen.per_day
        level, speaker = self.level.currentData(), self._context.speaker
        words = alarm_words.unit_words(words, level, speaker, per_day=per_day)
        for unit in (self.unit, self.dead_band_unit):
            unit.setText(words)
        self.buttons["limit"].setEnabled(bool(self._key) and not self.state.text())

    @Slot(object)
    def _show(self, one: Watched) -> None:
        """What holds is the beginning of what is to hold."""
        draft = setting.draft_of(self._context.workspace, one)
        is_sensor = draft.pen in SENSORS
        self.pen.setCurrentIndex(self.pen.findData(draft.pen if is_sensor else FORMULA))
        self.formula.setText("" if is_sensor else draft.pen)
        self.name.setText(draft.name)
        self.level.setCurrentIndex(self.level.findData(draft.level))
        self.priority.setCurrentIndex(self.priority.findData(draft.priority))
        self.value.setValue(draft.value or 0.0)
        self.dead_band.setValue(draft.dead_band)
        self.on_delay.setValue(draft.on_delay_min)
        self.off_delay.setValue(draft.off_delay_min)
        self.when_stopped.setChecked(draft.when_stopped)

    # ---- what is done --------------------------------------------------------------------------------------

    def draft(self, says: str) -> Draft:
        return Draft(
            self._key,
            self.level.currentData(),
            self.scope.currentData(),
            says,
            self.value.value(),
            self.dead_band.value(),
            self.on_delay.value(),
            self.off_delay.value(),
            self.priority.currentData(),
            self.when_stopped.isChecked(),
            self.name.text() if self.pen.currentData() == FORMULA else "",
        )

    @Slot()
    def _save(self) -> None:
        draft = self.draft(self.sender().objectName())
        self._context.runner.start(
            _put,
            self._context.workspace,
            self._well,
            draft,
            lane="journal",
            done=self._saved,
            failed=self._refused,
        )

    @Slot(object)
    def _saved(self, record: Record) -> None:
        self.state.setText(self.tr("Saved: it holds from now on."))
        self._context.changed.emit(Changed.of(record))
        self._load()

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self._context.tell_refusal(error, self.state.setText)
