"""Bytes ↔ model: the only place that parses what comes from outside.

Inputs are hostile: size and depth are limited before parsing, every refusal has a named reason, and no message of an
error repeats the content it refuses. Of a key that stands twice in an object the last one counts, as for nearly every
reader of JSON; telling would cost a second parser for each message.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeVar, get_args

import msgspec
import orjson

from worker.model import FOR_GOOD, Article, ArticleClaims, ConflictReport, Edition, Tally

Reason = Literal[
    "too_large",
    "too_deep",
    "bad_encoding",
    "not_json",
    "not_an_object",
    "missing_field",
    "wrong_type",
    "out_of_range",
    "future_date",
    "bad_headers",
    "bad_claims",
    "internal_error",
]
"""Why a message was refused: a fixed list, because each is a metric label."""

REASONS: tuple[Reason, ...] = get_args(Reason)

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_VERSION = 2**31
MAX_ID_CHARACTERS = 512
MAX_HEADERS = 32
MAX_HEADER_BYTES = 8 * 1024
VERSION_HEADER = "version"

# A string, closed or not, or one bracket. Possessive, and a string always matches: no text makes it look twice.
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_FRONT = re.compile(r"[A-Z]{2}>[A-Z]{2}")
_MAX_NUMBER = 2**53 - 1
_FRAME = b"\x00"
_FRAME_BYTES = 5
_PACKING = 1  # a third more than the best, in a third of the time
_YEARS = range(1970, 9999)  # beyond, time zones leave what a datetime can hold


class MessageError(ValueError):
    """A message that can't be read: `reason` is one of `Reason`, `detail` says which rule it broke."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class _WireArticle(msgspec.Struct):
    """An article as producers send it: null counts as absent, unknown fields are ignored."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_ID_CHARACTERS)]
    title: str | None = None
    body: str | None = None
    published_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    updated_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    language: str | None = None
    source: str | None = None
    url: str | None = None
    version: Annotated[int, msgspec.Meta(ge=0, le=MAX_VERSION)] | None = None


_article_decoder = msgspec.json.Decoder(_WireArticle)
_claims_decoder = msgspec.json.Decoder(ArticleClaims)
_tally_decoder = msgspec.json.Decoder(Tally)
_conflicts_decoder = msgspec.json.Decoder(ConflictReport)
_encoder = msgspec.json.Encoder()


def unframed(value: bytes) -> bytes:
    """Take off the frame that serializers with a schema registry put before the JSON: a zero byte, a schema's number.

    No JSON begins with a zero byte. Which schema it was written by does not matter: what is read is checked here.
    """
    return value[_FRAME_BYTES:] if value.startswith(_FRAME) else value


def frame(schema_id: int) -> bytes:
    """Make the frame that says by which schema of a registry a value is written."""
    return _FRAME + schema_id.to_bytes(_FRAME_BYTES - len(_FRAME), "big")


def decode_article(value: bytes) -> Article:
    """Read one article.

    Raises:
        MessageError: too large, too deep, not JSON, wrong types, missing `id` or text.
    """
    wire = _decode(value, _article_decoder)
    if not (wire.title or "").strip() and not (wire.body or "").strip():
        raise MessageError("missing_field", "neither title nor body has text")
    return Article(
        id=wire.id,
        title=wire.title or "",
        body=wire.body or "",
        published_at=_utc(wire.published_at),
        updated_at=_utc(wire.updated_at),
        language=wire.language,
        source=wire.source,
        url=wire.url,
        version=wire.version or 0,
    )


def decode_claims(value: bytes) -> ArticleClaims:
    """Read one message of the claims topic.

    Raises:
        MessageError: always with reason `bad_claims`.
    """
    try:
        claims = _decode(value, _claims_decoder)
    except MessageError as bad:
        raise MessageError("bad_claims", bad.detail) from None
    if claims.front is None or claims.edition is None:
        raise MessageError("bad_claims", "a message of the claims topic needs front and edition")
    if not _FRONT.fullmatch(claims.front):
        raise MessageError("bad_claims", "the front is not two countries")
    periods = (claim.period for claim in claims.claims if claim.period is not None)
    times = [claims.published_at, claims.updated_at, claims.received_at]
    times += (time for period in periods for time in (period.start, period.end))
    if any(time is not None and (time.tzinfo is None or not 1 < time.year < 9999) for time in times):
        raise MessageError("bad_claims", "a time without zone, or in the first or last year of the calendar")
    numbers = (claim.quantity for claim in claims.claims if claim.quantity is not None)
    if any(not 0 <= number.low <= _MAX_NUMBER or (number.high or 0) > _MAX_NUMBER for number in numbers):
        raise MessageError("bad_claims", "a number below 0, or above what every JSON reader can hold")
    return claims


def pack(value: bytes) -> bytes:
    """Make a message as small as it is kept in the ledger: claims repeat themselves, and there are millions."""
    return zlib.compress(unframed(value), _PACKING)


def decode_entry(value: bytes) -> ArticleClaims:
    """Read one entry of the ledger: a message of the claims topic, packed, or as it came (as older workers kept it).

    What was checked when it came is not checked again.

    Raises:
        MessageError: always with reason `bad_claims`.
    """
    try:
        return _claims_decoder.decode(value if value.startswith(b"{") else zlib.decompress(value))
    except (msgspec.MsgspecError, UnicodeDecodeError, zlib.error, RecursionError):
        raise MessageError("bad_claims", "not an entry of the ledger") from None


def decode_tally(value: bytes) -> Tally:
    """Read one tally as published.

    Raises:
        MessageError: not a tally.
    """
    return _decode(value, _tally_decoder)


def decode_conflicts(value: bytes) -> ConflictReport:
    """Read one report of conflicts as published.

    Raises:
        MessageError: not such a report.
    """
    return _decode(value, _conflicts_decoder)


def encode(message: msgspec.Struct) -> bytes:
    """Write a message as compact JSON: fields in declared order, so equal messages are equal bytes."""
    return _encoder.encode(message)


def to_json(value: object) -> bytes:
    """Write plain dictionaries and lists as compact JSON with sorted keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def edition_of(article: Article, value: bytes) -> Edition:
    """Tell which edition of its article a message is; `value` is the message as received.

    Two messages of one version and time are told apart by the digest of their bytes, so that the order of arrival
    never decides.
    """
    at = article.updated_at or article.published_at
    return Edition(
        version=article.version,
        at=at.isoformat(timespec="microseconds") if at else "",
        digest=hashlib.sha256(value).hexdigest()[:32],
    )


