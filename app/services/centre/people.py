"""Who works on this laptop, by the site's provider of identities: signs in once, with a network, and is known
without one. Devices keep their tokens: what a laptop may do does not wait for a person.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.clock import iso, parse_time
from app.core.site import site
from app.models import limits
from app.services.workspace import Workspace

_PERSON = "person"
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


def remember(workspace: Workspace, known: SignedIn) -> None:
    workspace.secrets.set(_PERSON, json.dumps({**known.__dict__, "at": iso(known.at)}))


def sign_out(workspace: Workspace) -> None:
    workspace.secrets.set(_PERSON, "")


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
