"""Who works on this laptop, by the site's provider of identities: signs in once, with a network, and is known
without one. Devices keep their tokens: what a laptop may do does not wait for a person.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.site import site
from app.models import limits
from app.services.workspace import Workspace

if TYPE_CHECKING:  # whoever saves an entry asks here: the wire and Pydantic are not loaded for it
    from app.sync.transports.base import PushCentre

_PERSON, _WORD = "person", "person's token"
SIGNED_IN_FOR = timedelta(days=30)
"""As long as a shift at a pad without a network may last."""


@dataclass(frozen=True)
class SignedIn:
    issuer: str
    subject: str
    name: str
    at: datetime


def is_offered() -> bool:
    """IT named a provider in the site's file."""
    return bool(site().oidc_issuer)


def remember(workspace: Workspace, known: SignedIn, word: str) -> None:
    """`word`: the provider's, kept until the centre has judged it."""
    workspace.secrets.set(_PERSON, json.dumps({**known.__dict__, "at": iso(known.at)}))
    workspace.secrets.set(_WORD, word)


def sign_out(workspace: Workspace) -> None:
    for name in (_PERSON, _WORD):
        workspace.secrets.set(name, "")


def hand_over(workspace: Workspace, centre: PushCentre) -> None:
    """The provider's word to the centre, once: its trail then says who worked here, not because this laptop
    says so. One that the centre does not take (late, of another provider, of none) is not kept. Raises
    KnownError where it could not be asked.
    """
    word = workspace.secrets.get(_WORD) if is_offered() else ""
    if not word:
        return
    try:
        centre.signed_in(word)
    except KnownError as error:
        if error.code != "centre_refused":
            raise
    workspace.secrets.set(_WORD, "")


def signed_in(workspace: Workspace) -> SignedIn | None:
    """None for nobody, for one of another provider than IT names now, and after thirty days."""
    kept = workspace.secrets.get(_PERSON) if is_offered() else ""
    if not kept:
        return None
    told = json.loads(kept)
    known = SignedIn(told["issuer"], told["subject"], told["name"], parse_time(told["at"]))
    age = workspace.clock() - known.at
    return known if known.issuer == site().oidc_issuer and age < SIGNED_IN_FOR else None


def author_of(workspace: Workspace) -> str:
    """Who enters here: the person who signed in, else the name in the settings, by the limits of names."""
    person = signed_in(workspace)
    name = person.name if person is not None else workspace.settings["author"]
    return limits.clean_name(name)[: limits.LONGEST_NAME]
