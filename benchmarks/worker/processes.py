"""What a process and its children use of the machine (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """List a process and all below it."""
    parents = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(_fields(int(entry.name))[1])
            except OSError:
                continue  # it ended meanwhile
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def cpu_seconds(pid: int) -> float:
    """Add up the processor seconds of a process and all below it, of those that ended too."""
    total = 0
    for member in family(pid):
        try:
            fields = _fields(member)
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / _TICKS


def memory(pid: int, name: str = "VmHWM") -> int:
    """Add up the bytes of memory of a process and all below it: the most ever held, or now (`VmRSS`)."""
    total = 0
    for member in family(pid):
        try:
            status = (_PROC / str(member) / "status").read_text(encoding="utf-8")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in status.splitlines() if line.startswith(name)) * 1024
    return total


def _fields(pid: int) -> list[str]:
    """Return what `stat` says from the state on (its third field), whatever the name holds."""
    return (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
