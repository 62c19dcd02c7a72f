"""Over the chart: back and forward, the whole period, following, findings to go to, what is pointed at."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.core.texts import Speaker
from app.models.findings import Finding
from app.reports import wording
from app.views import widgets
from app.views.commands.given import Given
from app.views.overflow import OverflowRow


class TrendsBar(QWidget):
    """`among` are buttons of others that stand between its own."""

    finding_wanted = Signal(str)

    def __init__(self, speaker: Speaker, given: Given, among: tuple[QToolButton, ...]) -> None:
        super().__init__()
        self._speaker = speaker
        self.back, self.forward = given.button("chart.back"), given.button("chart.forward")
        self.fit = given.button("chart.whole")
        self.follow = QToolButton(text=self.tr("Follow"), checkable=True)
        self.follow.setToolTip(self.tr("Keep the newest readings in view"))
        self.jump = QToolButton(text=self.tr("Go to finding"))
        self.jump.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.jump.setMenu(QMenu(self.jump))
        self.jump.menu().aboutToShow.connect(self._list_findings)
        self._findings: tuple[Finding, ...] = ()
        self.finding_name = widgets.strong()
        self.evidence = widgets.ElidedLabel()
        self.moment = QLabel()
        self.moment.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        buttons = OverflowRow()
        buttons.stay(self.back, self.forward)
        buttons.give_way(self.fit, self.follow, *among, self.jump)
        row.addWidget(buttons)
        row.addWidget(self.finding_name)
        row.addWidget(self.evidence, 1)
        row.addWidget(self.moment)

    def offer_findings(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        self.jump.menu().clear()
        self.jump.setEnabled(bool(findings))

    @Slot()
    def _list_findings(self) -> None:
        """Only where somebody looks: a well has a thousand of them, and each is a moment's work."""
        menu = self.jump.menu()
        if not menu.isEmpty():
            return
        for finding in self._findings:
            title = wording.finding_title(finding, self._speaker)
            action = QAction(f"{title} · {wording.period_words(finding, self._speaker)}", menu)
            action.setData(finding.id)
            action.triggered.connect(self._jump_chosen)
            menu.addAction(action)

    @Slot()
    def _jump_chosen(self) -> None:
        self.finding_wanted.emit(self.sender().data())  # type: ignore[attr-defined]

    def tell(self, finding: Finding | None) -> None:
        """Its name and its first argument; all of them when the pointer rests there."""
        lines = (
            []
            if finding is None
            else [wording.evidence_line(evidence, self._speaker) for evidence in finding.evidence]
        )
        self.finding_name.setText("" if finding is None else wording.finding_title(finding, self._speaker))
        self.evidence.setText(lines[0] if lines else "")
        self.evidence.setToolTip("\n".join(lines))
