"""XML: workbooks of Excel 2003, logs in WITSML, production in PRODML. Entities and depth are refused."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, Order, whole
from app.importers.prodml import production_in
from app.importers.sheets import Sheet
from app.importers.spreadsheetml import workbook_in
from app.importers.witsml import logs_in
from app.importers.xml_trees import Element, name_of

DEEPEST = 100
MOST_ELEMENTS = 8_000_000
_KNOWN: dict[str, Callable[[Path, Element, Order], list[Sheet]]] = {
    "workbook": workbook_in,
    "logs": logs_in,
    "log": logs_in,
    "productvolumes": production_in,
    "productvolume": production_in,
}


def recognises(path: Path, head: bytes) -> bool:
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head.replace(b"\0", b"")[2:].lstrip()
    return re.match(rb"<(\?xml\b|!--|!DOCTYPE\b|[A-Za-z_][\w:.-]*[\s>/])", plain) is not None


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    root = _root(path, whole(path, stream))
    reader = _KNOWN.get(name_of(root))
    if reader is None:
        raise KnownError("xml_unknown", file=str(path), root=name_of(root)[:60])
    sheets = reader(path, root, order)
    if not sheets:
        raise KnownError("file_no_rows", file=str(path))
    return Contents(tuple(sheets))


def _root(path: Path, content: bytes) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    root: Element | None = None
    depth = count = 0
    try:
        for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth, count = depth + 1, count + 1
            if depth > DEEPEST or count > MOST_ELEMENTS:
                raise KnownError("xml_too_deep", file=str(path), deepest=DEEPEST, most=MOST_ELEMENTS)
    except DefusedXmlException as error:
        raise KnownError("xml_entities", file=str(path)) from error
    except ElementTree.ParseError as error:
        line, column = error.position
        raise KnownError("xml_broken", file=str(path), line=line, column=column + 1) from error
    except (LookupError, ValueError) as error:  # an encoding that is none
        raise KnownError("xml_broken", file=str(path), line=1, column=1) from error
    if root is None:
        raise KnownError("xml_broken", file=str(path), line=1, column=1)
    return root


IMPORTER = Importer("xml", (".xml",), recognises, read)
