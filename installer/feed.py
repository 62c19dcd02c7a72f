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
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from securesystemslib.signer import CryptoSigner, Key, Signer
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from app.core.files import write_atomically
from app.core.plain import Json, JsonObject, object_in
from app.models.journal_file import SCHEMA_VERSION
from app.services.updates import releases
from app.services.updates.signed import METADATA, TARGETS
from app.services.updates.updating import ROOT_FILE

ROLES = (Root.type, Targets.type, Snapshot.type, Timestamp.type)
DAYS = {Root.type: 730, Targets.type: 365, Snapshot.type: 14, Timestamp.type: 14}
"""A laptop that has had no network for longer than the last learns it from a fresh signature, no sooner."""


BESIDE = "file2:"


class Keys:
    """One key a role, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, role: str) -> Key:
        """The one before stays in its file: what it signed has to be told from what it did not."""
        signer = CryptoSigner.generate_ed25519()
        public = signer.public_key
        secret = self._folder / f"{role}-{public.keyid[:12]}.pem"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(secret, signer.private_bytes)
        told = {"uri": f"{BESIDE}{secret.name}", "id": public.keyid, "public": public.to_dict()}
        write_atomically(self._folder / f"{role}.json", json.dumps(told, indent=1).encode())
        return public

    def signer(self, role: str) -> Signer:
        told = json.loads((self._folder / f"{role}.json").read_text(encoding="utf-8"))
        uri = str(told["uri"])
        if uri.startswith(BESIDE):  # the folder may have moved, with its keys in it
            uri = f"{BESIDE}{self._folder.absolute() / uri.removeprefix(BESIDE)}"
        return Signer.from_priv_key_uri(uri, Key.from_dict(told["id"], dict(told["public"])))


@dataclass(frozen=True)
class Made:
    """A feed on the disk, and who may sign for it."""

    folder: Path
    keys: Keys

    @property
    def metadata(self) -> Path:
        return self.folder / METADATA

    def init(self) -> None:
        (self.metadata).mkdir(parents=True, exist_ok=True)
        root = Root(consistent_snapshot=True)
        for role in ROLES:
            root.add_key(self.keys.make(role), role)
        self._sign(Metadata(root), (Root.type,))
        shutil.copyfile(self.metadata / "1.root.json", self.folder / ROOT_FILE)
        self._sign(Metadata(Targets()), (Targets.type,))
        self._sign(Metadata(Snapshot()), (Snapshot.type,))
        self._sign(Metadata(Timestamp()), (Timestamp.type,))

    def add(self, name: str, content: Path) -> tuple[str, TargetFile]:
        """The file under the name that the rules give it; it counts as soon as `targets` is signed."""
        target = TargetFile.from_file(name, str(content), ["sha256"])
        folder = self.folder / TARGETS
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"{name}.tmp"
        shutil.copyfile(content, beside)
        beside.replace(folder / f"{target.hashes['sha256']}.{name}")
        return name, target

    def sign_targets(self, *added: tuple[str, TargetFile]) -> None:
        targets = self._newest(Targets.type)
        targets.signed.targets.update(dict(added))
        self._sign(self._next(targets), (Targets.type,))
        self.renew()

    def renew(self) -> None:
        snapshot = self._newest(Snapshot.type)
        snapshot.signed.meta = {"targets.json": MetaFile(self._newest(Targets.type).signed.version)}
        self._sign(self._next(snapshot), (Snapshot.type,))
        timestamp = self._newest(Timestamp.type)
        timestamp.signed.snapshot_meta = MetaFile(snapshot.signed.version)
        self._sign(self._next(timestamp), (Timestamp.type,))

    def rotate(self, role: str) -> None:
        """Another key for a role. A root's successor is signed by both, and so believed by all who believed
        the one before.
        """
        root = self._newest(Root.type)
        signers = [self.keys.signer(Root.type)]
        for before in list(root.signed.roles[role].keyids):
            root.signed.revoke_key(before, role)
        root.signed.add_key(self.keys.make(role), role)
        if role == Root.type:
            signers.append(self.keys.signer(Root.type))
        self._sign(self._next(root), (), signers)
        if role == Targets.type:
            self._sign(self._next(self._newest(Targets.type)), (Targets.type,))
        self.renew()

    def listed(self, channel: str) -> JsonObject:
        target = self._newest(Targets.type).signed.targets.get(releases.list_of(channel))
        if target is None:
            return {"version": releases.FORM, "floor": "0.0", "releases": []}
        name = f"{target.hashes['sha256']}.{target.path}"
        return object_in((self.folder / TARGETS / name).read_bytes())

    def list(self, channel: str, told: JsonObject, *added: tuple[str, TargetFile]) -> None:
        """Read as a laptop reads it before it is signed."""
        content = json.dumps(told, ensure_ascii=False, indent=1).encode()
        releases.read(content)
        path = self.folder / "list.tmp"
        path.write_bytes(content)
        try:
            self.sign_targets(*added, self.add(releases.list_of(channel), path))
        finally:
            path.unlink()

    def _newest(self, role: str) -> Metadata:
        if role == Timestamp.type:
            return Metadata.from_file(str(self.metadata / "timestamp.json"))
        numbers = [int(path.name.split(".")[0]) for path in self.metadata.glob(f"*.{role}.json")]
        return Metadata.from_file(str(self.metadata / f"{max(numbers)}.{role}.json"))

    @staticmethod
    def _next(metadata: Metadata) -> Metadata:
        metadata.signed.version += 1
        return metadata

    def _sign(self, metadata: Metadata, roles: tuple[str, ...], signers: list[Signer] | None = None) -> None:
        signed = metadata.signed
        now = datetime.now(UTC).replace(microsecond=0)
        signed.expires = now + timedelta(days=DAYS[signed.type])
        metadata.signatures.clear()
        for signer in signers or [self.keys.signer(role) for role in roles]:
            metadata.sign(signer, append=True)
        name = (
            f"{signed.type}.json" if signed.type == Timestamp.type else f"{signed.version}.{signed.type}.json"
        )
        write_atomically(self.metadata / name, metadata.to_bytes(JSONSerializer(compact=False)), mode=0o644)


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
