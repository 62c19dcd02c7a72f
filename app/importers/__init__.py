"""Every file format. To add one: a file in this folder and one line here; the first that recognises a file reads it."""

from app.core.registry import Registry
from app.importers import card_json, readings_csv, readings_parquet, welltest_json
from app.importers.base import Importer

IMPORTERS: Registry[Importer] = Registry(
    "importer",
    readings_parquet.IMPORTER,
    readings_csv.IMPORTER,
    welltest_json.IMPORTER,
    card_json.IMPORTER,
)
