"""Lines of a file and the messages they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.codec import MessageError
from worker.pipeline.written import message_of


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "a", "title": "withdrawn"}',
        b'{"id": "a", "title": "x", "withdrawn": false}',
        b'{"id": "a", "title": "x", "withdrawn": "yes"}',
        b'"withdrawn"',
        b"not json",
    ],
)
def test_what_withdraws_nothing_is_sent_as_it_is(line: bytes) -> None:
    message = message_of(line)
    assert (message.key, message.value, message.headers) == (None, line, {})


def test_a_withdrawal_is_a_null_value_under_the_id() -> None:
    message = message_of('{"id": "стаття", "withdrawn": true}'.encode())
    assert (message.key, message.value, message.headers) == ("стаття".encode(), None, {})


def test_its_version_is_a_header() -> None:
    assert message_of(b'{"id": "a", "withdrawn": true, "version": 4}').headers == {"version": b"4"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"withdrawn": true}', "missing_field"),
        (b'{"id": "", "withdrawn": true}', "missing_field"),
        (b'{"id": 5, "withdrawn": true}', "wrong_type"),
    ],
)
def test_a_withdrawal_needs_an_id(line: bytes, reason: str) -> None:
    with pytest.raises(MessageError) as error:
        message_of(line)
    assert error.value.reason == reason


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message(line: bytes) -> None:
    assert message_of(b'"withdrawn"' + line).value is not None
