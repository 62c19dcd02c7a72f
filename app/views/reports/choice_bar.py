"""Which report: template, wells, period, language."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QWidget

from app.core.clock import from_us
from app.models.wells import Well
from app.reports.template import Template
from app.services.reports.report import Order
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.reports import jobs
from app.views.reports.templates_menu import TemplatesMenu
from app.views.reports.wells_dialog import WellsDialog

THIS, PAD, FIELD, CHOSEN = "this", "pad", "field", "chosen"
AS_CHARTS = 0
OF_PAD = ("summary", "regime")
DAYS = (7, 30, 90, 365, 36_500)


class ChoiceBar(QWidget):
    """`changed` when another report is wanted."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wells: list[Well] = []
        self._chosen: list[Well] = []
        self._pad_by_itself = False
        self._wanted_key = str(context.workspace.settings["report_template"])
        self.template = ChoiceBox()
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.template.setMinimumWidth(96)  # of all that stands here a name may be elided
        self.menu = TemplatesMenu(context, self)
        self.wells = self._combo(
            [
                (self.tr("This well"), THIS),
                (self.tr("Its pad"), PAD),
                (self.tr("Its field"), FIELD),
                (self.tr("Choose…"), CHOSEN),
            ]
        )
        day_names = {
            7: self.tr("7 days"),
            30: self.tr("30 days"),
            90: self.tr("90 days"),
            365: self.tr("a year"),
            36_500: self.tr("all there is"),
        }
        self.period = self._combo(
            [(self.tr("as on the charts"), AS_CHARTS), *((day_names[days], days) for days in DAYS)]
        )
        self.language = self._combo([("Русский", "ru"), ("English", "en")])
        self.language.setCurrentIndex(self.language.findData(context.speaker.language))
        settings = context.workspace.settings
        large = settings["glove_mode"] or settings["theme"] == "sunlight"
        self._large = large
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._parts: list[QWidget] = []
        first = [(self.tr("Template"), self.template), ("", self.menu.button), (self.tr("Wells"), self.wells)]
        second = [(self.tr("Period"), self.period), (self.tr("Language of the report"), self.language)]
        for fields in (first, second):
            part = QWidget()
            row = QHBoxLayout(part)
            row.setContentsMargins(0, 0, 0, 0)
            for words, field in fields:
                if words:
                    field.setAccessibleName(words)
                    row.addWidget(QLabel(words))
                row.addWidget(field)
            row.addStretch(1)
            self._rows.addWidget(part)
            self._parts.append(part)
        self._rows.setStretch(1, 1)
        self.template.currentIndexChanged.connect(self._template_changed)
        self.wells.activated.connect(self._wells_activated)
        self.wells.currentIndexChanged.connect(self._tell)
        self.period.currentIndexChanged.connect(self._tell)
        self.language.currentIndexChanged.connect(self._tell)
        self.menu.changed.connect(self.load_templates)
        self.load_templates(self._wanted_key)
        self.load_wells()

    def minimumSizeHint(self) -> QSize:
        """Of two rows: it is narrower, and what a small window has room for."""
        sizes = [part.minimumSizeHint() for part in self._parts]
        return QSize(max(size.width() for size in sizes), self._rows.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a template's name is longer
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """One row where there is room for it; large type has none."""
        button = self.menu.button  # the style allows it to be narrower than its words
        button.setMinimumWidth(button.sizeHint().width())
        width = sum(part.sizeHint().width() + self._rows.spacing() for part in self._parts)
        flat = width <= self.width() and not self._large
        wanted = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        if self._rows.direction() != wanted:
            self._rows.setDirection(wanted)
            self.updateGeometry()

    def _combo(self, items: list[tuple[str, object]]) -> QComboBox:
        box = ChoiceBox()
        for words, data in items:
            box.addItem(words, data)
        return box

    @Slot()
    def _tell(self, *_: object) -> None:
        self.changed.emit()

    # ---- what is there to choose from ----------------------------------------------------------------------

    @Slot(str)
    def load_templates(self, key: str) -> None:
        self._wanted_key = key
        self._context.runner.start(
            jobs.templates, self._context.workspace, purpose="report templates", done=self._templates_ready
        )

    @Slot(object)
    def _templates_ready(self, found: list[Template]) -> None:
        language = self._context.speaker.language
        self.template.blockSignals(True)
        self.template.clear()
        for template in found:
            self.template.addItem(template.named(language), template)
        index = next((i for i, template in enumerate(found) if template.key == self._wanted_key), 0)
        self.template.setCurrentIndex(index)
        self.template.blockSignals(False)
        self._template_changed()

    def load_wells(self) -> None:
        self._context.runner.start(
            jobs.wells, self._context.workspace, lane="store", purpose="report wells", done=self._wells_ready
        )

    @Slot(object)
    def _wells_ready(self, found: list[Well]) -> None:
        self._wells = found
        if self.wells.currentData() != THIS:
            self.changed.emit()

    # ---- what was chosen -----------------------------------------------------------------------------------

    def current(self) -> Template | None:
        template = self.template.currentData()
        return template if isinstance(template, Template) else None

    def choose_template(self, key: str) -> None:
        self._wanted_key = key
        for i in range(self.template.count()):
            if self.template.itemData(i).key == key:
                self.template.setCurrentIndex(i)

    @Slot()
    def _template_changed(self, *_: object) -> None:
        template = self.current()
        if template is None:
            return
        self._wanted_key = template.key
        self._context.runner.start(
            jobs.remember, self._context.workspace, template.key, lane="journal", purpose="report template"
        )
        self.menu.set_template(template)
        wanted = (
            next((days for days in DAYS if days >= template.days), DAYS[-1]) if template.days else AS_CHARTS
        )
        for box in (self.period, self.wells):
            box.blockSignals(True)
        self.period.setCurrentIndex(self.period.findData(wanted))
        self._suit_wells(template)
        for box in (self.period, self.wells):
            box.blockSignals(False)
        self.changed.emit()

    def _suit_wells(self, template: Template) -> None:
        """A summary of one well is none: its pad is taken, and left again for a report of one well."""
        of_pad = any(one.section in OF_PAD for one in template.sections)
        if of_pad and self.wells.currentData() == THIS:
            self._pad_by_itself = True
            self.wells.setCurrentIndex(self.wells.findData(PAD))
        elif not of_pad and self._pad_by_itself:
            self._pad_by_itself = False
            self.wells.setCurrentIndex(self.wells.findData(THIS))

    @Slot(int)
    def _wells_activated(self, index: int) -> None:
        self._pad_by_itself = False
        if self.wells.itemData(index) == CHOSEN:
            dialog = WellsDialog(self._context, self._wells, self._chosen or self._of_this(), self)
            dialog.chosen.connect(self._wells_chosen)
            dialog.open()

    @Slot(object)
    def _wells_chosen(self, wells: list[Well]) -> None:
        self._chosen = wells
        self.wells.setItemText(self.wells.findData(CHOSEN), self.tr("%n chosen…", "", len(wells)))
        self.changed.emit()

    def choose_wells(self, wells: list[Well]) -> None:
        """Chosen elsewhere: in the list of wells."""
        self._pad_by_itself = False
        self.wells.blockSignals(True)
        self.wells.setCurrentIndex(self.wells.findData(CHOSEN))
        self.wells.blockSignals(False)
        self._wells_chosen(wells)

    def _of_this(self) -> list[Well]:
        return [self._context.well] if self._context.well is not None else []

    def chosen_wells(self) -> list[Well]:
        mine, which = self._context.well, self.wells.currentData()
        if mine is None or which == THIS:
            return self._of_this()
        if which == CHOSEN:
            return self._chosen or self._of_this()
        return [
            w
            for w in self._wells
            if w.field_name == mine.field_name and (which == FIELD or w.pad == mine.pad)
        ] or [mine]

    def order(self, *, archive: bool) -> Order | None:
        """None as long as there is no well or no template."""
        template, wells = self.current(), self.chosen_wells()
        if template is None or not wells:
            return None
        days, period, language = self.period.currentData(), self._context.period, self.language.currentData()
        if days == AS_CHARTS and period is not None:
            return Order(
                tuple(wells),
                template,
                from_us(period.from_us),
                from_us(period.until_us),
                language,
                archive=archive,
            )
        return Order(tuple(wells), replace(template, days=int(days)), None, None, language, archive=archive)
