"""What the program knows of one kind of record: its fields, where it is kept, when two rows are the same
record.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict, Unpack

from app.core.plain import Json
from app.models.values import Values


@dataclass(frozen=True)
class Field:
    """One value of a record. `type` is number, text, choice, time, flag or rows; limits are SI and hard:
    outside them it is an error of typing or of units. `usual` is where nearly all values lie. `header` names
    the words of resources/headers.json that files call it by; the key without it. `path` leads into the
    packed column. A field of the type rows is a table of its own: `cells` are the fields of a row, in the
    order of the rows from the top of the well down. `lifts` are those whose wells have such a thing; every
    well without.
    """

    key: str
    ru: str
    en: str
    type: str = "number"
    quantity: str = "number"
    minimum: float | None = None
    maximum: float | None = None
    usual: tuple[float, float] | None = None
    choices: tuple[str, ...] = ()
    said: str = "choice"
    """Where its choices have their words (texts: `<said>.<code>`): a stop is an event, and a severity."""
    header: str = ""
    required: bool = False
    path: tuple[str, ...] = ()
    default: Json = None
    long: bool = False
    """A text of several lines."""
    group: str = ""
    """Under which heading a form shows it (texts: `group.<name>`)."""
    lifts: tuple[str, ...] = ()
    cells: tuple[Field, ...] = ()

    @property
    def named(self) -> str:
        return self.header or self.key

    def name(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


@dataclass(frozen=True)
class Kind:
    """`at` and `until` name the columns of the table that hold the moment [µs] and the end. `same` are the
    fields that, with well and moment, make two rows one record. `packed` is the JSON column of the fields
    that have a path.
    """

    key: str
    table: str
    at: str
    fields: tuple[Field, ...]
    ru: str
    en: str
    until: str | None = None
    same: tuple[str, ...] = ()
    packed: str | None = None
    attaches: bool = False
    """Files belong to it: a photo, an act."""
    joins: bool = False
    """Another paper of it with the same moment adds to it, field by field (`joining`)."""

    def name(self, language: str) -> str:
        return self.ru if language == "ru" else self.en

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields}

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that have a column of their own."""
        return tuple(field for field in self.fields if not field.path)

    @property
    def defaults(self) -> Values:
        """What a field is where nothing was said of it."""
        return {field.key: field.default for field in self.columns if field.default is not None}

    @property
    def blanks(self) -> Values:
        """What a column holds where nothing was said: its default, an empty text, nothing."""
        return {
            field.key: "" if field.default is None and field.type in ("text", "choice") else field.default
            for field in self.columns
        }


NOTE = Field("note", "Примечание", "Note", "text", long=True)


class More(TypedDict, total=False):
    """What else is said of a field of a group."""

    header: str
    said: str
    usual: tuple[float, float]
    required: bool
    default: Json
    long: bool
    group: str
    lifts: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Makes the fields under one heading, all of them packed at the place where the heading is kept."""

    name: str
    lifts: tuple[str, ...] = ()
    place: tuple[str, ...] = ()

    def number(
        self,
        key: str,
        ru: str,
        en: str,
        quantity: str,
        minimum: float | None,
        maximum: float | None,
        at: str = "",
        **more: Unpack[More],
    ) -> Field:
        """`at`: what it is called in its place; its key without."""
        return Field(
            key, ru, en, "number", quantity, minimum, maximum, path=self._path(at or key), **self._more(more)
        )

    def text(self, key: str, ru: str, en: str, at: str = "", **more: Unpack[More]) -> Field:
        return Field(key, ru, en, "text", path=self._path(at or key), **self._more(more))

    def flag(self, key: str, ru: str, en: str, at: str = "", **more: Unpack[More]) -> Field:
        return Field(key, ru, en, "flag", path=self._path(at or key), **self._more(more))

    def choice(
        self, key: str, ru: str, en: str, choices: tuple[str, ...], at: str = "", **more: Unpack[More]
    ) -> Field:
        return Field(key, ru, en, "choice", choices=choices, path=self._path(at or key), **self._more(more))

    def rows(self, key: str, ru: str, en: str, *cells: Field, at: str = "", **more: Unpack[More]) -> Field:
        return Field(key, ru, en, "rows", cells=cells, path=self._path(at or key), **self._more(more))

    def _path(self, name: str) -> tuple[str, ...]:
        return (*self.place, name)

    def _more(self, more: More) -> More:
        return {"group": self.name, "lifts": self.lifts, **more}
