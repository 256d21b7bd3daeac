"""Arbitrary messages as the program may write them: any value of each field, within the rules that the types state.

Identifiers follow the patterns of the schemas; what the rules of the model tie together is tied together here (`low` is
not above `high`, only `attack` has no number, a message about one front has an edition).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import msgspec
from hypothesis import strategies as st

from tests.contract import catalogue
from worker import gazetteer, model
from worker.model import (
    FOR_GOOD,
    MEASURES,
    Article,
    ArticleClaims,
    Assertion,
    Cell,
    Check,
    Claim,
    Conflict,
    ConflictReport,
    Edition,
    JointCell,
    Period,
    Quantity,
    Slip,
    Span,
    Tally,
    Window,
)

# JSON carries no lone surrogates; everything else may stand in a text.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
article_ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
counts = st.integers(0, 2**53 - 1)
few = st.integers(0, 10_000)
LAST = datetime(9998, 12, 31, tzinfo=UTC)
times = st.datetimes(datetime(1970, 1, 1), LAST.replace(tzinfo=None), timezones=st.just(UTC))
countries = st.sampled_from(["UA", "RU", "PL", "RO", "MD"])
fronts = st.builds("{}>{}".format, countries, countries)
regions = st.sampled_from(sorted(gazetteer.regions()))
measures = st.sampled_from(MEASURES)
claim_ids = st.from_regex(r"\A[0-9a-f]{16,32}\Z")
claimants = st.one_of(
    st.sampled_from(["RU-MOD", "UA-AF", "UA-SBU", "PL-MIL", "media"]), st.builds("local:{}".format, regions)
)
languages = st.sampled_from(["de", "en", "uk", "ru", "es", "und"])


def tuples_of(elements: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """Different values, sorted."""
    return st.lists(elements, min_size=least, max_size=4, unique=True).map(lambda some: tuple(sorted(some)))


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any number as said; an exact or rounded one is bounded."""
    qualifier = draw(st.sampled_from(get_args(model.Qualifier)))
    low = draw(few)
    high = draw(st.integers(low, 10_000))
    unbounded = qualifier not in ("exact", "about") and draw(st.booleans())
    return Quantity(low=low, high=None if unbounded else high, qualifier=qualifier)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any stretch of time, down to a single moment."""
    start = draw(times)
    end = min(start + draw(st.timedeltas(timedelta(0), timedelta(days=300))), LAST)
    basis = draw(st.sampled_from(get_args(model.Basis)))
    return Period(start=start, end=end, basis=basis, precision=draw(st.sampled_from(get_args(model.Precision))))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Any place of a text."""
    start = draw(few)
    text = draw(article_ids)
    return Span(field=draw(st.sampled_from(get_args(model.Field))), start=start, end=start + len(text), text=text)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any statement; only `attack` has no number."""
    measure = draw(measures)
    return Claim(
        claim_id=draw(claim_ids),
        measure=measure,
        weapon=draw(st.sampled_from(get_args(model.Weapon))),
        quantity=None if measure == "attack" else draw(quantities()),
        attacker=draw(countries),
        defender=draw(countries),
        regions=draw(tuples_of(regions)),
        scope=draw(st.sampled_from(get_args(model.Scope))),
        period=draw(st.none() | periods()),
        status=draw(st.sampled_from(get_args(model.Status))),
        part_of=draw(st.none() | claim_ids),
        source=draw(claimants),
        span=draw(st.none() | spans()),
        rule=draw(texts),
    )


editions = st.builds(
    Edition,
    version=st.sampled_from([0, 1, FOR_GOOD]) | counts,
    withdrawn=st.booleans(),
    at=st.just("") | times.map(lambda time: time.isoformat(timespec="microseconds")),
    digest=st.just("") | st.from_regex(r"\A[0-9a-f]{32}\Z"),
)


@st.composite
def article_claims(draw: st.DrawFn) -> ArticleClaims:
    """What an article says, over all fronts or about one, then with its edition."""
    front = draw(st.none() | fronts)
    return ArticleClaims(
        article_id=draw(article_ids),
        version=draw(counts),
        language=draw(languages),
        published_at=draw(st.none() | times),
        updated_at=draw(st.none() | times),
        source=draw(texts),
        relevant=draw(st.booleans()),
        claims=tuple(draw(st.lists(claims(), max_size=3))),
        front=front,
        edition=draw(st.none() | editions if front is None else editions),
        received_at=draw(st.none() | times),
    )


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    """Any figure with its bounds."""
    low = draw(few)
    high = draw(st.none() | st.integers(low, 20_000))
    best = draw(st.none() | st.integers(low, high if high is not None else 20_000))
    return Cell(low=low, best=best, high=high, contested=draw(st.booleans()), floating=draw(few))


@st.composite
def joint_cells(draw: st.DrawFn) -> JointCell:
    """Any figure over at least two regions."""
    cell = msgspec.structs.asdict(draw(cells()))
    return JointCell(measure=draw(measures), regions=draw(tuples_of(regions, least=2)), **cell)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Any tally, under the key that its region, front and window make."""
    region, front, start, date = draw(regions), draw(fronts), draw(times), draw(times).date()
    size = draw(st.sampled_from(get_args(model.WindowSize)))
    high = st.none() | counts
    checks = st.builds(
        Check,
        claim_id=claim_ids,
        measure=measures,
        low=counts,
        high=high,
        source=claimants,
        start=times,
        end=times,
    )
    return Tally(
        key=f"{region}|{front}|{date.isoformat()}",
        region=region,
        region_name=gazetteer.name(region),
        front=front,
        window=Window(date=date, size=size, start=start, end=start + timedelta(days=1 if size == "P1D" else 7)),
        measures=draw(st.dictionaries(measures, cells(), max_size=3)),
        joint=tuple(draw(st.lists(joint_cells(), max_size=2))),
        articles=draw(counts),
        outlets=draw(counts),
        claimants=draw(tuples_of(claimants)),
        languages=draw(tuples_of(languages)),
        claims=draw(tuples_of(claim_ids)),
        checks=tuple(draw(st.lists(checks, max_size=2))),
        revision=draw(counts),
        as_of=draw(st.none() | times),
        final=draw(st.booleans()),
    )


