"""Writes trained scikit-learn models as plain arrays, which `app/analysis/model_file` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.analysis.network import EACH, ONE_OF_ALL, Layers
from central.learning.model_writing import layers_named, written


def network_of(name: str, pipeline: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what `about` says of it, its arrays): a scaler and a logistic model, a network, or a bag of them."""
    scaler, model = pipeline[0], pipeline[-1]
    voters = [_layers(voter) for voter in getattr(model, "estimators_", [model])]
    arrays = {
        f"{name}.mean": scaler.mean_,
        f"{name}.scale": scaler.scale_,
        **layers_named(name, voters),
    }
    says = ONE_OF_ALL if hasattr(model, "estimators_") else EACH
    return {"voters": len(voters), "layers": len(voters[0]), "says": says}, arrays


def _layers(model: Any) -> Layers:
    if hasattr(model, "coefs_"):
        return tuple(zip(model.coefs_, model.intercepts_, strict=True))
    return ((model.coef_.T, model.intercept_),)


def write(path: Path, networks: dict[str, Any], about: dict[str, Any], arrays: dict[str, Any]) -> None:
    """A model file of pipelines by name, with what else the program must know."""
    told = {name: network_of(name, pipeline) for name, pipeline in networks.items()}
    everything = arrays | {key: array for _, of_one in told.values() for key, array in of_one.items()}
    plain = {key: np.ascontiguousarray(array, np.float64) for key, array in sorted(everything.items())}
    said = about | {"networks": {name: one for name, (one, _) in told.items()}}
    write_arrays(path, said, plain)


def write_arrays(path: Path, about: dict[str, Any], arrays: dict[str, Any]) -> None:
    path.write_bytes(written(about, arrays))