def withdrawal_edition(headers: Mapping[str, bytes]) -> Edition:
    """Tell what a null value withdraws: everything for good, or the versions up to its `version` header.

    Raises:
        MessageError: the header is not a whole number from 0 to 2**31.
    """
    stated = headers.get(VERSION_HEADER)
    if stated is None:
        return Edition(version=FOR_GOOD, withdrawn=True)
    if not stated.isdigit() or len(stated) > len(str(MAX_VERSION)) or int(stated) > MAX_VERSION:
        raise MessageError("bad_headers", "the version header of a withdrawal is not a whole number from 0 to 2**31")
    return Edition(version=int(stated), withdrawn=True)


def check_headers(headers: list[tuple[str, bytes]]) -> None:
    """Refuse more headers, or larger ones, than anybody needs.

    Raises:
        MessageError: more than 32 headers or more than 8 KiB of them.
    """
    if len(headers) > MAX_HEADERS:
        raise MessageError("bad_headers", f"more than {MAX_HEADERS} headers")
    if sum(len(name) + len(value or b"") for name, value in headers) > MAX_HEADER_BYTES:
        raise MessageError("bad_headers", f"more than {MAX_HEADER_BYTES} bytes of headers")


T = TypeVar("T")


def _decode(value: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    value = unframed(value)
    if len(value) > MAX_BYTES:
        raise MessageError("too_large", f"{len(value)} bytes, {MAX_BYTES} are allowed")
    if not _is_utf8(value):  # the decoder looks only at the fields it knows
        raise MessageError("bad_encoding", "not valid UTF-8")
    if _too_deep(value):
        raise MessageError("too_deep", f"nested deeper than {MAX_DEPTH}")
    try:
        return decoder.decode(value)
    except msgspec.ValidationError as error:
        raise MessageError(_reason_of(str(error)), _without_content(str(error))) from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise MessageError("not_json", _without_content(str(error))) from None


def _too_deep(value: bytes) -> bool:
    if value.count(b"[") + value.count(b"{") <= MAX_DEPTH:  # the usual article, at the cost of two counts
        return False
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(value):
        match value[found.start()]:
            case 0x5B | 0x7B:  # [ {
                depth += 1
                if depth > MAX_DEPTH:
                    return True
            case 0x5D | 0x7D:  # ] }
                depth -= 1
    return False


def _reason_of(error: str) -> Reason:
    if "missing required field" in error:
        return "missing_field"
    if error.startswith("Expected `object`, got") and "at `$" not in error:
        return "not_an_object"
    if "out of range" in error or (error.startswith("Expected `") and re.search(r"` (>=|<=|of length) ", error)):
        return "out_of_range"
    return "wrong_type"


def _without_content(error: str) -> str:
    """Shorten an error; msgspec quotes types and paths, and invalid enum values, which are content."""
    return re.sub(r"Invalid enum value .*? - at", "unknown value - at", error)[:200]


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utc(time: datetime | None) -> datetime | None:
    if time is None:
        return None
    if time.year not in _YEARS:
        raise MessageError("out_of_range", "a year before 1970 or after 9998")
    return time.astimezone(UTC)
