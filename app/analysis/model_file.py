"""Model files: plain arrays and what they were taught, in a ZIP that NumPy opens as well.

Nothing in it can be run, and nothing is believed: sizes, shapes and numbers are looked at before a model is
made of them. A file comes from somebody else.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError
from app.core.plain import JsonObject

Floats = NDArray[np.float64]
FORMAT = 2
"""Of the files; 1 were scikit-learn's own objects."""

SUFFIX = ".npz"
ABOUT = "about.json"
MOST_BYTES, MOST_MEMBERS = 16 * 1024**2, 500
LARGEST = 1e9
"""No number of a model is beyond it, so that no sum of theirs overflows."""

_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00(..)(\{'descr': '<f8', 'fortran_order': False, 'shape': \(([\d, ]{0,40})\), \} *\n)",
    re.DOTALL,
)
"""The only one we write: what NumPy's own reader would make of another is not tried."""

_DAMAGE = (ValueError, KeyError, TypeError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile)


@dataclass(frozen=True)
class ModelFile:
    """What a file holds, read and its sum checked.

    Attributes:
        name: of the file
        about: version, features and what else the training said
        arrays: name → [-] (n, …) finite numbers
    """

    name: str
    about: JsonObject
    arrays: dict[str, Floats]

    @property
    def version(self) -> str:
        """What the training called it.

        Returns:
            up to 50 characters
        Raises:
            KnownError: model_foreign
        Valid: files that say it.
        Ours: a finding and a report name it.

        >>> ModelFile("a.npz", {"version": "simulated-1"}, {}).version
        'simulated-1'
        """
        told = self.about.get("version")
        if not isinstance(told, str) or not 0 < len(told) <= 50:
            raise self.foreign("no version")
        return told

    def foreign(self, reason: str) -> KnownError:
        """The error for what does not belong in such a file.

        Args:
            reason: what it is
        Returns:
            model_foreign
        Valid: any.
        Ours: one error for every way to be wrong; the reason says which.

        >>> ModelFile("a.npz", {}, {}).foreign("no bias").code
        'model_foreign'
        """
        return KnownError("model_foreign", file=self.name, reason=reason)

    def array(self, name: str, *shape: int | None) -> Floats:
        """One array of the file, of a shape.

        Args:
            name: of the array
            shape: [-] sizes that it must have; None: any but nought
        Returns:
            [-] (shape,)
        Raises:
            KnownError: model_foreign
        Valid: what the file has.
        Ours: a wrong shape is found when the file is read, not by the first card.

        >>> ModelFile("a.npz", {}, {"bias": np.zeros(3)}).array("bias", 3).shape
        (3,)
        """
        found = self.arrays.get(name)
        if found is None:
            raise self.foreign(f"no array {name}")
        fits = len(found.shape) == len(shape) and all(
            size == wanted if wanted is not None else size > 0
            for size, wanted in zip(found.shape, shape, strict=True)
        )
        if not fits:
            raise self.foreign(f"{name}: {found.shape}, not {shape}")
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names that the training wrote down.

        Args:
            key: of `about`
        Returns:
            each once
        Raises:
            KnownError: model_foreign
        Valid: lists of short texts.
        Ours: they become columns and conditions.

        >>> ModelFile("a.npz", {"codes": ["sand", "flowing"]}, {}).names("codes")
        ('sand', 'flowing')
        """
        told = self.about.get(key)
        if not isinstance(told, list) or not all(isinstance(name, str) and len(name) < 80 for name in told):
            raise self.foreign(f"no names {key}")
        if not told or len(set(told)) < len(told):
            raise self.foreign(f"{key}: none, or one twice")
        return tuple(told)


def read(path: Path) -> ModelFile:
    """A model file, whole and checked.

    Args:
        path: of the file
    Returns:
        with its arrays
    Raises:
        KnownError: model_missing, model_foreign, model_features (another FORMAT)
    Valid: up to MOST_BYTES, unpacked; float64 only; finite numbers up to LARGEST; its own `digest`.
    Ours: the header of an array is read before its memory is asked for: a short file may speak of terabytes.

    >>> from app.core.paths import resources
    >>> read(resources() / "models" / "card_ranker.npz").about["format"] == FORMAT
    True
    """
    try:
        with zipfile.ZipFile(path) as packed:
            about = _about(packed)
            if about.get("format") != FORMAT:
                raise KnownError(
                    "model_features", file=path.name, have=str(about.get("format"))[:20], want=str(FORMAT)
                )
            arrays = {
                info.filename.removesuffix(".npy"): _array(packed.read(info))
                for info in _members(packed)
                if info.filename != ABOUT
            }
    except FileNotFoundError as error:
        raise KnownError("model_missing", file=path.name) from error
    except (OSError, *_DAMAGE) as error:
        raise KnownError("model_foreign", file=path.name, reason=str(error)[:200]) from error
    found = ModelFile(path.name, about, arrays)
    if about.get("sha256") != digest(about, arrays):
        raise found.foreign("sha256")
    return found


def version_of(path: Path) -> str:
    """The version that a file says it has; its arrays are not read.

    Args:
        path: of the file
    Returns:
        up to 50 characters
    Raises:
        OSError: there is none
        KnownError: model_foreign
    Valid: files of every FORMAT that have ABOUT.
    Ours: a report names the versions on every page.

    >>> from app.core.paths import resources
    >>> version_of(resources() / "models" / "esp_failure.npz")
    'simulated-20261124'
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return ModelFile(path.name, _about(packed), {}).version
    except _DAMAGE as error:
        raise KnownError("model_foreign", file=path.name, reason=str(error)[:200]) from error


