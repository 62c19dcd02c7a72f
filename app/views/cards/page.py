"""Cards: what does the pump do. A strip of all cards, the chosen ones laid over each other, everything about
them beside.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.simulate.twin import Knobs
from app.core.errors import KnownError
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.views import widgets
from app.views.cards import sought
from app.views.cards.alike import CardsAlike
from app.views.cards.curves import Drawing
from app.views.cards.filters import FilterBar
from app.views.cards.keeping import Keeping
from app.views.cards.new_card import NewCard
from app.views.cards.others import OtherWells
from app.views.cards.parting import ThreeParts
from app.views.cards.player import CardPlayer
from app.views.cards.presenter import CardsPresenter, Shown, TwinAnswer
from app.views.cards.side import SidePanel
from app.views.cards.strip import CardStrip
from app.views.cards.table import OVERLAY_MOST, CardTable
from app.views.commands.cards import CARDS
from app.views.commands.given import Given
from app.views.context import Context
from app.views.pages_by_lift import foreign
from app.views.plots.card_chart import CardChart


class CardsPage(QWidget):
    key = "cards"
    scenes = ("figures", "rods", "torque", "valves", "twin", "overlay", "difference", "newest")

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._presenter = CardsPresenter(context, self)
        self._history: list[StoredCard] = []
        self._all: list[StoredCard] = []
        self._shown: list[StoredCard] = []
        self._analysed_now: Shown | None = None
        self._sought: sought.Sought | None = None
        speaker = context.speaker
        self.new_card = NewCard(context, self._presenter, self)
        self.keeping = Keeping(context, self._presenter, self)
        self.others, self.alike = OtherWells(context, self), CardsAlike(context, self)
        self.strip = CardStrip(context)
        self.chart = CardChart(
            context.theme,
            speaker.language,
            f"{speaker.say('axis.position')}, {speaker.unit('length')}",
            f"{speaker.say('axis.load')}, {speaker.unit('load')}",
        )
        self.table = CardTable(context)
        self.given = Given(CARDS, self, self, context)
        self.filters = FilterBar(context, self.given)
        self.player = CardPlayer(self.table, self.filters.play, self)
        self.side = SidePanel(context)
        self._caption = widgets.muted()
        self._caption.setContentsMargins(4, 0, 0, 0)  # its first letter stood on the handle beside it
        self._empty = widgets.muted()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        self._connect()

    def _build(self) -> None:
        middle = QWidget()
        middle_layout = QVBoxLayout(middle)
        middle_layout.setContentsMargins(0, 0, 0, 0)
        middle_layout.addWidget(self._caption)
        middle_layout.addWidget(self.chart, 1)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.strip)
        body.addWidget(ThreeParts(self.table, middle, self.side), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self.filters)
        row = QHBoxLayout()
        row.addWidget(self._body)
        row.addWidget(self._empty)
        layout.addLayout(row, 1)
        self._empty.hide()

    def _connect(self) -> None:
        presenter, filters = self._presenter, self.filters
        presenter.loading.connect(self.player.stop)
        presenter.history_ready.connect(self._history_ready)
        presenter.analysed.connect(self._analysed)
        presenter.refused.connect(self._refused)
        presenter.answered.connect(self._answered)
        self.new_card.saved.connect(self._added)
        self.others.changed.connect(self._selection_changed)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.strip.card_chosen.connect(self._strip_clicked)
        filters.figure_chosen.connect(self._show_strip)
        filters.filter_chosen.connect(self._filter)
        filters.difference_toggled.connect(self._draw)
        self.side.twin_wanted.connect(self._ask_twin)
        self.side.note_wanted.connect(self.keeping.note)
        self.side.panel_changed.connect(self._draw)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.fit_page(self.height())

    # ---- which cards ---------------------------------------------------------------------------------------

    @Slot(list)
    def _history_ready(self, cards: list[StoredCard]) -> None:
        self._history = cards
        self.new_card.last = cards[-1] if cards else None
        self.filters.offer(cards)
        self._filter()

    @Slot()
    def _filter(self, *_: object) -> None:
        wanted = self._sought
        if wanted is not None and wanted.uncover(self._history, self.filters, self._context):
            return
        self._sought = None
        self._all = [card for card in self._history if self.filters.passes(card)]
        self._say_why_empty()
        widgets.show_one(bool(self._all), self._body, self._empty)
        self.table.show_cards(self._all)
        self.given.renew()
        if not self._all:
            return
        self._show_strip()
        place = None if wanted is None else wanted.place(self._all)
        index = len(self._all) - 1 if place is None else place
        self.choose([index - 1, index] if wanted is not None and index and wanted.compare else [index])

    def _say_why_empty(self) -> None:
        """Also of a well that is lifted another way, unless it has cards of before."""
        why = foreign("cards", self._context.well, self._context.speaker)
        self.filters.setVisible(bool(self._history) or not why)
        self._empty.setText(
            why
            or self.tr(
                "No dynamograms in this period. Drop the recorder's file on the window, enter one with "
                "Ctrl+N, or choose a longer period."
            )
        )

    def choose(self, indexes: list[int]) -> None:
        """Select cards by their place in time; the newest of them is analysed."""
        self.table.choose(indexes)

    @Slot()
    def _selection_changed(self) -> None:
        chosen = sorted(self.table.chosen())[-OVERLAY_MOST:]
        self._shown = [self._all[index] for index in chosen]
        if not self._shown:
            return
        self.keeping.card = self._shown[-1]
        self.strip.mark_cards(self._shown, self.filters.figure.currentData())
        self._presenter.analyse(self._shown, self.others.wells)

    @Slot(int)
    def _strip_clicked(self, index: int) -> None:
        self.choose([index])

    # ---- the strip -----------------------------------------------------------------------------------------

    @Slot()
    def _show_strip(self, *_: object) -> None:
        figure = self.filters.figure.currentData()
        self.strip.show_cards(self._all, figure)
        if self._shown:
            self.strip.mark_cards(self._shown, figure)

    # ---- the chart -----------------------------------------------------------------------------------------

    @Slot(Shown)
    def _analysed(self, shown: Shown) -> None:
        self._analysed_now = shown
        self._presenter.fill(self._shown_of(shown))

    def _shown_of(self, shown: Shown) -> Iterator[None]:
        speaker, newest = self._context.speaker, shown.newest
        moment = speaker.moment(newest.analysis.card.taken_at)
        caption = self.tr("{moment} · {speed} strokes per minute · solid: upstroke, dashed: downstroke")
        self._caption.setText(
            caption.format(
                moment=moment, speed=speaker.bare(newest.analysis.card.strokes_per_minute, "number", digits=1)
            )
        )
        lines = [
            speaker.say("card.not_drawn", at=at, reason=speaker.error(reason))
            for at, reason in shown.not_drawn
        ]
        self._caption.setToolTip("\n".join(lines))
        if lines:
            self._caption.setText(f"{self._caption.text()} · {lines[0]}")
        yield
        yield from self.side.showing(newest)
        self.side.show()
        yield
        self._draw()

    @Slot(BaseException)
    def _refused(self, error: BaseException) -> None:
        """Nothing of the card before stays under the name of this one, nor comes after it."""
        self._analysed_now = None
        self._presenter.fill(iter(()))
        self.chart.show_cards([], [])
        self.side.hide()
        self._caption.setText(self._context.speaker.error(error) if isinstance(error, KnownError) else "")

    @Slot()
    def _draw(self, *_: object) -> None:
        shown = self._analysed_now
        if shown is None:
            return
        drawing = Drawing(self._context.speaker, self._context.theme)
        if self.filters.difference.isChecked() and shown.older:
            drawing.show_difference(self.chart, shown.newest.analysis, shown.older[-1])
        else:
            drawing.show(self.chart, shown, self.side.twin_answer())

    @Slot(Knobs)
    def _ask_twin(self, knobs: Knobs | None) -> None:
        if self._analysed_now is not None:
            self._presenter.ask(self._analysed_now.newest.analysis, knobs)

    @Slot(TwinAnswer)
    def _answered(self, answer: TwinAnswer | None) -> None:
        self.side.show_twin(answer)
        self._draw()

    @Slot(StoredCard)
    def _added(self, card: StoredCard) -> None:
        """Saved: beside the card before it, to compare."""
        self._sought = sought.of_new(card)
        self._context.refresh_span()

    def show_scene(self, name: str) -> None:
        """For the pictures: each panel and each way of laying cards over each other."""
        last = len(self._all) - 1
        if name in self.scenes[:5]:
            self.side.open(1 + self.scenes.index(name))
            return
        self.side.open(0)
        if name == "overlay":
            self.table.choose_all()
        elif name == "difference":
            self.filters.difference.setChecked(True)
            self.choose([last // 2, last])
        else:
            self.filters.difference.setChecked(False)
            self.choose([last])

    def open(self, argument: object) -> None:
        """From another page: the card of a finding, one that came a moment ago, or the form of a new one."""
        if argument == "new":
            self.new_card.open_form()
        elif isinstance(argument, StoredCard):
            self._added(argument)
        wanted = sought.of_finding(argument) if isinstance(argument, Finding) else None
        if wanted is None:
            return
        self._sought = wanted
        if not self._presenter.behind:
            self._filter()
