"""Wells by every name that people write: finding one, or nothing when a name is two wells'."""

from __future__ import annotations

import difflib
import re
import unicodedata

from app.models.limits import clean_name
from app.models.wells import Well

_PAD = re.compile(r"^(?:к|куст|k|pad)?[-. №]*(\d{1,5}[а-яa-z]?)$")


_WORD = re.compile(r"^(?:скважина|скв\.?|well|no\.?|№)(?![^\W\d_])\s*")
_LETTER = re.compile(r"^(?:w|well|скв)?[-_. ]*0*(?=\d)")
"""`W101`, `W-101`, `Well-101`, `0101` beside `101`."""
# Letters and figures that nobody tells apart by looking: О and O and 0, З and 3.
_ALIKE = str.maketrans("авекмнорстухізil", "abekmh0pctyx1311")


def normal_name(text: str) -> str:
    """`скв. №123Г`, `Well 123г` → `123г`: what people write around a number is dropped. A word ends where its
    letters do: `Norne-1` has none. `1 2` is not `12`.
    """
    text = clean_name(text).lower().replace("ё", "е")
    text = re.sub(r"[№#]", "", _WORD.sub("", text)).strip()
    return re.sub(r"(?<!\d) +| +(?!\d)", "", text).replace("\\", "/")


def looks(name: str) -> str:
    """What a name looks like: the same for a Latin and a Cyrillic `А`."""
    return unicodedata.normalize("NFKC", normal_name(name)).translate(_ALIKE).replace("o", "0")


def _bare(name: str) -> str:
    return looks(_LETTER.sub("", normal_name(name)))


def place_looks(text: str) -> str:
    """A pad or a field as it is compared: `Куст №05`, `К-5` and `5` are one."""
    plain = normal_name(text)
    pad = _PAD.match(plain)
    return (pad.group(1) if pad else plain).lstrip("0")


def split_pad(text: str) -> tuple[str, str, str]:
    """(whole, number, pad): `123Г/К-5` is `123г` of pad `5`; `15/9-F-1 C` is nothing but itself."""
    whole = normal_name(text)
    head, slash, tail = whole.rpartition("/")
    pad = _PAD.match(tail)
    return (whole, head, pad.group(1)) if slash and head and pad else (whole, "", "")


class Registry:
    """Wells by every name that they are known under. One number on two pads is told apart by the pad, or not
    at all.
    """

    def __init__(self, wells: list[Well]) -> None:
        self.wells: list[Well] = []
        self._whole: dict[str, Well] = {}
        self._numbers: dict[str, list[Well]] = {}
        for well in wells:
            self.add(well)

    def add(self, well: Well) -> None:
        """One more."""
        self.wells.append(well)
        for name in well.names:
            whole, number, _ = split_pad(name)
            self._whole.setdefault(whole, well)
            same = self._numbers.setdefault(number or whole, [])
            if well not in same:
                same.append(well)

    def find(self, name: str) -> Well | None:
        whole, number, pad = split_pad(name)
        if not number:
            same = self._numbers.get(whole, [])
            return self._whole.get(whole) if len(same) < 2 else None
        if whole in self._whole:
            return self._whole[whole]
        same = self._numbers.get(number, [])
        on_pad = [
            well for well in same if (found := _PAD.match(normal_name(well.pad))) and found.group(1) == pad
        ]
        if len(on_pad) == 1:
            return on_pad[0]
        # A well whose pad is another one is another well, were its number the same.
        padless = [well for well in same if not _PAD.match(normal_name(well.pad))]
        return padless[0] if len(padless) == 1 and len(same) == 1 else None

    def same(self, name: str) -> list[Well]:
        """All that are called so: of several, find() gives none."""
        whole, number, _ = split_pad(name)
        return list(self._numbers.get(number or whole, []))

    def alike(self, name: str) -> Well | None:
        """A well whose name looks the same and is not, or is its number behind `W-`: to be asked about, never
        made anew unasked.
        """
        seen = _bare(name)
        return next(
            (
                well
                for well in self.wells
                for known in well.names
                if _bare(known) == seen and normal_name(known) != normal_name(name)
            ),
            None,
        )

    def near(self, name: str) -> list[str]:
        """Where nothing is like it, the first of those that there are."""
        return self.like(name) or [well.name for well in self.wells[:5]]

    def like(self, name: str) -> list[str]:
        return difflib.get_close_matches(normal_name(name), [well.name for well in self.wells], 3, 0.4)
