"""A level out of an acoustic trace: what answered on it, and the depth while the line is dragged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.echo.level import Depth, Known
from app.core.jobs import Job
from app.core.texts import number
from app.models.kinds.measured import FLUID_LEVEL
from app.models.kinds.spec import Field
from app.models.wells import Well
from app.reports import echo_words
from app.services.records import forms
from app.services.wells import echo as service
from app.services.wells.echo import Shot
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.entry.fields import LineField
from app.views.fitted import FittedDialog
from app.views.plots.line_chart import Line
from app.views.plots.trace_chart import TraceChart
from app.views.settling import Soon

SOON_MS = 300
POINTED = 0.002
"""[s] What is shown and what was found are the same echo within this."""

JOINT = Field(
    "joint_m", "Средняя труба", "Mean joint", quantity="length", minimum=1, maximum=20, usual=(8, 12.5)
)
SPEED = FLUID_LEVEL.field("sound_speed_m_per_s")
GAS = Field("gas_density", "Газ по воздуху", "Gas to air", minimum=0.55, maximum=1.5, usual=(0.6, 1.2))
TEMPERATURE = Field(
    "temperature_k", "Температура затруба", "Annulus", quantity="temperature", minimum=253, maximum=413
)
RATE = Field("rate_hz", "Отсчётов в секунду", "Samples a second", minimum=60, maximum=200_000)
ECHO = Field("echo_s", "Отражение через, с", "Echo after, s", minimum=0, maximum=300)
ASKED = (JOINT, SPEED, GAS, TEMPERATURE, RATE, ECHO)

Answer = tuple[Shot, Known]


def _listen(
    job: Job, workspace: Workspace, path: Path, well: Well, at: datetime, said: Known, rate_hz: float | None
) -> Answer:
    shot = service.listen(path, said.joint_m, rate_hz=rate_hz)
    return shot, service.known_of(workspace, well, at, said)


class EchoDialog(FittedDialog):
    """Gives the depth back with its words, for whoever keeps the record."""

    taken = Signal(Depth, str)
    listened = Signal(datetime)
    """When the file was written."""

    def __init__(
        self,
        context: Context,
        well: Well,
        path: Path,
        at: datetime,
        pressure_pa: float | None,
        parent: QWidget,
    ) -> None:
        """`pressure_pa`: of the annulus, absolute, as the form has it."""
        super().__init__(parent)
        self._context, self._well, self._path, self._at = context, well, path, at
        self._pressure_pa = pressure_pa
        self.shot: Shot | None = None
        self._known, self._pointed_s = Known(), None
        self.depth: Depth | None = None
        self.setWindowTitle(f"{path.name} · {well.name}")
        self.boxes = {field.key: LineField(context, field) for field in ASKED}
        self.words = widgets.text("")
        self.chart = TraceChart(
            context.theme, context.speaker.language, self.tr("Time after the shot, s"), self.tr("Sound")
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Close"))
        self.take_button = self.buttons.addButton(
            self.tr("Take the level"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.take_button.setProperty("primary", True)
        self.take_button.setEnabled(False)
        self._lay_out()
        self._soon = Soon(self, SOON_MS)
        self._soon.timeout.connect(self._listen)
        for key, box in self.boxes.items():
            box.changed.connect(self._echo_typed if key == ECHO.key else self._soon.start)
        self.chart.pointed.connect(self._dragged)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._listen()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for box in self.boxes.values():
            row.addWidget(box, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self.chart, 1)
        layout.addWidget(
            widgets.muted(self.tr("Drag the red line to the echo of the level, or type its time."))
        )
        layout.addWidget(self.words)
        layout.addWidget(self.buttons)
        self.resize(980, 560)

    # ---- what was heard ------------------------------------------------------------------------------------

    def _number(self, field: Field) -> float | None:
        """In SI; None for what is empty or wrong, which its field says."""
        judged = forms.judge(field, self.boxes[field.key].text(), self._context.speaker)
        return None if judged.error is not None or judged.state == forms.EMPTY else float(judged.value)

    @Slot()
    def _listen(self) -> None:
        said = Known(*(self._number(one) for one in (JOINT, SPEED, GAS, TEMPERATURE)), self._pressure_pa)
        self._context.runner.start(
            _listen,
            self._context.workspace,
            self._path,
            self._well,
            self._at,
            said,
            self._number(RATE),
            purpose="echo",
            done=self._heard,
            failed=self._refused,
        )

    @Slot(object)
    def _heard(self, answer: Answer) -> None:
        is_first = self.shot is None
        self.shot, self._known = answer
        heard = self.shot.heard
        if is_first:
            self.listened.emit(self.shot.taken_at)
        at = self._pointed_s if self._pointed_s is not None else heard.level.time_s if heard.level else None
        self.chart.show_trace(self._lines(), at, [one.time_s for one in heard.others])
        self._show_echo(at)
        self._tell()

    def _lines(self) -> list[Line]:
        """The channel of the level over that of the collars, each from the shot on."""
        assert self.shot is not None
        heard, theme = self.shot.heard, self._context.theme
        time_s = np.arange(len(heard.trace.channels[0])) / heard.trace.rate_hz - (heard.shot_s or 0.0)
        order = sorted(range(len(heard.trace.channels)), key=lambda one: one == heard.level_channel)
        return [
            Line(
                self.tr("channel {number}").format(number=one + 1),
                time_s,
                heard.trace.channels[one],
                theme.pen(0) if one == heard.level_channel else theme.muted,
            )
            for one in order
        ]

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self._show_depth(None)
        self._context.tell_refusal(error, self.words.setText)

    # ---- which echo it is ----------------------------------------------------------------------------------

    @Slot(float)
    def _dragged(self, time_s: float) -> None:
        self._pointed_s = time_s
        self._show_echo(time_s)
        self._tell()

    @Slot()
    def _echo_typed(self) -> None:
        typed = self._number(ECHO)
        level = self.shot.heard.level if self.shot is not None else None
        found_s = level.time_s if level is not None else None
        is_found = typed is None or (found_s is not None and abs(typed - found_s) < POINTED)
        self._pointed_s = None if is_found else typed
        if typed is not None:
            self.chart.point_at(typed)
        self._tell()

    def _show_echo(self, time_s: float | None) -> None:
        box = self.boxes[ECHO.key]
        box.blockSignals(True)
        box.set_text("" if time_s is None else number(time_s, 3, self._context.speaker.language))
        box.blockSignals(False)

    def _tell(self) -> None:
        if self.shot is None:
            return
        found = service.best(self.shot, self._known, self._pointed_s)
        lines = echo_words.lines(self.shot.heard, found, self._context.speaker, self._pointed_s)
        self.words.setText("\n".join(lines))
        self._show_depth(found[0] if found else None)

    def _show_depth(self, depth: Depth | None) -> None:
        self.depth = depth
        self.take_button.setEnabled(depth is not None)

    @Slot()
    def take(self) -> None:
        if self.depth is not None:
            self.taken.emit(self.depth, echo_words.note_words(self.depth, self._context.speaker))
            self.accept()
