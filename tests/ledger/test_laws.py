"""The laws of the ledger over generated histories: always the same ones here, others by `make laws`."""

from __future__ import annotations

import os

import pytest

from tests.acceptance.histories import Message
from tests.ledger import laws
from tests.ledger.histories import history
from worker.ledger import Book

HISTORIES = int(os.environ.get("DRONETALLY_TEST_HISTORIES", "5000"))


@pytest.mark.timeout(1800)
def test_every_history_keeps_every_law() -> None:
    found = [verdict for verdict in laws.failures(0, HISTORIES) if verdict is not None]
    assert found == []


def test_histories_are_of_every_kind() -> None:
    """What the laws are checked over: or they would hold for want of cases."""
    messages = [history(seed) for seed in range(400)]
    flat = [message for told in messages for message in told]
    assert sum(bool(message.get("withdrawn")) for message in flat) > 100
    assert sum(bool(message.get("withdrawn")) and "version" in message for message in flat) > 40
    assert sum(message.get("version") == 2 for message in flat) > 100
    claims = [claim for message in flat for claim in message.get("claims", ())]
    assert sum(claim["period"] is None for claim in claims) > 100
    assert sum(claim["scope"] == "rest" for claim in claims) > 20
    assert sum(claim["status"] != "current" for claim in claims) > 100
    fronts = [{(c["attacker"], c["defender"]) for c in message.get("claims", ())} for message in flat]
    assert sum(len(about) > 1 for about in fronts) > 20
    months = {message["published_at"][:7] for message in flat if "published_at" in message}
    assert {"2025-03", "2025-05", "2025-10"} <= months


def test_a_ledger_that_depends_on_the_order_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check itself: a book that lets a withdrawal that came first be forgotten breaks a law."""
    put = Book.put

    def forgetful(self: Book, entry: Message) -> bool:
        if entry.edition.withdrawn and self.edition(entry.article_id) is None:  # type: ignore[attr-defined]
            return False
        return put(self, entry)  # type: ignore[arg-type]

    monkeypatch.setattr(Book, "put", forgetful)
    seed = next(seed for seed in range(200) if laws.broken(seed))
    assert len(laws.smallest(seed)) < len(history(seed)) or len(history(seed)) <= 3
