"""What a well is called and how it is run: changed like any record, with versions and a way back. Field and
first name stay its name for other stores; a well of another field is another well.
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
        _WELL.choice("lift", "Способ эксплуатации", "Lift", LIFTS, required=True),
        _WELL.text("aliases", "Другие названия, через запятую", "Other names, by commas"),
        _WELL.text("note", "Примечание", "Note", long=True),
    ),
    "Паспорт скважины",
    "Well passport",
    packed="body",
)

KINDS = (WELL_PASSPORT,)
