"""Reports: what do I hand over. Wells, template, period, language; the pages as they will be printed; save,
print, batch.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.models.changes import WELLS, Changed
from app.services.reports.report import Order
from app.views import widgets
from app.views.commands.given import Given
from app.views.commands.saving import REPORT
from app.views.context import Context
from app.views.overflow import OverflowRow
from app.views.pdf_view import PdfView
from app.views.read_of_well import ReadOfWell
from app.views.reports import jobs
from app.views.reports.choice_bar import ChoiceBar
from app.views.reports.clippings_panel import ClippingsPanel
from app.views.reports.hand_over import HandOver
from app.views.reports.jobs import Preview
from app.views.tasks import Task


class ReportsPage(QWidget):
    key = "reports"
    scenes = ("mine", "pad", "passport")

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._enter_saves = False
        self._wanted: Order | None = None
        self.choices = ChoiceBar(context)
        self.hand_over = HandOver(context, self)
        self.given = Given(REPORT, self.hand_over, self, context)
        self.view = PdfView(context)
        self._seen = ReadOfWell(context, self, self._refresh, over=self.view)
        self.clippings = ClippingsPanel(context)
        self.clippings.hide()
        self.state = widgets.muted()
        bar = OverflowRow()
        bar.give_way(*self.hand_over.buttons)
        bar.stay(self.hand_over.archive)
        bar.gap()
        split = QSplitter()
        split.addWidget(self.view)
        split.addWidget(self.clippings)
        split.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.choices)
        layout.addWidget(bar)
        layout.addWidget(self.state)
        layout.addWidget(split, 1)
        self.choices.changed.connect(self._seen.wanted)
        self.hand_over.archive.toggled.connect(self._seen.wanted)
        self.clippings.changed.connect(self._seen.wanted)
        context.period_changed.connect(self._seen.wanted)
        context.changed.connect(self._data_changed)
        context.clippings_changed.connect(self._seen.wanted)

    @Slot(Changed)
    def _data_changed(self, change: Changed) -> None:
        if change.concerns(None, (WELLS,)):
            self.choices.load_wells()
        self._seen.wanted()

    def _refresh(self) -> Task | None:
        """The first page as soon as it is there, then the whole."""
        wanted = self._wanted = self.choices.order(archive=self.hand_over.archive.isChecked())
        if wanted is None:
            return None
        self.hand_over.forget()
        self.clippings.setVisible(any(one.section == "clippings" for one in wanted.template.sections))
        self.state.setText(self.tr("Making the preview…"))
        task = self._context.runner.start(
            jobs.preview,
            self._context.workspace,
            wanted,
            purpose="report preview",
            done=self._show,
            failed=self._failed,
        )
        task.partly.connect(self._show_first)
        return task

    @Slot(object)
    def _show_first(self, made: Preview) -> None:
        self.view.show_pdf(made.content, made.sizes, made.name)

    @Slot(object)
    def _show(self, made: Preview) -> None:
        self.view.show_pdf(made.content, made.sizes, made.name)
        words = self.tr("%n page(s)", "", len(made.sizes))
        if made.missing:
            words += " · " + self.tr("no data in the period: {wells}").format(wells=", ".join(made.missing))
        self.state.setText(words)
        if self._wanted is not None:
            self.hand_over.offer(made, self._wanted)
        if self._enter_saves:  # once, after it was asked for: whoever works on the page keeps the focus
            self._let_enter_save()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self.state.setText("")
        self._context.runner.failed.emit(error)

    def _let_enter_save(self) -> None:
        """At once, or when there is something to save."""
        self._enter_saves = self._seen.waits or not self.hand_over.save_button.isEnabled()
        self.hand_over.save_button.setFocus()

    def open(self, argument: object) -> None:
        """A template, by its key; wells; or the report is wanted (Ctrl+P), also when the page is open."""
        if isinstance(argument, tuple):
            self.choices.choose_wells(list(argument))
        elif argument == "hand over":
            self._let_enter_save()
        else:
            self.choices.choose_template(str(argument))

    def show_scene(self, name: str) -> None:
        """For the pictures: one well, a pad, one's own."""
        self.choices.choose_template(name)
