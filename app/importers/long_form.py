"""Production in long form: a row names a fluid and has one value, `101, OIL, 2025-01-01, 201`."""

from __future__ import annotations

from app.importers.numbers import texts_of
from app.importers.sheets import Sheet, column_name
from app.importers.vocabulary import Vocabulary

NAMED_BY = {"sensor", "parameter"}
VOLUMES = {
    "oil_volume",
    "oil_mass",
    "gas_volume",
    "water_volume",
    "liquid_volume",
    "water_injected",
    "gas_injected",
}
MOST_NAMES = 50


def fluids_named(sheet: Sheet, words: Vocabulary) -> list[str]:
    """The fluids that rows are named by; empty where rows are of something else."""
    for index, header in enumerate(sheet.headers):
        if not words.means(header) & NAMED_BY:
            continue
        names = [
            name for name in texts_of(sheet.table.column(column_name(index))).unique().to_pylist() if name
        ]
        if names and len(names) <= MOST_NAMES and all(words.means(name) & VOLUMES for name in names):
            return names
    return []
