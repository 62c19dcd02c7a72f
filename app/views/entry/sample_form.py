"""A laboratory sample: what was determined, all at once. `<0,05`, `н/о` and `следы` are written as the
protocol has them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.jobs import Job
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import Field
from app.models.records import Record
from app.models.wells import Well
from app.services.records import forms
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.entry.form import EntryForm

ABOUT = ("sample", "point", "lab", "note")


def _save_sample(
    job: Job, workspace: Workspace, draft_id: str, records: list[Record], files: tuple[Path, ...]
) -> Record:
    return forms.save_sample(workspace, draft_id, records, files)[0]


class SampleForm(EntryForm):
    def __init__(self, context: Context, well: Well, parent: QWidget, files: tuple[Path, ...] = ()) -> None:
        super().__init__(context, KINDS["lab_result"], well, parent, files=files)

    def _fields(self) -> tuple[Any, ...]:
        about = tuple(self.kind.field(key) for key in ABOUT[:3])
        return (
            *about,
            *(_as_field(parameter.key, self._context.speaker) for parameter in PARAMETERS),
            self.kind.field("note"),
        )

    def _work(self) -> tuple[Callable[..., Record], tuple[Any, ...]]:
        self.at.check(self.at.accessibleName())
        typed = {key: box.text() for key, box in self.boxes.items()}
        about = {key: typed[key].strip() for key in ABOUT}
        records = forms.sample_records(
            self.draft_id, self._well.id, self.at.moment(), typed, about, self._context.speaker
        )
        return _save_sample, (self.draft_id, records, tuple(self._files))


def _as_field(key: str, speaker: Speaker) -> Field:
    """A text, because a result may be no number; its unit is in its name."""
    unit = PARAMETERS[key].unit_label(speaker.language)
    name = speaker.say(f"lab.{key}") + (f", {unit}" if unit else "")
    return Field(key, name, name, "text")
