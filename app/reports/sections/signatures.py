"""Who answers for the report: a line each to sign on."""

from app.core.setting import Setting
from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Signatures
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    """`roles`: who signs, from the template; the first one is the author of the settings."""
    roles = [role.strip() for role in str(options["roles"]).split(",") if role.strip()] or [
        speaker.say("signature.made"),
        speaker.say("signature.checked"),
    ]
    names = [str(options["author"]), *[""] * len(roles)]
    items = tuple(zip(roles, names, strict=False))
    return [Heading(speaker.say("section.signatures")), Signatures(items, speaker.say("signature.date"))]


SECTION = Section(
    "signatures",
    make,
    options=(
        Setting(
            "roles",
            "str",
            "",
            "Кто подписывает",
            "Who signs",
            "Через запятую. Пусто — «Составил, Проверил».",
            "Separated by commas. Empty: made by, checked by.",
        ),
        Setting(
            "author",
            "str",
            "",
            "Имя первого",
            "Name of the first",
            "Пусто — исполнитель из настроек.",
            "Empty: the author of the settings.",
        ),
    ),
)
