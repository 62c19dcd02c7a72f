"""`python -m deploy.image build`: the images into dist/image; `try`: run them; `renew`: a new base.lock."""

from __future__ import annotations

import sys

from deploy.image import base, building, trying


def main(word: str) -> int:
    if word == "renew":
        base.check_release()
        base.renew()
    elif word == "build":
        for archive in building.build():
            print(f"{archive.name}: {archive.stat().st_size / 1e6:.0f} MB")
    elif word == "try":
        for line in trying.tried():
            print(line)
    else:
        raise SystemExit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
