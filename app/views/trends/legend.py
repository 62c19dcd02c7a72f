"""The pens of the chart: show, hide, solo, and the values under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFont, QIcon, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from app.core.texts import number
from app.models.sensors.spec import Sensor
from app.views.context import Context
from app.views.told_table import ToldTable
from app.views.unbroken import name_and_unit

NAME, VALUE = 0, 1
Index = QModelIndex | QPersistentModelIndex


def swatch(colour: str | None, muted: str) -> QIcon:
    pixmap = QPixmap(16, 16)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if colour:
        painter.fillRect(QRect(1, 5, 14, 6), QColor(colour))
    else:
        painter.setPen(QColor(muted))
        painter.drawRect(QRect(1, 5, 13, 5))
    painter.end()
    return QIcon(pixmap)


class LegendModel(QAbstractTableModel):
    """A row a sensor; checked ones are drawn. Values are as shown."""

    toggled = Signal(str, bool)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.sensors: list[Sensor] = []
        self.shown: list[str] = []
        self.colours: dict[str, str] = {}
        self.solo: str | None = None
        self.lift = ""
        self._values: dict[str, float] = {}

    def reset(self, sensors: list[Sensor], shown: list[str], colours: dict[str, str], lift: str) -> None:
        self.beginResetModel()
        self.lift = lift
        self.sensors, self.shown, self.colours, self._values = sensors, shown, colours, {}
        self.endResetModel()

    def set_values(self, values: dict[str, float]) -> None:
        self._values = values
        if self.sensors:
            self.dataChanged.emit(self.index(0, VALUE), self.index(len(self.sensors) - 1, VALUE))

    def set_solo(self, key: str | None) -> None:
        self.solo = key
        if self.sensors:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.sensors) - 1, VALUE))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.sensors)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        sensor = self.sensors[index.row()]
        speaker = self._context.speaker
        if index.column() == VALUE:
            if role == Qt.ItemDataRole.DisplayRole:
                value = self._values.get(sensor.key)
                return (
                    ""
                    if value is None
                    else number(value, speaker.units.unit(sensor.quantity).digits, speaker.language)
                )
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return name_and_unit(sensor.name(speaker.language, self.lift), speaker.unit(sensor.quantity))
        if role == Qt.ItemDataRole.ToolTipRole:
            return sensor.name(speaker.language, self.lift)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if sensor.key in self.shown else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole:
            return swatch(self.colours.get(sensor.key), self._context.theme.muted)
        if role == Qt.ItemDataRole.FontRole and sensor.key == self.solo:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and sensor.key not in self.shown:
            return QBrush(QColor(self._context.theme.muted))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        checked = Qt.CheckState(value) == Qt.CheckState.Checked
        self.toggled.emit(self.sensors[index.row()].key, checked)
        return True


class Legend(ToldTable):
    """Click a name to bring its pen forward (again to let go), the box to show or hide it."""

    solo_wanted = Signal(str)  # empty: none alone any more

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = LegendModel(context, self)
        self.setModel(self.table)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().resizeSection(VALUE, self.fontMetrics().horizontalAdvance("00 000,0"))
        self._row_px = 40 if context.workspace.settings["glove_mode"] else 28
        self.verticalHeader().setDefaultSectionSize(self._row_px)
        self.setWordWrap(True)  # in two lines a name is read, with dots in it two of a kind look the same
        self.table.modelReset.connect(self._fit_rows)
        self.words_in(NAME, self._fit_rows)
        self.setTextElideMode(
            Qt.TextElideMode.ElideMiddle
        )  # two pens of a kind differ at the end, as units do
        self.setAccessibleName(self.tr("Pens"))
        self.clicked.connect(self._clicked)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now its boxes are as large as gloves have them."""
        super().showEvent(event)
        self._fit_rows()

    @Slot()
    def _fit_rows(self) -> None:
        self.fit_rows(NAME, self._row_px, self._beside_name_px())

    def least_px(self) -> int:
        """So wide that every word is read: in less than that they have dots in their middle."""
        names = [str(self.table.index(row, NAME).data() or "") for row in range(self.table.rowCount())]
        words = [self.fontMetrics().horizontalAdvance(word) for name in names for word in name.split(" ")]
        beside = (
            self._beside_name_px() + self.columnWidth(VALUE) + self.verticalScrollBar().sizeHint().width()
        )
        return max(words, default=0) + beside + 2 * self.frameWidth()

    def _beside_name_px(self) -> int:
        """The box to tick, the colour, and what is between them, as large as style and gloves make them."""
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        feature = QStyleOptionViewItem.ViewItemFeature
        option.features |= feature.HasCheckIndicator | feature.HasDecoration | feature.HasDisplay
        option.rect = QRect(0, 0, self.columnWidth(NAME), self._row_px)
        style = self.style()
        words = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, self)
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, self) + 1
        return int(self.columnWidth(NAME) - words.width() + 2 * margin)

    def _clicked(self, index: QModelIndex) -> None:
        key = self.table.sensors[index.row()].key
        if key in self.table.shown:
            solo = None if self.table.solo == key else key
            self.table.set_solo(solo)
            self.solo_wanted.emit(solo or "")
