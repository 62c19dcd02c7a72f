"""A formula over the readings of a well, with its units checked: `discharge_pressure - intake_pressure`,
`[Дебит жидкости] / frequency`, `mean(motor_current, 24 h)`. A closed grammar of its own: nothing is executed.

    sum     = product {("+" | "−" | "-") product}
    product = sign {("*" | "·" | "/") sign}
    sign    = ["-" | "−"] power
    power   = atom ["^" whole number]
    atom    = number [unit] | name | "[" name "]" | function "(" sum {"," sum} ")" | "(" sum ")"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.formula_units import (
    DIMENSIONS,
    PLAIN,
    SECOND,
    UNITS,
    Dimension,
    Floats,
    Value,
    si_unit,
)
from app.core.errors import KnownError
from app.core.units import DAY_S

LONGEST = 400
DEEPEST = 40
_TOKEN = re.compile(r"\s*(?:(\d+(?:[.,]\d+)?)|(\w+)|\[([^\[\]]+)\]|(.))", re.S)
_SIGNS = {"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/"}


@dataclass(frozen=True)
class Cells:
    """Readings in equal cells of time.

    Attributes:
        step_s: [s] how long a cell is
        by_name: [SI] (n,) the mean of each cell, by the sensor's key; NaN in an empty one
        quantities: [-] what each is a quantity of, by the same keys
    """

    step_s: float
    by_name: Mapping[str, Floats]
    quantities: Mapping[str, str]


Node = Callable[[Cells], Value]


@dataclass(frozen=True)
class Formula:
    """A formula that was read: the sensors it asks for, and what it comes to.

    Attributes:
        text: [-] as it was typed
        names: [-] keys of the sensors it needs, in their order
        _root: [-] gives a value for cells
    """

    text: str
    names: tuple[str, ...]
    _root: Node

    def of(self, cells: Cells) -> Value:
        """What it comes to in every cell.

        Args:
            cells: [SI] (n,) of every sensor that it names
        Returns:
            [SI] (n,) with its dimension
        Raises:
            KnownError: formula_units, formula_absolute, formula_function
        Valid: a division by nothing and a root of what is negative are NaN.
        Ours: cells, so that readings of different moments meet.

        >>> cells = Cells(60.0, {"a": np.array([3.0, 5.0])}, {"a": "current"})
        >>> read("2 * a", {"a": "a"}).of(cells).value
        array([ 6., 10.])
        """
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            found = self._root(cells)
        length = max((len(one) for one in cells.by_name.values()), default=1)
        value = np.broadcast_to(np.asarray(found.value, float), (length,)).copy()
        value[~np.isfinite(value)] = np.nan
        return Value(value, found.dimension, found.absolute, found.per_day)


def read(text: str, names: Mapping[str, str]) -> Formula:
    """A formula as it was typed, or what is wrong with it and where.

    Args:
        text: [-] LONGEST letters at most
        names: [-] what may stand in it, in small letters → the sensor's key
    Returns:
        [-] the formula; its units are checked when it is asked for something
    Raises:
        KnownError: formula_too_long, formula_wrong, formula_name
    Valid: nothing but the grammar above.
    Ours: a parser of a page instead of Python's, which can do anything.

    >>> read("(a + b) / 2", {"a": "a", "b": "b"}).names
    ('a', 'b')
    """
    if len(text) > LONGEST:
        raise KnownError("formula_too_long", most=LONGEST)
    return _Parser(text, names).whole()


class _Parser:
    """By recursive descent; a part becomes a function of the cells."""

    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self._text, self._names = text, names
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0
        self._used: dict[str, None] = {}

    def whole(self) -> Formula:
        root = self._sum()
        if self._at < len(self._tokens):
            raise self._wrong()
        return Formula(self._text, tuple(self._used), root)

    def _wrong(self) -> KnownError:
        place = self._tokens[self._at][2] if self._at < len(self._tokens) else len(self._text)
        return KnownError("formula_wrong", place=place + 1, rest=self._text[place : place + 12] or "—")

    def _next_is(self, *signs: str) -> str:
        """The sign, when it is the next: then it is taken."""
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "sign":
            sign = self._tokens[self._at][1]
            if sign in signs:
                self._at += 1
                return sign
        return ""

    def _sum(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong()
        node = self._product()
        while sign := self._next_is("+", "-"):
            node = _added(node, self._product(), -1.0 if sign == "-" else 1.0)
        self._depth -= 1
        return node

    def _product(self) -> Node:
        node = self._sign()
        while sign := self._next_is("*", "/"):
            node = _multiplied(node, self._sign(), -1 if sign == "/" else 1)
        return node

    def _sign(self) -> Node:
        if self._next_is("-"):
            return _multiplied(_number(-1.0, PLAIN), self._power(), 1)
        return self._power()

    def _power(self) -> Node:
        node = self._atom()
        if self._next_is("^"):
            kind, word, _ = self._token()
            if kind != "number" or not word.isdigit() or int(word) > 4:
                self._at -= 1
                raise self._wrong()
            return _raised(node, int(word))
        return node

    def _token(self) -> tuple[str, str, int]:
        if self._at >= len(self._tokens):
            raise self._wrong()
        self._at += 1
        return self._tokens[self._at - 1]

    def _atom(self) -> Node:
        kind, word, place = self._token()
        if kind == "number":
            return self._number(float(word.replace(",", ".")))
        if kind == "word" and word.lower() in FUNCTIONS and self._next_is("("):
            return self._function(word.lower())
        if kind in ("word", "named"):
            key = self._names.get(word.strip().lower())
            if key is None:
                raise KnownError("formula_name", name=word.strip(), place=place + 1)
            self._used[key] = None
            return _reading(key)
        self._at -= 1
        if self._next_is("("):
            node = self._sum()
            if self._next_is(")"):
                return node
        raise self._wrong()

    def _number(self, value: float) -> Node:
        if self._at < len(self._tokens) and self._tokens[self._at][0] == "word":
            factor, quantity = UNITS.get(self._tokens[self._at][1].lower(), (0.0, ""))
            if not quantity:
                raise self._wrong()
            self._at += 1
            return _number(value * factor, DIMENSIONS[quantity])
        return _number(value, PLAIN)

    def _function(self, name: str) -> Node:
        given = [self._sum()]
        while self._next_is(","):
            given.append(self._sum())
        make, count = FUNCTIONS[name]
        if not self._next_is(")") or len(given) != count:
            raise self._wrong()
        return make(*given)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    for found in _TOKEN.finditer(text.rstrip()):
        number, word, named, sign = found.groups()
        place = found.start() + len(found.group()) - len(found.group().lstrip())
        if number is not None:
            yield "number", number, place
        elif word is not None:
            yield "word", word, place
        elif named is not None:
            yield "named", named, place
        else:
            yield "sign", _SIGNS.get(sign, sign), place


# ---- what the parts come to --------------------------------------------------------------------------------


def _number(value: float, dimension: Dimension) -> Node:
    return lambda cells: Value(np.asarray(value), dimension)


def _reading(key: str) -> Node:
    def of(cells: Cells) -> Value:
        quantity = cells.quantities[key]
        return Value(cells.by_name[key], DIMENSIONS[quantity], quantity == "temperature")

    return of


def _added(left: Node, right: Node, sign: float) -> Node:
    def of(cells: Cells) -> Value:
        a, b = left(cells), right(cells)
        if a.dimension != b.dimension or a.per_day != b.per_day:
            raise KnownError("formula_units", first=_said(a), second=_said(b))
        if b.absolute and (sign > 0 or not a.absolute):
            raise KnownError("formula_absolute")
        return Value(a.value + sign * b.value, a.dimension, a.absolute and not b.absolute, a.per_day)

    return of


def _multiplied(left: Node, right: Node, power: int) -> Node:
    def of(cells: Cells) -> Value:
        a, b = left(cells), right(cells)
        if a.absolute or b.absolute:
            raise KnownError("formula_absolute")
        if (a.per_day and b.dimension != PLAIN) or b.per_day:
            raise KnownError("formula_units", first=_said(a), second=_said(b))
        made = [x + power * y for x, y in zip(a.dimension, b.dimension, strict=True)]
        value = a.value * b.value if power > 0 else a.value / np.where(b.value == 0, np.nan, b.value)
        return Value(value, (made[0], made[1], made[2], made[3], made[4]), False, a.per_day)

    return of


def _raised(node: Node, power: int) -> Node:
    made = _number(1.0, PLAIN)
    for _ in range(power):
        made = _multiplied(made, node, 1)
    return made


def _mean(node: Node, window: Node) -> Node:
    """Over the time before each cell and the cell itself; half of it must be there."""

    def of(cells: Cells) -> Value:
        a, over = node(cells), window(cells)
        if over.dimension != SECOND or over.value.ndim:
            raise KnownError("formula_function", name="mean")
        count = max(round(float(over.value) / cells.step_s), 1)
        known = np.isfinite(a.value)
        sums, there = (_last(part, count) for part in (np.where(known, a.value, 0.0), known.astype(float)))
        value = np.where(2 * there >= np.minimum(count, np.arange(len(there)) + 1), sums / there, np.nan)
        return Value(value, a.dimension, a.absolute, a.per_day)

    return of


def _last(values: Floats, count: int) -> Floats:
    """The sum of each value and those before it, `count` in all."""
    total = np.concatenate(([0.0], np.cumsum(np.atleast_1d(values))))
    first = np.maximum(np.arange(1, len(total)) - count, 0)
    return np.asarray(total[1:] - total[first])


def _change(node: Node) -> Node:
    """In a day, between the cells beside each."""

    def of(cells: Cells) -> Value:
        a = node(cells)
        if a.per_day or not a.value.ndim or len(a.value) < 3:
            raise KnownError("formula_function", name="change")
        value = np.full(len(a.value), np.nan)
        value[1:-1] = (a.value[2:] - a.value[:-2]) / (2 * cells.step_s) * DAY_S
        return Value(value, a.dimension, False, True)

    return of


def _absolute_value(node: Node) -> Node:
    def of(cells: Cells) -> Value:
        a = node(cells)
        return Value(np.abs(a.value), a.dimension, a.absolute, a.per_day)

    return of


def _extreme(which: Callable[[Floats, Floats], Floats]) -> Callable[[Node, Node], Node]:
    def make(left: Node, right: Node) -> Node:
        def of(cells: Cells) -> Value:
            a, b = left(cells), right(cells)
            if (a.dimension, a.absolute, a.per_day) != (b.dimension, b.absolute, b.per_day):
                raise KnownError("formula_units", first=_said(a), second=_said(b))
            return Value(which(a.value, b.value), a.dimension, a.absolute, a.per_day)

        return of

    return make


FUNCTIONS: dict[str, tuple[Callable[..., Node], int]] = {
    "mean": (_mean, 2),
    "среднее": (_mean, 2),
    "change": (_change, 1),
    "изменение": (_change, 1),
    "abs": (_absolute_value, 1),
    "min": (_extreme(np.minimum), 2),
    "max": (_extreme(np.maximum), 2),
}


def _said(value: Value) -> str:
    return (si_unit(value.dimension) or "1") + ("/d" if value.per_day else "")