def digest(about: JsonObject, arrays: dict[str, Floats]) -> str:
    """SHA-256 of a model: of its arrays, their names and shapes, and of what is told about them.

    Args:
        about: without its own "sha256"
        arrays: name → [-] (n, …) numbers
    Returns:
        64 hexadecimal digits
    Valid: float64.
    Ours: what one training made belongs together; the order in the file does not matter.

    >>> digest({}, {"a": np.zeros(2)}) == digest({"sha256": ""}, {"a": np.zeros(2)})
    True
    >>> digest({}, {"a": np.zeros(2)}) == digest({}, {"a": np.zeros((2, 1))})
    False
    """
    told = {key: value for key, value in about.items() if key != "sha256"}
    said = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for name in sorted(arrays):
        said.update(f"{name} {arrays[name].shape}\n".encode())
        said.update(np.ascontiguousarray(arrays[name], "<f8").tobytes())
    return said.hexdigest()


def _members(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = packed.infolist()
    if len(members) > MOST_MEMBERS or sum(info.file_size for info in members) > MOST_BYTES:
        raise ValueError(f"more than {MOST_MEMBERS} arrays or {MOST_BYTES} bytes")
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in members):
        raise ValueError("packed in another way")
    return members


def _about(packed: zipfile.ZipFile) -> JsonObject:
    _members(packed)
    about = json.loads(packed.read(ABOUT))
    if not isinstance(about, dict):
        raise ValueError(ABOUT)
    return about


def _array(content: bytes) -> Floats:
    header = _HEADER.match(content)
    if header is None or int.from_bytes(header[1], "little") != len(header[2]):
        raise ValueError("no array of float64 by rows")
    shape = tuple(int(size) for size in header[3].split(b",") if size.strip())
    body = memoryview(content)[header.end() :]
    if math.prod(shape) * 8 != len(body):
        raise ValueError(f"array {shape} in {len(body)} bytes")
    values = np.frombuffer(body, "<f8").reshape(shape).astype(np.float64, copy=False)
    if not (np.abs(values) <= LARGEST).all():
        raise ValueError("a number that is none, or beyond all measure")
    return values
