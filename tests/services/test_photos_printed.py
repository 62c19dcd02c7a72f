"""Photos of records in a report: upright, small enough, and told where they are not here."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdfium2
import pytest
from PIL import Image

from app.core.ids import new_id
from app.models.records import AttachedFile, Record
from app.models.store import records, versions
from app.services.records import entries
from app.services.reports import files, photos, report
from app.services.workspace import Workspace

TURNED = 0x0112
DAY = timedelta(days=1)


def picture(size: tuple[int, int] = (2400, 1200), turned: int = 1) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[TURNED] = turned
    Image.new("RGB", size, "#B34700").save(out, "JPEG", exif=exif)
    return out.getvalue()


def teardown(workspace: Workspace, *contents: bytes, name: str = "вал.jpg") -> Record:
    values = {"item": "motor", "conclusion": "Слом вала"}
    record = Record(new_id(), "teardown", 1, workspace.clock() - DAY, None, dict(values))
    return entries.save_record(workspace, record, tuple((name, content) for content in contents))


def printed(workspace: Workspace) -> tuple[int, str]:
    well = records.wells(workspace.store)[0]
    until = workspace.clock()
    order = report.order(workspace, [well], "well", since=until - 30 * DAY, until=until)
    content, _ = files.pdf_bytes(workspace, order)
    document = pypdfium2.PdfDocument(content)
    count, words = 0, []
    for page in document:
        count += sum(1 for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        words.append(page.get_textpage().get_text_bounded())
    document.close()
    return count, " ".join(" ".join(words).split())


@pytest.mark.slow
def test_photos_of_a_teardown_are_printed_with_what_was_found(workspace: Workspace) -> None:
    teardown(workspace, picture(), picture((800, 1600)), b"no picture at all")
    count, words = printed(workspace)
    assert count == 2
    assert "Слом вала" in words
    assert "Не напечатано: 1" in words


def test_a_photo_is_turned_as_the_camera_was_held_and_made_small(workspace: Workspace) -> None:
    record = teardown(workspace, picture(turned=6))
    (file,) = versions.attached(workspace.store, 1)[record.id]
    content = photos.for_paper(workspace, file)
    assert content is not None
    with Image.open(io.BytesIO(content)) as made:
        assert made.height > made.width, "it was held upright"
        assert max(made.size) <= max(photos.ON_PAPER)
        assert not made.getexif(), "where and when it was taken is nobody's business on paper"


def test_a_photo_of_another_laptop_is_not_there(workspace: Workspace) -> None:
    assert photos.for_paper(workspace, AttachedFile("r", "0" * 64, "a.jpg", 10)) is None


def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "PIXELS", 1000)
    with pytest.raises(ValueError, match="2400×1200"):
        photos.shrunk(picture(), (100, 100))
