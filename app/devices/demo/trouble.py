"""Faults of a line on request: what leaves a demo device is held back, cut, spoilt or another's."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

from app.core.errors import KnownError
from app.devices.gate import RTU

SILENT, HALF, SPOILT, OTHER_UNIT, BUSY, OTHER_MASTER = (
    "silent",
    "half",
    "crc",
    "unit",
    "busy",
    "master",
)
KINDS = (SILENT, HALF, SPOILT, OTHER_UNIT, BUSY, OTHER_MASTER)


@dataclass
class Trouble:
    """`share` of the answers are hit by one of `kinds`; `next_` are hit first, in their order."""

    form: str
    kinds: tuple[str, ...] = ()
    share: float = 0.0
    seed: int = 1
    next_: list[str] = field(default_factory=list)
    done: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def set(self, kinds: tuple[str, ...], share: float) -> None:
        """Raises KnownError (device_demo_fault)."""
        for kind in kinds:
            if kind not in KINDS:
                raise KnownError("device_demo_fault", kind=kind[:40], known=", ".join(KINDS))
        self.kinds, self.share = kinds, share

    def spoil(self, answer: bytes) -> bytes:
        with self._lock:
            kind = self.next_.pop(0) if self.next_ else self._drawn()
            self.done += bool(kind)
        if kind == SILENT:
            return b""
        if kind == HALF:
            return answer[: max(3, len(answer) // 2)]
        spoilt = {
            SPOILT: self._spoilt,
            OTHER_UNIT: self._of_another,
            BUSY: self._busy,
            OTHER_MASTER: self._asked,
        }
        return spoilt[kind](answer) if kind else answer

    def _drawn(self) -> str:
        hit = self.kinds and self._random.random() < self.share
        return self._random.choice(self.kinds) if hit else ""

    def _spoilt(self, answer: bytes) -> bytes:
        """One bit, anywhere behind the unit; TCP would not let it through: there the length is wrong."""
        place = 5 if self.form != RTU else self._random.randrange(3, len(answer))
        return answer[:place] + bytes([answer[place] ^ 0x10]) + answer[place + 1 :]

    def _of_another(self, answer: bytes) -> bytes:
        if self.form == RTU:
            return summed(bytes([answer[0] % 247 + 1]) + answer[1:-2])
        return answer[:6] + bytes([answer[6] % 247 + 1]) + answer[7:]

    def _busy(self, answer: bytes) -> bytes:
        if self.form == RTU:
            return summed(bytes([answer[0], answer[1] | 0x80, 6]))
        return answer[:4] + b"\0\3" + answer[6:7] + bytes([answer[7] | 0x80, 6])

    def _asked(self, answer: bytes) -> bytes:
        """Another master's question in place of the answer; on TCP there is none, and nothing comes."""
        return summed(bytes([17, 3, 0, 107, 0, 3])) if self.form == RTU else b""


def summed(frame: bytes) -> bytes:
    """With its CRC."""
    from pymodbus.framer import FramerRTU

    return frame + FramerRTU.compute_CRC(frame).to_bytes(2, "big")
