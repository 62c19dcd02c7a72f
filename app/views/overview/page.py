"""Overview: is it all right, what changed, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from app.core.ids import is_of_a_file
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.overview import Overview
from app.reports import produced_words, record_words, wording
from app.reports.alarms_waiting import waiting_words
from app.services.wells.visits import News
from app.views import widgets
from app.views.context import Context
from app.views.finding_box import FindingBox
from app.views.overflow import OverflowRow
from app.views.overview.evidence import EvidencePicture
from app.views.overview.presenter import OverviewPresenter, Seen
from app.views.overview.sketch import WellSketch
from app.views.overview.values import ValuesTable
from app.views.plots.card_chart import CardChart, Curve
from app.views.slices import Slices

BOXES_AT_ONCE = 20
"""A well may have a thousand findings, the worst first: the others come when they are asked for."""


class OverviewPage(QWidget):
    key = "overview"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.presenter = OverviewPresenter(context, self)
        self._shown: Overview | None = None
        self._adding = Slices(self)
        self.finding_boxes: list[FindingBox] = []
        speaker = context.speaker
        self._findings, self._worst = QVBoxLayout(), QVBoxLayout()
        self.more = QPushButton()
        self.more.hide()
        self.more.clicked.connect(self._show_more)
        self.evidence = EvidencePicture(context)
        self.evidence.wanted.connect(self._show_evidence)
        self.alarms = QPushButton()
        self.alarms.setToolTip(self.tr("The alarms of this well"))
        self.alarms.hide()
        self.alarms.clicked.connect(self._open_alarms)
        self.news, self.sketch = widgets.text(""), WellSketch(context)
        left = QWidget()
        left_layout = self._left = QVBoxLayout(left)
        left_layout.setContentsMargins(0, 0, 6, 0)
        head = OverflowRow(6)
        self._health = widgets.muted()
        head.stay(widgets.heading(self.tr("What was found")))
        head.gap()
        self._diagnose = QPushButton(self.tr("Diagnose again"))
        self._diagnose.clicked.connect(self.presenter.diagnose_again)
        head.give_way(self._diagnose)
        left_layout.addWidget(head)
        left_layout.addWidget(self._health)
        left_layout.addWidget(self.alarms, 0, Qt.AlignmentFlag.AlignLeft)
        left_layout.addLayout(self._worst)
        left_layout.addWidget(self.evidence)
        left_layout.addLayout(self._findings)
        left_layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        left_layout.addWidget(self.news)
        left_layout.addWidget(self.sketch)
        left_layout.addStretch(1)
        self.values = ValuesTable(context)
        self._no_values = widgets.muted(self.tr("No readings yet."))
        self._last = QVBoxLayout()
        length, load = speaker.unit("length"), speaker.unit("load")
        self.card_chart = CardChart(
            context.theme,
            speaker.language,
            f"{speaker.say('axis.position')}, {length}",
            f"{speaker.say('axis.load')}, {load}",
        )
        self.card_chart.setMinimumHeight(190)
        # Nothing empty stands there before a well is chosen, nor of a well that has none of it.
        for part in (self.values, self._no_values, self.card_chart):
            part.hide()
        self._card_title = widgets.muted()
        self._beside = beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        self._of_readings = widgets.heading(self.tr("Last readings"))
        right.addWidget(self._of_readings)
        right.addWidget(self.values, 3)
        right.addWidget(self._no_values)
        right.addLayout(self._last)
        right.addWidget(self._card_title)
        right.addWidget(self.card_chart, 2)
        right.addStretch()
        layout = self._columns = QGridLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        self._found, self._readings = widgets.scrolled(left), widgets.scrolled(beside)
        layout.addWidget(self._found, 0, 0)
        layout.addWidget(self._readings, 0, 1)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 1)
        self.presenter.fetched.connect(self._show)

    def minimumSizeHint(self) -> QSize:
        """That of one column: the readings go below what was found where both have no room."""
        found, least = self._found.minimumSizeHint().width(), super().minimumSizeHint()
        return QSize(min(least.width(), found + _margins_px(self._columns)), least.height())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):  # what was found has grown
            self._place_readings()
        return super().event(event)

    def _place_readings(self) -> None:
        """Beside what was found; below it where one of the two would be cut."""
        bar, gap = (
            self._found.verticalScrollBar().sizeHint().width(),
            max(self._columns.horizontalSpacing(), 0),
        )
        asked = self._found.minimumSizeHint().width() + self._beside.minimumSizeHint().width() + bar
        is_below, below = self._readings.isHidden(), self.width() < asked + gap + _margins_px(self._columns)
        if below == is_below:
            return
        if below:
            self._readings.takeWidget()
            self._left.insertWidget(self._left.count() - 1, self._beside)
        else:
            self._left.removeWidget(self._beside)
            self._readings.setWidget(self._beside)
        self._readings.setHidden(below)
        self._columns.setColumnStretch(1, 0 if below else 1)
        self._beside.show()

    @Slot(Seen)
    def _show(self, seen: Seen) -> None:
        self._adding.drop()
        self.presenter.fill(self._shown_of(seen))

    def _shown_of(self, seen: Seen) -> Iterator[None]:
        answer = self._shown = seen.overview
        self.finding_boxes = []
        yield from widgets.clearing(self._worst)
        yield from widgets.clearing(self._findings)
        self.sketch.show_of(seen.sketch)
        self._show_news(seen.news)
        self.alarms.setText(waiting_words(seen.alarms, self._context.speaker))
        self.alarms.setVisible(seen.alarms.count > 0)
        speaker, sight = self._context.speaker, answer.sight
        # Without a diagnosis the line below says why: two sentences of it would contradict each other.
        self._health.setText("" if sight is None else wording.health_words(answer.health, sight, speaker))
        self._health.setToolTip("" if sight is None else wording.missing_line(sight, speaker))
        if answer.not_assessed is not None:
            self._worst.addWidget(
                widgets.text(wording.not_assessed_line(answer.not_assessed, self._context.speaker))
            )
        elif not answer.findings:
            self._worst.addWidget(widgets.muted(self._nothing_found(seen)))
            if answer.last_reading_at is None and answer.card is None:
                fill = QPushButton(self.tr("Import files…"))
                fill.clicked.connect(self._context.import_wanted)
                self._worst.addWidget(fill, 0, Qt.AlignmentFlag.AlignLeft)
        yield
        yield from self._more_boxes(answer)
        if self._context.well is not None:
            yield from self.evidence.shown_of(self._context.well, answer)
        self.values.show_values(answer.values)
        widgets.show_one(bool(answer.values), self.values, self._no_values)
        self._of_readings.setText(self._readings_words(answer))
        yield
        self._show_last(seen)

    def _readings_words(self, answer: Overview) -> str:
        """Of which moment they are: those of a month ago stood there like those of now."""
        if not answer.values:
            return self.tr("Last readings")
        newest = max(one.at for one in answer.values)
        return self.tr("Last readings, {moment}").format(moment=self._context.speaker.moment(newest))

    @Slot()
    def _open_alarms(self) -> None:
        self._context.page_wanted.emit("alarms", self._context.well)

    @Slot()
    def _show_more(self) -> None:
        assert self._shown is not None
        self._adding.finish()
        self._adding.begin(self._more_boxes(self._shown))

    def _more_boxes(self, answer: Overview) -> Iterator[None]:
        there = len(self.finding_boxes)
        for finding in answer.findings[there : there + BOXES_AT_ONCE]:
            box = FindingBox(self._context, finding)
            box.show_wanted.connect(self._show_where)
            (self._findings if self.finding_boxes else self._worst).addWidget(box)
            self.finding_boxes.append(box)
            yield
        left = len(answer.findings) - len(self.finding_boxes)
        self.more.setVisible(left > 0)
        self.more.setText(self.tr("Show more findings ({count} left)").format(count=left))

    def _show_news(self, news: News | None) -> None:
        """What changed since whoever looks now looked last."""
        self.news.setVisible(news is not None)
        if news is None:
            return
        speaker = self._context.speaker
        parts = [wording.finding_title(finding, speaker) for finding in news.findings]
        parts += [f"{KINDS[key].name(speaker.language)}: {count}" for key, count in news.records]
        parts += [self.tr("dynamograms: {count}").format(count=news.cards)] if news.cards else []
        words = "; ".join(parts) or self.tr("nothing new")
        since = speaker.moment(news.since)
        self.news.setText(
            self.tr("Since your last visit ({moment}): {news}.").format(moment=since, news=words)
        )

    def _nothing_found(self, seen: Seen) -> str:
        answer = seen.overview
        if answer.last_reading_at is None and answer.card is None:
            if answer.flow_tests or answer.measured or seen.produced is not None:
                return self.tr("No readings and no dynamograms yet: there is nothing to judge the well by.")
            return self.tr("No data yet. Drop a file with readings or a dynamogram on the window.")
        if answer.sight is None:
            return self._context.speaker.say("health.unknown")
        lacking = wording.missing_line(answer.sight, self._context.speaker)
        return " ".join(filter(None, (self.tr("Nothing is wrong as far as the readings tell."), lacking)))

    @Slot(Finding)
    def _show_where(self, finding: Finding) -> None:
        on_card = any(evidence.card_id for evidence in finding.evidence)
        self._context.page_wanted.emit("cards" if on_card else "trends", finding)

    @Slot()
    def _show_evidence(self) -> None:
        self._context.page_wanted.emit("trends", self.evidence.finding)

    def _show_last(self, seen: Seen) -> None:
        answer = seen.overview
        speaker, now = self._context.speaker, self._context.workspace.clock()
        widgets.clear(self._last)
        if answer.flow_tests:
            test = answer.flow_tests[0]
            words = self.tr("Last flow test {moment}: liquid {liquid}, oil {oil}, water cut {cut}").format(
                moment=speaker.lately(test.taken_at, now),
                liquid=speaker.quantity(test.liquid_m3_per_s, "rate"),
                oil=speaker.quantity(test.oil_kg_per_s, "mass_rate"),
                cut=speaker.quantity(test.water_cut, "ratio"),
            )
            self._last.addWidget(widgets.text(words))
        else:
            self._last.addWidget(widgets.muted(self.tr("No flow tests in the last 90 days.")))
        for words in self._measured(answer):
            self._last.addWidget(widgets.text(words))
        # The books are closed late: what they say last is told however old it is.
        if seen.produced is not None:
            self._last.addWidget(widgets.text(produced_words.last_words(seen.produced, speaker)))
        card = answer.card
        self.card_chart.setVisible(card is not None)
        self._card_title.setVisible(card is not None)
        if card is not None:
            length, load = speaker.units.unit("length"), speaker.units.unit("load")
            self._card_title.setText(
                self.tr("Last dynamogram {moment}").format(moment=speaker.moment(card.taken_at))
            )
            curve = Curve(
                length.from_si(card.position_m), load.from_si(card.load_n), self._context.theme.pen(0)
            )
            self.card_chart.show_cards([curve], [])

    def _measured(self, answer: Overview) -> list[str]:
        """What was measured last, and whether a hand typed it."""
        speaker, now = self._context.speaker, self._context.workspace.clock()
        told: dict[tuple[str, str], list[str]] = {}
        for record in answer.measured:
            by_hand = "" if is_of_a_file(record.id) else self.tr(", by hand")
            what = KINDS[record.kind].name(speaker.language) + by_hand
            said = record_words.summary(record, speaker)
            told.setdefault((what, speaker.lately(record.at, now)), []).append(said)
        return [
            self.tr("{what}, {moment}: {values}").format(what=what, moment=when, values="; ".join(said[:4]))
            for (what, when), said in told.items()
        ]

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""


def _margins_px(layout: QLayout) -> int:
    margins = layout.contentsMargins()
    return margins.left() + margins.right()
