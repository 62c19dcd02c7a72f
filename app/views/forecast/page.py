"""Forecast: how long will it live, and why; what will it give."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.analysis.forecast.outlook import DeclineView, Forecast, RunLife
from app.core.texts import with_unit
from app.reports import made_words, outlook_words
from app.reports.outlook_words import Said
from app.views import widgets
from app.views.context import Context
from app.views.forecast.presenter import ForecastAnswer, ForecastPresenter
from app.views.plots.xy_chart import Series, Shade, XYChart

SEEN_TIMES = 1.25
CHART_LEAST_PX = 190


class ForecastPage(QWidget):
    key = "forecast"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        speaker, theme = context.speaker, context.theme
        self.survival = XYChart(
            theme, speaker.language, self.tr("Run life, days"), self.tr("Still running, %")
        )
        self.decline = XYChart(
            theme,
            speaker.language,
            "",
            with_unit(self.tr("Liquid rate"), speaker.unit("rate")),
            time=context.speaker.zone,
        )
        self._parts = [QVBoxLayout() for _ in range(7)]
        (
            self._chance,
            self._reasons,
            self._drifts,
            self._life,
            self.field,
            self._decline_words,
            self._centre,
        ) = self._parts
        self._of_centre = widgets.heading(self.tr("Made at the centre"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        self._why = widgets.heading(self.tr("Why"))
        self.of_field = widgets.heading(self.tr("Run life of the field"))
        self.of_field.setWordWrap(True)
        for title, part in (
            (widgets.heading(self.tr("Chance to fail")), self._chance),
            (self._why, self._reasons),
            (widgets.heading(self.tr("Days to a limit")), self._drifts),
            (widgets.heading(self.tr("Pumps of this kind")), self._life),
            (self.of_field, self.field),
        ):
            column.addWidget(title)
            column.addLayout(part)
        column.addWidget(self._of_centre)
        column.addLayout(self._centre)
        column.addStretch(1)
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 6, 0)
        for chart in (self.survival, self.decline):
            chart.setMinimumHeight(CHART_LEAST_PX)  # below it the words under them were pressed together
        self._of_lives = widgets.heading(self.tr("Run life of this kind (Kaplan–Meier, Weibull)"))
        self._of_lives.setWordWrap(True)
        right.addWidget(self._of_lives)
        right.addWidget(self.survival, 1)
        right.addWidget(widgets.heading(self.tr("Decline")))
        right.addWidget(self.decline, 1)
        right.addLayout(self._decline_words)
        right.addStretch()
        layout = QGridLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(widgets.scrolled(left), 0, 0)
        layout.addWidget(widgets.scrolled(beside), 0, 1)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(1, 3)
        self.presenter = ForecastPresenter(context, self)
        self.presenter.fetched.connect(self._show)

    @Slot(ForecastAnswer)
    def _show(self, answer: ForecastAnswer) -> None:
        self.presenter.fill(self._shown_of(answer))

    def _shown_of(self, answer: ForecastAnswer) -> Iterator[None]:
        for part in self._parts:
            widgets.clear(part)
        self._show_chance(answer.own)
        yield
        self._show_drifts(answer.own)
        yield
        self._show_run_life(answer.own.run_life)
        yield
        self.of_field.setVisible(bool(answer.of_field))
        self._say(self.field, [("", line) for line in answer.of_field])
        self._show_centre(answer)
        yield
        self._show_decline(answer.own, answer.centre.forecast if answer.centre is not None else None)

    def _show_centre(self, answer: ForecastAnswer) -> None:
        """Another opinion under its own heading, never mixed with what was found here."""
        self._of_centre.setVisible(answer.centre is not None)
        if answer.centre is not None:
            lines = made_words.forecast_lines(answer.centre, answer.now, self._context.speaker)
            self._say(self._centre, lines, shapes=True)

    # ---- chance and reasons --------------------------------------------------------------------------------

    def _show_chance(self, answer: Forecast) -> None:
        speaker = self._context.speaker
        self._say(
            self._chance, outlook_words.chance_lines(answer, speaker), shapes=answer.failure is not None
        )
        reasons = outlook_words.reason_lines(answer, speaker)
        self._why.setVisible(bool(reasons))
        self._say(self._reasons, reasons, bullet="• ")

    def _say(self, layout: QVBoxLayout, lines: Said, *, shapes: bool = False, bullet: str = "") -> None:
        """Remarks are muted; with `shapes` the others bear their status."""
        for status, words in lines:
            if not status:
                layout.addWidget(widgets.muted(words))
            elif shapes:
                layout.addWidget(widgets.status_line(status, words, self._context.theme))
            else:
                layout.addWidget(widgets.text(bullet + words))

    def _show_drifts(self, answer: Forecast) -> None:
        self._say(self._drifts, outlook_words.drift_lines(answer, self._context.speaker), shapes=True)

    # ---- run life ------------------------------------------------------------------------------------------

    def _show_run_life(self, life: RunLife) -> None:
        speaker, theme = self._context.speaker, self._context.theme
        self._say(self._life, outlook_words.life_lines(life, speaker))
        self.survival.setVisible(life.curve is not None)
        self._of_lives.setVisible(life.curve is not None)
        if life.curve is None:
            return
        curve = life.curve
        steps = np.repeat(curve.days, 2)[1:]
        shown = [
            Series(self.tr("Kaplan–Meier"), steps, 100 * np.repeat(curve.survival, 2)[:-1], theme.pen(0))
        ]
        shades = [
            Shade(
                steps, 100 * np.repeat(curve.low, 2)[:-1], 100 * np.repeat(curve.high, 2)[:-1], theme.pen(0)
            )
        ]
        if life.life is not None:
            days = np.linspace(0, float(curve.days[-1]) * 1.15, 120)
            shown.append(
                Series(
                    outlook_words.weibull_words(life, speaker),
                    days,
                    100 * life.life.survival(days),
                    theme.pen(1),
                    dash=True,
                )
            )
        if life.age_days is not None:
            shown.append(
                Series(
                    self.tr("now"), np.array([life.age_days] * 2), np.array([0.0, 100.0]), theme.status["act"]
                )
            )
        self.survival.show_series(shown, shades=shades)

    # ---- decline -------------------------------------------------------------------------------------------

    def _show_decline(self, answer: Forecast, centre: Forecast | None) -> None:
        speaker = self._context.speaker
        self.decline.setVisible(answer.decline is not None)
        if answer.decline is not None:
            self._draw_decline(answer.decline, centre.decline if centre is not None else None)
            words = outlook_words.decline_words(answer.decline, speaker)
            self._decline_words.addWidget(widgets.text(words))
        elif answer.decline_refused is not None:
            self._decline_words.addWidget(widgets.muted(speaker.error(answer.decline_refused)))
        if words := outlook_words.oil_words(answer, speaker):
            self._decline_words.addWidget(widgets.muted(words))

    def _draw_decline(self, view: DeclineView, centre: DeclineView | None) -> None:
        theme, unit = self._context.theme, self._context.speaker.units.unit("rate")
        ahead = view.shown_s()
        low, high = view.decline.interval(ahead)
        x = view.time_us[0] + ahead * 1e6
        shown = [
            Series(
                self.tr("weekly median"),
                view.time_us.astype(float),
                unit.from_si(view.rate),
                theme.pen(0),
                points=True,
                line=False,
            ),
            Series(self.tr("decline"), x, unit.from_si(view.decline.rate(ahead)), theme.pen(1)),
        ]
        if centre is not None:
            of_centre = centre.shown_s()
            shown.append(
                Series(
                    self.tr("decline, by the centre"),
                    centre.time_us[0] + of_centre * 1e6,
                    unit.from_si(centre.decline.rate(of_centre)),
                    theme.pen(2),
                    dash=True,
                )
            )
        # The band may reach anywhere; what was measured and what is foreseen are seen at their own scale.
        seen = np.r_[unit.from_si(view.rate), unit.from_si(view.decline.rate(ahead))]
        self.decline.show_series(
            shown,
            upto=SEEN_TIMES * float(np.nanmax(seen)),
            shades=[Shade(x, unit.from_si(low), unit.from_si(high), theme.pen(1))] if view.foretells else [],
        )

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""
