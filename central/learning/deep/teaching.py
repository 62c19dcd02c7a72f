"""A network over curves from the centre's side: rows go to PyTorch's own environment in a file of plain
arrays, and the network comes back in one, which is read as a stranger's.
"""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards.outline import CURVES, OUTLINE_SIZE, STEPS, SURFACE_SIZE
from app.analysis.curve_network import CurveNetwork
from app.analysis.model_file import ModelFile
from app.analysis.network import ONE_OF_ALL
from app.analysis.network_file import CURVES as KIND
from app.analysis.network_file import any_network
from app.core.errors import KnownError
from app.core.plain import Json
from central.learning.model_writing import layers_named

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Arrays = dict[str, NDArray]
PYTHON = "WELLSIDE_TORCH"
"""Variable of the environment: a Python with requirements/learning.txt."""

NAME = "surface"
FIGURES = (*range(48, 56), *range(128, SURFACE_SIZE))
"""Of `surface_vector`: corners, roughness, thinness, ends. The rest of it the curves say better."""

ROUNDS, LONGEST_S = 12, 3600.0
LEAST_SCALE = 1e-6
_PASSED_ON = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR")
"""Of the centre's environment, which may hold passwords and addresses."""


def python_of_torch() -> str:
    """Raises KnownError (learning_no_torch)."""
    found = os.environ.get(PYTHON, "")
    if not found or not Path(found).exists():
        raise KnownError("learning_no_torch", variable=PYTHON)
    return found


def taught(
    rows: Floats, truth: Ints, kept: Bools, outputs: int, seed: int, onnx: Path | None = None
) -> CurveNetwork:
    """By rows of `outline_row` and the place of what each shows; the `kept` ones only set the temperature.
    `onnx`: where the same network is written for others. Raises KnownError (learning_no_torch,
    learning_torch_failed, model_foreign).
    """
    curves = np.arange(SURFACE_SIZE, OUTLINE_SIZE).reshape(CURVES, STEPS)
    mean, scale = _scaling(rows[~kept], curves)
    task: Arrays = {
        "rows": rows,
        "truth": truth,
        "kept": kept,
        "mean": mean,
        "scale": scale,
        "curves": curves,
        "rest": np.array(FIGURES),
        "outputs": np.array(outputs),
        "settings": np.array([seed, ROUNDS]),
    }
    made = _by_torch(task, onnx)
    biases = [name for name in made if name.endswith(".bias")]
    filters = sum(name.startswith("filter.") for name in biases)
    arrays = {
        f"{NAME}.mean": mean,
        f"{NAME}.scale": scale,
        f"{NAME}.curves": curves.astype(float),
        f"{NAME}.rest": np.array(FIGURES, float),
        **{f"{NAME}.{name}": array for name, array in made.items()},
    }
    file = ModelFile("torch", {"networks": {NAME: _about(1, filters, len(biases) - filters)}}, arrays)
    network = any_network(file, NAME, SURFACE_SIZE, OUTLINE_SIZE, outputs)
    assert isinstance(network, CurveNetwork)
    return network


def about(network: CurveNetwork) -> dict[str, Json]:
    """What a model file says of it."""
    return _about(len(network.layers), len(network.filters[0]), len(network.layers[0]))


def _about(voters: int, filters: int, layers: int) -> dict[str, Json]:
    return {"kind": KIND, "voters": voters, "filters": filters, "layers": layers, "says": ONE_OF_ALL}


def arrays_of(network: CurveNetwork) -> dict[str, Floats]:
    """In the names of a model file."""
    return {
        f"{NAME}.mean": network.mean,
        f"{NAME}.scale": network.scale,
        f"{NAME}.curves": network.curves.astype(float),
        f"{NAME}.rest": network.rest.astype(float),
        **layers_named(f"{NAME}.filter", network.filters),
        **layers_named(NAME, network.layers),
    }


def _scaling(rows: Floats, curves: Ints) -> tuple[Floats, Floats]:
    """Of each figure by itself, of all steps of a curve together: a filter knows no place."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    for curve in curves:
        mean[curve], scale[curve] = rows[:, curve].mean(), rows[:, curve].std()
    return mean, np.maximum(scale, LEAST_SCALE)


def _by_torch(task: Arrays, onnx: Path | None) -> dict[str, Floats]:
    python = python_of_torch()
    with tempfile.TemporaryDirectory() as own:
        asked, made = Path(own) / "task.npz", Path(own) / "made.npz"
        asked.write_bytes(_packed(task))
        order = [python, "-I", str(Path(__file__).with_name("torch_part.py")), str(asked), str(made)]
        told = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            done = subprocess.run(
                [*order, *([str(onnx.resolve())] if onnx else [])],
                env=told,
                cwd=own,
                capture_output=True,
                text=True,
                timeout=LONGEST_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise KnownError("learning_torch_failed", reason=str(error)[:300]) from error
        if done.returncode:
            reason = done.stderr.strip().rpartition("\n")[2][:300] or str(done.returncode)
            raise KnownError("learning_torch_failed", reason=reason)
        with np.load(made, allow_pickle=False) as packed:
            return {name: np.asarray(packed[name], np.float64) for name in packed.files}


def _packed(task: Arrays) -> bytes:
    out = io.BytesIO()
    np.savez(out, **task)  # type: ignore[arg-type]
    return out.getvalue()
