"""The catalogue of pumps: curves as data (resources/catalogue/esp_pumps.json, source inside). More pumps are
more lines there.
"""

from __future__ import annotations

import difflib
import json
from functools import cache
from typing import Any

import numpy as np

from app.analysis.esp.pump import Curve, curve_of
from app.core.errors import KnownError
from app.core.paths import resources
from app.core.units import DAY_S


@cache
def names() -> tuple[str, ...]:
    """Names of the pumps in the catalogue.

    Returns:
        in its order
    Valid: resources/catalogue/esp_pumps.json; the source of each curve stands there.
    Ours: more pumps are more lines of that file.

    >>> len(names()) > 3
    True
    """
    return tuple(_pumps()["pumps"])


def curve(name: str) -> Curve:
    """The curve of one stage of a pump of the catalogue.

    Args:
        name: spelt in either alphabet; what follows the size (the head) is not needed
    Returns:
        at the catalogue's frequency
    Raises:
        KnownError: pump_unknown, with the nearest names
    Valid: pumps of the catalogue.
    Source: resources/catalogue/esp_pumps.json.

    >>> one = curve(names()[0])
    >>> bool(one.head[-1] < one.head[0])
    True
    """
    wanted = _plain(name)
    found = next((known for known in names() if _plain(known) == wanted), None)
    if found is None:
        # ЭЦН5-125-1300: the size is what counts, the head only tells the number of stages.
        found = next((known for known in names() if wanted.startswith(_plain(known) + "-")), None)
    if found is None:
        near = difflib.get_close_matches(wanted, [_plain(known) for known in names()], 3, 0.4)
        raise KnownError(
            "pump_unknown",
            name=name,
            near=", ".join(n for n in names() if _plain(n) in near) or ", ".join(names()),
        )
    data = _pumps()["pumps"][found]
    return curve_of(
        np.array(data["rate_m3_per_d"]) / DAY_S,
        np.array(data["head_m_per_stage"], float),
        np.array(data["power_w_per_stage"], float),
        np.array(data["efficiency"], float),
        float(_pumps()["frequency_hz"]),
    )


def _plain(name: str) -> str:
    return (
        name.upper()
        .replace(" ", "")
        .translate(str.maketrans("AE", "АЭ"))
        .replace("ESP", "ЭЦН")
        .replace("ЭSP", "ЭЦН")
    )


@cache
def _pumps() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        (resources() / "catalogue" / "esp_pumps.json").read_text(encoding="utf-8")
    )
    return loaded
