"""`wellside catalogue`: equipment without a window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

PUMP = {
    "source": "passport",
    "frequency_hz": 50,
    "rate_m3_per_d": [0, 40, 80, 120],
    "head_m_per_stage": [6, 5.5, 4, 0.2],
    "efficiency": [0, 0.45, 0.5, 0.05],
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WELLSIDE_SITE", str(tmp_path / "site.json"))
    return tmp_path / "profile" / "cache.duckdb"


def test_the_list_names_every_entry_of_a_kind(said: Callable[..., Said], store: Path) -> None:
    code, out, errors = said("catalogue", "list", "--kind", "rods", "--store", store)
    assert (code, errors) == (0, "")
    assert "ШН19" in out
    assert len(out.splitlines()) >= 11
    code, out, _ = said("catalogue", "list", "--json", "--store", store)
    entries = json.loads(out)
    assert {one["kind"] for one in entries} >= {"pumping_units", "esp_pumps", "casing"}
    assert not any(one["own"] for one in entries)
    assert not store.parent.exists(), "a list makes no profile"


def test_a_unit_is_shown_with_its_strokes_and_its_source(said: Callable[..., Said], store: Path) -> None:
    code, out, _ = said("catalogue", "show", "С-228-213-86", "--store", store)
    assert code == 0
    assert "C-228D-213-86" in out
    assert "2.24" in out
    assert "Guo" in out
    code, out, _ = said("catalogue", "show", "С-228-213-86", "--json", "--store", store)
    told = json.loads(out)
    assert told["kind"] == "pumping_units"
    assert told["stroke_m"] == pytest.approx(86 * 0.0254, abs=1e-4)
    code, _, errors = said("catalogue", "show", "C-228-213-87", "--store", store)
    assert code == 1
    assert "C-228D-213-86" in errors


@pytest.mark.parametrize(
    "name", ["ШН19", "D", "2.875-6.40", "ОК 146х7,7", "N80", "ЭЦН5-125", "AWG 4 PP", "ПЭДН32-117-1000"]
)
def test_every_kind_is_shown_in_words(said: Callable[..., Said], store: Path, name: str) -> None:
    code, out, errors = said("catalogue", "show", name, "--store", store)
    assert (code, errors) == (0, "")
    assert "catalogue." not in out
    assert "?" not in out


def test_what_is_added_is_listed_used_and_shared(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ours.json"
    file.write_text(json.dumps({"catalogue": 1, "esp_pumps": {"ЭЦН9-77": PUMP}}), encoding="utf-8")
    code, out, _ = said("catalogue", "add", file, "--store", store)
    assert code == 0
    assert "ЭЦН9-77" in out
    code, out, _ = said("catalogue", "show", "эцн9-77", "--store", store)
    assert str(store.parent / "catalogue.json") in out
    code, out, _ = said("catalogue", "share", tmp_path / "to.json", "--store", store)
    assert code == 0
    assert json.loads((tmp_path / "to.json").read_text(encoding="utf-8"))["esp_pumps"]["ЭЦН9-77"] == PUMP


def test_a_wrong_entry_is_one_line_with_its_place(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ours.json"
    body = {"catalogue": 1, "esp_pumps": {"ЭЦН9-77": PUMP | {"frequency_hz": 0.05}}}
    file.write_text(json.dumps(body), encoding="utf-8")
    code, out, errors = said("catalogue", "add", file, "--store", store)
    assert (code, out) == (1, "")
    assert all(part in errors for part in (str(file), "ЭЦН9-77", "frequency_hz", "0.05"))
    assert not (store.parent / "catalogue.json").exists()
