"""`wellside login`: who works here, by the site's provider of identities."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.cli.common import Json, Store, print_json, reading_of, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it

if TYPE_CHECKING:
    from app.sync.transports.oidc import Asked


def login(store: Store = None) -> None:
    """Sign in: shows an address and a code for any browser, waits, and keeps the name for what is entered."""
    from app.core.jobs import Job
    from app.services.centre import signing_in

    def tell(asked: Asked) -> None:
        print(
            speaker_of().say("sign_in.go", address=asked.address, letters=asked.code),
            file=sys.stderr,
            flush=True,
        )

    with workspace_of(store) as workspace:
        person = signing_in.sign_in(workspace, signing_in.provider(workspace), tell, Job().pause)
        print(speaker_of(workspace).say("sign_in.done", name=person.name))


@by_whoever_has_it
def logout(store: Store = None) -> None:
    """Sign out: what is entered from now on has the name of the settings."""
    from app.services.centre import people

    with workspace_of(store) as workspace:
        people.sign_out(workspace)


def whoami(store: Store = None, as_json: Json = False) -> None:
    """Say who is signed in here, or that nobody is."""
    from app.core.clock import iso
    from app.services.centre import people

    with reading_of(store) as workspace:
        person = people.signed_in(workspace)
        speaker = speaker_of(workspace)
    if as_json:
        print_json(person and {**person.__dict__, "at": iso(person.at)})
    elif person is None:
        print(speaker.say("sign_in.nobody"))
    else:
        print(
            speaker.say("sign_in.who", name=person.name, issuer=person.issuer, at=speaker.moment(person.at))
        )
