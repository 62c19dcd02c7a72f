"""What the centre makes of a well in the night, as it is told and as it is read again: the same forecast, in
the same words, on a laptop that made its own of what it carries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import cast

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.arps import Decline
from app.analysis.decline.bend import Bent
from app.analysis.forecast.failure import HORIZONS, FailureForecast, Reason
from app.analysis.forecast.features import NAMES
from app.analysis.forecast.outlook import (
    LIMITS,
    CentreForecast,
    DeclineView,
    Drift,
    Forecast,
    OilView,
    RunLife,
)
from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.plain import Json, JsonObject
from app.models.findings import Finding, worst_of
from app.models.made import FORM, read_made, refusal_of
from app.models.sights import Sight
from app.models.store import made as made_store
from app.models.values import (
    Read,
    a_list,
    a_number,
    built,
    needed_number,
    needed_text,
    number_of,
    numbers_of,
    part_of,
    rows_of,
    text_of,
    texts_of,
)
from app.models.wells import Well
from app.services.wells.finding import lasts
from app.services.workspace import Workspace

Floats = NDArray[np.float64]
LEAST, ROUNDING = 1e-300, 1e-6
FARTHEST = 1e30
"""Of any number in a body: beyond it nothing is, and what is reckoned with it overflows."""


def told(
    *,
    made_at: datetime,
    model: str,
    program: str,
    until: datetime | None,
    card: datetime | None = None,
    health: float | None,
    sight: Sight | None,
    not_assessed: KnownError | None,
    findings: list[Finding],
    forecast: Forecast | None,
    refused: KnownError | None,
) -> JsonObject:
    """Of one well, as JSON. A number that is none is null. `card`: when the newest dynamogram was taken."""
    held = (one for one in findings if one.decision != "rejected")
    worst = worst_of(one for one in held if lasts(one, until, card))
    body: JsonObject = {
        "form": FORM,
        "made_at": iso(made_at),
        "model": model,
        "program": program,
        "until": _plain(until),
        "health": _plain(health),
        "sight": _plain(sight),
        "not_assessed": _plain(not_assessed),
        "worst": worst.code if worst else "",
        "severity": worst.severity if worst else "ok",
        "findings": [{key: _plain(getattr(one, key)) for key in _OF_FINDING} for one in findings],
        "forecast": _plain(forecast),
        "refused": _plain(refused),
    }
    return body


_OF_FINDING = ("id", "code", "severity", "confidence", "from_at", "to_at", "decision")
_LEFT: dict[type, tuple[str, ...]] = {RunLife: ("curve", "life")}
"""Curves of all pumps of a kind: every well of it would carry them."""


def _plain(value: object) -> Json:
    if isinstance(value, KnownError):
        return {"code": value.code, "details": {key: _shown(one) for key, one in value.details.items()}}
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, np.ndarray):
        return [_plain(one) for one in value.tolist()]
    if is_dataclass(value):
        left = _LEFT.get(type(value), ())
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name not in left}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else cast(Json, value)


def _shown(detail: object) -> Json:
    """Details fill the places of a sentence."""
    return _plain(detail) if isinstance(detail, bool | int | float | str | list | tuple) else str(detail)


# ---- read again --------------------------------------------------------------------------------------------


def of_centre(workspace: Workspace, well: Well) -> CentreForecast | None:
    """None where the centre has told nothing that this version can read."""
    try:
        body = made_store.body_of(workspace.store, int(well.id))
        return None if body is None else heard(body)
    except (ValueError, TypeError):
        return None


def heard(body: Read) -> CentreForecast:
    """What `told` made. Raises ValueError, TypeError for what nobody can have made."""
    if not _can_be(body):
        raise ValueError("a number that nothing has")
    forecast = _forecast(part_of(body, "forecast"))
    return CentreForecast(read_made(body), forecast, refusal_of(body, "refused"))


def _can_be(body: Read) -> bool:
    """Whether each number is one, and not beyond all that there is: JSON may say NaN and 10**400."""
    left: list[object] = [body]
    while left:
        one = left.pop()
        if isinstance(one, Mapping):
            left += one.values()
        elif isinstance(one, list):
            left += one
        elif isinstance(one, int | float) and not abs(one) <= FARTHEST:
            return False
    return True


def _forecast(body: Read) -> Forecast | None:
    if not body:
        return None
    return Forecast(
        _run_life(part_of(body, "run_life")),
        _failure(part_of(body, "failure")),
        refusal_of(body, "failure_refused"),
        tuple(built(Drift, row) for row in rows_of(body, "drifts") if text_of(row, "sensor") in LIMITS),
        _decline_view(part_of(body, "decline")),
        refusal_of(body, "decline_refused"),
        parse_time(needed_text(body, "at")),
        built(OilView, oil) if (oil := part_of(body, "oil")) else None,
        refusal_of(body, "oil_refused"),
    )


def _run_life(body: Read) -> RunLife:
    return RunLife(
        needed_text(body, "group"),
        None,
        None,
        number_of(body, "days_per_failure"),
        number_of(body, "age_days"),
        {int(days): _three(chances) for days, chances in part_of(body, "by_age").items()},
        refusal_of(body, "refused"),
    )


def _three(chances: Json) -> tuple[float, float, float]:
    middle, low, high = (a_number(one, "by_age") for one in a_list(chances, "by_age"))
    return middle, low, high


def _failure(body: Read) -> FailureForecast | None:
    if not body:
        return None
    chances = part_of(body, "probability")
    return FailureForecast(
        {days: _within(needed_number(chances, str(days)), 0, 1) for days in HORIZONS},
        tuple(built(Reason, row) for row in rows_of(body, "reasons") if text_of(row, "feature") in NAMES),
        tuple(name for name in texts_of(body, "unknown") if name in NAMES),
        needed_text(body, "version"),
    )


def _decline_view(body: Read) -> DeclineView | None:
    if not body:
        return None
    curve, scores = part_of(body, "decline"), part_of(body, "scores")
    bend = part_of(curve, "bent")
    time_us, rate = _row(body, "time_us"), _row(body, "rate")
    if not len(time_us) == len(rate) > 1 or (np.diff(time_us) <= 0).any():
        raise ValueError("time_us")
    return DeclineView(
        time_us.astype(np.int64),
        rate,
        Decline(
            _within(needed_number(curve, "initial_rate"), LEAST, math.inf),
            _within(needed_number(curve, "initial_decline"), LEAST, math.inf),
            _within(needed_number(curve, "b"), 0, 1),
            _square(curve, "covariance") if curve.get("covariance") else None,
            _within(needed_number(curve, "spread"), 0, math.inf),
            Bent(
                _three_of(bend, "slopes"),
                _square(bend, "covariance"),
                _within(needed_number(bend, "variance"), 0, math.inf),
                needed_number(bend, "middle_s"),
                _within(needed_number(bend, "length_s"), LEAST, math.inf),
            )
            if bend
            else None,
        ),
        {kind: needed_number(scores, kind) for kind in scores},
        number_of(body, "jumped"),
    )


def _within(value: float, least: float, most: float) -> float:
    """Raises ValueError for what no curve and no chance can be."""
    if not least <= value <= most:
        raise ValueError(value)
    return value


def _row(body: Read, key: str) -> Floats:
    """Raises ValueError for a row with a gap."""
    row = numbers_of(body, key)
    if None in row:
        raise ValueError(key)
    return np.array(row, float)


def _three_of(body: Read, key: str) -> Floats:
    row = _row(body, key)
    if len(row) != 3:
        raise ValueError(key)
    return row


def _square(body: Read, key: str) -> Floats:
    """A covariance of three. Raises ValueError for what is none."""
    rows = np.array(
        [[a_number(one, key) for one in a_list(row, key)] for row in a_list(body.get(key), key)], float
    )
    if rows.shape != (3, 3):
        raise ValueError(key)
    most = ROUNDING * np.abs(rows).max()
    if np.abs(rows - rows.T).max() > most or np.linalg.eigvalsh((rows + rows.T) / 2).min() < -most:
        raise ValueError(key)
    return rows
