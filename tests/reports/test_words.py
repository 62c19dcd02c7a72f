"""Words for people: no code of the program in a sentence, whatever is missing and whatever is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.core.texts import Speaker, catalogue
from app.reports.wording import remark_line
from tests.core.test_core import codes_in_source
from tests.plain_words import raw_codes

TELL_WHAT_TO_TYPE = {
    "cell.liquid_density",
    "cell.rod_order",
    "cell.since_when",
    "error.card_units",
    "error.centre_address",
    "error.clock_went_back",
    "error.date_order",
    "error.day_count",
    "error.gas_unit",
    "error.header_missing",
    "error.liquid_density",
    "error.liquid_or_oil",
    "error.no_sensor_column",
    "error.oracle_refused",
    "error.pressure_unit",
    "error.regime_only_equipment",
    "error.rod_order",
    "error.since_when",
    "error.stream_address",
    "error.twin_sheets",
    "error.twin_values",
    "error.unnamed_units",
    "error.wells_view",
    "error.wells_view_address",
    "import.clock_differs",
    "import.column_copied",
    "import.column_rollover",
    "import.column_unit",
    "import.column_unit_against",
    "import.column_unit_beside",
    "import.column_unit_rare",
    "import.column_unit_shaken",
    "import.column_unit_work",
    "import.columns_swapped",
    "import.kinematic_left_out",
    "import.regime_equipment",
    "import.rows_hidden",
    "import.unit_suspect",
}
"""An option, a column, an address, a name for whoever runs a database: written as it must be entered."""

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_whatever_can_be_missing_is_called_by_its_name_and_not_by_its_path(language: str) -> None:
    speaker = Speaker(language)
    given = re.compile(r'"input": f?"([^"]+)"')
    inputs = codes_in_source("_missing") | {
        path.replace("{sensor}", "intake_pressure")
        for file in (ROOT / "app").rglob("*.py")
        for path in given.findall(file.read_text(encoding="utf-8"))
    }
    measures = codes_in_source("_missing", 1)
    assert len(inputs) > 10
    for path in inputs:
        said = remark_line("missing_input", {"input": path, "measure": "fillage"}, speaker)
        assert not raw_codes(said), said
    for measure in measures:
        assert not raw_codes(remark_line("missing_input", {"input": "rods", "measure": measure}, speaker))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_sentence_speaks_in_codes(language: str) -> None:
    places = re.compile(r"\{[^}]*\}")
    found = {key: raw_codes(places.sub("", text)) for key, text in catalogue(language).items()}
    assert {key for key, codes in found.items() if codes} <= TELL_WHAT_TO_TYPE
