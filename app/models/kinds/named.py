"""What a well is called and how it is run: changed like any record, with versions and a way back. Field and
first name stay its name for other stores; a well of another field is another well. And which well it turned
out to be, where two were one.
"""

from app.models.kinds.spec import Group, Kind
from app.models.wells import LIFTS

_WELL = Group("well")

WELL_PASSPORT = Kind(
    "well_passport",
    "well_passports",
    "valid_at",
    (
        _WELL.text("well_name", "Скважина", "Well", required=True),
        _WELL.text("pad", "Куст", "Pad"),
        _WELL.choice("lift", "Способ эксплуатации", "Lift", LIFTS, said="lift", required=True),
        _WELL.text("aliases", "Другие названия, через запятую", "Other names, by commas"),
        _WELL.text("note", "Примечание", "Note", long=True),
    ),
    "Паспорт скважины",
    "Well passport",
    packed="body",
)

WELL_MERGE = Kind(
    "well_merge",
    "well_merges",
    "merged_at",
    (
        _WELL.text("well_name", "Скважина", "Well", required=True),
        _WELL.text("into_name", "Вошла в скважину", "Merged into", required=True),
        _WELL.text("into_field", "Месторождение", "Field"),
        _WELL.text("into_pad", "Куст", "Pad"),
        _WELL.text("into_uid", "Код скважины", "Code of the well", required=True),
        _WELL.text("note", "Примечание", "Note", long=True),
    ),
    "Объединение скважин",
    "Merging of wells",
    packed="body",
)
"""A record of the well that went into the other one: taken back, it is a well of its own again."""

KINDS = (WELL_PASSPORT, WELL_MERGE)
