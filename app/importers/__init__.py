"""Every file format. To add one: a file in `formats` and one line here; the first that recognises a file
reads it.
"""

from app.core.registry import Registry
from app.importers.base import Importer
from app.importers.formats import (
    attachment,
    dbf_file,
    json_file,
    las_file,
    parquet_file,
    text_table,
    workbook,
    zip_file,
)

IMPORTERS: Registry[Importer] = Registry(
    "importer",
    attachment.IMPORTER,
    parquet_file.IMPORTER,
    workbook.IMPORTER,
    zip_file.IMPORTER,
    las_file.IMPORTER,
    dbf_file.IMPORTER,
    json_file.IMPORTER,
    text_table.IMPORTER,
)
