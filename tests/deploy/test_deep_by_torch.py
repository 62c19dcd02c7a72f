"""A network over curves taught by PyTorch itself, in its own environment: `make learning-test` makes that."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from app.analysis import network
from app.analysis.cards.outline import CURVES, OUTLINE_SIZE, STEPS, SURFACE_SIZE
from central.learning.deep import teaching

TORCH = os.environ.get(teaching.PYTHON, "")
ASKED = """
import sys
import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
rows = np.load(sys.argv[2], allow_pickle=False)
np.save(sys.argv[3], session.run(None, {"scaled": rows.astype("float32")})[0], allow_pickle=False)
"""
CLASSES = 3


def rows(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Curves told apart by how often they wave, wherever the wave begins: no single place tells."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, CLASSES, count)
    turn = 2 * np.pi * np.arange(STEPS) / STEPS
    waves = np.sin((truth + 2)[:, None] * turn + rng.uniform(0, 6.3, (count, 1)))
    curves = [waves, *(rng.normal(0, 1, (count, STEPS)) for _ in range(CURVES - 1))]
    made = np.hstack((rng.normal(0, 1, (count, SURFACE_SIZE)), *curves))
    return made + rng.normal(0, 0.2, made.shape), truth


@pytest.mark.slow
@pytest.mark.skipif(not TORCH, reason="make learning-test makes PyTorch's environment")
def test_pytorch_numpy_and_onnx_runtime_say_the_same_of_what_was_taught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teaching, "ROUNDS", 6)
    seen, truth = rows(1500, 1)
    kept = np.arange(len(seen)) % 8 == 0
    made = teaching.taught(seen, truth, kept, CLASSES, 5, tmp_path / "made.onnx")
    again = teaching.taught(seen, truth, kept, CLASSES, 5)
    for name, array in teaching.arrays_of(made).items():
        assert np.array_equal(array, teaching.arrays_of(again)[name]), name

    other, shown = rows(400, 2)
    chances = made.chances(other)
    assert (chances.argmax(axis=1) == shown).mean() > 0.9
    sure = chances.max(axis=1)
    assert abs(sure.mean() - (chances.argmax(axis=1) == shown).mean()) < 0.1, "calibrated"

    (tmp_path / "ask.py").write_text(ASKED, encoding="utf-8")
    np.save(tmp_path / "rows.npy", (other - made.mean) / made.scale, allow_pickle=False)
    order = [TORCH, "-I", "ask.py", "made.onnx", "rows.npy", "said.npy"]
    subprocess.run(order, cwd=tmp_path, check=True, timeout=120)
    logits = np.load(tmp_path / "said.npy", allow_pickle=False).astype(float)
    assert logits.shape == (len(other), CLASSES), "any number of cards at once"
    assert np.abs(network.spoken(logits, made.says) - chances).max() < 1e-5
    assert other.shape[1] == OUTLINE_SIZE
    assert (tmp_path / "made.onnx").stat().st_size < 1 << 19
