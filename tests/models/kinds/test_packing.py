"""The packed column: fields by their path, and what was there before."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.kinds import KINDS
from app.models.kinds.packing import pack, unpack
from app.models.kinds.spec import Field, Kind

KIND = Kind(
    "x",
    "xs",
    "at",
    (
        Field("plain", "", ""),
        Field("pump", "", "", path=("pump", "name")),
        Field("stages", "", "", path=("pump", "curve", "stages")),
        Field("crew", "", "", path=("crew",)),
    ),
    "",
    "",
    packed="body",
)


def test_fields_go_where_their_path_leads() -> None:
    packed = pack(KIND, {"plain": 1, "pump": "ЭЦН-80", "stages": 300, "crew": "5"}, {})
    assert packed == {"pump": {"name": "ЭЦН-80", "curve": {"stages": 300}}, "crew": "5"}


def test_what_no_field_knows_stays() -> None:
    kept = {"pump": {"name": "old", "serial": 7}, "other": [1]}
    packed = pack(KIND, {"pump": "new"}, kept)
    assert packed["pump"]["name"] == "new"
    assert packed["pump"]["serial"] == 7
    assert packed["other"] == [1]


def test_what_was_kept_is_not_changed_itself() -> None:
    kept = {"pump": {"name": "old"}}
    pack(KIND, {"pump": "new"}, kept)
    assert kept == {"pump": {"name": "old"}}


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_field_that_was_emptied_is_gone(nothing: Any) -> None:
    packed = pack(KIND, {"pump": nothing, "crew": nothing}, {"pump": {"name": "old"}, "crew": "5"})
    assert "name" not in packed["pump"]
    assert "crew" not in packed


@pytest.mark.parametrize("something", [0, 0.0, False])
def test_nought_and_no_are_something(something: Any) -> None:
    assert pack(KIND, {"crew": something}, {})["crew"] == something


def test_unpacked_are_the_fields_with_a_path_and_only_they() -> None:
    assert unpack(KIND, {"pump": {"name": "ЭЦН"}, "crew": "5", "plain": 1}) == {
        "pump": "ЭЦН",
        "stages": None,
        "crew": "5",
    }


@pytest.mark.parametrize("packed", [{}, {"pump": "ЭЦН"}, {"pump": None}, {"pump": ["name"]}])
def test_a_path_that_leads_nowhere_is_nothing(packed: dict[str, Any]) -> None:
    assert unpack(KIND, packed) == {"pump": None, "stages": None, "crew": None}


VALUE = st.none() | st.text(min_size=1, max_size=5) | st.integers() | st.booleans()


@given(st.fixed_dictionaries({"pump": VALUE, "stages": VALUE, "crew": VALUE}))
def test_what_is_packed_comes_out_again(values: dict[str, Any]) -> None:
    assert unpack(KIND, pack(KIND, values, {})) == values
    assert unpack(KIND, pack(KIND, values, {"pump": {"name": 1, "curve": {"stages": 2}}})) == values


def test_every_kind_with_paths_has_a_packed_column_and_no_two_fields_share_a_path() -> None:
    for kind in KINDS:
        paths = [field.path for field in kind.fields if field.path]
        assert len(paths) == len(set(paths)), kind.key
        assert bool(paths) <= (kind.packed is not None), kind.key
        for path in paths:
            assert not any(other != path and other[: len(path)] == path for other in paths), (kind.key, path)
