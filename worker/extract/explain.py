"""How an article was read, for a person: what each word was taken for, why each claim is one, what was refused."""

from __future__ import annotations

from worker.extract.claims import read_article
from worker.extract.sentence import SentenceReading
from worker.model import Article, Claim, Field, Struct


class TaggedWord(Struct, frozen=True):
    """A stretch of the text and what it was taken for, as "kind" or "kind value"; offsets as in a span."""

    start: int
    end: int
    text: str
    tag: str


class RefusedNumber(Struct, frozen=True):
    """A number that is no claim, and why."""

    start: int
    end: int
    text: str
    reason: str


class ReadSentence(Struct, frozen=True):
    """One sentence of title or body."""

    field: Field
    start: int
    end: int
    words: tuple[TaggedWord, ...]
    refused: tuple[RefusedNumber, ...]


class Reasons(Struct, frozen=True):
    """How one claim was decided: the rule that found it, then side, claimant, region, period and status."""

    claim: Claim
    rule: str
    decided_by: dict[str, str]


class Explanation(Struct, frozen=True):
    """Everything `extract` decided about one article; `cut` are the limits behind which it was not read."""

    language: str
    names_drones: bool
    sentences: tuple[ReadSentence, ...]
    claims: tuple[Reasons, ...]
    cut: tuple[str, ...] = ()


def explain(article: Article) -> Explanation:
    """Return how `extract` read the article; the claims are the same."""
    reading = read_article(article)
    reasons = tuple(
        Reasons(claim=claim, rule=claim.rule, decided_by=dict(finding.why))
        for claim, finding in zip(reading.claims, reading.findings, strict=True)
    )
    return Explanation(
        language=reading.language,
        names_drones=reading.passed_gate,
        sentences=tuple(_sentence(article, sentence) for sentence in reading.sentences if sentence.units),
        claims=reasons,
        cut=tuple(sorted(reading.cut)),
    )


def _sentence(article: Article, sentence: SentenceReading) -> ReadSentence:
    text = article.title if sentence.field == "title" else article.body
    words = tuple(
        TaggedWord(
            start=unit.start, end=unit.end, text=text[unit.start : unit.end], tag=f"{unit.kind} {unit.value}".strip()
        )
        for unit in sentence.units
        if unit.kind not in ("word", "mark")
    )
    refused = tuple(
        RefusedNumber(start=unit.start, end=unit.end, text=text[unit.start : unit.end], reason=unit.role)
        for unit in sentence.units
        if unit.kind in ("number", "vague") and unit.role not in ("claim", "")
    )
    return ReadSentence(
        field=sentence.field,
        start=sentence.units[0].start,
        end=sentence.units[-1].end,
        words=words,
        refused=refused,
    )
