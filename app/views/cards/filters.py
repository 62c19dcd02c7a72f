"""Over the cards: which figure the strip shows, which cards are listed, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QToolButton, QWidget

from app.models.cards import StoredCard
from app.views.calm import ChoiceBox
from app.views.commands.given import Given
from app.views.context import Context
from app.views.overflow import OverflowRow

# figure kept with every card → quantity it is shown in
FIGURES = {
    "fillage": "ratio",
    "peak_polished_rod_load_n": "load",
    "minimum_polished_rod_load_n": "load",
    "fluid_load_n": "load",
    "pump_intake_pressure_pa": "pressure",
    "net_stroke_m": "length",
    "polished_rod_power_w": "power",
}
ALL, WITH_FINDINGS = "", "*"
HEALTHY = ("full_pump", "not_recognised", "fluid_acceleration")


class FilterBar(QWidget):
    figure_chosen = Signal(str)
    filter_chosen = Signal(str)
    difference_toggled = Signal(bool)

    def __init__(self, context: Context, given: Given) -> None:
        super().__init__()
        self._speaker = context.speaker
        self.figure, self.condition = ChoiceBox(), ChoiceBox()
        self.figure.setAccessibleName(self.tr("Figure over time"))
        self.condition.setAccessibleName(self.tr("Which cards"))
        for box in (self.figure, self.condition):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(230)
        for key in FIGURES:
            self.figure.addItem(self._speaker.say(f"measure.{key}"), key)
        self.play = QToolButton(text="▶", checkable=True)
        play = given.commands["cards.play"]
        self.play.setToolTip(play.tooltip(self._speaker))
        self.play.setAccessibleName(play.words(self._speaker))
        self.everything = given.button("cards.overlay")
        self.difference = QCheckBox(self.tr("Difference"))
        self.difference.setToolTip(self.tr("Load of the newest chosen card less the one before it"))
        self.others, self.alike = given.button("cards.others"), given.button("cards.alike")
        self.new_card, self.protocol = given.button("cards.new"), given.button("cards.protocol")
        row = OverflowRow()
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 2)
        around.addWidget(row)
        row.stay(self.figure, self.condition, self.play, self.difference)
        row.gap()
        row.give_way(
            self.everything, self.others, self.new_card, self.protocol, self.alike, kept=(self.new_card,)
        )
        self.figure.currentIndexChanged.connect(self._figure_changed)
        self.condition.currentIndexChanged.connect(self._condition_changed)
        self.difference.toggled.connect(self.difference_toggled)

    def offer(self, cards: list[StoredCard]) -> None:
        """The conditions that these cards show; what was chosen stays chosen while it is there."""
        chosen = self.condition.currentData()
        codes = sorted(
            {code for card in cards for code in card.codes},
            key=lambda code: self._speaker.say(f"finding.{code}"),
        )
        self.condition.blockSignals(True)
        self.condition.clear()
        self.condition.addItem(self.tr("All cards"), ALL)
        self.condition.addItem(self.tr("With findings"), WITH_FINDINGS)
        for code in codes:
            self.condition.addItem(self._speaker.say(f"finding.{code}"), code)
        self.condition.setCurrentIndex(max(0, self.condition.findData(chosen)))
        self.condition.blockSignals(False)

    def passes(self, card: StoredCard) -> bool:
        wanted = self.condition.currentData() or ALL
        if wanted == ALL:
            return True
        codes = card.codes
        return any(code not in HEALTHY for code in codes) if wanted == WITH_FINDINGS else wanted in codes

    def let_through(self, card: StoredCard) -> bool:
        """All cards again where this one is not among those that were chosen: whether it was not."""
        if self.passes(card):
            return False
        self.condition.setCurrentIndex(self.condition.findData(ALL))
        return True

    @Slot(int)
    def _figure_changed(self, index: int) -> None:
        self.figure_chosen.emit(self.figure.itemData(index))

    @Slot(int)
    def _condition_changed(self, index: int) -> None:
        self.filter_chosen.emit(self.condition.itemData(index) or ALL)
