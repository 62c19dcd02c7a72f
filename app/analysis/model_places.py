"""Which file each model is read from: the program's own, until a site's was put into force."""

from __future__ import annotations

from pathlib import Path

from app.analysis.model_file import SUFFIX
from app.core.paths import resources

_IN_FORCE: dict[str, Path] = {}


def place_of(name: str) -> Path:
    """The file of a model that is in force.

    Args:
        name: of the model
    Returns:
        a path; nobody has looked whether there is a file
    Valid: any name.
    Ours: a model is exchanged while the program runs; whoever reads one asks here each time.

    >>> place_of("card_ranker").name
    'card_ranker.npz'
    """
    return _IN_FORCE.get(name) or own_place(name)


def own_place(name: str) -> Path:
    """The file that travels with the program.

    Args:
        name: of the model
    Returns:
        a path
    Valid: any name.
    Ours: what stands in for a site's model that came to harm.

    >>> own_place("card_ranker").parent.name
    'models'
    """
    return resources() / "models" / f"{name}{SUFFIX}"


def put_in_force(name: str, path: Path | None) -> None:
    """Exchanges a model for all that is asked from now on.

    Args:
        name: of the model
        path: of another file; None: the program's own again
    Valid: files that were read once by whoever brings them.
    Ours: one assignment: a batch of cards asks once and is judged by one model.

    >>> put_in_force("no_such_model", Path("a.npz")), place_of("no_such_model").name
    (None, 'a.npz')
    >>> put_in_force("no_such_model", None), place_of("no_such_model").name
    (None, 'no_such_model.npz')
    """
    if path is None:
        _IN_FORCE.pop(name, None)
    else:
        _IN_FORCE[name] = path
