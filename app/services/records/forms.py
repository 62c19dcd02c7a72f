"""What is typed into a form → a record: numbers with a decimal comma in the reader's units, limits, what is
missing.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from app.core.errors import Details, KnownError
from app.core.texts import Speaker
from app.core.units import Unit
from app.importers.base import head_of
from app.importers.numbers import number_of, numbers_of
from app.models import limits as limits_of
from app.models.holding import checked_value
from app.models.kinds.lab import PARAMETERS
from app.models.kinds.spec import Field, Kind
from app.models.records import Record
from app.models.store import kinds as kind_store
from app.models.values import Values, text_of
from app.models.values import rows_of as table_of
from app.reports import record_words
from app.services.records import entries
from app.services.workspace import Workspace

OK, UNUSUAL, WRONG, EMPTY = "ok", "unusual", "wrong", "empty"


@dataclass(frozen=True)
class Judged:
    """One field while it is typed: `value` is SI; `state` is ok, unusual, wrong or empty; `error` says why it
    is wrong.
    """

    value: Any
    state: str
    error: KnownError | None = None


def judge(field: Field, text: str, speaker: Speaker) -> Judged:
    """A number in the reader's unit. `1 024,5` and `1024.5` are the same."""
    text = text.strip()
    if not text:
        return Judged(None if field.type == "number" else "", EMPTY)
    if field.type != "number":
        try:
            return Judged(checked_value(field, _meant(field, text, speaker)), OK)
        except KnownError as error:
            named = {**error.details, "field": field.name(speaker.language)}
            return Judged(text, WRONG, KnownError.of(error.code, named))
    value = _in_si(record_words.unit_of(field, speaker), text)
    if value is None:
        return Judged(None, WRONG, KnownError("form_value", field=field.name(speaker.language), value=text))
    if not limits_of.within(value, field.minimum, field.maximum):
        least, most = limits(field, speaker)
        return Judged(
            value,
            WRONG,
            KnownError(
                "form_range", field=field.name(speaker.language), value=text, minimum=least, maximum=most
            ),
        )
    if field.usual is not None and not field.usual[0] <= value <= field.usual[1]:
        return Judged(value, UNUSUAL)
    return Judged(value, OK)


@lru_cache(maxsize=8192)
def _in_si(unit: Unit, text: str) -> float | None:
    """None for what is no number. Kept, for a table is judged again whole with every letter."""
    shown = number_of(text)
    return None if shown is None else unit.exactly(shown)


def _meant(field: Field, text: str, speaker: Speaker) -> str:
    """The code of a choice that was written or pasted in words."""
    if field.type != "choice" or text in field.choices:
        return text
    words = {record_words.choice_words(field, code, speaker).casefold(): code for code in field.choices}
    return words.get(text.casefold(), text)


def limits(field: Field, speaker: Speaker) -> tuple[str, str]:
    """The hard limits as the reader would write them."""
    return tuple(
        "…" if value is None else speaker.bare(value, field.quantity)
        for value in (field.minimum, field.maximum)
    )  # type: ignore[return-value]


def record_of(
    kind: Kind,
    record_id: str,
    well_id: int,
    at: datetime,
    until: datetime | None,
    typed: Values,
    speaker: Speaker,
) -> Record:
    """`typed`: field → text, choice's code, flag (None: not said) or the texts of rows. Raises KnownError
    (form_*) for the first field that is wrong.
    """
    at, until = limits_of.moment(at, kind.at), until and limits_of.moment(until, kind.until or "until")
    if until is not None and until < at:
        raise KnownError("form_order")
    values: Values = {}
    for field in kind.fields:
        entered = typed.get(field.key)
        if field.type == "flag":
            if entered is not None:
                values[field.key] = bool(entered)
            continue
        if field.type == "rows":
            if rows := rows_of(field, _typed_rows(typed, field.key), speaker):
                values[field.key] = rows
            elif field.required:
                raise KnownError("form_missing", field=field.name(speaker.language))
            continue
        judged = judge(field, str(entered or ""), speaker)
        if judged.error is not None:
            raise judged.error
        if judged.state == EMPTY:
            if field.required:
                raise KnownError("form_missing", field=field.name(speaker.language))
            continue
        values[field.key] = judged.value
    if not any(field.required for field in kind.fields) and not _said_more_than_usual(kind, values):
        raise KnownError("form_empty")
    return Record(record_id, kind.key, well_id, at, until, values)


