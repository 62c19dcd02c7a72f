"""Names that look alike and mean the opposite: intake and discharge, bottom hole and annulus, setpoint and
measured, before and after. They are never near each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.importers.vocabulary import folded

# Alternatives: a name that has one of them is none that has another. Stems, begun at a word's beginning.
_ALTERNATIVES: tuple[tuple[str, ...], ...] = (
    (
        "прием intake suction",
        "выкид discharge нагнетан",
        "забой забоя bottom downhole bhp sandface",
        "затруб annul casing межтруб",
        "буфер wellhead tubing устьев",
        "лине line flowline коллектор manifold",
        "пластов reservoir formation",
        "насыщен bubble saturation",
        "сепарат separator",
    ),
    (
        "утечк leak",
        "двигат пэд motor мотор обмотк winding",
        "пч vsd vfd преобразов inverter радиатор heatsink",
        "окруж ambient улиц outdoor воздух",
    ),
    ("нефт oil", "вод water", "газ gas", "жидк liquid fluid gross"),
    ("объем volume накоп cumul добыч prod", "дебит rate расход"),
    ("миним minim min мин", "максим maxim max макс", "средн mean avg average"),
    ("динамич dynamic", "статич static"),
    ("верх кровл top", "низ нижн подошв"),
    ("температур temp темп", "давлен press", "ток current", "напряж volt", "мощност power", "частот freq"),
    ("начал start begin", "конец конеч окончан end finish"),
    ("масс mass weight", "объем volume"),
    ("сопл nozzle", "седл seat порт port", "штуцер choke bean"),
    ("фазы+a фаза+a phase+a", "фазы+b фаза+b phase+b", "фазы+c фаза+c phase+c"),
    ("ось+x x", "ось+y y", "ось+z z"),
)
# What makes another quantity of a name: it is to be in both, or in neither.
_MODIFIERS: tuple[str, ...] = (
    "уставк уст setpoint sp заданн задание target целев",
    "утечк leak",
    "допуст предел limit лимит критич critical порог threshold авар alarm trip защит ll hh lolo hihi lsl usl",
    "план planned plan норм бюджет budget рекоменд recommend проект design аналог analogue",
    "номинал rated nominal паспортн",
    "итого всего total",
    "type+curve расч calc модел model прогноз forecast потенц potential allowable теоретич theoretical"
    " ожидаем expected",
    "миним minim min мин",
    "максим maxim max макс",
    "статич static",
    "до перед before",
    "после after",
    "дельта delta разн перепад difference drop dp отклон откл deviation variance прирост increment",
    "погруж submerg над above",
    "пред previous прошл",
    "счетчик totali counter накоп cumul нараст ytd mtd",
    "annulus+b annulus+c annulus+d b+annulus c+annulus annuli межколон",
    "as+nacl as+caco3 nacl caco3 пересчет пересчёт эквивалент equivalent",
)


def _compiled(stems: str) -> re.Pattern[str]:
    whole = []
    for stem in stems.split():
        text = folded(stem.replace("+", " "))
        whole.append(rf"{text}\b" if len(text) <= 3 or "+" in stem else text)
    return re.compile(r"(?:^|\s)(?:" + "|".join(whole) + ")")


_GROUPS = tuple(tuple(_compiled(stems) for stems in group) for group in _ALTERNATIVES)
_MARKS = tuple(_compiled(stems) for stems in _MODIFIERS)


@lru_cache(maxsize=20_000)
def modifiers(name: str) -> frozenset[int]:
    """Which modifiers a folded name has."""
    return frozenset(i for i, mark in enumerate(_MARKS) if mark.search(name))


@lru_cache(maxsize=20_000)
def _chosen(name: str) -> tuple[frozenset[int], ...]:
    """Which of its alternatives a folded name has, group by group."""
    return tuple(frozenset(i for i, pattern in enumerate(group) if pattern.search(name)) for group in _GROUPS)


def opposed(name: str, other: str) -> bool:
    """Whether two folded names cannot mean one thing."""
    if modifiers(name) != modifiers(other):
        return True
    return any(
        mine and its and not mine & its for mine, its in zip(_chosen(name), _chosen(other), strict=True)
    )
