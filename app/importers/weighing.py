"""What speaks for a kind of table and against it beside the names of its columns, in one figure."""

from __future__ import annotations

from app.importers import liquid_parts
from app.importers.kind_hints import (
    amounts_of_months,
    begins_and_ends,
    by_volumes,
    measured_by_the_hour,
    one_point_each,
    only_hours,
    only_purpose,
    only_reasons,
    only_state,
    sampled,
    says_stops,
    says_test,
    says_test_of_hours,
    shot_by_hand,
    tags_of_readings,
    tells_rates,
    untimed_volumes,
)
from app.importers.plan import ColumnPlan
from app.importers.sheets import Sheet
from app.importers.targets import TableKind
from app.importers.vocabulary import Vocabulary

NEVER = 100.0


def beside_names(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind, words: Vocabulary) -> float:
    worth = 0.0
    worth += 0.3 * (kind.key == "flow_test" and says_test(sheet, columns))
    worth += 1.0 * (kind.key == "flow_test" and begins_and_ends(sheet, columns, words))
    worth += 0.5 * liquid_parts.make_liquid(liquid_parts.LIQUID, {column.field for column in columns})
    worth += 2.5 * (kind.key == "flow_test" and by_volumes(sheet, columns))
    worth += 1.0 * amounts_of_months(sheet, columns, kind)
    worth -= 3.0 * (kind.key == "production" and says_test_of_hours(sheet, columns, words))
    worth -= 2.0 * untimed_volumes(sheet, kind, columns)
    worth += 0.5 * (kind.key == "lab_result" and sampled(columns))
    worth -= 0.5 * (kind.key == "production" and only_hours(columns))
    worth -= NEVER * measured_by_the_hour(sheet, columns, kind)
    worth -= 3.0 * (kind.key == "workover" and says_stops(sheet, columns))
    worth -= NEVER * only_purpose(columns, kind)
    worth -= NEVER * only_state(sheet, columns, kind)
    worth -= NEVER * one_point_each(sheet, columns, kind)
    worth -= NEVER * only_reasons(sheet, columns, kind)
    worth -= NEVER * tags_of_readings(sheet, columns, kind, words)
    worth += 3.0 * (kind.key == "fluid_level" and shot_by_hand(sheet, columns))
    worth -= 1.5 * (kind.key in ("lab_result", "fluid") and tells_rates(sheet, words))
    return worth
