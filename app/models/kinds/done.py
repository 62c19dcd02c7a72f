"""What is done at the well: events, workovers, equipment, notes, documents."""

from app.core.units import DAY_S
from app.models.kinds.spec import NOTE, Field, Kind

EVENT = Kind(
    "event", "events", "happened_at",
    (
        Field("kind", "Вид", "Kind", "choice", choices=("start", "stop", "mode_change", "choke", "treatment", "flushing", "killing", "trip", "note"), required=True, header="event_kind", default="stop"),
        Field("note", "Примечание", "Note", "text", header="note", long=True),
    ),
    "Событие", "Event", until="until", same=("kind",),
)  # fmt: skip

WORKOVER = Kind(
    "workover", "workovers", "started_at",
    (
        Field("kind", "Вид ремонта", "Kind", "choice", choices=("trs", "krs", "prs", "opz", "grp", "other"), required=True, header="workover_kind", default="trs"),
        Field("reason", "Причина", "Reason", "text", header="workover_reason"),
        Field("work", "Выполненные работы", "Work done", "text", header="workover_work", long=True),
        Field("crew", "Бригада", "Crew", "text", header="crew"),
        Field("equipment", "Оборудование: поднято и спущено", "Equipment out and in", "text", header="equipment", long=True),
        Field("result", "Результат", "Result", "text", header="workover_result"),
        NOTE,
    ),
    "Ремонт", "Workover", until="ended_at", same=("kind",), attaches=True,
)  # fmt: skip

INSTALLATION = Kind(
    "installation", "installations", "run_at",
    (
        Field("pump_name", "Насос", "Pump", "text", header="pump_name", required=True, path=("pump_name",)),
        Field("pump_type", "Типоразмер", "Pump type", "text", header="pump_type", path=("pump_type",)),
        Field("depth_m", "Глубина спуска", "Setting depth", quantity="length", minimum=50, maximum=5000, usual=(800, 3000), header="pump_depth", path=("pump", "depth_m")),
        Field("plunger_diameter_m", "Диаметр плунжера", "Plunger diameter", quantity="small_length", minimum=0.02, maximum=0.15, header="plunger_diameter", path=("pump", "plunger_diameter_m")),
        Field("stages", "Число ступеней", "Stages", minimum=1, maximum=1000, header="stages", path=("stages",)),
        Field("motor", "Двигатель", "Motor", "text", header="motor", path=("motor",)),
        Field("rated_power_w", "Мощность двигателя", "Motor power", quantity="power", minimum=1e3, maximum=1e6, header="rated_power", path=("rated_power_w",)),
        Field("rated_current_a", "Номинальный ток", "Rated current", quantity="current", minimum=1, maximum=400, header="rated_current", path=("rated_current_a",)),
        Field("casing_diameter_m", "Колонна, наружный диаметр", "Casing, outer diameter", quantity="small_length", minimum=0.08, maximum=0.4, header="casing_diameter", path=("hole", "casing_diameter_m")),
        Field("casing_shoe_m", "Башмак колонны", "Casing shoe", quantity="length", minimum=50, maximum=6000, header="casing_shoe", path=("hole", "casing_shoe_m")),
        Field("perforation_top_m", "Верх перфорации", "Top of perforations", quantity="length", minimum=50, maximum=6000, header="perforation_top", path=("hole", "perforation_top_m")),
        Field("perforation_bottom_m", "Низ перфорации", "Bottom of perforations", quantity="length", minimum=50, maximum=6000, header="perforation_bottom", path=("hole", "perforation_bottom_m")),
        Field("supplier", "Поставщик", "Supplier", "text", header="supplier", path=("supplier",)),
        Field("pulled_because", "Причина подъёма", "Pulled because of", "text", header="pulled_because", path=("pulled_because",)),
        Field("failed", "Отказ", "Failure", "flag", header="failed", path=("failed",)),
    ),
    "Смена оборудования", "Equipment change", until="pulled_at", packed="equipment",
)  # fmt: skip

NOTE_KIND = Kind(
    "note", "notes", "noted_at",
    (
        Field("text", "Текст", "Text", "text", required=True, long=True, header="note"),
        Field("sensor", "Датчик", "Sensor", "text"),
        Field("author", "Автор", "Author", "text"),
    ),
    "Заметка", "Note", attaches=True,
)  # fmt: skip

