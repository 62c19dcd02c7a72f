"""A network over curves: NumPy says what plain loops say, and a file of one is believed in nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis import diagnosis, examples
from app.analysis.cards.figures import analyse
from app.analysis.cards.outline import CURVES, OUTLINE_SIZE, SURFACE_SIZE, outline_row
from app.analysis.curve_network import BLOCK, CurveNetwork
from app.analysis.model_file import ModelFile, read
from app.analysis.model_places import own_place, put_in_force
from app.analysis.network_file import any_network
from app.analysis.ranker import stored_ranker
from app.analysis.ranker_bounds import Region
from app.core.errors import KnownError
from app.models.cards import WellBore
from central.learning.deep import of_simulator, teaching
from central.learning.model_writing import written
from tests.central.learning.curved import CODES, HIDDEN, drawn

NETWORK = drawn()
FILE = read(own_place("card_ranker"))
EVERYWHERE = Region(np.zeros(HIDDEN), np.ones(HIDDEN), np.zeros((1, HIDDEN)), 90.0, 99.0)


def by_loops(network: CurveNetwork, row: np.ndarray) -> np.ndarray:
    """The definition, a number at a time."""
    scaled = (row - network.mean) / network.scale
    seen = [[scaled[place] for place in curve] for curve in network.curves]
    for weights, bias in network.filters[0]:
        steps, width = len(seen[0]), len(weights) // len(seen)
        outs = []
        for out in range(len(bias)):
            places = []
            for step in range(steps):
                total = bias[out]
                for beside in range(width):
                    for channel, curve in enumerate(seen):
                        at = (step + beside - width // 2) % steps
                        total += weights[beside * len(seen) + channel, out] * curve[at]
                places.append(max(0.0, total))
            outs.append([max(places[step : step + 2]) for step in range(0, steps, 2)])
        seen = outs
    values = [curve[place] for place in range(len(seen[0])) for curve in seen]
    values += [scaled[place] for place in network.rest]
    (inner, inner_bias), (last, last_bias) = network.layers[0]
    hidden = np.maximum(0, np.array(values) @ inner + inner_bias)
    grown = np.exp(hidden @ last + last_bias)
    return np.asarray(grown / grown.sum())


def test_it_says_what_loops_say_and_the_same_in_any_company() -> None:
    rows = np.random.default_rng(4).normal(0, 2, (BLOCK + 7, OUTLINE_SIZE))
    said = NETWORK.chances(rows)
    for place in (0, BLOCK - 1, BLOCK, BLOCK + 6):
        assert np.abs(said[place] - by_loops(NETWORK, rows[place])).max() < 1e-12
    assert np.ptp(said[:, 0]) > 0.02
    assert NETWORK.chances(rows[:0]).shape == (0, len(CODES))


def test_voters_are_heard_alike() -> None:
    other = drawn(seed=9)
    both = replace(NETWORK, filters=NETWORK.filters + other.filters, layers=NETWORK.layers + other.layers)
    rows = np.random.default_rng(5).normal(0, 1, (3, OUTLINE_SIZE))
    assert np.allclose(both.chances(rows), (NETWORK.chances(rows) + other.chances(rows)) / 2)


def of_file(path: Path, made: CurveNetwork = NETWORK, region: Region = EVERYWHERE) -> Path:
    file = of_simulator.put_into(FILE, made, region)
    path.write_bytes(written({**file.about, "version": "deep-1"}, file.arrays))
    return path


def test_a_model_file_carries_it_and_the_ranker_asks_it(tmp_path: Path) -> None:
    known = stored_ranker(of_file(tmp_path / "deep.npz"))
    assert isinstance(known.surface_model, CurveNetwork)
    row = outline_row(examples.card())[None]
    assert np.allclose(known.outline_chances(row), NETWORK.chances(row))
    assert known.codes == stored_ranker(own_place("card_ranker")).codes


def test_of_an_outline_like_nothing_taught_no_group_is_named(tmp_path: Path) -> None:
    taken = examples.card().card
    case = diagnosis.case_of(analyse(replace(taken, bore=WellBore())))
    near = of_file(tmp_path / "near.npz")
    assert len(stored_ranker(near).surface_chances([case])[0]) == len(CODES)
    strange = replace(EVERYWHERE, centres=np.full((1, HIDDEN), -6.0), near=1.0, far=1.5)
    far = of_file(tmp_path / "far.npz", region=strange)
    assert stored_ranker(far).surface_chances([case]) == [[]]
    try:
        put_in_force("card_ranker", far)
        said = diagnosis.diagnose_card(case.analysis)
    finally:
        put_in_force("card_ranker", None)
    assert not {code for code, _ in said} & {*CODES}


def test_a_region_of_another_network_is_refused(tmp_path: Path) -> None:
    wide = Region(np.zeros(SURFACE_SIZE), np.ones(SURFACE_SIZE), np.zeros((1, SURFACE_SIZE)), 1.0, 2.0)
    with pytest.raises(KnownError, match="model_foreign"):
        stored_ranker(of_file(tmp_path / "wide.npz", region=wide))


def _array(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    def do(about: dict[str, Any], arrays: dict[str, Any]) -> None:
        arrays[name] = change(arrays[name].copy())

    return do


def _put(value: float) -> Callable[[Any], Any]:
    def do(array: Any) -> Any:
        array.flat[3] = value
        return array

    return do


WRONG: dict[str, Callable[[dict[str, Any], dict[str, Any]], None]] = {
    "another kind": lambda about, arrays: about.update(kind="forest"),
    "filters by the million": lambda about, arrays: about.update(filters=10**6),
    "more filters than places": lambda about, arrays: about.update(filters=7),
    "an input that there is not": _array("surface.curves", _put(OUTLINE_SIZE)),
    "half an input": _array("surface.curves", _put(0.5)),
    "an input before the first": _array("surface.rest", _put(-1)),
    "an odd number of steps": _array("surface.curves", lambda array: array[:, :-1]),
    "an even width": _array("surface.filter.0.0.weights", lambda array: array[: 2 * CURVES]),
    "half a channel": _array("surface.filter.0.1.weights", lambda array: array[:-1]),
    "a bias too many": _array("surface.filter.0.0.bias", lambda array: np.append(array, 0.0)),
    "layers of another width": _array("surface.0.0.weights", lambda array: array[:-1]),
    "a scale of nought": _array("surface.scale", _put(0.0)),
    "inputs of the other kind": _array("surface.mean", lambda array: array[:SURFACE_SIZE]),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_network_with_something_wrong_in_it_is_refused(what: str) -> None:
    about: dict[str, Any] = {**teaching.about(NETWORK)}
    arrays: dict[str, Any] = {**teaching.arrays_of(NETWORK)}
    assert isinstance(_asked(about, arrays), CurveNetwork)
    WRONG[what](about, arrays)
    with pytest.raises(KnownError, match="model_foreign"):
        _asked(about, arrays)


def _asked(about: dict[str, Any], arrays: dict[str, Any]) -> Any:
    file = ModelFile("a.npz", {"networks": {"surface": about}}, arrays)
    return any_network(file, "surface", SURFACE_SIZE, OUTLINE_SIZE, len(CODES))
