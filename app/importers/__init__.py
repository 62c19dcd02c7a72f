"""Every file format. To add one: a file in `formats` and one line here; the first that recognises a file
reads it. Plug-ins are asked before ours: what IT has allowed knows its own files best.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.core import plugins
from app.core.registry import Registry
from app.importers.base import Importer
from app.importers.formats import (
    arrow_file,
    attachment,
    dbf_file,
    document_words,
    html_file,
    json_file,
    keyed_log,
    las_file,
    line_protocol,
    packed_file,
    parquet_file,
    rod_text,
    text_table,
    workbook,
    xml_file,
    zip_file,
)

_OURS = (
    attachment.IMPORTER,
    parquet_file.IMPORTER,
    arrow_file.IMPORTER,
    workbook.IMPORTER,
    zip_file.IMPORTER,
    packed_file.IMPORTER,
    las_file.IMPORTER,
    dbf_file.IMPORTER,
    line_protocol.IMPORTER,
    keyed_log.IMPORTER,
    json_file.IMPORTER,
    html_file.IMPORTER,
    xml_file.IMPORTER,
    rod_text.IMPORTER,
    text_table.IMPORTER,
    document_words.IMPORTER,
)


def _refuse(importer: Importer, others: Sequence[Importer]) -> str:
    taken = importer.key in {one.key for one in (*_OURS, *others)}
    return f"there is an importer {importer.key} already" if taken else ""


IMPORTERS: Registry[Importer] = Registry(
    "importer", *plugins.extras("wellside.importers", Importer, _refuse), *_OURS
)
