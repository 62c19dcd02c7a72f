"""Words that people write for one of a few things → its code: `ТРС`, `нагн.`, `да`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from app.core.texts import catalogue
from app.importers.targets import Target


def flag_of(cell: str) -> bool | None:
    text = cell.strip().lower()
    if text in ("1", "да", "true", "yes", "y", "+", "д", "достоверен", "достоверный", "ok", "valid", "норма"):
        return True
    if text in ("0", "нет", "false", "no", "n", "-", "н", "недостоверен", "недостоверный", "брак", "invalid"):
        return False
    return None


LIFTS: dict[str, tuple[str, ...]] = {
    "esp": (
        "эцн",
        "уэцн",
        "эцну",
        "электроцентробежный насос",
        "центробежный насос",
        "электропогружной насос",
        "esp",
        "electric submersible pump",
        "electrical submersible pump",
        "submersible",
    ),
    "srp": (
        "шгн",
        "ушгн",
        "шсн",
        "ушсн",
        "шсну",
        "усшн",
        "сшну",
        "сшн",
        "скн",
        "шгну",
        "шгнск",
        "шнгу",
        "штанговый насос",
        "штанговый глубинный насос",
        "глубинный насос",
        "глубинно-насосный",
        "станок-качалка",
        "срп",
        "srp",
        "rod pump",
        "sucker rod pump",
        "beam pump",
        "rod lift",
        "rrp",
    ),
    "flowing": (
        "фон",
        "фонт",
        "фонтан",
        "фонтанный",
        "фонтанирующая",
        "фонтанная",
        "flowing",
        "natural flow",
        "naturally flowing",
        "free flow",
    ),
    "gas_lift": (
        "гл",
        "г/л",
        "газлифт",
        "газлифтный",
        "газлифтная",
        "бкг",
        "gas lift",
        "gaslift",
        "gas-lift",
        "gl",
    ),
    "pcp": (
        "швн",
        "ушвн",
        "эвн",
        "уэвн",
        "увнп",
        "вншн",
        "вшн",
        "винтовой насос",
        "винтовой",
        "штанговый винтовой насос",
        "электровинтовой насос",
        "pcp",
        "progressing cavity pump",
        "progressive cavity pump",
        "screw pump",
    ),
    "jet": (
        "сн",
        "усн",
        "струйный насос",
        "струйный",
        "гидроструйный насос",
        "уэсн",
        "jet",
        "jet pump",
        "hydraulic jet pump",
    ),
    "injection": (
        "нагнетательная",
        "нагнетательный",
        "нагнетание",
        "нагн",
        "наг",
        "ппд",
        "закачка",
        "injection",
        "injector",
        "water injector",
        "water injection",
        "inj",
    ),
}
"""How a well is lifted, in passports and lists of wells."""

_CHOICES: dict[str, tuple[str, ...]] = {
    "producer": (
        "op",
        "доб",
        "добывающая",
        "production",
        "producer",
        "нефтяная",
        "oil producer",
        "неф",
        "добыча",
    ),
    "injector": ("wi", "наг", "нагнетательная", "injection", "injector", "нагн", "ппд", "water injector"),
    "dynamic": ("дин", "динамический", "ндин", "нд", "dynamic", "д", "d", "dyn", "producing"),
    "static": ("стат", "статический", "нст", "static", "с", "s", "stat", "shut-in", "shut in"),
    "travelling": ("нагнетательный", "travelling", "traveling", "tv"),
    "standing": ("всасывающий", "приемный", "приёмный", "standing", "sv"),
    "trs": ("трс", "текущий", "текущий ремонт"),
    "krs": ("крс", "капитальный", "капитальный ремонт"),
    "prs": ("прс", "подземный", "подземный ремонт"),
    "opz": ("опз", "ско", "кислотная обработка", "обработка пзп"),
    "grp": ("грп", "гидроразрыв"),
    "other": ("прочее", "другое", "other"),
    "planned": ("план", "планируется", "запланирован", "плановый", "planned", "plan", "проект", "заявка"),
    "done": (
        "факт",
        "выполнен",
        "выполнено",
        "завершен",
        "завершён",
        "закончен",
        "done",
        "actual",
        "completed",
    ),
    "under_way": ("в работе", "идет", "идёт", "ведется", "ведётся", "в процессе", "under way", "in progress"),
    "clockwise": ("по часовой стрелке", "по чс", "cw"),
    "counter_clockwise": ("против часовой стрелки", "против чс", "ccw", "anticlockwise", "counter-clockwise"),
    "start": ("пуск", "запуск", "start", "включение", "start-up", "startup", "restart", "back online"),
    "stop": (
        "остановка",
        "останов",
        "stop",
        "отключение",
        "простой",
        "shut-in",
        "shut in",
        "shutdown",
        "shut down",
        "downtime",
    ),
    "mode_change": (
        "смена режима",
        "изменение режима",
        "вывод на режим",
        "внр",
        "смена частоты",
        "изменение частоты",
        "mode change",
    ),
    "choke": ("смена штуцера", "штуцер", "choke"),
    "treatment": ("обработка", "обработка горячей нефтью", "агн", "treatment", "дозировка"),
    "flushing": ("промывка", "flushing"),
    "killing": ("глушение", "killing"),
    "trip": ("зсп", "зп", "срыв подачи", "trip", "авария"),
    "note": ("заметка", "note", "прочее"),
    **LIFTS,
    "running": (
        "раб",
        "раб.",
        "в работе",
        "работает",
        "работающая",
        "действующая",
        "действ",
        "в эксплуатации",
        "закачка",
        "под закачкой",
        "running",
        "active",
        "producing",
        "injecting",
        "on",
        "online",
    ),
    "stopped": (
        "ост",
        "ост.",
        "остановлена",
        "остановка",
        "в простое",
        "простой",
        "простаивающая",
        "не работает",
        "stopped",
        "shut in",
        "shut-in",
        "shutin",
        "off",
        "down",
    ),
    "stabilising": ("внр", "вывод на режим", "stabilising"),
    "inactive": (
        "безд",
        "б/д",
        "бд",
        "бездействие",
        "бездействующая",
        "конс",
        "консервация",
        "в консервации",
        "ликв",
        "пьез",
        "контрольная",
        "ожидание ликвидации",
        "inactive",
        "suspended",
        "abandoned",
        "plugged",
    ),
    "day": ("сутки", "день", "day", "daily"),
    "month": ("месяц", "month", "monthly"),
    "passport": ("паспорт",),
    "act": ("акт",),
    "scheme": ("схема",),
    "photo": ("фото",),
    "report": ("отчет", "отчёт"),
    "protocol": ("протокол",),
    "ipr": ("ipr", "inflow", "приток", "кривая притока", "индикаторная"),
    "vlp": ("vlp", "vfp", "tpc", "tpr", "outflow", "кривая лифта", "подъёмник"),
    "gas_lift_curve": ("gas lift", "glpc", "газлифт", "дебит от газа", "lift gas"),
}


@cache
def labels_of(code: str) -> dict[str, str]:
    """Language → what the program itself calls a choice."""
    kinds = ("choice", "lift", "state", "event", "workover", "document", "model_curve")
    return {
        language: next((texts[key] for kind in kinds if (key := f"{kind}.{code}") in texts), code)
        for language in ("ru", "en")
        for texts in (catalogue(language),)
    }


def is_of_producer(cell: str) -> bool:
    """`Добывающая`: of a lift it says only that it is no injection."""
    return " ".join(cell.strip().lower().split()) in _CHOICES["producer"]


def says_injection(cells: Iterable[str], target: Target) -> bool:
    """Whether a column of purposes tells injection wells from the others, by words that are lifts."""
    told = {cell for cell in cells if cell.strip()}
    lifts = {cell: choice_of(cell, target) for cell in told}
    return "injection" in lifts.values() and all(lifts[cell] or is_of_producer(cell) for cell in told)


def choice_of(cell: str, target: Target) -> str:
    """The code of what people write in words; empty when it is none of the target's."""
    text = " ".join(cell.strip().lower().split())
    if not text:
        return ""
    for code in target.choices:
        own = (label.lower() for label in labels_of(code).values())
        if text == code or text in _CHOICES.get(code, ()) or text in own:
            return code
    for code in target.choices:
        if any(
            len(word) > 2 and (text.startswith(word) or f" {word}" in text) for word in _CHOICES.get(code, ())
        ):
            return code
    return ""
