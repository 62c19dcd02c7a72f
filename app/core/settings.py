"""Every setting, declared once: the dialog, the checks and the file are made from these declarations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core import versioned, zones
from app.core.errors import KnownError
from app.core.setting import Setting
from app.core.texts import LANGUAGES, Speaker, speaker_of
from app.core.units import SYSTEMS, UnitSystem

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "language",
        "choice",
        "ru",
        "Язык",
        "Language",
        "Язык интерфейса и отчётов.",
        "Language of the interface and of the reports.",
        LANGUAGES,
    ),
    Setting(
        "units",
        "choice",
        "ru_field",
        "Единицы",
        "Units",
        "Единицы на экране и в отчётах; внутри всё хранится в СИ.",
        "Units on the screen and in reports; everything is stored in SI.",
        SYSTEMS,
    ),
    Setting(
        "technical_atmosphere",
        "bool",
        False,
        "«атм» — это кгс/см²",
        "“atm” means kgf/cm²",
        "Если на промысле под «атм» понимают техническую атмосферу (разница 3,3 %).",
        "When the field's “atm” is the technical atmosphere (a difference of 3.3 %).",
    ),
    Setting(
        "time_zone",
        "zone",
        "",
        "Часовой пояс промысла",
        "Time zone of the field",
        "На экране, в отчётах, при вводе и для времени в файлах, где пояс не назван: Asia/Yekaterinburg, "
        "UTC+5. Пусто — пояс этого компьютера. Сутки и даты без часов не сдвигаются.",
        "On the screen, in reports, while typing, for times in files that name no zone: Asia/Yekaterinburg, "
        "UTC+5. Empty: that of this computer. Days and dates without an hour are not moved.",
    ),
    Setting(
        "theme",
        "choice",
        "light",
        "Тема",
        "Theme",
        "Светлая, тёмная или контрастная для работы на солнце.",
        "Light, dark, or high contrast for work in the sun.",
        ("light", "dark", "sunlight"),
    ),
    Setting(
        "glove_mode",
        "bool",
        False,
        "Режим перчаток",
        "Glove mode",
        "Крупные кнопки (не меньше 40 пикселей) и шрифт.",
        "Large targets (at least 40 px) and type.",
    ),
    Setting(
        "live_interval_s",
        "float",
        2.0,
        "Опрос новых данных",
        "Look for new data every",
        "Как часто график в режиме слежения ищет новые показания.",
        "How often a following chart looks for new readings.",
        minimum=0.2,
        maximum=60.0,
        unit="s",
    ),
    Setting(
        "watch_folder",
        "str",
        "",
        "Папка для загрузки",
        "Folder to import from",
        "Файлы, появившиеся в этой папке, загружаются сами: в «imported» или, с причиной, в «rejected». "
        "Подпапка с именем скважины — файлы этой скважины.",
        "Files that appear in this folder are imported by themselves: into “imported” or, with the reason, "
        "into “rejected”. A subfolder named as a well holds that well's files.",
    ),
    Setting(
        "company",
        "str",
        "",
        "Организация",
        "Company",
        "Печатается в шапке отчётов.",
        "Printed at the head of reports.",
    ),
    Setting(
        "logo",
        "str",
        "",
        "Логотип",
        "Logo",
        "Файл PNG или JPEG; печатается в шапке отчётов.",
        "A PNG or JPEG file, printed at the head of reports.",
    ),
    Setting(
        "report_templates",
        "str",
        "",
        "Папка шаблонов отчётов",
        "Folder of report templates",
        "Шаблоны предприятия (файлы .json), общие для всех; свои лежат в профиле.",
        "The company's templates (.json files), shared by all; one's own are in the profile.",
    ),
    Setting(
        "report_template",
        "str",
        "well",
        "Шаблон отчёта",
        "Report template",
        "Выбранный в последний раз.",
        "The one chosen last.",
        page="remembered",
    ),
    Setting(
        "save_folder",
        "str",
        "",
        "Папка сохранения",
        "Folder to save in",
        "Куда сохраняли в последний раз.",
        "Where something was saved last.",
        page="remembered",
    ),
    Setting(
        "author",
        "str",
        "",
        "Исполнитель",
        "Author",
        "Подпись под решениями по диагнозам и в отчётах.",
        "Signs decisions on findings and reports.",
    ),
    Setting(
        "oil_price",
        "float",
        0.0,
        "Тонна нефти оставляет",
        "A tonne of oil leaves",
        "После налогов и транспорта, в деньгах предприятия. Ноль — советы считают нефть, а не деньги.",
        "After taxes and transport, in the site's own money. Zero: advice counts oil, not money.",
        minimum=0.0,
        maximum=1e9,
    ),
    Setting(
        "energy_price",
        "float",
        0.0,
        "Киловатт-час стоит",
        "A kilowatt-hour costs",
        "В деньгах предприятия; для советов по режиму.",
        "In the site's own money; for advice on settings.",
        minimum=0.0,
        maximum=1e6,
    ),
    Setting(
        "liquid_price",
        "float",
        0.0,
        "Подготовка тонны жидкости стоит",
        "Treating a tonne of liquid costs",
        "Подъём, сбор, подготовка и закачка воды, без электроэнергии скважины.",
        "Lifting, gathering, treating and injecting its water, without the well's own energy.",
        minimum=0.0,
        maximum=1e9,
    ),
    Setting(
        "centre_url",
        "str",
        "",
        "Адрес центра",
        "Address of the centre",
        "Адрес службы приёма, например https://centre.example. Пусто — работа без центра.",
        "Address of the ingest service, for example https://centre.example. Empty: work without a centre.",
        page="sync",
    ),
    Setting(
        "clickhouse_url",
        "str",
        "",
        "Адрес ClickHouse",
        "Address of ClickHouse",
        "Обычно пусто: показания и динамограммы отдаёт центр. Нужен, только если ИТ дало учётную запись.",
        "Usually empty: the centre hands out readings and cards. Only where IT gave an account of it.",
        page="sync",
    ),
    Setting(
        "clickhouse_user",
        "str",
        "wellside",
        "Пользователь ClickHouse",
        "User of ClickHouse",
        "Учётная запись только для чтения.",
        "A read-only account.",
        page="sync",
    ),
    Setting(
        "oracle_dsn",
        "str",
        "",
        "Адрес Oracle",
        "Address of Oracle",
        "Вида host:порт/служба, если записи читаются прямо из Oracle. Пусто — через службу центра.",
        "As host:port/service, when records are read from Oracle itself. Empty: through the centre's "
        "service.",
        page="sync",
    ),
    Setting(
        "oracle_user",
        "str",
        "",
        "Пользователь Oracle",
        "User of Oracle",
        "Учётная запись только для чтения.",
        "A read-only account.",
        page="sync",
    ),
    Setting(
        "proxy_url",
        "str",
        "",
        "Прокси-сервер",
        "Proxy",
        "Например http://proxy:3128. Пусто — как в системе.",
        "For example http://proxy:3128. Empty: as in the system.",
        page="sync",
    ),
    Setting(
        "ca_file",
        "str",
        "",
        "Сертификат предприятия",
        "The company's certificate",
        "Файл PEM центра сертификации предприятия, если его нет в системе.",
        "PEM file of the company's authority, when the system does not know it.",
        page="sync",
    ),
    Setting(
        "sync_auto",
        "bool",
        True,
        "Обмениваться самому",
        "Sync by itself",
        "Отправлять и получать, как только есть связь. Иначе — только по кнопке.",
        "Send and fetch as soon as there is a connection. Otherwise only when asked.",
        page="sync",
    ),
    Setting(
        "sync_every_s",
        "float",
        30.0,
        "Проверять связь каждые",
        "Look for the centre every",
        "Как часто искать центр и спрашивать о новом.",
        "How often to look for the centre and ask what is new.",
        minimum=1,
        maximum=3600,
        unit="s",
        page="sync",
    ),
    Setting(
        "sync_days",
        "int",
        90,
        "Показания за последние",
        "Readings of the last",
        "Сколько истории держать на ноутбуке; старшее, что есть в центре, удаляется отсюда.",
        "How much history this laptop carries; what is older and is at the centre is removed here.",
        minimum=1,
        maximum=3650,
        unit="days",
        page="sync",
    ),
    Setting(
        "sync_wells",
        "str",
        "",
        "Только скважины",
        "Only the wells",
        "Имена через запятую. Пусто — все скважины, к которым есть доступ.",
        "Names, separated by commas. Empty: all wells that you have access to.",
        page="sync",
    ),
    Setting(
        "metered",
        "bool",
        False,
        "Дорогая связь",
        "Metered connection",
        "Сначала записи и динамограммы; показания — только наименьшее и наибольшее за час.",
        "Records and cards first; of readings only the lowest and the highest of each hour.",
        page="sync",
    ),
)


def _zone_of_hours(value: object) -> str:
    """Version 1 had the hours that the field's clock is ahead of UTC; 0 was where nobody had said any."""
    hours = float(value) if isinstance(value, (int, float)) else 0.0
    minutes = round(abs(hours) * 60)
    return f"UTC{'-' if hours < 0 else '+'}{minutes // 60}:{minutes % 60:02d}" if minutes else ""


