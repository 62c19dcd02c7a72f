"""A fluid level: typed, or taken from the trace of an echometer, which stays with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from app.analysis.echo.level import Depth
from app.core.units import ATM
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.wells import Well
from app.services.records import forms
from app.views.context import Context
from app.views.entry.echo_dialog import EchoDialog
from app.views.entry.form import EntryForm

TRACES = (".wav", ".csv", ".txt")


class LevelForm(EntryForm):
    def __init__(
        self,
        context: Context,
        well: Well,
        parent: QWidget,
        record: Record | None = None,
        files: tuple[Path, ...] = (),
    ) -> None:
        self.echo: EchoDialog | None = None
        super().__init__(context, KINDS["fluid_level"], well, parent, record, files)

    def _build(self) -> None:
        super()._build()
        self.listen_button = QPushButton(self.tr("From an acoustic trace…"))
        tip = self.tr("A file of sound or a table of samples; one can be dropped here as well")
        self.listen_button.setToolTip(tip)
        self.listen_button.setAutoDefault(False)
        self.listen_button.clicked.connect(self._ask_trace)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(0, self.listen_button, 0, Qt.AlignmentFlag.AlignLeft)

    def add_files(self, paths: list[Path]) -> None:
        super().add_files(paths)
        trace = next((path for path in paths if path.suffix.lower() in TRACES), None)
        if trace is not None:
            self._open(trace)

    @Slot()
    def _ask_trace(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in TRACES)
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Acoustic trace"), "", f"{kinds} (*)")
        if name:
            self.add_files([Path(name)])

    def _open(self, trace: Path) -> None:
        field = self.kind.field("casing_pressure_pa")
        judged = forms.judge(field, self.boxes[field.key].text(), self._context.speaker)
        known = judged.state in (forms.OK, forms.UNUSUAL)
        pressure_pa = float(judged.value) + ATM.factor if known else None
        self.echo = EchoDialog(self._context, self._well, trace, self.at.moment(), pressure_pa, self)
        self.echo.taken.connect(self._take)
        self.echo.listened.connect(self._propose)
        self.echo.finished.connect(self._closed)
        self.echo.open()

    @Slot(datetime)
    def _propose(self, written: datetime) -> None:
        """When the file was written, as a photo's time is proposed; it can be changed like any other."""
        if self._record is None:
            self.at.set_moment(written)

    @Slot(Depth, str)
    def _take(self, depth: Depth, words: str) -> None:
        self.boxes["level_m"].set_value(depth.depth_m)
        self.boxes["sound_speed_m_per_s"].set_value(depth.speed_m_s)
        self.boxes["note"].set_text(words)

    @Slot()
    def _closed(self, *_: object) -> None:
        self.echo = None
