"""Starts seerdb's Mirror. Before PostgreSQL 16 there is no `IS JSON`: its two uses become a cast that says
the same.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

MODULE = "seerdb.server.backends.postgres"


class _Patched(importlib.abc.Loader):
    def __init__(self, path: str) -> None:
        self._path = path

    def exec_module(self, module: ModuleType) -> None:
        source = (
            Path(self._path)
            .read_text(encoding="utf-8")
            .replace("'ELSE $1 IS JSON END $$;'", "'ELSE $1::text::json IS NOT NULL END $$;'")
        )
        exec(compile(source, self._path, "exec"), module.__dict__)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != MODULE:
            return None
        sys.meta_path.remove(self)
        found = importlib.util.find_spec(name)
        assert found is not None
        assert found.origin is not None
        return importlib.util.spec_from_loader(name, _Patched(found.origin), origin=found.origin)


def main() -> None:
    sys.meta_path.insert(0, _Finder())
    from seerdb.server import launcher

    sys.exit(launcher.main())


if __name__ == "__main__":
    main()
