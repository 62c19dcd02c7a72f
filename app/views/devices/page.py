"""Instruments: a controller at the pad is found, connected and read; its values are recorded, its archive and
its card taken. Nothing is ever written to it.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.clock import from_us
from app.core.jobs import Progress
from app.core.plain import JsonObject
from app.devices.polling import Heard
from app.devices.profile import Profile
from app.models.wells import Well
from app.services.devices.archives import Downloaded
from app.services.devices.events import TakenEvents
from app.services.devices.session import ARCHIVE, CARD, EVENTS, RECORD, REST, Told
from app.services.devices.taking_cards import TakenCard
from app.services.devices.words import downloaded_lines, event_lines
from app.views import widgets
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.devices.events import EventsTable
from app.views.devices.presenter import DevicesPresenter, Found
from app.views.devices.registers import RegistersTable
from app.views.devices.tile import Tile
from app.views.shapes import status_pixmap
from app.views.tiled import Tiled
from app.views.when_seen import WhenSeen

COLUMN_PX, MOST_COLUMNS = 190, 12


class DevicesPage(QWidget):
    key = "devices"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._profiles: list[tuple[Profile, JsonObject]] = []
        self._tiles: dict[str, Tile] = {}
        self._just_saved = ""
        self._waits = False  # a profile that was saved while the device is read by the one before
        self.profile, self.where = ChoiceBox(), ChoiceBox()
        self.profile.setAccessibleName(self.tr("Profile of the device"))
        self.profile.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.where.setAccessibleName(self.tr("Port or address"))
        self.where.setEditable(True)
        self.where.lineEdit().setPlaceholderText("192.168.0.10:502")
        self.look = _button(self.tr("Find ports"), self._look)
        self.connect_ = _button(self.tr("Connect"), self._connect, primary=True)
        self.disconnect_ = _button(self.tr("Disconnect"), self._disconnect)
        self.record = QPushButton(self.tr("Record"))
        self.record.setCheckable(True)
        self.archive = _button(self.tr("Take the archive"), self._archive)
        self.card = _button(self.tr("Take a card"), self._card)
        self.take_events = _button(self.tr("Take the events"), self._events)
        self.mark, self.state = QLabel(), widgets.text("")
        self.saved = widgets.muted(wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Progress of the archive"))
        self.said = widgets.text("")
        self._grid = Tiled(range(MOST_COLUMNS, 1, -1), COLUMN_PX)
        self.events = EventsTable(context)
        self.registers = RegistersTable(context)
        self._lay_out()
        self.presenter = DevicesPresenter(context, self)
        self.presenter.found.connect(self._found)
        self.presenter.heard.connect(self._heard)
        self.presenter.told.connect(self._told)
        self.presenter.progressed.connect(self._progressed)
        self.presenter.stopped.connect(self._stopped)
        self.registers.saved.connect(self._profile_saved)
        self.record.toggled.connect(self.presenter.record)
        self.profile.currentIndexChanged.connect(self._profile_chosen)
        self._fits = WhenSeen(self, self._fit_profile)
        context.well_changed.connect(self._fits.wanted)
        self._seen = WhenSeen(self, self._look)
        self._ages = QTimer(self, interval=1_000)
        self._ages.timeout.connect(self._grow_old)
        self._show_state("idle", self.tr("Not connected. Nothing is ever written to a device."))
        self._buttons()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.profile, 2)
        top.addWidget(self.where, 2)
        for one in (self.look, self.connect_, self.disconnect_):
            top.addWidget(one)
        state = QHBoxLayout()
        state.addWidget(self.mark)
        state.addWidget(self.state, 1)
        acts = QHBoxLayout()
        for one in (self.record, self.archive, self.take_events, self.card):
            acts.addWidget(one)
        acts.addWidget(self.saved, 1)
        inside = QWidget()
        below = QVBoxLayout(inside)
        below.setContentsMargins(0, 0, 6, 0)
        below.addWidget(self._grid)
        below.addWidget(self.events)
        below.addWidget(self.registers)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        for row in (top, state, acts):
            layout.addLayout(row)
        layout.addWidget(self.bar)
        layout.addWidget(self.said)
        area = widgets.scrolled(inside)
        layout.addWidget(area, 1)
        self.registers.unfolded.connect(lambda: area.ensureWidgetVisible(self.registers))
        self.bar.hide()
        self.said.hide()

    def open(self, argument: object) -> None:
        """An address that is to be connected to."""
        if isinstance(argument, str) and argument:
            self.where.setEditText(argument)

    # ---- profiles and ports --------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        self.presenter.look()

    @Slot(str)
    def _profile_saved(self, key: str) -> None:
        """It is the one that is meant from now on."""
        self._just_saved, self._waits = key, self.presenter.session is not None
        self._look()

    @Slot(Found)
    def _found(self, found: Found) -> None:
        if found.profiles:
            self._offer(found.profiles)
            typed = self.where.currentText()
            self.where.clear()
            self.where.addItems(found.ports)
            self.where.setEditText(typed or next(iter(found.ports), ""))
        saved = self.tr("The profile is saved.")
        if self._waits:
            saved = self.tr(
                "The profile is saved. The device is read by the one before until it is connected anew."
            )
        self._say("\n".join([*found.wrong, *([saved] if self._just_saved else [])]))
        self._just_saved = ""

    def _offer(self, profiles: list[tuple[Profile, JsonObject]]) -> None:
        now = self._just_saved or (self._chosen.key if self._chosen else "")
        self._profiles = profiles
        self.profile.blockSignals(True)
        self.profile.clear()
        self.profile.addItems([one.name(self._context.speaker.language) for one, _ in profiles])
        keys = [one.key for one, _ in profiles]
        self.profile.setCurrentIndex(keys.index(now if now in keys else _usual(profiles, self._context.well)))
        self.profile.blockSignals(False)
        self._profile_chosen()

    @property
    def _chosen(self) -> Profile | None:
        index = self.profile.currentIndex()
        return self._profiles[index][0] if 0 <= index < len(self._profiles) else None

    @Slot()
    def _profile_chosen(self) -> None:
        if self._chosen is not None and self.presenter.session is None:
            self.registers.show_profile(self._profiles[self.profile.currentIndex()][1])
            self._make_tiles(self._chosen)
            self._buttons()

    def _fit_profile(self) -> None:
        """A profile of another lift than that of the well is no longer meant; one for any lift stays."""
        well, chosen = self._context.well, self._chosen
        fits = well is None or chosen is None or chosen.lift in ("", well.lift)
        if not fits and self.presenter.session is None:
            keys = [one.key for one, _ in self._profiles]
            self.profile.setCurrentIndex(keys.index(_usual(self._profiles, well)))
        self._buttons()

    def _make_tiles(self, profile: Profile) -> None:
        self.events.show_log([])
        self._tiles = {one.name: Tile(self._context, one, profile.lift) for one in profile.registers}
        self._grid.show_tiles(list(self._tiles.values()))

    # ---- the line ------------------------------------------------------------------------------------------

    @Slot()
    def _connect(self) -> None:
        if self._chosen is None or not self.where.currentText().strip():
            self._show_state("watch", self.tr("Choose a profile, and a port or an address."))
            return
        self._say("")
        self._make_tiles(self._chosen)
        self._show_state("idle", self.tr("Connecting…"))
        self.presenter.connect_to(self.where.currentText(), self._chosen)
        self._ages.start()
        held = self.presenter.session
        well = None if held is None else held.well
        goes_to = self.tr("What is taken goes to well {well}")
        self.saved.setText("" if well is None else goes_to.format(well=well.name))
        self._buttons()

    @Slot()
    def _disconnect(self) -> None:
        self.presenter.disconnect_it()
        self._show_state("idle", self.tr("Disconnecting…"))

    @Slot()
    def _archive(self) -> None:
        self._say(self.tr("Reading the archive…"))
        self.presenter.take_archive()

    @Slot()
    def _events(self) -> None:
        self._say(self.tr("Reading the events…"))
        self.presenter.take_events()

    @Slot()
    def _card(self) -> None:
        self._say(self.tr("Reading the card…"))
        self.presenter.take_card()

    @Slot(Heard)
    def _heard(self, heard: Heard) -> None:
        if heard.fault is not None:
            self._show_state("act", self._context.speaker.error(heard.fault))
            return
        refused = sum(one.fault is not None for one in heard.live)
        words = self.tr("Connected; values the device refuses: {count}.").format(count=refused)
        self._show_state(*(("watch", words) if refused else ("ok", self.tr("Connected."))))
        for one in heard.live:
            if (tile := self._tiles.get(one.register.name)) is not None:
                tile.hear(one)
        self.registers.hear(heard.live)

    @Slot(Told)
    def _told(self, told: Told) -> None:
        self.bar.hide()
        speaker = self._context.speaker
        if told.error is not None:
            self._say(speaker.error(told.error))
        if told.what == RECORD and told.saved is None:  # refused
            _rest(self.record)
        if told.saved is not None and told.what in (RECORD, REST):
            until = told.saved.until_us
            said = self.tr("{well}: saved {saved} readings, until {until}; waiting: {waiting}")
            moment = "—" if until is None else speaker.moment(from_us(until))
            self.saved.setText(
                said.format(
                    well=told.well.name if told.well else "—",
                    saved=told.saved.readings,
                    until=moment,
                    waiting=told.saved.waiting,
                )
            )
        if told.what in (ARCHIVE, CARD, EVENTS) and told.result is None and told.error is None:
            self._say(self.tr("Broken off: what is stored stays, and the next time goes on behind it."))
        if isinstance(told.result, Downloaded):
            self._say("\n".join(downloaded_lines(told.result, speaker)))
        elif isinstance(told.result, TakenEvents):
            self._say("\n".join(event_lines(told.result, speaker)))
            self.events.show_log(told.result.events)
        elif isinstance(told.result, TakenCard):
            self._say(self._card_words(told.result))

    def _card_words(self, taken: TakenCard) -> str:
        words = (
            self.tr("Card of {moment}, {points} points, stored.")
            if taken.report.added
            else self.tr("The card of {moment} is there already.")
        )
        moment = self._context.speaker.moment(taken.card.taken_at)
        return words.format(moment=moment, points=len(taken.card.position_m))

    @Slot(Progress)
    def _progressed(self, progress: Progress) -> None:
        self.bar.setVisible(bool(progress.total) and progress.done != progress.total)
        if progress.total:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    @Slot()
    def _stopped(self) -> None:
        self._ages.stop()
        self.bar.hide()
        _rest(self.record)
        self._show_state("idle", self.tr("Not connected. Nothing is ever written to a device."))
        if self._waits:
            self._waits = False
            self._profile_chosen()
        self._buttons()

    @Slot()
    def _grow_old(self) -> None:
        for tile in self._tiles.values():
            tile.grow_old()

    # ---- what is said and can be done ----------------------------------------------------------------------

    def _show_state(self, status: str, words: str) -> None:
        self.mark.setPixmap(status_pixmap(status, self._context.theme))
        self.state.setText(words)

    def _say(self, words: str) -> None:
        self.said.setVisible(bool(words))
        self.said.setText(words)

    @Slot()
    def _buttons(self) -> None:
        held, profile = self.presenter.session is not None, self._chosen
        widgets.show_one(held, self.disconnect_, self.connect_)
        for one in (self.profile, self.where, self.look):
            one.setEnabled(not held)
        on_well = held and self._context.well is not None
        self.record.setEnabled(on_well)
        self.archive.setEnabled(on_well and profile is not None and profile.archive is not None)
        self.take_events.setEnabled(on_well and profile is not None and profile.events is not None)
        has_card = profile is not None and (profile.card is not None or profile.sampled is not None)
        self.card.setEnabled(on_well and has_card)


def _button(words: str, slot: object, *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("primary", primary)
    button.clicked.connect(slot)
    return button


def _rest(record: QPushButton) -> None:
    """It is not recording, whatever was clicked: nobody is to be told."""
    record.blockSignals(True)
    record.setChecked(False)
    record.blockSignals(False)


def _usual(profiles: list[tuple[Profile, JsonObject]], well: Well | None) -> str:
    """Before anybody has chosen: one for what lifts the well."""
    fitting = [one.key for one, _ in profiles if well is not None and one.lift == well.lift]
    return (fitting or [profiles[0][0].key])[0]
