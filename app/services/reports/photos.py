"""Photos of the journal as paper needs them: upright, and no larger than they are printed."""

from __future__ import annotations

import io

from app.core.errors import KnownError
from app.models.records import AttachedFile
from app.services.workspace import Workspace

LARGEST, PIXELS = 60 * 2**20, 120_000_000
ON_PAPER = (1400, 1050)
"""Half a page wide at 300 dpi."""
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")


def for_paper(workspace: Workspace, file: AttachedFile) -> bytes | None:
    """A JPEG; None for one that is on another laptop only, and for what is no picture."""
    if file.size > LARGEST or not workspace.journal.blobs.has(file.sha256):
        return None
    try:
        return shrunk(workspace.journal.blobs.read(file.sha256), ON_PAPER)
    except (KnownError, OSError, ValueError, SyntaxError):
        return None


def shrunk(content: bytes, largest: tuple[int, int]) -> bytes:
    """Not larger than that [pixels], as the camera was held; without what the camera wrote beside it. Raises
    OSError or ValueError for what is no picture, or too large a one.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > PIXELS:
            raise ValueError(f"{picture.width}×{picture.height}")
        picture.draft("RGB", largest)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail(largest)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
