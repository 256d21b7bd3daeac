"""Findings become claims: exact spans, stable identities, one claim per statement."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from worker.extract.boats import leave_out_boats
from worker.extract.compose import Composer
from worker.extract.findings import Finding
from worker.extract.gate import may_be_relevant
from worker.extract.grammar.verbs import CASUALTIES, DRONE_MEASURES
from worker.extract.language import SAMPLE, UNKNOWN, detect
from worker.extract.numbers.counted import ALL_BUT, Count
from worker.extract.numbers.quantities import lower_end
from worker.extract.numbers.verdicts import look_again
from worker.extract.reading import LONGEST_TEXT, MOST_FINDINGS, Limit, read_both
from worker.extract.relevance import put_aside
from worker.extract.sentence import NAME, SentenceReading
from worker.lexicon import lexicon
from worker.lexicon.outlets import claimant_behind
from worker.model import (
    Article,
    ArticleClaims,
    Claim,
    Measure,
    Period,
    Qualifier,
    Quantity,
    Scope,
    Span,
    Status,
    Weapon,
)
from worker.text import normalise

LARGEST_NUMBER_OF_CLAIMS = 400
# Characters by which the language of a text is told that is not read any further.
_ENOUGH_TO_SEE = 300
# Units before a number that say from which whole it is taken.
_SAID_BEFORE = 5
# Sentences below a heading that may say again what it said.
_UNDER_HEADING = 4
# Ways in which a count without a place of its own was given one.
BORROWED = (
    "the place of the paragraph",
    "the place of the text",
    "the place of the section",
    "the region of the official",
)
_SEVERAL = 3  # regions
_PAIR = 2  # as many are soon counted twice in a region
_NOBODY = "media"  # the claimant where the outlet names none
_TELLING = 10  # from here on it is no chance that a number occurs twice in a text


@dataclass(slots=True)
class Reading:
    """An article as read: what `explain` shows."""

    language: str
    passed_gate: bool
    sentences: list[SentenceReading]
    findings: list[Finding]
    claims: list[Claim]
    cut: frozenset[Limit] = frozenset()


def read_article(article: Article) -> Reading:
    """Read an article through all stages."""
    cut: set[Limit] = {"characters"} if max(len(article.title), len(article.body)) > LONGEST_TEXT else set()
    title, body = normalise(article.title[:LONGEST_TEXT]), normalise(article.body[:LONGEST_TEXT])
    if not (may_be_relevant(body) or may_be_relevant(title)):
        seen = detect((body or title)[:_ENOUGH_TO_SEE], article.language, doubting=False)
        return Reading(seen, False, [], [], [], frozenset(cut))
    language = detect(f"{title}\n{body[:SAMPLE]}", article.language)
    if language == UNKNOWN:
        return Reading(language, True, [], [], [], frozenset(cut))
    words = lexicon(language)
    readings = read_both(title, body, words, cut)
    denied = any(reading.not_by_drones for reading in readings)  # or film
    if (denied and not any(reading.about_drones for reading in readings)) or put_aside(readings):
        return Reading(language, True, readings, [], [], frozenset(cut))
    look_again(readings)
    leave_out_boats(readings)
    # An edit does not move what "last night" meant when the text first appeared.
    published = article.published_at or article.updated_at
    outlet = claimant_behind(article.source, article.url)
    composer = Composer(readings, published, words.grammar, outlet)
    findings = _once(composer.compose())
    if len(composer.findings) >= MOST_FINDINGS or len(findings) > LARGEST_NUMBER_OF_CLAIMS:
        cut.add("claims")
        findings = findings[:LARGEST_NUMBER_OF_CLAIMS]
    return Reading(language, True, readings, findings, _claims(article, findings), frozenset(cut))


def extract(article: Article, received_at: datetime | None = None, cut: set[Limit] | None = None) -> ArticleClaims:
    """Return every claim of an article, over all fronts.

    Pure and total: any text gives a result, the same one each time. `received_at` is passed on; `cut`, if given,
    receives the limits behind which the text was not read.
    """
    reading = read_article(article)
    if cut is not None:
        cut |= reading.cut
    return ArticleClaims(
        article_id=article.id,
        version=article.version,
        language=reading.language,
        published_at=article.published_at,
        updated_at=article.updated_at,
        source=article.source or "",
        relevant=bool(reading.claims),
        claims=tuple(reading.claims),
        received_at=received_at,
    )


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """A statement repeated in the same article counts once; the fuller one stays, the title gives way."""
    kept: list[Finding] = []
    replaced: dict[int, Finding] = {}  # id of a repetition → the statement that stays, whose parts are its parts
    alike: dict[tuple[str, int], list[Finding]] = {}  # only equal numbers of one front are the same statement
    for finding in sorted(findings, key=lambda found: (_above(found), found.measure == "neutralised")):
        stated = _stated(finding.count) if finding.count is not None else -1
        others = alike.setdefault((finding.side.attacker, stated), [])
        same = next((other for other in others if _repeats(finding, other)), None)
        if same is None:
            kept.append(finding)
            others.append(finding)
        else:
            if _spreads(finding, same):
                same.codes, same.why["region"] = finding.codes, "told when said again"
            replaced[id(finding)] = same
            # Told by the outlet first, and then by whom the outlet has it from.
            if same.claimant == _NOBODY and finding.claimant != _NOBODY:
                same.claimant, same.why["claimant"] = finding.claimant, finding.why.get("claimant", "")
    for finding in kept:
        whole = finding.whole
        if whole is not None and replaced.get(id(whole), finding) is not finding:
            finding.whole = replaced[id(whole)]
    kept.sort(key=lambda found: (found.reading.number, found.at))
    return kept


def _above(finding: Finding) -> int:
    """0 for running text, 1 for a heading inside it, 2 for the title."""
    return 2 if finding.reading.of_title else int(finding.reading.heading)


def _announces(finding: Finding, other: Finding) -> bool:
    """Tell whether a heading inside the text says what the paragraph under it says again."""
    return (
        finding.reading.heading
        and not other.reading.heading
        and finding.reading.field == other.reading.field
        and 0 < other.reading.number - finding.reading.number <= _UNDER_HEADING
        and (not finding.codes or finding.codes == other.codes)
        and finding.status == other.status
    )


def _names_only(finding: Finding, other: Finding) -> bool:
    """Tell whether a title or heading names a number of drones of which the text says what happened to them."""
    titled = finding.reading.of_title and not other.reading.of_title
    headed = finding.reading.heading and 0 < other.reading.number - finding.reading.number <= _UNDER_HEADING
    return (
        (titled or headed)
        and finding.count is not None
        and other.count is not None
        and finding.count.measure_at is None
        and finding.count.low == other.count.low
        and finding.measure in DRONE_MEASURES
        and other.measure in DRONE_MEASURES
    )


def _repeats(finding: Finding, other: Finding) -> bool:
    if finding.count is None or other.count is None:
        return False
    if finding.side.attacker != other.side.attacker or finding.scope != other.scope:
        return False
    if _names_only(finding, other):
        return True
    if finding.measure != other.measure and not (
        {finding.measure, other.measure} == {"neutralised", "intercepted"} and finding.count.low >= _TELLING
    ):
        return False
    same_number = (finding.count.low, finding.count.high) == (other.count.low, other.count.high) or (
        finding.measure in CASUALTIES and finding.count.low == other.count.low > _PAIR
    )
    if finding.reading.of_title and not other.reading.of_title:
        return _stated(finding.count) == _stated(other.count)
    if same_number and _announces(finding, other):
        return True
    if not same_number or _beside(finding, other) or _in_two_towns(finding, other):
        return False
    if finding.status != other.status:
        return _told_without_time(finding, other)
    if _spreads(finding, other) or _spreads(other, finding):
        return _same_time(finding.period, other.period)
    borrowed = _borrowed(finding) or _borrowed(other)
    if finding.codes != other.codes and (finding.count.low < _TELLING or not borrowed or _in_sections(finding, other)):
        return False
    by_outlet = _NOBODY in (finding.claimant, other.claimant)  # which says it first, and then who told it
    alike = finding.period == other.period or (
        (finding.count.low > _PAIR or (by_outlet and finding.claimant != other.claimant))
        and _same_stretch(finding.period, other.period)
    )
    # Two drones that hit are two, unless a larger number of them is told again.
    apart = finding.measure in (*CASUALTIES, "hit") and (
        _of_other_town(finding, other) or (finding.measure == "hit" and finding.count.low == 1)
    )
    # One official goes from town to town, and says in each that a drone came.
    each = all(
        one.why.get("region") == "named beside the number" and one.reading.about_drones for one in (finding, other)
    )
    named = apart and each and finding.measure in CASUALTIES
    if alike and not named and (finding.claimant == other.claimant or (by_outlet and not apart)):
        return True
    # A larger number over the same time is the same one, whoever the text quotes for it the second time.
    # So are the dead or injured of one region: who tells of two attacks there tells them apart by their numbers.
    placed = finding.measure in CASUALTIES and finding.codes and not apart
    return (placed or finding.count.low >= _TELLING) and _same_time(finding.period, other.period)


def _stated(count: Count) -> int:
    """The number as the text says it: a title leaves out "more than"."""
    return count.low - (count.qualifier == "more_than")


def _beside(finding: Finding, other: Finding) -> bool:
    """Tell whether two single people of one sentence or paragraph are two ("his wife", "another", a list of places)."""
    one, two = finding.count, other.count
    if one is None or two is None or finding.measure not in CASUALTIES or one.low != 1:
        return False
    if (finding.reading.paragraph, finding.reading.field) != (other.reading.paragraph, other.reading.field):
        return False
    return one.index != two.index if finding.reading is other.reading else one.further or two.further


def _in_two_towns(finding: Finding, other: Finding) -> bool:
    """Tell whether one sentence counts as many in two towns of a region ("two over Taganrog and two over Azov")."""
    if finding.reading is not other.reading or finding.at == other.at or finding.measure in CASUALTIES:
        return False  # the injured of one town are taken to the hospital of another
    here, there = _town(finding), _town(other)
    return bool(here and there) and here != there


def _town(finding: Finding) -> str:
    """The beginning of the name of the town in the clause of a count, "" where a region or none is named."""
    reading = finding.reading
    own = reading.clauses.of[finding.at]
    groups = [group for group in reading.targets if group.located and reading.clauses.of[group.first] == own]
    if len(groups) != 1:
        return ""
    named = reading.units[groups[0].first : groups[0].last + 1]
    whole = any(unit.has("head", "region") for unit in named) or groups[0].places > 1
    place = next((unit for unit in named if unit.kind == "place"), None)
    return "" if whole or place is None else place.form[:NAME]


def _of_other_town(finding: Finding, other: Finding) -> bool:
    """Tell whether the sentences of two counts name towns, and not one of them alike."""
    here, there = finding.reading.towns, other.reading.towns
    return bool(here and there) and here.isdisjoint(there)


def _borrowed(finding: Finding) -> bool:
    """Tell whether the place of a count was only taken from what the text spoke of before."""
    return finding.why.get("region", "") in BORROWED


def _in_sections(finding: Finding, other: Finding) -> bool:
    """Tell whether two counts stand in different paragraphs, each of which names its own place before it."""
    own = ("the place of the paragraph", "the place of the section")
    told = finding.codes and other.codes and finding.reading.paragraph != other.reading.paragraph
    return bool(told) and all(not _borrowed(one) or one.why.get("region", "") in own for one in (finding, other))


def _spreads(finding: Finding, other: Finding) -> bool:
    """Tell whether a number is said again with the regions of all ("20 were downed. … All 20 were downed over …")."""
    return (
        not other.codes
        and len(finding.codes) >= _SEVERAL
        and (finding.measure == other.measure or {finding.measure, other.measure} == {"neutralised", "intercepted"})
        and finding.measure in DRONE_MEASURES
        and finding.count is not None
        and finding.count.low >= _TELLING
        and finding.reading.number > other.reading.number
    )


def _told_without_time(finding: Finding, other: Finding) -> bool:
    """Tell whether a sum over a long time is said again without the time ("281 in a week … of these 281")."""
    again = finding if finding.status == "current" else other
    return (
        {finding.status, other.status} == {"current", "cumulative"}
        and again.count is not None
        and again.count.low >= _TELLING
        and again.why.get("period") not in ("relative", "explicit")
        and finding.codes == other.codes
    )


def _same_stretch(one: Period | None, other: Period | None) -> bool:
    """Tell whether two periods begin and end together, however each was found."""
    if one is None or other is None:
        return one is other
    return (one.start, one.end) == (other.start, other.end)


def _same_time(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return True
    return one.start < other.end and other.start < one.end


def _claims(article: Article, findings: Sequence[Finding]) -> list[Claim]:
    identities: dict[int, str] = {}
    used: set[str] = set()
    spans: dict[int, Span] = {}
    for finding in findings:
        span = spans[id(finding)] = _span(article, finding)
        identity = _identity(article, finding, span)
        while identity in used:
            identity = hashlib.blake2b(identity.encode(), digest_size=12).hexdigest()
        used.add(identity)
        identities[id(finding)] = identity
    result: list[Claim] = []
    for finding in findings:
        whole = finding.whole
        while whole is not None and id(whole) not in identities:
            whole = whole.whole
        result.append(
            Claim(
                claim_id=identities[id(finding)],
                measure=cast("Measure", finding.measure),
                weapon=cast("Weapon", finding.count.weapon if finding.count is not None else "drone"),
                quantity=_quantity(finding),
                attacker=finding.side.attacker,
                defender=finding.side.defender,
                regions=finding.codes,
                scope=cast("Scope", finding.scope),
                period=finding.period,
                status=cast("Status", finding.status),
                part_of=identities[id(whole)] if whole is not None else None,
                source=finding.claimant,
                span=spans[id(finding)],
                rule=finding.rule,
            )
        )
    return result


def _quantity(finding: Finding) -> Quantity | None:
    count = finding.count
    if count is None:
        return None
    return Quantity(low=count.low, high=count.high, qualifier=cast("Qualifier", count.qualifier))


def _span(article: Article, finding: Finding) -> Span:
    """From the number to what it counts, its verb or its place: one stretch of the text as received."""
    units, count = finding.reading.units, finding.count
    indexes = [finding.at]
    if count is not None:
        indexes.append(count.last)
        if count.head is not None:
            indexes.append(count.head)
        if count.measure_at is not None and abs(count.measure_at - count.index) <= 12:
            indexes.append(count.measure_at)
        if count.qualifier == "at_least" and count.head != count.index and lower_end(units, count.index) == count.low:
            indexes.append(count.index - 2)  # a range says the lower number first
        if count.rule == ALL_BUT:  # the number is said by "all" and "but" too
            said = units.positions("particle")
            indexes += [p for p in said if count.index - _SAID_BEFORE <= p < count.index]
    start = min(units[index].start for index in indexes)
    end = max(units[index].end for index in indexes)
    text = article.title if finding.reading.field == "title" else article.body
    return Span(field=finding.reading.field, start=start, end=end, text=text[start:end])


def _identity(article: Article, finding: Finding, span: Span) -> str:
    quantity = _quantity(finding)
    parts = (
        article.id,
        str(article.version),
        span.field,
        str(span.start),
        str(span.end),
        finding.measure,
        f"{quantity.low}..{quantity.high} {quantity.qualifier}" if quantity is not None else "",
        " ".join(finding.codes),
        finding.side.attacker,
    )
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
