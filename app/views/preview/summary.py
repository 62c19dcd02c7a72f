"""Under the table: how much there is to import, what does not fit, why it cannot be imported as it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.texts import Speaker, number
from app.importers.rows import Problem
from app.services.imports.check import Checked
from app.services.imports.offers import offered
from app.services.imports.opening import OpenFile
from app.services.imports.words import problem_words, remark_words, sheet_words
from app.views import widgets
from app.views.preview.sheet_bar import LEAST_SPEED, MOST_SPEED, asks_speed, asks_time

LINES_SHOWN = 4
"""Of what is said; the others are reached by the wheel."""
ASKED_ABOVE = {"card_no_time": asks_time, "card_no_speed": asks_speed}
"""Whether the row above the table asks for what is missing."""


class Summary(QWidget):
    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self.words = widgets.text("")
        self.remarks = widgets.muted()
        self.remarks.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area = widgets.scrolled(self.remarks)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(self.tr("What is said of the file"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self._area)

    def tell(self, checked: Checked, opened: OpenFile, obstacle: str) -> None:
        errors = sum(p.severity == "error" for p in checked.problems)
        asked = sum(p.severity == "question" for p in checked.problems)
        words = [
            self.tr("%n value(s) to import", "", checked.rows),
            self.tr("%n error(s)", "", errors),
            # As the command line counts them: what is said of columns and rows, not of cells alone.
            self.tr("%n doubtful", "", sum(int(sheet.get("warnings", 0)) for sheet in checked.sheets)),
        ]
        if asked:
            words.append(self.tr("%n question(s)", "", asked))
        if checked.left_out:
            words.append(self.tr("%n row(s) left out", "", len(checked.left_out)))
        if any(sheet.cut for sheet in opened.contents.sheets):
            words.append(self.tr("only the beginning is shown, the whole file is imported"))
        self.words.setText(" — ".join([" · ".join(words), *([obstacle] if obstacle else [])]))
        said = [
            remark_words(checked.kind, code, details, self._speaker)
            for code, details in (*opened.contents.remarks, *checked.remarks)
            if not offered(code, details)  # it stands above, among the questions
        ]
        said = [*(line for sheet in checked.sheets for line in sheet_words(sheet, self._speaker)), *said]
        self.remarks.setText("\n".join(said))
        lines = min(len(said), LINES_SHOWN) + 0.5 * (len(said) > LINES_SHOWN)  # half a line: there is more
        self._area.setFixedHeight(round(lines * self.remarks.fontMetrics().lineSpacing()) + 4)
        self._area.setVisible(bool(said))

    def obstacle(self, checked: Checked, opened: OpenFile, unread_speeds: Mapping[str, str]) -> str:
        """Why it cannot be imported as it stands, and what to do; empty when it can."""
        if checked.reason is not None and checked.reason.code in ("column_missing", "no_sensor_column"):
            if checked.reason.details.get("field") == "time":
                return self.tr("Say in the first row what the columns are: one of them has to be the date.")
            return self._speaker.error(checked.reason)
        for sheet, words in unread_speeds.items():
            plan = opened.plan.sheet(sheet)
            if plan is not None and not plan.skip:
                return self._of_speed(words)
        errors = [p for p in checked.problems if p.severity == "error"]
        if errors and not opened.plan.leave_out_bad:
            return self._of_errors(errors, opened)
        if any(p.severity == "question" for p in checked.problems):
            return self.tr("Say what the file leaves open: one click for each question above.")
        if checked.lifts:
            return self.tr("Say what becomes of the wells that have another lift.")
        if checked.nameless:
            return self.tr("Say which well the rows are from.")
        if checked.unknown_wells:
            return self.tr("Decide about the wells that are not known.")
        if not checked.rows:
            return self.tr("There is nothing to import.")
        return ""

    def _of_speed(self, words: str) -> str:
        language = self._speaker.language
        return self.tr(
            "“{words}” in the row above is no number of strokes per minute: {least} … {most} are possible."
        ).format(words=words, least=number(LEAST_SPEED, 2, language), most=number(MOST_SPEED, 0, language))

    def _of_errors(self, errors: Sequence[Problem], opened: OpenFile) -> str:
        """Where no cell is red nobody is sent to look for one."""
        if any(problem.column >= 0 for problem in errors):
            return self.tr("Put the red cells right, skip their rows, or leave the cells empty.")
        what = "; ".join(dict.fromkeys(problem_words(problem, self._speaker) for problem in errors))
        if all(_is_asked_above(problem, opened) for problem in errors):
            return self.tr("Say in the row above the table: {what}.").format(what=what)
        return self.tr("Put the rows right or skip them: {what}.").format(what=what)


def _is_asked_above(problem: Problem, opened: OpenFile) -> bool:
    plan, asks = opened.plan.sheet(problem.sheet), ASKED_ABOVE.get(problem.code)
    return plan is not None and asks is not None and asks(plan)
