"""When a reading alarms, for which wells, and what people did about it."""

from app.models.alarms import PRIORITIES
from app.models.kinds.spec import NOTE, Field, Kind

SCOPES = ("well", "lift", "pad", "field")
"""Whose a limit is: the first that says something is the well's."""
LEVELS = ("high_high", "high", "low", "low_low", "rise", "fall")
SAYS = ("limit", "off", "inherit")
ACTS = ("acknowledge", "shelve", "unshelve")
LONGEST_DELAY_S = 30 * 86_400.0

LIMIT = Kind(
    "alarm_limit",
    "alarm_limits",
    "holds_from",
    (
        Field("scope", "Для чего", "For", "choice", choices=SCOPES, said="alarm_scope", required=True),
        Field("scope_of", "Куст или способ", "Pad or lift", "text", header="alarm_scope_of"),
        Field("pen", "Параметр или формула", "Sensor or formula", "text", required=True, header="alarm_pen"),
        Field("pen_name", "Название правила", "Name of the rule", "text", header="alarm_pen_name"),
        Field("level", "Предел", "Limit", "choice", choices=LEVELS, said="alarm_level", required=True),
        Field("says", "Действует", "Says", "choice", choices=SAYS, said="alarm_says", default="limit"),
        Field("limit_value", "Значение", "Value", header="alarm_limit_value"),
        Field("limit_unit", "Единица", "Unit", "text", header="alarm_limit_unit"),
        Field("dead_band", "Зона возврата", "Dead band", minimum=0, header="alarm_dead_band"),
        Field(
            "on_delay_s",
            "Задержка подъёма",
            "Delay of the alarm",
            quantity="seconds",
            minimum=0,
            maximum=LONGEST_DELAY_S,
            header="alarm_on_delay",
        ),
        Field(
            "off_delay_s",
            "Задержка снятия",
            "Delay of the return",
            quantity="seconds",
            minimum=0,
            maximum=LONGEST_DELAY_S,
            header="alarm_off_delay",
        ),
        Field("when_stopped", "И при остановке", "Also while stopped", "flag", header="alarm_when_stopped"),
        Field(
            "alarm_priority",
            "Приоритет",
            "Priority",
            "choice",
            choices=PRIORITIES,
            said="alarm_priority",
            default="medium",
        ),
        NOTE,
    ),
    "Предел тревоги",
    "Alarm limit",
)

ACT = Kind(
    "alarm_act",
    "alarm_acts",
    "acted_at",
    (
        Field("act", "Что сделано", "Act", "choice", choices=ACTS, said="alarm_act", required=True),
        Field("pen", "Параметр или формула", "Sensor or formula", "text", required=True, header="alarm_pen"),
        Field("level", "Предел", "Limit", "choice", choices=LEVELS, said="alarm_level", required=True),
        Field("raised_at", "Возникла", "Raised at", "time", header="alarm_raised_at"),
        Field("comment", "Комментарий", "Comment", "text", long=True, header="alarm_comment"),
        Field("who", "Кто", "Who", "text", header="alarm_who"),
    ),
    "Действие по тревоге",
    "Act on an alarm",
    until="shelved_until",
    same=("act", "pen", "level"),
)

KINDS = (LIMIT, ACT)
