"""What a file would bring, as it would be stored: the first and last rows of each sheet, in SI and UTC, with
counts and sums, and what stands in the way. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from app.analysis.cards.repair import repair
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.importers.figures import Figure, figures_of
from app.importers.rows import Rows
from app.importers.sheets import Sheet
from app.importers.trial import Batch
from app.importers.vocabulary import vocabulary
from app.models.store import records
from app.models.values import text_of
from app.models.well_names import Registry
from app.services.imports.check import Checked, check
from app.services.imports.importing import imported_before, told
from app.services.imports.opening import ImportOptions, OpenFile, open_file
from app.services.imports.stored_rows import StoredRow, first_and_last, points_of
from app.services.imports.writing import refuse, refuse_part
from app.services.workspace import Workspace


@dataclass
class _Shown:
    """One sheet; `first` and `last` grow together piece by piece."""

    about: JsonObject
    first: list[StoredRow] = field(default_factory=list)
    last: list[StoredRow] = field(default_factory=list)
    rows: int = 0
    columns: list[Figure] = field(default_factory=list)

    def take(self, batch: Batch, columns: list[Figure], most: int, taken: Rows | None = None) -> None:
        first, last, rows = first_and_last(batch, most)
        if taken is not None and taken.kind == "card" and not rows:
            first, last = points_of(taken, most)
        self.first = (self.first + first)[:most]
        self.last = (self.last + last)[-most:] if most else []
        self.rows += rows
        if columns:
            self.columns = list(map(_joined, self.columns, columns)) if self.columns else columns

    def told(self) -> dict[str, object]:
        return {
            **self.about,
            "stored_rows": self.rows,
            "first": [row.told() for row in self.first],
            "last": [row.told() for row in self.last],
            "figures": [
                {key: value for key, value in asdict(one).items() if value not in ("", None)}
                for one in self.columns
            ],
        }


def preview_file(workspace: Workspace, path: Path, options: ImportOptions, most: int) -> dict[str, object]:
    """One JSON document; `most` rows from the beginning of each sheet, and as many from its end. Raises
    KnownError for a file that cannot be read at all.
    """
    opened = open_file(workspace, path, options)
    try:
        checked = check(workspace, path, opened.contents, opened.plan, opened.asked.words)
        fresh = tuple(name for name in checked.unknown_wells if name not in checked.alike)
        if options.new_wells and fresh:
            opened = replace(opened, plan=replace(opened.plan, new_wells=fresh))
            checked = check(workspace, path, opened.contents, opened.plan, opened.asked.words)
        return _told(workspace, opened, checked, most)
    finally:
        opened.contents.close()


def _told(workspace: Workspace, opened: OpenFile, checked: Checked, most: int) -> dict[str, object]:
    opened = replace(opened, plan=checked.plan)
    shown = {text_of(about, "name"): _Shown(about) for about in checked.sheets}
    _take(shown, opened, checked, most)
    refusal = _refusal(lambda: refuse(opened.path, checked, opened.plan)) or _no_card(checked)
    problems, remarks = list(told(checked.problems)), [*opened.contents.remarks, *checked.remarks]
    for sheet in opened.contents.sheets:
        for table in sheet.more() if sheet.more is not None else ():
            piece = replace(sheet, table=table, more=None)
            part = replace(opened, contents=replace(opened.contents, sheets=(piece,), things=()))
            following = check(
                workspace, opened.path, part.contents, opened.plan, opened.asked.words, partial=True
            )
            _take(shown, part, following, most)
            refusal = refusal or _refusal(partial(refuse_part, opened.path, following, opened.plan))
            problems += told(following.problems)
            remarks += [remark for remark in following.remarks if remark not in remarks]
    known = Registry([*records.named_in_files(workspace.store), *checked.new_wells])
    for one in shown.values():
        for row in (*one.first, *one.last):
            well = known.find(opened.plan.wells.get(row.well, row.well)) if row.well else None
            row.well = well.name if well is not None else row.well
    return {
        "file": opened.path.name,
        "kind": checked.kind,
        "wells": list(checked.wells),
        "new_wells": [well.name for well in checked.new_wells],
        "unknown_wells": list(checked.unknown_wells),
        "already": imported_before(workspace, opened.sha256) is not None,
        "refused": refusal,
        "sheets": [one.told() for one in shown.values()],
        "problems": problems,
        "left_out": [
            {"sheet": p.sheet, "line": p.line, "text": p.value, "code": p.code} for p in checked.left_out
        ],
        "remarks": [{"code": code, "detail": details} for code, details in remarks],
    }


def figures_by_sheet(opened: OpenFile, checked: Checked) -> dict[str, list[Figure]]:
    """What each column of each sheet that is taken becomes."""
    words = vocabulary(opened.asked.words)
    sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in opened.contents.sheets}
    found = {}
    for name, rows in checked.taken.items():
        plan = opened.plan.sheet(name)
        assert plan is not None
        found[name] = figures_of(sheets[name], plan, rows, words)
    return found


def _take(shown: dict[str, _Shown], opened: OpenFile, checked: Checked, most: int) -> None:
    figures = figures_by_sheet(opened, checked)
    for name, rows in checked.taken.items():
        columns = figures[name]
        for batch in (batch for batch in checked.batches if batch.sheet == name):
            shown[name].take(batch, columns, most, rows)
            columns = []
    for batch in (batch for batch in checked.batches if not batch.sheet):  # cards and tests of our own format
        own = shown.setdefault(opened.path.stem, _Shown({"name": opened.path.stem, "kind": checked.kind}))
        own.take(batch, [], most)


def _refusal(refusing: Callable[[], object]) -> dict[str, object] | None:
    try:
        refusing()
    except KnownError as error:
        return {"code": error.code, "details": error.details}
    return None


def _no_card(checked: Checked) -> dict[str, object] | None:
    """The first card that the import would refuse when its figures are made."""
    cards = (card for batch in checked.batches for _, card in batch.named_cards)
    return next((said for card in cards if (said := _refusal(partial(repair, card)))), None)


def _joined(before: Figure, following: Figure) -> Figure:
    """The figures of a column over two pieces of a file."""
    return replace(
        before if before.count or not following.count else following,
        count=before.count + following.count,
        sum=_of_both(before.sum, following.sum, lambda a, b: a + b),
        minimum=_of_both(before.minimum, following.minimum, min),
        maximum=_of_both(before.maximum, following.maximum, max),
    )


def _of_both(a: float | None, b: float | None, how: Any) -> float | None:
    return b if a is None else a if b is None else how(a, b)
