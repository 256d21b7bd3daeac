"""From one message of the input topic to what it says: an edition of an article with its claims.

Time of arrival is an argument; it bounds how far in the future an article may be dated, and dates articles that carry
no date of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from worker import codec
from worker.codec import MessageError
from worker.extract import Limit, extract
from worker.model import Article, ArticleClaims, Edition, Struct
from worker.pipeline.editions import withdrawn


class Arrival(Struct, frozen=True):
    """A readable message: which article, which edition, and its text (None: a withdrawal)."""

    article_id: str
    edition: Edition
    article: Article | None
    received_at: datetime


def read(
    key: bytes | None, value: bytes | None, headers: Mapping[str, bytes], received_at: datetime, tolerance: timedelta
) -> Arrival:
    """Read one message of the input topic: an article, or with a null value the withdrawal of the id in its key.

    Args:
        key: the message's key; only a withdrawal needs it.
        value: JSON of an article, with or without Confluent's wire framing, or None.
        headers: the message's headers; `version` limits a withdrawal.
        received_at: the message's own time, UTC.
        tolerance: how far after `received_at` the article may be dated.

    Raises:
        MessageError: the message can't be read; see `codec.Reason`.
    """
    if value is None:
        if not key:
            raise MessageError("missing_field", "a withdrawal (null value) needs the article id as its key")
        try:
            article_id = key.decode("utf-8")
        except UnicodeDecodeError:
            raise MessageError("bad_encoding", "the key of a withdrawal is not valid UTF-8") from None
        if len(article_id) > codec.MAX_ID_CHARACTERS:
            raise MessageError("out_of_range", f"an article id of more than {codec.MAX_ID_CHARACTERS} characters")
        return Arrival(
            article_id=article_id, edition=codec.withdrawal_edition(headers), article=None, received_at=received_at
        )
    value = codec.unframed(value)  # first of all: the same article with and without a frame is the same edition
    article = codec.decode_article(value)
    for time in (article.published_at, article.updated_at):
        if time is not None and time - received_at > tolerance:
            raise MessageError("future_date", f"dated {time:%Y-%m-%dT%H:%MZ}, received {received_at:%Y-%m-%dT%H:%MZ}")
    return Arrival(
        article_id=article.id, edition=codec.edition_of(article, value), article=article, received_at=received_at
    )


def understand(arrival: Arrival, cut: set[Limit] | None = None) -> ArticleClaims:
    """Extract what an arrived edition says; a withdrawal says nothing any more.

    `cut`, if given, receives the limits behind which the text was not read.
    """
    if arrival.article is None:
        return withdrawn(arrival.article_id, arrival.edition)
    claims = extract(arrival.article, arrival.received_at, cut)
    return msgspec.structs.replace(
        claims,
        edition=arrival.edition,
        # The time of arrival differs between copies of one message, so it is kept only where nothing else dates it.
        received_at=None if claims.updated_at or claims.published_at else arrival.received_at,
    )
