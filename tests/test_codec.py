"""What comes in: every refusal by its smallest message, limits at the border, and laws of editions."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker import codec
from worker.codec import MessageError
from worker.model import FOR_GOOD, Article, ArticleClaims, Claim, Edition, Period, Quantity

CANARY = "canary-5d1f"


def article(**fields: Any) -> bytes:
    return json.dumps({"id": "a", "title": "t", **fields}).encode()


def refusal(value: bytes) -> MessageError:
    with pytest.raises(MessageError) as caught:
        codec.decode_article(value)
    return caught.value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (article() + b"{}", "not_json"),
        (b'{"id":"a","title":"t","version":NaN}', "not_json"),
        (b'{"id":"a","title":"t","x":Infinity}', "not_json"),
        (b'{"id":"a","title":"\\ud800 "}', "not_json"),
        (b'{"id":"a","title":"\\udc00"}', "not_json"),
        (b"{'id':'a'}", "not_json"),
        (b'{"id":"a","title":"a\nb"}', "not_json"),
        (b"\xef\xbb\xbf" + article(), "not_json"),
        (article().decode().encode("utf-16"), "bad_encoding"),
        (b"\xff", "bad_encoding"),
        (b'{"id":"a","title":"\xed\xa0\x80"}', "bad_encoding"),
        (b'{"id":"a","title":"\xc0\xaf"}', "bad_encoding"),
        (b'{"id":"a","title":"t","unknown":"\xff"}', "bad_encoding"),
        (b'{"id":"a","title":"t","\xff":1}', "bad_encoding"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b"1", "not_an_object"),
        (b'"a"', "not_an_object"),
        (b"{}", "missing_field"),
        (b'{"title":"t"}', "missing_field"),
        (b'{"id":"a"}', "missing_field"),
        (article(title=None), "missing_field"),
        (article(title=" \t\n\u00a0", body=""), "missing_field"),
        (article(id=1), "wrong_type"),
        (article(id=None), "wrong_type"),
        (article(title=["t"]), "wrong_type"),
        (article(body={}), "wrong_type"),
        (article(language=7), "wrong_type"),
        (article(version=True), "wrong_type"),
        (article(version=1.0), "wrong_type"),
        (article(version="1"), "wrong_type"),
        (article(published_at=0), "wrong_type"),
        (article(published_at="yesterday"), "wrong_type"),
        (article(published_at="2025-05-21"), "wrong_type"),
        (article(published_at="2025-05-21T07:30:00"), "wrong_type"),
        (article(id=""), "out_of_range"),
        (article(version=-1), "out_of_range"),
        (article(version=10**4000), "out_of_range"),
        (b'{"id":"a","title":"t","version":1e400}', "out_of_range"),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_an_unreadable_article_is_refused_with_its_reason(value: bytes, reason: str) -> None:
    assert refusal(value).reason == reason


def test_an_article_of_one_mebibyte_is_read_and_one_byte_more_refused() -> None:
    padding = codec.MAX_BYTES - len(article(body=""))
    assert len(codec.decode_article(article(body="x" * padding)).body) == padding
    assert refusal(article(body="x" * (padding + 1))).reason == "too_large"


def nested(depth: int) -> bytes:
    """An article that is `depth` deep, its own braces counted."""
    return b'{"id":"a","title":"t","x":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


def test_thirty_two_levels_are_read_and_thirty_three_refused() -> None:
    assert codec.decode_article(nested(32)).id == "a"
    assert refusal(nested(33)).reason == "too_deep"


def test_brackets_side_by_side_are_not_deep() -> None:
    assert codec.decode_article(article(x=[[] for _ in range(1000)])).id == "a"


@pytest.mark.parametrize("text", ["[{" * 200, '"' + "[" * 200, "\\" + "[" * 200, '\\"' + "{" * 200, "]" * 200])
def test_brackets_inside_strings_are_not_levels(text: str) -> None:
    assert codec.decode_article(article(body=text)).body == text
    hidden = nested(33)[:-1] + b"," + json.dumps({"body": text}).encode()[1:]
    assert refusal(hidden).reason == "too_deep"


@pytest.mark.parametrize("letter", ["a", "ї", "🛩"])
def test_an_id_of_512_characters_is_read_and_513_refused(letter: str) -> None:
    assert codec.decode_article(article(id=letter * 512)).id == letter * 512
    assert refusal(article(id=letter * 513)).reason == "out_of_range"


def test_version_two_to_the_31_is_read_and_one_more_refused() -> None:
    assert codec.decode_article(article(version=2**31)).version == 2**31
    assert refusal(article(version=2**31 + 1)).reason == "out_of_range"


@pytest.mark.parametrize("field", ["published_at", "updated_at"])
def test_years_1970_to_9998_are_read_and_those_beside_refused(field: str) -> None:
    for moment in ("1970-01-01T00:00:00Z", "9998-12-31T23:59:59Z"):
        assert getattr(codec.decode_article(article(**{field: moment})), field) == datetime.fromisoformat(moment)
    for moment in ("0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z"):
        assert refusal(article(**{field: moment})).reason == "out_of_range"


def test_times_are_kept_in_utc() -> None:
    read = codec.decode_article(article(published_at="2025-05-21T10:30:00+03:00"))
    assert read.published_at == datetime(2025, 5, 21, 7, 30, tzinfo=UTC)
    assert read.published_at is not None
    assert read.published_at.tzinfo is UTC


def test_null_counts_as_absent() -> None:
    nothing = dict.fromkeys(["body", "published_at", "updated_at", "language", "source", "url", "version"])
    assert codec.decode_article(article(**nothing)) == Article(id="a", title="t")


def test_unknown_fields_are_ignored() -> None:
    assert codec.decode_article(article(x=[1, {"y": 10**400}], Id="b")) == Article(id="a", title="t")


def test_of_a_key_that_stands_twice_the_last_counts() -> None:
    assert codec.decode_article(b'{"id":"a","title":"first","title":"last"}').title == "last"


def test_seventy_five_thousand_unknown_keys_take_less_than_a_second() -> None:
    started = time.process_time()
    assert codec.decode_article(article(**{f"k{i}": 1 for i in range(75_000)})).id == "a"
    assert time.process_time() - started < 1


BEGINNINGS = (
    b"",
    b'{"id":"a","title":"',
    b'{"id":"a","x":',
    b"[" * 33,
    b"[" * 33 + b'"',
    b'{"id":"a","title":"' + b"[" * 33,
)
REPEATED = (
    b"[",
    b"{",
    b'"',
    b"\\",
    b'\\"',
    b'"\\',
    b"\\\\",
    b"[]",
    b'{"a":',
    b'"",',
    b"]",
    b"-",
    b"1",
    b" ",
    b"\\u",
    b"\0",
)


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=lambda value: value.decode()[-12:])
@pytest.mark.parametrize("repeated", REPEATED, ids=lambda value: repr(value))
def test_a_mebibyte_of_anything_is_refused_within_a_second(beginning: bytes, repeated: bytes) -> None:
    value = (beginning + repeated * codec.MAX_BYTES)[: codec.MAX_BYTES]
    started = time.process_time()
    refusal(value)
    assert time.process_time() - started < 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_a_message_error(value: bytes) -> None:
    with suppress(MessageError):
        codec.decode_article(value)


GOOD = article(
    body='збито 12 [безпілотників] {у} "небі" \\ вночі',
    published_at="2025-05-21T07:30:00Z",
    language="uk",
    version=3,
    extra={"a": [1, 2.5, None, True]},
)


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_mutated_articles_raise_nothing_but_a_message_error(data: st.DataObject) -> None:
    value = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(value)))
        cut = data.draw(st.integers(0, 6))
        junk = st.sampled_from([b'"', b"\\", b"{", b"]", b"null", b"-1", b"1e999", b"\\ud800", b"\xff", b"", b","])
        value[at : at + cut] = data.draw(junk | st.binary(max_size=4))
    with suppress(MessageError):
        read = codec.decode_article(bytes(value))
        assert read.id
        codec.encode(read)  # whatever is read can be written again


@pytest.mark.parametrize(
    "fields",
    [
        {"version": CANARY},
        {"published_at": CANARY},
        {"title": {CANARY: CANARY}},
        {"id": CANARY * 100},
        {"body": 7, "title": CANARY},
    ],
)
def test_the_reason_of_a_refusal_does_not_repeat_the_article(fields: dict[str, Any]) -> None:
    assert CANARY not in str(refusal(article(**fields)))
    assert CANARY not in str(refusal(article(title=CANARY)[:-1]))
    assert CANARY not in str(refusal(CANARY.encode()))


def claims_message(**fields: Any) -> bytes:
    return json.dumps({"article_id": "a", "front": "UA>RU", "edition": {"version": 1}, **fields}).encode()


def claim(**fields: Any) -> dict[str, Any]:
    made = Claim(
        claim_id="c",
        measure="intercepted",
        weapon="drone",
        quantity=Quantity(low=5, high=5, qualifier="exact"),
        attacker="UA",
        defender="RU",
        regions=("RU-BRY",),
        scope="total",
        period=Period(
            start=datetime(2025, 5, 20, 18, tzinfo=UTC),
            end=datetime(2025, 5, 21, 4, tzinfo=UTC),
            basis="explicit",
            precision="hour",
        ),
        status="current",
        part_of=None,
        source="RU-MOD",
    )
    return {**msgspec.to_builtins(made), **fields}


def period(start: str, end: str) -> dict[str, str]:
    return {"start": start, "end": end, "basis": "explicit", "precision": "hour"}


def test_a_message_of_the_claims_topic_reads_back_as_written() -> None:
    value = claims_message(claims=[claim()], published_at="2025-05-21T07:30:00Z")
    read = codec.decode_claims(value)
    assert codec.decode_claims(codec.encode(read)) == read
    assert read.claims[0].front == read.front == "UA>RU"


def test_an_entry_of_the_ledger_reads_back_packed_and_as_older_workers_kept_it() -> None:
    value = claims_message(claims=[claim(), claim(claim_id="c2")], published_at="2025-05-21T07:30:00Z")
    assert codec.decode_entry(codec.pack(value)) == codec.decode_entry(value) == codec.decode_claims(value)
    assert len(codec.pack(value)) < len(value) / 2


@pytest.mark.parametrize("value", [b"", b"x", b"{}", b"[1]", codec.pack(b"no claims"), codec.pack(b"{")[:-1]])
def test_what_is_no_entry_of_the_ledger_is_refused(value: bytes) -> None:
    with pytest.raises(MessageError, match="bad_claims"):
        codec.decode_entry(value)


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"{",
        b"null",
        b"\xff",
        nested(33),
        b"{}",
        claims_message(front=None),
        claims_message(edition=None),
        claims_message(front="RU"),
        claims_message(front="UA>RU|2025-05-21"),
        claims_message(front="ua>ru"),
        claims_message(claims=[claim(measure=CANARY)]),
        claims_message(claims=[claim(quantity={"low": -1, "high": 3, "qualifier": "exact"})]),
        claims_message(claims=[claim(quantity={"low": 1, "high": 2**60, "qualifier": "up_to"})]),
        claims_message(claims=[claim(quantity={"low": 2**60, "high": None, "qualifier": "at_least"})]),
        claims_message(claims=[claim(period=period("2025-05-20T18:00:00", "2025-05-21T04:00:00Z"))]),
        claims_message(claims=[claim(period=period("2025-05-20T18:00:00Z", "2025-05-21T04:00:00"))]),
        claims_message(claims=[claim(period=period("2025-05-20T18:00:00Z", "9999-12-31T23:59:59Z"))]),
        claims_message(claims=[claim(period=period("0001-01-01T00:00:00Z", "2025-05-21T04:00:00Z"))]),
        claims_message(published_at="2025-05-21T07:30:00"),
        claims_message(updated_at="9999-05-21T07:30:00Z"),
        claims_message(received_at="2025-05-21T07:30:00"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_message_that_would_break_the_ledger_is_refused_as_bad_claims(value: bytes) -> None:
    with pytest.raises(MessageError) as caught:
        codec.decode_claims(value)
    assert caught.value.reason == "bad_claims"
    assert CANARY not in str(caught.value)


def test_tallies_and_conflicts_that_are_none_are_refused() -> None:
    with pytest.raises(MessageError):
        codec.decode_tally(b"{}")
    with pytest.raises(MessageError):
        codec.decode_conflicts(b"[]")


def test_plain_json_has_sorted_keys() -> None:
    assert codec.to_json({"b": 1, "a": ["ї"]}) == '{"a":["ї"],"b":1}'.encode()


@pytest.mark.parametrize("stated", [b"0", b"7", b"0000000007", b"%d" % 2**31])
def test_a_withdrawal_with_a_version_ends_the_versions_up_to_it(stated: bytes) -> None:
    edition = codec.withdrawal_edition({"version": stated})
    assert edition == Edition(version=int(stated), withdrawn=True)
    latest = Edition(version=int(stated), at="9998-12-31T23:59:59.999999+00:00", digest="f" * 32)
    assert edition > latest
    assert Edition(version=int(stated) + 1) > edition


def test_a_withdrawal_without_a_version_is_above_every_text() -> None:
    last = codec.edition_of(codec.decode_article(article(version=2**31, updated_at="9998-12-31T23:59:59Z")), b"")
    assert codec.withdrawal_edition({"other": b"1"}) > last
    assert codec.withdrawal_edition({}).version == FOR_GOOD > codec.MAX_VERSION


@pytest.mark.parametrize(
    "stated", [b"", b"-1", b"+1", b"1.0", b" 1", b"1_0", "٣".encode(), b"\xff", b"%d" % (2**31 + 1), b"1" * 5000]
)
def test_a_withdrawal_with_an_unreadable_version_is_refused(stated: bytes) -> None:
    with pytest.raises(MessageError) as caught:
        codec.withdrawal_edition({"version": stated})
    assert caught.value.reason == "bad_headers"


def test_32_headers_of_8_kib_are_read_and_more_refused() -> None:
    codec.check_headers([("h", b"")] * 32)
    codec.check_headers([("h", b"x" * (8 * 1024 - 1))])
    for headers in ([("h", b"")] * 33, [("h", b"x" * 8 * 1024)], [("h" * 8 * 1024, b"x")]):
        with pytest.raises(MessageError) as caught:
            codec.check_headers(headers)
        assert caught.value.reason == "bad_headers"


moments = st.none() | st.datetimes(datetime(2025, 5, 1), datetime(2025, 5, 3), timezones=st.just(UTC))
texts = st.builds(
    lambda version, published, updated, title: article(
        title=title,
        version=version,
        published_at=published and published.isoformat(),
        updated_at=updated and updated.isoformat(),
    ),
    st.integers(0, 2),
    moments,
    moments,
    st.sampled_from("xyz"),
)
editions = texts.map(lambda value: codec.edition_of(codec.decode_article(value), value)) | st.sampled_from(
    [codec.withdrawal_edition({}), *(codec.withdrawal_edition({"version": b"%d" % n}) for n in range(3))]
)


@given(editions, editions, editions)
def test_editions_are_totally_ordered(one: Edition, two: Edition, three: Edition) -> None:
    assert (one < two) + (one == two) + (one > two) == 1
    assert not (one < two < three) or one < three


@given(texts, texts)
def test_equal_bytes_are_one_edition_and_other_bytes_another(one: bytes, two: bytes) -> None:
    first, second = (codec.edition_of(codec.decode_article(value), value) for value in (one, two))
    assert (first == second) == (one == two)


def test_version_then_edit_time_then_bytes_decide() -> None:
    def edition(**fields: Any) -> Edition:
        value = article(**fields)
        return codec.edition_of(codec.decode_article(value), value)

    old, new = "2025-05-21T07:30:00Z", "2025-05-21T07:30:00.000001Z"
    assert edition(version=2) > edition(version=1, updated_at=new)
    assert edition(published_at=old, updated_at=new) > edition(published_at=old)
    assert edition(published_at=new) > edition(published_at=old) > edition()
    assert edition(published_at="2025-05-21T10:30:00.000001+03:00").at == edition(published_at=new).at
    assert edition(updated_at="2025-05-21T10:00:00+03:00").at < edition(updated_at=old).at
    assert edition(title="x") != edition(title="y")


def test_a_claims_message_needs_no_claims() -> None:
    assert codec.decode_claims(claims_message()) == ArticleClaims(
        article_id="a", front="UA>RU", edition=Edition(version=1)
    )
