"""Tables whose titles, groups and columns of sources say that the figures are no values measured at
their moment: refused, or told.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
DAY_S = 86_400.0
READINGS = "Скв;Дата;Рпр, атм;Qж, м3/сут\n101;01.10.2026;40;60\n102;01.10.2026;41;80\n"


@pytest.mark.parametrize(
    "title",
    [
        "Максимальные значения за сутки",
        "Параметры УЭЦН (мин)",
        "Daily max values",
        "Целевые параметры",
        "Потенциал скважин",
        "Отклонение факта от плана",
        "Допустимые значения",
        "Alarm limits",
        "Паспортные данные",
        "По скважине-аналогу 105",
        "Изменение за сутки",
        "Прирост дебита после ГТМ",
        "Технологический режим (рекомендуемый)",
        "Theoretical rates",
        "Лимиты по скважинам",
        "Статистика: P95",
        "Размах параметров за сутки",
        "Погрешность измерений",
        "Что-если: частота +5 Гц",
        "Пример заполнения",
        "Эффект от мероприятий",
        "Недостижение режима",
        "Установленные режимы",
        "TEST DATA - DO NOT USE",
    ],
)
def test_what_a_title_says_to_be_no_value_of_its_moment_is_no_reading(
    strangers: Workspace, tmp_path: Path, title: str
) -> None:
    found = take(strangers, tmp_path, f"{title}\n{READINGS}")
    assert (found.refused, found.details["columns"]) == ("planned_figures", title)


@pytest.mark.parametrize(
    "title",
    [
        "Фактические параметры, максимальная частота дискретизации",
        "Замеры и уставки",
        "Аналоговые входы СУ",
        "Изменение параметров по времени",
        "No limits exceeded",
        "Замеры (погрешность 5 %)",
        "Well test data",
        "Суточный рапорт за 05.10.2026",
    ],
)
def test_words_of_something_else_leave_readings_what_they_are(
    strangers: Workspace, tmp_path: Path, title: str
) -> None:
    found = take(strangers, tmp_path, f"{title}\n{READINGS}")
    assert [round(value * DAY_S) for _, value in series(found, "101", "liquid_rate")] == [60]
    assert "import.said_to_be" not in found.said


@pytest.mark.parametrize(
    "title",
    [
        "Среднесуточные параметры работы",
        "Восстановленные замеры",
        "Hourly averages",
        "Corrected values",
        "Прошлый год",
        "Медианы",
    ],
)
def test_that_figures_were_worked_on_is_told(strangers: Workspace, tmp_path: Path, title: str) -> None:
    found = take(strangers, tmp_path, f"{title}\n{READINGS}")
    assert not found.refused
    assert "import.said_to_be" in found.said


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Theoretical production, October 2026", "planned_figures"),
        ("Target production October 2026", "planned_figures"),
        ("Норма отбора за октябрь 2026", "planned_figures"),
        ("Обязательства по добыче на октябрь 2026", "planned_figures"),
        ("Упущенная добыча за октябрь 2026", "other_amounts"),
        ("Показания счётчика за октябрь 2026", "other_amounts"),
        ("Month-to-date volumes for October 2026", "other_amounts"),
        ("Добыча с начала года, октябрь 2026", "other_amounts"),
    ],
)
def test_what_was_not_produced_in_its_month_is_no_production(
    strangers: Workspace, tmp_path: Path, title: str, code: str
) -> None:
    found = take(strangers, tmp_path, f"{title}\nСкв;Нефть, т;Вода, м3\n101;620;600\n102;310;290\n")
    assert (found.refused, found.details["columns"]) == (code, title)


def test_a_group_of_deviations_is_no_group_of_rates(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скв;Дата;План;;Отклонение;\n;;Qж, м3/сут;Qн, т/сут;Qж, м3/сут;Qн, т/сут\n"
        "101;01.10.2026;60;25;2;1\n102;01.10.2026;80;30;1;1\n"
    )
    assert take(strangers, tmp_path, text).refused == "planned_figures"


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Вид данных", "аналог 102"),
        ("Тип значения", "макс"),
        ("Data Type", "Allocated"),
        ("Remark", "interpolated"),
        ("Прим.", "по аналогии"),
        ("Прим.", "принято"),
        ("Способ получения", "по балансу"),
        ("Basis", "correlation"),
    ],
)
def test_a_word_that_makes_a_reading_none_is_told(
    strangers: Workspace, tmp_path: Path, header: str, word: str
) -> None:
    text = f"Скв;Дата;{header};Рпр, атм\n101;05.10.2026;;45\n101;06.10.2026;{word};46\n"
    assert "import.column_unused" in take(strangers, tmp_path, text).said


@pytest.mark.parametrize(
    ("header", "word"), [("Статус строки", "предв."), ("Источник", "прогноз"), ("Scenario", "P50")]
)
def test_a_word_that_makes_a_month_of_production_none_is_told(
    strangers: Workspace, tmp_path: Path, header: str, word: str
) -> None:
    text = (
        f"Скв;Дата;Нефть, т;Жидкость, м3;{header}\n101;31.08.2026;600;900;\n101;30.09.2026;590;880;{word}\n"
    )
    assert "import.column_unused" in take(strangers, tmp_path, text).said


@pytest.mark.parametrize(
    "title",
    [
        "Отладочный набор для проверки загрузки",
        "Задачи бригаде",
        "Гарантийные показатели поставщика",
        "Обоснование подбора ЭЦН",
        "Падение давления за неделю",
        "Rolling 7-day figures",
    ],
)
def test_a_title_of_which_not_every_word_is_known_is_repeated(
    strangers: Workspace, tmp_path: Path, title: str
) -> None:
    assert "import.title_strange" in take(strangers, tmp_path, f"{title}\n{READINGS}").said


@pytest.mark.parametrize(
    "title",
    [
        "Замеры на кусте 5, октябрь 2026",
        "ООО «Нефтесервис», суточная сводка",
        "ESP daily report - Pad 5, Eagle Flat",
        "Телеметрия ТМС, выгрузка из архива СУ Борец",
        "Суточный рапорт за 05.10.2026",
        "Давление на приёме, температура двигателя",
        "Северное месторождение",
        "Северное",
    ],
)
def test_a_title_of_known_words_and_names_is_not(strangers: Workspace, tmp_path: Path, title: str) -> None:
    found = take(strangers, tmp_path, f"{title}\n{READINGS}")
    assert not found.refused
    assert not {"import.title_strange", "import.said_to_be"} & found.said


def test_a_group_of_critical_values_is_no_group_of_readings(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Критич.;Текущ.\n;;Рпр, атм;Рпр, атм\n101;01.10.2026;25;40\n102;01.10.2026;25;41\n"
    assert [value / 101_325 for _, value in series(take(strangers, tmp_path, text))] == pytest.approx([40])
