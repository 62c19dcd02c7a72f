"""One entry of a catalogue file, read field by field; a wrong one is told with file, entry, field, value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import KnownError
from app.models.values import Read

SHOWN = 60


@dataclass
class Entry:
    """An entry as the file has it.

    Attributes:
        file: where it stands
        kind: of equipment
        name: of the entry
        data: its fields
        sources: of the file, by their keys
        taken: which fields have been read
    """

    file: str
    kind: str
    name: str
    data: Read
    sources: Mapping[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=lambda: {"source", "aliases"})

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def wrong(self, code: str, key: str, value: object, **details: Any) -> KnownError:
        """The error to raise for a field.

        Args:
            code: catalogue_…
            key: the field
            value: what stands there
            details: what else its sentence says
        Returns:
            with the place
        Valid: any field.
        Ours: long values are cut.

        >>> str(Entry("f.json", "rods", "ШН19", {}).wrong("catalogue_missing", "source", None))[:17]
        'catalogue_missing'
        """
        shown = str(value)
        shown = shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
        return KnownError(
            code, file=self.file, kind=self.kind, entry=self.name, field=key, value=shown, **details
        )

    def number(self, key: str, low: float, high: float) -> float:
        """A number that must be there.

        Args:
            key: the field
            low: [as the field] smallest possible
            high: [as the field] largest possible
        Returns:
            [as the field]
        Raises:
            KnownError: catalogue_missing, catalogue_number
        Valid: finite, within the bounds.
        Ours: a value of another unit falls out of the bounds.

        >>> Entry("f.json", "rods", "ШН19", {"diameter_mm": 19.05}).number("diameter_mm", 5, 60)
        19.05
        """
        self.taken.add(key)
        if key not in self.data:
            raise self.wrong("catalogue_missing", key, "")
        return self._number(key, self.data[key], low, high)

    def optional(self, key: str, low: float, high: float) -> float | None:
        """A number that need not be there.

        Args:
            key: the field
            low: [as the field]
            high: [as the field]
        Returns:
            [as the field] or None
        Raises:
            KnownError: catalogue_number
        Valid: as `number`.
        Ours: null counts as not there.

        >>> Entry("f.json", "rods", "ШН19", {}).optional("diameter_mm", 5, 60) is None
        True
        """
        self.taken.add(key)
        return None if self.data.get(key) is None else self.number(key, low, high)

    def numbers(self, key: str, low: float, high: float, least: int = 1) -> tuple[float, ...]:
        """A list of numbers; empty where there is none.

        Args:
            key: the field
            low: [as the field] of each
            high: [as the field] of each
            least: [-] how many where there is a list
        Returns:
            [as the field] (n,)
        Raises:
            KnownError: catalogue_list, catalogue_number
        Valid: as `number`.
        Ours: the place in the list is told.

        >>> Entry("f.json", "pumping_units", "X", {"radii": [900, 800]}).numbers("radii", 1, 2e3)
        (900.0, 800.0)
        """
        self.taken.add(key)
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) < least:
            raise self.wrong("catalogue_list", key, value, least=least)
        return tuple(self._number(f"{key}[{i + 1}]", one, low, high) for i, one in enumerate(value))

    def part(self, key: str) -> Entry:
        """An object within the entry, to be read like one; empty where there is none.

        Args:
            key: the field
        Returns:
            its fields, in the same place
        Raises:
            KnownError: catalogue_object
        Valid: one level.
        Ours: for dimensions.

        >>> Entry("f.json", "pumping_units", "X", {"mm": {"A": 3000}}).part("mm").number("A", 0, 1e4)
        3000.0
        """
        self.taken.add(key)
        value = self.data.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.wrong("catalogue_object", key, value)
        return Entry(self.file, self.kind, self.name, value or {}, taken=set())

    def choice(self, key: str, known: tuple[str, ...], otherwise: str) -> str:
        """One of a few words.

        Args:
            key: the field
            known: the words
            otherwise: where there is none
        Returns:
            one of them
        Raises:
            KnownError: catalogue_choice
        Valid: exactly as written.
        Ours: the words are told.

        >>> Entry("f.json", "rods", "X", {}).choice("role", ("rod", "sinker_bar"), "rod")
        'rod'
        """
        self.taken.add(key)
        value = self.data.get(key, otherwise)
        if value not in known:
            raise self.wrong("catalogue_choice", key, value, known=", ".join(known))
        return str(value)

    def text(self, key: str) -> str:
        """Words; empty where there are none.

        Args:
            key: the field
        Returns:
            as written
        Raises:
            KnownError: catalogue_text
        Valid: any.
        Ours: nothing else than text.

        >>> Entry("f.json", "motors", "X", {"maker": "Новомет"}).text("maker")
        'Новомет'
        """
        self.taken.add(key)
        value = self.data.get(key, "")
        if not isinstance(value, str):
            raise self.wrong("catalogue_text", key, value)
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; empty where there is none.

        Args:
            key: the field
        Returns:
            as written
        Raises:
            KnownError: catalogue_words
        Valid: any.
        Ours: for other names and for what is not confirmed.

        >>> Entry("f.json", "rods", "X", {"aliases": ["3/4 in"]}).words("aliases")
        ('3/4 in',)
        """
        self.taken.add(key)
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong("catalogue_words", key, value)
        return tuple(value)

    @property
    def source(self) -> str:
        """Where it comes from: the file's sentence for its key, or what stands there."""
        told = self.text("source").strip()
        if not told:
            raise self.wrong("catalogue_missing", "source", "")
        return self.sources.get(told, told)

    def nothing_else(self) -> None:
        """Refuses fields that nobody has read.

        Raises:
            KnownError: catalogue_field
        Valid: after everything is read.
        Ours: a field that is spelt wrong must not be passed over.

        >>> Entry("f.json", "rods", "X", {"source": "…"}).nothing_else()
        """
        for key in self.data:
            if key not in self.taken:
                raise self.wrong(
                    "catalogue_field", key, self.data[key], known=", ".join(sorted(self.taken | {"source"}))
                )

    def _number(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong("catalogue_number", key, value, low=low, high=high)
        if not low <= value <= high:
            raise self.wrong("catalogue_number", key, value, low=low, high=high)
        return float(value)
