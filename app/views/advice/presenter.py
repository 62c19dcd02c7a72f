"""Fetches what there is to set on a well and on its pad, and asks what a moved slider would bring."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot

from app.analysis.advice.advised import Advice
from app.analysis.advice.choice import Choice, Prices, choice
from app.analysis.energy import Energy
from app.core.jobs import Job
from app.models.changes import CARDS, READINGS, WELL_TESTS
from app.models.wells import Well
from app.services.wells import energy
from app.services.wells.advice import advise, of_pad, outcome, prices_of, turned
from app.services.wells.sizing import Sizing, size
from app.services.workspace import Workspace
from app.views.advice.sizing_box import WantedEsp
from app.views.presenter import WellPresenter
from app.views.tasks import Task


def _advise(job: Job, workspace: Workspace, well: Well) -> Advice:
    return advise(workspace, well, job)


@dataclass(frozen=True)
class PadAdvice:
    """The wells of a pad, most to gain first, and what a tonne of each took."""

    wells: list[Advice]
    energy: dict[str, Energy]


@dataclass(frozen=True)
class Asked:
    """What a setting would bring; None where pump and inflow do not meet."""

    choice: Choice | None


def _pad(job: Job, workspace: Workspace, well: Well) -> PadAdvice:
    took = {one.well.name: one for one in energy.of_pad(workspace, well.field_name, well.pad)}
    return PadAdvice(of_pad(workspace, well.field_name, well.pad, job), took)


def _ask(job: Job, advice: Advice, values: dict[str, float], prices: Prices | None) -> Asked:
    if advice.model is None or advice.now is None:
        return Asked(None)
    found = outcome(advice.model, turned(advice.model, values))
    return Asked(None if found is None else choice(found, advice.now, prices))


def _size(job: Job, workspace: Workspace, well: Well, wanted: WantedEsp) -> Sizing:
    return size(workspace, well, wanted.rate, frequency_hz=wanted.frequency_hz, separator=wanted.separator)


class AdvicePresenter(WellPresenter):
    reads = frozenset(
        {READINGS, CARDS, "flow_test", "installation", "rod_string", "pumping_unit", "reservoir", "fluid"}
        | {"fluid_level", WELL_TESTS}
    )
    fetched = Signal(Advice)
    pad_fetched = Signal(PadAdvice)
    answered = Signal(Asked)
    sized = Signal(Sizing)
    not_sized = Signal(str)

    def load(self, well: Well) -> Task:
        runner, workspace = self._context.runner, self._context.workspace
        runner.start(_pad, workspace, well, purpose="advice of the pad", done=self.pad_fetched)
        return runner.start(_advise, workspace, well, purpose="advice", done=self.fetched)

    def size(self, well: Well, wanted: WantedEsp) -> None:
        """An ESP for a rate of this well."""
        self._context.runner.start(
            _size,
            self._context.workspace,
            well,
            wanted,
            purpose="an ESP for a rate",
            done=self.sized,
            failed=self._not_sized,
        )

    @Slot(object)
    def _not_sized(self, error: BaseException) -> None:
        self._context.tell_refusal(error, self.not_sized.emit)

    def ask(self, advice: Advice, values: dict[str, float]) -> None:
        """What these knobs would bring; the newest question is the one that is answered."""
        self._context.runner.start(
            _ask, advice, values, prices_of(self._context.workspace), purpose="advice ask", done=self.answered
        )
