"""A feed that is signed by The Update Framework's rules, made and kept: plain files that anybody may serve.

The feed's `timestamp.json` is written last: who reads meanwhile sees the state before. A key is a file
DIR/ROLE.json that says where its secret half is: a PEM beside it, or an HSM (`hsm:`, PKCS#11), as
securesystemslib names them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from securesystemslib.signer import CryptoSigner, Key, Signer  # type: ignore[attr-defined]
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from app.core.files import write_atomically
from app.core.signed_feeds import METADATA, TARGETS

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
class SignedFeedFolder:
    """A feed on the disk, and who may sign for it. `root_file`: what its readers are given."""

    folder: Path
    keys: Keys
    root_file: str

    @property
    def metadata(self) -> Path:
        return self.folder / METADATA

    def init(self) -> None:
        (self.metadata).mkdir(parents=True, exist_ok=True)
        root = Root(consistent_snapshot=True)
        for role in ROLES:
            root.add_key(self.keys.make(role), role)
        self._sign(Metadata(root), (Root.type,))
        shutil.copyfile(self.metadata / "1.root.json", self.folder / self.root_file)
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

    def read(self, name: str) -> bytes | None:
        """A file as it is signed now; None where there is none."""
        target = self._newest(Targets.type).signed.targets.get(name)
        if target is None:
            return None
        return (self.folder / TARGETS / f"{target.hashes['sha256']}.{target.path}").read_bytes()

    def put(self, name: str, content: bytes, *added: tuple[str, TargetFile]) -> None:
        """A small file and others with it, signed together."""
        path = self.folder / "list.tmp"
        path.write_bytes(content)
        try:
            self.sign_targets(*added, self.add(name, path))
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