def _typed_rows(typed: Values, key: str) -> list[dict[str, str]]:
    """The texts of a table's cells, as the form has them."""
    return [{cell: text_of(row, cell) for cell in row} for row in table_of(typed, key)]


def _said_more_than_usual(kind: Kind, values: Values) -> bool:
    return any(value != kind.field(key).default for key, value in values.items())


def rows_of(field: Field, typed: list[dict[str, str]], speaker: Speaker) -> list[Values]:
    """The rows of a table inside a record; blank ones are not there. Raises KnownError (form_*) for the first
    cell that is wrong.
    """
    rows = []
    for number, texts in enumerate(typed, 1):
        if is_blank(texts):
            continue
        row: Values = {}
        for cell in field.cells:
            judged = judge_cell(field, number, cell, texts, speaker)
            if judged.error is not None:
                raise judged.error
            if judged.state != EMPTY:
                row[cell.key] = judged.value
        rows.append(row)
    return rows


def is_blank(texts: dict[str, str]) -> bool:
    return not any(text.strip() for text in texts.values())


def judge_cell(field: Field, number: int, cell: Field, texts: dict[str, str], speaker: Speaker) -> Judged:
    """One cell while it is typed; the error names table, row and column. What is required must be there."""
    judged = judge(cell, texts.get(cell.key, ""), speaker)
    missing = judged.state == EMPTY and cell.required
    if judged.error is None and not missing:
        return judged
    language = speaker.language
    place = speaker.say("form.cell", table=field.name(language), row=number, column=cell.name(language))
    if judged.error is None:
        return Judged(None, WRONG, KnownError("form_missing", field=place))
    details: Details = {**judged.error.details, "field": place}
    return Judged(judged.value, judged.state, KnownError.of(judged.error.code, details))


def last_of(workspace: Workspace, kind: Kind, well_id: int) -> Record | None:
    """What was entered the last time, to compare with while typing."""
    found = kind_store.of_well(workspace.store, kind, well_id)
    return found[0] if found else None


def save(workspace: Workspace, record: Record, files: tuple[Path, ...]) -> Record:
    """Kept on the disk when this returns. A file that is gone is told before anything is kept."""
    for path in files:
        head_of(path)
    return entries.save_record(
        workspace, record, tuple((limits_of.file_name(path.name), path) for path in files)
    )


# ---- a laboratory sample: several results at once ----------------------------------------------------------


def sample_records(
    draft_id: str, well_id: int, at: datetime, typed: dict[str, str], about: dict[str, str], speaker: Speaker
) -> list[Record]:
    """A record each parameter that was filled in. `<0,05`, `н/о`, `следы` are kept as what they are. Raises
    KnownError (form_*).
    """
    records = []
    for parameter in PARAMETERS:
        text = typed.get(parameter.key, "").strip()
        if not text:
            continue
        read = numbers_of(pa.chunked_array([[text]]))
        name = speaker.say(f"lab.{parameter.key}")
        if bool(read.bad[0]):
            raise KnownError("form_value", field=name, value=text)
        value, qualifier = float(read.value[0]), "" if read.qualifier is None else str(read.qualifier[0])
        if np.isfinite(value) and not limits_of.within(value, parameter.minimum, parameter.maximum):
            raise KnownError(
                "form_range", field=name, value=text, minimum=parameter.minimum, maximum=parameter.maximum
            )
        values: Values = {
            "parameter": parameter.key,
            "unit": parameter.unit,
            **{k: v for k, v in about.items() if v},
        }
        if np.isfinite(value):
            values["value"] = value
        if qualifier:
            values["qualifier"] = qualifier
        # The same draft saved twice gives the same records.
        records.append(
            Record(
                str(uuid.uuid5(uuid.UUID(draft_id), parameter.key)), "lab_result", well_id, at, None, values
            )
        )
    if not records:
        raise KnownError("form_no_result")
    return records


def save_sample(
    workspace: Workspace, draft_id: str, records: list[Record], files: tuple[Path, ...]
) -> list[Record]:
    for number, record in enumerate(records):
        save(workspace, record, files if number == 0 else ())
    entries.drop_draft(workspace, draft_id)
    return records
