"""What tests ask about processes (Linux)."""

from __future__ import annotations

import time
from pathlib import Path


def gone(pid: int, seconds: float = 5) -> bool:
    """Whether a process is no more, soon."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":  # ended, and its foster parent has not looked yet
            return True
        time.sleep(0.02)
    return False
