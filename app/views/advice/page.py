"""What should I set? Sliders with what they would bring, the better settings of the well, the wells of its
pad."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.analysis.advice.advised import Advice
from app.analysis.advice.choice import Choice, value_of
from app.analysis.energy import together
from app.models.wells import ESP
from app.reports import advice_words
from app.views import widgets
from app.views.advice.knobs import KnobSliders, Moved
from app.views.advice.presenter import AdvicePresenter, Asked, PadAdvice
from app.views.advice.sizing_box import SizingBox, WantedEsp
from app.views.context import Context
from app.views.rows import Column, RowsTable


class AdvicePage(QWidget):
    key = "advice"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._advice: Advice | None = None
        self.missing = widgets.text("")
        self.knobs = KnobSliders(context)
        self._reset = QPushButton(self.tr("As it stands"))
        self._reset.clicked.connect(self._as_it_stands)
        self._gain = widgets.strong()
        self._gain.setWordWrap(True)
        self._figures, self._limits = QGridLayout(), QVBoxLayout()
        self.choices = RowsTable(context, self._choice_columns(), self.tr("Better settings"), "advice")
        self.pad = RowsTable(
            context, self._pad_columns(), self.tr("The pad, most to gain first"), "advice pad"
        )
        self.energy = widgets.muted()
        self._pad_title = widgets.heading(self.tr("The pad, most to gain first"))
        self._body = QWidget()
        left = QVBoxLayout(self._body)
        left.setContentsMargins(0, 0, 6, 0)
        left.addWidget(widgets.heading(self.tr("What would it bring?")))
        for part in (self.knobs, self._reset, self._gain):
            left.addWidget(part)
        left.addLayout(self._figures)
        left.addWidget(widgets.heading(self.tr("Limits")))
        left.addLayout(self._limits)
        self.sizing = SizingBox(context)
        left.addWidget(self.sizing)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.missing)
        right.addWidget(widgets.heading(self.tr("Better settings")))
        right.addWidget(self.choices, 1)
        right.addWidget(self._pad_title)
        right.addWidget(self.pad, 1)
        right.addWidget(self.energy)
        self._trial = widgets.scrolled(self._body)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self._trial, 2)
        layout.addLayout(right, 3)
        self.presenter = AdvicePresenter(context, self)
        self.presenter.fetched.connect(self._show)
        self.presenter.pad_fetched.connect(self._show_pad)
        self.presenter.answered.connect(self._show_answer)
        self.presenter.sized.connect(self.sizing.tell)
        self.presenter.not_sized.connect(self._not_sized)
        self.sizing.asked.connect(self._size)
        self.knobs.moved.connect(self._ask)
        self.choices.chosen.connect(self._take)
        self.pad.opened.connect(self._open_well)

    def _choice_columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("Set"), self._moved_knobs, lambda one: one.gain[1], stretch=True, share=0.5),
            Column(
                self.tr("Oil gained, t/d"),
                lambda one: advice_words.gain_short(one, s),
                lambda one: one.gain[1],
            ),
            Column(
                self.tr("kWh/t"),
                lambda one: advice_words.energy_short(one.outcome, s),
                lambda one: one.outcome.energy_j_per_kg,
                number=True,
                optional=True,
            ),
            Column(
                s.say("column.worth"),
                lambda one: advice_words.worth_short(one, s),
                value_of,
                number=True,
                optional=True,
            ),
            Column(
                self.tr("Risk"),
                lambda one: s.say(f"advice.risk.{one.risk}"),
                lambda one: one.risk,
                optional=True,  # it is said beside the sliders too
            ),
        ]

    def _pad_columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("Well"), lambda one: one.well.name, lambda one: one.well.name),
            Column(
                self.tr("Set"),
                lambda one: advice_words.best_words(one.best, one.now, one.missing, s),
                lambda one: one.missing,
                tip=lambda one: advice_words.best_words(one.best, one.now, one.missing, s),
                stretch=True,
                share=0.35,
            ),
            Column(
                self.tr("Oil gained, t/d"),
                lambda one: advice_words.gain_short(one.best, s) if one.best else "—",
                lambda one: one.best.gain[1] if one.best else -1.0,
            ),
            Column(
                self.tr("kWh/t"),
                lambda one: advice_words.energy_short(one.now, s) if one.now else "—",
                lambda one: one.now.energy_j_per_kg if one.now else 0.0,
                number=True,
                optional=True,
            ),
        ]

    def _moved_knobs(self, one: Choice) -> str:
        now = self._advice.now if self._advice else None
        return advice_words.choice_words(one, now, self._context.speaker)

    @Slot(Advice)
    def _show(self, advice: Advice) -> None:
        self._advice = advice
        known = advice.now is not None
        self._trial.setVisible(known)  # its half of the page is the tables' where nothing can be tried
        self.missing.setVisible(not known or not (advice.choices or advice.workover))
        self.missing.setText(
            self._context.speaker.say("advice.nothing_better").capitalize() + "."
            if known
            else advice_words.missing_words(advice.missing, self._context.speaker)
        )
        self.sizing.setVisible(advice.well.lift == ESP)
        self.sizing.show_well(advice.measured_rate)
        self.knobs.show_well(advice)
        self.choices.show_rows([*advice.choices, *advice.workover])
        self._as_it_stands()

    @Slot(PadAdvice)
    def _show_pad(self, found: PadAdvice) -> None:
        self.pad.show_rows(found.wells)
        well, speaker = self._context.well, self._context.speaker
        took = None if well is None else found.energy.get(well.name)
        per_tonne = together(found.energy.values())
        words = (
            []
            if took is None
            else [
                advice_words.measured_energy_words(
                    took.kwh_per_tonne, took.needed_kwh_per_tonne, took.efficiency, speaker
                )
            ]
        )
        if per_tonne is not None:
            words.append(speaker.say("energy.together", value=per_tonne))
        self.energy.setText(". ".join(words))

    @Slot()
    def _as_it_stands(self) -> None:
        if self._advice is None or self._advice.now is None:
            return
        values = dict(self._advice.now.knobs)
        self.knobs.put(values)
        self._ask(Moved(values))

    @Slot(object)
    def _take(self, one: Choice | None) -> None:
        if one is not None:
            if not one.outcome.equipment:
                self.knobs.put(dict(one.outcome.knobs))
            self._show_answer(Asked(one))

    @Slot(Moved)
    def _ask(self, moved: Moved) -> None:
        if self._advice is not None:
            self.presenter.ask(self._advice, moved.values)

    @Slot(Asked)
    def _show_answer(self, asked: Asked) -> None:
        answer = asked.choice
        speaker, theme = self._context.speaker, self._context.theme
        for part in (self._figures, self._limits):
            widgets.clear(part)
        if answer is None:
            self._gain.setText(advice_words.missing_words(("no_meeting",), speaker))
            return
        told = (
            advice_words.gain_words(answer, speaker),
            advice_words.worth_words(answer, speaker),
            speaker.say(f"advice.risk.{answer.risk}"),
        )
        self._gain.setText("; ".join(filter(None, told)))
        for row, (name, value) in enumerate(advice_words.outcome_lines(answer.outcome, speaker)):
            self._figures.addWidget(widgets.muted(name), row, 0)
            self._figures.addWidget(QLabel(value), row, 1)
        for limit in answer.outcome.limits:
            status = advice_words.status_of(limit)
            self._limits.addWidget(
                widgets.status_line(status, advice_words.limit_words(limit, speaker), theme)
            )
        for code in answer.outcome.unchecked:
            self._limits.addWidget(widgets.muted(advice_words.unchecked_words(code, speaker)))

    @Slot(WantedEsp)
    def _size(self, wanted: WantedEsp) -> None:
        if self._context.well is not None:
            self.presenter.size(self._context.well, wanted)

    @Slot(str)
    def _not_sized(self, why: str) -> None:
        self.sizing.tell_words([why])

    @Slot(object)
    def _open_well(self, one: Advice) -> None:
        self._context.choose_well(one.well)

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""
