"""`central learn …`: from labels to models on laptops, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.clock import utc_now
from app.models.values import part_of, text_of
from central.commands.common import HOME, Database, Folder, audited, author, database_of, tell
from central.config import LEARNING_FOLDER, MODEL_KEYS, MODELS_FOLDER

if TYPE_CHECKING:
    from app.core.plain import JsonObject
    from central.learning.runs import Loop

app = typer.Typer(no_args_is_help=True, help="Learning: labels, training, judging, models for laptops.")

Rules = Annotated[
    Path | None, typer.Option("--rules", help="Label rules: words of repairs, classes of libraries (JSON).")
]
Libraries = Annotated[
    list[Path] | None, typer.Option("--library", help="Labelled cards: .csv, .json or .ts; may be repeated.")
]
Seed = Annotated[int, typer.Option(help="Of the splits; the same one makes the same model.")]
USUAL_SEED = 20261128


class Kind(StrEnum):
    USUAL = "usual"
    DEEP = "deep"


Model = Annotated[
    Kind,
    typer.Option(
        "--model",
        help="deep: outlines by a network over curves, taught by PyTorch (WELLSIDE_TORCH: its Python).",
    ),
]


@app.command("prepare")
def prepare_command(
    rules: Rules = None,
    library: Libraries = None,
    seed: Seed = USUAL_SEED,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Decisions, repairs and libraries become a training set under the hash of its content."""
    from central.learning import steps

    with _loop(data, database, seed) as loop:
        told = steps.prepare(loop, rules, library or [])
        with audited(loop.engine, "training set prepared", set=text_of(told, "set")):
            of_set = part_of(told, "of_set")
            tell(step="prepare", **{key: of_set[key] for key in ("set", "labels", "left_out", "leaks")})


@app.command("step")
def step_command(step: str, data: Folder = HOME, database: Database = "") -> None:
    """validate, train, evaluate, gate, publish or observe, on the run that was begun last."""
    from central.learning.steps import STEPS

    if step not in STEPS:
        raise typer.BadParameter(f"{step}: {', '.join(STEPS)}")
    with _loop(data, database) as loop:
        _tell(step, STEPS[step](loop))


@app.command("train")
def train_command(model: Model = Kind.USUAL, data: Folder = HOME, database: Database = "") -> None:
    """The challenger of the run that was begun last."""
    from central.learning import steps

    with _loop(data, database) as loop:
        _tell("train", steps.train(loop, model is Kind.DEEP))


@app.command("run")
def run_command(
    rules: Rules = None,
    library: Libraries = None,
    seed: Seed = USUAL_SEED,
    model: Model = Kind.USUAL,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """All steps: for a timer. What a gate stops is told, and the champion goes on."""
    from central.learning import steps

    with _loop(data, database, seed) as loop:
        steps.prepare(loop, rules, library or [])
        for name, step in steps.STEPS.items():
            _tell(name, steps.train(loop, model is Kind.DEEP) if name == "train" else step(loop))


@app.command("back")
def back_command(name: str = "card_ranker", data: Folder = HOME, database: Database = "") -> None:
    """The champion before is offered to laptops again; without one what ships with the program."""
    from central.learning.publishing import roll_back

    with _loop(data, database) as loop:
        version = roll_back(loop, name)
        with audited(loop.engine, "model taken back", name=name, now=version):
            tell(name=name, now=version)


@app.command("export")
def export_command(
    folder: Annotated[
        Path, typer.Argument(help="A folder of MLflow (mlruns); it is made where there is none.")
    ],
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """All runs of the loop as MLflow's own files, with their gates, losses, models and stages."""
    from central.learning import mlflow_files

    with _loop(data, database) as loop:
        tell(folder=str(folder), runs=mlflow_files.export(loop, folder))


@app.command("models")
def models_command(data: Folder = HOME, database: Database = "") -> None:
    """The registry: champion, challenger, retired, refused."""
    from central.stores import registry
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        for one in registry.every(connection):
            tell(name=one.name, version=one.version, stage=one.stage, since=str(one.since), by=one.author)


@contextmanager
def _loop(data: Path, database: str, seed: int = USUAL_SEED) -> Iterator[Loop]:
    from central.learning.runs import Loop

    with database_of(data, database) as engine:
        yield Loop(
            engine,
            data / LEARNING_FOLDER,
            data / MODELS_FOLDER,
            data / MODEL_KEYS,
            author(),
            utc_now,
            seed,
        )


def _tell(step: str, told: JsonObject) -> None:
    keys = ("version", "gates", "moved", "judged", "published", "observed")
    tell(step=step, **{key: told[key] for key in keys if key in told})
