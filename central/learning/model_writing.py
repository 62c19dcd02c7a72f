"""Model files as `app/analysis/model_file` reads them, to the byte the same for the same numbers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from app.analysis.model_file import ABOUT, FORMAT, digest
from app.analysis.network import Layers
from app.analysis.ranker_bounds import Region
from app.core.plain import Json, JsonObject

MADE = (1980, 1, 1, 0, 0, 0)
"""Date of every member: the same training makes the same file."""


def written(about: Mapping[str, Json], arrays: Mapping[str, NDArray[np.float64]]) -> bytes:
    """As `numpy.savez_compressed`, with `about` beside the arrays."""
    said: JsonObject = {**about, "format": FORMAT}
    said["sha256"] = digest(said, dict(arrays))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_member(ABOUT), json.dumps(said, ensure_ascii=False, indent=1))
        for name, array in arrays.items():
            with packed.open(_member(f"{name}.npy"), "w") as stream:
                np.lib.format.write_array(stream, array, (1, 0), allow_pickle=False)
    return out.getvalue()


def layers_named(name: str, voters: Iterable[Layers]) -> dict[str, NDArray[np.float64]]:
    """The arrays of a network in the names by which `app/analysis/network` finds them."""
    return {
        f"{name}.{voter}.{number}.{part}": array
        for voter, layers in enumerate(voters)
        for number, layer in enumerate(layers)
        for part, array in zip(("weights", "bias"), layer, strict=True)
    }


def region_named(name: str, region: Region) -> dict[str, NDArray[np.float64]]:
    """The arrays of a region in the names by which `app/analysis/ranker` finds them."""
    return {
        f"{name}.mean": region.mean,
        f"{name}.scale": region.scale,
        f"{name}.centres": region.centres,
        f"{name}.ends": np.array([region.near, region.far]),
    }


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
