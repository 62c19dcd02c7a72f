"""Named views of the trends: pens, fixed scales, heights of panes, period, computed pens. Those of the site,
which IT puts beside its file, and the user's own in the profile; one goes to a colleague as a file.

What a well was last left with is kept as well, without a name: it survives theme, language and restart.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from app.core import versioned
from app.core.errors import KnownError
from app.core.files import hand_over, plain_name, write_atomically
from app.core.paths import site_views
from app.core.plain import Json, JsonObject
from app.models.values import a_part, built, list_of, needed_number, pair_of, part_of, rows_of, text_of
from app.models.wells import Well
from app.services.wells import computed_pens
from app.services.wells.computed_pens import ComputedPen
from app.services.workspace import Workspace

FORM = versioned.Form(version=1)
LARGEST = 200_000
MOST_PENS = 60
MOST_WELLS = 500
"""Of which it is remembered how they were left; the ones left longest ago are forgotten."""
_LAST = "trends.json"


@dataclass(frozen=True)
class Look:
    """What is drawn and how. `scales`: pen → lowest and highest of its scale [SI], of those that are fixed;
    `heights`: group of pens → share of the height. `computed` are the formulas that pens of a key with "="
    stand for, so that a colleague has them too.
    """

    pens: tuple[str, ...] = ()
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    heights: Mapping[str, float] = field(default_factory=dict)
    computed: tuple[ComputedPen, ...] = ()


@dataclass(frozen=True)
class TrendView:
    """`lift` and `well` (a uid) say what it is for; empty: for any. `period`: a preset, or as it was."""

    name: str
    look: Look
    lift: str = ""
    well: str = ""
    period: str = ""
    origin: str = "own"

    def suits(self, well: Well) -> bool:
        return self.lift in ("", well.lift) and self.well in ("", well.key["uid"])


# ---- what there is -----------------------------------------------------------------------------------------


def every(workspace: Workspace, well: Well) -> list[TrendView]:
    """Those for this well, the nearest first: its own, those of its lift, those for any; the user's own stand
    in for the site's of the same name. A damaged file is told and left out.
    """
    found: dict[str, TrendView] = {}
    for path, origin in [*_listed(site_views(), "site"), *_listed(_folder(workspace), "own")]:
        try:
            view = _read(path, origin)
        except KnownError as error:
            workspace.notices.error(error)
            continue
        if view.suits(well):
            found[view.name] = view
    return sorted(found.values(), key=lambda view: (not view.well, not view.lift, view.name.lower()))


def save(workspace: Workspace, view: TrendView) -> TrendView:
    """As one's own, in place of one of that name. Raises KnownError (template_name, template_newer,
    file_not_written).
    """
    plain = plain_name(view.name)
    if not plain:
        raise KnownError("template_name", name=view.name)
    kept = replace(view, name=plain, origin="own")
    path = _folder(workspace) / f"{plain}.json"
    versioned.refuse_newer(path, FORM.version)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_atomically(path, _to_json(kept))
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error
    return kept


def remove(workspace: Workspace, view: TrendView) -> None:
    """Only one's own: the others are the site's."""
    (_folder(workspace) / f"{plain_name(view.name)}.json").unlink(missing_ok=True)


def write_file(view: TrendView, out: Path) -> Path:
    """For a colleague, or for the site. Raises KnownError (file_not_written)."""
    return hand_over(out, _to_json(view))


def take_file(workspace: Workspace, path: Path) -> TrendView:
    """A colleague's becomes one's own. Raises KnownError (trend_view_damaged)."""
    return save(workspace, _read(path, "own"))


def take_pens(workspace: Workspace, well: Well, look: Look) -> None:
    """The formulas of a view join those of the field, under the keys that its pens have."""
    known = {pen.key for pen in computed_pens.of_field(workspace, well.field_name)}
    for pen in look.computed:
        if pen.key not in known:
            computed_pens.save(workspace, well.field_name, pen.ru, pen.formula, pen.key)


# ---- how a well was left -----------------------------------------------------------------------------------


def last(workspace: Workspace, well: Well) -> Look | None:
    """None where it was never looked at, and where the file is damaged: it holds nothing that is missed."""
    kept = _left(workspace).get(well.key["uid"])
    try:
        return None if kept is None else _look(kept)
    except ValueError:
        return None


def leave(workspace: Workspace, well: Well, look: Look) -> None:
    uid = well.key["uid"]
    kept = {name: one for name, one in _left(workspace).items() if name != uid}
    kept = dict(list(kept.items())[-MOST_WELLS + 1 :]) | {uid: asdict(replace(look, computed=()))}
    path = workspace.paths.folder / _LAST
    try:
        versioned.write(path, FORM.stamped({"wells": kept}), durable=False)
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error


def _left(workspace: Workspace) -> JsonObject:
    try:
        wells = versioned.read(workspace.paths.folder / _LAST).get("wells", {})
    except (OSError, ValueError):
        return {}
    return wells if isinstance(wells, dict) else {}


# ---- files -------------------------------------------------------------------------------------------------


def _folder(workspace: Workspace) -> Path:
    return workspace.paths.folder / "trend-views"


def _listed(folder: Path, origin: str) -> Iterable[tuple[Path, str]]:
    try:
        return [(path, origin) for path in sorted(folder.glob("*.json"))]
    except OSError:
        return []  # a share that is away is no reason to stop


def _to_json(view: TrendView) -> bytes:
    body = {key: value for key, value in asdict(view).items() if key != "origin"}
    return json.dumps(FORM.stamped(body), ensure_ascii=False, indent=1).encode()


def _read(path: Path, origin: str) -> TrendView:
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"> {LARGEST} B")
        body = FORM.current(versioned.read(path))
        words = {key: text_of(body, key) for key in ("name", "lift", "well", "period")}
        if not words["name"].strip():
            raise ValueError("name")
        return TrendView(look=_look(body["look"]), origin=origin, **words)
    except (OSError, ValueError, KeyError) as error:
        raise KnownError("trend_view_damaged", file=str(path), reason=str(error)) from error


def _look(told: Json) -> Look:
    """Raises ValueError for what is none."""
    look = a_part(told, "look")
    pens = tuple(str(pen) for pen in list_of(look, "pens")[:MOST_PENS])
    scales = {pen: pair_of(part_of(look, "scales"), pen) for pen in part_of(look, "scales")}
    if not all(math.isfinite(low) and math.isfinite(high) and low < high for low, high in scales.values()):
        raise ValueError("scales")
    told_heights = part_of(look, "heights")
    heights = {group: needed_number(told_heights, group) for group in told_heights}
    if not all(0.0 < share < 1000.0 for share in heights.values()):
        raise ValueError("heights")
    computed = tuple(built(ComputedPen, pen) for pen in rows_of(look, "computed")[:MOST_PENS])
    for pen in computed:
        if not pen.key.startswith("="):
            raise ValueError(pen.key)
    return Look(pens, scales, heights, computed)
