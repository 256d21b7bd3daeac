"""Messages of the input topic written down in a file: one JSON line each.

A line is an article as producers send it, or `{"id": "…", "withdrawn": true}` for a null value, with an optional
`"version"` for the header that limits the withdrawal to the versions up to it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from worker.codec import MAX_BYTES, VERSION_HEADER, MessageError
from worker.model import Struct


class Written(Struct, frozen=True):
    """A message as it would stand on the input topic; the key of an article is left to whoever has read its id."""

    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]


class _Withdrawal(msgspec.Struct):
    withdrawn: bool = False
    id: Any = None
    version: Any = None


_decoder = msgspec.json.Decoder(_Withdrawal)


def message_of(line: bytes) -> Written:
    """Turn a line into the message it stands for; whether an article is readable is for `arrivals.read` to say.

    Raises:
        MessageError: a withdrawal without an id.
    """
    withdrawal = _withdrawal(line)
    if withdrawal is None:
        return Written(key=None, value=line, headers={})
    if withdrawal.id is None or withdrawal.id == "":
        raise MessageError("missing_field", "a withdrawal needs the id of its article")
    if not isinstance(withdrawal.id, str):
        raise MessageError("wrong_type", "the id of a withdrawal is not a string")
    version = withdrawal.version
    return Written(
        key=withdrawal.id.encode(),
        value=None,
        headers={} if version is None else {VERSION_HEADER: str(version).encode()},
    )


def _withdrawal(line: bytes) -> _Withdrawal | None:
    if len(line) > MAX_BYTES or b'"withdrawn"' not in line:
        return None
    try:
        found = _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None  # read as an article it gets the reason it deserves
    return found if found.withdrawn else None