DOCUMENT = Kind(
    "document", "documents", "dated_at",
    (
        Field("kind", "Вид", "Kind", "choice", choices=("passport", "act", "scheme", "photo", "report", "protocol", "other"), required=True, default="other"),
        Field("title", "Название", "Title", "text", required=True),
        NOTE,
    ),
    "Документ", "Document", attaches=True,
)  # fmt: skip

PRODUCTION = Kind(
    "production", "production", "produced_at",
    (
        Field("period", "Период", "Period", "choice", choices=("day", "month"), default="day"),
        Field("purpose", "Назначение", "Purpose", "choice", choices=("producer", "injector"), header="well_purpose"),
        Field("on_stream_s", "Время работы", "On stream", quantity="hours", minimum=0, maximum=31 * DAY_S + 3600, header="on_stream"),
        Field("oil_m3", "Нефть, объём", "Oil volume", quantity="volume", minimum=0, maximum=1e6, header="oil_volume"),
        Field("oil_kg", "Нефть, масса", "Oil mass", quantity="mass", minimum=0, maximum=1e9, header="oil_mass"),
        Field("water_m3", "Вода", "Water", quantity="volume", minimum=-1e5, maximum=1e6, header="water_volume"),
        Field("liquid_m3", "Жидкость", "Liquid", quantity="volume", minimum=0, maximum=2e6, header="liquid_volume"),
        Field("gas_m3", "Газ", "Gas", quantity="volume", minimum=0, maximum=1e9, header="gas_volume"),
        Field("water_injected_m3", "Закачка воды", "Water injected", quantity="volume", minimum=0, maximum=1e6, header="water_injected"),
        Field("gas_injected_m3", "Закачка газа", "Gas injected", quantity="volume", minimum=0, maximum=1e9, header="gas_injected"),
        Field("downhole_pressure_pa", "Забойное давление", "Downhole pressure", quantity="pressure", minimum=0, maximum=70e6, usual=(1e6, 60e6), header="downhole_pressure"),
        Field("downhole_temperature_k", "Забойная температура", "Downhole temperature", quantity="temperature", minimum=253, maximum=500, usual=(280, 470), header="downhole_temperature"),
        Field("tubing_drop_pa", "Перепад в НКТ", "Drop along the tubing", quantity="pressure", minimum=0, maximum=70e6, header="tubing_drop"),
        Field("annulus_pressure_pa", "Затрубное давление", "Annulus pressure", quantity="surface_pressure", minimum=0, maximum=25e6, header="annulus_pressure"),
        Field("choke_share", "Открытие штуцера", "Choke opening", quantity="ratio", minimum=0, maximum=1.1, header="choke_opening"),
        Field("wellhead_pressure_pa", "Буферное давление", "Wellhead pressure", quantity="surface_pressure", minimum=0, maximum=35e6, header="wellhead_pressure"),
        Field("wellhead_temperature_k", "Температура на устье", "Wellhead temperature", quantity="temperature", minimum=233, maximum=420, header="wellhead_temperature"),
        Field("choke_drop_pa", "Перепад на штуцере", "Drop at the choke", quantity="pressure", minimum=0, maximum=70e6, usual=(0.0, 15e6), header="choke_drop"),
    ),
    "Добыча", "Production", same=("period", "purpose"),
)  # fmt: skip

MODEL_RESULT = Kind(
    "model_result", "model_results", "valid_at",
    (
        Field("model", "Модель", "Model", "text", required=True, header="model_name"),
        Field("version", "Версия", "Version", "text", header="model_version"),
        Field("scenario", "Сценарий", "Scenario", "text", header="scenario"),
        Field("quantity", "Величина", "Quantity", "text", required=True, header="parameter"),
        Field("value", "Значение", "Value", required=True),
        Field("unit", "Единица", "Unit", "text"),
    ),
    "Результат моделирования", "Model result", same=("model", "version", "scenario", "quantity"),
)  # fmt: skip

KINDS = (EVENT, WORKOVER, INSTALLATION, NOTE_KIND, DOCUMENT, PRODUCTION, MODEL_RESULT)
