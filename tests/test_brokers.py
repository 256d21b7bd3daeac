"""A broker that can't be had is a skip on a developer's machine and a failure where all are needed."""

from __future__ import annotations

import pytest

from tests import brokers


def test_a_missing_broker_is_skipped_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brokers, "NEEDED", False)
    with pytest.raises(pytest.skip.Exception, match="no Java"):
        brokers.missing("no Java")


def test_a_missing_broker_fails_where_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brokers, "NEEDED", True)
    with pytest.raises(pytest.fail.Exception, match="no Java"):
        brokers.missing("no Java")
