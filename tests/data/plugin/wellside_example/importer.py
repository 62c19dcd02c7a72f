"""The dosing pump's own files: `well|time|litres a day`."""

from pathlib import Path
from typing import BinaryIO

from app.importers.base import Contents, Importer, Order, whole
from app.importers.grid import sheet_of


def recognises(path: Path, head: bytes) -> bool:
    return path.suffix.lower() == ".dose" and head.startswith(b"DOSE1")


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    lines = whole(path, stream).decode("utf-8").splitlines()[1:]
    rows = [["Скважина", "Время", "Расход реагента, м3/сут"], *(line.split("|") for line in lines)]
    found = sheet_of(path, path.stem, rows, order.words, order.layouts.get(path.stem))
    return Contents(() if found is None else (found,))


IMPORTER = Importer("dose", (".dose",), recognises, read)
