"""Forecast: how long will it live, and why; what will it give."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.analysis.forecast.outlook import HORIZONS, DeclineView, Forecast, RunLife
from app.core.jobs import Job
from app.core.units import DAY_S
from app.models.sensors import SENSORS
from app.models.wells import Well
from app.services.forecast import forecast
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.plots.xy_chart import Series, Shade, XYChart

AHEAD_DAYS = 180


def _fetch(job: Job, workspace: Workspace, well: Well) -> Forecast:
    return forecast(workspace, well, job)


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
            widgets.with_unit(self.tr("Liquid rate"), speaker.unit("rate")),
            time=True,
        )
        self._chance, self._reasons, self._drifts, self._life, self._decline_words = (
            QVBoxLayout() for _ in range(5)
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        for title, part in (
            (self.tr("Chance to fail"), self._chance), (self.tr("Why"), self._reasons), (self.tr("Days to a limit"), self._drifts),
            (self.tr("Pumps of this kind"), self._life),
        ):  # fmt: skip
            column.addWidget(widgets.heading(title))
            column.addLayout(part)
        column.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(widgets.heading(self.tr("Run life of this kind (Kaplan–Meier, Weibull)")))
        right.addWidget(self.survival, 1)
        right.addWidget(widgets.heading(self.tr("Decline")))
        right.addWidget(self.decline, 1)
        right.addLayout(self._decline_words)
        layout = QGridLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(widgets.scrolled(left), 0, 0)
        layout.addLayout(right, 0, 1)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(1, 3)
        context.well_changed.connect(self._refresh)
        context.well_data_changed.connect(self._refresh)

    @Slot(object)
    def _refresh(self, well: Well) -> None:
        self._context.runner.start(_fetch, self._context.workspace, well, purpose="forecast", done=self._show)

    @Slot(object)
    def _show(self, answer: Forecast) -> None:
        for part in (self._chance, self._reasons, self._drifts, self._life, self._decline_words):
            widgets.clear(part)
        self._show_chance(answer)
        self._show_drifts(answer)
        self._show_run_life(answer.run_life)
        self._show_decline(answer)

    # ---- chance and reasons -------------------------------------------------------------------------------------

    def _show_chance(self, answer: Forecast) -> None:
        speaker = self._context.speaker
        if answer.failure is None:
            if answer.failure_refused is not None:
                self._chance.addWidget(widgets.muted(speaker.error(answer.failure_refused)))
            if not answer.run_life.by_age:
                self._chance.addWidget(
                    widgets.muted(
                        self.tr(
                            "Nothing to tell it from: neither readings of an ESP nor enough failures of its kind."
                        )
                    )
                )
        for days in HORIZONS:
            by_age = answer.run_life.by_age.get(days)
            if answer.failure is not None:
                chance = answer.failure.probability[days]
                severity = (
                    "stop" if chance > 0.5 else "act" if chance > 0.2 else "watch" if chance > 0.08 else "ok"
                )
                words = self.tr("within {days} days: {chance}").format(
                    days=days, chance=speaker.quantity(chance, "ratio", digits=0)
                )
                if by_age is not None:
                    words += self.tr(" (by age alone {chance})").format(
                        chance=speaker.quantity(by_age[0], "ratio", digits=0)
                    )
                self._chance.addWidget(
                    widgets.status_line(severity, words, self._context.theme, strong=days == 30)
                )
            elif by_age is not None:
                low, high = (speaker.quantity(v, "ratio", digits=0) for v in by_age[1:])
                words = self.tr("within {days} days by age: {chance} ({low} … {high})").format(
                    days=days, chance=speaker.quantity(by_age[0], "ratio", digits=0), low=low, high=high
                )
                self._chance.addWidget(widgets.text(words))
        if answer.failure is None:
            return
        self._chance.addWidget(
            widgets.muted(
                self.tr("Model {version}, of simulated lives; not calibrated for this field.").format(
                    version=answer.failure.version
                )
            )
        )
        if not answer.failure.reasons:
            self._reasons.addWidget(
                widgets.muted(self.tr("Nothing raises it above a healthy pump of this age."))
            )
        for reason in answer.failure.reasons:
            words = speaker.say(f"feature.{reason.feature}", value=reason.value)
            self._reasons.addWidget(
                widgets.text(f"• {words} — {speaker.quantity(reason.share, 'ratio', digits=0)}")
            )
        if answer.failure.unknown:
            names = ", ".join(speaker.say(f"feature.name.{name}") for name in answer.failure.unknown)
            self._reasons.addWidget(
                widgets.muted(self.tr("Not measured, taken as healthy: {names}").format(names=names))
            )

    def _show_drifts(self, answer: Forecast) -> None:
        speaker = self._context.speaker
        if not answer.drifts:
            self._drifts.addWidget(widgets.muted(self.tr("Nothing drifts to a limit within a year.")))
        for drift in answer.drifts:
            sensor = SENSORS[drift.sensor]
            words = self.tr("{name}: {days} days to {limit} ({low} … {high}), now {now}").format(
                name=sensor.name(speaker.language), days=round(drift.days), low=round(drift.low), high=round(drift.high),
                limit=speaker.quantity(drift.limit, sensor.quantity), now=speaker.quantity(drift.now, sensor.quantity),
            )  # fmt: skip
            severity = "stop" if drift.days < 7 else "act" if drift.days < 30 else "watch"
            self._drifts.addWidget(widgets.status_line(severity, words, self._context.theme))

    # ---- run life -----------------------------------------------------------------------------------------------

    def _show_run_life(self, life: RunLife) -> None:
        speaker, theme = self._context.speaker, self._context.theme
        self._life.addWidget(widgets.text(life.group))
        if life.age_days is not None:
            self._life.addWidget(
                widgets.text(self.tr("This one has run {days} days.").format(days=round(life.age_days)))
            )
        if life.days_per_failure is not None:
            self._life.addWidget(
                widgets.text(
                    self.tr("Days of work per failure (MTBF): {days}").format(
                        days=round(life.days_per_failure)
                    )
                )
            )
        if life.refused is not None:
            self._life.addWidget(widgets.muted(speaker.error(life.refused)))
        if life.curve is None:
            self.survival.show_series([])
            return
        curve = life.curve
        median = self.tr("not reached") if curve.median_days is None else str(round(curve.median_days))
        self._life.addWidget(widgets.text(self.tr("Median run: {median} days; {failures} failures of {count} pumps.").format(
            median=median, failures=curve.failures, count=curve.count)))  # fmt: skip
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
            name = self.tr("Weibull, β {shape}, η {scale} days").format(
                shape=speaker.bare(life.life.shape, "number", digits=1), scale=round(life.life.scale_days)
            )
            shown.append(Series(name, days, 100 * life.life.survival(days), theme.pen(1), dash=True))
        if life.age_days is not None:
            shown.append(
                Series(
                    self.tr("now"), np.array([life.age_days] * 2), np.array([0.0, 100.0]), theme.status["act"]
                )
            )
        self.survival.show_series(shown, shades=shades)

    # ---- decline ------------------------------------------------------------------------------------------------

    def _show_decline(self, answer: Forecast) -> None:
        speaker = self._context.speaker
        self.decline.setVisible(answer.decline is not None)
        if answer.decline is None:
            if answer.decline_refused is not None:
                self._decline_words.addWidget(widgets.muted(speaker.error(answer.decline_refused)))
            return
        view = answer.decline
        self._draw_decline(view)
        kind = speaker.say(f"decline.{view.decline.kind}")
        per_month = -np.expm1(-view.decline.initial_decline * 30.4 * DAY_S)
        self._decline_words.addWidget(widgets.text(self.tr("{kind} decline, {share} a month at first; the band holds 80 % of weeks.").format(
            kind=kind, share=speaker.quantity(float(per_month), "ratio"))))  # fmt: skip

    def _draw_decline(self, view: DeclineView) -> None:
        theme, unit = self._context.theme, self._context.speaker.units.unit("rate")
        ahead = np.linspace(0, (view.time_us[-1] - view.time_us[0]) / 1e6 + AHEAD_DAYS * DAY_S, 160)
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
        self.decline.show_series(
            shown, shades=[Shade(x, unit.from_si(low), unit.from_si(high), theme.pen(1))]
        )

    def catch_up(self, well: Well) -> None:
        self._refresh(well)

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""
