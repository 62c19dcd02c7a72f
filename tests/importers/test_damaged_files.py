"""Damaged files of every format are read or refused, and never break the reader (`make fuzz`)."""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from app.core.errors import KnownError
from app.core.texts import Speaker
from app.importers import IMPORTERS
from app.importers.base import Contents, Order
from app.importers.opening import Asked, choose, proposal
from app.importers.trial import try_plan
from app.importers.vocabulary import vocabulary
from app.services.imports.words import problem_words, remark_words
from tests.conftest import NOW
from tests.importers.corpus import CASES
from tests.importers.test_arrow_files import TABLE, written
from tests.importers.test_document_words import docx, pdf
from tests.importers.test_markup import HEAD, PRODML, ROW, WITSML_14, WITSML_20, WORKBOOK

ROD_REPORT = "RODSTAR-V  Rod String Design\nTaper  Diameter (in)  Length (ft)\n1  0.875  2000\n"
KEYED = '2026-10-01 08:00:00 INFO well=101, pip=800 psi, state="a, b"'
NAMED = "Time: 2026-10-01 08:00 | Well: 101 | PIP: 800 psi"
POINTS = 'esp,well=101,site=a\\ b pip_psi=800,n=5i,s="x, y" 1790841600000000000\n' * 2
PAGE = f"<html><h1>Сводка</h1><table>{HEAD}{ROW * 3}</table></html>"
_READERS = [importer for importer in IMPORTERS if importer.read is not None]
_SEEDS: dict[str, list[bytes]] = {}


def _seeds(key: str, tmp: Path) -> list[bytes]:
    """Real files of each format, to be damaged."""
    if not _SEEDS:
        for case in CASES:
            path = tmp / case.name
            case.make(path)
            _SEEDS.setdefault(choose(path).key, []).append(path.read_bytes())
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for number, content in enumerate(_SEEDS["text_table"][:3]):
                archive.writestr(f"{number}.csv", content)
        _SEEDS["zip"] = [packed.getvalue()]
        _SEEDS["rod_text"] = [ROD_REPORT.encode()]
        _SEEDS["keyed_log"] = [f"{one}\n{one}".encode() for one in (KEYED, NAMED.replace(" | ", "\n"))]
        _SEEDS["line_protocol"] = [POINTS.encode()]
        _SEEDS["html"] = [PAGE.encode()]
        _SEEDS["xml"] = [text.encode() for text in (WORKBOOK, WITSML_14, WITSML_20, PRODML)]
        _SEEDS["words"] = [pdf(["serial 4711", "b"]), docx("Вал", "сломан"), *_SEEDS["workbook"][:2]]
        _SEEDS["arrow"] = [written(TABLE), written(TABLE, stream=True), written(TABLE, compression="lz4")]
        _SEEDS["packed"] = [gzip.compress(content) for content in _SEEDS["text_table"][:3]]
    return _SEEDS[key]


def _proposed_tried_and_told(path: Path, found: Contents) -> None:
    """What stands in a damaged file is still proposed, decided, taken out and put into words."""
    sheets = tuple(replace(one, table=one.table.slice(0, 60), more=None) for one in found.sheets[:4])
    found = replace(found, sheets=sheets)
    tried = try_plan(path, found, proposal(path, found, Asked()), None, NOW)
    for speaker in (Speaker("ru"), Speaker("en")):
        for problem in tried.problems[:20]:
            problem_words(problem, speaker)
        for code, details in tried.remarks:
            remark_words(tried.kind, code, details, speaker)


@pytest.mark.parametrize("importer", _READERS, ids=[importer.key for importer in _READERS])
def test_any_damage_to_a_file_is_read_or_refused_with_a_known_error(
    importer, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:  # type: ignore[no-untyped-def]
    """`make fuzz` tries 5,000 inputs a reader, and a plan for what comes out of each; `make test` 50."""
    whole = request.config.getoption("--fuzz") > 50
    seeds = _seeds(importer.key, tmp_path_factory.mktemp("seeds"))
    order = Order(vocabulary(), formats=IMPORTERS)

    @settings(
        max_examples=request.config.getoption("--fuzz"),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def attack(data: st.DataObject) -> None:
        content = bytearray(data.draw(st.sampled_from(seeds)))
        for _ in range(data.draw(st.integers(0, 6))):
            place = data.draw(st.integers(0, max(len(content) - 1, 0)))
            what = data.draw(st.sampled_from(("flip", "cut", "insert", "zero", "repeat")))
            if what == "flip" and content:
                content[place] ^= 1 << data.draw(st.integers(0, 7))
            elif what == "cut":
                del content[place : place + data.draw(st.integers(1, 200))]
            elif what == "insert":
                content[place:place] = data.draw(st.binary(max_size=30))
            elif what == "zero":
                content[place : place + 8] = b"\0" * 8
            else:
                content[place:place] = content[place : place + 40] * 3
        path = Path(f"f{''.join(importer.suffixes[:1])}")
        try:
            found = importer.read(path, io.BytesIO(bytes(content)), order)
            for sheet in found.sheets:
                assert sheet.table.num_columns == len(sheet.headers) + 1
                for _ in sheet.more() if sheet.more else ():
                    pass
            if whole:
                _proposed_tried_and_told(path, found)
        except KnownError as error:
            assert error.details.get("file")

    attack()


@pytest.mark.parametrize(("said", "damaged"), [(b"motor", b"m\xedtor"), (b"77", b"\xed\xed")])
def test_names_and_texts_of_parquet_that_are_no_utf8_are_damage(said: bytes, damaged: bytes) -> None:
    out = io.BytesIO()
    parquet.write_table(pa.table({"well": ["77", "78"], "motor": [1.0, 2.0]}), out)
    read = IMPORTERS["parquet"].read
    assert read is not None
    with pytest.raises(KnownError, match="parquet_broken"):
        read(Path("a.parquet"), io.BytesIO(out.getvalue().replace(said, damaged)), Order(vocabulary()))
