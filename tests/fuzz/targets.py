"""What is fuzzed, and what must hold: five functions of some bytes, which raise if it does not.

Hypothesis runs them in every test run (`tests/security/test_fuzz.py`), atheris for as long as one likes (`make fuzz`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import msgspec

from tests.fuzz.choices import Choices, spoilt
from worker import codec, gazetteer
from worker.codec import REASONS, MessageError
from worker.extract import explain, extract
from worker.extract.evaluation.particulars import span_holds
from worker.lexicon import languages, lexicon
from worker.model import Article
from worker.pipeline.arrivals import read, understand
from worker.pipeline.conflicts import conflict_report
from worker.pipeline.editions import ArticleRecord, split_by_front
from worker.pipeline.reconciler import Reconciler
from worker.pipeline.written import message_of
from worker.stream.agents.intake import _record_decoder
from worker.stream.agents.reconcile import _Recorded
from worker.text import normalise, sentences, tokens

_PUBLISHED = datetime(2025, 6, 18, 7, 30, tzinfo=UTC)
_MARKS = (
    ",",
    ".",
    ":",
    ";",
    "–",
    "-",
    "(",
    ")",
    "\n",
    "\n\n",
    "•",
    '"',
    "…",
    "!",
    "/",
    "&nbsp;",
    "<p>",
    "\u00ad",
    "\u202e",
)
_NUMBERS = ("1", "2", "7", "12", "1 000", "1.110", "34.", "20:00", "5–6", "+3", "12х", "136", "2025", "0")
_LONGEST = 60
_HEADERS = ("version", "traceparent", "tracestate", "dronetally.sent.ms", "ce_type")
_BODY = "Russia launched 52 drones overnight, the air force said; 41 were shot down, 3 people were injured in Kyiv."


def article(raw: bytes) -> None:
    """Whatever comes as an article is read, or refused with a named reason; what was read can be written again."""
    choices = Choices(raw)
    headers = [(choices.one_of(_HEADERS), choices.taken(choices.number(12))) for _ in range(choices.number(3))]
    key = choices.taken(choices.number(4)) or None
    value = spoilt(choices, _articles())
    try:
        codec.check_headers(headers)
        message_of(value)
        arrival = read(key, None if choices.number(15) == 1 else value, dict(headers), _PUBLISHED, timedelta(days=2))
    except MessageError as error:
        _require(error.reason in REASONS, f"no reason of the list: {error.reason}")
        return
    _require(bool(arrival.article_id), "an article without an id")
    if arrival.article is not None:
        _require(
            msgspec.json.decode(codec.encode(arrival.article), type=Article) == arrival.article, "written otherwise"
        )
        understand(arrival)


def normalisation(raw: bytes) -> None:
    """A text keeps its length; tokens lie in it one behind the other; sentences hold each of them once."""
    choices = Choices(raw)
    text = _text(choices, choices.one_of(languages())) + choices.text(100)
    clean = normalise(text)
    _require(len(clean) == len(text), "another length")
    found = tokens(clean)
    ends = [0, *(edge for token in found for edge in (token.start, token.end)), len(clean)]
    _require(ends == sorted(ends), "tokens that overlap")
    _require(all(token.start < token.end and token.form for token in found), "a token of nothing")
    held = [index for one in sentences(clean, found) for index in range(one.first, one.last)]
    _require(held == list(range(len(found))), "a token in no sentence, or in two")


def extraction(raw: bytes) -> None:
    """Any text gives claims with exact spans, periods that have a length, and parts of claims that exist."""
    choices = Choices(raw)
    language = choices.one_of(languages())
    title = _text(choices, language) if choices.flag() else ""
    given = Article(
        id="a", title=title, body=_text(choices, language), published_at=_PUBLISHED if choices.number(7) else None,
        language=language if choices.number(3) else None,
    )  # fmt: skip
    found = extract(given)
    known = {claim.claim_id for claim in found.claims}
    for claim in found.claims:
        _require(span_holds(claim, given, found.language), f"a span without its number: {claim}")
        _require(claim.period is None or claim.period.start < claim.period.end, f"a period without length: {claim}")
        _require(claim.part_of is None or claim.part_of in known, f"a part of nothing: {claim}")
    _require(extract(given) == found, "read again it says something else")
    explain(given)
    codec.encode(found)


def claims(raw: bytes) -> None:
    """Whatever comes as claims is refused as that, or counted; what was read can be written again."""
    choices = Choices(raw)
    reconciler = Reconciler(ZoneInfo("Europe/Kyiv"), gazetteer.name, timedelta(hours=72), timedelta(days=400))
    for _ in range(1 + choices.number(2)):
        try:
            entry = codec.decode_claims(spoilt(choices, _claims()))
        except MessageError as error:
            _require(error.reason == "bad_claims", f"another reason: {error.reason}")
            continue
        _require(codec.decode_entry(codec.pack(codec.encode(entry))) == entry, "read otherwise from the ledger")
        reconciler.put(entry)
    for window in reconciler.take_changed():
        for tally in reconciler.tallies(window).values():
            _require(codec.decode_tally(codec.encode(tally)) == tally, "a tally that is read otherwise")
        if window.size == "P1D":
            report = conflict_report(window.front, window.day, reconciler.day(window.front, window.day), lambda _: None)
            _require(codec.decode_conflicts(codec.encode(report)) == report, "a report that is read otherwise")
    reconciler.expire()


def entries(raw: bytes) -> None:
    """Whatever stands in a table is read, or refused as unreadable."""
    value = spoilt(Choices(raw), _entries())
    for reading in (codec.decode_entry, codec.decode_tally, codec.decode_conflicts, _Recorded.read):
        try:
            reading(value)
        except MessageError as error:
            _require(error.reason in REASONS, f"no reason of the list: {error.reason}")
    with suppress(msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        _record_decoder.decode(value)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "article": article,
    "normalisation": normalisation,
    "extraction": extraction,
    "claims": claims,
    "entries": entries,
}


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)


@cache
def _words(language: str) -> tuple[str, ...]:
    known = lexicon(language)
    names = (place.capitalize() for place in sorted(known.places))
    return (*sorted(known.exact), *sorted(known.stems), *names)


def _text(choices: Choices, language: str) -> str:
    """Make a text of the words of a language, numbers, marks and other characters."""
    words = _words(language)
    pieces: list[str] = []
    for _ in range(choices.number(_LONGEST)):
        if not choices.left:
            break
        kind = choices.number(7)
        if kind < 4:
            pieces.append(choices.one_of(words))
        elif kind == 4:
            pieces.append(choices.one_of(_NUMBERS))
        elif kind < 7:
            pieces.append(choices.one_of(_MARKS))
        else:
            pieces.append(choices.text(3))
    return " ".join(pieces)


@cache
def _articles() -> tuple[bytes, ...]:
    whole = {
        "id": "wire-1", "title": "Drones", "body": _BODY, "published_at": "2025-06-18T07:30:00Z", "language": "en",
        "updated_at": "2025-06-18T09:00:00+03:00", "source": "wire.example", "url": "https://wire.example/1",
        "version": 2, "more": {"a": [1, 2.5, None, True]},
    }  # fmt: skip
    return (
        codec.to_json(whole),
        codec.to_json({"id": "x", "body": _BODY}),
        b'{"id": "x", "withdrawn": true, "version": 3}',
    )


@cache
def _claims() -> tuple[bytes, ...]:
    arrivals = [read(None, value, {}, _PUBLISHED, timedelta(days=2)) for value in _articles()[:2]]
    told = [understand(arrival) for arrival in arrivals]
    return tuple(codec.encode(part) for each in told for part in split_by_front(each, ("RU>UA", "UA>RU")))


@cache
def _entries() -> tuple[bytes, ...]:
    reconciler = Reconciler(ZoneInfo("Europe/Kyiv"), gazetteer.name, timedelta(hours=72))
    for value in _claims():
        reconciler.put(codec.decode_claims(value))
    (window, *_) = [window for window in reconciler.take_changed() if window.size == "P1D"]
    tallies = [codec.encode(tally) for tally in reconciler.tallies(window).values()]
    report = codec.encode(
        conflict_report(window.front, window.day, reconciler.day(window.front, window.day), lambda _: None)
    )
    edition = codec.decode_claims(_claims()[0]).edition
    record = codec.encode(ArticleRecord(edition, ("RU>UA",), "i7")) if edition else b""
    return (*_claims(), *map(codec.pack, _claims()), *tallies, b"12 " + tallies[0], report, b"7 " + report, record)
