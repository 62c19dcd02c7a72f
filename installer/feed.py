"""A feed of updates, made and kept: signed by The Update Framework's rules, served as plain files.

    python -m installer.feed init FEED --keys DIR        keys and an empty feed
    python -m installer.feed publish FEED --keys DIR --channel stable --pair PROGRAM RUNTIME --archive FILE …
    python -m installer.feed share FEED --keys DIR --channel stable --version 0.3.0 --percent 50
    python -m installer.feed withdraw FEED --keys DIR --channel stable --version 0.3.0
    python -m installer.feed floor FEED --keys DIR --channel stable --version 0.2.1
    python -m installer.feed renew FEED --keys DIR       signed anew, before what is there expires
    python -m installer.feed rotate FEED --keys DIR --role targets

FEED/update-root.json is what laptops are given beside their site.toml. The keys of `root` and `targets`
belong off the network; `snapshot` and `timestamp` sign anew each day. A key is a file DIR/ROLE.json that says
where its secret half is: a PEM beside it, or an HSM (`hsm:`, PKCS#11), as securesystemslib names them. The
feed's `timestamp.json` is written last: who reads meanwhile sees the state before.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tuf.api.metadata import TargetFile

from app.core.plain import Json, JsonObject, object_in
from app.models.journal_file import SCHEMA_VERSION
from app.services.updates import releases
from app.services.updates.updating import ROOT_FILE
from central.signed_feed import ROLES, Keys, SignedFeedFolder


class Made(SignedFeedFolder):
    """The feed of the program's updates."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        super().__init__(folder, keys, ROOT_FILE)

    def listed(self, channel: str) -> JsonObject:
        content = self.read(releases.list_of(channel))
        return object_in(content) if content else {"version": releases.FORM, "floor": "0.0", "releases": []}

    def list(self, channel: str, told: JsonObject, *added: tuple[str, TargetFile]) -> None:
        """Read as a laptop reads it before it is signed."""
        content = json.dumps(told, ensure_ascii=False, indent=1).encode()
        releases.read(content)
        self.put(releases.list_of(channel), content, *added)


def publish(feed: Made, asked: argparse.Namespace) -> None:
    program, runtime = asked.pair
    entry: JsonObject = {
        "version": program.partition("-")[2],
        "published": f"{datetime.now(UTC):%Y-%m-%d}",
        "percent": asked.percent,
        "groups": asked.group,
        "journal": asked.journal,
        "news": {"ru": _words(asked.news_ru), "en": _words(asked.news_en)},
        "layers": {asked.platform: {"program": program, "runtime": runtime}},
    }
    told = feed.listed(asked.channel)
    others = [one for one in _releases(told) if one["version"] != entry["version"]]
    before = [one for one in _releases(told) if one["version"] == entry["version"]]
    for one in before:  # another platform of the same version
        entry["layers"] = {**_object(one["layers"]), **_object(entry["layers"])}
    feed.list(
        asked.channel,
        {**told, "releases": [*others, entry]},
        *(feed.add(path.name, path) for path in asked.archive),
    )


def share(feed: Made, asked: argparse.Namespace) -> None:
    told = feed.listed(asked.channel)
    changed = [
        {**one, "percent": asked.percent} if one["version"] == asked.version else one
        for one in _releases(told)
    ]
    feed.list(asked.channel, {**told, "releases": changed})


def withdraw(feed: Made, asked: argparse.Namespace) -> None:
    told = feed.listed(asked.channel)
    left = [one for one in _releases(told) if one["version"] != asked.version]
    feed.list(asked.channel, {**told, "releases": left})


def floor(feed: Made, asked: argparse.Namespace) -> None:
    feed.list(asked.channel, {**feed.listed(asked.channel), "floor": asked.version})


ORDERS: dict[str, Callable[[Made, argparse.Namespace], None]] = {
    "init": lambda feed, _: feed.init(),
    "publish": publish,
    "share": share,
    "withdraw": withdraw,
    "floor": floor,
    "renew": lambda feed, _: feed.renew(),
    "rotate": lambda feed, asked: feed.rotate(asked.role),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m installer.feed", description=(__doc__ or "").split("\n")[0]
    )
    orders = parser.add_subparsers(dest="order", required=True)
    for name in ORDERS:
        order = orders.add_parser(name)
        order.add_argument("feed", type=Path)
        order.add_argument("--keys", type=Path, required=True)
        if name in ("publish", "share", "withdraw", "floor"):
            order.add_argument("--channel", choices=releases.CHANNELS, required=True)
        if name in ("publish", "share"):
            order.add_argument("--percent", type=float, default=100)
        if name in ("share", "withdraw", "floor"):
            order.add_argument("--version", required=True)
        if name == "rotate":
            order.add_argument("--role", choices=ROLES, required=True)
        if name == "publish":
            order.add_argument("--pair", nargs=2, required=True, metavar=("PROGRAM", "RUNTIME"))
            order.add_argument("--platform", default="linux-x64")
            order.add_argument("--journal", type=int, default=SCHEMA_VERSION)
            order.add_argument("--archive", type=Path, action="append", default=[])
            order.add_argument("--group", action="append", default=[])
            order.add_argument("--news-ru", type=Path)
            order.add_argument("--news-en", type=Path)
    asked = parser.parse_args(arguments)
    ORDERS[asked.order](Made(asked.feed, Keys(asked.keys)), asked)
    return 0


def _releases(told: JsonObject) -> list[JsonObject]:
    listed = told["releases"]
    assert isinstance(listed, list)
    return [_object(one) for one in listed]


def _object(told: Json) -> JsonObject:
    assert isinstance(told, dict)
    return told


def _words(path: Path | None) -> str:
    return path.read_text(encoding="utf-8").strip() if path else ""


if __name__ == "__main__":
    sys.exit(main())
