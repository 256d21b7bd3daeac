"""The schema of articles and the reader of articles give the same verdict, on examples and on generated near misses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.contract.catalogue import SCHEMAS, current, validator
from worker import codec
from worker.codec import MessageError

EXAMPLES = SCHEMAS / "news.article" / "examples"
ABSENT = "<absent>"

BLANKS = (
    "",
    " ",
    "\n",
    "\t\r",
    "\u00a0",
    "\u001c",
    "\u001f",
    "\u0085",
    "\u1680",
    "\u2009",
    "\u2028",
    "\u202f",
    "\u3000",
)
NOT_BLANK = ("x", "\u200b", "\ufeff", "\u00ad", "\u180e", "\u001b", " д ", "🛩")
OTHER_KINDS: tuple[Any, ...] = (None, True, False, 0, 1, -1, 1.5, [], ["x"], {}, {"text": "x"})
TIMES = (
    "2025-05-21T07:30:00Z",
    "2025-05-21T07:30:00z",
    "2025-05-21t07:30:00Z",
    "2025-05-21T07:30:00.1Z",
    "2025-05-21T07:30:00.123456789012Z",
    "2025-05-21T07:30:00.Z",
    "2025-05-21T07:30:00,5Z",
    "2025-05-21T07:30:00+03:00",
    "2025-05-21T07:30:00-00:00",
    "2025-05-21T07:30:00+23:59",
    "2025-05-21T07:30:00+24:00",
    "2025-05-21T07:30:00+3:00",
    "2025-05-21T07:30:00\u221203:00",
    "2025-05-21T07:30:00",
    "2025-05-21T07:30Z",
    "2025-05-21T24:00:00Z",
    "2025-05-21T23:59:60Z",
    "2016-12-31T23:59:60Z",
    "2025-05-21",
    "2025-02-29T12:00:00Z",
    "2024-02-29T12:00:00Z",
    "2025-13-01T12:00:00Z",
    "2025-00-01T12:00:00Z",
    "2025-04-31T12:00:00Z",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00+03:00",
    "9998-12-31T23:59:59Z",
    "9998-12-31T23:59:59-23:59",
    "9999-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "12025-01-01T00:00:00Z",
    "2025-05-21T07:30:00Z ",
    "2025-05-21T07:30:00Z\n",
    "21.05.2025 07:30",
    "yesterday",
    "",
)

texts = st.sampled_from([*BLANKS, *NOT_BLANK, *OTHER_KINDS, ABSENT])
times = st.sampled_from([*TIMES, *OTHER_KINDS, 1747812600, ABSENT])
ids = st.sampled_from(["a", " ", "a" * 512, "a" * 513, "я" * 512, "🛩" * 512, "🛩" * 513, "", *OTHER_KINDS, ABSENT])
versions = st.sampled_from([2**31, 2**31 + 1, 2**53, 2**63, 2**64, 10**30, "2", "", *OTHER_KINDS, ABSENT])
hints = st.sampled_from(["de", "", "xx-XX", *OTHER_KINDS, ABSENT])

FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "id": ids,
    "title": texts,
    "body": texts,
    "published_at": times,
    "updated_at": times,
    "language": hints,
    "source": hints,
    "url": hints,
    "version": versions,
    "unknown": st.sampled_from([1, None, {"deep": [1]}]),
}
SOUND = {"id": "a", "title": "Drones downed", "published_at": "2025-05-21T07:30:00Z", "version": 1}


@st.composite
def near_misses(draw: st.DrawFn) -> dict[str, Any]:
    """A sound article with up to three fields changed: more would hide each other's verdicts."""
    changes = {name: draw(FIELDS[name]) for name in draw(st.sets(st.sampled_from(sorted(FIELDS)), max_size=3))}
    return {name: value for name, value in {**SOUND, **changes}.items() if value != ABSENT}


def accepts(value: bytes) -> bool:
    try:
        codec.decode_article(value)
    except MessageError:
        return False
    return True


@pytest.mark.parametrize("path", sorted((EXAMPLES / "valid").glob("*.json")), ids=lambda path: path.stem)
def test_valid_example_is_read(path: Path) -> None:
    article = codec.decode_article(path.read_bytes())
    example = json.loads(path.read_bytes())
    assert article.id == example["id"]
    assert (article.title, article.body) == (example.get("title") or "", example.get("body") or "")
    assert article.version == (example.get("version") or 0)


@pytest.mark.parametrize("path", sorted((EXAMPLES / "invalid").glob("*.json")), ids=lambda path: path.stem)
def test_invalid_example_is_refused(path: Path) -> None:
    with pytest.raises(MessageError):
        codec.decode_article(path.read_bytes())


@settings(max_examples=1000, deadline=None)
@given(near_misses())
def test_same_verdict_on_near_misses(article: dict[str, Any]) -> None:
    value = json.dumps(article).encode()
    verdict = validator(current("news.article")).is_valid(json.loads(value))
    event("valid" if verdict else "invalid")
    assert accepts(value) == verdict


@pytest.mark.parametrize("field", ["published_at", "updated_at"])
@pytest.mark.parametrize("time", TIMES)
def test_same_verdict_on_every_time(field: str, time: str) -> None:
    article = {**SOUND, field: time}
    assert accepts(json.dumps(article).encode()) == validator(current("news.article")).is_valid(article)


@pytest.mark.parametrize("text", [*BLANKS, *NOT_BLANK])
def test_same_verdict_on_every_blank(text: str) -> None:
    article = {"id": "a", "body": text}
    assert validator(current("news.article")).is_valid(article) == (text in NOT_BLANK)
    assert accepts(json.dumps(article).encode()) == (text in NOT_BLANK)


LENIENT = {
    "a space for the T": b'{"id":"a","title":"x","published_at":"2025-05-21 07:30:00Z"}',
    "an offset without a colon": b'{"id":"a","title":"x","published_at":"2025-05-21T07:30:00+0300"}',
}
STRICT = {
    "a whole number written with a fraction": b'{"id":"a","title":"x","version":2.0}',
    "a whole number with an exponent": b'{"id":"a","title":"x","version":1e3}',
    "nested too deep": b'{"id":"a","title":"x","more":' + b"[" * codec.MAX_DEPTH + b"]" * codec.MAX_DEPTH + b"}",
    "too large": b'{"id":"a","title":"' + b"x" * codec.MAX_BYTES + b'"}',
}


@pytest.mark.parametrize("value", LENIENT.values(), ids=list(LENIENT))
def test_reader_accepts_what_the_schema_does_not_promise(value: bytes) -> None:
    assert accepts(value)
    assert not validator(current("news.article")).is_valid(json.loads(value))


@pytest.mark.parametrize("value", STRICT.values(), ids=list(STRICT))
def test_reader_refuses_what_a_schema_can_not_say(value: bytes) -> None:
    """The schema's description says these in words."""
    assert not accepts(value)
    assert validator(current("news.article")).is_valid(json.loads(value))
