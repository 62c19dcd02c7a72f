"""Model files: NumPy says what scikit-learn says, and a file from somebody else is believed in nothing."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis import model_file
from app.analysis.forecast.failure import HORIZONS, FailureModel, failure_model
from app.analysis.network_file import network
from app.core.errors import KnownError
from app.core.paths import resources
from tools import model_export

SHIPPED = resources() / "models" / "esp_failure.npz"
Arrays = dict[str, Any]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cards", "surface", "days"])
def test_the_exported_arrays_say_what_scikit_learn_says(name: str, tmp_path: Path) -> None:
    from tools import surface_groups, train_failure, train_ranker

    rng = np.random.default_rng(11)
    rows = rng.normal(3.0, 5.0, (240, 7))
    truth = {
        "cards": (rows[:, :4] > 3).astype(int),
        "surface": rng.choice(["sand", "flowing", "full_pump"], 240),
        "days": rows[:, 0] > 4,
    }[name]
    made = {
        "cards": train_ranker.pump_cards,
        "surface": surface_groups.outlines,
        "days": train_failure.logistic,
    }
    pipeline = made[name]()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that so few rows teach it little
        pipeline.fit(rows, truth)
    asked = rng.normal(3.0, 50.0, (300, 7))
    theirs = pipeline.predict_proba(asked)
    theirs = theirs[:, 1:] if name == "days" else theirs
    model_export.write(tmp_path / "a.npz", {name: pipeline}, {}, {})
    ours = network(model_file.read(tmp_path / "a.npz"), name, 7, theirs.shape[1]).chances(asked)
    assert np.abs(ours - theirs).max() < 1e-12
    assert np.ptp(theirs) > 0.5


def test_the_same_training_makes_the_same_file(tmp_path: Path) -> None:
    file = model_file.read(SHIPPED)
    model_export.write_arrays(tmp_path / "a.npz", file.about, file.arrays)
    assert (tmp_path / "a.npz").read_bytes() == SHIPPED.read_bytes()


def _changed(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any], Arrays], None]:
    def do(about: dict[str, Any], arrays: Arrays) -> None:
        arrays[name] = change(arrays[name].copy())

    return do


def _put(place: Any, value: float) -> Callable[[Any], Any]:
    def do(array: Any) -> Any:
        array[place] = value
        return array

    return do


WEIGHTS = "days_30.0.0.weights"
WRONG: dict[str, Callable[[dict[str, Any], Arrays], Any]] = {
    "a number that is none": _changed(WEIGHTS, _put(0, np.nan)),
    "without end": _changed(WEIGHTS, _put(0, np.inf)),
    "beyond all measure": _changed(WEIGHTS, _put(0, 1e300)),
    "a scale of nought": _changed("days_30.scale", _put(3, 0.0)),
    "a negative scale": _changed("days_30.scale", _put(3, -1.0)),
    "too few inputs": _changed(WEIGHTS, lambda array: array[:-1]),
    "two outputs": _changed(WEIGHTS, lambda array: np.hstack([array, array])),
    "an axis more": _changed("days_30.mean", lambda array: array[None]),
    "an array missing": lambda about, arrays: arrays.pop(WEIGHTS),
    "chances above one": _changed("days_7.calibration", _put((1, -1), 1.5)),
    "chances that fall": _changed("days_7.calibration", lambda array: array[:, ::-1]),
    "no version": lambda about, arrays: about.pop("version"),
    "a long version": lambda about, arrays: about.update(version="v" * 51),
    "no networks": lambda about, arrays: about.update(networks=[]),
    "layers by the million": lambda about, arrays: about["networks"]["days_7"].update(layers=10**6),
    "voters by truth": lambda about, arrays: about["networks"]["days_7"].update(voters=True),
    "another voice": lambda about, arrays: about["networks"]["days_7"].update(says="shouts"),
    "features that are no list": lambda about, arrays: about.update(features="age_days"),
    "a feature twice": lambda about, arrays: about.update(features=["age_days", "age_days"]),
    "no summary": lambda about, arrays: about.update(summary=None),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_model_with_something_wrong_in_it_is_refused(what: str, tmp_path: Path) -> None:
    file = model_file.read(SHIPPED)
    about, arrays = {**file.about, "networks": {k: dict(v) for k, v in file.about["networks"].items()}}, {}
    arrays.update(file.arrays)
    WRONG[what](about, arrays)
    model_export.write_arrays(tmp_path / "wrong.npz", about, arrays)
    with pytest.raises(KnownError, match="model_foreign"):
        failure_model(tmp_path / "wrong.npz")


def _packed(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr("about.json" if name == "about" else f"{name}.npy", content)
    return stream.getvalue()


def _npy(array: Any, **how: Any) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, **how)
    return stream.getvalue()


ABOUT = b'{"format": 2}'
TERABYTES = _npy(np.zeros((1000, 1000)))[:128].replace(b"(1000, 1000)", b"(9999999999)") + bytes(64)
FOREIGN = {
    "no archive": b"not a model",
    "nothing": b"",
    "no about": _packed(a=_npy(np.zeros(2))),
    "about that is no JSON": _packed(about=b"{"),
    "about that is a list": _packed(about=b"[]"),
    "about nested without end": _packed(about=b"[" * 100_000),
    "about that is no text": _packed(about=b"\xff\xfe\xff"),
    "no sum": _packed(about=ABOUT, a=_npy(np.zeros(2))),
    "a pickle": _packed(about=ABOUT, a=_npy(np.array([{}], object), allow_pickle=True)),
    "small numbers": _packed(about=ABOUT, a=_npy(np.zeros(2, np.float32))),
    "by columns": _packed(about=ABOUT, a=_npy(np.asfortranarray(np.ones((2, 3))))),
    "terabytes in a header": _packed(about=ABOUT, a=TERABYTES),
    "more than it says": _packed(about=ABOUT, a=_npy(np.zeros(2)) + b"more"),
    "a bomb": _packed(about=ABOUT, a=bytes(model_file.MOST_BYTES + 1)),
    "a thousand arrays": _packed(about=ABOUT, **{f"a{n}": b"" for n in range(1000)}),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_file_that_is_no_model_is_refused(what: str, tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(FOREIGN[what])
    with pytest.raises(KnownError, match="model_foreign"):
        model_file.read(tmp_path / "a.npz")


def test_another_way_of_packing_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.npz", "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("about.json", ABOUT)
    with pytest.raises(KnownError, match="model_foreign"):
        model_file.read(tmp_path / "a.npz")


def test_a_file_of_an_earlier_or_later_form_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(_packed(about=b'{"format": 3}'))
    with pytest.raises(KnownError, match="model_features"):
        model_file.read(tmp_path / "a.npz")


def test_a_byte_changed_anywhere_is_found_or_harmless(tmp_path: Path) -> None:
    whole, rng = SHIPPED.read_bytes(), random.Random(5)
    sound, path = _arrays(failure_model()), tmp_path / "a.npz"
    refused = 0
    for _ in range(100):
        damaged = bytearray(whole)
        damaged[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged[: rng.choice((len(whole), len(whole), rng.randrange(len(whole))))])
        failure_model.cache_clear()
        try:
            assert _arrays(failure_model(path)) == sound
        except KnownError:
            refused += 1
    failure_model.cache_clear()
    assert refused > 60


def _arrays(model: FailureModel) -> bytes:
    parts = [
        *(model.models[days].voters[0][0][0].tobytes() for days in HORIZONS),
        *(model.models[days].scale.tobytes() for days in HORIZONS),
    ]
    return b"".join(parts)
