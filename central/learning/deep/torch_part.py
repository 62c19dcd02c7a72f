"""What runs in PyTorch's environment (requirements/learning.txt) and nowhere else: a network over the curves
of cards, taught from nothing.

    python -I torch_part.py TASK.npz MADE.npz [MADE.onnx]

It knows nothing of the program: plain arrays come in one file and go out in another (`teaching` writes and
reads them). One thread: on a busy machine more of them wait for each other.
"""

from __future__ import annotations

import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional

FILTERS, HIDDEN, DROPPED = (24, 32, 48, 64), 64, 0.3
WIDTH, POOLED = 5, 2
AT_ONCE, PACE, DECAY, SMOOTHED = 128, 2e-3, 1e-3, 0.05
JITTER = 0.02
"""Of what goes in, in standard deviations."""

HOTTEST, COLDEST, DEGREES = 4.0, 0.25, 60
"""Temperatures that are tried on what was kept back."""

Arrays = dict[str, np.ndarray]


class Curves(nn.Module):
    """Filters along closed curves, the larger of each two places kept, then two layers with the figures."""

    def __init__(self, curves: torch.Tensor, rest: torch.Tensor, outputs: int) -> None:
        super().__init__()
        self.register_buffer("curves", curves, persistent=False)
        self.register_buffer("rest", rest, persistent=False)
        channels, steps = curves.shape
        sizes = (channels, *FILTERS)
        self.filters = nn.ModuleList(
            nn.Conv1d(a, b, WIDTH, padding=WIDTH // 2, padding_mode="circular")
            for a, b in zip(sizes[:-1], sizes[1:], strict=True)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(one) for one in FILTERS)
        left = steps // POOLED ** len(FILTERS)
        self.hidden = nn.Linear(FILTERS[-1] * left + len(rest), HIDDEN)
        self.last = nn.Linear(HIDDEN, outputs)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        seen = rows[:, self.curves]
        for one, norm in zip(self.filters, self.norms, strict=True):
            seen = functional.max_pool1d(torch.relu(norm(one(seen))), POOLED)
        # By place, then by filter: as the program lays it out.
        seen = torch.cat((seen.transpose(1, 2).flatten(1), rows[:, self.rest]), 1)
        dropped = functional.dropout(seen, DROPPED, self.training)
        hidden = functional.dropout(torch.relu(self.hidden(dropped)), DROPPED, self.training)
        return self.last(hidden)

    def arrays(self) -> Arrays:
        """As the program reads them: inputs by outputs, the norms folded into the filters."""
        made: Arrays = {}
        for number, (one, norm) in enumerate(zip(self.filters, self.norms, strict=True)):
            grown = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
            weight = one.weight.double() * grown[:, None, None]
            bias = (one.bias.double() - norm.running_mean.double()) * grown + norm.bias.double()
            made[f"filter.0.{number}.weights"] = _plain(weight.permute(2, 1, 0).flatten(0, 1))
            made[f"filter.0.{number}.bias"] = _plain(bias)
        for number, layer in enumerate((self.hidden, self.last)):
            made[f"0.{number}.weights"] = _plain(layer.weight.T.double())
            made[f"0.{number}.bias"] = _plain(layer.bias.double())
        return made

    def cooled(self, temperature: float) -> None:
        """The temperature goes into the last layer: chances are calibrated, their order stays."""
        with torch.no_grad():
            self.last.weight /= temperature
            self.last.bias /= temperature


def _plain(tensor: torch.Tensor) -> np.ndarray:
    return np.ascontiguousarray(tensor.detach().numpy(), np.float64)


def taught(task: Arrays) -> Curves:
    seed, rounds = (int(one) for one in task["settings"])
    torch.manual_seed(seed)
    rows = torch.tensor((task["rows"] - task["mean"]) / task["scale"], dtype=torch.float32)
    truth = torch.tensor(task["truth"].astype(np.int64))
    curves, rest = (torch.tensor(task[name].astype(np.int64)) for name in ("curves", "rest"))
    network = Curves(curves, rest, int(task["outputs"]))
    kept = torch.tensor(task["kept"] > 0)
    places = torch.nonzero(~kept).flatten()
    at_once = min(AT_ONCE, len(places))
    descent = torch.optim.AdamW(network.parameters(), PACE, weight_decay=DECAY)
    steps = rounds * (len(places) // at_once)
    plan = torch.optim.lr_scheduler.OneCycleLR(descent, PACE, total_steps=steps)
    for _ in range(rounds):
        order = places[torch.randperm(len(places))]
        for step in order[: len(order) // at_once * at_once].reshape(-1, at_once):
            seen = rows[step] + JITTER * torch.randn(at_once, rows.shape[1])
            loss = functional.cross_entropy(network(seen), truth[step], label_smoothing=SMOOTHED)
            descent.zero_grad()
            loss.backward()
            descent.step()
            plan.step()
    network.eval()
    with torch.no_grad():
        said = network(rows[kept]).double()
    network.cooled(_temperature(said, truth[kept]))
    return network


def _temperature(said: torch.Tensor, truth: torch.Tensor) -> float:
    """The one with the least log loss on what was kept back; 1 where nothing was."""
    if not len(truth):
        return 1.0
    tried = np.geomspace(COLDEST, HOTTEST, DEGREES)
    return float(tried[int(np.argmin([float(functional.cross_entropy(said / t, truth)) for t in tried]))])


def main(task_file: str, made_file: str, onnx_file: str = "") -> None:
    torch.set_num_threads(1)
    with np.load(task_file, allow_pickle=False) as packed:
        task = {name: packed[name] for name in packed.files}
    network = taught(task)
    np.savez(made_file, allow_pickle=False, **network.arrays())
    if onnx_file:
        torch.onnx.export(
            network,
            (torch.zeros(2, task["rows"].shape[1]),),
            onnx_file,
            input_names=["scaled"],
            output_names=["logits"],
            dynamo=True,
            external_data=False,
            dynamic_shapes={"rows": {0: torch.export.Dim("cards")}},
            verbose=False,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
