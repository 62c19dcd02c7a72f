"""How decisions, repairs and libraries become labels: a site's own file, else what stands here.

{"version": 1, "days_before": 30, "authors_left_out": [], "allowed_leaks": [],
 "repairs": {"rods_parted": ["обрыв штанг", "rods parted"], …},
 "classes": {"Gas interference": "gas_interference", "1": "full_pump", …}}
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app.analysis.rules import RULES
from app.core.errors import KnownError
from app.core.plain import JsonObject, object_in
from app.models.values import part_of, some_texts, texts_of

FORM = 1
CODES = frozenset(rule.key for rule in RULES if rule.needs == "card")
REPAIRS: dict[str, list[str]] = {
    "rods_parted": ["обрыв штанг", "отворот штанг", "rods parted", "rod part"],
    "tubing_leak": ["негерметичность нкт", "отверстие в нкт", "tubing leak", "hole in tubing"],
    "traveling_valve_leak": ["нагнетательный клапан", "travelling valve", "traveling valve"],
    "standing_valve_leak": ["всасывающий клапан", "standing valve"],
    "worn_barrel": ["износ плунжер", "износ цилиндр", "worn plunger", "worn barrel"],
    "sand": ["засорение песком", "песок в насосе", "sanded", "sand in pump"],
}
"""Words of a repair's reason, work or result, in small letters, and what they show."""


@dataclass(frozen=True)
class LabelRules:
    """Days before a workover, and before equipment was taken apart, in which a card showed what was found.
    `classes`: name of a library's class → condition; "" leaves the class out.
    """

    days_before: int = 30
    torn_down_days_before: int = 60
    authors_left_out: tuple[str, ...] = ()
    allowed_leaks: tuple[str, ...] = ()
    repairs: dict[str, list[str]] = field(default_factory=lambda: dict(REPAIRS))
    classes: dict[str, str] = field(default_factory=dict)

    def codes_in(self, words: str) -> frozenset[str]:
        said = words.lower()
        return frozenset(code for code, known in self.repairs.items() if any(w in said for w in known))

    def told(self) -> JsonObject:
        """For the manifest."""
        return {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items()}


def read_rules(path: Path | None) -> LabelRules:
    """Raises KnownError (file_unreadable, label_rules_wrong)."""
    if path is None:
        return LabelRules()
    try:
        told = object_in(path.read_bytes(), once=True)
        if told.get("version") != FORM:
            raise ValueError(f"version: {told.get('version')}")
        repairs = {code: texts_of(part_of(told, "repairs"), code) for code in part_of(told, "repairs")}
        names = part_of(told, "classes")
        classes = dict(zip(names, some_texts(list(names.values()), "classes"), strict=True))
        unknown = ({*repairs} | {*classes.values()} - {""}) - CODES
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))[:100]}: {', '.join(sorted(CODES))}")
        return LabelRules(
            _days(told, "days_before"),
            _days(told, "torn_down_days_before"),
            tuple(texts_of(told, "authors_left_out")),
            tuple(texts_of(told, "allowed_leaks")),
            {code: [word.lower() for word in words] for code, words in (repairs or REPAIRS).items()},
            classes,
        )
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error
    except (ValueError, json.JSONDecodeError) as error:
        raise KnownError("label_rules_wrong", file=str(path), reason=str(error)[:300]) from error


def _days(told: JsonObject, key: str) -> int:
    days = told.get(key, getattr(LabelRules, key))
    if type(days) is not int or not 0 <= days <= 3650:
        raise ValueError(f"{key}: {days}")
    return days
