"""Well tests of a known truth: named, fitted, bounded or refused; never wrong in silence."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from app.analysis.transient.interpret import Interpretation
from app.importers.welltest_json import test_from as read
from app.services.wells.well_tests import analyse
from tests.conftest import shared_file

MD = 9.869233e-16


@lru_cache
def truth(name: str) -> tuple[dict[str, Any], Interpretation]:
    file = shared_file(f"data/truth-cases/syn_{name}.json")
    answer, found = analyse(read(json.loads(file.read_text()), Path(file.name)))
    assert found is not None
    return answer, found


def remarks(name: str) -> set[str]:
    return {remark["code"] for remark in truth(name)[0]["quality"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "model", "k_md", "skin", "others"),
    [
        ("hom_BU", "homogeneous", 50, 4.0, {}),
        ("fault_BU_L_60_m", "fault", 50, 4.0, {"fault_distance_m": 60.0}),
        (
            "dual_por_BU",
            "double_pseudo_steady",
            50,
            2.0,
            {"storativity_ratio": 0.08, "interporosity_flow": 2e-6},
        ),
        ("frac_BU_xf_60_m", "fracture_infinite", 5, None, {"fracture_half_length_m": 60.0}),
        ("closed_DD_re_200_m", "circle", 50, 4.0, {"boundary_radius_m": 200.0}),
    ],
)
def test_a_known_truth_comes_out_with_its_model(
    name: str, model: str, k_md: float, skin: float | None, others: dict[str, float]
) -> None:
    answer, _ = truth(name)
    assert answer["match"]["model"] == model
    assert answer["permeability_m2"] / MD == pytest.approx(k_md, rel=0.01)
    if skin is not None:
        assert answer["skin"] == pytest.approx(skin, abs=0.05)
    for key, value in others.items():
        assert answer["match"]["parameters"][key] == pytest.approx(value, rel=0.02)
    low, high = answer["match"]["permeability_interval_m2"]
    assert 0.97 * low / MD <= k_md <= 1.03 * high / MD
    assert not answer["rivals"], "nothing else is as near"


@pytest.mark.slow
def test_where_storage_dominates_to_the_end_k_is_not_determined() -> None:
    answer, found = truth("storage_only_BU")
    assert answer["permeability_m2"] is None
    assert answer["skin"] is None
    assert found.by == "nobody"
    assert answer["permeability_upper_bound_m2"] >= 5 * MD
    assert any(code.startswith("no_radial_flow") for code in remarks("storage_only_BU"))


@pytest.mark.slow
def test_regimes_are_named_before_any_model() -> None:
    names = {name: [one["name"] for one in truth(name)[0]["regimes"]] for name in ("hom_BU", "dual_por_BU")}
    assert names["hom_BU"] == ["storage", "radial"]
    assert "valley" in names["dual_por_BU"]
    assert truth("closed_DD_re_200_m")[1].regimes[-1].name == "closed"
    assert "linear" in [one.name for one in truth("frac_BU_xf_60_m")[1].regimes]


def test_that_more_than_a_plain_well_is_seen_is_said() -> None:
    assert "model_chosen" in remarks("fault_BU_L_60_m")
    assert "model_chosen" not in remarks("hom_BU")