FORM = versioned.Form(
    version=2,
    renames={2: {"field_utc_offset_h": "time_zone"}},
    reworded={2: {"time_zone": _zone_of_hours}},
)
"""Of settings.json. A setting that gets another key: one version more, and the old key here."""


class Settings:
    """Values by key, kept in a JSON file. A damaged file or value falls back to the default, and says so; it
    is kept, as is everything that only another version of the program understands.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._by_key = {setting.key: setting for setting in SETTINGS}
        self._values: dict[str, Any] = {}
        self._not_ours: dict[str, Any] = {}
        self._written_by = 0
        self._damaged = False
        self._listeners: list[Callable[[str], None]] = []
        self.problems: list[KnownError] = []
        self._load()

    def _load(self) -> None:
        try:
            stored = versioned.read(self._path)
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            self._damaged = isinstance(error, ValueError)
            self.problems.append(KnownError("settings_file", file=str(self._path), reason=str(error)))
            return
        self._written_by = versioned.version_of(stored)
        for key, value in FORM.current(stored).items():
            if key not in self._by_key:
                self._not_ours[key] = value
                continue
            try:
                self._values[key] = self._by_key[key].check(value)
            except KnownError as error:
                self._not_ours[key] = value
                self.problems.append(error)

    def __getitem__(self, key: str) -> Any:
        return self._values.get(key, self._by_key[key].default)

    def set(self, key: str, value: Any) -> None:
        """Checks, writes the file, tells the listeners. Raises KnownError and changes nothing when
        refused.
        """
        value = self._by_key[key].check(value)
        if self[key] == value:
            return
        changed = {**self._values, key: value}
        kept = {name: other for name, other in self._not_ours.items() if name != key}
        if self._damaged:
            versioned.set_aside(self._path)
        versioned.write(self._path, FORM.stamped({**kept, **changed}, self._written_by))
        self._values, self._not_ours, self._damaged = changed, kept, False
        for listener in list(self._listeners):
            listener(key)

    def on_change(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Returns the call that ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def unit_system(self) -> UnitSystem:
        return UnitSystem(self["units"], self["technical_atmosphere"])

    def speaker(self, language: str | None = None) -> Speaker:
        language, zone = language or self["language"], self["time_zone"] or zones.of_machine()
        return speaker_of(language, self["units"], self["technical_atmosphere"], zone)

    def zone(self) -> zones.FieldZone:
        return zones.FieldZone(self["time_zone"] or zones.of_machine())
