"""Thirty files as laboratories, field systems and people really send them, and what each of them shows.

Each is made here, cell by cell, so that what is special about it can be read; `expected` is the mapping that
must be proposed without a touch: header (as it is shown, joined) → field, and how many values must come out.
"""

from __future__ import annotations

import datetime as dt
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
from pyarrow import parquet


@dataclass(frozen=True)
class Case:
    name: str
    shows: str
    make: Callable[[Path], None]
    kind: str
    fields: tuple[str, ...]
    """The fields that must be found, and no others."""
    values: int
    qualifiers: tuple[str, ...] = ()
    wells: tuple[str, ...] = field(default=())


def _book(
    rows: list[list[Any]],
    *,
    merge: tuple[str, ...] = (),
    title: str = "Лист1",
    more: dict[str, list[list[Any]]] | None = None,
) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append(row)
        for area in merge:
            sheet.merge_cells(area)
        for name, others in (more or {}).items():
            extra = book.create_sheet(name)
            for row in others:
                extra.append(row)
        book.save(path)

    return make


def _text(text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: path.write_bytes(text.encode(encoding)) and None


def _json(data: Any) -> Callable[[Path], None]:
    return lambda path: path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8") and None


def _parquet(columns: dict[str, Any]) -> Callable[[Path], None]:
    return lambda path: parquet.write_table(pa.table(columns), path)


def _dbf(names: list[tuple[str, int]], rows: list[list[str]]) -> Callable[[Path], None]:
    """dBase III in CP866, characters only, as the old field systems write it."""

    def make(path: Path) -> None:
        length = 1 + sum(width for _, width in names)
        head = struct.pack("<BBBBIHH20x", 3, 126, 10, 1, len(rows), 33 + 32 * len(names), length)
        fields = b"".join(
            name.encode("cp866").ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([width]) + b"\0" * 15
            for name, width in names
        )
        body = b"".join(
            b" "
            + b"".join(
                cell.encode("cp866").ljust(width)[:width] for cell, (_, width) in zip(row, names, strict=True)
            )
            for row in rows
        )
        path.write_bytes(head + fields + b"\r" + body + b"\x1a")

    return make


D = dt.datetime(2026, 10, 12, 9)
LAS = """~Version Information
 VERS.   2.0 : CWLS LOG ASCII STANDARD
 WRAP.    NO : one line a step
~Well Information
 STRT.S  0 : first
 STOP.S  120 : last
 STEP.S  60 : step
 NULL. -999.25 : null
 WELL.  123Г : WELL
~Curve Information
 TIME .     : Дата и время
 PIN  .MPA  : Давление на приеме
 TMOT .DEGC : Температура двигателя
~ASCII
 2026-10-01T00:00:00 5.20 98.5
 2026-10-01T00:01:00 5.21 98.6
 2026-10-01T00:02:00 -999.25 98.7
"""

CASES: tuple[Case, ...] = (
    Case(
        "title-and-merges.xlsx",
        "title over merged cells, header in row 4, units in a second row, decimal commas as text, totals and signature",
        _book(
            [
                ["Результаты анализа проб нефти за октябрь 2026 г."],
                ["Лаборатория: ХАЛ ЦНИПР"],
                [],
                [
                    "№ п/п",
                    "Скважина",
                    "Дата отбора",
                    "Плотность при 20 °С",
                    "Хлористые соли",
                    "КВЧ",
                    "Сероводород",
                ],
                ["", "", "", "г/см3", "мг/л", "мг/л", "мг/л"],
                [1, "скв. №123/К-5", "12.10.26", "0,865", "310", "85", "<0,05"],
                [2, "77", "13.10.26", "0,871", "295", "н/о", "следы"],
                ["", "Среднее", "", "0,868", "302", "", ""],
                ["Начальник лаборатории", "", "Иванова И.И."],
            ],
            merge=("A1:G1",),
        ),
        "lab_result",
        ("well", "time", "oil_density_20c", "chlorides", "solids", "hydrogen_sulphide"),
        8,
        ("<", "н/о", "следы"),
    ),
    Case(
        "two-row-header.xlsx",
        "header of two rows: groups over sub-headers, merged down and across",
        _book(
            [
                ["Скважина", "Дата отбора", "Состав, % масс", "", "", "Примечание"],
                ["", "", "Сера", "Парафины", "Асфальтены", ""],
                ["77", D, 1.2, 3.4, 0.8, ""],
                ["77", D + dt.timedelta(7), 1.3, 3.5, 0.9, "повтор"],
            ],
            merge=("A1:A2", "B1:B2", "C1:E1", "F1:F2"),
        ),
        "lab_result",
        ("well", "time", "sulphur", "paraffin", "asphaltenes", "note"),
        6,
    ),
    Case(
        "transposed.xlsx",
        "parameters down, samples across",
        _book(
            [
                ["Скважина", "77", "77", "123Г"],
                ["Дата отбора", "01.10.2026", "08.10.2026", "08.10.2026"],
                ["Плотность нефти, кг/м3", 861, 862, 871],
                ["Обводненность, %", 45.1, 46.0, 12.5],
                ["Вязкость, мПа·с", 12.1, "12,4", 9.8],
                ["КВЧ, мг/л", 80, "отс.", 95],
            ]
        ),
        "lab_result",
        ("well", "time", "oil_density_20c", "water_cut", "viscosity", "solids"),
        12,
        ("отс.",),
    ),
    Case(
        "six-components.xlsx",
        "six-component water analysis: ions in lost superscripts",
        _book(
            [
                [
                    "Скв.",
                    "Дата",
                    "pH",
                    "Cl-",
                    "SO4 2-",
                    "HCO3-",
                    "Ca2+",
                    "Mg2+",
                    "Na+K+",
                    "Минерализация, г/л",
                ],
                ["77", D, 6.8, 81000, 450, 210, 6200, 1400, 42000, 131.3],
            ]
        ),
        "lab_result",
        (
            "well",
            "time",
            "ph",
            "chloride_ion",
            "sulphate_ion",
            "bicarbonate_ion",
            "calcium_ion",
            "magnesium_ion",
            "sodium_potassium_ion",
            "mineralisation",
        ),
        8,
    ),
    Case(
        "long-protocol.xlsx",
        "long form: one row a parameter, units and methods in columns",
        _book(
            [
                ["Протокол испытаний № 145"],
                ["Скважина: 77"],
                ["Дата отбора: 12.10.2026"],
                [],
                ["Определяемый показатель", "Результат", "Ед. изм.", "НД на метод"],
                ["Плотность при 20 °С", "0,865", "г/см3", "ГОСТ 3900"],
                ["Массовая доля воды", "45,2", "%", "ГОСТ 2477"],
                ["Механические примеси", "<0,005", "%", "ГОСТ 6370"],
            ]
        ),
        "lab_result",
        ("parameter", "value", "unit", "method"),
        3,
        ("<",),
    ),
    Case(
        "sheet-a-well.xlsx",
        "several sheets, one a well, named by the sheet",
        _book(
            [
                ["Дата отбора", "Обводненность, %", "КВЧ, мг/л"],
                ["01.10.2026", "45,1", 80],
                ["08.10.2026", "46,3", 82],
            ],
            title="скв 77",
            more={"скв 123Г": [["Дата отбора", "Обводненность, %", "КВЧ, мг/л"], ["01.10.2026", "12,4", 60]]},
        ),
        "lab_result",
        ("time", "water_cut", "solids"),
        6,
    ),
    Case(
        "english-lab.csv",
        "English headers, semicolons, CRLF",
        _text(
            "Well;Sample date;Sample point;Oil density, kg/m3;Water content, %;H2S, mg/l\r\n77;2026-10-12;wellhead;861.5;45.2;<0.1\r\n77;2026-10-19;wellhead;862.0;45.9;0.2\r\n"
        ),
        "lab_result",
        ("well", "time", "point", "oil_density_20c", "water_cut", "hydrogen_sulphide"),
        6,
        ("<",),
    ),
    Case(
        "cp1251-lab.csv",
        "old Windows encoding, decimal commas, tabs",
        _text(
            "Скважина\tДата отбора\tПлотность нефти, г/см3\tХлориды, мг/л\n77\t12.10.2026\t0,865\t310\n77\t19.10.2026\t0,866\t305\n",
            "cp1251",
        ),
        "lab_result",
        ("well", "time", "oil_density_20c", "chlorides"),
        4,
    ),
    Case(
        "merged-well.xlsx",
        "a well's name merged over the rows of its samples",
        _book(
            [
                ["Скважина", "Дата отбора", "№ пробы", "Обводненность, %"],
                ["77", "01.10.2026", "1", 45],
                ["", "08.10.2026", "2", 46],
                ["123Г", "01.10.2026", "3", 12],
            ],
            merge=("A2:A3",),
        ),
        "lab_result",
        ("well", "time", "sample", "water_cut"),
        3,
        wells=("77", "77", "123Г"),
    ),
    Case(
        "serial-dates.xlsx",
        "dates as Excel's numbers, numbers as text with thin spaces",
        _book(
            [
                ["Скважина", "Дата отбора", "Минерализация, мг/л"],
                ["77", 46307, "131 300"],
                ["77", 46314, "1 024,5"],
            ]
        ),
        "lab_result",
        ("well", "time", "mineralisation"),
        2,
    ),
    Case(
        "worded-months.xlsx",
        "dates in words",
        _book(
            [
                ["Скважина", "Дата отбора", "КВЧ, мг/л"],
                ["77", "12 октября 2026 г.", 80],
                ["77", "19 октября 2026 г.", 81],
            ]
        ),
        "lab_result",
        ("well", "time", "solids"),
        2,
    ),
    Case(
        "powers-and-tolerance.xlsx",
        "tolerances and powers of ten in cells",
        _book(
            [
                ["Скважина", "Дата отбора", "Вязкость, мПа·с", "Хлористые соли, мг/л"],
                ["77", "12.10.2026", "12,5±0,5", "1,2·10³"],
                ["77", "13.10.2026", "12,6", "1250"],
            ]
        ),
        "lab_result",
        ("well", "time", "viscosity", "chlorides"),
        4,
    ),
    Case(
        "lookalikes.xlsx",
        "Latin letters that look Cyrillic in headers",
        _book(
            [
                ["Cкважина", "Дaта", "Pзатр, атм", "Pлин, атм", "Hдин, м"],
                ["77", D, 12, 8, 950],
                ["77", D + dt.timedelta(1), 12.5, 8.1, 955],
            ]
        ),
        "readings",
        ("well", "time", "annulus_pressure", "line_pressure", "dynamic_level"),
        6,
    ),
    Case(
        "flow-tests.xlsx",
        "flow tests of a metering skid with title and units in brackets",
        _book(
            [
                ["Замеры дебита АГЗУ-2"],
                [
                    "№ скв",
                    "Дата замера",
                    "Длительность (ч)",
                    "Qж (м3/сут)",
                    "Обв (%)",
                    "Qн (т/сут)",
                    "Рлин (атм)",
                    "Примечание",
                ],
                ["77", D, 4, 45.2, 48, 20.3, 11, ""],
                ["123Г", D, 6, 120.5, 35, 67.4, 12, "после ВНР"],
            ]
        ),
        "flow_test",
        (
            "well",
            "time",
            "duration_s",
            "liquid_m3_per_s",
            "water_cut",
            "oil_kg_per_s",
            "line_pressure_pa",
            "note",
        ),
        2,
    ),
    Case(
        "flow-tests-minutes.csv",
        "durations in minutes, English",
        _text(
            'Well,Test date,"Duration, min","Liquid rate, m3/d","Water cut, %",Valid\n77,2026-10-12 09:00,240,45.2,48,yes\n77,2026-10-15 09:00,120,44.1,49,no\n'
        ),
        "flow_test",
        ("well", "time", "duration_s", "liquid_m3_per_s", "water_cut", "valid"),
        2,
    ),
    Case(
        "levels.xlsx",
        "fluid levels by echometer",
        _book(
            [
                ["Отбивка уровней"],
                ["Скважина", "Дата", "Вид уровня", "Ндин, м", "Рзатр, атм", "Скорость звука, м/с"],
                ["77", D, "дин", 950, 12, 320],
                ["77", D + dt.timedelta(3), "стат", 610, 10, 318],
            ]
        ),
        "fluid_level",
        ("well", "time", "level", "level_m", "casing_pressure_pa", "sound_speed_m_per_s"),
        2,
    ),
    Case(
        "workovers.xlsx",
        "repairs with kinds and ends in words",
        _book(
            [
                ["Ремонты скважин"],
                [
                    "Скважина",
                    "Вид ремонта",
                    "Начало ремонта",
                    "Окончание ремонта",
                    "Причина",
                    "Бригада",
                    "Выполненные работы",
                ],
                ["77", "ТРС", "01.10.2026", "03.10.2026", "снижение изоляции", "ТРС-4", "смена насоса"],
                ["123Г", "КРС", "05.10.2026", "19.10.2026", "негерметичность", "КРС-1", "РИР"],
            ]
        ),
        "workover",
        ("well", "kind", "time", "until", "reason", "crew", "work"),
        2,
    ),
    Case(
        "events.csv",
        "events with free words",
        _text(
            "Скважина;Дата;Событие;Примечание\n77;12.10.2026 08:30;Остановка;отключение энергии\n77;12.10.2026 11:00;Пуск;\n"
        ),
        "event",
        ("well", "time", "kind", "note"),
        2,
    ),
    Case(
        "run-lives.xlsx",
        "installations with run and pull dates",
        _book(
            [
                ["Наработка оборудования"],
                [
                    "Скважина",
                    "Дата спуска",
                    "Дата подъёма",
                    "Насос",
                    "Нсп, м",
                    "Поставщик",
                    "Причина отказа",
                    "Отказ",
                ],
                ["123Г", "01.02.2025", "12.10.2026", "ЭЦН5А-80-2100", 2150, "Новомет", "солеотложение", "да"],
            ]
        ),
        "installation",
        ("well", "time", "until", "pump_name", "depth_m", "supplier", "failure_cause", "failed"),
        1,
    ),
    Case(
        "monthly.xlsx",
        "monthly production: year and month in columns, units in a row of their own, NULL for nothing",
        _book(
            [
                ["Wellbore name", "NPDCode", "Year", "Month", "On Stream", "Oil", "Gas", "Water", "GI", "WI"],
                ["", "", "", "", "hrs", "Sm3", "Sm3", "Sm3", "Sm3", "Sm3"],
                ["77", 7405, 2026, 9, 720, 1100, 150000, 80, "NULL", "NULL"],
                ["77", 7405, 2026, 10, 744, 1080, 148000, 95, "NULL", "NULL"],
            ]
        ),
        "production",
        (
            "well",
            "year",
            "month",
            "on_stream_s",
            "oil_m3",
            "gas_m3",
            "water_m3",
            "gas_injected_m3",
            "water_injected_m3",
        ),
        2,
    ),
    Case(
        "daily-report.xlsx",
        "daily report: date once above the table",
        _book(
            [
                ["Суточный рапорт по добыче"],
                ["Дата: 12.10.2026"],
                ["Скважина", "Время работы, ч", "Добыча нефти, т", "Добыча воды, м3"],
                ["77", 24, 20.1, 22],
                ["123Г", 23.5, 66, 35],
            ]
        ),
        "production",
        ("well", "on_stream_s", "oil_kg", "water_m3"),
        2,
    ),
    Case(
        "wide-telemetry.csv",
        "a trend: a column a sensor, many rows",
        _text(
            "Время;Рпр, МПа;Тдв, °C;F, Гц;I A, А\n"
            + "".join(
                f"01.10.2026 {i // 60:02d}:{i % 60:02d};{5 + i % 7 / 10:.1f}".replace(".", ",", 0)
                + f";{98 + i % 3};50;{30 + i % 2}\n"
                for i in range(200)
            )
        ),
        "readings",
        ("time", "intake_pressure", "motor_temperature", "frequency", "motor_current_a"),
        800,
    ),
    Case(
        "station-export.csv",
        "a control station's long export: path | time | value, tags out of step",
        _text(
            "Параметр;Время;Значение\nПолярное. 5. 123Г. Давление на приеме;2026-10-01 00:00:00;5.2\nПолярное. 5. 123Г. Частота;2026-10-01 00:00:07;50\nПолярное. 5. 123Г. Давление на приеме;2026-10-01 00:01:00;5.3\n"
        ),
        "readings",
        ("sensor", "time", "value"),
        3,
    ),
    Case(
        "utf16.txt",
        'UTF-16 with tabs: Excel\'s "Unicode text"',
        _text(
            "Дата\tСкважина\tЧастота, Гц\n01.10.2026 00:00\t123Г\t50\n01.10.2026 00:01\t123Г\t50,1\n",
            "utf-16",
        ),
        "readings",
        ("time", "well", "frequency"),
        2,
    ),
    Case(
        "date-and-clock.csv",
        "date and time of day in columns of their own",
        _text("Дата;Время;Рпр, атм;Ток, А\n01.10.2026;00:00;52;30\n01.10.2026;00:30;52,5;31\n"),
        "readings",
        ("time", "clock", "intake_pressure", "motor_current"),
        4,
    ),
    Case(
        "rows.json",
        "a list of objects",
        _json(
            [
                {"well": "77", "time": "2026-10-01T00:00:00Z", "intake_pressure": 5.2},
                {"well": "77", "time": "2026-10-01T00:01:00Z", "intake_pressure": 5.3},
            ]
        ),
        "readings",
        ("well", "time", "intake_pressure"),
        2,
    ),
    Case(
        "rows.ndjson",
        "one object a line",
        _text(
            '{"time": "2026-10-01T00:00:00Z", "sensor": "frequency", "value": 50}\n{"time": "2026-10-01T00:01:00Z", "sensor": "motor_current", "value": 30.5}\n'
        ),
        "readings",
        ("time", "sensor", "value"),
        2,
    ),
    Case(
        "trend.parquet",
        "typed columns",
        _parquet(
            {"time": [D, D + dt.timedelta(minutes=1)], "well": ["77", "77"], "motor_current": [30.5, 30.6]}
        ),
        "readings",
        ("time", "well", "motor_current"),
        2,
    ),
    Case(
        "gauge.las",
        "LAS 2.0: described curves, the well in the header, a null",
        _text(LAS),
        "readings",
        ("time", "intake_pressure", "motor_temperature"),
        5,
    ),
    Case(
        "old-system.dbf",
        "DBF in CP866 with short names",
        _dbf(
            [("СКВ", 8), ("ДАТА", 10), ("Q_Ж", 8), ("ОБВ", 8), ("РЛИН", 8)],
            [["77", "12.10.2026", "45,2", "48", "11"], ["77", "15.10.2026", "44,8", "49", "11"]],
        ),
        "readings",
        ("well", "time", "liquid_rate", "water_cut", "line_pressure"),
        6,
    ),
)
