"""Articles for load: many short reports of a few nights by several outlets, with edits, withdrawals and repeats."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from tests.stream.workers import Message, article

_OUTLETS = ("kurier.example", "wire.example", "visti.example", "novosti.example", "daily.example")
_TEXTS = (
    "The Ukrainian air force said it shot down {a} of {b} drones launched by Russia overnight.",
    "Силы ПВО за ночь уничтожили {a} украинских беспилотников над Брянской областью, сообщило Минобороны России.",
    "Повітряні сили повідомили, що вночі збито {a} із {b} ударних дронів.",
    "Die ukrainische Luftwaffe meldete, in der Nacht seien {a} von {b} russischen Drohnen abgeschossen worden.",
    "The city council met on Tuesday to talk about the price of bread, now at {a} roubles.",
)


def history(seed: int, articles: int) -> list[Message]:
    """A reproducible history of so many articles, in a random order, with a fifth of the messages repeated."""
    chance = random.Random(seed)
    messages: list[Message] = []
    for number in range(articles):
        article_id = f"s{seed}-{number}"
        published = datetime(2025, 6, 1, 7, tzinfo=UTC) + timedelta(
            days=chance.randrange(6), minutes=chance.randrange(120)
        )
        for version in range(1 + (chance.random() < 0.2)):
            base = chance.randrange(40, 60)
            text = chance.choice(_TEXTS).format(a=base, b=base + chance.randrange(5, 9))
            said = article(
                article_id,
                text,
                published_at=published.isoformat().replace("+00:00", "Z"),
                source=chance.choice(_OUTLETS),
                version=version,
            )
            key = said.key if chance.random() < 0.7 else chance.choice((None, b"another", b"x"))
            messages.append(Message(key, said.value))
        if chance.random() < 0.03:
            messages.append(Message(article_id.encode(), None))
        elif chance.random() < 0.03:
            messages.append(Message(article_id.encode(), None, headers=(("version", b"0"),)))
        if chance.random() < 0.02:
            messages.append(Message(b"broken", b'{"id": "broken", "title": '))
    messages += chance.choices(messages, k=len(messages) // 5)
    chance.shuffle(messages)
    return messages
