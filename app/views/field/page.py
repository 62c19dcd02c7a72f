"""The field: who needs attention first; and the wells of a pad on one time line."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.order import natural
from app.core.texts import with_unit
from app.models.findings import Finding
from app.models.overview import WellRow
from app.models.sensors import SENSORS
from app.models.wells import Well
from app.reports import made_words, wording
from app.services.wells.dashboard import SPARK_DAYS
from app.views import widgets
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.field.pad_chart import PadChart, PadPane
from app.views.field.presenter import FieldAnswer, FieldPresenter, PadAnswer, SparkAnswer
from app.views.field.spark import HealthBar, SparkLine
from app.views.field.well_map import WellMap
from app.views.rows import Column, RowsTable
from app.views.when_seen import WhenSeen

HEALTH, SPARK = 1, 6


class FieldPage(QWidget):
    key = "field"
    scenes = ("map",)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.presenter = FieldPresenter(context, self)
        self._pad = WhenSeen(self, self._load_pad)
        self._wanted: Finding | None = None
        self.table = RowsTable(context, self._columns(), self.tr("Wells of the field"), "field")
        self.table.setItemDelegateForColumn(HEALTH, HealthBar(context.theme, self.table))
        self.sparks = SparkLine(context.theme, self.table)
        self.table.setItemDelegateForColumn(SPARK, self.sparks)
        self.table.fix_column(HEALTH, 110)
        self.table.fix_column(SPARK, 150)
        self.pads = ChoiceBox()
        self.pads.setAccessibleName(self.tr("Pad"))
        self.pads.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.pad_chart = PadChart(context)
        self._summary = QLabel()
        self._summary.setProperty("role", "muted")
        head = QHBoxLayout()
        head.addWidget(widgets.heading(self.tr("Who first")))
        head.addStretch(1)
        head.addWidget(self._summary)
        self._diagnose = QPushButton(self.tr("Diagnose all"))
        self._diagnose.clicked.connect(self.presenter.diagnose_all)
        self.map = WellMap(context)
        self.map_button = QPushButton(self.tr("Map"))
        self.map_button.setCheckable(True)
        self.map_button.setToolTip(self.tr("Where the wells stand, instead of their table"))
        self.map_button.toggled.connect(self._turn)
        head.addWidget(self.map_button)
        head.addWidget(self._diagnose)
        below = QHBoxLayout()
        below.addWidget(widgets.heading(self.tr("Pad over time")))
        below.addWidget(self.pads)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addLayout(head)
        # A large pad leaves the wells of the field their room: who is first is what the page is for.
        layout.addWidget(self.table, 3)
        layout.addWidget(self.map, 3)
        self.map.hide()
        layout.addLayout(below)
        layout.addWidget(PadPane(context, self.pad_chart), 2)
        self.table.opened.connect(self._open_well)
        self.map.chosen.connect(self._open_well)
        self.pads.currentIndexChanged.connect(self._pad.wanted)
        self.pad_chart.finding_chosen.connect(self._open_finding)
        self.sparks.wanted.connect(self.presenter.load_sparks)
        self.presenter.rows_ready.connect(self._show)
        self.presenter.sparks_ready.connect(self._show_sparks)
        self.presenter.pad_ready.connect(self._show_pad)
        context.well_changed.connect(self._well_changed)

    def _columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(
                self.tr("Well"),
                lambda r: f"{r.status.well.name}  {s.say('lift.' + r.status.well.lift)}",
                lambda r: r.status.well.name,
            ),
            Column(
                self.tr("Health"),
                lambda r: wording.health_short(r.health, r.sight, s),
                lambda r: r.urgency[0],
            ),
            Column(
                self.tr("What is wrong"),
                lambda r: wording.worst_line(r, s),
                lambda r: r.worst,
                colour=lambda r: r.severity if r.worst and r.ended is None else None,
                tip=lambda r: wording.worst_line(r, s),
                stretch=True,
                share=0.25,
            ),
            Column(
                self.tr("At the centre"),
                lambda r: made_words.made_short(r.at_centre, self._now(), s),
                lambda r: r.at_centre.health if r.at_centre is not None else None,
                colour=lambda r: (
                    r.at_centre.severity if r.at_centre is not None and r.at_centre.worst else None
                ),
                tip=lambda r: made_words.made_whole(r.at_centre, self._now(), s),
                optional=True,
            ),
            Column(self.tr("Since"), lambda r: s.day(r.since), lambda r: r.since, optional=True),
            Column(
                with_unit(self.tr("Liquid"), s.unit("rate")),
                lambda r: s.bare(r.liquid_rate, "rate"),
                lambda r: r.liquid_rate,
                number=True,
                optional=True,
            ),
            Column(
                self.tr("30 days"),
                lambda r: "",
                lambda r: r.spark_sensor,
                tip=self._of_thirty_days,
            ),
            Column(
                self.tr("Of what"),
                self._spark_name,
                self._spark_name,
                tip=self._of_thirty_days,
                optional=True,
            ),
            Column(self.tr("Pad"), lambda r: r.status.well.pad, lambda r: r.status.well.pad, optional=True),
            Column(
                self.tr("Last reading"),
                lambda r: s.moment(r.status.last_reading_at),
                lambda r: r.status.last_reading_at,
                optional=True,
            ),
        ]

    def _spark_name(self, row: WellRow) -> str:
        return SENSORS[row.spark_sensor].name(self._context.speaker.language, row.status.well.lift)

    def _of_thirty_days(self, row: WellRow) -> str:
        """A well that is silent shows its own last days: whose they are is told."""
        name, last = self._spark_name(row), row.status.last_reading_at
        if last is None:
            return name
        first = last - timedelta(days=SPARK_DAYS - 1)
        return f"{name}, {self._context.speaker.day(first)} – {self._context.speaker.day(last)}"

    def _now(self) -> datetime:
        return self._context.workspace.clock()

    # ---- the wells -----------------------------------------------------------------------------------------

    @Slot(bool)
    def _turn(self, to_map: bool) -> None:
        widgets.show_one(to_map, self.map, self.table)

    def show_scene(self, scene: str) -> None:
        self.map_button.setChecked(scene == "map")

    @Slot(FieldAnswer)
    def _show(self, answer: FieldAnswer) -> None:
        rows = answer.rows
        self.sparks.forget()
        self.table.show_rows(rows)
        self.map.show_wells(rows, answer.places)
        needing = sum(row.severity in ("act", "stop") for row in rows)
        self._summary.setText(
            self.tr("{count} wells, {needing} need action").format(count=len(rows), needing=needing)
        )
        pads = {(row.status.well.field_name, row.status.well.pad) for row in rows}
        known = sorted(pads, key=lambda pad: (natural(pad[0]), natural(pad[1])))
        if [self.pads.itemData(i) for i in range(self.pads.count())] != known:
            self.pads.blockSignals(True)
            self.pads.clear()
            for field_name, pad in known:
                self.pads.addItem(
                    self.tr("{field}, pad {pad}").format(field=field_name, pad=pad), (field_name, pad)
                )
            self.pads.blockSignals(False)
            self._to_pad_of(self._context.well)
        self._pad.wanted()

    @Slot(SparkAnswer)
    def _show_sparks(self, answer: SparkAnswer) -> None:
        self.sparks.show_lines(answer.rows, answer.lines)

    @Slot(Well)
    def _well_changed(self, well: Well) -> None:
        self._to_pad_of(well)
        if self._wanted is not None and self._wanted.well_id == well.id:
            wanted, self._wanted = self._wanted, None
            self._context.page_wanted.emit(
                "cards" if any(e.card_id for e in wanted.evidence) else "trends", wanted
            )

    def _to_pad_of(self, well: Well | None) -> None:
        if well is not None:
            index = self.pads.findData((well.field_name, well.pad))
            if index >= 0:
                self.pads.setCurrentIndex(index)

    @Slot(WellRow)
    def _open_well(self, row: WellRow) -> None:
        self._context.choose_well(row.status.well)
        self._context.page_wanted.emit("overview", None)

    # ---- the pad -------------------------------------------------------------------------------------------

    @Slot()
    def _load_pad(self) -> None:
        chosen = self.pads.currentData()
        if chosen is not None:
            self.presenter.load_pad(*chosen)

    @Slot(PadAnswer)
    def _show_pad(self, answer: PadAnswer) -> None:
        self.pad_chart.show_lines(answer.lines, answer.span)

    @Slot(Finding)
    def _open_finding(self, finding: Finding) -> None:
        self._wanted = finding
        self.presenter.choose_well(finding.well_id)

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""
