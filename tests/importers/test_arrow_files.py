"""Feather and Arrow files: read with their own types, or refused with what they are."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import feather

from app.core.errors import KnownError
from app.importers import IMPORTERS
from app.importers.base import Contents, Order
from app.importers.opening import choose_by_head
from app.importers.sheets import MOST_COLUMNS
from app.importers.vocabulary import vocabulary
from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.test_strangers_kinds import PSI, series

__all__ = ["readers_here", "strangers"]

TABLE = pa.table(
    {
        "time": pa.array([datetime(2026, 10, 1, 0, 0), datetime(2026, 10, 1, 0, 1)], pa.timestamp("ns")),
        "well": pa.array(["101", "101"], pa.dictionary(pa.int32(), pa.string())),
        "intake_pressure_psi": [800.0, 801.0],
    }
)


def written(table: pa.Table, *, stream: bool = False, compression: str | None = None) -> bytes:
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    with new(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue()


def read(content: bytes, name: str = "trend.feather") -> Contents:
    importer = choose_by_head(Path(name), content[:65_536])
    assert importer.key == "arrow"
    assert importer.read is not None
    return importer.read(Path(name), io.BytesIO(content), Order(vocabulary(), formats=IMPORTERS))


def refused(content: bytes, name: str = "trend.feather") -> str:
    with pytest.raises(KnownError) as caught:
        read(content, name)
    assert caught.value.details["file"] == name
    return caught.value.code


@pytest.mark.usefixtures("readers_here")
@pytest.mark.parametrize("compression", [None, "lz4", "zstd"])
def test_feather_is_stored_as_its_table_says(
    strangers: Workspace, tmp_path: Path, compression: str | None
) -> None:
    path = tmp_path / "trend.feather"
    feather.write_feather(TABLE, path, compression=compression or "uncompressed")
    found = imported(strangers, path)
    assert not found.refused, found.details
    assert series(found) == [
        ("2026-10-01T00:00:00Z", pytest.approx(800 * PSI, rel=1e-6)),
        ("2026-10-01T00:01:00Z", pytest.approx(801 * PSI, rel=1e-6)),
    ]


def test_files_and_streams_are_told_apart_by_what_they_hold_and_any_name_will_do() -> None:
    for content in (written(TABLE), written(TABLE, stream=True)):
        assert read(content, "trend.arrow").sheets[0].table.num_rows == 2
    assert read(written(TABLE), "trend.dat").sheets[0].headers == tuple(TABLE.column_names)


def test_texts_that_are_views_of_one_buffer_are_texts() -> None:
    views = pa.table({"well": pa.array(["101", "a longer name than fits"], pa.string_view())})
    [sheet] = read(written(views)).sheets
    assert sheet.table.column(0).to_pylist() == ["101", "a longer name than fits"]


def test_what_is_damaged_cut_off_or_of_the_first_version_says_so() -> None:
    content = written(TABLE)
    assert refused(content[: len(content) // 2]) == "arrow_broken"
    assert refused(b"what somebody renamed to Feather") == "arrow_broken"
    assert refused(written(TABLE, stream=True)[:40], "trend.arrows") == "arrow_broken"
    assert refused(b"FEA1" + b"\0" * 60) == "arrow_first_feather"


def test_offsets_that_lead_out_of_their_buffer_are_damage() -> None:
    content = written(pa.table({"well": ["101", "102"]}))
    offsets = b"\0\0\0\0\3\0\0\0\6\0\0\0"
    assert offsets in content
    assert refused(content.replace(offsets, b"\0\0\0\0\3\0\0\0\xff\xff\xff\x7f")) == "arrow_broken"


def test_too_many_columns_are_refused_before_any_row_is_read() -> None:
    wide = pa.table({f"c{i}": [1.0] for i in range(MOST_COLUMNS + 1)})
    assert refused(written(wide, stream=True)[:-1_000]) == "too_many_columns"
