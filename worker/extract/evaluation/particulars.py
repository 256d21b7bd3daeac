"""What is right about claims whose number is right: their day, their whole, their span; and whether a text matters.

- day: of current labels with a period that were found, those dated to the same operational day.
- link: of labels or claims that are parts, those that are part of the same whole.
- span: of claims, those whose span quotes the text as received and holds their number.
- relevance: of texts, those rightly held for relevant or irrelevant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal
from zoneinfo import ZoneInfo

from worker.extract.evaluation.evaluate import number_said, status_said
from worker.extract.grammar.units import units
from worker.extract.numbers.singles import which_one
from worker.lexicon import languages, lexicon
from worker.model import Article, ArticleClaims, Claim, Struct
from worker.text import normalise, tokens

Particular = Literal["day", "link", "span", "relevance"]
PARTICULARS: tuple[Particular, ...] = ("day", "link", "span", "relevance")
# Labels without an offset give the local time of who reports.
_LOCAL = {"RU-MOD": "Europe/Moscow"}
_ELSEWHERE = "Europe/Kyiv"
# Smaller numbers are often said by grammar alone ("a drone", "nobody").
_SMALLEST_SAID = 2
_SHARES = ("but", "half", "third", "quarter", "both", "all", "rest")


class Share(Struct, frozen=True):
    """So many of so many are right."""

    right: int = 0
    of: int = 0

    @property
    def ratio(self) -> float:
        """The share that is right, 1 of nothing."""
        return self.right / self.of if self.of else 1.0


class Labelled(Struct, frozen=True):
    """An article, what was read in it, and its labels as JSON."""

    article: Article
    language: str
    found: ArticleClaims
    raw: Mapping[str, Any]


def particulars(texts: Iterable[Labelled], zone: str = _ELSEWHERE) -> dict[tuple[Particular, str], Share]:
    """Return the shares by (particular, "all" or language); days are those of `zone`."""
    shares: dict[tuple[Particular, str], Share] = {}
    for text in texts:
        for particular, right in _judged(text, ZoneInfo(zone)):
            for group in ("all", text.language):
                before = shares.get((particular, group), Share())
                shares[particular, group] = Share(right=before.right + right, of=before.of + 1)
    return shares


def _judged(text: Labelled, zone: ZoneInfo) -> Iterable[tuple[Particular, bool]]:
    raw: Sequence[Mapping[str, Any]] = text.raw.get("claims", ())
    claims = text.found.claims
    pairs = _pairs(raw, claims)
    for label, claim in pairs.items():
        wanted = _day(_end(raw[label]), zone)
        if wanted is not None and status_said(raw[label]) == "current":
            yield "day", claims[claim].period is not None and _day(_claimed_end(claims[claim]), zone) == wanted
    found_as = {claim: label for label, claim in pairs.items()}
    at = {claim.claim_id: index for index, claim in enumerate(claims)}
    for label, claim in pairs.items():
        whole, claimed = raw[label].get("part_of"), claims[claim].part_of
        if whole is not None and (whole not in pairs or raw[whole]["measure"] != raw[label]["measure"]):
            continue
        if whole is not None or claimed is not None:
            yield "link", whole == found_as.get(at.get(claimed or "", -1), -1)
    for claim_found in claims:
        yield "span", span_holds(claim_found, text.article, text.found.language)
    if "relevant" in text.raw:
        yield "relevance", bool(text.raw["relevant"]) == text.found.relevant


def span_holds(claim: Claim, article: Article, language: str) -> bool:
    """Tell whether the span quotes the text as received, with the number of the claim in it."""
    span = claim.span
    if span is None:
        return False
    field = article.title if span.field == "title" else article.body
    if not span.text or field[span.start : span.end] != span.text:
        return False
    number = claim.quantity.low if claim.quantity is not None else 0
    if number < _SMALLEST_SAID or language not in languages():
        return True
    known = lexicon(language)
    said = units(tokens(normalise(span.text), elided=known.grammar.elided), known)
    numbers = {unit.number for unit in said}
    # What is computed ("all but one of 17", "half of them") is said by the words it is computed from.
    computed = any(unit.kind == "vague" or unit.has("particle", *_SHARES) for unit in said)
    added = sum(unit.number for unit in said if unit.number is not None)
    # "A driver, a guard and two passengers", "a married couple".
    named = sum(unit.kind == "person" for unit in said) > 1 or any(unit.has("person", "pair") for unit in said)
    # "women of 35 and 83 years", "a 35-year-old and an 83-year-old": so many ages, so many people.
    years = any(unit.has("unit", "long") and one.kind == "number" for one, unit in pairwise(said))
    aged = any(unit.kind == "age" for unit in said) or (years and any(unit.kind == "person" for unit in said))
    named = named or (aged and sum(unit.kind in ("age", "number") for unit in said) >= number)
    which = {which_one(unit, known.grammar) for unit in said}  # "the 34th drone", "a fifth drone"
    return computed or named or added == number or number in which or bool(numbers & {number, number - 1})


def _pairs(raw: Sequence[Mapping[str, Any]], claims: Sequence[Claim]) -> dict[int, int]:
    """Pair labels with claims of the same measure and number, those that agree in more first."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for least in (2, 1, 0):
        for position, label in enumerate(raw):
            number = number_said(label)
            if position in pairs or number is None:
                continue
            for index, claim in enumerate(claims):
                measure = "intercepted" if claim.measure == "neutralised" else claim.measure
                wanted = "intercepted" if label["measure"] == "neutralised" else label["measure"]
                if index in taken or measure != wanted or number_said(claim) != number:
                    continue
                alike = (sorted(label.get("regions") or ()) == sorted(claim.regions)) + (
                    status_said(label) == status_said(claim)
                )
                if alike >= least:
                    pairs[position] = index
                    taken.add(index)
                    break
    return pairs


def _end(label: Mapping[str, Any]) -> datetime | None:
    """The end of the labelled period: `period` in UTC, or `end` in UTC or the local time of who reports."""
    period = label.get("period")
    text = period["end"] if period else label.get("end")
    if not text:
        return None
    end_of_day = text.endswith("T24")
    moment = datetime.fromisoformat(text.replace("T24", "T00"))
    if end_of_day:
        moment += timedelta(days=1)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(_LOCAL.get(label.get("source") or "", _ELSEWHERE)))
    return moment


def _claimed_end(claim: Claim) -> datetime | None:
    return claim.period.end if claim.period is not None else None


def _day(end: datetime | None, zone: ZoneInfo) -> date | None:
    """The operational day: an end at midnight belongs to the day before."""
    return (end - timedelta(microseconds=1)).astimezone(zone).date() if end is not None else None
