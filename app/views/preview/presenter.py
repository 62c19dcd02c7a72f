"""The file with its plan as it is decided: each change is checked off the GUI thread, the last one counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.importers.figures import Figure
from app.importers.mapping import propose
from app.importers.plan import SheetPlan
from app.importers.sheets import Sheet
from app.importers.vocabulary import vocabulary
from app.models.store import records
from app.models.wells import Well
from app.services.imports import templates as import_templates
from app.services.imports.check import Checked, check
from app.services.imports.opening import OpenFile, decided
from app.services.imports.preview import figures_by_sheet
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.settling import Soon

CHECK_MS = 120


@dataclass(frozen=True)
class Answer:
    """`figures` of each sheet's columns, by its name."""

    checked: Checked
    wells: list[Well]
    figures: dict[str, list[Figure]]


@dataclass(frozen=True)
class Answered:
    """What was said of a question; `key` as the plan keeps it."""

    sheet: str
    key: str
    answer: str


def _check(job: Job, workspace: Workspace, opened: OpenFile) -> Answer:
    checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
    return Answer(checked, records.wells(workspace.store), figures_by_sheet(opened, checked))


def _proposal(job: Job, workspace: Workspace, opened: OpenFile, kind: str, sheet: Sheet) -> SheetPlan:
    return propose(
        sheet,
        vocabulary(opened.asked.words),
        kind=kind,
        memory=import_templates.memory(workspace),
        near=opened.path.stem,
        technical_atmosphere=opened.plan.technical_atmosphere,
    )


class ImportPresenter(QObject):
    checking = Signal(bool)
    checked_now = Signal(list)  # of Well: those that a row may be from; what was found is `checked`
    proposed = Signal(SheetPlan)
    refused = Signal(str)

    def __init__(self, context: Context, opened: OpenFile, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self.opened = context, opened
        self.checked: Checked | None = None
        self.figures: dict[str, list[Figure]] = {}
        self._check_soon = Soon(self, CHECK_MS)
        self._check_soon.timeout.connect(self.check)

    # ---- decisions -----------------------------------------------------------------------------------------

    def decide(self, plan: SheetPlan) -> None:
        self.opened = decided(self._context.workspace, self.opened, plan)
        self._check_soon.start()

    @Slot(Answered)
    def answer(self, said: Answered) -> None:
        """What was said of a question of one sheet."""
        plan = self.opened.plan.sheet(said.sheet)
        if plan is not None:
            self.decide(replace(plan, answers={**plan.answers, said.key: said.answer}))

    def leave_out_bad(self, wanted: bool) -> None:
        self.opened = replace(self.opened, plan=replace(self.opened.plan, leave_out_bad=wanted))
        self._check_soon.start()

    def decide_wells(self, wells: dict[str, str], new: tuple[str, ...]) -> None:
        plan = self.opened.plan
        self.opened = replace(self.opened, plan=replace(plan, wells={**plan.wells, **wells}, new_wells=new))
        self._check_soon.start()

    @Slot(str)
    def decide_lifts(self, answer: str) -> None:
        """The same of all wells that have another lift than the file says."""
        asked = () if self.checked is None else self.checked.lifts
        names = [*self.opened.plan.lifts, *(change.well for change in asked)]
        plan = replace(self.opened.plan, lifts=dict.fromkeys(names, answer))
        self.opened = replace(self.opened, plan=plan)
        self._check_soon.start()

    def reread(self, opened: OpenFile, shown: str) -> None:
        """The same file with another header of the sheet `shown`; what was decided of the others stays."""
        before = self.opened.plan
        for sheet in before.sheets:
            if sheet.name != shown and opened.plan.sheet(sheet.name) is not None:
                opened = replace(opened, plan=opened.plan.with_sheet(sheet))
        self.opened = replace(
            opened, plan=replace(opened.plan, wells=before.wells, new_wells=before.new_wells)
        )
        self.check()

    # ---- what is asked of the workspace --------------------------------------------------------------------

    def propose(self, kind: str, sheet: Sheet) -> None:
        """What the columns are when the sheet holds rows of this kind."""
        self._context.runner.start(
            _proposal,
            self._context.workspace,
            self.opened,
            kind,
            sheet,
            purpose="import proposal",
            done=self.proposed,
        )

    @Slot()
    def check(self) -> None:
        self.checking.emit(True)
        self._context.runner.start(
            _check,
            self._context.workspace,
            self.opened,
            purpose="import check",
            done=self._checked_now,
            failed=self._failed,
        )

    @Slot(object)
    def _checked_now(self, answer: Answer) -> None:
        self.checked, self.figures = answer.checked, answer.figures
        self.checked_now.emit(answer.wells)

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._context.tell_refusal(error, self.refused.emit)

    def save_template(self, name: str) -> None:
        try:
            path = import_templates.save(
                self._context.workspace, name, self.opened.contents, self.opened.plan
            )
        except (KnownError, OSError) as error:
            self._failed(
                error
                if isinstance(error, KnownError)
                else KnownError("file_not_written", file=name, reason=str(error))
            )
            return
        self._context.workspace.notices.publish(
            Notice(Severity.DONE, "notice.template_saved", {"name": path.stem})
        )
