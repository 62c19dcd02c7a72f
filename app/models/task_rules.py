"""Rules of a site that make tasks, as a person writes them: `уровень раз в 14 сут: ШГН; проба через 3 сут
после ОПЗ`, `level every 14 d: SRP; sample 3 d after opz`.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from app.core.errors import KnownError
from app.models import wells

Code = TypeVar("Code")
LONGEST_DAYS = 3650
_NAMESPACE = uuid.UUID("5c7d5f0a-9a51-5a0b-8f43-2f1f0d6f3a88")

WHAT = {
    "flow_test": ("замер", "замер дебита", "дебит", "flow test", "test", "flow_test"),
    "fluid_level": ("уровень", "отбивка уровня", "level", "fluid level", "fluid_level"),
    "card": ("динамограмма", "дмг", "card", "dynamogram"),
    "lab_result": ("проба", "отбор пробы", "sample", "lab_result"),
    "visit": ("обход", "visit"),
}
AFTER = {
    ("workover", "opz"): ("опз", "opz", "stimulation"),
    ("workover", "grp"): ("грп", "grp", "frac", "fracture"),
    ("workover", "trs"): ("трс", "trs"),
    ("workover", "krs"): ("крс", "krs"),
    ("workover", "prs"): ("прс", "prs"),
    ("event", "flushing"): ("промывка", "промывки", "flushing"),
    ("event", "killing"): ("глушение", "глушения", "killing"),
    ("event", "treatment"): ("обработка", "обработки", "treatment"),
    ("event", "mode_change"): ("смена режима", "смены режима", "mode change"),
    ("event", "choke"): ("смена штуцера", "смены штуцера", "choke change"),
    ("event", "start"): ("пуск", "пуска", "start"),
}
LIFTS = {
    wells.ESP: ("эцн", "уэцн", "esp"),
    wells.SRP: ("шгн", "ушгн", "скважинный штанговый насос", "srp"),
    wells.PCP: ("швн", "уэвн", "pcp"),
    wells.GAS_LIFT: ("газлифт", "gas lift"),
    wells.FLOWING: ("фонтан", "flowing"),
    wells.JET: ("струйный насос", "jet"),
    wells.INJECTION: ("нагнетательная", "нагнетательные", "injection"),
}
_DAYS = r"(?P<days>\d+)\s*(?:сут\w*|дн\w*|день|d|days?)\.?"
_FOR = r"(?:\s*:\s*(?P<lift>.+))?"
_EVERY = re.compile(rf"(?P<what>.+?)\s+(?:раз\s+в|каждые|every)\s+{_DAYS}{_FOR}", re.IGNORECASE)
_LATER = re.compile(
    rf"(?P<what>.+?)\s+(?:через\s+)?{_DAYS}\s+(?:после|after)\s+(?P<after>[^:]+?){_FOR}", re.IGNORECASE
)


@dataclass(frozen=True)
class TaskRule:
    """`what` is done every `days`, or so many days after a workover or an event (`after`: its kind and code).
    `lift`: on wells with this one only; on all without.
    """

    what: str
    days: int
    after: tuple[str, str] | None = None
    lift: str = ""

    @property
    def code(self) -> str:
        """The same in every language and spelling: tasks are called by it."""
        after = f" after {self.after[0]} {self.after[1]}" if self.after else ""
        return f"{self.what} {self.days} d{after}" + (f" on {self.lift}" if self.lift else "")

    def task_id(self, well_uid: str, due: datetime) -> str:
        """What its task of a well and a day is called on every laptop: two that make it make one (RFC 9562,
        UUIDv5).
        """
        return str(uuid.uuid5(_NAMESPACE, f"{self.code}|{well_uid}|{due:%Y-%m-%d}"))


def rules_of(text: str) -> list[TaskRule]:
    """Raises KnownError (task_rule_wrong) that names the part nobody understands."""
    parts = [part.strip() for part in re.split(r"[;\n]", text)]
    return list(dict.fromkeys(_rule(part) for part in parts if part))


def rule_of_code(code: str) -> TaskRule | None:
    """The rule that a task says it is of; None for one of another version of the program."""
    told = re.fullmatch(r"(\w+) (\d+) d(?: after (\w+) (\w+))?(?: on (\w+))?", code)
    if told is None or told[1] not in WHAT:
        return None
    after = (told[3], told[4]) if told[3] else None
    if after not in (None, *AFTER) or told[5] not in (None, *LIFTS):
        return None
    return TaskRule(told[1], int(told[2]), after, told[5] or "")


def _rule(part: str) -> TaskRule:
    found = _EVERY.fullmatch(part) or _LATER.fullmatch(part)
    if found is None:
        raise KnownError("task_rule_wrong", rule=part, part=part)
    told = found.groupdict()
    days = int(told["days"])
    if not 1 <= days <= LONGEST_DAYS:
        raise KnownError("task_rule_wrong", rule=part, part=told["days"])
    after = _meant(AFTER, told.get("after"), part)
    return TaskRule(
        _meant(WHAT, told["what"], part) or "", days, after, _meant(LIFTS, told["lift"], part) or ""
    )


def _meant(words: dict[Code, tuple[str, ...]], said: str | None, rule: str) -> Code | None:
    if said is None:
        return None
    small = " ".join(said.lower().replace("ё", "е").split())
    for code, known in words.items():
        if small in known:
            return code
    raise KnownError("task_rule_wrong", rule=rule, part=said)
