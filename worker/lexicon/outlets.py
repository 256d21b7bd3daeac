"""Outlets that are the voice of a claimant: a ministry's channel, an air force's page."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from worker.lexicon.model import KINDS

_TABLE = Path(__file__).parent / "outlets.toml"


class OutletError(ValueError):
    """The table of outlets names a claimant that is not one, or an outlet twice."""


def claimant_behind(source: str | None, url: str | None) -> str | None:
    """Return the claimant whose own channel an article comes from, or None.

    Args:
        source: the article's outlet, such as `t.me/mod_russia` or `example.org`.
        url: where it was published; asked if the outlet says nothing.
    """
    for address in (source, url):
        if address:
            host, path = _parts(address)
            channel = f"{host}/{path.split('/')[0]}".rstrip("/")
            for name in (channel.lower(), host):
                if name in _outlets():
                    return _outlets()[name]
    return None


def _parts(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:  # a bracket that is no IPv6 address
        return "", ""
    return parts.netloc.lower().removeprefix("www."), parts.path.strip("/")


@cache
def _outlets() -> dict[str, str]:
    found: dict[str, str] = {}
    for claimant, addresses in tomllib.loads(_TABLE.read_text(encoding="utf-8")).items():
        if claimant not in KINDS["claimant"]:
            raise OutletError(f"{_TABLE.name}: {claimant} is not a claimant")
        for address in addresses:
            if found.setdefault(address.lower(), claimant) != claimant:
                raise OutletError(f"{_TABLE.name}: {address} belongs to two claimants")
    return found
