"""What stands behind the numbers: the claims that tallies name, the sentences they were read from, and where to look.

Both are kept within bounds, newest first: a number whose claims are gone is still a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from worker.codec import decode_entry, pack
from worker.model import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.model import Article, ArticleClaims, Claim, ConflictReport, Edition, Span

MESSAGES = 200_000
"""How many messages of claims are kept, the newest; some 200 MB."""
_RECENT_ARTICLES = 1_000
_RECENT_CHARACTERS = 16 * 1024 * 1024
_AROUND = 240  # characters of a sentence before and behind the words of a claim
_LONGEST_URL = 2_048
_STOPS = (". ", "! ", "? ", "… ", ".\n", "\n\n")


class Quote(Struct, frozen=True):
    """What stands around the words of a claim in their sentence, and the address of the article."""

    before: str
    after: str
    url: str | None


class Ground(Struct, frozen=True):
    """A claim with the article that makes it, its sentence if the article was read, and why it was set aside if so."""

    claim: Claim
    article: ArticleClaims
    quote: Quote | None
    set_aside: str | None


class Evidence:
    """Claims by id, and the sentences around them.

    Args:
        messages: how many messages of claims to keep.
    """

    def __init__(self, messages: int = MESSAGES) -> None:
        self._limit = messages
        self._entries: dict[tuple[str, str], tuple[Edition, bytes]] = {}  # by article and front
        self._fronts: dict[str, set[str]] = {}
        self._entry_of: dict[str, tuple[str, str]] = {}
        self._quotes: dict[str, Quote] = {}
        self._recent: dict[str, Article] = {}
        self._recent_characters = 0
        self._conflicts: dict[str, dict[str, str]] = {}

    def put_claims(self, message: ArticleClaims, value: bytes) -> None:
        """Take what an article says about a front, unless a newer edition has spoken; `value` is the message itself."""
        front, edition = message.front, message.edition
        if front is None or edition is None:
            return
        name = (message.article_id, front)
        known = self._entries.get(name)
        if known is not None and known[0] > edition:
            return
        self._forget(name)
        self._entries[name] = (edition, pack(value))
        self._fronts.setdefault(message.article_id, set()).add(front)
        for claim in message.claims:
            self._entry_of[claim.claim_id] = name
        article = self._recent.get(message.article_id)
        if article is not None:
            self._quote(message, article)
        if len(self._entries) > self._limit:
            self._forget(next(iter(self._entries)))

    def put_article(self, article: Article) -> None:
        """Take the sentences out of an article: claims may have come before it, or come later."""
        earlier = self._recent.pop(article.id, None)
        if earlier is not None:
            self._recent_characters -= _size(earlier)
        self._recent[article.id] = article
        self._recent_characters += _size(article)
        while len(self._recent) > _RECENT_ARTICLES or self._recent_characters > _RECENT_CHARACTERS:
            oldest = self._recent.pop(next(iter(self._recent)))
            self._recent_characters -= _size(oldest)
        for front in self._fronts.get(article.id, ()):
            self._quote(decode_entry(self._entries[article.id, front][1]), article)

    def put_conflicts(self, report: ConflictReport) -> None:
        """Take which claims of a front and day were set aside, and why."""
        self._conflicts[report.key] = {conflict.claim.claim_id: conflict.reason for conflict in report.conflicts}

    def set_aside(self, front: str, day: str) -> list[str]:
        """List the claims of a front and day that were set aside: no tally names them, and they are the other side."""
        return list(self._conflicts.get(f"{front}|{day}", {}))

    def grounds(self, claim_ids: Iterable[str], front: str, day: str) -> list[Ground]:
        """Find what is known of these claims, in their order."""
        aside = self._conflicts.get(f"{front}|{day}", {})
        opened: dict[tuple[str, str], ArticleClaims] = {}
        found = []
        for claim_id in claim_ids:
            name = self._entry_of.get(claim_id)
            if name is None:
                continue
            article = opened.get(name) or opened.setdefault(name, decode_entry(self._entries[name][1]))
            claim = next(claim for claim in article.claims if claim.claim_id == claim_id)
            quote = self._quotes.get(claim_id) or Quote(before="", after="", url=web_address(article.article_id))
            found.append(Ground(claim=claim, article=article, quote=quote, set_aside=aside.get(claim_id)))
        return found

    def _forget(self, name: tuple[str, str]) -> None:
        known = self._entries.pop(name, None)
        if known is None:
            return
        for claim in decode_entry(known[1]).claims:
            self._entry_of.pop(claim.claim_id, None)
            self._quotes.pop(claim.claim_id, None)
        article_id, front = name
        fronts = self._fronts[article_id]
        fronts.discard(front)
        if not fronts:
            del self._fronts[article_id]

    def _quote(self, message: ArticleClaims, article: Article) -> None:
        if article.version != message.version:
            return
        address = web_address(article.url) or web_address(article.id)
        for claim in message.claims:
            around = _around(claim.span, article) if claim.span is not None else None
            if around is not None:
                before, after = around
                self._quotes[claim.claim_id] = Quote(before=before, after=after, url=address)


def web_address(text: str | None) -> str | None:
    """Return the text if it is an address that a link may lead to: http or https, a host, no user, nothing odd."""
    if not text or len(text) > _LONGEST_URL or not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return text


def _around(span: Span, article: Article) -> tuple[str, str] | None:
    """Cut out the rest of the sentence; None where the words do not stand there, as in another edition."""
    whole: str = getattr(article, span.field)
    if whole[span.start : span.end] != span.text:
        return None
    before = whole[max(0, span.start - _AROUND) : span.start]
    begins = max((before.rfind(stop) + len(stop) for stop in _STOPS if stop in before), default=None)
    if begins is not None:
        before = before[begins:]
    elif span.start > _AROUND:
        before = "…" + before.partition(" ")[2]
    after = whole[span.end : span.end + _AROUND]
    ends = min((after.find(stop) + 1 for stop in _STOPS if stop in after), default=None)
    if ends is not None:
        after = after[:ends]
    elif span.end + _AROUND < len(whole):
        after = after.rpartition(" ")[0] + "…"
    return before.lstrip(), after.rstrip()


def _size(article: Article) -> int:
    return len(article.title) + len(article.body)


def described(ground: Ground) -> dict[str, Any]:
    """Write a ground for the page."""
    claim, article, quote = ground.claim, ground.article, ground.quote
    return {
        "claim_id": claim.claim_id,
        "measure": claim.measure,
        "quantity": claim.quantity,
        "regions": claim.regions,
        "scope": claim.scope,
        "status": claim.status,
        "period": claim.period,
        "claimant": claim.source,
        "outlet": article.source,
        "language": article.language,
        "published_at": article.updated_at or article.published_at,
        "article_id": article.article_id,
        "said": claim.span.text if claim.span else "",
        "before": quote.before if quote else "",
        "after": quote.after if quote else "",
        "url": quote.url if quote else None,
        "set_aside": ground.set_aside,
    }
