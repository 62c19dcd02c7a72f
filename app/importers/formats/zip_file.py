"""An archive: every readable member is read as if it had come alone; one archive is one import."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.core.errors import KnownError, Remark
from app.importers.archive_checks import check_archive
from app.importers.base import HEAD, Contents, Importer, Order, Thing, whole
from app.importers.sheets import Sheet


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and path.suffix.lower() not in (".docx", ".pptx", ".odt")


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    archive = check_archive(path, whole(path, stream))
    sheets: list[Sheet] = []
    things: list[Thing] = []
    remarks: list[Remark] = []
    for member in archive.infolist():
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if (
            not member.filename
            or member.filename.endswith("/")
            or name.name.startswith((".", "~$"))
            or "__MACOSX" in name.parts
        ):
            continue
        inside = Path(f"{path.name}/{name}")
        try:
            content = archive.read(member)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
        ) as error:
            raise KnownError("archive_broken", file=str(inside)) from error
        readers = (i for i in order.formats if i.recognises(inside, content[:HEAD]))
        importer = next(readers, None) if content else None
        if (
            importer is None
            or importer.read is None
            or content.startswith(b"PK\x03\x04")
            and importer.key == "zip"
        ):
            remarks.append(("import.member_not_read", {"member": str(name)}))
            continue
        short = {
            key.removeprefix(f"{name} › "): value
            for key, value in order.layouts.items()
            if key.startswith(f"{name} › ")
        }
        found = importer.read(inside, io.BytesIO(content), replace(order, layouts=short))
        sheets += [replace(sheet, name=f"{name} › {sheet.name}", file=str(name)) for sheet in found.sheets]
        things += found.things
        remarks += found.remarks
    if not sheets and not things:
        raise KnownError("archive_nothing", file=str(path))
    return Contents(tuple(sheets), tuple(things), tuple(remarks))


IMPORTER = Importer("zip", (".zip",), recognises, read)
