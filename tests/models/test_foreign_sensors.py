"""Sensors of plug-ins stand beside ours only under numbers, names and limits that harm nobody."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from app.models.sensors import SENSORS
from app.models.sensors.foreign import OF_PLUGINS, refuse
from app.models.sensors.spec import Sensor

OURS = tuple(SENSORS)
DOSING = Sensor("dosing_rate", 200, "Расход реагента", "Dosing rate", "rate", 0.0, 1e-5, "flow")


@pytest.mark.parametrize("number", [OF_PLUGINS.start, OF_PLUGINS.stop - 1])
def test_a_sound_sensor_is_taken(number: int) -> None:
    assert refuse(replace(DOSING, number=number), OURS) == ""


def test_one_sensor_may_use_a_word_twice() -> None:
    assert refuse(replace(DOSING, en=DOSING.ru, synonyms=(DOSING.ru,)), OURS) == ""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"minimum": math.nan}, "sensor dosing_rate: limits nan…1e-05: two finite numbers, the lower first"),
        ({"maximum": math.nan}, "limits 0.0…nan"),
        ({"maximum": math.inf}, "limits 0.0…inf"),
        ({"minimum": -math.inf}, "limits -inf…1e-05"),
        ({"minimum": 1e-5}, "limits 1e-05…1e-05"),
        ({"minimum": True}, "limits True…1e-05"),
        ({"maximum": "1"}, "limits 0.0…1"),
        ({"gap_s": math.nan}, "gap_s nan: a finite number of seconds over 0"),
        ({"gap_s": 0.0}, "gap_s 0.0"),
        ({"number": 199}, "number 199: plug-ins have 200 to 254"),
        ({"number": 255}, "number 255"),
        ({"number": 200.0}, "number 200.0"),
        ({"number": True}, "number True"),
        ({"key": "Dosing rate"}, "key 'Dosing rate': small Latin letters"),
        ({"key": "a" * 64}, "at most 63"),
        ({"key": 7}, "key 7"),
        ({"ru": " "}, "its names and synonyms must be text, none of them empty"),
        ({"en": "a\x00b"}, "must be text"),
        ({"synonyms": ("\ud800",)}, "must be text"),
        ({"ru": None}, "must be text"),
        ({"quantity": "smell"}, "there is no quantity 'smell'"),
    ],
)
def test_a_sensor_that_is_not_itself_is_refused_with_what_is_wrong(
    changed: dict[str, Any], says: str
) -> None:
    assert says in refuse(replace(DOSING, **changed), OURS)


@pytest.mark.parametrize("field", ["ru", "en", "synonyms"])
@pytest.mark.parametrize("ours", [OURS[0], OURS[-1]])
def test_a_name_of_ours_is_refused_however_it_is_written(field: str, ours: Sensor) -> None:
    word = f" {ours.ru.upper()} "
    said = refuse(replace(DOSING, **{field: (word,) if field == "synonyms" else word}), OURS)
    assert said == f"sensor dosing_rate: {ours.key} is called {ours.ru.casefold()!r} too"


def test_a_key_of_ours_is_refused() -> None:
    assert refuse(replace(DOSING, key=OURS[0].key), OURS) == f"there is a sensor {OURS[0].key} already"


def test_two_plugins_cannot_have_one_number_or_one_key() -> None:
    first = replace(DOSING, key="smell", ru="Запах", en="Smell")
    assert refuse(DOSING, (*OURS, first)) == "sensor dosing_rate: number 200 is that of smell"
    assert refuse(DOSING, (*OURS, replace(DOSING, number=201))) == "there is a sensor dosing_rate already"
