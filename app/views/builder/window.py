"""A well put together in one window: its parts at the left, the fields of one of them, and beside them the
drawing and what is missing for which figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.values import Values
from app.models.wells import SRP, Well
from app.services.wells import building
from app.services.wells.building import PASSPORT, Standing
from app.views import widgets
from app.views.builder.part import FILLED, Part
from app.views.builder.presenter import BuilderPresenter
from app.views.builder.side import BuilderSide
from app.views.calm import TextLine
from app.views.cell_editing import commit_open_cell
from app.views.commands.builder import BUILDER
from app.views.commands.given import Given
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.read_of_well import Cover
from app.views.settling import Soon
from app.views.slices import Slices

LOOK_MS = 150
"""After the first key: the drawing follows the typing."""
NARROW_PX, NARROW_IN_GLOVES_PX = 970, 1_090
"""In less the list, two fields beside each other and the drawing have no room together."""
NOT_RUN = (PASSPORT, "head_pressures", "flow_test")
"""What was measured is of now until somebody dates it: cards far from its day do not take it."""


def _share_date(part: Part, parts: Iterable[Part], date: datetime | None) -> datetime | None:
    """What is put into the well on one day is dated once: parts that nobody has begun follow. The date that
    they have now.
    """
    moment = part.at.moment()
    if part.before is not None or part.key in NOT_RUN or moment == date:
        return date
    for other in parts:
        if other.before is None and not other.dirty and other.key not in NOT_RUN:
            other.follow(moment)
    return moment


class BuilderWindow(FittedDialog):
    """`well` None: a new one. Emits when the journal has it: the well, and the kinds of what was kept."""

    saved = Signal(Well, frozenset)

    def __init__(self, context: Context, well: Well | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._well = context, well
        self.presenter = BuilderPresenter(context, self)
        self.parts: dict[str, Part] = {}
        self._others: list[Well] = []
        self._date: datetime | None = None
        self._by_labs: Values = {}
        self._earlier: dict[str, Values] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Parts of the well"))
        self.stack = QStackedWidget()
        self.side = BuilderSide(context)
        self.field_name = TextLine()
        self.field_name.setAccessibleName(self.tr("Field"))
        self.state = widgets.text("")
        self.given = Given(BUILDER, self, self, context)
        self._look_soon = Soon(self, LOOK_MS)
        self._look_soon.timeout.connect(self._look)
        self._cover = Cover(self.stack)
        self._making = Slices(self)
        self._making.ended.connect(self._made)
        self.setWindowTitle(_title(self._well))
        self._build()
        self.list.currentRowChanged.connect(self._turned)
        self.field_name.returnPressed.connect(partial(_go_to_name, self))
        self.presenter.opened.connect(self._opened)
        self.presenter.copied.connect(self._take_copied)
        self.presenter.saved.connect(self._saved)
        self.presenter.refused.connect(self._refused)
        self.presenter.open(well)

    def _build(self) -> None:
        self.list.setFixedWidth(_widest_part(self.fontMetrics(), self._context.speaker))
        field_row = QHBoxLayout()
        field_row.addWidget(QLabel(self.tr("Field")))
        field_row.addWidget(self.field_name, 1)
        self._field_row = QWidget()
        self._field_row.setLayout(field_row)
        field_row.setContentsMargins(8, 4, 8, 0)
        self._field_row.setVisible(self._well is None)
        if self._well is None and self._context.well is not None:
            self.field_name.setText(self._context.well.field_name)
        middle = QVBoxLayout()
        middle.addWidget(self._field_row)
        middle.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.addWidget(self.list)
        body.addLayout(middle, 2)
        body.addWidget(self.side, 1)
        buttons = QHBoxLayout()
        left = [self.given.button(key) for key in ("builder.copy", "builder.anew", "builder.fill")]
        for button in left:
            buttons.addWidget(button)
        buttons.addWidget(self.state, 1)
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        buttons.addWidget(close)
        buttons.addWidget(self.save_button)
        self._buttons = (*left, close, self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addLayout(body, 1)
        layout.addLayout(buttons)
        room = _room_of(self)
        self.resize(min(1240, room.width() - 24), min(720, room.height() - 40))

    # ---- parts ---------------------------------------------------------------------------------------------

    @Slot(Standing, list)
    def _opened(self, there: Standing, others: list[Well]) -> None:
        self._others, self._by_labs, self._earlier = others, there.by_labs, there.earlier
        self._cover.put(self.tr("The parts of the well are laid out…"))
        self._making.begin(
            map(self._append, _parts_of(self._context, there, one_column=_is_narrow(self, self._context)))
        )

    def _append(self, part: Part) -> None:
        self._put(part, self.stack.count())
        self.list.addItem(QListWidgetItem())

    @Slot()
    def _made(self) -> None:
        self._cover.take_off()
        passport = self.parts[PASSPORT]
        if self._well is None:
            passport.boxes["lift"].set_text(SRP)
            passport.dirty = False  # nobody typed it
        passport.boxes["lift"].changed.connect(self._lift_changed)
        self.list.setCurrentRow(0)
        self._show_parts()
        asks_field = self._well is None and not self.field_name.text()
        (self.field_name if asks_field else passport.boxes["well_name"].editor).setFocus()
        self._look()

    def _put(self, part: Part, number: int) -> None:
        self.parts[part.key] = part
        part.touched.connect(self._touched)
        part.fill_wanted.connect(self.fill)
        part.passed.connect(partial(self.turn, 1))
        self.stack.insertWidget(number, widgets.scrolled(part))
        widgets.tab_last(self, self._buttons)  # the fields are made after them

    @property
    def lift(self) -> str:
        return self.parts[PASSPORT].boxes["lift"].text()

    @property
    def part(self) -> Part:
        return self.parts[building.PARTS[max(self.list.currentRow(), 0)]]

    @Slot()
    def _lift_changed(self) -> None:
        """Another lift has other equipment: its part is made anew, with what stands in it."""
        key = "installation"
        old, number = self.parts[key], building.PARTS.index(key)
        area = self.stack.widget(number)
        new = Part(self._context, key, self.lift, old.before, one_column=_is_narrow(self, self._context))
        new.restore(old.texts())
        new.id, new.dirty = old.id, old.dirty
        self._put(new, number)
        self.stack.removeWidget(area)
        area.deleteLater()
        self.stack.setCurrentIndex(self.list.currentRow())
        self._show_parts()

    @Slot(str)
    def _touched(self, key: str) -> None:
        self._say("")
        self._date = _share_date(self.parts[key], self.parts.values(), self._date)
        self._show_parts()
        if not self._look_soon.isActive():
            self._look_soon.start()

    def _show_parts(self) -> None:
        """Each with whether there is anything in it; what is not saved yet stands out."""
        speaker, shown = self._context.speaker, building.parts_for(self.lift)
        for number, (key, part) in enumerate(self.parts.items()):
            item = self.list.item(number)
            mark = "○" if part.is_empty else "●"
            item.setText(f"{mark} {KINDS[key].name(speaker.language)}" + (" *" if part.dirty else ""))
            font = item.font()
            font.setBold(part.dirty)
            item.setFont(font)
            item.setHidden(key not in shown)
            item.setToolTip(speaker.day(part.before.at) if part.before is not None else "")

    @Slot(int)
    def _turned(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        self.given.renew()

    def turn(self, by: int) -> None:
        """To the next part that this lift has, into its first empty field."""
        self._making.finish()
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count() and self.list.item(row).isHidden():
            row += by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
            first = next(iter(self.part.boxes.values()))
            first.editor.setFocus()

    # ---- what is seen --------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        made = [self.parts[key].made_so_far() for key in building.parts_for(self.lift)]
        parts, paths = [part for part in made if part is not None], self._context.workspace.paths
        seen = building.seen(parts, self.lift, paths, self._by_labs, self._earlier)
        self.side.show_seen(seen, self.lift)

    # ---- what is done --------------------------------------------------------------------------------------

    @property
    def can_fill(self) -> bool:
        return bool(self.parts) and self.part.key in FILLED

    @property
    def is_kept(self) -> bool:
        return bool(self.parts) and self.part.before is not None and self.part.key != PASSPORT

    @Slot()
    def fill(self) -> None:
        commit_open_cell()
        try:
            self.part.fill(self._context.workspace)
        except KnownError as error:
            self._refused(error)

    def begin_anew(self) -> None:
        self.part.begin_anew()
        self.given.renew()
        self.part.at.setFocus()

    def ask_copy(self) -> None:
        names = [f"{well.name} · {well.pad} · {well.field_name}" for well in self._others]
        if not names:
            self._say(self.tr("There is no other well yet."))
            return
        chosen, agreed = QInputDialog.getItem(
            self,
            self.tr("Copy from another well"),
            self.tr("Equipment, rods, unit, fluid, reservoir of"),
            names,
        )
        if agreed and chosen in names:
            self.presenter.copy(self._others[names.index(chosen)])

    @Slot(list)
    def _take_copied(self, records: list[Record]) -> None:
        self._making.finish()
        for record in records:
            if record.kind in building.parts_for(self.lift):
                self.parts[record.kind].take(record)
        self._say(self.tr("Copied: look through it, then save."))

    @Slot()
    def save(self) -> None:
        self._making.finish()
        commit_open_cell()
        shown = [self.parts[key] for key in building.parts_for(self.lift)]
        changed = [part for part in shown if part.dirty and not part.is_empty]
        if self._well is None and self.parts[PASSPORT] not in changed:
            changed.insert(0, self.parts[PASSPORT])
        made: list[Record] = []
        for part in changed:
            try:
                made.append(part.made(self._well))
            except KnownError as error:
                self.list.setCurrentRow(building.PARTS.index(part.key))
                self._refused(error)
                return
        if not made:
            self._say(self.tr("Nothing has been changed."))
            return
        passport = next((record for record in made if record.kind == PASSPORT), None)
        self.save_button.setEnabled(False)
        rest = [record for record in made if record.kind != PASSPORT]
        self.presenter.save(self._well, self.field_name.text().strip(), passport, rest)

    @Slot(Well, frozenset)
    def _saved(self, well: Well, kinds: frozenset[str]) -> None:
        self.save_button.setEnabled(True)
        self._well = well
        self._field_row.hide()
        self.setWindowTitle(_title(self._well))
        for part in self.parts.values():
            if part.key in kinds:
                part.before, part.dirty = part.made(well), False
        self._show_parts()
        self.given.renew()
        self._say(self.tr("Saved."))
        self.saved.emit(well, kinds)

    @Slot(KnownError)
    def _refused(self, error: KnownError) -> None:
        self.save_button.setEnabled(True)
        self._say(self._context.speaker.error(error), bad=True)

    def _say(self, words: str, *, bad: bool = False) -> None:
        self.state.setText(words)
        self.state.setStyleSheet(f"color: {self._context.theme.status['stop']}" if bad else "")

    def reject(self) -> None:
        """Asked once when something typed would be lost."""
        commit_open_cell()
        said = self.tr("What is marked with * is not saved. Close once more to drop it, or press Ctrl+S.")
        unsaved = any(part.dirty and not part.is_empty for part in self.parts.values())
        typed = self._well is None and self.field_name.isModified()
        if (unsaved or typed) and self.state.text() != said:
            self._say(said, bad=True)
            return
        super().reject()


def _go_to_name(builder: BuilderWindow) -> None:
    """Enter goes on in the field's name as in every field."""
    builder.list.setCurrentRow(0)
    builder.turn(0)
    builder.parts[PASSPORT].boxes["well_name"].take_focus()


def _room_of(builder: QWidget) -> QSize:
    window = builder.parentWidget().window()
    return window.size().boundedTo(window.screen().availableSize())


def _is_narrow(builder: QWidget, context: Context) -> bool:
    gloves = context.workspace.settings["glove_mode"]
    return _room_of(builder).width() < (NARROW_IN_GLOVES_PX if gloves else NARROW_PX)


def _title(well: Well | None) -> str:
    builder = QCoreApplication.translate("BuilderWindow", "Well builder")
    which = QCoreApplication.translate("BuilderWindow", "New well")
    if well is not None:
        which = QCoreApplication.translate("BuilderWindow", "Well {name}").format(name=well.name)
    return f"{builder} · {which}"


def _parts_of(context: Context, there: Standing, *, one_column: bool) -> Iterator[Part]:
    lift = SRP if there.well is None else there.well.lift
    for key in building.PARTS:
        suits = SRP if key in building.ON_RODS else lift
        yield Part(context, key, suits, there.parts.get(key), one_column=one_column)


def _widest_part(letters: QFontMetrics, speaker: Speaker) -> int:
    return max(letters.horizontalAdvance(KINDS[key].name(speaker.language)) for key in building.PARTS) + 48
