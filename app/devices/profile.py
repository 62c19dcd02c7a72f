"""What is known of a kind of device: its registers, its archive, its log of events, its buffer of cards.
Data, never code.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.units import Unit

HOLDING, INPUT, COILS, DISCRETE = "holding", "input", "coils", "discrete"
FUNCTION = {COILS: 1, DISCRETE: 2, HOLDING: 3, INPUT: 4}
"""Table → the function code that reads it. There are no others."""

WORDS = {"u16": 1, "i16": 1, "bit": 1, "u32": 2, "i32": 2, "f32": 2, "u64": 4, "i64": 4, "f64": 4}
"""Type → how many registers hold a value."""
ORDERS = ("ABCD", "CDAB", "BADC", "DCBA")
FIELDS = "fields"
"""The table of a register that is a field of a line."""
CHECKSUMS = ("xor8", "sum8", "crc16")
"""Of the characters between `start` and `mark`, in hexadecimal: all of them by exclusive or, their sum's low
byte, Modbus's CRC (high byte first).
"""
POLLS = {"fast": 1.0, "slow": 10.0, "once": 0.0}
"""How often a register is read [s]; once: at the connection."""


@dataclass(frozen=True)
class Register:
    """One value of a device. SI = unit.to_si(raw · scale + offset).

    `sensor` is empty for what is shown and not recorded. `invalid` are raw values that mean "nothing
    measured", `codes` raw values that are words.
    """

    name: str
    table: str
    address: int
    type: str
    order: str = "ABCD"
    scale: float = 1.0
    offset: float = 0.0
    unit: Unit | None = None
    quantity: str = "number"
    sensor: str = ""
    poll: str = "fast"
    invalid: tuple[float, ...] = ()
    bit: int | None = None
    """Of a word of states: which bit of it."""
    codes: tuple[tuple[int, str], ...] = ()

    @property
    def count(self) -> int:
        return WORDS[self.type]


@dataclass(frozen=True)
class Clock:
    """The device's own: `form` is epoch_s (seconds since 1970) or ymdhms (six registers)."""

    table: str
    address: int
    form: str = "epoch_s"
    order: str = "ABCD"
    zone_h: float = 0.0
    """What the device's clock is ahead of UTC [h]."""

    @property
    def count(self) -> int:
        return 2 if self.form == "epoch_s" else 6


@dataclass(frozen=True)
class Archive:
    """A ring of records. The record number n (from 0, counted by the device since its first) stands in the
    slot n mod capacity; `units`: how many unit ids the ring is spread over, each with `records` slots.
    """

    table: str
    address: int
    records: int
    size: int
    """Registers a record."""
    written: Register
    """How many records were ever written."""
    time: Clock
    """Within a record: its address counts from the record's first register."""
    values: tuple[Register, ...]
    """Likewise."""
    period_s: float
    """0: written when something happens, several at one time maybe."""
    first_unit: int | None = None
    units: int = 1

    @property
    def capacity(self) -> int:
        return self.records * self.units


@dataclass(frozen=True)
class Meaning:
    """What a code of a log of events is: an event of which kind (models/kinds), and in the maker's words."""

    event: str
    says: str


@dataclass(frozen=True)
class EventLog:
    """What a controller wrote down of what happened: a ring as the archive's, whose records bear a code."""

    ring: Archive
    code: Register
    meanings: tuple[tuple[int, Meaning], ...]


@dataclass(frozen=True)
class CardBuffer:
    """The last card as the controller keeps it: positions and loads in two rows of registers, or load and
    position channels that are to be sampled. `number` changes with every card: read before and after.
    """

    points: int
    position: Register
    load: Register
    number: Register | None = None
    strokes_per_minute: Register | None = None
    time: Clock | None = None


@dataclass(frozen=True)
class Sampled:
    """Load and position as they are now, to be read as often as the line gives."""

    position: Register
    load: Register


@dataclass(frozen=True)
class Framing:
    """How an instrument that speaks by itself writes a line: `start` name`delimiter`field`delimiter`… `mark`
    check sum `end`. A register of it has the number of its field, from 1, as its address.
    """

    delimiter: str
    fields: int
    """In each line, the name among them."""
    start: str = ""
    end: str = "\r\n"
    name: str = ""
    """The first field of the lines that are meant; others of the same instrument are passed over."""
    decimal: str = "."
    checksum: str = ""
    """One of CHECKSUMS; empty: the line has none."""
    mark: str = "*"
    """What stands before the check sum."""
    silence_s: float = 10.0
    """So long it may say nothing."""


@dataclass(frozen=True)
class Profile:
    key: str
    names: tuple[tuple[str, str], ...]
    """Language → name."""
    source: str
    lift: str
    registers: tuple[Register, ...]
    unit_id: int = 1
    most_registers: int = 100
    widest_gap: int = 8
    """Registers that nobody wants are read with the others rather than asked around, up to so many."""
    timeout_s: float = 1.0
    baud: int = 9600
    parity: str = "N"
    stop_bits: int = 1
    clock: Clock | None = None
    archive: Archive | None = None
    events: EventLog | None = None
    card: CardBuffer | None = None
    sampled: Sampled | None = None
    framing: Framing | None = None
    """Of an instrument that speaks by itself, in lines of text; nothing is ever sent to it."""
    file: str = ""
    """Empty for what ships with the program."""

    def name(self, language: str) -> str:
        return dict(self.names).get(language) or self.names[0][1]
