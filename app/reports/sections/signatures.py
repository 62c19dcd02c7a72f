"""Who answers for the report: a line each to sign on."""

from typing import Any

from app.core.setting import Setting
from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Paragraph, Signatures
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    """`roles`: who signs, from the template; the first one is the author of the settings."""
    roles = [role.strip() for role in str(options["roles"]).split(",") if role.strip()] or [
        speaker.say("signature.made"),
        speaker.say("signature.checked"),
    ]
    names = [str(options["author"]), *[""] * len(roles)]
    items = tuple(zip(roles, names, strict=False))
    blocks: list[Block] = [
        Heading(speaker.say("section.signatures")),
        Signatures(items, speaker.say("signature.date")),
    ]
    if options.get("sign_in_offered"):
        blocks.append(Paragraph(_by_whom(options.get("signed_in"), speaker), muted=True))
    return blocks


def _by_whom(person: Any, speaker: Speaker) -> str:
    """Where people sign in: whether the name is of one who did, or was typed."""
    if person is None:
        return speaker.say("signature.typed")
    at = speaker.moment(person.at)
    return speaker.say("signature.signed_in", name=person.name, issuer=person.issuer, at=at)


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
