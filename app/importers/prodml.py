"""PRODML product volumes: what each well gave or took in each period, as a table of production."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import KnownError
from app.importers.base import Order
from app.importers.curves import Curve, curves_sheet
from app.importers.sheets import Sheet, refuse_wide
from app.importers.xml_trees import Element, children, first, name_of, text_at

_PRODUCTS = {
    ("production", "oil"): "Oil volume",
    ("production", "water"): "Water volume",
    ("production", "gas"): "Gas volume",
    ("injection", "water"): "Water injected",
    ("injection", "gas"): "Gas injected",
}
_KEYS = ("Well", "Date", "Period")


def production_in(path: Path, root: Element, order: Order) -> list[Sheet]:
    volumes = list(children(root, "productvolume")) or [root]
    rows: dict[tuple[str, str, str], dict[tuple[str, str], str]] = {}
    passed: list[str] = []
    for facility in (one for volume in volumes for one in children(volume, "facility")):
        _take(path, facility, rows, passed)
    if not rows:
        kinds = ", ".join(dict.fromkeys(passed)) or "—"
        raise KnownError("prodml_nothing", file=str(path), there=kinds[:200])
    measures = list(dict.fromkeys(key for values in rows.values() for key in values))
    curves = [*(Curve(key) for key in _KEYS), *(Curve(name, unit) for name, unit in measures)]
    refuse_wide(path, path.stem, len(curves))
    cells = [
        (line, [*key, *(values.get(measure, "") for measure in measures)])
        for line, (key, values) in enumerate(rows.items(), 1)
    ]
    return [curves_sheet(path.stem, curves, cells, "", ())]


def _take(
    path: Path,
    facility: Element,
    rows: dict[tuple[str, str, str], dict[tuple[str, str], str]],
    passed: list[str],
) -> None:
    """Only wells, and of them only whole products: a field's sum, or a well's part that goes to a separator,
    would be counted twice.
    """
    name = first(facility, "name")
    if name is None or name.get("kind", "well").lower() not in ("well", "wellbore"):
        passed.append("" if name is None else f"{name.get('kind')} {name.text}")
        return
    for flow in children(facility, "flow"):
        direction = text_at(flow, "kind").lower() or "production"
        for product in children(flow, "product"):
            fluid = text_at(product, "kind").lower().partition(" ")[0]
            header = _PRODUCTS.get((direction, fluid))
            if header is None:
                passed.append(f"{direction} {fluid}")
                continue
            for period in children(product, "period"):
                found = _volume(period)
                if found is None:
                    continue
                value, unit = found
                at = (name.text or "").strip(), _begin(period), text_at(period, "kind").lower()
                said = rows.setdefault(at, {})
                if said.setdefault((header, unit), value) != value:
                    raise KnownError("prodml_twice", file=str(path), well=at[0], date=at[1], product=header)


def _begin(period: Element) -> str:
    for key in ("date", "dtimstart", "datetime", "datestart", "month"):
        if text := text_at(period, key):
            return text
    return ""


def _volume(period: Element) -> tuple[str, str] | None:
    """(value, unit) of a volume or a mass."""
    for holder in ("volumevalue", "volume", "massvalue", "mass"):
        outer = first(period, holder)
        inner = (
            outer
            if outer is None or len(outer) == 0
            else next((child for child in outer if name_of(child) in ("volume", "mass")), None)
        )
        if inner is not None and (inner.text or "").strip():
            return (inner.text or "").strip(), inner.get("uom", "")
    return None
