"""Histories as a stream brings them: articles of several days and fronts, edited, withdrawn, said again.

Equal seeds write equal histories. Some lie on the days on which clocks change, where a day has 23 or 25 hours.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from tests.acceptance.histories import Message
from tests.ledger.generated import Fiction

ZONES = ("Europe/Kyiv", "Europe/Kyiv", "UTC", "Europe/Moscow", "America/St_Johns", "Australia/Lord_Howe")
MOVES = (0, 0, 0, -52, 158)
"""Days from 21 May 2025 to it, to 30 March and to 26 October, on which European clocks change."""


def history(seed: int) -> list[Message]:
    """Articles of both directions, some edited, some withdrawn with or without a version, in the order of writing."""
    dice = random.Random(seed)
    messages = Fiction(seed, articles=4, claims=4).history()
    others = Fiction(seed + 1, articles=2, claims=3).history()
    for message in others:  # one article may speak of both fronts
        known = next((m for m in messages if m["article_id"] == message["article_id"]), None)
        if known is not None and dice.random() < 0.5:
            extra = [{**c, "claim_id": f"{c['claim_id']}.x", "part_of": None} for c in message["claims"]]
            known["claims"] += extra
    if dice.random() < 0.4:  # other nights, whose undated numbers and evening pieces look for their day
        messages += [moved(m, dice.randint(1, 3), "d-") for m in Fiction(seed + 2, articles=2, claims=3).history()]
    times = [message["published_at"] for message in messages]
    for message in list(messages):
        if dice.random() < 0.4:
            edited = {**message, "version": dice.choice((1, 2)), "claims": message["claims"][dice.randint(0, 2) :]}
            edited["published_at"] = dice.choice(times)
            messages.append(edited)
        if dice.random() < 0.2:
            gone: Message = {"article_id": message["article_id"], "withdrawn": True}
            messages.append({**gone, "version": 1} if dice.random() < 0.5 else gone)
    days = dice.choice(MOVES)
    return [moved(message, days) for message in messages] if days else messages


def guests(seed: int) -> list[Message]:
    """Articles that are added to a history and withdrawn again."""
    written = Fiction(seed + 7, articles=2, claims=4).history()
    return [{**message, "article_id": f"guest-{message['article_id']}"} for message in written]


def moved(message: Message, days: int, prefix: str = "") -> Message:
    """The same message some days later."""

    def shifted(time: str) -> str:
        return (datetime.fromisoformat(time) + timedelta(days=days)).isoformat().replace("+00:00", "Z")

    def at(period: dict[str, Any] | None) -> dict[str, Any] | None:
        return period and {**period, "start": shifted(period["start"]), "end": shifted(period["end"])}

    there = {**message, "article_id": prefix + message["article_id"]}
    if message.get("published_at"):
        there["published_at"] = shifted(message["published_at"])
    if "claims" in message:
        there["claims"] = [{**claim, "period": at(claim["period"])} for claim in message["claims"]]
    return there
