"""A flow test: the oil that its liquid and water cut make is proposed, and what it cannot be used for as it
stands is said while it is typed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.jobs import Job
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.values import Read, Values
from app.models.wells import Well
from app.services.records import forms
from app.services.wells import flow_entry
from app.services.wells.flow_entry import OilDensity
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.entry.form import EntryForm
from app.views.settling import Soon

OIL = "oil_kg_per_s"
TOLD_BY = ("liquid_m3_per_s", "water_cut", OIL)
NEAR = 0.02
"""Oil that differs from what is proposed by less is the same."""
LOOK_MS = 150


def _known_density(job: Job, workspace: Workspace, well_id: int, at: datetime) -> OilDensity | None:
    return flow_entry.oil_density(workspace, well_id, at)


class FlowForm(EntryForm):
    def __init__(self, context: Context, well: Well, parent: QWidget, record: Record | None = None) -> None:
        self._density: OilDensity | None = None
        self._asked_for: datetime | None = None
        self._proposed: float | None = None
        super().__init__(context, KINDS["flow_test"], well, parent, record)

    def _build(self) -> None:
        super()._build()
        self.propose = QPushButton()
        self.propose.setAutoDefault(False)
        self.propose.clicked.connect(self._take)
        self.how = widgets.muted()
        for one in (self.propose, self.how):
            self.boxes[OIL].layout().addWidget(one)
            one.hide()
        self.lacking = widgets.muted()
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(1, self.lacking)
        self._look_soon = Soon(self, LOOK_MS)
        self._look_soon.timeout.connect(self._look)
        self.panel.changed.connect(self._look_soon.start)

    def _start(self) -> None:
        super()._start()
        self._look()

    def _restore(self, draft: Any) -> None:
        super()._restore(draft)
        self._look()

    # ---- what it says --------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        at = self.at.moment()
        if at == self._asked_for:
            self._propose()
            return
        self._asked_for = at
        self._context.runner.start(
            _known_density,
            self._context.workspace,
            self._well.id,
            at,
            lane="store",
            purpose=f"density {self.draft_id}",
            done=self._known,
        )

    @Slot(object)
    def _known(self, density: OilDensity | None) -> None:
        self._density = density
        self._propose()

    def _values(self) -> Values:
        """What is typed so far and is no mistake."""
        judged = {
            key: forms.judge(self.boxes[key].field, self.boxes[key].text(), self._context.speaker)
            for key in TOLD_BY
        }
        good = {key: one for key, one in judged.items() if one.error is None and one.state != forms.EMPTY}
        return {key: one.value for key, one in good.items()}

    def lacking_words(self, values: Read) -> str:
        return " ".join(self._context.speaker.say(f"lacking.{key}") for key in flow_entry.lacking(values))

    def _propose(self) -> None:
        speaker, values = self._context.speaker, self._values()
        oil = self._proposed = flow_entry.oil_rate(values, self._density)
        typed = values.get(OIL)
        same = typed is not None and oil is not None and abs(typed - oil) <= NEAR * max(oil, typed)
        for one in (self.propose, self.how):
            one.setVisible(oil is not None and not same)
        if oil is not None and self._density is not None:
            self.propose.setText(self.tr("Take {oil}").format(oil=speaker.quantity(oil, "mass_rate")))
            self.how.setText(
                self.tr("liquid × (1 − water cut) × {density}, the oil's density of {day}").format(
                    density=speaker.quantity(self._density.kg_per_m3, "density"),
                    day=speaker.day(self._density.source.at),
                )
            )
        lacking = self.lacking_words(values)
        if self._density is None and "water_cut" in values and OIL not in values:
            lacking = f"{lacking} {speaker.say('lacking.oil_density')}".strip()
        self.lacking.setText(lacking)
        self.lacking.setVisible(bool(lacking) and "liquid_m3_per_s" in values)

    @Slot()
    def _take(self) -> None:
        if self._proposed is not None:
            self.boxes[OIL].set_value(self._proposed)
            self.boxes[OIL].take_focus()
