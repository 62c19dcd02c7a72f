"""A person signs in at the site's provider, once, while there is a network."""

from __future__ import annotations

from collections.abc import Callable

from app.core.errors import KnownError
from app.core.site import site
from app.services.centre import people
from app.services.centre.people import SignedIn
from app.services.workspace import Workspace
from app.sync.transports.oidc import Asked, Provider


def provider(workspace: Workspace) -> Provider:
    """Raises KnownError (sign_in_not_set_up, centre_address, centre_needs_tls, centre_ca)."""
    if not people.is_offered():
        raise KnownError("sign_in_not_set_up")
    return Provider(
        site().oidc_issuer,
        site().oidc_client,
        workspace.clock,
        ca_file=workspace.settings["ca_file"],
        proxy=workspace.settings["proxy_url"],
    )


def sign_in(
    workspace: Workspace, of: Provider, tell: Callable[[Asked], None], pause: Callable[[float], None]
) -> SignedIn:
    """`tell` shows the person where to go with which code. Raises KnownError (provider_…, sign_in_…,
    id_token); who was signed in before stays so then.
    """
    try:
        asked = of.ask()
        tell(asked)
        person = of.wait(asked, pause)
    finally:
        of.close()
    known = SignedIn(person.issuer, person.subject, person.name, workspace.clock())
    people.remember(workspace, known, person.token)
    return known
