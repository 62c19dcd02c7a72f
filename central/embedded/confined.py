"""A process that can reach nothing but its folder (Linux: Landlock, kernel 5.13; TCP from 6.7).

ClickHouse reads files and speaks to addresses when a query says so, and its embedded form has no setting that
forbids it. So the kernel does: for good, for every thread that starts afterwards, whatever it is told.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

# linux/landlock.h; the numbers of the calls are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_ASKED = 1
_RULE_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_READ_ONLY = _EXECUTE | _READ_FILE | _READ_DIR
# What each version of the kernel's interface can hold back.
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP_SINCE, _TCP_RIGHTS = 4, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def confine(writable: Path, readable: tuple[Path, ...]) -> str:
    """Before any other thread starts. Returns what holds from now on: "files and TCP", "files", or "" where
    the system cannot do it.
    """
    if sys.platform != "linux":
        return ""
    kernel = ctypes.CDLL(None, use_errno=True)
    version = kernel.syscall(_CREATE_RULESET, None, 0, _VERSION_ASKED)
    if version < 1:
        return ""
    files = _FILE_RIGHTS[min(version, max(_FILE_RIGHTS))]
    tcp = _TCP_RIGHTS if version >= _TCP_SINCE else 0
    asked = _Ruleset(files, tcp)
    size = ctypes.sizeof(asked) if tcp else ctypes.sizeof(ctypes.c_uint64)
    rules = kernel.syscall(_CREATE_RULESET, ctypes.byref(asked), size, 0)
    if rules < 0:
        return ""
    try:
        _allow(kernel, rules, writable, files)
        for path in readable:
            if path.exists():
                _allow(kernel, rules, path, _READ_ONLY & files if path.is_dir() else _READ_FILE)
        if kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or kernel.syscall(_RESTRICT_SELF, rules, 0):
            return ""
    finally:
        os.close(rules)
    return "files and TCP" if tcp else "files"


def _allow(kernel: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        beneath = _Beneath(rights, opened)
        if kernel.syscall(_ADD_RULE, rules, _RULE_PATH_BENEATH, ctypes.byref(beneath), 0):
            raise OSError(ctypes.get_errno(), "landlock_add_rule", str(path))
    finally:
        os.close(opened)
