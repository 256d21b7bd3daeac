"""The real program, run as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

NIGHT = {
    "id": "night",
    "title": "Air defences busy",
    "body": "Russia's Defence Ministry said 31 Ukrainian drones were destroyed over the Bryansk region overnight.",
    "published_at": "2025-09-19T08:00:00Z",
    "language": "en",
    "source": "wire.example",
}
SPORT = {
    "id": "sport",
    "body": "Nine pilots flew in Friday's drone racing final.",
    "published_at": "2025-09-19T09:00:00Z",
}


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment with these settings instead of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRONETALLY_")}
    return {**kept, "NO_COLOR": "1", **(settings or {})}


def run(
    *arguments: str, given: str | bytes = "", settings: Mapping[str, str] | None = None, seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run `python -m worker` to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "worker", *arguments],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        env=environment(settings),
        timeout=seconds,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def written(*articles: Mapping[str, Any]) -> str:
    """Articles as JSON lines."""
    return "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)


def rows(output: str) -> list[dict[str, Any]]:
    """JSON lines as objects."""
    return [json.loads(line) for line in output.splitlines()]
