"""The lines of an instrument that speaks by itself, as its profile tells them."""

from __future__ import annotations

from app.analysis.catalogue.entry import Entry
from app.devices.profile import CHECKSUMS, Framing
from app.devices.read_numbers import number_or, whole

MOST_FIELDS = 200
LONGEST = 16
_NO_DELIMITER = set("0123456789.+-")


def framing_of(top: Entry) -> Framing | None:
    """Raises KnownError (catalogue_…, device_whole)."""
    if "framing" not in top:
        return None
    part = top.part("framing")
    usual = Framing(",", whole(part, "fields", 1, MOST_FIELDS))
    words = ("delimiter", "start", "end", "name", "mark")
    told = {key: _short(part, key, getattr(usual, key)) for key in words}
    for key in ("delimiter", "end"):
        if not told[key]:
            raise part.wrong("catalogue_missing", f"framing.{key}", "")
    if set(told["delimiter"]) & _NO_DELIMITER:
        raise part.wrong("catalogue_choice", "framing.delimiter", told["delimiter"], known=", ; \\t")
    decimal = part.choice("decimal", (".", ","), usual.decimal)
    if decimal == told["delimiter"]:
        raise part.wrong("catalogue_choice", "framing.decimal", decimal, known=".")
    framing = Framing(
        told["delimiter"],
        usual.fields,
        told["start"],
        told["end"],
        told["name"],
        decimal,
        part.choice("checksum", ("", *CHECKSUMS), ""),
        told["mark"],
        number_or(part, "silence_s", 1, 86_400, usual.silence_s),
    )
    part.nothing_else()
    return framing


def _short(part: Entry, key: str, usual: str) -> str:
    """What goes over a line as it stands: ASCII alone."""
    said = part.text(key) if key in part else usual
    if len(said) > LONGEST or not said.isascii():
        raise part.wrong("catalogue_text", f"framing.{key}", said)
    return said