assertions = st.builds(
    Assertion,
    claim_id=claim_ids,
    article_id=article_ids,
    outlet=texts,
    claimant=claimants,
    measure=measures,
    regions=tuples_of(regions),
    quantity=st.none() | quantities(),
    period=st.none() | periods(),
    published_at=st.none() | times,
    quote=texts,
)


@st.composite
def conflict_reports(draw: st.DrawFn) -> ConflictReport:
    """Any report, settled ones included, under the key of its front and day."""
    front, date = draw(fronts), draw(times).date()
    reasons = catalogue.schema(catalogue.current("drone.conflicts"))["$defs"]["conflict"]["properties"]["reason"][
        "enum"
    ]
    conflict = st.builds(
        Conflict,
        claim=assertions,
        reason=st.sampled_from(reasons),
        against=st.lists(assertions, max_size=2).map(tuple),
    )
    kinds = catalogue.schema(catalogue.current("drone.conflicts"))["$defs"]["slip"]["properties"]["kind"]["enum"]
    slip = st.builds(
        Slip, claim=assertions, kind=st.sampled_from(kinds), against=st.lists(assertions, max_size=2).map(tuple)
    )
    return ConflictReport(
        key=f"{front}|{date.isoformat()}",
        front=front,
        date=date,
        conflicts=tuple(draw(st.lists(conflict, max_size=2))),
        slips=tuple(draw(st.lists(slip, max_size=2))),
        revision=draw(counts),
        as_of=draw(st.none() | times),
    )


articles = st.builds(
    Article,
    id=article_ids,
    title=texts.map(lambda text: f"Drones {text}"),
    body=texts,
    published_at=st.none() | times,
    updated_at=st.none() | times,
    language=st.none() | languages,
    source=st.none() | texts,
    url=st.none() | texts,
    version=st.integers(0, 2**31),
)
