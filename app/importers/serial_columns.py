"""`Зав. № ЭЦН | Зав. № ПЭД`: each column is a row of the run's serial numbers."""

from __future__ import annotations

import numpy as np

from app.importers.rows import Rows
from app.importers.targets import SERIAL_OF


def told(found: Rows) -> None:
    """A row without any number says nothing of them."""
    columns = {SERIAL_OF[key]: found.values.pop(key) for key in SERIAL_OF if key in found.values}
    if not columns:
        return
    gathered = np.empty(len(found.line), object)
    for i in range(len(gathered)):
        each = [
            {"item": item, "serial": str(cells[i]).strip()} for item, cells in columns.items() if cells[i]
        ]
        gathered[i] = [one for one in each if one["serial"]] or None
    found.values["serials"] = gathered
