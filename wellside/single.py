"""One dynamogram or one well test, analysed: no profile is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.analysis.cards.figures import analyse as analyse_card
from app.core.texts import Speaker
from app.importers.card_json import card_from, read_card
from app.importers.welltest_json import read_test, test_from
from app.models.values import part_of, rows_of, text_of
from app.reports.wording import remark_line
from app.services.diagnosis.cards import answer
from app.services.wells.well_tests import analyse as analyse_test
from wellside.errors import explained
from wellside.frames import Manner
from wellside.quantities import figure_of

if TYPE_CHECKING:
    import pandas as pd

_GIVEN = Path("the given mapping")


@dataclass(frozen=True)
class CardResult:
    """`measures`: a row each figure (value, unit), NaN where it cannot be had. `surface`, `pump`: position
    and load, `pump` None without rods. `findings`: code, words, confidence. `remarks`: what was repaired in
    the record or is missing. `raw`: the stable JSON of `wellside card`.
    """

    measures: pd.DataFrame
    surface: pd.DataFrame
    pump: pd.DataFrame | None
    findings: pd.DataFrame
    remarks: list[str]
    raw: dict[str, Any]


@dataclass(frozen=True)
class WellTestResult:
    """`measures` as of a card; `derivative`: time and Bourdet's derivative; `raw`: the JSON of `wellside
    welltest`.
    """

    measures: pd.DataFrame
    derivative: pd.DataFrame | None
    remarks: list[str]
    raw: dict[str, Any]


@explained
def card(source: str | Path | Mapping[str, Any], *, units: str = "si") -> CardResult:
    """A dynamogram in our JSON: a file, or the mapping that such a file holds. Raises Error."""
    given = card_from(dict(source), _GIVEN) if isinstance(source, Mapping) else read_card(Path(source))
    analysis = analyse_card(given)
    raw, manner, speaker = answer(analysis), Manner(units), Speaker("en")
    found = rows_of(raw, "findings")
    findings = manner.frame(
        {
            "code": [one["code"] for one in found],
            "words": [speaker.say(f"finding.{one['code']}") for one in found],
            "severity": [one["severity"] for one in found],
            "confidence": [one["confidence"] for one in found],
        },
        {},
    )
    pump = part_of(raw, "pump_card")
    return CardResult(
        _measures(part_of(raw, "measures"), manner),
        _curve(given.position_m, given.load_n, manner),
        None if not pump else _curve(pump["position_m"], pump["load_n"], manner),
        findings,
        _said(rows_of(raw, "quality"), speaker),
        raw,
    )


@explained
def welltest(source: str | Path | Mapping[str, Any], *, units: str = "si") -> WellTestResult:
    """A build-up, drawdown, level rise or inflow test in our JSON: a file or its mapping. Raises Error."""
    given = test_from(dict(source), _GIVEN) if isinstance(source, Mapping) else read_test(Path(source))
    raw, _ = analyse_test(given)
    manner, derivative = Manner(units), part_of(raw, "derivative")
    curve = None
    if derivative:
        curve = manner.frame(
            {"time": derivative["time_s"], "derivative": derivative["value_pa"]},
            {"time": "seconds", "derivative": "pressure"},
        )
    return WellTestResult(_measures(raw, manner), curve, _said(rows_of(raw, "quality"), Speaker("en")), raw)


def _curve(position_m: Any, load_n: Any, manner: Manner) -> pd.DataFrame:
    return manner.frame({"position": position_m, "load": load_n}, {"position": "length", "load": "load"})


def _measures(raw: Mapping[str, Any], manner: Manner) -> pd.DataFrame:
    """The plain figures; what is nested (rods, gearbox, match) stays in `raw`."""
    import pandas as pd

    values: dict[str, float] = {}
    units: dict[str, str] = {}
    for key, value in raw.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            continue
        figure = figure_of(key)
        unit = manner.unit(figure.quantity)
        values[figure.name] = float("nan") if value is None else float(unit.from_si(value * figure.si))
        units[figure.name] = unit.en
    frame = pd.DataFrame(
        {"value": pd.Series(values, dtype="float64"), "unit": pd.Series(units, dtype=object)}
    )
    frame.index.name = "figure"
    frame.attrs["units"] = units
    return frame


def _said(remarks: list[dict[str, Any]], speaker: Speaker) -> list[str]:
    return [remark_line(text_of(one, "code"), part_of(one, "detail"), speaker) for one in remarks]
