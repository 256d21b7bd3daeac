"""Messages of the input topic: which article, which edition, and how far in the future it may be dated."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from worker.codec import MessageError
from worker.model import FOR_GOOD, Edition
from worker.pipeline.arrivals import Arrival, read, understand
from worker.pipeline.written import message_of

NOW = datetime(2025, 5, 21, 12, tzinfo=UTC)
TWO_DAYS = timedelta(days=2)
TEXT = "Russian air defence shot down 12 Ukrainian drones over the Bryansk region overnight, the defence ministry said."


def article(**fields: Any) -> bytes:
    return json.dumps({"id": "a", "title": TEXT, **fields}).encode()


def arrive(key: bytes | None, value: bytes | None, **headers: bytes) -> Arrival:
    return read(key, value, headers, NOW, TWO_DAYS)


def refusal(key: bytes | None, value: bytes | None, **headers: bytes) -> MessageError:
    with pytest.raises(MessageError) as caught:
        arrive(key, value, **headers)
    return caught.value


@pytest.mark.parametrize("key", [None, b"", b"another", b"\xff"])
def test_an_article_is_named_by_its_id_whatever_its_key(key: bytes | None) -> None:
    arrival = arrive(key, article(version=3))
    assert (arrival.article_id, arrival.edition.version, arrival.received_at) == ("a", 3, NOW)


def test_a_null_value_withdraws_the_id_in_its_key() -> None:
    arrival = arrive("стаття".encode(), None)
    assert (arrival.article_id, arrival.article) == ("стаття", None)
    assert arrival.edition == Edition(version=FOR_GOOD, withdrawn=True)
    assert arrive(b"a", None, version=b"2").edition == Edition(version=2, withdrawn=True)


@pytest.mark.parametrize(
    ("key", "headers", "reason"),
    [
        (None, {}, "missing_field"),
        (b"", {}, "missing_field"),
        (b"\xff", {}, "bad_encoding"),
        (b"\xed\xa0\x80", {}, "bad_encoding"),
        (b"x" * 513, {}, "out_of_range"),
        (b"a", {"version": b"two"}, "bad_headers"),
        (b"a", {"version": b""}, "bad_headers"),
    ],
)
def test_a_withdrawal_that_names_no_article_is_refused(
    key: bytes | None, headers: dict[str, bytes], reason: str
) -> None:
    assert refusal(key, None, **headers).reason == reason


def test_a_withdrawal_of_the_longest_id_is_read() -> None:
    assert arrive(("ї" * 512).encode(), None).article_id == "ї" * 512


@pytest.mark.parametrize("field", ["published_at", "updated_at"])
def test_an_article_may_be_dated_as_far_ahead_as_tolerated_and_no_further(field: str) -> None:
    edge = NOW + TWO_DAYS
    assert arrive(None, article(**{field: edge.isoformat()})).article is not None
    error = refusal(None, article(**{field: (edge + timedelta(seconds=1)).isoformat()}))
    assert error.reason == "future_date"
    assert error.detail == "dated 2025-05-23T12:00Z, received 2025-05-21T12:00Z"


def test_an_empty_value_is_no_withdrawal() -> None:
    assert refusal(b"a", b"").reason == "not_json"


def test_what_is_understood_carries_its_edition_and_the_time_that_dates_it() -> None:
    dated = arrive(None, article(published_at="2025-05-21T07:30:00Z"))
    claims = understand(dated)
    assert (claims.edition, claims.received_at) == (dated.edition, None)
    assert [claim.quantity.low for claim in claims.claims if claim.quantity] == [12]
    assert understand(arrive(None, article(updated_at="2025-05-21T07:30:00Z"))).received_at is None


def test_an_article_without_a_date_is_dated_by_its_message() -> None:
    claims = understand(arrive(None, article()))
    assert claims.received_at == claims.stated_at == NOW


def test_copies_of_a_dated_article_say_the_same_whenever_they_come() -> None:
    value = article(published_at="2025-05-21T07:30:00Z")
    again = read(b"key", value, {"version": b"9"}, NOW + timedelta(days=300), TWO_DAYS)
    assert understand(again) == understand(arrive(None, value))


def test_a_withdrawal_is_understood_as_saying_nothing() -> None:
    arrival = arrive(b"a", None, version=b"4")
    claims = understand(arrival)
    assert (claims.article_id, claims.version, claims.claims) == ("a", 4, ())
    assert (claims.edition, claims.relevant, claims.received_at) == (arrival.edition, False, None)


def test_a_line_of_a_file_is_an_article_as_it_stands() -> None:
    for line in (article(), article(withdrawn=False), article(title='"withdrawn"'), b"{", b"\xff", b""):
        written = message_of(line)
        assert (written.key, written.value, written.headers) == (None, line, {})


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({}, {}),
        ({"version": None}, {}),
        ({"version": 2}, {"version": b"2"}),
        ({"version": "2"}, {"version": b"2"}),
        ({"version": -1}, {"version": b"-1"}),
    ],
)
def test_a_line_may_stand_for_a_withdrawal(fields: dict[str, Any], headers: dict[str, bytes]) -> None:
    written = message_of(json.dumps({"id": "стаття", "withdrawn": True, **fields}).encode())
    assert (written.key, written.value, written.headers) == ("стаття".encode(), None, headers)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"withdrawn":true}', "missing_field"),
        (b'{"withdrawn":true,"id":""}', "missing_field"),
        (b'{"withdrawn":true,"id":null}', "missing_field"),
        (b'{"withdrawn":true,"id":7}', "wrong_type"),
        (b'{"withdrawn":true,"id":["a"]}', "wrong_type"),
    ],
)
def test_a_written_withdrawal_without_an_id_is_refused(line: bytes, reason: str) -> None:
    with pytest.raises(MessageError) as caught:
        message_of(line)
    assert caught.value.reason == reason


def test_a_written_withdrawal_with_an_unreadable_version_is_refused_on_reading() -> None:
    for version in (-1, 1.5, True, "x", 2**31 + 1, [1]):
        written = message_of(json.dumps({"id": "a", "withdrawn": True, "version": version}).encode())
        assert refusal(written.key, written.value, **written.headers).reason == "bad_headers"


def test_an_article_in_a_registry_s_frame_is_the_same_edition() -> None:
    assert arrive(b"a", b"\x00\x00\x01\x86\xa1" + article()) == arrive(b"a", article())


@pytest.mark.parametrize(
    "value", [b"\x00", b"\x00\x00\x00\x00\x07", b"\x00\x00\x00\x00\x07\x02a", b"\x01\x00\x00\x00\x07{}"]
)
def test_a_frame_without_an_article_is_no_json(value: bytes) -> None:
    assert refusal(b"a", value).reason == "not_json"
