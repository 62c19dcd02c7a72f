"""WITSML logs, 1.3 and 1.4 (`logs`) and 2.0 (`Log`): each log, or set of channels, is a sheet."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from app.core.errors import KnownError
from app.importers.base import Order
from app.importers.curves import Curve, curves_sheet
from app.importers.sheets import Sheet, refuse_wide
from app.importers.xml_trees import Element, children, first, name_of, text_at, texts_at

TIME = "Time"
"""What the index of a log by date and time is called here."""


def logs_in(path: Path, root: Element, order: Order) -> list[Sheet]:
    logs = list(children(root, "log")) if name_of(root) == "logs" else [root]
    found: list[Sheet] = []
    for log in logs:
        sets = list(children(log, "channelset"))
        found += [_of_channels(path, log, one, len(found)) for one in sets] or [
            _of_curves(path, log, len(found))
        ]
    return [sheet for sheet in found if sheet.table.num_rows]


def _name(path: Path, number: int) -> str:
    return path.stem if number == 0 else f"{path.stem} ({number + 1})"


# ---- 1.3 and 1.4 -------------------------------------------------------------------------------------------


def _of_curves(path: Path, log: Element, number: int) -> Sheet:
    data = first(log, "logdata")
    infos = list(children(log, "logcurveinfo"))
    abouts = {_mnemonic(info): info for info in infos}
    order = text_at(data, "mnemoniclist").split(",") if data is not None else []
    names = [name.strip() for name in order] if any(order) else [_mnemonic(info) for info in _in_order(infos)]
    units = [unit.strip() for unit in text_at(data, "unitlist").split(",")] if data is not None else []
    timed = _index_of_times(log, names)
    curves = [
        Curve(
            name,
            (units[i] if i < len(units) else "") or (text_at(abouts[name], "unit") if name in abouts else ""),
            TIME if name == timed else text_at(abouts[name], "curvedescription") if name in abouts else "",
            text_at(abouts[name], "nullvalue") if name in abouts else "",
        )
        for i, name in enumerate(names)
    ]
    if not curves:
        raise KnownError("xml_missing", file=str(path), element="mnemonicList")
    refuse_wide(path, _name(path, number), len(curves))
    rows = []
    mark = (text_at(log, "datadelimiter") or ",")[:1]
    for line, text in enumerate(texts_at(data, "data") if data is not None else [], 1):
        cells = [cell.strip() for cell in next(csv.reader([text], delimiter=mark), [])]
        if len(cells) != len(curves):
            raise KnownError(
                "las_row", file=str(path), line=line, expected=len(curves), actual=len(cells), text=text[:80]
            )
        rows.append((line, cells))
    return curves_sheet(_name(path, number), curves, rows, text_at(log, "nullvalue"), _above(log))


def _index_of_times(log: Element, names: list[str]) -> str:
    """The curve that the log says is its moments, whatever it is called."""
    by_time = " ".join(text_at(log, "indextype").lower().split()) in ("date time", "datetime")
    return text_at(log, "indexcurve") if by_time and text_at(log, "indexcurve") in names else ""


def _mnemonic(info: Element) -> str:
    return text_at(info, "mnemonic") or info.get("uid", "")


def _in_order(infos: list[Element]) -> list[Element]:
    """1.3 says in each curve which column it is."""
    said = [text_at(info, "columnindex") for info in infos]
    return (
        [info for _, info in sorted(zip(map(int, said), infos, strict=True), key=lambda pair: pair[0])]
        if all(text.isdecimal() and len(text) < 6 for text in said)
        else infos
    )


def _above(log: Element) -> tuple[tuple[str, ...], ...]:
    well = text_at(log, "namewell") or text_at(log, "wellbore", "title") or text_at(log, "well", "title")
    titles = [f"Well: {well}" if well else "", text_at(log, "name"), text_at(log, "citation", "title")]
    return tuple((title,) for title in titles if title)


# ---- 2.0 ---------------------------------------------------------------------------------------------------


def _of_channels(path: Path, log: Element, channels: Element, number: int) -> Sheet:
    columns = [*children(channels, "index"), *children(channels, "channel")]
    curves = [
        Curve(text_at(c, "mnemonic"), text_at(c, "uom"), text_at(c, "citation", "title")) for c in columns
    ]
    refuse_wide(path, _name(path, number), len(curves))
    text = text_at(channels, "data", "data")
    try:
        steps = json.loads(text) if text else []
        rows = [(line, _flat(step)) for line, step in enumerate(steps, 1)]
    except (ValueError, TypeError, RecursionError) as error:
        raise KnownError("xml_missing", file=str(path), element="ChannelSet/Data") from error
    for line, cells in rows:
        if len(cells) != len(curves):
            raise KnownError(
                "las_row",
                file=str(path),
                line=line,
                expected=len(curves),
                actual=len(cells),
                text=str(cells)[:80],
            )
    return curves_sheet(_name(path, number), curves, rows, text_at(channels, "nullvalue"), _above(log))


def _flat(step: list[object]) -> list[str]:
    """`[[time], [800, 200]]` → cells; a channel with qualities of its own gives its value only."""
    cells: list[str] = []
    for part in step:
        for value in part if isinstance(part, list) else [part]:
            while isinstance(value, list):
                value = value[0] if value else None
            cells.append("" if value is None else str(value))
    return cells
