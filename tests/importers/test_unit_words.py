"""Units that a name says, units that only look like one, and names that are made of a group and a column."""

from __future__ import annotations

import pyarrow as pa
import pytest

from app.importers.by_hand import assigned
from app.importers.plan import ColumnPlan, SheetPlan
from app.importers.sheets import LINE, Layout, Sheet, column_name
from app.importers.vocabulary import (
    like_the_others,
    per_hundred_turns,
    split_unit,
    unit_in_name,
    unit_written,
    vocabulary,
)


@pytest.mark.parametrize(
    ("header", "quantity", "unit"),
    [
        ("Motor HP", "power", "hp"),
        ("BHP", "power", "hp"),
        ("Horse power", "power", "hp"),
        ("Мощность", "power", ""),
        ("Motor HP", "length", ""),
        ("API gravity", "density", "°API"),
        ("Oil API", "density", "°API"),
        ("Rapid density", "density", ""),
        ("API gravity", "viscosity", ""),
        ("SPM", "pumping_speed", "1/min"),
        ("Strokes per minute", "pumping_speed", "1/min"),
        ("Качаний в минуту", "pumping_speed", "1/min"),
        ("Число качаний в мин", "pumping_speed", "1/min"),
        ("Speed", "pumping_speed", ""),
        ("Days on", "hours", "d"),
        ("Days on", "duration", "d"),
        ("Дни работы", "hours", "d"),
        ("Отработано суток", "hours", "d"),
        ("Hours on", "hours", "h"),
        ("Часы работы", "hours", "h"),
        ("Minutes on", "hours", "min"),
        ("Время, минуты", "hours", "min"),
        ("Hours per days", "hours", ""),
        ("Days on", "volume", ""),
        ("Days on", "power", ""),
        ("Время работы", "hours", ""),
        ("Сегодня", "hours", ""),
    ],
)
def test_a_name_says_its_unit_only_of_the_quantity_that_has_it(header: str, quantity: str, unit: str) -> None:
    assert unit_in_name(header, quantity) == unit


@pytest.mark.parametrize(
    ("header", "unit", "said"),
    [
        ("Подача на 100 об/мин, м3/сут", "м3/сут", "m3/d/100rpm"),
        ("Rate at 100 rpm", "bbl/d", "bbl/d/100rpm"),
        ("Rate at 100 rpm", "", ""),
        ("Подача, м3/сут", "м3/сут", "м3/сут"),
        ("Напор на 100 об/мин, м", "м", "м"),
    ],
)
def test_a_rate_at_a_hundred_turns_is_the_volume_of_a_turn(header: str, unit: str, said: str) -> None:
    assert per_hundred_turns(header, unit) == said


@pytest.mark.parametrize(
    ("kind", "key", "header", "in_row", "unit"),
    [
        ("pump_curve", "head_m", "H-7 (ft/stage)", "", "ft"),
        ("pump_curve", "head_m", "H-7", "ft/stage", "ft"),
        ("installation", "displacement_m3", "V на 100 об/мин, м3/сут", "", "m3/d/100rpm"),
        ("installation", "displacement_m3", "V на 100 об/мин", "м3/сут", "m3/d/100rpm"),
        ("installation", "displacement_m3", "V, bbl", "м3", "bbl / м3"),
    ],
)
def test_a_column_that_is_named_by_hand_has_the_unit_that_a_proposal_would_give_it(
    kind: str, key: str, header: str, in_row: str, unit: str
) -> None:
    """A head of a stage and a rate at a hundred turns were units that nobody knows."""
    table = pa.table({column_name(0): pa.chunked_array([[1.0, 2.0]]), LINE: pa.chunked_array([[2, 3]])})
    layout = Layout(0, 1, None, 0)
    sheet = Sheet("x", layout, (header,), (in_row,), table)
    plan = SheetPlan("x", kind, layout, (ColumnPlan(header),))
    assert assigned(sheet, plan, 0, key).columns[0].unit == unit


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("Дебит (XYZQ)", "XYZQ"),
        ("Рпр, кгс/см²", "кгс/см2"),
        ("Ток [mV]", "mV"),
        ("Ток (4-20 mA)", "4-20 mA"),
        ("Дебит, усл.ед.", "усл.ед."),
        ("Давление (PIP)", ""),
        ("Давление (факт)", ""),
        ("Давление, среднее", "среднее"),
        ("Давление (среднее)", ""),
        ("Давление (при 20 °С)", ""),
        ("Давление (at 60 F)", ""),
        ("Давление (попугаев)", "попугаев"),
        ("Давление (очень длинное слово)", ""),
        ("Давление (2026)", ""),
        ("Давление ()", ""),
        ("Давление", ""),
        (", МПа", ""),
        ("Рпр (x) (XYZQ)", "XYZQ"),
    ],
)
def test_what_stands_where_a_unit_stands_and_looks_like_one_is_told(header: str, written: str) -> None:
    assert unit_written(header, vocabulary().means) == written


@pytest.mark.parametrize(
    ("header", "name", "unit", "spelled"),
    [
        ("BOPD", "oil rate", "bbl/d", "BOPD"),
        ("mcf/d", "gas rate", "Mscf/d", "mcf/d"),
        ("API gravity", "oil density", "°API", "API gravity"),
        ("PIP (bar(a))", "PIP", "bar (a)", "bar(a)"),
        ("PIP, kg/cm2(g)", "PIP", "kgf/cm² (g)", "kg/cm2(g)"),
        ("Глубина (м от устья)", "Глубина", "m", "м"),
        ("Depth (ft from surface)", "Depth", "ft", "ft"),
        ("Диаметр, ″", "Диаметр", "in", '"'),
        ("Tubing 2⅞, in", "Tubing 2 7/8", "in", "in"),
        ("MCF Prod", "Prod", "Mscf", "MCF"),
        ("Вода, % об.", "Вода", "%", "% об."),
    ],
)
def test_a_unit_may_be_the_name_or_have_more_beside_it(
    header: str, name: str, unit: str, spelled: str
) -> None:
    found, which, written = split_unit(header)
    assert which is not None
    assert (found.rstrip("."), which.en, written) == (name, unit, spelled)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("WellID", "well"),
        ("Рпр факт", "intake_pressure"),
        ("Режим / Рпр", "intake_pressure"),
        ("Рпр / за сутки", "intake_pressure"),
        ("Рпр / факт", "intake_pressure"),
        ("Рпр / per day", "intake_pressure"),
        ("Ток двигателя (рабочий)", "motor_current"),
    ],
)
def test_a_name_is_known_in_a_group_of_columns_and_where_it_says_that_it_was_measured(
    header: str, field: str
) -> None:
    assert field in vocabulary().means(header)


def test_a_group_speaks_only_for_a_column_that_says_how_long_it_is_of() -> None:
    assert vocabulary().means("Рпр / уставка прошлая") == frozenset()
    assert vocabulary().means("Рпр / Ток") == vocabulary().means("Ток")


def test_what_is_made_is_called_in_the_language_of_those_beside_it() -> None:
    assert like_the_others(["Well", "Дата"], "Скважина", "Well") == "Скважина"
    assert like_the_others(["WELL", "date"], "Скважина", "Well") == "Well"
    assert like_the_others([], "Скважина", "Well") == "Well"
